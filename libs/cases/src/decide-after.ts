import { notByTheHead } from '#access';
import type { DecisionContext, Refusal } from '#kernel';
import { refuse } from '#kernel';
import { isBy, isOpen } from '#law';
import type {
  CloseCase,
  HandOverPenalty,
  PublishPenalty,
  PublishServiceNotice,
  RecordExecution,
  RevisePenalty,
  ServeDecision,
  SubmitClosingForm,
  WithdrawPenaltyPublication,
} from './commands.ts';
import type { CaseClock } from './clocks.ts';
import { stands, type Case, type CaseStatus } from './enforcement-case.ts';
import { inState, notByAnother, reading, under, type Rule } from './refusals.ts';

// 送达、公示、执行、结案: what follows a decision.

/** Also after closing: publicity has its own time, and a penalty may be revised later. */
const AFTERWARDS: readonly CaseStatus[] = ['decided', 'executed', 'closed'];

export const publishServiceNotice: Rule<PublishServiceNotice> = inState(['decided'], (_, state, { today }, law) => {
  const refusal = servedBefore(state);
  if (refusal !== undefined) return refusal;
  if (isRunning(state, 'service-by-notice')) {
    return refuse('conflict', 'ALREADY_PUBLISHED', 'The public notice was published before.');
  }
  const notice = reading('service-by-notice', today, law);
  return [{ type: 'ServiceNoticePublished', ...under(notice), data: { clocks: [notice] } }];
});

/** By public notice it is served when the time of the notice has passed, and not before. */
export const serve: Rule<ServeDecision> = inState(['decided'], ({ mode }, state, context) => {
  const refusal = servedBefore(state) ?? (mode === 'public-notice' ? noticeNotOver(state, context) : undefined);
  return refusal ?? [{ type: 'CaseDecisionServed', data: { mode } }];
});

function noticeNotOver(state: Case, { occurredAt }: Pick<DecisionContext, 'occurredAt'>): Refusal | undefined {
  const clock = state.clocks['service-by-notice'];
  if (clock === undefined) {
    return refuse('conflict', 'NO_SERVICE_NOTICE', 'No public notice was published.', 'mode');
  }
  if (clock.due !== null && !isBy(clock.due, occurredAt)) return undefined;
  return refuse('conflict', 'SERVICE_NOTICE_RUNNING', `It counts as served after ${clock.due}.`, 'mode');
}

export const publishPenalty: Rule<PublishPenalty> = inState(AFTERWARDS, ({ url = null }, state) => {
  if (state.decision!.isPublished) return refuse('conflict', 'ALREADY_PUBLISHED', 'The penalty was published before.');
  if (!isRunning(state, 'penalty-publicity') && !isRunning(state, 'penalty-publicity-elsewhere')) {
    return refuse('conflict', 'NOTHING_TO_PUBLISH', 'There is no penalty that is to be published by now.');
  }
  return [{ type: 'PenaltyPublished', data: { url } }];
});

export const handOverPenalty: Rule<HandOverPenalty> = inState(
  AFTERWARDS,
  ({ otherAuthority }, state, { today }, law) => {
    if (!isRunning(state, 'penalty-hand-over')) {
      return refuse('conflict', 'NOTHING_TO_HAND_OVER', 'No penalty is to be handed to another province.');
    }
    const elsewhere = reading('penalty-publicity-elsewhere', today, law);
    return [{ type: 'PenaltyHandedOver', ...under(elsewhere), data: { otherAuthority, clocks: [elsewhere] } }];
  },
);

/** What had been published is withdrawn in its time; what had not is not published any more. */
export const revisePenalty: Rule<RevisePenalty> = inState(AFTERWARDS, ({ revision }, state, context, law) => {
  const { result, isPublished, revision: before } = state.decision!;
  if (result !== 'penalty') return refuse('conflict', 'NO_PENALTY', 'No penalty was decided.');
  if (before !== null && before !== 'changed') return revisedBefore();
  const refusal = notByAnother(state, context);
  if (refusal !== undefined) return refusal;
  const isOver = revision !== 'changed' && state.status === 'decided';
  const clocks = [
    ...(isPublished ? [reading('penalty-withdrawal', context.today, law)] : []),
    ...(isOver ? [reading('case-closure', context.today, law)] : []),
  ];
  return [{ type: 'PenaltyRevised', ...under(clocks[0]), data: { revision, clocks } }];
});

export const withdrawPublication: Rule<WithdrawPenaltyPublication> = inState(AFTERWARDS, (_, state) => {
  if (!isRunning(state, 'penalty-withdrawal')) {
    return refuse('conflict', 'NOTHING_TO_WITHDRAW', 'No publication is to be withdrawn.');
  }
  return [{ type: 'PenaltyPublicationWithdrawn', data: {} }];
});

export const recordExecution: Rule<RecordExecution> = inState(
  ['decided'],
  ({ mode, collectedFen }, state, { today }, law) => {
    const { result, isServed } = state.decision!;
    if (result !== 'penalty') return refuse('conflict', 'NO_PENALTY', 'There is nothing to execute.');
    if (!stands(state.decision!)) return revisedBefore();
    if (!isServed) return refuse('conflict', 'DECISION_NOT_SERVED', 'A decision is executed after it was served.');
    const closure = reading('case-closure', today, law);
    const data = { mode, collectedFen: collectedFen ?? null, clocks: [closure] };
    return [{ type: 'CaseExecuted', ...under(closure), data }];
  },
);

/** After a penalty was executed, or with any other decision: its time runs from there, whether it was served yet or not. */
export const submitClosingForm: Rule<SubmitClosingForm> = inState(['decided', 'executed'], ({ form }, state) => {
  const refusal = notExecuted(state);
  if (refusal !== undefined) return refusal;
  if (state.decision!.hasClosingForm) {
    return refuse('conflict', 'CLOSING_FORM_SUBMITTED', 'The head was asked to close it before.');
  }
  return [{ type: 'CaseClosingFormSubmitted', data: { form } }];
});

/** A penalty is executed first; any other decision is served, unless the case went to the police. */
export const close: Rule<CloseCase> = inState(['decided', 'executed'], (_, state, context) => {
  const { result, isServed } = state.decision!;
  const refusal = notExecuted(state);
  if (refusal !== undefined) return refusal;
  if (!isServed && result !== 'criminal') {
    return refuse('conflict', 'DECISION_NOT_SERVED', 'The decision is still to be served.');
  }
  return notByTheHead(context) ?? [{ type: 'CaseClosed', data: {} }];
});

function notExecuted({ status, decision }: Case): Refusal | undefined {
  if (status !== 'decided' || decision!.result !== 'penalty' || !stands(decision!)) return undefined;
  return refuse('conflict', 'CASE_NOT_EXECUTED', 'The penalty is still to be executed.');
}

function servedBefore({ decision }: Case): Refusal | undefined {
  return decision!.isServed ? refuse('conflict', 'ALREADY_SERVED', 'The decision was served before.') : undefined;
}

function revisedBefore(): Refusal {
  return refuse('conflict', 'PENALTY_REVISED', 'The penalty does not stand any more.');
}

function isRunning({ clocks }: Case, name: CaseClock): boolean {
  const clock = clocks[name];
  return clock !== undefined && isOpen(clock);
}
