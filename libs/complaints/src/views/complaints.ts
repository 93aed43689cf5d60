import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks } from '#law';
import type { Projection } from '#read-models';
import { complaintClockChanges } from '../clocks.ts';
import type { ComplaintEvents, RecordedComplaintEvent } from '../events.ts';
import { complaintSchemas } from '../events.ts';
import { received, reopened, type ComplaintDocument } from './complaint-document.ts';

export { COMPLAINT_STATUSES, type ComplaintDocument, type ComplaintStatus } from './complaint-document.ts';

export const complaintsView: Projection<ComplaintDocument> = {
  name: 'complaints',
  version: 3,
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
    case 'AgentAppointed':
      return { ...doc, agents: [...doc.agents, { ...event.data, at }] };
    case 'IdentityProofRequested':
    case 'IdentityProofSubmitted':
    case 'IdentityProofOverdue':
      return { ...doc, identityProof: identityProofAfter(doc, event, at) };
    case 'CompetenceDetermined':
      return { ...doc, competence: { ...event.data, at } };
    case 'CompetenceDisputeRaised':
    case 'CompetenceDisputeSentUp':
    case 'CompetenceDisputeResolved':
    case 'AuthorityDesignated':
      return { ...doc, competenceDispute: competenceDisputeAfter(doc, event, at) };
    case 'ComplaintReturnedToIntake': {
      const { authority, reason } = event.data;
      return { ...left(doc, at), status: 'returned', returns: [...doc.returns, { authority, reason, at }] };
    }
    case 'ComplaintTransferredOut':
      // It is the other authority's business from here on: it is to receive it.
      return { ...left(doc, at), status: 'transferred', handlingRegion: event.data.toRegion };
    case 'ComplaintTransferReceived': {
      const { authority, handlingRegion } = event.data;
      const assignments = [...doc.assignments, { authority, handlingRegion, receivedAt: at, leftAt: null }];
      const nothingYet = { identityProof: null, competence: null, competenceDispute: null };
      return { ...doc, ...nothingYet, status: 'received', authority, handlingRegion, assignments };
    }
    case 'ComplaintAccepted': {
      const { acceptedOn, knewOn = doc.knewOn, factors = [] } = event.data;
      return { ...doc, status: 'accepted', acceptedOn, knewOn, factors, decidedAt: at };
    }
    case 'ComplaintNotAccepted': {
      const { ground, provision = null, reason, remedies, factors = [] } = event.data;
      const decision = { nonAcceptanceGround: ground, provision, reason, remedies, factors };
      return { ...doc, ...decision, status: 'not-accepted', decidedAt: at };
    }
    case 'AcceptanceDecisionNotified':
      return { ...doc, decisionNotifiedAt: at };
    case 'MediationConsentGiven':
      return { ...doc, consents: { ...doc.consents, [event.data.party]: 'given' } };
    case 'MediationConsentRefused':
      return { ...doc, consents: { ...doc.consents, [event.data.party]: 'refused' } };
    case 'PartiesNegotiationOpened':
      return { ...doc, negotiatedSince: at };
    case 'PartiesSettled': {
      const { evidence, recoveredFen } = event.data;
      return { ...doc, negotiatedSince: null, settlement: { evidence, recoveredFen, at, retraction: null } };
    }
    case 'PartiesSettlementRetracted':
      return doc.settlement === null
        ? doc
        : { ...doc, settlement: { ...doc.settlement, retraction: event.data.reason } };
    case 'ComplaintDisqualified': {
      const { basis, provision = null, reason, evidence } = event.data;
      return { ...doc, disqualified: { basis, provision, reason, evidence, at, referredToPolice: false } };
    }
    case 'ClaimFraudReferredToPolice':
      return doc.disqualified === null
        ? doc
        : { ...doc, disqualified: { ...doc.disqualified, referredToPolice: true } };
    case 'AppraisalStarted': {
      const { appraisal, kind } = event.data;
      return { ...doc, appraisals: [...doc.appraisals, { appraisal, kind, startedAt: at, completedAt: null }] };
    }
    case 'AppraisalCompleted': {
      const { appraisal } = event.data;
      const appraisals = doc.appraisals.map((one) => (one.appraisal === appraisal ? { ...one, completedAt: at } : one));
      return { ...doc, appraisals };
    }
    case 'ComplaintWithdrawn':
      return { ...doc, withdrawnBy: event.data.by };
    case 'ComplaintConcluded': {
      const { result, ground, disqualification, evidence, recoveredFen } = event.data;
      const outcome = { result, ground, disqualification, evidence, recoveredFen };
      return { ...doc, ...outcome, status: 'concluded', concludedAt: at };
    }
    case 'MediationTerminationNotified':
      return { ...doc, terminationNotifiedAt: at };
    case 'ComplaintClosed':
      return { ...doc, status: 'closed', closedAt: at };
    case 'FollowUpRecorded':
      return { ...doc, followUps: [...doc.followUps, { ...event.data, at }] };
    case 'SatisfactionRecorded':
      return { ...doc, satisfaction: event.data.satisfaction };
    case 'ComplaintReopened':
      return reopened(doc, event.data, at);
    case 'ComplaintMergedInto':
      return { ...doc, status: 'merged', mergedInto: { primary: event.data.primary, at, before: doc.status } };
    case 'ComplaintUnmerged': {
      const status = doc.mergedInto?.before ?? doc.status;
      return { ...doc, status, mergedInto: null, lapsedWhileMerged: event.data.lapsedWhileMerged };
    }
    case 'ComplaintCorrectionProposed':
    case 'ComplaintCorrectionRejected':
    case 'ComplaintCorrected':
      return corrected(doc, event);
    case 'ComplaintDeadlineAmended':
    case 'ComplaintLateEntryVerified':
      return doc;
    default:
      return unreachable(event);
  }
}

