import type { Matrix } from '../matrix.ts';

/** Disputes (争议): what each command comes to, and in which states. */
export const disputeMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    open: {
      DisputeOpened: 'none',
      DISPUTE_ALREADY_OPEN: 'open* · merged',
    },
    'identify-respondent': {
      DisputeRespondentIdentified: 'open',
      '(nothing)': 'open, taken up · open, hand-off offered · open, taken up, joint · open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
    'merge-into': {
      DisputeMergedInto: 'open',
      MERGED_INTO_ITSELF:
        'open, taken up · open, hand-off offered · open, taken up, joint · open, taken up, represented',
      '(nothing)': 'merged',
    },
    unmerge: {
      DisputeUnmerged: 'merged',
      NOT_MERGED: 'open*',
    },
    'join-complainant': {
      ComplainantJoined: 'open · open, taken up · open, hand-off offered · open, taken up, joint',
      COMPLAINANT_JOINED_BEFORE: 'open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
    'choose-representatives': {
      RepresentativesChosen: 'open, taken up, joint',
      NOT_JOINT: 'open · open, taken up · open, hand-off offered',
      '(nothing)': 'open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
    'record-represented-consent': {
      RepresentedConsentRecorded: 'open, taken up, represented',
      NO_REPRESENTATIVES: 'open · open, taken up · open, hand-off offered · open, taken up, joint',
      DISPUTE_MERGED: 'merged',
    },
    'assign-first-inquiry': {
      FirstInquiryAssigned: 'open',
      '(nothing)': 'open, taken up · open, hand-off offered · open, taken up, joint · open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
    'offer-hand-off': {
      HandOffOffered: 'open, taken up · open, hand-off offered',
      FIRST_INQUIRY_UNASSIGNED: 'open',
      ALREADY_RESPONSIBLE: 'open, taken up, joint · open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
    'accept-hand-off': {
      HandOffAccepted: 'open, hand-off offered',
      HAND_OFF_NOT_OPEN: 'open · open, taken up · open, taken up, joint · open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
    'decline-hand-off': {
      HandOffDeclined: 'open, hand-off offered',
      HAND_OFF_NOT_OPEN: 'open · open, taken up · open, taken up, joint · open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
    'confirm-repeat': {
      RepeatComplaintConfirmed: 'open',
      REPEATS_ITSELF: 'open, taken up · open, hand-off offered · open, taken up, joint · open, taken up, represented',
      DISPUTE_MERGED: 'merged',
    },
  },
};
