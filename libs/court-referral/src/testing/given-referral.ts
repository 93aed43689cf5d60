import type { GivenEvent, LocalDate } from '#kernel';
import { given, givenBy as as, givenOn as onDay, startOfDay, usccOf } from '#kernel';
import { readClock, shippedLaw, type ClockReading, type Law } from '#law';
import { courtMediationRule, REFERRAL_CLOCKS, type ReferralClock } from '../clocks.ts';
import type { RecordedReferralEvent, ReferralEvents } from '../events.ts';
import { evolve, initial } from '../referral.ts';

/** Histories with which specs of referrals begin. */
export type Given = GivenEvent<RecordedReferralEvent>;

export const referral = { initial, evolve };
export const law = shippedLaw();
export const givenReferral = (events: readonly Given[] = [], by: Law = law) => given(referral, events, by);

export { as, onDay };
export const reason = { persons: { reason: { personId: 'reason-1', tokens: {} } } };

export const reading = (clock: keyof typeof REFERRAL_CLOCKS, from: LocalDate): ClockReading =>
  readClock({ clock, rule: REFERRAL_CLOCKS[clock], from }, law);

export const mediationReading = (
  from: LocalDate,
  kind: 'pre-filing' | 'post-filing' = 'pre-filing',
  procedure: 'ordinary' | 'summary' | null = null,
): ClockReading => {
  const clock: ReferralClock = 'court-mediation';
  return readClock({ clock, rule: courtMediationRule(kind, procedure), from }, law);
};

export const DISPUTE = '01JN0000000000000000000000';
export const MEDIATION = '01JN0000000000000000000001';
export const COMPLAINT = '01JN0000000000000000000002';
export const BODY = '01JN0000000000000000000003';
export const OTHER_BODY = '01JN0000000000000000000004';
export const USCC = usccOf('91330600', '12345678');
export const COURT = '绍兴市越城区人民法院';
export const CASE_NO = '(2026)浙0602诉前调123号';

/** One event of a type on a day. */
export function event<Type extends keyof ReferralEvents>(
  type: Type,
  day: LocalDate,
  data: ReferralEvents[Type],
): Given {
  return { type, occurredAt: startOfDay(day) + 10 * 3_600_000, data } as unknown as Given;
}

export const offer: ReferralEvents['CourtRouteOffered'] = {
  disputeId: DISPUTE,
  handlingRegion: '330602',
  respondentUscc: USCC,
  purpose: 'suit',
  claimant: 'consumer',
  complaintId: null,
  mediationId: MEDIATION,
};
export const offered = (more: Partial<typeof offer> = {}): Given =>
  event('CourtRouteOffered', '2026-03-02', { ...offer, ...more });
export const consented = (party: 'consumer' | 'merchant' = 'consumer'): Given =>
  event('CourtRouteConsentGiven', '2026-03-03', { party, evidence: ['doc-1'] });

export const assignment: ReferralEvents['DisputeAssignedByCourt'] = {
  court: COURT,
  courtCaseNo: CASE_NO,
  kind: 'pre-filing',
  procedure: null,
  courtFilingState: 'not-filed',
  handlingRegion: '330602',
  respondentUscc: null,
  claimant: null,
  claimantTokens: {},
  respondent: null,
  disputeId: null,
  bodyId: BODY,
  consents: ['consumer', 'merchant'],
  materials: [],
  payloadDigest: 'digest',
};
/** Assigned on 2026-03-02, a Monday. */
export const assigned = (more: Partial<typeof assignment> = {}): Given =>
  event('DisputeAssignedByCourt', '2026-03-02', {
    ...assignment,
    clocks: [reading('assignment-confirmation', '2026-03-02')],
    ...more,
  });
export const filedSuit = (procedure: 'ordinary' | 'summary'): Partial<typeof assignment> => ({
  kind: 'post-filing',
  procedure,
  courtFilingState: 'filed',
});
export const confirmed = (
  day: LocalDate = '2026-03-03',
  clocks: readonly ClockReading[] = [mediationReading(day)],
): Given => event('CourtAssignmentConfirmed', day, { basis: 'platform', clocks });
/** 委派, taken on 2026-03-03 with the consent of both: its last day is 2026-04-02. */
export const inMediation = [assigned(), confirmed()];
