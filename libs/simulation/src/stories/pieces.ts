import { WAYS, type Way } from '../proportions.ts';
import { advancePaymentPieces } from './advance-payment.ts';
import { complaintAfterwardsPieces } from './complaint-afterwards.ts';
import { complaintIntakePieces } from './complaint-intake.ts';
import { complaintMediationPieces } from './complaint-mediation.ts';
import { courtAssignmentPieces } from './court-assignment.ts';
import { courtRoutePieces } from './court-route.ts';
import { criminalReferralPieces } from './criminal-referral.ts';
import { enforcementCasePieces } from './enforcement-case.ts';
import { evidencePieces } from './evidence.ts';
import { firstInquiryPieces } from './first-inquiry.ts';
import { jointComplaintPieces } from './joint-complaint.ts';
import { judicialConfirmationPieces } from './judicial-confirmation.ts';
import { mediationPieces } from './mediation.ts';
import { mergingPieces } from './merging.ts';
import { negotiationClaimPieces } from './negotiation-claim.ts';
import { noReasonReturnPieces } from './no-reason-return.ts';
import type { Piece } from './piece.ts';
import { publicityPieces } from './publicity.ts';
import { reportPieces } from './report.ts';
import { workOrderPieces } from './work-order.ts';

/** The pieces of each way, by the file they are told in. */
const PIECES: Readonly<Record<Way, readonly Piece[]>> = {
  'work-order': workOrderPieces,
  'first-inquiry': firstInquiryPieces,
  'joint-complaint': jointComplaintPieces,
  merging: mergingPieces,
  'complaint-intake': complaintIntakePieces,
  'complaint-mediation': complaintMediationPieces,
  'complaint-afterwards': complaintAfterwardsPieces,
  'negotiation-claim': negotiationClaimPieces,
  'advance-payment': advancePaymentPieces,
  'no-reason-return': noReasonReturnPieces,
  mediation: mediationPieces,
  'court-route': courtRoutePieces,
  'court-assignment': courtAssignmentPieces,
  'judicial-confirmation': judicialConfirmationPieces,
  report: reportPieces,
  'enforcement-case': enforcementCasePieces,
  'criminal-referral': criminalReferralPieces,
  publicity: publicityPieces,
  evidence: evidencePieces,
};

/** A piece with the file it is told in, and how many of a thousand disputes go so. */
export interface CastPiece extends Piece {
  readonly way: Way;
  readonly perThousand: number;
}

export const allPieces: readonly CastPiece[] = (Object.entries(PIECES) as [Way, readonly Piece[]][]).flatMap(
  ([way, pieces]) => {
    const whole = pieces.reduce((sum, { weight = 1 }) => sum + weight, 0);
    return pieces.map((piece) => ({ ...piece, way, perThousand: (WAYS[way] * (piece.weight ?? 1)) / whole }));
  },
);

/** Share of disputes that go one of these ways in a city that has seen them all. */
export const SHARE_OF_PIECES = Object.values(WAYS).reduce<number>((sum, perThousand) => sum + perThousand, 0) / 1000;
