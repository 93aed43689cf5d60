import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '#event-log';
import { categoryOf, derivedId, Failure, formatInstant, idOf, type Clock, type Instant, type Position } from '#kernel';
import type { Law } from '#law';
import type { ReadModelReader } from '#read-models';
import { ProcessService, type AnyContextTable, type ProcessAnswer } from '#service';
import { deadlinesTable } from '../deadlines.module.ts';
import type { ReminderPolicy } from '../reminder-policy.ts';
import { clockNames, endingCommands } from '../sources.ts';
import { deadlinesView } from '../views/deadlines.ts';
import { dueActions, type DueAction } from './due-actions.ts';
import { recompute } from './recompute.ts';
import { rowNamed, Written } from './writing.ts';

export interface ClockProcessPorts {
  readonly log: EventLog;
  readonly readModels: ReadModelReader;
  readonly clock: Clock;
  readonly law: () => Law;
  readonly policy: ReminderPolicy;
  /** The contexts whose objects have clocks. */
  readonly tables: readonly AnyContextTable[];
  /** Where failures go: the process tries again, and does not end. */
  readonly report: (error: unknown, what: string) => void;
}

/** What one look has led to. */
export interface Look {
  /** Events written. */
  readonly issued: number;
  /** When something will be due next, as far as is known. */
  readonly next: Instant | null;
}

/** Rest between two looks when the log keeps growing: at least a second, and so long that looking takes two per cent of a core. */
const LEAST_REST_MS = 1_000;
const MOST_REST_MS = 10_000;
const REST_FOR_LOOK = 50;
/** Longest sleep: clocks of machines are set, and laptops sleep. */
const MOST_MS = 3_600_000;
const REACH_MS = 10_000;

/**
 * 时钟进程: what only the passing of time brings about. It keeps nothing in memory: what is due is read from the open
 * deadlines each time, and the id of each command follows from what it answers, so that nothing is issued twice or left out,
 * whatever happened in between. Whether something is overdue is no business of its own: that is seen when it is asked.
 */
export class ClockProcess {
  readonly #service: ProcessService;
  readonly #byCategory: ReadonlyMap<string, AnyContextTable>;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #known: string | undefined;

  constructor(private readonly ports: ClockProcessPorts) {
    this.#service = new ProcessService(ports, 'clock');
    this.#byCategory = new Map(ports.tables.map((table) => [table.category, table]));
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Settles when what is under way is written. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Does what is due by now, in the order in which it was due. */
  async look(): Promise<Look> {
    await this.#recomputeIfAmended();
    for (let issued = 0; ;) {
      const { overtaken, next, ...look } = await this.#lookOnce();
      issued += look.issued;
      if (overtaken === 0 || this.#stopping.signal.aborted) return { issued, next };
    }
  }

  async #lookOnce(): Promise<Look & { readonly overtaken: number }> {
    const { log, readModels, clock, policy, law } = this.ports;
    await this.#reach(await log.head());
    const { due, next } = await dueActions(readModels, clockNames, {
      now: clock.now(),
      policy,
      calendar: law().calendar,
    });
    const written = new Written(this.#stopping.signal);
    for (const action of due) {
      if (this.#stopping.signal.aborted) break;
      await written.take(await this.#act(action));
    }
    const last = await written.settled();
    if (last > 0) await this.#reach(last);
    return { issued: written.count, overtaken: written.overtaken, next };
  }

  async #run(): Promise<void> {
    const { report } = this.ports;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let next: Instant | null;
      let head: Position = 0;
      const began = performance.now();
      try {
        head = await this.ports.log.head();
        ({ next } = await this.look());
      } catch (error) {
        if (signal.aborted) return;
        report(error, 'deadlines: what is due is looked for again');
        next = this.ports.clock.now() + MOST_REST_MS;
      }
      const lasted = performance.now() - began;
      await this.#rest(head, next, Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, REST_FOR_LOOK * lasted)));
    }
  }

  /** Until something is due, or the log has grown, and then for a while, in which more comes together. */
  async #rest(head: Position, next: Instant | null, restMs: number): Promise<void> {
    const { log, clock } = this.ports;
    const { signal } = this.#stopping;
    const untilNext = next === null ? MOST_MS : Math.min(MOST_MS, Math.max(0, next - clock.now()));
    for (let slept = 0; !signal.aborted && slept < untilNext;) {
      const step = Math.min(restMs, untilNext - slept);
      await delay(step, undefined, { signal, ref: false }).catch(() => undefined);
      slept += step;
      // A log that is closed while we sleep ends the process by its signal.
      if (!signal.aborted && (await log.head()) !== head) return;
    }
  }

  /** All open clocks read the calendar as it stands now, before anything is done by their dates. */
  async #recomputeIfAmended(): Promise<void> {
    const { calendar, rules } = this.ports.law();
    const version = `${calendar.version} ${rules.mark}`;
    if (version === this.#known) return;
    await recompute({
      ...this.ports,
      service: this.#service,
      byCategory: this.#byCategory,
      signal: this.#stopping.signal,
    });
    if (!this.#stopping.signal.aborted) this.#known = version;
  }

  #act(action: DueAction): Promise<ProcessAnswer> {
    return action.kind === 'expire' ? this.#expire(action) : this.#remind(action, action.kind);
  }

  #expire({ doc, at }: DueAction): Promise<ProcessAnswer> {
    const table = this.#tableOf(doc.object);
    const action = endingCommands.get(doc.clockName)!;
    const row = rowNamed(table, action);
    return this.#service.give({
      table,
      row,
      command: { occurredAt: formatInstant(at) },
      id: idOf(doc.object),
      commandId: derivedId(action, doc.object, doc.clockName, doc.clock.due!),
      causationId: null,
      occurredAt: at,
    });
  }

  #remind({ key, doc, at }: DueAction, level: Exclude<DueAction['kind'], 'expire'>): Promise<ProcessAnswer> {
    const { object, clockName: clock, holder, region, respondentUscc, disputeId } = doc;
    const date = doc.remindedOf!;
    return this.#service.give({
      table: deadlinesTable,
      row: rowNamed(deadlinesTable, 'issue-reminder'),
      command: { object, clock, level, date, holder, region, respondentUscc, disputeId },
      id: key,
      commandId: derivedId('reminder', object, clock, level, date),
      causationId: null,
      occurredAt: at,
    });
  }

  #tableOf(stream: string): AnyContextTable {
    const table = this.#byCategory.get(categoryOf(stream));
    if (table === undefined) throw new Failure('UNKNOWN_CONTEXT', `no context has streams like ${stream}`);
    return table;
  }

  /**
   * So that what was just written is seen. Where the view takes longer, what it still shows is decided by the streams: nothing is
   * issued of what has been met, and what is missing comes with the next look.
   */
  async #reach(position: Position): Promise<void> {
    await this.ports.readModels.reached(deadlinesView.name, position, REACH_MS);
  }
}
