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
  readonly id: string;
  subject: string | null;
  region: string;
  /** Procedures that have not ended, by stream; one beside a conclusion makes the dispute pending again. */
  readonly open: Set<string>;
  readonly ends: { readonly outcome: string; readonly at: Instant; readonly order: number }[];
  mergedInto: string | null;
  acceptedAt: Instant | null;
  negotiations: number;
  readonly negotiated: { readonly result: string; readonly at: Instant }[];
}

interface Row {
  readonly subject: string | null;
  readonly region: string;
  readonly outcome: string;
  readonly on: LocalDate | null;
  readonly negotiated: string;
  readonly negotiatedOn: LocalDate | null;
}

interface Ticket {
  region: string | null;
  outcome: boolean;
  due: LocalDate | null;
}

function folded(seed: number, disputes: number) {
  const told = new Map<string, Dispute>();
  const tickets = new Map<string, Ticket>();
  for (const { stream, events, metadata } of simulatedEvents({ seed, disputes })) {
    for (const event of events) {
      const at = event.occurredAt ?? metadata.occurredAt;
      if (stream.startsWith('workOrder-')) foldTicket(tickets, stream, event.type, event.data, metadata.region ?? null);
      const id = stream.startsWith('dispute-') ? stream.slice(8) : (metadata.correlationId ?? null);
      if (id !== null) foldDispute(told, id, stream, event, at);
    }
  }
  return { rows: [...told.values()].map((dispute) => rowOf(dispute, told)), tickets: [...tickets.values()] };
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
  if (type === 'WorkOrderReopened') ticket.outcome = false;
  if (type === 'WorkOrderReopened' || type === 'WorkOrderExtensionGranted') {
    ticket.due = localDateOf(Date.parse((data as { readonly dueAt: string }).dueAt));
  }
}
const home = new Map<Ticket, string>();

function foldDispute(
  all: Map<string, Dispute>,
  id: string,
  stream: string,
  event: { type: string; data: object },
  at: Instant,
): void {
  if (event.type === 'DisputeOpened') {
    const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeOpened'];
    const nothing = { mergedInto: null, acceptedAt: null, negotiations: 0 };
    const lists = { open: new Set<string>(), ends: [], negotiated: [] };
    all.set(id, { id, subject: respondentUscc, region: respondentRegion, ...nothing, ...lists });
    return;
  }
  const row = all.get(id)!;
  const over = (outcome: string) => {
    row.open.delete(stream);
    row.ends.push({ outcome, at, order: row.ends.length });
  };
  const negotiated = (result: string) => {
    row.negotiated.push({ result, at });
    over(`NEGOTIATION_${result}`);
  };
  const isSettled = (words: readonly unknown[]) => words.some((word) => SETTLED_WORDS.includes(word as string));
  const { data } = event;
  const said = data as Readonly<Record<string, unknown>>;
  switch (event.type) {
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = data as DisputeEvents['DisputeRespondentIdentified'];
      return void Object.assign(row, { subject: respondentUscc, region: respondentRegion });
    }
    case 'DisputeMergedInto':
      row.mergedInto = said['primary'] as string;
      return;
    case 'DisputeUnmerged':
      row.mergedInto = null;
      return;
    case 'NegotiationOpened':
      row.negotiations++;
      return void row.open.add(stream);
    case 'ComplaintReceived':
    case 'ComplaintReopened':
    case 'ComplaintUnmerged':
      return void row.open.add(stream);
    case 'ComplaintMergedInto':
      return void row.open.delete(stream);
    case 'ComplaintAccepted':
      row.acceptedAt ??= at;
      return;
    case 'SettlementConfirmed':
      return negotiated('SETTLED');
    case 'SettlementDisputed':
      return said['of'] === 'settlement' ? negotiated('FAILED') : undefined;
    case 'NegotiationFailed':
      return negotiated('FAILED');
    case 'NegotiationExpired':
      return negotiated('EXPIRED');
    case 'NegotiationEscalated':
      return (data as NegotiationEvents['NegotiationEscalated']).from === 'open' ? negotiated('ESCALATED') : undefined;
    case 'ComplaintNotAccepted':
      return over('NOT_ACCEPTED');
    case 'ComplaintConcluded':
      return over(resultOf(data as ComplaintEvents['ComplaintConcluded']));
    case 'MediationProposed':
      return said['complaintId'] === null ? void row.open.add(stream) : undefined;
    case 'MediationApplicationDeclined':
      return over('BODY_MEDIATION_FAILED');
    case 'MediationAgreementEffective':
      return row.open.has(stream) ? over('BODY_MEDIATED') : undefined;
    case 'MediationTerminated': {
      if (!row.open.has(stream)) return;
      return over(isSettled([said['ending']]) ? 'SETTLED_BESIDE' : 'BODY_MEDIATION_FAILED');
    }
    case 'DisputeReferredToCourt':
      return OF_SUITS.includes(said['jurisdictionBasis'] as string) ? void row.open.add(stream) : undefined;
    case 'ReferralLinkedToDispute':
      return void row.open.add(stream);
    case 'CourtFilingDeclined':
      return over('COURT_ENDED');
    case 'JudgmentRecorded':
      return over('COURT_JUDGED');
    case 'CourtSettlementRecorded':
      return over('COURT_SETTLED');
    case 'SuitWithdrawn':
      return over(isSettled([said['reason']]) ? 'SETTLED_BESIDE' : 'COURT_ENDED');
    case 'CourtMediationAgreed':
      return over('COURT_MEDIATED');
    case 'CourtAssignmentRefused':
    case 'CourtMediationExpired':
      return over('COURT_MEDIATION_FAILED');
    case 'CourtMediationFailed':
      return over(isSettled([said['reason']]) ? 'SETTLED_BESIDE' : 'COURT_MEDIATION_FAILED');
  }
}

