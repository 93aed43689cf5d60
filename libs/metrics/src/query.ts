import type { Instant, LocalDate, Position, Refusal } from '#kernel';
import { formatInstant, parseInstant } from '#kernel';
import type { Grouping } from './figure.ts';

/** Whether a question was refused: a value with a stable code, for the asker to mend. */
export function isRefused<Answer extends object | null>(answer: Answer | Refusal): answer is Refusal {
  return answer !== null && 'refused' in answer;
}

/** What a figure is asked for. Without region and subject it is the whole log's. */
export interface FigureQuery {
  /** Id (`M-01`) or name (`complaint_settlement_rate`). */
  readonly metric: string;
  /** Region code; the regions within it count as well. */
  readonly region?: string | undefined;
  /** USCC. */
  readonly subject?: string | undefined;
  /** Half-open window of legal days; a missing side follows the formula's default. */
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
  /** What was known: an instant, a position, or (as a page's cursor carries it) both. Now unless said. */
  readonly asOf?: AsOf | undefined;
  /** `default` unless said. */
  readonly variant?: string | undefined;
  /** Version of the formula: `1` or `M-01@1`; the newest unless said. */
  readonly formula?: string | undefined;
}

export interface AsOf {
  readonly position?: Position | undefined;
  readonly instant?: Instant | undefined;
}

export interface GroupedQuery extends FigureQuery {
  readonly groupBy: Grouping;
}

export type Counted = 'numerator' | 'denominator' | 'excluded';

export interface ObjectsQuery extends FigureQuery {
  /** `denominator` holds the numerator's objects too; without it every object that is counted or excluded. */
  readonly counted?: Counted | undefined;
  readonly cursor?: string | undefined;
  /** 1…200. */
  readonly limit?: number | undefined;
}

export const MOST_OBJECTS = 200;

/** One object behind a figure, and the events that made it what it was. */
export interface CountedObject {
  readonly id: string;
  /** `dispute`, `workOrder`. */
  readonly kind: string;
  /** Where it counts; `denominator` means: and not in the numerator. */
  readonly counted: Counted;
  /** Why it is excluded. */
  readonly reason?: string;
  readonly attributedOn: LocalDate;
  /** The codes the formula looked at, by field. */
  readonly outcome: Readonly<Record<string, string>>;
  readonly region: string | null;
  readonly subject: string | null;
  readonly sector: string | null;
  readonly channel: string | null;
  /** Set for imported history: its batch and the contradictions it came with. */
  readonly imported?: { readonly batch: string | null; readonly flags: readonly string[] };
  readonly events: readonly EvidenceEvent[];
}

export interface EvidenceEvent {
  readonly position: Position;
  readonly stream: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly recordedAt: string;
}

export interface ObjectsPage {
  readonly items: readonly CountedObject[];
  /** Null on the last page. */
  readonly next: string | null;
  /** The state of knowledge all pages of this listing share. */
  readonly asOf: { readonly instant: string; readonly position: Position };
}

/** A metric and the formula versions it may be asked by. */
export interface MetricDescription {
  readonly id: string;
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly unit: string;
  readonly scope: string;
  readonly formulas: readonly {
    readonly formula: string;
    readonly version: number;
    readonly variants: Readonly<Record<string, string>>;
    readonly exclusions: Readonly<Record<string, string>>;
    /** Rules of law, or clocks they govern, that it rests on. */
    readonly rules: readonly string[];
    readonly source: string;
  }[];
}

/** What the registry had on file about a subject as of a position. */
export interface RegisteredSubject {
  readonly uscc: string;
  readonly region: string | null;
  readonly sector: string | null;
  /** First legal day of operation; null = not on file. */
  readonly operatingSince: LocalDate | null;
  /** Position of the event that says so. */
  readonly position: Position;
}

/**
 * Reads `asOf` of an interface: a position (digits), an instant (ISO 8601 with offset), or both as figures' own links say
 * it, `position@instant`. Undefined for anything else.
 */
export function parseAsOf(text: string): AsOf | undefined {
  if (/^\d{1,15}$/.test(text)) return { position: Number(text) };
  const pinned = /^(\d{1,15})@(.+)$/.exec(text);
  const instant = parseInstant(pinned?.[2] ?? text);
  if (instant === undefined) return undefined;
  return pinned === null ? { instant } : { position: Number(pinned[1]), instant };
}

/** `asOf` as text that {@link parseAsOf} reads back. */
export function formatAsOf({ instant, position }: KnownAsOf): string {
  return `${position}@${formatInstant(instant)}`;
}

/** The state of knowledge an answer rests on: events up to the position, due days up to the instant's legal day. */
export interface KnownAsOf {
  readonly instant: Instant;
  readonly position: Position;
}
