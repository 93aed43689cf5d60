import { evolveJoint, noComplainants } from '#disputes/events';
import { normaliseUscc } from '#kernel';
import { commitmentId } from '#registry/events';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { ContextTable } from '#service';
import {
  AcknowledgeNegotiation,
  AgreeToOffer,
  ClaimSettlement,
  ConfirmBySilence,
  ConfirmSettlement,
  CounterSettlement,
  DisputeByComplaint,
  DisputeSettlement,
  EscalateNegotiation,
  ExpireNegotiation,
  FailNegotiation,
  FeedBackResult,
  NotifyClaim,
  OpenNegotiation,
  PayInAdvance,
  ProposeSettlement,
  ReceiveGoods,
  RecordRecourse,
  RefundReturn,
  RefuseReturn,
  RequestReturn,
  VerifyNegotiationLateEntry,
} from './commands.ts';
import { negotiationClockChanges } from './clocks.ts';
import {
  acknowledge,
  agree,
  amendDeadline,
  claim,
  confirm,
  confirmBySilence,
  counter,
  disputeByComplaint,
  disputeSettlement,
  escalate,
  expire,
  fail,
  feedBackResult,
  notifyClaim,
  open,
  payInAdvance,
  propose,
  receiveGoods,
  recordRecourse,
  refundReturn,
  refuseReturn,
  requestReturn,
  verifyLateEntry,
} from './decide.ts';
import type { RecordedNegotiationEvent } from './events.ts';
import { negotiationSchemas } from './events.ts';
import type { NegotiationState } from './negotiation.ts';
import { evolve, initial } from './negotiation.ts';
import { BOTH_SIDES, CONSUMER_SIDE } from './party.ts';
import type { AdvanceReads, DisputeSettlementReads, GoodsReads, JointReads, OpenReads, ReturnReads } from './reads.ts';
import {
  evolveChannel,
  evolveCommitment,
  evolveComplaint,
  evolveDispute,
  evolveMembership,
  evolveScheme,
  evolveStation,
  evolveStore,
  unreadComplaint,
  unreadDispute,
  unreadScheme,
  unreadStore,
} from './reads.ts';
import { negotiationsView, type NegotiationDocument } from './views/negotiations.ts';
import { standingOffers } from './views/offer-standing.ts';

/** Those who run or supervise a venue. */
const VENUE_SIDE = ['hotline', 'officer', 'mediator'] as const;

const ownDispute = {
  stream: (_: unknown, state: NegotiationState) => (state.status === 'none' ? null : `dispute-${state.disputeId}`),
  initial: unreadDispute,
  evolve: evolveDispute,
};
const together = { joint: { stream: ownDispute.stream, initial: noComplainants, evolve: evolveJoint } };
const laterComplaint = {
  stream: ({ complaintId }: { readonly complaintId?: string | undefined }) =>
    complaintId === undefined ? null : `complaint-${complaintId}`,
  initial: unreadComplaint,
  evolve: evolveComplaint,
};

const namedStore = {
  stream: ({ store }: { readonly store?: string | undefined }) => (store === undefined ? null : `store-${store}`),
  initial: unreadStore,
  evolve: evolveStore,
};

/** Operator of a scheme (先行赔付), who pays for others than itself. */
const operatorAt = (state: NegotiationState, operatorUscc: string | undefined) =>
  state.status === 'none' ? null : (operatorUscc ?? null);

const writtenUscc = (command: OpenNegotiation) => normaliseUscc(command.respondentUscc) ?? command.respondentUscc;

