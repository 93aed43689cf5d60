import type { Decide, Decision, DecisionContext, LocalDate, Refusal } from '#kernel';
import { addDays, addYears, formatInstant, normaliseUscc, refuse, unreachable } from '#kernel';
import type {
  AcceptComplaint,
  ConcludeComplaint,
  DeclineComplaint,
  NotifyAcceptanceDecision,
  NotifyTermination,
  ReceiveComplaint,
} from './commands.ts';
import type { ComplaintState, Known } from './complaint.ts';
import type { ComplaintEvent, TerminationGround } from './events.ts';
import type { NegotiationRead, ReceiveReads } from './reads.ts';
import type { ComplaintRules } from './rules.ts';

type Rule<Command> = Decide<Command, ComplaintState, ComplaintEvent>;

/** 双方自行和解: the only termination that is a settlement, and the only one that leaves nothing to notify of. */
const SETTLED_BY_PARTIES: TerminationGround = '23(1)(1)';
const LIMIT_REACHED: TerminationGround = '23(1)(5)';
const DISQUALIFIED: TerminationGround = '23(1)(6)';

/** Roles behind which a person stands who may take a legal decision of the authority. */
const OFFICERS = ['officer', 'administrator'];
const MEDIATORS = [...OFFICERS, 'mediator'];

export const receive: Decide<ReceiveComplaint, ComplaintState, ComplaintEvent, ReceiveReads> = (
  command,
  state,
  context,
) => {
  if (state.status !== 'none') return refuse('conflict', 'COMPLAINT_EXISTS', 'This complaint was received before.');
  const { complainant, respondent } = context.persons;
  const { dispute, negotiation } = context.reads;
  if (complainant === undefined) {
    return refuse('invalid', 'COMPLAINANT_REQUIRED', 'A complaint needs a complainant (Art. 10).', 'complainantName');
  }
  if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  const respondentUscc = writtenUscc(command.respondentUscc) ?? dispute.respondentUscc;
  if (dispute.respondentUscc !== null && dispute.respondentUscc !== respondentUscc) {
    return refuse('conflict', 'RESPONDENT_MISMATCH', 'The dispute names another respondent.', 'respondentUscc');
  }
  const knewOn = command.knewOn ?? null;
  const refusal = badEscalation(command, negotiation, context) ?? knewTooLate(knewOn, context.today);
  if (refusal !== undefined) return refusal;
  return [
    {
      type: 'ComplaintReceived',
      data: {
        disputeId: command.disputeId,
        authority: command.authority,
        handlingRegion: command.handlingRegion,
        respondentUscc,
        respondentRegion: dispute.respondentRegion,
        respondent: respondent?.personId ?? null,
        complainant: complainant.personId,
        complainantTokens: complainant.tokens,
        sector: command.sector ?? null,
        channel: command.channel ?? null,
        escalatedFrom: command.escalatedFrom ?? null,
        workOrderId: command.workOrderId ?? null,
        knewOn,
      },
    },
  ];
};

export const accept = (rules: ComplaintRules): Rule<AcceptComplaint> =>
  following((command, state, { actor, today }) => {
    if (state.status !== 'received') return decidedBefore(state);
    if (!OFFICERS.includes(actor.role)) return humanDecisionRequired();
    const refusal = knewTooLate(command.knewOn ?? null, state.receivedOn);
    if (refusal !== undefined) return refusal;
    const knewOn = command.knewOn ?? state.knewOn;
    if (knewOn !== null && addYears(knewOn, rules.limitation.years) < state.receivedOn) {
      const { years, source } = rules.limitation;
      const detail = `More than ${years} years lie between knowledge and receipt (${source}): decline on ground 16(4).`;
      return refuse('conflict', 'LIMITATION_PASSED', detail, 'knewOn');
    }
    const found = command.knewOn === undefined ? {} : { knewOn: command.knewOn };
    return [{ type: 'ComplaintAccepted', data: { acceptedOn: today, ...found } }];
  });

