import { formatInstant, localDateOf, parseInstant, refuse, type Instant, type Refusal } from '#kernel';
import { provisionsOn } from '#law';
import { regions } from '#regions';
import type {
  AssignMediator,
  CancelSession,
  DecideRecusal,
  DesignateAppraisalInstitution,
  DisputeAppraisalFee,
  RecordAttendance,
  RequestRecusal,
  ScheduleSession,
} from './commands.ts';
import { conflictOfInterest } from './conflict-of-interest.ts';
import { untilEffective, whileLive, type Rule } from './following.ts';
import { KINDS } from './kinds.ts';
import type { Known, Live, Session } from './mediation.ts';
import type { Mediator, RegisteredMediator } from './mediator.ts';
import { isAuthority, isMediating, partyOf } from './party.ts';
import type { AssignmentReads, AssignReads, Tokens } from './reads.ts';
import { humanDecisionRequired, refuseSham, suspended } from './refusals.ts';

export const assignMediator: Rule<AssignMediator, AssignReads> = whileLive((command, state, { actor, reads }) => {
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const { mediatorId, relativeRuledOut = false } = command;
  const mediator = suitable(reads.mediator, state);
  if ('refused' in mediator) return mediator;
  if (state.mediators.includes(mediatorId)) return [];
  if (state.recused.includes(mediatorId)) {
    return refuse('conflict', 'MEDIATOR_RECUSED', 'The recusal of this mediator was granted here.', 'mediatorId');
  }
  const parties = { respondentUscc: state.respondentUscc, complainantTokens: complainantsOf(reads) };
  return (
    conflictOfInterest(mediator, parties, relativeRuledOut) ?? [
      { type: 'MediatorAssigned', data: { mediatorId, relativeRuledOut } },
    ]
  );
});

/** A dispute may have been opened without its complainant, whom the complaint or the court then names. */
function complainantsOf({ dispute, complaint, referral }: AssignReads): readonly Tokens[] {
  const known = [...(dispute?.complainantTokens ?? []), complaint?.complainantTokens, referral?.claimantTokens];
  return known.filter((tokens) => tokens !== undefined);
}

/** On site both parties are told of time, place and mediator in advance (S1 Art. 20); elsewhere likewise, but for the place. */
export const scheduleSession: Rule<ScheduleSession, AssignmentReads> = whileLive((command, state, context) => {
  const { actor, occurredAt, reads } = context;
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const refusal = notMediable(state) ?? refuseSham(reads.referral?.sham);
  if (refusal !== undefined) return refusal;
  const at = parseInstant(command.scheduledFor)!;
  if (at <= occurredAt) {
    return refuse('invalid', 'SESSION_NOT_IN_ADVANCE', 'The parties are told in advance (Art. 20).', 'scheduledFor');
  }
  const { mode, channel, place = null } = command;
  if (mode === 'on-site' && place === null) {
    return refuse('invalid', 'PLACE_REQUIRED', 'A session on site has a place (Art. 20).', 'place');
  }
  if (mode !== 'on-site' && place !== null) {
    return refuse('invalid', 'PLACE_NOT_APPLICABLE', 'Only a session on site has a place.', 'place');
  }
  const session = String(state.sessions.length + 1);
  const scheduled = { session, scheduledFor: formatInstant(at), mode, place, mediators: state.mediators };
  return [
    { type: 'MediationSessionScheduled', data: scheduled },
    { type: 'PartiesNotifiedOfSession', data: { session, channel } },
  ];
});

export const cancelSession: Rule<CancelSession> = untilEffective(({ session, code }, state, { actor }) => {
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const scheduled = scheduledSession(state, session);
  return 'refused' in scheduled ? scheduled : [{ type: 'MediationSessionCancelled', data: { session, code } }];
});

export const recordAttendance: Rule<RecordAttendance, AssignmentReads> = whileLive((command, state, context) => {
  const { actor, occurredAt, reads } = context;
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const refusal = notMediable(state) ?? refuseSham(reads.referral?.sham);
  if (refusal !== undefined) return refusal;
  const { session, attended } = command;
  const scheduled = scheduledSession(state, session);
  if ('refused' in scheduled) return scheduled;
  return tooEarlyFor(scheduled, occurredAt) ?? [{ type: 'MediationSessionHeld', data: { session, attended } }];
});

/** 申请回避. Until it is decided no session is held; the limit runs on, as nothing but an appraisal stops it (T-08). */
export const requestRecusal: Rule<RequestRecusal> = whileLive((command, state, { actor, persons }) => {
  const by = requesterOf(command, actor.role);
  if (typeof by !== 'string') return by;
  if (state.recusal !== null) {
    return refuse('conflict', 'RECUSAL_PENDING', 'The recusal asked for before is still to be decided.');
  }
  const { mediatorId, ground } = command;
  if (!state.mediators.includes(mediatorId)) {
    return refuse('invalid', 'NOT_MEDIATOR_HERE', 'This mediator does not mediate here.', 'mediatorId');
  }
  const recusal = String(state.recusals + 1);
  const reason = persons['reason']?.personId ?? null;
  return [
    { type: 'MediatorRecusalRequested', data: { recusal, mediatorId, by, ground, reason } },
    { type: 'MediationSuspended', data: { cause: 'recusal', recusal } },
  ];
});

