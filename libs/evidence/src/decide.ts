import type { DisputeEvents } from '#disputes/events';
import { refuse, type Decide, type RecordedEvent, type Refusal } from '#kernel';
import type { EraseEvidence, RecordEvidence } from './commands.ts';
import type { ReportEvents } from '#reports/events';
import type { EvidenceEvent, EvidenceEvents } from './events.ts';
import type { Evidence } from './evidence.ts';

/** The dispute it belongs to. */
export interface DisputeRead {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
}

export const unreadDispute: DisputeRead = { respondentUscc: null, respondentRegion: '' };

export function evolveDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened':
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeRead;
      return { respondentUscc, respondentRegion };
    }
    default:
      return dispute;
  }
}

/** Who receives or handles reports. */
const OF_REPORTS: readonly string[] = ['hotline', 'officer', 'head', 'enforcement', 'administrator'];

/** The report it belongs to. */
export interface ReportRead {
  readonly disputeId: string | null;
  readonly handlingRegion: string;
}

export const unreadReport: ReportRead = { disputeId: null, handlingRegion: '' };

export function evolveReport(report: ReportRead, event: RecordedEvent): ReportRead {
  switch (event.type as keyof ReportEvents) {
    case 'ReportReceived': {
      const { disputeId, handlingRegion } = event.data as ReportEvents['ReportReceived'];
      return { disputeId, handlingRegion };
    }
    case 'ReportCompetenceDisputeResolved':
    case 'ReportAuthorityDesignated': {
      const { handlingRegion } = event.data as ReportEvents['ReportCompetenceDisputeResolved'];
      return { ...report, handlingRegion: handlingRegion ?? report.handlingRegion };
    }
    default:
      return report;
  }
}

export type RecordReads = { readonly dispute: DisputeRead | undefined; readonly report: ReportRead | undefined };

/** The same content for the same dispute is the same piece of evidence; one that was erased is not brought back. */
export const recordEvidence: Decide<RecordEvidence, Evidence, EvidenceEvent, RecordReads> = (
  command,
  state,
  { actor, reads, persons },
) => {
  const { kind, audience, mediaType, bytes, sha256 } = command;
  if (kind === 'identity' && audience === 'parties') {
    const detail = 'Who somebody is is proven to the authority, not to the other party.';
    return refuse('invalid', 'IDENTITY_NOT_FOR_PARTIES', detail, 'audience');
  }
  if (audience === 'report-handlers' && !OF_REPORTS.includes(actor.role)) {
    const detail = 'What belongs to a report is handed in by those who receive and handle reports.';
    return refuse('forbidden', 'AUDIENCE_NOT_YOURS', detail, 'audience');
  }
  const whose = belongsTo(command, reads);
  if ('refused' in whose) return whose;
  if (state.status === 'erased') {
    return refuse('conflict', 'EVIDENCE_ERASED', 'This content was erased, and is not taken again.');
  }
  if (state.status === 'kept') return [];
  const content = persons['content']?.personId;
  if (content === undefined) return refuse('invalid', 'CONTENT_REQUIRED', 'Evidence has a content.', 'contentKey');
  const what = { kind, audience, mediaType, bytes, sha256, content };
  return [{ type: 'EvidenceRecorded', schemaVersion: 2, data: { ...what, ...whose } }];
};

type Whose = Pick<EvidenceEvents['EvidenceRecorded'], 'disputeId' | 'reportId' | 'respondentUscc' | 'respondentRegion'>;

function belongsTo(
  { disputeId, reportId, audience }: Pick<RecordEvidence, 'disputeId' | 'reportId' | 'audience'>,
  { dispute, report }: RecordReads,
): Whose | Refusal {
  if ((disputeId === undefined) === (reportId === undefined)) {
    const detail = 'It belongs to a dispute, or to a report.';
    return refuse('invalid', 'DISPUTE_OR_REPORT_REQUIRED', detail, 'disputeId');
  }
  if (reportId === undefined) {
    if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
    return { disputeId: disputeId!, ...dispute };
  }
  if (audience !== 'report-handlers') {
    const detail = 'What belongs to a report is for nobody but those who handle it (S1 Art. 37).';
    return refuse('invalid', 'EVIDENCE_OF_REPORT', detail, 'audience');
  }
  if (report === undefined) return refuse('invalid', 'UNKNOWN_REPORT', 'There is no such report.', 'reportId');
  const { disputeId: known, handlingRegion } = report;
  return { disputeId: known, reportId, respondentUscc: null, respondentRegion: handlingRegion };
}

export const eraseEvidence: Decide<EraseEvidence, Evidence, EvidenceEvent> = ({ reason }, state) => {
  switch (state.status) {
    case 'none':
      return refuse('notFound', 'NOT_FOUND', 'There is no evidence with this id.');
    case 'erased':
      return [];
    case 'kept':
      return [{ type: 'EvidenceErased', data: { reason } }];
  }
};
