import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Position, RecordedEvent } from '#kernel';
import type { EventReader } from './port.ts';

export interface CheckpointedParts {
  readonly log: Pick<EventReader, 'follow' | 'head' | 'readAll'>;
  readonly types: readonly string[];
  /** File in which it keeps how far it has got. */
  readonly file: string;
  /** Most events that are taken in before that is kept. */
  readonly batch: number;
  /**
   * Takes in events, in order. Of a batch that fails, or that is broken off because the signal was given, all come again: to take
   * in an event twice must change nothing.
   */
  readonly take: (events: readonly RecordedEvent[], taking: Taking) => Promise<void>;
  /** Told when following failed or a checkpoint could not be read; it is tried again. */
  readonly report: (error: unknown) => void;
}

export interface Taking {
  readonly signal: AbortSignal;
  /** Whether it goes along with the log, beside other work, and not only up to where the log ends now. */
  readonly isFollowing: boolean;
}

const RETRY_MS = 1_000;

/** Follows some types of events, and goes on after a restart from where it had got to. */
export class CheckpointedFollower {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly parts: CheckpointedParts) {}

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Takes in everything up to the end of the log; for whoever does not follow. */
  async catchUp(): Promise<void> {
    const { log, types, batch } = this.parts;
    const head = await log.head();
    for (let after = await this.#checkpoint(); after < head;) {
      const events = await log.readAll(after, { types, limit: batch });
      const page = events.filter(({ position }) => position <= head);
      await this.#take(page, false);
      after = page.length < batch ? head : page.at(-1)!.position;
    }
  }

  async #run(): Promise<void> {
    const { log, types, batch, report } = this.parts;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        for await (const { events } of log.follow(await this.#checkpoint(), { types }, signal)) {
          for (let start = 0; start < events.length && !signal.aborted; start += batch) {
            await this.#take(events.slice(start, start + batch), true);
          }
        }
      } catch (error) {
        if (signal.aborted) return;
        report(error);
        await delay(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #take(events: readonly RecordedEvent[], isFollowing: boolean): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const { signal } = this.#stopping;
    await this.parts.take(events, { signal, isFollowing });
    if (!signal.aborted) this.#keep(last);
  }

  /** 0 where there is none, or where it is of another log: everything is taken in again. */
  async #checkpoint(): Promise<Position> {
    const kept = this.#kept();
    if (kept === undefined) return 0;
    const [event] = await this.parts.log.readAll(kept.position - 1, { limit: 1 });
    return event?.id === kept.eventId ? kept.position : 0;
  }

  #kept(): { readonly position: Position; readonly eventId: string } | undefined {
    const { file, report } = this.parts;
    try {
      const { position, eventId } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      if (
        typeof position === 'number' &&
        Number.isSafeInteger(position) &&
        position > 0 &&
        typeof eventId === 'string'
      ) {
        return { position, eventId };
      }
      throw new SyntaxError('it holds no position with the id of its event');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      // A file that cannot be read fails what follows; one that holds nonsense is worth no more than none, which is said.
      if (!(error instanceof SyntaxError)) throw error;
      report(new Error(`${file} is no checkpoint: everything is read again`, { cause: error }));
      return undefined;
    }
  }

  /** Written whole or not at all; one that is lost costs reading again. */
  #keep({ position, id }: RecordedEvent): void {
    const { file } = this.parts;
    writeFileSync(`${file}.new`, JSON.stringify({ position, eventId: id }));
    renameSync(`${file}.new`, file);
  }
}
