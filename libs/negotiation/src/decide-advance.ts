import type { DecisionContext, Refusal } from '#kernel';
import { refuse } from '#kernel';
import type { PayInAdvance, RecordRecourse } from './commands.ts';
import type { Known } from './negotiation.ts';
import { wasActiveAt, type AdvanceReads, type SchemeRead } from './reads.ts';
import { OFFICERS, onceOpened, type Rule } from './step.ts';

/** The total cap holds by what the scheme's own stream has set aside; the cap of a case by what was paid here. */
export const payInAdvance: Rule<PayInAdvance, AdvanceReads> = onceOpened<PayInAdvance, AdvanceReads>(
  ({ scheme: id, amountFen, evidence = [] }, state, context) => {
    const { scheme } = context.reads;
    if (scheme === undefined) return refuse('invalid', 'UNKNOWN_SCHEME', 'There is no such scheme.', 'scheme');
    const refusal = notOperator(scheme.operatorUscc, context) ?? notPaying(scheme, state, context);
    if (refusal !== undefined) return refusal;
    const paid = (state.advances[id]?.paidFen ?? 0) + amountFen;
    if (paid > scheme.capPerCaseFen) {
      return refuse('conflict', 'OVER_CASE_CAP', 'This is more than the scheme pays in one case.', 'amountFen');
    }
    const outstanding = paid - (state.advances[id]?.recoveredFen ?? 0);
    if (scheme.capTotalFen !== null && outstanding > (scheme.allotted[context.id] ?? 0)) {
      return refuse('conflict', 'NOT_ALLOTTED', 'The scheme has not set this much aside for it.', 'amountFen');
    }
    const data = { scheme: id, operatorUscc: scheme.operatorUscc, amountFen, evidence };
    return [{ type: 'AdvancePaymentMade', data }];
  },
);

/** Also when the scheme is closed: what was paid is owed. */
export const recordRecourse: Rule<RecordRecourse> = onceOpened(
  ({ scheme, amountFen, evidence = [] }, state, context) => {
    const advance = state.advances[scheme];
    if (advance === undefined) {
      return refuse('conflict', 'NOTHING_TO_RECOVER', 'This scheme has paid nothing here.', 'scheme');
    }
    const refusal = notOperator(advance.operatorUscc, context);
    if (refusal !== undefined) return refusal;
    const owed = advance.paidFen - advance.recoveredFen;
    if (amountFen > owed) {
      return refuse('conflict', 'RECOURSE_OVER_PAYMENT', `Of the advance ${owed} fen are owed.`, 'amountFen');
    }
    return [{ type: 'RecourseRecovered', data: { scheme, amountFen, evidence } }];
  },
);

/** The operator itself, or an officer who has seen the receipt. */
function notOperator(operatorUscc: string, { actor, bounds }: DecisionContext<unknown>): Refusal | undefined {
  const isOperator = actor.role === 'merchant' && bounds.subject === operatorUscc;
  if (isOperator || OFFICERS.includes(actor.role)) return undefined;
  return refuse('forbidden', 'NOT_SCHEME_OPERATOR', 'Only the operator of the scheme pays and recovers.');
}

function notPaying(
  { operatorUscc, members, validFrom, validTo, activity }: SchemeRead,
  { respondentUscc }: Known,
  { occurredAt, today }: DecisionContext<unknown>,
): Refusal | undefined {
  if (respondentUscc !== operatorUscc && !members.includes(respondentUscc)) {
    return refuse('conflict', 'NOT_COVERED_BY_SCHEME', 'The scheme does not pay for this merchant.', 'scheme');
  }
  const isValid = validFrom <= today && (validTo === null || today <= validTo);
  if (isValid && wasActiveAt(activity, occurredAt)) return undefined;
  return refuse('conflict', 'SCHEME_NOT_ACTIVE', 'The scheme was not active at that time.', 'scheme');
}
