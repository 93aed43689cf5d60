import type { Instant, LocalDate } from '#kernel';
import { Failure, localDateOf, unreachable } from '#kernel';
import type { RecordedComplaintEvent } from './events.ts';

/** What is known of a complaint from its receipt on. */
export interface Known {
  readonly disputeId: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
}

export type Received = Known & {
  readonly status: 'received';
  readonly receivedOn: LocalDate;
  readonly knewOn: LocalDate | null;
};
export type Accepted = Known & {
  readonly status: 'accepted';
  readonly acceptedOn: LocalDate;
  readonly notified: boolean;
};
/** 不予受理: final, once the consumer has been told. */
export type NotAccepted = Known & { readonly status: 'not-accepted'; readonly notified: boolean };
/** Mediation was terminated; both parties are still to be told (S1 Art. 23(2)). */
export type Concluded = Known & { readonly status: 'concluded' };
export type Closed = Known & { readonly status: 'closed' };

export type ComplaintState = { readonly status: 'none' } | Received | Accepted | NotAccepted | Concluded | Closed;

export const initial: ComplaintState = { status: 'none' };

export function evolve(state: ComplaintState, event: RecordedComplaintEvent): ComplaintState {
  const previousAt = event.occurredAt;
  if (event.type === 'ComplaintReceived') {
    const { disputeId, handlingRegion, respondentUscc, knewOn } = event.data;
    const receivedOn = localDateOf(previousAt);
    return { status: 'received', disputeId, handlingRegion, respondentUscc, receivedOn, knewOn, previousAt };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  const { disputeId, handlingRegion, respondentUscc } = state;
  const known: Known = { disputeId, handlingRegion, respondentUscc, previousAt };
  switch (event.type) {
    case 'ComplaintAccepted':
      return { ...known, status: 'accepted', acceptedOn: event.data.acceptedOn, notified: false };
    case 'ComplaintNotAccepted':
      return { ...known, status: 'not-accepted', notified: false };
    case 'AcceptanceDecisionNotified':
      if (state.status !== 'accepted' && state.status !== 'not-accepted') return { ...state, previousAt };
      return { ...state, previousAt, notified: true };
    case 'ComplaintConcluded':
    case 'MediationTerminationNotified':
      return { ...known, status: 'concluded' };
    case 'ComplaintClosed':
      return { ...known, status: 'closed' };
    default:
      return unreachable(event);
  }
}
