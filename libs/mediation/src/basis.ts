import { refuseMerged } from '#disputes/events';
import { refuse, type DecisionContext, type Refusal } from '#kernel';
import { regions } from '#regions';
import type { ProposeMediation } from './commands.ts';
import { KINDS, type CourtAssignment, type KindOfMediation, type MediationKind } from './kinds.ts';
import type { MediationBody, RegisteredBody } from './mediation-body.ts';
import type { Party } from './mediation-events.ts';
import type { ComplaintRead, ProposeReads, ReferralRead } from './reads.ts';

/** On what a mediation rests: an accepted complaint, a court's assignment, or an application to a body. */
export interface Basis {
  readonly handlingRegion: string;
  readonly authority: string | null;
  readonly respondent: string | null;
  readonly complainant: string | null;
  readonly courtAssignment: CourtAssignment | null;
  readonly consented: readonly Party[];
}

export function basisOf(
  command: ProposeMediation,
  kind: KindOfMediation,
  context: DecisionContext<ProposeReads>,
): Basis | Refusal {
  const { complaintId, referralId, handlingRegion } = command;
  const isForCourt = kind.limit.by === 'referral';
  if (!kind.ofComplaint && complaintId !== undefined) {
    return refuse('invalid', 'COMPLAINT_NOT_APPLICABLE', 'It does not mediate an accepted complaint.', 'complaintId');
  }
  if (!isForCourt && referralId !== undefined) {
    return refuse('invalid', 'REFERRAL_NOT_APPLICABLE', 'It carries out no assignment of a court.', 'referralId');
  }
  const basis = kind.ofComplaint
    ? basisOfComplaint(command, context)
    : isForCourt
      ? basisOfReferral(command, context)
      : basisOfApplication(command, context);
  if ('refused' in basis || handlingRegion === undefined || handlingRegion === basis.handlingRegion) return basis;
  return refuse('invalid', 'REGION_MISMATCH', `It is handled in ${basis.handlingRegion}.`, 'handlingRegion');
}

function basisOfComplaint(
  { complaintId, disputeId }: ProposeMediation,
  { reads: { complaint }, occurredAt }: DecisionContext<ProposeReads>,
): Basis | Refusal {
  if (complaintId === undefined) {
    return refuse('invalid', 'COMPLAINT_REQUIRED', 'An authority mediates a complaint it has accepted.', 'complaintId');
  }
  return badComplaint(complaint, disputeId, occurredAt) ?? { ...(complaint as Competent), courtAssignment: null };
}

type Competent = ComplaintRead & { readonly handlingRegion: string };

function badComplaint(
  complaint: ComplaintRead | undefined,
  disputeId: string,
  occurredAt: number,
): Refusal | undefined {
  const field = 'complaintId';
  if (complaint === undefined) return refuse('invalid', 'UNKNOWN_COMPLAINT', 'There is no such complaint.', field);
  if (complaint.disputeId !== disputeId) {
    return refuse('conflict', 'COMPLAINT_OF_OTHER_DISPUTE', 'It belongs to another dispute.', field);
  }
  if (complaint.acceptedAt === null) {
    return refuse(
      'conflict',
      'COMPLAINT_NOT_ACCEPTED',
      'There is no mediation before the complaint is accepted.',
      field,
    );
  }
  if (complaint.mergedInto !== null) {
    return refuse('conflict', 'COMPLAINT_MERGED', `It is handled together with ${complaint.mergedInto}.`, field);
  }
  if (complaint.concluded !== null) {
    return refuse('conflict', 'COMPLAINT_CONCLUDED', 'The complaint was concluded before.', field);
  }
  return occurredAt < complaint.acceptedAt ? beforeAcceptance() : undefined;
}

