import type { Instant, LocalDate } from '#kernel';
import { Failure, localDateOf, startOfDay, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { lastChanged } from './assignment.ts';
import { complaintClockChanges } from './clocks.ts';
import type { RecordedComplaintEvent } from './events.ts';
import { fileAfter, newFile, type File, type StepEvent } from './file.ts';
import type { CorrectableField, Disqualification, Party, TransferBasis } from './terms.ts';

/** What is known of a complaint from its receipt on. */
export interface Known {
  readonly disputeId: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
  readonly clocks: Clocks;
  readonly file: File;
}

/** 身份证明: asked for, with the day that was set. */
export interface IdentityProof {
  readonly dueOn: LocalDate;
  readonly state: 'requested' | 'submitted' | 'overdue';
}

export type Received = Known & {
  readonly status: 'received';
  readonly receivedOn: LocalDate;
  readonly knewOn: LocalDate | null;
  readonly identityProof: IdentityProof | null;
  readonly dispute: { readonly withAuthority: string; readonly stage: 'raised' | 'sent-up' } | null;
  /** How a dispute about competence ended, and for whom. */
  readonly settled: {
    readonly authority: string;
    readonly region: string;
    readonly by: 'agreement' | 'designation';
  } | null;
};
/** 已反馈统一接收机构: nobody handles it until it is sent to an authority. */
export type Returned = Known & { readonly status: 'returned'; readonly returnedBy: string | null };
/** 移送途中. */
export type Transferred = Known & {
  readonly status: 'transferred';
  readonly toAuthority: string;
  readonly basis: TransferBasis;
};
export type Accepted = Known & {
  readonly status: 'accepted';
  readonly acceptedOn: LocalDate;
  readonly notified: boolean;
  /** Numbers of the appraisals that have begun and of those that still go on. */
  readonly appraisals: { readonly begun: number; readonly open: readonly string[] };
  readonly consents: Readonly<Partial<Record<Party, 'given' | 'refused'>>>;
  /** The parties negotiate between themselves. */
  readonly isNegotiated: boolean;
  readonly settlement: {
    readonly evidence: readonly string[];
    readonly recoveredFen: number | null;
  } | null;
  readonly disqualified: Disqualification | null;
};
/** 不予受理: final, once the consumer has been told. */
export type NotAccepted = Known & { readonly status: 'not-accepted'; readonly notified: boolean };
/** Mediation was terminated; both parties are still to be told (S1 Art. 23(2)). */
export type Concluded = Known & { readonly status: 'concluded' };
export type Closed = Known & { readonly status: 'closed'; readonly isRated: boolean };
/** 已并入另一投诉: it stands as it stood, and goes on from there when it is taken out again. */
export type Merged = Known & {
  readonly status: 'merged';
  readonly primary: string;
  /** When it was written down: what passed before that had passed while it was handled by itself (T-28). */
  readonly mergedRecordedAt: Instant;
  readonly before: Received | Returned | Accepted;
};

export type Standing = Received | Returned | Transferred | Accepted | NotAccepted | Concluded | Closed | Merged;
export type ComplaintState = { readonly status: 'none' } | Standing;

export const initial: ComplaintState = { status: 'none' };

export function evolve(state: ComplaintState, event: RecordedComplaintEvent): ComplaintState {
  const next = evolveStatus(state, event);
  const changes = complaintClockChanges(event);
  return next.status === 'none' || changes.length === 0
    ? next
    : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: ComplaintState, event: RecordedComplaintEvent): ComplaintState {
  if (event.type === 'ComplaintReceived') return received(event);
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'IdentityProofOverdue':
      return overdue(state);
    case 'ComplaintDeadlineAmended':
    case 'ComplaintLateEntryVerified':
      // About the procedure and no step of it: what comes next may have happened before.
      return state;
    case 'ComplaintCorrectionProposed':
    case 'ComplaintCorrectionRejected':
    case 'ComplaintCorrected':
      return corrected(state, event);
    default:
      return stepped({ ...state, previousAt: event.occurredAt, file: fileAfter(state, event) }, event);
  }
}

