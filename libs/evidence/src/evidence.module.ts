import { commandRow, viewRow, type ContextTable } from '#service';
import { EraseEvidence, RecordEvidence } from './commands.ts';
import {
  eraseEvidence,
  evolveDispute,
  evolveReport,
  recordEvidence,
  unreadDispute,
  unreadReport,
  type RecordReads,
} from './decide.ts';
import { evidenceSchemas, type EvidenceEvents, type RecordedEvidenceEvent } from './events.ts';
import { evidenceId } from './evidence-store.ts';
import { audienceOf, evolve, initial, isOfReports, readersOf, type Evidence } from './evidence.ts';
import { evidenceView, type EvidenceDocument } from './views/evidence.ts';

/** Given by the upload route, when the content is on disk. */
export const recordEvidenceRow = commandRow<RecordEvidence, Evidence, RecordReads>({
  action: 'record',
  command: RecordEvidence,
  decide: recordEvidence,
  roles: ['hotline', 'officer', 'head', 'mediator', 'merchant', 'court', 'enforcement'],
  summary: 'Record a file as evidence',
  creates: true,
  id: evidenceId,
  scope: (_, { dispute, report }) => ({
    region: dispute?.respondentRegion ?? report?.handlingRegion ?? null,
    subject: dispute?.respondentUscc ?? null,
  }),
  personal: { content: { text: ['contentKey', 'fileName'] } },
  // Each upload seals its content anew: what is uploaded again is known by what it is.
  digestWithout: ['contentKey', 'fileName'],
  correlation: ({ disputeId }, _state, _id, { report }) => disputeId ?? report?.disputeId ?? null,
  madeUp: ['contentKey'],
  reads: {
    dispute: {
      stream: ({ disputeId }) => (disputeId === undefined ? null : `dispute-${disputeId}`),
      initial: unreadDispute,
      evolve: evolveDispute,
    },
    report: {
      stream: ({ reportId }) => (reportId === undefined ? null : `report-${reportId}`),
      initial: unreadReport,
      evolve: evolveReport,
    },
  },
});

/** Given by the erasing route, which then destroys key and file. */
export const eraseEvidenceRow = commandRow<EraseEvidence, Evidence>({
  action: 'erase',
  command: EraseEvidence,
  decide: eraseEvidence,
  roles: ['officer', 'head'],
  summary: 'Erase the content of evidence for good',
});

/** Evidence (证据): `GET /v1/evidence…`; upload, content and erasure have routes of their own. */
export const evidenceTable: ContextTable<Evidence> = {
  collection: 'evidence',
  category: 'evidence',
  title: 'piece of evidence',
  schemas: evidenceSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedEvidenceEvent),
  scopeOf: (state) =>
    state.status === 'none'
      ? { region: null, subject: null }
      : { region: state.recorded.respondentRegion, subject: state.recorded.respondentUscc },
  correlationOf: (state) => (state.status === 'none' ? null : state.recorded.disputeId),
  commands: [],
  processCommands: [recordEvidenceRow, eraseEvidenceRow],
  views: [
    viewRow<EvidenceDocument>({
      projection: evidenceView,
      filters: { disputeId: 'disputeId', reportId: 'reportId', kind: 'kind', status: 'status' },
      sort: { field: 'recordedAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'court', 'enforcement', 'auditor'],
      summary: 'Evidence, newest first, without its content',
      scopeOf: (doc) => ({ region: doc.respondentRegion, subject: subjectOf(doc) }),
      readersOf,
      isGuardedDocument: isOfReports,
      answer: ({ content: _, ...doc }) => doc,
    }),
  ],
};

/** What is not for the parties is in no merchant's bounds. */
function subjectOf(recorded: Pick<EvidenceEvents['EvidenceRecorded'], 'kind' | 'audience' | 'respondentUscc'>) {
  return audienceOf(recorded) === 'parties' ? recorded.respondentUscc : null;
}
