import { normaliseUscc, objectId } from '#kernel';
import { AmendDeadline, clockAnswers, commandRow, viewRow, writtenCourtNumber } from '#service';
import type { AnyCommandRow, ContextTable } from '#service';
import { referralClockChanges } from './clocks.ts';
import * as given from './commands.ts';
import { assign, confirm, consentToMediation, contact, designate } from './decide-assignment.ts';
import { linkDispute, refuseCourtAssignment } from './decide-assignment.ts';
import { amendDeadline, verifyLateEntry } from './decide-clocks.ts';
import { recordFiling, recordFilingRefusal, recordJudgment, recordReceipt } from './decide-court.ts';
import { recordReturn, recordSettlement, recordWithdrawal } from './decide-court.ts';
import { agree, completeAppraisal, expire, extend, fail, reportSham } from './decide-incoming.ts';
import { returnCase, reviewSham, startAppraisal } from './decide-incoming.ts';
import { consent, offer, packageMaterials, refuseConsentToRoute, transfer } from './decide-outgoing.ts';
import { referralSchemas, type RecordedReferralEvent } from './events.ts';
import type { AssignReads, BodyReads, DisputeReads, OfferReads } from './reads.ts';
import {
  evolveBody,
  evolveComplaint,
  evolveDispute,
  evolveMediation,
  unreadBody,
  unreadDispute,
  unreadProcedure,
} from './reads.ts';
import { evolve, initial, type ReferralState } from './referral.ts';
import { idOfRoute } from './succession.ts';
import { referralsView } from './views/court-referrals.ts';

const streamOf = (category: string, id: string | undefined) => (id === undefined ? null : `${category}-${id}`);

const dispute = {
  stream: ({ disputeId }: { readonly disputeId?: string }) => streamOf('dispute', disputeId),
  initial: unreadDispute,
  evolve: evolveDispute,
};
const body = {
  stream: ({ bodyId }: { readonly bodyId?: string }) => streamOf('mediationBody', bodyId),
  initial: unreadBody,
  evolve: evolveBody,
};

/** Who offers the way to the court and goes it; who stands on the court's side of it. */
const OFFERING = ['officer', 'mediator'] as const;
const PARTIES = ['officer', 'mediator', 'merchant', 'public'] as const;
const COURT = ['court', 'officer', 'mediator'] as const;
/** The mediation body. */
const BODY = ['mediator', 'officer'] as const;

const toCourt: readonly AnyCommandRow[] = [
  commandRow<given.OfferCourtRoute, ReferralState, OfferReads>({
    action: 'offer',
    command: given.OfferCourtRoute,
    decide: offer,
    roles: OFFERING,
    summary: 'Offer the way to the court: a suit, or the confirmation of an agreement',
    creates: true,
    id: idOfRoute,
    scope: ({ handlingRegion }, { dispute: read }) => ({
      region: handlingRegion,
      subject: read?.respondentUscc ?? null,
    }),
    correlation: ({ disputeId }) => disputeId,
    reads: {
      dispute,
      complaint: {
        stream: ({ complaintId }) => streamOf('complaint', complaintId),
        initial: unreadProcedure,
        evolve: evolveComplaint,
      },
      mediation: {
        stream: ({ mediationId }) => streamOf('mediation', mediationId),
        initial: unreadProcedure,
        evolve: evolveMediation,
      },
      before: {
        stream: ({ afterReferralId }) => streamOf('referral', afterReferralId),
        initial,
        evolve: (state, event) => evolve(state, event as RecordedReferralEvent),
      },
    },
  }),
  commandRow<given.ConsentToCourtRoute, ReferralState>({
    action: 'consent-to-route',
    command: given.ConsentToCourtRoute,
    decide: consent,
    roles: PARTIES,
    summary: 'Agree, as a party, to go to the court',
  }),
  commandRow<given.RefuseCourtRoute, ReferralState>({
    action: 'refuse-route',
    command: given.RefuseCourtRoute,
    decide: refuseConsentToRoute,
    roles: PARTIES,
    summary: 'Not agree to go to the court',
  }),
  commandRow<given.PackageMaterials, ReferralState>({
    action: 'package-materials',
    command: given.PackageMaterials,
    decide: packageMaterials,
    roles: BODY,
    summary: 'Put together what goes to the court, without anything that was conceded',
  }),
  commandRow<given.TransferToCourt, ReferralState>({
    action: 'transfer',
    command: given.TransferToCourt,
    decide: transfer,
    roles: OFFERING,
    summary: 'Transfer the package to the court, once',
  }),
];

