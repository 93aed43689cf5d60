import { refuse, type DecisionContext, type LocalDate, type Refusal } from '#kernel';
import { isOpen } from '#law';
import { regions } from '#regions';
import { firstReceiptBy } from '../assignment.ts';
import type { FeedBackIncompetence, ReceiveTransfer, TransferComplaint } from '../commands.ts';
import type { Received, Returned } from '../complaint.ts';
import { decidedBefore, reasonRequired } from '../refusals.ts';
import { following, OFFICERS, onlyBy, reading, under, type Rule } from '../step.ts';
import type { TransferBasis } from '../terms.ts';

/** 反馈: who is not competent gives the complaint back to the intake body (S1 Art. 41). */
export const feedBackIncompetence: Rule<FeedBackIncompetence> = following((_, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const refusal = onlyBy(OFFICERS, context);
  if (refusal !== undefined) return refusal;
  if (state.dispute !== null) {
    return refuse('conflict', 'COMPETENCE_DISPUTED', 'Which authority is competent is in dispute (Art. 33).');
  }
  const holder = state.file.assignments.at(-1)!;
  if (holder.competence === 'competent') {
    return refuse('conflict', 'AUTHORITY_IS_COMPETENT', 'The authority was found competent: it handles the complaint.');
  }
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('The intake body is told why the unit is not competent.');
  return [
    { type: 'ComplaintReturnedToIntake', data: { authority: holder.authority, reason, ...acceptanceDue(state) } },
  ];
});

/**
 * 分送、移送. The intake body sends on what was given back; a unit passes nothing on by itself (S1 Art. 41), unless a dispute
 * about competence ended for the other authority.
 */
export const transfer: Rule<TransferComplaint> = following((command, state, context) => {
  if (state.status !== 'returned' && state.status !== 'received') return decidedBefore(state);
  const refusal = onlyBy([...OFFICERS, 'hotline'], context);
  if (refusal !== undefined) return refusal;
  const basis = state.status === 'returned' ? byIntake(command, state, context) : bySettlement(command, state);
  if (typeof basis !== 'string') return basis;
  const fromAuthority = state.file.assignments.at(-1)!.authority;
  const { toAuthority, toRegion } = command;
  return [
    { type: 'ComplaintTransferredOut', data: { fromAuthority, toAuthority, toRegion, basis, ...acceptanceDue(state) } },
  ];
});

/** The day by which the authority that lets go of it would have had to decide. */
function acceptanceDue({ clocks: { acceptance } }: Received | Returned): { readonly acceptanceDue?: LocalDate } {
  if (acceptance === undefined || !isOpen(acceptance) || acceptance.due === null) return {};
  return { acceptanceDue: acceptance.due };
}

/** To an authority that is subordinate or of the same level, not up and not to another's subordinates (S1 Art. 41). */
function byIntake(
  { toRegion }: TransferComplaint,
  { returnedBy }: Returned,
  { actor, bounds }: DecisionContext,
): TransferBasis | Refusal {
  if (returnedBy === actor.id) {
    const detail = 'The intake body sends it on, not the unit that gave it back.';
    return refuse('forbidden', 'SECOND_PERSON_REQUIRED', detail);
  }
  if (bounds.region === null || regions.maySendTo(bounds.region, toRegion)) return 'intake';
  const detail = 'It is sent to an authority that is subordinate or of the same level (Art. 41).';
  return refuse('forbidden', 'AUTHORITY_OUT_OF_REACH', detail, 'toRegion');
}

function bySettlement(
  { toAuthority, toRegion }: TransferComplaint,
  { settled, file }: Received,
): TransferBasis | Refusal {
  if (settled === null || settled.authority === file.assignments.at(-1)!.authority) {
    const detail = 'A unit gives it back to the intake body and does not pass it on itself (Art. 41).';
    return refuse('conflict', 'RETURN_TO_INTAKE_FIRST', detail);
  }
  if (settled.authority === toAuthority && settled.region === toRegion) return settled.by;
  return refuse('conflict', 'OTHER_AUTHORITY_COMPETENT', `${settled.authority} is competent.`, 'toAuthority');
}

/**
 * The seven working days run from the authority's first receipt: one that competently had it before has them from then, and
 * gained nothing by giving it away (T-19).
 */
export const receiveTransfer: Rule<ReceiveTransfer> = following(({ authority }, state, context, law) => {
  if (state.status === 'received') {
    return refuse('conflict', 'NOT_TRANSFERRED', 'It is with the authority that received it.');
  }
  if (state.status !== 'transferred') return decidedBefore(state);
  const refusal = onlyBy(OFFICERS, context);
  if (refusal !== undefined) return refusal;
  if (authority !== state.toAuthority) {
    return refuse('conflict', 'SENT_TO_OTHER_AUTHORITY', `It was sent to ${state.toAuthority}.`, 'authority');
  }
  const { handlingRegion, file } = state;
  const acceptanceFrom = firstReceiptBy({ authority, region: handlingRegion }, file.assignments) ?? context.today;
  const acceptance = reading('acceptance', acceptanceFrom, law);
  const data = { authority, handlingRegion, acceptanceFrom, clocks: [acceptance] };
  return [{ type: 'ComplaintTransferReceived', ...under(acceptance), data }];
});
