import { join } from 'node:path';
import { CheckpointedFollower, type EventLog } from '#event-log';
import { derivedId, Failure, type Clock, type RecordedEvent } from '#kernel';
import type { Law } from '#law';
import type { ReadModelReader } from '#read-models';
import { ProcessService, type ProcessAnswer } from '#service';
import { proposalsTable } from '../proposals.module.ts';
import { answeredTypes, answersTo, typesWithSiblings, type ProposalAnswer } from './answers.ts';
import { DISPUTES, NO_SIBLINGS, siblingsOn, type Siblings } from './siblings.ts';

export interface ProposalProcessPorts {
  readonly log: EventLog;
  readonly readModels: ReadModelReader;
  readonly clock: Clock;
  readonly law: () => Law;
  /** Folder in which it keeps how far it has got. */
  readonly folder: string;
  /** Where failures go: it tries again, and does not end. */
  readonly report: (error: unknown, what: string) => void;
}

const BATCH = 500;
const REACH_MS = 1_000;

/**
 * Follows the log and answers events with proposals. The id of each command follows from the event that it answers, so that
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
      take: (events, { signal }) => this.#answer(events, signal),
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

  async #answer(events: readonly RecordedEvent[], signal: AbortSignal): Promise<void> {
    const underWay: Promise<unknown>[] = [];
    for (const event of events) {
      const siblings = await this.#siblingsOf(event, signal);
      if (signal.aborted) break;
      const [opening = event] = event.version === 1 ? [event] : await this.ports.log.readStream(event.stream, 1, 1);
      for (const [number, answer] of answersTo(event, this.ports.law(), opening, siblings).entries()) {
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

  async #siblingsOf({ type, correlationId, position }: RecordedEvent, signal: AbortSignal): Promise<Siblings> {
    if (correlationId === null || !typesWithSiblings.has(type)) return NO_SIBLINGS;
    const { readModels } = this.ports;
    while (!(await readModels.reached(DISPUTES, position, REACH_MS))) if (signal.aborted) return NO_SIBLINGS;
    return siblingsOn(correlationId, readModels);
  }

  #give(event: RecordedEvent, answer: ProposalAnswer, number: number): Promise<ProcessAnswer> {
    const [kind, object] =
      answer.answer === 'make' ? [answer.made.kind, answer.made.object] : [answer.kind, answer.object];
    const { type, position: answered } = event;
    const command = {
      make: () => ({ made: (answer as Extract<ProposalAnswer, { answer: 'make' }>).made, answered }),
      take: () => ({ by: type, answered }),
      withdraw: () => ({ because: type, answered }),
    }[answer.answer]();
    return this.#service.give({
      table: proposalsTable,
      row: proposalsTable.processCommands!.find(({ action }) => action === answer.answer)!,
      command,
      id: `${kind}.${object}`,
      commandId: derivedId('proposal', event.id, String(number)),
      causationId: event.id,
      occurredAt: event.occurredAt,
    });
  }
}
