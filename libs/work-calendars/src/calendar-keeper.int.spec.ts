import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastDay, mainlandCalendar } from '#calendar';
import { openEmbeddedEventLog, type EventLog } from '#event-log';
import { newCommandId, startOfDay } from '#kernel';
import { CalendarKeeper } from './calendar-keeper.ts';
import { workCalendarSchemas, type WorkCalendarEvents } from './events.ts';
import { workCalendarsContext } from './work-calendars.module.ts';

type Published = WorkCalendarEvents['WorkCalendarPublished'];

const now = startOfDay('2027-06-01');
const schemas = [workCalendarSchemas, { SomethingElse: { schemaVersion: 1 } }];
const off = (name: string, from: string, to = from) => ({ name, from, to });
const first: Published = {
  year: 2027,
  years: [2027],
  number: '国办发明电〔2026〕9号',
  title: '国务院办公厅关于2027年部分节假日安排的通知',
  publishedOn: '2026-11-05',
  url: null,
  daysOff: [
    off('元旦', '2027-01-01', '2027-01-03'),
    off('春节', '2027-02-05', '2027-02-11'),
    off('清明节', '2027-04-03', '2027-04-05'),
    off('劳动节', '2027-05-01', '2027-05-03'),
    off('端午节', '2027-06-09'),
    off('中秋节', '2027-09-15'),
    off('国庆节', '2027-10-01', '2027-10-07'),
  ],
  workdays: [],
  festivals: null,
  shippedVersion: mainlandCalendar().version,
};
const amendment: Published = {
  ...first,
  number: '国办发明电〔2027〕3号',
  title: '国务院办公厅关于调整2027年劳动节假期安排的通知',
  publishedOn: '2027-03-22',
  daysOff: [off('劳动节', '2027-05-01', '2027-05-05')],
};

let folder: string;
let log: EventLog;
let keeper: CalendarKeeper | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-calendars-'));
  log = openEmbeddedEventLog({ folder, clock: { now: () => now }, schemas });
});
afterEach(async () => {
  await keeper?.close();
  keeper = undefined;
  await log.close();
  rmSync(folder, { recursive: true });
});

const open = async () => (keeper = await CalendarKeeper.open({ log }));
const metadata = () => ({
  commandId: newCommandId(now),
  payloadDigest: 'digest',
  actor: { id: 'k', role: 'administrator' },
  occurredAt: now,
});
const publish = async (data: Published) =>
  (await log.append(`workCalendar-${data.year}`, 'any', [{ type: 'WorkCalendarPublished', data }], metadata()))
    .position;
const version = (kept: CalendarKeeper) => kept.calendar().versionOf(2027);

describe('the calendar keeper', () => {
  it('has the calendar of the release on an empty log, and guesses what it has not', async () => {
    const kept = await open();
    expect(kept.calendar()).toBe(mainlandCalendar({ provisional: true }));
    expect(version(kept)).toBe('CN-2027.PROVISIONAL');
  });

  it('knows every notice recorded before it opened', async () => {
    await publish(first);
    await log.append('other-1', 'any', [{ type: 'SomethingElse', data: {} }], metadata());
    await publish(amendment);
    expect(version(await open())).toBe('CN-2027.2');
  });

  it('follows: once settled, a notice counts, and what was computed before keeps its calendar', async () => {
    const kept = await open();
    const before = kept.calendar();
    const positions = [await publish(first), await publish(amendment)];
    for (const position of positions) await kept.settled(position);
    expect(version(kept)).toBe('CN-2027.2');
    expect(before.versionOf(2027)).toBe('CN-2027.PROVISIONAL');
    expect(kept.calendar()).toBe(kept.calendar());

    const due = (name: string) => lastDay(kept.calendarOf(name), '2027-04-29', { unit: 'workingDays', count: 2 });
    expect(due('CN-2026.1+CN-2027.PROVISIONAL')).toBe('2027-05-03');
    expect(due('CN-2027.1')).toBe('2027-05-04');
    expect(due('CN-2027.2')).toBe('2027-05-06');
    expect(() => due('CN-2027.3')).toThrow('no version CN-2027.3');
  });

  it('settles with positions of other events too', async () => {
    const kept = await open();
    const { position } = await log.append('other-1', 'any', [{ type: 'SomethingElse', data: {} }], metadata());
    await kept.settled(position);
    await kept.settled(0);
    expect(version(kept)).toBe('CN-2027.PROVISIONAL');
  });

  it('is what the command that publishes waits for', async () => {
    const kept = await open();
    await workCalendarsContext(kept).settled!(await publish(first));
    expect(version(kept)).toBe('CN-2027.1');
  });

  it('answers by what it knew while it cannot follow, says that, and catches up afterwards', async () => {
    let isBroken = false;
    const reports: unknown[] = [];
    const breaking = {
      head: () => log.head(),
      async *follow(...args: Parameters<EventLog['follow']>) {
        for await (const batch of log.follow(...args)) {
          if (isBroken) throw new Error('disk gone');
          yield batch;
        }
      },
    };
    const parts = { log: breaking, retryAfterMs: 5, report: (error: unknown) => reports.push(error) };
    const kept = (keeper = await CalendarKeeper.open(parts));
    await kept.settled(await publish(first));
    isBroken = true;
    const position = await publish(amendment);
    const unavailable = expect.objectContaining({ code: 'CALENDAR_UNAVAILABLE', retryable: true });
    await expect(kept.settled(position)).rejects.toEqual(unavailable);
    expect(version(kept)).toBe('CN-2027.1');
    expect(reports.length).toBeGreaterThan(0);

    isBroken = false;
    const isSettled = () =>
      kept.settled(position).then(
        () => true,
        () => false,
      );
    while (!(await isSettled())) await new Promise((done) => setTimeout(done, 5));
    expect(version(kept)).toBe('CN-2027.2');
  });

  it('settles nothing after it was closed', async () => {
    const kept = await open();
    await kept.close();
    await expect(kept.settled(99)).rejects.toMatchObject({ code: 'CALENDAR_UNAVAILABLE' });
  });
});
