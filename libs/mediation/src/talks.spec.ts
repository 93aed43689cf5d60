import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#kernel';
import {
  assignMediator,
  cancelSession,
  decideRecusal,
  designateInstitution,
  disputeAppraisalFee,
  recordAttendance,
  requestRecusal,
  scheduleSession,
} from './decide-session.ts';
import { consent, delegate, refuseMediation } from './decide.ts';
import { KINDS, MEDIATION_KINDS } from './kinds.ts';
import {
  ago,
  as,
  assigned,
  body,
  BODY,
  bothConsent,
  complaint,
  consented,
  dispute,
  givenMediation,
  held,
  inSession,
  live,
  mediator,
  MEDIATOR,
  onDay,
  OTHER_USCC,
  ready,
  recusalAsked,
  referral,
  refused,
  scheduled,
  SUBSTITUTE,
  told,
  USCC,
  type Given,
} from './testing/given-mediation.ts';

describe('consent', () => {
  it('is each party’s own word, or taken down by those who mediate', () => {
    const said = (party: 'consumer' | 'merchant') => [
      { type: 'MediationPartyConsented', data: { party, to: 'mediation', evidence: [] } } as const,
    ];
    givenMediation(live()).when(consent, {}, as('merchant')).then(said('merchant'));
    givenMediation(live()).when(consent, {}, as('public')).then(said('consumer'));
    givenMediation(live()).when(consent, { party: 'consumer' }, as('mediator')).then(said('consumer'));
    const mine = { kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'party' } as const;
    givenMediation(live()).when(consent, { party: 'consumer' }, as('merchant')).then(mine);
    givenMediation(live()).when(refuseMediation, { party: 'merchant' }, as('public')).then(mine);
    const unsaid = { kind: 'invalid', code: 'PARTY_REQUIRED', field: 'party' } as const;
    givenMediation(live()).when(consent, {}, as('officer')).then(unsaid);
    givenMediation(live()).when(refuseMediation, {}, as('mediator')).then(unsaid);
  });

  it('said again changes nothing; the last word holds', () => {
    givenMediation([...live(), consented('merchant')])
      .when(consent, { party: 'merchant' })
      .then([]);
    givenMediation([...live(), refused('merchant')])
      .when(refuseMediation, { party: 'merchant' })
      .then([]);
    givenMediation([...live(), refused('merchant')])
      .when(consent, { party: 'merchant', evidence: ['doc-1'] })
      .then([{ type: 'MediationPartyConsented', data: { party: 'merchant', to: 'mediation', evidence: ['doc-1'] } }]);
    const persons = { reason: { personId: 'reason-1', tokens: {} } };
    givenMediation([...live(), consented('merchant')])
      .when(refuseMediation, { party: 'merchant' }, { persons })
      .then([{ type: 'MediationPartyRefused', data: { party: 'merchant', reason: 'reason-1' } }]);
  });

  it('given with the complaint or before the court need not be given again', () => {
    givenMediation(live('administrative', { consented: ['consumer', 'merchant'] }))
      .when(consent, { party: 'merchant' })
      .then([]);
  });

  it('to delegation is for what an authority mediates', () => {
    givenMediation(live('peoples'))
      .when(consent, { party: 'merchant', to: 'delegation' })
      .then({ kind: 'invalid', code: 'DELEGATION_NOT_APPLICABLE', field: 'to' });
  });

  it.each(MEDIATION_KINDS)(
    'of both is needed before a session, but a people’s committee needs no more than no refusal: %s',
    (kind) => {
      const session = { scheduledFor: '2026-03-09T09:00:00+08:00', mode: 'phone', channel: 'phone' } as const;
      const withWords = (words: Given[]) =>
        givenMediation([...live(kind), ...words, assigned()]).when(scheduleSession, session).decision;
      const need = kind === 'delegated' ? 'DELEGATION_CONSENT_REQUIRED' : 'CONSENT_REQUIRED';
      const to = kind === 'delegated' ? 'delegation' : 'mediation';
      for (const words of [[], [consented('consumer', to)], [consented('merchant', to)]]) {
        const decision = withWords(words);
        if (KINDS[kind].consent === 'both') expect(decision).toMatchObject({ code: need });
        else expect(isRefusal(decision)).toBe(false);
      }
      expect(isRefusal(withWords(bothConsent(to)))).toBe(false);
      expect(withWords([...bothConsent(to), refused('consumer')])).toMatchObject({ code: 'PARTY_REFUSED' });
    },
  );
});

