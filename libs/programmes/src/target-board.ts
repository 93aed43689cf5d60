import type { LocalDate, Refusal } from '#kernel';
import { formatInstant, localDateOf } from '#kernel';
import { isRefused } from '#metrics';
import type { AsOf, Figure, KnownAsOf, NamedDefault } from '#metrics';
import { missingFor } from './measure.ts';
import type { MeasuredEvidence, Reason } from './measure.ts';
import { programmes } from './policy-book.ts';
import type { Programme, Target } from './programme.ts';
import { figureFor, judgeTarget, unknownProgramme } from './verdict.ts';
import type { FigureSource } from './verdict.ts';

/** `BEHIND`: not reached, and the due day has not passed; only where the seed names a due day. */
export type TargetStatus = 'MET' | 'NOT_MET' | 'BEHIND' | 'INDETERMINATE';

export interface TargetRow {
  readonly id: string;
  readonly metric: string;
  readonly clause: string;
  readonly means: string;
  readonly region: string;
  readonly sector: string | null;
  /** Target as the seed writes it. */
  readonly value: string;
  /** Exact rate with its text; null where nothing measures it or there is nothing to divide by. */
  readonly actual: { readonly numerator: number; readonly denominator: number; readonly text: string } | null;
  /** Objects of the denominator that would have to count as well; 0 when reached. */
  readonly gap: { readonly missing: number } | null;
  readonly status: TargetStatus;
  readonly reasons: readonly Reason[];
  readonly aspirational: boolean;
  readonly due: LocalDate | null;
  readonly evidence: MeasuredEvidence | null;
}

export interface TargetBoard {
  readonly programme: string;
  readonly title: string;
  readonly region: { readonly code: string; readonly name: string };
  readonly rows: readonly TargetRow[];
  readonly asOf: { readonly instant: string; readonly position: number };
  readonly defaults: readonly NamedDefault[];
}

/** Value, actual, gap and status of every target of a programme. Refuses `UNKNOWN_PROGRAMME` and what the figures refuse. */
export async function targetBoard(
  programmeId: string,
  sources: { readonly asOf?: AsOf | undefined; readonly figures: FigureSource },
): Promise<TargetBoard | Refusal> {
  const programme = programmes.get(programmeId);
  if (programme === undefined) return unknownProgramme(programmeId);
  const known = await sources.figures.knownAsOf(sources.asOf);
  if (isRefused(known)) return known;
  const rows: TargetRow[] = [];
  for (const target of programme.targets) {
    const figure = await figureFor(target, programme, { region: programme.region.code }, known, sources.figures);
    if (isRefused(figure)) return figure;
    rows.push(targetRow(programme, target, figure, known));
  }
  return {
    programme: programme.id,
    title: programme.title,
    region: programme.region,
    rows,
    asOf: { instant: formatInstant(known.instant), position: known.position },
    defaults: programme.defaults,
  };
}

/** One row from its figure. Pure. */
export function targetRow(programme: Programme, target: Target, figure: Figure | null, asOf: KnownAsOf): TargetRow {
  const { status, reasons, evidence } = judgeTarget(target, figure, asOf);
  const { id, metric, clause, means, sector, value, aspirational, due } = target;
  const measured = target.assess === 'metric' && figure !== null && figure.rate !== null;
  const notYetDue = due !== null && localDateOf(asOf.instant) <= due;
  return {
    id,
    metric,
    clause,
    means,
    region: programme.region.code,
    sector,
    value,
    actual: measured ? { numerator: figure.numerator, denominator: figure.denominator, text: figure.rate!.text } : null,
    gap: measured ? { missing: missingFor(target.measure, figure) } : null,
    status: status === 'NOT_MET' && notYetDue ? 'BEHIND' : status,
    reasons,
    aspirational,
    due,
    evidence: evidence as MeasuredEvidence | null,
  };
}
