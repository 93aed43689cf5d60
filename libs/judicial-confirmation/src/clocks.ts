import { localDateOf, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedConfirmationEvent } from './events.ts';

/** Clocks (期限) of a judicial confirmation: 共同申请, 法院受理, 法院裁定, 案外人申请撤销, with the rules that govern them. */
export const CONFIRMATION_CLOCKS = {
  application: 'L-23',
  'court-acceptance': 'L-24',
  'court-decision': 'L-25',
  challenge: 'L-26',
} as const;
export type ConfirmationClock = keyof typeof CONFIRMATION_CLOCKS;

/** Clocks by which something must be done: to apply and to challenge are rights, which lapse. */
export const CONFIRMATION_DUTIES: readonly ConfirmationClock[] = ['court-acceptance', 'court-decision'];

/**
 * What an event of a confirmation does to its clocks. What one party signs alone stops nothing: only both together apply (T-45).
 */
export function confirmationClockChanges(event: RecordedConfirmationEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'ConfirmationWindowOpened':
      return opened(event.data.effectiveOn, event.data.clocks, true);
    case 'JudicialConfirmationApplied':
      return [
        { change: 'completed', clock: 'application' },
        ...opened(localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'JudicialConfirmationAccepted':
      return [
        { change: 'completed', clock: 'court-acceptance' },
        ...opened(localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'JudicialConfirmationNotAccepted':
      return [{ change: 'completed', clock: 'court-acceptance' }];
    case 'ConfirmationDecisionExtended': {
      const { grantedOn, by, clocks } = event.data;
      const extension = by === null ? { grantedOn } : { grantedOn, by };
      return clocks.map((reading) => ({ change: 'extended', reading, extension }));
    }
    case 'ConfirmationApplicationWithdrawn':
      return [
        { change: 'superseded', clock: 'court-acceptance' },
        { change: 'superseded', clock: 'court-decision' },
      ];
    case 'AgreementConfirmed':
    case 'ConfirmationDismissed':
      return [{ change: 'completed', clock: 'court-decision' }];
    case 'ConfirmationChallenged':
      return [...opened(event.data.knewOn, event.data.clocks, true), { change: 'completed', clock: 'challenge' }];
    case 'ConfirmationDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'ConfirmationLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'ConfirmationApplicationSigned':
    case 'ConfirmedAgreementPerformed':
    case 'EnforcementApplied':
    case 'ConfirmationRevokedByThirdParty':
    case 'ConfirmationChallengeRejected':
      return [];
    default:
      return unreachable(event);
  }
}

function opened(from: string, clocks: readonly ClockReading[] = [], isRight = false): ClockChange[] {
  return clocks.map((reading) => ({ change: 'opened', from, reading, ...(isRight && { isRight }) }));
}
