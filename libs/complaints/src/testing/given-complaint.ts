import type { GivenEvent, Instant, LocalDate } from '#kernel';
import { given, GIVEN_NOW, localDateOf, startOfDay, usccOf } from '#kernel';
import { readClock, shippedLaw, type ClockReading, type Law } from '#law';
import { COMPLAINT_CLOCKS, type ComplaintClock } from '../clocks.ts';
import { evolve, initial } from '../complaint.ts';
import type { ComplaintEvents, RecordedComplaintEvent } from '../events.ts';

/** Histories with which specs of complaints begin. Times are counted back from `GIVEN_NOW`, 2026-03-04. */
export type Given = GivenEvent<RecordedComplaintEvent>;

export const complaint = { initial, evolve };
export const law = shippedLaw();
export const DAY = 24 * 3_600_000;
export const ago = (days: number): Instant => GIVEN_NOW - days * DAY;
/** Surroundings of a command at a moment, ISO 8601. */
export const at = (iso: string) => ({ occurredAt: Date.parse(iso), today: localDateOf(Date.parse(iso)) });
/** Ten in the morning of a day. */
export const onDay = (day: LocalDate) => ({ occurredAt: startOfDay(day) + 10 * 3_600_000, today: day });

/** A clock that starts on a day, as the event that opens it has it. */
export const reading = (clock: ComplaintClock, from: LocalDate, by: Law = law): ClockReading =>
  readClock({ clock, rule: COMPLAINT_CLOCKS[clock], from }, by);

/** Given a complaint with this history, under the law that ships. */
export const givenComplaint = (events: readonly Given[] = [], by: Law = law) => given(complaint, events, by);

export const receipt: ComplaintEvents['ComplaintReceived'] = {
  disputeId: '01JN0000000000000000000000',
  authority: 'Yuecheng Market Supervision Office',
  handlingRegion: '330602',
  respondentUscc: usccOf('91330600', '12345678'),
  respondentRegion: '330603',
  respondent: 'person-2',
  complainant: 'person-1',
  complainantTokens: { phone: 'phone-token', name: 'name-token' },
  sector: null,
  channel: null,
  escalatedFrom: null,
  workOrderId: null,
  knewOn: null,
};

export function receivedAt(occurredAt: Instant, more: Partial<typeof receipt> = {}, by: Law = law): Given {
  const clocks = [reading('acceptance', localDateOf(occurredAt), by)];
  return { type: 'ComplaintReceived', occurredAt, data: { ...receipt, clocks, ...more } };
}
export function acceptedAt(occurredAt: Instant, by: Law = law): Given {
  const acceptedOn = localDateOf(occurredAt);
  const clocks = [reading('mediation', acceptedOn, by)];
  return { type: 'ComplaintAccepted', occurredAt, data: { acceptedOn, clocks } };
}
export const notifiedAt = (occurredAt: Instant, decision: 'accepted' | 'not-accepted' = 'accepted'): Given => ({
  type: 'AcceptanceDecisionNotified',
  occurredAt,
  data: { decision, channel: 'sms' },
});

export const received = receivedAt(ago(100));
export const accepted = acceptedAt(ago(90));
export const declined: Given = {
  type: 'ComplaintNotAccepted',
  occurredAt: ago(90),
  data: { ground: '16(1)', reason: 'reason-1', remedies: ['arbitration'] },
};
export const notified = (decision: 'accepted' | 'not-accepted') => notifiedAt(ago(80), decision);
export const concluded = (more: Partial<ComplaintEvents['ComplaintConcluded']> = {}): Given => ({
  type: 'ComplaintConcluded',
  occurredAt: ago(20),
  data: {
    ...{ result: 'terminated', ground: '23(1)(2)', disqualification: null, evidence: [], recoveredFen: null },
    clocks: [reading('termination-notice', localDateOf(ago(20)))],
    ...more,
  },
});
export const terminationNotified: Given = {
  type: 'MediationTerminationNotified',
  occurredAt: ago(10),
  data: { channel: 'mail' },
};
export const closed: Given = { type: 'ComplaintClosed', occurredAt: ago(10), data: {} };
export const underMediation = [received, accepted, notified('accepted')];

/** Received, accepted and told of it on one day. */
export function underMediationSince(day: LocalDate, by: Law = law): Given[] {
  const { occurredAt } = onDay(day);
  return [receivedAt(occurredAt, {}, by), acceptedAt(occurredAt, by), notifiedAt(occurredAt)];
}

/** As recorded before clocks were kept. */
export function withoutClocks(events: readonly Given[]): Given[] {
  return events.map((event) => {
    const { clocks, ...data } = event.data as { clocks?: unknown };
    return clocks === undefined ? event : ({ ...event, data } as Given);
  });
}
