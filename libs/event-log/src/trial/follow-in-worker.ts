import { parentPort, workerData } from 'node:worker_threads';
import type { EventSchemas, Position } from '#kernel';
import { openEmbeddedReader } from '../embedded/index.ts';

/* Worker of the engine's tests: follows the log from another thread up to a position and posts what it saw. */
const { folder, headSignal, schemas, end } = workerData as {
  folder: string;
  headSignal?: SharedArrayBuffer;
  schemas: EventSchemas[];
  end: Position;
};
const reader = openEmbeddedReader({ folder, schemas, ...(headSignal === undefined ? {} : { headSignal }) });
const stop = new AbortController();
const seen: Position[] = [];
parentPort!.postMessage('following');
for await (const { events, upTo } of reader.follow(0, { types: ['Noted'] }, stop.signal)) {
  seen.push(...events.map(({ position }) => position));
  if (upTo >= end) stop.abort();
}
await reader.close();
parentPort!.postMessage(seen);
