import type { LocalDate, Position } from '#kernel';
import type { NamedDefault } from './formula.ts';

/** Half-open span of legal days: `from` counts, `to` does not. */
export interface Window {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Numerator and denominator of one variant. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** One exact number with everything that explains it (design 6). */
export interface Figure extends Ratio {
  /** `M-01` */
  readonly metric: string;
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  /** Counting unit: the kind of object that was counted. */
  readonly unit: string;
  /** Per cent, half up to two decimals. For reading only: comparisons use the integers. Null without a denominator. */
  readonly rate: { readonly text: string } | null;
  /** `NOT_ASSESSABLE` when the denominator is zero: neither 0 nor 100 per cent. */
  readonly status: 'OK' | 'NOT_ASSESSABLE';
  /** Objects taken out of the denominator, by reason; reasons that took out none are absent. */
  readonly excluded: Readonly<Record<string, number>>;
  readonly excludedTotal: number;
  /** `M-01@1` */
  readonly formula: string;
  /** `default` or the variant's name. */
  readonly variant: string;
  /** Variants that always stand beside the default. */
  readonly variants: Readonly<Record<string, Ratio>>;
  /** Of the denominator: objects from imported history, and those whose import was flagged as contradictory. */
  readonly imported: number;
  readonly flagged: number;
  /** Versions of the rules of law that can have governed what it counts (see `lawBehind`); none where it rests on none. */
  readonly rules: readonly string[];
  /** Versions of the working-day calendar of the years in which such clocks ran, `CN-2025.1+CN-2026.1`; null without rules. */
  readonly calendar: string | null;
  readonly scope: {
    /** Which region key the formula uses. */
    readonly key: 'respondentRegion' | 'handlingRegion';
    readonly region: string | null;
    readonly subject: string | null;
  };
  readonly window: Window;
  /** What was known: events up to the position; contributions up to the legal day of the instant (ISO 8601 UTC). */
  readonly asOf: { readonly instant: string; readonly position: Position };
  readonly position: Position;
  readonly group?: Group;
  readonly defaults: readonly NamedDefault[];
  readonly source: string;
}

export const GROUPINGS = ['region', 'subject', 'sector', 'channel', 'month'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The part of the whole that a figure of a list speaks of; key null = the objects that say nothing of it. */
export interface Group {
  readonly by: Grouping;
  /** Region code, USCC, sector, channel, or month `YYYY-MM`. */
  readonly key: string | null;
}

/** `95.00%`: exact half-up rounding of whole numbers; null when there is nothing to divide by. */
export function rateOf({ numerator, denominator }: Ratio): { readonly text: string } | null {
  if (denominator === 0) return null;
  const [num, den] = [BigInt(numerator), BigInt(denominator)];
  const hundredths = (num * 20_000n + den) / (2n * den);
  return { text: `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}%` };
}

/** A threshold as an exact fraction. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Reads a decimal text (`"0.95"`, `"1"`) exactly; undefined for anything else. */
export function parseFraction(text: string): Fraction | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const decimals = match[2] ?? '';
  return { numerator: BigInt(match[1]! + decimals), denominator: 10n ** BigInt(decimals.length) };
}

/** Whether a rate reaches a threshold, the number itself included (以上/≥, S14 Art. 1259). A zero denominator is a RangeError. */
export function meets({ numerator, denominator }: Ratio, threshold: Fraction): boolean {
  if (denominator <= 0) throw new RangeError('a rate without a denominator meets nothing and misses nothing');
  return BigInt(numerator) * threshold.denominator >= BigInt(denominator) * threshold.numerator;
}
