import type { EventReader } from '#event-log';
import type { Position } from '#kernel';
import { decodeCursor, encodeCursor } from '#read-models';
import type {
  Follower,
  FollowerRebuild,
  FollowerRebuildOptions,
  FollowerStatus,
  Page,
  ParkedEvent,
} from '#read-models';
import { FACT_KINDS, keyOfParked } from './engine.ts';
import type { MetricsEngine } from './engine.ts';
import type { FactEvent } from './fact-kind.ts';

export interface MetricsFollowerOptions {
  readonly engine: MetricsEngine;
  /** Folder of the snapshot. */
  readonly folder: string;
  /** Positions between two snapshots, 100,000 unless said: what a start after a crash reads again at most. */
  readonly saveEvery?: number;
  /** Told when a snapshot could not be written; figures go on, and the next start reads more of the log. */
  readonly report: (problem: unknown) => void;
}

const SAVE_EVERY = 100_000;

/** The engine as the projection runner hosts it. */
export class MetricsFollower implements Follower {
  readonly name: string;
  readonly types: readonly string[];
  readonly #engine: MetricsEngine;
  readonly #options: MetricsFollowerOptions;
  #saved: Position;

  readonly #log: EventReader;
  /** Nothing is applied while a rebuild takes the place of what is known. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: MetricsFollowerOptions, log: EventReader) {
    this.#options = options;
    this.#log = log;
    this.#engine = options.engine;
    this.name = options.engine.name;
    this.types = options.engine.types;
    this.#saved = options.engine.checkpoint();
  }

  /** Starts from the snapshot, where there is one that holds, and reads the rest of the log the fast way. */
  static async open(options: MetricsFollowerOptions, log: EventReader): Promise<MetricsFollower> {
    await options.engine.load(options.folder);
    const follower = new MetricsFollower(options, log);
    await options.engine.replay(log);
    await follower.#saveWhenDue();
    return follower;
  }

  async checkpoint(): Promise<Position> {
    return this.#engine.checkpoint();
  }

  apply(events: readonly FactEvent[], upTo: Position): Promise<void> {
    return this.#exclusive(async () => {
      this.#engine.apply(events, upTo);
      await this.#saveWhenDue();
    });
  }

  /** Each object whose events stand still, with the first of them. */
  async deadLetters(cursor: string | undefined, limit: number): Promise<Page<ParkedEvent>> {
    const after = cursor === undefined ? '' : String(decodeCursor(cursor, PARKED_ORDER, 1)[0]);
    const waiting = this.#engine.parked().filter((object) => keyOfParked(object) > after);
    const items = await Promise.all(
      waiting.slice(0, limit).map(async (object) => {
        const { position, reason } = object;
        const [event] = await this.#log.readAll(position - 1, { limit: 1 });
        const key = keyOfParked(object);
        return { key, doc: { projection: this.name, key, position, eventId: event!.id, reason } };
      }),
    );
    const last = items.at(-1);
    const more = waiting.length > limit && last !== undefined;
    return { items, next: more ? encodeCursor(PARKED_ORDER, [last.key]) : null };
  }

  /** Replays the log into another engine beside this one; only the last stretch holds up what is applied. */
  async rebuild({ onProgress, signal }: FollowerRebuildOptions): Promise<FollowerRebuild> {
    const built = this.#engine.anew();
    let events = 0;
    const replay = async (target: Position) => {
      const onPage = (taken: number) => {
        signal.throwIfAborted();
        events += taken;
        onProgress(events, built.checkpoint(), target);
      };
      await built.replay(this.#log, onPage, target);
    };
    await replay(this.#engine.checkpoint());
    return this.#exclusive(async () => {
      const position = this.#engine.checkpoint();
      await replay(position);
      const comparison = this.#engine.compare(built);
      const parked = { before: this.#engine.parked().length, after: built.parked().length };
      this.#engine.adopt(built);
      await this.#saveOrReport();
      return { position, events, comparison, parked };
    });
  }

  status(): FollowerStatus {
    const { checkpoint, parked } = this.#engine.status();
    return { version: FACT_VERSION, checkpoint, parked: parked.length };
  }

  call(method: string, args: readonly unknown[]): Promise<unknown> {
    return this.#engine.call(method, args);
  }

  /** Keeps what is known, for the next start; to be called when the process drains. */
  async save(): Promise<void> {
    const position = this.#engine.checkpoint();
    if (position === this.#saved) return;
    await this.#engine.save(this.#options.folder);
    this.#saved = position;
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #saveWhenDue(): Promise<void> {
    const isDue = this.#engine.checkpoint() - this.#saved >= (this.#options.saveEvery ?? SAVE_EVERY);
    if (isDue) await this.#saveOrReport();
  }

  async #saveOrReport(): Promise<void> {
    try {
      const position = this.#engine.checkpoint();
      await this.#engine.save(this.#options.folder);
      this.#saved = position;
    } catch (error) {
      this.#options.report(error);
      this.#saved = this.#engine.checkpoint();
    }
  }
}

const PARKED_ORDER = 'parked';

const FACT_VERSION = FACT_KINDS.reduce((sum, kind) => sum + kind.version, 0);
