import { DAY_MS, Failure, localDateOf, type LocalDate, type Refusal } from '#kernel';
import {
  isRefused,
  meets,
  type Figure,
  type FigureQuery,
  type GroupedQuery,
  type KnownAsOf,
  type RegisteredSubject,
} from '#metrics';
import { judgeMeasure, missingFor, queryOf, type Measure, type Programme, type Target } from '#programmes';
import type { AlertPolicy } from './alert-policy.ts';

export const FIGURE_ALERT_KINDS = [
  /** 和解率跌破称号门槛: a unit's rate has fallen below the threshold of a title. */
  'unit-rate',
  /** 目标落后. */
  'target-behind',
] as const;
export type FigureAlertKind = (typeof FIGURE_ALERT_KINDS)[number];

/** An alert that rests on figures, with all that explains it. */
export interface FigureAlert {
  readonly id: string;
  readonly kind: FigureAlertKind;
  /** USCC, or id of the target. */
  readonly of: string;
  readonly region: string | null;
  readonly respondentUscc: string | null;
  readonly lastOn: LocalDate;
  readonly state: 'raised';
  readonly programme: string;
  readonly rule: object;
  readonly threshold: string;
  readonly figure: Figure;
  /** The figure so many days before, when it was not an alert. */
  readonly before?: Pick<Figure, 'numerator' | 'denominator' | 'rate' | 'window'>;
  /** Objects of the denominator that would have to count as well. */
  readonly missing: number;
  /** Where the objects behind the figure are listed. */
  readonly objects: string;
}

/** Answers of the metrics engine, all as of one moment. */
export interface FigureAnswers {
  figure(query: FigureQuery): Promise<Figure | Refusal>;
  figures(query: GroupedQuery): Promise<readonly Figure[] | Refusal>;
  subject(uscc: string, asOf: KnownAsOf): Promise<RegisteredSubject | null | Refusal>;
}

/**
 * What figures say as of a moment, by the thresholds of the programmes: the same facts, moment and programmes give the same. Without an
 * event that tells who holds a title, every unit of a programme's region is looked at.
 */
export async function figureAlerts(
  programmes: Iterable<Programme>,
  answers: FigureAnswers,
  known: KnownAsOf,
  policy: AlertPolicy,
): Promise<readonly FigureAlert[]> {
  const alerts: FigureAlert[] = [];
  for (const programme of programmes) {
    if (policy.unitRate.enabled) alerts.push(...(await unitRates(programme, answers, known, policy.unitRate)));
    if (policy.targetBehind.enabled) alerts.push(...(await targetsBehind(programme, answers, known, policy)));
  }
  return alerts.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function unitRates(
  programme: Programme,
  answers: FigureAnswers,
  known: KnownAsOf,
  rule: AlertPolicy['unitRate'],
): Promise<readonly FigureAlert[]> {
  const alerts: FigureAlert[] = [];
  const scope = { region: programme.region.code };
  for (const condition of programme.conditions) {
    if (condition.assess !== 'metric') continue;
    const { measure, id, clause, means, appliesTo } = condition;
    const asked = { ...queryOf(measure, programme, scope, known), groupBy: 'subject' as const };
    const fallen = unrefused(await answers.figures(asked)).filter((figure) => isBelow(figure, measure, rule));
    if (fallen.length === 0) continue;
    const then = { ...known, instant: known.instant - rule.days * DAY_MS };
    // The window as it lay then, by what is known now: what was corrected since makes no alert.
    const { from, to } = queryOf(measure, programme, scope, then);
    const earlier = unrefused(await answers.figures({ ...asked, from, to }));
    const before = new Map(earlier.map((figure) => [figure.group!.key, figure]));
    for (const { group, ...rest } of fallen) {
      const uscc = group!.key;
      const was = before.get(uscc);
      if (uscc === null || was === undefined || !isReached(was, measure, rule)) continue;
      const figure: Figure = { ...rest, scope: { ...rest.scope, region: null, subject: uscc } };
      alerts.push({
        id: `unit-rate:${programme.id}:${id}:${uscc}`,
        kind: 'unit-rate',
        of: uscc,
        region: unrefused(await answers.subject(uscc, known))?.region ?? null,
        respondentUscc: uscc,
        lastOn: localDateOf(known.instant),
        state: 'raised',
        programme: programme.id,
        rule: { name: 'unitRate', ...rule, condition: id, clause, means, appliesTo, seed: programme.seed },
        threshold: measure.value,
        figure,
        before: { numerator: was.numerator, denominator: was.denominator, rate: was.rate, window: was.window },
        missing: missingFor(measure, figure),
        objects: judgeMeasure(measure, figure, known).evidence.objects,
      });
    }
  }
  return alerts;
}

function isBelow(figure: Figure, { threshold }: Measure, { minDenominator }: AlertPolicy['unitRate']): boolean {
  return figure.denominator >= minDenominator && !meets(figure, threshold);
}

function isReached(figure: Figure, { threshold }: Measure, { minDenominator }: AlertPolicy['unitRate']): boolean {
  return figure.denominator >= minDenominator && meets(figure, threshold);
}

async function targetsBehind(
  programme: Programme,
  answers: FigureAnswers,
  known: KnownAsOf,
  { targetBehind }: AlertPolicy,
): Promise<readonly FigureAlert[]> {
  const alerts: FigureAlert[] = [];
  const today = localDateOf(known.instant);
  for (const target of programme.targets) {
    // What is over was reached or was not, and is the board's to say.
    if (target.assess !== 'metric' || !isRunning(programme, target, today)) continue;
    const { measure, id, clause, means, aspirational, due } = target;
    const figure = unrefused(
      await answers.figure(queryOf(measure, programme, { region: programme.region.code }, known)),
    );
    if (figure.status === 'NOT_ASSESSABLE' || meets(figure, measure.threshold)) continue;
    alerts.push({
      id: `target-behind:${programme.id}:${id}`,
      kind: 'target-behind',
      of: id,
      region: programme.region.code,
      respondentUscc: null,
      lastOn: today,
      state: 'raised',
      programme: programme.id,
      rule: { name: 'targetBehind', ...targetBehind, clause, means, aspirational, due, seed: programme.seed },
      threshold: measure.value,
      figure,
      missing: missingFor(measure, figure),
      objects: judgeMeasure(measure, figure, known).evidence.objects,
    });
  }
  return alerts;
}

function isRunning({ period }: Programme, { due }: Target, today: LocalDate): boolean {
  const last = due ?? period?.to ?? null;
  return last === null || today <= last;
}

function unrefused<Answer extends object | null>(answer: Answer | Refusal): Answer {
  if (isRefused(answer)) throw new Failure(answer.code, answer.detail);
  return answer;
}
