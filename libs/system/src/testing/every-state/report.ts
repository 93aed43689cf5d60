import type { Matrix } from '../matrix.ts';

/** Reports (举报): what each command comes to, and in which states. */
export const reportMatrix: Matrix = {
  none: 'UNKNOWN_REPORT',
  commands: {
    receive: {
      ReportReceived: 'none',
      REPORT_EXISTS: 'received* · verifying* · verified* · filed* · repeat · not-filed · not-competent',
    },
    'inform-incompetent': {
      ReporterToldOfCompetentAuthority: 'received · verifying*',
      COMPETENCE_IN_DISPUTE:
        'received, competence disputed · received, competence sent-up · verified, competence disputed',
      VERIFICATION_COMPLETED: 'verified',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'mark-repeat': {
      RepeatReportNotProcessed: 'received · verifying · verified*',
      REPORT_ITSELF: 'received, competence disputed · received, competence sent-up · verifying, standing still',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'merge-new-facts': {
      ReportMergedWithNewFacts: 'received · verifying',
      NOT_A_LATER_REPORT:
        'received, competence disputed · received, competence sent-up · verifying, standing still · verified, competence disputed',
      '(nothing)': 'verified',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'raise-competence-dispute': {
      ReportCompetenceDisputeRaised: 'received · verifying* · verified',
      COMPETENCE_IN_DISPUTE:
        'received, competence disputed · received, competence sent-up · verified, competence disputed',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'resolve-competence-dispute': {
      ReportCompetenceDisputeResolved: 'received, competence disputed · verified, competence disputed',
      NO_COMPETENCE_DISPUTE: 'received · received, competence sent-up · verifying* · verified',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'designate-authority': {
      ReportAuthorityDesignated: 'received, competence sent-up',
      NOT_SENT_UP: 'received · received, competence disputed · verifying* · verified*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'start-verification': {
      VerificationStarted: 'received*',
      VERIFICATION_STARTED: 'verifying*',
      VERIFICATION_COMPLETED: 'verified*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'extend-verification': {
      VerificationExtended: 'verifying* · verified*',
      VERIFICATION_NOT_STARTED: 'received*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'suspend-verification': {
      VerificationSuspended: 'verifying*',
      VERIFICATION_NOT_STARTED: 'received*',
      VERIFICATION_COMPLETED: 'verified*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'resume-verification': {
      VerificationResumed: 'verifying, standing still',
      NO_STANDSTILL: 'received* · verifying · verified*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'complete-verification': {
      VerificationCompleted: 'verifying',
      VERIFICATION_NOT_STARTED: 'received*',
      STANDSTILL_OPEN: 'verifying, standing still',
      VERIFICATION_COMPLETED: 'verified*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'file-case': {
      CaseFiled: 'verified',
      VERIFICATION_NOT_COMPLETED: 'received* · verifying*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      COMPETENCE_IN_DISPUTE: 'verified, competence disputed',
      NOT_COMPETENT: 'not-competent',
    },
    'decline-filing': {
      CaseNotFiled: 'verified',
      VERIFICATION_NOT_COMPLETED: 'received* · verifying*',
      FILING_DECIDED: 'filed* · not-filed',
      REPORT_IS_REPEAT: 'repeat',
      COMPETENCE_IN_DISPUTE: 'verified, competence disputed',
      NOT_COMPETENT: 'not-competent',
    },
    'notify-reporter': {
      ReporterNotifiedOfFiling: 'filed · not-filed',
      FILING_NOT_DECIDED: 'received* · verifying* · verified*',
      ALREADY_NOTIFIED: 'filed, told',
      REPORT_IS_REPEAT: 'repeat',
      NOT_COMPETENT: 'not-competent',
    },
    'verify-late-entry': {
      ReportLateEntryVerified: 'filed',
      NOT_BACKDATED: 'received* · verifying* · verified* · repeat · not-filed · not-competent',
      '(nothing)': 'filed, told',
    },
  },
};
