import type { Instant } from '#kernel';
import { localDateOf } from '#kernel';
import type { ComplaintEvents } from '../events.ts';
import {
  accepted,
  ago,
  closed,
  concluded,
  declined,
  notified,
  reading,
  receipt,
  received,
  terminationNotified,
  underMediation,
  type Given,
} from './given-complaint.ts';

/** An event of a complaint some days before the command of a spec. */
export function told<Type extends keyof ComplaintEvents & string>(
  type: Type,
  data: ComplaintEvents[Type],
  occurredAt: Instant,
  by = 'key-1',
): Given {
  return { type, data, occurredAt, actor: { id: by, role: 'officer' } } as Given;
}

export const OTHER = 'Shangyu Market Supervision Office';
export const OTHER_REGION = '330604';

export const returned = told('ComplaintReturnedToIntake', { authority: receipt.authority, reason: 'r-1' }, ago(95));
export const sentOn = told(
  'ComplaintTransferredOut',
  { fromAuthority: receipt.authority, toAuthority: OTHER, toRegion: OTHER_REGION, basis: 'intake' },
  ago(94),
);
export const receivedElsewhere = told(
  'ComplaintTransferReceived',
  {
    authority: OTHER,
    handlingRegion: OTHER_REGION,
    acceptanceFrom: localDateOf(ago(93)),
    clocks: [reading('acceptance', localDateOf(ago(93)))],
  },
  ago(93),
);
export const proofRequested = told(
  'IdentityProofRequested',
  { dueOn: '2026-03-20', clocks: [{ clock: 'identity-proof', rule: null, calendar: null, due: '2026-03-20' }] },
  ago(96),
);
export const disputeRaised = told(
  'CompetenceDisputeRaised',
  { withAuthority: OTHER, clocks: [reading('competence-dispute', localDateOf(ago(96)))] },
  ago(96),
);
export const sentUp = told(
  'CompetenceDisputeSentUp',
  { higherAuthority: 'Shaoxing Bureau', clocks: [reading('designation', localDateOf(ago(95)))] },
  ago(95),
);
export const designatedOther = told(
  'AuthorityDesignated',
  { competentAuthority: OTHER, competentRegion: OTHER_REGION },
  ago(94),
);
export const settled = told('PartiesSettled', { evidence: ['refund-1'], recoveredFen: 900 }, ago(70));
export const disqualified = told(
  'ComplaintDisqualified',
  { basis: '16(3)', reason: 'r-1', evidence: ['doc-1'] },
  ago(70),
);
export const merged = told('ComplaintMergedInto', { primary: '01JM0000000000000000000000' }, ago(70));
export const reopenedToMediation = told(
  'ComplaintReopened',
  { to: 'mediation', round: 2, reason: 'r-1', clocks: [reading('mediation', localDateOf(ago(5)))] },
  ago(5),
);
export const reopenedToAcceptance = told(
  'ComplaintReopened',
  { to: 'acceptance', round: 2, reason: 'r-1', clocks: [reading('acceptance', localDateOf(ago(5)))] },
  ago(5),
);

/** Every state a complaint can be in, by the events that lead there. */
export const STATES = {
  none: [],
  received: [received],
  'proof requested': [received, proofRequested],
  disputed: [received, disputeRaised],
  'disputed above': [received, disputeRaised, sentUp],
  'other designated': [received, disputeRaised, sentUp, designatedOther],
  returned: [received, returned],
  transferred: [received, returned, sentOn],
  'received elsewhere': [received, returned, sentOn, receivedElsewhere],
  accepted: [received, accepted],
  'under mediation': underMediation,
  settled: [...underMediation, settled],
  disqualified: [...underMediation, disqualified],
  'not accepted': [received, declined],
  'not accepted, notified': [received, declined, notified('not-accepted')],
  concluded: [...underMediation, concluded()],
  closed: [...underMediation, concluded(), terminationNotified, closed],
  'merged before acceptance': [received, merged],
  merged: [...underMediation, merged],
  'reopened to mediation': [...underMediation, concluded(), terminationNotified, closed, reopenedToMediation],
  'reopened to acceptance': [received, declined, notified('not-accepted'), reopenedToAcceptance],
} satisfies Record<string, readonly Given[]>;
export type StateName = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as StateName[];
