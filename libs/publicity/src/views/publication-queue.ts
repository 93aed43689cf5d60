import type { ComplaintResult, Party, TerminationGround } from '#complaints/events';
import type { LocalDate } from '#kernel';
import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { publicationClockChanges } from '../clocks.ts';
import {
  publicationSchemas,
  type PublicationConsent,
  type PublicationEvents,
  type PublicationExclusion,
  type RecordedPublicationEvent,
  type Shown,
} from '../events.ts';

export const PUBLICATION_STATUSES = [
  'planned',
  'consent-checked',
  'excluded',
  'redacted',
  'published',
  'objected',
  'withdrawn',
  'expired',
] as const;
export type PublicationStatus = (typeof PUBLICATION_STATUSES)[number];

/** How an objection ended; `lapsed` with the publication itself. */
export type ObjectionOutcome = 'open' | 'upheld' | 'rejected' | 'lapsed';

/** One publication (公示) as those see it who handle it. Instants are ISO 8601 UTC, days are legal days in Shanghai. */
export interface PublicationDocument {
  readonly complaintId: string;
  readonly disputeId: string;
  readonly round: number;
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly result: ComplaintResult;
  readonly ground: TerminationGround | null;
  readonly closedOn: LocalDate;
  readonly status: PublicationStatus;
  readonly plannedAt: string;
  readonly consent: PublicationConsent | null;
  readonly consentEvidence: readonly string[];
  readonly exclusion: PublicationExclusion | null;
  readonly excludedAt: string | null;
  /** What is to be shown, or is or was. */
  readonly shown: Shown | null;
  readonly redactedAt: string | null;
  readonly publishedAt: string | null;
  readonly correctedAt: string | null;
  readonly objections: readonly {
    readonly objection: number;
    readonly by: Party;
    readonly raisedAt: string;
    /** Vault references. */
    readonly reason: string;
    readonly answer: string | null;
    readonly outcome: ObjectionOutcome;
  }[];
  readonly withdrawal: PublicationEvents['PublicationWithdrawn']['cause'] | null;
  /** Vault reference of what was said to the exclusion or the withdrawal. */
  readonly note: string | null;
  readonly endedAt: string | null;
  readonly clocks: Clocks;
}

export const publicationQueueView: Projection<PublicationDocument> = {
  name: 'publication-queue',
  version: 1,
  types: Object.keys(publicationSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedPublicationEvent;
    const next = evolve(doc, event);
    return { ...next, clocks: evolveClocks(next.clocks, publicationClockChanges(event), event) };
  },
  indexes: {
    oldest: ['closedOn'],
    byRegion: ['handlingRegion', 'closedOn'],
    byRespondent: ['respondentUscc', 'closedOn'],
    byStatus: ['status', 'closedOn'],
    byDispute: ['disputeId', 'closedOn'],
    byComplaint: ['complaintId', 'closedOn'],
  },
};

function evolve(doc: PublicationDocument | undefined, event: RecordedPublicationEvent): PublicationDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ComplaintPublicationPlanned') return planned(doc, event.data, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return { ...doc, ...changeBy(doc, event, at) };
}

function changeBy(
  doc: PublicationDocument,
  event: Exclude<RecordedPublicationEvent, { type: 'ComplaintPublicationPlanned' }>,
  at: string,
): Partial<PublicationDocument> {
  switch (event.type) {
    case 'PublicationConsentChecked': {
      const { consent, evidence } = event.data;
      // What was redacted before is looked at anew.
      return { status: 'consent-checked', consent, consentEvidence: evidence, shown: null, redactedAt: null };
    }
    case 'ComplaintPublicationExcluded': {
      const { reason, note } = event.data;
      return { status: 'excluded', exclusion: reason, note, excludedAt: at, endedAt: at };
    }
    case 'PublicationRedacted':
      return { status: 'redacted', shown: event.data.shown, redactedAt: at };
    case 'ComplaintPublished':
      return { status: 'published', shown: event.data.shown, publishedAt: at };
    case 'PublicationObjectionRaised': {
      const { objection, by, reason } = event.data;
      const raised = { objection, by, raisedAt: at, reason, answer: null, outcome: 'open' as const };
      return { status: 'objected', objections: [...doc.objections, raised] };
    }
    case 'PublicationObjectionRejected':
      return { status: 'published', objections: ended(doc, 'rejected', event.data.reason) };
    case 'PublicationCorrected':
      return { shown: event.data.shown, correctedAt: at };
    case 'PublicationWithdrawn': {
      const { cause, note } = event.data;
      const objections = cause === 'objection-upheld' ? ended(doc, 'upheld', note) : ended(doc, 'lapsed', null);
      return { status: 'withdrawn', withdrawal: cause, note, endedAt: at, objections };
    }
    case 'PublicationExpired':
      return { status: 'expired', endedAt: at, objections: ended(doc, 'lapsed', null) };
    case 'PublicationDeadlineAmended':
    case 'PublicationLateEntryVerified':
      return {};
    default:
      return unreachable(event);
  }
}

/** The objection that is open, ended. */
function ended(
  { objections }: PublicationDocument,
  outcome: ObjectionOutcome,
  answer: string | null,
): PublicationDocument['objections'] {
  return objections.map((one) => (one.outcome === 'open' ? { ...one, outcome, answer } : one));
}

function planned(
  before: PublicationDocument | undefined,
  data: PublicationEvents['ComplaintPublicationPlanned'],
  plannedAt: string,
): PublicationDocument {
  const { complaintId, disputeId, round, authority, handlingRegion, respondentUscc, respondentRegion } = data;
  const { result, ground, closedOn } = data;
  return {
    complaintId,
    disputeId,
    round,
    authority,
    handlingRegion,
    respondentUscc,
    respondentRegion,
    result,
    ground,
    closedOn,
    status: 'planned',
    plannedAt,
    consent: null,
    consentEvidence: [],
    exclusion: null,
    excludedAt: null,
    shown: null,
    redactedAt: null,
    publishedAt: null,
    correctedAt: null,
    objections: before?.objections ?? [],
    withdrawal: null,
    note: null,
    endedAt: null,
    clocks: before?.clocks ?? NO_CLOCKS,
  };
}
