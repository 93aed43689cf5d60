import { describe, expect, it } from '@jest/globals';
import { documentsGiven, isRefusal, objectId, type DecisionContext } from '#kernel';
import { mainlandCalendar } from '#calendar';
import type { Law } from '#law';
import type { AssignFromCourt } from './commands.ts';
import { barsComplaint } from './court-filing.ts';
import { referralsTable } from './court-referral.module.ts';
import {
  assign,
  confirm,
  consentToMediation,
  contact,
  designate,
  linkDispute,
  refuseCourtAssignment,
} from './decide-assignment.ts';
import { amendDeadline, verifyLateEntry } from './decide-clocks.ts';
import {
  agree,
  completeAppraisal,
  expire,
  extend,
  fail,
  reportSham,
  returnCase,
  reviewSham,
  startAppraisal,
} from './decide-incoming.ts';
import type { ReferralEvent } from './events.ts';
import { evolveBody, unreadBody, type AssignReads, type BodyRead } from './reads.ts';
import {
  as,
  assigned,
  assignment,
  BODY,
  CASE_NO,
  confirmed,
  consented,
  COURT,
  DISPUTE,
  event,
  filedSuit,
  givenReferral,
  inMediation,
  law,
  mediationReading,
  offered,
  onDay,
  OTHER_BODY,
  reading,
  reason,
  USCC,
  type Given,
} from './testing/given-referral.ts';
import { referralsView } from './views/court-referrals.ts';

const BOTH: ('consumer' | 'merchant')[] = ['consumer', 'merchant'];
const EVIDENCE = ['doc-1'];

