import type { LocalDate } from '#kernel';
import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { complaintClockChanges } from '../clocks.ts';
import type {
  AppraisalKind,
  ComplaintEvents,
  ComplaintResult,
  Disqualification,
  NonAcceptanceGround,
  RecordedComplaintEvent,
  TerminationGround,
} from '../events.ts';
import { complaintSchemas } from '../events.ts';

/** `not-accepted` is final once notified; `concluded` waits for the notice of termination. */
export const COMPLAINT_STATUSES = ['received', 'accepted', 'not-accepted', 'concluded', 'closed'] as const;
export type ComplaintStatus = (typeof COMPLAINT_STATUSES)[number];

/** One complaint (投诉) as it stands. Instants are ISO 8601 UTC, days are legal days in Shanghai, money is fen. */
export interface ComplaintDocument {
  readonly disputeId: string;
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  /** Vault references. */
  readonly respondent: string | null;
  readonly complainant: string;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly escalatedFrom: string | null;
  readonly workOrderId: string | null;
  readonly knewOn: LocalDate | null;
  readonly status: ComplaintStatus;
  readonly receivedAt: string;
  readonly acceptedOn: LocalDate | null;
  /** Acceptance or non-acceptance. */
  readonly decidedAt: string | null;
  readonly nonAcceptanceGround: NonAcceptanceGround | null;
  /** Vault reference of the reason of non-acceptance. */
  readonly reason: string | null;
  readonly remedies: readonly string[];
  readonly decisionNotifiedAt: string | null;
  readonly result: ComplaintResult | null;
  readonly ground: TerminationGround | null;
  readonly disqualification: Disqualification | null;
  readonly evidence: readonly string[];
  readonly recoveredFen: number | null;
  readonly concludedAt: string | null;
  readonly terminationNotifiedAt: string | null;
  readonly closedAt: string | null;
  /** Appraisals (鉴定), oldest first; `completedAt` is null while one goes on. */
  readonly appraisals: readonly {
    readonly appraisal: string;
    readonly kind: AppraisalKind;
    readonly startedAt: string;
    readonly completedAt: string | null;
  }[];
  readonly clocks: Clocks;
}

export const complaintsView: Projection<ComplaintDocument> = {
  name: 'complaints',
  version: 2,
  types: Object.keys(complaintSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => withClocks(evolve(doc, event as RecordedComplaintEvent), event as RecordedComplaintEvent),
  indexes: {
    newest: ['receivedAt'],
    byRegion: ['handlingRegion', 'receivedAt'],
    byRespondent: ['respondentUscc', 'receivedAt'],
    byStatus: ['status', 'receivedAt'],
    byDispute: ['disputeId', 'receivedAt'],
  },
};

function withClocks(doc: ComplaintDocument, event: RecordedComplaintEvent): ComplaintDocument {
  const changes = complaintClockChanges(event);
  return changes.length === 0 ? doc : { ...doc, clocks: evolveClocks(doc.clocks, changes, event) };
}

function evolve(doc: ComplaintDocument | undefined, event: RecordedComplaintEvent): ComplaintDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ComplaintReceived') return received(event.data, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'ComplaintAccepted': {
      const { acceptedOn, knewOn = doc.knewOn } = event.data;
      return { ...doc, status: 'accepted', acceptedOn, knewOn, decidedAt: at };
    }
    case 'ComplaintNotAccepted': {
      const { ground, reason, remedies } = event.data;
      return { ...doc, status: 'not-accepted', decidedAt: at, nonAcceptanceGround: ground, reason, remedies };
    }
    case 'AcceptanceDecisionNotified':
      return { ...doc, decisionNotifiedAt: at };
    case 'AppraisalStarted': {
      const { appraisal, kind } = event.data;
      return { ...doc, appraisals: [...doc.appraisals, { appraisal, kind, startedAt: at, completedAt: null }] };
    }
    case 'AppraisalCompleted': {
      const { appraisal } = event.data;
      const appraisals = doc.appraisals.map((one) => (one.appraisal === appraisal ? { ...one, completedAt: at } : one));
      return { ...doc, appraisals };
    }
    case 'ComplaintDeadlineAmended':
    case 'ComplaintLateEntryVerified':
      return doc;
    case 'ComplaintConcluded': {
      const { result, ground, disqualification, evidence, recoveredFen } = event.data;
      const outcome = { result, ground, disqualification, evidence, recoveredFen };
      return { ...doc, ...outcome, status: 'concluded', concludedAt: at };
    }
    case 'MediationTerminationNotified':
      return { ...doc, terminationNotifiedAt: at };
    case 'ComplaintClosed':
      return { ...doc, status: 'closed', closedAt: at };
    default:
      return unreachable(event);
  }
}

function received(data: ComplaintEvents['ComplaintReceived'], receivedAt: string): ComplaintDocument {
  return {
    disputeId: data.disputeId,
    authority: data.authority,
    handlingRegion: data.handlingRegion,
    respondentUscc: data.respondentUscc,
    respondentRegion: data.respondentRegion,
    respondent: data.respondent,
    complainant: data.complainant,
    sector: data.sector,
    channel: data.channel,
    escalatedFrom: data.escalatedFrom,
    workOrderId: data.workOrderId,
    knewOn: data.knewOn,
    status: 'received',
    receivedAt,
    acceptedOn: null,
    decidedAt: null,
    nonAcceptanceGround: null,
    reason: null,
    remedies: [],
    decisionNotifiedAt: null,
    result: null,
    ground: null,
    disqualification: null,
    evidence: [],
    recoveredFen: null,
    concludedAt: null,
    terminationNotifiedAt: null,
    closedAt: null,
    appraisals: [],
    clocks: NO_CLOCKS,
  };
}
