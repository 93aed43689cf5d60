import { refuse, type DecisionContext, type LocalDate, type Refusal } from '#kernel';
import type { Law } from '#law';
import type { ConcludeComplaint, DisqualifyComplaint, NotifyTermination, WithdrawComplaint } from '../commands.ts';
import type { Accepted, Standing } from '../complaint.ts';
import type { ComplaintEvent } from '../events.ts';
import type { JointReads } from '../reads.ts';
import { decidedBefore, notMediated, reasonRequired } from '../refusals.ts';
import { following, MEDIATORS, OFFICERS, onlyBy, provisionOf, reading, TAKES_DOWN, under, type Rule } from '../step.ts';
import type { TerminationGround } from '../terms.ts';
import { consentMissing } from './consent.ts';

/** 双方自行和解: the only termination that is a settlement. */
const SETTLED_BY_PARTIES: TerminationGround = '23(1)(1)';
const LIMIT_REACHED: TerminationGround = '23(1)(5)';
const DISQUALIFIED: TerminationGround = '23(1)(6)';

export const conclude: Rule<ConcludeComplaint, JointReads> = following((command, state, context, law) => {
  const isWithdrawal = command.result === 'withdrawn';
  if (state.status !== 'accepted' && !(state.status === 'received' && isWithdrawal)) return notConcludable(state);
  const refusal = onlyBy(MEDIATORS, context);
  if (refusal !== undefined) return refusal;
  if (state.status === 'accepted' && !state.notified && !isWithdrawal) {
    return refuse('conflict', 'DECISION_NOT_NOTIFIED', 'The complainant has not been told of the acceptance yet.');
  }
  const whole = state.status === 'accepted' ? asRecorded(command, state) : command;
  const wrong = inconsistent(whole) ?? unrepresented(whole, context);
  if (wrong !== undefined) return wrong;
  const contradiction = state.status === 'accepted' ? contradicts(whole, state, context.today, law) : undefined;
  return contradiction ?? conclusion(whole, context.today, law);
});

/** What went before says the rest: the proof of a settlement, and why the complaint was disqualified. */
function asRecorded(command: ConcludeComplaint, { settlement, disqualified }: Accepted): ConcludeComplaint {
  if (command.ground === SETTLED_BY_PARTIES && settlement !== null) {
    const evidence = [...new Set([...settlement.evidence, ...(command.evidence ?? [])])];
    const recoveredFen = command.recoveredFen ?? settlement.recoveredFen;
    return { ...command, evidence, ...(recoveredFen === null ? {} : { recoveredFen }) };
  }
  const isBasisKnown = command.ground === DISQUALIFIED && command.disqualification === undefined;
  return isBasisKnown && disqualified !== null ? { ...command, disqualification: disqualified } : command;
}

/**
 * A result that what was recorded before speaks against. The complainant may withdraw whatever was recorded. An agreement needs no
 * consents on record: parties that agree on the result have agreed to the mediation (S1 Art. 18), unless one is known to have refused.
 */
function contradicts(
  { result, ground, disqualification }: ConcludeComplaint,
  state: Accepted,
  today: LocalDate,
  law: Law,
): Refusal | undefined {
  if (result === 'withdrawn') return undefined;
  const { settlement, disqualified, consents } = state;
  if (disqualified !== null && (ground !== DISQUALIFIED || disqualification !== disqualified)) {
    const detail = `It was disqualified under ${disqualified}: it ends on ground (6), and on that basis.`;
    return refuse('conflict', 'COMPLAINT_DISQUALIFIED', detail, 'ground');
  }
  if (settlement !== null && ground !== SETTLED_BY_PARTIES) {
    const detail = 'The parties have settled: it ends on ground (1), unless that is taken back.';
    return refuse('conflict', 'PARTIES_SETTLED', detail, 'ground');
  }
  if (result === 'mediated' && Object.values(consents).includes('refused')) {
    return refuse(
      'conflict',
      'CONSENT_REFUSED',
      'A party does not agree to mediation: it ends on ground (2).',
      'result',
    );
  }
  return ground === LIMIT_REACHED ? limitNotReached(state, today, law) : undefined;
}

