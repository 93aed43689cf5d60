import { parseInstant, type Instant } from '#kernel';
import { likenessOf } from '#privacy';
import type { MatchReason, SuggestionKind } from './events.ts';
import type { MatchingPolicy } from './matching-policy.ts';

/** What is known of a ticket, a complaint or a dispute to compare it by; people and texts by their keyed tokens only. */
export interface MatchedRecord {
  /** When it came in, ISO 8601 UTC. */
  readonly at: string;
  readonly phone: string | null;
  readonly name: string | null;
  readonly respondentUscc: string | null;
  readonly sector: string | null;
  readonly amountFen: number | null;
  readonly textTokens: string | null;
}

export interface Comparison {
  /** 0 to 100. */
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  /** By telephone; by name alone only where a telephone is not known, as names are shared. */
  readonly isSamePerson: boolean;
  readonly isSameRespondent: boolean;
  /** Whole days between the two. */
  readonly daysApart: number;
}

const DAY_MS = 86_400_000;

/**
 * What speaks for two records being about one dispute. Undefined where they are not: neither telephone nor name is the same and
 * one of them differs, so that another person complains, or nothing tells who complains and the texts are not alike.
 */
export function compare(one: MatchedRecord, other: MatchedRecord, policy: MatchingPolicy): Comparison | undefined {
  const { points } = policy;
  const [phone, name] = [agreement(one.phone, other.phone), agreement(one.name, other.name)];
  const mayBeSamePerson = phone === 'same' || name === 'same';
  if (!mayBeSamePerson && (phone === 'other' || name === 'other')) return undefined;
  const text = textPoints(one, other, policy);
  if (!mayBeSamePerson && text === 0) return undefined;

  const respondent = agreement(one.respondentUscc, other.respondentUscc);
  const daysApart = Math.floor(Math.abs(momentOf(one) - momentOf(other)) / DAY_MS);
  const found: readonly (readonly [MatchReason, number])[] = [
    ['same-complainant-phone', phone === 'same' ? points.phone : 0],
    ['same-complainant-name', name === 'same' ? points.name : 0],
    ['same-respondent', respondent === 'same' ? points.respondent : 0],
    ['same-sector', agreement(one.sector, other.sector) === 'same' ? points.sector : 0],
    ['same-amount', agreement(one.amountFen, other.amountFen) === 'same' ? points.amount : 0],
    ['close-in-time', timePoints(daysApart, policy)],
    ['like-text', text],
  ];
  const sum = found.reduce((total, [, value]) => total + value, respondent === 'other' ? -points.otherRespondent : 0);
  return {
    score: Math.max(0, Math.min(100, sum)),
    reasons: found.flatMap(([reason, value]) => (value > 0 ? [reason] : [])),
    isSamePerson: phone === 'same' || (phone === 'unknown' && name === 'same'),
    isSameRespondent: respondent === 'same',
    daysApart,
  };
}

/** When the earlier of two disputes was over; null = it is not, or of a ticket that has none. */
export interface Standing {
  readonly concludedAt: string | null;
}

export interface Judgement extends Pick<Comparison, 'score' | 'reasons'> {
  readonly kind: SuggestionKind;
}

/**
 * What a comparison of a later record with an earlier one is worth saying: a duplicate, while the earlier one was not over; after
 * that a repeated complaint, of the same person against the same respondent. Undefined where it is neither.
 */
export function judge(
  comparison: Comparison,
  later: Pick<MatchedRecord, 'at'>,
  { concludedAt }: Standing,
  policy: MatchingPolicy,
): Judgement | undefined {
  const { score, reasons, isSamePerson, isSameRespondent, daysApart } = comparison;
  if (concludedAt === null || concludedAt > later.at) {
    const { days, threshold } = policy.duplicate;
    return daysApart <= days && score >= threshold ? { kind: 'duplicate', score, reasons } : undefined;
  }
  const daysAfter = (momentOf(later) - parseInstant(concludedAt)!) / DAY_MS;
  if (!isSamePerson || !isSameRespondent || daysAfter > policy.repeat.days) return undefined;
  return { kind: 'repeat', score, reasons };
}

/** `unknown` where either says nothing. */
function agreement<Value>(one: Value | null, other: Value | null): 'same' | 'other' | 'unknown' {
  if (one === null || other === null) return 'unknown';
  return one === other ? 'same' : 'other';
}

function timePoints(daysApart: number, { points, duplicate }: MatchingPolicy): number {
  return Math.round((points.time * Math.max(0, duplicate.days - daysApart)) / duplicate.days);
}

function textPoints(one: MatchedRecord, other: MatchedRecord, { points, likeText }: MatchingPolicy): number {
  if (one.textTokens === null || other.textTokens === null) return 0;
  const likeness = likenessOf(one.textTokens, other.textTokens);
  return likeness * 100 < likeText ? 0 : Math.round(points.text * likeness);
}

function momentOf({ at }: Pick<MatchedRecord, 'at'>): Instant {
  return parseInstant(at)!;
}
