import { withoutConsent } from '#disputes/events';
import type { Instant, LocalDate } from '#kernel';
import { addDays, refuse, startOfDay, unreachable } from '#kernel';
import { isBy, isOpen, readClock, type ClockReading, type Law } from '#law';
import { SILENCE_CLOCK } from './clocks.ts';
import type {
  ClaimSettlement,
  ConfirmBySilence,
  ConfirmSettlement,
  DisputeByComplaint,
  DisputeSettlement,
  NotifyClaim,
} from './commands.ts';
import { unknownOffer } from './decide-offers.ts';
import type { NegotiationEvent } from './events.ts';
import { hasRunOut } from './expiry.ts';
import type { Known, Live, NegotiationState } from './negotiation.ts';
import { partyOf } from './party.ts';
import type { DisputeSettlementReads, JointReads } from './reads.ts';
import { notLive, OPERATORS, outOfTime, under, whileLive, type Rule } from './step.ts';

export const claim: Rule<ClaimSettlement> = whileLive((_, state, { actor }) => {
  if (partyOf(actor.role, undefined, 'merchant') !== 'merchant') {
    return refuse('forbidden', 'ONLY_MERCHANT_CLAIMS', 'A claim is the merchant’s word; the consumer confirms.');
  }
  switch (state.status) {
    case 'open':
      return [{ type: 'SettlementClaimed', data: { offer: null } }];
    case 'agreed':
      return [{ type: 'SettlementClaimed', data: { offer: state.agreedOffer } }];
    case 'claimed':
      return [];
    default:
      return unreachable(state);
  }
});

/** The first notice counts: to be told again of the same claim gives nobody more time. */
export const notifyClaim: Rule<NotifyClaim> = whileLive(({ channel }, state, { actor, today }, law) => {
  if (!OPERATORS.includes(actor.role)) {
    return refuse('forbidden', 'ONLY_OPERATOR_NOTIFIES', 'Who runs or supervises the venue tells the consumer.');
  }
  if (state.status !== 'claimed') return refuse('conflict', 'NOTHING_CLAIMED', 'The merchant has claimed nothing.');
  if (state.noticed) return [];
  const { respondentUscc, respondentRegion, hasComplained } = state;
  const silence = hasComplained ? undefined : silenceFrom(today, respondentRegion, law);
  if (silence === undefined) return [{ type: 'SettlementClaimNotified', data: { channel, respondentUscc } }];
  const data = { channel, respondentUscc, clocks: [silence] };
  return [{ type: 'SettlementClaimNotified', ...under(silence), data }];
});

/**
 * What representatives settle for others is settled once those have consented, on record with the dispute (S1 Art. 12, T-17).
 * Coming to terms needs no consent yet: what is agreed counts for nothing before it is confirmed.
 */
export const confirm: Rule<ConfirmSettlement, JointReads> = whileLive<ConfirmSettlement, JointReads>(
  (command, state, { actor, reads, id }) => {
    if (partyOf(actor.role, undefined) !== 'consumer') {
      return refuse('forbidden', 'ONLY_CONSUMER_CONFIRMS', 'A settlement is what the consumer confirms.');
    }
    if (state.status === 'open') {
      return refuse('conflict', 'NOTHING_TO_CONFIRM', 'Nothing has been agreed or claimed yet.');
    }
    const said = command.offer ?? null;
    if (said !== null && state.offers[said - 1] === undefined) return unknownOffer();
    if (said !== null && state.agreedOffer !== null && said !== state.agreedOffer) {
      return refuse('conflict', 'NOT_THE_AGREED_OFFER', `The parties agreed on offer ${state.agreedOffer}.`, 'offer');
    }
    const missing = withoutTheirConsent(reads, id);
    if (missing.length > 0) {
      const detail = `Of those who complain together ${missing.join(', ')} must consent, on record with the dispute (Art. 12).`;
      return refuse('conflict', 'CONSENT_OF_REPRESENTED_REQUIRED', detail);
    }
    const recoveredFen = command.recoveredFen ?? null;
    const data = { basis: 'consumer', offer: state.agreedOffer ?? said, recoveredFen } as const;
    return [{ type: 'SettlementConfirmed', data }];
  },
);

function withoutTheirConsent({ joint }: Partial<JointReads>, id: string): readonly number[] {
  return joint === undefined ? [] : withoutConsent(joint, 'agreement', `negotiation-${id}`);
}

/**
 * Nothing where somebody has spoken since, or time ran out before the silence had lasted: a result comes in time or not at all.
 * Nor where some are represented who have not consented: a silence is no consent.
 */
