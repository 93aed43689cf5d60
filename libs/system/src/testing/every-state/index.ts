import type { Matrix } from '../matrix.ts';
import { advanceSchemeMatrix } from './advance-scheme.ts';
import { caseMatrix } from './case.ts';
import { commitmentMatrix } from './commitment.ts';
import { confirmationMatrix } from './confirmation.ts';
import { crimrefMatrix } from './crimref.ts';
import { disputeMatrix } from './dispute.ts';
import { duplicateMatrix } from './duplicate.ts';
import { mediationBodyMatrix } from './mediation-body.ts';
import { mediatorMatrix } from './mediator.ts';
import { negotiationMatrix } from './negotiation.ts';
import { odrMembershipMatrix } from './odr-membership.ts';
import { proposalMatrix } from './proposal.ts';
import { referralMatrix } from './referral.ts';
import { reportMatrix } from './report.ts';
import { serviceStationMatrix } from './service-station.ts';
import { storeMatrix } from './store.ts';
import { subjectMatrix } from './subject.ts';
import { workCalendarMatrix } from './work-calendar.ts';
import { workOrderMatrix } from './work-order.ts';

/** By category. */
export const matrices: Readonly<Record<string, Matrix>> = {
  advanceScheme: advanceSchemeMatrix,
  case: caseMatrix,
  commitment: commitmentMatrix,
  confirmation: confirmationMatrix,
  crimref: crimrefMatrix,
  dispute: disputeMatrix,
  duplicate: duplicateMatrix,
  mediationBody: mediationBodyMatrix,
  mediator: mediatorMatrix,
  negotiation: negotiationMatrix,
  odrMembership: odrMembershipMatrix,
  proposal: proposalMatrix,
  referral: referralMatrix,
  report: reportMatrix,
  serviceStation: serviceStationMatrix,
  store: storeMatrix,
  subject: subjectMatrix,
  workCalendar: workCalendarMatrix,
  workOrder: workOrderMatrix,
};
