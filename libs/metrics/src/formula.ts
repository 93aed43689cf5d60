import { Failure } from '#kernel';
import type { CellSpace } from './cell-space.ts';
import type { FactStore } from './fact-store.ts';
import { PARKED } from './fact-kind.ts';

/** All of these fields hold one of the listed codes. */
export type Condition = Readonly<Record<string, readonly string[]>>;

/** What a metric counts, as `formulas/*.yaml` writes it. A variant may replace any of these. */
export interface Counting {
  /** Field of the fact whose legal day puts an object into a window. Each object has one such day at a time. */
  readonly attribution: string;
  /** Any of these conditions puts an object into the denominator. */
  readonly denominator: readonly Condition[];
  /** Any of these puts an object of the denominator into the numerator as well. */
  readonly numerator: readonly Condition[];
  /** First match takes an object out of the denominator, and is listed with its reason. */
  readonly excluded: readonly Exclusion[];
  /**
   * Objects that meet any of these count only once their attribution day is over: what is due on a day is late when that day
   * has ended without it, and not before (T-06). Nothing has to be written for it: the question's own day decides.
   */
  readonly afterTheDay: readonly Condition[];
}

export interface Exclusion {
  /** Stable code: `X-NA`. */
  readonly reason: string;
  readonly where: Condition;
  /** The reason in a sentence, with its source. */
  readonly means: string;
}

export interface Variant extends Partial<Counting> {
  /** What differs from the default, and why one would ask for it. */
  readonly means: string;
  /** Its numerator and denominator stand beside the default figure, unasked. */
  readonly alwaysShown?: boolean;
}

/** A number or choice that law and seeds leave open, and what is taken for it. Shown with every figure. */
export interface NamedDefault {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly reason: string;
  /** Clause it rests on, or `none`. */
  readonly source: string;
}

/** Window of a figure that names none: trailing months up to and with the evaluation day, or its calendar year so far. */
export type DefaultWindow =
  { readonly kind: 'trailing-months'; readonly months: number } | { readonly kind: 'calendar-year' };

/** One version of a metric's formula: versioned data, never code. */
export interface Formula extends Counting {
  /** `M-01` */
  readonly id: string;
  /** `complaint_settlement_rate` */
  readonly name: string;
  /** Counts up from 1; earlier versions stay selectable. */
  readonly version: number;
  readonly title: { readonly en: string; readonly zh: string };
  /** Fact kind, which is the counting unit: `dispute`, `workOrder`. */
  readonly unit: string;
  /** Which of the two region keys scopes it; never mixed (metrics 3.0 rule 3). */
  readonly scope: 'respondentRegion' | 'handlingRegion';
  readonly window: DefaultWindow;
  readonly variants: Readonly<Record<string, Variant>>;
  readonly defaults: readonly NamedDefault[];
  /** Rules of law it rests on: ids (`L-01`), or clocks that another rule governs in each place (`hotline-handling`). */
  readonly rules: readonly string[];
  /** Definition and clauses it comes from. */
  readonly source: string;
}

/** `M-01@1` */
export function formulaName(formula: Formula): string {
  return `${formula.id}@${formula.version}`;
}

/** How a cell of facts counts under one variant: nowhere, in the denominator, in both, or excluded (from 3, in order). */
export const NOWHERE = 0;
export const DENOMINATOR = 1;
export const NUMERATOR = 2;
export const FIRST_EXCLUSION = 3;

/** A formula's variant, compiled for one fact store: one table look-up per fact or counter. */
export interface CompiledVariant {
  readonly formula: Formula;
  /** `default` or the variant's name. */
  readonly variant: string;
  readonly counting: Counting;
  /** Combinations of codes that it counts. */
  readonly space: CellSpace;
  /** Class per cell number. */
  readonly classOf: Uint8Array;
  /** Per cell number 1 where it counts only once its day is over. */
  readonly waits: Uint8Array;
  readonly reasons: readonly string[];
}

export const DEFAULT_VARIANT = 'default';

/** The counting of a variant: the default's, with what the variant replaces. Undefined when there is no such variant. */
export function countingOf(formula: Formula, variant: string): Counting | undefined {
  if (variant === DEFAULT_VARIANT) return formula;
  const replaced = formula.variants[variant];
  if (replaced === undefined) return undefined;
  return {
    attribution: replaced.attribution ?? formula.attribution,
    denominator: replaced.denominator ?? formula.denominator,
    numerator: replaced.numerator ?? formula.numerator,
    excluded: replaced.excluded ?? formula.excluded,
    afterTheDay: replaced.afterTheDay ?? formula.afterTheDay,
  };
}

/** Throws `FORMULA_INVALID` when a condition names a field or code that the fact does not have. */
export function compile(formula: Formula, variant: string, store: FactStore): CompiledVariant {
  const counting = countingOf(formula, variant);
  if (counting === undefined) throw invalid(formula, `no variant ${variant}`);
  const space = spaceOf(formula, counting, store);
  checkVocabulary(formula, counting, store, space);
  const classOf = new Uint8Array(space.count);
  const waits = new Uint8Array(space.count);
  for (let cell = 0; cell < space.count; cell++) {
    const codes = space.codesIn(cell);
    classOf[cell] = classify(counting, codes);
    waits[cell] = counting.afterTheDay.some((condition) => holds(condition, codes)) ? 1 : 0;
  }
  const reasons = [...counting.excluded.map((exclusion) => exclusion.reason), PARKED];
  return { formula, variant, counting, space, classOf, waits, reasons };
}

function spaceOf(formula: Formula, { attribution }: Counting, store: FactStore): CellSpace {
  if (store.kind.attributions.includes(attribution)) return store.spaceOf(attribution);
  throw invalid(formula, `${formula.unit} has no attribution day ${attribution}`);
}

function classify(counting: Counting, codes: Readonly<Record<string, string>>): number {
  if (Object.values(codes).includes(PARKED)) return FIRST_EXCLUSION + counting.excluded.length;
  const excluded = counting.excluded.findIndex(({ where }) => holds(where, codes));
  if (excluded >= 0) return FIRST_EXCLUSION + excluded;
  if (!counting.denominator.some((condition) => holds(condition, codes))) return NOWHERE;
  return counting.numerator.some((condition) => holds(condition, codes)) ? NUMERATOR : DENOMINATOR;
}

function holds(condition: Condition, codes: Readonly<Record<string, string>>): boolean {
  return Object.entries(condition).every(([field, values]) => values.includes(codes[field]!));
}

function checkVocabulary(formula: Formula, counting: Counting, store: FactStore, space: CellSpace): void {
  const conditions = [
    ...counting.denominator,
    ...counting.numerator,
    ...counting.excluded.map((exclusion) => exclusion.where),
    ...counting.afterTheDay,
  ];
  for (const condition of conditions) {
    for (const [field, values] of Object.entries(condition)) {
      if (!space.names.includes(field)) throw invalid(formula, `${formula.unit} has no code ${field}`);
      const unknown = values.find((value) => !store.codesOf(field).includes(value));
      if (unknown !== undefined) throw invalid(formula, `${formula.unit}.${field} is never ${unknown}`);
    }
  }
}

function invalid(formula: Formula, what: string): Failure {
  return new Failure('FORMULA_INVALID', `formula ${formulaName(formula)}: ${what}`);
}
