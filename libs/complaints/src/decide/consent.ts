import { withoutConsent, type RepresentedAct } from '#disputes/events';
import { refuse, type Refusal } from '#kernel';
import type { JointReads } from '../reads.ts';

/**
 * 共同投诉: who gives up or settles a claim for others needs their consent, which is recorded with the dispute (S1 Art. 12,
 * T-17). Undefined: none is missing.
 */
export function consentMissing(act: RepresentedAct, { joint }: Partial<JointReads>, id: string): Refusal | undefined {
  const missing = joint === undefined ? [] : withoutConsent(joint, act, `complaint-${id}`);
  if (missing.length === 0) return undefined;
  const detail = `Of those who complain together ${missing.join(', ')} must consent, on record with the dispute (Art. 12).`;
  return refuse('conflict', 'CONSENT_OF_REPRESENTED_REQUIRED', detail);
}
