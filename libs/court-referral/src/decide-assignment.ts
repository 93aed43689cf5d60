import { refuseMerged } from '#disputes/events';
import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { inOrder, normaliseUscc, refuse } from '#kernel';
import { isBy, readClock, type ClockReading, type Law } from '#law';
import { PARTIES } from '#negotiation/events';
import { regions } from '#regions';
import { writtenCourtNumber } from '#service';
import { courtMediationRule, REFERRAL_CLOCKS } from './clocks.ts';
import type {
  AssignFromCourt,
  ConfirmCourtAssignment,
  ConsentToCourtMediation,
  ContactOtherParty,
  DesignateCourtMediationBody,
  LinkReferralToDispute,
  RefuseCourtAssignment,
} from './commands.ts';
import type { ReferralEvent } from './events.ts';
import type { Incoming } from './incoming.ts';
import type { AssignReads, BodyReads, DisputeReads } from './reads.ts';
import type { ReferralState } from './referral.ts';
import { refuseByProcess, refuseSpeaking, refuseStep, under } from './refusals.ts';

/** An assignment by a court, until a body has taken it and both parties have agreed. */
type Rule<Command, Reads = Record<string, never>> = Decide<Command, ReferralState, ReferralEvent, Reads, Law>;

export const assign: Rule<AssignFromCourt, AssignReads> = (command, state, context, law) => {
  if (state.direction !== 'none') return assignedBefore(state, context);
  const refusal = refuseByProcess(context) ?? refuseAssignment(command, context);
  if (refusal !== undefined) return refusal;
  const { kind, bodyId = null } = command;
  const { persons, payloadDigest, today, reads } = context;
  const names =
    bodyId === null
      ? (['assignment-choice', 'assignment-designation'] as const)
      : (['assignment-confirmation'] as const);
  const clocks = names.map((name) => readClock({ clock: name, rule: REFERRAL_CLOCKS[name], from: today }, law));
  const respondentUscc = command.respondentUscc ?? reads.dispute?.respondentUscc ?? null;
  const data = {
    court: command.court,
    courtCaseNo: writtenCourtNumber(command.courtCaseNo),
    kind,
    procedure: command.procedure ?? null,
    courtFilingState: kind === 'post-filing' ? ('filed' as const) : ('not-filed' as const),
    handlingRegion: command.handlingRegion,
    respondentUscc: respondentUscc === null ? null : (normaliseUscc(respondentUscc) ?? respondentUscc),
    claimant: persons['claimant']?.personId ?? null,
    claimantTokens: persons['claimant']?.tokens ?? {},
    respondent: persons['respondent']?.personId ?? null,
    disputeId: command.disputeId ?? null,
    bodyId,
    consents: PARTIES.filter((party) => command.consents?.includes(party)),
    materials: command.materials ?? [],
    payloadDigest,
    clocks,
  };
  return [{ type: 'DisputeAssignedByCourt', ...under(clocks[0]!), data }];
};

function assignedBefore(
  state: Exclude<ReferralState, { readonly direction: 'none' }>,
  { payloadDigest }: DecisionContext<unknown>,
): Decision<ReferralEvent> {
  if (state.direction === 'FROM_COURT' && state.payloadDigest === payloadDigest) return [];
  const detail = 'The court has assigned under this number before, with another content.';
  return refuse('conflict', 'COURT_ASSIGNMENT_CONFLICT', detail, 'courtCaseNo');
}

function refuseAssignment(command: AssignFromCourt, { reads }: DecisionContext<AssignReads>): Refusal | undefined {
  const { kind, procedure, bodyId, disputeId, consents = [] } = command;
  if (kind === 'post-filing' && procedure === undefined) {
    const detail = 'The time of a filed suit’s mediation goes by its procedure: ordinary or summary.';
    return refuse('invalid', 'PROCEDURE_REQUIRED', detail, 'procedure');
  }
  if (kind === 'pre-filing' && procedure !== undefined) {
    return refuse('invalid', 'PROCEDURE_NOT_APPLICABLE', 'Nothing is filed yet that had a procedure.', 'procedure');
  }
  if (disputeId !== undefined && reads.dispute === undefined) {
    return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  }
  const merged = refuseMerged(reads.dispute?.mergedInto ?? null, 'disputeId');
  if (merged !== undefined) return merged;
  if (isOther(command.respondentUscc, reads)) return respondentMismatch('respondentUscc');
  if (bodyId !== undefined) return refuseBody(reads, command);
  if (PARTIES.some((party) => !consents.includes(party))) {
    const detail = 'Only parties that have both agreed to mediate choose a body: the court designates it (S10 10).';
    return refuse('invalid', 'BODY_REQUIRED', detail, 'bodyId');
  }
  return undefined;
}