export const decline: Rule<DeclineComplaint> = following((command, state, { actor, persons }) => {
  if (state.status !== 'received') return decidedBefore(state);
  if (!OFFICERS.includes(actor.role)) return humanDecisionRequired();
  const reason = persons['reason']?.personId;
  if (reason === undefined) {
    return refuse('invalid', 'REASON_REQUIRED', 'Non-acceptance needs a written reason (Art. 15(2)).', 'reason');
  }
  const { ground, remedies } = command;
  if (remedies.length === 0) {
    return refuse(
      'invalid',
      'REMEDIES_REQUIRED',
      'The complainant is told of the routes still open (Art. 39).',
      'remedies',
    );
  }
  return [{ type: 'ComplaintNotAccepted', data: { ground, reason, remedies } }];
});

export const notifyAcceptanceDecision: Rule<NotifyAcceptanceDecision> = following(({ channel }, state) => {
  switch (state.status) {
    case 'received':
      return refuse('conflict', 'NO_DECISION_TO_NOTIFY', 'The complaint is neither accepted nor declined yet.');
    case 'accepted':
    case 'not-accepted':
      if (state.notified) return refuse('conflict', 'ALREADY_NOTIFIED', 'The decision was notified before.');
      return [{ type: 'AcceptanceDecisionNotified', data: { decision: state.status, channel } }];
    case 'concluded':
    case 'closed':
      return decidedBefore(state);
    default:
      return unreachable(state);
  }
});

export const conclude = (rules: ComplaintRules): Rule<ConcludeComplaint> =>
  following((command, state, { actor, today }) => {
    const isWithdrawal = command.result === 'withdrawn';
    if (state.status !== 'accepted' && !(state.status === 'received' && isWithdrawal)) return notConcludable(state);
    if (!MEDIATORS.includes(actor.role)) return humanDecisionRequired();
    if (state.status === 'accepted' && !state.notified && !isWithdrawal) {
      return refuse('conflict', 'DECISION_NOT_NOTIFIED', 'The complainant has not been told of the acceptance yet.');
    }
    const refusal = inconsistent(command);
    if (refusal !== undefined) return refusal;
    if (command.ground === LIMIT_REACHED && state.status === 'accepted') {
      const notBefore = addDays(state.acceptedOn, rules.mediationLimit.atLeastDays);
      if (today < notBefore) return limitNotReached(notBefore, rules);
    }
    return conclusion(command);
  });

export const notifyTermination: Rule<NotifyTermination> = following(({ channel }, state) => {
  if (state.status === 'closed') return decidedBefore(state);
  if (state.status !== 'concluded') {
    return refuse('conflict', 'NO_TERMINATION_TO_NOTIFY', 'The mediation has not been terminated.');
  }
  return [
    { type: 'MediationTerminationNotified', data: { channel } },
    { type: 'ComplaintClosed', data: {} },
  ];
});

type Standing = Exclude<ComplaintState, { readonly status: 'none' }>;

/** A step on a complaint that exists, not before the step it follows. */
function following<Command>(
  rule: (command: Command, state: Standing, context: DecisionContext) => Decision<ComplaintEvent>,
): Rule<Command> {
  return (command, state, context) => {
    if (state.status === 'none') return refuse('notFound', 'UNKNOWN_COMPLAINT', 'There is no such complaint.');
    return outOfTime(state, context) ?? rule(command, state, context);
  };
}

function outOfTime({ previousAt }: Known, { occurredAt }: DecisionContext): Refusal | undefined {
  if (occurredAt >= previousAt) return undefined;
  const detail = `The step before it happened at ${formatInstant(previousAt)}.`;
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
}

/** The negotiation a complaint follows must be one of its dispute that the consumer has escalated before. */
function badEscalation(
  { disputeId, escalatedFrom }: ReceiveComplaint,
  negotiation: NegotiationRead | undefined,
  { occurredAt }: DecisionContext<ReceiveReads>,
): Refusal | undefined {
  if (escalatedFrom === undefined) return undefined;
  if (negotiation === undefined) {
    return refuse('invalid', 'UNKNOWN_NEGOTIATION', 'There is no such negotiation.', 'escalatedFrom');
  }
  if (negotiation.disputeId !== disputeId) {
    return refuse('conflict', 'NEGOTIATION_OF_OTHER_DISPUTE', 'It belongs to another dispute.', 'escalatedFrom');
  }
  if (negotiation.escalatedAt === null) {
    return refuse('conflict', 'NEGOTIATION_NOT_ESCALATED', 'The consumer has not escalated it.', 'escalatedFrom');
  }
  if (occurredAt < negotiation.escalatedAt) {
    return refuse(
      'invalid',
      'RECEIVED_BEFORE_ESCALATION',
      'Received before the consumer turned to the authority.',
      'occurredAt',
    );
  }
  return undefined;
}

