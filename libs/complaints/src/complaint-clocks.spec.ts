import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { givenOn, addDays, documentsGiven, isRefusal, type DecisionContext, type LocalDate } from '#kernel';
import { timelinessOf, type Law } from '#law';
import type { VerifyComplaintLateEntry } from './commands.ts';
import {
  accept,
  amendDeadline,
  completeAppraisal,
  conclude,
  notifyAcceptanceDecision,
  notifyTermination,
  receive,
  startAppraisal,
  verifyLateEntry,
} from './decide.ts';
import { APPRAISAL_KINDS, type AppraisalKind, type ComplaintEvents } from './events.ts';
import {
  accepted,
  acceptedAt,
  at,
  closed,
  concluded,
  declined,
  givenComplaint,
  law,
  notified,
  notifiedAt,
  onDay,
  reading,
  receipt,
  received,
  receivedAt,
  terminationNotified,
  underMediation,
  underMediationSince,
  withoutClocks,
  type Given,
} from './testing/given-complaint.ts';
import { complaintsView } from './views/complaints.ts';

/** Every state a complaint can be in, by the events that lead there. */
const STATES = {
  none: [],
  received: [received],
  accepted: [received, accepted],
  'under mediation': underMediation,
  'not accepted': [received, declined],
  'not accepted, notified': [received, declined, notified('not-accepted')],
  concluded: [...underMediation, concluded()],
  closed: [...underMediation, concluded(), terminationNotified, closed],
} satisfies Record<string, Given[]>;
type State = keyof typeof STATES;

/** A history, and what a command adds to it. */
function followed(history: readonly Given[], decision: ReturnType<ReturnType<typeof decided>>, day: LocalDate) {
  if (isRefusal(decision)) throw new Error(decision.code);
  return [...history, ...decision.map((event) => ({ ...event, ...onDay(day) }) as Given)];
}
const decided = (history: readonly Given[], by = law) => {
  const start = givenComplaint(history, by);
  return (day: LocalDate, kindOrNumber: AppraisalKind | { appraisal?: string }) =>
    typeof kindOrNumber === 'string'
      ? start.when(startAppraisal, { kind: kindOrNumber }, givenOn(day)).decision
      : start.when(completeAppraisal, kindOrNumber, givenOn(day)).decision;
};
const begun = (history: readonly Given[], day: LocalDate, kind: AppraisalKind = 'appraisal') =>
  followed(history, decided(history)(day, kind), day);
const ended = (history: readonly Given[], day: LocalDate, appraisal?: string) =>
  followed(history, decided(history)(day, appraisal === undefined ? {} : { appraisal }), day);
const clocksOf = (history: readonly Given[]) => {
  const { state } = givenComplaint(history);
  return state.status === 'none' ? {} : state.clocks;
};

const MEDIATION = { clock: 'mediation', rule: 'L-02c/SAMR-121@2025-12-30:23(1)(5)', calendar: 'CN-2026.1' };

