import type { Decide, DecisionContext, LocalDate, Refusal } from '#kernel';
import { refuse } from '#kernel';
import { readClock, type ClockReading, type Law } from '#law';
import type {
  AcceptMediationApplication,
  DeclineMediationApplication,
  DelegateMediation,
  ProposeMediation,
  RecordMediationConsent,
  RecordMediationRefusal,
  ReportViolationClue,
} from './commands.ts';
import { basisOf, bodyFor, unknownBody } from './basis.ts';
import { following, under, whileLive, type Rule } from './following.ts';
import { KINDS, type KindOfMediation, type MediationKind } from './kinds.ts';
import type { MediationEvent } from './mediation-events.ts';
import type { MediationState, Standing } from './mediation.ts';
import { isAuthority, isMediating, partyOf } from './party.ts';
import type { DelegateReads, ProposeReads } from './reads.ts';
import { humanDecisionRequired, suspended, unknownMediation, wrongState } from './refusals.ts';
import { refuseSuccession } from './succession.ts';

export const propose: Decide<ProposeMediation, MediationState, MediationEvent, ProposeReads, Law> = (
  command,
  state,
  context,
  law,
) => {
  if (state.status !== 'none') {
    const detail = `It was proposed before, as ${context.id}: another one comes after it, once it has ended.`;
    return refuse('conflict', 'MEDIATION_EXISTS', detail, 'afterMediationId');
  }
  const kind = KINDS[command.kind];
  const refusal = mayNotOpen(command, kind, context);
  if (refusal !== undefined) return refusal;
  const { dispute } = context.reads;
  if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  const basis = basisOf(command, kind, context);
  if ('refused' in basis) return basis;
  const succession = refuseSuccession(command, context);
  if (succession !== undefined) return succession;
  const { handlingRegion, authority, courtAssignment, consented } = basis;
  const { respondentUscc, respondentRegion } = dispute;
  const body = bodyFor(command.kind, command.bodyId, context.reads.body, { handlingRegion, respondentUscc });
  if (body !== null && 'refused' in body) return body;
  const clocks = acceptanceClock(kind, handlingRegion, context.today, law);
  return [
    {
      type: 'MediationProposed',
      ...under(clocks[0]),
      data: {
        kind: command.kind,
        disputeId: command.disputeId,
        complaintId: command.complaintId ?? null,
        referralId: command.referralId ?? null,
        courtAssignment,
        initiative: command.initiative ?? 'application',
        authority,
        bodyId: command.bodyId ?? null,
        bodyName: body?.name ?? null,
        handlingRegion,
        respondentUscc,
        respondentRegion,
        respondent: basis.respondent ?? dispute.respondent,
        complainant: basis.complainant ?? dispute.complainant,
        isJoint: dispute.joint.complainants > 1 || command.isJoint === true,
        consented,
        clocks,
      },
    },
  ];
};

export const accept: Rule<AcceptMediationApplication> = following((_, state, { actor, today }, law) => {
  if (state.status !== 'proposed') return acceptedBefore(state);
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const clocks = [mediationClock(state.kind, state.handlingRegion, today, law)];
  return [{ type: 'MediationApplicationAccepted', ...under(clocks[0]), data: { bodyName: state.bodyName, clocks } }];
});

export const decline: Rule<DeclineMediationApplication> = following(({ code }, state, { actor, persons }) => {
  if (state.status !== 'proposed') return acceptedBefore(state);
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const reason = persons['reason']?.personId ?? null;
  return [{ type: 'MediationApplicationDeclined', data: { code, reason } }];
});

/** The last word of each party holds until an agreement takes effect: it may change its mind. */
export const consent: Rule<RecordMediationConsent> = following((command, state, { actor }) => {
  if (!isOpen(state)) return wrongState(state);
  if (actor.role === 'process') return humanDecisionRequired();
  const party = partyOf(actor.role, command.party, 'party');
  if (typeof party !== 'string') return party;
  const { to = 'mediation', evidence = [] } = command;
  if (to === 'delegation' && !KINDS[state.kind].ofComplaint) {
    return refuse('invalid', 'DELEGATION_NOT_APPLICABLE', 'Only an authority delegates its mediation (Art. 19).', 'to');
  }
  if (state.consents[party] === to) return [];
  return [{ type: 'MediationPartyConsented', data: { party, to, evidence } }];
});

export const refuseMediation: Rule<RecordMediationRefusal> = following((command, state, { actor, persons }) => {
  if (!isOpen(state)) return wrongState(state);
  if (actor.role === 'process') return humanDecisionRequired();
  const party = partyOf(actor.role, command.party, 'party');
  if (typeof party !== 'string') return party;
  if (state.consents[party] === 'refused') return [];
  return [{ type: 'MediationPartyRefused', data: { party, reason: persons['reason']?.personId ?? null } }];
});

