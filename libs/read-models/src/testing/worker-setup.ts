import { openEmbeddedReader } from '#event-log';
import type { RecordedEvent } from '#kernel';
import { openEmbeddedReadModels } from '../embedded/index.ts';
import type { Follower } from '../follower.ts';
import type { ProjectionWorkerSetup } from '../worker/setup.ts';
import { cases } from './cases.ts';
import { schemas } from './stored-log.ts';

export interface CaseWorkerOptions {
  readonly folder: string;
  readonly headSignal: SharedArrayBuffer;
}

/** What the worker's test runs: the cases, and a follower that counts and can be made to end the thread. */
export function setUpCases(
  { folder, headSignal }: CaseWorkerOptions,
  signal: SharedArrayBuffer,
): ProjectionWorkerSetup {
  const reader = openEmbeddedReader({ folder, schemas, headSignal });
  const projections = [cases];
  const store = openEmbeddedReadModels({ folder, projections, signal });
  const close = async (): Promise<void> => {
    await store.close();
    await reader.close();
  };
  return { reader, store, projections, followers: [new Counter()], close };
}

class Counter implements Follower {
  readonly name = 'counter';
  readonly types = [];
  private counted = 0;
  private position = 0;

  async checkpoint(): Promise<number> {
    return this.position;
  }

  async apply(events: readonly RecordedEvent[], upTo: number): Promise<void> {
    this.counted += events.length;
    this.position = upTo;
  }

  status(): { version: number; checkpoint: number; parked: number } {
    return { version: 1, checkpoint: this.position, parked: 0 };
  }

  async call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (method === 'crash') setImmediate(() => process.exit(7));
    if (method === 'throw') setImmediate(() => JSON.parse('{'));
    return { method, args, counted: this.counted };
  }
}

export function setUpNothing(): never {
  throw new TypeError('no projections today');
}