function knewTooLate(knewOn: LocalDate | null, receivedOn: LocalDate): Refusal | undefined {
  if (knewOn === null || knewOn <= receivedOn) return undefined;
  return refuse('invalid', 'KNEW_AFTER_RECEIPT', 'Nobody complains of harm not known of yet.', 'knewOn');
}

/** What result, ground, disqualification and evidence must have to do with each other (S1 Art. 23(1)). */
function inconsistent({ result, ground, disqualification, evidence }: ConcludeComplaint): Refusal | undefined {
  if (result === 'terminated' && ground === undefined) {
    return refuse('invalid', 'GROUND_REQUIRED', 'A termination names its ground (Art. 23(1)).', 'ground');
  }
  if (result !== 'terminated' && ground !== undefined) {
    return refuse('invalid', 'GROUND_NOT_APPLICABLE', 'Only a termination has a ground.', 'ground');
  }
  if (ground === DISQUALIFIED && disqualification === undefined) {
    return refuse('invalid', 'DISQUALIFICATION_REQUIRED', 'Ground (6) names its basis.', 'disqualification');
  }
  if (ground !== DISQUALIFIED && disqualification !== undefined) {
    return refuse('invalid', 'DISQUALIFICATION_NOT_APPLICABLE', 'Only ground (6) has a basis.', 'disqualification');
  }
  if (ground === SETTLED_BY_PARTIES && (evidence ?? []).length === 0) {
    return refuse('invalid', 'EVIDENCE_REQUIRED', 'A settlement between the parties needs proof.', 'evidence');
  }
  return undefined;
}

function conclusion(command: ConcludeComplaint): readonly ComplaintEvent[] {
  const { result, ground = null, disqualification = null, evidence = [], recoveredFen = null } = command;
  const concluded = {
    type: 'ComplaintConcluded',
    data: { result, ground, disqualification, evidence, recoveredFen },
  } as const;
  if (result === 'terminated' && ground !== SETTLED_BY_PARTIES) return [concluded];
  return [concluded, { type: 'ComplaintClosed', data: {} }];
}

function limitNotReached(notBefore: LocalDate, { mediationLimit }: ComplaintRules): Refusal {
  const detail = `The mediation limit is not reached before ${notBefore} (${mediationLimit.source}).`;
  return refuse('conflict', 'MEDIATION_LIMIT_NOT_REACHED', detail, 'ground');
}

function notConcludable(state: Standing): Refusal {
  if (state.status !== 'received') return decidedBefore(state);
  return refuse('conflict', 'NOT_YET_ACCEPTED', 'Before acceptance a complaint can only be withdrawn.', 'result');
}

/** Why a step that leads to a decision comes too late. */
function decidedBefore({ status }: Exclude<Standing, { readonly status: 'received' }>): Refusal {
  switch (status) {
    case 'accepted':
      return refuse('conflict', 'ALREADY_ACCEPTED', 'The complaint was accepted before.');
    case 'not-accepted':
      return refuse('conflict', 'ALREADY_DECLINED', 'The complaint was declined before.');
    case 'concluded':
      return refuse(
        'conflict',
        'ALREADY_CONCLUDED',
        'The complaint was concluded before; notice is still to be given.',
      );
    case 'closed':
      return refuse('conflict', 'COMPLAINT_CLOSED', 'The complaint is closed.');
    default:
      return unreachable(status);
  }
}

function humanDecisionRequired(): Refusal {
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person of the authority takes this decision.');
}

function writtenUscc(uscc: string | undefined): string | undefined {
  return uscc === undefined ? undefined : (normaliseUscc(uscc) ?? uscc);
}
