import { notByAPerson, notByTheHead } from '#access';
import { refuse, type DecisionContext, type Refusal } from '#kernel';
import { amendedReading, isBy, refuseVerification } from '#law';
import type { AmendDeadline } from '#service';
import type { CriminalReferralClock } from './clocks.ts';
import type {
  AppointReferralTeam,
  ApproveReferral,
  DisapproveReferral,
  HandOverMaterials,
  RecordFilingSupervision,
  RecordPoliceDeclining,
  RecordPoliceFiling,
  RecordPoliceReceipt,
  RecordPoliceReroute,
  RecordReconsideration,
  RequestFilingSupervision,
  RequestReconsideration,
  SubmitReferralReport,
  TransferToPolice,
  VerifyCriminalReferralLateEntry,
} from './commands.ts';
import type { CriminalReferral } from './criminal-referral.ts';
import type { AppointReads } from './reads.ts';
import { inState, reading, under, unknownReferral, type Rule } from './refusals.ts';

/** At once, when a crime is suspected in a case (S11 Art. 5). */
export const appointTeam: Rule<AppointReferralTeam, AppointReads> = (command, state, context) => {
  const { caseId, officers } = command;
  if (state.status !== 'none') return refuse('conflict', 'REFERRAL_EXISTS', 'This referral was begun before.');
  const refusal = notByAPerson(context);
  if (refusal !== undefined) return refusal;
  const { enforcementCase } = context.reads;
  if (enforcementCase === undefined || enforcementCase.matter === null) {
    return refuse('invalid', 'UNKNOWN_CASE', 'There is no such case that was filed.', 'caseId');
  }
  if (!enforcementCase.isSuspectedCriminal) {
    return refuse('conflict', 'CRIME_NOT_SUSPECTED', 'The case does not say that a crime is suspected.', 'caseId');
  }
  if (enforcementCase.isClosed) return refuse('conflict', 'CASE_CLOSED', 'The case is closed.', 'caseId');
  const early = refuseSuccession(command, context);
  if (early !== undefined) return early;
  if (new Set(officers).size < 2) {
    return refuse('invalid', 'TWO_OFFICERS_REQUIRED', 'A team is of at least two officers (Art. 5).', 'officers');
  }
  return [{ type: 'CriminalReferralTeamAppointed', data: { ...enforcementCase.matter, caseId, officers } }];
};

export const submitReport: Rule<SubmitReferralReport> = inState(
  ['team-appointed'],
  ({ report }, _, { occurredAt }, law) => {
    const decision = reading('referral-decision', occurredAt, law);
    return [{ type: 'CriminalReferralReportSubmitted', ...under(decision), data: { report, clocks: [decision] } }];
  },
);

/** From this moment on there are 24 hours to transfer it, rest days or not (T-12). */
export const approve: Rule<ApproveReferral> = inState(['reported'], (_command, _state, context, law) => {
  const refusal = notByTheHead(context);
  if (refusal !== undefined) return refusal;
  const transfer = reading('police-transfer', context.occurredAt, law);
  return [{ type: 'CriminalReferralApproved', ...under(transfer), data: { clocks: [transfer] } }];
});

export const disapprove: Rule<DisapproveReferral> = inState(['reported'], (_command, _state, context) => {
  const refusal = notByTheHead(context);
  if (refusal !== undefined) return refusal;
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) {
    return refuse('invalid', 'REASON_REQUIRED', 'The reason is kept on record (Art. 5).', 'reason');
  }
  return [{ type: 'CriminalReferralNotApproved', data: { reason } }];
});

export const transfer: Rule<TransferToPolice> = inState(['approved'], (command) => {
  const { police, transferLetter, investigationReport, itemList, testReport, otherMaterials } = command;
  const attachments = { transferLetter, investigationReport, itemList, testReport, otherMaterials };
  return [{ type: 'CaseTransferredToPolice', data: { police, attachments } }];
});

/** Of whom it went to first, or of whom it was sent on to: their three days begin with their own receipt. */
export const recordReceipt: Rule<RecordPoliceReceipt> = inState(
  ['transferred', 'rerouted'],
  ({ police }, _, { occurredAt }, law) => {
    const clocks = [reading('police-reroute', occurredAt, law), reading('police-decision', occurredAt, law)];
    return [{ type: 'PoliceReceiptSigned', ...under(clocks[1]), data: { police, clocks } }];
  },
);

