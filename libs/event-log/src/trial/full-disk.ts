import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventSchemas, Failure, type Position, systemClock } from '#kernel';
import { openEmbeddedEventLog, verifyLog } from '../embedded/index.ts';

/*
 * Program of the engine's tests: `full-disk {folder} {file}`. Appends from 16 writers until the disk refuses, makes room
 * by removing the file (or, without one, by lifting this process's limit on file sizes), waits until the log says that it
 * can be written, goes on, and prints as JSON
 * what it was told and what it found.
 */
const [folder, filler] = process.argv.slice(2);
const schemas: EventSchemas[] = [{ Step: { schemaVersion: 1 } }];
const log = openEmbeddedEventLog({ folder: folder!, clock: systemClock, schemas });
const acknowledged = new Map<string, Position>();

async function append(stream: string): Promise<void> {
  const commandId = randomUUID();
  const events = Array.from({ length: 3 }, (_, n) => ({ type: 'Step', data: { n, text: 'x'.repeat(1000) } }));
  const command = { commandId, payloadDigest: 'd', actor: { id: 'a', role: 'test' }, occurredAt: 0 };
  acknowledged.set(commandId, (await log.append(stream, 'any', events, command)).position);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof Failure
      ? `${error.code} ${error.retryable} ${error.message}`
      : `not expected: ${String(error)}`;
  }
}

async function appendUntilRefused(stream: string): Promise<string> {
  for (;;) {
    const refused = await refusal(append(stream));
    if (refused !== 'none') return refused;
  }
}

const refusals = await Promise.all(Array.from({ length: 16 }, (_, writer) => appendUntilRefused(`disk-${writer}`)));
// What is too much for a group may still fit for one: only then is the disk full to the last page.
refusals.push(await appendUntilRefused('disk-0'));
const beforeRoom = {
  acknowledged: acknowledged.size,
  head: await log.head(),
  writable: await refusal(log.checkWritable()),
};

if (filler === undefined) execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited:unlimited']);
else rmSync(filler);
// Found out without anybody appending.
while ((await refusal(log.checkWritable())) !== 'none') await sleep(50);
const headAfterTrial = await log.head();
const afterRoom = await refusal(append('disk-0'));
await log.close();

const reopened = openEmbeddedEventLog({ folder: folder!, clock: systemClock, schemas });
const events = await reopened.readAll(0);
const lost = [...acknowledged].filter(([commandId, position]) => events[position - 1]?.commandId !== commandId);
await reopened.close();
const found = { events: events.length, acknowledged: acknowledged.size, lost: lost.length, verify: verifyLog(folder!) };
process.stdout.write(JSON.stringify({ refusals, beforeRoom, headAfterTrial, afterRoom, found }));