describe('a court assigns', () => {
  const command: AssignFromCourt = {
    court: COURT,
    courtCaseNo: CASE_NO,
    kind: 'pre-filing',
    handlingRegion: '330602',
    bodyId: BODY,
    consents: BOTH,
  };
  const reads: AssignReads = { dispute: undefined, body: unreadBody };
  const assignWith = (
    more: Partial<AssignFromCourt> = {},
    read: Partial<AssignReads> = {},
    context: Partial<DecisionContext> = {},
    events: readonly Given[] = [],
  ) =>
    givenReferral(events).when(assign, { ...command, ...more }, {
      ...onDay('2026-03-02'),
      ...as('court'),
      ...context,
      reads: { ...reads, ...read },
    } as Partial<DecisionContext<AssignReads>>);
  const event_ = (more: Partial<typeof assignment> = {}): ReferralEvent[] => {
    const clocks = more.clocks ?? [reading('assignment-confirmation', '2026-03-02')];
    return [
      { type: 'DisputeAssignedByCourt', ruleVersion: clocks[0]!.rule!, data: { ...assignment, ...more, clocks } },
    ];
  };

  it('before filing: the body has three working days to confirm (S10 12), and no complaint is barred', () => {
    assignWith().then(event_());
    expect(reading('assignment-confirmation', '2026-03-02')).toMatchObject({ due: '2026-03-05' });
    expect(barsComplaint(assignment.courtFilingState)).toBe(false);
  });

  it('after filing: by its procedure, and a complaint is barred (S1 16(2), T-46)', () => {
    assignWith({ kind: 'post-filing', procedure: 'summary' }).then(event_(filedSuit('summary')));
    expect(barsComplaint('filed')).toBe(true);
    assignWith({ kind: 'post-filing' }).then({ kind: 'invalid', code: 'PROCEDURE_REQUIRED', field: 'procedure' });
    assignWith({ procedure: 'ordinary' }).then({
      kind: 'invalid',
      code: 'PROCEDURE_NOT_APPLICABLE',
      field: 'procedure',
    });
  });

  it('the number written in full width is the same number', () => {
    assignWith({ courtCaseNo: '（２０２６）浙０６０２诉前调１２３号' }).then(event_());
    const idOf = referralsTable.commands.find(({ action }) => action === 'assign')!.id!;
    expect(idOf({ courtCaseNo: '（2026）浙0602诉前调123号' })).toBe(idOf({ courtCaseNo: CASE_NO }));
    expect(idOf({ courtCaseNo: '(2026)浙0602诉前调124号' })).not.toBe(idOf({ courtCaseNo: CASE_NO }));
    expect(idOf({ courtCaseNo: CASE_NO })).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(objectId(0, 'x')).toMatch(/^0000000000/);
  });

  it('again with the same content: nothing happens; with another content it is refused', () => {
    assignWith({}, {}, {}, [assigned()]).then([]);
    assignWith({}, {}, { payloadDigest: 'other' }, [assigned()]).then({
      kind: 'conflict',
      code: 'COURT_ASSIGNMENT_CONFLICT',
      field: 'courtCaseNo',
    });
    // However far it has come.
    assignWith({}, {}, {}, [...inMediation, returnedFailed]).then([]);
  });

  it('parties that have both agreed choose the body in two working days; the court designates in three (S10 10)', () => {
    const { bodyId, ...withoutBody } = command;
    expect(bodyId).toBe(BODY);
    const clocks = [reading('assignment-choice', '2026-03-02'), reading('assignment-designation', '2026-03-02')];
    expect(clocks.map(({ due }) => due)).toEqual(['2026-03-04', '2026-03-05']);
    givenReferral()
      .when(assign, withoutBody, {
        ...onDay('2026-03-02'),
        ...as('court'),
        reads: { dispute: undefined, body: undefined },
      })
      .then(event_({ bodyId: null, clocks }));
    givenReferral()
      .when(
        assign,
        { ...withoutBody, consents: ['consumer'] },
        { ...onDay('2026-03-02'), ...as('court'), reads: { dispute: undefined, body: undefined } },
      )
      .then({ kind: 'invalid', code: 'BODY_REQUIRED', field: 'bodyId' });
  });

  it('takes the dispute and its respondent, where it is said', () => {
    const dispute = { respondentUscc: USCC, mergedInto: null };
    assignWith({ disputeId: DISPUTE }, { dispute }).then(event_({ disputeId: DISPUTE, respondentUscc: USCC }));
    assignWith({ disputeId: DISPUTE }).then({ kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' });
    assignWith(
      { disputeId: DISPUTE, respondentUscc: USCC },
      { dispute: { respondentUscc: '91330600000000000X', mergedInto: null } },
    ).then({ kind: 'conflict', code: 'RESPONDENT_MISMATCH', field: 'respondentUscc' });
    assignWith({ disputeId: DISPUTE }, { dispute: { ...dispute, mergedInto: 'D2' } }).then({
      kind: 'conflict',
      code: 'DISPUTE_MERGED',
      field: 'disputeId',
    });
  });

  it('only to a body that is on the roster', () => {
    assignWith({}, { body: undefined }).then({ kind: 'invalid', code: 'UNKNOWN_MEDIATION_BODY', field: 'bodyId' });
    assignWith({}, { body: { ...unreadBody, isActive: false } }).then({
      kind: 'conflict',
      code: 'MEDIATION_BODY_NOT_ACTIVE',
      field: 'bodyId',
    });
    const after = (...types: string[]) =>
      types.reduce((body, type) => evolveBody(body, { type, data: {} } as never), unreadBody).isActive;
    expect([
      after('MediationBodyRegistered'),
      after('MediationBodySuspended'),
      after('MediationBodySuspended', 'MediationBodyReinstated'),
      after('MediationBodyRemoved'),
    ]).toEqual([true, false, true, false]);
  });

  it('only to a body that mediates for courts, and there, and is not the respondent', () => {
    const registered = { kinds: ['peoples', 'court-invited'], regions: ['330600'], uscc: USCC };
    const told = (...said: [string, object][]) =>
      said.reduce((body, [type, data]) => evolveBody(body, { type, data } as never), unreadBody);
    const body = told(['MediationBodyRegistered', registered]);
    const code = (read: BodyRead, more: object = {}) => {
      const { decision } = assignWith(more, { body: read });
      return isRefusal(decision) ? `${decision.code} ${decision.field}` : 'assigned';
    };
    expect(code(body)).toBe('assigned');
    expect(code(body, { respondentUscc: USCC.toLowerCase() })).toBe('BODY_IS_RESPONDENT bodyId');
    const revised = (kinds: string[], regions: string[]) =>
      told(['MediationBodyRegistered', registered], ['MediationBodyRevised', { kinds, regions }]);
    expect(code(revised(['peoples'], ['330600']))).toBe('KIND_NOT_OF_BODY bodyId');
    expect(code(revised(['court-invited'], ['370303']))).toBe('BODY_OUT_OF_REGION bodyId');
    expect(code(revised(['court-invited'], ['330000']), { respondentUscc: USCC })).toBe('BODY_IS_RESPONDENT bodyId');
  });

  it('people go by reference, and no process assigns', () => {
    const persons = {
      claimant: { personId: 'person-1', tokens: { phone: 'phone-token' } },
      respondent: { personId: 'person-2', tokens: {} },
    };
    assignWith({}, {}, { persons }).then(
      event_({ claimant: 'person-1', claimantTokens: { phone: 'phone-token' }, respondent: 'person-2' }),
    );
    assignWith({}, {}, as('process')).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });
});

describe('which dispute it is', () => {
  const link = (
    events: readonly Given[],
    respondentUscc: string | null = null,
    disputeId = DISPUTE,
    mergedInto: string | null = null,
  ) =>
    givenReferral(events).when(
      linkDispute,
      { disputeId },
      { ...onDay('2026-03-03'), reads: { dispute: { respondentUscc, mergedInto } } },
    );

  it('is said once', () => {
    link([assigned()]).then([{ type: 'ReferralLinkedToDispute', data: { disputeId: DISPUTE } }]);
    link([assigned({ disputeId: DISPUTE })]).then([]);
    link([assigned({ disputeId: DISPUTE })], null, 'other').then({
      kind: 'conflict',
      code: 'ALREADY_LINKED',
      field: 'disputeId',
    });
  });

  it('of the same respondent, and one that is there', () => {
    link([assigned({ respondentUscc: USCC })], USCC).then([
      { type: 'ReferralLinkedToDispute', data: { disputeId: DISPUTE } },
    ]);
    link([assigned({ respondentUscc: USCC })], 'another').then({
      kind: 'conflict',
      code: 'RESPONDENT_MISMATCH',
      field: 'disputeId',
    });
    link([assigned()], null, DISPUTE, 'D2').then({ kind: 'conflict', code: 'DISPUTE_MERGED', field: 'disputeId' });
    link([assigned({ disputeId: DISPUTE })], null, DISPUTE, 'D2').then([]);
    givenReferral([assigned()])
      .when(linkDispute, { disputeId: DISPUTE }, { reads: { dispute: undefined } })
      .then({ kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' });
  });

  it('does not hold up what happened before it was said', () => {
    const linked = event('ReferralLinkedToDispute', '2026-03-20', { disputeId: DISPUTE });
    expect(
      isRefusal(givenReferral([assigned(), linked]).when(confirm, { basis: 'platform' }, onDay('2026-03-03')).decision),
    ).toBe(false);
  });
});

describe('the body', () => {
  const open = [
    assigned({
      bodyId: null,
      clocks: [reading('assignment-choice', '2026-03-02'), reading('assignment-designation', '2026-03-02')],
    }),
  ];
  const pick = (events: readonly Given[], day: string, by?: 'court' | 'parties', role = 'court', bodyId = OTHER_BODY) =>
    givenReferral(events).when(
      designate,
      { bodyId, ...(by !== undefined && { by }) },
      { ...onDay(day), ...as(role), reads: { body: unreadBody } },
    );
  const designated = (day: string, by: 'court' | 'parties'): ReferralEvent[] => {
    const clock = reading('assignment-confirmation', day);
    return [
      {
        type: 'CourtMediationBodyDesignated',
        ruleVersion: clock.rule!,
        data: { bodyId: OTHER_BODY, by, clocks: [clock] },
      },
    ];
  };

  it('is chosen by the parties in time, then designated by the court', () => {
    pick(open, '2026-03-04', 'parties', 'mediator').then(designated('2026-03-04', 'parties'));
    pick(open, '2026-03-05', 'parties', 'mediator').then({ kind: 'conflict', code: 'CHOICE_LAPSED', field: 'by' });
    pick(open, '2026-03-05').then(designated('2026-03-05', 'court'));
    pick(open, '2026-03-05', 'court', 'officer').then({
      kind: 'forbidden',
      code: 'ONLY_COURT_DESIGNATES',
      field: 'by',
    });
    givenReferral(open)
      .when(designate, { bodyId: BODY }, { ...onDay('2026-03-03'), ...as('court'), reads: { body: undefined } })
      .then({ kind: 'invalid', code: 'UNKNOWN_MEDIATION_BODY', field: 'bodyId' });
    const clocks = (by: 'court' | 'parties') =>
      givenReferral([
        ...open,
        event('CourtMediationBodyDesignated', '2026-03-04', {
          bodyId: BODY,
          by,
          clocks: [reading('assignment-confirmation', '2026-03-04')],
        }),
      ]).state;
    expect(clocks('parties')).toMatchObject({
      clocks: {
        'assignment-choice': { state: 'completed', isRight: true },
        'assignment-designation': { state: 'superseded' },
        'assignment-confirmation': { state: 'running', due: '2026-03-09' },
      },
    });
    expect(clocks('court')).toMatchObject({
      clocks: { 'assignment-choice': { state: 'superseded' }, 'assignment-designation': { state: 'completed' } },
    });
  });

  it('is designated anew when it does not take it, or does not answer in three working days (S10 12)', () => {
    pick([assigned(), refusedByBody], '2026-03-04').then(designated('2026-03-04', 'court'));
    pick([assigned()], '2026-03-05').then({ kind: 'conflict', code: 'CONFIRMATION_NOT_OVERDUE' });
    pick([assigned()], '2026-03-06').then(designated('2026-03-06', 'court'));
    pick([assigned()], '2026-03-06', 'court', 'court', BODY).then([]);
    pick(inMediation, '2026-03-20').then({ kind: 'conflict', code: 'ASSIGNMENT_TAKEN' });
  });

  it('confirms, and the time of the mediation begins: 30, 15 or 7 days (S9 27, T-46)', () => {
    const take = (more: Partial<typeof assignment>) =>
      givenReferral([assigned(more)]).when(confirm, { basis: 'materials-signed' }, onDay('2026-03-03'));
    const clock = mediationReading('2026-03-03');
    expect(clock).toMatchObject({ due: '2026-04-02' });
    take({}).then([
      {
        type: 'CourtAssignmentConfirmed',
        ruleVersion: clock.rule!,
        data: { basis: 'materials-signed', clocks: [clock] },
      },
    ]);
    for (const [procedure, due] of [
      ['ordinary', '2026-03-18'],
      ['summary', '2026-03-10'],
    ] as const) {
      const own = mediationReading('2026-03-03', 'post-filing', procedure);
      expect(own).toMatchObject({ due });
      take(filedSuit(procedure)).then([
        {
          type: 'CourtAssignmentConfirmed',
          ruleVersion: own.rule!,
          data: { basis: 'materials-signed', clocks: [own] },
        },
      ]);
    }
  });

  it('asks the other party within three working days, where one has not agreed (S10 15)', () => {
    const clocks = [mediationReading('2026-03-03'), reading('assignment-contact', '2026-03-03')];
    expect(clocks[1]).toMatchObject({ due: '2026-03-06' });
    givenReferral([assigned({ consents: ['consumer'] })])
      .when(confirm, { basis: 'platform' }, onDay('2026-03-03'))
      .then([{ type: 'CourtAssignmentConfirmed', ruleVersion: clocks[0]!.rule!, data: { basis: 'platform', clocks } }]);
    const asked = [assigned({ consents: ['consumer'] }), confirmed('2026-03-03', clocks)];
    givenReferral(asked)
      .when(contact, { channel: 'phone' }, onDay('2026-03-04'))
      .then([{ type: 'OtherPartyContacted', data: { channel: 'phone' } }]);
    givenReferral([...asked, event('OtherPartyContacted', '2026-03-04', { channel: 'phone' })])
      .when(contact, { channel: 'sms' }, onDay('2026-03-05'))
      .then([]);
    givenReferral(inMediation)
      .when(contact, { channel: 'phone' }, onDay('2026-03-04'))
      .then({ kind: 'conflict', code: 'NOBODY_TO_CONTACT' });
    givenReferral(asked)
      .when(consentToMediation, { party: 'merchant' }, { ...onDay('2026-03-04'), ...as('merchant') })
      .then([{ type: 'CourtMediationConsentGiven', data: { party: 'merchant', isComplete: true, evidence: [] } }]);
    const agreed = event('CourtMediationConsentGiven', '2026-03-04', {
      party: 'merchant',
      isComplete: true,
      evidence: [],
    });
    expect(givenReferral([...asked, agreed]).state).toMatchObject({
      clocks: { 'assignment-contact': { state: 'completed' } },
    });
  });

  it('says why it does not take it', () => {
    givenReferral([assigned()])
      .when(refuseCourtAssignment, { ground: 'out-of-scope', reason: '' }, { ...onDay('2026-03-03'), ...reason })
      .then([{ type: 'CourtAssignmentRefused', data: { ground: 'out-of-scope', reason: 'reason-1' } }]);
    givenReferral([assigned()])
      .when(refuseCourtAssignment, { ground: 'out-of-scope', reason: '' }, onDay('2026-03-03'))
      .then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'reason' });
  });
});

const refusedByBody = event('CourtAssignmentRefused', '2026-03-03', { ground: 'unsuitable', reason: 'reason-1' });
const agreedEvent = event('CourtMediationAgreed', '2026-03-20', {
  form: 'written',
  effectiveOn: '2026-03-20',
  agreedFen: 1000,
  evidence: EVIDENCE,
});
const failedEvent = event('CourtMediationFailed', '2026-03-20', { reason: 'wide-disagreement' });
const returnedFailed = event('CaseReturnedToCourt', '2026-03-21', {
  outcome: 'failed',
  report: 'doc-9',
  materials: [],
});
/** Ten days more than 2026-04-02: a Sunday, off which it rolls. */
const tenDaysMore = { ...mediationReading('2026-03-03'), due: '2026-04-13', strict: '2026-04-12' };

describe('in mediation', () => {
  const state = givenReferral(inMediation);
  const command = { agreedBy: BOTH, form: 'written' as const, agreedFen: 1000, evidence: EVIDENCE };
  const agreed = (effectiveOn: string): ReferralEvent[] => [
    { type: 'CourtMediationAgreed', data: { form: 'written', effectiveOn, agreedFen: 1000, evidence: EVIDENCE } },
  ];

  it('both agree, and it binds from the last signature', () => {
    state.when(agree, command, onDay('2026-03-20')).then(agreed('2026-03-20'));
    state.when(agree, { ...command, effectiveOn: '2026-03-19' }, onDay('2026-03-20')).then(agreed('2026-03-19'));
    state
      .when(agree, { ...command, effectiveOn: '2026-03-21' }, onDay('2026-03-20'))
      .then({ kind: 'invalid', code: 'EFFECTIVE_IN_FUTURE', field: 'effectiveOn' });
    state
      .when(agree, { agreedBy: BOTH, evidence: EVIDENCE }, onDay('2026-03-20'))
      .then({ kind: 'invalid', code: 'FORM_REQUIRED', field: 'form' });
    state
      .when(agree, { ...command, agreedBy: ['consumer'] }, onDay('2026-03-20'))
      .then({ kind: 'invalid', code: 'BOTH_PARTIES_REQUIRED', field: 'agreedBy' });
  });

  it('after filing the court makes the document (S9 20)', () => {
    const filed = givenReferral([
      assigned(filedSuit('ordinary')),
      confirmed('2026-03-03', [mediationReading('2026-03-03', 'post-filing', 'ordinary')]),
    ]);
    filed
      .when(agree, command, onDay('2026-03-10'))
      .then({ kind: 'invalid', code: 'FORM_NOT_APPLICABLE', field: 'form' });
    filed
      .when(agree, { agreedBy: BOTH, evidence: EVIDENCE, effectiveOn: '2026-03-10' }, onDay('2026-03-10'))
      .then({ kind: 'invalid', code: 'FORM_NOT_APPLICABLE', field: 'effectiveOn' });
    filed.when(agree, { agreedBy: BOTH, evidence: EVIDENCE }, onDay('2026-03-10')).then([
      {
        type: 'CourtMediationAgreed',
        data: { form: null, effectiveOn: null, agreedFen: null, evidence: EVIDENCE },
      },
    ]);
    // The time of an appraisal is left out before filing only (S10 26).
    filed.when(startAppraisal, {}, onDay('2026-03-10')).then({ kind: 'conflict', code: 'SUSPENSION_NOT_ALLOWED' });
  });

  it('nothing is agreed by a party that has not agreed to mediate', () => {
    givenReferral([assigned({ consents: ['consumer'] }), confirmed()])
      .when(agree, command, onDay('2026-03-20'))
      .then({ kind: 'conflict', code: 'CONSENT_MISSING' });
  });

  it('both extend it, as long as there is time left: T-09', () => {
    const more = (days: number, day: string, agreedBy = BOTH) =>
      state.when(extend, { days, agreedBy, evidence: EVIDENCE }, onDay(day));
    const clock = tenDaysMore;
    more(10, '2026-04-02').then([
      {
        type: 'CourtMediationExtended',
        ruleVersion: clock.rule!,
        data: { grantedOn: '2026-04-02', by: 10, evidence: EVIDENCE, clocks: [clock] },
      },
    ]);
    more(10, '2026-04-02', ['consumer']).then({ kind: 'invalid', code: 'BOTH_PARTIES_REQUIRED', field: 'agreedBy' });
    more(10, '2026-04-03').then({ kind: 'conflict', code: 'COURT_MEDIATION_EXPIRED' });
    expect(isRefusal(more(3650, '2026-04-02').decision)).toBe(false);
    // Any number of times.
    const extended = event('CourtMediationExtended', '2026-04-02', {
      grantedOn: '2026-04-02',
      by: 10,
      evidence: EVIDENCE,
      clocks: [clock],
    });
    const [again] = givenReferral([...inMediation, extended]).when(
      extend,
      { days: 5, agreedBy: BOTH, evidence: EVIDENCE },
      onDay('2026-04-10'),
    ).decision as ReferralEvent[];
    expect(again!.data).toMatchObject({ clocks: [{ due: '2026-04-17' }] });
  });

  it('an extension that is entered after the time was over leaves the date as it is', () => {
    const [late] = givenReferral(inMediation).when(
      extend,
      { days: 10, agreedBy: BOTH, evidence: EVIDENCE },
      { ...onDay('2026-04-02'), now: onDay('2026-04-07').now },
    ).decision as ReferralEvent[];
    expect(late!.data).toMatchObject({ grantedOn: '2026-04-07', clocks: [{ due: '2026-04-02' }] });
  });

  it('the time of a pre-suit appraisal is not counted (S10 26)', () => {
    const started = state.when(startAppraisal, {}, onDay('2026-03-10')).decision as ReferralEvent[];
    expect(started[0]).toMatchObject({
      type: 'CourtAppraisalStarted',
      data: { appraisal: '1', clocks: [{ due: null }] },
    });
    const stopped = [...inMediation, event('CourtAppraisalStarted', '2026-03-10', started[0]!.data as never)];
    givenReferral(stopped)
      .when(startAppraisal, {}, onDay('2026-03-11'))
      .then({ kind: 'conflict', code: 'APPRAISAL_OPEN' });
    const early = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    givenReferral(stopped).when(completeAppraisal, {}, onDay('2026-02-27')).then(early);
    const completed = givenReferral(stopped).when(completeAppraisal, {}, onDay('2026-03-14'))
      .decision as ReferralEvent[];
    // Five days more than 2026-04-02: the Qingming holiday ends on the 6th, the 7th is a working day.
    expect(completed[0]!.data).toMatchObject({ appraisal: '1', clocks: [{ due: '2026-04-07' }] });
    state.when(completeAppraisal, {}, onDay('2026-03-14')).then({ kind: 'conflict', code: 'NO_APPRAISAL_OPEN' });
  });

  it('a possible sham is reported, and nothing is agreed until the court has looked into it (S9 18)', () => {
    const report = { indications: ['forged-evidence', 'collusion', 'collusion'] as never[], reason: '' };
    state.when(reportSham, report, { ...onDay('2026-03-10'), ...reason }).then([
      {
        type: 'ShamMediationReported',
        data: { indications: ['collusion', 'forged-evidence'], reason: 'reason-1' },
      },
    ]);
    state
      .when(reportSham, report, onDay('2026-03-10'))
      .then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'reason' });
    const reported = [
      ...inMediation,
      event('ShamMediationReported', '2026-03-10', { indications: ['collusion'], reason: 'reason-1' }),
    ];
    const found = (finding: 'sham' | 'no-sham') =>
      givenReferral([...reported, event('ShamMediationReviewed', '2026-03-11', { finding, evidence: EVIDENCE })]);
    givenReferral(reported)
      .when(agree, command, onDay('2026-03-12'))
      .then({ kind: 'conflict', code: 'SHAM_UNDER_REVIEW' });
    givenReferral(reported)
      .when(reportSham, report, { ...onDay('2026-03-12'), ...reason })
      .then({ kind: 'conflict', code: 'SHAM_UNDER_REVIEW' });
    givenReferral(reported)
      .when(reviewSham, { finding: 'sham', evidence: EVIDENCE }, { ...onDay('2026-03-11'), ...as('court') })
      .then([{ type: 'ShamMediationReviewed', data: { finding: 'sham', evidence: EVIDENCE } }]);
    found('sham').when(agree, command, onDay('2026-03-12')).then({ kind: 'conflict', code: 'SHAM_MEDIATION' });
    found('sham').when(reviewSham, { finding: 'sham', evidence: EVIDENCE }, onDay('2026-03-12')).then([]);
    found('no-sham').when(agree, command, onDay('2026-03-12')).then(agreed('2026-03-12'));
    state
      .when(reviewSham, { finding: 'sham', evidence: EVIDENCE }, onDay('2026-03-12'))
      .then({ kind: 'conflict', code: 'NO_SHAM_REPORTED' });
  });

  it('fails, and goes back to the court with a report (S9 26)', () => {
    state
      .when(fail, { reason: 'party-unwilling' }, onDay('2026-03-20'))
      .then([{ type: 'CourtMediationFailed', data: { reason: 'party-unwilling' } }]);
    state
      .when(returnCase, { report: 'doc-9' }, onDay('2026-03-20'))
      .then({ kind: 'conflict', code: 'COURT_MEDIATION_OPEN' });
    const back = (last: Given, outcome: string) =>
      givenReferral([...inMediation, last])
        .when(returnCase, { report: 'doc-9', materials: ['doc-1'] }, onDay('2026-03-21'))
        .then([
          { type: 'CaseReturnedToCourt', data: { outcome, report: 'doc-9', materials: ['doc-1'] } } as ReferralEvent,
        ]);
    back(failedEvent, 'failed');
    back(agreedEvent, 'agreed');
    givenReferral([assigned(), refusedByBody])
      .when(returnCase, { report: 'doc-9' }, onDay('2026-03-21'))
      .then([{ type: 'CaseReturnedToCourt', data: { outcome: 'refused', report: 'doc-9', materials: [] } }]);
    const returned = givenReferral([...inMediation, failedEvent, returnedFailed]);
    returned.when(returnCase, { report: 'doc-9' }, onDay('2026-03-22')).then([]);
    returned
      .when(returnCase, { report: 'doc-8' }, onDay('2026-03-22'))
      .then({ kind: 'conflict', code: 'ALREADY_RETURNED' });
  });
});

