import { HEAD_ONLY } from '#access';
import { evolveJoint, noComplainants } from '#disputes/events';
import { epochDayOf, formatInstant, normaliseUscc, parseInstant } from '#kernel';
import { AmendDeadline, clockAnswers, commandRow, viewRow, type AnswerMoment } from '#service';
import type { ContextTable } from '#service';
import { timesSentOn } from './assignment.ts';
import * as commands from './commands.ts';
import { evolveOrigin, unreadOrigin } from '#work-orders/events';
import { complaintClockChanges } from './clocks.ts';
import { evolve, initial, type ComplaintState } from './complaint.ts';
import * as decide from './decide.ts';
import type { RecordedComplaintEvent } from './events.ts';
import { complaintSchemas } from './events.ts';
import type { CorrectionReads, JointReads, MergeReads, ReceiveReads } from './reads.ts';
import {
  evolveDispute,
  evolveMergedDispute,
  evolveNegotiation,
  unmergedDispute,
  unreadDispute,
  unreadNegotiation,
} from './reads.ts';
import { complaintsView, type ComplaintDocument } from './views/complaints.ts';

/** The stream of the dispute that a complaint is about. */
function disputeOf(_: object, state: ComplaintState): string | null {
  return state.status === 'none' ? null : `dispute-${state.disputeId}`;
}

const readsOfCorrection = { dispute: { stream: disputeOf, initial: unreadDispute, evolve: evolveDispute } };
const readsOfJoint = { joint: { stream: disputeOf, initial: noComplainants, evolve: evolveJoint } };

