import { normaliseUscc } from '#kernel';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { ContextTable } from '#service';
import {
  AcceptComplaint,
  CompleteAppraisal,
  ConcludeComplaint,
  DeclineComplaint,
  NotifyAcceptanceDecision,
  NotifyTermination,
  ReceiveComplaint,
  StartAppraisal,
  VerifyComplaintLateEntry,
} from './commands.ts';
import type { ComplaintState } from './complaint.ts';
import { complaintClockChanges } from './clocks.ts';
import { evolve, initial } from './complaint.ts';
import {
  accept,
  amendDeadline,
  completeAppraisal,
  conclude,
  decline,
  notifyAcceptanceDecision,
  notifyTermination,
  receive,
  startAppraisal,
  verifyLateEntry,
} from './decide.ts';
import type { RecordedComplaintEvent } from './events.ts';
import { complaintSchemas } from './events.ts';
import type { ReceiveReads } from './reads.ts';
import { evolveDispute, evolveNegotiation, unreadDispute, unreadNegotiation } from './reads.ts';
import { complaintsView } from './views/complaints.ts';

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
    commandRow<ReceiveComplaint, ComplaintState, ReceiveReads>({
      action: 'receive',
      command: ReceiveComplaint,
      decide: receive,
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
      },
    }),
    commandRow<AcceptComplaint, ComplaintState>({
      action: 'accept',
      command: AcceptComplaint,
      decide: accept,
      roles: ['officer'],
      summary: 'Accept a complaint (受理)',
    }),
    commandRow<DeclineComplaint, ComplaintState>({
      action: 'decline',
      command: DeclineComplaint,
      decide: decline,
      roles: ['officer'],
      summary: 'Decline a complaint (不予受理) with its reason and the routes still open',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<NotifyAcceptanceDecision, ComplaintState>({
      action: 'notify-acceptance-decision',
      command: NotifyAcceptanceDecision,
      decide: notifyAcceptanceDecision,
      roles: ['officer'],
      summary: 'Tell the complainant whether the complaint was accepted',
    }),
    commandRow<StartAppraisal, ComplaintState>({
      action: 'start-appraisal',
      command: StartAppraisal,
      decide: startAppraisal,
      roles: ['officer', 'mediator'],
      summary: 'Begin an appraisal (鉴定), for whose time the mediation limit stands still',
    }),
    commandRow<CompleteAppraisal, ComplaintState>({
      action: 'complete-appraisal',
      command: CompleteAppraisal,
      decide: completeAppraisal,
      roles: ['officer', 'mediator'],
      summary: 'End an appraisal: the mediation limit runs on',
    }),
    commandRow<ConcludeComplaint, ComplaintState>({
      action: 'conclude',
      command: ConcludeComplaint,
      decide: conclude,
      roles: ['officer', 'mediator'],
      summary: 'Conclude a complaint: mediated, terminated on a ground, or withdrawn',
    }),
    commandRow<NotifyTermination, ComplaintState>({
      action: 'notify-termination',
      command: NotifyTermination,
      decide: notifyTermination,
      roles: ['officer'],
      summary: 'Tell both parties that mediation was terminated (终止调解)',
    }),
    commandRow<VerifyComplaintLateEntry, ComplaintState>({
      action: 'verify-late-entry',
      command: VerifyComplaintLateEntry,
      decide: verifyLateEntry,
      roles: ['officer'],
      summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
    }),
  ],
  processCommands: [
    commandRow<AmendDeadline, ComplaintState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: amendDeadline,
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
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: { complainant: 'complainant', respondent: 'respondent', reason: 'reason' },
    }),
  ],
};
