import { describe, expect, it } from '@jest/globals';
import { isRefused, MetricsEngine } from './index.ts';
import type { Figure, FigureQuery, ObjectsPage } from './index.ts';
import {
  ComplaintStory,
  inOrderOfEntry,
  LAW,
  moment,
  NegotiationStory,
  ReportStory,
  WorkOrderStory,
} from './testing/clocked-story.ts';
import type { ClockedStory } from './testing/clocked-story.ts';
import { MemoryLog } from './testing/memory-log.ts';

interface Asked extends Partial<FigureQuery> {
  /** Day of the question: its noon, or a moment. */
  readonly on?: string;
}

const YEAR = { from: '2026-01-01', to: '2027-01-01' };

function engineOver(stories: readonly ClockedStory[], on = '2026-12-31'): MetricsEngine {
  const log = new MemoryLog(inOrderOfEntry(stories));
  const engine = new MetricsEngine({ clock: { now: () => moment(on) }, log, law: () => LAW });
  engine.apply(log.events, log.events.length);
  return engine;
}

async function figure(metric: string, story: ClockedStory, { on, ...query }: Asked = {}): Promise<Figure> {
  const answer = await engineOver([story], on).figure({ metric, ...YEAR, ...query });
  if (isRefused(answer)) throw new Error(answer.detail);
  return answer;
}

/** `numerator/denominator`, and what is excluded. */
async function count(metric: string, story: ClockedStory, asked: Asked = {}): Promise<string> {
  const { numerator, denominator, excluded } = await figure(metric, story, asked);
  return [`${numerator}/${denominator}`, ...Object.entries(excluded).map(([reason, n]) => `${reason}=${n}`)].join(' ');
}

/** Day on which the object counts, or is excluded; undefined where it does neither. */
async function dayOf(metric: string, story: ClockedStory, { on, ...query }: Asked = {}): Promise<string | undefined> {
  const page = (await engineOver([story], on).objects({ metric, ...YEAR, ...query })) as ObjectsPage;
  return page.items[0]?.attributedOn;
}

const late = (at: string, entered: string) => ({ at, entered });

describe('M-03, complaints closed in time', () => {
  /** Seven working days from Friday 18 September 2026 end on Tuesday 29, over a make-up Sunday and a holiday. */
  const received = () => new ComplaintStory('a').received('2026-09-18');

  it('counts one that is undecided only once the day of its deadline is over', async () => {
    expect(await count('M-03', received(), { on: '2026-09-28' })).toBe('0/0');
    expect(await count('M-03', received(), { on: '2026-09-29T23:59:59.999+08:00' })).toBe('0/0');
    expect(await count('M-03', received(), { on: '2026-09-30T00:00:00+08:00' })).toBe('0/1');
    expect(await dayOf('M-03', received())).toBe('2026-09-29');
  });

  it('takes a decision without its notice for no last step', async () => {
    const declined = received().declined('2026-09-28');
    expect(await count('M-03', declined)).toBe('0/1');
    expect(await count('M-03', declined.notified('2026-09-29T23:59:59.999+08:00'))).toBe('1/1');
    expect(await dayOf('M-03', declined)).toBe('2026-09-29');
    expect(await count('M-03', received().declined('2026-09-29').notified('2026-09-30T00:00:00+08:00'))).toBe('0/1');
  });

  it('moves to the day of the notice where that was earlier', async () => {
    const told = received().declined('2026-09-21').notified('2026-09-22');
    expect(await dayOf('M-03', told)).toBe('2026-09-22');
    expect(await count('M-03', told, { on: '2026-09-22' })).toBe('1/1');
    expect(await count('M-03', told, { from: '2026-09-23' })).toBe('0/0');
  });

  it('stays with the day of the deadline, however late it was closed', async () => {
    const told = received().declined('2026-10-20').notified('2026-10-20');
    expect(await dayOf('M-03', told)).toBe('2026-09-29');
    expect(await count('M-03', told, { to: '2026-10-01', asOf: { instant: moment('2026-09-30') } })).toBe('0/1');
  });

  /** Sixty days from 7 August 2026 end on 6 October, a holiday, and roll to 8 October. */
  const accepted = () => new ComplaintStory('a').received('2026-08-05').accepted('2026-08-07');

  it('judges one that was accepted by the deadline of mediation alone', async () => {
    expect(await count('M-03', accepted(), { on: '2026-08-20' })).toBe('0/0');
    expect(await count('M-03', accepted(), { on: '2026-10-08' })).toBe('0/0');
    expect(await count('M-03', accepted(), { on: '2026-10-09' })).toBe('0/1');
    expect(await count('M-03', accepted().concluded('2026-10-08'))).toBe('1/1');
    expect(await count('M-03', accepted().concluded('2026-10-09'))).toBe('0/1');
  });

  it('takes back that it was undecided too long, once it is accepted', async () => {
    const undecided = new ComplaintStory('a').received('2026-03-04');
    expect(await count('M-03', undecided, { on: '2026-03-20' })).toBe('0/1');
    const acceptedLate = undecided.accepted('2026-03-20').notified('2026-03-20');
    expect(await count('M-03', acceptedLate, { on: '2026-03-21' })).toBe('0/0');
    expect(await count('M-03', acceptedLate.concluded('2026-04-01'))).toBe('1/1');
    expect(await count('M-03b', acceptedLate)).toBe('0/1');
  });

  it('judges a withdrawal before the decision by the deadline of acceptance', async () => {
    expect(await count('M-03', received().concluded('2026-09-29', 'withdrawn'))).toBe('1/1');
    expect(await count('M-03', received().concluded('2026-09-30', 'withdrawn'))).toBe('0/1');
    expect(await count('M-03', accepted().concluded('2026-09-01', 'withdrawn'))).toBe('1/1');
  });

  it('never counts one whose clock stands still, until it runs on', async () => {
    const suspended = accepted().appraisalStarted('2026-09-01');
    expect(await count('M-03', suspended, { on: '2026-12-31' })).toBe('0/0');
    const resumed = suspended.appraisalCompleted('2026-09-20');
    expect(await dayOf('M-03', resumed)).toBe('2026-10-26');
    expect(await count('M-03', resumed, { on: '2026-10-26' })).toBe('0/0');
    expect(await count('M-03', resumed, { on: '2026-10-27' })).toBe('0/1');
  });

  it('takes what was concluded while the clock stood still as in time', async () => {
    const story = accepted().appraisalStarted('2026-09-01').concluded('2026-12-01');
    expect(await count('M-03', story)).toBe('1/1');
    expect(await dayOf('M-03', story)).toBe('2026-12-01');
  });

  it('follows a deadline that was amended', async () => {
    const amended = received().deadlineAmended('2026-09-20', 'acceptance', '2026-10-12');
    expect(await count('M-03', amended, { on: '2026-10-12' })).toBe('0/0');
    expect(await dayOf('M-03', amended)).toBe('2026-10-12');
    expect(await count('M-03', amended.declined('2026-10-12').notified('2026-10-12'))).toBe('1/1');
  });

  it('excludes what was received before clocks were kept, and says so', async () => {
    const old = () => new ComplaintStory('a').received('2026-03-04', null);
    expect(await count('M-03', old())).toBe('0/0 X-NO-CLOCK=1');
    expect(await dayOf('M-03', old())).toBe('2026-03-04');
    expect(await count('M-03', old().accepted('2026-03-06', null).concluded('2026-03-09'))).toBe('0/0 X-NO-CLOCK=1');
    expect(await count('M-03', old().accepted('2026-03-06').concluded('2026-03-09'))).toBe('1/1');
  });

  it('excludes what no rule tells a deadline for', async () => {
    const unruled = new ComplaintStory('a').received('2026-03-04').accepted('2026-03-05', 'L-06');
    expect(await count('M-03', unruled)).toBe('0/0 X-NO-DUE=1');
    expect(await count('M-03', unruled.concluded('2026-03-09'))).toBe('0/0 X-NO-DUE=1');
    expect(await dayOf('M-03', unruled)).toBe('2026-03-05');
  });
});

