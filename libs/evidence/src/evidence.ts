import { Failure } from '#kernel';
import type { EvidenceEvents, RecordedEvidenceEvent } from './events.ts';

export type Evidence =
  | { readonly status: 'none' }
  | { readonly status: 'kept' | 'erased'; readonly recorded: EvidenceEvents['EvidenceRecorded'] };

export const initial: Evidence = { status: 'none' };

export function evolve(state: Evidence, event: RecordedEvidenceEvent): Evidence {
  if (event.type === 'EvidenceRecorded') return { status: 'kept', recorded: event.data };
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return { ...state, status: 'erased' };
}
