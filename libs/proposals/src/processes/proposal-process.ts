import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '#event-log';
import { derivedId, Failure, type Clock, type Position, type RecordedEvent } from '#kernel';
import type { Law } from '#law';
import { ProcessService, type ProcessAnswer } from '#service';
import { proposalsTable } from '../proposals.module.ts';
import { answeredTypes, answersTo, type ProposalAnswer } from './answers.ts';

export interface ProposalProcessPorts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly law: () => Law;
  /** Folder in which it keeps how far it has got. */
  readonly folder: string;
  /** Where failures go: it tries again, and does not end. */
  readonly report: (error: unknown, what: string) => void;
}

const FILE = 'proposals.checkpoint';
const RETRY_MS = 1_000;

/**
 * Follows the log and answers events with proposals. The id of each command follows from the event that it answers, so that
 * reading an event again, after a crash or with a checkpoint that was lost, changes nothing.
 */
export class ProposalProcess {
  readonly #service: ProcessService;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly ports: ProposalProcessPorts) {
    this.#service = new ProcessService(ports, 'proposals');
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Answers everything up to the end of the log; for whoever does not follow. */
  async catchUp(): Promise<void> {
    const { log } = this.ports;
    const head = await log.head();
    for (let after = await this.#checkpoint(); after < head;) {
      const events = await log.readAll(after, { types: answeredTypes, limit: 500 });
      const page = events.filter(({ position }) => position <= head);
      await this.#answer(page);
      after = page.length < 500 ? head : page.at(-1)!.position;
      await this.#keep(after);
    }
  }

  async #run(): Promise<void> {
    const { log, report } = this.ports;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const after = await this.#checkpoint();
        for await (const { events, upTo } of log.follow(after, { types: answeredTypes }, signal)) {
          await this.#answer(events);
          if (events.length > 0) await this.#keep(upTo);
        }
      } catch (error) {
        if (signal.aborted) return;
        report(error, 'proposals: read again from where they had got to');
        await delay(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #answer(events: readonly RecordedEvent[]): Promise<void> {
    const underWay: Promise<unknown>[] = [];
    for (const event of events) {
      const [opening = event] = event.version === 1 ? [event] : await this.ports.log.readStream(event.stream, 1, 1);
      for (const [number, answer] of answersTo(event, this.ports.law(), opening).entries()) {
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

  #give(event: RecordedEvent, answer: ProposalAnswer, number: number): Promise<ProcessAnswer> {
    const [kind, object] =
      answer.answer === 'make' ? [answer.made.kind, answer.made.object] : [answer.kind, answer.object];
    const command = {
      make: () => ({ made: (answer as Extract<ProposalAnswer, { answer: 'make' }>).made }),
      take: () => ({ by: event.type }),
      withdraw: () => ({ because: event.type }),
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

  /** 0 where there is none, or where it is of another log: everything is read again, and nothing is proposed twice. */
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

  /** Written whole or not at all; one that is lost costs reading again. */
  async #keep(position: Position): Promise<void> {
    const [event] = await this.ports.log.readAll(position - 1, { limit: 1 });
    const file = join(this.ports.folder, FILE);
    writeFileSync(`${file}.new`, JSON.stringify({ position, eventId: event?.id ?? null }));
    renameSync(`${file}.new`, file);
  }
}
