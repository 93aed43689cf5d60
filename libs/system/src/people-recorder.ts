import { setImmediate as nextTurn } from 'node:timers/promises';
import { LogUnavailable, type AppendResult, type EmbeddedEventLog } from '#event-log';
import type { EmbeddedVault, SweptMark } from '#privacy';
import type { RecordWithPeople } from '#service';

/** How far back a start after a crash has to look at most. */
const MARK_EVERY_MS = 10_000;

export interface PeopleRecorderOptions {
  /** Stores its companions in the vault right before it commits their events. */
  readonly log: EmbeddedEventLog;
  readonly vault: EmbeddedVault;
  readonly report: (error: unknown, what: string) => void;
}

/**
 * Records events with the people they speak of, and sees to it that the vault holds nobody of whom no event speaks, as a
 * crash between the two commits of a group would leave behind.
 *
 * A mark says up to which person and position this is so. People are stored and their events committed in one turn of
 * the event loop, so at the beginning of any other turn whoever is stored is spoken of, or belongs to an append that was
 * refused and is known here: moving the mark on reads no event. Only what was written after the mark is looked through,
 * at the next start.
 */
export class PeopleRecorder {
  /** Of appends that wrote nothing: to be forgotten. */
  private readonly unused = new Set<string>();
  /**
   * Of appends that the disk failed. What was half written may be found whole after a crash, until something else has
   * been written in its place.
   */
  private readonly doubtful = new Set<string>();
  /** Whether what was written after the mark before this start has been looked through. */
  private isSwept = false;
  private timer: NodeJS.Timeout | undefined;
  private moving: Promise<void> | undefined;

  private constructor(private readonly options: PeopleRecorderOptions) {}

  /** Forgets whoever was left behind. Where that fails it is tried again later, and the mark stays where it is. */
  static async open(options: PeopleRecorderOptions): Promise<PeopleRecorder> {
    const recorder = new PeopleRecorder(options);
    await recorder.moveMark();
    return recorder;
  }

  readonly record: RecordWithPeople = async (people, ...append) => {
    const { log, vault } = this.options;
    if (people.size === 0) return log.append(...append);
    let result: AppendResult | undefined;
    let isDoubtful = false;
    try {
      return (result = await log.append(...append, vault.seal(people)));
    } catch (error) {
      isDoubtful = error instanceof LogUnavailable;
      throw error;
    } finally {
      if (result?.appended !== true) {
        for (const id of people.keys()) (isDoubtful ? this.doubtful : this.unused).add(id);
        if (!isDoubtful) await this.forgetSoon();
      }
    }
  };

  /** From now on the mark moves on by itself. */
  start(): void {
    this.timer = setInterval(() => void this.moveMark(), MARK_EVERY_MS).unref();
  }

  /** Settles when the mark has moved, or could not and was reported. */
  moveMark(): Promise<void> {
    this.moving ??= this.moveOn()
      .catch((error: unknown) => this.options.report(error, 'people of whom no event speaks are forgotten later'))
      .finally(() => (this.moving = undefined));
    return this.moving;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.moving;
    await this.moveMark();
  }

  private async moveOn(): Promise<void> {
    const { log, vault } = this.options;
    // Appends that were refused in this turn are known at the beginning of the next.
    await nextTurn();
    const present = await presentMark(log, vault);
    const swept = vault.swept() ?? { people: 0, position: 0, event: null };
    if (!this.isSwept) await this.forgetLeftBehind(swept, present);
    this.isSwept = true;
    this.forget(this.unused);
    if (this.doubtful.size > 0) {
      await log.checkWritable();
      this.forget(this.doubtful);
    }
    if (present.people !== swept.people || present.event !== swept.event) vault.markSwept(present);
  }

  /** All of one turn of the event loop at once. */
  private async forgetSoon(): Promise<void> {
    await nextTurn();
    try {
      this.forget(this.unused);
    } catch (error) {
      this.options.report(error, 'people of a refused command are forgotten later');
    }
  }

  private forget(people: Set<string>): void {
    const { vault } = this.options;
    // Those whom the vault could not take need no forgetting.
    for (const id of people) if (!vault.holds(id)) people.delete(id);
    vault.forgetAll([...people]);
    people.clear();
  }

  private async forgetLeftBehind(swept: SweptMark, present: SweptMark): Promise<void> {
    const { log, vault, report } = this.options;
    if ((await eventIdAt(log, swept.position)) !== swept.event) {
      // Somebody put another copy of the log here. It may be a mistake, and what is forgotten never comes back.
      report(new Error('the event log is not the one this vault was used with'), 'nobody was forgotten');
      return;
    }
    const people = new Set(vault.storedBetween(swept.people, present.people));
    await takeReferred(people, log, swept.position);
    vault.forgetAll([...people]);
  }
}

/** Takes those out of a set of people of whom an event after a position speaks. */
async function takeReferred(people: Set<string>, log: EmbeddedEventLog, after: number): Promise<void> {
  const head = await log.head();
  for (let position = after; position < head && people.size > 0;) {
    const page = await log.scan(position, { upTo: head });
    await nextTurn();
    for (const event of page.events) takeOut(people, event.data());
    position = page.upTo;
  }
}

/** An event refers to a person by a field that is the person's id, wherever it stands. */
function takeOut(people: Set<string>, value: unknown): void {
  if (typeof value === 'string') people.delete(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) takeOut(people, part);
}

/** Person and event stored last, both seen in one turn of the event loop. */
async function presentMark(log: EmbeddedEventLog, vault: EmbeddedVault): Promise<SweptMark> {
  const head = log.head();
  const people = vault.lastStored();
  const position = await head;
  return { people, position, event: await eventIdAt(log, position) };
}

async function eventIdAt(log: EmbeddedEventLog, position: number): Promise<string | null> {
  const [event] = position === 0 ? [] : await log.readAll(position - 1, { limit: 1 });
  return event?.id ?? null;
}