describe('its time is over', () => {
  const state = givenReferral(inMediation);
  const rule = mediationReading('2026-03-03').rule!;
  const expiry: ReferralEvent = {
    type: 'CourtMediationExpired',
    occurredAt: Date.parse('2026-04-03T00:00:00+08:00'),
    ruleVersion: rule,
    data: { clock: 'court-mediation' },
  };
  const expired = [...inMediation, event('CourtMediationExpired', '2026-04-03', { clock: 'court-mediation' })];
  const process = as('process', 'clock');

  it('at the end of its last day, and not before; once', () => {
    state.when(expire, {}, { ...onDay('2026-04-02'), ...process }).then([]);
    state.when(expire, {}, { ...onDay('2026-04-03'), ...process }).then([expiry]);
    givenReferral(expired)
      .when(expire, {}, { ...onDay('2026-04-04'), ...process })
      .then([]);
    for (const events of [[assigned()], [...inMediation, agreedEvent], [offered()]]) {
      givenReferral(events)
        .when(expire, {}, { ...onDay('2026-05-03'), ...process })
        .then([]);
    }
    givenReferral().when(expire, {}, process).then({ kind: 'notFound', code: 'UNKNOWN_REFERRAL' });
  });

  it('whoever gives the case back says so, where nobody has', () => {
    const back: ReferralEvent = {
      type: 'CaseReturnedToCourt',
      data: { outcome: 'expired', report: 'doc-9', materials: [] },
    };
    state.when(returnCase, { report: 'doc-9' }, onDay('2026-04-07')).then([expiry, back]);
    givenReferral(expired).when(returnCase, { report: 'doc-9' }, onDay('2026-04-07')).then([back]);
  });

  it('what happened before may still be entered, and takes its place; what happened after comes too late', () => {
    const command = { agreedBy: BOTH, form: 'oral' as const, evidence: EVIDENCE };
    const late = { ...onDay('2026-04-02'), now: onDay('2026-04-10').now };
    for (const events of [inMediation, expired]) {
      givenReferral(events)
        .when(agree, command, late)
        .then([
          {
            type: 'CourtMediationAgreed',
            data: { form: 'oral', effectiveOn: '2026-04-02', agreedFen: null, evidence: EVIDENCE },
          },
        ]);
      givenReferral(events)
        .when(agree, command, onDay('2026-04-03'))
        .then({ kind: 'conflict', code: 'COURT_MEDIATION_EXPIRED' });
      givenReferral(events)
        .when(fail, { reason: 'other' }, onDay('2026-04-03'))
        .then({ kind: 'conflict', code: 'COURT_MEDIATION_EXPIRED' });
    }
  });

  it('a late entry counts once a second person has verified it (T-28)', () => {
    const entered = {
      ...event('CourtMediationFailed', '2026-04-02', { reason: 'other' }),
      recordedAt: onDay('2026-04-10').now,
    };
    const state = givenReferral([...expired, entered as Given]);
    const command = { clock: 'court-mediation', reason: 'other' as const, evidence: EVIDENCE };
    state
      .when(verifyLateEntry, command, as('officer', 'key-2'))
      .then([{ type: 'ReferralLateEntryVerified', data: command }]);
    state
      .when(verifyLateEntry, command, as('officer', 'key-1'))
      .then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
    state
      .when(verifyLateEntry, command, as('mediator', 'key-2'))
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    givenReferral([...expired, entered as Given, event('ReferralLateEntryVerified', '2026-04-11', command)])
      .when(verifyLateEntry, command, as('officer', 'key-2'))
      .then([]);
    givenReferral().when(verifyLateEntry, command, as('officer')).then({ kind: 'notFound', code: 'UNKNOWN_REFERRAL' });
  });

  it('a calendar that is amended moves its date', () => {
    const guess: Law = { ...law, calendar: mainlandCalendar({ asKnownOn: '2025-11-03', provisional: true }) };
    const first = givenReferral([assigned()], guess);
    expect(first.state).toMatchObject({ clocks: { 'assignment-confirmation': { due: '2026-03-05' } } });
    first.when(amendDeadline, { clock: 'no-such-clock' }, process).then([]);
    givenReferral()
      .when(amendDeadline, { clock: 'filing' }, process)
      .then({ kind: 'notFound', code: 'UNKNOWN_REFERRAL' });
    const guessed = { ...reading('assignment-confirmation', '2026-03-02'), calendar: 'CN-2026.PROVISIONAL' };
    const known = reading('assignment-confirmation', '2026-03-02');
    givenReferral([assigned({ clocks: [guessed] })])
      .when(amendDeadline, { clock: 'assignment-confirmation' }, process)
      .then([{ type: 'ReferralDeadlineAmended', ruleVersion: known.rule!, data: known }]);
  });
});

