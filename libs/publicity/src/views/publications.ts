import { formatInstant, idOf, type LocalDate } from '#kernel';
import type { Projection } from '#read-models';
import { TERM_CLOCK } from '../clocks.ts';
import type { RecordedPublicationEvent, Shown } from '../events.ts';

/**
 * What everybody may see, and nothing else: there is no document before the complaint is published, and none once the publication
 * was withdrawn or has expired. Nothing here leads to the complaint or to who complained.
 */
export interface PublishedDocument extends Shown {
  readonly publishedAt: string;
  readonly correctedAt: string | null;
  /** Last day, where there is one. */
  readonly shownUntil: LocalDate | null;
}

const TYPES = [
  'ComplaintPublished',
  'PublicationCorrected',
  'PublicationDeadlineAmended',
  'PublicationWithdrawn',
  'PublicationExpired',
] as const;
type ShowingEvent = Extract<RecordedPublicationEvent, { type: (typeof TYPES)[number] }>;

export const publicationsView: Projection<PublishedDocument> = {
  name: 'publications',
  version: 1,
  types: TYPES,
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event as ShowingEvent),
  indexes: {
    newest: ['publishedAt'],
    byUscc: ['respondentUscc', 'publishedAt'],
    byProblem: ['problem', 'publishedAt'],
    byDistrict: ['addressRegion', 'publishedAt'],
  },
};

function evolve(doc: PublishedDocument | undefined, event: ShowingEvent): PublishedDocument | null {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ComplaintPublished') {
    const { shown, clocks } = event.data;
    const shownUntil = clocks?.find(({ clock }) => clock === TERM_CLOCK)?.due ?? null;
    return { ...shown, publishedAt: at, correctedAt: null, shownUntil };
  }
  // Of the queue's own clock, before anything is shown.
  if (doc === undefined) return null;
  switch (event.type) {
    case 'PublicationCorrected':
      return { ...doc, ...event.data.shown, correctedAt: at };
    case 'PublicationDeadlineAmended':
      return event.data.clock === TERM_CLOCK ? { ...doc, shownUntil: event.data.due } : doc;
    case 'PublicationWithdrawn':
    case 'PublicationExpired':
      return null;
  }
}
