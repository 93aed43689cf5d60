import { refuse, unreachable, type Refusal } from '#kernel';
import { provisionsOn, readClock } from '#law';
import type { AcceptComplaint, DeclineComplaint, NotifyAcceptanceDecision } from '../commands.ts';
import type { Received } from '../complaint.ts';
import { decidedBefore, reasonRequired } from '../refusals.ts';
import { following, knewTooLate, OFFICERS, onlyBy, provisionOf, reading, under, type Rule } from '../step.ts';
import type { ConsideredFactor } from '../terms.ts';

export const accept: Rule<AcceptComplaint> = following((command, state, context, law) => {
  if (state.status !== 'received') return decidedBefore(state);
  const { today } = context;
  const refusal =
    onlyBy(OFFICERS, context) ?? incompetent(state) ?? knewTooLate(command.knewOn ?? null, state.receivedOn);
  if (refusal !== undefined) return refusal;
  const knewOn = command.knewOn ?? state.knewOn;
  const limit = knewOn === null ? null : readClock({ clock: 'limitation', rule: 'L-16', from: knewOn }, law).due;
  if (limit !== null && limit < state.receivedOn) {
    const detail = `A complaint could be received until ${limit}, three years after knowledge: decline on ground 16(4).`;
    return refuse('conflict', 'LIMITATION_EXPIRED', detail);
  }
  const factors = considered(command.factors, today);
  if ('refused' in factors) return factors;
  const found = { ...(command.knewOn === undefined ? {} : { knewOn: command.knewOn }), ...factors };
  const mediation = reading('mediation', today, law);
  return [
    { type: 'ComplaintAccepted', ...under(mediation), data: { acceptedOn: today, ...found, clocks: [mediation] } },
  ];
});

export const decline: Rule<DeclineComplaint> = following((command, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const { today, persons } = context;
  const refusal = onlyBy(OFFICERS, context) ?? disputed(state);
  if (refusal !== undefined) return refusal;
  const reason = persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('Non-acceptance needs a written reason (Art. 15(2)).');
  const { ground, remedies } = command;
  if (remedies.length === 0) {
    return refuse(
      'invalid',
      'REMEDIES_REQUIRED',
      'The complainant is told of the routes still open (Art. 39).',
      'remedies',
    );
  }
  const provision = provisionOf(ground, today, 'ground');
  if ('refused' in provision) return provision;
  const factors = considered(command.factors, today);
  if ('refused' in factors) return factors;
  return [{ type: 'ComplaintNotAccepted', data: { ground, ...provision, reason, remedies, ...factors } }];
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
    case 'returned':
    case 'transferred':
    case 'merged':
      return decidedBefore(state);
    default:
      return unreachable(state);
  }
});

/** Nobody decides on a complaint whose competent authority is in dispute. */
function disputed({ dispute }: Received): Refusal | undefined {
  if (dispute === null) return undefined;
  const detail = 'Which authority is competent is in dispute, and is to be settled first (Art. 33).';
  return refuse('conflict', 'COMPETENCE_DISPUTED', detail);
}

function incompetent(state: Received): Refusal | undefined {
  if (state.file.assignments.at(-1)?.competence !== 'not-competent') return disputed(state);
  const detail =
    'The authority has found itself not competent: it gives the complaint back, or declines on ground 16(1).';
  return refuse('conflict', 'NOT_COMPETENT', detail);
}

/** What was weighed, once each, where the order of the day knows of it. */
function considered(
  factors: readonly ConsideredFactor[] | undefined,
  today: string,
): { readonly factors?: readonly ConsideredFactor[] } | Refusal {
  if (factors === undefined || factors.length === 0) return {};
  if (provisionsOn(today).factorsAreConsidered === null) {
    const detail = `No order in force on ${today} has such factors considered.`;
    return refuse('conflict', 'FACTORS_NOT_IN_FORCE', detail, 'factors');
  }
  return { factors: [...new Set(factors)] };
}