describe('A complaint that is handed on for lack of competence', () => {
  const received = () => new ComplaintStory('a').received('2026-09-18');

  it('is excluded until another authority has received it, whose region and time then judge it', async () => {
    const handedOn = received().transferred('2026-09-22');
    for (const metric of ['M-03', 'M-03b']) {
      expect(await count(metric, handedOn)).toBe('0/0 X-TR=1');
      expect(await count(metric, handedOn, { region: '370302' })).toBe('0/0 X-TR=1');
      expect(await dayOf(metric, handedOn)).toBe('2026-09-22');
    }
    // Seven working days from Friday 9 October, a make-up Saturday counted, end on Monday 19.
    const taken = handedOn.transferReceived('2026-10-09');
    expect(await count('M-03b', taken, { on: '2026-10-09' })).toBe('0/0');
    expect(await count('M-03b', taken, { region: '370303' })).toBe('0/1');
    expect(await count('M-03b', taken, { region: '370302' })).toBe('0/0');
    const told = taken.declined('2026-10-12').notified('2026-10-12');
    expect(await count('M-03', told, { region: '370303' })).toBe('1/1');
    expect(await count('M-03', told, { region: '370302', asOf: { position: 2, instant: moment('2026-12-31') } })).toBe(
      '0/0 X-TR=1',
    );
  });

  it('is the same when it is returned to the intake body, and withdrawn there', async () => {
    const returned = received().returned('2026-09-22');
    expect(await count('M-03', returned)).toBe('0/0 X-TR=1');
    expect(await count('M-03b', returned)).toBe('0/0 X-TR=1');
    expect(await count('M-03', returned.concluded('2026-09-23', 'withdrawn'))).toBe('0/0 X-TR=1');
  });

  it('stays late where its deadline had passed before, or it was entered after that', async () => {
    expect(await count('M-03', received().transferred('2026-09-30'))).toBe('0/1');
    expect(await count('M-03b', received().returned('2026-09-30'))).toBe('0/1');
    const backdated = received().transferred(late('2026-09-22', '2026-10-08'));
    expect(await figure('M-03', backdated)).toMatchObject({
      numerator: 0,
      denominator: 1,
      variants: { declared: { numerator: 0, denominator: 0 } },
    });
  });
});

