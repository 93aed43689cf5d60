import type { GivenEvent, LocalDate } from '#kernel';
import { given, givenBy as as, givenOn as onDay, startOfDay, usccOf } from '#kernel';
import { readClock, shippedLaw, type ClockReading, type Law } from '#law';
import { CONFIRMATION_CLOCKS, type ConfirmationClock } from '../clocks.ts';
import { evolve, initial } from '../confirmation.ts';
import type { ConfirmationEvents, RecordedConfirmationEvent } from '../events.ts';

/** Histories with which specs of confirmations begin. */
export type Given = GivenEvent<RecordedConfirmationEvent>;

export const confirmation = { initial, evolve };
export const law = shippedLaw();
export const givenConfirmation = (events: readonly Given[] = [], by: Law = law) => given(confirmation, events, by);

export { as, onDay };
export const court = (day: LocalDate) => ({ ...onDay(day), ...as('court') });

export const reading = (clock: ConfirmationClock, from: LocalDate): ClockReading =>
  readClock({ clock, rule: CONFIRMATION_CLOCKS[clock], from }, law);

export const DISPUTE = '01JN0000000000000000000000';
export const MEDIATION = '01JN0000000000000000000001';
export const REFERRAL = '01JN0000000000000000000002';
export const USCC = usccOf('91330600', '12345678');
export const COURT = '绍兴市越城区人民法院';

/** One event of a type on a day. */
export function event<Type extends keyof ConfirmationEvents>(
  type: Type,
  day: LocalDate,
  data: ConfirmationEvents[Type],
): Given {
  return { type, occurredAt: startOfDay(day) + 10 * 3_600_000, data } as unknown as Given;
}

export const window: ConfirmationEvents['ConfirmationWindowOpened'] = {
  disputeId: DISPUTE,
  mediationId: MEDIATION,
  referralId: null,
  kind: 'peoples',
  matter: 'property-or-contract',
  isOral: false,
  effectiveOn: '2026-03-02',
  invitingCourt: null,
  handlingRegion: '330602',
  respondentUscc: USCC,
  confirmableBy: null,
};
/** An agreement that binds from 2026-03-02: both may apply until 2026-04-01. */
export const opened = (more: Partial<typeof window> = {}): Given => {
  const data = { ...window, ...more };
  return event('ConfirmationWindowOpened', '2026-03-03', {
    ...data,
    clocks: [reading('application', data.effectiveOn)],
  });
};
export const place = { court: COURT, courtBasis: 'body-place' as const };
export const signed = (party: 'consumer' | 'merchant', day: LocalDate = '2026-03-04'): Given =>
  event('ConfirmationApplicationSigned', day, { party, ...place, evidence: ['doc-1'] });
export const applied = (day: LocalDate = '2026-03-09'): Given =>
  event('JudicialConfirmationApplied', day, {
    applicants: ['consumer', 'merchant'],
    ...place,
    evidence: ['doc-1'],
    clocks: [reading('court-acceptance', day)],
  });
export const accepted = (day: LocalDate = '2026-03-11'): Given =>
  event('JudicialConfirmationAccepted', day, {
    courtCaseNo: '(2026)浙0602民特1号',
    evidence: [],
    clocks: [reading('court-decision', day)],
  });
export const confirmed = event('AgreementConfirmed', '2026-03-25', { documentNo: 'D1', evidence: [] });
export const dismissed = event('ConfirmationDismissed', '2026-03-25', {
  documentNo: 'D2',
  grounds: ['content-unclear'],
  evidence: [],
});
export const withdrawn = event('ConfirmationApplicationWithdrawn', '2026-03-12', {
  withdrawal: 'by-parties',
  by: ['consumer'],
  evidence: ['doc-1'],
});
export const notAccepted = (ground: ConfirmationEvents['JudicialConfirmationNotAccepted']['ground']): Given =>
  event('JudicialConfirmationNotAccepted', '2026-03-11', { ground, evidence: [] });
export const challenged = (number = '1', day: LocalDate = '2026-05-01', knewOn: LocalDate = '2026-04-20'): Given =>
  event('ConfirmationChallenged', day, {
    challenge: number,
    knewOn,
    challenger: null,
    evidence: [],
    clocks: [reading('challenge', knewOn)],
  });
export const revoked = event('ConfirmationRevokedByThirdParty', '2026-06-01', {
  challenge: '1',
  documentNo: 'D3',
  evidence: [],
});
export const underReview = [opened(), applied(), accepted()];
export const valid = [...underReview, confirmed];
