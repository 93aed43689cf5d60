import type { Decide, Decision, DecisionContext, LocalDate, Refusal } from '#kernel';
import { formatInstant, normaliseUscc, refuse, unreachable } from '#kernel';
import { amendedReading, readAgain, readClock, refuseVerification, type ClockReading, type Law } from '#law';
import type { AmendDeadline } from '#service';
import { COMPLAINT_CLOCKS, type ComplaintClock } from './clocks.ts';
import type {
  AcceptComplaint,
  CompleteAppraisal,
  ConcludeComplaint,
  DeclineComplaint,
  NotifyAcceptanceDecision,
  NotifyTermination,
  ReceiveComplaint,
  StartAppraisal,
  VerifyComplaintLateEntry,
} from './commands.ts';
import type { Accepted, ComplaintState, Known } from './complaint.ts';
import type { ComplaintEvent, TerminationGround } from './events.ts';
import type { NegotiationRead, ReceiveReads } from './reads.ts';

type Rule<Command> = Decide<Command, ComplaintState, ComplaintEvent, Record<string, never>, Law>;

/** 双方自行和解: the only termination that is a settlement, and the only one that leaves nothing to notify of. */
const SETTLED_BY_PARTIES: TerminationGround = '23(1)(1)';
const LIMIT_REACHED: TerminationGround = '23(1)(5)';
const DISQUALIFIED: TerminationGround = '23(1)(6)';

/** Roles behind which a person stands who may take a legal decision of the authority. */
const OFFICERS = ['officer', 'administrator'];
const MEDIATORS = [...OFFICERS, 'mediator'];

export const receive: Decide<ReceiveComplaint, ComplaintState, ComplaintEvent, ReceiveReads, Law> = (
  command,
  state,
  context,
  law,
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
  const acceptance = reading('acceptance', context.today, law);
  return [
    {
      type: 'ComplaintReceived',
      ...under(acceptance),
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
        clocks: [acceptance],
      },
    },
  ];
};

