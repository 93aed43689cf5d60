import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mainlandCalendar, type RollPolicy } from '#calendar';
import { addDays, epochDay, formatInstant, localDateFromEpochDay, parseInstant, type LocalDate } from '#kernel';
import { deadline, isInTime, ruleBook, type DeadlineQuestion, type RuleVersion, type Suspension } from '#law';

const calendar = mainlandCalendar();
const at = (rule: string, from: LocalDate, more: Partial<DeadlineQuestion> = {}) =>
  deadline(rule, { from, calendar, ...more });
const ends = (rule: string, from: LocalDate, more: Partial<DeadlineQuestion> = {}) => {
  const { rawDue, due } = at(rule, from, more);
  return { rawDue, due };
};

/** What counting Monday to Friday alone would give. */
function mondayToFriday(from: LocalDate, workingDays: number): LocalDate {
  let day = epochDay(from);
  for (let left = workingDays; left > 0;) {
    day += 1;
    const weekday = new Date(day * 86_400_000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return localDateFromEpochDay(day);
}

describe('the vectors of the table of deadlines', () => {
  it('7 working days over Spring Festival with its make-up days', () => {
    expect(ends('L-01', '2026-02-13')).toEqual({ rawDue: '2026-03-02', due: '2026-03-02' });
    expect(mondayToFriday('2026-02-13', 7)).toBe('2026-02-24');
  });
  it('7 working days where a holiday and a make-up day cancel out', () => {
    expect(ends('L-01', '2026-09-18').due).toBe('2026-09-29');
    expect(mondayToFriday('2026-09-18', 7)).toBe('2026-09-29');
  });
  it('5 working days over May Day', () => {
    expect(ends('L-12', '2026-04-30').due).toBe('2026-05-11');
    expect(mondayToFriday('2026-04-30', 5)).toBe('2026-05-07');
  });
  it('15 working days over National Day, and 15 more', () => {
    expect(ends('L-05', '2026-09-30').due).toBe('2026-10-27');
    expect(ends('L-05', '2026-09-30', { extensions: [{ grantedOn: '2026-10-27' }] }).due).toBe('2026-11-17');
  });
  it.each<[RollPolicy, LocalDate]>([
    ['A', '2026-10-06'],
    ['B', '2026-10-08'],
    ['C', '2026-10-08'],
    ['none', '2026-10-06'],
  ])('60 days into National Day, roll %s', (roll, due) => {
    expect(ends('L-02', '2026-08-07', { roll })).toEqual({ rawDue: '2026-10-06', due });
  });
  it('60 days into National Day roll by B under Order 121 unless another roll is asked for', () => {
    expect(ends('L-02', '2026-08-07')).toEqual({ rawDue: '2026-10-06', due: '2026-10-08' });
  });
  it.each<[RollPolicy, LocalDate]>([
    ['A', '2026-06-13'],
    ['B', '2026-06-13'],
    ['C', '2026-06-15'],
  ])('60 days to a plain Saturday, roll %s', (roll, due) => {
    expect(ends('L-02', '2026-04-14', { roll })).toEqual({ rawDue: '2026-06-13', due });
  });
  it('60 days from the last day before Order 121 roll off any rest day, from its first day off holidays alone', () => {
    expect(at('L-02', '2026-04-14')).toMatchObject({ rule: 'L-02b', rawDue: '2026-06-13', due: '2026-06-15' });
    expect(at('L-02', '2026-04-15')).toMatchObject({ rule: 'L-02c', rawDue: '2026-06-14', due: '2026-06-14' });
  });
  it('45 working days on the last day of the old limit, 60 days on the first of the new', () => {
    expect(at('L-02', '2024-06-30')).toMatchObject({ due: '2024-08-30', rule: 'L-02a' });
    expect(at('L-02', '2024-07-01')).toMatchObject({ due: '2024-08-30', rule: 'L-02b' });
  });
  it('30 days for the joint application to a court', () => {
    expect(ends('L-23', '2026-09-02')).toEqual({ rawDue: '2026-10-02', due: '2026-10-08' });
  });
  it('90 days for a case, and 30 more from the day before it rolled', () => {
    expect(ends('L-11', '2026-07-05')).toEqual({ rawDue: '2026-10-03', due: '2026-10-08' });
    const extended = ends('L-11', '2026-07-05', { extensions: [{ grantedOn: '2026-10-08' }] });
    expect(extended).toEqual({ rawDue: '2026-11-02', due: '2026-11-02' });
  });
  it('45 working days are never sooner than 60 days between the change of the limit and Order 121', () => {
    const lengths: number[] = [];
    for (let day = '2024-07-01'; day <= '2026-04-14'; day = addDays(day, 1)) {
      const parity = at('L-02', day, { reading: 'platform-parity' });
      expect(parity.rule).toBe('L-02a');
      expect(parity.rawDue! >= at('L-02', day).rawDue!).toBe(true);
      lengths.push(epochDay(parity.rawDue!) - epochDay(day));
    }
    lengths.sort((a, b) => a - b);
    expect([lengths[0], lengths[Math.floor(lengths.length / 2)], lengths.at(-1)]).toEqual([60, 67, 72]);
  });
});

describe('from every day of 2018 to September 2026', () => {
  const LAST = epochDay('2026-09-30');
  const starts = Array.from({ length: LAST - epochDay('2018-01-01') + 1 }, (_, index) => addDays('2018-01-01', index));
  /** Day by day, with no running counts. */
  const walked = (from: LocalDate, workingDays: number) => {
    let day = from;
    for (let left = workingDays; left > 0;) {
      day = addDays(day, 1);
      if (calendar.isWorkingDay(day)) left -= 1;
    }
    return day;
  };
  const rolled = (from: LocalDate, ...kinds: readonly string[]) => {
    let day = from;
    while (kinds.includes(calendar.dayKind(day))) day = addDays(day, 1);
    return day;
  };

  it.each([
    ['L-12', 5],
    ['L-01', 7],
    ['L-05', 15],
  ])('%s ends where walking %d working days ends', (rule, days) => {
    expect(starts.filter((from) => at(rule, from).due !== walked(from, days))).toEqual([]);
  });
  it.each<[string, number, readonly string[]]>([
    ['L-11', 90, ['STATUTORY', 'ANNOUNCED']],
    ['L-23', 30, ['STATUTORY', 'ANNOUNCED', 'REST']],
  ])('%s ends %d days on, or on the first day after that is not %j', (rule, days, kinds) => {
    const wrong = starts.filter((from) => at(rule, from).due !== rolled(addDays(from, days), ...kinds));
    expect(wrong).toEqual([]);
  });
});

describe('the start', () => {
  it('does not count: received on a Saturday, the first working day is Monday, the first day is Sunday', () => {
    expect(ends('L-29.choice', '2026-03-07').due).toBe('2026-03-10');
    expect(ends('L-31.decision', '2026-03-07').due).toBe('2026-03-10');
  });
  it('is the legal day in Shanghai, not the UTC day (T-03)', () => {
    const late = deadline('L-01', { from: parseInstant('2026-02-13T15:59:59Z')!, calendar });
    const next = deadline('L-01', { from: parseInstant('2026-02-12T16:00:00Z')!, calendar });
    expect([late.due, next.due]).toEqual(['2026-03-02', '2026-03-02']);
    expect(deadline('L-01', { from: parseInstant('2026-02-13T16:00:00Z')!, calendar }).due).toBe('2026-03-03');
  });
});

describe('the end', () => {
  it('is in time up to 24:00 of the last day (T-06)', () => {
    const limit = at('L-01', '2026-02-13');
    expect(isInTime(limit, parseInstant('2026-03-02T23:59:59.999+08:00')!, calendar)).toBe(true);
    expect(isInTime(limit, parseInstant('2026-03-03T00:00:00+08:00')!, calendar)).toBe(false);
  });
  it('fails for a year without a calendar, and never guesses unless asked to', () => {
    const guesses = mainlandCalendar({ provisional: true });
    for (const rule of ['L-01', 'L-02']) {
      expect(() => at(rule, '2040-11-30')).toThrow(expect.objectContaining({ code: 'CALENDAR_MISSING' }));
      expect(deadline(rule, { from: '2040-11-30', calendar: guesses }).calendarVersion).toContain('PROVISIONAL');
    }
  });
  it('needs no calendar where days neither work nor roll', () => {
    expect(ends('L-17', '2028-02-29').due).toBe('2030-02-28');
  });
  it('names the calendar of every year it touches', () => {
    expect(at('L-01', '2025-12-26').calendarVersion).toMatch(/^CN-2025\.\d\+CN-2026\.\d$/);
  });
});

describe('hours', () => {
  it('run on rest days, to the moment (T-12)', () => {
    const limit = deadline('L-31.transfer', { from: parseInstant('2026-02-16T22:30:00+08:00')!, calendar });
    expect(limit).toMatchObject({ due: '2026-02-17T14:30:00.000Z', rawDue: '2026-02-17T14:30:00.000Z' });
    expect(isInTime(limit, parseInstant('2026-02-17T22:30:00+08:00')!, calendar)).toBe(true);
    expect(isInTime(limit, parseInstant('2026-02-17T22:30:00.001+08:00')!, calendar)).toBe(false);
  });
  it('are 24 whatever the moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2026, 11, 31) }), (from) => {
        expect(deadline('L-31.reroute', { from, calendar }).due).toBe(formatInstant(from + 86_400_000));
      }),
    );
  });
  it('do not start on a day', () => {
    expect(() => at('L-31.transfer', '2026-02-16')).toThrow(expect.objectContaining({ code: 'INSTANT_NEEDED' }));
  });
});

