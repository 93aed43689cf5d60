import type { Instant } from '#kernel';
import { Failure, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { criminalReferralClockChanges } from './clocks.ts';
import type { RecordedCriminalReferralEvent } from './events.ts';

/** `declined`: the police do not file. `upheld`: they stay with that. `to-be-filed`: they must, and have not yet. */
export const CRIMINAL_REFERRAL_STATUSES = [
  'team-appointed',
  'reported',
  'approved',
  'not-approved',
  'transferred',
  'received',
  'rerouted',
  'declined',
  'reconsideration',
  'upheld',
  'supervision',
  'to-be-filed',
  'not-to-be-filed',
  'filed',
  'handed-over',
] as const;
export type CriminalReferralStatus = (typeof CRIMINAL_REFERRAL_STATUSES)[number];

export interface CriminalReferral {
  readonly status: CriminalReferralStatus;
  readonly caseId: string;
  readonly disputeId: string | null;
  readonly handlingRegion: string;
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
}

export type CriminalReferralState = { readonly status: 'none' } | CriminalReferral;

export const initial: CriminalReferralState = { status: 'none' };

export function evolve(state: CriminalReferralState, event: RecordedCriminalReferralEvent): CriminalReferralState {
  const next = evolveStatus(state, event);
  const changes = criminalReferralClockChanges(event);
  return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: CriminalReferralState, event: RecordedCriminalReferralEvent): CriminalReferral {
  const previousAt = event.occurredAt;
  if (event.type === 'CriminalReferralTeamAppointed') {
    const { caseId, disputeId, handlingRegion } = event.data;
    const known = { caseId, disputeId, handlingRegion, previousAt, clocks: NO_CLOCKS };
    return { ...known, status: 'team-appointed' };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  const status = statusAfter(event);
  // About the procedure and no step of it: what comes next may have happened before.
  if (status === undefined) return state;
  return { ...state, status, previousAt };
}

/** Undefined: it is no step. */
export function statusAfter(
  event: Exclude<RecordedCriminalReferralEvent, { type: 'CriminalReferralTeamAppointed' }>,
): CriminalReferralStatus | undefined {
  switch (event.type) {
    case 'CriminalReferralReportSubmitted':
      return 'reported';
    case 'CriminalReferralApproved':
      return 'approved';
    case 'CriminalReferralNotApproved':
      return 'not-approved';
    case 'CaseTransferredToPolice':
      return 'transferred';
    case 'PoliceReceiptSigned':
      return 'received';
    case 'ReroutedToCompetentPolice':
      return 'rerouted';
    case 'PoliceFiledCase':
      return 'filed';
    case 'PoliceDeclinedCase':
      return 'declined';
    case 'ReconsiderationRequested':
      return 'reconsideration';
    case 'ReconsiderationDecided':
      return event.data.result === 'upheld' ? 'upheld' : 'to-be-filed';
    case 'FilingSupervisionRequested':
      return 'supervision';
    case 'FilingSupervisionConcluded':
      return event.data.result === 'not-to-file' ? 'not-to-be-filed' : 'to-be-filed';
    case 'MaterialsHandedOver':
      return 'handed-over';
    case 'CriminalReferralDeadlineAmended':
    case 'CriminalReferralLateEntryVerified':
      return undefined;
    default:
      return unreachable(event);
  }
}
