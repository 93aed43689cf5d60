import { categoryOf, idOf, type RecordedEvent } from '#kernel';
import type { Projection } from '#read-models';

/** Streams of everything that belongs to a dispute, in the order in which it came to belong to it. Key: id of the dispute. */
export interface DisputeStreamsDocument {
  readonly streams: readonly string[];
  /** Disputes that were merged into this one, or that this one was merged into: their procedures are told with it. */
  readonly merged: readonly string[];
}

/** Events by which something that had begun without a dispute comes to belong to one. */
const LINKING: readonly string[] = [
  'WorkOrderLinkedToDispute',
  'ComplaintConvertedToCase',
  'CaseReportLinked',
  'ReferralLinkedToDispute',
  'DisputeMergedInto',
  'DisputeUnmerged',
];

/** Over the event types of all contexts; it takes part in the first event of each stream, and in those that link. */
export const disputeStreamsView = (types: readonly string[]): Projection<DisputeStreamsDocument> => ({
  name: 'dispute-streams',
  version: 2,
  types,
  keys,
  evolve: (doc = { streams: [], merged: [] }, event, key) => {
    if (event.type === 'DisputeMergedInto' || event.type === 'DisputeUnmerged') return withMerger(doc, event, key);
    return doc.streams.includes(event.stream) ? doc : { ...doc, streams: [...doc.streams, event.stream] };
  },
  indexes: {},
});

function keys(event: RecordedEvent): readonly string[] {
  if (event.version !== 1 && !LINKING.includes(event.type)) return [];
  const own = categoryOf(event.stream) === 'dispute' ? idOf(event.stream) : event.correlationId;
  const other = mergedWith(event);
  return [...new Set([own, other].filter((id) => id !== null))];
}

function withMerger(doc: DisputeStreamsDocument, event: RecordedEvent, key: string): DisputeStreamsDocument {
  const own = idOf(event.stream);
  const other = key === own ? mergedWith(event) : own;
  if (other === null) return doc;
  const rest = doc.merged.filter((id) => id !== other);
  return { ...doc, merged: event.type === 'DisputeMergedInto' ? [...rest, other] : rest };
}

function mergedWith({ type, data }: RecordedEvent): string | null {
  if (type !== 'DisputeMergedInto' && type !== 'DisputeUnmerged') return null;
  return (data as { readonly primary?: string }).primary ?? null;
}
