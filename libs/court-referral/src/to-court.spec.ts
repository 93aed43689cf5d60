import { describe, expect, it } from '@jest/globals';
import { documentsGiven, isRefusal, type DecisionContext } from '#kernel';
import {
  recordFiling,
  recordFilingRefusal,
  recordJudgment,
  recordReceipt,
  recordReturn,
  recordSettlement,
  recordWithdrawal,
} from './decide-court.ts';
import { consent, offer, packageMaterials, refuseConsentToRoute, transfer } from './decide-outgoing.ts';
import { JURISDICTION_BASES, MATERIAL_KINDS, WITHHELD_KINDS, type ReferralEvents } from './events.ts';
import { packageOf } from './material-package.ts';
import { evolveComplaint, evolveMediation, unreadProcedure, type OfferReads, type ProcedureRead } from './reads.ts';
import {
  as,
  COMPLAINT,
  consented,
  COURT,
  DISPUTE,
  event,
  givenReferral,
  inMediation,
  MEDIATION,
  offer as offerData,
  offered,
  onDay,
  reading,
  USCC,
  type Given,
} from './testing/given-referral.ts';
import { referralsView } from './views/court-referrals.ts';

const ended: ProcedureRead = {
  ...unreadProcedure,
  disputeId: DISPUTE,
  endedAt: onDay('2026-03-01').occurredAt,
  isAgreed: false,
};
const command = { disputeId: DISPUTE, handlingRegion: '330602', purpose: 'suit' as const, mediationId: MEDIATION };

