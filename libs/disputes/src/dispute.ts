import { unreachable, type RecordedEvent } from '#kernel';
import type { RecordedDisputeEvent } from './events.ts';

/** A dispute (争议). What becomes of it is decided in the procedures that refer to it, so it never closes by itself. */
export type Dispute =
  | { readonly status: 'empty' }
  | { readonly status: 'open'; readonly respondentUscc: string | null; readonly respondentRegion: string };

export const initial: Dispute = { status: 'empty' };

export function evolve(state: Dispute, recorded: RecordedEvent): Dispute {
  const event = recorded as RecordedDisputeEvent;
  switch (event.type) {
    case 'DisputeOpened':
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data;
      return { ...state, status: 'open', respondentUscc, respondentRegion };
    }
    default:
      return unreachable(event);
  }
}
