import { describe, expect, it } from '@jest/globals';
import { documentsGiven, recorded } from '#kernel';
import { shippedLaw, timelinessOf } from '#law';
import { CRIMINAL_REFERRAL_CLOCKS, CRIMINAL_REFERRAL_DUTIES } from './clocks.ts';
import { CRIMINAL_REFERRAL_STATUSES, type CriminalReferralStatus } from './criminal-referral.ts';
import { criminalReferralsTable } from './criminal-referral.module.ts';
import * as decide from './decide.ts';
import { criminalReferralSchemas, type RecordedCriminalReferralEvent } from './events.ts';
import { standingAfter, type ReferralStanding } from './standing.ts';
import { idAfter } from './succession.ts';
import {
  appointed,
  at,
  enforcementCase,
  givenReferral,
  HEAD,
  OFFICER,
  papers,
  reading,
  STATE_NAMES,
  STATES,
  Story,
  type StateName,
  type Surroundings,
} from './testing/given-referral.ts';
import { criminalReferralsView } from './views/criminal-referrals.ts';
import { criminalReferralWords } from './words.ts';

const asHead = { actor: HEAD };
/** A moment after every history. */
const LATER = '2026-05-12 10:00';

/** Each command as it may be given. */
const COMMANDS: Readonly<Record<string, readonly [rule: unknown, body: object, more?: Surroundings]>> = {
  'submit-report': [decide.submitReport, { report: 'r1' }],
  approve: [decide.approve, {}, asHead],
  disapprove: [decide.disapprove, { reason: '' }, asHead],
  transfer: [decide.transfer, { police: 'P', ...papers }],
  receipt: [decide.recordReceipt, { police: 'P' }],
  reroute: [decide.recordReroute, { police: 'Q' }],
  filing: [decide.recordFiling, {}],
  declining: [decide.recordDeclining, {}],
  'request-reconsideration': [decide.requestReconsideration, {}],
  reconsideration: [decide.recordReconsideration, { result: 'reversed' }],
  'request-supervision': [decide.requestSupervision, { procuratorate: 'P' }],
  supervision: [decide.recordSupervision, { result: 'not-to-file' }],
  'hand-over': [decide.handOver, { evidence: ['list-1'] }],
};

const WRONG: Readonly<Record<StateName, string>> = {
  'team-appointed': 'REFERRAL_NOT_REPORTED',
  reported: 'REFERRAL_NOT_DECIDED',
  approved: 'CASE_NOT_TRANSFERRED',
  'not-approved': 'REFERRAL_NOT_APPROVED',
  transferred: 'POLICE_HAVE_NOT_SIGNED',
  received: 'POLICE_HAVE_NOT_DECIDED',
  rerouted: 'POLICE_HAVE_NOT_SIGNED',
  declined: 'POLICE_DECLINED',
  reconsideration: 'UNDER_RECONSIDERATION',
  upheld: 'RECONSIDERATION_UPHELD',
  supervision: 'UNDER_SUPERVISION',
  'to-be-filed': 'POLICE_ARE_TO_FILE',
  'not-to-be-filed': 'NOT_TO_BE_FILED',
  filed: 'POLICE_FILED',
  'handed-over': 'MATERIALS_HANDED_OVER',
};

/** In these states, what the command comes to; in any other, the refusal of that state. */
const MATRIX: Readonly<Record<string, Partial<Record<StateName, string>>>> = {
  'submit-report': { 'team-appointed': 'CriminalReferralReportSubmitted' },
  approve: { reported: 'CriminalReferralApproved' },
  disapprove: { reported: 'CriminalReferralNotApproved' },
  transfer: { approved: 'CaseTransferredToPolice' },
  receipt: { transferred: 'PoliceReceiptSigned', rerouted: 'PoliceReceiptSigned' },
  reroute: { received: 'ReroutedToCompetentPolice' },
  filing: { received: 'PoliceFiledCase', 'to-be-filed': 'PoliceFiledCase' },
  declining: { received: 'PoliceDeclinedCase' },
  // On this day their three days are over; see the dates below.
  'request-reconsideration': { declined: 'RIGHT_LAPSED' },
  reconsideration: { reconsideration: 'ReconsiderationDecided' },
  'request-supervision': { declined: 'RIGHT_LAPSED', upheld: 'RIGHT_LAPSED' },
  supervision: { supervision: 'FilingSupervisionConcluded' },
  'hand-over': { filed: 'MaterialsHandedOver' },
};