export const linkDispute: Rule<LinkReferralToDispute, DisputeReads> = ({ disputeId }, state, context) => {
  const refusal = refuseStep(state, 'FROM_COURT', context);
  if (refusal !== undefined) return refusal;
  const known = (state as Incoming).disputeId;
  if (known !== null && known !== disputeId) {
    return refuse('conflict', 'ALREADY_LINKED', 'It is linked to another dispute.', 'disputeId');
  }
  if (context.reads.dispute === undefined) {
    return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  }
  const merged = known === disputeId ? undefined : refuseMerged(context.reads.dispute.mergedInto, 'disputeId');
  if (merged !== undefined) return merged;
  if (isOther((state as Incoming).respondentUscc ?? undefined, context.reads)) return respondentMismatch('disputeId');
  return known === disputeId ? [] : [{ type: 'ReferralLinkedToDispute', data: { disputeId } }];
};

/** Whether the dispute names another respondent. */
function isOther(uscc: string | undefined, { dispute }: DisputeReads): boolean {
  const named = dispute?.respondentUscc ?? null;
  return uscc !== undefined && named !== null && normaliseUscc(uscc) !== named;
}

function respondentMismatch(field: string): Refusal {
  return refuse('conflict', 'RESPONDENT_MISMATCH', 'The dispute names another respondent.', field);
}

export const designate: Rule<DesignateCourtMediationBody, BodyReads> = assigned<DesignateCourtMediationBody, BodyReads>(
  ({ bodyId, by = 'court' }, state, context, law) => {
    if (state.status === 'assigned' && state.bodyId === bodyId) return [];
    const refusal = refuseDesignation(state, by, context);
    if (refusal !== undefined) return refusal;
    const clock = 'assignment-confirmation';
    const reading = readClock({ clock, rule: REFERRAL_CLOCKS[clock], from: context.today }, law);
    return [{ type: 'CourtMediationBodyDesignated', ...under(reading), data: { bodyId, by, clocks: [reading] } }];
  },
);

/** At first, after a refusal, or once the time of confirmation has passed without an answer (S10 12). */
function refuseDesignation(
  { status, clocks, handlingRegion, respondentUscc }: Incoming,
  by: 'court' | 'parties',
  { actor, occurredAt, reads }: DecisionContext<BodyReads>,
): Refusal | undefined {
  const refusal = refuseBody(reads, { handlingRegion, respondentUscc });
  if (refusal !== undefined) return refusal;
  if (by === 'court' && !['court', 'administrator'].includes(actor.role)) {
    return refuse('forbidden', 'ONLY_COURT_DESIGNATES', 'The court designates; the parties choose.', 'by');
  }
  const choice = clocks['assignment-choice']?.due ?? null;
  if (status === 'to-be-designated') {
    if (by === 'court' || choice === null || isBy(choice, occurredAt)) return undefined;
    const detail = `The parties could choose until ${choice}; now the court designates (S10 10).`;
    return refuse('conflict', 'CHOICE_LAPSED', detail, 'by');
  }
  if (status === 'refused') return undefined;
  if (status !== 'assigned') {
    return refuse('conflict', 'ASSIGNMENT_TAKEN', 'A body has taken the assignment.');
  }
  const confirmation = clocks['assignment-confirmation']?.due ?? null;
  if (confirmation !== null && !isBy(confirmation, occurredAt)) return undefined;
  return refuse('conflict', 'CONFIRMATION_NOT_OVERDUE', `The body has until ${confirmation ?? 'then'} to confirm.`);
}

export const confirm: Rule<ConfirmCourtAssignment> = assigned(({ basis }, state, { today }, law) => {
  if (state.status === 'in-mediation') return [];
  if (state.status !== 'assigned') return notAssigned(state);
  const clocks = clocksAtConfirmation(state, today, law);
  return [{ type: 'CourtAssignmentConfirmed', ...under(clocks[0]!), data: { basis, clocks } }];
});

/** The time of the mediation, and that in which a party that has not agreed yet is asked (S10 15). */
function clocksAtConfirmation({ kind, procedure, consents }: Incoming, from: string, law: Law): ClockReading[] {
  const mediation = readClock({ clock: 'court-mediation', rule: courtMediationRule(kind, procedure), from }, law);
  if (consents.length === PARTIES.length) return [mediation];
  const clock = 'assignment-contact';
  return [mediation, readClock({ clock, rule: REFERRAL_CLOCKS[clock], from }, law)];
}

