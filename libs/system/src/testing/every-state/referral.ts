import type { Matrix } from '../matrix.ts';

/** Referrals to and from a court (诉调对接): what each command comes to, and in which states. */
export const referralMatrix: Matrix = {
  none: 'UNKNOWN_REFERRAL',
  commands: {
    offer: {
      CourtRouteOffered: 'none',
      REFERRAL_EXISTS: 'to court* · from court*',
    },
    'consent-to-route': {
      CourtRouteConsentGiven: 'to court: offered',
      COURT_ROUTE_DECLINED: 'to court: declined',
      '(nothing)':
        'to court: packaged · to court: transferred · to court: received · to court: returned-by-court · to court: filed · to court: decided · to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'refuse-route': {
      CourtRouteConsentRefused: 'to court: offered',
      COURT_ROUTE_DECLINED: 'to court: declined',
      TOO_LATE_TO_CHANGE:
        'to court: packaged · to court: transferred · to court: received · to court: returned-by-court · to court: filed · to court: decided · to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'package-materials': {
      ReferralMaterialsPackaged: 'to court: offered · to court: packaged · to court: returned-by-court',
      COURT_ROUTE_DECLINED: 'to court: declined',
      TOO_LATE_TO_CHANGE:
        'to court: transferred · to court: received · to court: filed · to court: decided · to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    transfer: {
      DisputeReferredToCourt: 'to court: packaged',
      NOTHING_PACKAGED: 'to court: offered · to court: declined · to court: returned-by-court',
      ALREADY_TRANSFERRED: 'to court: transferred · to court: received',
      '(nothing)': 'to court: filed · to court: decided · to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'record-receipt': {
      CourtReceived: 'to court: transferred',
      NOT_TRANSFERRED: 'to court: offered · to court: declined · to court: packaged · to court: returned-by-court',
      '(nothing)': 'to court: received · to court: filed · to court: decided · to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'record-court-return': {
      ReferralReturnedByCourt: 'to court: transferred · to court: received',
      NOT_TRANSFERRED: 'to court: offered · to court: declined · to court: packaged',
      '(nothing)': 'to court: returned-by-court',
      ALREADY_FILED: 'to court: filed · to court: decided',
      FILING_DECLINED: 'to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'record-filing': {
      CourtFilingAccepted: 'to court: received',
      NOT_TRANSFERRED: 'to court: offered · to court: declined · to court: packaged · to court: returned-by-court',
      NOT_RECEIVED: 'to court: transferred',
      '(nothing)': 'to court: filed · to court: decided',
      FILING_DECLINED: 'to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'record-filing-refusal': {
      CourtFilingDeclined: 'to court: received',
      NOT_TRANSFERRED: 'to court: offered · to court: declined · to court: packaged · to court: returned-by-court',
      NOT_RECEIVED: 'to court: transferred',
      ALREADY_FILED: 'to court: filed · to court: decided',
      '(nothing)': 'to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'record-judgment': {
      JudgmentRecorded: 'to court: filed',
      NOT_TRANSFERRED: 'to court: offered · to court: declined · to court: packaged · to court: returned-by-court',
      NOT_RECEIVED: 'to court: transferred',
      NOT_FILED: 'to court: received',
      '(nothing)': 'to court: decided',
      FILING_DECLINED: 'to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'record-settlement': {
      CourtSettlementRecorded: 'to court: filed',
      NOT_TRANSFERRED: 'to court: offered · to court: declined · to court: packaged · to court: returned-by-court',
      NOT_RECEIVED: 'to court: transferred',
      NOT_FILED: 'to court: received',
      ALREADY_DECIDED: 'to court: decided',
      FILING_DECLINED: 'to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    'record-withdrawal': {
      SuitWithdrawn: 'to court: filed',
      NOT_TRANSFERRED: 'to court: offered · to court: declined · to court: packaged · to court: returned-by-court',
      NOT_RECEIVED: 'to court: transferred',
      NOT_FILED: 'to court: received',
      ALREADY_DECIDED: 'to court: decided',
      FILING_DECLINED: 'to court: not-filed',
      OTHER_DIRECTION: 'from court*',
    },
    assign: {
      DisputeAssignedByCourt: 'none',
      COURT_ASSIGNMENT_CONFLICT: 'to court*',
      '(nothing)': 'from court*',
    },
    'link-dispute': {
      ReferralLinkedToDispute:
        'from court: assigned · from court: in-mediation · from court: to-be-designated · from court: failed · from court: in-mediation, ran out',
      OTHER_DIRECTION: 'to court*',
      '(nothing)':
        'from court: refused · from court: in-mediation, appraisal · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham · from court: agreed · from court: returned-to-court',
    },
    'designate-body': {
      CourtMediationBodyDesignated: 'from court: refused · from court: to-be-designated',
      OTHER_DIRECTION: 'to court*',
      CONFIRMATION_NOT_OVERDUE: 'from court: assigned',
      ASSIGNMENT_TAKEN:
        'from court: in-mediation* · from court: agreed · from court: returned-to-court · from court: failed',
    },
    'confirm-assignment': {
      CourtAssignmentConfirmed: 'from court: assigned',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_REFUSED: 'from court: refused',
      '(nothing)': 'from court: in-mediation*',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
    },
    'refuse-assignment': {
      CourtAssignmentRefused: 'from court: assigned',
      OTHER_DIRECTION: 'to court*',
      '(nothing)': 'from court: refused',
      ASSIGNMENT_TAKEN: 'from court: in-mediation*',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
    },
    'contact-other-party': {
      OtherPartyContacted: 'from court: in-mediation',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      '(nothing)':
        'from court: in-mediation, appraisal · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      NOBODY_TO_CONTACT: 'from court: in-mediation, ran out',
    },
    'consent-to-mediation': {
      CourtMediationConsentGiven: 'from court: in-mediation',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      '(nothing)':
        'from court: in-mediation, appraisal · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham · from court: agreed · from court: returned-to-court · from court: to-be-designated · from court: failed · from court: in-mediation, ran out',
    },
    extend: {
      CourtMediationExtended:
        'from court: in-mediation · from court: in-mediation, appraisal · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      COURT_MEDIATION_EXPIRED: 'from court: in-mediation, ran out',
    },
    'start-appraisal': {
      CourtAppraisalStarted:
        'from court: in-mediation · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      APPRAISAL_OPEN: 'from court: in-mediation, appraisal',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      COURT_MEDIATION_EXPIRED: 'from court: in-mediation, ran out',
    },
    'complete-appraisal': {
      CourtAppraisalCompleted: 'from court: in-mediation, appraisal',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      NO_APPRAISAL_OPEN:
        'from court: in-mediation · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      COURT_MEDIATION_EXPIRED: 'from court: in-mediation, ran out',
    },
    'report-sham': {
      ShamMediationReported:
        'from court: in-mediation · from court: in-mediation, appraisal · from court: in-mediation, sham no-sham',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      SHAM_UNDER_REVIEW: 'from court: in-mediation, sham reported',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      COURT_MEDIATION_EXPIRED: 'from court: in-mediation, ran out',
    },
    'review-sham': {
      ShamMediationReviewed: 'from court: in-mediation, sham reported',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      NO_SHAM_REPORTED: 'from court: in-mediation · from court: in-mediation, appraisal',
      '(nothing)': 'from court: in-mediation, sham no-sham',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      COURT_MEDIATION_EXPIRED: 'from court: in-mediation, ran out',
    },
    agree: {
      CourtMediationAgreed:
        'from court: in-mediation · from court: in-mediation, appraisal · from court: in-mediation, sham no-sham',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      SHAM_UNDER_REVIEW: 'from court: in-mediation, sham reported',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      COURT_MEDIATION_EXPIRED: 'from court: in-mediation, ran out',
    },
    fail: {
      CourtMediationFailed:
        'from court: in-mediation · from court: in-mediation, appraisal · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      ASSIGNMENT_REFUSED: 'from court: refused',
      COURT_MEDIATION_ENDED: 'from court: agreed · from court: failed',
      ALREADY_RETURNED: 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
      COURT_MEDIATION_EXPIRED: 'from court: in-mediation, ran out',
    },
    'return-to-court': {
      CaseReturnedToCourt:
        'from court: refused · from court: agreed · from court: failed · from court: in-mediation, ran out',
      OTHER_DIRECTION: 'to court*',
      ASSIGNMENT_NOT_CONFIRMED: 'from court: assigned',
      COURT_MEDIATION_OPEN:
        'from court: in-mediation · from court: in-mediation, appraisal · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham',
      '(nothing)': 'from court: returned-to-court',
      NO_BODY_DESIGNATED: 'from court: to-be-designated',
    },
    'verify-late-entry': {
      ReferralLateEntryVerified: 'to court: filed · from court: in-mediation',
      UNKNOWN_CLOCK:
        'to court: offered · to court: declined · to court: packaged · to court: transferred · from court: assigned · from court: refused · from court: to-be-designated · from court: failed · from court: in-mediation, ran out',
      NOT_BACKDATED: 'to court: received · to court: returned-by-court · to court: not-filed',
      '(nothing)':
        'to court: decided · from court: in-mediation, appraisal · from court: in-mediation, sham reported · from court: in-mediation, sham no-sham · from court: agreed · from court: returned-to-court',
    },
  },
};
