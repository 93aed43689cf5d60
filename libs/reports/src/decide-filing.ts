import { notByAPerson, notByTheHead } from '#access';
import type { Decide, DecisionContext, LocalDate } from '#kernel';
import { refuse } from '#kernel';
import { provisionsOn, readClock, type ClockReading, type Law } from '#law';
import { REPORT_CLOCKS } from './clocks.ts';
import type { DeclineFiling, FileReportedCase, NotifyReporter } from './commands.ts';
import type { ReportEvent } from './events.ts';
import { refuseFiling, refuseGround } from './filing.ts';
import type { FileReads } from './reads.ts';
import { ended, following, handling, under, inDispute, outOfBounds } from './refusals.ts';
import type { Known, Open, ReportState } from './report.ts';

// 立案、不予立案, and what the reporter is told of it.

type Rule<Command, Reads = Record<string, never>> = Decide<Command, ReportState, ReportEvent, Reads, Law>;

export const fileCase: Rule<FileReportedCase, FileReads> = handling((command, state, context, law) => {
  const { reads, today } = context as DecisionContext<FileReads>;
  const { conditions, violationEndedOn, gravity, caseId } = command;
  const finding = { conditions, ...(violationEndedOn && { violationEndedOn }), ...(gravity && { gravity }) };
  const refusal = notVerified(state) ?? notByTheHead(context) ?? refuseFiling(finding, state.receivedOn, law);
  if (refusal !== undefined) return refusal;
  if (caseId !== undefined) {
    const { enforcementCase } = reads;
    if (enforcementCase?.isFiled !== true) {
      return refuse('invalid', 'UNKNOWN_CASE', 'There is no such case that was filed.', 'caseId');
    }
    const elsewhere = outOfBounds(enforcementCase, context, 'caseId');
    if (elsewhere !== undefined) return elsewhere;
    if (enforcementCase.isOver)
      return refuse('conflict', 'CASE_DECIDED', 'That case takes nothing in any more.', 'caseId');
  }
  const clocks = reporterNotice(state, today, law);
  const data = {
    caseId: caseId ?? null,
    conditions,
    violationEndedOn: violationEndedOn ?? null,
    gravity: gravity ?? 'general',
    clocks,
  } as const;
  return [{ type: 'CaseFiled', ...under(clocks[0]), data }];
});

export const declineFiling: Rule<DeclineFiling> = handling(({ ground, unmet = [] }, state, context, law) => {
  const refusal = notVerified(state) ?? notByTheHead(context) ?? refuseGround(ground, unmet);
  if (refusal !== undefined) return refusal;
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) {
    return refuse('invalid', 'REASON_REQUIRED', 'Not filing a case needs a written reason.', 'reason');
  }
  const clocks = reporterNotice(state, context.today, law);
  return [{ type: 'CaseNotFiled', ...under(clocks[0]), data: { reason, ground, unmet, clocks } }];
});

/** Until 2026-04-14 whoever gave a name was to be told; Order 121 leaves that to other laws (S1 Art. 36). */
export const notifyReporter: Rule<NotifyReporter> = following(({ channel, basis = null }, state, context) => {
  if (!('decidedOn' in state)) {
    return state.status === 'repeat' || state.status === 'not-competent'
      ? ended(state)
      : refuse('conflict', 'FILING_NOT_DECIDED', 'Whether a case is filed was not decided yet.');
  }
  if (state.isAnonymous) return refuse('conflict', 'REPORTER_ANONYMOUS', 'Nobody is known who could be told.');
  if (state.isReporterTold) return refuse('conflict', 'ALREADY_NOTIFIED', 'The reporter was told before.');
  if (basis === null && provisionsOn(state.decidedOn).reporterIsTold === null) {
    const detail = `On ${state.decidedOn} no order had reporters told: name the law that demands it (S1 Art. 36).`;
    return refuse('conflict', 'NO_DUTY_TO_TELL_REPORTER', detail, 'basis');
  }
  return notByAPerson(context) ?? [{ type: 'ReporterNotifiedOfFiling', data: { channel, basis } }];
});

/** What was verified is there; and nobody decides while authorities dispute about who may (S1 Art. 33), as with complaints. */
function notVerified({ status, competence }: Open) {
  if (status === 'verified') return inDispute(competence);
  return refuse('conflict', 'VERIFICATION_NOT_COMPLETED', 'Filing is decided on what was verified (S4 Art. 18).');
}

/** 实名举报人告知 (L-07), where the law of the day of the decision has it. */
function reporterNotice({ isRealName }: Known, decidedOn: LocalDate, law: Law): readonly ClockReading[] {
  if (!isRealName || provisionsOn(decidedOn).reporterIsTold === null) return [];
  return [readClock({ clock: 'reporter-notice', rule: REPORT_CLOCKS['reporter-notice'], from: decidedOn }, law)];
}
