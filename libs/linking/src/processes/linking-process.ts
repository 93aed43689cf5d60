import { join } from 'node:path';
import { CheckpointedFollower, type EventLog, type Taking } from '#event-log';
import { derivedId, Failure, type Clock, type RecordedEvent } from '#kernel';
import type { Law } from '#law';
import type { ReadModelReader } from '#read-models';
import { ProcessService, type AnyContextTable, type ProcessAnswer } from '#service';
import { CONSEQUENTIAL, consequencesOf, DISPUTES, type Consequence } from './consequences.ts';

export interface LinkingProcessPorts {
  readonly log: EventLog;
  readonly readModels: ReadModelReader;
  readonly clock: Clock;
  readonly law: () => Law;
  /** The contexts that are told what follows for them: tickets, negotiations, publications. */
  readonly tables: readonly AnyContextTable[];
  /** Folder in which it keeps how far it has got. */
  readonly folder: string;
  /** Where failures go: it tries again, and does not end. */
  readonly report: (error: unknown, what: string) => void;
}

const BATCH = 100;
const REACH_MS = 1_000;

/**
 * Follows the log and draws the consequences that one procedure has for another: a letter is told the complaint and the report
 * that came of it, a settlement is taken back by a later complaint on the same dispute, and a complaint that was closed is queued
 * for publicity. It decides nothing: the contexts say whether what it finds still holds, and the id of each command follows from
 * the event, so that reading an event again, after a crash or with a checkpoint that was lost, changes nothing.
 */
export class LinkingProcess {
  readonly #service: ProcessService;
  readonly #following: CheckpointedFollower;

  constructor(private readonly ports: LinkingProcessPorts) {
    this.#service = new ProcessService(ports, 'linking');
    this.#following = new CheckpointedFollower({
      log: ports.log,
      types: CONSEQUENTIAL,
      file: join(ports.folder, 'linking.checkpoint'),
      batch: BATCH,
      take: (events, taking) => this.#draw(events, taking),
      report: (error) => ports.report(error, 'linking: drawn again from where it had got to'),
    });
  }

  start(): void {
    this.#following.start();
  }

  stop(): Promise<void> {
    return this.#following.stop();
  }

  /** Draws everything up to the end of the log; for whoever does not follow. */
  catchUp(): Promise<void> {
    return this.#following.catchUp();
  }

  async #draw(events: readonly RecordedEvent[], { signal }: Taking): Promise<void> {
    const { readModels } = this.ports;
    // Of two events of which each bears on the other, the later one must find the earlier.
    while (!(await readModels.reached(DISPUTES, events.at(-1)!.position, REACH_MS))) {
      if (signal.aborted) return;
    }
    const underWay: Promise<unknown>[] = [];
    for (const event of events) {
      if (signal.aborted) break;
      for (const consequence of await consequencesOf(event, readModels)) {
        const given = await this.#give(event, consequence);
        if (given.decided === 'refused') {
          const { code, detail } = given.refusal;
          throw new Failure(code, `what follows from ${event.type} at ${event.position}: ${detail}`);
        }
        if (given.decided === 'appended') underWay.push(given.result);
      }
    }
    await Promise.all(underWay);
  }

  #give(event: RecordedEvent, { category, id, action, command }: Consequence): Promise<ProcessAnswer> {
    const table = this.ports.tables.find((one) => one.category === category)!;
    return this.#service.give({
      table,
      row: table.processCommands!.find((row) => row.action === action)!,
      command,
      id,
      commandId: derivedId('linking', event.id, action, id, JSON.stringify(command)),
      causationId: event.id,
      occurredAt: event.occurredAt,
    });
  }
}
