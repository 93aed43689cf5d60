import type { ComplaintEvents } from '#complaints/events';
import { epochDayOf, idOf, localDateFromEpochDay, type EpochDay, type LocalDate, type RecordedEvent } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import type { Projection } from '#read-models';

export const ALERT_KINDS = [
  /** 群体投诉: many people against one unit. */
  'group',
  /** 投诉激增 against a unit, in a sector, in a region. */
  'unit-spike',
  'sector-spike',
  'region-spike',
  /** 和解未应答: a merchant does not answer. */
  'unanswered',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** So many days of complaints are kept of each unit, sector and region: a week, and the four before it. */
export const DAYS_KEPT = 35;

/**
 * What may be an alert: it is one by the thresholds at the moment of the question, so that a change of thresholds needs no
 * new build, and what has calmed down is none any more without anything being written. Key: `{kind}:{of}`.
 */
export interface AlertDocument {
  readonly kind: AlertKind;
  /** USCC, sector, region code, or id of a negotiation. */
  readonly of: string;
  readonly region: string | null;
  readonly respondentUscc: string | null;
  /** Last day on which something came in, or since which nobody answers. */
  readonly lastOn: LocalDate;
  /** Complaints received, by day; of a group each with the token of who complained, where one is known. */
  readonly received: readonly { readonly day: EpochDay; readonly who: string | null; readonly count: number }[];
}

export const alertsView: Projection<AlertDocument> = {
  name: 'alerts',
  version: 1,
  types: [
    'ComplaintReceived',
    'NegotiationOpened',
    'NegotiationAcknowledged',
    'SettlementConfirmed',
    'NegotiationFailed',
    'NegotiationEscalated',
    'NegotiationExpired',
  ],
  keys,
  evolve: (doc, event, key) => {
    if (event.type === 'ComplaintReceived') return withComplaint(doc, event, key);
    return event.type === 'NegotiationOpened' ? unanswered(event) : null;
  },
  indexes: { byKind: ['kind', 'lastOn'], newest: ['lastOn'], byRegion: ['region', 'lastOn'] },
};

function keys(event: RecordedEvent): readonly string[] {
  if (event.type !== 'ComplaintReceived') return [`unanswered:${idOf(event.stream)}`];
  const { respondentUscc, sector, handlingRegion } = event.data as ComplaintEvents['ComplaintReceived'];
  return [
    ...(respondentUscc === null ? [] : [`group:${respondentUscc}`, `unit-spike:${respondentUscc}`]),
    ...(sector === null ? [] : [`sector-spike:${sector}`]),
    `region-spike:${handlingRegion}`,
  ];
}

function withComplaint(doc: AlertDocument | undefined, event: RecordedEvent, key: string): AlertDocument {
  const data = event.data as ComplaintEvents['ComplaintReceived'];
  const [kind, of] = split(key);
  const day = epochDayOf(event.occurredAt);
  const { phone, name } = data.complainantTokens;
  const who = kind === 'group' ? (phone ?? name ?? event.stream) : null;
  // What is entered late belongs to its day, and what is too old to matter is let go.
  const last = Math.max(day, ...(doc?.received ?? []).map((one) => one.day));
  const isSame = (one: { day: EpochDay; who: string | null }) => one.day === day && one.who === who;
  const known = doc?.received.find(isSame);
  const received = [
    ...(doc?.received ?? []).filter((one) => !isSame(one)),
    { day, who, count: (known?.count ?? 0) + 1 },
  ]
    .filter((one) => one.day > last - DAYS_KEPT)
    .sort((a, b) => a.day - b.day || ((a.who ?? '') < (b.who ?? '') ? -1 : 1));
  return {
    kind,
    of,
    region: kind === 'sector-spike' ? null : data.handlingRegion,
    respondentUscc: kind === 'group' || kind === 'unit-spike' ? data.respondentUscc : null,
    lastOn: localDateFromEpochDay(last),
    received,
  };
}

function unanswered(event: RecordedEvent): AlertDocument {
  const { respondentUscc, respondentRegion } = event.data as NegotiationEvents['NegotiationOpened'];
  const of = idOf(event.stream);
  const lastOn = localDateFromEpochDay(epochDayOf(event.occurredAt));
  return { kind: 'unanswered', of, region: respondentRegion, respondentUscc, lastOn, received: [] };
}

function split(key: string): readonly [AlertKind, string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon) as AlertKind, key.slice(colon + 1)];
}
