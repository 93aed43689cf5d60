import type { LocalDate } from '#kernel';
import { addDays, localDateOf } from '#kernel';
import { formatAsOf, meets, windowOf } from '#metrics';
import type { Figure, FigureQuery, KnownAsOf } from '#metrics';
import type { Measure, Programme } from './programme.ts';

export type Status = 'MET' | 'NOT_MET' | 'INDETERMINATE';

/** Why a status is what it is, where the evidence does not say it all. */
export const REASONS = {
  /** There is nothing to divide by: a person reviews it (metrics 3.0 rule 6). */
  NO_DATA: 'NO_DATA',
  /** A person has to weigh evidence that no event holds. */
  EVIDENCE_REQUIRED: 'EVIDENCE_REQUIRED',
  /** The registry does not know the subject. */
  NOT_REGISTERED: 'NOT_REGISTERED',
  /** The registry does not know since when it operates. */
  DATE_UNKNOWN: 'DATE_UNKNOWN',
  /** No metric computes it yet. */
  NOT_YET_MEASURED: 'NOT_YET_MEASURED',
  /** The computed part holds; the rest of the clause is a person's to judge. */
  HUMAN_CHECK_OPEN: 'HUMAN_CHECK_OPEN',
} as const;
export type Reason = (typeof REASONS)[keyof typeof REASONS];

/** A figure as evidence, and where its objects are listed. */
export interface MeasuredEvidence {
  readonly figure: Figure;
  /** Path with query of the objects behind it, pinned to the same state of knowledge. */
  readonly objects: string;
}

export interface Measured {
  readonly status: Status;
  readonly reasons: readonly Reason[];
  readonly evidence: MeasuredEvidence;
}

/** The question a measure puts to the metrics. */
export function queryOf(
  measure: Measure,
  programme: Programme,
  scope: { readonly region: string } | { readonly subject: string },
  asOf: KnownAsOf,
): FigureQuery {
  const { from, to } = windowOfMeasure(measure, programme, localDateOf(asOf.instant));
  return { metric: measure.metric, variant: measure.variant, ...scope, from, to, asOf };
}

/** Compares a figure with the threshold, as whole numbers. The threshold itself is enough. */
export function judgeMeasure({ threshold }: Measure, figure: Figure, asOf: KnownAsOf): Measured {
  const evidence = { figure, objects: objectsPath(figure, asOf) };
  if (figure.status === 'NOT_ASSESSABLE') return { status: 'INDETERMINATE', reasons: [REASONS.NO_DATA], evidence };
  return { status: meets(figure, threshold) ? 'MET' : 'NOT_MET', reasons: [], evidence };
}

/** How many more objects of the same denominator would have to count for the threshold; 0 when it is reached. */
export function missingFor({ threshold }: Measure, { numerator, denominator }: Figure): number {
  const needed = (BigInt(denominator) * threshold.numerator + threshold.denominator - 1n) / threshold.denominator;
  return Math.max(0, Number(needed - BigInt(numerator)));
}

function windowOfMeasure(measure: Measure, programme: Programme, day: LocalDate): { from: LocalDate; to: LocalDate } {
  const end = addDays(day, 1);
  if (measure.window.kind !== 'programme') {
    const window = windowOf({ to: end }, measure.window, day);
    if ('refused' in window) throw new RangeError(window.detail);
    return window;
  }
  const start = programme.period?.from ?? programme.issued;
  if (start === null) throw new RangeError(`programme ${programme.id} has no first day`);
  // What comes after the programme is nothing that it has reached.
  const last = programme.period?.to;
  const to = last !== undefined && last < day ? addDays(last, 1) : end;
  return { from: start < to ? start : to, to };
}

function objectsPath(figure: Figure, asOf: KnownAsOf): string {
  const query = new URLSearchParams({ from: figure.window.from, to: figure.window.to, asOf: formatAsOf(asOf) });
  if (figure.scope.region !== null) query.set('region', figure.scope.region);
  if (figure.scope.subject !== null) query.set('subject', figure.scope.subject);
  if (figure.variant !== 'default') query.set('variant', figure.variant);
  query.set('formula', figure.formula);
  return `/v1/metrics/${figure.metric}/objects?${query}`;
}
