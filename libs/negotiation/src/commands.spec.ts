import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { usccOf } from '#kernel';
import {
  AcknowledgeNegotiation,
  AgreeToOffer,
  ClaimSettlement,
  ConfirmSettlement,
  CounterSettlement,
  DisputeSettlement,
  EscalateNegotiation,
  FailNegotiation,
  FeedBackResult,
  NotifyClaim,
  OpenNegotiation,
  PayInAdvance,
  ProposeSettlement,
  ReceiveGoods,
  RecordRecourse,
  RefundReturn,
  RefuseReturn,
  RequestReturn,
} from './commands.ts';
import { negotiationsTable } from './negotiation.module.ts';

/** Names of the fields at fault. */
function faults(type: new () => object, body: object): string[] {
  const command = Object.assign(new type(), body);
  return validateSync(command, { whitelist: true, forbidNonWhitelisted: true }).map((error) => error.property);
}

const USCC = usccOf('91330600', '12345678');
const opening = { disputeId: '01JN0000000000000000000000', respondentUscc: USCC, venue: 'odr' };

describe('the commands', () => {
  it('take what they need', () => {
    expect(faults(OpenNegotiation, opening)).toEqual([]);
    expect(faults(OpenNegotiation, { ...opening, openedBy: 'authority' })).toEqual([]);
    for (const type of [AcknowledgeNegotiation, ClaimSettlement, ConfirmSettlement, EscalateNegotiation]) {
      expect(faults(type, { occurredAt: '2026-03-04T10:00:00+08:00' })).toEqual([]);
    }
    const offer = {
      amountFen: 0,
      performBy: '2026-03-10',
      terms: '换货',
      expiresAt: '2026-03-10T18:00:00Z',
      onBehalfOf: 'merchant',
    };
    for (const type of [ProposeSettlement, CounterSettlement]) expect(faults(type, offer)).toEqual([]);
    expect(faults(AgreeToOffer, { offer: 1, onBehalfOf: 'consumer' })).toEqual([]);
    expect(faults(ConfirmSettlement, { offer: 1, recoveredFen: 9_900 })).toEqual([]);
    expect(faults(FailNegotiation, { reason: 'no-agreement', onBehalfOf: 'operator' })).toEqual([]);
    const id = opening.disputeId;
    expect(faults(OpenNegotiation, { ...opening, stationId: id, greenChannelUscc: USCC })).toEqual([]);
    expect(faults(NotifyClaim, { channel: 'sms' })).toEqual([]);
    expect(faults(DisputeSettlement, { reason: 'not-performed', complaintId: id })).toEqual([]);
    const result = { handledOn: '2026-03-10', course: '电话沟通', mode: 'phone', result: 'settled' };
    expect(faults(FeedBackResult, result)).toEqual([]);
    for (const type of [PayInAdvance, RecordRecourse]) {
      expect(faults(type, { scheme: id, amountFen: 1, evidence: ['receipt-1'] })).toEqual([]);
    }
    expect(faults(RequestReturn, { basis: 'online', signedOn: '2026-03-04', store: id })).toEqual([]);
    expect(faults(RefuseReturn, { ground: 'custom-made' })).toEqual([]);
    expect(faults(ReceiveGoods, {})).toEqual([]);
    expect(faults(RefundReturn, { amountFen: 9_900 })).toEqual([]);
  });

  it.each<[new () => object, object, string]>([
    [OpenNegotiation, { ...opening, disputeId: 'x' }, 'disputeId'],
    [OpenNegotiation, { ...opening, respondentUscc: '91310000132297653A' }, 'respondentUscc'],
    [OpenNegotiation, { ...opening, venue: 'court' }, 'venue'],
    [OpenNegotiation, { ...opening, openedBy: 'merchant' }, 'openedBy'],
    [OpenNegotiation, { ...opening, respondentRegion: '330602' }, 'respondentRegion'],
    [AcknowledgeNegotiation, { by: 'me' }, 'by'],
    [ProposeSettlement, { amountFen: -1 }, 'amountFen'],
    [ProposeSettlement, { amountFen: 0.5 }, 'amountFen'],
    [ProposeSettlement, { amountFen: 1e15 }, 'amountFen'],
    [ProposeSettlement, { performBy: '2026-02-30' }, 'performBy'],
    [ProposeSettlement, { terms: 'x'.repeat(4001) }, 'terms'],
    [CounterSettlement, { expiresAt: '2026-03-04' }, 'expiresAt'],
    [CounterSettlement, { onBehalfOf: 'court' }, 'onBehalfOf'],
    [AgreeToOffer, {}, 'offer'],
    [AgreeToOffer, { offer: 0 }, 'offer'],
    [ClaimSettlement, { offer: 1 }, 'offer'],
    [ConfirmSettlement, { recoveredFen: -1 }, 'recoveredFen'],
    [ConfirmSettlement, { offer: '1' }, 'offer'],
    [FailNegotiation, {}, 'reason'],
    [OpenNegotiation, { ...opening, stationId: 'here' }, 'stationId'],
    [OpenNegotiation, { ...opening, greenChannelUscc: '1' }, 'greenChannelUscc'],
    [NotifyClaim, { channel: 'telepathy' }, 'channel'],
    [DisputeSettlement, { reason: 'no' }, 'reason'],
    [DisputeSettlement, { reason: 'other', complaintId: 'x' }, 'complaintId'],
    [FeedBackResult, { handledOn: 'today', course: 'x', mode: 'phone', result: 'settled' }, 'handledOn'],
    [FeedBackResult, { handledOn: '2026-03-10', course: ' ', mode: 'phone', result: 'settled' }, 'course'],
    [FeedBackResult, { handledOn: '2026-03-10', course: 'x', mode: 'phone', result: 'claimed' }, 'result'],
    [PayInAdvance, { scheme: opening.disputeId, amountFen: 0 }, 'amountFen'],
    [PayInAdvance, { scheme: opening.disputeId, amountFen: 1, evidence: ['a receipt'] }, 'evidence'],
    [RecordRecourse, { scheme: 'x', amountFen: 1 }, 'scheme'],
    [RequestReturn, { basis: 'mood', signedOn: '2026-03-04' }, 'basis'],
    [RequestReturn, { basis: 'online', signedOn: '2026-02-30' }, 'signedOn'],
    [RefuseReturn, {}, 'ground'],
    [RefundReturn, { amountFen: 1.5 }, 'amountFen'],
    [EscalateNegotiation, { occurredAt: '2026-03-04T10:00:00' }, 'occurredAt'],
  ])('%p refuses %j', (type, body, field) => {
    expect(faults(type, body)).toEqual([field]);
  });
});

