import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mainlandCalendar, type MainlandOptions } from '#calendar';
import { addDays, epochDay, localDateFromEpochDay, parseInstant, type LocalDate } from '#kernel';
import {
  amendedReading,
  configure,
  deadlineBehind,
  evolveClock,
  evolveClocks,
  isBy,
  isOpen,
  isProvisional,
  judgedAt,
  NO_CLOCKS,
  readAgain,
  readClock,
  refuseVerification,
  regulations,
  restartClock,
  ruleBook,
  shippedLaw,
  stopClock,
  timelinessOf,
  type Clock,
  type ClockChange,
  type ClockInputs,
  type ClockReading,
  type Clocks,
  type ClockSuspension,
  type Law,
  type RuleBook,
} from '#law';

const law = shippedLaw();
const under = (options: MainlandOptions): Law => ({ ...law, calendar: mainlandCalendar(options) });
const configured = (rules: string): RuleBook => configure(ruleBook, `rules: [${rules}]`, 'rules.yaml', regulations);

/** An event at a time of day in Shanghai, recorded at once unless said, by an officer. */
function event(occurredAt: string, recordedAt = occurredAt, by = 'key-1') {
  const instant = (text: string) => parseInstant(text.length === 10 ? `${text}T10:00:00+08:00` : text)!;
  return { occurredAt: instant(occurredAt), recordedAt: instant(recordedAt), actor: { id: by, role: 'officer' } };
}
const SOME_EVENT = event('2026-05-06');

/** A clock that opens on a day. */
function open(rule: ClockInputs['rule'], from: LocalDate, by = law, more: { isRight?: boolean } = {}): Clock {
  const reading = readClock({ clock: 'clock', rule, from }, by);
  return evolveClock(undefined, { change: 'opened', from, reading, ...more }, SOME_EVENT)!;
}
const after = (clock: Clock, change: ClockChange, at = SOME_EVENT) => evolveClock(clock, change, at)!;
const completed = (clock: Clock, occurredAt: string, recordedAt = occurredAt, isImported = false) =>
  after(clock, { change: 'completed', clock: 'clock', isImported }, event(occurredAt, recordedAt));
const verified = (clock: Clock) => after(clock, { change: 'verified', clock: 'clock' });

/** Read again at each step, as the deciders do. */
function suspended(clock: Clock, id: string, from: LocalDate, reason = 'testing'): Clock {
  const reading = readAgain(clock, law, { suspensions: [...clock.suspensions, { id, from, to: null, reason }] });
  return after(clock, { change: 'suspended', reading, suspension: { id, from, reason } }, event(from));
}
function resumed(clock: Clock, id: string, to: LocalDate): Clock {
  const suspensions = clock.suspensions.map((one) => (one.id === id ? { ...one, to } : one));
  return after(clock, { change: 'resumed', reading: readAgain(clock, law, { suspensions }), id, to });
}
function extended(clock: Clock, grantedOn: LocalDate, by?: number): Clock {
  const extension = { grantedOn, by };
  const reading = readAgain(clock, law, { extensions: [...clock.extensions, extension] });
  return after(clock, { change: 'extended', reading, extension });
}

