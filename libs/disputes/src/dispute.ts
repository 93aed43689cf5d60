import { Failure, parseInstant, unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { RecordedDisputeEvent } from './events.ts';
import { evolveFirstInquiry, type FirstInquiry } from './first-inquiry.ts';
import { evolveJoint, noComplainants, type JointComplaint } from './joint.ts';

interface Known {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly openedAt: Instant;
  readonly joint: JointComplaint;
  readonly firstInquiry: FirstInquiry | null;
  /** Earlier disputes of which this was found to be a repeated complaint. */
  readonly repeats: readonly string[];
}

export type Open = Known & { readonly status: 'open' };
/** 并入: counted and told with the primary; nothing is done to it but to take it apart again. */
export type Merged = Known & { readonly status: 'merged'; readonly primary: string; readonly mergedAt: Instant };

/** A dispute (争议). What becomes of it is decided in the procedures that refer to it, so it never closes by itself. */
export type Dispute = { readonly status: 'empty' } | Open | Merged;

export const initial: Dispute = { status: 'empty' };

export function evolve(state: Dispute, recorded: RecordedEvent): Dispute {
  const event = recorded as RecordedDisputeEvent;
  if (event.type === 'DisputeOpened') {
    const { respondentUscc, respondentRegion } = event.data;
    const joint = evolveJoint(noComplainants, event);
    const known = { respondentUscc, respondentRegion, openedAt: event.occurredAt, joint, firstInquiry: null };
    return { status: 'open', ...known, repeats: [] };
  }
  if (state.status === 'empty') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data;
      return { ...state, respondentUscc, respondentRegion };
    }
    case 'DisputeMergedInto':
      return { ...knownOf(state), status: 'merged', primary: event.data.primary, mergedAt: event.occurredAt };
    case 'DisputeUnmerged':
      return { ...knownOf(state), status: 'open' };
    case 'ComplainantJoined':
    case 'RepresentativesChosen':
    case 'RepresentedConsentRecorded':
      return { ...state, joint: evolveJoint(state.joint, event) };
    case 'FirstInquiryAssigned':
    case 'HandOffOffered':
    case 'HandOffAccepted':
    case 'HandOffDeclined':
      return { ...state, firstInquiry: evolveFirstInquiry(state.firstInquiry, event) };
    case 'RepeatComplaintConfirmed':
      return { ...state, repeats: [...state.repeats, event.data.earlier] };
    default:
      return unreachable(event);
  }
}

function knownOf({ respondentUscc, respondentRegion, openedAt, joint, firstInquiry, repeats }: Open | Merged): Known {
  return { respondentUscc, respondentRegion, openedAt, joint, firstInquiry, repeats };
}

/** Moment of an instant of the state that was written as text. */
export function momentOf(text: string): Instant {
  return parseInstant(text)!;
}