describe('the table', () => {
  const open = negotiationsTable.commands.find((row) => row.creates);

  it('filters and sorts only by declared indexes', () => {
    for (const { projection, filters, sort } of negotiationsTable.views) {
      const indexes = Object.values(projection.indexes).map(String);
      for (const field of Object.values(filters)) expect(indexes).toContain(`${field},${sort?.field}`);
      expect(indexes).toContain(sort?.field);
    }
  });

  it('scopes a new negotiation by the region of the dispute’s respondent and the merchant', () => {
    const command = { ...opening, respondentUscc: USCC.toLowerCase() };
    expect(open?.scope?.(command, { dispute: { respondentRegion: '330602' } })).toEqual({
      region: '330602',
      subject: USCC,
    });
    expect(open?.scope?.(command, {})).toEqual({ region: null, subject: USCC });
  });

  it('reads the membership only for ODR, under the code’s one form', () => {
    const stream = open?.reads?.['membership']?.stream;
    expect(stream?.({ ...opening, respondentUscc: USCC.toLowerCase() }, undefined)).toBe(`odrMembership-${USCC}`);
    expect(stream?.({ ...opening, venue: 'station' }, undefined)).toBeNull();
    expect(open?.reads?.['dispute']?.stream(opening, undefined)).toBe(`dispute-${opening.disputeId}`);
  });
});
