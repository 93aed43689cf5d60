import type { WorkingCalendar } from '#calendar';
import { epochDay, epochDayOf, localDateFromEpochDay, type EpochDay, type Instant, type LocalDate } from '#kernel';
import type { AlertPolicy, AlertRule } from './alert-policy.ts';
import type { AlertDocument, Counted, EventAlertKind } from './views/alerts.ts';
import type { ConductKind } from './views/conduct.ts';

/** Why an alert is raised, in numbers. */
export interface Raised {
  /** What was counted, and what it is held against. */
  readonly count: number;
  readonly threshold: number;
  /** Of a share: what it is a share of, and the most hundredths of it that are no alert. */
  readonly total?: number;
  readonly percent?: number;
  /** Of a spike: complaints of the mean week before, times a hundred. */
  readonly meanTimes100?: number;
  /** Days that were counted, both included. */
  readonly window: { readonly from: LocalDate; readonly to: LocalDate };
  /** What was counted, by id. */
  readonly objects: readonly string[];
}

export const RULE_OF: Readonly<Record<EventAlertKind, AlertRule>> = {
  group: 'group',
  'unit-spike': 'spike',
  'sector-spike': 'spike',
  'region-spike': 'spike',
  unanswered: 'unanswered',
  reopened: 'reopened',
  split: 'split',
  'left-late': 'leftLate',
  malicious: 'malicious',
  withdrawn: 'withdrawn',
  'blacklisted-title': 'blacklistedTitle',
  'refused-read': 'refusedRead',
};

/** Whether it is an alert at a moment; undefined when it is none (any more). */
export function raisedAt(
  doc: AlertDocument,
  now: Instant,
  policy: AlertPolicy,
  calendar: WorkingCalendar,
): Raised | undefined {
  if (!policy[RULE_OF[doc.kind]].enabled) return undefined;
  const today = epochDayOf(now);
  switch (doc.kind) {
    case 'group':
      return raisedByGroup(doc, today, policy.group);
    case 'unit-spike':
    case 'sector-spike':
    case 'region-spike':
      return raisedBySpike(doc, today, policy.spike);
    case 'unanswered':
      return raisedByUnanswered(doc, today, policy.unanswered, calendar);
    case 'left-late':
      return raisedByLeaving(doc, today, policy.leftLate, calendar);
    case 'reopened':
    case 'split':
    case 'malicious':
    case 'withdrawn':
      return raisedByShare(doc, today, policy[doc.kind satisfies ConductKind]);
    case 'blacklisted-title':
      return raisedByListing(doc, today);
    case 'refused-read':
      return raisedByRefusals(doc, today, policy.refusedRead);
  }
}

/** Different people within the days up to today. */
function raisedByGroup({ counted }: AlertDocument, today: EpochDay, { complainants, days }: AlertPolicy['group']) {
  const within = between(counted, today - days, today);
  const count = new Set(within.map(({ who }) => who)).size;
  return count >= complainants
    ? { count, threshold: complainants, ...explained(within, today - days, today) }
    : undefined;
}

const WEEK = 7;
const WEEKS_BEFORE = 4;

/** The last seven days against the mean of the four weeks before; without any complaint before, the least number decides. */
function raisedBySpike(doc: AlertDocument, today: EpochDay, { atLeast, percentOfMean }: AlertPolicy['spike']) {
  const within = between(doc.counted, today - WEEK, today);
  const count = sumOf(within);
  const before = sumOf(between(doc.counted, today - WEEK * (WEEKS_BEFORE + 1), today - WEEK));
  // count > percent/100 × before/4, in whole numbers.
  const isSpike = count >= atLeast && count * 100 * WEEKS_BEFORE > percentOfMean * before;
  if (!isSpike) return undefined;
  const meanTimes100 = (before * 100) / WEEKS_BEFORE;
  return { count, threshold: atLeast, meanTimes100, ...explained(within, today - WEEK, today) };
}

function raisedByUnanswered(
  { of, lastOn }: AlertDocument,
  today: EpochDay,
  { workingDays: threshold }: AlertPolicy['unanswered'],
  calendar: WorkingCalendar,
) {
  const since = epochDay(lastOn);
  const count = calendar.workingDaysBetween(since, today);
  if (count <= threshold) return undefined;
  return { count, threshold, window: { from: lastOn, to: localDateFromEpochDay(today) }, objects: [of] };
}

/** More than so many hundredths of all, and so many that it is no chance. */
function raisedByShare(
  { counted }: AlertDocument,
  today: EpochDay,
  { atLeast, percent, days }: AlertPolicy['reopened'],
  isCounted: (one: Counted) => boolean = () => true,
) {
  const within = between(counted, today - days, today);
  const counting = within.filter(isCounted);
  const count = sumOf(counting);
  const total = within.reduce((sum, { of }) => sum + of, 0);
  if (count < atLeast || count * 100 <= percent * total) return undefined;
  return { count, threshold: atLeast, total, percent, ...explained(counting, today - days, today) };
}

/** Sent away with so few working days left that whoever gets it next must hurry, or when it was late already. */
function raisedByLeaving(
  doc: AlertDocument,
  today: EpochDay,
  rule: AlertPolicy['leftLate'],
  calendar: WorkingCalendar,
) {
  const isLate = ({ day, due }: Counted) =>
    due !== null && calendar.workingDaysBetween(day, epochDay(due)) <= rule.workingDays;
  return raisedByShare(doc, today, rule, isLate);
}

/** A unit on the list of serious violations may hold no title (T-50). */
function raisedByListing({ of, standing }: AlertDocument, today: EpochDay) {
  if (standing === undefined || standing.listedOn === null || standing.titles.length === 0) return undefined;
  const window = { from: standing.listedOn, to: localDateFromEpochDay(today) };
  return { count: standing.titles.length, threshold: 1, window, objects: [of] };
}

function raisedByRefusals({ counted }: AlertDocument, today: EpochDay, { atLeast, days }: AlertPolicy['refusedRead']) {
  const within = between(counted, today - days, today);
  const count = sumOf(within);
  return count >= atLeast ? { count, threshold: atLeast, ...explained(within, today - days, today) } : undefined;
}

/** After the one day, up to and with the other. */
function between(counted: readonly Counted[], after: EpochDay, to: EpochDay): readonly Counted[] {
  return counted.filter(({ day }) => day > after && day <= to);
}

function sumOf(counted: readonly Counted[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

function explained(counted: readonly Counted[], after: EpochDay, to: EpochDay): Pick<Raised, 'window' | 'objects'> {
  const window = { from: localDateFromEpochDay(after + 1), to: localDateFromEpochDay(to) };
  return { window, objects: [...new Set(counted.flatMap(({ objects }) => objects))].sort() };
}