describe('delegation', () => {
  const agreedTo = [...live(), ...bothConsent('delegation')];

  it('goes to a body of the roster once both have agreed to it', () => {
    givenMediation(agreedTo)
      .when(delegate, { bodyId: BODY }, { reads: { body } })
      .then([{ type: 'MediationDelegated', data: { bodyId: BODY, bodyName: body.name } }]);
    const needed = { kind: 'conflict', code: 'DELEGATION_CONSENT_REQUIRED' } as const;
    for (const words of [[], bothConsent(), [consented('consumer', 'delegation'), consented('merchant')]]) {
      givenMediation([...live(), ...words])
        .when(delegate, { bodyId: BODY }, { reads: { body } })
        .then(needed);
    }
  });

  it('is never passed on (Art. 19)', () => {
    const none = { kind: 'forbidden', code: 'NO_SUB_DELEGATION' } as const;
    const delegatedNow: Given = {
      type: 'MediationDelegated',
      occurredAt: ago(34),
      data: { bodyId: BODY, bodyName: body.name },
    };
    for (const history of [live('delegated'), [...agreedTo, delegatedNow]]) {
      for (const role of ['officer', 'mediator', 'administrator']) {
        givenMediation(history)
          .when(delegate, { bodyId: BODY }, { ...as(role), reads: { body } } as object)
          .then(none);
      }
    }
  });

  it('is the authority’s to give, and only of its own mediation', () => {
    givenMediation(agreedTo)
      .when(delegate, { bodyId: BODY }, { ...as('mediator'), reads: { body } } as object)
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    for (const kind of ['peoples', 'consumer-association', 'industry', 'court-invited'] as const) {
      givenMediation(live(kind))
        .when(delegate, { bodyId: BODY }, { reads: { body } })
        .then({ kind: 'conflict', code: 'DELEGATION_NOT_APPLICABLE' });
    }
  });

  it('waits for a session that is scheduled and for a recusal, and for a fit body', () => {
    const delegating = (history: Given[], read = { body }) =>
      givenMediation(history).when(delegate, { bodyId: BODY }, { reads: read as never });
    delegating([...agreedTo, assigned(), scheduled(), told()]).then({ kind: 'conflict', code: 'SESSION_SCHEDULED' });
    delegating([...agreedTo, assigned(), ...recusalAsked]).then({ kind: 'conflict', code: 'MEDIATION_SUSPENDED' });
    delegating(agreedTo, { body: undefined as never }).then({ kind: 'invalid', code: 'UNKNOWN_BODY', field: 'bodyId' });
    delegating(agreedTo, { body: { ...body, kinds: ['industry'] } }).then({
      kind: 'conflict',
      code: 'KIND_NOT_OF_BODY',
      field: 'bodyId',
    });
  });

  it('brings the body’s own mediators, under the same consents', () => {
    const { state } = givenMediation([
      ...agreedTo,
      assigned(),
      { type: 'MediationDelegated', occurredAt: ago(32), data: { bodyId: BODY, bodyName: body.name } },
    ]);
    expect(state).toMatchObject({ kind: 'delegated', mediators: [], consents: { merchant: 'delegation' } });
  });
});

