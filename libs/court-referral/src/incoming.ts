import type { LocalDate } from '#kernel';
import type { Party } from '#negotiation/events';
import type {
  AgreementForm,
  AssignmentKind,
  RecordedReferralEvent,
  ReferralEvents,
  ReturnOutcome,
  ShamFinding,
  TrialProcedure,
} from './events.ts';
import type { Known } from './referral.ts';

/** Direction `FROM_COURT`: a court has a dispute mediated. */
export type Incoming = Known & {
  readonly direction: 'FROM_COURT';
  readonly disputeId: string | null;
  readonly courtCaseNo: string;
  readonly payloadDigest: string;
  readonly kind: AssignmentKind;
  readonly procedure: TrialProcedure | null;
  readonly bodyId: string | null;
  readonly consents: readonly Party[];
  /** Number of the appraisals that have begun, and the one that goes on. */
  readonly appraisals: { readonly begun: number; readonly open: string | null };
  /** Of a suspected sham: under review, or as found. */
  readonly sham: 'reported' | ShamFinding | null;
  /** The time ran out: what had been reached before may still be entered. */
  readonly ranOut: boolean;
  readonly agreement: { readonly form: AgreementForm | null; readonly effectiveOn: LocalDate | null } | null;
  /** The report with which it went back. */
  readonly returned: { readonly outcome: ReturnOutcome; readonly report: string } | null;
  readonly status:
    'to-be-designated' | 'assigned' | 'refused' | 'in-mediation' | 'agreed' | 'failed' | 'returned-to-court';
};

export function assigned(data: ReferralEvents['DisputeAssignedByCourt'], known: Known): Incoming {
  const { disputeId, courtCaseNo, payloadDigest, kind, procedure, bodyId, consents, courtFilingState } = data;
  return {
    ...known,
    direction: 'FROM_COURT',
    disputeId,
    courtCaseNo,
    payloadDigest,
    kind,
    procedure,
    courtFilingState,
    bodyId,
    consents,
    appraisals: { begun: 0, open: null },
    sham: null,
    ranOut: false,
    agreement: null,
    returned: null,
    status: bodyId === null ? 'to-be-designated' : 'assigned',
  };
}

/** The assignment after an event; events of the other direction are none of it. */
export function evolveIncoming(state: Incoming, event: RecordedReferralEvent): Incoming {
  switch (event.type) {
    case 'ReferralLinkedToDispute':
      return { ...state, disputeId: event.data.disputeId };
    case 'CourtMediationBodyDesignated':
      return { ...state, status: 'assigned', bodyId: event.data.bodyId };
    case 'CourtAssignmentConfirmed':
      return { ...state, status: 'in-mediation' };
    case 'CourtAssignmentRefused':
      return { ...state, status: 'refused' };
    case 'CourtMediationConsentGiven':
      return { ...state, consents: [...state.consents, event.data.party] };
    case 'CourtAppraisalStarted':
      return { ...state, appraisals: { begun: state.appraisals.begun + 1, open: event.data.appraisal } };
    case 'CourtAppraisalCompleted':
      return { ...state, appraisals: { ...state.appraisals, open: null } };
    case 'ShamMediationReported':
      return { ...state, sham: 'reported' };
    case 'ShamMediationReviewed':
      return { ...state, sham: event.data.finding };
    case 'CourtMediationAgreed': {
      const { form, effectiveOn } = event.data;
      return { ...state, status: 'agreed', ranOut: false, agreement: { form, effectiveOn } };
    }
    case 'CourtMediationFailed':
      return { ...state, status: 'failed', ranOut: false };
    case 'CourtMediationExpired':
      return { ...state, ranOut: true };
    case 'CaseReturnedToCourt': {
      const { outcome, report } = event.data;
      return { ...state, status: 'returned-to-court', returned: { outcome, report } };
    }
    default:
      return state;
  }
}
