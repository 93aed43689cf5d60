import { normaliseUscc } from '#kernel';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { ContextTable } from '#service';
import {
  AcknowledgeNegotiation,
  AgreeToOffer,
  ClaimSettlement,
  ConfirmSettlement,
  CounterSettlement,
  EscalateNegotiation,
  ExpireNegotiation,
  FailNegotiation,
  OpenNegotiation,
  ProposeSettlement,
  VerifyNegotiationLateEntry,
} from './commands.ts';
import { negotiationClockChanges } from './clocks.ts';
import {
  acknowledge,
  agree,
  amendDeadline,
  claim,
  confirm,
  counter,
  escalate,
  expire,
  fail,
  open,
  propose,
  verifyLateEntry,
} from './decide.ts';
import type { RecordedNegotiationEvent } from './events.ts';
import { negotiationSchemas } from './events.ts';
import type { NegotiationState } from './negotiation.ts';
import { evolve, initial } from './negotiation.ts';
import { BOTH_SIDES, CONSUMER_SIDE } from './party.ts';
import type { OpenReads } from './reads.ts';
import { evolveDispute, evolveMembership, unreadDispute } from './reads.ts';
import { negotiationsView } from './views/negotiations.ts';

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
    commandRow<ConfirmSettlement, NegotiationState>({
      action: 'confirm',
      command: ConfirmSettlement,
      decide: confirm,
      // The merchant is let in to be told why not: ONLY_CONSUMER_CONFIRMS.
      roles: BOTH_SIDES,
      summary: 'Confirm as the consumer that it is settled',
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
    viewRow({
      projection: negotiationsView,
      filters: {
        respondentUscc: 'respondentUscc',
        respondentRegion: 'respondentRegion',
        status: 'status',
        disputeId: 'disputeId',
      },
      sort: { field: 'openedAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'court', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Negotiations, newest first, with every offer made',
      scopeOf: (doc) => ({ region: doc.respondentRegion, subject: doc.respondentUscc }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: { terms: 'terms', 'offers.terms': 'offers.terms' },
    }),
  ],
};