describe('A complaint that is handled with another', () => {
  const received = () => new ComplaintStory('a').received('2026-09-18');

  it('is excluded, undecided, accepted or overdue', async () => {
    expect(await count('M-03', received().mergedInto('2026-09-22'))).toBe('0/0 X-DUP=1');
    expect(await count('M-03b', received().mergedInto('2026-10-20'))).toBe('0/0 X-DUP=1');
    const accepted = received().accepted('2026-09-21').notified('2026-09-21').mergedInto('2026-09-22');
    expect(await count('M-03', accepted)).toBe('0/0 X-DUP=1');
    expect(await count('M-03b', accepted)).toBe('0/0 X-DUP=1');
    expect(await dayOf('M-03', accepted)).toBe('2026-09-22');
  });

  it('is judged by the dates it had once it stands for itself again', async () => {
    const unmerged = received().mergedInto('2026-09-22').unmerged('2026-09-24');
    expect(await count('M-03', unmerged, { on: '2026-09-29' })).toBe('0/0');
    expect(await count('M-03', unmerged, { on: '2026-09-30' })).toBe('0/1');
    expect(await count('M-03', unmerged.declined('2026-09-28').notified('2026-09-29'))).toBe('1/1');
    const overdueBefore = received().mergedInto('2026-10-09').unmerged('2026-10-20');
    expect(await count('M-03', overdueBefore)).toBe('0/1');
  });

  it('is not overdue where the date passed while it was merged (T-15)', async () => {
    const unmerged = received().mergedInto('2026-09-22').unmerged('2026-10-20');
    expect(await count('M-03', unmerged)).toBe('0/0 X-DUP=1');
    expect(await count('M-03b', unmerged)).toBe('0/0 X-DUP=1');
    expect(await count('M-03', unmerged.declined('2026-10-21').notified('2026-10-22'))).toBe('0/0 X-DUP=1');
    const accepted = received().mergedInto('2026-09-22').unmerged('2026-10-20').accepted('2026-10-21');
    expect(await count('M-03', accepted.concluded('2026-11-02'))).toBe('1/1');
    expect(await count('M-03b', accepted)).toBe('0/0 X-DUP=1');
  });
});

describe('A complaint that is reopened', () => {
  it('keeps its first answer, of the decision as of mediation', async () => {
    const told = new ComplaintStory('a').received('2026-03-04').declined('2026-03-05').notified('2026-03-06');
    const again = told.reopened('2026-04-01', 'acceptance').accepted('2026-06-01').concluded('2026-12-01');
    expect(await count('M-03', again)).toBe('1/1');
    expect(await count('M-03b', again)).toBe('1/1');
    for (const asked of [{}, { variant: 'closedBasis' }]) expect(await dayOf('M-03', again, asked)).toBe('2026-03-06');
    const late = new ComplaintStory('a').received('2026-03-04').accepted('2026-03-05').concluded('2026-07-01');
    expect(await count('M-03', late.reopened('2026-07-02', 'mediation').concluded('2026-07-03'))).toBe('0/1');
  });

  it('is judged by its new time where it had no answer', async () => {
    const old = new ComplaintStory('a').received('2026-03-04', null).accepted('2026-03-05', null);
    const again = old.concluded('2026-03-06').reopened('2026-04-01', 'mediation');
    expect(await count('M-03', again)).toBe('0/1');
    expect(await count('M-03', again.concluded('2026-04-02'))).toBe('1/1');
    expect(await dayOf('M-03', again, { variant: 'closedBasis' })).toBe('2026-04-02');
    const handedOn = new ComplaintStory('b').received('2026-03-04').returned('2026-03-05');
    handedOn.concluded('2026-03-06', 'withdrawn').reopened('2026-04-01', 'intake');
    expect(await count('M-03', handedOn)).toBe('0/0 X-TR=1');
    handedOn.transferReceived('2026-04-02').declined('2026-04-03').notified('2026-04-03');
    expect(await count('M-03', handedOn, { region: '370303' })).toBe('1/1');
  });
});

describe('A complaint whose dates are corrected', () => {
  it('is judged by them, and as before in what was known before', async () => {
    const told = new ComplaintStory('a').received('2026-09-18').declined('2026-09-28').notified('2026-09-29');
    const corrected = told.corrected('2026-10-20', 'receivedAt', '2026-09-16');
    for (const metric of ['M-03', 'M-03b']) {
      expect(await count(metric, corrected)).toBe('0/1');
      expect(await count(metric, corrected, { asOf: { position: 3, instant: moment('2026-12-31') } })).toBe('1/1');
    }
    expect(await dayOf('M-03', corrected)).toBe('2026-09-24');
    expect(await dayOf('M-03', corrected, { variant: 'closedBasis' })).toBe('2026-09-29');
  });
});

describe('What was entered after the deadline', () => {
  const declined = () => new ComplaintStory('a').received('2026-09-18').declined('2026-09-28');

  it('is judged by its entry, and by its own word in the variant beside', async () => {
    const backdated = declined().notified(late('2026-09-29', '2026-10-08'));
    expect(await figure('M-03', backdated)).toMatchObject({
      numerator: 0,
      denominator: 1,
      variants: { declared: { numerator: 1, denominator: 1 } },
    });
    expect(await dayOf('M-03', backdated)).toBe('2026-09-29');
    const engine = engineOver([backdated]);
    expect(await engine.objects({ metric: 'M-03', ...YEAR })).toMatchObject({
      items: [{ counted: 'denominator', outcome: { decision: 'NOT_ACCEPTED', closing: 'BACKDATED' } }],
    });
  });

  it('is taken at its word once a second person has verified it, on the day it says', async () => {
    const verified = declined().notified(late('2026-09-28', '2026-10-08')).verified('2026-10-09', 'acceptance');
    expect(await figure('M-03', verified)).toMatchObject({ numerator: 1, denominator: 1 });
    expect(await dayOf('M-03', verified)).toBe('2026-09-28');
    expect(await count('M-03', verified, { asOf: { position: 3, instant: moment('2026-10-08') } })).toBe('0/1');
  });

  it('is no matter where the entry still is in time', async () => {
    const entered = declined().notified(late('2026-09-28', '2026-09-29T23:00:00+08:00'));
    expect(await figure('M-03', entered)).toMatchObject({
      numerator: 1,
      variants: { declared: { numerator: 1, denominator: 1 } },
    });
    expect(await dayOf('M-03', entered)).toBe('2026-09-28');
  });

  it('was late before it was entered, and stays on the same day', async () => {
    const story = declined().notified(late('2026-09-29', '2026-10-08'));
    for (const position of [2, 3]) {
      const asOf = { position, instant: moment('2026-10-01') };
      expect(await count('M-03', story, { from: '2026-09-29', to: '2026-09-30', asOf })).toBe('0/1');
    }
  });

  it('counts as closed on the day of its entry where closed complaints are counted', async () => {
    const backdated = () => declined().notified(late('2026-09-28', '2026-10-08'));
    const asked = { variant: 'closedBasis' };
    expect(await dayOf('M-03', backdated(), asked)).toBe('2026-10-08');
    expect(await count('M-03', backdated(), asked)).toBe('0/1');
    expect(await dayOf('M-03', backdated().verified('2026-10-09', 'acceptance'), asked)).toBe('2026-09-28');
  });
});