const atCourt: readonly AnyCommandRow[] = [
  commandRow<given.RecordCourtReceipt, ReferralState>({
    action: 'record-receipt',
    command: given.RecordCourtReceipt,
    decide: recordReceipt,
    roles: COURT,
    summary: 'Record that the court received the package',
  }),
  commandRow<given.RecordCourtReturn, ReferralState>({
    action: 'record-court-return',
    command: given.RecordCourtReturn,
    decide: recordReturn,
    roles: COURT,
    summary: 'Record that the court sent the package back',
  }),
  commandRow<given.RecordCourtFiling, ReferralState>({
    action: 'record-filing',
    command: given.RecordCourtFiling,
    decide: recordFiling,
    roles: COURT,
    summary: 'Record that the court filed the suit (立案)',
  }),
  commandRow<given.RecordFilingRefusal, ReferralState>({
    action: 'record-filing-refusal',
    command: given.RecordFilingRefusal,
    decide: recordFilingRefusal,
    roles: COURT,
    summary: 'Record that the court declined to file (不予立案)',
  }),
  commandRow<given.RecordJudgment, ReferralState>({
    action: 'record-judgment',
    command: given.RecordJudgment,
    decide: recordJudgment,
    roles: COURT,
    summary: 'Record the judgment',
  }),
  commandRow<given.RecordCourtSettlement, ReferralState>({
    action: 'record-settlement',
    command: given.RecordCourtSettlement,
    decide: recordSettlement,
    roles: COURT,
    summary: 'Record what the parties agreed before the court (法院调解书)',
  }),
  commandRow<given.RecordSuitWithdrawal, ReferralState>({
    action: 'record-withdrawal',
    command: given.RecordSuitWithdrawal,
    decide: recordWithdrawal,
    roles: COURT,
    summary: 'Record that the suit was withdrawn (撤诉)',
  }),
];

const assignment: readonly AnyCommandRow[] = [
  commandRow<given.AssignFromCourt, ReferralState, AssignReads>({
    action: 'assign',
    command: given.AssignFromCourt,
    decide: assign,
    roles: COURT,
    summary: 'Assign a dispute to mediation, before filing (委派) or after (委托)',
    creates: true,
    createsByAction: true,
    // One number of a court is one assignment: its id follows from it.
    id: ({ courtCaseNo }) => objectId(0, `court assignment ${writtenCourtNumber(courtCaseNo)}`),
    scope: ({ handlingRegion, respondentUscc }, { dispute: read }) => ({
      region: handlingRegion,
      subject: normaliseUscc(respondentUscc ?? '') ?? read?.respondentUscc ?? null,
    }),
    personal: {
      claimant: { name: 'claimantName', phone: 'claimantPhone', text: ['content'] },
      respondent: { name: 'respondentName' },
    },
    correlation: (command, state) => (state.direction === 'none' ? (command.disputeId ?? null) : state.disputeId),
    reads: { dispute, body },
  }),
  commandRow<given.LinkReferralToDispute, ReferralState, DisputeReads>({
    action: 'link-dispute',
    command: given.LinkReferralToDispute,
    decide: linkDispute,
    roles: ['officer', 'mediator', 'hotline'],
    summary: 'Say which dispute an assignment is about',
    correlation: ({ disputeId }) => disputeId,
    reads: { dispute },
  }),
  commandRow<given.DesignateCourtMediationBody, ReferralState, BodyReads>({
    action: 'designate-body',
    command: given.DesignateCourtMediationBody,
    decide: designate,
    roles: COURT,
    summary: 'Designate the mediation body as the court, or record whom the parties chose',
    reads: { body },
  }),
  commandRow<given.ConfirmCourtAssignment, ReferralState>({
    action: 'confirm-assignment',
    command: given.ConfirmCourtAssignment,
    decide: confirm,
    roles: BODY,
    summary: 'Take an assignment as the mediation body: the time of the mediation begins',
  }),
  commandRow<given.RefuseCourtAssignment, ReferralState>({
    action: 'refuse-assignment',
    command: given.RefuseCourtAssignment,
    decide: refuseCourtAssignment,
    roles: BODY,
    summary: 'Not take an assignment, with the reason',
    personal: { reason: { text: ['reason'] } },
  }),
  commandRow<given.ContactOtherParty, ReferralState>({
    action: 'contact-other-party',
    command: given.ContactOtherParty,
    decide: contact,
    roles: BODY,
    summary: 'Record that the other party was told and asked',
  }),
  commandRow<given.ConsentToCourtMediation, ReferralState>({
    action: 'consent-to-mediation',
    command: given.ConsentToCourtMediation,
    decide: consentToMediation,
    roles: [...PARTIES, 'court'],
    summary: 'Agree, as a party, to mediation',
  }),
];