describe.each(STATE_NAMES)('a referral that is %s', (state) => {
  it('is so', () => {
    expect(STATES[state].state.status).toBe(state satisfies CriminalReferralStatus);
  });

  it.each(Object.keys(MATRIX))('and %s', (name) => {
    const [rule, body, more] = COMMANDS[name]!;
    expect(STATES[state].comesTo(LATER, rule, body, more)).toBe(MATRIX[name]![state] ?? WRONG[state]);
  });

  it('takes no step before the last one, and steps of persons only', () => {
    for (const [name, [rule, body, more]] of Object.entries(COMMANDS)) {
      if (MATRIX[name]![state] === undefined) continue;
      expect(STATES[state].comesTo('2026-04-30 08:59', rule, body, more)).toBe('OCCURRED_BEFORE_PREVIOUS_STEP');
      for (const role of ['process', 'merchant', 'mediator', 'hotline', 'court']) {
        const by = { ...more, actor: { id: 'x', role } };
        expect(STATES[state].comesTo(LATER, rule, body, by)).toBe('HUMAN_DECISION_REQUIRED');
      }
    }
  });
});

it('the states are all that there are', () => {
  expect([...STATE_NAMES].sort()).toEqual([...CRIMINAL_REFERRAL_STATUSES].sort());
});

describe('a team', () => {
  const appoint = (body: object = {}, known: object | undefined = enforcementCase, more: Surroundings = {}) =>
    new Story().decide(
      '2026-04-30 09:00',
      decide.appointTeam,
      { caseId: 'C1', officers: ['A1', 'A2'], ...body },
      { reads: { enforcementCase: known }, ...more },
    );

  it('is of at least two officers, for a case in which a crime is suspected', () => {
    expect(appoint()).toEqual([
      {
        type: 'CriminalReferralTeamAppointed',
        data: { ...enforcementCase.matter, caseId: 'C1', officers: ['A1', 'A2'] },
      },
    ]);
    expect(appoint({ officers: ['A1'] })).toMatchObject({ code: 'TWO_OFFICERS_REQUIRED', field: 'officers' });
    expect(appoint({ officers: ['A1', 'A1'] })).toMatchObject({ code: 'TWO_OFFICERS_REQUIRED' });
    expect(appoint({}, { ...enforcementCase, isSuspectedCriminal: false })).toMatchObject({
      code: 'CRIME_NOT_SUSPECTED',
    });
    expect(appoint({}, { ...enforcementCase, isClosed: true })).toMatchObject({ code: 'CASE_CLOSED' });
    expect(appoint({}, { ...enforcementCase, matter: null })).toMatchObject({ code: 'UNKNOWN_CASE', field: 'caseId' });
    expect(new Story().comesTo('2026-04-30 09:00', decide.appointTeam, { caseId: 'C1', officers: ['A1', 'A2'] })).toBe(
      'UNKNOWN_CASE',
    );
    expect(appoint({}, enforcementCase, { actor: { id: 'p', role: 'process' } })).toMatchObject({
      code: 'HUMAN_DECISION_REQUIRED',
    });
    expect(
      appointed.comesTo(
        LATER,
        decide.appointTeam,
        { caseId: 'C1', officers: ['A1', 'A2'] },
        { reads: { enforcementCase } },
      ),
    ).toBe('REFERRAL_EXISTS');
  });

  it('is appointed once for a case, and again when the referral before came to nothing', () => {
    const row = criminalReferralsTable.commands.find(({ action }) => action === 'appoint-team')!;
    const first = { caseId: 'C1', officers: ['A1', 'A2'] };
    expect(row.id!(first)).toBe(row.id!({ ...first, officers: ['A3', 'A4'] }));
    expect(row.id!({ ...first, afterReferralId: 'X1' })).toBe(idAfter('X1'));
    expect(row.id!({ ...first, caseId: 'C2' })).not.toBe(row.id!(first));
    const after = (before: object | undefined) =>
      new Story().comesTo(
        '2026-04-30 09:00',
        decide.appointTeam,
        { ...first, afterReferralId: 'X1' },
        { reads: { enforcementCase, before } },
      );
    expect(after({ caseId: 'C1', standing: 'without-prosecution' })).toBe('CriminalReferralTeamAppointed');
    for (const standing of ['pending', 'prosecuted'])
      expect(after({ caseId: 'C1', standing })).toBe('REFERRAL_GOES_ON');
    expect(after({ caseId: 'C2', standing: 'without-prosecution' })).toBe('UNKNOWN_REFERRAL');
    expect(after(undefined)).toBe('UNKNOWN_REFERRAL');
  });
});

