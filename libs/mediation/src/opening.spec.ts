import { describe, expect, it } from '@jest/globals';
import { isRefusal, type DecisionContext, type RefusalKind } from '#kernel';
import { readClock } from '#law';
import { ROLES } from '#access';
import type { ProposeMediation } from './commands.ts';
import { accept, decline, propose } from './decide.ts';
import { KINDS, MEDIATION_KINDS, type MediationKind } from './kinds.ts';
import type { MediationEvents } from './mediation-events.ts';
import { evolvePrevious, unreadPrevious, type PreviousRead, type ProposeReads } from './reads.ts';
import { idOfMediation } from './succession.ts';
import {
  ago,
  as,
  body,
  BODY,
  complaint,
  complaintAcceptedOn,
  COMPLAINT,
  dispute,
  DISPUTE,
  givenMediation,
  law,
  onDay,
  OTHER_USCC,
  proposed,
  referral,
  REFERRAL,
  USCC,
} from './testing/given-mediation.ts';

const OTHER = '01JN0000000000000000000099';
const reads: ProposeReads = { dispute, complaint, referral, body, before: undefined };

/** The command as it opens a mediation of a kind. */
const commands: Record<MediationKind, Partial<ProposeMediation>> = {
  administrative: { complaintId: COMPLAINT },
  delegated: { complaintId: COMPLAINT, bodyId: BODY },
  peoples: { bodyId: BODY, handlingRegion: '330602' },
  'consumer-association': { bodyId: BODY, handlingRegion: '330602' },
  industry: { bodyId: BODY, handlingRegion: '330602' },
  'court-invited': { bodyId: BODY, referralId: REFERRAL },
};

const opening = (
  kind: MediationKind,
  more: Partial<ProposeMediation> = {},
  changed: Partial<ProposeReads> = {},
  context: Partial<DecisionContext<ProposeReads>> = {},
) =>
  givenMediation().when(
    propose,
    { kind, disputeId: DISPUTE, ...commands[kind], ...more },
    { actor: { id: 'key-1', role: 'administrator' }, reads: { ...reads, ...changed }, ...context },
  );
const data = (kind: MediationKind, ...given: [object?, object?, object?]) => {
  const { decision } = opening(kind, ...given);
  if (isRefusal(decision)) throw new Error(decision.code);
  return decision[0]!.data as MediationEvents['MediationProposed'];
};
const refusal = (kind: RefusalKind, code: string, field: string) => ({ kind, code, field });

describe('a mediation is opened', () => {
  it.each(MEDIATION_KINDS)('as %s by those who open it, and by nobody else', (kind) => {
    for (const role of [...ROLES, 'process']) {
      const { decision } = opening(kind, {}, {}, as(role) as object);
      const isTheirs = role === 'administrator' || (KINDS[kind].openedBy as readonly string[]).includes(role);
      const code = role === 'process' ? 'HUMAN_DECISION_REQUIRED' : 'KIND_NOT_YOURS_TO_OPEN';
      expect({ role, decision }).toMatchObject(
        isTheirs ? { decision: [{ type: 'MediationProposed' }] } : { decision: { code } },
      );
    }
  });

  it('of a complaint where it is handled, in the authority’s name, between its people, with the consents given there', () => {
    const consented = ['merchant'] as const;
    opening('administrative', {}, { complaint: { ...complaint, consented } }).then([
      {
        type: 'MediationProposed',
        data: {
          ...proposed('administrative').data,
          ...{ respondent: 'person-4', complainant: 'person-3', consented, clocks: [] },
        } as MediationEvents['MediationProposed'],
      },
    ]);
  });

  it('by a body between the people of the dispute, under the limit of its region for taking it up', () => {
    const clock = readClock({ clock: 'body-acceptance', rule: 'L-20.acceptance', from: '2026-03-04' }, law);
    opening('consumer-association').then([
      {
        type: 'MediationProposed',
        ruleVersion: clock.rule!,
        data: { ...proposed('consumer-association').data, clocks: [clock] } as MediationEvents['MediationProposed'],
      },
    ]);
    expect(clock.due).toBe('2026-03-11');
  });

  it('for a court by the body that has confirmed it, typed by how the court assigned it (T-46)', () => {
    expect(data('court-invited')).toMatchObject({ courtAssignment: 'pre-filing', referralId: REFERRAL, clocks: [] });
    const after = { referral: { ...referral, courtAssignment: 'post-filing-summary' as const } };
    expect(data('court-invited', {}, after)).toMatchObject({ courtAssignment: 'post-filing-summary' });
    expect(data('court-invited', {}, { referral: { ...referral, consented: ['consumer'] } })).toMatchObject({
      consented: ['consumer'],
    });
  });

  it('by a people’s committee of its own accord, and by no other', () => {
    expect(data('peoples', { initiative: 'own-initiative' })).toMatchObject({ initiative: 'own-initiative' });
    for (const kind of MEDIATION_KINDS.filter((one) => one !== 'peoples')) {
      opening(kind, { initiative: 'own-initiative' }).then(
        refusal('invalid', 'INITIATIVE_NOT_APPLICABLE', 'initiative'),
      );
    }
  });

  it('as joint where it is said, or several complain of the dispute (T-17)', () => {
    expect(data('administrative', { isJoint: true }).isJoint).toBe(true);
    expect(
      data('administrative', {}, { dispute: { ...dispute, joint: { ...dispute.joint, complainants: 2 } } }).isJoint,
    ).toBe(true);
    expect(data('administrative').isJoint).toBe(false);
  });

  it('once', () => {
    givenMediation([proposed('administrative')])
      .when(propose, { kind: 'administrative', disputeId: DISPUTE }, { reads })
      .then({ kind: 'conflict', code: 'MEDIATION_EXISTS', field: 'afterMediationId' });
  });

  it('of a dispute that there is', () => {
    for (const kind of MEDIATION_KINDS) {
      opening(kind, {}, { dispute: undefined }).then(refusal('invalid', 'UNKNOWN_DISPUTE', 'disputeId'));
    }
  });

  it('of none that was merged away, unless it goes on with what had begun', () => {
    const merged = { dispute: { ...dispute, mergedInto: OTHER } };
    for (const kind of MEDIATION_KINDS) {
      const isApplied = KINDS[kind].isApplied;
      if (isApplied) opening(kind, {}, merged).then(refusal('conflict', 'DISPUTE_MERGED', 'disputeId'));
      else opening(kind, {}, merged).then(opening(kind).decision as never);
    }
  });
});

