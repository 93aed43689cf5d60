import { describe, expect, it } from '@jest/globals';
import type { ComplaintEvents } from '#complaints/events';
import type { DisputeEvents } from '#disputes/events';
import { localDateOf, type Instant, type LocalDate } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import type { WorkOrderEvents } from '#work-orders/events';
import { expectedOutcomes, type IntendedFigure } from './expected-outcomes.ts';
import { simulatedEvents } from './simulated-events.ts';

/** A row as the events themselves tell it: the account by other means that the intended one is held against. */
interface Dispute {
  subject: string | null;
  region: string;
  /** Procedures that have not ended; one beside a conclusion makes the dispute pending again. */
  open: number;
  outcome: string;
  on: LocalDate | null;
  accepted: boolean;
  negotiated: string;
  negotiatedOn: LocalDate | null;
}

interface Ticket {
  region: string | null;
  outcome: boolean;
  due: LocalDate | null;
}

function folded(seed: number, disputes: number) {
  const rows = new Map<string, Dispute>();
  const tickets = new Map<string, Ticket>();
  for (const { stream, events, metadata } of simulatedEvents({ seed, disputes })) {
    for (const event of events) {
      const at = event.occurredAt ?? metadata.occurredAt;
      if (stream.startsWith('workOrder-')) foldTicket(tickets, stream, event.type, event.data, metadata.region ?? null);
      else foldDispute(rows, stream.startsWith('dispute-') ? stream.slice(8) : metadata.correlationId!, event, at);
    }
  }
  return { rows: [...rows.values()], tickets: [...tickets.values()] };
}

function foldTicket(all: Map<string, Ticket>, stream: string, type: string, data: object, region: string | null): void {
  const ticket = all.get(stream) ?? { region: null, outcome: false, due: null };
  all.set(stream, ticket);
  if (type === 'WorkOrderDispatched') {
    const { handlingRegion, dueAt } = data as WorkOrderEvents['WorkOrderDispatched'];
    // Before it is sent anywhere it lies with the city that will send it.
    if (ticket.due === null) home.set(ticket, region!);
    Object.assign(ticket, { region: handlingRegion, due: localDateOf(Date.parse(dueAt!)), outcome: false });
  }
  if (type === 'WorkOrderReturned') ticket.region = home.get(ticket)!;
  if (type === 'WorkOrderReplied' || type === 'WorkOrderClosed') ticket.outcome = true;
}
const home = new Map<Ticket, string>();

function foldDispute(all: Map<string, Dispute>, id: string, event: { type: string; data: object }, at: Instant): void {
  const row = all.get(id);
  const day = localDateOf(at);
  // The story is told in the order in which it happens: what ends later has the last word.
  const over = (outcome: string) => {
    Object.assign(row!, { open: row!.open - 1, on: day });
    row!.outcome = row!.open === 0 ? outcome : 'PENDING_AGAIN';
  };
  const begun = () => {
    row!.open++;
    if (row!.on !== null) row!.outcome = 'PENDING_AGAIN';
  };
  switch (event.type) {
    case 'DisputeOpened': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeOpened'];
      const nothing = {
        open: 0,
        outcome: 'PENDING',
        on: null,
        accepted: false,
        negotiated: 'NONE',
        negotiatedOn: null,
      };
      all.set(id, { subject: respondentUscc, region: respondentRegion, ...nothing });
      return;
    }
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeRespondentIdentified'];
      Object.assign(row!, { subject: respondentUscc, region: respondentRegion });
      return;
    }
    case 'NegotiationOpened':
      row!.negotiated = 'PENDING';
      return begun();
    case 'ComplaintReceived':
      return begun();
    case 'ComplaintAccepted':
      row!.accepted = true;
      return;
    case 'SettlementConfirmed':
      Object.assign(row!, { negotiated: row!.accepted ? 'SETTLED_AFTER_AUTHORITY' : 'SETTLED', negotiatedOn: day });
      return over('NEGOTIATION_SETTLED');
    case 'NegotiationFailed':
      Object.assign(row!, { negotiated: 'FAILED', negotiatedOn: day });
      return over('NEGOTIATION_FAILED');
    case 'NegotiationExpired':
      Object.assign(row!, { negotiated: 'EXPIRED', negotiatedOn: day });
      return over('NEGOTIATION_EXPIRED');
    case 'NegotiationEscalated':
      if ((event.data as NegotiationEvents['NegotiationEscalated']).from !== 'open') return;
      Object.assign(row!, { negotiated: 'ESCALATED', negotiatedOn: day });
      return over('NEGOTIATION_ESCALATED');
    case 'ComplaintNotAccepted':
      return over('NOT_ACCEPTED');
    case 'ComplaintConcluded':
      return over(resultOf(event.data as ComplaintEvents['ComplaintConcluded']));
  }
}

