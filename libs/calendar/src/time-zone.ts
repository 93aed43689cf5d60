import { Temporal } from 'temporal-polyfill';
import { DAY_MS, type EpochDay, type Instant } from '#kernel';

/** A moment on the clocks of a zone: the day, and the milliseconds that the clock shows past midnight. */
export interface WallClock {
  readonly day: EpochDay;
  readonly millisecond: number;
}

/**
 * The clocks of a zone of the time-zone database. Offsets come from Temporal, year by year, and are kept, so that a
 * conversion costs a look-up and not a question to Intl.
 */
export class TimeZone {
  private readonly changesByYear = new Map<number, readonly Change[]>();

  private constructor(readonly name: string) {}

  /** The zone of a name; undefined when the database knows none. One object for each zone. */
  static named(name: string): TimeZone | undefined {
    const asked = ZONES.get(name);
    if (asked !== undefined) return asked;
    const known = timeZoneNamed(name);
    if (known === undefined) return undefined;
    const zone = ZONES.get(known) ?? new TimeZone(known);
    ZONES.set(known, zone).set(name, zone);
    return zone;
  }

  wallClockAt(instant: Instant): WallClock {
    const local = instant + this.offsetAt(instant);
    const day = Math.floor(local / DAY_MS);
    return { day, millisecond: local - day * DAY_MS };
  }

  /**
   * The moment at which the clocks showed a time. Where daylight saving skipped it, the moment as far after the change as the
   * time lies after the gap's start; where it came twice, the first (RFC 5545 3.3.5, "compatible" in Temporal).
   */
  instantAt(day: EpochDay, millisecond: number): Instant {
    const local = day * DAY_MS + millisecond;
    // No zone changes its clocks twice within the two days around a moment.
    const [before, after] = [this.offsetAt(local - DAY_MS), this.offsetAt(local + DAY_MS)];
    if (before === after || this.offsetAt(local - before) === before) return local - before;
    return this.offsetAt(local - after) === after ? local - after : local - before;
  }

  /** The first moment of a day: not 00:00 where a change of clocks skipped that. */
  startOfDay(day: EpochDay): Instant {
    const midnight = this.instantAt(day, 0);
    const skippedTo = this.changeAt(midnight).from;
    return this.wallClockAt(midnight).millisecond === 0 || skippedTo === -Infinity ? midnight : skippedTo;
  }

  /** `2015-01-07T16:30:00-05:00`; milliseconds where there are some. */
  format(instant: Instant): string {
    const offset = this.offsetAt(instant);
    const minutes = Math.trunc(Math.abs(offset) / 60_000);
    const local = new Date(instant + offset).toISOString();
    const sign = offset < 0 ? '-' : '+';
    return `${local.endsWith('.000Z') ? local.slice(0, 19) : local.slice(0, 23)}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
  }

  /** Milliseconds by which the clocks are ahead of UTC. */
  private offsetAt(instant: Instant): number {
    return this.changeAt(instant).offset;
  }

  private changeAt(instant: Instant): Change {
    const changes = this.changesIn(new Date(instant).getUTCFullYear());
    let at = changes.length - 1;
    while (at > 0 && changes[at]!.from > instant) at -= 1;
    return changes[at]!;
  }

  /** Offsets of a UTC year: the one at its start, and each change within. */
  private changesIn(year: number): readonly Change[] {
    const known = this.changesByYear.get(year);
    if (known !== undefined) return known;
    const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    let at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(this.name);
    const changes = [changeTo(at, -Infinity)];
    for (;;) {
      const next = at.getTimeZoneTransition('next');
      if (next === null || next.epochMilliseconds >= end) break;
      changes.push(changeTo(next, next.epochMilliseconds));
      at = next;
    }
    this.changesByYear.set(year, changes);
    return changes;
  }
}

interface Change {
  readonly from: Instant;
  readonly offset: number;
}

/** By every name that was asked for, as finding out is slow. */
const ZONES = new Map<string, TimeZone>();

function changeTo(time: Temporal.ZonedDateTime, from: Instant): Change {
  return { from, offset: time.offsetNanoseconds / 1_000_000 };
}

/** The name as the time-zone database writes it; `undefined` when it knows no such zone. */
export function timeZoneNamed(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function two(value: number): string {
  return String(Math.trunc(value)).padStart(2, '0');
}