/** The state after a step of the procedure. */
function stepped(state: Standing, event: StepEvent): Standing {
  switch (event.type) {
    case 'IdentityProofRequested':
    case 'IdentityProofSubmitted':
      return state.status === 'received' ? { ...state, identityProof: identityProofAfter(state, event) } : state;
    case 'CompetenceDetermined':
    case 'CompetenceDisputeRaised':
    case 'CompetenceDisputeSentUp':
    case 'CompetenceDisputeResolved':
    case 'AuthorityDesignated':
      return state.status === 'received' ? competenceAfter(state, event) : state;
    case 'ComplaintReturnedToIntake':
      return { ...known(state), status: 'returned', returnedBy: event.actor.id };
    case 'ComplaintTransferredOut': {
      const { toAuthority, toRegion, basis } = event.data;
      return { ...known(state), handlingRegion: toRegion, status: 'transferred', toAuthority, basis };
    }
    case 'ComplaintTransferReceived': {
      const { authority, handlingRegion: region } = event.data;
      const by = state.status === 'transferred' ? state.basis : 'intake';
      const next = awaitingDecision({ ...known(state), handlingRegion: region }, event.occurredAt);
      return by === 'intake' ? next : { ...next, settled: { authority, region, by } };
    }
    case 'ComplaintAccepted':
      return underMediation(known(state), event.data.acceptedOn, false);
    case 'ComplaintNotAccepted':
      return { ...known(state), status: 'not-accepted', notified: false };
    case 'AcceptanceDecisionNotified':
      return state.status === 'accepted' || state.status === 'not-accepted' ? { ...state, notified: true } : state;
    case 'AppraisalStarted':
    case 'AppraisalCompleted':
    case 'MediationConsentGiven':
    case 'MediationConsentRefused':
    case 'PartiesNegotiationOpened':
    case 'PartiesSettled':
    case 'PartiesSettlementRetracted':
    case 'ComplaintDisqualified':
      return state.status === 'accepted' ? mediationAfter(state, event) : state;
    case 'ComplaintConcluded':
    case 'MediationTerminationNotified':
      return { ...known(state), status: 'concluded' };
    case 'ComplaintClosed':
      return { ...known(state), status: 'closed', isRated: false };
    case 'SatisfactionRecorded':
      return state.status === 'closed' ? { ...state, isRated: true } : state;
    case 'ComplaintReopened':
      return reopened(state, event);
    case 'ComplaintMergedInto':
      return {
        ...known(state),
        status: 'merged',
        primary: event.data.primary,
        mergedRecordedAt: event.recordedAt,
        before: state as Merged['before'],
      };
    case 'ComplaintUnmerged': {
      if (state.status !== 'merged') return state;
      const { previousAt, clocks, file } = state;
      return { ...state.before, previousAt, clocks, file };
    }
    case 'AgentAppointed':
    case 'ComplaintWithdrawn':
    case 'ClaimFraudReferredToPolice':
    case 'FollowUpRecorded':
      return state;
    default:
      return unreachable(event);
  }
}

function received(event: Extract<RecordedComplaintEvent, { type: 'ComplaintReceived' }>): Received {
  const { disputeId, handlingRegion, respondentUscc } = event.data;
  const file = newFile(event);
  const previousAt = event.occurredAt;
  return awaitingDecision(
    { disputeId, handlingRegion, respondentUscc, previousAt, clocks: NO_CLOCKS, file },
    previousAt,
  );
}

/** Received by an authority that is to decide on acceptance. */
function awaitingDecision(state: Known, receivedAt: Instant): Received {
  const { knewOn } = state.file.facts;
  const receivedOn = localDateOf(receivedAt);
  const nothingYet = { identityProof: null, dispute: null, settled: null };
  return { ...state, status: 'received', receivedOn, knewOn: knewOn as LocalDate | null, ...nothingYet };
}

function underMediation(state: Known, acceptedOn: LocalDate, notified: boolean): Accepted {
  const appraisals = { begun: state.file.appraisals, open: [] };
  const nothingYet = { consents: {}, isNegotiated: false, settlement: null, disqualified: null };
  return { ...state, status: 'accepted', acceptedOn, notified, appraisals, ...nothingYet };
}

function reopened(
  state: Standing,
  { data, occurredAt }: Extract<StepEvent, { type: 'ComplaintReopened' }>,
): Returned | Received | Accepted {
  switch (data.to) {
    case 'intake':
      return { ...known(state), status: 'returned', returnedBy: null };
    case 'acceptance':
      return awaitingDecision(known(state), occurredAt);
    case 'mediation':
      return underMediation(known(state), localDateOf(occurredAt), state.file.notified);
    default:
      return unreachable(data.to);
  }
}

/** What lasts, without what belongs to one status only. */
function known({ disputeId, handlingRegion, respondentUscc, previousAt, clocks, file }: Known): Known {
  return { disputeId, handlingRegion, respondentUscc, previousAt, clocks, file };
}

function identityProofAfter(
  { identityProof }: Received,
  event: Extract<StepEvent, { type: 'IdentityProofRequested' | 'IdentityProofSubmitted' }>,
): IdentityProof | null {
  if (event.type === 'IdentityProofRequested') return { dueOn: event.data.dueOn, state: 'requested' };
  if (identityProof === null) return null;
  return { ...identityProof, state: 'submitted' };
}

/** A day has passed, which is no step of the procedure. */
function overdue(state: Standing): Standing {
  if (state.status !== 'received' || state.identityProof === null) return state;
  return { ...state, identityProof: { ...state.identityProof, state: 'overdue' } };
}

type CompetenceEvent = Extract<
  StepEvent,
  {
    type:
      | 'CompetenceDetermined'
      | 'CompetenceDisputeRaised'
      | 'CompetenceDisputeSentUp'
      | 'CompetenceDisputeResolved'
      | 'AuthorityDesignated';
  }