/** Complaint (投诉), whole: `POST /v1/complaints…`, `GET /v1/complaints…`. */
export const complaintsTable: ContextTable<ComplaintState> = {
  collection: 'complaints',
  category: 'complaint',
  title: 'complaint',
  schemas: complaintSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedComplaintEvent),
  scopeOf: (state) =>
    state.status === 'none'
      ? { region: null, subject: null }
      : { region: state.handlingRegion, subject: state.respondentUscc },
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<commands.ReceiveComplaint, ComplaintState, ReceiveReads>({
      action: 'receive',
      command: commands.ReceiveComplaint,
      decide: decide.receive,
      roles: ['hotline', 'officer'],
      summary: 'Receive a complaint at the competent authority',
      creates: true,
      scope: ({ handlingRegion, respondentUscc }, { dispute }) => ({
        region: handlingRegion,
        subject: normaliseUscc(respondentUscc ?? '') ?? dispute?.respondentUscc ?? null,
      }),
      personal: {
        complainant: {
          name: 'complainantName',
          phone: 'complainantPhone',
          address: 'complainantAddress',
          text: ['content'],
          likeness: 'content',
        },
        respondent: { name: 'respondentName', address: 'respondentAddress' },
      },
      correlation: (command) => command.disputeId,
      reads: {
        dispute: {
          stream: (command) => `dispute-${command.disputeId}`,
          initial: unreadDispute,
          evolve: evolveDispute,
        },
        negotiation: {
          stream: ({ escalatedFrom }) => (escalatedFrom === undefined ? null : `negotiation-${escalatedFrom}`),
          initial: unreadNegotiation,
          evolve: evolveNegotiation,
        },
        workOrder: {
          stream: ({ workOrderId }) => (workOrderId === undefined ? null : `workOrder-${workOrderId}`),
          initial: unreadOrigin,
          evolve: evolveOrigin,
        },
      },
    }),
    commandRow<commands.AcceptComplaint, ComplaintState>({
      action: 'accept',
      command: commands.AcceptComplaint,
      decide: decide.accept,
      roles: ['officer'],
      summary: 'Accept a complaint (受理)',
    }),
    commandRow<commands.DeclineComplaint, ComplaintState>({
      action: 'decline',
      command: commands.DeclineComplaint,
      decide: decide.decline,
      roles: ['officer'],
      summary: 'Decline a complaint (不予受理) with its reason and the routes still open',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<commands.NotifyAcceptanceDecision, ComplaintState>({
      action: 'notify-acceptance-decision',
      command: commands.NotifyAcceptanceDecision,
      decide: decide.notifyAcceptanceDecision,
      roles: ['officer'],
      summary: 'Tell the complainant whether the complaint was accepted',
    }),
    commandRow<commands.AppointAgent, ComplaintState>({
      action: 'appoint-agent',
      command: commands.AppointAgent,
      decide: decide.appointAgent,
      roles: ['hotline', 'officer'],
      summary: 'Write down the agent of the complainant (代理人) and the mandate',
      personal: { agent: { name: 'agentName', phone: 'agentPhone' } },
    }),
    commandRow<commands.RequestIdentityProof, ComplaintState>({
      action: 'request-identity-proof',
      command: commands.RequestIdentityProof,
      decide: decide.requestIdentityProof,
      roles: ['officer'],
      summary: 'Ask for proof of identity by a day (限期提供身份证明); the time of acceptance runs on',
    }),
    commandRow<commands.SubmitIdentityProof, ComplaintState>({
      action: 'submit-identity-proof',
      command: commands.SubmitIdentityProof,
      decide: decide.submitIdentityProof,
      roles: ['hotline', 'officer'],
      summary: 'Take in the proof of identity',
    }),
    commandRow<commands.DetermineCompetence, ComplaintState>({
      action: 'determine-competence',
      command: commands.DetermineCompetence,
      decide: decide.determineCompetence,
      roles: ['officer'],
      summary: 'Determine whether the authority is competent (管辖), by the order of the day',
    }),
    commandRow<commands.FeedBackIncompetence, ComplaintState>({
      action: 'feed-back-incompetence',
      command: commands.FeedBackIncompetence,
      decide: decide.feedBackIncompetence,
      roles: ['officer'],
      summary: 'Give the complaint back to the intake body, as the unit is not competent',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<commands.TransferComplaint, ComplaintState>({
      action: 'transfer',
      command: commands.TransferComplaint,
      decide: decide.transfer,
      roles: ['hotline', 'officer'],
      summary: 'Send the complaint to another authority (分送、移送)',
    }),
    commandRow<commands.ReceiveTransfer, ComplaintState>({
      action: 'receive-transfer',
      command: commands.ReceiveTransfer,
      decide: decide.receiveTransfer,
      roles: ['officer'],
      summary: 'Receive a complaint that was sent on',
    }),
    commandRow<commands.RaiseCompetenceDispute, ComplaintState>({
      action: 'raise-competence-dispute',
      command: commands.RaiseCompetenceDispute,
      decide: decide.raiseCompetenceDispute,
      roles: ['officer'],
      summary: 'Disagree with another authority on who is competent (管辖争议)',
    }),
    commandRow<commands.ResolveCompetenceDispute, ComplaintState>({
      action: 'resolve-competence-dispute',
      command: commands.ResolveCompetenceDispute,
      decide: decide.resolveCompetenceDispute,
      roles: ['officer'],
      summary: 'Agree on the competent authority',
    }),
    commandRow<commands.SendUpCompetenceDispute, ComplaintState>({
      action: 'send-up-competence-dispute',
      command: commands.SendUpCompetenceDispute,
      decide: decide.sendUpCompetenceDispute,
      roles: ['officer'],
      summary: 'Ask the higher authority to designate the competent one (报请指定管辖)',
    }),
    commandRow<commands.DesignateAuthority, ComplaintState>({
      action: 'designate-authority',
      command: commands.DesignateAuthority,
      decide: decide.designateAuthority,
      roles: ['officer'],
      summary: 'Designate the competent authority (指定管辖)',
    }),
    commandRow<commands.RecordConsent, ComplaintState>({
      action: 'record-consent',
      command: commands.RecordConsent,
      decide: decide.recordConsent,
      roles: ['officer', 'mediator'],
      summary: 'Write down whether a party agrees to mediation',
    }),
    commandRow<commands.ProposeSelfSettlement, ComplaintState>({
      action: 'propose-self-settlement',
      command: commands.ProposeSelfSettlement,
      decide: decide.proposeSelfSettlement,
      roles: ['officer', 'mediator'],
      summary: 'Encourage the parties to settle by themselves (自行和解); the time of mediation runs on',
    }),
    commandRow<commands.RecordSettlement, ComplaintState, JointReads>({
      action: 'record-settlement',
      command: commands.RecordSettlement,
      decide: decide.recordSettlement,
      roles: ['officer', 'mediator'],
      summary: 'Write down that the parties settled, with its proof',
      reads: readsOfJoint,
    }),
    commandRow<commands.RetractSettlement, ComplaintState>({
      action: 'retract-settlement',
      command: commands.RetractSettlement,
      decide: decide.retractSettlement,
      roles: ['officer', 'mediator'],
      summary: 'Take back a settlement that did not hold',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<commands.StartAppraisal, ComplaintState>({
      action: 'start-appraisal',
      command: commands.StartAppraisal,
      decide: decide.startAppraisal,
      roles: ['officer', 'mediator'],
      summary: 'Begin an appraisal (鉴定), for whose time the mediation limit stands still',
    }),
    commandRow<commands.CompleteAppraisal, ComplaintState>({
      action: 'complete-appraisal',
      command: commands.CompleteAppraisal,
      decide: decide.completeAppraisal,
      roles: ['officer', 'mediator'],
      summary: 'End an appraisal: the mediation limit runs on',
    }),
    commandRow<commands.DisqualifyComplaint, ComplaintState>({
      action: 'disqualify',
      command: commands.DisqualifyComplaint,
      decide: decide.disqualify,
      roles: ['officer'],
      summary: 'Find that an accepted complaint should not have been accepted',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<commands.WithdrawComplaint, ComplaintState, JointReads>({
      action: 'withdraw',
      command: commands.WithdrawComplaint,
      decide: decide.withdraw,
      roles: ['hotline', 'officer', 'mediator'],
      summary: 'Take down that the complainant withdraws (撤回投诉), which ends the complaint',
      reads: readsOfJoint,
    }),
    commandRow<commands.ConcludeComplaint, ComplaintState, JointReads>({
      action: 'conclude',
      command: commands.ConcludeComplaint,
      decide: decide.conclude,
      roles: ['officer', 'mediator'],
      summary: 'Conclude a complaint: mediated, terminated on a ground, or withdrawn',
      reads: readsOfJoint,
    }),
    commandRow<commands.NotifyTermination, ComplaintState>({
      action: 'notify-termination',
      command: commands.NotifyTermination,
      decide: decide.notifyTermination,
      roles: ['officer'],
      summary: 'Tell both parties that mediation was terminated (终止调解)',
    }),
    commandRow<commands.RecordFollowUp, ComplaintState>({
      action: 'record-follow-up',
      command: commands.RecordFollowUp,
      decide: decide.recordFollowUp,
      roles: ['hotline', 'officer', 'mediator'],
      summary: 'Write down what the complainant said afterwards (回访)',
    }),
    commandRow<commands.RecordSatisfaction, ComplaintState>({
      action: 'record-satisfaction',
      command: commands.RecordSatisfaction,
      decide: decide.recordSatisfaction,
      roles: ['hotline', 'officer'],
      summary: 'Write down how content the complainant is',
    }),
    commandRow<commands.ReopenComplaint, ComplaintState>({
      action: 'reopen',
      command: commands.ReopenComplaint,
      decide: decide.reopen,
      roles: HEAD_ONLY,
      summary: 'Handle a closed complaint again, as the head decides (重新办理)',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<commands.MergeComplaint, ComplaintState, MergeReads>({
      action: 'merge-into',
      command: commands.MergeComplaint,
      decide: decide.mergeInto,
      roles: ['officer'],
      summary: 'Handle the complaint with one that was received before, on the same dispute',
      reads: {
        primary: {
          stream: ({ primary }) => `complaint-${primary}`,
          initial,
          evolve: (state, event) => evolve(state, event as RecordedComplaintEvent),
        },
        dispute: { stream: disputeOf, initial: unmergedDispute, evolve: evolveMergedDispute },
      },
    }),
    commandRow<commands.UnmergeComplaint, ComplaintState>({
      action: 'unmerge',
      command: commands.UnmergeComplaint,
      decide: decide.unmerge,
      roles: ['officer'],
      summary: 'Handle a merged complaint by itself again, with the dates it had',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<commands.CorrectField, ComplaintState, CorrectionReads>({
      action: 'correct-field',
      command: commands.CorrectField,
      decide: decide.correctField,
      roles: ['officer'],
      summary: 'Propose a correction (更正), for a second person to approve',
      personal: { reason: { text: ['reason'] } },
      reads: readsOfCorrection,
    }),
    commandRow<commands.ApproveCorrection, ComplaintState, CorrectionReads>({
      action: 'approve-correction',
      command: commands.ApproveCorrection,
      decide: decide.approveCorrection,
      roles: ['officer', 'head'],
      summary: 'Approve, as a second person, the correction that was proposed',
      reads: readsOfCorrection,
    }),
    commandRow<commands.RejectCorrection, ComplaintState>({
      action: 'reject-correction',
      command: commands.RejectCorrection,
      decide: decide.rejectCorrection,
      roles: ['officer', 'head'],
      summary: 'Reject the correction that was proposed',
    }),
    commandRow<commands.VerifyComplaintLateEntry, ComplaintState>({
      action: 'verify-late-entry',
      command: commands.VerifyComplaintLateEntry,
      decide: decide.verifyLateEntry,
      roles: ['officer', 'head'],
      summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
    }),
  ],
  processCommands: [
    commandRow<commands.MarkIdentityProofOverdue, ComplaintState>({
      action: 'mark-identity-proof-overdue',
      command: commands.MarkIdentityProofOverdue,
      decide: decide.markIdentityProofOverdue,
      roles: [],
      summary: 'Note that the day has passed without proof of identity',
    }),
    commandRow<AmendDeadline, ComplaintState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: decide.amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => complaintClockChanges(event as RecordedComplaintEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: complaintsView,
      filters: {
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        status: 'status',
        disputeId: 'disputeId',
      },
      sort: { field: 'receivedAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'court', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Complaints, newest first',
      scopeOf: (doc) => ({ region: doc.handlingRegion, subject: doc.respondentUscc }),
      answer: answered,
      personal: {
        complainant: 'complainant',
        respondent: 'respondent',
        reason: 'reason',
        'agents.agent': 'agents.agent',
        'returns.reason': 'returns.reason',
        'settlement.retraction': 'settlement.retraction',
        'disqualified.reason': 'disqualified.reason',
        'earlier.reason': 'earlier.reason',
        'earlier.reopeningReason': 'earlier.reopeningReason',
        'corrections.reason': 'corrections.reason',
      },
    }),
  ],
};

/**
 * With its clocks as they stand and with its age: the complainant's time runs from the first receipt by anybody, whoever has it in
 * hand, so that nobody looks fast because it was sent on (T-19).
 */
function answered(doc: ComplaintDocument, moment: AnswerMoment): object {
  const until = doc.closedAt === null ? moment.now : parseInstant(doc.closedAt)!;
  const days = epochDayOf(until) - epochDayOf(parseInstant(doc.receivedAt)!);
  const { clocks, earlier } = doc;
  return {
    ...doc,
    age: { since: doc.receivedAt, until: formatInstant(until), days, timesSentOn: timesSentOn(doc.assignments) },
    earlier: earlier.map((round) => ({ ...round, clocks: clockAnswers(round.clocks, moment) })),
    clocks: clockAnswers(clocks, moment),
  };
}