describe('a mediator', () => {
  const reads = { mediator, dispute, complaint: undefined, referral: undefined };
  const assigning = (more: object = {}, command: object = {}, history = live('peoples')) =>
    givenMediation(history).when(
      assignMediator,
      { mediatorId: MEDIATOR, ...command },
      { reads: { ...reads, mediator: { ...mediator, ...more } } },
    );
  const event = (relativeRuledOut = false) => [
    { type: 'MediatorAssigned', data: { mediatorId: MEDIATOR, relativeRuledOut } } as const,
  ];
  const refusal = (code: string, field = 'mediatorId') => ({ kind: 'conflict', code, field }) as const;
  const interest = (more: object) => ({
    interests: [{ interest: '1', uscc: null, relative: null, relativeTokens: null, ...more }],
  });

  it('is of the roster, active, of the body, kind and region', () => {
    assigning().then(event());
    givenMediation(live('peoples'))
      .when(assignMediator, { mediatorId: MEDIATOR }, { reads: { ...reads, mediator: undefined } })
      .then({ kind: 'invalid', code: 'UNKNOWN_MEDIATOR', field: 'mediatorId' });
    assigning({ status: 'suspended' }).then(refusal('MEDIATOR_NOT_ACTIVE'));
    assigning({ status: 'removed' }).then(refusal('MEDIATOR_NOT_ACTIVE'));
    assigning({ kinds: ['industry'] }).then(refusal('KIND_NOT_OF_MEDIATOR'));
    assigning({ regions: ['370000'] }).then(refusal('MEDIATOR_OUT_OF_REGION'));
    assigning({ bodyId: '01JN0000000000000000000099' }).then(refusal('MEDIATOR_OF_OTHER_BODY'));
    assigning({ bodyId: null }).then(refusal('MEDIATOR_OF_OTHER_BODY'));
    assigning({ bodyId: null }, {}, live()).then(event());
  });

  it('is assigned once, and may be one of several', () => {
    assigning({}, {}, ready('peoples')).then([]);
    givenMediation(ready('peoples'))
      .when(assignMediator, { mediatorId: SUBSTITUTE }, { reads })
      .then([{ type: 'MediatorAssigned', data: { mediatorId: SUBSTITUTE, relativeRuledOut: false } }]);
  });

  it('tied to the respondent does not mediate', () => {
    assigning(interest({ uscc: USCC })).then(refusal('MEDIATOR_HAS_INTEREST'));
    assigning(interest({ uscc: OTHER_USCC })).then(event());
    // Nobody knows yet who the respondent is.
    assigning(interest({ uscc: USCC }), {}, live('peoples', { respondentUscc: null })).then(event());
  });

  it('who complains, or whose relative does, does not mediate', () => {
    assigning({ personTokens: { phone: 'phone-1', name: 'name-9' } }).then(refusal('MEDIATOR_IS_PARTY'));
    const relative = (tokens: object) => interest({ relative: 'person-8', relativeTokens: tokens });
    assigning(relative({ phone: 'phone-1' })).then(refusal('MEDIATOR_HAS_INTEREST'));
    assigning(relative({ phone: 'phone-8', name: 'name-1' })).then(event());
  });

  it('with a relative of that name needs a person to have looked', () => {
    const namesake = interest({ relative: 'person-8', relativeTokens: { name: 'name-1' } });
    assigning(namesake).then(refusal('RELATIVE_TO_BE_RULED_OUT', 'relativeRuledOut'));
    assigning(namesake, { relativeRuledOut: true }).then(event(true));
    const proven = interest({ relative: 'person-8', relativeTokens: { phone: 'phone-1' } });
    assigning(proven, { relativeRuledOut: true }).then(refusal('MEDIATOR_HAS_INTEREST'));
  });

  it('is held against everybody who complains', () => {
    const complainantTokens = [...dispute.complainantTokens, { phone: 'phone-5' }];
    givenMediation(live('peoples'))
      .when(
        assignMediator,
        { mediatorId: MEDIATOR },
        {
          reads: {
            ...reads,
            mediator: { ...mediator, ...interest({ relativeTokens: { phone: 'phone-5' } }) },
            dispute: { ...dispute, complainantTokens },
          },
        },
      )
      .then(refusal('MEDIATOR_HAS_INTEREST'));
  });
});

