import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedEvent } from '#kernel';
import { CRASH_DIGEST, UNCHANGED, crashSchemas, eventsOfCommand } from './crash-plan.ts';
import { type EventLogFixture, allOf, command } from './fixture.ts';

const KILLS = 30;

interface Acknowledged {
  readonly commandId: string;
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly unchanged: boolean;
}

export function crashContract(newFixture: () => Promise<EventLogFixture>): void {
  describe('a process killed in the middle of writing', () => {
    it(`loses nothing acknowledged and leaves no half command, ${KILLS} times over`, async () => {
      const fixture = await newFixture();
      const acknowledged: Acknowledged[] = [];
      try {
        for (let kill = 0; kill < KILLS; kill++) {
          acknowledged.push(...(await writeUntilKilled(fixture, kill)));
          const log = await fixture.open({ schemas: [crashSchemas] });
          const events = await allOf(log);
          expectDense(events);
          expectWholeCommands(events);
          for (const { commandId, stream, version, position, unchanged } of acknowledged)
            expect(events[position - 1]).toMatchObject({ stream, version, ...(unchanged ? {} : { commandId }) });
          for (const { commandId, position, unchanged } of acknowledged.slice(-20)) {
            const outcome = await log.outcomeOf(commandId, CRASH_DIGEST);
            expect(outcome).toMatchObject({ position, appended: false });
            expect(outcome!.unchanged).toBe(unchanged ? true : undefined);
          }
          // The log takes new events at once, behind whatever the killed process had written.
          const { position } = await log.append('after-1', 'any', [{ type: 'Step', data: { of: 1, n: 0 } }], command());
          expect(position).toBe(events.length + 1);
          await log.close();
        }
        expect(acknowledged.length).toBeGreaterThan(KILLS);
        expect(acknowledged.filter(({ unchanged }) => unchanged).length).toBeGreaterThan(0);
      } finally {
        await fixture.destroy();
      }
    });
  });
}

/** Lets a child write, kills it at a random moment after its first answer, and returns what it was told was written. */
async function writeUntilKilled(fixture: EventLogFixture, seed: number): Promise<Acknowledged[]> {
  const child = fixture.startWriter(seed);
  const exited = once(child, 'exit');
  const lines: string[] = [];
  let stderr = '';
  child.stderr!.on('data', (chunk) => (stderr += String(chunk)));
  const reader = createInterface({ input: child.stdout! });
  const started = new Promise<void>((resolve) => reader.once('line', () => resolve()));
  reader.on('line', (line) => lines.push(line));
  const read = once(reader, 'close');
  await Promise.race([started, exited]);
  await sleep(Math.random() * 60);
  child.kill('SIGKILL');
  const [, signal] = (await exited) as [number | null, string | null];
  await read;
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
  return lines.filter((line) => line.endsWith('.')).map(parse);
}

function parse(line: string): Acknowledged {
  const [commandId, stream, version, position, mark] = line.split(' ');
  return {
    commandId: commandId!,
    stream: stream!,
    version: Number(version),
    position: Number(position),
    unchanged: mark === UNCHANGED,
  };
}

function expectDense(events: readonly RecordedEvent[]): void {
  const versions = new Map<string, number>();
  let recordedAt = 0;
  const wrong = events.filter((event, index) => {
    const inOrder =
      event.position === index + 1 &&
      event.version === (versions.get(event.stream) ?? 0) + 1 &&
      event.recordedAt >= recordedAt;
    versions.set(event.stream, event.version);
    recordedAt = event.recordedAt;
    return !inOrder;
  });
  expect(wrong).toEqual([]);
}

function expectWholeCommands(events: readonly RecordedEvent[]): void {
  const perCommand = new Map<string, RecordedEvent[]>();
  for (const event of events) perCommand.set(event.commandId, [...(perCommand.get(event.commandId) ?? []), event]);
  const half = [...perCommand.values()].filter((all) => all.length !== eventsOfCommand(all[0]!));
  expect(half).toEqual([]);
}
