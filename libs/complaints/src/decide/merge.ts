import { refuse, type Refusal } from '#kernel';
import { isBy, isOpen, readAgain, type Clock, type Law } from '#law';
import { firstCompetentReceipt } from '../assignment.ts';
import { restorable, type RestoredClock } from '../clocks.ts';
import type { MergeComplaint, UnmergeComplaint } from '../commands.ts';
import type { Standing } from '../complaint.ts';
import type { MergeReads } from '../reads.ts';
import { decidedBefore, reasonRequired } from '../refusals.ts';
import { following, OFFICERS, onlyBy, type Rule } from '../step.ts';

/** 合并: the primary is the one that a competent authority received first (S1 Art. 14, T-14). Its clocks are those that count. */
export const mergeInto: Rule<MergeComplaint, MergeReads> = following(({ primary }, state, context) => {
  switch (state.status) {
    case 'received':
    case 'returned':
    case 'accepted':
      break;
    default:
      return decidedBefore(state);
  }
  const refusal = onlyBy(OFFICERS, context) ?? noPrimary(primary, context.id, state, context.reads);
  if (refusal !== undefined) return refusal;
  const first = context.reads.primary as Standing;
  if (isBefore(first, primary, state, context.id)) return [{ type: 'ComplaintMergedInto', data: { primary } }];
  const detail = 'The other one was received later: that one is handled with this one (Art. 14).';
  return refuse('conflict', 'PRIMARY_RECEIVED_LATER', detail, 'primary');
});

function noPrimary(
  primary: string,
  id: string,
  { disputeId }: Standing,
  { primary: read, dispute }: MergeReads,
): Refusal | undefined {
  if (primary === id) return refuse('invalid', 'SAME_COMPLAINT', 'It is handled with itself.', 'primary');
  if (read === undefined || read.status === 'none') {
    return refuse('invalid', 'UNKNOWN_PRIMARY', 'There is no such complaint.', 'primary');
  }
  if (read.disputeId !== disputeId && read.disputeId !== dispute?.mergedInto) {
    return refuse('conflict', 'OTHER_DISPUTE', 'It is about another dispute.', 'primary');
  }
  if (read.status === 'received' || read.status === 'accepted') return undefined;
  return refuse('conflict', 'PRIMARY_NOT_OPEN', 'No authority is handling it.', 'primary');
}

/** Received at one moment, the one with the lower id is first: two are never each other's primary. */
function isBefore(first: Standing, firstId: string, second: Standing, secondId: string): boolean {
  const [one, other] = [first, second].map(({ file }) => firstCompetentReceipt(file.assignments) ?? Infinity);
  return one! < other! || (one === other && firstId < secondId);
}

/**
 * 撤销合并: it goes on with the dates it had, read again. A clock whose date passed meanwhile is told as such and stays stopped:
 * nobody had to meet it (T-15). One that had passed before goes on being overdue, also where the merger was only written down
 * after it and says that it was before (T-28).
 */
export const unmerge: Rule<UnmergeComplaint> = following((_, state, context, law) => {
  if (state.status !== 'merged') {
    return refuse('conflict', 'COMPLAINT_NOT_MERGED', 'It is not handled with another complaint.');
  }
  const refusal = onlyBy(OFFICERS, context);
  if (refusal !== undefined) return refusal;
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('It is told why the two are not one.');
  const open = Object.values(state.before.clocks).filter(isOpen);
  const clocks: RestoredClock[] = [];
  const lapsedWhileMerged: string[] = [];
  for (const clock of open) {
    const reading = readNow(clock, law);
    const { due } = reading;
    const hasLapsed = due !== null && isBy(due, state.mergedRecordedAt) && !isBy(due, context.occurredAt);
    if (hasLapsed) lapsedWhileMerged.push(clock.clock);
    else clocks.push(restorable(clock, reading));
  }
  return [{ type: 'ComplaintUnmerged', data: { primary: state.primary, reason, clocks, lapsedWhileMerged } }];
});

/** A date that an authority set itself follows from no rule, and reads as it was set. */
function readNow(clock: Clock, law: Law) {
  const { clock: name, rule, calendar, due } = clock;
  return rule === null && clock.undetermined === null ? { clock: name, rule, calendar, due } : readAgain(clock, law);
}