describe('M-03 by closed complaints', () => {
  it('gives the figures of Guangyuan for the first quarter of 2022', async () => {
    const many = (n: number, story: (id: string) => ComplaintStory, name: string) =>
      Array.from({ length: n }, (_, index) => story(`${name}${index}`));
    const received = (id: string, day: string) =>
      new ComplaintStory(id, { handlingRegion: '510800', respondentRegion: '510800' }).received(day);
    const accepted = (id: string) => received(id, '2022-01-04').accepted('2022-01-05').notified('2022-01-06');
    const stories = [
      ...many(122, (id) => accepted(id).concluded('2022-02-10'), 'mediated'),
      ...many(61, (id) => accepted(id).concluded('2022-03-28'), 'late'),
      ...many(58, (id) => received(id, '2022-02-14').declined('2022-02-16').notified('2022-02-17'), 'declined'),
      ...many(2, (id) => received(id, '2022-03-01'), 'undecided'),
      ...many(7, (id) => received(id, '2022-03-30'), 'recent'),
    ];
    const engine = engineOver(stories, '2022-03-31');
    const quarter = { from: '2022-01-01', to: '2022-04-01', region: '510000' };
    expect(stories).toHaveLength(250);
    expect(await engine.figure({ metric: 'M-03', ...quarter, variant: 'closedBasis' })).toMatchObject({
      numerator: 180,
      denominator: 241,
      rate: { text: '74.69%' },
      // What the published convention hides: two undecided and overdue, counted by default.
      variants: { default: { numerator: 180, denominator: 243 } },
    });
    expect(await engine.figure({ metric: 'M-03b', ...quarter })).toMatchObject({
      numerator: 241,
      denominator: 243,
      rate: { text: '99.18%' },
    });
  });

  it('counts one on the day of its last step, in time or not, and none that is open', async () => {
    const open = new ComplaintStory('a').received('2026-03-04');
    const asked = { variant: 'closedBasis' };
    expect(await count('M-03', open, asked)).toBe('0/0');
    const closed = open.declined('2026-04-10').notified('2026-04-10');
    expect(await count('M-03', closed, asked)).toBe('0/1');
    expect(await dayOf('M-03', closed, asked)).toBe('2026-04-10');
  });
});

describe('M-03b, decided on and told in time', () => {
  const received = () => new ComplaintStory('a').received('2026-09-18');

  it('asks for the notice, of acceptance as of the contrary', async () => {
    expect(await count('M-03b', received().accepted('2026-09-21'))).toBe('0/1');
    expect(await count('M-03b', received().accepted('2026-09-21').notified('2026-09-29'))).toBe('1/1');
    expect(await count('M-03b', received().accepted('2026-09-21').notified('2026-09-30'))).toBe('0/1');
    expect(await count('M-03b', received(), { on: '2026-09-29' })).toBe('0/0');
  });

  it('leaves out one that was withdrawn before anybody had to be told', async () => {
    const withdrawn = received().concluded('2026-09-22', 'withdrawn');
    expect(await count('M-03b', withdrawn)).toBe('0/0 X-WD=1');
    expect(await dayOf('M-03b', withdrawn)).toBe('2026-09-22');
    expect(await count('M-03b', received().accepted('2026-09-21').concluded('2026-09-22', 'withdrawn'))).toBe(
      '0/0 X-WD=1',
    );
    expect(await count('M-03b', received().concluded('2026-09-30', 'withdrawn'))).toBe('0/1');
  });

  it('does not let a withdrawal of before make good what had passed when it was entered', async () => {
    const withdrawn = received().concluded(late('2026-09-22', '2026-10-08'), 'withdrawn');
    expect(await figure('M-03b', withdrawn)).toMatchObject({
      numerator: 0,
      denominator: 1,
      variants: { declared: { numerator: 0, denominator: 0 } },
    });
    expect(await count('M-03b', withdrawn, { variant: 'declared' })).toBe('0/0 X-WD=1');
  });
});