describe('extensions', () => {
  const from = '2026-09-30';
  it.each([
    ['on the last day', '2026-10-27', '2026-11-17', 'counted'],
    ['a day late (T-09)', '2026-10-28', '2026-10-27', 'too-late'],
  ])('granted %s', (_, grantedOn, due, effect) => {
    const limit = at('L-05', from, { extensions: [{ grantedOn }] });
    expect(limit.due).toBe(due);
    expect(limit.arithmetic.extensions).toEqual([expect.objectContaining({ grantedOn, effect })]);
  });
  it('are in time until the day to which the first deadline rolled', () => {
    const granted = (grantedOn: LocalDate) => ends('L-11', '2026-07-05', { extensions: [{ grantedOn }] }).due;
    expect([granted('2026-10-08'), granted('2026-10-09')]).toEqual(['2026-11-02', '2026-10-08']);
  });
  it('that the rule does not have are refused', () => {
    const refused = (rule: string, grants: readonly { grantedOn: LocalDate; by?: number }[]) => {
      try {
        return at(rule, '2026-07-06', { extensions: grants }).due;
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(refused('L-01', [{ grantedOn: '2026-07-07' }])).toBe('EXTENSION_NOT_ALLOWED');
    expect(refused('L-02', [{ grantedOn: '2026-07-07' }])).toBe('EXTENSION_NOT_ALLOWED');
    expect(refused('L-05', [{ grantedOn: '2026-07-07' }, { grantedOn: '2026-07-08' }])).toBe('EXTENSION_NOT_ALLOWED');
    expect(refused('L-05', [{ grantedOn: '2026-07-07', by: 16 }])).toBe('EXTENSION_TOO_LONG');
    expect(refused('L-05', [{ grantedOn: '2026-07-07', by: 0 }])).toBe('INVALID_EXTENSION');
    expect(refused('L-27', [{ grantedOn: '2026-07-07' }])).toBe('EXTENSION_AMOUNT_NEEDED');
    expect(refused('L-27', [{ grantedOn: '2026-07-07', by: 5 }])).toBe('2026-08-10');
  });
  it('of a case may be had once from the head, then by collective decision for as long as it says', () => {
    const extensions = [{ grantedOn: '2026-10-20', by: 20 }, { grantedOn: '2026-10-01' }];
    expect(ends('L-11', '2026-07-05', { extensions })).toEqual({ rawDue: '2026-11-22', due: '2026-11-22' });
  });
});

describe('suspensions', () => {
  it('stop mediation only for appraisal and testing (T-08)', () => {
    const span = { from: '2026-05-06', to: '2026-05-15' };
    const due = (reason?: string) => at('L-02', '2026-05-04', { suspensions: [{ ...span, reason }] }).due;
    expect([due('appraisal'), due('testing'), due()]).toEqual(['2026-07-13', '2026-07-13', '2026-07-13']);
    expect(at('L-02', '2026-05-04').due).toBe('2026-07-03');
    for (const reason of ['recusal', 'negotiation', 'court-referral', 'inspection', 'identity-proof']) {
      const limit = at('L-02', '2026-05-04', { suspensions: [{ ...span, reason }] });
      expect(limit.due).toBe('2026-07-03');
      expect(limit.arithmetic.suspensionsWithoutEffect).toEqual([{ ...span, reason }]);
    }
  });
  it('take working days from a clock of working days', () => {
    // 2026-09-30, then 10-01 to 10-07 rest: 7 of the 9 days are rest days anyway.
    const suspensions = [{ from: '2026-09-30', to: '2026-10-08' }];
    expect(ends('L-05', '2026-09-28').due).toBe('2026-10-23');
    expect(ends('L-05', '2026-09-28', { suspensions }).due).toBe('2026-10-27');
  });
  it('are refused where nothing suspends', () => {
    const suspensions = [{ from: '2026-05-06', to: '2026-05-15' }];
    expect(() => at('L-01', '2026-05-06', { suspensions })).toThrow(
      expect.objectContaining({ code: 'SUSPENSION_NOT_ALLOWED' }),
    );
  });
  it('that end before they begin are refused', () => {
    const suspensions = [{ from: '2026-05-06', to: '2026-05-05' }];
    expect(() => at('L-02', '2026-05-06', { suspensions })).toThrow(
      expect.objectContaining({ code: 'INVALID_SUSPENSION' }),
    );
  });
  it('that never end keep the clock open', () => {
    const limit = at('L-02', '2026-05-04', { suspensions: [{ from: '2026-07-03', to: null, reason: 'appraisal' }] });
    expect(limit).toMatchObject({ state: 'suspended', due: null, rawDue: null });
    expect(isInTime(limit, parseInstant('2036-01-01T00:00:00Z')!, calendar)).toBe(true);
  });
  it('that begin after the end come too late', () => {
    const suspensions = [{ from: '2026-07-04', to: null }];
    expect(at('L-02', '2026-05-04', { suspensions })).toMatchObject({ state: 'set', due: '2026-07-03' });
  });
  it.each(['2026-05-02', '2026-05-03', '2026-05-04'])('until %s, when nothing was counted yet, take nothing', (to) => {
    const suspensions = [{ from: '2026-05-01', to }];
    expect(ends('L-02', '2026-05-04', { suspensions }).due).toBe('2026-07-03');
  });
});

describe('for any question', () => {
  const FIRST = epochDay('2018-01-02');
  const starts = fc.integer({ min: FIRST, max: epochDay('2026-04-30') }).map(localDateFromEpochDay);
  const rulesOfDays = fc.constantFrom('L-05', 'L-11');
  const spans = fc.array(
    fc.record({ after: fc.integer({ min: -5, max: 120 }), days: fc.integer({ min: 1, max: 15 }) }),
    { maxLength: 5 },
  );
  const suspensionsOf = (from: LocalDate, all: readonly { after: number; days: number }[]): Suspension[] =>
    all.map(({ after, days }) => ({ from: addDays(from, after), to: addDays(from, after + days - 1) }));
  const version = (rule: string, more: Partial<RuleVersion>) => {
    const selected = ruleBook.select(rule, { on: '2026-05-01' });
    return { rule: selected.rule, version: { ...selected.version, ...more } };
  };

  it('one more working day never moves a deadline back', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 60 }), spans, (from, count, all) => {
        const suspensions = suspensionsOf(from, all);
        const due = (days: number) =>
          deadline(version('L-05', { period: { unit: 'workingDays', count: days } }), { from, suspensions, calendar })
            .due!;
        expect(due(count + 1) > due(count)).toBe(true);
      }),
    );
  });
  it('a suspension of n days within the period moves the end by exactly n', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 40 }), (from, after, days) => {
        const suspensions = suspensionsOf(from, [{ after, days }]);
        const without = deadline(version('L-11', { roll: 'none' }), { from, calendar });
        const suspended = deadline(version('L-11', { roll: 'none' }), { from, suspensions, calendar });
        expect(suspended.due).toBe(addDays(without.due!, days));
      }),
    );
  });
  it('a suspension of n working days moves a clock of working days by exactly n', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 20 }), (from, after, days) => {
        const first = calendar.workingDayFrom(epochDay(from), after);
        const last = calendar.workingDayFrom(first, days - 1);
        const suspensions = [{ from: localDateFromEpochDay(first), to: localDateFromEpochDay(last) }];
        const moved = calendar.workingDayFrom(epochDay(at('L-05', from).due!), days);
        expect(at('L-05', from, { suspensions }).due).toBe(localDateFromEpochDay(moved));
      }),
    );
  });
  it('splitting, overlapping, repeating or reordering suspensions changes nothing', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 4 });
    fc.assert(
      fc.property(rulesOfDays, starts, spans, cuts, (rule, from, all, at_) => {
        const whole = suspensionsOf(from, all);
        const pieces = whole.flatMap((span) => split(span, at_)).reverse();
        const limit = at(rule, from, { suspensions: whole });
        expect(at(rule, from, { suspensions: pieces })).toEqual(limit);
        expect(at(rule, from, { suspensions: [...pieces, ...whole] })).toEqual(limit);
      }),
    );
  });
  it('the order of extensions changes nothing', () => {
    const grants = fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(starts, grants, (from, all) => {
        const extensions = all.map((after, index) => ({ grantedOn: addDays(from, after), by: 5 + index }));
        const ordered = extensions.toSorted((a, b) => (a.grantedOn < b.grantedOn ? -1 : 1));
        expect(at('L-11', from, { extensions })).toEqual(at('L-11', from, { extensions: ordered }));
      }),
    );
  });
  it('the end is the last of as many days as the period has, none of them suspended', () => {
    fc.assert(
      fc.property(rulesOfDays, starts, spans, (rule, from, all) => {
        const suspensions = suspensionsOf(from, all);
        const { rawDue, arithmetic } = at(rule, from, { suspensions });
        const { unit, count } = arithmetic.period;
        const isSuspended = (day: LocalDate) => suspensions.some((span) => span.from <= day && day <= span.to!);
        let counted = 0;
        for (let day = addDays(from, 1); day <= rawDue!; day = addDays(day, 1)) {
          if (!isSuspended(day) && (unit === 'days' || calendar.isWorkingDay(day))) counted += 1;
        }
        expect(counted).toBe(count);
        expect(isSuspended(rawDue!)).toBe(false);
      }),
    );
  });
});

/** A span cut after some of its days. */
function split({ from, to }: Suspension, after: readonly number[]): Suspension[] {
  const length = epochDay(to!) - epochDay(from) + 1;
  const cuts = [...new Set(after.filter((days) => days > 0 && days < length))].sort((a, b) => a - b);
  return [0, ...cuts].map((start, index) => ({
    from: addDays(from, start),
    to: addDays(from, (cuts[index] ?? length) - 1),
  }));
}

it('a suspension after the end changes nothing, also in a year that nobody knows yet', () => {
  const known = mainlandCalendar({ version: 'CN-2026.1' });
  const suspensions = [{ from: '2027-01-03', to: '2027-01-20' }];
  expect(deadline('L-04', { from: '2026-11-01', suspensions, calendar: known }).due).toBe(
    deadline('L-04', { from: '2026-11-01', calendar: known }).due,
  );
});