describe('every step in every state', () => {
  const states: Record<string, readonly Given[]> = {
    'to be designated': [assigned({ bodyId: null })],
    assigned: [assigned()],
    refused: [assigned(), refusedByBody],
    'in mediation': inMediation,
    agreed: [...inMediation, agreedEvent],
    failed: [...inMediation, failedEvent],
    returned: [...inMediation, failedEvent, returnedFailed],
    'of the other direction': [offered(), consented()],
    nothing: [],
  };
  const day = { ...onDay('2026-03-25'), ...as('officer'), ...reason, reads: { body: unreadBody, dispute: undefined } };
  const steps: Record<string, (events: readonly Given[]) => unknown> = {
    confirm: (events) => givenReferral(events).when(confirm, { basis: 'platform' }, day as never).decision,
    refuse: (events) =>
      givenReferral(events).when(refuseCourtAssignment, { ground: 'unsuitable', reason: '' }, day as never).decision,
    contact: (events) => givenReferral(events).when(contact, { channel: 'sms' }, day as never).decision,
    consent: (events) =>
      givenReferral(events).when(consentToMediation, { party: 'merchant', evidence: EVIDENCE }, day as never).decision,
    extend: (events) =>
      givenReferral(events).when(extend, { days: 1, agreedBy: BOTH, evidence: EVIDENCE }, day as never).decision,
    appraise: (events) => givenReferral(events).when(startAppraisal, {}, day as never).decision,
    sham: (events) =>
      givenReferral(events).when(reportSham, { indications: ['other'], reason: '' }, day as never).decision,
    review: (events) =>
      givenReferral(events).when(reviewSham, { finding: 'sham', evidence: EVIDENCE }, day as never).decision,
    agree: (events) =>
      givenReferral(events).when(agree, { form: 'oral', agreedBy: BOTH, evidence: EVIDENCE }, day as never).decision,
    fail: (events) => givenReferral(events).when(fail, { reason: 'other' }, day as never).decision,
    return: (events) => givenReferral(events).when(returnCase, { report: 'doc-1' }, day as never).decision,
  };
  const word = (decision: unknown): string => {
    const list = decision as ReferralEvent[] & { code?: string };
    return list.code ?? (list.length === 0 ? 'silence' : list.map(({ type }) => type).join());
  };
  const [NONE, OPEN, REFUSED, TAKEN, ENDED, BACK] = [
    'NO_BODY_DESIGNATED',
    'ASSIGNMENT_NOT_CONFIRMED',
    'ASSIGNMENT_REFUSED',
    'ASSIGNMENT_TAKEN',
    'COURT_MEDIATION_ENDED',
    'ALREADY_RETURNED',
  ];
  const expected: Record<string, readonly (string | undefined)[]> = {
    confirm: [NONE, 'CourtAssignmentConfirmed', REFUSED, 'silence', ENDED, ENDED, BACK],
    refuse: [NONE, 'CourtAssignmentRefused', 'silence', TAKEN, ENDED, ENDED, BACK],
    contact: [NONE, OPEN, REFUSED, 'NOBODY_TO_CONTACT', ENDED, ENDED, BACK],
    consent: ['silence', 'silence', 'silence', 'silence', 'silence', 'silence', 'silence'],
    extend: [NONE, OPEN, REFUSED, 'CourtMediationExtended', ENDED, ENDED, BACK],
    appraise: [NONE, OPEN, REFUSED, 'CourtAppraisalStarted', ENDED, ENDED, BACK],
    sham: [NONE, OPEN, REFUSED, 'ShamMediationReported', ENDED, ENDED, BACK],
    review: [NONE, OPEN, REFUSED, 'NO_SHAM_REPORTED', ENDED, ENDED, BACK],
    agree: [NONE, OPEN, REFUSED, 'CourtMediationAgreed', ENDED, ENDED, BACK],
    fail: [NONE, OPEN, REFUSED, 'CourtMediationFailed', ENDED, ENDED, BACK],
    return: [
      NONE,
      OPEN,
      'CaseReturnedToCourt',
      'COURT_MEDIATION_OPEN',
      'CaseReturnedToCourt',
      'CaseReturnedToCourt',
      BACK,
    ],
  };

  it.each(Object.keys(steps))('%s', (step) => {
    const answers = Object.values(states).map((events) => word(steps[step]!(events)));
    expect(answers).toEqual([...expected[step]!, 'OTHER_DIRECTION', 'UNKNOWN_REFERRAL']);
  });
});