describe('a mediation of a complaint', () => {
  const field = 'complaintId';
  it.each(['administrative', 'delegated'] as const)(
    '%s needs one that is accepted, of the dispute, and not over',
    (kind) => {
      opening(kind, { complaintId: undefined } as object).then(refusal('invalid', 'COMPLAINT_REQUIRED', field));
      const withComplaint = (more: object) => opening(kind, {}, { complaint: { ...complaint, ...more } });
      opening(kind, {}, { complaint: undefined }).then(refusal('invalid', 'UNKNOWN_COMPLAINT', field));
      withComplaint({ disputeId: OTHER }).then(refusal('conflict', 'COMPLAINT_OF_OTHER_DISPUTE', field));
      withComplaint({ acceptedAt: null }).then(refusal('conflict', 'COMPLAINT_NOT_ACCEPTED', field));
      withComplaint({ mergedInto: OTHER }).then(refusal('conflict', 'COMPLAINT_MERGED', field));
      for (const concluded of ['mediated', 'terminated', 'withdrawn']) {
        withComplaint({ concluded }).then(refusal('conflict', 'COMPLAINT_CONCLUDED', field));
      }
      const acceptedLater = complaintAcceptedOn('2026-03-04');
      opening(kind, {}, { complaint: acceptedLater }, { occurredAt: ago(1) }).then(
        refusal('invalid', 'PROPOSED_BEFORE_ACCEPTANCE', 'occurredAt'),
      );
      opening(kind, {}, { complaint: acceptedLater }).then(opening(kind).decision as never);
    },
  );

  it('is handled where the complaint is', () => {
    expect(data('administrative', { handlingRegion: '330602' }).handlingRegion).toBe('330602');
    opening('administrative', { handlingRegion: '330603' }).then(
      refusal('invalid', 'REGION_MISMATCH', 'handlingRegion'),
    );
  });

  it('is of no court, and no other is of a complaint', () => {
    opening('delegated', { referralId: REFERRAL }).then(refusal('invalid', 'REFERRAL_NOT_APPLICABLE', 'referralId'));
    for (const kind of ['peoples', 'consumer-association', 'industry', 'court-invited'] as const) {
      opening(kind, { complaintId: COMPLAINT }).then(refusal('invalid', 'COMPLAINT_NOT_APPLICABLE', field));
    }
  });
});

