import type { LocalDate } from '#kernel';
import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Party } from '#negotiation/events';
import type { Projection } from '#read-models';
import { referralClockChanges } from '../clocks.ts';
import { barsComplaint, courtFilingAfter, type CourtFilingState } from '../court-filing.ts';
import { referralSchemas } from '../events.ts';
import type {
  AssignmentKind,
  CourtPurpose,
  Direction,
  Material,
  RecordedReferralEvent,
  TrialProcedure,
} from '../events.ts';

export const REFERRAL_STATUSES = [
  'offered',
  'declined',
  'packaged',
  'transferred',
  'received',
  'returned-by-court',
  'filed',
  'not-filed',
  'judged',
  'settled-at-court',
  'suit-withdrawn',
  'to-be-designated',
  'assigned',
  'refused',
  'in-mediation',
  'agreed',
  'failed',
  'expired',
  'returned-to-court',
] as const;
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];

/** One court referral (诉调对接) as it stands. Instants are ISO 8601 UTC, days legal days in Shanghai, money is fen. */
export interface ReferralDocument {
  readonly direction: Direction;
  readonly disputeId: string | null;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly status: ReferralStatus;
  readonly openedAt: string;
  readonly court: string | null;
  readonly courtCaseNo: string | null;
  readonly courtFilingState: CourtFilingState;
  /** A court has accepted the dispute: a complaint is barred (S1 Art. 16(2)). */
  readonly barsComplaint: boolean;
  readonly consents: readonly Party[];
  /** Of the way to the court. */
  readonly purpose: CourtPurpose | null;
  readonly claimantParty: Party | null;
  readonly complaintId: string | null;
  readonly mediationId: string | null;
  readonly package: { readonly id: string; readonly hash: string; readonly items: readonly Material[] } | null;
  /** Of an assignment by a court. */
  readonly kind: AssignmentKind | null;
  readonly procedure: TrialProcedure | null;
  /** Vault references. */
  readonly claimant: string | null;
  readonly respondent: string | null;
  /** Why the body did not take it. */
  readonly reason: string | null;
  readonly bodyId: string | null;
  readonly sham: 'reported' | 'sham' | 'no-sham' | null;
  readonly agreementEffectiveOn: LocalDate | null;
  /** Report with which the case went back. */
  readonly report: string | null;
  /** Number of the judgment or of the court's settlement. */
  readonly documentNo: string | null;
  readonly amountFen: number | null;
  /** Code of why it was sent back, declined, refused, failed or withdrawn; how it was judged. */
  readonly outcomeCode: string | null;
  readonly evidence: readonly string[];
  readonly endedAt: string | null;
  readonly clocks: Clocks;
}

export const referralsView: Projection<ReferralDocument> = {
  name: 'court-referrals',
  version: 1,
  types: Object.keys(referralSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedReferralEvent;
    const next = evolve(doc, event);
    const courtFilingState = courtFilingAfter(next.courtFilingState, event);
    return {
      ...next,
      courtFilingState,
      barsComplaint: barsComplaint(courtFilingState),
      clocks: evolveClocks(next.clocks, referralClockChanges(event), event),
    };
  },
  indexes: {
    newest: ['openedAt'],
    byRegion: ['handlingRegion', 'openedAt'],
    byRespondent: ['respondentUscc', 'openedAt'],
    byStatus: ['status', 'openedAt'],
    byDispute: ['disputeId', 'openedAt'],
    byDirection: ['direction', 'openedAt'],
    byCourtCase: ['courtCaseNo', 'openedAt'],
  },
};

function evolve(doc: ReferralDocument | undefined, event: RecordedReferralEvent): ReferralDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'CourtRouteOffered') {
    const { claimant: claimantParty, ...data } = event.data;
    return { ...BLANK, ...data, direction: 'TO_COURT', status: 'offered', claimantParty, openedAt: at };
  }
  if (event.type === 'DisputeAssignedByCourt') return assigned(event, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return { ...doc, ...changeBy(doc, event, at) };
}

type Step = Exclude<RecordedReferralEvent, { type: 'CourtRouteOffered' | 'DisputeAssignedByCourt' }>;