/** Negotiation (ODR 和解 / 站点和解), whole: `POST /v1/negotiations…`, `GET /v1/negotiations…`. */
export const negotiationsTable: ContextTable<NegotiationState> = {
  collection: 'negotiations',
  category: 'negotiation',
  title: 'negotiation',
  schemas: negotiationSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedNegotiationEvent),
  scopeOf: (state) =>
    state.status === 'none'
      ? { region: null, subject: null }
      : { region: state.respondentRegion, subject: state.respondentUscc },
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<OpenNegotiation, NegotiationState, OpenReads>({
      action: 'open',
      command: OpenNegotiation,
      decide: open,
      roles: CONSUMER_SIDE,
      summary: 'Open a negotiation between the parties of a dispute',
      creates: true,
      scope: (command, { dispute }) => ({ region: dispute?.respondentRegion ?? null, subject: writtenUscc(command) }),
      correlation: (command) => command.disputeId,
      reads: {
        dispute: {
          stream: (command) => `dispute-${command.disputeId}`,
          initial: unreadDispute,
          evolve: evolveDispute,
        },
        membership: {
          stream: (command) => (command.venue === 'odr' ? `odrMembership-${writtenUscc(command)}` : null),
          initial: [],
          evolve: evolveMembership,
        },
        station: {
          stream: ({ stationId }) => (stationId === undefined ? null : `serviceStation-${stationId}`),
          initial: [],
          evolve: evolveStation,
        },
        channel: {
          stream: ({ greenChannelUscc: uscc }) =>
            uscc === undefined ? null : `subject-${normaliseUscc(uscc) ?? uscc}`,
          initial: [],
          evolve: evolveChannel,
        },
      },
    }),
    commandRow<AcknowledgeNegotiation, NegotiationState>({
      action: 'acknowledge',
      command: AcknowledgeNegotiation,
      decide: acknowledge,
      roles: ['merchant'],
      summary: 'Record the first contact of the merchant’s operator',
    }),
    commandRow<ProposeSettlement, NegotiationState>({
      action: 'propose',
      command: ProposeSettlement,
      decide: propose,
      roles: BOTH_SIDES,
      summary: 'Make an offer',
      personal: { terms: { text: ['terms'] } },
    }),
    commandRow<CounterSettlement, NegotiationState>({
      action: 'counter',
      command: CounterSettlement,
      decide: counter,
      roles: BOTH_SIDES,
      summary: 'Answer the other party’s newest offer with another one',
      personal: { terms: { text: ['terms'] } },
    }),
    commandRow<AgreeToOffer, NegotiationState>({
      action: 'agree',
      command: AgreeToOffer,
      decide: agree,
      roles: BOTH_SIDES,
      summary: 'Accept the other party’s newest offer',
    }),
    commandRow<ClaimSettlement, NegotiationState>({
      action: 'claim',
      command: ClaimSettlement,
      decide: claim,
      roles: ['merchant'],
      summary: 'State as the merchant that it is settled; counts for nothing until confirmed',
    }),
    commandRow<NotifyClaim, NegotiationState>({
      action: 'notify-claim',
      command: NotifyClaim,
      decide: notifyClaim,
      roles: VENUE_SIDE,
      summary: 'Record that the consumer was told of the merchant’s claim',
    }),
    commandRow<ConfirmSettlement, NegotiationState, JointReads>({
      action: 'confirm',
      command: ConfirmSettlement,
      decide: confirm,
      // The merchant is let in to be told why not: ONLY_CONSUMER_CONFIRMS.
      roles: BOTH_SIDES,
      summary: 'Confirm as the consumer that it is settled',
      reads: together,
    }),
    commandRow<DisputeSettlement, NegotiationState, DisputeSettlementReads>({
      action: 'dispute-settlement',
      command: DisputeSettlement,
      decide: disputeSettlement,
      roles: BOTH_SIDES,
      summary: 'Deny as the consumer what the merchant claims, or take back a settlement that is none',
      reads: { complaint: laterComplaint, dispute: ownDispute },
    }),
    commandRow<FailNegotiation, NegotiationState>({
      action: 'fail',
      command: FailNegotiation,
      decide: fail,
      roles: BOTH_SIDES,
      summary: 'End the negotiation without a settlement',
    }),
    commandRow<EscalateNegotiation, NegotiationState>({
      action: 'escalate',
      command: EscalateNegotiation,
      decide: escalate,
      roles: CONSUMER_SIDE,
      summary: 'Turn to the authority as the consumer',
    }),
    commandRow<FeedBackResult, NegotiationState>({
      action: 'feed-back-result',
      command: FeedBackResult,
      decide: feedBackResult,
      roles: ['merchant', ...VENUE_SIDE],
      summary: 'Feed time, course, mode and result back once it has ended',
      personal: { course: { text: ['course'] } },
    }),
    commandRow<PayInAdvance, NegotiationState, AdvanceReads>({
      action: 'pay-in-advance',
      command: PayInAdvance,
      decide: payInAdvance,
      roles: ['officer', 'merchant'],
      summary: 'Record that a scheme of advance compensation paid the consumer',
      alsoOf: (_, state, { scheme }) => operatorAt(state, scheme?.operatorUscc),
      reads: {
        scheme: {
          stream: (command) => `advanceScheme-${command.scheme}`,
          initial: unreadScheme,
          evolve: evolveScheme,
        },
      },
    }),
    commandRow<RecordRecourse, NegotiationState>({
      action: 'record-recourse',
      command: RecordRecourse,
      decide: recordRecourse,
      roles: ['officer', 'merchant'],
      summary: 'Record that the merchant gave back what was paid in advance',
      alsoOf: ({ scheme }, state) =>
        operatorAt(state, state.status === 'none' ? undefined : state.advances[scheme]?.operatorUscc),
    }),
    commandRow<RequestReturn, NegotiationState, ReturnReads>({
      action: 'request-return',
      command: RequestReturn,
      decide: requestReturn,
      roles: CONSUMER_SIDE,
      summary: 'Give notice as the consumer of a return without a reason',
      reads: {
        store: namedStore,
        commitment: {
          stream: ({ basis, store }) =>
            basis !== 'commitment' || store === undefined
              ? null
              : `commitment-${commitmentId(store, 'no-reason-return')}`,
          initial: [],
          evolve: evolveCommitment,
        },
      },
    }),
    commandRow<RefuseReturn, NegotiationState>({
      action: 'refuse-return',
      command: RefuseReturn,
      decide: refuseReturn,
      roles: ['merchant'],
      summary: 'Refuse as the merchant to take the goods back',
    }),
    commandRow<ReceiveGoods, NegotiationState, GoodsReads>({
      action: 'receive-goods',
      command: ReceiveGoods,
      decide: receiveGoods,
      roles: BOTH_SIDES,
      summary: 'Record that the goods came back: the time of the refund runs',
      reads: { store: namedStore },
    }),
    commandRow<RefundReturn, NegotiationState>({
      action: 'refund-return',
      command: RefundReturn,
      decide: refundReturn,
      roles: BOTH_SIDES,
      summary: 'Record that the price was paid back',
    }),
    commandRow<VerifyNegotiationLateEntry, NegotiationState>({
      action: 'verify-late-entry',
      command: VerifyNegotiationLateEntry,
      decide: verifyLateEntry,
      roles: ['officer'],
      summary: 'Verify, as a second person, that a result entered after the deadline had come about before it',
    }),
  ],
  processCommands: [
    commandRow<ExpireNegotiation, NegotiationState>({
      action: 'expire',
      command: ExpireNegotiation,
      decide: expire,
      roles: [],
      summary: 'Note that the time ran out without a result',
    }),
    commandRow<ConfirmBySilence, NegotiationState, JointReads>({
      action: 'confirm-by-silence',
      command: ConfirmBySilence,
      decide: confirmBySilence,
      roles: [],
      summary: 'Note that the consumer was silent for as long as the rule of the place says',
      reads: together,
    }),
    commandRow<DisputeByComplaint, NegotiationState, DisputeSettlementReads>({
      action: 'dispute-by-complaint',
      command: DisputeByComplaint,
      decide: disputeByComplaint,
      roles: [],
      summary: 'Take a settlement or a claim of one back, as there is a later complaint on the same dispute',
      reads: { complaint: laterComplaint, dispute: ownDispute },
    }),
    commandRow<AmendDeadline, NegotiationState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: amendDeadline,
      roles: [],
      summary: 'Read the clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => negotiationClockChanges(event as RecordedNegotiationEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow<NegotiationDocument>({
      projection: negotiationsView,
      filters: {
        respondentUscc: 'respondentUscc',
        respondentRegion: 'respondentRegion',
        status: 'status',
        disputeId: 'disputeId',
        confirmationBasis: 'confirmationBasis',
        station: 'station',
      },
      sort: { field: 'openedAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'court', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Negotiations, newest first, with every offer made',
      scopeOf: (doc) => ({ region: doc.respondentRegion, subject: doc.respondentUscc }),
      answer: (doc, moment) => ({
        ...doc,
        offers: standingOffers(doc, moment.now),
        clocks: clockAnswers(doc.clocks, moment),
      }),
      personal: { terms: 'terms', 'offers.terms': 'offers.terms', 'fedBack.course': 'fedBack.course' },
    }),
  ],
};
