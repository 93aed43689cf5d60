import type { disputeSchemas, DisputeEvents } from '#disputes/events';
import { categoryOf, formatInstant, idOf, type RecordedEvent } from '#kernel';
import type { Projection } from '#read-models';
import { duplicateSchemas, type DuplicateEvents, type MatchReason, type SuggestionKind } from '../events.ts';

/** A dispute that another one may be. `confirmed`: merged, or found to be repeated. `apart`: merged once, and taken apart again. */
export interface Candidate {
  readonly of: string;
  readonly kind: SuggestionKind;
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  readonly suspectedAt: string;
  readonly status: 'open' | 'confirmed' | 'dismissed' | 'apart';
  readonly decidedAt: string | null;
  /** Vault reference. */
  readonly note: string | null;
}

/** What is suggested of one dispute, the most likely first. Key: id of the dispute. Instants are ISO 8601 UTC. */
export interface SuggestionDocument {
  readonly region: string | null;
  readonly respondentUscc: string | null;
  /** `open` while a person has to look at one of them. */
  readonly status: 'open' | 'settled';
  /** Kind and score of the most likely one that is open, or else of the most likely. */
  readonly kind: SuggestionKind;
  readonly score: number;
  /** When the last was suggested. */
  readonly suspectedAt: string;
  /** Dispute that this one was merged into: nothing is open then. */
  readonly mergedInto: string | null;
  readonly candidates: readonly Candidate[];
}

const OF_DISPUTE = [
  'DisputeMergedInto',
  'DisputeUnmerged',
  'RepeatComplaintConfirmed',
] as const satisfies readonly (keyof typeof disputeSchemas)[];

export const suggestionsView: Projection<SuggestionDocument> = {
  name: 'duplicate-suggestions',
  version: 1,
  types: [...Object.keys(duplicateSchemas), ...OF_DISPUTE],
  keys: (event) => {
    const own = idOf(event.stream);
    const { primary } = event.data as { readonly primary?: string };
    // A person may merge the earlier one into the later: then what was suggested of that one is confirmed.
    return categoryOf(event.stream) === 'dispute' && primary !== undefined ? [own, primary] : [own];
  },
  evolve: (doc, event, key) => {
    if (event.type === 'DisputeDuplicateSuspected') return suspected(doc, event);
    return doc === undefined ? null : summed(decided(doc, event, key));
  },
  indexes: {
    byStatus: ['status', 'suspectedAt'],
    byRegion: ['region', 'suspectedAt'],
    byRespondent: ['respondentUscc', 'suspectedAt'],
  },
};

type Facts = Pick<SuggestionDocument, 'region' | 'respondentUscc' | 'mergedInto' | 'candidates'>;

function suspected(doc: SuggestionDocument | undefined, event: RecordedEvent): SuggestionDocument {
  const { of, kind, score, reasons, region, respondentUscc } =
    event.data as DuplicateEvents['DisputeDuplicateSuspected'];
  const suspectedAt = formatInstant(event.occurredAt);
  const candidate: Candidate = { of, kind, score, reasons, suspectedAt, status: 'open', decidedAt: null, note: null };
  const candidates = [...(doc?.candidates ?? []), candidate].toSorted((a, b) => b.score - a.score);
  return summed({ region, respondentUscc, mergedInto: doc?.mergedInto ?? null, candidates });
}

function decided(doc: SuggestionDocument, event: RecordedEvent, key: string): Facts {
  const decidedAt = formatInstant(event.occurredAt);
  const own = idOf(event.stream);
  const about = (of: string, decision: Partial<Candidate>): Facts => ({
    ...doc,
    candidates: doc.candidates.map((one) => (one.of === of ? { ...one, decidedAt, ...decision } : one)),
  });
  switch (event.type as keyof DuplicateEvents | (typeof OF_DISPUTE)[number]) {
    case 'DisputeDuplicateDismissed': {
      const { of, note } = event.data as DuplicateEvents['DisputeDuplicateDismissed'];
      return about(of, { status: 'dismissed', note });
    }
    case 'RepeatComplaintConfirmed':
      return about((event.data as DisputeEvents['RepeatComplaintConfirmed']).earlier, { status: 'confirmed' });
    case 'DisputeMergedInto': {
      const { primary } = event.data as DisputeEvents['DisputeMergedInto'];
      const after = about(key === own ? primary : own, { status: 'confirmed' });
      return key === own ? { ...after, mergedInto: primary } : after;
    }
    case 'DisputeUnmerged': {
      const { primary } = event.data as DisputeEvents['DisputeUnmerged'];
      const after = about(key === own ? primary : own, { status: 'apart' });
      return key === own ? { ...after, mergedInto: null } : after;
    }
    default:
      return doc;
  }
}

function summed({ region, respondentUscc, mergedInto, candidates }: Facts): SuggestionDocument {
  const open = candidates.filter(({ status }) => status === 'open');
  const { kind, score } = open[0] ?? candidates[0]!;
  const suspectedAt = candidates.reduce((last, one) => (one.suspectedAt > last ? one.suspectedAt : last), '');
  const status = open.length > 0 && mergedInto === null ? 'open' : 'settled';
  return { region, respondentUscc, status, kind, score, suspectedAt, mergedInto, candidates };
}
