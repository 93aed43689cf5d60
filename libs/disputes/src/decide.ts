import { normaliseUscc, refuse, type Decision, type DecisionContext, type Refusal } from '#kernel';
import type { ConfirmRepeat, IdentifyRespondent, OpenDispute } from './commands.ts';
import type { Dispute } from './dispute.ts';
import type { DisputeEvent } from './events.ts';
import type { RepeatReads } from './reads.ts';
import { refuseMerged } from './merged-away.ts';
import { ofOpen, unknownDispute } from './refusals.ts';

export function openDispute(
  command: OpenDispute,
  state: Dispute,
  { persons }: DecisionContext,
): Decision<DisputeEvent> {
  if (state.status !== 'empty') return refuse('conflict', 'DISPUTE_ALREADY_OPEN', 'This dispute is open already.');
  const respondentUscc = command.respondentUscc === undefined ? null : normaliseUscc(command.respondentUscc);
  if (respondentUscc === undefined) return invalidUscc();
  const { authority, authorityRegion: region = command.respondentRegion } = command;
  const { complainant, respondent } = persons;
  const textTokens = complainant?.textTokens;
  return [
    {
      type: 'DisputeOpened',
      data: {
        respondentUscc,
        respondent: respondent?.personId ?? null,
        respondentRegion: command.respondentRegion,
        sector: command.sector ?? null,
        channel: command.channel ?? null,
        amountFen: command.amountFen ?? null,
        complainant: complainant?.personId ?? null,
        complainantTokens: complainant?.tokens ?? {},
        ...(textTokens === undefined ? {} : { textTokens }),
      },
    },
    ...(authority === undefined
      ? []
      : [{ type: 'FirstInquiryAssigned', data: { body: { authority, region }, basis: 'contact' } } as const]),
  ];
}

/** History stays with the respondent it was written down for; figures follow this event from when it was recorded. */
export function identifyRespondent(command: IdentifyRespondent, state: Dispute): Decision<DisputeEvent> {
  if (state.status === 'empty') return unknownDispute();
  if (state.status === 'merged') return refuseMerged(state.primary)!;
  const respondentUscc = normaliseUscc(command.respondentUscc);
  if (respondentUscc === undefined) return invalidUscc();
  const { respondentRegion, reason } = command;
  if (respondentUscc === state.respondentUscc && respondentRegion === state.respondentRegion) return [];
  const data = { respondentUscc, respondentRegion, previousUscc: state.respondentUscc, reason };
  return [{ type: 'DisputeRespondentIdentified', data }];
}

/** Whether it came within the days that count for M-12 is told by the figures: what repeats what is told by a person. */
export const confirmRepeat = ofOpen<ConfirmRepeat, RepeatReads>(({ earlier }, state, { id, reads }) => {
  if (earlier === id) return refuse('invalid', 'REPEATS_ITSELF', 'No dispute repeats itself.', 'earlier');
  if (reads.earlier === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'earlier');
  if (state.repeats.includes(earlier)) return [];
  if (reads.earlier.openedAt > state.openedAt) {
    return refuse('invalid', 'REPEATED_BEFORE', 'The other dispute came after this one.', 'earlier');
  }
  const [own, other] = [state.respondentUscc, reads.earlier.respondentUscc];
  if (own !== null && other !== null && own !== other) {
    const detail = 'Against another respondent nothing is complained of again (M-12).';
    return refuse('conflict', 'RESPONDENT_MISMATCH', detail, 'earlier');
  }
  return [{ type: 'RepeatComplaintConfirmed', data: { earlier } }];
});

function invalidUscc(): Refusal {
  return refuse('invalid', 'INVALID_USCC', 'This is no valid social credit code.', 'respondentUscc');
}