describe('a mediator of a dispute that was opened without its complainant', () => {
  it('is held against the one whom the complaint or the court names', () => {
    const tied = {
      ...mediator,
      interests: [{ interest: '1', uscc: null, relative: 'person-8', relativeTokens: { phone: 'phone-7' } }],
    };
    const nobody = { ...dispute, complainantTokens: [{}] };
    const named = { phone: 'phone-7', name: 'name-7' };
    const assigning = (kind: 'peoples' | 'court-invited', more: object) =>
      givenMediation(live(kind)).when(
        assignMediator,
        { mediatorId: MEDIATOR },
        { reads: { mediator: tied, dispute: nobody, complaint: undefined, referral: undefined, ...more } },
      );
    const refusal = { kind: 'conflict', code: 'MEDIATOR_HAS_INTEREST', field: 'mediatorId' } as const;
    assigning('peoples', { complaint: { ...complaint, complainantTokens: named } }).then(refusal);
    assigning('court-invited', { referral: { ...referral, claimantTokens: named } }).then(refusal);
    expect(isRefusal(assigning('peoples', {}).decision)).toBe(false);
  });
});

describe('a session', () => {
  const on = { scheduledFor: '2026-03-09T09:00:00+08:00', channel: 'sms' } as const;
  const scheduling = (more: object, history = ready()) =>
    givenMediation(history).when(scheduleSession, { ...on, mode: 'on-site', place: 'Room 1', ...more });

  it('is fixed with time, place and mediator, of which both are told in advance (Art. 20)', () => {
    scheduling({}).then([
      {
        type: 'MediationSessionScheduled',
        data: {
          ...{ session: '1', scheduledFor: '2026-03-09T01:00:00.000Z', mode: 'on-site', place: 'Room 1' },
          mediators: [MEDIATOR],
        },
      },
      { type: 'PartiesNotifiedOfSession', data: { session: '1', channel: 'sms' } },
    ]);
    scheduling({ scheduledFor: '2026-03-04T10:00:00+08:00' }).then({
      kind: 'invalid',
      code: 'SESSION_NOT_IN_ADVANCE',
      field: 'scheduledFor',
    });
    scheduling({ place: undefined }).then({ kind: 'invalid', code: 'PLACE_REQUIRED', field: 'place' });
    scheduling({ mode: 'online' }).then({ kind: 'invalid', code: 'PLACE_NOT_APPLICABLE', field: 'place' });
    scheduling({}, [...live(), ...bothConsent()]).then({ kind: 'conflict', code: 'MEDIATOR_REQUIRED' });
  });

  it('is numbered, held on its day or later, and over with that', () => {
    const { decision } = scheduling({}, inSession());
    expect(decision).toMatchObject([{ data: { session: '2' } }, { data: { session: '2' } }]);
    const history = [...ready(), scheduled(), told()];
    const holding = (session: string, context: object = {}) =>
      givenMediation(history).when(recordAttendance, { session, attended: ['merchant'] }, context);
    holding('1').then([{ type: 'MediationSessionHeld', data: { session: '1', attended: ['merchant'] } }]);
    holding('1', { occurredAt: ago(20) - 3_600_000 }).then([
      { type: 'MediationSessionHeld', data: { session: '1', attended: ['merchant'] } },
    ]);
    holding('1', { occurredAt: ago(21) }).then({ kind: 'invalid', code: 'HELD_BEFORE_SCHEDULED', field: 'occurredAt' });
    holding('2').then({ kind: 'invalid', code: 'UNKNOWN_SESSION', field: 'session' });
    const over = { kind: 'conflict', code: 'SESSION_OVER', field: 'session' } as const;
    givenMediation([...history, held()])
      .when(recordAttendance, { session: '1', attended: [] })
      .then(over);
    givenMediation([...history, held()])
      .when(cancelSession, { session: '1', code: 'other' })
      .then(over);
  });

  it('that was cancelled is not held', () => {
    const history = [...ready(), scheduled(), told()];
    givenMediation(history)
      .when(cancelSession, { session: '1', code: 'party-unable' })
      .then([{ type: 'MediationSessionCancelled', data: { session: '1', code: 'party-unable' } }]);
    const cancelled: Given = {
      type: 'MediationSessionCancelled',
      occurredAt: ago(25),
      data: { session: '1', code: 'party-unable' },
    };
    givenMediation([...history, cancelled])
      .when(recordAttendance, { session: '1', attended: [] })
      .then({ kind: 'conflict', code: 'SESSION_OVER', field: 'session' });
  });
});

