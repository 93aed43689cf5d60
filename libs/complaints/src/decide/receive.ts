import { refuseMerged } from '#disputes/events';
import type { Decide, DecisionContext, Refusal } from '#kernel';
import { normaliseUscc, refuse } from '#kernel';
import type { Law } from '#law';
import { refuseProcedure, type WorkOrderOrigin } from '#work-orders/events';
import type { AppointAgent, ReceiveComplaint } from '../commands.ts';
import type { ComplaintState } from '../complaint.ts';
import type { ComplaintEvent } from '../events.ts';
import type { NegotiationRead, ReceiveReads } from '../reads.ts';
import { decidedBefore } from '../refusals.ts';
import { following, knewTooLate, onlyBy, reading, TAKES_DOWN, under, type Rule } from '../step.ts';

export const receive: Decide<ReceiveComplaint, ComplaintState, ComplaintEvent, ReceiveReads, Law> = (
  command,
  state,
  context,
  law,
) => {
  if (state.status !== 'none') return refuse('conflict', 'COMPLAINT_EXISTS', 'This complaint was received before.');
  const { complainant, respondent } = context.persons;
  const { dispute, negotiation, workOrder } = context.reads;
  if (complainant === undefined) {
    return refuse('invalid', 'COMPLAINANT_REQUIRED', 'A complaint needs a complainant (Art. 10).', 'complainantName');
  }
  if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  const respondentUscc = writtenUscc(command.respondentUscc) ?? dispute.respondentUscc;
  if (dispute.respondentUscc !== null && dispute.respondentUscc !== respondentUscc) {
    return refuse('conflict', 'RESPONDENT_MISMATCH', 'The dispute names another respondent.', 'respondentUscc');
  }
  const knewOn = command.knewOn ?? null;
  const refusal =
    refuseMerged(dispute.mergedInto, 'disputeId') ??
    badOrigin(command, workOrder) ??
    badEscalation(command, negotiation, context) ??
    knewTooLate(knewOn, context.today);
  if (refusal !== undefined) return refusal;
  const acceptance = reading('acceptance', context.today, law);
  return [
    {
      type: 'ComplaintReceived',
      ...under(acceptance),
      data: {
        disputeId: command.disputeId,
        authority: command.authority,
        handlingRegion: command.handlingRegion,
        respondentUscc,
        respondentRegion: dispute.respondentRegion,
        respondent: respondent?.personId ?? null,
        complainant: complainant.personId,
        complainantTokens: complainant.tokens,
        ...(complainant.textTokens === undefined ? {} : { textTokens: complainant.textTokens }),
        sector: command.sector ?? null,
        channel: command.channel ?? null,
        escalatedFrom: command.escalatedFrom ?? null,
        workOrderId: command.workOrderId ?? null,
        knewOn,
        clocks: [acceptance],
      },
    },
  ];
};

export const appointAgent: Rule<AppointAgent> = following(({ mandate }, state, context) => {
  if (state.status !== 'received' && state.status !== 'accepted') return decidedBefore(state);
  const refusal = onlyBy(TAKES_DOWN, context);
  if (refusal !== undefined) return refusal;
  const agent = context.persons['agent']?.personId;
  if (agent === undefined) return refuse('invalid', 'AGENT_REQUIRED', 'An agent is somebody (Art. 11).', 'agentName');
  return [{ type: 'AgentAppointed', data: { agent, mandate } }];
});

/** A mixed letter is split before a complaint is received from it (S1 Art. 9); what is no complaint at all leads to none. */
function badOrigin({ workOrderId }: ReceiveComplaint, workOrder: WorkOrderOrigin | undefined): Refusal | undefined {
  if (workOrderId === undefined) return undefined;
  if (workOrder !== undefined) return refuseProcedure(workOrder, 'complaint');
  return refuse('invalid', 'UNKNOWN_WORK_ORDER', 'There is no work order with this id.', 'workOrderId');
}

/** The negotiation a complaint follows must be one of its dispute that the consumer has escalated before. */
function badEscalation(
  { disputeId, escalatedFrom }: ReceiveComplaint,
  negotiation: NegotiationRead | undefined,
  { occurredAt }: DecisionContext<ReceiveReads>,
): Refusal | undefined {
  if (escalatedFrom === undefined) return undefined;
  if (negotiation === undefined) {
    return refuse('invalid', 'UNKNOWN_NEGOTIATION', 'There is no such negotiation.', 'escalatedFrom');
  }
  if (negotiation.disputeId !== disputeId) {
    return refuse('conflict', 'NEGOTIATION_OF_OTHER_DISPUTE', 'It belongs to another dispute.', 'escalatedFrom');
  }
  if (negotiation.escalatedAt === null) {
    return refuse('conflict', 'NEGOTIATION_NOT_ESCALATED', 'The consumer has not escalated it.', 'escalatedFrom');
  }
  if (occurredAt < negotiation.escalatedAt) {
    return refuse(
      'invalid',
      'RECEIVED_BEFORE_ESCALATION',
      'Received before the consumer turned to the authority.',
      'occurredAt',
    );
  }
  return undefined;
}

function writtenUscc(uscc: string | undefined): string | undefined {
  return uscc === undefined ? undefined : (normaliseUscc(uscc) ?? uscc);
}
