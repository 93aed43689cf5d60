/** Histories of a negotiation that ends in March 2026, for specs. */
import { given as givenUnder, startOfDay, usccOf, type DecisionContext, type GivenEvent, type Instant } from '#kernel';
import { configure, readClock, regulations, ruleBook, shippedLaw, type Law } from '#law';
import type { NegotiationEvent, Offer, RecordedNegotiationEvent } from '../events.ts';
import { evolve, initial } from '../negotiation.ts';

export type Given = GivenEvent<RecordedNegotiationEvent>;

export const USCC = usccOf('91330600', '12345678');
export const OTHER_USCC = usccOf('91330600', '87654321');
export const MARKET_USCC = usccOf('91330600', '11112222');
export const DISPUTE = '01JN0000000000000000000000';
export const SCHEME = '01JS0000000000000000000000';
export const STORE = '01JT0000000000000000000000';
export const COMPLAINT = '01JC0000000000000000000000';

/** No rule of silence ships. */
export const law: Law = shippedLaw();

/** A city that lets a silence of five days stand for a confirmation. */
export const SILENCE_RULE = `rules:
  - id: SX.silence
    name: shaoxing-settlement-silence
    clock: settlement-silence
    region: '330600'
    title: { en: Silence confirms, zh: 沉默视为确认 }
    limit: stated
    selectedBy: told
    starts: the consumer is told of the claim
    completes: the consumer speaks
    versions:
      - { regulation: none, article: '-', from: 2026-01-01, to: 2026-12-31, period: { days: 5 }, source: none }
`;
export const lawOfSilence: Law = {
  ...law,
  rules: configure(ruleBook, SILENCE_RULE, 'rules.yaml', regulations),
};

/** Opened on a Monday; the tenth working day after it is Monday 2026-03-16. */
export const READING = readClock({ clock: 'negotiation', rule: 'L-18', from: '2026-03-02' }, law);
export const RAN_OUT = startOfDay('2026-03-17');
export const noon = (day: string): Instant => startOfDay(day) + 12 * 3_600_000;

export const on = (day: string, { type, data }: NegotiationEvent, recordedOn = day): Given =>
  ({ type, data, occurredAt: noon(day), recordedAt: noon(recordedOn) }) as Given;

export const opened = on('2026-03-02', {
  type: 'NegotiationOpened',
  data: {
    disputeId: DISPUTE,
    venue: 'odr',
    respondentUscc: USCC,
    respondentRegion: '330602',
    sector: null,
    openedBy: 'consumer',
    clocks: [READING],
  },
});
export const firstOffer: Offer = {
  offer: 1,
  by: 'merchant',
  amountFen: 100,
  performBy: null,
  terms: null,
  expiresAt: null,
};
export const acknowledged = on('2026-03-03', { type: 'NegotiationAcknowledged', data: {} });
export const proposed = on('2026-03-04', { type: 'SettlementProposed', data: firstOffer });
export const agreed = on('2026-03-05', { type: 'SettlementAgreed', data: { offer: 1, acceptedBy: 'consumer' } });
export const claimed = on('2026-03-06', { type: 'SettlementClaimed', data: { offer: 1 } });
export const claimedUnagreed = on('2026-03-06', { type: 'SettlementClaimed', data: { offer: null } });
export const silenceReading = readClock(
  { clock: 'settlement-silence', rule: 'SX.silence', from: '2026-03-06' },
  lawOfSilence,
);
export const notified = on('2026-03-06', {
  type: 'SettlementClaimNotified',
  data: { channel: 'sms', respondentUscc: USCC, clocks: [silenceReading] },
});
export const confirmed = on('2026-03-09', {
  type: 'SettlementConfirmed',
  data: { basis: 'consumer', offer: 1, recoveredFen: null },
});
export const failed = on('2026-03-09', { type: 'NegotiationFailed', data: { reason: 'other', by: 'consumer' } });
export const escalated = on('2026-03-10', { type: 'NegotiationEscalated', data: { from: 'open' } });
export const disputed = on('2026-03-20', {
  type: 'SettlementDisputed',
  data: { of: 'settlement', by: 'consumer', reason: 'not-performed', complaint: null },
});
export const expired: Given = {
  type: 'NegotiationExpired',
  occurredAt: RAN_OUT,
  recordedAt: RAN_OUT,
  data: { clock: 'negotiation' },
};

/** A negotiation in every state it can be in. */
export const HISTORIES = {
  open: [opened, acknowledged, proposed],
  agreed: [opened, acknowledged, proposed, agreed],
  claimed: [opened, acknowledged, proposed, agreed, claimed],
  settled: [opened, acknowledged, proposed, agreed, claimed, confirmed],
  failed: [opened, acknowledged, failed],
  escalated: [opened, acknowledged, escalated],
  disputed: [opened, acknowledged, proposed, agreed, claimed, confirmed, disputed],
  expired: [opened, acknowledged, expired],
} as const;
export type Status = keyof typeof HISTORIES;

/** How a command on a step is refused in the states that take none. */
export const ENDED = {
  settled: { kind: 'conflict', code: 'ALREADY_SETTLED' },
  failed: { kind: 'conflict', code: 'ALREADY_FAILED' },
  escalated: { kind: 'conflict', code: 'ALREADY_ESCALATED' },
  disputed: { kind: 'conflict', code: 'SETTLEMENT_IS_DISPUTED' },
  expired: { kind: 'conflict', code: 'NEGOTIATION_EXPIRED' },
} as const;

export const given = (events: readonly Given[], by: Law = law) => givenUnder({ initial, evolve }, events, by);

export const as = (role: string, day: string, more: Partial<DecisionContext> = {}): Partial<DecisionContext> => ({
  actor: { id: `key-${role}`, role },
  occurredAt: noon(day),
  now: noon('2026-06-01'),
  today: day,
  ...more,
});