const mediation: readonly AnyCommandRow[] = [
  commandRow<given.ExtendCourtMediation, ReferralState>({
    action: 'extend',
    command: given.ExtendCourtMediation,
    decide: extend,
    roles: [...BODY, 'court'],
    summary: 'Extend the mediation, as both parties agree',
  }),
  commandRow<given.StartCourtAppraisal, ReferralState>({
    action: 'start-appraisal',
    command: given.StartCourtAppraisal,
    decide: startAppraisal,
    roles: [...BODY, 'court'],
    summary: 'Begin a pre-suit appraisal (诉前鉴定), whose time is not counted',
  }),
  commandRow<given.CompleteCourtAppraisal, ReferralState>({
    action: 'complete-appraisal',
    command: given.CompleteCourtAppraisal,
    decide: completeAppraisal,
    roles: [...BODY, 'court'],
    summary: 'End a pre-suit appraisal: the time of the mediation runs on',
  }),
  commandRow<given.ReportShamMediation, ReferralState>({
    action: 'report-sham',
    command: given.ReportShamMediation,
    decide: reportSham,
    roles: BODY,
    summary: 'Report a possible sham mediation (虚假调解) to the court',
    personal: { reason: { text: ['reason'] } },
  }),
  commandRow<given.ReviewShamMediation, ReferralState>({
    action: 'review-sham',
    command: given.ReviewShamMediation,
    decide: reviewSham,
    roles: ['court', 'officer'],
    summary: 'Record what was found on a possible sham',
  }),
  commandRow<given.AgreeInCourtMediation, ReferralState>({
    action: 'agree',
    command: given.AgreeInCourtMediation,
    decide: agree,
    roles: BODY,
    summary: 'Record the agreement that both parties reached',
  }),
  commandRow<given.FailCourtMediation, ReferralState>({
    action: 'fail',
    command: given.FailCourtMediation,
    decide: fail,
    roles: BODY,
    summary: 'End the mediation without an agreement',
  }),
  commandRow<given.ReturnCaseToCourt, ReferralState>({
    action: 'return-to-court',
    command: given.ReturnCaseToCourt,
    decide: returnCase,
    roles: BODY,
    summary: 'Give the case back to the court with report and materials',
  }),
  commandRow<given.VerifyReferralLateEntry, ReferralState>({
    action: 'verify-late-entry',
    command: given.VerifyReferralLateEntry,
    decide: verifyLateEntry,
    roles: ['officer', 'court'],
    summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
  }),
];

/** Court referral (诉调对接), whole: `POST /v1/court-referrals…`, `GET /v1/court-referrals…`. */
export const referralsTable: ContextTable<ReferralState> = {
  collection: 'court-referrals',
  category: 'referral',
  title: 'court referral',
  schemas: referralSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedReferralEvent),
  scopeOf: (state) =>
    state.direction === 'none'
      ? { region: null, subject: null }
      : { region: state.handlingRegion, subject: state.respondentUscc },
  correlationOf: (state) => (state.direction === 'none' ? null : state.disputeId),
  commands: [...toCourt, ...atCourt, ...assignment, ...mediation],
  processCommands: [
    commandRow<given.ExpireCourtMediation, ReferralState>({
      action: 'expire',
      command: given.ExpireCourtMediation,
      decide: expire,
      roles: [],
      summary: 'Note that the time ran out without a result',
    }),
    commandRow<AmendDeadline, ReferralState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => referralClockChanges(event as RecordedReferralEvent),
    of: (state) => (state.direction === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: referralsView,
      filters: {
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        status: 'status',
        disputeId: 'disputeId',
        direction: 'direction',
        courtCaseNo: 'courtCaseNo',
      },
      sort: { field: 'openedAt', order: 'desc' },
      // Not merchants: a mediator's suspicion of a sham is the court's to look into (S9 18).
      roles: ['officer', 'mediator', 'court', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Court referrals in both directions, newest first',
      scopeOf: (doc) => ({ region: doc.handlingRegion, subject: doc.respondentUscc }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: { claimant: 'claimant', respondent: 'respondent', reason: 'reason' },
    }),
  ],
};
