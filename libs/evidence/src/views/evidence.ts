import { Failure, formatInstant, idOf, type Actor } from '#kernel';
import type { Projection } from '#read-models';
import { evidenceSchemas, type EvidenceEvents, type RecordedEvidenceEvent } from '../events.ts';

/** One piece of evidence; its content is read by a route of its own. */
export interface EvidenceDocument extends Readonly<Omit<EvidenceEvents['EvidenceRecorded'], 'reportId'>> {
  readonly reportId: string | null;
  readonly status: 'kept' | 'erased';
  readonly recordedAt: string;
  readonly recordedBy: Actor;
  readonly erasedAt: string | null;
}

export const evidenceView: Projection<EvidenceDocument> = {
  name: 'evidence',
  version: 2,
  types: Object.keys(evidenceSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedEvidenceEvent;
    const at = formatInstant(event.occurredAt);
    if (event.type === 'EvidenceRecorded') {
      const { reportId = null } = event.data;
      return { ...event.data, reportId, status: 'kept', recordedAt: at, recordedBy: event.actor, erasedAt: null };
    }
    if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
    return { ...doc, status: 'erased', erasedAt: at };
  },
  indexes: { newest: ['recordedAt'], byDispute: ['disputeId', 'recordedAt'], byReport: ['reportId', 'recordedAt'] },
};
