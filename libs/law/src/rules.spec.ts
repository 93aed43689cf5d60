import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { parseInstant, type LocalDate } from '#kernel';
import { deadline, provisionsOn, regulations, ruleBook, ruleVersionName, type Rule } from '#law';

/** Rows of the deadline table, L-01 to L-39. */
const ROWS = Array.from({ length: 39 }, (_, index) => `L-${String(index + 1).padStart(2, '0')}`);

describe('the table of deadlines', () => {
  it('has every row', () => {
    const rows = new Set(ruleBook.rules.map(({ id }) => id.split('.')[0]));
    expect([...rows].sort()).toEqual(ROWS);
  });
  it('gives a number only with its source', () => {
    for (const { versions } of ruleBook.rules) {
      for (const { source, regulation } of versions) {
        expect(source).toMatch(/S\d+|消法|行政处罚信息公示规定/);
        expect(regulations.has(regulation)).toBe(true);
      }
    }
  });
  it('keeps the days of a version within those of its regulation', () => {
    for (const version of ruleBook.rules.flatMap(({ versions }) => versions)) {
      const { from, to } = regulations.get(version.regulation)!;
      // L-16 judges complaints by the order of the day on which they came, whenever the harm was known.
      if (version.id !== 'L-16' && from !== null) expect(version.from! >= from).toBe(true);
      for (const span of [version, ...Object.values(version.readings)]) {
        if (to !== null) expect(span.to! <= to).toBe(true);
      }
    }
  });
});

const calendar = mainlandCalendar();

