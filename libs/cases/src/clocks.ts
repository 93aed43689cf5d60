import { localDateOf, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedCaseEvent } from './events.ts';

/**
 * Clocks (期限) of a case with the rules that govern them: 线索核查, 处理决定, 协助调查, 审核, 陈述申辩, 送达, 公告送达, 公示, 推送,
 * 协助公示, 撤回公示, 结案. A clue that was not found in mediation is verified under L-05.
 */
export const CASE_CLOCKS = {
  'clue-verification': 'L-04',
  'case-decision': 'L-11',
  assistance: 'L-10',
  'case-review': 'L-13',
  'party-statement': 'L-12',
  'decision-service': 'L-14',
  'service-by-notice': 'L-14.public-notice',
  'penalty-publicity': 'L-15.same-province',
  'penalty-hand-over': 'L-15.hand-over',
  'penalty-publicity-elsewhere': 'L-15.other-province',
  'penalty-withdrawal': 'L-15.withdrawal',
  'case-closure': 'L-11.closure',
} as const;
export type CaseClock = keyof typeof CASE_CLOCKS;

/** Times in which the party may answer, or after which something counts as done: they lapse, and nobody is late with them. */
const RIGHTS: readonly CaseClock[] = ['party-statement', 'service-by-notice'];

/** Clocks by which somebody must do something. */
export const CASE_DUTIES: readonly string[] = Object.keys(CASE_CLOCKS).filter(
  (clock) => !RIGHTS.includes(clock as CaseClock),
);

/** What an event of a case does to its clocks. Nothing but what S4 Art. 64 names stops the clock of the decision. */
export function caseClockChanges(event: RecordedCaseEvent): readonly ClockChange[] {
  const today = localDateOf(event.occurredAt);
  switch (event.type) {
    case 'ClueVerificationStarted':
      return opened(event.data.discoveredOn, event.data.clocks);
    case 'EnforcementCaseFiled':
      return [completed('clue-verification'), ...opened(event.data.filedOn, event.data.clocks)];
    case 'ClueNotFiled':
      return [completed('clue-verification')];
    case 'ClueVerificationExtended':
    case 'CaseDecisionExtended':
    case 'CaseReviewExtended': {
      const { grantedOn, by, clocks } = event.data;
      const extension = by === null ? { grantedOn } : { grantedOn, by };
      return clocks.map((reading) => ({ change: 'extended', reading, extension }));
    }
    case 'ClueVerificationSuspended':
    case 'CaseSuspended':
      return suspended(event.data.standstill, event.data.kind, today, event.data.clocks);
    case 'CaseHearingStarted':
      return suspended(event.data.standstill, 'hearing', today, event.data.clocks);
    case 'ClueVerificationResumed':
    case 'CaseResumed':
    case 'CaseHearingEnded': {
      const { standstill: id, clocks } = event.data;
      return clocks.map((reading) => ({ change: 'resumed', reading, id, to: today }));
    }
    case 'AssistanceRequested':
    case 'CaseSubmittedForReview':
    case 'PenaltyNoticeServed':
      return opened(today, event.data.clocks);
    case 'AssistanceReceived':
      return [completed('assistance')];
    case 'CaseReviewed':
      return [completed('case-review')];
    case 'PartyStatementMade':
    case 'PartyStatementWaived':
    case 'CaseHearingRequested':
      return [completed('party-statement')];
    case 'CaseDecided':
      return [
        completed('case-decision'),
        superseded('party-statement'),
        superseded('assistance'),
        ...opened(today, event.data.clocks),
      ];
    case 'ServiceNoticePublished':
      return [superseded('decision-service'), ...opened(today, event.data.clocks)];
    case 'CaseDecisionServed':
      return [completed('decision-service'), completed('service-by-notice')];
    case 'PenaltyPublished':
      return [completed('penalty-publicity'), completed('penalty-publicity-elsewhere')];
    case 'PenaltyHandedOver':
      return [completed('penalty-hand-over'), ...opened(today, event.data.clocks)];
    case 'PenaltyRevised':
      return [...(event.data.revision === 'changed' ? [] : unpublished()), ...opened(today, event.data.clocks)];
    case 'PenaltyPublicationWithdrawn':
      return [completed('penalty-withdrawal')];
    case 'CaseExecuted':
      return opened(today, event.data.clocks);
    case 'CaseClosingFormSubmitted':
    case 'CaseClosed':
      return [completed('case-closure')];
    case 'CaseDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'CaseLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'ClueVerificationCompleted':
    case 'ComplaintConvertedToCase':
    case 'CaseReportLinked':
    case 'CaseInvestigationStarted':
    case 'AssistanceDelayTold':
    case 'CaseSuspectedCriminal':
      return [];
    default:
      return unreachable(event);
  }
}

function opened(from: string, clocks: readonly ClockReading[]): ClockChange[] {
  return clocks.map((reading) => ({
    change: 'opened',
    from,
    reading,
    ...(RIGHTS.includes(reading.clock as CaseClock) && { isRight: true }),
  }));
}

function suspended(id: string, reason: string, from: string, clocks: readonly ClockReading[]): ClockChange[] {
  return clocks.map((reading) => ({ change: 'suspended', reading, suspension: { id, from, reason } }));
}

function completed(clock: CaseClock): ClockChange {
  return { change: 'completed', clock };
}

function superseded(clock: CaseClock): ClockChange {
  return { change: 'superseded', clock };
}

/** A penalty that does not stand is not to be published any more. */
function unpublished(): ClockChange[] {
  return [superseded('penalty-publicity'), superseded('penalty-hand-over'), superseded('penalty-publicity-elsewhere')];
}
