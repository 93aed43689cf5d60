import { expect } from '@jest/globals';
import type { RecordedEvent, Refusal } from '#kernel';
import { isOpen, type Clocks } from '#law';
import type { AnyContextTable } from '#service';
import { wordsOf } from '#timeline';
import { MARKERS } from './drawn-command.ts';

// What must hold of every answer and every event, whatever was done before.

/** Events that begin a step again whose clock had stopped. */
const OPENS_ANEW: ReadonlySet<string> = new Set([
  'WorkOrderReopened',
  'WorkOrderDispatched',
  'ComplaintReopened',
  'ComplaintUnmerged',
  'ComplaintCorrected',
  'ComplaintTransferReceived',
  'IdentityProofRequested',
  'CompetenceDisputeRaised',
  'CompetenceDisputeSentUp',
  'ReportCompetenceDisputeRaised',
  'ReportCompetenceDisputeResolved',
  'AssistanceRequested',
  'CaseSubmittedForReview',
  'CourtMediationBodyDesignated',
  // Of another claim than the one before: told again of the same one, nobody is given a new silence.
  'SettlementClaimNotified',
  'PenaltyNoticeServed',
  'PoliceReceiptSigned',
  'CourtReceived',
  'ComplaintPublicationPlanned',
  'ConfirmationChallenged',
]);

/** Facts that settle nothing, and are recorded whatever became of a negotiation. */
const SETTLES_NOTHING = [
  'NegotiationResultRecorded',
  'AdvancePaymentMade',
  'RecourseRecovered',
  'NoReasonReturnRefused',
  'ReturnedGoodsReceived',
  'ReturnRefunded',
];

/**
 * Statuses in which an object has come to its end, and what may still be written about it: that it begins again, or what takes
 * nothing from its end. Of every object also that a deadline was read anew or a late entry verified.
 */
export const ENDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  workOrder: {
    redirected: [
      'WorkOrderPayloadConflictDetected',
      'WorkOrderPayloadConflictResolved',
      'WorkOrderSatisfactionRecorded',
    ],
    closed: [
      'WorkOrderReopened',
      'WorkOrderSatisfactionRecorded',
      'WorkOrderCallbackUnanswered',
      'WorkOrderPayloadConflictDetected',
      'WorkOrderPayloadConflictResolved',
      'WorkOrderLinkedToDispute',
      'WorkOrderComplaintLinked',
      'WorkOrderReportLinked',
      'WorkOrderSplit',
      'WorkOrderClassified',
      'DuplicateSuspected',
      'DuplicateDismissed',
    ],
  },
  dispute: { merged: ['DisputeUnmerged'] },
  complaint: {
    'not-accepted': [
      'AcceptanceDecisionNotified',
      'ComplaintReopened',
      'ComplaintCorrectionProposed',
      'ComplaintCorrectionRejected',
      'ComplaintCorrected',
      'IdentityProofOverdue',
    ],
    closed: [
      'FollowUpRecorded',
      'SatisfactionRecorded',
      'ComplaintReopened',
      'ComplaintCorrectionProposed',
      'ComplaintCorrectionRejected',
      'ComplaintCorrected',
    ],
    merged: ['ComplaintUnmerged'],
  },
  negotiation: {
    escalated: SETTLES_NOTHING,
    failed: ['NegotiationEscalated', ...SETTLES_NOTHING],
    settled: ['SettlementDisputed', ...SETTLES_NOTHING],
  },
  mediation: { declined: [], terminated: ['PartiesNotifiedOfTermination', 'ViolationClueFound'] },
  referral: { declined: [], 'not-filed': [], decided: [], 'returned-to-court': ['ReferralLinkedToDispute'] },
  confirmation: { dismissed: [], revoked: [] },
  report: { repeat: [], 'not-competent': [], 'not-filed': ['ReporterNotifiedOfFiling'] },
  case: {
    'not-filed': [],
    closed: ['PenaltyPublished', 'PenaltyHandedOver', 'PenaltyRevised', 'PenaltyPublicationWithdrawn'],
  },
  crimref: { 'not-approved': [], 'handed-over': [] },
  publication: { withdrawn: ['ComplaintPublicationPlanned'], expired: ['ComplaintPublicationPlanned'] },
  odrMembership: { withdrawn: ['OdrMembershipApplied'], expelled: ['OdrMembershipApplied'] },
  serviceStation: { closed: [] },
  advanceScheme: { closed: ['AdvanceAllotmentReleased'] },
  store: { closed: [] },
  commitment: { withdrawn: ['CommitmentMade'] },
  mediationBody: { removed: [] },
  mediator: { removed: [] },
  evidence: { erased: [] },
  proposal: { taken: ['ProposalMade'], withdrawn: ['ProposalMade'], dismissed: ['ProposalMade'] },
};