type Of<Type extends RecordedComplaintEvent['type']> = Extract<RecordedComplaintEvent, { type: Type }>;

function identityProofAfter(
  { identityProof }: ComplaintDocument,
  event: Of<'IdentityProofRequested' | 'IdentityProofSubmitted' | 'IdentityProofOverdue'>,
  at: string,
): ComplaintDocument['identityProof'] {
  if (event.type === 'IdentityProofRequested') {
    return { requestedAt: at, dueOn: event.data.dueOn, submittedAt: null, isOverdue: false, evidence: [] };
  }
  if (identityProof === null) return null;
  if (event.type === 'IdentityProofOverdue') return { ...identityProof, isOverdue: true };
  return { ...identityProof, submittedAt: at, evidence: event.data.evidence };
}

function competenceDisputeAfter(
  { competenceDispute }: ComplaintDocument,
  event: Of<
    'CompetenceDisputeRaised' | 'CompetenceDisputeSentUp' | 'CompetenceDisputeResolved' | 'AuthorityDesignated'
  >,
  at: string,
): ComplaintDocument['competenceDispute'] {
  if (event.type === 'CompetenceDisputeRaised') {
    const { withAuthority } = event.data;
    return { withAuthority, raisedAt: at, higherAuthority: null, competentAuthority: null, endedAt: null };
  }
  if (competenceDispute === null) return null;
  if (event.type === 'CompetenceDisputeSentUp') {
    return { ...competenceDispute, higherAuthority: event.data.higherAuthority };
  }
  return { ...competenceDispute, competentAuthority: event.data.competentAuthority, endedAt: at };
}

/** It leaves the one who had it; what was given back has left already. */
function left(doc: ComplaintDocument, at: string): ComplaintDocument {
  const last = doc.assignments.at(-1)!;
  return last.leftAt === null ? { ...doc, assignments: doc.assignments.with(-1, { ...last, leftAt: at }) } : doc;
}

function corrected(
  doc: ComplaintDocument,
  event: Of<'ComplaintCorrectionProposed' | 'ComplaintCorrectionRejected' | 'ComplaintCorrected'>,
): ComplaintDocument {
  if (event.type === 'ComplaintCorrectionProposed') {
    const { correction, field, new: value, reason } = event.data;
    const people = { proposer: event.actor.id, approver: null };
    const entry = { correction, field, old: null, new: value, reason, ...people, state: 'proposed' } as const;
    return { ...doc, corrections: [...doc.corrections, entry] };
  }
  const decision =
    event.type === 'ComplaintCorrected'
      ? ({ state: 'approved', old: event.data.old, approver: event.data.approver } as const)
      : ({ state: 'rejected' } as const);
  const corrections = doc.corrections.map((one) =>
    one.correction === event.data.correction ? { ...one, ...decision } : one,
  );
  const next = { ...doc, corrections };
  return event.type === 'ComplaintCorrected' ? withField(next, event.data) : next;
}

/** The receipt that is corrected is that of the authority that has it in hand: only the first one is the complainant's too. */
function withField(
  doc: ComplaintDocument,
  { field, new: value }: ComplaintEvents['ComplaintCorrected'],
): ComplaintDocument {
  if (field !== 'receivedAt') return { ...doc, [field]: value };
  const receivedAt = value as string;
  const assignments = doc.assignments.with(-1, { ...doc.assignments.at(-1)!, receivedAt });
  return { ...doc, assignments, receivedAt: assignments.length === 1 ? receivedAt : doc.receivedAt };
}