it('the document follows the assignment', () => {
  const doc = (events: readonly Given[]) => documentsGiven(referralsView, events as never).get('1');
  expect(doc([assigned(filedSuit('summary'))])).toMatchObject({
    direction: 'FROM_COURT',
    status: 'assigned',
    kind: 'post-filing',
    procedure: 'summary',
    courtFilingState: 'filed',
    barsComplaint: true,
    courtCaseNo: CASE_NO,
  });
  expect(doc(inMediation)).toMatchObject({
    status: 'in-mediation',
    courtFilingState: 'not-filed',
    barsComplaint: false,
    clocks: { 'court-mediation': { due: '2026-04-02' } },
  });
  expect(
    doc([...inMediation, event('CourtMediationExpired', '2026-04-03', { clock: 'court-mediation' }), agreedEvent]),
  ).toMatchObject({
    status: 'agreed',
    agreementEffectiveOn: '2026-03-20',
    amountFen: 1000,
    clocks: { 'court-mediation': { state: 'completed' } },
  });
  expect(doc([...inMediation, failedEvent, returnedFailed])).toMatchObject({
    status: 'returned-to-court',
    outcomeCode: 'wide-disagreement',
    report: 'doc-9',
    endedAt: '2026-03-21T02:00:00.000Z',
  });
  expect(doc([assigned(), refusedByBody])).toMatchObject({
    status: 'refused',
    outcomeCode: 'unsuitable',
    reason: 'reason-1',
  });
});
