import { isInBounds, notByAPerson, notByTheHead } from '#access';
import type { Decision, DecisionContext, LocalDate, Refusal } from '#kernel';
import { normaliseUscc, refuse } from '#kernel';
import { readClock, type Law } from '#law';
import { refuseFiling, refuseGround } from '#reports/events';
import type { ConvertComplaint, DeclineClue, FileClueAsCase, LinkCaseReport, OpenCase } from './commands.ts';
import type { Case } from './enforcement-case.ts';
import type { CaseEvent, CaseMatter, ClueOrigin } from './events.ts';
import type { ComplaintReads, OpenReads, ReportRead, ReportReads } from './reads.ts';
import { inState, reading, under, type Rule } from './refusals.ts';

// 立案: how a matter becomes a case, and which reports and complaints it takes in.

/** As long as nothing is decided, what belongs to it may still be found. */
const OPEN = ['filed', 'investigating', 'suspended', 'in-review', 'reviewed', 'notified'] as const;

export const open: Rule<OpenCase, OpenReads> = (command, state, context, law) => {
  if (state.status !== 'none') return refuse('conflict', 'CASE_EXISTS', 'This matter was taken up before.');
  const refusal = notByAPerson(context) ?? mixedUp(command);
  if (refusal !== undefined) return refusal;
  if (context.persons['content'] === undefined) {
    return refuse('invalid', 'CONTENT_REQUIRED', 'It says what is known.', 'content');
  }
  return command.origin === 'report'
    ? openOnReport(command, context, law)
    : openOnClue(command, command.origin, context, law);
};

/** What a matter comes from and what it refers to must fit together. */
function mixedUp({ origin, reportId, mediationId, clueId, complaintId }: OpenCase): Refusal | undefined {
  const fields = { reportId: ['report'], mediationId: ['mediation'], complaintId: ['mediation'] } as const;
  const given = { reportId, mediationId, complaintId };
  for (const [field, origins] of Object.entries(fields)) {
    if (given[field as keyof typeof given] !== undefined && !(origins as readonly string[]).includes(origin)) {
      const detail = `${field} goes with origin ${origins.join(', ')} only.`;
      return refuse('invalid', 'SOURCE_NOT_APPLICABLE', detail, field);
    }
  }
  if (origin === 'report' && reportId === undefined) return sourceRequired('reportId');
  if (origin === 'mediation' && mediationId === undefined && complaintId === undefined) {
    return sourceRequired('complaintId');
  }
  if (mediationId !== undefined && clueId === undefined) return sourceRequired('clueId');
  if (mediationId === undefined && clueId !== undefined) {
    return refuse('invalid', 'SOURCE_NOT_APPLICABLE', 'A clue is found in a mediation.', 'clueId');
  }
  return undefined;
}

function sourceRequired(field: string): Refusal {
  return refuse('invalid', 'SOURCE_REQUIRED', `It names what it comes from: ${field}.`, field);
}

/** The head has decided on filing in the report: the case begins with that day. */
function openOnReport(command: OpenCase, context: DecisionContext<OpenReads>, law: Law): Decision<CaseEvent> {
  const { report } = context.reads;
  if (report === undefined) return refuse('invalid', 'UNKNOWN_REPORT', 'There is no such report.', 'reportId');
  const refusal = outOfBounds(report, context, 'reportId');
  if (refusal !== undefined) return refusal;
  if (report.filing === null) return filingNotDecided();
  const { filedOn, conditions, violationEndedOn, gravity, caseId } = report.filing;
  if (caseId !== null) {
    return refuse('conflict', 'FILED_WITH_ANOTHER_CASE', `It was filed as part of case ${caseId}.`, 'reportId');
  }
  if (context.today < filedOn) {
    return refuse('invalid', 'OPENED_BEFORE_FILING', `It was filed on ${filedOn}.`, 'occurredAt');
  }
  const decision = reading('case-decision', filedOn, law);
  const data = {
    ...matterOf(command, context, report),
    origin: command.origin,
    reportId: command.reportId!,
    disputeId: report.disputeId,
    ...{ filedOn, discoveredOn: report.receivedOn, conditions, violationEndedOn, gravity },
    clocks: [decision],
  };
  return [{ type: 'EnforcementCaseFiled', ...under(decision), data }];
}

