import { normaliseUscc, refuse, type Decision, type DecisionContext, type Refusal } from '#kernel';
import type { IdentifyRespondent, OpenDispute } from './commands.ts';
import type { Dispute } from './dispute.ts';
import type { DisputeEvent } from './events.ts';

export function openDispute(
  command: OpenDispute,
  state: Dispute,
  { persons }: DecisionContext,
): Decision<DisputeEvent> {
  if (state.status !== 'empty') return refuse('conflict', 'DISPUTE_ALREADY_OPEN', 'This dispute is open already.');
  const respondentUscc = command.respondentUscc === undefined ? null : normaliseUscc(command.respondentUscc);
  if (respondentUscc === undefined) return invalidUscc();
  return [
    {
      type: 'DisputeOpened',
      data: {
        respondentUscc,
        respondent: persons['respondent']?.personId ?? null,
        respondentRegion: command.respondentRegion,
        sector: command.sector ?? null,
        channel: command.channel ?? null,
        amountFen: command.amountFen ?? null,
        complainant: persons['complainant']?.personId ?? null,
        complainantTokens: persons['complainant']?.tokens ?? {},
      },
    },
  ];
}

/** History stays with the respondent it was written down for; figures follow this event from when it was recorded. */
export function identifyRespondent(command: IdentifyRespondent, state: Dispute): Decision<DisputeEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no dispute with this id.');
  const respondentUscc = normaliseUscc(command.respondentUscc);
  if (respondentUscc === undefined) return invalidUscc();
  const { respondentRegion, reason } = command;
  if (respondentUscc === state.respondentUscc && respondentRegion === state.respondentRegion) return [];
  const data = { respondentUscc, respondentRegion, previousUscc: state.respondentUscc, reason };
  return [{ type: 'DisputeRespondentIdentified', data }];
}

function invalidUscc(): Refusal {
  return refuse('invalid', 'INVALID_USCC', 'This is no valid social credit code.', 'respondentUscc');
}
