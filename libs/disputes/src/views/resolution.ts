import type { ComplaintEntry, NegotiationEntry } from './procedures.ts';

/** `escalated`: the consumer has turned to the authority, which has not received the complaint yet. */
export type DisputeStage = 'opened' | 'negotiation' | 'escalated' | 'complaint' | 'concluded';

/** `settled` is 和解: a confirmed negotiation, or a complaint terminated under 23(1)(1). `mediated` is 调解 (metrics, M-01). */
export type DisputeOutcome = 'settled' | 'mediated' | 'terminated' | 'withdrawn' | 'not-accepted' | 'not-settled';

interface Ended {
  readonly endedAt: string;
  readonly outcome: DisputeOutcome;
}

/**
 * Where a dispute stands, from the procedures about it. The last one to end says what came of it, so that a complaint
 * after a settlement takes the settlement's place (T-31); that a second body declined says nothing about the first (T-14).
 */
export function resolutionOf(
  negotiations: readonly NegotiationEntry[],
  complaints: readonly ComplaintEntry[],
): { readonly stage: DisputeStage; readonly outcome: DisputeOutcome | null } {
  const ended = [...negotiations.flatMap(endOfNegotiation), ...complaints.flatMap(endOfComplaint)];
  if (complaints.some(({ endedAt }) => endedAt === null)) return { stage: 'complaint', outcome: null };
  if (negotiations.some(({ endedAt }) => endedAt === null)) return { stage: 'negotiation', outcome: null };
  if (ended.length === 0) return { stage: 'opened', outcome: null };
  if (complaints.length === 0 && negotiations.some(({ status }) => status === 'escalated')) {
    return { stage: 'escalated', outcome: null };
  }
  const handled = ended.filter(({ outcome }) => outcome !== 'not-accepted');
  const last = (handled.length > 0 ? handled : ended).reduce((a, b) => (b.endedAt >= a.endedAt ? b : a));
  return { stage: 'concluded', outcome: last.outcome };
}

function endOfNegotiation({ status, endedAt }: NegotiationEntry): Ended[] {
  if (endedAt === null) return [];
  return [{ endedAt, outcome: status === 'settled' ? 'settled' : 'not-settled' }];
}

function endOfComplaint({ status, result, ground, endedAt }: ComplaintEntry): Ended[] {
  if (endedAt === null) return [];
  if (status === 'not-accepted' || result === null) return [{ endedAt, outcome: 'not-accepted' }];
  return [{ endedAt, outcome: ground === '23(1)(1)' ? 'settled' : result }];
}
