import type { Instant, LocalDate } from '#kernel';
import { Failure, localDateOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { complaintClockChanges } from './clocks.ts';
import type { RecordedComplaintEvent } from './events.ts';

/** What is known of a complaint from its receipt on. */
export interface Known {
  readonly disputeId: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
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
  /** Numbers of the appraisals that have begun and of those that still go on. */
  readonly appraisals: { readonly begun: number; readonly open: readonly string[] };
};
/** 不予受理: final, once the consumer has been told. */
export type NotAccepted = Known & { readonly status: 'not-accepted'; readonly notified: boolean };
/** Mediation was terminated; both parties are still to be told (S1 Art. 23(2)). */
export type Concluded = Known & { readonly status: 'concluded' };
export type Closed = Known & { readonly status: 'closed' };

export type ComplaintState = { readonly status: 'none' } | Received | Accepted | NotAccepted | Concluded | Closed;

export const initial: ComplaintState = { status: 'none' };

export function evolve(state: ComplaintState, event: RecordedComplaintEvent): ComplaintState {
  const next = evolveStatus(state, event);
  const changes = complaintClockChanges(event);
  return next.status === 'none' || changes.length === 0
    ? next
    : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: ComplaintState, event: RecordedComplaintEvent): ComplaintState {
  const previousAt = event.occurredAt;
  if (event.type === 'ComplaintReceived') {
    const { disputeId, handlingRegion, respondentUscc, knewOn } = event.data;
    const receivedOn = localDateOf(previousAt);
    const known = { disputeId, handlingRegion, respondentUscc, previousAt, clocks: NO_CLOCKS };
    return { status: 'received', ...known, receivedOn, knewOn };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  const { disputeId, handlingRegion, respondentUscc, clocks } = state;
  const known: Known = { disputeId, handlingRegion, respondentUscc, previousAt, clocks };
  switch (event.type) {
    case 'ComplaintAccepted': {
      const appraisals = { begun: 0, open: [] };
      return { ...known, status: 'accepted', acceptedOn: event.data.acceptedOn, notified: false, appraisals };
    }
    case 'ComplaintNotAccepted':
      return { ...known, status: 'not-accepted', notified: false };
    case 'AcceptanceDecisionNotified':
      if (state.status !== 'accepted' && state.status !== 'not-accepted') return { ...state, previousAt };
      return { ...state, previousAt, notified: true };
    case 'AppraisalStarted':
    case 'AppraisalCompleted':
      return state.status === 'accepted' ? { ...state, previousAt, appraisals: appraisalsAfter(state, event) } : state;
    case 'ComplaintConcluded':
    case 'MediationTerminationNotified':
      return { ...known, status: 'concluded' };
    case 'ComplaintClosed':
      return { ...known, status: 'closed' };
    case 'ComplaintDeadlineAmended':
    case 'ComplaintLateEntryVerified':
      // About the procedure and no step of it: what comes next may have happened before.
      return state;
    default:
      return unreachable(event);
  }
}

function appraisalsAfter(
  { appraisals: { begun, open } }: Accepted,
  { type, data }: Extract<RecordedComplaintEvent, { type: 'AppraisalStarted' | 'AppraisalCompleted' }>,
): Accepted['appraisals'] {
  return type === 'AppraisalStarted'
    ? { begun: begun + 1, open: [...open, data.appraisal] }
    : { begun, open: open.filter((one) => one !== data.appraisal) };
}
