import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { ContextTable, StreamRead } from '#service';
import { mediationClockChanges } from './clocks.ts';
import {
  AcceptMediationApplication,
  AssignMediator,
  CancelSession,
  DecideRecusal,
  DeclineMediationApplication,
  DelegateMediation,
  DesignateAppraisalInstitution,
  DisputeAppraisalFee,
  FileRecord,
  IssueStatement,
  NotifyPartiesOfTermination,
  ProposeMediation,
  ReachAgreement,
  RecordAttendance,
  RecordBreach,
  RecordMediationConsent,
  RecordMediationRefusal,
  RecordPerformance,
  ReportViolationClue,
  RequestRecusal,
  ScheduleSession,
  SignAgreement,
  TerminateMediation,
  VerifyMediationLateEntry,
} from './commands.ts';
import {
  fileRecord,
  issueStatement,
  reachAgreement,
  recordBreach,
  recordPerformance,
  signAgreement,
} from './decide-agreement.ts';
import {
  assignMediator,
  cancelSession,
  decideRecusal,
  designateInstitution,
  disputeAppraisalFee,
  recordAttendance,
  requestRecusal,
  scheduleSession,
} from './decide-session.ts';
import { amendDeadline, notifyParties, terminate, verifyLateEntry } from './decide-termination.ts';
import { accept, consent, decline, delegate, propose, refuseMediation, reportClue } from './decide.ts';
import { evolveBody, noBody, type MediationBody } from './mediation-body.ts';
import { mediationSchemas, type RecordedMediationEvent } from './mediation-events.ts';
import { evolve, initial, type MediationState } from './mediation.ts';
import { evolveMediator, noMediator } from './mediator.ts';
import {
  evolveComplaint,
  evolveDispute,
  evolvePrevious,
  evolveReferral,
  unreadComplaint,
  unreadDispute,
  unreadPrevious,
  unreadReferral,
  type AgreementReads,
  type AssignmentReads,
  type AssignReads,
  type ComplaintRead,
  type DelegateReads,
  type DisputeRead,
  type LimitReads,
  type ProposeReads,
  type ReferralRead,
} from './reads.ts';
import type { RecordedMediationBodyEvent, RecordedMediatorEvent } from './roster-events.ts';
import { idOfMediation } from './succession.ts';
import { mediationsView } from './views/mediations.ts';

/** Who records what happens in a mediation: the authority, the body, and the court for which it mediates. */
const MEDIATING = ['officer', 'mediator', 'court'] as const;
const WITH_PARTIES = [...MEDIATING, 'hotline', 'merchant', 'public'] as const;

const bodyOf = <Command extends { readonly bodyId?: string }>(): StreamRead<
  Command,
  MediationState,
  MediationBody | undefined
> => ({
  stream: ({ bodyId }) => (bodyId === undefined ? null : `mediationBody-${bodyId}`),
  initial: noBody,
  evolve: (body, event) => evolveBody(body, event as RecordedMediationBodyEvent),
});

/** The dispute of a mediation that exists. */
const itsDispute: StreamRead<object, MediationState, DisputeRead | undefined> = {
  stream: (_, state) => (state.status === 'none' ? null : `dispute-${state.disputeId}`),
  initial: unreadDispute,
  evolve: evolveDispute,
};

/** The complaint that a mediation that exists is of. */
const itsComplaint: StreamRead<object, MediationState, ComplaintRead | undefined> = {
  stream: (_, state) =>
    state.status === 'none' || state.complaintId === null ? null : `complaint-${state.complaintId}`,
  initial: unreadComplaint,
  evolve: evolveComplaint,
};

/** The court's assignment that a mediation that exists carries out. */
const itsReferral: StreamRead<object, MediationState, ReferralRead | undefined> = {
  stream: (_, state) => (state.status === 'none' || state.referralId === null ? null : `referral-${state.referralId}`),
  initial: unreadReferral,
  evolve: evolveReferral,
};

