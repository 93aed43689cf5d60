import { objectId } from '#kernel';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { ContextTable } from '#service';
import { confirmationClockChanges } from './clocks.ts';
import * as given from './commands.ts';
import { evolve, initial, type ConfirmationState } from './confirmation.ts';
import { apply, open, sign, withdraw } from './decide-application.ts';
import { accept, amendDeadline, challenge, confirm, decideChallenge, decline } from './decide-court.ts';
import { dismiss, enforce, extendDecision, perform, verifyLateEntry } from './decide-court.ts';
import { confirmationSchemas, type RecordedConfirmationEvent } from './events.ts';
import { evolveMediation, evolveReferral, unreadAgreement, type OpenReads } from './reads.ts';
import { confirmationsView } from './views/judicial-confirmations.ts';

/** Who enters what the court did; the court itself, or somebody with proof. */
const COURT = ['court', 'officer', 'mediator'] as const;
const PARTIES = ['officer', 'mediator', 'merchant', 'public'] as const;

/** Judicial confirmation (司法确认), whole: `POST /v1/judicial-confirmations…`, `GET /v1/judicial-confirmations…`. */
export const confirmationsTable: ContextTable<ConfirmationState> = {
  collection: 'judicial-confirmations',
  category: 'confirmation',
  title: 'judicial confirmation',
  schemas: confirmationSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedConfirmationEvent),
  scopeOf: (state) =>
    state.status === 'none'
      ? { region: null, subject: null }
      : { region: state.handlingRegion, subject: state.respondentUscc },
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<given.OpenConfirmation, ConfirmationState, OpenReads>({
      action: 'open',
      command: given.OpenConfirmation,
      decide: open,
      roles: ['officer', 'mediator', 'court'],
      summary: 'Open the thirty days in which both parties may apply together',
      creates: true,
      // One agreement has one window: its id follows from where it was made.
      id: ({ mediationId, referralId }) =>
        objectId(
          0,
          `confirmation of ${mediationId === undefined ? `referral-${referralId}` : `mediation-${mediationId}`}`,
        ),
      scope: (_, { mediation, referral }) => {
        const agreement = mediation ?? referral;
        return { region: agreement?.handlingRegion ?? null, subject: agreement?.respondentUscc ?? null };
      },
      correlation: (_command, _state, _id, { mediation, referral }) => (mediation ?? referral)?.disputeId ?? null,
      reads: {
        mediation: {
          stream: ({ mediationId }) => (mediationId === undefined ? null : `mediation-${mediationId}`),
          initial: unreadAgreement,
          evolve: evolveMediation,
        },
        referral: {
          stream: ({ referralId }) => (referralId === undefined ? null : `referral-${referralId}`),
          initial: unreadAgreement,
          evolve: evolveReferral,
        },
      },
    }),
    commandRow<given.SignConfirmationApplication, ConfirmationState>({
      action: 'sign',
      command: given.SignConfirmationApplication,
      decide: sign,
      roles: PARTIES,
      summary: 'Sign the application as one party; with the other’s signature it is made',
    }),
    commandRow<given.ApplyForConfirmation, ConfirmationState>({
      action: 'apply',
      command: given.ApplyForConfirmation,
      decide: apply,
      // The parties' own keys are let in to be told why not: each signs for itself.
      roles: [...PARTIES, 'court'],
      summary: 'Enter the application that both parties made together',
    }),
    commandRow<given.AcceptConfirmation, ConfirmationState>({
      action: 'accept',
      command: given.AcceptConfirmation,
      decide: accept,
      roles: COURT,
      summary: 'Record that the court took the application',
    }),
    commandRow<given.DeclineConfirmation, ConfirmationState>({
      action: 'decline',
      command: given.DeclineConfirmation,
      decide: decline,
      roles: COURT,
      summary: 'Record that the court did not take the application',
    }),
    commandRow<given.ExtendConfirmationDecision, ConfirmationState>({
      action: 'extend-decision',
      command: given.ExtendConfirmationDecision,
      decide: extendDecision,
      roles: COURT,
      summary: 'Record more time for the decision, given by the president of the court',
    }),
    commandRow<given.WithdrawConfirmation, ConfirmationState>({
      action: 'withdraw',
      command: given.WithdrawConfirmation,
      decide: withdraw,
      roles: [...PARTIES, 'court'],
      summary: 'Take the application back before the court has decided',
    }),
    commandRow<given.ConfirmAgreement, ConfirmationState>({
      action: 'confirm',
      command: given.ConfirmAgreement,
      decide: confirm,
      roles: COURT,
      summary: 'Record that the court confirmed the agreement',
    }),
    commandRow<given.DismissConfirmation, ConfirmationState>({
      action: 'dismiss',
      command: given.DismissConfirmation,
      decide: dismiss,
      roles: COURT,
      summary: 'Record that the court dismissed the application',
    }),
    commandRow<given.PerformConfirmedAgreement, ConfirmationState>({
      action: 'perform',
      command: given.PerformConfirmedAgreement,
      decide: perform,
      roles: ['officer', 'mediator', 'court'],
      summary: 'Record that the confirmed agreement was performed',
    }),
    commandRow<given.ApplyForEnforcement, ConfirmationState>({
      action: 'apply-for-enforcement',
      command: given.ApplyForEnforcement,
      decide: enforce,
      roles: PARTIES,
      summary: 'Record that a party asked the court to enforce it',
    }),
    commandRow<given.ChallengeConfirmation, ConfirmationState>({
      action: 'challenge',
      command: given.ChallengeConfirmation,
      decide: challenge,
      roles: COURT,
      summary: 'Record that a third party attacked the confirmation',
      personal: { challenger: { name: 'challengerName' } },
    }),
    commandRow<given.DecideChallenge, ConfirmationState>({
      action: 'decide-challenge',
      command: given.DecideChallenge,
      decide: decideChallenge,
      roles: COURT,
      summary: 'Record what the court decided on the challenge',
    }),
    commandRow<given.VerifyConfirmationLateEntry, ConfirmationState>({
      action: 'verify-late-entry',
      command: given.VerifyConfirmationLateEntry,
      decide: verifyLateEntry,
      roles: ['officer', 'court'],
      summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
    }),
  ],
  processCommands: [
    commandRow<AmendDeadline, ConfirmationState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => confirmationClockChanges(event as RecordedConfirmationEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: confirmationsView,
      filters: {
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        status: 'status',
        disputeId: 'disputeId',
        mediationId: 'mediationId',
        courtCaseNo: 'courtCaseNo',
      },
      sort: { field: 'openedAt', order: 'desc' },
      roles: ['officer', 'mediator', 'merchant', 'court', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Judicial confirmations, newest first',
      scopeOf: (doc) => ({ region: doc.handlingRegion, subject: doc.respondentUscc }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: { challenger: 'challenger' },
    }),
  ],
};
