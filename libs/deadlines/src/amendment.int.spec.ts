import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { DAY_MS, localDateOf, parseInstant } from '#kernel';
import { readClock, ruleBook } from '#law';
import { Scene } from './testing/scene.ts';

const CLOCKS = 100_000;
/** Complaints of the fortnight before the notice of 2020-01-27, which made 01-31 and 02-01 rest days, in the order of receipt. */
const FIRST = parseInstant('2020-01-10T09:00:00+08:00')!;
const receivedAt = (number: number) => FIRST + Math.floor((number * 14) / CLOCKS) * DAY_MS;

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open('2020-01-24T10:00:00+08:00');
  scene.calendar = mainlandCalendar({ version: 'CN-2020.1' });
  const appends: Promise<unknown>[] = [];
  for (let number = 0; number < CLOCKS; number++) {
    appends.push(scene.receiveComplaint(String(number), receivedAt(number)));
    if (appends.length === 2000) await Promise.all(appends.splice(0));
  }
  await Promise.all(appends);
  await scene.documents();
  await scene.look();
}, 300_000);
afterAll(() => scene.close(), 300_000);

it('a calendar amended after the fact moves all the open clocks it touches, once, and keeps what was promised', async () => {
  scene.at('2020-03-02T10:00:00+08:00');
  scene.policy = { ...scene.policy, default: { offsets: { overdue: { unit: 'days', count: 365 } }, source: 'none' } };
  scene.calendar = mainlandCalendar({ version: 'CN-2020.2' });
  const interrupted = scene.process();
  const first = interrupted.look();
  // Ended in the middle, as a service that is stopped: the next one goes on where it was.
  await interrupted.stop();
  await first;
  await scene.look();
  expect(await scene.look()).toMatchObject({ issued: 0 });

  const before = { calendar: mainlandCalendar({ version: 'CN-2020.1' }), rules: ruleBook };
  const after = { calendar: scene.calendar, rules: ruleBook };
  const dates = new Map<string, { promised: string; due: string }>();
  for (let day = 0; day < 14; day++) {
    const from = localDateOf(FIRST + day * DAY_MS);
    const clock = { clock: 'acceptance', rule: 'L-01', from };
    dates.set(from, { promised: readClock(clock, before).due!, due: readClock(clock, after).due! });
  }
  let moved = 0;
  const streams = new Set<string>();
  for (let position = 0; ;) {
    const page = await scene.log.readAll(position, { types: ['ComplaintDeadlineAmended'], limit: 5000 });
    for (const event of page) {
      const from = localDateOf(receivedAt(Number(event.stream.slice('complaint-'.length))));
      expect((event.data as { due: string }).due).toBe(dates.get(from)!.due);
      streams.add(event.stream);
      moved++;
    }
    if (page.length === 0) break;
    position = page.at(-1)!.position;
  }
  let expected = 0;
  for (let number = 0; number < CLOCKS; number++) {
    const { promised, due } = dates.get(localDateOf(receivedAt(number)))!;
    if (promised !== due) expected++;
  }
  expect(expected).toBeGreaterThan(CLOCKS / 4);
  expect(moved).toBe(expected);
  expect(streams.size).toBe(moved);
  let open = 0;
  for await (const { clock } of scene.allDocuments()) {
    expect({ promised: clock.promised, due: clock.due }).toEqual(dates.get(clock.from));
    open++;
  }
  expect(open).toBe(CLOCKS);
}, 300_000);