export const confirmBySilence: Rule<ConfirmBySilence, JointReads> = (_, state, { occurredAt, reads, id }) => {
  switch (state.status) {
    case 'none':
      return notLive(state);
    case 'claimed': {
      const over = silenceOver(state, occurredAt);
      if (over === undefined || hasRunOut(state, over) || withoutTheirConsent(reads, id).length > 0) return [];
      return confirmedBySilence(state, over);
    }
    case 'open':
    case 'agreed':
    case 'expired':
    case 'settled':
    case 'failed':
    case 'escalated':
    case 'disputed':
      return [];
    default:
      return unreachable(state);
  }
};

export const disputeSettlement: Rule<DisputeSettlement, DisputeSettlementReads> = (command, state, context, law) => {
  if (partyOf(context.actor.role, undefined) !== 'consumer') {
    return refuse('forbidden', 'ONLY_CONSUMER_DISPUTES', 'Whether it is settled is the consumer’s to say.');
  }
  const { reason, complaintId } = command;
  if (complaintId !== undefined && (state.status === 'none' || !isOnSameDispute(state, context.reads))) {
    return refuse('invalid', 'COMPLAINT_OF_ANOTHER_DISPUTE', 'There is no such complaint on it.', 'complaintId');
  }
  const said = { by: 'consumer', reason, complaint: complaintId ?? null } as const;
  if (state.status === 'settled') {
    return outOfTime(state, context) ?? [{ type: 'SettlementDisputed', data: { of: 'settlement', ...said } }];
  }
  return disputeClaim(said, state, context, law);
};

type Said = Omit<Extract<NegotiationEvent, { type: 'SettlementDisputed' }>['data'], 'of'>;

const disputeClaim: Rule<Said, DisputeSettlementReads> = whileLive<Said, DisputeSettlementReads>((said, state) => {
  if (state.status !== 'claimed') return refuse('conflict', 'NOTHING_TO_DISPUTE', 'Nobody says that it is settled.');
  return [{ type: 'SettlementDisputed', data: { of: 'claim', ...said } }];
});

/**
 * A complaint on the same dispute, also on what that was merged into since, takes back what is said to be settled: a settlement
 * that it came after, and a claim, be it confirmed by silence meanwhile, as who complains is not silent (T-31). Where the
 * complaint came before the last step but is told only now, that step is the earliest moment there is.
 */
export const disputeByComplaint: Rule<DisputeByComplaint, DisputeSettlementReads> = (
  { complaintId },
  state,
  { reads },
) => {
  if (state.status === 'none') return notLive(state);
  const denied = deniable(state);
  const receivedAt = reads.complaint?.receivedAt ?? null;
  if (denied === undefined || receivedAt === null || !isOnSameDispute(state, reads)) return [];
  if (receivedAt < denied.since) return [];
  const occurredAt = Math.max(receivedAt, state.previousAt);
  const data = { of: denied.of, by: 'complaint', reason: 'later-complaint', complaint: complaintId } as const;
  return [{ type: 'SettlementDisputed', occurredAt, data }];
};

/** What a complaint can deny, and since when it stands. */
function deniable(
  state: Exclude<NegotiationState, { readonly status: 'none' }>,
): { readonly of: 'claim' | 'settlement'; readonly since: Instant } | undefined {
  if (state.status === 'claimed') return { of: 'claim', since: state.claimedAt };
  if (state.status === 'settled') return { of: 'settlement', since: state.silentSince ?? state.previousAt };
  return undefined;
}

/** On the negotiation's dispute, or on the one into which that was merged. */
function isOnSameDispute({ disputeId }: Known, { complaint, dispute }: DisputeSettlementReads): boolean {
  const on = complaint?.disputeId ?? null;
  return on !== null && (on === disputeId || on === dispute?.mergedInto);
}

/**
 * The clock of silence, where the rules of the place have one that is in force: a rule that governs `settlement-silence` in the
 * respondent's division. Nothing confirms by silence otherwise.
 */
function silenceFrom(today: LocalDate, region: string, law: Law): ClockReading | undefined {
  const rule = law.rules.governing(SILENCE_CLOCK, region);
  if (rule === undefined) return undefined;
  const reading = readClock({ clock: SILENCE_CLOCK, rule: rule.id, from: today }, law);
  return reading.rule === null ? undefined : reading;
}

/** When a silence that runs was over, if it was by that moment. */
function silenceOver({ clocks }: Known, at: Instant): Instant | undefined {
  const silence = clocks[SILENCE_CLOCK];
  if (silence === undefined || !isOpen(silence) || silence.due === null || isBy(silence.due, at)) return undefined;
  return silence.due.includes('T') ? Date.parse(silence.due) + 1 : startOfDay(addDays(silence.due, 1));
}

function confirmedBySilence(state: Live & { readonly status: 'claimed' }, occurredAt: Instant): NegotiationEvent[] {
  const rule = state.clocks[SILENCE_CLOCK]?.rule ?? null;
  const data = { basis: 'silence', offer: state.agreedOffer, recoveredFen: null } as const;
  return [{ type: 'SettlementConfirmed', occurredAt, ...(rule === null ? {} : { ruleVersion: rule }), data }];
}
