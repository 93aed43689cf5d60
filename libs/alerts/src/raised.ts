import { epochDay, epochDayOf, type Instant } from '#kernel';
import type { AlertPolicy } from './alert-policy.ts';
import type { AlertDocument } from './views/alerts.ts';

/** Why an alert is raised, in numbers. */
export interface Raised {
  /** What was counted, and what it is held against. */
  readonly count: number;
  readonly threshold: number;
  /** Of a spike: complaints of the mean week before, times a hundred. */
  readonly meanTimes100?: number;
}

/** Whether it is an alert at a moment; undefined when it is none (any more). */
export function raisedAt(doc: AlertDocument, now: Instant, policy: AlertPolicy): Raised | undefined {
  const today = epochDayOf(now);
  switch (doc.kind) {
    case 'group':
      return raisedByGroup(doc, today, policy.group);
    case 'unit-spike':
    case 'sector-spike':
    case 'region-spike':
      return raisedBySpike(doc, today, policy.spike);
    case 'unanswered': {
      const count = today - epochDay(doc.lastOn);
      return count > policy.unanswered.days ? { count, threshold: policy.unanswered.days } : undefined;
    }
  }
}

/** Different people within the days up to today. */
function raisedByGroup({ received }: AlertDocument, today: number, { complainants, days }: AlertPolicy['group']) {
  const people = new Set(received.filter(({ day }) => day > today - days && day <= today).map(({ who }) => who));
  return people.size >= complainants ? { count: people.size, threshold: complainants } : undefined;
}

const WEEK = 7;
const WEEKS_BEFORE = 4;

/** The last seven days against the mean of the four weeks before; without any complaint before, the least number decides. */
function raisedBySpike({ received }: AlertDocument, today: number, { atLeast, percentOfMean }: AlertPolicy['spike']) {
  const between = (from: number, to: number) =>
    received.filter(({ day }) => day > from && day <= to).reduce((sum, { count }) => sum + count, 0);
  const count = between(today - WEEK, today);
  const before = between(today - WEEK * (WEEKS_BEFORE + 1), today - WEEK);
  // count > percent/100 × before/4, in whole numbers.
  const isSpike = count >= atLeast && count * 100 * WEEKS_BEFORE > percentOfMean * before;
  return isSpike ? { count, threshold: atLeast, meanTimes100: (before * 100) / WEEKS_BEFORE } : undefined;
}
