import type { LocalDate, Refusal } from '#kernel';
import { addDays, localDateOf, refuse, refuseBefore } from '#kernel';
import { readClock, type ClockReading, type Law } from '#law';
import { NEGOTIATION_CLOCKS } from './clocks.ts';
import type { ReceiveGoods, RefundReturn, RefuseReturn, RequestReturn } from './commands.ts';
import type { GoodsReturn, Known } from './negotiation.ts';
import { partyOf } from './party.ts';
import type { CommitmentRead, GoodsReads, ReturnReads } from './reads.ts';
import { onceOpened, under, whileLive, type Rule } from './step.ts';

export const requestReturn: Rule<RequestReturn, ReturnReads> = whileLive<RequestReturn, ReturnReads>(
  ({ basis, signedOn, store }, state, { actor, today, reads }, law) => {
    if (partyOf(actor.role, undefined) !== 'consumer') {
      return refuse('forbidden', 'ONLY_CONSUMER_RETURNS', 'Notice of a return is the consumer’s to give.');
    }
    if (state.goodsReturn !== null) return refuse('conflict', 'RETURN_EXISTS', 'A return was asked for before.');
    if (signedOn > today) {
      return refuse('invalid', 'SIGNED_IN_FUTURE', 'The goods cannot have come after the notice.', 'signedOn');
    }
    if (basis === 'commitment' && store === undefined) {
      return refuse('invalid', 'STORE_REQUIRED', 'A promise is a store’s: name the store.', 'store');
    }
    if (store !== undefined && reads.store?.operatorUscc !== state.respondentUscc) {
      return refuse('invalid', 'NOT_A_STORE_OF_THE_RESPONDENT', 'The respondent has no such store.', 'store');
    }
    const clock = basis === 'online' ? noticeByLaw(signedOn, law) : noticeByPromise(signedOn, reads.commitment ?? []);
    if ('refused' in clock) return clock;
    if (clock.due !== null && clock.due < today) {
      return refuse('conflict', 'RETURN_PERIOD_OVER', `Notice could be given until ${clock.due}.`, 'signedOn');
    }
    const data = { basis, store: store ?? null, signedOn, clocks: [clock] };
    return [{ type: 'NoReasonReturnRequested', ...under(clock), data }];
  },
);

export const refuseReturn: Rule<RefuseReturn> = onceOpened(({ ground }, state, context) => {
  if (partyOf(context.actor.role, undefined, 'merchant') !== 'merchant') {
    return refuse('forbidden', 'ONLY_MERCHANT_REFUSES', 'Not to take goods back is the merchant’s decision.');
  }
  return following(state, ['requested', 'received'], context) ?? [{ type: 'NoReasonReturnRefused', data: { ground } }];
});

export const receiveGoods: Rule<ReceiveGoods, GoodsReads> = onceOpened<ReceiveGoods, GoodsReads>(
  ({ store }, state, context, law) => {
    const refusal = following(state, ['requested'], context);
    if (refusal !== undefined) return refusal;
    if (store !== undefined && context.reads.store === undefined) {
      return refuse('invalid', 'UNKNOWN_STORE', 'There is no such store.', 'store');
    }
    const clocks = state.goodsReturn?.basis === 'online' ? refundClocks(localDateOf(context.occurredAt), law) : [];
    const [refund] = clocks;
    const data = { respondentUscc: state.respondentUscc, store: store ?? null, clocks };
    return [{ type: 'ReturnedGoodsReceived', ...(refund === undefined ? {} : under(refund)), data }];
  },
);

/** With or without the goods: a seller may let them go. */
export const refundReturn: Rule<RefundReturn> = onceOpened(({ amountFen }, state, context) => {
  const refusal = following(state, ['requested', 'received'], context);
  return refusal ?? [{ type: 'ReturnRefunded', data: { amountFen } }];
});

/** L-33: the law on distance sales. */
function noticeByLaw(signedOn: LocalDate, law: Law): ClockReading {
  return readClock({ clock: 'return-notice', rule: NEGOTIATION_CLOCKS['return-notice'], from: signedOn }, law);
}

/** The store's own time, from a promise that held on the day of the purchase. One without days sets no end. */
function noticeByPromise(signedOn: LocalDate, periods: CommitmentRead): ClockReading | Refusal {
  const held = periods.findLast(
    ({ from, to, withdrawnAt }) =>
      from <= signedOn &&
      (to === null || signedOn <= to) &&
      (withdrawnAt === null || signedOn <= localDateOf(withdrawnAt)),
  );
  if (held === undefined) {
    return refuse('conflict', 'NO_COMMITMENT', 'The store had not promised it on that day.', 'store');
  }
  const due = held.termDays === null ? null : addDays(signedOn, held.termDays);
  const clock = { clock: 'return-notice', rule: null, calendar: null, due };
  return due === null ? { ...clock, undetermined: 'NO_TERM_PROMISED' } : clock;
}

function refundClocks(from: LocalDate, law: Law): ClockReading[] {
  return (['return-refund', 'return-delay'] as const).map((clock) =>
    readClock({ clock, rule: NEGOTIATION_CLOCKS[clock], from }, law),
  );
}

/** A step of a return that is under way, not before the one it follows. */
function following(
  { goodsReturn }: Known,
  allowed: readonly GoodsReturn['status'][],
  context: { readonly occurredAt: number },
): Refusal | undefined {
  if (goodsReturn === null) return refuse('conflict', 'NO_RETURN', 'No return was asked for.');
  const { status, at } = goodsReturn;
  if (!allowed.includes(status)) {
    const code = `RETURN_IS_${status.toUpperCase()}`;
    return refuse('conflict', code, `The return is ${status}; this step does not follow.`);
  }
  return refuseBefore(at, context);
}
