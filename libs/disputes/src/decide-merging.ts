import { refuse, refuseBefore, type Decision, type DecisionContext, type Refusal } from '#kernel';
import { regions } from '#regions';
import type { MergeInto, Unmerge } from './commands.ts';
import type { Dispute, Open } from './dispute.ts';
import type { DisputeEvent } from './events.ts';
import { mergeOrder } from './merging.ts';
import type { MergeReads, Receipt } from './reads.ts';
import { notByProcess, ofOpen, reasonRequired, unknownDispute } from './refusals.ts';

const mergeOpen = ofOpen<MergeInto, MergeReads>((command, state, context) => {
  const { primary } = context.reads;
  if (command.primary === context.id) {
    return refuse('invalid', 'MERGED_INTO_ITSELF', 'A dispute cannot be merged into itself.', 'primary');
  }
  if (primary === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'primary');
  if (primary.primary !== null) {
    return refuse('conflict', 'PRIMARY_MERGED', `That dispute was itself merged into ${primary.primary}.`, 'primary');
  }
  if (!isWithin(context.bounds.region, primary.respondentRegion)) {
    const detail = 'The dispute that it would be counted through lies outside the bounds of this key.';
    return refuse('forbidden', 'PRIMARY_OUT_OF_REGION', detail, 'primary');
  }
  const { primary: primaryId, complaintId, primaryComplaintId } = command;
  const refusal =
    wrongReceipt(complaintId, context.reads.complaint, context.id, 'complaintId') ??
    wrongReceipt(primaryComplaintId, context.reads.primaryComplaint, primaryId, 'primaryComplaintId');
  return refusal ?? merged(command, state, context);
});

/** What is merged counts in the region of the other one from then on: whoever does that answers for both. */
function isWithin(bound: string | null, region: string | null): boolean {
  return bound === null || (region !== null && regions.covers(bound, region));
}

/** The same again says nothing; anything else is for a dispute that stands for itself. */
export function mergeInto(
  command: MergeInto,
  state: Dispute,
  context: DecisionContext<MergeReads>,
): Decision<DisputeEvent> {
  if (state.status === 'merged' && state.primary === command.primary) return [];
  return mergeOpen(command, state, context);
}

function merged(
  command: MergeInto,
  state: Open,
  { reads, persons }: DecisionContext<MergeReads>,
): Decision<DisputeEvent> {
  const primary = reads.primary!;
  const reason = persons['reason']?.personId ?? null;
  const order = mergeOrder(
    { receivedAt: reads.primaryComplaint?.receivedAt ?? null, openedAt: primary.openedAt },
    { receivedAt: reads.complaint?.receivedAt ?? null, openedAt: state.openedAt },
  );
  if (order === 'against' && reason === null) {
    const detail = 'This dispute came before the one named: merge that one into this, or say why not (Art. 14).';
    return refuse('conflict', 'PRIMARY_NOT_FIRST', detail, 'primary');
  }
  const [own, other] = [state.respondentUscc, primary.respondentUscc];
  if (own !== null && other !== null && own !== other && reason === null) {
    const detail = 'The disputes name different respondents: say why they are the same.';
    return refuse('conflict', 'RESPONDENT_MISMATCH', detail, 'primary');
  }
  return [{ type: 'DisputeMergedInto', data: { primary: command.primary, order, reason } }];
}

/** What was received when is in the procedures as it was: only that they are told with the primary comes to an end. */
export function unmerge(_: Unmerge, state: Dispute, context: DecisionContext): Decision<DisputeEvent> {
  if (state.status === 'empty') return unknownDispute();
  if (state.status !== 'merged') return refuse('conflict', 'NOT_MERGED', 'The dispute stands for itself.');
  const refusal = notByProcess(context.actor) ?? refuseBefore(state.mergedAt, context);
  if (refusal !== undefined) return refusal;
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('Say why it is another dispute.');
  return [{ type: 'DisputeUnmerged', data: { primary: state.primary, reason } }];
}

function wrongReceipt(
  id: string | undefined,
  receipt: Receipt | undefined,
  disputeId: string,
  field: 'complaintId' | 'primaryComplaintId',
): Refusal | undefined {
  if (id === undefined) return undefined;
  if (receipt === undefined) return refuse('invalid', 'UNKNOWN_COMPLAINT', 'There is no such complaint.', field);
  if (receipt.disputeId !== disputeId) {
    return refuse('invalid', 'COMPLAINT_OF_OTHER_DISPUTE', 'That complaint is about another dispute.', field);
  }
  return undefined;
}
