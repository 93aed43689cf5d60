import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mainlandCalendar } from '#calendar';
import { addDays, epochDay, localDateFromEpochDay, localDateOf, startOfDay } from '#kernel';
import { horizonOf, momentsOf, parseReminderPolicy, shippedReminders } from './reminder-policy.ts';

const calendar = mainlandCalendar();

describe('the moments of a clock', () => {
  const days = (clockName: string, due: string, strict = due) =>
    momentsOf({ clockName, due, strict }, shippedReminders, calendar).map(({ level, at }) => [level, localDateOf(at)]);

  it('are counted in working days by default, over a holiday', () => {
    expect(days('acceptance', '2026-03-02')).toEqual([
      // 02-28 is a Saturday that is worked.
      ['amber', '2026-02-27'],
      ['red', '2026-03-02'],
      ['overdue', '2026-03-03'],
    ]);
  });
  it('of mediation are five and two days before, the day itself and the day after the legal one', () => {
    expect(days('mediation', '2026-10-08', '2026-10-06')).toEqual([
      ['amber', '2026-10-01'],
      ['red', '2026-10-04'],
      ['due', '2026-10-06'],
      ['overdue', '2026-10-09'],
    ]);
  });
  it('of a hotline ticket are the yellow card and the red card', () => {
    // Friday; the first overdue working day is the Monday after.
    expect(days('handling', '2026-03-13')).toEqual([
      ['amber', '2026-03-12'],
      ['overdue', '2026-03-16'],
    ]);
  });
  it('of a clock that ends at a moment follow its day, and overdue the moment itself', () => {
    const due = '2026-03-12T02:30:00.000Z';
    const moments = momentsOf({ clockName: 'other', due, strict: due }, shippedReminders, calendar);
    expect(moments).toEqual([
      { level: 'amber', at: startOfDay('2026-03-10') },
      { level: 'red', at: startOfDay('2026-03-12') },
      { level: 'overdue', at: Date.parse(due) + 1 },
    ]);
  });
});

it('beyond the horizon nothing is to be said today, and it is no further than that, but for rest days', () => {
  const day = fc.integer({ min: 17_600, max: 20_400 }).map(localDateFromEpochDay);
  fc.assert(
    fc.property(day, fc.constantFrom('acceptance', 'mediation', 'handling'), (today, clockName) => {
      const horizon = horizonOf(clockName, today, shippedReminders, calendar);
      const first = (strict: string) =>
        momentsOf({ clockName, due: strict, strict }, shippedReminders, calendar)[0]!.at;
      const now = startOfDay(today);
      expect(first(horizon) > now).toBe(true);
      expect(first(addDays(horizon, 1)) > now).toBe(true);
      const before = localDateFromEpochDay(calendar.workingDayFrom(epochDay(horizon), -1));
      expect(first(before) <= now).toBe(true);
    }),
  );
});

describe('a file of reminders', () => {
  const valid =
    'default: { amber: { days: -1 }, overdue: { days: 1 }, source: none }\nclocks: {}\nstandstill: { days: 10, source: none }';
  it('is read', () => {
    expect(parseReminderPolicy(valid, 'r.yaml')).toEqual({
      default: { offsets: { amber: { unit: 'days', count: -1 }, overdue: { unit: 'days', count: 1 } }, source: 'none' },
      clocks: {},
      standstill: { days: 10, source: 'none' },
    });
  });
  it.each([
    ['no YAML', 'default: ['],
    ['an unknown level', valid.replace('amber', 'purple')],
    ['amber after the last day', valid.replace('days: -1', 'days: 1')],
    ['no overdue', valid.replace('overdue: { days: 1 }, ', '')],
    ['overdue on the last day', valid.replace('overdue: { days: 1 }', 'overdue: { days: 0 }')],
    ['two units', valid.replace('{ days: -1 }', '{ days: -1, workingDays: -1 }')],
    ['half a day', valid.replace('days: -1', 'days: -0.5')],
    ['no source', valid.replace(', source: none }\nclocks', ' }\nclocks')],
  ])('is refused with %s', (_, yaml) => {
    expect(() => parseReminderPolicy(yaml, 'r.yaml')).toThrow(expect.objectContaining({ code: 'REMINDERS_INVALID' }));
  });
});
