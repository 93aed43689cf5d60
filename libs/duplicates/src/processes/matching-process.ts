import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CheckpointedFollower, type EventLog, type Taking } from '#event-log';
import { derivedId, Failure, idOf, type Clock, type RecordedEvent } from '#kernel';
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
const BATCH = 100;
const REACH_MS = 1_000;
/** Rest for each moment of work: comparing takes a tenth of a core, and a suggestion may come a little later. */
const REST_FOR_WORK = 9;

/**
 * Follows what comes in and suggests which disputes may be one, and which dispute a ticket may be about. It decides nothing: the
 * contexts say once what it suspects, and never again what a person has dismissed, so that reading an event again changes nothing.
 */
export class MatchingProcess {
  readonly #service: ProcessService;
  readonly #finder: Finder;
  readonly #following: CheckpointedFollower;

  constructor(private readonly ports: MatchingProcessPorts) {
    this.#service = new ProcessService(ports, 'matching');
    this.#finder = new Finder(ports.readModels, ports.policy);
    this.#following = new CheckpointedFollower({
      log: ports.log,
      types: EXAMINED,
      file: join(ports.folder, 'duplicates.checkpoint'),
      batch: BATCH,
      take: (events, taking) => this.#examine(events, taking),
      report: (error) => ports.report(error, 'duplicates: looked for again from where it had got to'),
    });
  }

  start(): void {
    this.#following.start();
  }

  stop(): Promise<void> {
    return this.#following.stop();
  }

  /** Examines everything up to the end of the log; for whoever does not follow. */
  catchUp(): Promise<void> {
    return this.#following.catchUp();
  }

  async #examine(events: readonly RecordedEvent[], { signal, isFollowing }: Taking): Promise<void> {
    const { readModels } = this.ports;
    // What came before must be there to be met. Conclusions may be seen a little later: then a repeat is taken for a duplicate.
    while (!(await readModels.reached(recordsView.name, events.at(-1)!.position, REACH_MS))) {
      if (signal.aborted) return;
    }
    const underWay: Promise<unknown>[] = [];
    for (const event of events) {
      if (signal.aborted) break;
      const began = performance.now();
      for (const found of await this.#finder.find(event)) {
        const answer = await this.#suggest(event, found);
        if (answer.decided === 'refused') throw new Failure(answer.refusal.code, answer.refusal.detail);
        if (answer.decided === 'appended') underWay.push(answer.result);
      }
      if (isFollowing) await rest((performance.now() - began) * REST_FOR_WORK, signal);
    }
    await Promise.all(underWay);
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
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

const DUPLICATES: ReadonlySet<string> = new Set(DUPLICATE_REASONS);
