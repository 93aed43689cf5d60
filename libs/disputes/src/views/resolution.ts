import { parseInstant, unreachable } from '#kernel';
import { decidingConclusion, type Conclusion, type ProcedureOutcome } from '../resolution.ts';
import type { ComplaintEntry, NegotiationEntry } from './procedures.ts';

/** `escalated`: the consumer has turned to the authority, which has not received the complaint yet. */
export type DisputeStage = 'opened' | 'negotiation' | 'escalated' | 'complaint' | 'concluded';

/** `settled` is 和解: a confirmed negotiation, or a complaint terminated under 23(1)(1). `mediated` is 调解 (metrics, M-01). */
export type DisputeOutcome = 'settled' | 'mediated' | 'terminated' | 'withdrawn' | 'not-accepted' | 'not-settled';

/**
 * Where a dispute stands, from the procedures about it, by the rule that figures follow too ({@link decidingConclusion}).
 * A negotiation that the consumer carried to the authority counts as failed until the complaint is received.
 */
export function resolutionOf(
  negotiations: readonly NegotiationEntry[],
  complaints: readonly ComplaintEntry[],
): { readonly stage: DisputeStage; readonly outcome: DisputeOutcome | null } {
  if (complaints.some(({ endedAt }) => endedAt === null)) return { stage: 'complaint', outcome: null };
  if (negotiations.some(({ endedAt }) => endedAt === null)) return { stage: 'negotiation', outcome: null };
  const deciding = decidingConclusion([...negotiations, ...complaints].flatMap(conclusionOf));
  if (deciding === undefined) return { stage: 'opened', outcome: null };
  const isEscalated = complaints.length === 0 && deciding.of.status === 'escalated';
  return { stage: isEscalated ? 'escalated' : 'concluded', outcome: wordFor(deciding.outcome) };
}

type Entry = NegotiationEntry | ComplaintEntry;

function conclusionOf(entry: Entry): (Conclusion & { readonly of: Entry })[] {
  const { endedAt, conclusion } = entry;
  if (endedAt === null || conclusion === null) return [];
  return [{ outcome: conclusion.outcome, at: parseInstant(endedAt)!, entry: conclusion.position, of: entry }];
}

function wordFor(outcome: ProcedureOutcome): DisputeOutcome {
  switch (outcome) {
    case 'NEGOTIATION_SETTLED':
    case 'SELF_SETTLED':
      return 'settled';
    case 'NEGOTIATION_FAILED':
    case 'NEGOTIATION_EXPIRED':
    case 'NEGOTIATION_ESCALATED':
    case 'SELF_SETTLED_UNPROVEN':
      return 'not-settled';
    case 'MEDIATED':
      return 'mediated';
    case 'TERMINATED':
    case 'DISQUALIFIED':
    case 'DISQUALIFIED_MALICIOUS':
    case 'PARTY_CEASED':
      return 'terminated';
    case 'WITHDRAWN':
      return 'withdrawn';
    case 'NOT_ACCEPTED':
      return 'not-accepted';
    default:
      return unreachable(outcome);
  }
}