/** What computing a rule from a day comes to: the row's id and the period, or the code of the refusal. */
function outcome(rule: string, from: LocalDate, more: { reading?: string; asOfRules?: LocalDate } = {}): string {
  try {
    const start = rule === 'L-31.transfer' || rule === 'L-31.reroute' ? parseInstant(`${from}T10:00:00+08:00`)! : from;
    const { rule: id, arithmetic } = deadline(rule, { from: start, calendar, ...more });
    return `${id} ${arithmetic.period.count} ${arithmetic.period.unit}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('each clock', () => {
  /** Numbers as the table has them, for a start in May 2026. */
  const TABLE: Readonly<Record<string, string>> = {
    'L-01': '7 workingDays',
    'L-02': '60 days',
    'L-03': '7 workingDays',
    'L-04': '15 workingDays',
    'L-05': '15 workingDays',
    'L-06': '15 workingDays',
    'L-07': 'RULE_NOT_IN_FORCE',
    'L-08': '7 workingDays',
    'L-09': '7 workingDays',
    'L-10': '15 workingDays',
    'L-11': '90 days',
    'L-11.closure': '15 workingDays',
    'L-12': '5 workingDays',
    'L-13': '10 workingDays',
    'L-14': '7 workingDays',
    'L-14.public-notice': '30 days',
    'L-15.same-province': '20 workingDays',
    'L-15.hand-over': '10 workingDays',
    'L-15.other-province': '10 workingDays',
    'L-15.withdrawal': '3 workingDays',
    'L-16': 'CALENDAR_MISSING',
    'L-17': '2 years',
    'L-17.life-health-finance': '5 years',
    'L-18': '10 workingDays',
    'L-19': 'RULE_HAS_NO_PERIOD',
    'L-20.acceptance': '5 workingDays',
    'L-20.mediation': '10 workingDays',
    'L-21.answer': '5 days',
    'L-21.performance': '3 days',
    'L-22': 'RULE_NOT_CONFIGURED',
    'L-23': '30 days',
    'L-24': '3 days',
    'L-25': '30 days',
    'L-26': 'CALENDAR_MISSING',
    'L-27': '30 days',
    'L-28.ordinary': '15 days',
    'L-28.summary': '7 days',
    'L-29.confirmation': '3 workingDays',
    'L-29.contact': '3 workingDays',
    'L-29.designation': '3 workingDays',
    'L-29.choice': '2 workingDays',
    'L-30': '7 days',
    'L-31.decision': '3 days',
    'L-31.transfer': '24 hours',
    'L-31.reroute': '24 hours',
    'L-31.police-decision': '3 days',
    'L-31.police-decision-longer': 'RULE_NOT_CONFIGURED',
    'L-31.reconsideration-request': '3 days',
    'L-31.reconsideration': '3 days',
    'L-31.supervision-request': '3 days',
    'L-31.hand-over': '3 days',
    'L-32.handling': '5 workingDays',
    'L-32.return': '2 workingDays',
    'L-32.elsewhere': 'RULE_NOT_CONFIGURED',
    'L-33.consumer-notice': '7 days',
    'L-33.refund': '7 days',
    'L-33.delay': '15 days',
    'L-34.earliest-exit': '1 years',
    'L-34.automatic-exit': '3 years',
    'L-34.acceptance': '2 workingDays',
    'L-34.decision': '7 workingDays',
    'L-35': 'RULE_HAS_NO_PERIOD',
    'L-36': 'RULE_NOT_CONFIGURED',
    'L-36.term': 'RULE_NOT_CONFIGURED',
    'L-37': 'RULE_HAS_NO_PERIOD',
    'L-38': 'RULE_HAS_NO_PERIOD',
    'L-39': 'RULE_HAS_NO_PERIOD',
  };
  const IDS_OF_VERSIONS: Readonly<Record<string, string>> = { 'L-02': 'L-02c', 'L-25': 'L-25.special-procedure' };

  it('stands in the list', () => expect(ruleBook.rules.map(({ id }) => id)).toEqual(Object.keys(TABLE)));
  it.each(Object.entries(TABLE))('%s computes or refuses: %s', (id, expected) => {
    // Three years and one year from the newest calendar are beyond it, and these roll off its holidays.
    const from = id === 'L-16' || id === 'L-26' ? '2040-05-06' : '2026-05-06';
    const version = IDS_OF_VERSIONS[id] ?? id;
    expect(outcome(id, from)).toBe(/^\d/.test(expected) ? `${version} ${expected}` : expected);
  });
  it.each([
    ['L-16', '2021-05-06', 'L-16 3 years'],
    ['L-26', '2021-05-06', 'L-26 1 years'],
    ['L-32.handling', '2019-05-06', 'L-32.handling 15 workingDays'],
    ['L-34.decision', '2025-12-24', 'L-34.decision 15 workingDays'],
    ['L-25', '2023-08-31', 'L-25.rule-2011 15 days'],
    ['L-25.rule-2011', '2026-05-06', 'L-25.rule-2011 15 days'],
    ['L-01', '2018-01-02', 'L-01 7 workingDays'],
  ])('%s from %s is %s', (id, from, expected) => expect(outcome(id, from)).toBe(expected));
  it('is found by its name too', () => {
    for (const { id, name } of ruleBook.rules) expect(ruleBook.find(name)?.id).toBe(id);
    expect(outcome('complaint-acceptance', '2026-05-06')).toBe('L-01 7 workingDays');
  });
  it.each(['L-15', 'L-20', 'L-21', 'L-28', 'L-29', 'L-31', 'L-32', 'L-33', 'L-34'])('of %s must be said', (row) => {
    const clocks = ruleBook.rules.filter(({ id }) => id.startsWith(`${row}.`)).map(({ id }) => id);
    expect(clocks.length).toBeGreaterThan(1);
    expect(() => ruleBook.select(row, { on: '2026-05-06' })).toThrow(
      expect.objectContaining({ code: 'RULE_HAS_SEVERAL_CLOCKS', message: expect.stringContaining(clocks.join(', ')) }),
    );
  });
  it('that nobody knows is refused', () => {
    expect(['L-40', 'L-1', 'l-01', '', 'L-31.', 'toString'].map((id) => outcome(id, '2026-05-06'))).toEqual(
      Array(6).fill('UNKNOWN_RULE'),
    );
  });
});

describe('the version of the day', () => {
  it.each([
    ['L-01', '2019-12-31', 'L-01/CONSUMER-LAW:46'],
    ['L-01', '2020-01-01', 'L-01/SAMR-20@2022-03-24:14'],
    ['L-01', '2024-06-30', 'L-01/SAMR-20@2022-03-24:14'],
    ['L-01', '2024-07-01', 'L-01/SC-778@2024-07-01:46(2)'],
    ['L-01', '2026-04-14', 'L-01/SC-778@2024-07-01:46(2)'],
    ['L-01', '2026-04-15', 'L-01/SAMR-121@2025-12-30:15'],
    ['L-02', '2020-01-01', 'L-02a/SAMR-20@2022-03-24:21(5)'],
    ['L-02', '2024-06-30', 'L-02a/SAMR-20@2022-03-24:21(5)'],
    ['L-02', '2024-07-01', 'L-02b/SC-778@2024-07-01:46(3)'],
    ['L-02', '2026-04-14', 'L-02b/SC-778@2024-07-01:46(3)'],
    ['L-02', '2026-04-15', 'L-02c/SAMR-121@2025-12-30:23(1)(5)'],
    ['L-03', '2026-04-14', 'L-03/SAMR-20@2022-03-24:21(2)'],
    ['L-03', '2026-04-15', 'L-03/SAMR-121@2025-12-30:23(2)'],
    ['L-07', '2026-04-14', 'L-07/SAMR-20@2022-03-24:31'],
  ])('%s from %s is %s', (rule, from, expected) => {
    const { ruleVersion } = deadline(rule, { from, calendar });
    expect(ruleVersion).toBe(expected);
    expect(ruleVersionName(ruleBook.version(ruleVersion)!.version)).toBe(expected);
  });
  it.each([
    ['L-02', '2019-12-31'],
    ['L-02a', '2026-04-15'],
    ['L-02b', '2024-06-30'],
    ['L-02c', '2026-04-14'],
    ['L-06', '2026-04-14'],
    ['L-07', '2026-04-15'],
    ['L-07', '2019-12-31'],
    ['L-34.decision', '2021-08-31'],
  ])('%s is not in force on %s', (rule, from) => expect(outcome(rule, from)).toBe('RULE_NOT_IN_FORCE'));
  it('may be asked for by its own id, as long as any reading has it', () => {
    expect(outcome('L-02a', '2026-04-14')).toBe('L-02a 45 workingDays');
    expect(outcome('L-02b', '2026-05-06')).toBe('L-02b 60 days');
  });
  it('is another under the parity of the platform, between the change of the limit and Order 121 only', () => {
    const parity = (from: LocalDate) => outcome('L-02', from, { reading: 'platform-parity' });
    expect(['2024-06-30', '2024-07-01', '2026-04-14', '2026-04-15'].map(parity)).toEqual([
      'L-02a 45 workingDays',
      'L-02a 45 workingDays',
      'L-02a 45 workingDays',
      'L-02c 60 days',
    ]);
    expect(outcome('L-02', '2024-07-01', { reading: 'parity' })).toBe('UNKNOWN_READING');
    expect(outcome('L-02', '2024-07-01', { reading: 'constructor' })).toBe('UNKNOWN_READING');
    expect(outcome('L-01', '2024-07-01', { reading: 'platform-parity' })).toBe('UNKNOWN_READING');
  });
  it('is that of the acceptance for a complaint under way when the law changes, and that of another day when asked', () => {
    expect(outcome('L-02', '2026-04-10')).toBe('L-02b 60 days');
    expect(outcome('L-02', '2026-04-10', { asOfRules: '2026-04-15' })).toBe('L-02c 60 days');
    expect(outcome('L-07', '2026-04-10', { asOfRules: '2026-04-15' })).toBe('RULE_NOT_IN_FORCE');
  });
  it('is one and only one on every day', () => {
    for (const rule of ruleBook.rules) expect(overlaps(rule)).toEqual([]);
  });
});

function overlaps({ versions }: Rule): string[] {
  return versions.slice(1).flatMap((version, index) => (version.from! > versions[index]!.to! ? [] : [version.id]));
}

describe('the law of a complaint, before and after each change', () => {
  const [OLD, NEW, NONE] = ['45 workingDays', '60 days', 'RULE_NOT_IN_FORCE'];
  it.each([
    ['2020-01-01', `L-02a ${OLD}`, `L-02a ${OLD}`, 'L-07 5 workingDays', NONE, 6],
    ['2024-06-30', `L-02a ${OLD}`, `L-02a ${OLD}`, 'L-07 5 workingDays', NONE, 6],
    ['2024-07-01', `L-02b ${NEW}`, `L-02a ${OLD}`, 'L-07 5 workingDays', NONE, 6],
    ['2026-04-14', `L-02b ${NEW}`, `L-02a ${OLD}`, 'L-07 5 workingDays', NONE, 6],
    ['2026-04-15', `L-02c ${NEW}`, `L-02c ${NEW}`, NONE, 'L-06 15 workingDays', 7],
  ])(
    'on %s: mediation %s, on the platform %s; reporter told %s; report again %s; %d grounds of refusal',
    (day, mediation, onPlatform, told, again, grounds) => {
      expect(outcome('L-01', day)).toBe('L-01 7 workingDays');
      expect(outcome('L-02', day)).toBe(mediation);
      expect(outcome('L-02', day, { reading: 'platform-parity' })).toBe(onPlatform);
      expect([outcome('L-07', day), outcome('L-06', day)]).toEqual([told, again]);
      expect(Object.keys(provisionsOn(day).refusalGrounds!.grounds)).toHaveLength(grounds);
    },
  );

  it('by the order itself: a step from 2026-04-15 on follows it, also for what was begun before', () => {
    // Terminated, its parties are told by the order of the day of termination; the limit stays that of the acceptance.
    expect(outcome('L-02', '2026-04-14')).toBe('L-02b 60 days');
    expect(deadline('L-03', { from: '2026-06-15', calendar }).ruleVersion).toBe('L-03/SAMR-121@2025-12-30:23(2)');
    // A report of before that comes again with new facts.
    expect(outcome('L-06', '2026-04-15')).toBe('L-06 15 workingDays');
  });
});

describe('provisions of the day', () => {
  it.each([
    ['2019-12-31', null, false, false, false],
    ['2020-01-01', 6, false, true, false],
    ['2024-06-30', 6, false, true, false],
    ['2024-07-01', 6, true, true, false],
    ['2026-04-14', 6, true, true, false],
    ['2026-04-15', 7, true, false, true],
  ])(
    'on %s: %s grounds, reasons %s, reporter told %s, new facts restart %s',
    (day, grounds, reasons, told, restart) => {
      const on = provisionsOn(day);
      expect(on.refusalGrounds === null ? null : Object.keys(on.refusalGrounds.grounds).length).toBe(grounds);
      expect([on.refusalGivesReasonsAndRoutes, on.reporterIsTold, on.newFactsRestartVerification].map(Boolean)).toEqual(
        [reasons, told, restart],
      );
    },
  );
  it('the authority designates who appraises only from Order 121 on', () => {
    expect(provisionsOn('2026-04-14').authorityDesignatesAppraiser).toBeNull();
    expect(provisionsOn('2026-04-15').authorityDesignatesAppraiser).toEqual({ source: 'S1 22' });
  });
  it('the limits of consumer councils are those of Zhejiang, and of nowhere else', () => {
    expect(ruleBook.governing('association-mediation', '330602')?.id).toBe('L-20.mediation');
    expect(ruleBook.governing('association-acceptance', '330602')?.id).toBe('L-20.acceptance');
    expect(ruleBook.governing('association-mediation', '370300')).toBeUndefined();
  });
  it('other mediation bodies bar a complaint only before Order 121', () => {
    const second = (day: LocalDate) => provisionsOn(day).refusalGrounds!.grounds['(2)']!;
    expect(
      [second('2026-04-14'), second('2026-04-15')].map((ground) => ground.includes('other-mediation-body')),
    ).toEqual([true, false]);
  });
});
