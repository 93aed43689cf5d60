import type { RecordedEvent } from '#kernel';
import type { RecordedDisputeEvent } from './events.ts';

/** What representatives may do only with the consent of those they represent (S1 Art. 12): 变更、放弃投诉请求，达成调解协议; and withdrawing. */
export const REPRESENTED_ACTS = ['change-of-claim', 'waiver', 'agreement', 'withdrawal'] as const;
export type RepresentedAct = (typeof REPRESENTED_ACTS)[number];

/** S1 Art. 12: 二名以下代表人. */
export const MOST_REPRESENTATIVES = 2;

/** 共同投诉: who complains of a dispute, by number, and who speaks for them. */
export interface JointComplaint {
  readonly complainants: number;
  /** None until some are chosen. */
  readonly representatives: readonly number[];
  readonly consents: readonly RepresentedConsent[];
}

/** What those who are represented said to an act in one procedure. */
export interface RepresentedConsent {
  readonly act: RepresentedAct;
  /** Stream of the procedure. */
  readonly procedure: string;
  readonly consenting: readonly number[];
  readonly refusing: readonly number[];
}

export const noComplainants: JointComplaint = { complainants: 0, representatives: [], consents: [] };

/** After an event of the dispute; others leave it as it is. */
export function evolveJoint(joint: JointComplaint, recorded: RecordedEvent): JointComplaint {
  const event = recorded as RecordedDisputeEvent;
  switch (event.type) {
    case 'DisputeOpened':
      return event.data.complainant === null ? joint : { ...joint, complainants: 1 };
    case 'ComplainantJoined':
      return { ...joint, complainants: event.data.person };
    case 'RepresentativesChosen':
      return { ...joint, representatives: event.data.representatives };
    case 'RepresentedConsentRecorded':
      return { ...joint, consents: consentsAfter(joint.consents, event.data) };
    default:
      return joint;
  }
}

/**
 * Who has not consented to an act that representatives want to do for them in a procedure; empty where nobody is represented.
 * A complainant who joins later is asked like the others.
 */
export function withoutConsent(joint: JointComplaint, act: RepresentedAct, procedure: string): readonly number[] {
  const { complainants, representatives, consents } = joint;
  if (complainants < 2) return [];
  const given = consents.find((one) => one.act === act && one.procedure === procedure)?.consenting ?? [];
  const everybody = Array.from({ length: complainants }, (_, index) => index + 1);
  return everybody.filter((person) => !representatives.includes(person) && !given.includes(person));
}

function consentsAfter(
  consents: readonly RepresentedConsent[],
  { act, procedure, consenting, refusing }: RepresentedConsent,
): readonly RepresentedConsent[] {
  const before = consents.find((one) => one.act === act && one.procedure === procedure);
  const heard = [...consenting, ...refusing];
  const kept = (persons: readonly number[] = []) => persons.filter((person) => !heard.includes(person));
  const after = {
    act,
    procedure,
    consenting: sorted([...kept(before?.consenting), ...consenting]),
    refusing: sorted([...kept(before?.refusing), ...refusing]),
  };
  return [...consents.filter((one) => one !== before), after];
}

function sorted(persons: readonly number[]): readonly number[] {
  return persons.toSorted((a, b) => a - b);
}
