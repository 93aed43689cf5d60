import { HEAD_ONLY, type Role } from '#access';
import { idAfter } from '#criminal-referral/events';
import { REPORT_READERS } from '#reports/events';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { CommandClass, ContextTable } from '#service';
import { caseClockChanges } from './clocks.ts';
import * as commands from './commands.ts';
import * as decide from './decide.ts';
import { evolve, initial, type CaseState } from './enforcement-case.ts';
import { caseSchemas, type RecordedCaseEvent } from './events.ts';
import {
  evolveComplaint,
  evolveMediation,
  evolveReferral,
  evolveReport,
  unreadComplaint,
  unreadMediation,
  unreadReferral,
  unreadReport,
  type ComplaintReads,
  type DecideReads,
  type OpenReads,
  type ReportReads,
} from './reads.ts';
import type { Rule } from './refusals.ts';
import { idOfMatter } from './matter.ts';
import { casesView } from './views/cases.ts';

const HANDLERS: readonly Role[] = ['officer', 'enforcement'];

/** A step on a case, or a clue, that was taken up. */
const step = <Command extends object>(
  action: string,
  command: CommandClass<Command>,
  rule: Rule<Command>,
  summary: string,
  roles: readonly Role[] = HANDLERS,
) => commandRow<Command, CaseState>({ action, command, decide: rule, roles, summary });

const { ExtendClueVerification, SuspendClueVerification, ResumeClueVerification } = commands;

