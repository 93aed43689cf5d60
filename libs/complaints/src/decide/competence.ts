import { parseInstant, refuse, type Refusal } from '#kernel';
import { complaintCompetenceOn } from '#law';
import type {
  DesignateAuthority,
  DetermineCompetence,
  RaiseCompetenceDispute,
  ResolveCompetenceDispute,
  SendUpCompetenceDispute,
} from '../commands.ts';
import type { Received } from '../complaint.ts';
import { decidedBefore } from '../refusals.ts';
import { following, OFFICERS, onlyBy, reading, under, type Rule } from '../step.ts';

/** 管辖判断, by the order in force on the day on which it is made (T-26). */
export const determineCompetence: Rule<DetermineCompetence> = following((command, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const refusal = onlyBy(OFFICERS, context) ?? settledOrDisputed(state);
  if (refusal !== undefined) return refusal;
  const { competent, respondentKind, basis, otherAuthority = null } = command;
  const rule = complaintCompetenceOn(context.today);
  if (rule !== null && !rule.bases[respondentKind].includes(basis)) {
    const detail = `By ${rule.source}, in force on ${context.today}, it rests on ${rule.bases[respondentKind].join(' or ')}.`;
    return refuse('conflict', 'BASIS_NOT_IN_FORCE', detail, 'basis');
  }
  if (basis === 'published-address' && command.publishedAddressFound === false) {
    const detail = 'No address is published, or nobody is found there: the domicile of the platform is left (Art. 13).';
    return refuse('conflict', 'PUBLISHED_ADDRESS_NOT_FOUND', detail, 'basis');
  }
  const late = receivedFirstElsewhere(command, state);
  if (late !== undefined) return late;
  const otherReceivedAt = command.otherReceivedAt ?? null;
  const found = { competent, respondentKind, basis, otherAuthority, otherReceivedAt, source: rule?.source ?? null };
  return [{ type: 'CompetenceDetermined', data: found }];
});

/** Of two competent authorities the one that received first handles (S1 Art. 14). */
function receivedFirstElsewhere(
  { competent, otherAuthority, otherReceivedAt }: DetermineCompetence,
  { file }: Received,
): Refusal | undefined {
  if ((otherAuthority === undefined) !== (otherReceivedAt === undefined)) {
    const field = otherAuthority === undefined ? 'otherAuthority' : 'otherReceivedAt';
    return refuse('invalid', 'OTHER_RECEIPT_INCOMPLETE', 'Another authority and its receipt are told together.', field);
  }
  if (!competent || otherReceivedAt === undefined) return undefined;
  if (parseInstant(otherReceivedAt)! >= (file.facts.receivedAt as number)) return undefined;
  const detail = 'Another competent authority received it first, and handles it (Art. 14).';
  return refuse('conflict', 'RECEIVED_FIRST_ELSEWHERE', detail, 'competent');
}

export const raiseCompetenceDispute: Rule<RaiseCompetenceDispute> = following(
  ({ withAuthority }, state, context, law) => {
    if (state.status !== 'received') return decidedBefore(state);
    const refusal = onlyBy(OFFICERS, context) ?? settledOrDisputed(state);
    if (refusal !== undefined) return refusal;
    if (withAuthority === holderOf(state)) {
      return refuse('invalid', 'SAME_AUTHORITY', 'An authority is in no dispute with itself.', 'withAuthority');
    }
    const agreement = reading('competence-dispute', context.today, law);
    return [{ type: 'CompetenceDisputeRaised', ...under(agreement), data: { withAuthority, clocks: [agreement] } }];
  },
);

/** They agree on one of the two. Also after it was sent up, as long as nobody is designated. */
export const resolveCompetenceDispute: Rule<ResolveCompetenceDispute> = following((command, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const { competentAuthority, competentRegion } = command;
  const refusal = onlyBy(OFFICERS, context) ?? notDisputed(state) ?? otherRegion(command, state);
  if (refusal !== undefined) return refusal;
  if (competentAuthority !== holderOf(state) && competentAuthority !== state.dispute?.withAuthority) {
    const detail = 'The authorities in dispute agree on one of themselves.';
    return refuse('invalid', 'NOT_IN_DISPUTE', detail, 'competentAuthority');
  }
  return [{ type: 'CompetenceDisputeResolved', data: { competentAuthority, competentRegion } }];
});

/** `occurredAt` is the receipt by the higher authority. */
export const sendUpCompetenceDispute: Rule<SendUpCompetenceDispute> = following(
  ({ higherAuthority }, state, context, law) => {
    if (state.status !== 'received') return decidedBefore(state);
    const refusal = onlyBy(OFFICERS, context) ?? notDisputed(state);
    if (refusal !== undefined) return refusal;
    if (state.dispute?.stage === 'sent-up') {
      return refuse('conflict', 'DISPUTE_SENT_UP', 'The higher authority has the papers already.');
    }
    const designation = reading('designation', context.today, law);
    return [
      { type: 'CompetenceDisputeSentUp', ...under(designation), data: { higherAuthority, clocks: [designation] } },
    ];
  },
);

export const designateAuthority: Rule<DesignateAuthority> = following((command, state, context) => {
  if (state.status !== 'received') return decidedBefore(state);
  const { competentAuthority, competentRegion } = command;
  const refusal = onlyBy(OFFICERS, context) ?? notDisputed(state) ?? otherRegion(command, state);
  if (refusal !== undefined) return refusal;
  if (state.dispute?.stage !== 'sent-up') {
    return refuse('conflict', 'DISPUTE_NOT_SENT_UP', 'Nobody has asked the higher authority.');
  }
  return [{ type: 'AuthorityDesignated', data: { competentAuthority, competentRegion } }];
});

function holderOf({ file }: Received): string | undefined {
  return file.assignments.at(-1)?.authority;
}

function settledOrDisputed({ dispute, settled }: Received): Refusal | undefined {
  if (dispute !== null) {
    return refuse('conflict', 'COMPETENCE_DISPUTED', `Competence is in dispute with ${dispute.withAuthority}.`);
  }
  if (settled === null) return undefined;
  return refuse(
    'conflict',
    'COMPETENCE_SETTLED',
    `A dispute ended by ${settled.by}: ${settled.authority} is competent.`,
  );
}

function notDisputed({ dispute }: Received): Refusal | undefined {
  if (dispute !== null) return undefined;
  return refuse('conflict', 'COMPETENCE_NOT_DISPUTED', 'There is no dispute about competence.');
}

/** The holder of the complaint is named with the region it has. */
function otherRegion(
  { competentAuthority, competentRegion }: ResolveCompetenceDispute | DesignateAuthority,
  state: Received,
): Refusal | undefined {
  const isOther = competentAuthority === holderOf(state) && competentRegion !== state.handlingRegion;
  if (!isOther) return undefined;
  const detail = `${competentAuthority} has the complaint in hand for ${state.handlingRegion}.`;
  return refuse('invalid', 'REGION_MISMATCH', detail, 'competentRegion');
}
