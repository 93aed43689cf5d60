import type { LocalDate } from '#kernel';
import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { MediationKind } from '#mediation/events';
import type { Party } from '#negotiation/events';
import type { Projection } from '#read-models';
import { confirmationClockChanges } from '../clocks.ts';
import { confirmationSchemas, type CourtBasis, type RecordedConfirmationEvent } from '../events.ts';

/** `signed`: one party alone, which is no application (T-45). */
export const CONFIRMATION_STATUSES = [
  'eligible',
  'signed',
  'applied',
  'accepted',
  'not-accepted',
  'confirmed',
  'dismissed',
  'withdrawn',
  'performed',
  'enforcement-applied',
  'challenged',
  'revoked',
] as const;
export type ConfirmationStatus = (typeof CONFIRMATION_STATUSES)[number];

/** One judicial confirmation (司法确认) as it stands. Instants are ISO 8601 UTC, days are legal days in Shanghai. */
export interface ConfirmationDocument {
  readonly disputeId: string;
  readonly mediationId: string | null;
  readonly referralId: string | null;
  readonly kind: MediationKind;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly status: ConfirmationStatus;
  readonly openedAt: string;
  readonly effectiveOn: LocalDate;
  readonly isOral: boolean;
  /** Of an authority's agreement: by what it can be confirmed here (T-44). */
  readonly confirmableBy: string | null;
  /** Who has signed; both, once they have applied. */
  readonly signedBy: readonly Party[];
  readonly court: string | null;
  readonly courtBasis: CourtBasis | null;
  readonly courtCaseNo: string | null;
  readonly appliedAt: string | null;
  readonly acceptedAt: string | null;
  readonly decidedAt: string | null;
  readonly documentNo: string | null;
  /** Codes of why it was not accepted or dismissed. */
  readonly grounds: readonly string[];
  readonly performedAt: string | null;
  readonly enforcementAppliedAt: string | null;
  readonly challengedAt: string | null;
  /** Vault reference of the third party. */
  readonly challenger: string | null;
  readonly revokedAt: string | null;
  readonly evidence: readonly string[];
  readonly clocks: Clocks;
}

export const confirmationsView: Projection<ConfirmationDocument> = {
  name: 'judicial-confirmations',
  version: 1,
  types: Object.keys(confirmationSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedConfirmationEvent;
    const next = evolve(doc, event);
    return { ...next, clocks: evolveClocks(next.clocks, confirmationClockChanges(event), event) };
  },
  indexes: {
    newest: ['openedAt'],
    byRegion: ['handlingRegion', 'openedAt'],
    byRespondent: ['respondentUscc', 'openedAt'],
    byStatus: ['status', 'openedAt'],
    byDispute: ['disputeId', 'openedAt'],
    byMediation: ['mediationId', 'openedAt'],
    byCourtCase: ['courtCaseNo', 'openedAt'],
  },
};

function evolve(doc: ConfirmationDocument | undefined, event: RecordedConfirmationEvent): ConfirmationDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ConfirmationWindowOpened') return opened(event, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return { ...doc, ...changeBy(doc, event, at) };
}

function changeBy(
  doc: ConfirmationDocument,
  event: Exclude<RecordedConfirmationEvent, { type: 'ConfirmationWindowOpened' }>,
  at: string,
): Partial<ConfirmationDocument> {
  switch (event.type) {
    case 'ConfirmationApplicationSigned': {
      const { party, court, courtBasis } = event.data;
      return { status: 'signed', signedBy: [party], court, courtBasis };
    }
    case 'JudicialConfirmationApplied': {
      const { applicants, court, courtBasis, evidence } = event.data;
      return { status: 'applied', signedBy: applicants, court, courtBasis, evidence, appliedAt: at, grounds: [] };
    }
    case 'JudicialConfirmationAccepted':
      return { status: 'accepted', courtCaseNo: event.data.courtCaseNo, acceptedAt: at };
    case 'JudicialConfirmationNotAccepted':
      return { status: 'not-accepted', grounds: [event.data.ground], decidedAt: at };
    case 'ConfirmationApplicationWithdrawn':
      return { status: 'withdrawn', decidedAt: at };
    case 'AgreementConfirmed':
      return { status: 'confirmed', documentNo: event.data.documentNo, decidedAt: at };
    case 'ConfirmationDismissed': {
      const { documentNo, grounds } = event.data;
      return { status: 'dismissed', documentNo, grounds, decidedAt: at };
    }
    case 'ConfirmedAgreementPerformed':
      return { status: doc.status === 'challenged' ? doc.status : 'performed', performedAt: at };
    case 'EnforcementApplied':
      return { status: doc.status === 'challenged' ? doc.status : 'enforcement-applied', enforcementAppliedAt: at };
    case 'ConfirmationChallenged':
      return { status: 'challenged', challengedAt: at, challenger: event.data.challenger };
    case 'ConfirmationChallengeRejected':
      return { status: afterChallenge(doc) };
    case 'ConfirmationRevokedByThirdParty':
      return { status: 'revoked', documentNo: event.data.documentNo, revokedAt: at };
    case 'ConfirmationDecisionExtended':
    case 'ConfirmationDeadlineAmended':
    case 'ConfirmationLateEntryVerified':
      return {};
    default:
      return unreachable(event);
  }
}

function afterChallenge({ performedAt, enforcementAppliedAt }: ConfirmationDocument): ConfirmationStatus {
  if (performedAt !== null) return 'performed';
  return enforcementAppliedAt === null ? 'confirmed' : 'enforcement-applied';
}

function opened(
  { data }: Extract<RecordedConfirmationEvent, { type: 'ConfirmationWindowOpened' }>,
  openedAt: string,
): ConfirmationDocument {
  const { disputeId, mediationId, referralId, kind, handlingRegion, respondentUscc } = data;
  const { effectiveOn, isOral, confirmableBy } = data;
  return {
    disputeId,
    mediationId,
    referralId,
    kind,
    handlingRegion,
    respondentUscc,
    status: 'eligible',
    openedAt,
    effectiveOn,
    isOral,
    confirmableBy,
    signedBy: [],
    court: null,
    courtBasis: null,
    courtCaseNo: null,
    appliedAt: null,
    acceptedAt: null,
    decidedAt: null,
    documentNo: null,
    grounds: [],
    performedAt: null,
    enforcementAppliedAt: null,
    challengedAt: null,
    challenger: null,
    revokedAt: null,
    evidence: [],
    clocks: NO_CLOCKS,
  };
}