/** Case (案件), whole: `POST /v1/cases…`, `GET /v1/cases…`. */
export const casesTable: ContextTable<CaseState> = {
  collection: 'cases',
  category: 'case',
  title: 'case',
  schemas: caseSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedCaseEvent),
  // A case may tell of a report: no key that is bound to a subject reaches it.
  scopeOf: (state) => ({ region: state.status === 'none' ? null : state.matter.handlingRegion, subject: null }),
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<commands.OpenCase, CaseState, OpenReads>({
      action: 'open',
      command: commands.OpenCase,
      decide: decide.open,
      roles: HANDLERS,
      summary: 'Take up a matter: a clue to be verified, or a case on a report whose filing was decided',
      creates: true,
      id: idOfMatter,
      scope: ({ handlingRegion }) => ({ region: handlingRegion, subject: null }),
      personal: {
        respondent: { name: 'respondentName', address: 'respondentAddress' },
        content: { text: ['content'] },
      },
      correlation: ({ clueId }, _state, _id, { report, mediation, complaint }) =>
        report?.disputeId ??
        mediation?.clues.find((clue) => clue.clueId === clueId)?.disputeId ??
        complaint?.disputeId ??
        null,
      reads: {
        report: {
          stream: ({ reportId }) => (reportId === undefined ? null : `report-${reportId}`),
          initial: unreadReport,
          evolve: evolveReport,
        },
        mediation: {
          stream: ({ mediationId }) => (mediationId === undefined ? null : `mediation-${mediationId}`),
          initial: unreadMediation,
          evolve: evolveMediation,
        },
        complaint: {
          stream: ({ complaintId }) => (complaintId === undefined ? null : `complaint-${complaintId}`),
          initial: unreadComplaint,
          evolve: evolveComplaint,
        },
      },
    }),
    step(
      'extend-clue-verification',
      ExtendClueVerification,
      decide.extendClue,
      'Grant more time to verify the clue, as the head and before the deadline',
      HEAD_ONLY,
    ),
    step(
      'suspend-clue-verification',
      SuspendClueVerification,
      decide.suspendClue,
      'Begin testing or the like, whose time is not counted for the clue',
    ),
    step(
      'resume-clue-verification',
      ResumeClueVerification,
      decide.resumeClue,
      'End testing or the like: the time of the clue runs on',
    ),
    step(
      'complete-clue-verification',
      commands.CompleteClueVerification,
      decide.completeClue,
      'The clue is verified; whether a case is filed is still to be decided',
    ),
    step(
      'file',
      commands.FileClueAsCase,
      decide.fileClue,
      'Decide, as the head, that a case is filed (立案); its complaint is converted',
      HEAD_ONLY,
    ),
    commandRow<commands.DeclineClue, CaseState>({
      action: 'decline',
      command: commands.DeclineClue,
      decide: decide.declineClue,
      roles: HEAD_ONLY,
      summary: 'Decide, as the head, that no case is filed on the clue (不予立案)',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<commands.ConvertComplaint, CaseState, ComplaintReads>({
      action: 'convert-complaint',
      command: commands.ConvertComplaint,
      decide: decide.convertComplaint,
      roles: HANDLERS,
      summary: 'Convert a complaint to this case (诉转案); the complaint goes on',
      correlation: (_command, state, _id, { complaint }) =>
        complaint?.disputeId ?? (state.status === 'none' ? null : state.disputeId),
      reads: {
        complaint: {
          stream: ({ complaintId }) => `complaint-${complaintId}`,
          initial: unreadComplaint,
          evolve: evolveComplaint,
        },
      },
    }),
    commandRow<commands.LinkCaseReport, CaseState, ReportReads>({
      action: 'link-report',
      command: commands.LinkCaseReport,
      decide: decide.linkReport,
      roles: HANDLERS,
      summary: 'Take in another report whose filing was decided',
      correlation: (_command, state, _id, { report }) =>
        report?.disputeId ?? (state.status === 'none' ? null : state.disputeId),
      reads: {
        report: { stream: ({ reportId }) => `report-${reportId}`, initial: unreadReport, evolve: evolveReport },
      },
    }),
    step(
      'start-investigation',
      commands.StartInvestigation,
      decide.startInvestigation,
      'Begin to investigate, with at least two officers',
    ),
    step('suspend', commands.SuspendCase, decide.suspend, 'Begin what is not counted for the decision (中止, 检测, …)'),
    step('resume', commands.ResumeCase, decide.resume, 'End what was not counted: the time of the case runs on'),
    step(
      'extend',
      commands.ExtendCase,
      decide.extend,
      'Grant more time for the decision: the head, then the heads together',
      HEAD_ONLY,
    ),
    step(
      'request-assistance',
      commands.RequestAssistance,
      decide.requestAssistance,
      'Ask another authority for assistance',
    ),
    step(
      'record-assistance-delay',
      commands.RecordAssistanceDelay,
      decide.recordAssistanceDelay,
      'Write down that the other authority takes longer',
    ),
    step(
      'record-assistance',
      commands.RecordAssistance,
      decide.recordAssistance,
      'Write down that the assistance came',
    ),
    step(
      'suspect-crime',
      commands.SuspectCrime,
      decide.suspectCrime,
      'Find that a crime is suspected, which is to be referred',
    ),
    step('submit-for-review', commands.SubmitForReview, decide.submitForReview, 'Submit the case for review (审核)'),
    step(
      'extend-review',
      commands.ExtendReview,
      decide.extendReview,
      'Grant more time for the review, as the head',
      HEAD_ONLY,
    ),
    step('review', commands.ReviewCase, decide.review, 'Review the case: agree, or send it back', [
      ...HANDLERS,
      'head',
    ]),
    step(
      'serve-notice',
      commands.ServePenaltyNotice,
      decide.serveNotice,
      'Tell the party of the penalty to come (告知)',
    ),
    commandRow<commands.RecordPartyStatement, CaseState>({
      action: 'record-statement',
      command: commands.RecordPartyStatement,
      decide: decide.recordStatement,
      roles: HANDLERS,
      summary: 'Write down what the party says (陈述申辩)',
      personal: { statement: { text: ['statement'] } },
    }),
    step(
      'waive-statement',
      commands.WaiveStatement,
      decide.waiveStatement,
      'Write down that the party gives up statement and hearing',
    ),
    step(
      'request-hearing',
      commands.RequestHearing,
      decide.requestHearing,
      'Write down that the party asks for a hearing (听证)',
    ),
    step('start-hearing', commands.StartHearing, decide.startHearing, 'Begin the hearing, whose time is not counted'),
    step('end-hearing', commands.EndHearing, decide.endHearing, 'End the hearing: the time runs on'),
    commandRow<commands.DecideCase, CaseState, DecideReads>({
      action: 'decide',
      command: commands.DecideCase,
      decide: decide.decideCase,
      roles: HEAD_ONLY,
      summary: 'Decide the case, as the head (处理决定)',
      reads: {
        referral: {
          stream: ({ criminalReferralId }) =>
            criminalReferralId === undefined ? null : `crimref-${criminalReferralId}`,
          initial: unreadReferral,
          evolve: evolveReferral,
        },
        later: {
          stream: ({ criminalReferralId }) =>
            criminalReferralId === undefined ? null : `crimref-${idAfter(criminalReferralId)}`,
          initial: unreadReferral,
          evolve: evolveReferral,
        },
      },
    }),
    step(
      'publish-service-notice',
      commands.PublishServiceNotice,
      decide.publishServiceNotice,
      'Serve the decision by public notice (公告送达)',
    ),
    step('serve', commands.ServeDecision, decide.serve, 'Write down that the decision was served (送达)'),
    step('publish-penalty', commands.PublishPenalty, decide.publishPenalty, 'Publish the penalty (公示)'),
    step(
      'hand-over-penalty',
      commands.HandOverPenalty,
      decide.handOverPenalty,
      'Hand the penalty to the authority of the party’s own province',
    ),
    step(
      'revise-penalty',
      commands.RevisePenalty,
      decide.revisePenalty,
      'Write down that the penalty was changed or does not stand',
    ),
    step(
      'withdraw-publication',
      commands.WithdrawPenaltyPublication,
      decide.withdrawPublication,
      'Withdraw what was published of a penalty that was revised',
    ),
    step(
      'record-execution',
      commands.RecordExecution,
      decide.recordExecution,
      'Write down that the decision was executed (执行)',
    ),
    step(
      'submit-closing-form',
      commands.SubmitClosingForm,
      decide.submitClosingForm,
      'Ask the head to close the case (结案审批表)',
    ),
    step('close', commands.CloseCase, decide.close, 'Close the case, as the head (结案)', HEAD_ONLY),
    step(
      'verify-late-entry',
      commands.VerifyCaseLateEntry,
      decide.verifyLateEntry,
      'Verify, as a second person, that what was entered after a deadline had been done before it',
      [...HANDLERS, 'head'],
    ),
  ],
  processCommands: [
    commandRow<AmendDeadline, CaseState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: decide.amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => caseClockChanges(event as RecordedCaseEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: casesView,
      filters: {
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        status: 'status',
        disputeId: 'disputeId',
      },
      sort: { field: 'openedAt', order: 'desc' },
      roles: REPORT_READERS,
      isGuarded: true,
      summary: 'Cases and the clues of cases, newest first',
      scopeOf: ({ handlingRegion }) => ({ region: handlingRegion, subject: null }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: {
        respondent: 'respondent',
        content: 'content',
        reason: 'reason',
        statement: 'statements.statement',
      },
    }),
  ],
};
