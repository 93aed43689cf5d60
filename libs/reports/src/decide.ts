import { notByAPerson } from '#access';
import { refuseMerged } from '#disputes/events';
import type { Decide, DecisionContext, Refusal } from '#kernel';
import { normaliseUscc, refuse, startOfDay } from '#kernel';
import {
  amendedReading,
  provisionsOn,
  readAgain,
  readClock,
  refuseVerification,
  type ClockReading,
  type Law,
} from '#law';
import type { AmendDeadline } from '#service';
import { refuseProcedure, type WorkOrderOrigin } from '#work-orders/events';
import { REPORT_CLOCKS } from './clocks.ts';
import type {
  InformIncompetent,
  MarkRepeatReport,
  MergeNewFacts,
  ReceiveReport,
  VerifyReportLateEntry,
} from './commands.ts';
import type { ReportEvent, ReportEvents } from './events.ts';
import type { OtherReads, OtherReport, ReceiveReads } from './reads.ts';
import { handling, under, unknownReport, inDispute, outOfBounds } from './refusals.ts';
import type { Known, ReportState } from './report.ts';

export { designateAuthority, raiseCompetenceDispute, resolveCompetenceDispute } from './competence.ts';
export { declineFiling, fileCase, notifyReporter } from './decide-filing.ts';
export {
  completeVerification,
  extendVerification,
  resumeVerification,
  startVerification,
  suspendVerification,
} from './verification.ts';

type Rule<Command, Reads = Record<string, never>> = Decide<Command, ReportState, ReportEvent, Reads, Law>;

export const receive: Rule<ReceiveReport, ReceiveReads> = (command, state, { persons, reads, today }, law) => {
  if (state.status !== 'none') return refuse('conflict', 'REPORT_EXISTS', 'This report was received before.');
  const { content, reporter } = persons;
  if (content === undefined) {
    return refuse('invalid', 'CONTENT_REQUIRED', 'A report brings a clue and its facts (Art. 28).', 'content');
  }
  const { dispute } = reads;
  if (command.disputeId !== undefined && dispute === undefined) {
    return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  }
  const refusal = refuseMerged(dispute?.mergedInto ?? null, 'disputeId') ?? badOrigin(command, reads.workOrder);
  if (refusal !== undefined) return refusal;
  const verification = readClock({ clock: 'verification', rule: REPORT_CLOCKS.verification, from: today }, law);
  const { authority, handlingRegion, evidence = [] } = command;
  const data: ReportEvents['ReportReceived'] = {
    authority,
    handlingRegion,
    respondentUscc: writtenUscc(command.respondentUscc) ?? dispute?.respondentUscc ?? null,
    respondentRegion: command.respondentRegion ?? dispute?.respondentRegion ?? null,
    respondent: persons['respondent']?.personId ?? null,
    reporter: reporter?.personId ?? null,
    reporterTokens: reporter?.tokens ?? {},
    isRealName: reporter?.tokens.name !== undefined && reporter.tokens.phone !== undefined,
    content: content.personId,
    evidence,
    sector: command.sector ?? null,
    channel: command.channel ?? null,
    disputeId: command.disputeId ?? null,
    workOrderId: command.workOrderId ?? null,
    clocks: [verification],
  };
  return [{ type: 'ReportReceived', ...under(verification), data }];
};

/** A mixed letter is split before a report is received from it (S1 Art. 9); what is no report at all leads to none. */
function badOrigin({ workOrderId }: ReceiveReport, workOrder: WorkOrderOrigin | undefined): Refusal | undefined {
  if (workOrderId === undefined) return undefined;
  if (workOrder !== undefined) return refuseProcedure(workOrder, 'report');
  return refuse('invalid', 'UNKNOWN_WORK_ORDER', 'There is no work order with this id.', 'workOrderId');
}

/** Not while another authority disputes it: what comes of that is the answer. */
export const informIncompetent: Rule<InformIncompetent> = handling(({ channel, competentAuthority = null }, state) => {
  const refusal = inDispute(state.competence);
  if (refusal !== undefined) return refusal;
  if (state.status === 'verified') {
    return refuse('conflict', 'VERIFICATION_COMPLETED', 'It was verified: whether a case is filed is to be decided.');
  }
  const isNobodyKnown = state.isAnonymous && { isAnonymous: true as const };
  return [{ type: 'ReporterToldOfCompetentAuthority', data: { competentAuthority, channel, ...isNobodyKnown } }];
});

/** Only a person can tell that reporter and facts are the same; what plainly speaks against it is refused (T-18). */
export const markRepeat: Rule<MarkRepeatReport, OtherReads> = handling(({ earlierReport }, state, context) => {
  const { id, reads } = context as DecisionContext<OtherReads>;
  const earlier = reads.other;
  if (earlierReport === id) {
    return refuse('invalid', 'REPORT_ITSELF', 'A report does not repeat itself.', 'earlierReport');
  }
  if (earlier === undefined) return refuse('invalid', 'UNKNOWN_REPORT', 'There is no such report.', 'earlierReport');
  const refusal = outOfBounds(earlier, context, 'earlierReport') ?? notTheSame(earlier, state, 'earlierReport');
  if (refusal !== undefined) return refusal;
  if (earlier.receivedOn! > state.receivedOn) {
    return refuse('invalid', 'REPORT_NOT_EARLIER', 'That report was received after this one.', 'earlierReport');
  }
  if (earlier.ended !== null) {
    const detail = 'That report was not processed itself: it repeats another one, or was not the authority’s.';
    return refuse('conflict', 'EARLIER_NOT_PROCESSED', detail, 'earlierReport');
  }
  const newFacts = earlier.takenIn.includes(id);
  return [{ type: 'RepeatReportNotProcessed', data: { earlierReport, ...(newFacts && { newFacts }) } }];
});

