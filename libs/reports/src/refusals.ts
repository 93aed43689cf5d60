import { isInBounds, notByAPerson } from '#access';
import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { outOfTime, refuse, unreachable } from '#kernel';
import type { Law } from '#law';
import type { ReportEvent } from './events.ts';
import type { Open, ReportState } from './report.ts';

export { under } from '#law';

export type Standing = Exclude<ReportState, { readonly status: 'none' }>;

/** A step on a report that exists, not before the step it follows. */
export function following<Command, Reads = Record<string, never>>(
  rule: (command: Command, state: Standing, context: DecisionContext<Reads>, law: Law) => Decision<ReportEvent>,
): Decide<Command, ReportState, ReportEvent, Reads, Law> {
  return (command, state, context, law) => {
    if (state.status === 'none') return unknownReport();
    return outOfTime(state, context) ?? rule(command, state, context, law);
  };
}

/** A step of the procedure before filing is decided, by a person of the authority. */
export function handling<Command, Reads = Record<string, never>>(
  rule: (command: Command, state: Open, context: DecisionContext<Reads>, law: Law) => Decision<ReportEvent>,
): Decide<Command, ReportState, ReportEvent, Reads, Law> {
  return following((command: Command, state, context: DecisionContext<Reads>, law) => {
    if (!isOpen(state)) return ended(state);
    return notByAPerson(context) ?? rule(command, state, context, law);
  });
}

function isOpen(state: Standing): state is Open {
  return state.status === 'received' || state.status === 'verifying' || state.status === 'verified';
}

/** 处理权限争议: who is competent is not settled. */
export function inDispute(competence: Open['competence']): Refusal | undefined {
  if (competence === null) return undefined;
  return refuse('conflict', 'COMPETENCE_IN_DISPUTE', 'It is in dispute who is competent (S1 Art. 33).');
}

/**
 * What a command compares its report with, or puts it into, is what its key may see: or it would tell whether two reporters of
 * different authorities are one person (S1 Art. 37).
 */
export function outOfBounds(
  { handlingRegion }: { readonly handlingRegion: string },
  { bounds }: Pick<DecisionContext, 'bounds'>,
  field: string,
): Refusal | undefined {
  if (isInBounds(bounds, handlingRegion)) return undefined;
  return refuse('forbidden', 'OUT_OF_REGION', 'The key is bound to another region.', field);
}

export function unknownReport(): Refusal {
  return refuse('notFound', 'UNKNOWN_REPORT', 'There is no such report.');
}

export function ended({ status }: { readonly status: Exclude<Standing['status'], Open['status']> }): Refusal {
  switch (status) {
    case 'filed':
    case 'not-filed':
      return refuse('conflict', 'FILING_DECIDED', 'Whether a case is filed was decided before.');
    case 'repeat':
      return refuse('conflict', 'REPORT_IS_REPEAT', 'It repeats an earlier report and is not handled apart from it.');
    case 'not-competent':
      return refuse('conflict', 'NOT_COMPETENT', 'It is not this authority’s; the reporter was told so.');
    default:
      return unreachable(status);
  }
}

export function withoutClock(): Refusal {
  return refuse('conflict', 'CLOCK_NOT_KEPT', 'It was recorded before the clock of verification was kept.');
}
