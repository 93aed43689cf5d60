import { localDateOf, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedMediationEvent } from './mediation-events.ts';

/**
 * Clocks (期限) of a mediation: 调解组织受理, 调解, 终止调解告知, 履行协议. Mediation of a complaint and
 * for a court has no limit of its own: it stands under the clock of the complaint or of the referral, which is not started again.
 */
export const MEDIATION_CLOCKS = ['body-acceptance', 'body-mediation', 'termination-notice', 'performance'] as const;
export type MediationClock = (typeof MEDIATION_CLOCKS)[number];

/**
 * What an event of a mediation does to its clocks. A suspension for recusal stops none of them (T-08).
 */
export function mediationClockChanges(event: RecordedMediationEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'MediationProposed':
    case 'MediationApplicationAccepted':
      return [
        ...(event.type === 'MediationApplicationAccepted' ? [completed('body-acceptance')] : []),
        ...opened(event, event.data.clocks),
      ];
    case 'MediationApplicationDeclined':
      return [completed('body-acceptance')];
    case 'MediationAgreementEffective':
      // An agreement that nobody has signed yet is none, and ends nothing.
      return [completed('body-mediation'), ...opened(event, event.data.clocks)];
    case 'AgreementPerformed':
      return [completed('performance')];
    case 'AgreementBreached':
      return [{ change: 'expired', clock: 'performance' }];
    case 'MediationTerminated':
      return [completed('body-mediation'), ...opened(event, event.data.clocks)];
    case 'PartiesNotifiedOfTermination':
      return [completed('termination-notice')];
    case 'MediationDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'MediationLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'MediationDelegated':
    case 'MediationPartyConsented':
    case 'MediationPartyRefused':
    case 'MediatorAssigned':
    case 'MediationSessionScheduled':
    case 'PartiesNotifiedOfSession':
    case 'MediationSessionCancelled':
    case 'MediationSessionHeld':
    case 'MediatorRecusalRequested':
    case 'MediationSuspended':
    case 'RecusalDecided':
    case 'MediationResumed':
    case 'AppraisalInstitutionDesignated':
    case 'AppraisalFeeDisagreed':
    case 'MediationAgreementReached':
    case 'AgreementSigned':
    case 'MediationStatementIssued':
    case 'MediationRecordFiled':
    case 'ViolationClueFound':
      return [];
    default:
      return unreachable(event);
  }
}

function opened({ occurredAt }: RecordedMediationEvent, clocks: readonly ClockReading[]): ClockChange[] {
  return clocks.map((reading) => ({ change: 'opened', from: localDateOf(occurredAt), reading }));
}

function completed(clock: MediationClock): ClockChange {
  return { change: 'completed', clock };
}
