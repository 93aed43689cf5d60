import { describe, expect, it } from '@jest/globals';
import { documentsGiven, isRefusal, type DecisionContext } from '#kernel';
import { MEDIATION_KINDS } from '#mediation/events';
import { validatorOf } from '#service';
import {
  ApplyForConfirmation,
  DismissConfirmation,
  OpenConfirmation,
  SignConfirmationApplication,
} from './commands.ts';
import { confirmationPolicy, parseConfirmationPolicy } from './confirmability.ts';
import { apply, open, sign, withdraw } from './decide-application.ts';
import {
  accept,
  amendDeadline,
  challenge,
  confirm,
  decideChallenge,
  decline,
  dismiss,
  enforce,
  extendDecision,
  perform,
  verifyLateEntry,
} from './decide-court.ts';
import { confirmationSchemas, confirmationWords, COURT_BASES, type ConfirmationEvent } from './events.ts';
import { confirmationsTable } from './judicial-confirmation.module.ts';
import { evolveMediation, evolveReferral, unreadAgreement, type AgreementRead, type OpenReads } from './reads.ts';
import {
  accepted,
  applied,
  as,
  challenged,
  confirmed,
  COURT,
  court,
  dismissed,
  DISPUTE,
  event,
  givenConfirmation,
  MEDIATION,
  notAccepted,
  onDay,
  opened,
  place,
  reading,
  REFERRAL,
  revoked,
  signed,
  underReview,
  USCC,
  valid,
  window,
  withdrawn,
  type Given,
} from './testing/given-confirmation.ts';
import { confirmationsView } from './views/judicial-confirmations.ts';

const EVIDENCE = ['doc-1'];
const BOTH: ('consumer' | 'merchant')[] = ['consumer', 'merchant'];

const agreement: AgreementRead = {
  disputeId: DISPUTE,
  handlingRegion: '330602',
  respondentUscc: USCC,
  kind: 'peoples',
  assignment: null,
  invitingCourt: null,
  assignedBy: null,
  isOral: false,
  effectiveOn: '2026-03-02',
};