describe('M-03c, told of the termination in time', () => {
  const terminated = (rule?: string | null, ground?: string) =>
    new ComplaintStory('a')
      .received('2026-08-05')
      .accepted('2026-08-07')
      .concluded('2026-09-18', 'terminated', rule, ground === undefined ? {} : { ground });

  it('runs from the termination', async () => {
    expect(await count('M-03c', terminated(), { on: '2026-09-29' })).toBe('0/0');
    expect(await count('M-03c', terminated(), { on: '2026-09-30' })).toBe('0/1');
    expect(await count('M-03c', terminated().terminationNotified('2026-09-29'))).toBe('1/1');
    expect(await count('M-03c', terminated().terminationNotified('2026-10-08'))).toBe('0/1');
  });

  it('excepts no ground, but the settlements that were closed at once before they had the clock', async () => {
    const settled = (rule?: string | null) => terminated(rule, '23(1)(1)');
    expect(await count('M-03c', settled(), { on: '2026-09-30' })).toBe('0/1');
    expect(await count('M-03c', settled().terminationNotified('2026-09-29'))).toBe('1/1');
    expect(await count('M-03c', settled(null))).toBe('0/0');
  });

  it('knows nothing of complaints that ended otherwise', async () => {
    const mediated = new ComplaintStory('a').received('2026-08-05').accepted('2026-08-07').concluded('2026-09-18');
    expect(await count('M-03c', mediated)).toBe('0/0');
    expect(await count('M-03c', terminated(null))).toBe('0/0 X-NO-CLOCK=1');
  });
});

describe('M-04, reports verified in time', () => {
  /** Fifteen working days from 30 September 2026 end on 27 October; with the extension on 17 November. */
  const received = () => new ReportStory('a').received('2026-09-30');

  it('asks for the decision on filing, whatever it is', async () => {
    expect(await count('M-04', received(), { on: '2026-10-27' })).toBe('0/0');
    expect(await count('M-04', received(), { on: '2026-10-28' })).toBe('0/1');
    expect(await count('M-04', received().filed('2026-10-27'))).toBe('1/1');
    expect(await count('M-04', received().notFiled('2026-10-20'))).toBe('1/1');
    expect(await count('M-04', received().tell('VerificationCompleted', '2026-10-20').filed('2026-10-28'))).toBe('0/1');
  });

  it('gives fifteen more days where they were approved before the first were over', async () => {
    const extended = received().extended('2026-10-27');
    expect(await dayOf('M-04', extended)).toBe('2026-11-17');
    expect(await count('M-04', extended, { on: '2026-11-17' })).toBe('0/0');
    expect(await count('M-04', extended.filed('2026-11-17'))).toBe('1/1');
    const tooLate = received().extended('2026-10-28');
    expect(await dayOf('M-04', tooLate)).toBe('2026-10-27');
    expect(await count('M-04', tooLate.filed('2026-11-17'))).toBe('0/1');
  });

  it('does not count the time of a test', async () => {
    const suspended = received().suspended('2026-10-12');
    expect(await count('M-04', suspended)).toBe('0/0');
    const resumed = suspended.resumed('2026-10-16');
    expect(await dayOf('M-04', resumed)).toBe('2026-11-03');
    expect(await count('M-04', resumed.filed('2026-11-03'))).toBe('1/1');
  });

  it('counts from the last report where that brought new facts, the earlier deadline being superseded', async () => {
    const merged = received().merged('2026-10-20', '2026-10-20');
    expect(await dayOf('M-04', merged)).toBe('2026-11-10');
    expect(await count('M-04', merged, { on: '2026-11-10' })).toBe('0/0');
    expect(await count('M-04', merged.filed('2026-11-10'))).toBe('1/1');
  });

  it('does not let new facts undo what had passed', async () => {
    const merged = received().merged('2026-10-28', '2026-10-28').filed('2026-11-02');
    expect(await count('M-04', merged)).toBe('0/1');
    expect(await dayOf('M-04', merged)).toBe('2026-10-27');
    const decided = received().filed('2026-10-12').merged('2026-10-20', '2026-10-20');
    expect(await dayOf('M-04', decided)).toBe('2026-10-12');
  });

  it('leaves out repeats and what another authority has to handle', async () => {
    expect(await count('M-04', received().repeat('2026-10-12'))).toBe('0/0 X-REPEAT=1');
    expect(await dayOf('M-04', received().repeat('2026-10-12'))).toBe('2026-10-12');
    expect(await count('M-04', received().notCompetent('2026-11-12'))).toBe('0/0 X-TR=1');
    expect(await count('M-04', new ReportStory('a').received('2026-09-30', null))).toBe('0/0 X-NO-CLOCK=1');
  });

  it('judges by the entry what was entered after the deadline', async () => {
    const backdated = () => received().filed(late('2026-10-27', '2026-11-02'));
    expect(await figure('M-04', backdated())).toMatchObject({ numerator: 0, variants: { declared: { numerator: 1 } } });
    expect(await count('M-04', backdated().verified('2026-11-03'))).toBe('1/1');
  });
});

