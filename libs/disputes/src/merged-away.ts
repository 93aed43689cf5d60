import { refuse, type RecordedEvent, type Refusal } from '#kernel';
import type { DisputeEvents } from './events.ts';

/** The dispute into which one was merged, after an event of it; null while it stands for itself. */
export function primaryAfter(primary: string | null, event: RecordedEvent): string | null {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeMergedInto':
      return (event.data as DisputeEvents['DisputeMergedInto']).primary;
    case 'DisputeUnmerged':
      return null;
    default:
      return primary;
  }
}

/** Nothing begins on a dispute that was merged away: it is counted and told with its primary. What had begun goes on. */
export function refuseMerged(primary: string | null, field?: string): Refusal | undefined {
  if (primary === null) return undefined;
  const detail = `The dispute was merged into ${primary}: go on there, or take it apart.`;
  return refuse('conflict', 'DISPUTE_MERGED', detail, field);
}
