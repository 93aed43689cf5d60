import { refuse, type RecordedEvent, type Refusal } from '#kernel';
import type { Classification, RecordedWorkOrderEvent } from './events.ts';

/** What a complaint or a report must know of the letter it comes from, folded from the work order's events. */
export interface WorkOrderOrigin {
  readonly classification: Classification | null;
  readonly isSplit: boolean;
  readonly isRedirected: boolean;
}

export const unreadOrigin: WorkOrderOrigin = { classification: null, isSplit: false, isRedirected: false };

export function evolveOrigin(origin: WorkOrderOrigin, recorded: RecordedEvent): WorkOrderOrigin {
  const event = recorded as RecordedWorkOrderEvent;
  switch (event.type) {
    case 'WorkOrderClassified':
      return { ...origin, classification: event.data.classification };
    case 'WorkOrderSplit':
      return { ...origin, isSplit: true };
    case 'WorkOrderRedirected':
      return { ...origin, isRedirected: true };
    default:
      return origin;
  }
}

/**
 * Why no procedure of this kind may be opened on a letter; undefined where it may. A mixed letter is split first (S1 Art. 9), so
 * that neither part is forgotten over the other; what is neither complaint nor report is nobody's procedure (S1 Art. 44).
 */
export function refuseProcedure(origin: WorkOrderOrigin, part: 'complaint' | 'report'): Refusal | undefined {
  if (origin.isRedirected) {
    return refuse('conflict', 'WORK_ORDER_REDIRECTED', 'The caller was shown another route: it is handled there.');
  }
  const { classification } = origin;
  if (classification === null) {
    return refuse('conflict', 'WORK_ORDER_NOT_CLASSIFIED', 'Nobody has said yet what it is about.');
  }
  if (classification === 'mixed') {
    if (origin.isSplit) return undefined;
    const detail = 'It is complaint and report: it is split before either procedure is opened (S1 Art. 9).';
    return refuse('conflict', 'WORK_ORDER_NOT_SPLIT', detail);
  }
  if (classification === part) return undefined;
  return refuse('conflict', 'WORK_ORDER_OF_ANOTHER_KIND', `The letter was classified as ${classification}.`);
}
