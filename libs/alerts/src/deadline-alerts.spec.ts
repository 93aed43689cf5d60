import { describe, expect, it } from '@jest/globals';
import { deadlinesView, shippedReminders } from '#deadlines';
import { documentsGiven, parseInstant, type GivenEvent } from '#kernel';
import { configure, readClock, regulations, ruleBook, shippedLaw } from '#law';
import { shippedAlerts } from './alert-policy.ts';
import { deadlineAlertAt, type DeadlinePolicies } from './deadline-alerts.ts';

const law = {
  ...shippedLaw(),
  rules: configure(
    ruleBook,
    `rules:
  - id: L-36
    versions:
      - { regulation: none, article: '-', from: null, to: null, period: { workingDays: 5 }, source: test }
`,
    'rules.yaml',
    regulations,
  ),
};
const policies: DeadlinePolicies = { alerts: shippedAlerts, reminders: shippedReminders };
const of = (stream: string, type: string, day: string, data: object): GivenEvent =>
  ({ type, stream, occurredAt: `${day}T10:00:00+08:00`, data, authority: 'Yuecheng', region: '330602' }) as GivenEvent;

/** What the one open clock of a stream is an alert of at ten on a day. */
function alertOn(day: string, events: readonly GivenEvent[], more: Partial<DeadlinePolicies> = {}) {
  const docs = [...documentsGiven(deadlinesView, events).values()];
  expect(docs.length).toBeLessThan(2);
  const doc = docs[0];
  if (doc === undefined) return 'closed';
  const now = parseInstant(`${day}T10:00:00+08:00`)!;
  const raised = deadlineAlertAt(doc, now, { ...policies, ...more }, law.calendar);
  return raised === undefined ? undefined : `${raised.kind} ${raised.level}`;
}

describe('a mediation under way', () => {
  // Sixty days from 2026-03-02 end on 05-01, a rest day: 05-06.
  const clocks = [readClock({ clock: 'mediation', rule: 'L-02', from: '2026-03-02' }, law)];
  const accepted = of('complaint-C1', 'ComplaintAccepted', '2026-03-02', { acceptedOn: '2026-03-02', clocks });

  it.each([
    ['2026-04-25', undefined],
    ['2026-04-26', 'termination-due amber'],
    ['2026-04-29', 'termination-due red'],
    ['2026-05-01', 'termination-due due'],
    ['2026-05-06', 'termination-due due'],
    ['2026-05-07', 'termination-due overdue'],
  ])('on %s is %s', (day, expected) => expect(alertOn(day, [accepted])).toBe(expected));

  it('is none when it is concluded, nor of imported history', () => {
    const concluded = of('complaint-C1', 'ComplaintConcluded', '2026-05-06', { result: 'mediated' });
    expect(alertOn('2026-05-07', [accepted, concluded])).toBe('closed');
    const [doc] = documentsGiven(deadlinesView, [accepted]).values();
    const imported = { ...doc!, clock: { ...doc!.clock, isImported: true } };
    expect(deadlineAlertAt(imported, parseInstant('2027-01-01T00:00:00Z')!, policies, law.calendar)).toBeUndefined();
  });

  it('says since when, and by which threshold with which source', () => {
    const [doc] = documentsGiven(deadlinesView, [accepted]).values();
    expect(deadlineAlertAt(doc!, parseInstant('2026-04-27T00:00:00Z')!, policies, law.calendar)).toEqual({
      ...{ kind: 'termination-due', level: 'amber', since: '2026-04-25T16:00:00.000Z' },
      rule: { name: 'reminders', level: 'amber', unit: 'days', count: -5, source: 'trap T-42' },
    });
  });

  it('is an alert when an appraisal stops it for long (T-08), until the appraisal is there', () => {
    const still = [{ ...clocks[0]!, due: null, strict: null }];
    const begun = { appraisal: '1', kind: 'appraisal', clocks: still };
    const stopped = of('complaint-C1', 'AppraisalStarted', '2026-03-10', begun);
    expect(alertOn('2026-04-08', [accepted, stopped])).toBeUndefined();
    expect(alertOn('2026-04-09', [accepted, stopped])).toBe('appraisal-open standstill');
    const done = of('complaint-C1', 'AppraisalCompleted', '2026-04-09', { appraisal: '1', clocks });
    expect(alertOn('2026-04-10', [accepted, stopped, done])).toBeUndefined();
  });
});

it('a hotline ticket is amber one working day before, and overdue on the first working day after (山东 12345)', () => {
  // Due on Friday 2026-03-06: overdue is said on the Monday.
  const clocks = [{ clock: 'handling', rule: 'L-14', due: '2026-03-06', strict: '2026-03-06' }];
  const data = { authority: 'Yuecheng', handlingRegion: '330602', clocks };
  const ticket = of('workOrder-W1', 'WorkOrderDispatched', '2026-02-27', data);
  const days = ['2026-03-04', '2026-03-05', '2026-03-08', '2026-03-09'];
  expect(days.map((day) => alertOn(day, [ticket]))).toEqual([
    undefined,
    'deadline amber',
    'deadline amber',
    'deadline overdue',
  ]);
});

it('the time in which both may apply for confirmation is closing a week before it is over, and is then over', () => {
  const clocks = [readClock({ clock: 'application', rule: 'L-23', from: '2026-03-02' }, law)];
  const opened = of('confirmation-J1', 'ConfirmationWindowOpened', '2026-03-02', { effectiveOn: '2026-03-02', clocks });
  const days = ['2026-03-24', '2026-03-25', '2026-04-01', '2026-04-02'];
  expect(days.map((day) => alertOn(day, [opened]))).toEqual([
    undefined,
    'confirmation-closing closing',
    'confirmation-closing closing',
    undefined,
  ]);
  const off = { ...shippedAlerts, confirmationClosing: { ...shippedAlerts.confirmationClosing, enabled: false } };
  expect(alertOn('2026-04-01', [opened], { alerts: off })).toBeUndefined();
});

it('what should have been published is missing from the day after, until it is published', () => {
  const clocks = [readClock({ clock: 'publication', rule: 'L-36', from: '2026-03-02' }, law)];
  const planned = of('publication-P1', 'ComplaintPublicationPlanned', '2026-03-02', { closedOn: '2026-03-02', clocks });
  expect(alertOn('2026-03-09', [planned])).toBe('deadline red');
  expect(alertOn('2026-03-10', [planned])).toBe('publicity-missing overdue');
  expect(alertOn('2026-03-10', [planned, of('publication-P1', 'ComplaintPublished', '2026-03-10', {})])).toBe('closed');
});

it('an agreement is overdue from the day after it was to be performed', () => {
  const clocks = [{ clock: 'performance', rule: null, due: '2026-03-10', strict: '2026-03-10' }];
  const effective = of('mediation-M1', 'MediationAgreementEffective', '2026-03-02', { respondentUscc: null, clocks });
  expect(alertOn('2026-03-11', [effective])).toBe('performance-overdue overdue');
  expect(alertOn('2026-03-11', [effective, of('mediation-M1', 'AgreementPerformed', '2026-03-11', {})])).toBe('closed');
});
