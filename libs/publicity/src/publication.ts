import type { Instant, LocalDate } from '#kernel';
import { Failure, startOfDay, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { publicationClockChanges } from './clocks.ts';
import type { PublicationEvents, RecordedPublicationEvent } from './events.ts';
import type { PublicationConsent, PublicationExclusion, Shown } from './terms.ts';

interface Known {
  readonly complaintId: string;
  readonly disputeId: string;
  /** Round of the complaint. */
  readonly round: number;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly closedOn: LocalDate;
  /** How many were ever raised. */
  readonly objections: number;
  /**
   * When the last step happened: no later step may have happened before it. That it was planned is no step: what was done since
   * the complaint was closed may be entered first.
   */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
}

export type Planned = Known &
  (
    | { readonly status: 'planned' | 'withdrawn' | 'expired' }
    | { readonly status: 'consent-checked'; readonly consent: PublicationConsent }
    | { readonly status: 'excluded'; readonly reason: PublicationExclusion }
    | { readonly status: 'redacted'; readonly shown: Shown }
    | { readonly status: 'published'; readonly shown: Shown; readonly openObjection: number | null }
  );
export type Published = Extract<Planned, { readonly status: 'published' }>;
export type PublicationState = { readonly status: 'none' } | Planned;

export const initial: PublicationState = { status: 'none' };

export function evolve(state: PublicationState, event: RecordedPublicationEvent): PublicationState {
  const next = evolveStatus(state, event);
  const changes = publicationClockChanges(event);
  return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: PublicationState, event: RecordedPublicationEvent): Planned {
  if (event.type === 'ComplaintPublicationPlanned') return planned(state, event.data);
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  const known: Known = { ...knownOf(state), previousAt: event.occurredAt };
  switch (event.type) {
    case 'PublicationConsentChecked':
      return { ...known, status: 'consent-checked', consent: event.data.consent };
    case 'ComplaintPublicationExcluded':
      return { ...known, status: 'excluded', reason: event.data.reason };
    case 'PublicationRedacted':
      return { ...known, status: 'redacted', shown: event.data.shown };
    case 'ComplaintPublished':
      return { ...known, status: 'published', shown: event.data.shown, openObjection: null };
    case 'PublicationObjectionRaised':
    case 'PublicationObjectionRejected':
    case 'PublicationCorrected':
      return state.status === 'published' ? whilePublished({ ...state, ...known }, event) : state;
    case 'PublicationWithdrawn':
      return { ...known, status: 'withdrawn' };
    case 'PublicationExpired':
      // A day has passed, which is no step of the procedure.
      return { ...known, previousAt: state.previousAt, status: 'expired' };
    case 'PublicationDeadlineAmended':
    case 'PublicationLateEntryVerified':
      // About the procedure and no step of it: what comes next may have happened before.
      return state;
    default:
      return unreachable(event);
  }
}

/** Everything is looked at anew; what happened before stays before, and objections are numbered on. */
function planned(before: PublicationState, data: PublicationEvents['ComplaintPublicationPlanned']): Planned {
  const { complaintId, disputeId, round, handlingRegion, respondentUscc, respondentRegion, closedOn } = data;
  const since = startOfDay(closedOn);
  const isFirst = before.status === 'none';
  return {
    status: 'planned',
    complaintId,
    disputeId,
    round,
    handlingRegion,
    respondentUscc,
    respondentRegion,
    closedOn,
    objections: isFirst ? 0 : before.objections,
    previousAt: isFirst ? since : Math.max(since, before.previousAt),
    clocks: isFirst ? NO_CLOCKS : before.clocks,
  };
}

function whilePublished(
  state: Published,
  event: Extract<
    RecordedPublicationEvent,
    { type: 'PublicationObjectionRaised' | 'PublicationObjectionRejected' | 'PublicationCorrected' }
  >,
): Published {
  switch (event.type) {
    case 'PublicationObjectionRaised': {
      const { objection } = event.data;
      return { ...state, objections: objection, openObjection: objection };
    }
    case 'PublicationObjectionRejected':
      return { ...state, openObjection: null };
    case 'PublicationCorrected':
      return { ...state, shown: event.data.shown };
    default:
      return unreachable(event);
  }
}

function knownOf(state: Planned): Known {
  const { complaintId, disputeId, round, handlingRegion, respondentUscc, respondentRegion, closedOn } = state;
  const { objections, previousAt, clocks } = state;
  const about = { complaintId, disputeId, round, handlingRegion, respondentUscc, respondentRegion, closedOn };
  return { ...about, objections, previousAt, clocks };
}
