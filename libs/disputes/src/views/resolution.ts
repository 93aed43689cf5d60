import { parseInstant, unreachable } from '#kernel';
import {
  decidingConclusion,
  resolutionStage,
  type Conclusion,
  type FurtherOutcome,
  type ProcedureOutcome,
  type ResolutionStage,
  type Setting,
} from '../resolution.ts';
import type { FurtherEntry } from './further-procedures.ts';
import type { ComplaintEntry, NegotiationEntry } from './procedures.ts';

/** `escalated`: the consumer has turned to the authority, which has not received the complaint yet. */
export type DisputeStage = 'opened' | 'negotiation' | 'escalated' | 'complaint' | 'mediation' | 'court' | 'concluded';

/** `settled` is 和解: a confirmed negotiation, or a complaint terminated under 23(1)(1). `mediated` is 调解 (metrics, M-01). */
export type DisputeOutcome =
  'settled' | 'mediated' | 'terminated' | 'withdrawn' | 'not-accepted' | 'not-settled' | 'decided-by-court';

export interface Resolution {
  readonly stage: DisputeStage;
  readonly outcome: DisputeOutcome | null;
  /** Where it was resolved (ZB-15); null while it is not, or where it ended without. */
  readonly resolvedBy: ResolutionStage | null;
  /** When the conclusion that decides occurred, ISO 8601 UTC; null while a procedure is open. */
  readonly concludedAt: string | null;
}

/** The procedures about a dispute, or about several that are one. */
export interface Procedures {
  readonly negotiations: readonly NegotiationEntry[];
  readonly complaints: readonly ComplaintEntry[];
  readonly mediations: readonly FurtherEntry[];
  readonly further: readonly FurtherEntry[];
}

/**
 * Where a dispute stands, from the procedures about it, by the rule that figures follow too ({@link decidingConclusion}).
 * A negotiation that the consumer carried to the authority counts as failed until the complaint is received.
 */
export function resolutionOf(procedures: Procedures): Resolution {
  const open = openStage(procedures);
  if (open !== undefined) return { stage: open, outcome: null, resolvedBy: null, concludedAt: null };
  const { negotiations, complaints, mediations, further } = procedures;
  const ended = [
    ...negotiations.flatMap((entry) => conclusionOf(entry, { venue: entry.venue })),
    ...complaints.flatMap((entry) => conclusionOf(entry, { mediation: mediationOf(entry, mediations) })),
    ...[...mediations, ...further].flatMap((entry) => conclusionOf(entry, { mediation: entry.mediation })),
  ];
  const deciding = decidingConclusion(ended);
  if (deciding === undefined) return { stage: 'opened', outcome: null, resolvedBy: null, concludedAt: null };
  const isEscalated = complaints.length === 0 && deciding.isEscalated;
  return {
    stage: isEscalated ? 'escalated' : 'concluded',
    outcome: wordFor(deciding.outcome),
    resolvedBy: resolutionStage(deciding.outcome, deciding.setting),
    concludedAt: deciding.endedAt,
  };
}

/** The procedure that goes on, the one furthest from the merchant's door first. */
function openStage({ negotiations, complaints, mediations, further }: Procedures): DisputeStage | undefined {
  const isPending = ({ status }: FurtherEntry) => status === 'pending' || status === 'agreed';
  if (complaints.some(({ endedAt }) => endedAt === null)) return 'complaint';
  if (further.some((entry) => entry.category === 'referral' && isPending(entry))) return 'court';
  // One of a complaint is told by the complaint, and ends with it.
  if (mediations.some((entry) => entry.complaintId === null && isPending(entry))) return 'mediation';
  return negotiations.some(({ endedAt }) => endedAt === null) ? 'negotiation' : undefined;
}

/** The kind of mediation in which an authority's complaint was mediated, where a mediation of it says so. */
function mediationOf({ id }: ComplaintEntry, mediations: readonly FurtherEntry[]): string | null {
  return mediations.findLast(({ complaintId, status }) => complaintId === id && status === 'ended')?.mediation ?? null;
}

interface Ended extends Conclusion<ProcedureOutcome | FurtherOutcome> {
  readonly endedAt: string;
  readonly isEscalated: boolean;
  readonly setting: Setting;
}

function conclusionOf(entry: NegotiationEntry | ComplaintEntry | FurtherEntry, setting: Setting): Ended[] {
  const { endedAt, conclusion, status } = entry;
  if (endedAt === null || conclusion === null) return [];
  const { outcome, position } = conclusion;
  const isEscalated = status === 'escalated';
  return [{ outcome, at: parseInstant(endedAt)!, entry: position, endedAt, isEscalated, setting }];
}

function wordFor(outcome: ProcedureOutcome | FurtherOutcome): DisputeOutcome {
  switch (outcome) {
    case 'NEGOTIATION_SETTLED':
    case 'SELF_SETTLED':
    case 'SETTLED_BESIDE':
      return 'settled';
    case 'NEGOTIATION_FAILED':
    case 'NEGOTIATION_EXPIRED':
    case 'NEGOTIATION_ESCALATED':
    case 'SELF_SETTLED_UNPROVEN':
      return 'not-settled';
    case 'MEDIATED':
    case 'BODY_MEDIATED':
    case 'COURT_MEDIATED':
      return 'mediated';
    case 'TERMINATED':
    case 'DISQUALIFIED':
    case 'DISQUALIFIED_MALICIOUS':
    case 'PARTY_CEASED':
    case 'BODY_MEDIATION_FAILED':
    case 'COURT_MEDIATION_FAILED':
    case 'COURT_ENDED':
      return 'terminated';
    case 'COURT_JUDGED':
    case 'COURT_SETTLED':
      return 'decided-by-court';
    case 'WITHDRAWN':
      return 'withdrawn';
    case 'NOT_ACCEPTED':
      return 'not-accepted';
    default:
      return unreachable(outcome);
  }
}