/** L-04 for a clue found in mediation, L-05 for one that the authority has come upon otherwise. */
function openOnClue(
  command: OpenCase,
  origin: ClueOrigin,
  context: DecisionContext<OpenReads>,
  law: Law,
): Decision<CaseEvent> {
  const found = foundWhere(command, context);
  if ('refused' in found) return found;
  const { discoveredOn, disputeId, complaintId, respondentUscc } = found;
  const rule = origin === 'mediation' ? 'L-04' : 'L-05';
  const verification = readClock({ clock: 'clue-verification', rule, from: discoveredOn }, law);
  const known = { respondentUscc, respondentRegion: null, respondent: null, sector: null };
  const { mediationId = null, clueId = null } = command;
  const data = {
    ...matterOf(command, context, known),
    ...{ origin, clueId, mediationId, complaintId, disputeId, discoveredOn },
    clocks: [verification],
  };
  return [{ type: 'ClueVerificationStarted', ...under(verification), data }];
}

interface Found {
  readonly discoveredOn: LocalDate;
  readonly disputeId: string | null;
  readonly complaintId: string | null;
  readonly respondentUscc: string | null;
}

/** In a mediation that has recorded it, with a complaint, or by the authority itself. */
function foundWhere(
  { mediationId, clueId, complaintId }: OpenCase,
  context: DecisionContext<OpenReads>,
): Found | Refusal {
  const { reads, today } = context;
  const { mediation, complaint } = reads;
  if (mediationId !== undefined) {
    const clue = mediation?.clues.find((one) => one.clueId === clueId);
    if (clue === undefined) {
      return refuse('invalid', 'UNKNOWN_CLUE', 'No such clue was found in that mediation.', 'clueId');
    }
    if (complaintId !== undefined && complaintId !== clue.complaintId) {
      return refuse('conflict', 'COMPLAINT_MISMATCH', 'It was found with another complaint.', 'complaintId');
    }
    if (today < clue.foundOn) {
      return refuse('invalid', 'OPENED_BEFORE_DISCOVERY', `It was found on ${clue.foundOn}.`, 'occurredAt');
    }
    return outOfBounds(clue, context, 'mediationId') ?? { ...clue, discoveredOn: clue.foundOn };
  }
  if (complaintId === undefined) {
    return { discoveredOn: today, disputeId: null, complaintId: null, respondentUscc: null };
  }
  if (complaint === undefined) {
    return refuse('invalid', 'UNKNOWN_COMPLAINT', 'There is no such complaint.', 'complaintId');
  }
  return outOfBounds(complaint, context, 'complaintId') ?? { ...complaint, discoveredOn: today, complaintId };
}

function matterOf(
  command: OpenCase,
  { persons }: DecisionContext<OpenReads>,
  known: Pick<ReportRead, 'respondentUscc' | 'respondentRegion' | 'respondent' | 'sector'>,
): CaseMatter {
  const { authority, handlingRegion, respondentRegion = known.respondentRegion, sector = known.sector } = command;
  return {
    ...{ authority, handlingRegion, respondentRegion, sector },
    respondentUscc: writtenUscc(command.respondentUscc) ?? known.respondentUscc,
    respondent: persons['respondent']?.personId ?? known.respondent,
    content: persons['content']!.personId,
  };
}

