import { HEAD_ONLY, type Role } from '#access';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { ContextTable } from '#service';
import { evolveOrigin, unreadOrigin } from '#work-orders/events';
import { reportClockChanges } from './clocks.ts';
import {
  CompleteVerification,
  DeclineFiling,
  DesignateReportAuthority,
  ExtendVerification,
  FileReportedCase,
  InformIncompetent,
  MarkRepeatReport,
  MergeNewFacts,
  NotifyReporter,
  RaiseReportCompetenceDispute,
  ReceiveReport,
  ResolveReportCompetenceDispute,
  ResumeVerification,
  StartVerification,
  SuspendVerification,
  VerifyReportLateEntry,
} from './commands.ts';
import * as decide from './decide.ts';
import { REPORT_READERS, reportSchemas, type RecordedReportEvent } from './events.ts';
import {
  evolveCase,
  evolveDispute,
  evolveOtherReport,
  unreadCase,
  unreadDispute,
  unreadReport,
  type FileReads,
  type OtherReads,
  type ReceiveReads,
} from './reads.ts';
import { evolve, initial, type ReportState } from './report.ts';
import { reportsView } from './views/reports.ts';

const HANDLERS: readonly Role[] = ['officer', 'enforcement'];

/** Report (举报), whole: `POST /v1/reports…`, `GET /v1/reports…`. */
export const reportsTable: ContextTable<ReportState> = {
  collection: 'reports',
  category: 'report',
  title: 'report',
  schemas: reportSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedReportEvent),
  // No key that is bound to a subject reaches a report, least of all that of its respondent (S1 Art. 37).
  scopeOf: (state) => ({ region: state.status === 'none' ? null : state.handlingRegion, subject: null }),
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<ReceiveReport, ReportState, ReceiveReads>({
      action: 'receive',
      command: ReceiveReport,
      decide: decide.receive,
      roles: ['hotline', ...HANDLERS],
      summary: 'Receive a report (举报), anonymous or not',
      creates: true,
      scope: ({ handlingRegion }) => ({ region: handlingRegion, subject: null }),
      personal: {
        reporter: { name: 'reporterName', phone: 'reporterPhone' },
        respondent: { name: 'respondentName', address: 'respondentAddress' },
        content: { text: ['content'] },
      },
      correlation: ({ disputeId }) => disputeId ?? null,
      reads: {
        dispute: {
          stream: ({ disputeId }) => (disputeId === undefined ? null : `dispute-${disputeId}`),
          initial: unreadDispute,
          evolve: evolveDispute,
        },
        workOrder: {
          stream: ({ workOrderId }) => (workOrderId === undefined ? null : `workOrder-${workOrderId}`),
          initial: unreadOrigin,
          evolve: evolveOrigin,
        },
      },
    }),
    commandRow<InformIncompetent, ReportState>({
      action: 'inform-incompetent',
      command: InformIncompetent,
      decide: decide.informIncompetent,
      roles: HANDLERS,
      summary: 'Tell the reporter that another authority is competent',
    }),
    commandRow<MarkRepeatReport, ReportState, OtherReads>({
      action: 'mark-repeat',
      command: MarkRepeatReport,
      decide: decide.markRepeat,
      roles: HANDLERS,
      summary: 'Find that it repeats an earlier report, and is not handled apart from it (不再另行处理)',
      reads: {
        other: {
          stream: ({ earlierReport }) => `report-${earlierReport}`,
          initial: unreadReport,
          evolve: evolveOtherReport,
        },
      },
    }),
    commandRow<MergeNewFacts, ReportState, OtherReads>({
      action: 'merge-new-facts',
      command: MergeNewFacts,
      decide: decide.mergeNewFacts,
      roles: HANDLERS,
      summary: 'Take in the new facts of a later report: the time counts from that one on',
      personal: { content: { text: ['content'] } },
      reads: {
        other: {
          stream: ({ laterReport }) => (laterReport === undefined ? null : `report-${laterReport}`),
          initial: unreadReport,
          evolve: evolveOtherReport,
        },
      },
    }),
    commandRow<RaiseReportCompetenceDispute, ReportState>({
      action: 'raise-competence-dispute',
      command: RaiseReportCompetenceDispute,
      decide: decide.raiseCompetenceDispute,
      roles: HANDLERS,
      summary: 'Say that competence is in dispute with another authority (管辖争议)',
    }),
    commandRow<ResolveReportCompetenceDispute, ReportState>({
      action: 'resolve-competence-dispute',
      command: ResolveReportCompetenceDispute,
      decide: decide.resolveCompetenceDispute,
      roles: HANDLERS,
      summary: 'Agree on the competent authority, or ask the one above both',
    }),
    commandRow<DesignateReportAuthority, ReportState>({
      action: 'designate-authority',
      command: DesignateReportAuthority,
      decide: decide.designateAuthority,
      roles: HANDLERS,
      summary: 'Designate the competent authority (指定管辖)',
    }),
    commandRow<StartVerification, ReportState>({
      action: 'start-verification',
      command: StartVerification,
      decide: decide.startVerification,
      roles: HANDLERS,
      summary: 'Begin to verify what was reported (核查)',
    }),
    commandRow<ExtendVerification, ReportState>({
      action: 'extend-verification',
      command: ExtendVerification,
      decide: decide.extendVerification,
      roles: HEAD_ONLY,
      summary: 'Grant more time for the verification, as the head and before the deadline',
    }),
    commandRow<SuspendVerification, ReportState>({
      action: 'suspend-verification',
      command: SuspendVerification,
      decide: decide.suspendVerification,
      roles: HANDLERS,
      summary: 'Begin testing or the like, whose time is not counted',
    }),
    commandRow<ResumeVerification, ReportState>({
      action: 'resume-verification',
      command: ResumeVerification,
      decide: decide.resumeVerification,
      roles: HANDLERS,
      summary: 'End testing or the like: the time runs on',
    }),
    commandRow<CompleteVerification, ReportState>({
      action: 'complete-verification',
      command: CompleteVerification,
      decide: decide.completeVerification,
      roles: HANDLERS,
      summary: 'The facts are known; whether a case is filed is still to be decided',
    }),
    commandRow<FileReportedCase, ReportState, FileReads>({
      action: 'file-case',
      command: FileReportedCase,
      decide: decide.fileCase,
      roles: HEAD_ONLY,
      summary: 'Decide, as the head, that a case is filed (立案)',
      reads: {
        enforcementCase: {
          stream: ({ caseId }) => (caseId === undefined ? null : `case-${caseId}`),
          initial: unreadCase,
          evolve: evolveCase,
        },
      },
    }),
    commandRow<DeclineFiling, ReportState>({
      action: 'decline-filing',
      command: DeclineFiling,
      decide: decide.declineFiling,
      roles: HEAD_ONLY,
      summary: 'Decide, as the head, that no case is filed (不予立案)',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<NotifyReporter, ReportState>({
      action: 'notify-reporter',
      command: NotifyReporter,
      decide: decide.notifyReporter,
      roles: HANDLERS,
      summary: 'Tell the reporter whether a case was filed, where a law demands it',
    }),
    commandRow<VerifyReportLateEntry, ReportState>({
      action: 'verify-late-entry',
      command: VerifyReportLateEntry,
      decide: decide.verifyLateEntry,
      roles: [...HANDLERS, 'head'],
      summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
    }),
  ],
  processCommands: [
    commandRow<AmendDeadline, ReportState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: decide.amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => reportClockChanges(event as RecordedReportEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: reportsView,
      filters: {
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        status: 'status',
        disputeId: 'disputeId',
      },
      sort: { field: 'receivedAt', order: 'desc' },
      roles: REPORT_READERS,
      isGuarded: true,
      summary: 'Reports, newest first, for those who handle and audit them',
      scopeOf: ({ handlingRegion }) => ({ region: handlingRegion, subject: null }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: {
        reporter: 'reporter',
        respondent: 'respondent',
        content: 'content',
        reason: 'reason',
        newFactsContent: 'newFacts.content',
      },
    }),
  ],
};