export function expectNoMarkers(said: object): void {
  const text = JSON.stringify(said);
  for (const marker of Object.values(MARKERS)) if (text.includes(marker)) throw new Error(`personal data in ${text}`);
}

export function expectWellRefused(refusal: Refusal): void {
  expect(refusal.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
  expect(refusal.detail).not.toBe('');
  expectNoMarkers(refusal);
}

export function expectWords(event: RecordedEvent): void {
  const words = wordsOf(event);
  expectNoMarkers(words);
  if (!/\p{Script=Han}/u.test(words.zh)) throw new Error(`${event.type}: ${words.zh}`);
  const broken = /undefined|\bnull\b|NaN|\[object/.exec(`${words.zh} ${words.en}`);
  if (broken !== null) throw new Error(`${event.type}: ${words.zh} / ${words.en} / ${JSON.stringify(event.data)}`);
}

/** A clock that has stopped stays as it stopped, and runs again only where the event opens it anew. */
export function expectStopped(event: RecordedEvent, before: Clocks, after: Clocks, changes: readonly object[]): void {
  for (const [name, clock] of Object.entries(before)) {
    const next = after[name];
    if (next === undefined) throw new Error(`${event.type} loses the clock ${name}`);
    if (isOpen(clock)) continue;
    if (!isOpen(next)) {
      const isAgain = clock.completion !== null && clock.completion.recordedAt !== next.completion?.recordedAt;
      if (isAgain && !OPENS_ANEW.has(event.type)) throw new Error(`${event.type} stops ${name} a second time`);
      continue;
    }
    const isOpened = changes.some((change) => {
      const { change: what, reading } = change as {
        readonly change: string;
        readonly reading?: { readonly clock: string };
      };
      return what === 'opened' && reading?.clock === name;
    });
    if (!isOpened) throw new Error(`${event.type} sets ${name} going again`);
    if (!OPENS_ANEW.has(event.type)) throw new Error(`${event.type} opens ${name} anew, which has ${clock.state}`);
  }
}

/** What has come to its end is not gone on with, unless it begins again. */
export function expectAlive({ category }: AnyContextTable, event: RecordedEvent, before: unknown): void {
  const { status } = before as { readonly status?: string };
  const afterwards = status === undefined ? undefined : ENDS[category]?.[status];
  if (afterwards === undefined || afterwards.includes(event.type)) return;
  if (/DeadlineAmended$|LateEntryVerified$/.test(event.type)) return;
  throw new Error(`${event.type} of a ${category} that is ${status}`);
}

interface OfDispute {
  readonly disputeId?: string | null;
}

/** Every event of a procedure belongs to its dispute as soon as that is known, or to the one that it names itself. */
export function expectCorrelated(event: RecordedEvent, state: unknown, disputes: readonly string[]): void {
  const { disputeId = (state as OfDispute).disputeId } = event.data as OfDispute;
  const told = event.correlationId;
  if (told !== null && !disputes.includes(told))
    throw new Error(`${event.type} of ${event.stream}: no dispute ${told}`);
  if (typeof disputeId === 'string' && told !== disputeId) {
    throw new Error(`${event.type} of ${event.stream} is told of ${told}, and is of ${disputeId}`);
  }
}