describe('M-15, negotiations with a result in time', () => {
  /** Ten working days from 30 September 2026 end on 20 October. */
  const opened = () => new NegotiationStory('a').opened('2026-09-30');

  it('takes any result, up to the end of the last day', async () => {
    expect(await count('M-15', opened(), { on: '2026-10-20' })).toBe('0/0');
    expect(await count('M-15', opened(), { on: '2026-10-21' })).toBe('0/1');
    expect(await count('M-15', opened().confirmed('2026-10-20T23:59:59+08:00'))).toBe('1/1');
    expect(await count('M-15', opened().failed('2026-10-12'))).toBe('1/1');
    expect(await count('M-15', opened().escalated('2026-10-12'))).toBe('1/1');
    expect(await count('M-15', opened().tell('SettlementClaimed', '2026-10-12', { offer: null }))).toBe('0/1');
  });

  it('says the same before and after somebody has noticed that the time ran out', async () => {
    const expired = opened().expired(late('2026-10-21T00:00:00+08:00', '2026-10-22'));
    for (const position of [1, 2]) {
      const asOf = { position, instant: moment('2026-11-01') };
      expect(await count('M-15', expired, { asOf })).toBe('0/1');
      expect(await dayOf('M-15', expired, { asOf })).toBe('2026-10-20');
    }
    expect(await count('M-15', expired.escalated('2026-10-25', 'expired'))).toBe('0/1');
  });

  it('takes a result of before that was entered afterwards once it is verified', async () => {
    const entered = () =>
      opened().expired(late('2026-10-21T00:00:00+08:00', '2026-10-22')).confirmed(late('2026-10-19', '2026-10-23'));
    expect(await figure('M-15', entered())).toMatchObject({ numerator: 0, variants: { declared: { numerator: 1 } } });
    expect(await count('M-15', entered().verified('2026-10-24'))).toBe('1/1');
    expect(await dayOf('M-15', entered().verified('2026-10-24'))).toBe('2026-10-19');
  });

  it('knows of other venues only where it is asked for them', async () => {
    const station = (rule?: null) => new NegotiationStory('a', { venue: 'station' }).opened('2026-09-30', rule);
    expect(await count('M-15', station())).toBe('0/0');
    expect(await count('M-15', station(null))).toBe('0/0');
    expect(await count('M-15', station().failed('2026-10-12'), { variant: 'allVenues' })).toBe('1/1');
    expect(await count('M-15', new NegotiationStory('a').opened('2026-09-30', null))).toBe('0/0 X-NO-CLOCK=1');
  });

  it('is counted where the respondent is', async () => {
    const elsewhere = new NegotiationStory('a', { respondentRegion: '330602' }).opened('2026-09-30');
    expect(await count('M-15', elsewhere, { region: '330600' })).toBe('0/1');
    expect(await count('M-15', elsewhere, { region: '370300' })).toBe('0/0');
  });
});