>;

function competenceAfter(state: Received, event: CompetenceEvent): Received {
  switch (event.type) {
    case 'CompetenceDetermined':
      return state;
    case 'CompetenceDisputeRaised':
      return { ...state, dispute: { withAuthority: event.data.withAuthority, stage: 'raised' } };
    case 'CompetenceDisputeSentUp':
      return state.dispute === null ? state : { ...state, dispute: { ...state.dispute, stage: 'sent-up' } };
    case 'CompetenceDisputeResolved':
    case 'AuthorityDesignated': {
      const { competentAuthority: authority, competentRegion: region } = event.data;
      const by = event.type === 'AuthorityDesignated' ? 'designation' : 'agreement';
      return { ...state, dispute: null, settled: { authority, region, by } };
    }
    default:
      return unreachable(event);
  }
}

type MediationEvent = Extract<
  StepEvent,
  {
    type:
      | 'AppraisalStarted'
      | 'AppraisalCompleted'
      | 'MediationConsentGiven'
      | 'MediationConsentRefused'
      | 'PartiesNegotiationOpened'
      | 'PartiesSettled'
      | 'PartiesSettlementRetracted'
      | 'ComplaintDisqualified';
  }
>;

function mediationAfter(state: Accepted, event: MediationEvent): Accepted {
  switch (event.type) {
    case 'AppraisalStarted': {
      const { begun, open } = state.appraisals;
      return { ...state, appraisals: { begun: begun + 1, open: [...open, event.data.appraisal] } };
    }
    case 'AppraisalCompleted': {
      const { begun, open } = state.appraisals;
      return { ...state, appraisals: { begun, open: open.filter((one) => one !== event.data.appraisal) } };
    }
    case 'MediationConsentGiven':
      return { ...state, consents: { ...state.consents, [event.data.party]: 'given' } };
    case 'MediationConsentRefused':
      return { ...state, consents: { ...state.consents, [event.data.party]: 'refused' } };
    case 'PartiesNegotiationOpened':
      return { ...state, isNegotiated: true };
    case 'PartiesSettled': {
      const { evidence, recoveredFen } = event.data;
      return { ...state, isNegotiated: false, settlement: { evidence, recoveredFen } };
    }
    case 'PartiesSettlementRetracted':
      return { ...state, settlement: null };
    case 'ComplaintDisqualified':
      return { ...state, disqualified: event.data.basis };
    default:
      return unreachable(event);
  }
}

type CorrectionEvent = Extract<
  RecordedComplaintEvent,
  { type: 'ComplaintCorrectionProposed' | 'ComplaintCorrectionRejected' | 'ComplaintCorrected' }
>;

/** A correction is no step of the procedure: what comes next may have happened before it. */
function corrected(state: Standing, event: CorrectionEvent): Standing {
  const { file } = state;
  const { proposed } = file.corrections;
  if (event.type === 'ComplaintCorrectionProposed') {
    const { correction, field, new: value, reason } = event.data;
    const open = { correction, field, new: value, reason, proposer: event.actor.id };
    return { ...state, file: { ...file, corrections: { proposed: correction, open } } };
  }
  const decided: Standing = { ...state, file: { ...file, corrections: { proposed, open: null } } };
  return event.type === 'ComplaintCorrected' ? withFact(decided, event.data.field, event.data.new) : decided;
}

/** The state with a fact that reads otherwise. Instants are text in events and numbers here. */
function withFact(state: Standing, field: CorrectableField, written: string | number | null): Standing {
  const value = field === 'receivedAt' ? Date.parse(written as string) : written;
  const file = { ...state.file, facts: { ...state.file.facts, [field]: value } };
  const next: Standing = { ...state, file };
  switch (field) {
    case 'receivedAt': {
      const receivedAt = value as Instant;
      const assignments = lastChanged(file.assignments, { receivedAt });
      const previousAt = file.afterReceipt === null ? receivedAt : state.previousAt;
      const moved = { ...next, previousAt, file: { ...file, assignments } };
      return moved.status === 'received' ? { ...moved, receivedOn: localDateOf(receivedAt) } : moved;
    }
    case 'acceptedOn': {
      const acceptedOn = value as LocalDate;
      const isLast = file.afterAcceptance === null;
      const previousAt = isLast ? Math.max(file.facts.receivedAt as Instant, startOfDay(acceptedOn)) : state.previousAt;
      const moved = { ...next, previousAt };
      return moved.status === 'accepted' ? { ...moved, acceptedOn } : moved;
    }
    case 'knewOn':
      return next.status === 'received' ? { ...next, knewOn: value as LocalDate | null } : next;
    case 'respondentUscc':
      return { ...next, respondentUscc: value as string | null };
    case 'respondentRegion':
    case 'sector':
    case 'channel':
    case 'recoveredFen':
      return next;
    default:
      return unreachable(field);
  }
}