describe('an agreement', () => {
  const command = { mediationId: MEDIATION, matter: 'property-or-contract' as const };
  const openWith = (more: Partial<AgreementRead> = {}, given: object = {}, context: Partial<DecisionContext> = {}) =>
    givenConfirmation().when(
      open,
      { ...command, ...given } as never,
      {
        ...onDay('2026-03-03'),
        ...context,
        reads: { mediation: { ...agreement, ...more }, referral: undefined },
      } as Partial<DecisionContext<OpenReads>>,
    );
  const opening = (more: Partial<typeof window> = {}): ConfirmationEvent[] => {
    const data = { ...window, ...more };
    const clock = reading('application', data.effectiveOn);
    return [{ type: 'ConfirmationWindowOpened', ruleVersion: clock.rule!, data: { ...data, clocks: [clock] } }];
  };

  it('opens thirty days from its effect, off rest days (L-23, S7 85)', () => {
    openWith().then(opening());
    expect(reading('application', '2026-03-02')).toMatchObject({ due: '2026-04-01' });
    openWith({ effectiveOn: '2026-09-02' }, {}, onDay('2026-09-03')).then(opening({ effectiveOn: '2026-09-02' }));
    expect(reading('application', '2026-09-02')).toMatchObject({ due: '2026-10-08', strict: '2026-10-02' });
    // Its last day is a Saturday.
    expect(reading('application', '2026-03-12')).toMatchObject({ due: '2026-04-13', strict: '2026-04-11' });
  });

  it('that is oral binds from when it was reached (S6 30)', () => {
    openWith({ isOral: true }).then(opening({ isOral: true }));
  });

  it('has one window: asked for again, nothing happens; its id follows from where it was made', () => {
    givenConfirmation([opened()])
      .when(open, command, { reads: { mediation: agreement, referral: undefined } })
      .then([]);
    const idOf = confirmationsTable.commands.find(({ action }) => action === 'open')!.id!;
    expect(idOf(command)).toBe(idOf({ ...command, matter: 'marriage' }));
    expect(idOf(command)).not.toBe(idOf({ referralId: MEDIATION }));
    expect(idOf(command)).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it.each<[string, Partial<AgreementRead>, object, { kind: 'invalid' | 'conflict'; code: string; field: string }]>([
    ['of identity', {}, { matter: 'identity' }, { kind: 'invalid', code: 'MATTER_NOT_CONFIRMABLE', field: 'matter' }],
    ['of adoption', {}, { matter: 'adoption' }, { kind: 'invalid', code: 'MATTER_NOT_CONFIRMABLE', field: 'matter' }],
    ['of marriage', {}, { matter: 'marriage' }, { kind: 'invalid', code: 'MATTER_NOT_CONFIRMABLE', field: 'matter' }],
    [
      'that does not bind',
      { effectiveOn: null },
      {},
      { kind: 'conflict', code: 'AGREEMENT_NOT_EFFECTIVE', field: 'mediationId' },
    ],
    [
      'that binds later',
      { effectiveOn: '2026-03-04' },
      {},
      { kind: 'conflict', code: 'AGREEMENT_NOT_EFFECTIVE', field: 'mediationId' },
    ],
    [
      'before a court that had filed',
      { kind: 'court-invited', assignment: 'post-filing' },
      {},
      { kind: 'conflict', code: 'COURT_MAKES_THE_DOCUMENT', field: 'mediationId' },
    ],
    [
      'in a mediation that carried out an assignment',
      { kind: 'court-invited', assignment: 'pre-filing', assignedBy: REFERRAL },
      {},
      { kind: 'conflict', code: 'ASSIGNMENT_REQUIRED', field: 'mediationId' },
    ],
    [
      'of no dispute that is known',
      { disputeId: null },
      {},
      { kind: 'conflict', code: 'DISPUTE_NOT_LINKED', field: 'mediationId' },
    ],
    ['made nowhere', { kind: null }, {}, { kind: 'conflict', code: 'NO_AGREEMENT_TO_CONFIRM', field: 'mediationId' }],
    [
      'made in two places',
      {},
      { referralId: REFERRAL },
      { kind: 'invalid', code: 'ONE_AGREEMENT_REQUIRED', field: 'mediationId' },
    ],
    [
      'that is not named',
      {},
      { mediationId: undefined },
      { kind: 'invalid', code: 'ONE_AGREEMENT_REQUIRED', field: 'mediationId' },
    ],
  ])('%s is not confirmed', (_, more, given, refusal) => {
    openWith(more, given).then(refusal);
  });

  it('must be known, and opening it is a person’s', () => {
    givenConfirmation()
      .when(open, command, { reads: { mediation: undefined, referral: undefined } })
      .then({ kind: 'invalid', code: 'UNKNOWN_AGREEMENT', field: 'mediationId' });
    openWith({}, {}, as('process')).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });

  it('of an assignment by a court names that court', () => {
    const referral = { ...agreement, kind: 'court-invited', assignment: 'pre-filing', invitingCourt: COURT } as const;
    givenConfirmation()
      .when(
        open,
        { referralId: REFERRAL, matter: 'property-or-contract' },
        { ...onDay('2026-03-03'), reads: { mediation: undefined, referral } },
      )
      .then(opening({ mediationId: null, referralId: REFERRAL, kind: 'court-invited', invitingCourt: COURT }));
  });

  it.each(MEDIATION_KINDS)(
    'of %s mediation is confirmed in Zhejiang; elsewhere an authority’s is not (T-44)',
    (kind) => {
      const isAuthority = kind === 'administrative' || kind === 'delegated';
      openWith({ kind }).then(opening({ kind, confirmableBy: isAuthority ? 'S13 34' : null }));
      for (const handlingRegion of ['370303', '341721']) {
        const elsewhere = openWith({ kind, handlingRegion });
        if (isAuthority) {
          elsewhere.then({ kind: 'conflict', code: 'ADMINISTRATIVE_AGREEMENT_NOT_CONFIRMABLE', field: 'mediationId' });
        } else {
          elsewhere.then(opening({ kind, handlingRegion }));
        }
      }
    },
  );
});

describe('the policy of a region', () => {
  it('is that of the smallest division that has one', () => {
    expect(confirmationPolicy.of('330602')).toEqual({ adminMediationConfirmable: true, source: 'S13 34' });
    expect(confirmationPolicy.of('370303')).toEqual({ adminMediationConfirmable: false, source: 'none' });
    const policy = parseConfirmationPolicy(
      [
        'default: { adminMediationConfirmable: false, source: none }',
        'regions:',
        "  - { region: '330000', adminMediationConfirmable: true, source: A }",
        "  - { region: '330600', adminMediationConfirmable: false, source: B }",
      ].join('\n'),
      'policy.yaml',
    );
    expect(policy.of('330602').source).toBe('B');
    expect(policy.of('330100').source).toBe('A');
  });

  it.each([
    'default: { adminMediationConfirmable: maybe, source: none }\nregions: []',
    'default: { adminMediationConfirmable: false }\nregions: []',
    'default: { adminMediationConfirmable: false, source: none }\nregions: []\nothers: []',
  ])('%j is none', (yaml) => {
    expect(() => parseConfirmationPolicy(yaml, 'policy.yaml')).toThrow(
      expect.objectContaining({ code: 'CONFIRMATION_POLICY_INVALID' }),
    );
  });
});

describe('what a mediation says of its agreement', () => {
  const read = (evolve: typeof evolveMediation, events: readonly [string, object][]) =>
    events.reduce((state, [type, data]) => evolve(state, { type, data } as never), unreadAgreement);
  const proposed = {
    disputeId: DISPUTE,
    handlingRegion: '330602',
    respondentUscc: USCC,
    kind: 'administrative',
    courtAssignment: null,
  };

  it('kind, region, effect and form', () => {
    expect(read(evolveMediation, [['MediationProposed', proposed]])).toEqual({
      ...agreement,
      kind: 'administrative',
      effectiveOn: null,
    });
    expect(
      read(evolveMediation, [
        ['MediationProposed', proposed],
        ['MediationDelegated', {}],
        ['MediationAgreementReached', {}],
        ['MediationAgreementEffective', { effectiveOn: '2026-03-02', form: 'oral', kind: 'delegated' }],
      ]),
    ).toEqual({ ...agreement, kind: 'delegated', isOral: true });
    const assignments = ['pre-filing', 'post-filing-ordinary', 'post-filing-summary'].map(
      (courtAssignment) => read(evolveMediation, [['MediationProposed', { ...proposed, courtAssignment }]]).assignment,
    );
    expect(assignments).toEqual(['pre-filing', 'post-filing', 'post-filing']);
  });

  it('and an assignment by a court', () => {
    const assigned = {
      disputeId: null,
      handlingRegion: '330602',
      respondentUscc: USCC,
      kind: 'pre-filing',
      court: COURT,
    };
    expect(
      read(evolveReferral, [
        ['DisputeAssignedByCourt', assigned],
        ['ReferralLinkedToDispute', { disputeId: DISPUTE }],
        ['CourtMediationAgreed', { effectiveOn: '2026-03-02', form: 'written' }],
        ['CaseReturnedToCourt', {}],
        ['SomethingElse', {}],
      ]),
    ).toEqual({ ...agreement, kind: 'court-invited', assignment: 'pre-filing', invitingCourt: COURT });
  });
});

describe('both parties apply together (T-45)', () => {
  const state = givenConfirmation([opened()]);
  const application = (day: string, evidence: string[]): ConfirmationEvent => {
    const clock = reading('court-acceptance', day);
    return {
      type: 'JudicialConfirmationApplied',
      ruleVersion: clock.rule!,
      data: { applicants: BOTH, ...place, evidence, clocks: [clock] },
    };
  };

  it('in one application with both names', () => {
    state
      .when(apply, { applicants: BOTH, ...place, evidence: EVIDENCE }, onDay('2026-03-09'))
      .then([application('2026-03-09', EVIDENCE)]);
    expect(reading('court-acceptance', '2026-03-09')).toMatchObject({ due: '2026-03-12' });
  });

  it.each([[[]], [['consumer']], [['merchant']], [['consumer', 'consumer']]])('%j alone do not', (applicants) => {
    state
      .when(apply, { applicants: applicants as never, ...place, evidence: EVIDENCE }, onDay('2026-03-09'))
      .then({ kind: 'invalid', code: 'JOINT_APPLICATION_REQUIRED', field: 'applicants' });
  });

  it('a party does not enter the signature of the other', () => {
    for (const role of ['merchant', 'public']) {
      state
        .when(apply, { applicants: BOTH, ...place, evidence: EVIDENCE }, { ...onDay('2026-03-09'), ...as(role) })
        .then({ kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'applicants' });
    }
    state
      .when(sign, { party: 'consumer', ...place }, { ...onDay('2026-03-09'), ...as('merchant') })
      .then({ kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'party' });
  });

  it('or each by an own signature: the first is no application yet', () => {
    const signature: ConfirmationEvent = {
      type: 'ConfirmationApplicationSigned',
      data: { party: 'merchant', ...place, evidence: [] },
    };
    state.when(sign, { party: 'merchant', ...place }, { ...onDay('2026-03-04'), ...as('merchant') }).then([signature]);
    const one = givenConfirmation([opened(), signed('consumer')]);
    expect(one.state).toMatchObject({ status: 'eligible', clocks: { application: { state: 'running' } } });
    one
      .when(sign, { party: 'merchant', ...place }, { ...onDay('2026-03-09'), ...as('merchant') })
      .then([signature, application('2026-03-09', EVIDENCE)]);
    one.when(accept, { courtCaseNo: '1' }, court('2026-03-09')).then({ kind: 'conflict', code: 'NOT_APPLIED' });
  });

  it('for one court; who has signed may sign for another one', () => {
    const one = givenConfirmation([opened(), signed('consumer')]);
    const merchant = { ...onDay('2026-03-09'), ...as('merchant') };
    one
      .when(sign, { party: 'merchant', court: '另一法院', courtBasis: 'party-domicile' }, merchant)
      .then({ kind: 'conflict', code: 'OTHER_COURT_SIGNED', field: 'court' });
    one.when(sign, { party: 'consumer', ...place }, { ...onDay('2026-03-09'), ...as('public') }).then([]);
    one
      .when(
        sign,
        { party: 'consumer', court: '另一法院', courtBasis: 'party-domicile' },
        { ...onDay('2026-03-09'), ...as('public') },
      )
      .then([
        {
          type: 'ConfirmationApplicationSigned',
          data: { party: 'consumer', court: '另一法院', courtBasis: 'party-domicile', evidence: [] },
        },
      ]);
  });

  it('within thirty days, both of them', () => {
    const late = { kind: 'conflict', code: 'APPLICATION_WINDOW_CLOSED' } as const;
    const command = { applicants: BOTH, ...place, evidence: EVIDENCE };
    state.when(apply, command, onDay('2026-04-01')).then([application('2026-04-01', EVIDENCE)]);
    state.when(apply, command, onDay('2026-04-02')).then(late);
    // One in time, the other one not.
    givenConfirmation([opened(), signed('consumer', '2026-04-01')])
      .when(sign, { party: 'merchant', ...place }, { ...onDay('2026-04-02'), ...as('merchant') })
      .then(late);
  });

  it('what was applied for in time may be entered late, and counts once a second person has verified it (T-28)', () => {
    const entered = { ...applied('2026-03-30'), recordedAt: onDay('2026-04-10').now } as Given;
    const state = givenConfirmation([opened(), entered]);
    expect(state.state).toMatchObject({ clocks: { application: { state: 'completed', isRight: true } } });
    const command = { clock: 'application', reason: 'paper-record' as const, evidence: EVIDENCE };
    state
      .when(verifyLateEntry, command, as('officer', 'key-2'))
      .then([{ type: 'ConfirmationLateEntryVerified', data: command }]);
    state.when(verifyLateEntry, command, as('officer')).then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
    state
      .when(verifyLateEntry, command, as('mediator', 'key-2'))
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    // Also where the window was opened only after it.
    const openedLate = { ...opened(), occurredAt: onDay('2026-04-10').occurredAt } as Given;
    expect(
      isRefusal(
        givenConfirmation([openedLate]).when(
          apply,
          { applicants: BOTH, ...place, evidence: EVIDENCE },
          { ...onDay('2026-03-30'), now: onDay('2026-04-10').now },
        ).decision,
      ),
    ).toBe(false);
    givenConfirmation([opened()])
      .when(apply, { applicants: BOTH, ...place, evidence: EVIDENCE }, onDay('2026-03-01'))
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });

  it('somebody else’s signature is proven', () => {
    state
      .when(sign, { party: 'consumer', ...place }, { ...onDay('2026-03-09'), ...as('mediator') })
      .then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
  });

  it.each(COURT_BASES)('to a court that is competent: %s (S7 205, S9 19)', (courtBasis) => {
    const answer = (events: readonly Given[], name = COURT) => {
      const { decision } = givenConfirmation(events).when(
        apply,
        { applicants: BOTH, court: name, courtBasis, evidence: EVIDENCE },
        onDay('2026-03-09'),
      );
      return isRefusal(decision) ? decision.code : 'taken';
    };
    const invited = opened({ kind: 'court-invited', invitingCourt: COURT });
    const isOfInvited = courtBasis === 'inviting-court' || courtBasis === 'body-place';
    expect(answer([invited])).toBe(isOfInvited ? 'taken' : 'COURT_BASIS_NOT_APPLICABLE');
    expect(answer([opened()])).toBe(courtBasis === 'inviting-court' ? 'COURT_BASIS_NOT_APPLICABLE' : 'taken');
    if (courtBasis === 'inviting-court') expect(answer([invited], '另一法院')).toBe('NOT_THE_INVITING_COURT');
  });
});

describe('the court', () => {
  it('accepts or not in three days (S8 4), and then decides in thirty (S7 187)', () => {
    const clock = reading('court-decision', '2026-03-11');
    expect(clock).toMatchObject({ rule: expect.stringContaining('special-procedure'), due: '2026-04-10' });
    const state = givenConfirmation([opened(), applied()]);
    state.when(accept, { courtCaseNo: '（2026）浙0602民特1号' }, court('2026-03-11')).then([
      {
        type: 'JudicialConfirmationAccepted',
        ruleVersion: clock.rule!,
        data: { courtCaseNo: '(2026)浙0602民特1号', evidence: [], clocks: [clock] },
      },
    ]);
    state
      .when(decline, { ground: 'no-jurisdiction' }, court('2026-03-11'))
      .then([{ type: 'JudicialConfirmationNotAccepted', data: { ground: 'no-jurisdiction', evidence: [] } }]);
    state
      .when(accept, { courtCaseNo: '1' }, { ...onDay('2026-03-11'), ...as('officer') })
      .then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
    state
      .when(accept, { courtCaseNo: '1' }, { ...onDay('2026-03-11'), ...as('process') })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });

  it('decided in fifteen days before the newer law, and ten more (S8 5)', () => {
    const clock = reading('court-decision', '2023-08-31');
    expect(clock).toMatchObject({ rule: expect.stringContaining('rule-2011'), due: '2023-09-15' });
    expect(reading('court-decision', '2023-09-01')).toMatchObject({ due: '2023-10-07', strict: '2023-10-01' });
    const old = [opened({ effectiveOn: '2023-08-20' }), applied('2023-08-28'), accepted('2023-08-31')];
    const more = (days: number | undefined, events = old) =>
      givenConfirmation(events).when(extendDecision, days === undefined ? {} : { days }, court('2023-09-15'));
    const [extended] = more(undefined).decision as ConfirmationEvent[];
    expect(extended!.data).toMatchObject({ by: null, clocks: [{ due: '2023-09-25' }] });
    more(11).then({ kind: 'invalid', code: 'EXTENSION_TOO_LONG', field: 'days' });
    const once = event('ConfirmationDecisionExtended', '2023-09-15', extended!.data as never);
    more(undefined, [...old, once]).then({ kind: 'conflict', code: 'EXTENSION_NOT_ALLOWED' });
  });

  it('is given more time by its president, while there is some left', () => {
    const state = givenConfirmation(underReview);
    const [extended] = state.when(extendDecision, { days: 15 }, court('2026-04-10')).decision as ConfirmationEvent[];
    expect(extended).toMatchObject({
      type: 'ConfirmationDecisionExtended',
      data: { grantedOn: '2026-04-10', by: 15, clocks: [{ due: '2026-04-27', strict: '2026-04-25' }] },
    });
    state
      .when(extendDecision, { days: 15 }, court('2026-04-11'))
      .then({ kind: 'conflict', code: 'EXTENSION_TOO_LATE' });
    state
      .when(extendDecision, {}, court('2026-04-10'))
      .then({ kind: 'invalid', code: 'EXTENSION_AMOUNT_NEEDED', field: 'days' });
  });

  it('confirms or dismisses, once', () => {
    const state = givenConfirmation(underReview);
    state
      .when(confirm, { documentNo: 'D1' }, court('2026-03-25'))
      .then([{ type: 'AgreementConfirmed', data: { documentNo: 'D1', evidence: [] } }]);
    state
      .when(dismiss, { documentNo: 'D2', grounds: ['other', 'content-unclear', 'other'] }, court('2026-03-25'))
      .then([
        {
          type: 'ConfirmationDismissed',
          data: { documentNo: 'D2', grounds: ['content-unclear', 'other'], evidence: [] },
        },
      ]);
    givenConfirmation(valid).when(confirm, { documentNo: 'D1' }, court('2026-03-20')).then([]);
    givenConfirmation(valid)
      .when(confirm, { documentNo: 'D9' }, court('2026-03-26'))
      .then({ kind: 'conflict', code: 'ALREADY_CONFIRMED' });
    givenConfirmation([...underReview, dismissed])
      .when(dismiss, { documentNo: 'D2', grounds: ['other'] }, court('2026-03-26'))
      .then([]);
  });

  it('may be asked anew, within the time, after a withdrawal or by another court’s competence', () => {
    const command = { applicants: BOTH, ...place, evidence: EVIDENCE };
    for (const before of [withdrawn, notAccepted('no-jurisdiction')]) {
      const state = givenConfirmation([opened(), applied(), before]);
      expect(isRefusal(state.when(apply, command, onDay('2026-03-20')).decision)).toBe(false);
      state.when(apply, command, onDay('2026-04-02')).then({ kind: 'conflict', code: 'APPLICATION_WINDOW_CLOSED' });
    }
    givenConfirmation([opened(), applied(), notAccepted('not-civil')])
      .when(apply, command, onDay('2026-03-20'))
      .then({ kind: 'conflict', code: 'NOT_ACCEPTED_BY_COURT' });
  });
});

describe('an application is taken back', () => {
  const back = (more: object, context: object = {}) =>
    givenConfirmation(underReview).when(withdraw, { withdrawal: 'by-parties', ...more } as never, {
      ...onDay('2026-03-12'),
      ...context,
    });

  it('by one party or both, before the decision (S8 5(2))', () => {
    back({ by: ['consumer'], evidence: EVIDENCE }).then([
      {
        type: 'ConfirmationApplicationWithdrawn',
        data: { withdrawal: 'by-parties', by: ['consumer'], evidence: EVIDENCE },
      },
    ]);
    back({ by: ['merchant'] }, as('merchant')).then([
      { type: 'ConfirmationApplicationWithdrawn', data: { withdrawal: 'by-parties', by: ['merchant'], evidence: [] } },
    ]);
    back({ by: BOTH }, as('court')).then([
      { type: 'ConfirmationApplicationWithdrawn', data: { withdrawal: 'by-parties', by: BOTH, evidence: [] } },
    ]);
    expect(givenConfirmation([...underReview, withdrawn]).state).toMatchObject({
      clocks: { 'court-decision': { state: 'superseded' } },
    });
  });

  it('or is deemed so by the court (S8 6)', () => {
    back({ withdrawal: 'deemed-withdrawn' }, as('court')).then([
      { type: 'ConfirmationApplicationWithdrawn', data: { withdrawal: 'deemed-withdrawn', by: [], evidence: [] } },
    ]);
    back({ withdrawal: 'deemed-withdrawn' }).then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
    back({ withdrawal: 'deemed-withdrawn', by: ['consumer'] }, as('court')).then({
      kind: 'invalid',
      code: 'PARTY_NOT_APPLICABLE',
      field: 'by',
    });
  });

  it('not by nobody, nor by one for the other', () => {
    back({}).then({ kind: 'invalid', code: 'PARTY_REQUIRED', field: 'by' });
    back({ by: ['consumer'] }, as('merchant')).then({ kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'by' });
    back({ by: ['consumer'] }).then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
  });
});

describe('confirmed', () => {
  const state = givenConfirmation(valid);

  it('is performed, or enforced', () => {
    state
      .when(perform, { evidence: EVIDENCE }, onDay('2026-04-01'))
      .then([{ type: 'ConfirmedAgreementPerformed', data: { evidence: EVIDENCE } }]);
    state
      .when(enforce, { party: 'consumer' }, { ...onDay('2026-04-01'), ...as('public') })
      .then([{ type: 'EnforcementApplied', data: { by: 'consumer', evidence: [] } }]);
    const performed = givenConfirmation([
      ...valid,
      event('ConfirmedAgreementPerformed', '2026-04-01', { evidence: EVIDENCE }),
    ]);
    performed.when(perform, { evidence: EVIDENCE }, onDay('2026-04-02')).then([]);
    performed
      .when(enforce, { party: 'consumer', evidence: EVIDENCE }, onDay('2026-04-02'))
      .then({ kind: 'conflict', code: 'ALREADY_PERFORMED' });
    const enforced = givenConfirmation([
      ...valid,
      event('EnforcementApplied', '2026-04-01', { by: 'consumer', evidence: [] }),
    ]);
    enforced.when(enforce, { party: 'consumer', evidence: EVIDENCE }, onDay('2026-04-02')).then([]);
    expect(isRefusal(enforced.when(perform, { evidence: EVIDENCE }, onDay('2026-04-02')).decision)).toBe(false);
  });

  it('is attacked by a third party within a year of knowing (S8 10)', () => {
    const attack = (knewOn: string, day: string) => state.when(challenge, { knewOn }, court(day));
    const clock = reading('challenge', '2026-04-20');
    expect(clock).toMatchObject({ due: '2027-04-20' });
    attack('2026-04-20', '2027-04-20').then([
      {
        type: 'ConfirmationChallenged',
        ruleVersion: clock.rule!,
        data: { challenge: '1', knewOn: '2026-04-20', challenger: null, evidence: [], clocks: [clock] },
      },
    ]);
    attack('2026-04-20', '2027-04-21').then({ kind: 'conflict', code: 'CHALLENGE_TOO_LATE', field: 'knewOn' });
    attack('2026-04-21', '2026-04-20').then({ kind: 'invalid', code: 'KNEW_AFTER_CHALLENGE', field: 'knewOn' });
    expect(givenConfirmation([...valid, challenged()]).state).toMatchObject({
      clocks: { challenge: { state: 'completed', isRight: true } },
    });
  });

  it('one attack at a time, which is decided', () => {
    const attacked = givenConfirmation([...valid, challenged()]);
    attacked
      .when(challenge, { knewOn: '2026-04-20' }, court('2026-05-02'))
      .then({ kind: 'conflict', code: 'CHALLENGE_OPEN' });
    attacked
      .when(decideChallenge, { result: 'revoked', documentNo: 'D3' }, court('2026-06-01'))
      .then([{ type: 'ConfirmationRevokedByThirdParty', data: { challenge: '1', documentNo: 'D3', evidence: [] } }]);
    attacked
      .when(decideChallenge, { result: 'rejected', documentNo: 'D4' }, court('2026-06-01'))
      .then([{ type: 'ConfirmationChallengeRejected', data: { challenge: '1', documentNo: 'D4', evidence: [] } }]);
    state
      .when(decideChallenge, { result: 'revoked', documentNo: 'D3' }, court('2026-06-01'))
      .then({ kind: 'conflict', code: 'NO_CHALLENGE_OPEN' });
    const rejected = givenConfirmation([
      ...valid,
      challenged(),
      event('ConfirmationChallengeRejected', '2026-06-01', { challenge: '1', documentNo: 'D4', evidence: [] }),
    ]);
    const [again] = rejected.when(challenge, { knewOn: '2026-06-05' }, court('2026-06-10'))
      .decision as ConfirmationEvent[];
    expect(again!.data).toMatchObject({ challenge: '2' });
    givenConfirmation([...valid, challenged(), revoked])
      .when(decideChallenge, { result: 'revoked', documentNo: 'D3' }, court('2026-06-02'))
      .then([]);
  });
});

describe('every step in every state', () => {
  const states: Record<string, readonly Given[]> = {
    eligible: [opened()],
    applied: [opened(), applied()],
    accepted: underReview,
    'not accepted': [opened(), applied(), notAccepted('other')],
    withdrawn: [...underReview, withdrawn],
    confirmed: valid,
    dismissed: [...underReview, dismissed],
    revoked: [...valid, challenged(), revoked],
    nothing: [],
  };
  const day = court('2026-06-10');
  const answer = (events: readonly Given[]) => givenConfirmation(events);
  const steps: Record<string, (events: readonly Given[]) => unknown> = {
    // In time, and so before some of what has happened since: what refuses it is where it stands.
    apply: (events) =>
      answer(events).when(apply, { applicants: BOTH, ...place, evidence: EVIDENCE }, court('2026-03-31')).decision,
    sign: (events) =>
      answer(events).when(sign, { party: 'consumer', ...place, evidence: EVIDENCE }, court('2026-03-31')).decision,
    accept: (events) => answer(events).when(accept, { courtCaseNo: '9' }, day).decision,
    decline: (events) => answer(events).when(decline, { ground: 'not-civil' }, day).decision,
    extend: (events) => answer(events).when(extendDecision, { days: 5 }, court('2026-04-01')).decision,
    withdraw: (events) => answer(events).when(withdraw, { withdrawal: 'by-parties', by: BOTH }, day).decision,
    confirm: (events) => answer(events).when(confirm, { documentNo: 'D9' }, day).decision,
    dismiss: (events) => answer(events).when(dismiss, { documentNo: 'D9', grounds: ['other'] }, day).decision,
    perform: (events) => answer(events).when(perform, { evidence: EVIDENCE }, day).decision,
    enforce: (events) => answer(events).when(enforce, { party: 'consumer', evidence: EVIDENCE }, day).decision,
    challenge: (events) => answer(events).when(challenge, { knewOn: '2026-06-01' }, day).decision,
    decide: (events) => answer(events).when(decideChallenge, { result: 'rejected', documentNo: 'D9' }, day).decision,
  };
  const [NOT_YET, PENDING, TAKEN, REFUSED, BACK, DONE, DISMISSED, REVOKED, NONE] = [
    'NOT_APPLIED',
    'NOT_ACCEPTED_YET',
    'ALREADY_ACCEPTED',
    'NOT_ACCEPTED_BY_COURT',
    'APPLICATION_WITHDRAWN',
    'ALREADY_CONFIRMED',
    'ALREADY_DISMISSED',
    'CONFIRMATION_REVOKED',
    'NOT_CONFIRMED',
  ];
  const rest = [REFUSED, BACK, DONE, DISMISSED, REVOKED];
  const late = Array<string>(5).fill(NONE!);
  const expected: Record<string, readonly (string | undefined)[]> = {
    apply: [
      'JudicialConfirmationApplied',
      'ALREADY_APPLIED',
      TAKEN,
      REFUSED,
      'JudicialConfirmationApplied',
      DONE,
      DISMISSED,
      REVOKED,
    ],
    sign: [
      'ConfirmationApplicationSigned',
      'ALREADY_APPLIED',
      TAKEN,
      REFUSED,
      'ConfirmationApplicationSigned',
      DONE,
      DISMISSED,
      REVOKED,
    ],
    accept: [NOT_YET, 'JudicialConfirmationAccepted', TAKEN, ...rest],
    decline: [NOT_YET, 'JudicialConfirmationNotAccepted', TAKEN, ...rest],
    extend: [NOT_YET, PENDING, 'ConfirmationDecisionExtended', ...rest],
    withdraw: [
      NOT_YET,
      'ConfirmationApplicationWithdrawn',
      'ConfirmationApplicationWithdrawn',
      REFUSED,
      'silence',
      DONE,
      DISMISSED,
      REVOKED,
    ],
    confirm: [NOT_YET, PENDING, 'AgreementConfirmed', ...rest],
    dismiss: [NOT_YET, PENDING, 'ConfirmationDismissed', ...rest],
    perform: [...late, 'ConfirmedAgreementPerformed', NONE, REVOKED],
    enforce: [...late, 'EnforcementApplied', NONE, REVOKED],
    challenge: [...late, 'ConfirmationChallenged', NONE, REVOKED],
    decide: [...late, 'NO_CHALLENGE_OPEN', NONE, REVOKED],
  };
  const word = (decision: unknown): string => {
    const list = decision as ConfirmationEvent[] & { code?: string };
    return list.code ?? (list.length === 0 ? 'silence' : list.map(({ type }) => type).join());
  };

  it.each(Object.keys(steps))('%s', (step) => {
    const answers = Object.values(states).map((events) => word(steps[step]!(events)));
    expect(answers).toEqual([...expected[step]!, 'UNKNOWN_CONFIRMATION']);
  });

  it('a clock that reads otherwise is said', () => {
    const known = reading('application', '2026-03-02');
    const guessed = { ...known, calendar: 'CN-2026.PROVISIONAL' };
    const state = givenConfirmation([
      event('ConfirmationWindowOpened', '2026-03-03', { ...window, clocks: [guessed] }),
    ]);
    const process = as('process', 'clock');
    state
      .when(amendDeadline, { clock: 'application' }, process)
      .then([{ type: 'ConfirmationDeadlineAmended', ruleVersion: known.rule!, data: known }]);
    givenConfirmation([opened()]).when(amendDeadline, { clock: 'application' }, process).then([]);
    givenConfirmation([opened()]).when(amendDeadline, { clock: 'no-such-clock' }, process).then([]);
    const unknown = { kind: 'notFound', code: 'UNKNOWN_CONFIRMATION' } as const;
    givenConfirmation().when(amendDeadline, { clock: 'application' }, process).then(unknown);
    givenConfirmation()
      .when(verifyLateEntry, { clock: 'application', reason: 'other', evidence: EVIDENCE }, as('officer'))
      .then(unknown);
  });
});

it('the document follows', () => {
  const doc = (events: readonly Given[]) => documentsGiven(confirmationsView, events as never).get('1');
  expect(doc([opened(), signed('consumer')])).toMatchObject({
    status: 'signed',
    signedBy: ['consumer'],
    appliedAt: null,
    clocks: { application: { due: '2026-04-01', state: 'running' } },
  });
  expect(doc(valid)).toMatchObject({
    status: 'confirmed',
    signedBy: BOTH,
    court: COURT,
    courtBasis: 'body-place',
    courtCaseNo: '(2026)浙0602民特1号',
    documentNo: 'D1',
    decidedAt: '2026-03-25T02:00:00.000Z',
    clocks: { application: { state: 'completed' }, 'court-decision': { state: 'completed' } },
  });
  const enforced = event('EnforcementApplied', '2026-04-01', { by: 'consumer', evidence: [] });
  const performed = event('ConfirmedAgreementPerformed', '2026-04-02', { evidence: EVIDENCE });
  const rejected = event('ConfirmationChallengeRejected', '2026-06-01', {
    challenge: '1',
    documentNo: 'D4',
    evidence: [],
  });
  expect(doc([...valid, enforced])).toMatchObject({ status: 'enforcement-applied' });
  expect(doc([...valid, enforced, performed])).toMatchObject({ status: 'performed' });
  expect(doc([...valid, challenged(), enforced])).toMatchObject({ status: 'challenged' });
  expect(doc([...valid, challenged(), enforced, rejected])).toMatchObject({ status: 'enforcement-applied' });
  expect(doc([...valid, challenged(), rejected])).toMatchObject({ status: 'confirmed' });
  expect(doc([...valid, challenged(), revoked])).toMatchObject({ status: 'revoked', documentNo: 'D3' });
  expect(doc([opened(), applied(), notAccepted('marriage')])).toMatchObject({
    status: 'not-accepted',
    grounds: ['marriage'],
  });
  expect(doc([...underReview, dismissed])).toMatchObject({ status: 'dismissed', grounds: ['content-unclear'] });
  expect(doc([...underReview, withdrawn])).toMatchObject({ status: 'withdrawn' });
  expect(confirmed.type).toBe('AgreementConfirmed');
});

describe('commands and table', () => {
  const faults = (type: new () => object, body: object) =>
    (validatorOf(type)(body).errors ?? []).map(({ field }) => field);

  it.each<[new () => object, object, string[]]>([
    [OpenConfirmation, { mediationId: MEDIATION, matter: 'property-or-contract' }, []],
    [OpenConfirmation, { mediationId: 'm-1', matter: 'property-or-contract' }, ['mediationId']],
    [OpenConfirmation, { mediationId: MEDIATION }, ['matter']],
    [SignConfirmationApplication, { party: 'consumer', ...place }, []],
    [SignConfirmationApplication, { party: 'court', ...place }, ['party']],
    [SignConfirmationApplication, { party: 'consumer', court: '电话13800138000', courtBasis: 'body-place' }, ['court']],
    [ApplyForConfirmation, { applicants: ['consumer'], ...place, evidence: EVIDENCE }, []],
    [ApplyForConfirmation, { applicants: BOTH, ...place, evidence: [] }, ['evidence']],
    [ApplyForConfirmation, { applicants: BOTH, ...place }, ['evidence']],
    [DismissConfirmation, { documentNo: 'D1', grounds: [] }, ['grounds']],
    [DismissConfirmation, { documentNo: 'D 1', grounds: ['other'] }, ['documentNo']],
  ])('%p %j', (type, body, fields) => {
    expect(faults(type, body)).toEqual(fields);
  });

  it('filters and sorts only by declared indexes; says every event in words', () => {
    for (const { projection, filters, sort } of confirmationsTable.views) {
      const indexes = Object.values(projection.indexes).map(String);
      for (const field of Object.values(filters)) expect(indexes).toContain(`${field},${sort?.field}`);
      expect(indexes).toContain(sort?.field);
    }
    expect(Object.keys(confirmationWords).sort()).toEqual(Object.keys(confirmationSchemas).sort());
  });

  it('a new window lies where the agreement was made, in its dispute', () => {
    const row = confirmationsTable.commands.find(({ action }) => action === 'open')!;
    const reads = { mediation: agreement, referral: undefined };
    expect(row.scope!({}, reads)).toEqual({ region: '330602', subject: USCC });
    expect(row.correlation!({}, undefined, '1', reads)).toBe(DISPUTE);
    expect(row.scope!({}, { mediation: undefined, referral: undefined })).toEqual({ region: null, subject: null });
  });
});
