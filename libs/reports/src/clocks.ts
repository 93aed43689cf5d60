import { localDateOf, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedReportEvent } from './events.ts';

/**
 * Clocks (期限) of a report: 核查并决定是否立案, 告知举报人, 管辖争议协商, 指定管辖, with the rules that govern them. A report with
 * new facts starts the verification again under a rule of its own (L-06).
 */
export const REPORT_CLOCKS = {
  verification: 'L-05',
  'reporter-notice': 'L-07',
  'competence-agreement': 'L-08',
  'competence-designation': 'L-09',
} as const;
export type ReportClock = keyof typeof REPORT_CLOCKS;

/**
 * What an event of a report does to its clocks. Verification is complete with the decision on filing (S4 Art. 18); nothing but
 * testing and the like stops it.
 */
export function reportClockChanges(event: RecordedReportEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'ReportReceived':
      return opened('verification', localDateOf(event.occurredAt), event.data.clocks);
    case 'ReportMergedWithNewFacts': {
      const again = opened('verification', event.data.receivedOn, event.data.clocks);
      return again.length === 0 ? [] : [{ change: 'superseded', clock: 'verification' }, ...again];
    }
    case 'RepeatReportNotProcessed':
    case 'ReporterToldOfCompetentAuthority':
      return superseded('verification', 'competence-agreement', 'competence-designation');
    case 'ReportCompetenceDisputeRaised':
      return opened('competence-agreement', localDateOf(event.occurredAt), event.data.clocks);
    case 'ReportCompetenceDisputeResolved':
      return [
        { change: 'completed', clock: 'competence-agreement' },
        ...opened('competence-designation', localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'ReportAuthorityDesignated':
      return [{ change: 'completed', clock: 'competence-designation' }];
    case 'VerificationExtended': {
      const { grantedOn, by, clocks } = event.data;
      const extension = by === null ? { grantedOn } : { grantedOn, by };
      return clocks.map((reading) => ({ change: 'extended', reading, extension }));
    }
    case 'VerificationSuspended': {
      const { standstill: id, kind: reason, goesOn = false, clocks } = event.data;
      const suspension = { id, from: localDateOf(event.occurredAt), reason };
      return clocks.map((reading) => ({ change: 'suspended', reading, suspension, isRestored: goesOn }));
    }
    case 'VerificationResumed': {
      const { standstill: id, clocks } = event.data;
      const to = localDateOf(event.occurredAt);
      return clocks.map((reading) => ({ change: 'resumed', reading, id, to }));
    }
    case 'CaseFiled':
    case 'CaseNotFiled':
      return [
        { change: 'completed', clock: 'verification' },
        ...superseded('competence-agreement', 'competence-designation'),
        ...opened('reporter-notice', localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'ReporterNotifiedOfFiling':
      return [{ change: 'completed', clock: 'reporter-notice' }];
    case 'ReportDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'ReportLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'VerificationStarted':
    case 'VerificationCompleted':
      return [];
    default:
      return unreachable(event);
  }
}

function superseded(...clocks: ReportClock[]): ClockChange[] {
  return clocks.map((clock) => ({ change: 'superseded', clock }));
}

/** Where no reading comes with it, nothing is opened. */
function opened(clock: ReportClock, from: string, clocks: readonly ClockReading[] | undefined): ClockChange[] {
  const reading = clocks?.find((one) => one.clock === clock);
  return reading === undefined ? [] : [{ change: 'opened', from, reading }];
}
