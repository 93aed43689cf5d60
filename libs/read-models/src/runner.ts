import { setTimeout as delay } from 'node:timers/promises';
import type { EventReader, FollowedBatch } from '#event-log';
import { type Clock, Failure, type Position, type RecordedEvent } from '#kernel';
import { eventAt, type Follower, ProjectionFollower, type ReplayReport } from './follower.ts';
import { reasonOf } from './fold.ts';
import type {
  Generation,
  GenerationState,
  Page,
  ParkedEvent,
  Projection,
  ProjectionStatus,
  ReadModels,
} from './port.ts';
import { BULK, rebuildFollower, rebuildProjection, type RebuildOptions, type RebuildReport } from './rebuild.ts';

export interface RunnerOptions {
  readonly reader: EventReader;
  readonly store: ReadModels;
  readonly projections: readonly Projection[];
  /** What else follows the log beside the projections. */
  readonly followers?: readonly Follower[];
  readonly clock: Clock;
  /** Settles after so many milliseconds, or rejects when the signal aborts; real time unless given. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Events per commit while working through history; 5000 unless given. */
  readonly bulk?: number;
  /** Rest between batches at the end of the log, so that what comes in small pieces is committed in larger ones; 0 unless given. */
  readonly restMs?: number;
  /** After every batch and every change of state. Must not throw. */
  readonly onStatus?: (status: ProjectionStatus) => void;
}

export interface Runner {
  /** Prepares the generations and begins to follow. Rejects when the store cannot be prepared. */
  start(): Promise<void>;
  /** Settles when the batches in hand are committed and nothing follows any more. */
  stop(): Promise<void>;
  status(): Promise<ProjectionStatus[]>;
  /** Builds the projection anew beside the live one and swaps it in. Also brings a stopped projection back. */
  rebuild(projection: string, options?: RebuildOptions): Promise<RebuildReport>;
  /**
   * Applies the dead letters of a key again, in order. Those of a stream (`stream:…`) have lost their place among other
   * events of their documents, so that they are brought back by a rebuild.
   */
  replayParked(projection: string, key: string): Promise<ReplayReport>;
  /** A page of the dead letters of a projection or follower. */
  parked(name: string, cursor: string | undefined, limit: number): Promise<Page<ParkedEvent>>;
  /** A request to a follower. */
  call(follower: string, method: string, args: readonly unknown[]): Promise<unknown>;
}

/** From so many events on, a first build runs beside the empty live documents, as it is indexed once at the end. */
const LONG_HISTORY = 10_000;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5000;

export function createRunner(options: RunnerOptions): Runner {
  return new LogRunner(options);
}

/** Followers at the same place share one reading of the log. */
interface Group {
  readonly members: Set<Member>;
  readonly abort: AbortController;
  position: Position;
  /** Between taking a batch and having delivered it to every member. */
  busy: boolean;
}

interface Member {
  readonly follower: Follower;
  readonly wants: ReadonlySet<string>;
  stopped: boolean;
  rebuilding: boolean;
  /** Consecutive failures, for the back-off. */
  failures: number;
  reason: string | undefined;
}

type Rebuildable = Follower & Required<Pick<Follower, 'rebuild'>>;

class LogRunner implements Runner {
  private readonly members = new Map<string, Member>();
  private readonly groups = new Set<Group>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly sleep: NonNullable<RunnerOptions['sleep']>;
  private knownHead: Position = 0;
  /** Projections whose documents were of another log, and where that showed. */
  private readonly foreign = new Map<string, string>();

  constructor(private readonly options: RunnerOptions) {
    this.sleep = options.sleep ?? ((milliseconds, signal) => delay(milliseconds, undefined, { signal }));
  }

  async start(): Promise<void> {
    const { store, projections, followers = [], reader } = this.options;
    await store.prepare(projections);
    this.knownHead = await reader.head();
    for (const projection of projections) this.add(await this.openProjection(projection));
    for (const follower of followers) this.add(follower);
    const places = new Map<Position, Member[]>();
    for (const member of this.members.values()) {
      const position = await member.follower.checkpoint();
      places.set(position, [...(places.get(position) ?? []), member]);
    }
    for (const [position, members] of places) this.follow(position, members);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    for (const group of this.groups) group.abort.abort();
    while (this.running.size > 0) await Promise.all(this.running);
  }

  async status(): Promise<ProjectionStatus[]> {
    this.sawHead(await this.options.reader.head());
    return [...this.members.values()].map((member) => this.statusOf(member));
  }