describe('one mediation of a complaint, or for a court, after another', () => {
  const BEFORE = '01JN0000000000000000000098';
  const field = 'afterMediationId';
  const ended: PreviousRead = { complaintId: COMPLAINT, referralId: null, endedAt: ago(10), isAgreed: false };
  const after = (more: Partial<PreviousRead> = {}, changed: Partial<ProposeReads> = {}, context: object = {}) =>
    opening('administrative', { afterMediationId: BEFORE }, { before: { ...ended, ...more }, ...changed }, context);

  it('has an id that follows from both: two at once are one, of whichever kind', () => {
    const id = (more: Partial<ProposeMediation>) => idOfMediation(more as ProposeMediation);
    expect(id({ complaintId: COMPLAINT })).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(id({ complaintId: COMPLAINT, kind: 'delegated', bodyId: BODY })).toBe(id({ complaintId: COMPLAINT }));
    const all = [
      id({ complaintId: COMPLAINT }),
      id({ complaintId: OTHER }),
      id({ referralId: COMPLAINT }),
      id({ complaintId: COMPLAINT, afterMediationId: BEFORE }),
      id({ complaintId: COMPLAINT, afterMediationId: OTHER }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(id({ bodyId: BODY, handlingRegion: '330602' })).toBeUndefined();
  });

  it('is opened once that one has ended', () => {
    after().then(opening('administrative').decision as never);
    after({ endedAt: null }).then(refusal('conflict', 'MEDIATION_GOES_ON', field));
    after({}, { before: undefined }).then(refusal('invalid', 'UNKNOWN_MEDIATION', field));
    after({ complaintId: OTHER }).then(refusal('conflict', 'MEDIATION_OF_OTHER_PROCEDURE', field));
    after({ referralId: REFERRAL }).then(refusal('conflict', 'MEDIATION_OF_OTHER_PROCEDURE', field));
    after({}, {}, { occurredAt: ago(11) }).then(refusal('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'occurredAt'));
    opening(
      'court-invited',
      { afterMediationId: BEFORE },
      {
        before: { ...ended, complaintId: null, referralId: REFERRAL },
      },
    ).then(opening('court-invited').decision as never);
    for (const kind of ['peoples', 'consumer-association', 'industry'] as const) {
      opening(kind, { afterMediationId: BEFORE }).then(refusal('invalid', 'PREVIOUS_NOT_APPLICABLE', field));
    }
  });

  it('and after an agreement only where the complaint was reopened', () => {
    after({ isAgreed: true }).then(refusal('conflict', 'AGREEMENT_EFFECTIVE', field));
    const reopenedAt = (at: number) => after({ isAgreed: true }, { complaint: { ...complaint, reopenedAt: at } });
    reopenedAt(ago(11)).then(refusal('conflict', 'AGREEMENT_EFFECTIVE', field));
    reopenedAt(ago(9)).then(opening('administrative').decision as never);
  });

  it('reads whose it was, and how it ended', () => {
    const fold = (...events: object[]) =>
      events.reduce<PreviousRead>((read, event) => evolvePrevious(read, event as never), unreadPrevious);
    const begun = { type: 'MediationProposed', data: { complaintId: COMPLAINT, referralId: null }, occurredAt: 1 };
    const later = (type: string) => ({ type, data: {}, occurredAt: 2 });
    expect(fold(begun, later('MediationSessionHeld'))).toEqual({ ...ended, endedAt: null });
    for (const type of ['MediationTerminated', 'MediationApplicationDeclined']) {
      expect(fold(begun, later(type), later('PartiesNotifiedOfTermination'))).toEqual({ ...ended, endedAt: 2 });
    }
    expect(fold(begun, later('MediationAgreementEffective'))).toEqual({ ...ended, endedAt: 2, isAgreed: true });
  });
});

describe('a mediation for a court', () => {
  it('needs its assignment, as the body has confirmed it', () => {
    const field = 'referralId';
    const withReferral = (more: object) => opening('court-invited', {}, { referral: { ...referral, ...more } });
    opening('court-invited', { referralId: undefined } as object).then(refusal('invalid', 'REFERRAL_REQUIRED', field));
    opening('court-invited', {}, { referral: undefined }).then(refusal('invalid', 'UNKNOWN_REFERRAL', field));
    withReferral({ courtAssignment: null }).then(refusal('conflict', 'REFERRAL_NOT_FROM_COURT', field));
    withReferral({ disputeId: null }).then(refusal('conflict', 'REFERRAL_OF_OTHER_DISPUTE', field));
    withReferral({ isEnded: true }).then(refusal('conflict', 'REFERRAL_ENDED', field));
    withReferral({ confirmedAt: null }).then(refusal('conflict', 'ASSIGNMENT_NOT_CONFIRMED', field));
    withReferral({ bodyId: OTHER }).then(refusal('conflict', 'ASSIGNED_TO_OTHER_BODY', 'bodyId'));
    opening('court-invited', {}, {}, { occurredAt: ago(51) }).then(
      refusal('invalid', 'PROPOSED_BEFORE_ACCEPTANCE', 'occurredAt'),
    );
  });
});

describe('the body that mediates', () => {
  const field = 'bodyId';
  it('is of the roster, active, of that kind and region, and not the respondent', () => {
    const withBody = (more: object) => opening('peoples', {}, { body: { ...body, ...more } });
    opening('peoples', { bodyId: undefined } as object).then(refusal('invalid', 'BODY_REQUIRED', field));
    opening('peoples', {}, { body: undefined }).then(refusal('invalid', 'UNKNOWN_BODY', field));
    withBody({ status: 'suspended' }).then(refusal('conflict', 'BODY_NOT_ACTIVE', field));
    withBody({ status: 'removed' }).then(refusal('conflict', 'BODY_NOT_ACTIVE', field));
    withBody({ kinds: ['industry'] }).then(refusal('conflict', 'KIND_NOT_OF_BODY', field));
    withBody({ regions: ['330604', '370000'] }).then(refusal('conflict', 'BODY_OUT_OF_REGION', field));
    withBody({ uscc: USCC }).then(refusal('conflict', 'BODY_IS_RESPONDENT', field));
    expect(isRefusal(withBody({ uscc: OTHER_USCC }).decision)).toBe(false);
  });

  it('says where it mediates', () => {
    opening('industry', { handlingRegion: undefined } as object).then(
      refusal('invalid', 'HANDLING_REGION_REQUIRED', 'handlingRegion'),
    );
  });

  it('is none where the authority mediates itself', () => {
    opening('administrative', { bodyId: BODY }).then(refusal('invalid', 'BODY_NOT_APPLICABLE', field));
  });
});

describe('what a body was asked for', () => {
  const asked = (kind: MediationKind, region = '330602') =>
    givenMediation([proposed(kind, { handlingRegion: region })]);

  it('is taken up under the limit of Zhejiang’s consumer councils (L-20), and elsewhere under one that cannot be told', () => {
    const clock = {
      ...{ clock: 'body-mediation', calendar: 'CN-2026.1' },
      ...{ rule: 'L-20.mediation/ZHEJIANG-CONSUMER@2017-03-30:32', due: '2026-03-18' },
    };
    asked('consumer-association')
      .when(accept, {})
      .then([
        {
          type: 'MediationApplicationAccepted',
          ruleVersion: clock.rule,
          data: { bodyName: body.name, clocks: [clock] },
        },
      ]);
    for (const silent of [asked('consumer-association', '370300'), asked('peoples'), asked('industry')]) {
      const unknown = { clock: 'body-mediation', rule: null, calendar: null, due: null };
      silent.when(accept, {}).then([
        {
          type: 'MediationApplicationAccepted',
          data: { bodyName: body.name, clocks: [{ ...unknown, undetermined: 'RULE_NOT_CONFIGURED' }] },
        },
      ]);
    }
  });

  it('has no limit for taking it up outside Zhejiang', () => {
    const there = { body: { ...body, regions: ['370000'] } };
    expect(data('consumer-association', { handlingRegion: '370300' }, there).clocks).toEqual([]);
  });

  it('counts ten working days over the Spring Festival', () => {
    const { decision } = asked('consumer-association').when(accept, {}, onDay('2026-02-13') as object);
    expect(decision).toMatchObject([{ data: { clocks: [{ due: '2026-03-05' }] } }]);
  });

  it('is not taken up, with a code and a reason in the vault', () => {
    const persons = { reason: { personId: 'reason-1', tokens: {} } };
    asked('peoples')
      .when(decline, { code: 'party-refused' }, { persons })
      .then([{ type: 'MediationApplicationDeclined', data: { code: 'party-refused', reason: 'reason-1' } }]);
    asked('peoples')
      .when(decline, { code: 'other' })
      .then([{ type: 'MediationApplicationDeclined', data: { code: 'other', reason: null } }]);
  });

  it('is decided on once; of a complaint or for a court there is nothing to take up', () => {
    for (const kind of ['administrative', 'delegated', 'court-invited'] as const) {
      asked(kind).when(accept, {}).then({ kind: 'conflict', code: 'ALREADY_ACCEPTED' });
      asked(kind).when(decline, { code: 'other' }).then({ kind: 'conflict', code: 'ALREADY_ACCEPTED' });
    }
  });
});
