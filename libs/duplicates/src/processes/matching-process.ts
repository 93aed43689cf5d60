import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '#event-log';
import { derivedId, Failure, idOf, type Clock, type Position, type RecordedEvent } from '#kernel';
import type { Law } from '#law';
import type { ReadModelReader } from '#read-models';
import { ProcessService, type AnyContextTable, type ProcessAnswer } from '#service';
import { DUPLICATE_REASONS, type DuplicateReason } from '#work-orders/events';
import { duplicatesTable } from '../duplicates.module.ts';
import type { MatchingPolicy } from '../matching-policy.ts';
import { recordsView } from '../views/records.ts';
import { Finder, type Found } from './finder.ts';

export interface MatchingProcessPorts {
  readonly log: EventLog;
  readonly readModels: ReadModelReader;
  readonly clock: Clock;
  readonly law: () => Law;
  readonly policy: MatchingPolicy;
  /** The context of tickets, to which it says what it suspects of them. */
  readonly workOrders: AnyContextTable;
  /** Folder in which it keeps how far it has got. */
  readonly folder: string;
  /** Where failures go: it tries again, and does not end. */
  readonly report: (error: unknown, what: string) => void;
}

/** What brings in something to compare, or tells more of it. */
const EXAMINED = [
  'WorkOrderReceived',
  'WorkOrderPayloadConflictResolved',
  'WorkOrderLinkedToDispute',
  'ComplaintReceived',
  'DisputeOpened',
  'DisputeRespondentIdentified',
  'ComplainantJoined',
];
const FILE = 'duplicates.checkpoint';
const PAGE = 100;
const RETRY_MS = 1_000;
const REACH_MS = 10_000;
/** Rest for each moment of work: comparing takes a tenth of a core, and a suggestion may come a little later. */
const REST_FOR_WORK = 9;

/**
 * Follows what comes in and suggests which disputes may be one, and which dispute a ticket may be about. It decides nothing: the
 * contexts say once what it suspects, and never again what a person has dismissed, so that reading an event again changes nothing.
 */
export class MatchingProcess {
  readonly #service: ProcessService;
  readonly #finder: Finder;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly ports: MatchingProcessPorts) {
    this.#service = new ProcessService(ports, 'matching');
    this.#finder = new Finder(ports.readModels, ports.policy);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Examines everything up to the end of the log; for whoever does not follow. */
  async catchUp(): Promise<void> {
    const head = await this.ports.log.head();
    for (let after = await this.#checkpoint(); after < head;) after = await this.#page(after, head);
  }

  async #run(): Promise<void> {
    const { log, report } = this.ports;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const after = await this.#checkpoint();
        for await (const { events } of log.follow(after, { types: EXAMINED }, signal)) {
          for (let start = 0; start < events.length && !signal.aborted; start += PAGE) {
            const began = performance.now();
            await this.#examine(events.slice(start, start + PAGE));
            await this.#rest((performance.now() - began) * REST_FOR_WORK);
          }
        }
      } catch (error) {
        if (signal.aborted) return;
        report(error, 'duplicates: looked for again from where it had got to');
        await this.#rest(RETRY_MS);
      }
    }
  }

  async #page(after: Position, head: Position): Promise<Position> {
    const events = await this.ports.log.readAll(after, { types: EXAMINED, limit: PAGE });
    const page = events.filter(({ position }) => position <= head);
    await this.#examine(page);
    return page.length < PAGE ? head : page.at(-1)!.position;
  }

  async #examine(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const { readModels } = this.ports;
    // What came before must be there to be met. Conclusions may be seen a little later: then a repeat is taken for a duplicate.
    if (!(await readModels.reached(recordsView.name, last.position, REACH_MS))) {
      throw new Failure('VIEW_BEHIND', `${recordsView.name} has not reached position ${last.position}`, true);
    }
    const underWay: Promise<unknown>[] = [];
    for (const event of events) {
      if (this.#stopping.signal.aborted) break;
      for (const found of await this.#finder.find(event)) {
        const answer = await this.#suggest(event, found);
        if (answer.decided === 'refused') throw new Failure(answer.refusal.code, answer.refusal.detail);
        if (answer.decided === 'appended') underWay.push(answer.result);
      }
    }
    await Promise.all(underWay);
    if (!this.#stopping.signal.aborted) this.#keep(last);
  }

  #suggest(event: RecordedEvent, found: Found): Promise<ProcessAnswer> {
    const common = { causationId: event.id, occurredAt: event.occurredAt };
    const commandId = derivedId('matching', event.id, found.subject, found.of);
    const { of, score, reasons } = found;
    if (found.what === 'ticket') {
      const table = this.ports.workOrders;
      const row = table.processCommands!.find(({ action }) => action === 'suspect-duplicate')!;
      const known = reasons.filter((one): one is typeof one & DuplicateReason => DUPLICATES.has(one));
      const command = { of, likeness: score, reasons: known };
      return this.#service.give({ table, row, command, id: idOf(found.subject), commandId, ...common });
    }
    const { kind, region, respondentUscc } = found;
    const suspected = { disputeId: found.subject, of, kind, score, reasons, region, respondentUscc };
    const [row] = duplicatesTable.processCommands!;
    const command = { suspected };
    return this.#service.give({ table: duplicatesTable, row: row!, command, id: found.subject, commandId, ...common });
  }

  async #rest(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }

  /** 0 where there is none, or where it is of another log: everything is looked at again, and nothing is suggested twice. */
  async #checkpoint(): Promise<Position> {
    let kept: { readonly position?: unknown; readonly eventId?: unknown };
    try {
      kept = JSON.parse(readFileSync(join(this.ports.folder, FILE), 'utf8')) as typeof kept;
    } catch {
      return 0;
    }
    const { position, eventId } = kept;
    if (typeof position !== 'number' || !Number.isSafeInteger(position) || position < 1) return 0;
    const [event] = await this.ports.log.readAll(position - 1, { limit: 1 });
    return event?.id === eventId ? position : 0;
  }

  /** Written whole or not at all; one that is lost costs looking again. */
  #keep({ position, id }: RecordedEvent): void {
    const file = join(this.ports.folder, FILE);
    writeFileSync(`${file}.new`, JSON.stringify({ position, eventId: id }));
    renameSync(`${file}.new`, file);
  }
}

const DUPLICATES: ReadonlySet<string> = new Set(DUPLICATE_REASONS);
