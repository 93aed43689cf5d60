import { localDateOf } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedNegotiationEvent } from './events.ts';

/**
 * Clocks (期限) of a negotiation: 和解期限, and of a return without a reason 退货通知, 退款 and 拖延推定. The rule of the first
 * speaks of ODR; no other is known for the other venues, and a negotiation without an end would keep its dispute out of every
 * figure, so it governs them all.
 */
export const NEGOTIATION_CLOCKS = {
  negotiation: 'L-18',
  'return-notice': 'L-33.consumer-notice',
  'return-refund': 'L-33.refund',
  'return-delay': 'L-33.delay',
} as const;

/**
 * 沉默视为确认: the clock by which a consumer's silence after notice of a claim confirms it. No law has such a rule, and none
 * ships: a place that wants one sets a rule of its own that governs this clock in its division.
 */
export const SILENCE_CLOCK = 'settlement-silence';

export type NegotiationClock = keyof typeof NEGOTIATION_CLOCKS | typeof SILENCE_CLOCK;

/**
 * What an event of a negotiation does to its clocks. Only a result completes the first: what is agreed or claimed is none until
 * the consumer has confirmed it (T-31). After a failure or the end of its time an escalation is only the way on. A silence is
 * over with the first word of anybody; one that lasted is not late, but has run out.
 */
export function negotiationClockChanges(event: RecordedNegotiationEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'NegotiationOpened':
      return opened('negotiation', localDateOf(event.occurredAt), event.data.clocks);
    case 'SettlementClaimNotified':
      return opened(SILENCE_CLOCK, localDateOf(event.occurredAt), event.data.clocks, true);
    case 'SettlementConfirmed':
      return event.data.basis === 'silence'
        ? [completed('negotiation'), { change: 'expired', clock: SILENCE_CLOCK }]
        : [completed('negotiation'), SILENCE_BROKEN];
    case 'NegotiationFailed':
      return [completed('negotiation'), SILENCE_BROKEN];
    case 'NegotiationEscalated':
      return event.data.from === 'open' ? [completed('negotiation'), SILENCE_BROKEN] : [];
    case 'NegotiationExpired':
      return [{ change: 'expired', clock: event.data.clock }, SILENCE_BROKEN];
    case 'SettlementProposed':
    case 'SettlementCountered':
    case 'SettlementDisputed':
      return [SILENCE_BROKEN];
    case 'NoReasonReturnRequested': {
      const { signedOn, clocks } = event.data;
      return [...opened('return-notice', signedOn, clocks, true), completed('return-notice'), SILENCE_BROKEN];
    }
    case 'ReturnedGoodsReceived': {
      const from = localDateOf(event.occurredAt);
      const { clocks } = event.data;
      return [...opened('return-refund', from, clocks), ...opened('return-delay', from, clocks)];
    }
    case 'ReturnRefunded':
      return [completed('return-refund'), completed('return-delay')];
    case 'NegotiationDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'NegotiationLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'NegotiationAcknowledged':
    case 'SettlementAgreed':
    case 'SettlementClaimed':
    case 'NegotiationResultRecorded':
    case 'AdvancePaymentMade':
    case 'RecourseRecovered':
    case 'NoReasonReturnRefused':
      return [];
  }
}

const SILENCE_BROKEN: ClockChange = { change: 'superseded', clock: SILENCE_CLOCK };

function completed(clock: NegotiationClock): ClockChange {
  return { change: 'completed', clock };
}

/** Negotiations older than a clock do not have it. */
function opened(
  clock: NegotiationClock,
  from: string,
  clocks: readonly ClockReading[] | undefined,
  isRight = false,
): ClockChange[] {
  const reading = clocks?.find((one) => one.clock === clock);
  if (reading === undefined) return [];
  return [{ change: 'opened', from, reading, ...(isRight ? { isRight } : {}) }];
}