describe('the head', () => {
  const { reported } = STATES;

  it('has three days from the report, rest days or not (L-31)', () => {
    expect(reported.clock('referral-decision')).toMatchObject({ from: '2026-04-30', due: '2026-05-03' });
    expect(timelinessOf(reported.at('2026-05-03 23:59', decide.approve, {}, asHead).clock('referral-decision')!)).toBe(
      'in-time',
    );
    expect(timelinessOf(reported.at('2026-05-04 00:00', decide.approve, {}, asHead).clock('referral-decision')!)).toBe(
      'late',
    );
  });

  it('is no officer, and says why where it does not approve', () => {
    expect(reported.comesTo(LATER, decide.approve)).toBe('HEAD_REQUIRED');
    expect(reported.comesTo(LATER, decide.disapprove, { reason: '' })).toBe('HEAD_REQUIRED');
    expect(reported.comesTo(LATER, decide.disapprove, { reason: '' }, { ...asHead, persons: {} })).toBe(
      'REASON_REQUIRED',
    );
  });
});

describe('the transfer', () => {
  const { approved } = STATES;

  it('takes 24 hours from the approval, to the moment, over a holiday (T-12)', () => {
    expect(approved.clock('police-transfer')).toMatchObject({
      from: '2026-04-30T08:30:00.000Z',
      due: '2026-05-01T08:30:00.000Z',
      state: 'running',
    });
    const transfer = (when: string) =>
      approved.at(when, decide.transfer, { police: 'P', ...papers }).clock('police-transfer')!;
    expect(timelinessOf(transfer('2026-05-01 16:30'))).toBe('in-time');
    expect(timelinessOf(transfer('2026-05-01 16:31'))).toBe('late');
  });

  it('takes five papers', () => {
    expect(approved.decide(LATER, decide.transfer, { police: 'P', ...papers })).toEqual([
      { type: 'CaseTransferredToPolice', data: { police: 'P', attachments: papers } },
    ]);
  });
});

