import type { ComplaintEvents } from '#complaints/events';
import { GIVEN_NOW, type GivenEvent, type Instant, type PersonReference } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import { evolve, initial } from '../dispute.ts';
import type { DisputeEvents } from '../events.ts';

/** Histories with which specs of disputes begin. Times are counted back from `GIVEN_NOW`, 2026-03-04. */
export const A = '01JN00000000000000000000AA';
export const B = '01JN00000000000000000000BB';
export const dispute = { initial, evolve };
export const DAY = 24 * 3_600_000;
export const ago = (days: number): Instant => GIVEN_NOW - days * DAY;
export const reference = (personId: string): PersonReference => ({ personId, tokens: {} });

export const openedData: DisputeEvents['DisputeOpened'] = {
  respondentUscc: null,
  respondent: null,
  respondentRegion: '330602',
  sector: null,
  channel: null,
  amountFen: null,
  complainant: 'P1',
  complainantTokens: {},
};

export const openedAs = (
  id: string,
  occurredAt: Instant = ago(20),
  more: Partial<DisputeEvents['DisputeOpened']> = {},
): GivenEvent => ({ type: 'DisputeOpened', data: { ...openedData, ...more }, stream: `dispute-${id}`, occurredAt });

/** An event of the dispute itself. */
export const told = <Type extends keyof DisputeEvents>(
  type: Type,
  data: DisputeEvents[Type],
  occurredAt: Instant = ago(10),
  id: string = B,
): GivenEvent => ({ type, data, stream: `dispute-${id}`, occurredAt });

/** An event of another stream about the dispute. */
export const about = (
  disputeId: string,
  stream: string,
  type: string,
  data: object,
  occurredAt: Instant,
): GivenEvent => ({ type, data, stream, occurredAt, correlationId: disputeId });

export function negotiated(
  disputeId: string,
  id: string,
  occurredAt: Instant,
  venue: NegotiationEvents['NegotiationOpened']['venue'] = 'odr',
): GivenEvent {
  const data = {
    disputeId,
    venue,
    respondentUscc: '9133',
    respondentRegion: '330602',
    sector: null,
    openedBy: 'consumer',
  };
  return about(disputeId, `negotiation-${id}`, 'NegotiationOpened', data, occurredAt);
}

export const settled = (disputeId: string, id: string, occurredAt: Instant): GivenEvent =>
  about(
    disputeId,
    `negotiation-${id}`,
    'SettlementConfirmed',
    { basis: 'consumer', offer: null, recoveredFen: null },
    occurredAt,
  );

export const received = (disputeId: string, id: string, occurredAt: Instant): GivenEvent =>
  about(
    disputeId,
    `complaint-${id}`,
    'ComplaintReceived',
    {
      disputeId,
      authority: 'Yuecheng bureau',
      handlingRegion: '330602',
      respondentUscc: null,
      respondentRegion: '330602',
      respondent: null,
      complainant: 'P1',
      complainantTokens: {},
      sector: null,
      channel: null,
      escalatedFrom: null,
      workOrderId: null,
      knewOn: null,
    } satisfies ComplaintEvents['ComplaintReceived'],
    occurredAt,
  );

export function concluded(
  disputeId: string,
  id: string,
  occurredAt: Instant,
  result: ComplaintEvents['ComplaintConcluded']['result'],
  ground: ComplaintEvents['ComplaintConcluded']['ground'] = null,
): GivenEvent {
  const data = {
    result,
    ground,
    disqualification: null,
    evidence: ground === '23(1)(1)' ? ['proof'] : [],
    recoveredFen: null,
  };
  return about(disputeId, `complaint-${id}`, 'ComplaintConcluded', data, occurredAt);
}
