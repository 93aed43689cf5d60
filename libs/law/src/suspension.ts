import { epochDay, Failure, type EpochDay, type LocalDate } from '#kernel';
import type { RuleVersion } from './rule.ts';

/**
 * 中止、不计入期限的时间: from its first to its last day, both not counted [INF: the texts say only that the time of an
 * appraisal is not counted, and an appraisal takes both days].
 */
export interface Suspension {
  readonly from: LocalDate;
  /** null: it has not ended. */
  readonly to: LocalDate | null;
  /** Why; without one it is taken to be a reason of the rule. */
  readonly reason?: string | undefined;
}

/** Days that are not counted, first to last; Infinity while it lasts. */
export interface Standstill {
  readonly from: EpochDay;
  readonly to: EpochDay;
}

/** Those that stop the clock, and those that do not: only the reasons of the rule version stop it (T-08). */
export function partSuspensions(
  version: RuleVersion,
  suspensions: readonly Suspension[],
): { readonly stopping: readonly Suspension[]; readonly withoutEffect: readonly Suspension[] } {
  const stops = ({ reason }: Suspension) => reason === undefined || version.suspendedBy.includes(reason);
  if (version.suspendedBy.length === 0 && suspensions.some(({ reason }) => reason === undefined)) {
    throw new Failure('SUSPENSION_NOT_ALLOWED', `nothing suspends ${version.id} (${version.source})`);
  }
  return { stopping: suspensions.filter(stops), withoutEffect: suspensions.filter((one) => !stops(one)) };
}

/** The union of suspensions, in order, none touching another. Throws `INVALID_SUSPENSION` when one ends before it begins. */
export function union(suspensions: readonly Suspension[]): readonly Standstill[] {
  const sorted = suspensions.map(standstill).sort((a, b) => a.from - b.from);
  const merged: { from: EpochDay; to: EpochDay }[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function standstill({ from, to }: Suspension): Standstill {
  if (to !== null && to < from) throw new Failure('INVALID_SUSPENSION', `the suspension from ${from} ends on ${to}`);
  return { from: epochDay(from), to: to === null ? Infinity : epochDay(to) };
}
