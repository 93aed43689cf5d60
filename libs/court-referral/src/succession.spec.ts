import { describe, expect, it } from '@jest/globals';
import type { DecisionContext } from '#kernel';
import type { OfferCourtRoute } from './commands.ts';
import { offer } from './decide-outgoing.ts';
import { unreadProcedure, type OfferReads } from './reads.ts';
import type { ReferralState } from './referral.ts';
import { idOfRoute } from './succession.ts';
import {
  assigned,
  COMPLAINT,
  DISPUTE,
  event,
  givenReferral,
  MEDIATION,
  offer as offerData,
  offered,
  onDay,
  USCC,
} from './testing/given-referral.ts';

const BEFORE = '01JN0000000000000000000009';
const command: OfferCourtRoute = {
  ...{ disputeId: DISPUTE, handlingRegion: '330602', purpose: 'suit', mediationId: MEDIATION },
};
const byComplaint: OfferCourtRoute = {
  ...{ disputeId: DISPUTE, handlingRegion: '330602', purpose: 'suit', complaintId: COMPLAINT },
};
const ended = { ...unreadProcedure, disputeId: DISPUTE, endedAt: onDay('2026-02-01').occurredAt };

const offering = (before: ReferralState | undefined, more: object = {}, day = '2026-03-04') => {
  const reads: OfferReads = {
    dispute: { respondentUscc: USCC, mergedInto: null },
    complaint: undefined,
    mediation: { ...ended, isAgreed: true, kind: 'peoples' },
    before,
  };
  return givenReferral().when(offer, { ...command, afterReferralId: BEFORE, ...more }, {
    ...onDay(day),
    reads,
  } as Partial<DecisionContext<OfferReads>>);
};

describe('a way to the court', () => {
  it('is one for a dispute and what it is for, whoever offers it first', () => {
    const first = idOfRoute(command);
    expect(idOfRoute({ ...byComplaint, claimant: 'consumer' })).toBe(first);
    for (const more of [{ claimant: 'merchant' }, { purpose: 'confirmation' }, { afterReferralId: BEFORE }] as const) {
      expect(idOfRoute({ ...command, ...more })).not.toBe(first);
    }
    givenReferral([offered()]).when(offer, command).then({
      kind: 'conflict',
      code: 'REFERRAL_EXISTS',
      field: 'afterReferralId',
    });
  });

  it('to confirm an agreement is one for each agreement', () => {
    const confirming = { ...command, purpose: 'confirmation' } as const;
    const other = '01JN0000000000000000000008';
    expect(idOfRoute(confirming)).not.toBe(idOfRoute({ ...confirming, mediationId: other }));
    expect(idOfRoute({ ...byComplaint, purpose: 'confirmation' })).not.toBe(idOfRoute(confirming));
  });

  const declined = givenReferral([
    offered(),
    event('CourtRouteConsentRefused', '2026-03-03', { party: 'consumer' }),
  ]).state;

  it('comes again only after one that has ended', () => {
    offering(declined).then([{ type: 'CourtRouteOffered', data: offerData }]);
    const field = 'afterReferralId';
    offering(givenReferral([offered()]).state).then({ kind: 'conflict', code: 'REFERRAL_GOES_ON', field });
    offering(undefined).then({ kind: 'invalid', code: 'UNKNOWN_REFERRAL', field });
    offering({ direction: 'none' }).then({ kind: 'invalid', code: 'UNKNOWN_REFERRAL', field });
    const late = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    offering(declined, {}, '2026-03-02').then(late);
  });

  it('comes after none of another dispute, purpose or direction', () => {
    const other = { kind: 'conflict', code: 'REFERRAL_OF_OTHER_PURPOSE', field: 'afterReferralId' } as const;
    offering(declined, { purpose: 'confirmation' }).then(other);
    offering(givenReferral([offered({ disputeId: COMPLAINT })]).state).then(other);
    offering(givenReferral([assigned()]).state).then(other);
  });
});