/** Mediation (调解) of every kind, whole: `POST /v1/mediations…`, `GET /v1/mediations…`. */
export const mediationsTable: ContextTable<MediationState> = {
  collection: 'mediations',
  category: 'mediation',
  title: 'mediation',
  schemas: mediationSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedMediationEvent),
  scopeOf: (state) =>
    state.status === 'none'
      ? { region: null, subject: null }
      : { region: state.handlingRegion, subject: state.respondentUscc },
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<ProposeMediation, MediationState, ProposeReads>({
      action: 'propose',
      command: ProposeMediation,
      decide: propose,
      roles: [...MEDIATING, 'hotline'],
      summary: 'Open a mediation of a dispute, of any of the six kinds',
      creates: true,
      id: idOfMediation,
      scope: ({ handlingRegion }, { complaint, referral, dispute }) => ({
        region: complaint?.handlingRegion ?? referral?.handlingRegion ?? handlingRegion ?? null,
        subject: dispute?.respondentUscc ?? null,
      }),
      correlation: ({ disputeId }) => disputeId,
      authority: (_, { complaint }) => complaint?.authority ?? null,
      reads: {
        dispute: {
          stream: ({ disputeId }) => `dispute-${disputeId}`,
          initial: unreadDispute,
          evolve: evolveDispute,
        },
        complaint: {
          stream: ({ complaintId }) => (complaintId === undefined ? null : `complaint-${complaintId}`),
          initial: unreadComplaint,
          evolve: evolveComplaint,
        },
        referral: {
          stream: ({ referralId }) => (referralId === undefined ? null : `referral-${referralId}`),
          initial: unreadReferral,
          evolve: evolveReferral,
        },
        body: bodyOf<ProposeMediation>(),
        before: {
          stream: ({ afterMediationId }) => (afterMediationId === undefined ? null : `mediation-${afterMediationId}`),
          initial: unreadPrevious,
          evolve: evolvePrevious,
        },
      },
    }),
    commandRow<AcceptMediationApplication, MediationState>({
      action: 'accept',
      command: AcceptMediationApplication,
      decide: accept,
      roles: MEDIATING,
      summary: 'Take up as a body what it was asked to mediate (受理)',
    }),
    commandRow<DeclineMediationApplication, MediationState>({
      action: 'decline',
      command: DeclineMediationApplication,
      decide: decline,
      roles: MEDIATING,
      summary: 'Not take it up as a body (不予受理), or record that the application was taken back',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<RecordMediationConsent, MediationState>({
      action: 'record-consent',
      command: RecordMediationConsent,
      decide: consent,
      roles: WITH_PARTIES,
      summary: 'Record that a party agrees to mediation, or to its delegation',
    }),
    commandRow<RecordMediationRefusal, MediationState>({
      action: 'record-refusal',
      command: RecordMediationRefusal,
      decide: refuseMediation,
      roles: WITH_PARTIES,
      summary: 'Record that a party clearly refuses mediation',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<DelegateMediation, MediationState, DelegateReads>({
      action: 'delegate',
      command: DelegateMediation,
      decide: delegate,
      roles: ['officer', 'mediator'],
      summary: 'Delegate the authority’s mediation to a body (委托调解), with the consent of both parties',
      reads: { body: bodyOf<DelegateMediation>() },
    }),
    commandRow<AssignMediator, MediationState, AssignReads>({
      action: 'assign-mediator',
      command: AssignMediator,
      decide: assignMediator,
      roles: MEDIATING,
      summary: 'Assign a mediator of the roster who has no interest in the dispute',
      reads: {
        mediator: {
          stream: ({ mediatorId }) => `mediator-${mediatorId}`,
          initial: noMediator,
          evolve: (mediator, event) => evolveMediator(mediator, event as RecordedMediatorEvent),
        },
        dispute: itsDispute,
        complaint: itsComplaint,
        referral: itsReferral,
      },
    }),
    commandRow<ScheduleSession, MediationState, AssignmentReads>({
      action: 'schedule-session',
      command: ScheduleSession,
      decide: scheduleSession,
      roles: MEDIATING,
      summary: 'Fix a session and tell both parties of time, place and mediator',
      reads: { referral: itsReferral },
    }),
    commandRow<CancelSession, MediationState>({
      action: 'cancel-session',
      command: CancelSession,
      decide: cancelSession,
      roles: MEDIATING,
      summary: 'Cancel a session that is scheduled',
    }),
    commandRow<RecordAttendance, MediationState, AssignmentReads>({
      action: 'record-attendance',
      command: RecordAttendance,
      decide: recordAttendance,
      roles: MEDIATING,
      summary: 'Record that a session was held, and who came',
      reads: { referral: itsReferral },
    }),
    commandRow<RequestRecusal, MediationState>({
      action: 'request-recusal',
      command: RequestRecusal,
      decide: requestRecusal,
      roles: WITH_PARTIES,
      summary: 'Ask for the recusal of a mediator (回避): the mediation is suspended, its limit runs on',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<DecideRecusal, MediationState>({
      action: 'decide-recusal',
      command: DecideRecusal,
      decide: decideRecusal,
      roles: MEDIATING,
      summary: 'Decide on a recusal, as somebody else than who asked for it',
    }),
    commandRow<DesignateAppraisalInstitution, MediationState>({
      action: 'designate-appraisal-institution',
      command: DesignateAppraisalInstitution,
      decide: designateInstitution,
      roles: MEDIATING,
      summary: 'Record which institution appraises: chosen by the parties, or designated by the authority',
    }),
    commandRow<DisputeAppraisalFee, MediationState>({
      action: 'dispute-appraisal-fee',
      command: DisputeAppraisalFee,
      decide: disputeAppraisalFee,
      roles: MEDIATING,
      summary: 'Record that the parties disagree on the fee of an appraisal',
    }),
    commandRow<ReachAgreement, MediationState, AgreementReads>({
      action: 'reach-agreement',
      command: ReachAgreement,
      decide: reachAgreement,
      roles: MEDIATING,
      summary: 'Record the agreement of the parties, with the hash of its text',
      personal: { terms: { text: ['terms'] } },
      reads: { complaint: itsComplaint, referral: itsReferral, dispute: itsDispute },
    }),
    commandRow<SignAgreement, MediationState, AssignmentReads>({
      action: 'sign-agreement',
      command: SignAgreement,
      decide: signAgreement,
      roles: WITH_PARTIES,
      summary: 'Record one hand or seal under the agreement; with the last one it takes effect',
      reads: { referral: itsReferral },
    }),
    commandRow<IssueStatement, MediationState>({
      action: 'issue-statement',
      command: IssueStatement,
      decide: issueStatement,
      roles: MEDIATING,
      summary: 'Make out the mediation statement (调解书)',
    }),
    commandRow<FileRecord, MediationState>({
      action: 'file-record',
      command: FileRecord,
      decide: fileRecord,
      roles: MEDIATING,
      summary: 'Put the mediation record (调解记录) on file',
    }),
    commandRow<RecordPerformance, MediationState>({
      action: 'record-performance',
      command: RecordPerformance,
      decide: recordPerformance,
      roles: MEDIATING,
      summary: 'Record that the agreement was performed (履行)',
    }),
    commandRow<RecordBreach, MediationState>({
      action: 'record-breach',
      command: RecordBreach,
      decide: recordBreach,
      roles: MEDIATING,
      summary: 'Record that the agreement was broken',
    }),
    commandRow<TerminateMediation, MediationState, LimitReads>({
      action: 'terminate',
      command: TerminateMediation,
      decide: terminate,
      roles: MEDIATING,
      summary: 'Terminate a mediation (终止调解) on its ground',
      personal: { reason: { text: ['reason'] } },
      reads: { complaint: itsComplaint, referral: itsReferral },
    }),
    commandRow<NotifyPartiesOfTermination, MediationState>({
      action: 'notify-termination',
      command: NotifyPartiesOfTermination,
      decide: notifyParties,
      roles: MEDIATING,
      summary: 'Tell both parties that mediation was terminated',
    }),
    commandRow<ReportViolationClue, MediationState>({
      action: 'report-clue',
      command: ReportViolationClue,
      decide: reportClue,
      roles: MEDIATING,
      summary: 'Record a clue of a violation found in mediation, which goes to verification while mediation goes on',
      personal: { description: { text: ['description'] } },
    }),
    commandRow<VerifyMediationLateEntry, MediationState>({
      action: 'verify-late-entry',
      command: VerifyMediationLateEntry,
      decide: verifyLateEntry,
      roles: ['officer'],
      summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
    }),
  ],
  processCommands: [
    commandRow<AmendDeadline, MediationState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => mediationClockChanges(event as RecordedMediationEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: mediationsView,
      filters: {
        kind: 'kind',
        status: 'status',
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        disputeId: 'disputeId',
        complaintId: 'complaintId',
        referralId: 'referralId',
        bodyId: 'bodyId',
      },
      sort: { field: 'proposedAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'court', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Mediations, newest first',
      scopeOf: (doc) => ({ region: doc.handlingRegion, subject: doc.respondentUscc }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: {
        complainant: 'complainant',
        respondent: 'respondent',
        reason: 'reason',
        'agreement.terms': 'agreement.terms',
        'clues.description': 'clues.description',
      },
    }),
  ],
};
