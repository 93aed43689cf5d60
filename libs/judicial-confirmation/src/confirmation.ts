import type { Instant, LocalDate } from '#kernel';
import { Failure, localDateOf, startOfDay, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Party } from '#negotiation/events';
import { confirmationClockChanges } from './clocks.ts';
import type { ConfirmationRefusal, CourtBasis, RecordedConfirmationEvent } from './events.ts';

/** What one party signed, until the other has joined. */
export interface Signature {
  readonly party: Party;
  readonly court: string;
  readonly courtBasis: CourtBasis;
  readonly evidence: readonly string[];
}

interface Known {
  readonly disputeId: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly effectiveOn: LocalDate;
  /** A court had it mediated. */
  readonly isInvited: boolean;
  readonly invitingCourt: string | null;
  readonly signature: Signature | null;
  readonly courtCaseNo: string | null;
  readonly documentNo: string | null;
  /**
   * When the last step happened: no later step may have happened before it. That the window was opened is no step: what was
   * done in it may be entered first.
   */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
}

/** What became of a confirmation once the court had confirmed. */
export interface Aftermath {
  readonly confirmedOn: LocalDate;
  readonly isPerformed: boolean;
  readonly isEnforced: boolean;
  readonly challenges: number;
  /** Number of the challenge that is still to be decided. */
  readonly openChallenge: string | null;
}

export type Opened = Known &
  (
    | { readonly status: 'eligible' | 'applied' | 'accepted' | 'dismissed' | 'withdrawn' | 'revoked' }
    | { readonly status: 'not-accepted'; readonly ground: ConfirmationRefusal }
    | ({ readonly status: 'confirmed' } & Aftermath)
  );
export type Confirmed = Extract<Opened, { readonly status: 'confirmed' }>;
export type ConfirmationState = { readonly status: 'none' } | Opened;

export const initial: ConfirmationState = { status: 'none' };

export function evolve(state: ConfirmationState, event: RecordedConfirmationEvent): ConfirmationState {
  const next = evolveStatus(state, event);
  const changes = confirmationClockChanges(event);
  return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: ConfirmationState, event: RecordedConfirmationEvent): Opened {
  if (event.type === 'ConfirmationWindowOpened') return windowOpened(event);
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  const known: Known = { ...knownOf(state), previousAt: event.occurredAt };
  switch (event.type) {
    case 'ConfirmationApplicationSigned':
      return { ...known, status: 'eligible', signature: event.data };
    case 'JudicialConfirmationApplied':
      return { ...known, status: 'applied', signature: null };
    case 'JudicialConfirmationAccepted':
      return { ...known, status: 'accepted', courtCaseNo: event.data.courtCaseNo };
    case 'JudicialConfirmationNotAccepted':
      return { ...known, status: 'not-accepted', ground: event.data.ground };
    case 'ConfirmationApplicationWithdrawn':
      return { ...known, status: 'withdrawn' };
    case 'AgreementConfirmed': {
      const aftermath = { isPerformed: false, isEnforced: false, challenges: 0, openChallenge: null };
      const confirmedOn = localDateOf(event.occurredAt);
      return { ...known, status: 'confirmed', documentNo: event.data.documentNo, confirmedOn, ...aftermath };
    }
    case 'ConfirmationDismissed':
      return { ...known, status: 'dismissed', documentNo: event.data.documentNo };
    case 'ConfirmedAgreementPerformed':
    case 'EnforcementApplied':
    case 'ConfirmationChallenged':
    case 'ConfirmationChallengeRejected':
      return state.status === 'confirmed' ? afterConfirmation({ ...state, ...known }, event) : state;
    case 'ConfirmationRevokedByThirdParty':
      return { ...known, status: 'revoked', documentNo: event.data.documentNo };
    case 'ConfirmationDecisionExtended':
      return { ...state, previousAt: event.occurredAt };
    case 'ConfirmationDeadlineAmended':
    case 'ConfirmationLateEntryVerified':
      // About the procedure and no step of it: what comes next may have happened before.
      return state;
    default:
      return unreachable(event);
  }
}

function windowOpened({ data }: Extract<RecordedConfirmationEvent, { type: 'ConfirmationWindowOpened' }>): Opened {
  const { disputeId, handlingRegion, respondentUscc, effectiveOn, kind, invitingCourt } = data;
  return {
    status: 'eligible',
    disputeId,
    handlingRegion,
    respondentUscc,
    effectiveOn,
    isInvited: kind === 'court-invited',
    invitingCourt,
    signature: null,
    courtCaseNo: null,
    documentNo: null,
    previousAt: startOfDay(effectiveOn),
    clocks: NO_CLOCKS,
  };
}

function afterConfirmation(
  state: Confirmed,
  event: Extract<
    RecordedConfirmationEvent,
    {
      type:
        | 'ConfirmedAgreementPerformed'
        | 'EnforcementApplied'
        | 'ConfirmationChallenged'
        | 'ConfirmationChallengeRejected';
    }
  >,
): Confirmed {
  switch (event.type) {
    case 'ConfirmedAgreementPerformed':
      return { ...state, isPerformed: true };
    case 'EnforcementApplied':
      return { ...state, isEnforced: true };
    case 'ConfirmationChallenged':
      return { ...state, challenges: state.challenges + 1, openChallenge: event.data.challenge };
    case 'ConfirmationChallengeRejected':
      return { ...state, openChallenge: null };
    default:
      return unreachable(event);
  }
}

function knownOf(state: Opened): Known {
  const { disputeId, handlingRegion, respondentUscc, effectiveOn, isInvited, invitingCourt } = state;
  const { signature, courtCaseNo, documentNo, previousAt, clocks } = state;
  const about = { disputeId, handlingRegion, respondentUscc, effectiveOn, isInvited, invitingCourt };
  return { ...about, signature, courtCaseNo, documentNo, previousAt, clocks };
}