export const delegate: Rule<DelegateMediation, DelegateReads> = whileLive(({ bodyId }, state, { actor, reads }) => {
  const { kind, consents, recusal, sessions } = state;
  if (kind === 'delegated') {
    return refuse('forbidden', 'NO_SUB_DELEGATION', 'What was delegated to a body is not passed on (Art. 19).');
  }
  if (kind !== 'administrative') {
    return refuse('conflict', 'DELEGATION_NOT_APPLICABLE', 'Only an authority delegates its mediation (Art. 19).');
  }
  if (!isAuthority(actor.role)) return humanDecisionRequired();
  if (recusal !== null) return suspended();
  if (consents.consumer !== 'delegation' || consents.merchant !== 'delegation') {
    return refuse('conflict', 'DELEGATION_CONSENT_REQUIRED', 'Both parties must agree to the delegation (Art. 19).');
  }
  if (sessions.some(({ standing }) => standing === 'scheduled')) {
    return refuse('conflict', 'SESSION_SCHEDULED', 'A session is scheduled with the mediator before: cancel it first.');
  }
  const body = bodyFor('delegated', bodyId, reads.body, state);
  if (body === null || 'refused' in body) return body ?? unknownBody();
  return [{ type: 'MediationDelegated', data: { bodyId, bodyName: body.name } }];
});

/** Whatever has become of the mediation: what was found in it is verified, and takes nothing from it (T-43). */
export const reportClue: Rule<ReportViolationClue> = ({ evidence }, state, { actor, id, persons, occurredAt }) => {
  if (state.status === 'none') return unknownMediation();
  if (state.status === 'proposed' || state.status === 'declined') return wrongState(state);
  if (!isMediating(actor.role)) return humanDecisionRequired();
  if (occurredAt < state.proposedAt) {
    return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'Found before there was a mediation.', 'occurredAt');
  }
  const description = persons['description']?.personId;
  if (description === undefined) {
    return refuse('invalid', 'DESCRIPTION_REQUIRED', 'A clue says what was found.', 'description');
  }
  const { disputeId, complaintId, authority, handlingRegion, respondentUscc, clues } = state;
  const about = { disputeId, complaintId, authority, handlingRegion, respondentUscc };
  const clueId = `${id}.${clues + 1}`;
  return [{ type: 'ViolationClueFound', data: { clueId, ...about, description, evidence } }];
};

type Open = Extract<Standing, { readonly status: 'proposed' | 'live' | 'agreed' }>;

/** Neither declined, nor terminated, nor bound by an agreement. */
function isOpen(state: Standing): state is Open {
  return state.status === 'proposed' || state.status === 'live' || state.status === 'agreed';
}

function acceptedBefore(state: Standing): Refusal {
  return state.status === 'live'
    ? refuse('conflict', 'ALREADY_ACCEPTED', 'It was taken up before.')
    : wrongState(state);
}

function mayNotOpen(
  { initiative, kind: name }: ProposeMediation,
  kind: KindOfMediation,
  { actor }: DecisionContext<ProposeReads>,
): Refusal | undefined {
  if (actor.role === 'process') return humanDecisionRequired();
  if (actor.role !== 'administrator' && !(kind.openedBy as readonly string[]).includes(actor.role)) {
    return refuse('forbidden', 'KIND_NOT_YOURS_TO_OPEN', `A key of role ${actor.role} does not open ${name}.`, 'kind');
  }
  if (initiative === 'own-initiative' && !kind.onInitiative) {
    return refuse('invalid', 'INITIATIVE_NOT_APPLICABLE', 'Mediation of this kind is asked for.', 'initiative');
  }
  return undefined;
}

/** The time in which a body takes it up, where a rule of its region says so (L-20). */
function acceptanceClock({ limit }: KindOfMediation, region: string, from: LocalDate, law: Law): ClockReading[] {
  if (limit.by !== 'region' || limit.acceptance === null) return [];
  const rule = law.rules.governing(limit.acceptance, region)?.id;
  return rule === undefined ? [] : [readClock({ clock: 'body-acceptance', rule, from }, law)];
}

/** The limit of a body's mediation. It runs also where nothing says how long, and its date is told when it can be (L-22). */
function mediationClock(kind: MediationKind, region: string, from: LocalDate, law: Law): ClockReading {
  const { limit } = KINDS[kind];
  const rule =
    limit.by === 'rule'
      ? limit.mediation
      : limit.by === 'region'
        ? law.rules.governing(limit.mediation, region)?.id
        : undefined;
  return readClock({ clock: 'body-mediation', rule, from }, law);
}
