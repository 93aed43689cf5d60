import { localDateOf, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { AssignmentKind, RecordedReferralEvent, TrialProcedure } from './events.ts';

/**
 * Clocks (期限) of a referral, with the rules that govern them: 立案; 选择、指定调解组织, 确认接受委派委托, 联系对方当事人. The rule of
 * the mediation itself goes by the kind of the assignment: {@link courtMediationRule}.
 */
export const REFERRAL_CLOCKS = {
  filing: 'L-30',
  'assignment-choice': 'L-29.choice',
  'assignment-designation': 'L-29.designation',
  'assignment-confirmation': 'L-29.confirmation',
  'assignment-contact': 'L-29.contact',
} as const;
export type ReferralClock = keyof typeof REFERRAL_CLOCKS | 'court-mediation';

/** Clocks by which something must be done: the parties may choose a body, and need not. */
export const REFERRAL_DUTIES: readonly ReferralClock[] = [
  'filing',
  'assignment-designation',
  'assignment-confirmation',
  'assignment-contact',
  'court-mediation',
];

/** 委派 30 日, 委托 15 日 or 7 日 by the procedure of the suit (T-46). */
export function courtMediationRule(kind: AssignmentKind, procedure: TrialProcedure | null): string {
  if (kind === 'pre-filing') return 'L-27';
  return procedure === 'summary' ? 'L-28.summary' : 'L-28.ordinary';
}

/**
 * What an event of a referral does to its clocks. The mediation is complete with its result; that the case goes back to the court
 * is owed at once, and no text gives it days.
 */
export function referralClockChanges(event: RecordedReferralEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'CourtReceived':
    case 'DisputeAssignedByCourt':
      return opened(event);
    case 'ReferralReturnedByCourt':
      return [{ change: 'superseded', clock: 'filing' }];
    case 'CourtFilingAccepted':
    case 'CourtFilingDeclined':
      return [{ change: 'completed', clock: 'filing' }];
    case 'CourtMediationBodyDesignated': {
      const [done, past] = event.data.by === 'parties' ? ['choice', 'designation'] : ['designation', 'choice'];
      return [
        { change: 'completed', clock: `assignment-${done}` },
        { change: 'superseded', clock: `assignment-${past}` },
        { change: 'superseded', clock: 'assignment-confirmation' },
        ...opened(event),
      ];
    }
    case 'CourtAssignmentConfirmed':
      return [{ change: 'completed', clock: 'assignment-confirmation' }, ...opened(event)];
    case 'CourtAssignmentRefused':
      return [{ change: 'completed', clock: 'assignment-confirmation' }];
    case 'OtherPartyContacted':
      return [{ change: 'completed', clock: 'assignment-contact' }];
    case 'CourtMediationConsentGiven':
      return event.data.isComplete ? [{ change: 'completed', clock: 'assignment-contact' }] : [];
    case 'CourtMediationExtended': {
      const { grantedOn, by, clocks } = event.data;
      return clocks.map((reading) => ({ change: 'extended', reading, extension: { grantedOn, by } }));
    }
    case 'CourtAppraisalStarted': {
      const { appraisal: id, clocks } = event.data;
      const suspension = { id, from: localDateOf(event.occurredAt), reason: 'appraisal' };
      return clocks.map((reading) => ({ change: 'suspended', reading, suspension }));
    }
    case 'CourtAppraisalCompleted': {
      const { appraisal: id, clocks } = event.data;
      const to = localDateOf(event.occurredAt);
      return clocks.map((reading) => ({ change: 'resumed', reading, id, to }));
    }
    case 'CourtMediationAgreed':
    case 'CourtMediationFailed':
      return [
        { change: 'completed', clock: 'court-mediation' },
        { change: 'superseded', clock: 'assignment-contact' },
      ];
    case 'CourtMediationExpired':
      return [{ change: 'expired', clock: event.data.clock }];
    case 'CaseReturnedToCourt':
      return [{ change: 'superseded', clock: 'assignment-contact' }];
    case 'ReferralDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'ReferralLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'CourtRouteOffered':
    case 'CourtRouteConsentGiven':
    case 'CourtRouteConsentRefused':
    case 'ReferralMaterialsPackaged':
    case 'DisputeReferredToCourt':
    case 'JudgmentRecorded':
    case 'CourtSettlementRecorded':
    case 'SuitWithdrawn':
    case 'ReferralLinkedToDispute':
    case 'ShamMediationReported':
    case 'ShamMediationReviewed':
      return [];
    default:
      return unreachable(event);
  }
}

function opened({
  occurredAt,
  data,
}: {
  readonly occurredAt: number;
  readonly data: { readonly clocks?: readonly ClockReading[] };
}): ClockChange[] {
  return (data.clocks ?? []).map((reading) => ({
    change: 'opened',
    from: localDateOf(occurredAt),
    reading,
    ...(reading.clock === 'assignment-choice' && { isRight: true }),
  }));
}