export const accept: Rule<AcceptComplaint> = following((command, state, { actor, today }, law) => {
  if (state.status !== 'received') return decidedBefore(state);
  if (!OFFICERS.includes(actor.role)) return humanDecisionRequired();
  const refusal = knewTooLate(command.knewOn ?? null, state.receivedOn);
  if (refusal !== undefined) return refusal;
  const knewOn = command.knewOn ?? state.knewOn;
  const limit = knewOn === null ? null : readClock({ clock: 'limitation', rule: 'L-16', from: knewOn }, law).due;
  if (limit !== null && limit < state.receivedOn) {
    const detail = `A complaint could be received until ${limit}, three years after knowledge: decline on ground 16(4).`;
    return refuse('conflict', 'LIMITATION_EXPIRED', detail);
  }
  const found = command.knewOn === undefined ? {} : { knewOn: command.knewOn };
  const mediation = reading('mediation', today, law);
  return [
    { type: 'ComplaintAccepted', ...under(mediation), data: { acceptedOn: today, ...found, clocks: [mediation] } },
  ];
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

export const startAppraisal: Rule<StartAppraisal> = following(({ kind }, state, { today }, law) => {
  if (state.status !== 'accepted') return notMediated(state);
  const { mediation } = state.clocks;
  if (mediation === undefined) return withoutClock('mediation');
  const appraisal = String(state.appraisals.begun + 1);
  const suspension = { id: appraisal, from: today, to: null, reason: kind };
  const suspendedBy = mediation.rule === null ? [] : (law.rules.version(mediation.rule)?.version.suspendedBy ?? []);
  if (!suspendedBy.includes(kind)) {
    const detail = `The mediation limit of this complaint is stopped by ${suspendedBy.join(', ') || 'nothing'} only.`;
    return refuse('conflict', 'SUSPENSION_NOT_ALLOWED', detail, 'kind');
  }
  const clocks = [readAgain(mediation, law, { suspensions: [...mediation.suspensions, suspension] })];
  return [{ type: 'AppraisalStarted', data: { appraisal, kind, clocks } }];
});

export const completeAppraisal: Rule<CompleteAppraisal> = following((command, state, { today }, law) => {
  if (state.status !== 'accepted') return notMediated(state);
  const { open } = state.appraisals;
  if (open.length === 0) return refuse('conflict', 'NO_APPRAISAL_OPEN', 'No appraisal goes on.');
  const appraisal = command.appraisal ?? (open.length === 1 ? open[0] : undefined);
  if (appraisal === undefined) {
    return refuse('invalid', 'APPRAISAL_REQUIRED', `Several appraisals go on: ${open.join(', ')}.`, 'appraisal');
  }
  if (!open.includes(appraisal)) {
    return refuse('invalid', 'UNKNOWN_APPRAISAL', 'No appraisal of this number goes on.', 'appraisal');
  }
  const mediation = state.clocks['mediation']!;
  const suspensions = mediation.suspensions.map((one) => (one.id === appraisal ? { ...one, to: today } : one));
  return [{ type: 'AppraisalCompleted', data: { appraisal, clocks: [readAgain(mediation, law, { suspensions })] } }];
});

export const conclude: Rule<ConcludeComplaint> = following((command, state, { actor, today }, law) => {
  const isWithdrawal = command.result === 'withdrawn';
  if (state.status !== 'accepted' && !(state.status === 'received' && isWithdrawal)) return notConcludable(state);
  if (!MEDIATORS.includes(actor.role)) return humanDecisionRequired();
  if (state.status === 'accepted' && !state.notified && !isWithdrawal) {
    return refuse('conflict', 'DECISION_NOT_NOTIFIED', 'The complainant has not been told of the acceptance yet.');
  }
  const refusal = inconsistent(command);
  if (refusal !== undefined) return refusal;
  if (command.ground === LIMIT_REACHED && state.status === 'accepted') {
    const early = limitNotReached(state, today, law);
    if (early !== undefined) return early;
  }
  return conclusion(command, today, law);
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

export const verifyLateEntry: Rule<VerifyComplaintLateEntry> = (command, state, { actor }) => {
  if (state.status === 'none') return unknownComplaint();
  const { clock, reason, evidence } = command;
  if (!OFFICERS.includes(actor.role)) return humanDecisionRequired();
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, actor.id);
  return refusal ?? [{ type: 'ComplaintLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownComplaint();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'ComplaintDeadlineAmended', ...under(amended), data: amended }];
};

type Standing = Exclude<ComplaintState, { readonly status: 'none' }>;

/** A step on a complaint that exists, not before the step it follows. */
function following<Command>(
  rule: (command: Command, state: Standing, context: DecisionContext, law: Law) => Decision<ComplaintEvent>,
): Rule<Command> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownComplaint();
    return outOfTime(state, context) ?? rule(command, state, context, law);
  };
}

/** The date of a clock that starts today. */
function reading(clock: ComplaintClock, from: LocalDate, law: Law): ClockReading {
  return readClock({ clock, rule: COMPLAINT_CLOCKS[clock], from }, law);
}

/** The rule version under which an event stands, where one could be told. */
function under({ rule }: ClockReading): { ruleVersion?: string } {
  return rule === null ? {} : { ruleVersion: rule };
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

function conclusion(command: ConcludeComplaint, today: LocalDate, law: Law): readonly ComplaintEvent[] {
  const { result, ground = null, disqualification = null, evidence = [], recoveredFen = null } = command;
  const outcome = { result, ground, disqualification, evidence, recoveredFen };
  if (result !== 'terminated' || ground === SETTLED_BY_PARTIES) {
    return [
      { type: 'ComplaintConcluded', data: outcome },
      { type: 'ComplaintClosed', data: {} },
    ];
  }
  const notice = reading('termination-notice', today, law);
  return [{ type: 'ComplaintConcluded', ...under(notice), data: { ...outcome, clocks: [notice] } }];
}

/**
 * Ground (5) is open on the deadline day itself, on which termination is a duty (T-42), and not before. A complaint older than
 * its clocks is judged by the rule of its acceptance.
 */
function limitNotReached({ clocks, acceptedOn }: Accepted, today: LocalDate, law: Law): Refusal | undefined {
  const { due, rule } = clocks['mediation'] ?? reading('mediation', acceptedOn, law);
  if (due !== null && today >= due) return undefined;
  const detail =
    due === null
      ? 'The mediation limit stands still or cannot be told.'
      : `The mediation limit is not reached before ${due} (${rule}).`;
  return refuse('conflict', 'MEDIATION_LIMIT_NOT_REACHED', detail, 'ground');
}

function notMediated(state: Exclude<Standing, Accepted>): Refusal {
  return state.status === 'received'
    ? refuse('conflict', 'NOT_YET_ACCEPTED', 'There is no mediation before the complaint is accepted.')
    : decidedBefore(state);
}

function withoutClock(clock: ComplaintClock): Refusal {
  return refuse('conflict', 'CLOCK_NOT_KEPT', `It was recorded before the clock of ${clock} was kept.`);
}

function unknownComplaint(): Refusal {
  return refuse('notFound', 'UNKNOWN_COMPLAINT', 'There is no such complaint.');
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
