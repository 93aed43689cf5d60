import { mayRead, REPORT_READERS, type Principal } from '#access';
import { disclosureFor } from '#privacy';

/** Keyed tokens and digests: equal ones tell that two records are of one person or one letter, and whose they are. */
const MATCHING = /^(?:\w+Tokens|payloadDigest)$/;

/**
 * A merchant learns nothing of the tickets a complaint came by: they may hold a report against it (S1 Art. 37). Nor of clues
 * (涉嫌违法线索) found in mediation, which would warn it of the verification (S1 Art. 27), nor of what the authority has weighed
 * about the complainant (S1 Art. 17).
 */
const OF_NO_MERCHANT: readonly string[] = ['workOrderId', 'clues', 'factors'];
const EVENTS_OF_NO_MERCHANT: readonly string[] = ['ViolationClueFound'];

/** Who only mediates does not learn what a letter was found to be either: it may be a report, or hold one. */
const EVENTS_OF_NO_MEDIATOR: readonly string[] = ['WorkOrderClassified', 'WorkOrderSplit'];

/**
 * That a report came of a letter tells of somebody who reported (S1 Art. 37): whoever may not read reports does not learn it from
 * the ticket either.
 */
const OF_REPORT_READERS: readonly string[] = ['reportId'];
const EVENTS_OF_REPORT_READERS: readonly string[] = ['WorkOrderReportLinked'];

/**
 * Whether a field of a document or of an event's data is kept from a role. Roles that see persons as they are need nothing
 * withheld; an auditor replays history, and needs it whole, though it sees persons redacted.
 */
export function isWithheld({ role }: Pick<Principal, 'role'>, field: string): boolean {
  if (role === 'merchant' && OF_NO_MERCHANT.includes(field)) return true;
  if (OF_REPORT_READERS.includes(field) && !mayRead(role, REPORT_READERS)) return true;
  return role !== 'auditor' && disclosureFor(role) === 'redacted' && MATCHING.test(field);
}

/** Whether an event of an object that a role may see is kept from it all the same. */
export function isEventWithheld({ role }: Pick<Principal, 'role'>, type: string): boolean {
  if (EVENTS_OF_REPORT_READERS.includes(type) && !mayRead(role, REPORT_READERS)) return true;
  if (role === 'mediator') return EVENTS_OF_NO_MEDIATOR.includes(type);
  return role === 'merchant' && EVENTS_OF_NO_MERCHANT.includes(type);
}

/** The object without the fields that are kept from the reader. */
export function withoutWithheld<Fields extends object>(reader: Pick<Principal, 'role'>, fields: Fields): Fields {
  const withheld = Object.keys(fields).filter((field) => isWithheld(reader, field));
  if (withheld.length === 0) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !withheld.includes(field))) as Fields;
}
