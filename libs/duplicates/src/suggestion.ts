import type { RecordedEvent } from '#kernel';
import type { RecordedDuplicateEvent } from './events.ts';

/** What was suggested of one dispute, by the dispute that it may be. */
export interface Suggestions {
  readonly region: string | null;
  readonly respondentUscc: string | null;
  readonly of: Readonly<Record<string, 'suspected' | 'dismissed'>>;
}

export const initial: Suggestions = { region: null, respondentUscc: null, of: {} };

export function evolve(state: Suggestions, recorded: RecordedEvent): Suggestions {
  const event = recorded as RecordedDuplicateEvent;
  switch (event.type) {
    case 'DisputeDuplicateSuspected': {
      const { of, region, respondentUscc } = event.data;
      return { region, respondentUscc, of: { ...state.of, [of]: 'suspected' } };
    }
    case 'DisputeDuplicateDismissed':
      return { ...state, of: { ...state.of, [event.data.of]: 'dismissed' } };
  }
}
