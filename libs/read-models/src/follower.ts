import type { EventReader } from '#event-log';
import { Failure, type Position, type RecordedEvent } from '#kernel';
import { fold, isStreamKey, plan, reasonOf, step } from './fold.ts';
import type { Comparison, Generation, Page, ParkedEvent, Projection, ReadModels } from './port.ts';
import { declaredFields } from './projection.ts';

/**
 * Anything that keeps up with the log from a checkpoint of its own: a projection, the metrics engine. The runner calls
 * `apply` one batch at a time.
 */
export interface Follower {
  /** Unique among the runner's projections and followers. */
  readonly name: string;
  /** Event types it wants; empty = all. */
  readonly types: readonly string[];
  /** Position up to which it has taken everything in; asked at start and after a failed `apply`. */
  checkpoint(): Promise<Position>;
  /**
   * Takes the wanted events up to `upTo` in, in order, and its checkpoint with them. Events at or before the checkpoint
   * are to be passed over. A thrown {@link Failure} that is `retryable` is tried again; anything else stops the follower.
   */
  apply(events: readonly RecordedEvent[], upTo: Position): Promise<void>;
  status(): FollowerStatus;
  /** Requests from other threads ({@link ProjectionWorker.call}). Arguments and answer must survive a structured clone. */
  call?(method: string, args: readonly unknown[]): Promise<unknown>;
  /** A page of its dead letters, in order of their keys; `next` is a cursor for the page after it. */
  deadLetters?(cursor: string | undefined, limit: number): Promise<Page<ParkedEvent>>;
  /** Builds everything it knows from the first event beside what it answers from, compares, and swaps it in. */
  rebuild?(options: FollowerRebuildOptions): Promise<FollowerRebuild>;
}

export interface FollowerRebuildOptions {
  /** After every page: events taken so far, and the position reached. */
  readonly onProgress: (events: number, position: Position, target: Position) => void;
  /** Gives up between two pages; everything stays as it was. */
  readonly signal: AbortSignal;
}

export interface FollowerRebuild {
  readonly position: Position;
  readonly events: number;
  /** How the new objects differ from those that answered until then. */
  readonly comparison: Comparison;
  readonly parked: { readonly before: number; readonly after: number };
}

export interface FollowerStatus {
  readonly version: number;
  readonly checkpoint: Position;
  /** Dead letters. */
  readonly parked: number;
}

export interface ReplayReport {
  /** Parked events that are in the document now. */
  readonly applied: number;
  /** Those that still wait. */
  readonly remaining: number;
  /** Why the first of them cannot be applied; null when none is left. */
  readonly reason: string | null;
}

/** One generation of a projection, kept up with the log. */
export class ProjectionFollower implements Follower {
  readonly name: string;
  readonly types: readonly string[];
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly projection: Projection,
    private readonly store: ReadModels,
    private readonly log: Pick<EventReader, 'readAll'>,
    private generation: Generation,
    private position: Position,
    private standing: Map<string, Position>,
    private parked: number,
  ) {
    this.name = projection.name;
    this.types = projection.types;
  }

  static async open(
    projection: Projection,
    store: ReadModels,
    generation: Generation,
    log: Pick<EventReader, 'readAll'>,
  ): Promise<ProjectionFollower> {
    const state = await store.generation(projection, generation);
    if (state === undefined)
      throw new Failure('WRONG_GENERATION', `${projection.name} has no ${generation} generation`);
    const standing = await store.parkedKeys(projection, generation);
    return new ProjectionFollower(projection, store, log, generation, state.checkpoint, standing, state.parked);
  }

  /** Whether it is being built beside a live generation of another version. */
  get building(): boolean {
    return this.generation === 'rebuild';
  }

  checkpoint(): Promise<Position> {
    return this.exclusive(async () => {
      await this.reload();
      return this.position;
    });
  }

  status(): FollowerStatus {
    return { version: this.projection.version, checkpoint: this.position, parked: this.parked };
  }

  apply(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    return this.exclusive(() => this.take(events, upTo));
  }

  /** Nothing else happens to the projection while `work` runs. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** Lets the finished build answer the queries. Only inside {@link exclusive} of whoever else follows the projection. */
  async goLive(): Promise<void> {
    await this.store.finish(this.projection);
    await this.store.swap(this.projection);
    this.generation = 'live';
  }

  /** Goes on from the documents that took this follower's place. Inside {@link exclusive}. */
  async reload(): Promise<void> {
    const state = await this.store.generation(this.projection, this.generation);
    if (state === undefined) throw new Failure('WRONG_GENERATION', `${this.name} has no ${this.generation} generation`);
    this.standing = await this.store.parkedKeys(this.projection, this.generation);
    this.position = state.checkpoint;
    this.parked = state.parked;
  }

  /**
   * Applies the dead letters of one key in their order, as far as they go, and takes them off the list in the same
   * transaction. `read` fetches an event from the log.
   */
  replayParked(key: string, read: (position: Position) => Promise<RecordedEvent>): Promise<ReplayReport> {
    return this.exclusive(async () => {
      const letters = await this.store.parkedEvents(this.projection, this.generation, key);
      const indexed = declaredFields(this.projection.indexes);
      let document: object | null = (await this.store.load(this.projection, this.generation, [key])).get(key) ?? null;
      let applied = 0;
      let reason: string | null = null;
      for (const letter of letters) {
        const event = await read(letter.position);
        try {
          document = step(this.projection, document ?? undefined, event, key, indexed);
        } catch (error) {
          reason = reasonOf(error);
          break;
        }
        applied++;
      }
      if (letters.length > 0) {
        const through = applied === 0 ? 0 : letters[applied - 1]!.position;
        await this.store.unpark(this.projection, key, { document, through, ...(reason !== null && { reason }) });
        await this.reload();
      }
      return { applied, remaining: letters.length - applied, reason };
    });
  }

  /** Whether the keys of a parked event are unknown: its place among other events of its documents is lost. */
  static needsRebuild(key: string): boolean {
    return isStreamKey(key);
  }

  private async take(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    if (upTo <= this.position) return;
    const after = this.position;
    const planned = plan(this.projection, after === 0 ? events : events.filter((event) => event.position > after));
    const keys = new Set(planned.flatMap((event) => event.keys));
    const loaded = keys.size === 0 ? EMPTY : await this.store.load(this.projection, this.generation, [...keys]);
    const { documents, parked, newlyParked } = fold(this.projection, planned, loaded, this.standing);
    const last = events.at(-1);
    const eventId = last?.position === upTo ? last.id : (await eventAt(this.log, upTo)).id;
    const outcome = { after, upTo, eventId, documents, parked };
    const reached = await this.store.commit(this.projection, this.generation, outcome);
    if (reached !== upTo) {
      await this.reload();
      throw new Failure('CHECKPOINT_MOVED', `${this.name} was advanced to ${reached} by somebody else`, true);
    }
    this.position = upTo;
    this.parked += parked.length;
    for (const [key, position] of newlyParked) this.standing.set(key, position);
  }
}

/** The event at a position that the log has told of; rejects with `EVENT_MISSING` where it has none. */
export async function eventAt(log: Pick<EventReader, 'readAll'>, position: Position): Promise<RecordedEvent> {
  const [event] = await log.readAll(position - 1, { limit: 1 });
  if (event?.position !== position) throw new Failure('EVENT_MISSING', `the log has no event at position ${position}`);
  return event;
}

const EMPTY: ReadonlyMap<string, object> = new Map();
