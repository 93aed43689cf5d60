/** What the rules of the registry must know of other streams, folded from their events. */
import type { RecordedEvent } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';

/** Fen paid in advance in a negotiation and not recovered, by scheme. */
export type AdvancesRead = Readonly<Record<string, number>>;

export function evolveAdvances(advances: AdvancesRead, event: RecordedEvent): AdvancesRead {
  switch (event.type as keyof NegotiationEvents) {
    case 'AdvancePaymentMade': {
      const { scheme, amountFen } = event.data as NegotiationEvents['AdvancePaymentMade'];
      return { ...advances, [scheme]: outstandingOf(advances, scheme) + amountFen };
    }
    case 'RecourseRecovered': {
      const { scheme, amountFen } = event.data as NegotiationEvents['RecourseRecovered'];
      return { ...advances, [scheme]: outstandingOf(advances, scheme) - amountFen };
    }
    default:
      return advances;
  }
}

export function outstandingOf(advances: AdvancesRead, scheme: string): number {
  return advances[scheme] ?? 0;
}
