import { localDateOf, type LocalDate, type RecordedEvent } from '#kernel';

/**
 * Events by which a unit holds a title and is on the list of serious violations (严重违法失信名单). No context writes them yet: the rule
 * waits for those of certification, whose names are given (TitleAwarded, TitleRevoked), and of lists, whose names are a default of this
 * house. `data` is read for `uscc`, `programme` and `occurredAt` alone.
 */
export const titleTypes: readonly string[] = ['TitleAwarded', 'TitleRevoked', 'SubjectBlacklisted', 'SubjectDelisted'];

export interface Standing {
  /** Programmes of the titles held. */
  readonly titles: readonly string[];
  readonly listedOn: LocalDate | null;
}

export function titleAndListing(standing: Standing | undefined, event: RecordedEvent): Standing {
  const { titles, listedOn } = standing ?? { titles: [], listedOn: null };
  const { programme = '' } = event.data as { readonly programme?: string };
  const others = titles.filter((one) => one !== programme);
  switch (event.type) {
    case 'TitleAwarded':
      return { titles: [...others, programme].sort(), listedOn };
    case 'TitleRevoked':
      return { titles: others, listedOn };
    case 'SubjectBlacklisted':
      return { titles, listedOn: localDateOf(event.occurredAt) };
    default:
      return { titles, listedOn: null };
  }
}