const SETTLED_WORDS = ['settled-by-parties', 'settled', 'mediated', 'settled-and-withdrawn'];
const OF_SUITS = ['respondent-domicile', 'place-of-performance', 'place-of-tort', 'agreed-court'];
const NOT_TAKEN = ['NOT_ACCEPTED', 'DISQUALIFIED'];

/** What became of it by its own procedures and those of the disputes that are one with it. */
function rowOf(dispute: Dispute, all: Map<string, Dispute>): Row {
  const one = [dispute, ...[...all.values()].filter(({ mergedInto }) => mergedInto === dispute.id)];
  const byTime = one.flatMap(({ ends }) => ends).toSorted((a, b) => a.at - b.at || a.order - b.order);
  const wasHandled = byTime.some(({ outcome }) => ![...NOT_TAKEN].includes(outcome) && !/^NEGOTIATION/.test(outcome));
  const last = byTime.findLast(({ outcome }) => !wasHandled || !NOT_TAKEN.includes(outcome));
  const isMerged = dispute.mergedInto !== null;
  const isOpen = one.some(({ open }) => open.size > 0);
  const { subject, region } = dispute;
  return {
    subject,
    region,
    outcome: last === undefined ? 'PENDING' : isMerged ? 'MERGED' : isOpen ? 'PENDING_AGAIN' : last.outcome,
    on: last === undefined ? null : localDateOf(last.at),
    ...negotiationsOf(one, isMerged),
  };
}

function negotiationsOf(one: readonly Dispute[], isMerged: boolean): Pick<Row, 'negotiated' | 'negotiatedOn'> {
  const last = one
    .flatMap(({ negotiated }) => negotiated)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
  const isOpen = one.some(({ open }) => [...open].some((stream) => stream.startsWith('negotiation-')));
  if (isOpen || last === undefined) {
    const isThere = one.some(({ negotiations }) => negotiations > 0);
    return { negotiated: isThere ? 'PENDING' : 'NONE', negotiatedOn: null };
  }
  const accepted = one.flatMap(({ acceptedAt }) => acceptedAt ?? []);
  const isAfter = last.result === 'SETTLED' && accepted.some((at) => at <= last.at);
  const negotiated = isMerged ? 'MERGED' : isAfter ? 'SETTLED_AFTER_AUTHORITY' : last.result;
  return { negotiated, negotiatedOn: localDateOf(last.at) };
}

function resultOf({ result, ground, disqualification }: ComplaintEvents['ComplaintConcluded']): string {
  if (result !== 'terminated') return result.toUpperCase();
  if (ground === '23(1)(1)') return 'SELF_SETTLED';
  if (ground === '23(1)(7)') return 'PARTY_CEASED';
  if (ground !== '23(1)(6)') return 'TERMINATED';
  return ['16(3)', '16(5)', '16(6)', '42'].includes(disqualification!) ? 'DISQUALIFIED_MALICIOUS' : 'DISQUALIFIED';
}

const SETTLED = ['NEGOTIATION_SETTLED', 'SELF_SETTLED', 'SETTLED_BESIDE'];
const NOT_SETTLED = [
  'NEGOTIATION_FAILED',
  'NEGOTIATION_EXPIRED',
  'NEGOTIATION_ESCALATED',
  'MEDIATED',
  'TERMINATED',
  'BODY_MEDIATED',
  'BODY_MEDIATION_FAILED',
  'COURT_MEDIATED',
  'COURT_MEDIATION_FAILED',
  'COURT_JUDGED',
  'COURT_SETTLED',
];

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
  const m01 = (list: Row[]) =>
    rate(
      list.map(({ outcome }) => ({
        hit: SETTLED.includes(outcome),
        of: [...SETTLED, ...NOT_SETTLED].includes(outcome),
      })),
    );
  const m02 = (list: Row[]) =>
    rate(
      list.map(({ negotiated }) => ({
        hit: negotiated === 'SETTLED',
        of: !['NONE', 'PENDING', 'MERGED'].includes(negotiated),
      })),
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
    const groups = <Item>(list: Item[], keyOf: (row: Item) => string) => Map.groupBy(list, keyOf);
    for (const [by, keyOf] of [
      ['subject', (row: Row) => row.subject!],
      ['region', (row: Row) => row.region],
      ['month', (row: Row) => row.on!.slice(0, 7)],
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