describe('the police', () => {
  const { received, rerouted, transferred } = STATES;

  it('have three days from their receipt, and 24 hours to send it on', () => {
    expect(received.clock('police-decision')).toMatchObject({ from: '2026-05-01', due: '2026-05-04' });
    expect(received.clock('police-reroute')).toMatchObject({ due: '2026-05-02T03:00:00.000Z', isRight: true });
    expect(received.clock('police-decision')!.isRight).toBe(false);
  });

  it('whom it was sent on to have three days of their own', () => {
    expect(rerouted.clock('police-decision')!.state).toBe('superseded');
    expect(timelinessOf(rerouted.clock('police-reroute')!)).toBe('in-time');
    const again = rerouted.at('2026-05-03 10:00', decide.recordReceipt, { police: 'Keqiao Police' });
    expect(again.clock('police-decision')).toMatchObject({ due: '2026-05-06', state: 'running' });
    const late = received.at('2026-05-02 11:01', decide.recordReroute, { police: 'Q' });
    expect(timelinessOf(late.clock('police-reroute')!)).toBe('late');
  });

  it('are not late in sending on what is their own', () => {
    const filed = received.at('2026-05-04 09:00', decide.recordFiling);
    expect(filed.clock('police-reroute')!.state).toBe('superseded');
    expect(timelinessOf(filed.clock('police-decision')!)).toBe('in-time');
    expect(transferred.clock('police-decision')).toBeUndefined();
  });
});

describe('a notice that the police do not file', () => {
  const { declined, upheld, reconsideration } = STATES;
  const supervise = { procuratorate: 'P' };

  it('may be answered for three days, by reconsideration or supervision', () => {
    expect(declined.clock('reconsideration-request')).toMatchObject({ due: '2026-05-07', isRight: true });
    expect(declined.comesTo('2026-05-07 23:59', decide.requestReconsideration)).toBe('ReconsiderationRequested');
    expect(declined.comesTo('2026-05-08 00:00', decide.requestReconsideration)).toBe('RIGHT_LAPSED');
    const asked = declined.at('2026-05-07 10:00', decide.requestSupervision, supervise);
    expect(asked.clock('reconsideration-request')!.state).toBe('superseded');
  });

  it('is reconsidered in three days, and then supervised when asked in three', () => {
    expect(reconsideration.clock('reconsideration')).toMatchObject({ due: '2026-05-08', isRight: false });
    expect(upheld.clock('supervision-request')).toMatchObject({ due: '2026-05-10', isRight: true });
    expect(upheld.comesTo('2026-05-10 12:00', decide.requestSupervision, supervise)).toBe('FilingSupervisionRequested');
    expect(upheld.comesTo('2026-05-11 00:00', decide.requestSupervision, supervise)).toBe('RIGHT_LAPSED');
  });

  it('is reversed, and the police file', () => {
    const reversed = reconsideration.at('2026-05-07 09:00', decide.recordReconsideration, { result: 'reversed' });
    expect(reversed.state.status).toBe('to-be-filed');
    expect(reversed.clock('supervision-request')).toBeUndefined();
    expect(reversed.comesTo('2026-05-08 09:00', decide.recordFiling)).toBe('PoliceFiledCase');
  });
});

describe('handing over', () => {
  const { filed } = STATES;

  it('takes three days from the notice of filing, with the list of it', () => {
    expect(filed.clock('materials-hand-over')).toMatchObject({ due: '2026-05-07' });
    expect(filed.comesTo(LATER, decide.handOver, { evidence: [] })).toBe('EVIDENCE_REQUIRED');
    expect(
      timelinessOf(filed.at('2026-05-08 09:00', decide.handOver, { evidence: ['l'] }).clock('materials-hand-over')!),
    ).toBe('late');
  });
});