describe('no referral yet', () => {
  const reads: OfferReads = {
    dispute: { respondentUscc: USCC, mergedInto: null },
    complaint: undefined,
    mediation: ended,
  };
  const offerWith = (more: object = {}, read: Partial<OfferReads> = {}, context: Partial<DecisionContext> = {}) =>
    givenReferral().when(offer, { ...command, ...more }, {
      ...onDay('2026-03-02'),
      ...context,
      reads: { ...reads, ...read },
    } as Partial<DecisionContext<OfferReads>>);

  it('the court route is offered after a mediation or a complaint that has ended', () => {
    offerWith().then([{ type: 'CourtRouteOffered', data: offerData }]);
    offerWith({ mediationId: undefined, complaintId: COMPLAINT, claimant: 'merchant' }, { complaint: ended }).then([
      {
        type: 'CourtRouteOffered',
        data: { ...offerData, claimant: 'merchant', complaintId: COMPLAINT, mediationId: null },
      },
    ]);
  });

  it('for confirmation it follows an agreement', () => {
    offerWith({ purpose: 'confirmation' }).then({
      kind: 'conflict',
      code: 'NO_AGREEMENT_TO_CONFIRM',
      field: 'purpose',
    });
    offerWith({ purpose: 'confirmation' }, { mediation: { ...ended, isAgreed: true } }).then([
      { type: 'CourtRouteOffered', data: { ...offerData, purpose: 'confirmation' } },
    ]);
  });

  it('for confirmation of an authority’s agreement only where the region lets a court confirm it (T-44)', () => {
    const confirming = (read: Partial<OfferReads>) => offerWith({ purpose: 'confirmation' }, read).decision;
    const refused = { code: 'ADMINISTRATIVE_AGREEMENT_NOT_CONFIRMABLE', field: 'purpose' };
    const agreed = { ...ended, isAgreed: true, kind: 'administrative', handlingRegion: '370303' } as const;
    for (const kind of ['administrative', 'delegated'] as const) {
      expect(confirming({ mediation: { ...agreed, kind } })).toMatchObject(refused);
      expect(confirming({ mediation: { ...agreed, kind, handlingRegion: '330602' } })).toHaveLength(1);
    }
    expect(confirming({ mediation: { ...agreed, kind: 'peoples' } })).toHaveLength(1);
    const ofComplaint = (read: ProcedureRead) =>
      offerWith({ purpose: 'confirmation', mediationId: undefined, complaintId: COMPLAINT }, { complaint: read })
        .decision;
    expect(ofComplaint(agreed)).toMatchObject(refused);
    expect(ofComplaint({ ...agreed, handlingRegion: '330602' })).toHaveLength(1);
  });

  it.each<[string, object, Partial<OfferReads>, { kind: 'invalid' | 'conflict'; code: string; field: string }]>([
    ['unknown dispute', {}, { dispute: undefined }, { kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' }],
    [
      'nothing that has ended',
      { mediationId: undefined },
      {},
      { kind: 'invalid', code: 'ENDED_PROCEDURE_REQUIRED', field: 'mediationId' },
    ],
    [
      'unknown mediation',
      {},
      { mediation: undefined },
      { kind: 'invalid', code: 'UNKNOWN_MEDIATION', field: 'mediationId' },
    ],
    [
      'unknown complaint',
      { complaintId: COMPLAINT },
      {},
      { kind: 'invalid', code: 'UNKNOWN_COMPLAINT', field: 'complaintId' },
    ],
    [
      'mediation of another dispute',
      {},
      { mediation: { ...ended, disputeId: 'other' } },
      { kind: 'conflict', code: 'PROCEDURE_OF_OTHER_DISPUTE', field: 'mediationId' },
    ],
    [
      'mediation under way',
      {},
      { mediation: { ...ended, endedAt: null } },
      { kind: 'conflict', code: 'PROCEDURE_NOT_ENDED', field: 'mediationId' },
    ],
    [
      'mediation that ended later',
      {},
      { mediation: { ...ended, endedAt: onDay('2026-03-05').occurredAt } },
      { kind: 'conflict', code: 'PROCEDURE_NOT_ENDED', field: 'mediationId' },
    ],
  ])('refuses: %s', (_, more, read, refusal) => {
    offerWith(more, read).then(refusal);
  });

  it('no process offers it', () => {
    offerWith({}, {}, as('process')).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });

  it('nothing else can be done', () => {
    const unknown = { kind: 'notFound', code: 'UNKNOWN_REFERRAL' } as const;
    givenReferral().when(consent, { party: 'consumer' }).then(unknown);
    givenReferral().when(recordReceipt, {}).then(unknown);
  });
});

describe('what a complaint or a mediation says of itself', () => {
  const read = (evolve: typeof evolveComplaint, events: readonly [string, object][]) =>
    events.reduce(
      (state, [type, data], index) => evolve(state, { type, data, occurredAt: index } as never),
      unreadProcedure,
    );

  it.each([
    [[['ComplaintReceived', { disputeId: DISPUTE }]], { disputeId: DISPUTE, endedAt: null, isAgreed: false }],
    [[['ComplaintNotAccepted', {}]], { disputeId: null, endedAt: 0, isAgreed: false }],
    [[['ComplaintConcluded', { result: 'terminated' }]], { disputeId: null, endedAt: 0, isAgreed: false }],
    [[['ComplaintConcluded', { result: 'mediated' }]], { disputeId: null, endedAt: 0, isAgreed: true }],
    [
      [
        ['ComplaintConcluded', { result: 'mediated' }],
        ['ComplaintReopened', {}],
      ],
      { disputeId: null, endedAt: null, isAgreed: false },
    ],
  ] as [[string, object][], Partial<ProcedureRead>][])('complaint %j', (events, expected) => {
    expect(read(evolveComplaint, events)).toMatchObject(expected);
  });

  it.each([
    [[['MediationProposed', { disputeId: DISPUTE }]], { disputeId: DISPUTE, endedAt: null, isAgreed: false }],
    // Reached and not signed yet: it does not bind.
    [[['MediationAgreementReached', {}]], { disputeId: null, endedAt: null, isAgreed: false }],
    [[['MediationAgreementEffective', {}]], { disputeId: null, endedAt: 0, isAgreed: true }],
    [[['MediationTerminated', {}]], { disputeId: null, endedAt: 0, isAgreed: false }],
  ] as [[string, object][], Partial<ProcedureRead>][])('mediation %j', (events, expected) => {
    expect(read(evolveMediation, events)).toMatchObject(expected);
  });
});

it('a complaint is mediated where it is handled last, a mediation by whom it was delegated to', () => {
  const read = (evolve: typeof evolveComplaint, ...events: [string, object][]) =>
    events.reduce((state, [type, data]) => evolve(state, { type, data, occurredAt: 0 } as never), unreadProcedure);
  const received: [string, object] = ['ComplaintReceived', { disputeId: DISPUTE, handlingRegion: '330602' }];
  expect(read(evolveComplaint, received)).toMatchObject({ kind: 'administrative', handlingRegion: '330602' });
  expect(read(evolveComplaint, received, ['ComplaintTransferReceived', { handlingRegion: '370303' }])).toMatchObject({
    handlingRegion: '370303',
  });
  const proposed: [string, object] = ['MediationProposed', { kind: 'administrative', handlingRegion: '330602' }];
  expect(read(evolveMediation, proposed)).toMatchObject({ kind: 'administrative', handlingRegion: '330602' });
  expect(read(evolveMediation, proposed, ['MediationDelegated', {}])).toMatchObject({ kind: 'delegated' });
});

describe('offered', () => {
  const state = givenReferral([offered()]);
  const today = onDay('2026-03-03');

  it('a suit needs the consent of the claimant, said by it or proven', () => {
    state
      .when(consent, { party: 'consumer' }, { ...today, ...as('public') })
      .then([{ type: 'CourtRouteConsentGiven', data: { party: 'consumer', evidence: [] } }]);
    state
      .when(consent, { party: 'consumer', evidence: ['doc-1'] }, { ...today, ...as('officer') })
      .then([{ type: 'CourtRouteConsentGiven', data: { party: 'consumer', evidence: ['doc-1'] } }]);
    state
      .when(consent, { party: 'consumer' }, { ...today, ...as('officer') })
      .then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
  });

  it('nobody speaks for the other party, and the respondent has no say in a suit', () => {
    state
      .when(consent, { party: 'consumer' }, { ...today, ...as('merchant') })
      .then({ kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'party' });
    state
      .when(consent, { party: 'merchant' }, { ...today, ...as('public') })
      .then({ kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'party' });
    for (const rule of [consent, refuseConsentToRoute]) {
      state
        .when(rule, { party: 'merchant' }, { ...today, ...as('merchant') })
        .then({ kind: 'conflict', code: 'CONSENT_NOT_NEEDED', field: 'party' });
    }
  });

  it('a claimant that does not agree ends the route', () => {
    state
      .when(refuseConsentToRoute, { party: 'consumer' }, { ...today, ...as('officer') })
      .then([{ type: 'CourtRouteConsentRefused', data: { party: 'consumer' } }]);
    const declined = givenReferral([offered(), event('CourtRouteConsentRefused', '2026-03-03', { party: 'consumer' })]);
    const over = { kind: 'conflict', code: 'COURT_ROUTE_DECLINED' } as const;
    declined.when(consent, { party: 'consumer' }, { ...today, ...as('public') }).then(over);
    declined.when(packageMaterials, { items: ['evidence=doc-1'] }, today).then(over);
  });

  it('a consent is given once', () => {
    givenReferral([offered(), consented()])
      .when(consent, { party: 'consumer' }, { ...today, ...as('public') })
      .then([]);
  });

  it('confirmation needs both', () => {
    const both = givenReferral([offered({ purpose: 'confirmation' }), consented('consumer')]);
    both
      .when(packageMaterials, { items: ['mediation-agreement=doc-1'] }, today)
      .then({ kind: 'conflict', code: 'CONSENT_MISSING' });
    both
      .when(consent, { party: 'merchant' }, { ...today, ...as('merchant') })
      .then([{ type: 'CourtRouteConsentGiven', data: { party: 'merchant', evidence: [] } }]);
  });

  it('nothing is packaged without consent, and nothing lies with the court', () => {
    state
      .when(packageMaterials, { items: ['evidence=doc-1'] }, today)
      .then({ kind: 'conflict', code: 'CONSENT_MISSING' });
    state
      .when(
        transfer,
        { package: '00000000-0000-8000-8000-000000000000', court: COURT, jurisdictionBasis: 'respondent-domicile' },
        today,
      )
      .then({ kind: 'conflict', code: 'NOTHING_PACKAGED' });
    state.when(recordReceipt, {}, { ...today, ...as('court') }).then({ kind: 'conflict', code: 'NOT_TRANSFERRED' });
  });

  it('no step happened before the one it follows', () => {
    state
      .when(consent, { party: 'consumer' }, { ...onDay('2026-03-01'), ...as('public') })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });

  it('steps of the other direction are none of it', () => {
    givenReferral(inMediation)
      .when(consent, { party: 'consumer' }, as('public'))
      .then({ kind: 'conflict', code: 'OTHER_DIRECTION' });
  });
});

const ITEMS = ['evidence=evidence-01', 'undisputed-fact=doc-2', 'statement-of-claim=doc-1'];
const BOTH = ['consumer', 'merchant'] as const;
const made = packageOf('1', ITEMS, BOTH) as ReferralEvents['ReferralMaterialsPackaged'];
const consentedRoute = [offered(), consented()];
const packaged: Given[] = [...consentedRoute, event('ReferralMaterialsPackaged', '2026-03-04', made)];
const referred: ReferralEvents['DisputeReferredToCourt'] = {
  package: made.package,
  hash: made.hash,
  court: COURT,
  jurisdictionBasis: 'respondent-domicile',
};
const transferred: Given[] = [...packaged, event('DisputeReferredToCourt', '2026-03-05', referred)];

describe('agreed on', () => {
  const pack = (items: string[], factsAgreedBy?: ('consumer' | 'merchant')[]) =>
    givenReferral(consentedRoute).when(
      packageMaterials,
      { items, ...(factsAgreedBy !== undefined && { factsAgreedBy }) },
      onDay('2026-03-04'),
    );

  it('the materials are packaged under the name that follows from what they are, in whatever order', () => {
    pack(ITEMS, [...BOTH]).then([{ type: 'ReferralMaterialsPackaged', data: made }]);
    pack(ITEMS.toReversed(), ['merchant', 'consumer']).then([{ type: 'ReferralMaterialsPackaged', data: made }]);
    expect(made.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(packageOf('1', ITEMS.slice(1), BOTH)).not.toMatchObject({ package: made.package });
    expect(packageOf('2', ITEMS, BOTH)).toMatchObject({ hash: made.hash });
    expect(packageOf('2', ITEMS, BOTH)).not.toMatchObject({ package: made.package });
  });

  it.each(WITHHELD_KINDS)('a %s is never in it (S9 22, S10 18)', (kind) => {
    pack([`${kind}=doc-1`, 'evidence=doc-2']).then({
      kind: 'invalid',
      code: 'CONCESSION_NOT_TRANSFERABLE',
      field: 'items',
    });
  });

  it.each(['mediation-minutes=doc-1', 'constructor=doc-1', 'evidences=doc-1'])('%s is no material', (item) => {
    pack([item]).then({ kind: 'invalid', code: 'UNKNOWN_MATERIAL_KIND', field: 'items' });
  });

  it('a fact is undisputed when both say so', () => {
    for (const agreedBy of [[], ['consumer'], ['merchant']] as ('consumer' | 'merchant')[][]) {
      pack(ITEMS, agreedBy).then({ kind: 'invalid', code: 'FACTS_NOT_AGREED', field: 'factsAgreedBy' });
    }
    pack(ITEMS).then({ kind: 'invalid', code: 'FACTS_NOT_AGREED', field: 'factsAgreedBy' });
  });

  it('every other kind goes, and each material once', () => {
    const rest = MATERIAL_KINDS.filter((kind) => kind !== 'undisputed-fact').map((kind) => `${kind}=doc-1`);
    expect(isRefusal(pack(rest).decision)).toBe(false);
    pack([...rest, rest[0]!]).then({ kind: 'invalid', code: 'MATERIAL_TWICE', field: 'items' });
  });
});

describe('packaged', () => {
  const move = (more: object = {}) =>
    givenReferral(packaged).when(
      transfer,
      { package: made.package, court: COURT, jurisdictionBasis: 'respondent-domicile', ...more } as never,
      onDay('2026-03-05'),
    );

  it('is packaged anew as long as it was not transferred; the same again is the same', () => {
    givenReferral(packaged)
      .when(packageMaterials, { items: ITEMS, factsAgreedBy: [...BOTH] }, onDay('2026-03-05'))
      .then([]);
    const other = packageOf('1', ['evidence=doc-9'], []) as ReferralEvents['ReferralMaterialsPackaged'];
    givenReferral(packaged)
      .when(packageMaterials, { items: ['evidence=doc-9'] }, onDay('2026-03-05'))
      .then([{ type: 'ReferralMaterialsPackaged', data: other }]);
    givenReferral([...packaged, event('ReferralMaterialsPackaged', '2026-03-05', other)])
      .when(
        transfer,
        { package: made.package, court: COURT, jurisdictionBasis: 'respondent-domicile' },
        onDay('2026-03-05'),
      )
      .then({ kind: 'conflict', code: 'PACKAGE_SUPERSEDED', field: 'package' });
  });

  it('is transferred to a court that has jurisdiction', () => {
    move().then([{ type: 'DisputeReferredToCourt', data: referred }]);
  });

  it.each(JURISDICTION_BASES)('on the basis of %s, or not at all', (jurisdictionBasis) => {
    const suit = ['respondent-domicile', 'place-of-performance', 'place-of-tort', 'agreed-court'];
    const { decision } = move({ jurisdictionBasis });
    expect(isRefusal(decision) ? decision.code : 'taken').toBe(
      suit.includes(jurisdictionBasis) ? 'taken' : 'NO_JURISDICTION_BASIS',
    );
  });
});

const court = (day: string) => ({ ...onDay(day), ...as('court') });
const received: Given[] = [
  ...transferred,
  event('CourtReceived', '2026-03-06', { evidence: [], clocks: [reading('filing', '2026-03-06')] }),
];
const filed: Given[] = [
  ...received,
  event('CourtFilingAccepted', '2026-03-10', { courtCaseNo: '(2026)浙0602民初1号', evidence: [] }),
];

describe('transferred', () => {
  it('is transferred once: again it changes nothing, to another court it is refused', () => {
    const again = (court: string) =>
      givenReferral(transferred).when(
        transfer,
        { package: made.package, court, jurisdictionBasis: 'respondent-domicile' },
        onDay('2026-03-09'),
      );
    again(COURT).then([]);
    again('另一法院').then({ kind: 'conflict', code: 'ALREADY_TRANSFERRED' });
    givenReferral(transferred)
      .when(packageMaterials, { items: ['evidence=doc-9'] }, onDay('2026-03-09'))
      .then({ kind: 'conflict', code: 'TOO_LATE_TO_CHANGE' });
  });

  it('with its receipt the seven days of filing begin (S7 126)', () => {
    const clock = reading('filing', '2026-03-06');
    expect(clock).toMatchObject({ due: '2026-03-13' });
    givenReferral(transferred)
      .when(recordReceipt, {}, court('2026-03-06'))
      .then([{ type: 'CourtReceived', ruleVersion: clock.rule!, data: { evidence: [], clocks: [clock] } }]);
    // The seventh day is a Saturday: court rules roll off it.
    expect(reading('filing', '2026-03-07')).toMatchObject({ due: '2026-03-16', strict: '2026-03-14' });
  });

  it('of an application for confirmation no clock begins here, and it is not filed', () => {
    const confirmation = [offered({ purpose: 'confirmation' }), ...transferred.slice(1)];
    givenReferral(confirmation)
      .when(recordReceipt, {}, court('2026-03-06'))
      .then([{ type: 'CourtReceived', data: { evidence: [] } }]);
    givenReferral([...confirmation, event('CourtReceived', '2026-03-06', { evidence: [] })])
      .when(recordFiling, { courtCaseNo: '1' }, court('2026-03-09'))
      .then({ kind: 'conflict', code: 'NOT_A_SUIT' });
  });

  it('what a court did is proven where somebody else enters it', () => {
    for (const role of ['officer', 'mediator', 'administrator']) {
      givenReferral(transferred)
        .when(recordReceipt, {}, { ...onDay('2026-03-06'), ...as(role) })
        .then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
    }
    givenReferral(transferred)
      .when(recordReceipt, { evidence: [] }, { ...onDay('2026-03-06'), ...as('process') })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });

  it('the court cannot file what it has not received', () => {
    givenReferral(transferred)
      .when(recordFiling, { courtCaseNo: '1' }, court('2026-03-06'))
      .then({ kind: 'conflict', code: 'NOT_RECEIVED' });
  });
});

describe('received by the court', () => {
  it('is sent back, and what is put right goes as another package', () => {
    const back = event('ReferralReturnedByCourt', '2026-03-09', { reason: 'materials-incomplete', evidence: [] });
    givenReferral(received)
      .when(recordReturn, { reason: 'materials-incomplete' }, court('2026-03-09'))
      .then([{ type: 'ReferralReturnedByCourt', data: { reason: 'materials-incomplete', evidence: [] } }]);
    const state = givenReferral([...received, back]);
    expect(state.state).toMatchObject({ clocks: { filing: { state: 'superseded' } } });
    state
      .when(packageMaterials, { items: ITEMS, factsAgreedBy: [...BOTH] }, onDay('2026-03-10'))
      .then({ kind: 'conflict', code: 'PACKAGE_SENT_BACK', field: 'items' });
    state
      .when(
        transfer,
        { package: made.package, court: COURT, jurisdictionBasis: 'respondent-domicile' },
        onDay('2026-03-10'),
      )
      .then({ kind: 'conflict', code: 'PACKAGE_SENT_BACK', field: 'package' });
    expect(isRefusal(state.when(packageMaterials, { items: ['evidence=doc-9'] }, onDay('2026-03-10')).decision)).toBe(
      false,
    );
    state.when(recordReturn, { reason: 'other' }, court('2026-03-10')).then([]);
  });

  it('is filed, from when on a complaint is barred (S1 16(2))', () => {
    givenReferral(received)
      .when(recordFiling, { courtCaseNo: '（２０２６）浙０６０２民初１号' }, court('2026-03-10'))
      .then([{ type: 'CourtFilingAccepted', data: { courtCaseNo: '(2026)浙0602民初1号', evidence: [] } }]);
    expect(givenReferral(received).state).toMatchObject({ courtFilingState: 'not-filed' });
    expect(givenReferral(filed).state).toMatchObject({
      courtFilingState: 'filed',
      clocks: { filing: { state: 'completed' } },
    });
  });

  it('is declined', () => {
    givenReferral(received)
      .when(recordFilingRefusal, { ground: 'no-jurisdiction' }, court('2026-03-10'))
      .then([{ type: 'CourtFilingDeclined', data: { ground: 'no-jurisdiction', evidence: [] } }]);
    const declined = givenReferral([
      ...received,
      event('CourtFilingDeclined', '2026-03-10', { ground: 'other', evidence: [] }),
    ]);
    declined.when(recordFilingRefusal, { ground: 'other' }, court('2026-03-11')).then([]);
    declined
      .when(recordFiling, { courtCaseNo: '1' }, court('2026-03-11'))
      .then({ kind: 'conflict', code: 'FILING_DECLINED' });
  });

  it('is not decided before it is filed', () => {
    givenReferral(received)
      .when(recordJudgment, { documentNo: '1', judgment: 'upheld' }, court('2026-03-10'))
      .then({ kind: 'conflict', code: 'NOT_FILED' });
  });
});

describe('filed', () => {
  const state = givenReferral(filed);

  it('the court tells it again: nothing changes, also long after; another number is a contradiction', () => {
    state.when(recordFiling, { courtCaseNo: '(2026)浙0602民初1号' }, court('2026-03-01')).then([]);
    state
      .when(recordFiling, { courtCaseNo: '2' }, court('2026-03-11'))
      .then({ kind: 'conflict', code: 'COURT_CASE_NUMBER_CONFLICT', field: 'courtCaseNo' });
    state.when(recordReceipt, {}, court('2026-03-11')).then([]);
  });

  it('ends with a judgment, a settlement or a withdrawal', () => {
    const day = court('2026-06-01');
    state.when(recordJudgment, { documentNo: 'J1', judgment: 'partly-upheld', awardedFen: 100 }, day).then([
      {
        type: 'JudgmentRecorded',
        data: { documentNo: 'J1', judgment: 'partly-upheld', awardedFen: 100, evidence: [] },
      },
    ]);
    state
      .when(recordSettlement, { documentNo: 'S1' }, day)
      .then([{ type: 'CourtSettlementRecorded', data: { documentNo: 'S1', agreedFen: null, evidence: [] } }]);
    state
      .when(recordWithdrawal, { reason: 'settled' }, day)
      .then([{ type: 'SuitWithdrawn', data: { reason: 'settled', evidence: [] } }]);
  });

  it('once: the same result again is silent, another one is refused', () => {
    const judged = givenReferral([
      ...filed,
      event('JudgmentRecorded', '2026-06-01', {
        documentNo: 'J1',
        judgment: 'upheld',
        awardedFen: null,
        evidence: [],
      }),
    ]);
    const day = court('2026-06-02');
    judged.when(recordJudgment, { documentNo: 'J1', judgment: 'upheld' }, day).then([]);
    const decided = { kind: 'conflict', code: 'ALREADY_DECIDED' } as const;
    judged.when(recordJudgment, { documentNo: 'J2', judgment: 'upheld' }, day).then(decided);
    judged.when(recordSettlement, { documentNo: 'J1' }, day).then(decided);
    judged.when(recordWithdrawal, { reason: 'other' }, day).then(decided);
  });
});

it('the document follows the way to the court', () => {
  const doc = (events: readonly Given[]) => documentsGiven(referralsView, events as never).get('1');
  expect(doc(packaged)).toMatchObject({
    direction: 'TO_COURT',
    status: 'packaged',
    consents: ['consumer'],
    claimantParty: 'consumer',
    claimant: null,
    package: { id: made.package, items: made.items },
    barsComplaint: false,
  });
  expect(doc(filed)).toMatchObject({
    status: 'filed',
    court: COURT,
    courtCaseNo: '(2026)浙0602民初1号',
    courtFilingState: 'filed',
    barsComplaint: true,
    clocks: { filing: { due: '2026-03-13', state: 'completed' } },
  });
  expect(
    doc([...filed, event('SuitWithdrawn', '2026-06-01', { reason: 'settled', evidence: ['doc-1'] })]),
  ).toMatchObject({ status: 'suit-withdrawn', outcomeCode: 'settled', endedAt: '2026-06-01T02:00:00.000Z' });
});
