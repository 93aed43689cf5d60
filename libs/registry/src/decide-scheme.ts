import { normaliseUscc, outOfTime, refuse, type Decision, type DecisionContext } from '#kernel';
import { totalAllotted, type AdvanceScheme, type SchemeStatus } from './advance-scheme.ts';
import type {
  AdmitSchemeMember,
  AllotAdvance,
  CloseAdvanceScheme,
  OpenAdvanceScheme,
  ReleaseAllotment,
  ReleaseSchemeMember,
  ResumeAdvanceScheme,
  SuspendAdvanceScheme,
} from './commands-scheme.ts';
import { notOwnSubject } from './own-subject.ts';
import { outstandingOf, type AdvancesRead } from './reads.ts';
import type { AdvanceSchemeEvent } from './scheme-events.ts';
import type { Subject } from './subject.ts';

export interface OperatorReads {
  readonly operator: Subject | undefined;
}

/** What was paid in the negotiation for which money is set aside. */
export interface AllotmentReads {
  readonly negotiation: AdvancesRead | undefined;
}

export function openAdvanceScheme(
  command: OpenAdvanceScheme,
  state: AdvanceScheme,
  { reads }: DecisionContext<OperatorReads>,
): Decision<AdvanceSchemeEvent> {
  if (state.status !== 'empty') return refuse('conflict', 'SCHEME_EXISTS', 'This scheme is open already.');
  const { name, operatorUscc, capPerCaseFen, validFrom } = command;
  const capTotalFen = command.capTotalFen ?? null;
  const validTo = command.validTo ?? null;
  const { operator } = reads;
  if (operator === undefined || operator.status === 'empty') {
    return refuse('invalid', 'UNKNOWN_SUBJECT', 'No subject is registered with this code.', 'operatorUscc');
  }
  if (validTo !== null && validTo < validFrom) {
    return refuse('invalid', 'ENDS_BEFORE_IT_BEGINS', 'The last day is before the first.', 'validTo');
  }
  if (capTotalFen !== null && capTotalFen < capPerCaseFen) {
    return refuse('invalid', 'CASE_CAP_OVER_TOTAL', 'One case cannot take more than all together.', 'capTotalFen');
  }
  const data = {
    name,
    operatorUscc: normaliseUscc(operatorUscc)!,
    region: operator.region,
    capPerCaseFen,
    capTotalFen,
    validFrom,
    validTo,
  };
  return [{ type: 'AdvanceSchemeOpened', data }];
}

export function admitSchemeMember(
  command: AdmitSchemeMember,
  state: AdvanceScheme,
  context: DecisionContext,
): Decision<AdvanceSchemeEvent> {
  return from(state, context, ['active', 'suspended'], (scheme) => {
    const uscc = normaliseUscc(command.uscc)!;
    const isCovered = uscc === scheme.operatorUscc || scheme.members.includes(uscc);
    return isCovered ? [] : [{ type: 'AdvanceSchemeMemberAdmitted', data: { uscc } }];
  });
}

export function releaseSchemeMember(
  command: ReleaseSchemeMember,
  state: AdvanceScheme,
  context: DecisionContext,
): Decision<AdvanceSchemeEvent> {
  return from(state, context, ['active', 'suspended'], ({ members }) => {
    const uscc = normaliseUscc(command.uscc)!;
    if (!members.includes(uscc)) return refuse('invalid', 'NOT_A_MEMBER', 'It does not pay for this merchant.', 'uscc');
    return [{ type: 'AdvanceSchemeMemberReleased', data: { uscc } }];
  });
}

/** The caps hold here, in the one stream that knows of all negotiations. */
export function allotAdvance(
  { negotiationId, amountFen }: AllotAdvance,
  state: AdvanceScheme,
  context: DecisionContext<AllotmentReads>,
): Decision<AdvanceSchemeEvent> {
  return from(state, context, ['active'], ({ allotted, capPerCaseFen, capTotalFen, validFrom, validTo }) => {
    if (context.reads.negotiation === undefined) return unknownNegotiation();
    if (context.today < validFrom || (validTo !== null && context.today > validTo)) {
      return refuse('conflict', 'SCHEME_NOT_VALID', 'The scheme did not hold on that day.');
    }
    if ((allotted[negotiationId] ?? 0) + amountFen > capPerCaseFen) {
      return refuse('conflict', 'OVER_CASE_CAP', 'This is more than the scheme pays in one case.', 'amountFen');
    }
    if (capTotalFen !== null && totalAllotted(allotted) + amountFen > capTotalFen) {
      return refuse('conflict', 'OVER_TOTAL_CAP', 'This is more than the scheme has left.', 'amountFen');
    }
    return [{ type: 'AdvanceAllotted', data: { negotiationId, amountFen } }];
  });
}

/**
 * Frees what was not paid, or came back. A payment decided at the very moment of its release is not seen: whoever releases
 * knows that nobody is about to pay.
 */
export function releaseAllotment(
  { negotiationId, amountFen }: ReleaseAllotment,
  state: AdvanceScheme,
  context: DecisionContext<AllotmentReads>,
): Decision<AdvanceSchemeEvent> {
  return from(state, context, ['active', 'suspended', 'closed'], ({ allotted }) => {
    if (context.reads.negotiation === undefined) return unknownNegotiation();
    const free = (allotted[negotiationId] ?? 0) - outstandingOf(context.reads.negotiation, context.id);
    if (amountFen > free) {
      return refuse('conflict', 'ALLOTMENT_IN_USE', `Of what was set aside ${free} fen are free.`, 'amountFen');
    }
    return [{ type: 'AdvanceAllotmentReleased', data: { negotiationId, amountFen } }];
  });
}

export function suspendAdvanceScheme(
  { reason }: SuspendAdvanceScheme,
  state: AdvanceScheme,
  context: DecisionContext,
): Decision<AdvanceSchemeEvent> {
  return from(state, context, ['active'], () => [{ type: 'AdvanceSchemeSuspended', data: { reason } }]);
}

export function resumeAdvanceScheme(
  _: ResumeAdvanceScheme,
  state: AdvanceScheme,
  context: DecisionContext,
): Decision<AdvanceSchemeEvent> {
  return from(state, context, ['suspended'], () => [{ type: 'AdvanceSchemeResumed', data: {} }]);
}

export function closeAdvanceScheme(
  { reason }: CloseAdvanceScheme,
  state: AdvanceScheme,
  context: DecisionContext,
): Decision<AdvanceSchemeEvent> {
  return from(state, context, ['active', 'suspended'], () => [{ type: 'AdvanceSchemeClosed', data: { reason } }]);
}

type Scheme = Exclude<AdvanceScheme, { readonly status: 'empty' }>;

function from(
  state: AdvanceScheme,
  context: DecisionContext<unknown>,
  allowed: readonly SchemeStatus[],
  step: (scheme: Scheme) => Decision<AdvanceSchemeEvent>,
): Decision<AdvanceSchemeEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no such scheme.');
  const { status, operatorUscc } = state;
  if (!allowed.includes(status)) {
    const code = `SCHEME_IS_${status.toUpperCase()}`;
    return refuse('conflict', code, `The scheme is ${status}; this step does not follow.`);
  }
  return outOfTime(state, context) ?? notOwnSubject(operatorUscc, context) ?? step(state);
}

function unknownNegotiation() {
  return refuse('invalid', 'UNKNOWN_NEGOTIATION', 'There is no such negotiation.', 'negotiationId');
}
