import type { EventReader } from '#event-log';
import type { Position } from '#kernel';
import type { Follower, FollowerStatus } from '#read-models';
import { FACT_KINDS } from './engine.ts';
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

  private constructor(options: MetricsFollowerOptions) {
    this.#options = options;
    this.#engine = options.engine;
    this.name = options.engine.name;
    this.types = options.engine.types;
    this.#saved = options.engine.checkpoint();
  }

  /** Starts from the snapshot, where there is one that holds, and reads the rest of the log the fast way. */
  static async open(options: MetricsFollowerOptions, log: EventReader): Promise<MetricsFollower> {
    await options.engine.load(options.folder);
    const follower = new MetricsFollower(options);
    await options.engine.replay(log);
    await follower.#saveWhenDue();
    return follower;
  }

  async checkpoint(): Promise<Position> {
    return this.#engine.checkpoint();
  }

  async apply(events: readonly FactEvent[], upTo: Position): Promise<void> {
    this.#engine.apply(events, upTo);
    await this.#saveWhenDue();
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

  async #saveWhenDue(): Promise<void> {
    if (this.#engine.checkpoint() - this.#saved < (this.#options.saveEvery ?? SAVE_EVERY)) return;
    try {
      await this.save();
    } catch (error) {
      this.#options.report(error);
      this.#saved = this.#engine.checkpoint();
    }
  }
}

const FACT_VERSION = FACT_KINDS.reduce((sum, kind) => sum + kind.version, 0);
