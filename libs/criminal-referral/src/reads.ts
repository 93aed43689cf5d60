/** What the rules of a referral must know of the case, folded from its events. */
import type { CaseEvents } from '#cases/events';
import type { RecordedEvent } from '#kernel';
import type { CriminalReferralEvents, RecordedCriminalReferralEvent } from './events.ts';
import { standingAfter, type ReferralStanding } from './standing.ts';

export interface CaseRead {
  /** What the case is about; null while it is a clue only. */
  readonly matter: Pick<
    CaseEvents['EnforcementCaseFiled'],
    'authority' | 'handlingRegion' | 'respondentUscc' | 'disputeId'
  > | null;
  readonly isSuspectedCriminal: boolean;
  readonly isClosed: boolean;
}

export const unreadCase: CaseRead = { matter: null, isSuspectedCriminal: false, isClosed: false };

export function evolveCase(known: CaseRead, event: RecordedEvent): CaseRead {
  switch (event.type as keyof CaseEvents) {
    case 'EnforcementCaseFiled': {
      const { authority, handlingRegion, respondentUscc, disputeId } = event.data as CaseEvents['EnforcementCaseFiled'];
      return { ...known, matter: { authority, handlingRegion, respondentUscc, disputeId } };
    }
    case 'CaseSuspectedCriminal':
      return { ...known, isSuspectedCriminal: true };
    case 'CaseClosed':
      return { ...known, isClosed: true };
    default:
      return known;
  }
}

/** The referral before it. */
export interface ReferralBefore {
  readonly caseId: string | null;
  readonly standing: ReferralStanding;
}

export const unreadReferral: ReferralBefore = { caseId: null, standing: 'pending' };

export function evolveReferral(before: ReferralBefore, event: RecordedEvent): ReferralBefore {
  const standing = standingAfter(event as RecordedCriminalReferralEvent) ?? before.standing;
  if (event.type !== 'CriminalReferralTeamAppointed') return { ...before, standing };
  return { caseId: (event.data as CriminalReferralEvents['CriminalReferralTeamAppointed']).caseId, standing };
}

export type AppointReads = {
  readonly enforcementCase: CaseRead | undefined;
  readonly before: ReferralBefore | undefined;
};
