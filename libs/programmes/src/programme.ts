import type { LocalDate } from '#kernel';
import type { DefaultWindow, Fraction, NamedDefault } from '#metrics';

/** One of the seed programmes as data (design 7): numbers are the seed's, and what it leaves open is null. */
export interface Programme {
  readonly id: string;
  /** Seed document it comes from. */
  readonly seed: string;
  readonly title: string;
  readonly region: { readonly code: string; readonly name: string };
  readonly issued: LocalDate | null;
  /** Term of the programme, legal days both included; null where the seed has none. */
  readonly period: { readonly from: LocalDate; readonly to: LocalDate } | null;
  /** Kinds of subject that may carry a title under it. */
  readonly subjectTypes: readonly string[];
  readonly conditions: readonly Condition[];
  readonly targets: readonly Target[];
  readonly defaults: readonly NamedDefault[];
}

interface Requirement {
  readonly id: string;
  /** Clause of the seed. */
  readonly clause: string;
  /** What is asked, in the seed's words or close to them. */
  readonly means: string;
}

/** A condition of eligibility (条件) for one kind of subject. */
export type Condition = Requirement & { readonly appliesTo: string } & (
    | { readonly assess: 'metric'; readonly measure: Measure }
    | {
        readonly assess: 'years-operating';
        /** Full years (满…年) since the subject began to operate. */
        readonly years: number;
        /** The part of the clause that a person has to judge. */
        readonly humanCheck: string | null;
      }
    /** Rests on evidence that a person has to weigh. */
    | { readonly assess: 'evidence' }
  );

/** A rate that must reach a threshold. */
export interface Measure {
  readonly metric: string;
  readonly variant: string;
  /** As written: `0.95`. */
  readonly value: string;
  readonly threshold: Fraction;
  readonly window: MeasureWindow;
}

/** `programme` runs from the programme's first day to the evaluation day, at the latest to the programme's last day. */
export type MeasureWindow = DefaultWindow | { readonly kind: 'programme' };

/** A target (目标) of a region, or of a sector within it. */
export type Target = Requirement & {
  /** Name of what is counted or measured. */
  readonly metric: string;
  readonly sector: string | null;
  /** As the seed says it: `0.80`, `900`. */
  readonly value: string;
  /** 力争: to be striven for, not binding. */
  readonly aspirational: boolean;
  readonly due: LocalDate | null;
} & (
    | { readonly assess: 'metric'; readonly measure: Measure }
    /** No computed metric says it yet. */
    | { readonly assess: 'not-yet-measured' }
  );
