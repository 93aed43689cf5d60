import { localDateOf } from '#kernel';
import type { ClockChange } from '#law';
import type { RecordedNegotiationEvent } from './events.ts';

/**
 * Clock (期限) of a negotiation: 和解期限. The rule speaks of ODR; no other is known for the other venues, and a negotiation
 * without an end would keep its dispute out of every figure, so it governs them all.
 */
export const NEGOTIATION_CLOCKS = { negotiation: 'L-18' } as const;
export type NegotiationClock = keyof typeof NEGOTIATION_CLOCKS;

/**
 * What an event of a negotiation does to its clock. Only a result completes it: what is agreed or claimed is none until the
 * consumer has confirmed it (T-31). After a failure or the end of its time an escalation is only the way on.
 */
export function negotiationClockChanges(event: RecordedNegotiationEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'NegotiationOpened': {
      // Negotiations older than their clock have none.
      const reading = event.data.clocks?.find(({ clock }) => clock === 'negotiation');
      return reading === undefined ? [] : [{ change: 'opened', from: localDateOf(event.occurredAt), reading }];
    }
    case 'SettlementConfirmed':
    case 'NegotiationFailed':
      return [{ change: 'completed', clock: 'negotiation' }];
    case 'NegotiationEscalated':
      return event.data.from === 'open' ? [{ change: 'completed', clock: 'negotiation' }] : [];
    case 'NegotiationExpired':
      return [{ change: 'expired', clock: event.data.clock }];
    case 'NegotiationDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'NegotiationLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'NegotiationAcknowledged':
    case 'SettlementProposed':
    case 'SettlementCountered':
    case 'SettlementAgreed':
    case 'SettlementClaimed':
      return [];
  }
}
