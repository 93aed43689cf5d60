import type { Role } from '#access';
import { complaintSchemas, type ComplaintEvents } from '#complaints/events';
import type { DisputeEvents } from '#disputes/events';
import { epochDayOf, idOf, localDateFromEpochDay, type EpochDay, type LocalDate, type RecordedEvent } from '#kernel';
import type { NegotiationEvents } from '#negotiation/events';
import type { Projection } from '#read-models';
import { CONDUCT_DAYS_KEPT, DAYS_KEPT } from '../alert-policy.ts';
import type { RefusedReadEvents } from '../events.ts';
import { CONDUCT_KINDS, conductOf, conductTypes } from './conduct.ts';
import { titleAndListing, titleTypes, type Standing } from './title-and-listing.ts';

export const EVENT_ALERT_KINDS = [
  /** 群体投诉: many people against one unit. */
  'group',
  /** 投诉激增 against a unit, in a sector, in a region. */
  'unit-spike',
  'sector-spike',
  'region-spike',
  /** 和解未应答: a merchant does not answer. */
  'unanswered',
  ...CONDUCT_KINDS,
  /** 失信主体持有称号. */
  'blacklisted-title',
  /** 越权查阅举报信息: a key asked for what may tell of a reporter and may not see it. */
  'refused-read',
] as const;
export type EventAlertKind = (typeof EVENT_ALERT_KINDS)[number];

/** What was counted on one day. */
export interface Counted {
  readonly day: EpochDay;
  /** Token of who complained, where each is to be counted once. */
  readonly who: string | null;
  /** Last day of what was sent away. */
  readonly due: LocalDate | null;
  readonly count: number;
  /** What it is a part of; 0 where it is none. */
  readonly of: number;
  /** Ids of what was counted (complaints; disputes that somebody joined); of sectors and regions none are kept, as there may be thousands. */
  readonly objects: readonly string[];
}

/**
 * What may be an alert: it is one by the thresholds at the moment of the question, so that a change of thresholds needs no
 * new build, and what has calmed down is none any more without anything being written. Key: `{kind}:{of}`.
 */
export interface AlertDocument {
  readonly kind: EventAlertKind;
  /** USCC, sector, region code, authority, id of a negotiation, or `{key}:{day}:{view}`. */
  readonly of: string;
  readonly region: string | null;
  readonly respondentUscc: string | null;
  /** Last day on which something came in, or since which nobody answers. */
  readonly lastOn: LocalDate;
  /** By day. */
  readonly counted: readonly Counted[];
  /** Titles that a unit holds and lists that it is on. */
  readonly standing?: Standing;
  /** Who was refused. */
  readonly refused?: { readonly keyId: string; readonly role: Role; readonly view: string; readonly code: string };
}

const NEGOTIATION_ENDS = [
  'NegotiationAcknowledged',
  'SettlementConfirmed',
  'NegotiationFailed',
  'NegotiationEscalated',
  'NegotiationExpired',
];

export const alertsView: Projection<AlertDocument> = {
  name: 'alerts',
  version: 2,
  types: [
    'ComplaintReceived',
    'ComplainantJoined',
    'NegotiationOpened',
    ...NEGOTIATION_ENDS,
    ...conductTypes,
    ...titleTypes,
    'ProtectedReadRefused',
  ],
  keys,
  evolve,
  indexes: {
    byKind: ['kind', 'lastOn'],
    newest: ['lastOn'],
    byRegion: ['region', 'lastOn'],
    byRespondent: ['respondentUscc', 'lastOn'],
  },
};

function keys(event: RecordedEvent): readonly string[] {
  const { type, stream } = event;
  if (type === 'ComplaintReceived') {
    const { respondentUscc, sector, handlingRegion } = event.data as ComplaintEvents['ComplaintReceived'];
    return [
      ...(respondentUscc === null ? [] : [`group:${respondentUscc}`, `unit-spike:${respondentUscc}`]),
      ...(sector === null ? [] : [`sector-spike:${sector}`]),
      `region-spike:${handlingRegion}`,
    ];
  }
  if (type === 'ComplainantJoined') {
    const { respondentUscc } = event.data as DisputeEvents['ComplainantJoined'];
    return respondentUscc === undefined ? [] : [`group:${respondentUscc}`];
  }
  if (type === 'ProtectedReadRefused') return [`refused-read:${idOf(stream)}`];
  if (titleTypes.includes(type)) return [`blacklisted-title:${(event.data as { uscc: string }).uscc}`];
  if (type in complaintSchemas || type.startsWith('WorkOrder')) return conductOf(event).map(({ key }) => key);
  return [`unanswered:${idOf(stream)}`];
}