describe('Hotline work orders with clocks', () => {
  /** Five working days from Thursday 30 April 2026 end on Monday 11 May; two, to give it back, on 7 May. */
  const dispatched = () => new WorkOrderStory('a').received('2026-04-29').dispatched('2026-04-30');

  it('are due by the rule of their region where the channel names no date, in M-05 too', async () => {
    for (const metric of ['M-05', 'M-05b']) {
      expect(await dayOf(metric, dispatched())).toBe('2026-05-11');
      expect(await count(metric, dispatched())).toBe('0/1');
    }
  });

  it('are 按时办结, 超时办结 or 超时未办结', async () => {
    expect(await count('M-05b', dispatched(), { on: '2026-05-11' })).toBe('0/0');
    expect(await count('M-05b', dispatched(), { on: '2026-05-12' })).toBe('0/1');
    expect(await count('M-05b', dispatched().replied('2026-05-11T23:59:59+08:00'))).toBe('1/1');
    expect(await count('M-05b', dispatched().replied('2026-05-12'))).toBe('0/1');
    const standing = async (story: WorkOrderStory) => {
      const { items } = (await engineOver([story]).objects({ metric: 'M-05b', ...YEAR })) as ObjectsPage;
      return items[0]!.outcome['timeliness'];
    };
    expect(await standing(dispatched())).toBe('OPEN');
    expect(await standing(dispatched().replied('2026-05-08'))).toBe('IN_TIME');
    expect(await standing(dispatched().replied('2026-05-12'))).toBe('LATE');
  });

  it('count on the due day, or where asked on the day of the outcome', async () => {
    const early = dispatched().replied('2026-05-08');
    expect(await dayOf('M-05b', early)).toBe('2026-05-11');
    expect(await count('M-05b', early, { on: '2026-05-10' })).toBe('0/0');
    expect(await dayOf('M-05b', early, { variant: 'dueOrClosed' })).toBe('2026-05-08');
    expect(await dayOf('M-05b', dispatched().replied('2026-05-12'), { variant: 'dueOrClosed' })).toBe('2026-05-11');
    expect(await count('M-05b', dispatched(), { variant: 'dueOrClosed', on: '2026-05-11' })).toBe('0/0');
  });

  it('are compared to the moment where the channel names one', async () => {
    const by = '2026-05-11T10:00:00+08:00';
    const sent = () => new WorkOrderStory('a').received('2026-04-29').dispatched('2026-04-30', { by });
    expect(await count('M-05b', sent().replied('2026-05-11T10:00:00+08:00'))).toBe('1/1');
    expect(await count('M-05b', sent().replied('2026-05-11T10:00:01+08:00'))).toBe('0/1');
    expect(await count('M-05b', sent(), { on: '2026-05-11T12:00:00+08:00' })).toBe('0/0');
    expect(await count('M-05b', sent(), { on: '2026-05-12' })).toBe('0/1');
  });

  it('are due later where that was granted, or the calendar was amended', async () => {
    const extended = dispatched().extended('2026-05-11', 3);
    for (const metric of ['M-05', 'M-05b']) expect(await dayOf(metric, extended)).toBe('2026-05-14');
    expect(await count('M-05b', extended.replied('2026-05-14'))).toBe('1/1');
    const amended = dispatched().deadlineAmended('2026-05-06', '2026-05-12');
    expect(await dayOf('M-05', amended)).toBe('2026-05-12');
    expect(await count('M-05b', amended.replied('2026-05-12'))).toBe('1/1');
  });

  it('keep the date by which they were answered', async () => {
    const answered = dispatched().replied('2026-05-12').deadlineAmended('2026-05-13', '2026-05-12');
    expect(await dayOf('M-05b', answered)).toBe('2026-05-11');
    expect(await count('M-05b', answered)).toBe('0/1');
  });

  it('leave the unit only when they are given back in the time for that', async () => {
    const inTime = dispatched().returned('2026-05-07');
    const tooLate = dispatched().returned('2026-05-08');
    for (const metric of ['M-05', 'M-05b']) {
      expect(await count(metric, inTime, { region: '370302' })).toBe('0/0');
      expect(await count(metric, inTime, { region: '370300' })).toBe('0/1');
      expect(await count(metric, tooLate, { region: '370302' })).toBe('0/1');
    }
    const backdated = () => dispatched().returned(late('2026-05-07', '2026-05-08'));
    expect(await count('M-05', backdated(), { region: '370302' })).toBe('0/1');
    expect(await count('M-05', backdated().verified('2026-05-09', 'return'), { region: '370302' })).toBe('0/0');
  });

  it('leave the unit by their due day where no time for returns is known, at their own word', async () => {
    const sent = () =>
      new WorkOrderStory('a')
        .received('2026-04-29')
        .dispatched('2026-04-30', { by: '2026-05-11T10:00:00+08:00', region: '330602', from: '330600' });
    expect(await count('M-05', sent().returned('2026-05-11'), { region: '330602' })).toBe('0/0');
    expect(await count('M-05', sent().returned('2026-05-12'), { region: '330602' })).toBe('0/1');
    expect(await count('M-05', sent().returned(late('2026-05-11', '2026-05-12')), { region: '330602' })).toBe('0/0');
  });

  it('are the next unit’s by the dates with which it received them', async () => {
    const again = dispatched().returned('2026-05-07').dispatched('2026-05-08', { region: '370303' });
    expect(await dayOf('M-05b', again, { region: '370303' })).toBe('2026-05-14');
    expect(await count('M-05b', again.replied('2026-05-14'), { region: '370303' })).toBe('1/1');
    expect(await count('M-05b', again, { region: '370302' })).toBe('0/0');
  });

  it('are judged by the entry of an outcome that was entered late', async () => {
    const backdated = () => dispatched().replied(late('2026-05-11', '2026-05-20'));
    expect(await figure('M-05b', backdated())).toMatchObject({
      numerator: 0,
      variants: { declared: { numerator: 1 } },
    });
    expect(await count('M-05', backdated())).toBe('1/1');
    expect(await count('M-05b', backdated().verified('2026-05-21', 'handling'))).toBe('1/1');
    const moved = backdated().verified('2026-05-21', 'handling');
    expect(await dayOf('M-05b', moved, { variant: 'dueOrClosed' })).toBe('2026-05-11');
  });

  it('of imported history are taken at their word, marked as such or not', async () => {
    const imported = { imported: { batch: 'B', flags: [] }, handlingRegion: '370302' };
    for (const mark of [{}, { imported: true }]) {
      const row = new WorkOrderStory('a', imported)
        .received(late('2026-03-02', '2026-11-01'), '2026-03-10T09:00:00Z')
        .closed(late('2026-03-10T16:00:00+08:00', '2026-11-01'), mark);
      expect(await figure('M-05b', row)).toMatchObject({ numerator: 1, denominator: 1, imported: 1 });
    }
  });

  it('without any date are excluded', async () => {
    const undated = new WorkOrderStory('a').received('2026-04-29').dispatched('2026-04-30', { by: null });
    expect(await count('M-05b', undated)).toBe('0/0 X-NO-DUE=1');
    expect(await dayOf('M-05b', undated.replied('2026-05-08'))).toBe('2026-04-30');
    const alone = dispatched().returned('2026-05-07');
    const nobody = new WorkOrderStory('a').received('2026-04-29').dispatched('2026-04-30', { from: '370302' });
    expect(await count('M-05b', alone)).toBe('0/1');
    expect(await count('M-05b', nobody.returned('2026-05-07'))).toBe('0/0 X-RET=1');
  });
});

describe('The law behind a figure', () => {
  const story = new ComplaintStory('a').received('2026-03-04');

  it('is that of clocks that can end in its window', async () => {
    const rules = async (from: string, to: string, metric = 'M-03') => {
      const { rules: names, calendar } = await figure(metric, story, { from, to });
      return { names: names.map((name) => name.split('@')[0]), calendar };
    };
    expect(await rules('2026-03-01', '2026-04-01')).toEqual({
      names: ['L-01/SC-778', 'L-02b/SC-778'],
      calendar: 'CN-2025.1+CN-2026.1',
    });
    expect(await rules('2026-04-01', '2026-05-01', 'M-03b')).toEqual({
      names: ['L-01/SC-778', 'L-01/SAMR-121'],
      calendar: 'CN-2026.1',
    });
    expect(await rules('2026-07-01', '2026-08-01')).toEqual({
      names: ['L-01/SAMR-121', 'L-02c/SAMR-121'],
      calendar: 'CN-2026.1',
    });
    expect((await rules('2026-06-01', '2026-07-01')).names).toContain('L-02b/SC-778');
  });

  it('is that of the place where it differs from place to place', async () => {
    const hotline = async (region?: string) => (await figure('M-05b', story, { region, from: '2026-03-01' })).rules;
    expect((await hotline('370302')).map((name) => name.split('/')[0])).toEqual(['L-32.handling', 'L-32.return']);
    expect(await hotline('370000')).toEqual(await hotline('370302'));
    expect(await hotline()).toEqual(await hotline('370302'));
    expect(await hotline('330602')).toEqual([]);
    expect(await figure('M-05b', story, { region: '330602' })).toMatchObject({ rules: [], calendar: null });
  });

  it('is none of a window in which no day counts, and of a formula without rules', async () => {
    expect(await figure('M-03', story, { from: '2026-06-01', to: '2026-06-01' })).toMatchObject({ rules: [] });
    expect(await figure('M-03', story, { on: '2026-03-05', from: '2026-06-01' })).toMatchObject({ calendar: null });
    expect(await figure('M-01', story)).toMatchObject({ rules: [], calendar: null });
  });

  it('is told of any window, however long', async () => {
    const { rules, calendar } = await figure('M-03', story, { from: '1000-01-01', to: '9999-01-01' });
    expect(rules).toHaveLength(7);
    expect(calendar).toMatch(/^CN-2007\.\d\+.*\+CN-2026\.1$/);
  });

  it('stands with each part of a figure', async () => {
    const parts = await engineOver([story]).figures({ metric: 'M-03', ...YEAR, groupBy: 'region' });
    expect(parts).toMatchObject([{ group: { key: '370302' }, calendar: 'CN-2025.1+CN-2026.1' }]);
  });
});

