import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { inOrder, refuse } from '#kernel';
import { readClock, type Law } from '#law';
import { writtenCourtNumber } from '#service';
import { REFERRAL_CLOCKS } from './clocks.ts';
import type {
  RecordCourtFiling,
  RecordCourtReceipt,
  RecordCourtReturn,
  RecordCourtSettlement,
  RecordFilingRefusal,
  RecordJudgment,
  RecordSuitWithdrawal,
} from './commands.ts';
import type { ReferralEvent } from './events.ts';
import type { CourtResult, Outgoing } from './outgoing.ts';
import type { ReferralState } from './referral.ts';
import { refuseStep, refuseUnproven, under } from './refusals.ts';

/** What the court does with what it was sent. Each answer of a court may come twice: the second time it changes nothing. */
type Rule<Command> = Decide<Command, ReferralState, ReferralEvent, Record<string, never>, Law>;

export const recordReceipt: Rule<RecordCourtReceipt> = atCourt((_, state, { today }, law, evidence) => {
  if (RECEIVED.includes(state.status)) return [];
  if (state.status !== 'transferred') return notAtCourt(state);
  // An application for confirmation goes on in a procedure of its own, with its own three days (S8 4).
  if (state.purpose === 'confirmation') return [{ type: 'CourtReceived', data: { evidence } }];
  const filing = readClock({ clock: 'filing', rule: REFERRAL_CLOCKS.filing, from: today }, law);
  return [{ type: 'CourtReceived', ...under(filing), data: { evidence, clocks: [filing] } }];
});

const RECEIVED: readonly Outgoing['status'][] = ['received', 'filed', 'not-filed', 'decided'];

export const recordReturn: Rule<RecordCourtReturn> = atCourt(({ reason }, state, _, _law, evidence) => {
  if (state.status === 'returned-by-court') return [];
  if (state.status !== 'transferred' && state.status !== 'received') return notAtCourt(state);
  return [{ type: 'ReferralReturnedByCourt', data: { reason, evidence } }];
});

export const recordFiling: Rule<RecordCourtFiling> = atCourt(({ courtCaseNo }, state, _, _law, evidence) => {
  const number = writtenCourtNumber(courtCaseNo);
  if (state.courtCaseNo !== null) {
    return state.courtCaseNo === number
      ? []
      : refuse('conflict', 'COURT_CASE_NUMBER_CONFLICT', 'It was filed before under another number.', 'courtCaseNo');
  }
  const refusal = refuseFiling(state);
  return refusal ?? [{ type: 'CourtFilingAccepted', data: { courtCaseNo: number, evidence } }];
});

export const recordFilingRefusal: Rule<RecordFilingRefusal> = atCourt(({ ground }, state, _, _law, evidence) => {
  if (state.status === 'not-filed') return [];
  return refuseFiling(state) ?? [{ type: 'CourtFilingDeclined', data: { ground, evidence } }];
});

export const recordJudgment: Rule<RecordJudgment> = atCourt((command, state, _, _law, evidence) => {
  const { judgment, awardedFen = null } = command;
  const documentNo = writtenCourtNumber(command.documentNo);
  const known = knownResult(state, { by: 'judgment', documentNo });
  return known ?? [{ type: 'JudgmentRecorded', data: { documentNo, judgment, awardedFen, evidence } }];
});

export const recordSettlement: Rule<RecordCourtSettlement> = atCourt((command, state, _, _law, evidence) => {
  const { agreedFen = null } = command;
  const documentNo = writtenCourtNumber(command.documentNo);
  const known = knownResult(state, { by: 'settlement', documentNo });
  return known ?? [{ type: 'CourtSettlementRecorded', data: { documentNo, agreedFen, evidence } }];
});

export const recordWithdrawal: Rule<RecordSuitWithdrawal> = atCourt(({ reason }, state, _, _law, evidence) => {
  const known = knownResult(state, { by: 'withdrawal', documentNo: null });
  return known ?? [{ type: 'SuitWithdrawn', data: { reason, evidence } }];
});

function atCourt<Command extends { evidence?: string[] }>(
  rule: (
    command: Command,
    state: Outgoing,
    context: DecisionContext,
    law: Law,
    evidence: readonly string[],
  ) => Decision<ReferralEvent>,
): Rule<Command> {
  return (command, state, context, law) => {
    const { evidence = [] } = command;
    return (
      refuseStep(state, 'TO_COURT', context) ??
      refuseUnproven(context.actor.role, evidence) ??
      inOrder(rule(command, state as Outgoing, context, law, evidence), state as Outgoing, context)
    );
  };
}

function refuseFiling(state: Outgoing): Refusal | undefined {
  if (state.purpose === 'confirmation') {
    return refuse('conflict', 'NOT_A_SUIT', 'An application for confirmation is taken in its own procedure.');
  }
  return state.status === 'received' ? undefined : notAtCourt(state);
}

/** One result, once; silence where the court tells it again. */
function knownResult(state: Outgoing, { by, documentNo }: CourtResult): Decision<ReferralEvent> | undefined {
  if (state.result === null) return state.status === 'filed' ? undefined : notAtCourt(state);
  const isSame = state.result.by === by && state.result.documentNo === documentNo;
  return isSame ? [] : refuse('conflict', 'ALREADY_DECIDED', `The suit has ended before, by ${state.result.by}.`);
}

function notAtCourt({ status }: Outgoing): Refusal {
  switch (status) {
    case 'offered':
    case 'declined':
    case 'packaged':
    case 'returned-by-court':
      return refuse('conflict', 'NOT_TRANSFERRED', 'Nothing of it lies with the court.');
    case 'transferred':
      return refuse('conflict', 'NOT_RECEIVED', 'The court has not said that it received it.');
    case 'received':
      return refuse('conflict', 'NOT_FILED', 'The court has not filed it yet.');
    case 'filed':
    case 'decided':
      return refuse('conflict', 'ALREADY_FILED', 'The court has filed it.');
    case 'not-filed':
      return refuse('conflict', 'FILING_DECLINED', 'The court has declined to file it.');
  }
}