function resultOf({ result, ground, disqualification }: ComplaintEvents['ComplaintConcluded']): string {
  if (result !== 'terminated') return result.toUpperCase();
  if (ground === '23(1)(1)') return 'SELF_SETTLED';
  if (ground === '23(1)(7)') return 'PARTY_CEASED';
  if (ground !== '23(1)(6)') return 'TERMINATED';
  return ['16(3)', '16(5)', '16(6)', '42'].includes(disqualification!) ? 'DISQUALIFIED_MALICIOUS' : 'DISQUALIFIED';
}

const SETTLED = ['NEGOTIATION_SETTLED', 'SELF_SETTLED'];
const NOT_SETTLED = ['NEGOTIATION_FAILED', 'NEGOTIATION_EXPIRED', 'NEGOTIATION_ESCALATED', 'MEDIATED', 'TERMINATED'];

describe.each([
  [21, 700],
  [22, 2000],
])('seed %i with %i disputes', (seed, disputes) => {
  const outcomes = expectedOutcomes({ seed, disputes });
  const { rows, tickets } = folded(seed, disputes);
  const rate = (list: { hit: boolean; of: boolean }[]) => ({
    numerator: list.filter(({ hit }) => hit).length,
    denominator: list.filter(({ of }) => of).length,
  });
  const plain = ({ numerator, denominator }: IntendedFigure) => ({ numerator, denominator });
  const within = (day: LocalDate | null, from: LocalDate, to: LocalDate) => day !== null && day >= from && day < to;
  const m01 = (list: Dispute[]) =>
    rate(
      list.map(({ outcome }) => ({
        hit: SETTLED.includes(outcome),
        of: [...SETTLED, ...NOT_SETTLED].includes(outcome),
      })),
    );
  const m02 = (list: Dispute[]) =>
    rate(
      list.map(({ negotiated }) => ({ hit: negotiated === 'SETTLED', of: !['NONE', 'PENDING'].includes(negotiated) })),
    );
  const m05 = (list: Ticket[]) =>
    rate(list.map(({ outcome, due }) => ({ hit: outcome && due !== null, of: due !== null })));

  it('meant what its events say, outcome by outcome', () => {
    const counts: Record<string, number> = {};
    for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
    expect(outcomes.byOutcome()).toEqual(counts);
    expect(outcomes.disputes.length).toBe(rows.length);
    expect(outcomes.workOrders.length).toBe(tickets.length);
  });

  it.each([
    ['2024-09-01', '2026-09-01'],
    ['2025-01-01', '2026-01-01'],
    ['2026-02-01', '2026-03-01'],
  ])('counts as its events say from %s to %s', (from, to) => {
    const concluded = rows.filter(({ on }) => within(on, from, to));
    expect(plain(outcomes.figure('M-01', { from, to }))).toEqual(m01(concluded));
    expect(plain(outcomes.figure('M-02', { from, to }))).toEqual(
      m02(rows.filter(({ negotiatedOn }) => within(negotiatedOn, from, to))),
    );
    expect(plain(outcomes.figure('M-05', { from, to }))).toEqual(
      m05(tickets.filter(({ due }) => within(due, from, to))),
    );
    const excluded = Object.values(outcomes.figure('M-01', { from, to }).excluded).reduce((sum, n) => sum + n, 0);
    expect(excluded).toBe(concluded.length - m01(concluded).denominator);
  });

  it('counts each subject, district and month as its events say', () => {
    const { from, to } = outcomes.time;
    const done = rows.filter(({ on }) => within(on, from, to));
    const groups = <Row>(list: Row[], keyOf: (row: Row) => string) => Map.groupBy(list, keyOf);
    for (const [by, keyOf] of [
      ['subject', (row: Dispute) => row.subject!],
      ['region', (row: Dispute) => row.region],
      ['month', (row: Dispute) => row.on!.slice(0, 7)],
    ] as const) {
      const intended = outcomes.grouped('M-01', by);
      const told = groups(done, keyOf);
      expect(new Set(intended.keys())).toEqual(new Set(told.keys()));
      for (const [key, list] of told) expect(plain(intended.get(key)!)).toEqual(m01(list));
    }
    const intended = outcomes.grouped('M-05', 'region');
    const due = groups(
      tickets.filter((ticket) => within(ticket.due, from, to)),
      ({ region }) => region!,
    );
    expect(new Set(intended.keys())).toEqual(new Set(due.keys()));
    for (const [key, list] of due) expect(plain(intended.get(key)!)).toEqual(m05(list));
  });
});
