import type { Instant } from '#kernel';
import { assigned, lastChanged, left, type Assignment } from './assignment.ts';
import type { ComplaintEvents, RecordedComplaintEvent } from './events.ts';
import type { CorrectableField, TransferBasis } from './terms.ts';

/** 案卷: what lasts whatever becomes of the complaint. */
export interface File {
  /** Authorities that have had it in hand, in order; the last one has it unless it left. */
  readonly assignments: readonly Assignment[];
  /** An agent (代理人) acts for the complainant. */
  readonly hasAgent: boolean;
  /** What may be corrected, as it stands. */
  readonly facts: Readonly<Record<CorrectableField, string | number | null>>;
  readonly corrections: { readonly proposed: number; readonly open: OpenCorrection | null };
  /** The second time it is handled is round 2. */
  readonly round: number;
  /** Appraisals that have begun. */
  readonly appraisals: number;
  /** The decision on acceptance was notified. */
  readonly notified: boolean;
  /** First step after the receipt by the holder, and after the acceptance: neither can have happened after them. */
  readonly afterReceipt: Instant | null;
  readonly afterAcceptance: Instant | null;
}

export interface OpenCorrection {
  readonly correction: number;
  readonly field: CorrectableField;
  readonly new: string | number | null;
  readonly reason: string;
  readonly proposer: string;
}

type Aside =
  | 'ComplaintReceived'
  | 'IdentityProofOverdue'
  | 'ComplaintDeadlineAmended'
  | 'ComplaintLateEntryVerified'
  | 'ComplaintCorrectionProposed'
  | 'ComplaintCorrectionRejected'
  | 'ComplaintCorrected';
/** A step of the procedure; the others are about it. */
export type StepEvent = Exclude<RecordedComplaintEvent, { type: Aside }>;

/** The file of a complaint that was received. */
export function newFile({ data, occurredAt }: Extract<RecordedComplaintEvent, { type: 'ComplaintReceived' }>): File {
  const { authority, handlingRegion, respondentUscc, respondentRegion, sector, channel, knewOn } = data;
  return {
    assignments: [assigned(authority, handlingRegion, occurredAt)],
    hasAgent: false,
    facts: {
      receivedAt: occurredAt,
      acceptedOn: null,
      knewOn,
      respondentUscc,
      respondentRegion,
      sector,
      channel,
      recoveredFen: null,
    },
    corrections: { proposed: 0, open: null },
    round: 1,
    appraisals: 0,
    notified: false,
    afterReceipt: null,
    afterAcceptance: null,
  };
}

/** What is asked of a state: whether the complaint was on its way to an authority that a dispute about competence ended for. */
interface Filed {
  readonly file: File;
  readonly status: string;
  readonly basis?: TransferBasis;
}

/** The file with what a step adds to it. */
export function fileAfter({ file, status, basis }: Filed, event: StepEvent): File {
  const { occurredAt } = event;
  const next: File = {
    ...file,
    afterReceipt: file.afterReceipt ?? occurredAt,
    afterAcceptance: file.facts.acceptedOn === null ? null : (file.afterAcceptance ?? occurredAt),
  };
  switch (event.type) {
    case 'AgentAppointed':
      return { ...next, hasAgent: true };
    case 'CompetenceDetermined': {
      const competence = event.data.competent ? 'competent' : 'not-competent';
      return { ...next, assignments: lastChanged(file.assignments, { competence }) };
    }
    case 'CompetenceDisputeResolved':
    case 'AuthorityDesignated':
      return { ...next, assignments: settledFor(file.assignments, event.data) };
    case 'ComplaintReturnedToIntake':
      return { ...next, assignments: left(lastChanged(file.assignments, { competence: 'not-competent' }), occurredAt) };
    case 'ComplaintTransferredOut':
      return { ...next, assignments: left(file.assignments, occurredAt) };
    case 'ComplaintTransferReceived': {
      const { authority, handlingRegion } = event.data;
      const facts = { ...file.facts, receivedAt: occurredAt };
      const isSettled = status === 'transferred' && basis !== 'intake';
      const holder = assigned(authority, handlingRegion, occurredAt, isSettled ? 'competent' : 'presumed');
      const assignments = [...file.assignments, holder];
      return { ...next, assignments, facts, afterReceipt: null };
    }
    case 'ComplaintAccepted': {
      const { acceptedOn, knewOn = file.facts.knewOn } = event.data;
      return { ...next, facts: { ...file.facts, acceptedOn, knewOn }, afterAcceptance: null };
    }
    case 'AcceptanceDecisionNotified':
      return { ...next, notified: true };
    case 'AppraisalStarted':
      return { ...next, appraisals: file.appraisals + 1 };
    case 'ComplaintConcluded':
      return { ...next, facts: { ...file.facts, recoveredFen: event.data.recoveredFen } };
    case 'ComplaintReopened':
      return { ...next, round: event.data.round, notified: event.data.to === 'mediation' && file.notified };
    default:
      return next;
  }
}

/** The authority that the dispute about competence ended for is competent, whoever has the complaint in hand. */
function settledFor(
  assignments: readonly Assignment[],
  { competentAuthority, competentRegion }: ComplaintEvents['AuthorityDesignated'],
): readonly Assignment[] {
  const holder = assignments.at(-1);
  const isHolder = holder?.authority === competentAuthority && holder.region === competentRegion;
  return lastChanged(assignments, { competence: isHolder ? 'competent' : 'not-competent' });
}
