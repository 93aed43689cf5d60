import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AppendResult, ExpectedVersion, FoundUnchanged } from '../port.ts';
import { type EventLogFixture, allOf, command, note, texts } from './fixture.ts';

/** One thing a client may do; `command` picks from a few ids, so that repetitions and reuse happen often. */
interface Step {
  readonly stream: string;
  readonly expected: ExpectedVersion;
  readonly command: number;
  readonly payload: string;
  /** None: the command has nothing to append and is remembered. */
  readonly events: number;
  /** Waits for everything before it, or opens the log again. */
  readonly then: 'go on' | 'wait' | 'reopen';
}

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.constantFrom('a-1', 'a-2', 'b-1'),
  expected: fc.oneof(fc.constantFrom<ExpectedVersion>('none', 'any'), fc.nat(6)),
  command: fc.nat(30),
  payload: fc.constantFrom('p', 'p', 'p', 'q'),
  events: fc.constantFrom(0, 1, 1, 2, 3),
  then: fc.constantFrom('go on', 'go on', 'go on', 'wait', 'reopen'),
});

/** The log as a few lines of plain data: what an append of each step must answer. */
class Model {
  readonly all: string[] = [];
  readonly #versions = new Map<string, number>();
  readonly #commands = new Map<number, { payload: string; result: AppendResult }>();

  append(step: Step): AppendResult | string {
    const earlier = this.#commands.get(step.command);
    if (earlier !== undefined)
      return earlier.payload === step.payload ? { ...earlier.result, appended: false } : 'COMMAND_ID_REUSED';
    const actual = this.#versions.get(step.stream) ?? 0;
    if (step.events === 0) {
      const answer: AppendResult = { ...foundBy(step), appended: false, unchanged: true };
      this.#commands.set(step.command, { payload: step.payload, result: answer });
      return answer;
    }
    const wanted = step.expected === 'none' ? 0 : step.expected;
    if (wanted !== 'any' && wanted !== actual) return 'WRONG_EXPECTED_VERSION';
    for (let n = 0; n < step.events; n++) this.all.push(textOf(step, n));
    const version = actual + step.events;
    this.#versions.set(step.stream, version);
    const result = { stream: step.stream, version, position: this.all.length, appended: true };
    this.#commands.set(step.command, { payload: step.payload, result });
    return result;
  }
}

/** What a command that has nothing to append says it found; the log takes its word. */
function foundBy({ stream, command: id }: Step): FoundUnchanged {
  return { stream, version: id, position: id };
}

function textOf(step: Step, n: number): string {
  return `${step.stream}/${step.command}/${n}`;
}

export function modelContract(newFixture: () => Promise<EventLogFixture>): void {
  describe('any interleaving of appends and remembered commands', () => {
    it('answers and ends as the model does', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
          const fixture = await newFixture();
          let log = await fixture.open();
          try {
            const ids = Array.from({ length: 31 }, () => command().commandId);
            const model = new Model();
            const pending: Promise<void>[] = [];
            for (const one of steps) {
              const expected = model.append(one);
              const events = Array.from({ length: one.events }, (_, n) => note(textOf(one, n)));
              const metadata = command({ commandId: ids[one.command]!, payloadDigest: one.payload });
              const given =
                one.events === 0
                  ? log.remember(metadata.commandId, one.payload, foundBy(one))
                  : log.append(one.stream, one.expected, events, metadata);
              const answer = given.catch((error: { code: string }) => error.code);
              pending.push(answer.then((told) => expect(told).toEqual(expected)));
              if (one.then !== 'go on') await Promise.all(pending);
              if (one.then === 'reopen') {
                await log.close();
                log = await fixture.open();
              }
            }
            await Promise.all(pending);
            expect(texts(await allOf(log, 7))).toEqual(model.all);
          } finally {
            await log.close();
            await fixture.destroy();
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}
