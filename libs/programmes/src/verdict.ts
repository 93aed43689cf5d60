import type { LocalDate, Refusal } from '#kernel';
import { addYears, formatInstant, localDateOf, normaliseUscc, refuse } from '#kernel';
import { isRefused } from '#metrics';
import type { AsOf, Figure, FigureQuery, KnownAsOf, NamedDefault, RegisteredSubject } from '#metrics';
import { regions } from '#regions';
import { judgeMeasure, queryOf, REASONS } from './measure.ts';
import type { MeasuredEvidence, Reason, Status } from './measure.ts';
import { programmes } from './policy-book.ts';
import type { Condition, Programme, Target } from './programme.ts';

/** Where figures come from: the metrics engine, here or on another thread. */
export interface FigureSource {
  figure(query: FigureQuery): Promise<Figure | Refusal>;
  knownAsOf(asOf?: AsOf): Promise<KnownAsOf | Refusal>;
}

/** What the registry had on file as of a moment; null = not registered then. */
export interface RegistrySource {
  subject(uscc: string, asOf?: AsOf): Promise<RegisteredSubject | null | Refusal>;
}

export interface VerdictSources {
  /** Now unless said. */
  readonly asOf?: AsOf | undefined;
  readonly figures: FigureSource;
  readonly registry: RegistrySource;
}

/** One condition (or target) with its answer and what the answer rests on. */
export interface ConditionVerdict {
  readonly id: string;
  readonly clause: string;
  readonly means: string;
  readonly status: Status;
  readonly reasons: readonly Reason[];
  /** Threshold as the seed writes it; null where it has none. */
  readonly threshold: string | null;
  /** What a person still has to judge beside the computed part. */
  readonly humanCheck: { readonly question: string; readonly status: 'OPEN' } | null;
  readonly evidence: MeasuredEvidence | OperatingEvidence | null;
}

/** Days on which "full years in operation" rests. */
export interface OperatingEvidence {
  readonly operatingSince: LocalDate;
  /** Anniversary on which the years are full (满): from that day it is met. */
  readonly fullOn: LocalDate;
  readonly evaluatedOn: LocalDate;
  /** Position of the event that says since when. */
  readonly position: number;
}

export interface Verdict {
  readonly programme: string;
  readonly title: string;
  readonly subject: string;
  /** Kind of subject the conditions are for, or `region`. */
  readonly subjectType: string;
  /** NOT_MET if any condition is not met, else INDETERMINATE if any is, else MET. A person awards or refuses the title. */
  readonly overall: Status;
  readonly conditions: readonly ConditionVerdict[];
  readonly asOf: { readonly instant: string; readonly position: number };
  readonly defaults: readonly NamedDefault[];
}

/**
 * Whether a unit (USCC) fulfils a programme's conditions, or a region (division code) its targets, as of a moment.
 * Refuses `UNKNOWN_PROGRAMME`, `INVALID_SUBJECT`, `OUTSIDE_PROGRAMME`, and what the sources refuse.
 */
export async function verdict(
  programmeId: string,
  subject: string,
  sources: VerdictSources,
): Promise<Verdict | Refusal> {
  const programme = programmes.get(programmeId);
  if (programme === undefined) return unknownProgramme(programmeId);
  return verdictOn(programme, subject, sources);
}

/** The same for a programme that need not be one of those that ship: a draft can be tried over history. */
export async function verdictOn(
  programme: Programme,
  subject: string,
  { asOf, figures, registry }: VerdictSources,
): Promise<Verdict | Refusal> {
  const known = await figures.knownAsOf(asOf);
  if (isRefused(known)) return known;
  if (/^\d{6,12}$/.test(subject)) return regionVerdict(programme, subject, known, figures);
  const uscc = normaliseUscc(subject);
  if (uscc === undefined) {
    return refuse('invalid', 'INVALID_SUBJECT', 'a subject is a valid social credit code or a region code', 'subject');
  }
  const registered = await registry.subject(uscc, known);
  if (isRefused(registered)) return registered;
  const { code, name } = programme.region;
  if (registered !== null && registered.region !== null && !regions.covers(code, registered.region)) {
    return refuse('invalid', 'OUTSIDE_PROGRAMME', `its units are those of ${name} (${code})`, 'subject');
  }
  const [subjectType] = programme.subjectTypes;
  const judged: ConditionVerdict[] = [];
  for (const condition of programme.conditions.filter(({ appliesTo }) => appliesTo === subjectType)) {
    const figure = await figureFor(condition, programme, { subject: uscc }, known, figures);
    if (isRefused(figure)) return figure;
    judged.push(judgeCondition(condition, { figure, registered, asOf: known }));
  }
  return summary(programme, uscc, subjectType!, judged, known);
}

