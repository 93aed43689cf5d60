import type { DisputeEvents } from '#disputes/events';
import { refuse, type Decide, type RecordedEvent } from '#kernel';
import type { EraseEvidence, RecordEvidence } from './commands.ts';
import type { EvidenceEvent } from './events.ts';
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

export type RecordReads = { readonly dispute: DisputeRead | undefined };

/** The same content for the same dispute is the same piece of evidence; one that was erased is not brought back. */
export const recordEvidence: Decide<RecordEvidence, Evidence, EvidenceEvent, RecordReads> = (
  { disputeId, kind, audience, mediaType, bytes, sha256 },
  state,
  { actor, reads, persons },
) => {
  if (kind === 'identity' && audience === 'parties') {
    const detail = 'Who somebody is is proven to the authority, not to the other party.';
    return refuse('invalid', 'IDENTITY_NOT_FOR_PARTIES', detail, 'audience');
  }
  if (audience === 'report-handlers' && !OF_REPORTS.includes(actor.role)) {
    const detail = 'What belongs to a report is handed in by those who receive and handle reports.';
    return refuse('forbidden', 'AUDIENCE_NOT_YOURS', detail, 'audience');
  }
  const { dispute } = reads;
  if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  if (state.status === 'erased') {
    return refuse('conflict', 'EVIDENCE_ERASED', 'This content was erased, and is not taken again.');
  }
  if (state.status === 'kept') return [];
  const content = persons['content']?.personId;
  if (content === undefined) return refuse('invalid', 'CONTENT_REQUIRED', 'Evidence has a content.', 'contentKey');
  const { respondentUscc, respondentRegion } = dispute;
  const what = { disputeId, kind, audience, mediaType, bytes, sha256, content };
  return [{ type: 'EvidenceRecorded', data: { ...what, respondentUscc, respondentRegion } }];
};

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