describe('a court-invited mediation of which a sham was reported', () => {
  const inCourt = [...ready('court-invited', { courtAssignment: 'pre-filing' }), scheduled('online'), told()];
  const under = (sham: 'reported' | 'sham' | 'no-sham' | null) => ({ reads: { referral: { ...referral, sham } } });
  const call = { scheduledFor: '2026-03-09T09:00:00+08:00', mode: 'phone', channel: 'sms' } as const;
  const attendance = { session: '1', attended: ['consumer', 'merchant'] as ('consumer' | 'merchant')[] };

  it.each([
    ['reported', 'SHAM_UNDER_REVIEW'],
    ['sham', 'SHAM_MEDIATION'],
  ] as const)('brings nobody together while it is %s (S9 18)', (sham, code) => {
    givenMediation(inCourt).when(scheduleSession, call, under(sham)).then({ kind: 'conflict', code });
    givenMediation(inCourt).when(recordAttendance, attendance, under(sham)).then({ kind: 'conflict', code });
  });

  it.each(['no-sham', null] as const)('goes on where it is %s', (sham) => {
    givenMediation(inCourt)
      .when(recordAttendance, attendance, under(sham))
      .then([{ type: 'MediationSessionHeld', data: attendance }]);
  });
});

describe('a recusal', () => {
  const request = { mediatorId: MEDIATOR, ground: 'interest-in-dispute' } as const;
  const asking = (more: object, role = 'officer', history = inSession()) =>
    givenMediation(history).when(requestRecusal, { ...request, ...more }, as(role));

  it('is asked for by a party or the mediator, and suspends the mediation', () => {
    const events = (by: 'consumer' | 'merchant' | 'mediator') =>
      [
        {
          type: 'MediatorRecusalRequested',
          data: { recusal: '1', mediatorId: MEDIATOR, by, ground: request.ground, reason: null },
        },
        { type: 'MediationSuspended', data: { cause: 'recusal', recusal: '1' } },
      ] as const;
    asking({}, 'merchant').then(events('merchant'));
    asking({}, 'public').then(events('consumer'));
    asking({ by: 'mediator' }, 'mediator').then(events('mediator'));
    asking({ by: 'mediator' }, 'merchant').then({ kind: 'forbidden', code: 'NOT_YOUR_PARTY', field: 'by' });
    asking({}).then({ kind: 'invalid', code: 'PARTY_REQUIRED', field: 'by' });
    asking({ by: 'consumer', mediatorId: SUBSTITUTE }).then({
      kind: 'invalid',
      code: 'NOT_MEDIATOR_HERE',
      field: 'mediatorId',
    });
    asking({ by: 'consumer' }, 'officer', [...inSession(), ...recusalAsked]).then({
      kind: 'conflict',
      code: 'RECUSAL_PENDING',
    });
  });

  const suspended = [...inSession(), ...recusalAsked];

  it('is decided by somebody else; granted, the mediator leaves', () => {
    const deciding = (granted: boolean, id = 'key-1') =>
      givenMediation(suspended).when(decideRecusal, { granted }, as('mediator', id));
    deciding(true).then([
      { type: 'RecusalDecided', data: { recusal: '1', mediatorId: MEDIATOR, granted: true } },
      { type: 'MediationResumed', data: { recusal: '1' } },
    ]);
    deciding(false, 'key-3').then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
    const after = (granted: boolean) =>
      givenMediation([
        ...suspended,
        { type: 'RecusalDecided', occurredAt: ago(18), data: { recusal: '1', mediatorId: MEDIATOR, granted } },
        { type: 'MediationResumed', occurredAt: ago(18), data: { recusal: '1' } },
      ]);
    after(true)
      .when(scheduleSession, { scheduledFor: '2026-03-09T09:00:00+08:00', mode: 'phone', channel: 'sms' })
      .then({ kind: 'conflict', code: 'MEDIATOR_REQUIRED' });
    expect(after(false).state).toMatchObject({ mediators: [MEDIATOR], recusal: null });
    after(true).when(decideRecusal, { granted: true }).then({ kind: 'conflict', code: 'NO_RECUSAL_PENDING' });
    const again = (mediatorId: string) =>
      after(true).when(
        assignMediator,
        { mediatorId },
        { reads: { mediator: { ...mediator, bodyId: null }, dispute, complaint, referral: undefined } },
      );
    again(MEDIATOR).then({ kind: 'conflict', code: 'MEDIATOR_RECUSED', field: 'mediatorId' });
    again(SUBSTITUTE).then([{ type: 'MediatorAssigned', data: { mediatorId: SUBSTITUTE, relativeRuledOut: false } }]);
  });

  it('keeps everybody from the table until then, but a substitute may be found', () => {
    const waiting = { kind: 'conflict', code: 'MEDIATION_SUSPENDED' } as const;
    givenMediation(suspended)
      .when(scheduleSession, { scheduledFor: '2026-03-09T09:00:00+08:00', mode: 'phone', channel: 'sms' })
      .then(waiting);
    givenMediation(suspended).when(recordAttendance, { session: '1', attended: [] }).then(waiting);
    givenMediation(suspended)
      .when(
        assignMediator,
        { mediatorId: SUBSTITUTE },
        { reads: { mediator: { ...mediator, bodyId: null }, dispute, complaint, referral: undefined } },
      )
      .then([{ type: 'MediatorAssigned', data: { mediatorId: SUBSTITUTE, relativeRuledOut: false } }]);
  });
});

