import { refuse, type Decide, type RecordedEvent } from '#kernel';
import type { DisputeEvents } from '#disputes/events';
import type { DismissDisputeDuplicate, SuspectDisputeDuplicate } from './commands.ts';
import type { DuplicateEvent } from './events.ts';
import type { Suggestions } from './suggestion.ts';

/** What a person has found of a dispute. */
export interface FoundOfDispute {
  readonly primary: string | null;
  /** Disputes from which it was taken apart again, or which it was found to repeat. */
  readonly told: readonly string[];
}

export const nothingFound: FoundOfDispute = { primary: null, told: [] };

export function evolveFound(found: FoundOfDispute, event: RecordedEvent): FoundOfDispute {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeMergedInto':
      return { ...found, primary: (event.data as DisputeEvents['DisputeMergedInto']).primary };
    case 'DisputeUnmerged': {
      const { primary } = event.data as DisputeEvents['DisputeUnmerged'];
      return { primary: null, told: [...found.told, primary] };
    }
    case 'RepeatComplaintConfirmed':
      return { ...found, told: [...found.told, (event.data as DisputeEvents['RepeatComplaintConfirmed']).earlier] };
    default:
      return found;
  }
}

export type SuspectReads = {
  readonly dispute: FoundOfDispute | undefined;
  readonly other: FoundOfDispute | undefined;
};

/** Said once: not again of what a person has dismissed or taken apart, and not of what is merged. */
export const suspect: Decide<SuspectDisputeDuplicate, Suggestions, DuplicateEvent, SuspectReads> = (
  { suspected },
  state,
  { id, reads: { dispute, other } },
) => {
  if (dispute === undefined || other === undefined || suspected.of === id) return [];
  if (Object.hasOwn(state.of, suspected.of)) return [];
  const isMerged = dispute.primary !== null || other.primary !== null;
  if (isMerged || dispute.told.includes(suspected.of) || other.told.includes(id)) return [];
  return [{ type: 'DisputeDuplicateSuspected', data: suspected }];
};

export const dismiss: Decide<DismissDisputeDuplicate, Suggestions, DuplicateEvent> = (
  { of },
  state,
  { actor, persons },
) => {
  if (actor.role === 'process') {
    return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person takes this decision.');
  }
  if (!Object.hasOwn(state.of, of)) {
    return refuse('conflict', 'DUPLICATE_NOT_SUSPECTED', 'Nothing suggested that it is this dispute.', 'of');
  }
  if (state.of[of] === 'dismissed') return [];
  return [{ type: 'DisputeDuplicateDismissed', data: { of, note: persons['note']?.personId ?? null } }];
};