function basisOfReferral(
  { referralId, disputeId, bodyId }: ProposeMediation,
  { reads: { referral }, occurredAt }: DecisionContext<ProposeReads>,
): Basis | Refusal {
  const field = 'referralId';
  if (referralId === undefined) {
    return refuse('invalid', 'REFERRAL_REQUIRED', 'It carries out an assignment of a court.', field);
  }
  const refusal = badReferral(referral, disputeId, occurredAt);
  if (refusal !== undefined) return refusal;
  const { handlingRegion, courtAssignment, consented, bodyId: assigned } = referral as ReferralRead & Basis;
  if (bodyId !== undefined && bodyId !== assigned) {
    return refuse('conflict', 'ASSIGNED_TO_OTHER_BODY', 'The court has assigned it to another body.', 'bodyId');
  }
  const people = { respondent: null, complainant: null, authority: null };
  return { handlingRegion, courtAssignment, consented, ...people };
}

function badReferral(referral: ReferralRead | undefined, disputeId: string, occurredAt: number): Refusal | undefined {
  const field = 'referralId';
  if (referral === undefined) return refuse('invalid', 'UNKNOWN_REFERRAL', 'There is no such referral.', field);
  if (referral.courtAssignment === null || referral.handlingRegion === null) {
    return refuse('conflict', 'REFERRAL_NOT_FROM_COURT', 'No court has assigned anything with it.', field);
  }
  if (referral.disputeId !== disputeId) {
    return refuse('conflict', 'REFERRAL_OF_OTHER_DISPUTE', 'It does not belong to this dispute.', field);
  }
  if (referral.isEnded) return refuse('conflict', 'REFERRAL_ENDED', 'The assignment has ended.', field);
  if (referral.confirmedAt === null) {
    return refuse('conflict', 'ASSIGNMENT_NOT_CONFIRMED', 'The body has not confirmed the assignment.', field);
  }
  return occurredAt < referral.confirmedAt ? beforeAcceptance() : undefined;
}

/**
 * Nothing begins anew on a dispute that was merged away. What mediates a complaint or carries out an assignment goes on with what
 * had begun before.
 */
function basisOfApplication(
  { handlingRegion }: ProposeMediation,
  { reads: { dispute } }: DecisionContext<ProposeReads>,
): Basis | Refusal {
  const merged = refuseMerged(dispute?.mergedInto ?? null, 'disputeId');
  if (merged !== undefined) return merged;
  if (handlingRegion === undefined) {
    return refuse('invalid', 'HANDLING_REGION_REQUIRED', 'Say in which region the body mediates.', 'handlingRegion');
  }
  const nothing = { authority: null, respondent: null, complainant: null, courtAssignment: null };
  return { handlingRegion, ...nothing, consented: [] };
}

function beforeAcceptance(): Refusal {
  return refuse('invalid', 'PROPOSED_BEFORE_ACCEPTANCE', 'It was accepted later than that.', 'occurredAt');
}

/** The body of the roster that is to mediate; null where the authority does so itself. */
export function bodyFor(
  kind: MediationKind,
  bodyId: string | undefined,
  body: MediationBody | undefined,
  { handlingRegion, respondentUscc }: { readonly handlingRegion: string; readonly respondentUscc: string | null },
): RegisteredBody | Refusal | null {
  const field = 'bodyId';
  if (!KINDS[kind].byBody) {
    if (bodyId === undefined) return null;
    return refuse('invalid', 'BODY_NOT_APPLICABLE', 'The authority mediates itself.', field);
  }
  if (bodyId === undefined) return refuse('invalid', 'BODY_REQUIRED', 'A body of the roster mediates.', field);
  if (body === undefined || body.status === 'none') return unknownBody();
  if (body.status !== 'active') return refuse('conflict', 'BODY_NOT_ACTIVE', `The body is ${body.status}.`, field);
  if (!body.kinds.includes(kind)) {
    return refuse('conflict', 'KIND_NOT_OF_BODY', `The body does not do ${KINDS[kind].title.en}.`, field);
  }
  if (!body.regions.some((region) => regions.covers(region, handlingRegion))) {
    return refuse('conflict', 'BODY_OUT_OF_REGION', `The body does not mediate in ${handlingRegion}.`, field);
  }
  if (body.uscc !== null && body.uscc === respondentUscc) {
    return refuse('conflict', 'BODY_IS_RESPONDENT', 'The respondent does not mediate its own dispute.', field);
  }
  return body;
}

export function unknownBody(): Refusal {
  return refuse('invalid', 'UNKNOWN_BODY', 'There is no such body on the roster.', 'bodyId');
}