describe('A work order that is shown another route', () => {
  it('is excluded with that reason, before and after its due day', async () => {
    const dispatched = () => new WorkOrderStory('a').received('2026-03-02').dispatched('2026-03-03');
    for (const metric of ['M-05', 'M-05b']) {
      expect(await count(metric, dispatched().redirected('2026-03-04'))).toBe('0/0 X-CONS=1');
      expect(await count(metric, dispatched().redirected('2026-04-04'))).toBe('0/0 X-CONS=1');
      expect(await dayOf(metric, dispatched().redirected('2026-03-04'))).toBe('2026-03-10');
    }
    const never = new WorkOrderStory('a').received('2026-03-02').redirected('2026-03-03');
    expect(await count('M-05', never)).toBe('0/0');
  });
});

describe('A work order that is reopened', () => {
  const replied = () => new WorkOrderStory('a').received('2026-03-02').dispatched('2026-03-03').replied('2026-03-05');

  it('has no outcome until it is given again, by its new due date, and had one before', async () => {
    const reopened = replied().reopened('2026-04-13');
    for (const metric of ['M-05', 'M-05b']) {
      expect(await count(metric, reopened)).toBe('0/1');
      expect(await dayOf(metric, reopened)).toBe('2026-04-20');
      expect(await count(metric, reopened, { asOf: { position: 3, instant: moment('2026-12-31') } })).toBe('1/1');
    }
    expect(await count('M-05b', reopened, { on: '2026-04-20' })).toBe('0/0');
    expect(await count('M-05b', replied().reopened('2026-04-13').replied('2026-04-20'))).toBe('1/1');
    expect(await count('M-05b', replied().reopened('2026-04-13').replied('2026-04-21'))).toBe('0/1');
    expect(await count('M-05', replied().reopened('2026-04-13').replied('2026-04-21'))).toBe('1/1');
  });

  it('takes the channel’s new date, and lies with the hotline where no unit had it', async () => {
    const byChannel = replied().reopened('2026-04-13', '370302', '2026-05-06T02:00:00.000Z');
    expect(await dayOf('M-05b', byChannel)).toBe('2026-05-06');
    expect(await count('M-05', replied().reopened('2026-04-13', null))).toBe('0/0');
  });
});

describe('A work order whose content was pushed twice', () => {
  const content = { respondentUscc: '91110000802100433B', sector: '餐饮', handlingRegion: '370303' };
  const imported = () =>
    new WorkOrderStory('a', { handlingRegion: '370302', imported: { batch: 'B', flags: [] } })
      .received('2026-03-02', '2026-03-09T02:00:00.000Z')
      .closed('2026-03-05', { imported: true });

  it('is of the subject, sector and region of the content that a person kept', async () => {
    const kept = imported().conflictResolved('2026-03-20', 'pushed', content);
    expect(await count('M-05', kept, { region: '370303', subject: '91110000802100433B' })).toBe('1/1');
    expect(await count('M-05', kept, { region: '370302' })).toBe('0/0');
    const recorded = imported().conflictResolved('2026-03-20', 'recorded');
    expect(await count('M-05', recorded, { region: '370302' })).toBe('1/1');
  });

  it('stays with the unit it was dispatched to', async () => {
    const dispatched = new WorkOrderStory('a').received('2026-03-02').dispatched('2026-03-03');
    dispatched.conflictResolved('2026-03-04', 'pushed', content);
    expect(await count('M-05', dispatched, { region: '370302', subject: '91110000802100433B' })).toBe('0/1');
  });
});

describe('A report about which two authorities disagreed', () => {
  const received = () => new ReportStory('a').received('2026-05-06');

  it('counts with the one that was found competent, by agreement or designation', async () => {
    const agreed = received().competenceAgreed('2026-05-08', '370303').filed('2026-05-12');
    expect(await count('M-04', agreed, { region: '370303' })).toBe('1/1');
    expect(await count('M-04', agreed, { region: '370302' })).toBe('0/0');
    const designated = received().sentUp('2026-05-08').designated('2026-05-11', '330602');
    expect(await count('M-04', designated, { region: '330602' })).toBe('0/1');
    const asOf = { position: 2, instant: moment('2026-12-31') };
    expect(await count('M-04', designated, { region: '370302', asOf })).toBe('0/1');
  });

  it('stays with the one that let its time run out', async () => {
    const late = received().competenceAgreed('2026-08-03', '370303').filed('2026-08-04');
    expect(await count('M-04', late, { region: '370302' })).toBe('0/1');
    expect(await count('M-04', late, { region: '370303' })).toBe('0/0');
  });
});
