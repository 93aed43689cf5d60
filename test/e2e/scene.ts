import { addDays, localDateOf } from '#kernel';
import type { Client, Written } from './client.ts';

/** Real social credit codes that pass their check digits (T-21). */
export const UNITS = ['9144030071526726XG', '914403001922038216', '91330100799655058B', '91110000802100433B'] as const;
export const UNIT = UNITS[0];

/** Shaoxing, two of its districts, and a city elsewhere. */
export const CITY = '330600';
export const DISTRICT = '330602';
export const OTHER_DISTRICT = '330603';
export const ELSEWHERE = '370300';

/** Ten in the morning of a day in Shanghai. */
export const at = (day: string, time = '10:00:00'): string => `${day}T${time}+08:00`;

/** A day before today in Shanghai: what has a deadline to keep is told of days near the one on which it is entered (T-28). */
export const daysAgo = (days: number, time?: string): string => at(addDays(localDateOf(Date.now()), -days), time);

/** A subject that may negotiate in ODR from the day on. */
export async function registerMember(client: Client, uscc: string = UNIT, day = '2024-01-10'): Promise<Written> {
  const occurredAt = at(day);
  await client.give('/v1/subjects', { uscc, name: `Unit ${uscc.slice(-4)}`, region: DISTRICT, occurredAt });
  await client.give('/v1/odr-memberships', { uscc, occurredAt });
  await client.give(`/v1/odr-memberships/${uscc}/approve`, { occurredAt });
  return client.give(`/v1/odr-memberships/${uscc}/activate`, { occurredAt });
}

export async function openDispute(client: Client, more: Record<string, unknown> = {}): Promise<string> {
  const dispute = { respondentUscc: UNIT, respondentRegion: DISTRICT, occurredAt: at('2024-03-04'), ...more };
  return (await client.give('/v1/disputes', dispute)).id;
}

/** A negotiation with an offer that both sides agreed on: one confirmation away from a settlement. */
export async function agreedNegotiation(client: Client, disputeId: string): Promise<string> {
  const opening = { disputeId, respondentUscc: UNIT, venue: 'odr', occurredAt: at('2024-03-05') };
  const { id } = await client.give('/v1/negotiations', opening);
  const step = (action: string, day: string, body: object = {}) =>
    client.give(`/v1/negotiations/${id}/${action}`, { ...body, occurredAt: at(day) });
  await step('acknowledge', '2024-03-06');
  await step('propose', '2024-03-07', { amountFen: 19_900, onBehalfOf: 'merchant' });
  await step('agree', '2024-03-08', { offer: 1, onBehalfOf: 'consumer' });
  return id;
}

const COMPLAINT = {
  authority: 'Market supervision of Yuecheng',
  handlingRegion: DISTRICT,
  complainantName: '李四光',
  complainantPhone: '13900001111',
  complainantAddress: '浙江省绍兴市越城区府山街道1号',
  respondentName: '某某商店',
  content: '商家拒绝退款',
};

export async function receiveComplaint(client: Client, disputeId: string, day = '2024-03-20'): Promise<string> {
  return (await client.give('/v1/complaints', { ...COMPLAINT, disputeId, occurredAt: at(day) })).id;
}

/** Received, accepted and the complainant told of it. */
export async function acceptedComplaint(client: Client, disputeId: string, day = '2024-03-20'): Promise<string> {
  const id = await receiveComplaint(client, disputeId, day);
  await client.give(`/v1/complaints/${id}/accept`, { occurredAt: at(day, '11:00:00') });
  await client.give(`/v1/complaints/${id}/notify-acceptance-decision`, {
    channel: 'phone',
    occurredAt: at(day, '12:00:00'),
  });
  return id;
}

export function conclude(client: Client, complaintId: string, body: object, day = '2024-04-01'): Promise<Written> {
  return client.give(`/v1/complaints/${complaintId}/conclude`, { ...body, occurredAt: at(day) });
}

/** A ticket as a hotline pushes it. */
export const ticket = (externalNo: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  channel: '12345',
  externalNo,
  receivedAt: at('2024-03-04'),
  handlingRegion: DISTRICT,
  ...more,
});