/** Of a joint complaint all who are represented must consent to what disposes of their claim. */
function unrepresented(
  { result, ground }: ConcludeComplaint,
  { reads, id }: Pick<DecisionContext<JointReads>, 'reads' | 'id'>,
): Refusal | undefined {
  if (result === 'withdrawn') return consentMissing('withdrawal', reads, id);
  return result === 'mediated' || ground === SETTLED_BY_PARTIES ? consentMissing('agreement', reads, id) : undefined;
}

/** 撤回投诉: the complainant's own act, written down by somebody of the authority. It ends the procedure at once. */
export const withdraw: Rule<WithdrawComplaint, JointReads> = following((command, state, context, law) => {
  switch (state.status) {
    case 'received':
    case 'returned':
    case 'transferred':
    case 'accepted':
      break;
    default:
      return decidedBefore(state);
  }
  const { by, evidence = [] } = command;
  const refusal =
    onlyBy(TAKES_DOWN, context) ??
    notRepresented(command, state, context.reads) ??
    consentMissing('withdrawal', context.reads, context.id);
  if (refusal !== undefined) return refusal;
  return [
    { type: 'ComplaintWithdrawn', data: { by, evidence } },
    ...conclusion({ result: 'withdrawn' }, context.today, law),
  ];
});

function notRepresented(
  { by, evidence = [] }: WithdrawComplaint,
  { file }: Standing,
  { joint }: Partial<JointReads>,
): Refusal | undefined {
  if (by === 'representative' && (joint?.representatives ?? []).length === 0) {
    return refuse('invalid', 'NO_REPRESENTATIVE', 'Nobody was chosen to represent several complainants.', 'by');
  }
  if (by !== 'agent') return undefined;
  if (!file.hasAgent) return refuse('invalid', 'NO_AGENT', 'The complainant has appointed no agent.', 'by');
  if (evidence.length > 0) return undefined;
  return refuse(
    'invalid',
    'MANDATE_REQUIRED',
    'An agent withdraws only with a mandate for that (Art. 11).',
    'evidence',
  );
}

/** After acceptance it turns out that it should not have been accepted: mediation is to be terminated on ground (6). */
export const disqualify: Rule<DisqualifyComplaint> = following((command, state, context) => {
  if (state.status !== 'accepted') return notMediated(state);
  const refusal = onlyBy(OFFICERS, context);
  if (refusal !== undefined) return refusal;
  if (state.disqualified !== null) {
    return refuse('conflict', 'COMPLAINT_DISQUALIFIED', `It was disqualified under ${state.disqualified} before.`);
  }
  if (state.settlement !== null) {
    return refuse('conflict', 'PARTIES_SETTLED', 'The parties have settled: take that back first.');
  }
  const { basis, evidence = [], police = null } = command;
  if (basis !== '42' && command.police !== undefined) {
    return refuse('invalid', 'POLICE_NOT_APPLICABLE', 'Only a claim under Art. 42 goes to the police.', 'police');
  }
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('It is told why it should not have been accepted.');
  const provision = provisionOf(basis, context.today, 'basis');
  if ('refused' in provision) return provision;
  const found: ComplaintEvent = { type: 'ComplaintDisqualified', data: { basis, ...provision, reason, evidence } };
  return basis === '42' ? [found, { type: 'ClaimFraudReferredToPolice', data: { police, evidence } }] : [found];
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

/**
 * Every termination is told to both parties within seven working days (S1 Art. 23(2), L-03), one by settlement between them too: the
 * article excepts no ground, and it is the authority's decision that they are told of. An agreement in mediation is no termination;
 * nor is a withdrawal, which the definitions of the figures keep apart from ground (1).
 */
function conclusion(command: ConcludeComplaint, today: LocalDate, law: Law): readonly ComplaintEvent[] {
  const { result, ground = null, disqualification = null, evidence = [], recoveredFen = null } = command;
  const outcome = { result, ground, disqualification, evidence, recoveredFen };
  if (result !== 'terminated') {
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

function notConcludable(state: Standing): Refusal {
  if (state.status !== 'received') return decidedBefore(state);
  return refuse('conflict', 'NOT_YET_ACCEPTED', 'Before acceptance a complaint can only be withdrawn.', 'result');
}