async function regionVerdict(
  programme: Programme,
  region: string,
  known: KnownAsOf,
  figures: FigureSource,
): Promise<Verdict | Refusal> {
  if (region !== programme.region.code) {
    const { code, name } = programme.region;
    return refuse('invalid', 'OUTSIDE_PROGRAMME', `its targets are those of ${name} (${code})`, 'subject');
  }
  const judged: ConditionVerdict[] = [];
  for (const target of programme.targets) {
    const figure = await figureFor(target, programme, { region }, known, figures);
    if (isRefused(figure)) return figure;
    judged.push(judgeTarget(target, figure, known));
  }
  return summary(programme, region, 'region', judged, known);
}

/** The figure a condition or target rests on; null when it rests on none. */
export async function figureFor(
  rule: Condition | Target,
  programme: Programme,
  scope: { readonly region: string } | { readonly subject: string },
  known: KnownAsOf,
  figures: FigureSource,
): Promise<Figure | null | Refusal> {
  return rule.assess === 'metric' ? figures.figure(queryOf(rule.measure, programme, scope, known)) : null;
}

/** What one condition comes to, from the facts given. Pure. */
export function judgeCondition(
  condition: Condition,
  facts: {
    readonly figure: Figure | null;
    readonly registered: RegisteredSubject | null;
    readonly asOf: KnownAsOf;
  },
): ConditionVerdict {
  const { id, clause, means } = condition;
  const open = { id, clause, means, threshold: null, humanCheck: null, evidence: null };
  switch (condition.assess) {
    case 'metric':
      return {
        ...open,
        threshold: condition.measure.value,
        ...judgeMeasure(condition.measure, facts.figure!, facts.asOf),
      };
    case 'years-operating':
      return { ...open, ...judgeYears(condition, facts.registered, localDateOf(facts.asOf.instant)) };
    case 'evidence':
      return { ...open, status: 'INDETERMINATE', reasons: [REASONS.EVIDENCE_REQUIRED] };
  }
}

/** What one target comes to as a condition of the region. Pure. */
export function judgeTarget(target: Target, figure: Figure | null, asOf: KnownAsOf): ConditionVerdict {
  const { id, clause, means, value } = target;
  const open = { id, clause, means, threshold: value, humanCheck: null, evidence: null };
  if (target.assess === 'not-yet-measured') {
    return { ...open, status: 'INDETERMINATE', reasons: [REASONS.NOT_YET_MEASURED] };
  }
  return { ...open, ...judgeMeasure(target.measure, figure!, asOf) };
}

/** Full years (满) are reached on the anniversary itself; one that begins on 29 February is full on the month's last day. */
function judgeYears(
  { years, humanCheck }: Condition & { assess: 'years-operating' },
  registered: RegisteredSubject | null,
  day: LocalDate,
): Pick<ConditionVerdict, 'status' | 'reasons' | 'threshold' | 'humanCheck' | 'evidence'> {
  const asked = {
    threshold: String(years),
    humanCheck: humanCheck === null ? null : { question: humanCheck, status: 'OPEN' as const },
    evidence: null,
  };
  if (registered === null) return { ...asked, status: 'INDETERMINATE', reasons: [REASONS.NOT_REGISTERED] };
  const { operatingSince, position } = registered;
  if (operatingSince === null) return { ...asked, status: 'INDETERMINATE', reasons: [REASONS.DATE_UNKNOWN] };
  const fullOn = addYears(operatingSince, years);
  const met = fullOn <= day;
  return {
    ...asked,
    status: met ? 'MET' : 'NOT_MET',
    reasons: met && humanCheck !== null ? [REASONS.HUMAN_CHECK_OPEN] : [],
    evidence: { operatingSince, fullOn, evaluatedOn: day, position },
  };
}

function summary(
  programme: Programme,
  subject: string,
  subjectType: string,
  conditions: readonly ConditionVerdict[],
  asOf: KnownAsOf,
): Verdict {
  return {
    programme: programme.id,
    title: programme.title,
    subject,
    subjectType,
    overall: overallOf(conditions.map(({ status }) => status)),
    conditions,
    asOf: { instant: formatInstant(asOf.instant), position: asOf.position },
    defaults: programme.defaults,
  };
}

/** One condition not met decides; otherwise one that nobody can tell leaves it open. */
export function overallOf(statuses: readonly Status[]): Status {
  if (statuses.includes('NOT_MET')) return 'NOT_MET';
  return statuses.includes('INDETERMINATE') || statuses.length === 0 ? 'INDETERMINATE' : 'MET';
}

export function unknownProgramme(id: string): Refusal {
  return refuse('notFound', 'UNKNOWN_PROGRAMME', `there is no programme ${id}`, 'programme');
}
