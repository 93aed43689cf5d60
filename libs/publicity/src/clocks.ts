import { localDateOf, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedPublicationEvent } from './events.ts';

/** Clocks (期限) of a publication: 公示, 公示期, with the rules that govern them. Both are without a source: configuration. */
export const PUBLICATION_CLOCKS = { publication: 'L-36', 'publication-term': 'L-36.term' } as const;
export type PublicationClock = keyof typeof PUBLICATION_CLOCKS;

export const TERM_CLOCK: PublicationClock = 'publication-term';

/** What an event of a publication does to its clocks. Neither consent nor redaction stops the time in which it is due. */
export function publicationClockChanges(event: RecordedPublicationEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'ComplaintPublicationPlanned':
      return opened(event.data.closedOn, event.data.clocks);
    case 'ComplaintPublicationExcluded':
      return [{ change: 'superseded', clock: 'publication' }];
    case 'ComplaintPublished':
      return [
        { change: 'completed', clock: 'publication' },
        ...opened(localDateOf(event.occurredAt), event.data.clocks),
      ];
    case 'PublicationWithdrawn':
      return [{ change: 'superseded', clock: TERM_CLOCK }];
    case 'PublicationExpired':
      return [{ change: 'expired', clock: TERM_CLOCK }];
    case 'PublicationDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'PublicationLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'PublicationConsentChecked':
    case 'PublicationRedacted':
    case 'PublicationObjectionRaised':
    case 'PublicationObjectionRejected':
    case 'PublicationCorrected':
      return [];
    default:
      return unreachable(event);
  }
}

/** That it is shown until a day is owed by nobody: the term is a right, which runs out. */
function opened(from: string, clocks: readonly ClockReading[] = []): ClockChange[] {
  return clocks.map((reading) => ({
    change: 'opened',
    from,
    reading,
    ...(reading.clock === TERM_CLOCK && { isRight: true }),
  }));
}