/** 立案 on a verified clue; a complaint that it was found with becomes a case at that moment (诉转案), and goes on. */
export const fileClue: Rule<FileClueAsCase> = inState(['clue-verified'], (command, state, context, law) => {
  const { conditions, violationEndedOn, gravity } = command;
  const finding = { conditions, ...(violationEndedOn && { violationEndedOn }), ...(gravity && { gravity }) };
  const refusal = notByTheHead(context) ?? refuseFiling(finding, state.discoveredOn, law);
  if (refusal !== undefined) return refusal;
  const { matter, origin, disputeId, discoveredOn, clueId, complaintId } = state;
  const decision = reading('case-decision', context.today, law);
  const filed: CaseEvent = {
    type: 'EnforcementCaseFiled',
    ...under(decision),
    data: {
      ...matter,
      ...{ origin, reportId: null, disputeId, filedOn: context.today, discoveredOn, conditions },
      violationEndedOn: violationEndedOn ?? null,
      gravity: gravity ?? 'general',
      clocks: [decision],
    },
  };
  if (complaintId === null || disputeId === null) return [filed];
  return [filed, { type: 'ComplaintConvertedToCase', data: { complaintId, caseId: context.id, clueId, disputeId } }];
});

export const declineClue: Rule<DeclineClue> = inState(['clue-verified'], ({ ground, unmet = [] }, _, context) => {
  const refusal = notByTheHead(context) ?? refuseGround(ground, unmet);
  if (refusal !== undefined) return refusal;
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) {
    return refuse('invalid', 'REASON_REQUIRED', 'Not filing a case needs a written reason.', 'reason');
  }
  return [{ type: 'ClueNotFiled', data: { ground, unmet, reason } }];
});

/** Several complaints may be about what one case is about, and one complaint about several cases (T-43). */
export const convertComplaint: Rule<ConvertComplaint, ComplaintReads> = inState(
  OPEN,
  ({ complaintId }, state, context) => {
    const { complaint } = (context as DecisionContext<ComplaintReads>).reads;
    if (state.complaints.includes(complaintId)) return [];
    if (complaint === undefined || complaint.disputeId === null) {
      return refuse('invalid', 'UNKNOWN_COMPLAINT', 'There is no such complaint.', 'complaintId');
    }
    const refusal = outOfBounds(complaint, context, 'complaintId') ?? otherRespondent(state, complaint, 'complaintId');
    if (refusal !== undefined) return refusal;
    const { disputeId } = complaint;
    const data = { complaintId, caseId: context.id, clueId: state.clueId, disputeId };
    return [{ type: 'ComplaintConvertedToCase', data }];
  },
);

export const linkReport: Rule<LinkCaseReport, ReportReads> = inState(OPEN, ({ reportId }, state, context) => {
  const { report } = (context as DecisionContext<ReportReads>).reads;
  if (state.reports.includes(reportId)) return [];
  if (report === undefined) return refuse('invalid', 'UNKNOWN_REPORT', 'There is no such report.', 'reportId');
  const refusal = outOfBounds(report, context, 'reportId');
  if (refusal !== undefined) return refusal;
  if (report.filing === null) return filingNotDecided();
  return otherRespondent(state, report, 'reportId') ?? [{ type: 'CaseReportLinked', data: { reportId } }];
});

/**
 * Whoever may not read a report learns nothing of it by making a case of it (S1 Art. 37), and nobody changes what the complaints of
 * another authority are counted as.
 */
function outOfBounds(
  { handlingRegion }: { readonly handlingRegion: string },
  { bounds }: Pick<DecisionContext, 'bounds'>,
  field: string,
): Refusal | undefined {
  if (isInBounds(bounds, handlingRegion)) return undefined;
  return refuse('forbidden', 'OUT_OF_REGION', 'The key is bound to another region.', field);
}

function otherRespondent(
  { matter }: Case,
  { respondentUscc }: { readonly respondentUscc: string | null },
  field: string,
): Refusal | undefined {
  if (matter.respondentUscc === null || respondentUscc === null || matter.respondentUscc === respondentUscc) {
    return undefined;
  }
  return refuse('conflict', 'RESPONDENT_MISMATCH', 'The case is about another respondent.', field);
}

function filingNotDecided(): Refusal {
  return refuse(
    'conflict',
    'FILING_NOT_DECIDED',
    'The head has not decided to file a case on that report.',
    'reportId',
  );
}

function writtenUscc(uscc: string | undefined): string | undefined {
  return uscc === undefined ? undefined : (normaliseUscc(uscc) ?? uscc);
}