describe('what is entered late', () => {
  const verify = { clock: 'police-transfer', reason: 'paper-record', evidence: ['doc-1'] };

  it('after the 24 hours counts by its entry until a second person has verified it (T-28)', () => {
    const body = { police: 'P', ...papers };
    const late = STATES.approved.at('2026-05-01 10:00', decide.transfer, body, { now: at('2026-05-01 17:00') });
    expect(timelinessOf(late.clock('police-transfer')!)).toBe('backdated');
    expect(late.comesTo(LATER, decide.verifyLateEntry, verify)).toBe('SECOND_PERSON_REQUIRED');
    expect(late.comesTo(LATER, decide.verifyLateEntry, { ...verify, clock: 'x' }, asHead)).toBe('UNKNOWN_CLOCK');
    const seen = late.at(LATER, decide.verifyLateEntry, verify, asHead);
    expect(timelinessOf(seen.clock('police-transfer')!)).toBe('in-time');
    expect(seen.comesTo(LATER, decide.verifyLateEntry, verify, asHead)).toBe('');
    expect(late.comesTo(LATER, decide.verifyLateEntry, verify, { actor: { id: 'x', role: 'process' } })).toBe(
      'HUMAN_DECISION_REQUIRED',
    );
  });

  it('no amended calendar moves, as its days and hours run on', () => {
    expect(STATES.reported.comesTo(LATER, decide.amendDeadline, { clock: 'referral-decision' })).toBe('');
    expect(STATES.reported.comesTo(LATER, decide.amendDeadline, { clock: 'none' })).toBe('');
  });
});

describe('how the case sees it (S11 Art. 11)', () => {
  const EXPECTED: Readonly<Record<StateName, ReferralStanding>> = {
    'team-appointed': 'pending',
    reported: 'pending',
    approved: 'pending',
    'not-approved': 'without-prosecution',
    transferred: 'pending',
    received: 'pending',
    rerouted: 'pending',
    declined: 'without-prosecution',
    reconsideration: 'pending',
    upheld: 'without-prosecution',
    supervision: 'pending',
    'to-be-filed': 'pending',
    'not-to-be-filed': 'without-prosecution',
    filed: 'prosecuted',
    'handed-over': 'prosecuted',
  };

  it.each(STATE_NAMES)('when it is %s', (state) => {
    const events = recorded<RecordedCriminalReferralEvent>(STATES[state].events);
    const standing = events.reduce<ReferralStanding>((before, event) => standingAfter(event) ?? before, 'pending');
    expect(standing).toBe(EXPECTED[state]);
  });
});

describe('the document', () => {
  it.each(STATE_NAMES)('of a referral that is %s has the state and the clocks of the rules', (state) => {
    const story = STATES[state];
    const events = story.events.map((event) => ({ stream: 'crimref-X1', ...event }));
    const doc = documentsGiven(criminalReferralsView, events).get('X1')!;
    expect(doc).toMatchObject({ status: state, caseId: 'C1', officers: ['A1', 'A2'], handlingRegion: '330602' });
    expect(doc.clocks).toEqual(story.state.clocks);
  });
});

it('every clock has its rule, and every duty is one that somebody has', () => {
  const { rules } = shippedLaw();
  for (const rule of Object.values(CRIMINAL_REFERRAL_CLOCKS)) {
    expect(rules.select(rule, { on: '2026-05-01' }).version.period.unit).toMatch(/^(?:hours|days)$/);
  }
  expect(CRIMINAL_REFERRAL_DUTIES).toEqual([
    'referral-decision',
    'police-transfer',
    'police-decision',
    'reconsideration',
    'materials-hand-over',
  ]);
  expect(reading('police-transfer', '2026-04-30 16:30').due).toBe('2026-05-01T08:30:00.000Z');
});

it('every event has words that give nobody away', () => {
  for (const { events } of Object.values(STATES)) {
    for (const { type, data } of events) {
      const { zh, en } = criminalReferralWords[type](data as never);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en + zh).not.toMatch(/reason-1|undefined/);
    }
  }
  expect(Object.keys(criminalReferralWords).sort()).toEqual(Object.keys(criminalReferralSchemas).sort());
});

it('nothing is done to a referral that is not there', () => {
  for (const [rule, body] of [...Object.values(COMMANDS), [decide.amendDeadline, { clock: 'x' }] as const]) {
    givenReferral()
      .when(rule as never, body, { actor: OFFICER })
      .then({ kind: 'notFound', code: 'UNKNOWN_CRIMINAL_REFERRAL' });
  }
});