/**
 * From 2026-04-15 on new facts start the clock again from the day of the last report; before, they were handled together and
 * moved nothing. One that is taken in late and came before another that was taken in moves nothing either: the last one counts.
 * What stood still when they came stands still on, and what was verified is verified anew.
 */
export const mergeNewFacts: Rule<MergeNewFacts, OtherReads> = handling((command, state, context, law) => {
  const { id, reads, persons, today } = context as DecisionContext<OtherReads>;
  const { laterReport = null, workOrderId = null } = command;
  if (laterReport !== null) {
    const { other } = reads;
    if (laterReport === id)
      return refuse('invalid', 'REPORT_ITSELF', 'A report does not repeat itself.', 'laterReport');
    if (other === undefined) return refuse('invalid', 'UNKNOWN_REPORT', 'There is no such report.', 'laterReport');
    if (state.takenIn.includes(laterReport)) return [];
    const refusal = outOfBounds(other, context, 'laterReport') ?? notTheSame(other, state, 'laterReport');
    if (refusal !== undefined) return refusal;
  } else if (state.isAnonymous) return sameReporterNotEstablished();
  const receivedOn = reads.other?.receivedOn ?? command.receivedOn ?? today;
  if (receivedOn < state.receivedOn || receivedOn > today) {
    const detail = `The last report came between ${state.receivedOn} and ${today}.`;
    return refuse('invalid', 'NOT_A_LATER_REPORT', detail, laterReport === null ? 'receivedOn' : 'laterReport');
  }
  const content = persons['content']?.personId;
  if (content === undefined) {
    return refuse('invalid', 'CONTENT_REQUIRED', 'What is new about it must be said.', 'content');
  }
  const isLast = receivedOn > state.lastOn || state.clocks.verification === undefined;
  const isRestarted = isLast && provisionsOn(receivedOn).newFactsRestartVerification !== null;
  const clocks = isRestarted ? [readClock({ clock: 'verification', rule: 'L-06', from: receivedOn }, law)] : [];
  const data = { receivedOn, workOrderId, laterReport, content, clocks };
  const merged: ReportEvent = { type: 'ReportMergedWithNewFacts', ...under(clocks[0]), data };
  return [merged, ...(isRestarted ? stillStanding(state, receivedOn, law) : [])];
});

/** What goes on from before the new start, on the clock that has started again. */
function stillStanding({ standstills, clocks }: Known, from: string, law: Law): ReportEvent[] {
  const { verification } = clocks;
  if (verification === undefined) return [];
  const opened = readClock({ clock: 'verification', rule: 'L-06', from }, law);
  const restarted = { ...verification, rule: opened.rule, from, extensions: [], suspensions: [] };
  const suspensions = standstills.open.map(({ standstill: id, kind: reason }) => ({ id, from, to: null, reason }));
  return standstills.open.map(({ standstill, kind }, index) => {
    const readings: ClockReading[] = [readAgain(restarted, law, { suspensions: suspensions.slice(0, index + 1) })];
    return {
      type: 'VerificationSuspended',
      occurredAt: startOfDay(from),
      data: { standstill, kind, goesOn: true, clocks: readings },
    };
  });
}

export const verifyLateEntry: Rule<VerifyReportLateEntry> = ({ clock, reason, evidence }, state, context) => {
  if (state.status === 'none') return unknownReport();
  const refusal = notByAPerson(context);
  if (refusal !== undefined) return refusal;
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const data = { clock, reason, evidence };
  return refuseVerification(state.clocks, clock, context.actor.id) ?? [{ type: 'ReportLateEntryVerified', data }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownReport();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'ReportDeadlineAmended', ...under(amended), data: amended }];
};

/** The same reporter and the same respondent are part of what a repeat is (S1 Art. 35(2)). */
function notTheSame(
  other: OtherReport,
  { isAnonymous, reporterTokens, respondentUscc }: Known,
  field: string,
): Refusal | undefined {
  if (isAnonymous || other.isAnonymous) return sameReporterNotEstablished();
  if (areOthers(reporterTokens, other.reporterTokens)) {
    return refuse('conflict', 'REPORTER_MISMATCH', 'Name and number of the two reporters are different.', field);
  }
  if (respondentUscc !== null && other.respondentUscc !== null && respondentUscc !== other.respondentUscc) {
    return refuse('conflict', 'RESPONDENT_MISMATCH', 'The two reports are about different respondents.', field);
  }
  return undefined;
}

/** Of one who gives another name and another number nothing says that it is the same person; either may change alone. */
function areOthers(one: Known['reporterTokens'], other: Known['reporterTokens']): boolean {
  return (['name', 'phone'] as const).every(
    (kind) => one[kind] !== undefined && other[kind] !== undefined && one[kind] !== other[kind],
  );
}

function sameReporterNotEstablished(): Refusal {
  const detail = 'Of an anonymous report nobody can say that it comes from the same reporter.';
  return refuse('conflict', 'SAME_REPORTER_NOT_ESTABLISHED', detail);
}

function writtenUscc(uscc: string | undefined): string | undefined {
  return uscc === undefined ? undefined : (normaliseUscc(uscc) ?? uscc);
}