  async rebuild(projection: string, options: RebuildOptions = {}): Promise<RebuildReport> {
    const member = this.member(projection);
    const { follower } = member;
    if (follower.rebuild === undefined && !(follower instanceof ProjectionFollower)) {
      throw new Failure('NOT_A_PROJECTION', `${projection} has no documents`);
    }
    if (member.rebuilding || isBuilding(member)) {
      throw new Failure('REBUILD_RUNNING', `${projection} is being rebuilt already`);
    }
    member.rebuilding = true;
    this.report(member);
    try {
      const signal = AbortSignal.any([this.stopping.signal, ...(options.signal ? [options.signal] : [])]);
      const report =
        follower instanceof ProjectionFollower
          ? await rebuildProjection(this.options, follower, { ...options, signal })
          : await rebuildFollower(this.options.clock, follower as Rebuildable, { ...options, signal });
      if (member.stopped) {
        member.stopped = false;
        member.reason = undefined;
        this.follow(await follower.checkpoint(), [member]);
      }
      return report;
    } finally {
      member.rebuilding = false;
      this.report(member);
    }
  }

  async replayParked(projection: string, key: string): Promise<ReplayReport> {
    const member = this.member(projection);
    const { follower } = member;
    if (!(follower instanceof ProjectionFollower))
      throw new Failure('NOT_A_PROJECTION', `${projection} has no documents`);
    if (ProjectionFollower.needsRebuild(key)) {
      const { parked } = await this.rebuild(projection);
      return { applied: Math.max(0, parked.before - parked.after), remaining: parked.after, reason: null };
    }
    if (follower.building) throw new Failure('REBUILD_RUNNING', `${projection} is being rebuilt from the first event`);
    const report = await follower.replayParked(key, (position) => eventAt(this.options.reader, position));
    this.report(member);
    return report;
  }

  async parked(name: string, cursor: string | undefined, limit: number): Promise<Page<ParkedEvent>> {
    const { follower } = this.member(name);
    if (follower.deadLetters !== undefined) return follower.deadLetters(cursor, limit);
    return this.options.store.parked(name, cursor, limit);
  }

  async call(name: string, method: string, args: readonly unknown[]): Promise<unknown> {
    const { follower } = this.member(name);
    if (follower.call === undefined) throw new Failure('UNKNOWN_METHOD', `${name} takes no requests`);
    return follower.call(method, args);
  }

  /** The live generation, or the one that is being built beside it for a new version or from a long history. */
  private async openProjection(projection: Projection): Promise<Follower> {
    const { store } = this.options;
    let live = await store.generation(projection, 'live');
    // A log that was restored from a backup may be behind what had been projected from its former self, or have gone on
    // differently since.
    if (live?.current && !(await this.isOfThisLog(live))) {
      this.foreign.set(
        projection.name,
        `built anew: the log has another event at position ${live.checkpoint} than it was built from, or none`,
      );
      await store.begin(projection, 'live');
      live = await store.generation(projection, 'live');
    }
    const rebuild = await store.generation(projection, 'rebuild');
    if (live?.current && (live.checkpoint > 0 || this.knownHead < LONG_HISTORY)) {
      if (rebuild !== undefined) await store.discard(projection.name);
      return this.openGeneration(projection, 'live');
    }
    if (!rebuild?.current || !(await this.isOfThisLog(rebuild))) await store.begin(projection, 'rebuild');
    return this.openGeneration(projection, 'rebuild');
  }

  private openGeneration(projection: Projection, generation: Generation): Promise<Follower> {
    return ProjectionFollower.open(projection, this.options.store, generation, this.options.reader);
  }

  private async isOfThisLog({ checkpoint, eventId }: GenerationState): Promise<boolean> {
    if (checkpoint === 0) return true;
    if (checkpoint > this.knownHead) return false;
    return (await eventAt(this.options.reader, checkpoint)).id === eventId;
  }

  private add(follower: Follower): void {
    const { name, types } = follower;
    if (this.members.has(name)) throw new Failure('DUPLICATE_FOLLOWER', `two followers are called ${name}`);
    this.members.set(name, {
      follower,
      wants: new Set(types),
      stopped: false,
      rebuilding: false,
      failures: 0,
      reason: undefined,
    });
  }

  private follow(position: Position, members: Iterable<Member>): void {
    if (this.stopping.signal.aborted) return;
    const group: Group = { members: new Set(members), abort: new AbortController(), position, busy: false };
    this.groups.add(group);
    this.track(this.keepUp(group));
  }

