import { join } from 'node:path';
import { CheckpointedFollower, type EventLog } from '#event-log';
import { derivedId, Failure, type Clock, type RecordedEvent } from '#kernel';
import type { Law } from '#law';
import { ProcessService, type AnyContextTable, type ProcessAnswer } from '#service';
import { answeredTypes, answersTo, asksForSettlements, commandOf, type Answer } from './answers.ts';

export interface ProposalProcessPorts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly law: () => Law;
  /** Every context: proposals, and those whose commands are given. */
  readonly tables: readonly AnyContextTable[];
  /** Ids of the negotiations of the event's dispute that are said to be settled by then. */
  readonly settledBefore: (event: RecordedEvent) => Promise<readonly string[]>;
  /** Folder in which it keeps how far it has got. */
  readonly folder: string;
  /** Where failures go: it tries again, and does not end. */
  readonly report: (error: unknown, what: string) => void;
}

const BATCH = 500;

/**
 * Follows the log and answers events, with proposals to people and with what needs no person. The id of each command follows from the event that it answers, so that
 * reading an event again, after a crash or with a checkpoint that was lost, changes nothing.
 */
export class ProposalProcess {
  readonly #service: ProcessService;
  readonly #following: CheckpointedFollower;

  constructor(private readonly ports: ProposalProcessPorts) {
    this.#service = new ProcessService(ports, 'proposals');
    this.#following = new CheckpointedFollower({
      log: ports.log,
      types: answeredTypes,
      file: join(ports.folder, 'proposals.checkpoint'),
      batch: BATCH,
      take: (events) => this.#answer(events),
      report: (error) => ports.report(error, 'proposals: read again from where they had got to'),
    });
  }

  start(): void {
    this.#following.start();
  }

  stop(): Promise<void> {
    return this.#following.stop();
  }

  /** Answers everything up to the end of the log; for whoever does not follow. */
  catchUp(): Promise<void> {
    return this.#following.catchUp();
  }

  async #answer(events: readonly RecordedEvent[]): Promise<void> {
    const underWay: Promise<unknown>[] = [];
    for (const event of events) {
      const [opening = event] = event.version === 1 ? [event] : await this.ports.log.readStream(event.stream, 1, 1);
      const settled = asksForSettlements(event) ? await this.ports.settledBefore(event) : [];
      for (const [number, answer] of answersTo(event, this.ports.law(), opening, settled).entries()) {
        const given = await this.#give(event, answer, number);
        if (given.decided === 'refused') {
          throw new Failure(
            given.refusal.code,
            `an answer to ${event.type} at ${event.position}: ${given.refusal.detail}`,
          );
        }
        if (given.decided === 'appended') underWay.push(given.result);
      }
    }
    await Promise.all(underWay);
  }

  #give(event: RecordedEvent, answer: Answer, number: number): Promise<ProcessAnswer> {
    const { category, action, id, command } = commandOf(answer, event);
    const table = this.ports.tables.find((one) => one.category === category);
    const row = table?.processCommands?.find((one) => one.action === action);
    if (table === undefined || row === undefined) throw new Failure('UNKNOWN_COMMAND', `${category} has no ${action}`);
    // What is given to another object may come in another order when it is thought of again.
    const commandId = answer.answer === 'give' ? [event.id, category, id] : [event.id, String(number)];
    return this.#service.give({
      table,
      row,
      command,
      id,
      commandId: derivedId('proposal', ...commandId),
      causationId: event.id,
      occurredAt: event.occurredAt,
    });
  }
}