describe('an appraisal', () => {
  const history = underMediationSince('2026-05-04');

  it('stops the mediation from its first to its last day', () => {
    expect(clocksOf(history)['mediation']).toMatchObject({ state: 'running', due: '2026-07-03' });
    givenComplaint(history)
      .when(startAppraisal, { kind: 'testing' }, onDay('2026-05-06'))
      .then([
        {
          type: 'AppraisalStarted',
          data: { appraisal: '1', kind: 'testing', clocks: [{ ...MEDIATION, due: null }] },
        },
      ]);
    givenComplaint(begun(history, '2026-05-06', 'testing'))
      .when(completeAppraisal, {}, onDay('2026-05-15'))
      .then([{ type: 'AppraisalCompleted', data: { appraisal: '1', clocks: [{ ...MEDIATION, due: '2026-07-13' }] } }]);
  });

  it('of one day takes one day, whatever the hour', () => {
    const standing = begun(history, '2026-05-06');
    expect(clocksOf(standing)['mediation']).toMatchObject({ state: 'suspended', promised: '2026-07-03' });
    expect(clocksOf(ended(standing, '2026-05-06'))['mediation']?.due).toBe('2026-07-04');
  });

  it('goes by legal days: one that begins at midnight in Shanghai takes the day that begins', () => {
    const start = givenComplaint(history);
    const from = (iso: string) => {
      const decision = start.when(startAppraisal, { kind: 'testing' }, at(iso)).decision;
      if (isRefusal(decision)) throw new Error(decision.code);
      const standing = [...history, { ...decision[0], ...at(iso) } as Given];
      return clocksOf(standing)['mediation']?.suspensions[0]?.from;
    };
    expect([from('2026-05-06T15:59:59Z'), from('2026-05-06T16:00:00Z')]).toEqual(['2026-05-06', '2026-05-07']);
  });

  it('may go on beside another: the clock runs on after the last of them, and shared days count once', () => {
    const two = begun(begun(history, '2026-05-06'), '2026-05-10', 'testing');
    givenComplaint(two)
      .when(completeAppraisal, { appraisal: '1' }, onDay('2026-05-15'))
      .then([{ type: 'AppraisalCompleted', data: { appraisal: '1', clocks: [{ ...MEDIATION, due: null }] } }]);
    givenComplaint(ended(two, '2026-05-15', '1'))
      .when(completeAppraisal, {}, onDay('2026-05-20'))
      .then([{ type: 'AppraisalCompleted', data: { appraisal: '2', clocks: [{ ...MEDIATION, due: '2026-07-18' }] } }]);
    const inside = ended(ended(two, '2026-05-12', '2'), '2026-05-15', '1');
    expect(clocksOf(inside)['mediation']?.due).toBe('2026-07-13');
  });

  it('may follow another, under the next number', () => {
    const twice = ended(begun(ended(begun(history, '2026-05-06'), '2026-05-08'), '2026-05-08'), '2026-05-09', '2');
    expect(clocksOf(twice)['mediation']).toMatchObject({ state: 'running', due: '2026-07-07' });
    expect(clocksOf(twice)['mediation']?.suspensions.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('that begins after the end of the mediation stops nothing any more', () => {
    const late = begun(history, '2026-07-04');
    expect(clocksOf(late)['mediation']).toMatchObject({ state: 'running', due: '2026-07-03' });
  });

  it('is taken off the calendar of working days under the old rule', () => {
    const old = underMediationSince('2024-06-28');
    expect(clocksOf(old)['mediation']?.due).toBe('2024-08-30');
    // Monday to Sunday: five working days.
    expect(clocksOf(ended(begun(old, '2024-07-01', 'inspection'), '2024-07-07'))['mediation']?.due).toBe('2024-09-06');
  });

  it.each<[LocalDate, readonly AppraisalKind[]]>([
    ['2024-06-30', ['appraisal', 'testing', 'inspection', 'verification']],
    ['2024-07-01', ['appraisal', 'testing']],
    ['2026-04-14', ['appraisal', 'testing']],
    ['2026-04-15', ['appraisal', 'testing']],
  ])('of a complaint accepted on %s is one of %j', (acceptedOn, kinds) => {
    const start = givenComplaint(underMediationSince(acceptedOn));
    for (const kind of APPRAISAL_KINDS) {
      const outcome = start.when(startAppraisal, { kind }, onDay(addDays(acceptedOn, 9)));
      if (kinds.includes(kind)) expect(isRefusal(outcome.decision)).toBe(false);
      else outcome.then({ kind: 'conflict', code: 'SUSPENSION_NOT_ALLOWED', field: 'kind' });
    }
  });

  it('of a complaint older than its clocks is refused, and so is one whose limit cannot be told', () => {
    givenComplaint(withoutClocks(history))
      .when(startAppraisal, { kind: 'testing' }, onDay('2026-05-06'))
      .then({ kind: 'conflict', code: 'CLOCK_NOT_KEPT' });
    const before = underMediationSince('2019-12-31');
    expect(clocksOf(before)['mediation']?.undetermined).toBe('RULE_NOT_IN_FORCE');
    givenComplaint(before)
      .when(startAppraisal, { kind: 'testing' }, onDay('2020-01-02'))
      .then({ kind: 'conflict', code: 'SUSPENSION_NOT_ALLOWED', field: 'kind' });
  });

  it('does not begin or end before the step before it', () => {
    const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    givenComplaint(history).when(startAppraisal, { kind: 'testing' }, onDay('2026-05-03')).then(refusal);
    givenComplaint(begun(history, '2026-05-06')).when(completeAppraisal, {}, onDay('2026-05-05')).then(refusal);
  });

  it('is completed by its number, which must be told where several go on', () => {
    const none = { kind: 'conflict', code: 'NO_APPRAISAL_OPEN' } as const;
    const unknown = { kind: 'invalid', code: 'UNKNOWN_APPRAISAL', field: 'appraisal' } as const;
    const complete = (events: readonly Given[], command: { appraisal?: string }) =>
      givenComplaint(events).when(completeAppraisal, command, onDay('2026-05-20'));
    complete(history, {}).then(none);
    complete(history, { appraisal: '1' }).then(none);
    const one = begun(history, '2026-05-06');
    complete(one, { appraisal: '2' }).then(unknown);
    const two = begun(one, '2026-05-10');
    complete(two, {}).then({ kind: 'invalid', code: 'APPRAISAL_REQUIRED', field: 'appraisal' });
    complete(two, { appraisal: '3' }).then(unknown);
    const left = ended(two, '2026-05-15', '1');
    complete(left, { appraisal: '1' }).then(unknown);
    complete(ended(left, '2026-05-16'), {}).then(none);
  });

  it('that is entered only after the date leaves the date as it was (T-28)', () => {
    const due = clocksOf(history)['mediation']?.due;
    expect(due).toBe('2026-07-03');
    const late = { ...onDay('2026-05-06'), now: onDay('2026-07-04').occurredAt };
    const begin = givenComplaint(history).when(startAppraisal, { kind: 'appraisal' }, late);
    begin.then([
      { type: 'AppraisalStarted', data: { appraisal: '1', kind: 'appraisal', clocks: [{ ...MEDIATION, due: due! }] } },
    ]);
    const entered = (begin.decision as readonly object[]).map((event) => {
      return { ...event, occurredAt: late.occurredAt, recordedAt: late.now } as Given;
    });
    const standing = [...history, ...entered];
    expect(clocksOf(standing)['mediation']).toMatchObject({ state: 'running', due });
    expect(clocksOf(ended(standing, '2026-07-10'))['mediation']).toMatchObject({ state: 'running', due });
  });

  it('takes nothing from the clock of acceptance (T-08)', () => {
    const { occurredAt } = onDay('2026-05-04');
    const untold = begun([receivedAt(occurredAt), acceptedAt(occurredAt)], '2026-05-06');
    expect(clocksOf(untold)['acceptance']).toMatchObject({ state: 'running', due: '2026-05-13', suspensions: [] });
  });

  it.each<[State, object]>([
    ['none', { kind: 'notFound', code: 'UNKNOWN_COMPLAINT' }],
    ['received', { kind: 'conflict', code: 'NOT_YET_ACCEPTED' }],
    ['not accepted', { kind: 'conflict', code: 'ALREADY_DECLINED' }],
    ['not accepted, notified', { kind: 'conflict', code: 'ALREADY_DECLINED' }],
    ['concluded', { kind: 'conflict', code: 'ALREADY_CONCLUDED' }],
    ['closed', { kind: 'conflict', code: 'COMPLAINT_CLOSED' }],
  ])('neither begins nor ends in the state: %s', (state, refusal) => {
    const start = givenComplaint(STATES[state]);
    start.when(startAppraisal, { kind: 'testing' }).then(refusal as never);
    start.when(completeAppraisal, {}).then(refusal as never);
  });
  it.each<State>(['accepted', 'under mediation'])('begins and ends in the state: %s', (state) => {
    const standing = begun(STATES[state], '2026-01-05');
    expect(clocksOf(standing)['mediation']?.state).toBe('suspended');
    expect(clocksOf(ended(standing, '2026-01-06'))['mediation']).toMatchObject({ state: 'running', due: '2026-02-04' });
  });

  it('is shown, as long as it goes on and after', () => {
    const shown = (events: readonly Given[]) =>
      documentsGiven(
        complaintsView,
        events.map((event) => ({ ...event, stream: 'complaint-C1' })),
      ).get('C1')!;
    const standing = begun(history, '2026-05-06', 'testing');
    const entry = { appraisal: '1', kind: 'testing', startedAt: '2026-05-06T02:00:00.000Z' };
    expect(shown(standing)).toMatchObject({
      status: 'accepted',
      appraisals: [{ ...entry, completedAt: null }],
      clocks: { mediation: { state: 'suspended', due: null } },
    });
    const over = ended(begun(standing, '2026-05-07'), '2026-05-08', '1');
    expect(shown(over).appraisals.map(({ completedAt }) => completedAt)).toEqual(['2026-05-08T02:00:00.000Z', null]);
    expect(shown(over).clocks).toEqual(clocksOf(over));
  });
});

describe('termination for time, ground 23(1)(5)', () => {
  const command = { result: 'terminated', ground: '23(1)(5)' } as const;
  const early = { kind: 'conflict', code: 'MEDIATION_LIMIT_NOT_REACHED', field: 'ground' } as const;
  const isAllowed = (events: readonly Given[], day: LocalDate) =>
    !isRefusal(givenComplaint(events).when(conclude, command, onDay(day)).decision);

  it.each<[acceptedOn: LocalDate, due: LocalDate, why: string]>([
    ['2024-06-28', '2024-08-30', '45 working days, three days after the sixtieth'],
    ['2024-06-30', '2024-08-30', '45 working days on their last day'],
    ['2024-07-01', '2024-08-30', '60 days on their first day; 45 working days would end on 2 September'],
    ['2026-04-14', '2026-06-15', '60 days that roll off a plain Saturday under the regulation'],
    ['2026-04-15', '2026-06-14', '60 days to a plain Sunday under Order 121'],
    ['2026-08-07', '2026-10-08', '60 days that roll off National Day'],
  ])('of a complaint accepted on %s is allowed from %s on: %s', (acceptedOn, due) => {
    for (const history of [underMediationSince(acceptedOn), withoutClocks(underMediationSince(acceptedOn))]) {
      const start = givenComplaint(history);
      start.when(conclude, command, at(`${addDays(due, -1)}T23:59:59.999+08:00`)).then(early);
      expect(isRefusal(start.when(conclude, command, at(`${due}T00:00:00+08:00`)).decision)).toBe(false);
      expect(isAllowed(history, addDays(due, 400))).toBe(true);
    }
  });

  it('waits for the end of an appraisal, and for the days it took', () => {
    const standing = begun(underMediationSince('2026-05-04'), '2026-05-06');
    givenComplaint(standing).when(conclude, command, onDay('2026-07-03')).then(early);
    givenComplaint(standing).when(conclude, command, onDay('2028-07-03')).then(early);
    const over = ended(standing, '2026-05-15');
    expect(['2026-07-03', '2026-07-12', '2026-07-13'].map((day) => isAllowed(over, day))).toEqual([false, false, true]);
    expect(isAllowed(ended(standing, '2027-05-05'), '2027-05-05')).toBe(false);
  });

  it('waits for the last of several', () => {
    const two = begun(begun(underMediationSince('2026-05-04'), '2026-05-06'), '2026-05-10');
    expect(isAllowed(ended(two, '2026-05-15', '1'), '2026-08-31')).toBe(false);
    const over = ended(ended(two, '2026-05-15', '1'), '2026-05-20', '2');
    expect(['2026-07-17', '2026-07-18'].map((day) => isAllowed(over, day))).toEqual([false, true]);
  });

  it('does not wait for an appraisal that began after the limit', () => {
    expect(isAllowed(begun(underMediationSince('2026-05-04'), '2026-07-04'), '2026-07-05')).toBe(true);
  });

  it('is not open where no limit can be told; other grounds are', () => {
    const before = givenComplaint(underMediationSince('2019-12-31'));
    before.when(conclude, command, onDay('2020-12-31')).then(early);
    const other = before.when(conclude, { result: 'terminated', ground: '23(1)(2)' }, onDay('2020-12-31'));
    expect(isRefusal(other.decision)).toBe(false);
  });

  it('goes by the calendar as it was amended', () => {
    const guess: Law = { ...law, calendar: mainlandCalendar({ asKnownOn: '2025-11-03', provisional: true }) };
    // The sixtieth day is 2026-02-20: a plain Friday by the guess, Spring Festival by the notice.
    const history = underMediationSince('2025-12-22', guess);
    expect(isAllowed(history, '2026-02-20')).toBe(true);
    const amended = givenComplaint(history).when(amendDeadline, { clock: 'mediation' }, onDay('2026-01-05')).decision;
    const known = followed(history, amended, '2026-01-05');
    expect(['2026-02-20', '2026-02-23', '2026-02-24'].map((day) => isAllowed(known, day))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('a complaint under way when the law changes', () => {
  it('keeps the limit of its acceptance; each step from then on is judged by the rule of its own day', () => {
    const history: Given[] = [];
    const versions: (string | undefined)[] = [];
    const take = (decision: ReturnType<ReturnType<typeof decided>>, day: LocalDate) => {
      if (isRefusal(decision)) throw new Error(decision.code);
      versions.push(...decision.map((event) => event.ruleVersion).filter((version) => version !== undefined));
      history.push(...decision.map((event) => ({ ...event, ...onDay(day) }) as Given));
    };
    const persons = { complainant: { personId: 'person-1', tokens: {} } };
    const dispute = { respondentUscc: null, respondentRegion: '330603', mergedInto: null };
    const command = {
      ...{ disputeId: receipt.disputeId, authority: '', handlingRegion: '330602', complainantName: '' },
      ...{ complainantPhone: '', complainantAddress: '', respondentName: '', content: '' },
    };
    const reads = { dispute, negotiation: undefined };
    take(givenComplaint().when(receive, command, { ...onDay('2026-04-10'), persons, reads }).decision, '2026-04-10');
    take(givenComplaint(history).when(accept, {}, onDay('2026-04-14')).decision, '2026-04-14');
    const told = givenComplaint(history).when(notifyAcceptanceDecision, { channel: 'sms' }, onDay('2026-04-15'));
    take(told.decision, '2026-04-15');
    const ending = { result: 'terminated', ground: '23(1)(5)' } as const;
    take(givenComplaint(history).when(conclude, ending, onDay('2026-06-15')).decision, '2026-06-15');
    take(
      givenComplaint(history).when(notifyTermination, { channel: 'sms' }, onDay('2026-06-25')).decision,
      '2026-06-25',
    );
    expect(versions).toEqual([
      'L-01/SC-778@2024-07-01:46(2)',
      'L-02b/SC-778@2024-07-01:46(3)',
      'L-03/SAMR-121@2025-12-30:23(2)',
    ]);
    expect(Object.values(clocksOf(history)).map(({ clock, due }) => [clock, due])).toEqual([
      ['acceptance', '2026-04-21'],
      ['mediation', '2026-06-15'],
      // Dragon Boat Festival on the 19th.
      ['termination-notice', '2026-06-25'],
    ]);
    expect(Object.values(clocksOf(history)).map(timelinessOf)).toEqual(['in-time', 'in-time', 'in-time']);
  });

  it('is told of its termination by the order of the day of termination', () => {
    const ruleOn = (day: LocalDate) => reading('termination-notice', day).rule;
    expect(['2026-04-14', '2026-04-15'].map(ruleOn)).toEqual([
      'L-03/SAMR-20@2022-03-24:21(2)',
      'L-03/SAMR-121@2025-12-30:23(2)',
    ]);
  });
});

describe('the clocks of a complaint', () => {
  const open = (events: readonly Given[]) =>
    Object.values(clocksOf(events))
      .filter(({ completion }) => completion === null)
      .map(({ clock }) => clock);

  it.each<[State, readonly string[]]>([
    ['received', ['acceptance']],
    ['accepted', ['acceptance', 'mediation']],
    ['under mediation', ['mediation']],
    ['not accepted', ['acceptance']],
    ['not accepted, notified', []],
    ['concluded', ['termination-notice']],
    ['closed', []],
  ])('that are open in the state: %s', (state, clocks) => expect(open(STATES[state])).toEqual(clocks));

  it('of acceptance is met by the notice, not by the decision (S1 Art. 15)', () => {
    const decidedInTime = [receivedAt(onDay('2026-05-06').occurredAt), acceptedAt(onDay('2026-05-07').occurredAt)];
    const timeliness = (day: LocalDate) =>
      timelinessOf(clocksOf([...decidedInTime, notifiedAt(onDay(day).occurredAt)])['acceptance']!);
    expect(['2026-05-14', '2026-05-15'].map(timeliness)).toEqual(['in-time', 'late']);
  });

  it('come to nothing when the complaint is withdrawn before they are met', () => {
    const withdrawn = (history: readonly Given[]) => {
      const decision = givenComplaint(history).when(conclude, { result: 'withdrawn' }, onDay('2026-03-04')).decision;
      return Object.values(clocksOf(followed(history, decision, '2026-03-04'))).map(({ clock, state }) => [
        clock,
        state,
      ]);
    };
    expect(withdrawn(STATES.received)).toEqual([['acceptance', 'superseded']]);
    expect(withdrawn(STATES.accepted)).toEqual([
      ['acceptance', 'superseded'],
      ['mediation', 'completed'],
    ]);
  });

  it('of mediation is met by an agreement during an appraisal', () => {
    const standing = begun(underMediationSince('2026-05-04'), '2026-05-06');
    const decision = givenComplaint(standing).when(conclude, { result: 'mediated' }, onDay('2026-09-01')).decision;
    const mediation = clocksOf(followed(standing, decision, '2026-09-01'))['mediation']!;
    expect([mediation.state, timelinessOf(mediation)]).toEqual(['completed', 'in-time']);
  });
});

describe('a late entry', () => {
  const [RECEIVED, DUE] = ['2026-05-06', '2026-05-14'];
  const start = [receivedAt(onDay(RECEIVED).occurredAt), acceptedAt(onDay('2026-05-07').occurredAt)];
  const toldOn = (day: LocalDate, recordedOn: LocalDate): Given => ({
    ...(notifiedAt(onDay(day).occurredAt) as Extract<Given, { type: 'AcceptanceDecisionNotified' }>),
    recordedAt: onDay(recordedOn).occurredAt,
    actor: { id: 'key-1', role: 'officer' },
  });
  const backdated = [...start, toldOn('2026-05-12', '2026-05-20')];
  const command: VerifyComplaintLateEntry = {
    clock: 'acceptance',
    reason: 'paper-record',
    evidence: ['scan-1', 'scan-2'],
  };
  const by = (id: string, role = 'officer'): Partial<DecisionContext> => ({ actor: { id, role } });
  const verified: Given = {
    type: 'ComplaintLateEntryVerified',
    occurredAt: '2026-05-21T02:00:00Z',
    data: command,
    actor: { id: 'key-2', role: 'officer' },
  };
  const conclusion: ComplaintEvents['ComplaintConcluded'] = {
    ...{ result: 'mediated', ground: null, disqualification: null, evidence: [], recoveredFen: null },
  };
  const closedAfter = (history: readonly Given[], recordedAt = onDay('2026-05-30').occurredAt): Given[] => [
    ...history,
    { type: 'ComplaintConcluded', ...onDay('2026-05-30'), recordedAt, data: conclusion },
    { type: 'ComplaintClosed', ...onDay('2026-05-30'), recordedAt, data: {} },
  ];

  it('is verified by a second person, and counts as done when it says from then on (T-28)', () => {
    expect(clocksOf(backdated)['acceptance']?.due).toBe(DUE);
    expect(timelinessOf(clocksOf(backdated)['acceptance']!)).toBe('backdated');
    givenComplaint(backdated)
      .when(verifyLateEntry, command, by('key-2'))
      .then([{ type: 'ComplaintLateEntryVerified', data: { ...command } }]);
    expect(timelinessOf(clocksOf([...backdated, verified])['acceptance']!)).toBe('in-time');
  });

  it('is not verified by the one who entered it', () => {
    givenComplaint(backdated)
      .when(verifyLateEntry, command, by('key-1'))
      .then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
  });

  it('is verified by a person of the authority', () => {
    for (const role of ['process', 'hotline', 'mediator', 'merchant']) {
      givenComplaint(backdated)
        .when(verifyLateEntry, command, by('key-2', role))
        .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    }
    const decision = givenComplaint(backdated).when(verifyLateEntry, command, by('key-2', 'administrator')).decision;
    expect(isRefusal(decision)).toBe(false);
  });

  it('is verified once: again is silence, whoever asks', () => {
    for (const id of ['key-1', 'key-2', 'key-3']) {
      givenComplaint([...backdated, verified])
        .when(verifyLateEntry, command, by(id))
        .then([]);
    }
  });

  it.each([
    ['recorded on the last day', [...start, toldOn('2026-05-12', DUE)]],
    ['late by its own word', [...start, toldOn('2026-05-15', '2026-05-20')]],
    ['not there yet', start],
    ['of a clock that came to nothing', closedAfter(start)],
  ])('is none that is %s', (_, history) => {
    givenComplaint(history)
      .when(verifyLateEntry, command, by('key-2'))
      .then({ kind: 'conflict', code: 'NOT_BACKDATED', field: 'clock' });
  });

  it.each(['termination-notice', 'acceptances', 'constructor'])('needs a clock that is there, not %s', (clock) => {
    givenComplaint(backdated)
      .when(verifyLateEntry, { ...command, clock }, by('key-2'))
      .then({ kind: 'invalid', code: 'UNKNOWN_CLOCK', field: 'clock' });
  });

  it('of a complaint that is closed or declined can be verified too, as of when it happened', () => {
    const refused: Given[] = [
      start[0]!,
      { ...(declined as Extract<Given, { type: 'ComplaintNotAccepted' }>), occurredAt: onDay('2026-05-07').occurredAt },
      toldOn('2026-05-12', '2026-05-20'),
    ];
    for (const history of [closedAfter(backdated), refused]) {
      givenComplaint(history)
        .when(verifyLateEntry, command, { ...by('key-2'), occurredAt: onDay('2026-05-01').occurredAt })
        .then([{ type: 'ComplaintLateEntryVerified', data: { ...command } }]);
    }
  });

  it('may be one of each clock', () => {
    const late = closedAfter(backdated, onDay('2026-08-01').occurredAt);
    givenComplaint([...late, verified])
      .when(verifyLateEntry, { ...command, clock: 'mediation' }, by('key-2'))
      .then([{ type: 'ComplaintLateEntryVerified', data: { ...command, clock: 'mediation' } }]);
  });

  it('is no step of the procedure: what comes next may have happened before', () => {
    const decision = givenComplaint([...backdated, verified]).when(
      conclude,
      { result: 'mediated' },
      onDay('2026-05-13'),
    ).decision;
    expect(isRefusal(decision)).toBe(false);
  });

  it('of no complaint is refused', () => {
    givenComplaint().when(verifyLateEntry, command, by('key-2')).then({ kind: 'notFound', code: 'UNKNOWN_COMPLAINT' });
  });
});

describe('an amended calendar', () => {
  const before: Law = { ...law, calendar: mainlandCalendar({ version: 'CN-2020.1' }) };
  const [receipts, acceptances] = [onDay('2020-01-20').occurredAt, onDay('2020-01-21').occurredAt];
  const waiting = [receivedAt(receipts, {}, before), acceptedAt(acceptances, before)];
  const process = { actor: { id: 'process', role: 'process' } } as const;
  const amend = (history: readonly Given[], clock: string) =>
    givenComplaint(history).when(amendDeadline, { clock }, { ...process, ...onDay('2020-01-27') });

  it('moves a deadline that was promised before, which stays on record (Spring Festival of 2020)', () => {
    const rule = 'L-01/SAMR-20@2022-03-24:14';
    const amended = { clock: 'acceptance', rule, calendar: 'CN-2020.2', due: '2020-02-06' };
    expect(clocksOf(waiting)['acceptance']).toMatchObject({ due: '2020-02-04', promised: '2020-02-04' });
    amend(waiting, 'acceptance').then([{ type: 'ComplaintDeadlineAmended', ruleVersion: rule, data: amended }]);
    const history: Given[] = [
      ...waiting,
      { type: 'ComplaintDeadlineAmended', occurredAt: onDay('2020-01-27').occurredAt, data: amended },
    ];
    expect(clocksOf(history)['acceptance']).toMatchObject({ due: '2020-02-06', promised: '2020-02-04' });
    amend(history, 'acceptance').then([]);
    // The notice of the holiday is no step of the procedure.
    const told = givenComplaint(history).when(notifyAcceptanceDecision, { channel: 'sms' }, onDay('2020-01-22'));
    expect(isRefusal(told.decision)).toBe(false);
    const onTheNewDay = [...history, notifiedAt(onDay('2020-02-06').occurredAt)];
    expect(timelinessOf(clocksOf(onTheNewDay)['acceptance']!)).toBe('in-time');
  });

  it('moves each clock by itself', () => {
    expect(clocksOf(waiting)['mediation']?.due).toBe('2020-03-30');
    const rule = 'L-02a/SAMR-20@2022-03-24:21(5)';
    const data = { clock: 'mediation', rule, calendar: 'CN-2020.2', due: '2020-04-01' };
    amend(waiting, 'mediation').then([{ type: 'ComplaintDeadlineAmended', ruleVersion: rule, data }]);
  });

  it('is silence for a clock that is not there, has stopped, or reads the same', () => {
    amend(waiting, 'termination-notice').then([]);
    amend(waiting, 'constructor').then([]);
    amend([...waiting, notifiedAt(onDay('2020-01-22').occurredAt)], 'acceptance').then([]);
    const later = receivedAt(onDay('2020-03-02').occurredAt, {}, before);
    amend([later], 'acceptance').then([]);
    amend(withoutClocks(waiting), 'acceptance').then([]);
    for (const state of Object.keys(STATES) as State[])
      if (state !== 'none') amend(STATES[state], 'mediation').then([]);
  });

  it('leaves a clock standing that stands still', () => {
    const standing = begun(waiting, '2020-01-22');
    amend(standing, 'mediation').then([]);
    expect(clocksOf(ended(standing, '2020-01-22'))['mediation']?.due).toBe('2020-04-02');
  });

  it('of no complaint is refused', () => {
    amend([], 'acceptance').then({ kind: 'notFound', code: 'UNKNOWN_COMPLAINT' });
  });
});