export const decideRecusal: Rule<DecideRecusal> = whileLive(({ granted }, state, { actor }) => {
  if (!isMediating(actor.role)) return humanDecisionRequired();
  if (state.recusal === null) return refuse('conflict', 'NO_RECUSAL_PENDING', 'Nobody has asked for a recusal.');
  const { recusal, mediatorId, enteredBy } = state.recusal;
  if (enteredBy === actor.id) {
    return refuse('forbidden', 'SECOND_PERSON_REQUIRED', 'Somebody else than the one who asked for it decides.');
  }
  return [
    { type: 'RecusalDecided', data: { recusal, mediatorId, granted } },
    { type: 'MediationResumed', data: { recusal } },
  ];
});

export const designateInstitution: Rule<DesignateAppraisalInstitution> = whileLive((command, state, context) => {
  const { actor, today } = context;
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const { institution, chosenBy, evidence = [] } = command;
  if (chosenBy === 'authority') {
    if (!isAuthority(actor.role)) return humanDecisionRequired();
    if (!KINDS[state.kind].ofComplaint || provisionsOn(today).authorityDesignatesAppraiser === null) {
      const detail = 'The authority may designate in its own mediation, and by the order in force that day (Art. 22).';
      return refuse('conflict', 'AUTHORITY_MAY_NOT_DESIGNATE', detail, 'chosenBy');
    }
  }
  return [{ type: 'AppraisalInstitutionDesignated', data: { institution, chosenBy, evidence } }];
});

export const disputeAppraisalFee: Rule<DisputeAppraisalFee> = whileLive((_, state, { actor }) => {
  if (!isMediating(actor.role)) return humanDecisionRequired();
  return state.feeDisagreed ? [] : [{ type: 'AppraisalFeeDisagreed', data: {} }];
});

/** Why the parties cannot be brought together now; undefined: they can. */
export function notMediable(state: Known & { readonly recusal?: Live['recusal'] }): Refusal | undefined {
  const { recusal = null, mediators } = state;
  if (recusal !== null) return suspended();
  const refusal = withoutConsent(state);
  if (refusal !== undefined) return refusal;
  if (mediators.length > 0) return undefined;
  return refuse('conflict', 'MEDIATOR_REQUIRED', 'A mediator is assigned first.');
}

/** Mediation is voluntary: whose word is missing, or stands against it. */
export function withoutConsent({ kind, consents }: Known): Refusal | undefined {
  const words = [consents.consumer, consents.merchant];
  if (words.includes('refused')) {
    return refuse('conflict', 'PARTY_REFUSED', 'A party has refused mediation: it cannot go on.');
  }
  if (kind === 'delegated' && words.some((word) => word !== 'delegation')) {
    return refuse('conflict', 'DELEGATION_CONSENT_REQUIRED', 'Both parties must agree to the delegation (Art. 19).');
  }
  if (KINDS[kind].consent === 'both' && words.includes(null)) {
    return refuse('conflict', 'CONSENT_REQUIRED', 'Both parties must agree to mediation first.');
  }
  return undefined;
}

function suitable(mediator: Mediator | undefined, state: Live): RegisteredMediator | Refusal {
  const field = 'mediatorId';
  if (mediator === undefined || mediator.status === 'none') {
    return refuse('invalid', 'UNKNOWN_MEDIATOR', 'There is no such mediator on the roster.', field);
  }
  if (mediator.status !== 'active') {
    return refuse('conflict', 'MEDIATOR_NOT_ACTIVE', `The mediator is ${mediator.status}.`, field);
  }
  if (!mediator.kinds.includes(state.kind)) {
    return refuse('conflict', 'KIND_NOT_OF_MEDIATOR', 'The mediator does not do mediation of this kind.', field);
  }
  if (state.bodyId !== null && mediator.bodyId !== state.bodyId) {
    return refuse('conflict', 'MEDIATOR_OF_OTHER_BODY', 'The mediator does not belong to the body.', field);
  }
  if (!mediator.regions.some((region) => regions.covers(region, state.handlingRegion))) {
    return refuse('conflict', 'MEDIATOR_OUT_OF_REGION', `The mediator does not mediate there.`, field);
  }
  return mediator;
}

function scheduledSession({ sessions }: Known, session: string): Session | Refusal {
  const known = sessions.find((one) => one.session === session);
  if (known === undefined)
    return refuse('invalid', 'UNKNOWN_SESSION', 'There is no session of this number.', 'session');
  if (known.standing === 'scheduled') return known;
  return refuse('conflict', 'SESSION_OVER', `The session was ${known.standing} before.`, 'session');
}

/** Sessions begin somewhat early or late; none is held on a day before its own. */
function tooEarlyFor({ scheduledFor }: Session, occurredAt: Instant): Refusal | undefined {
  if (localDateOf(occurredAt) >= localDateOf(parseInstant(scheduledFor)!)) return undefined;
  return refuse('invalid', 'HELD_BEFORE_SCHEDULED', `It is scheduled for ${scheduledFor}.`, 'occurredAt');
}

function requesterOf({ by }: RequestRecusal, role: string) {
  if (role === 'process') return humanDecisionRequired();
  if (by === 'mediator') {
    return isMediating(role)
      ? by
      : refuse('forbidden', 'NOT_YOUR_PARTY', `A key of role ${role} cannot speak for the mediator.`, 'by');
  }
  return partyOf(role, by, 'by');
}