function changeBy(doc: ReferralDocument, event: Step, at: string): Partial<ReferralDocument> {
  switch (event.type) {
    case 'CourtRouteConsentGiven':
    case 'CourtMediationConsentGiven':
      return { consents: [...doc.consents, event.data.party] };
    case 'CourtRouteConsentRefused':
      return { status: 'declined', endedAt: at };
    case 'ReferralMaterialsPackaged': {
      const { package: id, hash, items } = event.data;
      return { status: 'packaged', package: { id, hash, items } };
    }
    case 'DisputeReferredToCourt':
      return { status: 'transferred', court: event.data.court };
    case 'CourtReceived':
      return { status: 'received' };
    case 'ReferralReturnedByCourt':
      return { status: 'returned-by-court', outcomeCode: event.data.reason };
    case 'CourtFilingAccepted':
      return { status: 'filed', courtCaseNo: event.data.courtCaseNo, outcomeCode: null };
    case 'CourtFilingDeclined':
      return { status: 'not-filed', outcomeCode: event.data.ground, endedAt: at };
    case 'JudgmentRecorded':
    case 'CourtSettlementRecorded':
    case 'SuitWithdrawn':
      return { ...resultOf(event), evidence: event.data.evidence, endedAt: at };
    case 'ReferralLinkedToDispute':
      return { disputeId: event.data.disputeId };
    case 'CourtMediationBodyDesignated':
      return { status: 'assigned', bodyId: event.data.bodyId, outcomeCode: null, reason: null };
    case 'CourtAssignmentConfirmed':
      return { status: 'in-mediation' };
    case 'CourtAssignmentRefused':
      return { status: 'refused', outcomeCode: event.data.ground, reason: event.data.reason };
    case 'ShamMediationReported':
      return { sham: 'reported' };
    case 'ShamMediationReviewed':
      return { sham: event.data.finding };
    case 'CourtMediationAgreed': {
      const { effectiveOn, agreedFen, evidence } = event.data;
      return { status: 'agreed', agreementEffectiveOn: effectiveOn, amountFen: agreedFen, evidence };
    }
    case 'CourtMediationFailed':
      return { status: 'failed', outcomeCode: event.data.reason };
    case 'CourtMediationExpired':
      return { status: 'expired' };
    case 'CaseReturnedToCourt':
      return { status: 'returned-to-court', report: event.data.report, endedAt: at };
    case 'OtherPartyContacted':
    case 'CourtMediationExtended':
    case 'CourtAppraisalStarted':
    case 'CourtAppraisalCompleted':
    case 'ReferralDeadlineAmended':
    case 'ReferralLateEntryVerified':
      return {};
    default:
      return unreachable(event);
  }
}

function resultOf(
  event: Extract<Step, { type: 'JudgmentRecorded' | 'CourtSettlementRecorded' | 'SuitWithdrawn' }>,
): Partial<ReferralDocument> {
  switch (event.type) {
    case 'JudgmentRecorded': {
      const { documentNo, judgment, awardedFen } = event.data;
      return { status: 'judged', documentNo, outcomeCode: judgment, amountFen: awardedFen };
    }
    case 'CourtSettlementRecorded': {
      const { documentNo, agreedFen } = event.data;
      return { status: 'settled-at-court', documentNo, amountFen: agreedFen };
    }
    case 'SuitWithdrawn':
      return { status: 'suit-withdrawn', outcomeCode: event.data.reason };
  }
}

function assigned(
  { data }: Extract<RecordedReferralEvent, { type: 'DisputeAssignedByCourt' }>,
  openedAt: string,
): ReferralDocument {
  return {
    ...BLANK,
    direction: 'FROM_COURT',
    disputeId: data.disputeId,
    handlingRegion: data.handlingRegion,
    respondentUscc: data.respondentUscc,
    status: data.bodyId === null ? 'to-be-designated' : 'assigned',
    openedAt,
    court: data.court,
    courtCaseNo: data.courtCaseNo,
    consents: data.consents,
    kind: data.kind,
    procedure: data.procedure,
    claimant: data.claimant,
    respondent: data.respondent,
    bodyId: data.bodyId,
    evidence: data.materials,
  };
}

const BLANK = {
  court: null,
  courtCaseNo: null,
  courtFilingState: 'not-filed',
  barsComplaint: false,
  consents: [],
  purpose: null,
  claimantParty: null,
  complaintId: null,
  mediationId: null,
  package: null,
  kind: null,
  procedure: null,
  claimant: null,
  respondent: null,
  reason: null,
  bodyId: null,
  sham: null,
  agreementEffectiveOn: null,
  report: null,
  documentNo: null,
  amountFen: null,
  outcomeCode: null,
  evidence: [],
  endedAt: null,
  clocks: NO_CLOCKS,
} as const;