function evolve(doc: AlertDocument | undefined, event: RecordedEvent, key: string): AlertDocument | null {
  if (event.type === 'ComplaintReceived') return withComplaint(doc, event, key);
  if (event.type === 'ComplainantJoined') return withJoined(doc, event, key);
  if (event.type === 'NegotiationOpened') return unanswered(event);
  if (event.type === 'ProtectedReadRefused') return refusedRead(event, key);
  if (titleTypes.includes(event.type)) return withStanding(doc, event, key);
  const conduct = conductOf(event).find((one) => one.key === key);
  if (conduct === undefined) return null;
  const { counted } = conduct;
  const about = { region: event.region, respondentUscc: null };
  return added(doc, key, about, { ...counted, day: epochDayOf(event.occurredAt) }, CONDUCT_DAYS_KEPT);
}

function withComplaint(doc: AlertDocument | undefined, event: RecordedEvent, key: string): AlertDocument {
  const data = event.data as ComplaintEvents['ComplaintReceived'];
  const [kind] = split(key);
  const { phone, name } = data.complainantTokens;
  const isOfUnit = kind === 'group' || kind === 'unit-spike';
  const counted = {
    day: epochDayOf(event.occurredAt),
    who: kind === 'group' ? (phone ?? name ?? event.stream) : null,
    due: null,
    count: 1,
    of: 0,
    objects: isOfUnit ? [idOf(event.stream)] : [],
  };
  const about = {
    region: kind === 'sector-spike' ? null : data.handlingRegion,
    respondentUscc: isOfUnit ? data.respondentUscc : null,
  };
  return added(doc, key, about, counted, DAYS_KEPT);
}

/** 共同投诉: one complaint of several, of whom each is somebody (S1 Art. 12). */
function withJoined(doc: AlertDocument | undefined, event: RecordedEvent, key: string): AlertDocument {
  const { complainantTokens, complainant, respondentUscc } = event.data as DisputeEvents['ComplainantJoined'];
  const who = complainantTokens.phone ?? complainantTokens.name ?? complainant;
  const counted = { day: epochDayOf(event.occurredAt), who, due: null, count: 1, of: 0, objects: [idOf(event.stream)] };
  const region = doc?.region ?? event.region;
  return added(doc, key, { region, respondentUscc: respondentUscc! }, counted, DAYS_KEPT);
}

/** What is entered late belongs to its day, and what is too old to matter is let go. */
function added(
  doc: AlertDocument | undefined,
  key: string,
  about: Pick<AlertDocument, 'region' | 'respondentUscc'>,
  one: Counted,
  daysKept: number,
): AlertDocument {
  const [kind, of] = split(key);
  const before = doc?.counted ?? [];
  const last = Math.max(one.day, ...before.map(({ day }) => day));
  const isSame = ({ day, who, due }: Counted) => day === one.day && who === one.who && due === one.due;
  const known = before.find(isSame);
  const sum: Counted = {
    ...one,
    count: (known?.count ?? 0) + one.count,
    of: (known?.of ?? 0) + one.of,
    objects: [...new Set([...(known?.objects ?? []), ...one.objects])].sort(),
  };
  const counted = [...before.filter((other) => !isSame(other)), sum]
    .filter(({ day }) => day > last - daysKept)
    .sort((a, b) => a.day - b.day || compare(a.who, b.who) || compare(a.due, b.due));
  return { kind, of, ...about, lastOn: localDateFromEpochDay(last), counted };
}

function unanswered(event: RecordedEvent): AlertDocument {
  const { respondentUscc, respondentRegion } = event.data as NegotiationEvents['NegotiationOpened'];
  const of = idOf(event.stream);
  const lastOn = localDateFromEpochDay(epochDayOf(event.occurredAt));
  return { kind: 'unanswered', of, region: respondentRegion, respondentUscc, lastOn, counted: [] };
}

function refusedRead(event: RecordedEvent, key: string): AlertDocument {
  const { keyId, role, view, code, day, count } = event.data as RefusedReadEvents['ProtectedReadRefused'];
  const [kind, of] = split(key);
  const counted = [{ day: epochDayOf(event.occurredAt), who: null, due: null, count, of: 0, objects: [] }];
  const refused = { keyId, role, view, code };
  return { kind, of, region: event.region, respondentUscc: null, lastOn: day, counted, refused };
}

function withStanding(doc: AlertDocument | undefined, event: RecordedEvent, key: string): AlertDocument | null {
  const [kind, of] = split(key);
  const standing = titleAndListing(doc?.standing, event);
  if (standing.titles.length === 0 && standing.listedOn === null) return null;
  const lastOn = localDateFromEpochDay(epochDayOf(event.occurredAt));
  return { kind, of, region: event.region, respondentUscc: of, lastOn, counted: [], standing };
}

function split(key: string): readonly [EventAlertKind, string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon) as EventAlertKind, key.slice(colon + 1)];
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