  private track(work: Promise<void>): void {
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  private async keepUp(group: Group): Promise<void> {
    const { signal } = group.abort;
    const { restMs = 0 } = this.options;
    const types = typesOf(group.members);
    const filter = types.length > 0 ? { types } : {};
    for (let failures = 0; group.members.size > 0 && !signal.aborted; failures++) {
      if (failures > 0) await this.pause(failures);
      try {
        this.sawHead(await this.options.reader.head());
        await this.finishBuilds(group, this.knownHead);
        for await (const batch of this.inBulk(this.options.reader.follow(group.position, filter, signal))) {
          if (signal.aborted) return;
          failures = 0;
          await this.take(group, batch);
          if (signal.aborted || group.members.size === 0) break;
          if (restMs > 0 && batch.upTo >= this.knownHead) await this.rest(restMs);
        }
      } catch (error) {
        if (signal.aborted) return;
        for (const member of group.members) this.failed(group, member, error);
      }
    }
    this.groups.delete(group);
  }

  /** Gathers history into larger batches; at the end of the log every batch is handed on as it comes. */
  private async *inBulk(batches: AsyncIterable<FollowedBatch>): AsyncIterable<FollowedBatch> {
    const { bulk = BULK } = this.options;
    let held: RecordedEvent[] = [];
    for await (const { events, upTo } of batches) {
      held = held.length === 0 ? [...events] : held.concat(events);
      if (upTo < this.knownHead && held.length < bulk) continue;
      yield { events: held, upTo };
      held = [];
    }
  }

  private async take(group: Group, batch: FollowedBatch): Promise<void> {
    group.busy = true;
    this.sawHead(batch.upTo);
    const head = [...group.members].some(isBuilding) ? await this.options.reader.head() : undefined;
    for (const member of group.members) await this.deliver(group, member, batch);
    group.position = batch.upTo;
    if (head !== undefined) await this.finishBuilds(group, head);
    group.busy = false;
    this.joinOthers(group);
  }

  private async deliver(group: Group, member: Member, batch: FollowedBatch): Promise<void> {
    try {
      await member.follower.apply(wantedOf(member, batch.events), batch.upTo);
      member.failures = 0;
      member.reason = undefined;
      this.report(member);
    } catch (error) {
      this.failed(group, member, error);
    }
  }

  /** Two groups that have come to the same place go on as one. */
  private joinOthers(group: Group): void {
    for (const other of this.groups) {
      if (other === group || other.busy || other.position !== group.position) continue;
      for (const each of [group, other]) {
        each.abort.abort();
        this.groups.delete(each);
      }
      this.follow(group.position, [...group.members, ...other.members]);
      return;
    }
  }

  /** The member leaves its group: to try again by itself where that may help, else it stops where everybody sees it. */
  private failed(group: Group, member: Member, error: unknown): void {
    group.members.delete(member);
    member.reason = reasonOf(error);
    if (error instanceof Failure && error.retryable) {
      member.failures++;
      this.track(this.retry(member));
    } else {
      member.stopped = true;
    }
    this.report(member);
  }

  private async retry(member: Member): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.pause(member.failures);
      try {
        this.follow(await member.follower.checkpoint(), [member]);
        return;
      } catch (error) {
        member.failures++;
        member.reason = reasonOf(error);
        member.stopped = !(error instanceof Failure && error.retryable);
        this.report(member);
        if (member.stopped) return;
      }
    }
  }

  private async pause(failures: number): Promise<void> {
    const milliseconds = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10));
    await this.rest(milliseconds);
  }

  private async rest(milliseconds: number): Promise<void> {
    await this.sleep(milliseconds, this.stopping.signal).catch(() => undefined);
  }

  /** Swaps in the new versions that have reached `head`, the end of the log as it was before their last batch. */
  private async finishBuilds(group: Group, head: Position): Promise<void> {
    if (group.position < head) return;
    for (const member of group.members) {
      const { follower } = member;
      if (!(follower instanceof ProjectionFollower) || !follower.building) continue;
      try {
        await follower.exclusive(() => follower.goLive());
        this.report(member);
      } catch (error) {
        this.failed(group, member, error);
      }
    }
  }

  private member(name: string): Member {
    const member = this.members.get(name);
    if (member === undefined) throw new Failure('UNKNOWN_PROJECTION', `nothing here is called ${name}`);
    return member;
  }

  private sawHead(position: Position): void {
    if (position > this.knownHead) this.knownHead = position;
  }

  private report(member: Member): void {
    this.options.onStatus?.(this.statusOf(member));
  }

  private statusOf(member: Member): ProjectionStatus {
    const { follower } = member;
    const reason = member.reason ?? this.foreign.get(follower.name);
    const { version, checkpoint, parked } = follower.status();
    const lag = Math.max(0, this.knownHead - checkpoint);
    const state = stateOf(member, lag);
    const name = follower.name;
    return {
      name,
      version,
      checkpoint,
      head: this.knownHead,
      lag,
      parked,
      state,
      ...(reason !== undefined && { reason }),
    };
  }
}

function stateOf(member: Member, lag: number): ProjectionStatus['state'] {
  if (member.stopped) return 'stopped';
  if (member.rebuilding || isBuilding(member)) return 'rebuilding';
  return lag === 0 ? 'live' : 'catching-up';
}

function isBuilding({ follower }: Member): boolean {
  return follower instanceof ProjectionFollower && follower.building;
}

function typesOf(members: Iterable<Member>): string[] {
  const types = new Set<string>();
  for (const { wants } of members) {
    if (wants.size === 0) return [];
    for (const type of wants) types.add(type);
  }
  return [...types].sort();
}

function wantedOf({ wants }: Member, events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return wants.size === 0 ? events : events.filter((event) => wants.has(event.type));
}