export const recordReroute: Rule<RecordPoliceReroute> = inState(['received'], ({ police }) => [
  { type: 'ReroutedToCompetentPolice', data: { police } },
]);

/** At once, or after all: as they reversed their decision, or the procuratorate has them file. */
export const recordFiling: Rule<RecordPoliceFiling> = inState(
  ['received', 'to-be-filed'],
  (_command, _state, { occurredAt }, law) => {
    const handOver = reading('materials-hand-over', occurredAt, law);
    return [{ type: 'PoliceFiledCase', ...under(handOver), data: { clocks: [handOver] } }];
  },
);

export const recordDeclining: Rule<RecordPoliceDeclining> = inState(
  ['received'],
  (_command, _state, { occurredAt }, law) => {
    const request = reading('reconsideration-request', occurredAt, law);
    return [{ type: 'PoliceDeclinedCase', ...under(request), data: { clocks: [request] } }];
  },
);

export const requestReconsideration: Rule<RequestReconsideration> = inState(['declined'], (_, state, context, law) => {
  const refusal = lapsed(state, 'reconsideration-request', context);
  if (refusal !== undefined) return refusal;
  const reconsideration = reading('reconsideration', context.occurredAt, law);
  return [{ type: 'ReconsiderationRequested', ...under(reconsideration), data: { clocks: [reconsideration] } }];
});

export const recordReconsideration: Rule<RecordReconsideration> = inState(
  ['reconsideration'],
  ({ result }, _, { occurredAt }, law) => {
    const clocks = result === 'upheld' ? [reading('supervision-request', occurredAt, law)] : [];
    return [{ type: 'ReconsiderationDecided', ...under(clocks[0]), data: { result, clocks } }];
  },
);

/** After the reconsideration, or in its place. */
export const requestSupervision: Rule<RequestFilingSupervision> = inState(
  ['declined', 'upheld'],
  ({ procuratorate }, state, context) => {
    const clock = state.status === 'declined' ? 'reconsideration-request' : 'supervision-request';
    const data = { procuratorate };
    return lapsed(state, clock, context) ?? [{ type: 'FilingSupervisionRequested', data }];
  },
);

export const recordSupervision: Rule<RecordFilingSupervision> = inState(['supervision'], ({ result }) => [
  { type: 'FilingSupervisionConcluded', data: { result } },
]);

export const handOver: Rule<HandOverMaterials> = inState(['filed'], ({ evidence }) => {
  if (evidence.length === 0) {
    return refuse(
      'invalid',
      'EVIDENCE_REQUIRED',
      'What was handed over is on a list that both have signed.',
      'evidence',
    );
  }
  return [{ type: 'MaterialsHandedOver', data: { evidence } }];
});

export const verifyLateEntry: Rule<VerifyCriminalReferralLateEntry> = (command, state, context) => {
  if (state.status === 'none') return unknownReferral();
  const refusal = notByAPerson(context);
  if (refusal !== undefined) return refusal;
  const { clock, reason, evidence } = command;
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refused = refuseVerification(state.clocks, clock, context.actor.id);
  return refused ?? [{ type: 'CriminalReferralLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownReferral();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  if (amended === undefined) return [];
  return [{ type: 'CriminalReferralDeadlineAmended', ...under(amended), data: amended }];
};

/** One referral at a time: another may follow one that was not approved, or on which the police do not file. */
function refuseSuccession(
  { caseId, afterReferralId }: AppointReferralTeam,
  { reads: { before } }: DecisionContext<AppointReads>,
): Refusal | undefined {
  const field = 'afterReferralId';
  if (afterReferralId === undefined) return undefined;
  if (before?.caseId !== caseId) return refuse('invalid', 'UNKNOWN_REFERRAL', 'The case has no such referral.', field);
  if (before.standing === 'without-prosecution') return undefined;
  return refuse(
    'conflict',
    'REFERRAL_GOES_ON',
    'The referral before it may still come, or came, to prosecution.',
    field,
  );
}

/** Three days in which the authority may ask: later it may not. */
function lapsed(
  { clocks }: CriminalReferral,
  name: CriminalReferralClock,
  { occurredAt }: DecisionContext,
): Refusal | undefined {
  const due = clocks[name]?.due ?? null;
  if (due === null || isBy(due, occurredAt)) return undefined;
  return refuse('conflict', 'RIGHT_LAPSED', `It could be asked for until ${due}.`);
}
