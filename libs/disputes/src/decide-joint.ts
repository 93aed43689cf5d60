import { refuse, type Refusal } from '#kernel';
import type { ChooseRepresentatives, JoinComplainant, RecordRepresentedConsent } from './commands.ts';
import { personKey } from './dispute.ts';
import type { JointComplaint } from './joint.ts';
import { MOST_REPRESENTATIVES } from './joint.ts';
import { ofOpen } from './refusals.ts';

export const joinComplainant = ofOpen<JoinComplainant>((_, { joint, people, respondentUscc }, { persons }) => {
  const { complainant } = persons;
  if (complainant === undefined) {
    return refuse('invalid', 'COMPLAINANT_REQUIRED', 'Say who complains (Art. 12).', 'complainantName');
  }
  const { personId, tokens } = complainant;
  const known = personKey(tokens);
  const before = known === undefined ? undefined : people.get(known);
  if (before !== undefined) {
    const detail = `One of this name and telephone complains already, as number ${before}.`;
    return refuse('conflict', 'COMPLAINANT_JOINED_BEFORE', detail, 'complainantName');
  }
  const person = joint.complainants + 1;
  const about = respondentUscc === null ? {} : { respondentUscc };
  return [{ type: 'ComplainantJoined', data: { person, complainant: personId, complainantTokens: tokens, ...about } }];
});

export const chooseRepresentatives = ofOpen<ChooseRepresentatives>(({ representatives, evidence }, { joint }) => {
  const refusal = notJoint(joint) ?? notAmong(joint, representatives, 'representatives');
  if (refusal !== undefined) return refusal;
  const { length } = representatives;
  if (length < 1 || length > MOST_REPRESENTATIVES || new Set(representatives).size < length) {
    const detail = 'One or two of the complainants may be chosen (Art. 12).';
    return refuse('invalid', 'REPRESENTATIVES_INVALID', detail, 'representatives');
  }
  const chosen = representatives.toSorted((a, b) => a - b);
  if (chosen.join() === joint.representatives.join()) return [];
  return [{ type: 'RepresentativesChosen', data: { representatives: chosen, evidence } }];
});

export const recordRepresentedConsent = ofOpen<RecordRepresentedConsent>((command, { joint }) => {
  const { act, procedure, consenting = [], refusing = [], evidence } = command;
  if (joint.representatives.length === 0) {
    return refuse('conflict', 'NO_REPRESENTATIVES', 'Nobody is represented: all speak for themselves.');
  }
  const refusal = notAmong(joint, consenting, 'consenting') ?? notAmong(joint, refusing, 'refusing');
  if (refusal !== undefined) return refusal;
  if (consenting.length + refusing.length === 0) {
    return refuse('invalid', 'NOBODY_HEARD', 'Say who consents or refuses to.', 'consenting');
  }
  const heard = [...consenting, ...refusing];
  if (new Set(heard).size < heard.length) {
    return refuse('invalid', 'HEARD_TWICE', 'Nobody both consents and refuses, or is named twice.', 'refusing');
  }
  if (heard.some((person) => joint.representatives.includes(person))) {
    const detail = 'Representatives act for the others, whose consent is asked.';
    return refuse('invalid', 'REPRESENTATIVE_HEARD', detail, 'consenting');
  }
  return [{ type: 'RepresentedConsentRecorded', data: { act, procedure, consenting, refusing, evidence } }];
});

function notJoint({ complainants }: JointComplaint): Refusal | undefined {
  if (complainants >= 2) return undefined;
  return refuse('conflict', 'NOT_JOINT', 'Representatives are for two complainants and more (Art. 12).');
}

function notAmong(
  { complainants }: JointComplaint,
  persons: readonly number[],
  field: 'representatives' | 'consenting' | 'refusing',
): Refusal | undefined {
  const unknown = persons.find((person) => person < 1 || person > complainants);
  if (unknown === undefined) return undefined;
  return refuse('invalid', 'UNKNOWN_COMPLAINANT', `No complainant has number ${unknown}.`, field);
}