describe('an appraisal', () => {
  const designating = (
    chosenBy: 'parties' | 'authority',
    role: string,
    day: string,
    kind: 'administrative' | 'peoples',
  ) =>
    givenMediation(live(kind)).when(
      designateInstitution,
      { institution: 'Institute of Quality', chosenBy, evidence: ['doc-1'] },
      { ...as(role), ...onDay(day) } as object,
    );
  const event = (chosenBy: 'parties' | 'authority') => [
    {
      type: 'AppraisalInstitutionDesignated',
      data: { institution: 'Institute of Quality', chosenBy, evidence: ['doc-1'] },
    } as const,
  ];

  it('is done by whom the parties choose, or by whom the authority designates from Order 121 on (Art. 22)', () => {
    designating('parties', 'mediator', '2026-04-14', 'peoples').then(event('parties'));
    designating('authority', 'officer', '2026-04-15', 'administrative').then(event('authority'));
    const not = { kind: 'conflict', code: 'AUTHORITY_MAY_NOT_DESIGNATE', field: 'chosenBy' } as const;
    designating('authority', 'officer', '2026-04-14', 'administrative').then(not);
    designating('authority', 'officer', '2026-04-15', 'peoples').then(not);
    designating('authority', 'mediator', '2026-04-15', 'administrative').then({
      kind: 'forbidden',
      code: 'HUMAN_DECISION_REQUIRED',
    });
  });

  it('may fail over its fee, which is said once', () => {
    givenMediation(live())
      .when(disputeAppraisalFee, {})
      .then([{ type: 'AppraisalFeeDisagreed', data: {} }]);
    givenMediation([...live(), { type: 'AppraisalFeeDisagreed', occurredAt: ago(30), data: {} }])
      .when(disputeAppraisalFee, {})
      .then([]);
  });
});