describe('the date of a clock', () => {
  it('stands in the event with the rule version and the calendar behind it', () => {
    expect(readClock({ clock: 'acceptance', rule: 'L-01', from: '2026-02-13' }, law)).toEqual({
      clock: 'acceptance',
      rule: 'L-01/SC-778@2024-07-01:46(2)',
      calendar: 'CN-2026.1',
      due: '2026-03-02',
    });
  });
  it('has the strict day beside it where it rolls', () => {
    expect(readClock({ clock: 'mediation', rule: 'L-02', from: '2026-08-07' }, law)).toEqual({
      clock: 'mediation',
      rule: 'L-02c/SAMR-121@2025-12-30:23(1)(5)',
      calendar: 'CN-2026.1',
      due: '2026-10-08',
      strict: '2026-10-06',
    });
  });
  it('is a moment for a clock of hours', () => {
    const from = parseInstant('2026-02-16T22:30:00+08:00')!;
    expect(readClock({ clock: 'transfer', rule: 'L-31.transfer', from }, law).due).toBe('2026-02-17T14:30:00.000Z');
  });
  it('starts on the legal day of a moment in Shanghai (T-03)', () => {
    const due = (from: string) => readClock({ clock: 'c', rule: 'L-01', from: parseInstant(from)! }, law).due;
    expect(due('2026-02-13T15:59:59Z')).toBe('2026-03-02');
    expect(due('2026-02-13T16:00:00Z')).toBe('2026-03-03');
  });
  it('says that it rests on a guess where the notice of a year is not out (T-02)', () => {
    const reading = readClock({ clock: 'c', rule: 'L-01', from: '2040-12-28' }, law);
    expect(reading).toMatchObject({ due: '2041-01-08', calendar: 'CN-2040.PROVISIONAL+CN-2041.PROVISIONAL' });
    expect(isProvisional(reading)).toBe(true);
    expect(isProvisional(readClock({ clock: 'c', rule: 'L-01', from: '2026-02-13' }, law))).toBe(false);
  });
  it.each<[string, ClockInputs['rule'], LocalDate]>([
    ['RULE_NOT_CONFIGURED', 'L-32.elsewhere', '2026-05-06'],
    ['RULE_NOT_CONFIGURED', undefined, '2026-05-06'],
    ['RULE_NOT_IN_FORCE', 'L-02', '2019-12-31'],
    ['RULE_NOT_IN_FORCE', 'L-07', '2026-04-15'],
    ['RULE_HAS_NO_PERIOD', 'L-39', '2026-05-06'],
  ])('cannot be told: %s', (undetermined, rule, from) => {
    const reading = { clock: 'clock', rule: null, calendar: null, due: null, undetermined };
    expect(readClock({ clock: 'clock', rule, from }, law)).toEqual(reading);
    const clock = open(rule, from);
    expect(clock).toMatchObject({ state: 'undetermined', undetermined, promised: null });
    expect([isOpen(clock), deadlineBehind(clock, law)]).toEqual([true, undefined]);
  });
  it.each([
    ['CALENDAR_MISSING', 'L-01', '2040-11-30', 'L-01/SAMR-121@2025-12-30:15'],
    ['DATE_OUT_OF_RANGE', 'L-16', '9998-01-01', 'L-16/SAMR-121@2025-12-30:16(4)'],
  ])('cannot be told, but the version of the rule can: %s', (undetermined, rule, from, version) => {
    const reading = readClock({ clock: 'clock', rule, from }, under({}));
    expect(reading).toEqual({ clock: 'clock', rule: version, calendar: null, due: null, undetermined });
  });
  it.each<[string, Partial<ClockInputs>]>([
    ['UNKNOWN_RULE', { rule: 'L-99' }],
    ['RULE_HAS_SEVERAL_CLOCKS', { rule: 'L-31' }],
    ['EXTENSION_NOT_ALLOWED', { extensions: [{ grantedOn: '2026-05-07' }] }],
    [
      'INVALID_SUSPENSION',
      { rule: 'L-02', suspensions: [{ id: '1', from: '2026-05-08', to: '2026-05-07', reason: 'testing' }] },
    ],
  ])('is refused with %s, as that is nothing the law is silent on', (code, more) => {
    expect(() => readClock({ clock: 'c', rule: 'L-01', from: '2026-05-06', ...more }, law)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('the rule that governs a clock in a division', () => {
  const VERSION = `{ regulation: none, article: '-', from: null, to: null, period: { workingDays: 4 }, source: the office's decision }`;
  const own = (id: string, region: string) => `{ id: ${id}, name: ${id}-name, title: { en: x, zh: x },
    clock: hotline-handling, region: '${region}', limit: stated, selectedBy: received, starts: x, completes: x, versions: [${VERSION}] }`;
  const governing = (region: string | null, rules = ruleBook) => rules.governing('hotline-handling', region)?.id;

  it.each([
    ['370000', 'L-32.handling'],
    ['370300', 'L-32.handling'],
    ['370303', 'L-32.handling'],
    ['330000', 'L-32.elsewhere'],
    ['330602', 'L-32.elsewhere'],
    ['140171', 'L-32.elsewhere'],
    [null, 'L-32.elsewhere'],
  ])('in %s is %s', (region, id) => expect(governing(region)).toBe(id));
  it('is the one of the configured province, and of the city before that of its province', () => {
    const rules = configured([own('L-32.zj', '330000'), own('L-32.sx', '330600')].join(', '));
    expect(['330100', '330602', '330600', '330000', '370300', '340000'].map((at) => governing(at, rules))).toEqual([
      'L-32.zj',
      'L-32.sx',
      'L-32.sx',
      'L-32.zj',
      'L-32.handling',
      'L-32.elsewhere',
    ]);
  });
  it('may be one for everywhere else', () => {
    const rules = configured(`{ id: L-32.elsewhere, versions: [${VERSION}] }`);
    const due = (region: string) => {
      const rule = rules.governing('hotline-handling', region)!.id;
      return readClock({ clock: 'handling', rule, from: '2026-05-06' }, { ...law, rules }).due;
    };
    expect([due('330602'), due('370300')]).toEqual(['2026-05-11', '2026-05-12']);
  });
  it('is none where nobody knows of the clock', () => {
    expect(ruleBook.governing('hotline-return', '330602')).toBeUndefined();
    expect(ruleBook.governing('hotline-return', '370303')?.id).toBe('L-32.return');
    expect(ruleBook.governing('no-clock', '370303')).toBeUndefined();
  });
  it('must be one: two of one division are refused', () => {
    for (const [region, words] of [
      ['330000', 'hotline-handling in 330000'],
      ['370000', 'hotline-handling in 370000'],
    ] as const) {
      expect(() => configured([own('L-32.a', region), own('L-32.b', region)].join(', '))).toThrow(
        expect.objectContaining({ code: 'RULE_INVALID', message: expect.stringContaining(words) }),
      );
    }
  });
});

describe('the clocks of an object', () => {
  const at = event('2026-02-13');
  const opened = (clock: string, rule: string): ClockChange => ({
    change: 'opened',
    from: '2026-02-13',
    reading: readClock({ clock, rule, from: '2026-02-13' }, law),
  });
  const clocks = evolveClocks(NO_CLOCKS, [opened('acceptance', 'L-01'), opened('mediation', 'L-02')], at);

  it('open with the date as promised, and run', () => {
    expect(Object.keys(clocks)).toEqual(['acceptance', 'mediation']);
    expect(clocks['mediation']).toEqual({
      clock: 'mediation',
      rule: 'L-02b/SC-778@2024-07-01:46(3)',
      calendar: 'CN-2026.1',
      from: '2026-02-13',
      promised: '2026-04-14',
      due: '2026-04-14',
      strict: '2026-04-14',
      undetermined: null,
      suspensions: [],
      extensions: [],
      state: 'running',
      isRight: false,
      isImported: false,
      completion: null,
    });
  });
  it('are each changed alone', () => {
    const next = evolveClocks(clocks, [{ change: 'completed', clock: 'acceptance' }], event('2026-02-14'));
    expect(next['mediation']).toBe(clocks['mediation']);
    expect(next['acceptance']).toMatchObject({ state: 'completed', due: '2026-03-02' });
    expect(clocks['acceptance']!.state).toBe('running');
  });
  it('stay the same object when nothing changes', () => expect(evolveClocks(clocks, [], at)).toBe(clocks));
  it('are none where the object is older than its clocks', () => {
    const { reading } = opened('mediation', 'L-02') as Extract<ClockChange, { change: 'opened' }>;
    const changes: ClockChange[] = [
      { change: 'completed', clock: 'mediation' },
      { change: 'superseded', clock: 'mediation' },
      { change: 'expired', clock: 'mediation' },
      { change: 'verified', clock: 'mediation' },
      { change: 'amended', reading },
      { change: 'resumed', reading, id: '1', to: '2026-02-14' },
    ];
    expect(evolveClocks(NO_CLOCKS, changes, at)).toEqual({});
  });
  it('open again when they start again', () => {
    const again = evolveClock(completed(open('L-01', '2026-02-13'), '2026-02-14'), opened('acceptance', 'L-01'), at);
    expect(again).toMatchObject({ state: 'running', completion: null });
  });
});

describe('a clock', () => {
  const clock = open('L-02', '2026-05-04');

  it('stands still while it is suspended, and runs on with that time added', () => {
    const standing = suspended(clock, '1', '2026-05-06');
    expect(standing).toMatchObject({ state: 'suspended', due: null, strict: null, promised: '2026-07-03' });
    expect(resumed(standing, '1', '2026-05-15')).toMatchObject({
      state: 'running',
      due: '2026-07-13',
      promised: '2026-07-03',
      suspensions: [{ id: '1', from: '2026-05-06', to: '2026-05-15', reason: 'testing' }],
    });
  });
  it('stands still until the last of several suspensions has ended, whose time counts once', () => {
    const both = suspended(suspended(clock, '1', '2026-05-06'), '2', '2026-05-10');
    const one = resumed(both, '1', '2026-05-15');
    expect(one).toMatchObject({ state: 'suspended', due: null });
    expect(resumed(one, '2', '2026-05-20').due).toBe('2026-07-18');
  });
  it('is not stopped by what the rule does not name (T-08)', () => {
    expect(suspended(clock, '1', '2026-05-06', 'negotiation')).toMatchObject({ state: 'running', due: '2026-07-03' });
  });
  it('is not stopped by what begins after its end', () => {
    expect(suspended(clock, '1', '2026-07-04')).toMatchObject({ state: 'running', due: '2026-07-03' });
  });
  it('is not stopped by what is entered only after its end, whenever it says it began (T-28)', () => {
    const suspension = { id: '1', from: '2026-05-06', reason: 'testing' } as const;
    const enteredOn = (day: LocalDate) => {
      const reading = stopClock(clock, suspension, event(day).recordedAt, law, 'kind') as ClockReading;
      const entered = event(suspension.from, day);
      return after(clock, { change: 'suspended', reading, suspension }, entered);
    };
    expect(enteredOn('2026-07-03')).toMatchObject({ state: 'suspended', due: null });
    const late = enteredOn('2026-07-04');
    expect(late).toMatchObject({ state: 'running', due: '2026-07-03', suspensions: [{ from: '2026-07-04' }] });
    const reading = restartClock(late, '1', '2026-06-01', law);
    expect(after(late, { change: 'resumed', reading, id: '1', to: '2026-06-01' })).toMatchObject({
      ...{ state: 'running', due: '2026-07-03', suspensions: [{ from: '2026-07-04', to: '2026-07-04' }] },
    });
  });
  it('is extended, when that is granted in time', () => {
    const report = open('L-05', '2026-09-30');
    expect(extended(report, '2026-10-27')).toMatchObject({ due: '2026-11-17', promised: '2026-10-27' });
    expect(extended(report, '2026-10-28')).toMatchObject({ due: '2026-10-27', promised: '2026-10-27' });
  });
  it('stops once: by what was done first', () => {
    const done = completed(clock, '2026-06-01');
    expect(done).toMatchObject({
      state: 'completed',
      completion: { occurredAt: event('2026-06-01').occurredAt, by: 'key-1', verified: false, isImported: false },
    });
    expect(completed(done, '2026-06-02')).toBe(done);
    for (const change of ['expired', 'superseded'] as const) expect(after(done, { change, clock: 'clock' })).toBe(done);
  });
  it('that ran out may turn out to have been met, as its entry came late', () => {
    const expired = after(clock, { change: 'expired', clock: 'clock' });
    expect(expired).toMatchObject({ state: 'expired', completion: null });
    expect(completed(expired, '2026-07-03', '2026-07-09').state).toBe('completed');
  });
  it('that was superseded is not met any more', () => {
    const superseded = after(clock, { change: 'superseded', clock: 'clock' });
    expect(completed(superseded, '2026-06-01')).toBe(superseded);
  });
  it('is verified only when there is something to verify', () => expect(verified(clock)).toBe(clock));

  it('never runs again once it has stopped, whatever comes', () => {
    const reading = readClock({ clock: 'clock', rule: 'L-02', from: '2026-05-06' }, law);
    const changes = fc.constantFrom<ClockChange>(
      { change: 'extended', reading, extension: { grantedOn: '2026-05-07' } },
      { change: 'suspended', reading, suspension: { id: '1', from: '2026-05-07', reason: 'testing' } },
      { change: 'resumed', reading, id: '1', to: '2026-05-08' },
      { change: 'amended', reading },
      { change: 'completed', clock: 'clock' },
      { change: 'expired', clock: 'clock' },
      { change: 'superseded', clock: 'clock' },
      { change: 'verified', clock: 'clock' },
    );
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 12 }), (all) => {
        let before = clock;
        for (const change of all) {
          const next = after(before, change);
          if (!isOpen(before)) {
            expect(isOpen(next)).toBe(false);
            expect([next.due, next.strict, next.calendar]).toEqual([before.due, before.strict, before.calendar]);
          }
          if (before.completion !== null) {
            expect(next.state).toBe(before.state);
            expect({ ...next.completion, verified: false }).toEqual({ ...before.completion, verified: false });
          }
          expect([next.promised, next.rule, next.from]).toEqual([clock.promised, clock.rule, clock.from]);
          before = next;
        }
      }),
    );
  });
});

describe('a clock read again', () => {
  const version = (article: string, from: string, to: string, days: number) =>
    `{ regulation: none, article: '${article}', from: ${from}, to: ${to}, period: { workingDays: ${days} }, source: the office's decision }`;
  const withVersions = (...versions: string[]): Law => ({
    ...law,
    rules: configured(`{ id: L-32.elsewhere, versions: [${versions.join(', ')}] }`),
  });
  const clock = open('L-32.elsewhere', '2026-05-06', withVersions(version('2025', '2025-01-01', 'null', 10)));

  it('keeps the version of the rule under which it was opened, whatever is configured later (T-33)', () => {
    expect(clock).toMatchObject({
      rule: expect.stringMatching(/^L-32.elsewhere\/none~\w{8}:2025$/),
      due: '2026-05-19',
    });
    const later = withVersions(
      version('2025', '2025-01-01', '2025-12-31', 10),
      version('2026', '2026-01-01', 'null', 5),
    );
    expect(open('L-32.elsewhere', '2026-05-06', later).due).toBe('2026-05-12');
    expect(readAgain(clock, later)).toMatchObject({
      rule: expect.stringMatching(/^L-32.elsewhere\/none~\w{8}:2025$/),
      due: '2026-05-19',
    });
    expect(deadlineBehind(clock, later)?.due).toBe('2026-05-19');
  });
  it('says so when that version is gone', () => {
    for (const gone of [law, withVersions(version('2026', '2026-01-01', 'null', 5))]) {
      expect(() => readAgain(clock, gone)).toThrow(expect.objectContaining({ code: 'RULE_VERSION_UNKNOWN' }));
    }
  });
  it('reads as it did, from a day or a moment', () => {
    const from = '2026-02-16T14:30:00.000Z';
    const reading = readClock({ clock: 'clock', rule: 'L-31.transfer', from: Date.parse(from) }, law);
    const transfer = evolveClock(undefined, { change: 'opened', from, reading }, SOME_EVENT)!;
    expect(readAgain(transfer, law)).toEqual(reading);
    const mediation = resumed(suspended(open('L-02', '2026-08-07'), '1', '2026-08-10'), '1', '2026-08-11');
    expect(readAgain(mediation, law)).toMatchObject({ due: mediation.due });
    expect(deadlineBehind(mediation, law)).toMatchObject({ due: '2026-10-08', rawDue: '2026-10-08' });
  });
});

describe('the calendar is amended', () => {
  const first = under({ version: 'CN-2020.1' });
  const clock = open('L-01', '2020-01-20', first);

  it('after a clock was promised: it reads otherwise, and the promise stands (Spring Festival of 2020)', () => {
    expect(clock).toMatchObject({ due: '2020-02-04', calendar: 'CN-2020.1' });
    const reading = amendedReading(clock, law)!;
    expect(reading).toEqual({
      clock: 'clock',
      rule: 'L-01/SAMR-20@2022-03-24:14',
      calendar: 'CN-2020.2',
      due: '2020-02-06',
    });
    const amended = after(clock, { change: 'amended', reading });
    expect(amended).toMatchObject({ promised: '2020-02-04', due: '2020-02-06', calendar: 'CN-2020.2' });
    expect(amendedReading(amended, law)).toBeUndefined();
  });
  it('where the last day now is one of a holiday: it rolls (Labour Day of 2019)', () => {
    const filed = open('L-11', '2019-02-01', under({ version: 'CN-2019.1' }));
    expect(filed).toMatchObject({ due: '2019-05-02', strict: '2019-05-02' });
    const amended = after(filed, { change: 'amended', reading: amendedReading(filed, law)! });
    expect(amended).toMatchObject({ due: '2019-05-05', strict: '2019-05-02', promised: '2019-05-02' });
  });
  it('and a clock stays as it was where its days are the same', () => {
    expect(amendedReading(open('L-01', '2020-03-02', first), law)).toBeUndefined();
  });
  it('and a clock that has stopped stays as it was: its answer was given', () => {
    expect(amendedReading(completed(clock, '2020-02-03'), law)).toBeUndefined();
    for (const change of ['expired', 'superseded'] as const) {
      expect(amendedReading(after(clock, { change, clock: 'clock' }), law)).toBeUndefined();
    }
  });
  it('and a clock without a rule has nothing to be read by', () => {
    expect(amendedReading(open('L-32.elsewhere', '2020-01-20', first), law)).toBeUndefined();
  });
  it('and what was counted on stays counted: suspensions and extensions', () => {
    const report = open('L-05', '2020-01-06', first);
    const suspension = { id: '1', from: '2020-01-13', to: '2020-01-14', reason: 'testing' };
    const extension = { grantedOn: '2020-01-20', by: 1 };
    const inputs = { suspensions: [suspension], extensions: [extension] };
    const both: Clock = { ...report, ...inputs, due: readAgain(report, first, inputs).due };
    expect([both.due, amendedReading(both, law)!.due]).toEqual(['2020-02-04', '2020-02-06']);
  });

  it('by the notice of a year that was guessed: the date moves', () => {
    const guessed = open('L-01', '2025-12-29', under({ asKnownOn: '2025-11-03', provisional: true }));
    expect(guessed).toMatchObject({ due: '2026-01-07', calendar: 'CN-2025.1+CN-2026.PROVISIONAL' });
    expect(amendedReading(guessed, law)).toMatchObject({ due: '2026-01-08', calendar: 'CN-2025.1+CN-2026.1' });
  });
  it('by the notice of a year that was guessed: the guess was right, and is known now', () => {
    const guessed = open('L-01', '2026-01-19', under({ asKnownOn: '2025-11-03', provisional: true }));
    const reading = amendedReading(guessed, law)!;
    expect([guessed.due, reading.due, isProvisional(reading)]).toEqual(['2026-01-28', '2026-01-28', false]);
    expect(amendedReading(after(guessed, { change: 'amended', reading }), law)).toBeUndefined();
  });
  it('by the notice of a year without which no date could be told', () => {
    const unknown = open('L-01', '2025-12-29', under({ asKnownOn: '2025-11-03' }));
    expect(unknown).toMatchObject({ state: 'undetermined', undetermined: 'CALENDAR_MISSING' });
    expect(amendedReading(unknown, under({ asKnownOn: '2025-11-03' }))).toBeUndefined();
    const told = after(unknown, { change: 'amended', reading: amendedReading(unknown, law)! });
    expect(told).toMatchObject({ state: 'running', due: '2026-01-08', undetermined: null, promised: null });
  });
  it('while a clock stands still: it goes on standing, and runs on by what is known', () => {
    const standing = suspended(open('L-02', '2026-05-04'), '1', '2026-05-06');
    expect(amendedReading(standing, law)).toBeUndefined();
  });
});

describe('how what was due was done', () => {
  const clock = open('L-01', '2026-02-13');
  const MIDNIGHT = '2026-03-02T23:59:59.999+08:00';
  const NEXT_DAY = '2026-03-03T00:00:00+08:00';

  it.each([
    ['in-time', MIDNIGHT, MIDNIGHT],
    ['in-time', '2026-02-14', MIDNIGHT],
    ['late', NEXT_DAY, NEXT_DAY],
    ['late', NEXT_DAY, '2026-04-01'],
    ['backdated', MIDNIGHT, NEXT_DAY],
    ['backdated', '2026-02-14', '2026-04-01'],
  ])('is %s: occurred %s, recorded %s (T-06, T-28)', (timeliness, occurredAt, recordedAt) => {
    expect(timelinessOf(completed(clock, occurredAt, recordedAt))).toBe(timeliness);
  });
  it('is judged by its own word, unless that word came after the deadline that it says it met', () => {
    const judged = ({ due, completion }: Clock) => judgedAt(due, completion!);
    const { occurredAt, recordedAt } = event('2026-02-24', '2026-03-10');
    expect(judged(completed(clock, '2026-02-24', '2026-03-10'))).toBe(recordedAt);
    expect(judged(completed(clock, '2026-02-24', '2026-03-02'))).toBe(occurredAt);
    expect(judged(verified(completed(clock, '2026-02-24', '2026-03-10')))).toBe(occurredAt);
    expect(judged(completed(clock, '2026-02-24', '2026-03-10', true))).toBe(occurredAt);
    expect(judged(completed(clock, '2026-03-04', '2026-03-10'))).toBe(event('2026-03-04').occurredAt);
    expect(judged(completed(open('L-32.elsewhere', '2026-02-13'), '2026-02-24', '2026-03-10'))).toBe(occurredAt);
  });
  it('is in time once a second person has verified it, or where history was imported', () => {
    expect(timelinessOf(verified(completed(clock, '2026-02-24', '2026-03-10')))).toBe('in-time');
    expect(timelinessOf(completed(clock, '2026-02-24', '2026-03-10', true))).toBe('in-time');
  });
  it('is late by its own word, whoever verifies or imports it', () => {
    expect(timelinessOf(verified(completed(clock, '2026-03-03', '2026-03-10')))).toBe('late');
    expect(timelinessOf(completed(clock, '2026-03-03', '2026-03-10', true))).toBe('late');
  });
  it('is open until then, also while it stands still', () => {
    expect(timelinessOf(clock)).toBe('open');
    expect(timelinessOf(suspended(open('L-02', '2026-05-04'), '1', '2026-05-06'))).toBe('open');
  });
  it('is in time when it was done while the clock stood still', () => {
    const standing = suspended(open('L-02', '2026-05-04'), '1', '2026-05-06');
    expect(timelinessOf(completed(standing, '2026-12-01', '2026-12-31'))).toBe('in-time');
  });
  it('is nothing where no date can be told, or another clock took its place', () => {
    const unknown = open('L-32.elsewhere', '2026-02-13');
    expect([unknown, completed(unknown, '2026-02-24')].map(timelinessOf)).toEqual([undefined, undefined]);
    expect(timelinessOf(after(clock, { change: 'superseded', clock: 'clock' }))).toBeUndefined();
  });
  it('is late where a duty ran out, and nothing where a right lapsed', () => {
    const expired = (isRight: boolean) =>
      after(open('L-01', '2026-02-13', law, { isRight }), { change: 'expired', clock: 'clock' });
    expect(timelinessOf(expired(false))).toBe('late');
    expect(timelinessOf(expired(true))).toBeUndefined();
    expect(timelinessOf(completed(expired(false), '2026-03-02', '2026-03-09'))).toBe('backdated');
  });
  it('is measured to the moment by a clock of hours', () => {
    const due = '2026-02-17T14:30:00.000Z';
    expect([isBy(due, Date.parse(due)), isBy(due, Date.parse(due) + 1)]).toEqual([true, false]);
  });
});

describe('verifying a late entry', () => {
  const clock = open('L-01', '2026-02-13');
  const of = (entered: Clock): Clocks => ({ acceptance: entered });
  const backdated = of(completed(clock, '2026-02-24', '2026-03-10'));

  it('is for a second person', () => {
    expect(refuseVerification(backdated, 'acceptance', 'key-2')).toBeUndefined();
    const refusal = { kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' };
    expect(refuseVerification(backdated, 'acceptance', 'key-1')).toMatchObject(refusal);
  });
  it.each(['mediation', '', 'constructor', 'toString', '__proto__'])(
    'needs a clock that is there, not "%s"',
    (name) => {
      const refusal = { kind: 'invalid', code: 'UNKNOWN_CLOCK', field: 'clock' };
      expect(refuseVerification(backdated, name, 'key-2')).toMatchObject(refusal);
      expect(refuseVerification(NO_CLOCKS, name, 'key-2')).toMatchObject(refusal);
    },
  );
  it('names the clocks that are there', () => {
    expect(refuseVerification(backdated, 'mediation', 'key-2')?.detail).toContain('but acceptance');
  });
  it.each<[string, Clock]>([
    ['open', clock],
    ['in time', completed(clock, '2026-02-24')],
    ['late by its own word', completed(clock, '2026-03-03', '2026-03-10')],
    ['imported', completed(clock, '2026-02-24', '2026-03-10', true)],
    ['verified', verified(completed(clock, '2026-02-24', '2026-03-10'))],
    ['superseded', after(clock, { change: 'superseded', clock: 'clock' }, event('2026-02-24', '2026-03-10'))],
    ['expired', after(clock, { change: 'expired', clock: 'clock' })],
    ['without a date', completed(open('L-32.elsewhere', '2026-02-13'), '2026-02-24', '2026-03-10')],
  ])('is for nothing that is %s', (_, entered) => {
    const refusal = { kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' };
    expect(refuseVerification(of(entered), 'acceptance', 'key-2')).toMatchObject(refusal);
  });
});

describe('for any clock', () => {
  const days = (first: LocalDate, last: LocalDate) =>
    fc.integer({ min: epochDay(first), max: epochDay(last) }).map(localDateFromEpochDay);
  const span = fc.record({ after: fc.integer({ min: -5, max: 90 }), days: fc.integer({ min: 1, max: 15 }) });
  const suspensionsOf = (from: LocalDate, all: readonly { after: number; days: number }[]): ClockSuspension[] =>
    all.map(({ after: wait, days: length }, index) => ({
      id: String(index + 1),
      from: addDays(from, wait),
      to: addDays(from, wait + length - 1),
      reason: 'testing',
    }));
  const spans = fc.array(span, { maxLength: 4 });
  const rules = fc.constantFrom('L-02', 'L-05', 'L-11');
  const starts = days('2021-07-15', '2027-12-31');

  it('a suspension of n days moves a clock of days by exactly n, where nothing rolls', () => {
    fc.assert(
      fc.property(
        days('2024-07-01', '2027-12-31'),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 120 }),
        (from, wait, length) => {
          const clock = open('L-02', from);
          const moved = resumed(suspended(clock, '1', addDays(from, wait)), '1', addDays(from, wait + length - 1));
          expect(moved.strict).toBe(addDays(clock.strict!, length));
          if (clock.due === clock.strict && moved.due === moved.strict) {
            expect(moved.due).toBe(addDays(clock.due!, length));
          } else {
            expect(moved.due! >= moved.strict!).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
  it('splitting a suspension, or the order of suspensions, changes nothing', () => {
    const cut = fc.integer({ min: 1, max: 14 });
    fc.assert(
      fc.property(rules, starts, spans, cut, (rule, from, all, at) => {
        const clock = open(rule, from);
        const whole = suspensionsOf(from, all);
        const pieces = whole.flatMap((one) => {
          const last = addDays(one.from, at - 1);
          return last < one.to!
            ? [
                { ...one, to: last },
                { ...one, from: addDays(last, 1) },
              ]
            : [one];
        });
        const reading = readAgain(clock, law, { suspensions: whole });
        expect(readAgain(clock, law, { suspensions: pieces })).toEqual(reading);
        expect(readAgain(clock, law, { suspensions: pieces.toReversed() })).toEqual(reading);
      }),
    );
  });
  it('the order of events changes nothing, as long as what ends has begun', () => {
    const events = (from: LocalDate, all: readonly { after: number; days: number }[], grant: number | null) => [
      ...suspensionsOf(from, all).map(({ id, from: first, to }) => [
        (clock: Clock) => suspended(clock, id, first),
        (clock: Clock) => resumed(clock, id, to!),
      ]),
      ...(grant === null ? [] : [[(clock: Clock) => extended(clock, addDays(from, grant), 7)]]),
    ];
    const grants = fc.option(fc.integer({ min: 0, max: 120 }));
    const ranks = fc.array(fc.nat(), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(fc.constantFrom('L-05', 'L-11'), starts, spans, grants, ranks, (rule, from, all, grant, order) => {
        const steps = events(from, all, grant);
        const inOrder = steps.flat().reduce((clock, step) => step(clock), open(rule, from));
        const shuffled = mixed(steps, order).reduce((clock, step) => step(clock), open(rule, from));
        const dates = ({ due, strict, promised, state, calendar }: Clock) => [due, strict, promised, state, calendar];
        expect(dates(shuffled)).toEqual(dates(inOrder));
      }),
    );
  });
  it('one more day of an extension, or of a suspension, never moves a deadline back', () => {
    fc.assert(
      fc.property(
        starts,
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 14 }),
        spans,
        (from, grant, by, all) => {
          const clock = suspensionsOf(from, all).reduce(
            (standing, { id, from: first, to }) => resumed(suspended(standing, id, first), id, to!),
            open('L-05', from),
          );
          const [less, more] = [by, by + 1].map((amount) => extended(clock, addDays(from, grant), amount).due!);
          expect(more! >= less!).toBe(true);
          const standing = suspended(clock, 'last', addDays(from, grant));
          const [sooner, later] = [by, by + 1].map((length) =>
            resumed(standing, 'last', addDays(from, grant + length)),
          );
          expect(later!.due! >= sooner!.due!).toBe(true);
        },
      ),
    );
  });
});

/** The steps of several sequences mixed by rank, each sequence in its own order. */
function mixed<Step>(sequences: readonly (readonly Step[])[], ranks: readonly number[]): Step[] {
  const waiting = sequences.map((steps) => [...steps]);
  const taken: Step[] = [];
  for (let turn = 0; waiting.some((steps) => steps.length > 0); turn++) {
    const left = waiting.filter((steps) => steps.length > 0);
    taken.push(left[ranks[turn % ranks.length]! % left.length]!.shift()!);
  }
  return taken;
}
