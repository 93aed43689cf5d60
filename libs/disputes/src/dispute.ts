import { Failure, parseInstant, unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { RecordedDisputeEvent } from './events.ts';
import { evolveFirstInquiry, type FirstInquiry } from './first-inquiry.ts';
import { evolveJoint, noComplainants, type JointComplaint } from './joint.ts';

interface Known {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly openedAt: Instant;
  readonly joint: JointComplaint;
  /** Numbers of those who complain, by name and telephone: nobody complains twice. */
  readonly people: ReadonlyMap<string, number>;
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
    const { respondentUscc, respondentRegion, complainantTokens } = event.data;
    const joint = evolveJoint(noComplainants, event);
    const people = withPerson(new Map(), complainantTokens, joint.complainants);
    const known = { respondentUscc, respondentRegion, openedAt: event.occurredAt, joint, people, firstInquiry: null };
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
    case 'ComplainantJoined': {
      const people = withPerson(state.people, event.data.complainantTokens, event.data.person);
      return { ...state, joint: evolveJoint(state.joint, event), people };
    }
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

function knownOf(state: Open | Merged): Known {
  const { respondentUscc, respondentRegion, openedAt, joint, people, firstInquiry, repeats } = state;
  return { respondentUscc, respondentRegion, openedAt, joint, people, firstInquiry, repeats };
}

type PersonTokens = { readonly phone?: string; readonly name?: string };

/** By what somebody is known again; undefined where name or telephone is missing, which others may share. */
export function personKey({ phone, name }: PersonTokens): string | undefined {
  return phone === undefined || name === undefined ? undefined : `${phone} ${name}`;
}

function withPerson(
  people: ReadonlyMap<string, number>,
  tokens: PersonTokens,
  number: number,
): ReadonlyMap<string, number> {
  const key = personKey(tokens);
  return key === undefined || people.has(key) ? people : new Map([...people, [key, number]]);
}

/** Moment of an instant of the state that was written as text. */
export function momentOf(text: string): Instant {
  return parseInstant(text)!;
}
