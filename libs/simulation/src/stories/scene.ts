import type { Instant } from '#kernel';
import { addDays, formatInstant, localDateOf, type LocalDate } from '#kernel';
import type { Random } from '../random.ts';
import { HOUR_MS, MINUTE_MS, officeTime, onDayAfter, personTime } from '../rhythm.ts';
import type { Giver, Reference, Step } from '../step.ts';
import type { Life } from './life.ts';

type Id = string | Reference;
type More = Partial<Pick<Step, 'expect' | 'happenedAt' | 'merchant' | 'person'>>;

/** Somebody else than the one who acted before in the same role. */
export const SECOND: More = { person: 'second' };

/** A time that goes on, and the steps that are taken at the moment it has reached. `merging/unmerge` names a route. */
export class Scene {
  constructor(
    readonly life: Life,
    public at: Instant,
  ) {}

  get random(): Random {
    return this.life.random;
  }

  get today(): LocalDate {
    return localDateOf(this.at);
  }

  /** So many office days later; 0 = at the next chance to act. */
  after(least: number, most = least): this {
    this.at = officeTime(this.random, this.at, this.random.integer(least, most));
    return this;
  }

  /** So many calendar days later, in office hours. */
  days(least: number, most = least): this {
    this.at = Math.max(onDayAfter(this.random, this.at, this.random.integer(least, most)), this.at + MINUTE_MS);
    return this;
  }

  minutes(least: number, most = least): this {
    this.at += this.random.integer(least, most) * MINUTE_MS;
    return this;
  }

  /** Whatever the hour of the day is: some do not wait for the office to open. */
  hours(least: number, most = least): this {
    this.at += this.random.integer(least * 60, most * 60) * MINUTE_MS;
    return this;
  }

  /** So many hours later, when people are awake. */
  athome(least: number, most = least): this {
    this.at = personTime(this.random, this.at, least, most);
    return this;
  }

  /** Not before that moment. */
  from(at: Instant): this {
    this.at = Math.max(this.at, at);
    return this;
  }

  dayAfter(days: number): LocalDate {
    return addDays(this.today, days);
  }

  momentAfter(hours: number): string {
    return formatInstant(this.at + hours * HOUR_MS);
  }

  /** Reference to a paper of this story. */
  paper(kind: string): string {
    return `${kind}-${this.life.mark}${this.life.number}`;
  }

  /** What a second person says who verifies that what was entered late had been done in time (T-28). */
  lateEntry(clock: string): Step['body'] {
    return { clock, reason: this.life.deal('lateness'), evidence: [this.paper('register')] };
  }

  step(role: Giver, route: string, id: Id | undefined, body: Step['body'] = {}, more: More = {}): Step {
    const slash = route.indexOf('/');
    const [collection, action] = [route.slice(0, slash), route.slice(slash + 1)];
    return { at: this.at, role, collection, action, ...(id === undefined ? {} : { id }), body, ...more };
  }

  /** Begins an object. */
  begins(role: Giver, route: string, body: Step['body'], more: More = {}): Step {
    return this.step(role, route, undefined, body, more);
  }
}