export const refuseCourtAssignment: Rule<RefuseCourtAssignment> = assigned(({ ground }, state, { persons }) => {
  if (state.status === 'refused') return [];
  if (state.status !== 'assigned') return notAssigned(state);
  const reason = persons['reason']?.personId;
  if (reason === undefined) {
    return refuse('invalid', 'REASON_REQUIRED', 'Who does not take an assignment writes down why (S10 12).', 'reason');
  }
  return [{ type: 'CourtAssignmentRefused', data: { ground, reason } }];
});

export const contact: Rule<ContactOtherParty> = assigned(({ channel }, state) => {
  if (state.status !== 'in-mediation') return notAssigned(state);
  const clock = state.clocks['assignment-contact'];
  if (clock === undefined) return refuse('conflict', 'NOBODY_TO_CONTACT', 'Both parties agreed before the court.');
  return clock.completion === null ? [{ type: 'OtherPartyContacted', data: { channel } }] : [];
});

export const consentToMediation: Rule<ConsentToCourtMediation> = assigned((command, state, { actor }) => {
  const { party, evidence = [] } = command;
  const refusal = refuseSpeaking(actor.role, party, evidence);
  if (refusal !== undefined) return refusal;
  if (state.consents.includes(party)) return [];
  if (state.status !== 'in-mediation') return notAssigned(state);
  const isComplete = state.consents.length + 1 === PARTIES.length;
  return [{ type: 'CourtMediationConsentGiven', data: { party, isComplete, evidence } }];
});

/** A step on an assignment. */
export function assigned<Command, Reads = Record<string, never>>(
  rule: (command: Command, state: Incoming, context: DecisionContext<Reads>, law: Law) => Decision<ReferralEvent>,
): Rule<Command, Reads> {
  return (command, state, context, law) =>
    refuseStep(state, 'FROM_COURT', context) ??
    inOrder(rule(command, state as Incoming, context, law), state as Incoming, context);
}

/** A body that could not mediate it would only have to be replaced: of its kind, in its region, and not one of the parties. */
function refuseBody(
  { body }: BodyReads,
  {
    handlingRegion,
    respondentUscc = null,
  }: { readonly handlingRegion: string; readonly respondentUscc?: string | null },
): Refusal | undefined {
  if (body === undefined) {
    return refuse('invalid', 'UNKNOWN_MEDIATION_BODY', 'There is no such mediation body on the roster.', 'bodyId');
  }
  const { isActive, kinds, regions: places, uscc } = body;
  const refused = (code: string, detail: string) => refuse('conflict', code, detail, 'bodyId');
  if (!isActive) return refused('MEDIATION_BODY_NOT_ACTIVE', 'The body was suspended or removed from the roster.');
  if (kinds !== null && !kinds.includes('court-invited')) {
    return refused('KIND_NOT_OF_BODY', 'The body does not mediate for courts.');
  }
  if (places !== null && !places.some((region) => regions.covers(region, handlingRegion))) {
    return refused('BODY_OUT_OF_REGION', `The body does not mediate in ${handlingRegion}.`);
  }
  if (uscc === null || respondentUscc === null || normaliseUscc(respondentUscc) !== uscc) return undefined;
  return refused('BODY_IS_RESPONDENT', 'The respondent does not mediate its own dispute.');
}

export function notAssigned({ status }: Incoming): Refusal {
  switch (status) {
    case 'to-be-designated':
      return refuse('conflict', 'NO_BODY_DESIGNATED', 'No body has been designated or chosen yet.');
    case 'assigned':
      return refuse('conflict', 'ASSIGNMENT_NOT_CONFIRMED', 'The body has not confirmed the assignment yet.');
    case 'refused':
      return refuse('conflict', 'ASSIGNMENT_REFUSED', 'The body did not take it: the court designates another one.');
    case 'in-mediation':
      return refuse('conflict', 'ASSIGNMENT_TAKEN', 'A body has taken the assignment.');
    case 'agreed':
    case 'failed':
      return refuse('conflict', 'COURT_MEDIATION_ENDED', `The mediation has ended before: ${status}.`);
    case 'returned-to-court':
      return refuse('conflict', 'ALREADY_RETURNED', 'The case went back to the court.');
  }
}
