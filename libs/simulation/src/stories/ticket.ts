import type { Instant } from '#kernel';
import { DAY_MS, formatInstant } from '#kernel';
import { DISTRICTS, type District, type Merchant } from '../city.ts';
import type { IntendedWorkOrder, Ledger } from '../ledger.ts';
import type { Consumer } from '../person.ts';
import type { Life } from './life.ts';
import type { Random } from '../random.ts';
import { endOfOfficeDay, MINUTE_MS, officeTime } from '../rhythm.ts';
import type { Episode, Reference, Step } from '../step.ts';

/** Working days the hotline gives a unit (12345 in Shandong, S22). */
const HOTLINE_DAYS = 5;

/** A ticket (工单) as its channel pushes it. */
export interface Ticket {
  readonly channel: '12345' | '12315';
  readonly externalNo: string;
  readonly at: Instant;
  readonly merchant: Merchant | null;
  readonly district: District;
  readonly consumer: Consumer;
  readonly content: string;
  readonly ledger: Ledger;
  readonly intended: IntendedWorkOrder;
  readonly deal: Life['deal'];
}

export function idOf({ channel, externalNo }: Ticket): string {
  return `${channel}-${externalNo}`;
}

/** The push itself; hotlines repeat themselves, and now and then with another text (T-27). Answers the time. */
export function* pushed(ticket: Ticket, random: Random): Episode<Instant> {
  const push = pushOf(ticket);
  yield push;
  ticket.ledger.workOrder(ticket.intended);
  let at = ticket.at;
  if (random.chance(0.12)) {
    at += random.integer(1, 20) * MINUTE_MS;
    yield { ...push, at, expect: 'unchanged' };
  }
  if (random.chance(0.015)) {
    at += random.integer(1, 20) * MINUTE_MS;
    const body = { ...push.body, content: `${ticket.content}（更正）` };
    const keep = ticket.deal('conflict');
    // In a run that goes over it again, what was kept in the end is known already.
    yield { ...push, at, body, expect: keep === 'pushed' ? 'open' : 'refused' };
    at += random.integer(1, 20) * MINUTE_MS;
    yield step(ticket, 'hotline', 'resolve-conflict', at, { conflict: 1, keep });
  }
  return at;
}

function pushOf({ channel, externalNo, at, merchant, district, consumer, content }: Ticket): Step {
  return {
    at,
    role: 'hotline',
    collection: 'work-orders',
    action: 'register',
    body: {
      channel,
      externalNo,
      receivedAt: formatInstant(at),
      handlingRegion: district.city,
      ...(merchant === null
        ? {}
        : { sector: merchant.sector.name, respondentName: merchant.name, respondentUscc: merchant.uscc }),
      complainantName: consumer.name,
      complainantPhone: consumer.phone,
      content,
    },
  };
}

/** A mixed letter is taken apart as soon as somebody has seen that it is one (S1 Art. 9). */
export function* classified(ticket: Ticket, classification: string, at: Instant): Episode {
  yield step(ticket, 'hotline', 'classify', at, { classification });
  if (classification === 'mixed') yield step(ticket, 'hotline', 'split', at, {});
}

export function* linked(ticket: Ticket, disputeId: Reference, at: Instant): Episode {
  yield step(ticket, 'hotline', 'link-to-dispute', at, { disputeId });
}

/** Sent to the district's authority, some by way of another's that gives them back. Answers the time. */
export function* dispatched(ticket: Ticket, random: Random, at: Instant): Episode<Instant> {
  const isMisdirected = random.chance(0.08);
  const sentAt = isMisdirected ? officeTime(random, yield* misdirected(ticket, random, at), 0) : at;
  return yield* sentTo(ticket, ticket.district, sentAt);
}

/** Sent to a unit that is not competent and gives it back (退单). Answers the time. */
function* misdirected(ticket: Ticket, random: Random, at: Instant): Episode<Instant> {
  yield* sentTo(ticket, random.pick(neighboursOf(ticket.district)), at);
  const returnedAt = officeTime(random, at, random.integer(1, 2));
  const reasonCode = ticket.deal('return');
  const note = `不属于本单位职责范围，建议转${ticket.district.zh}`;
  yield step(ticket, 'officer', 'return', returnedAt, { reasonCode, note });
  ticket.intended.returned();
  return returnedAt;
}

function neighboursOf({ city, code }: District): District[] {
  return DISTRICTS.filter((district) => district.city === city && district.code !== code);
}

function* sentTo(ticket: Ticket, { code, zh }: District, at: Instant): Episode<Instant> {
  const dueAt = endOfOfficeDay(at, HOTLINE_DAYS);
  const body = { authority: `${zh}市场监督管理局`, handlingRegion: code, dueAt: formatInstant(dueAt) };
  yield step(ticket, 'hotline', 'dispatch', at, body);
  ticket.intended.dispatched(code, dueAt);
  return at;
}

/** The unit answers and the hotline closes: mostly in time, some late, a few never. */
export function* answered(ticket: Ticket, random: Random, from: Instant, complaint: Reference | null): Episode {
  if (random.chance(0.02)) return;
  const heldUntil = yield* extended(ticket, random, from);
  const days = random.chance(0.07) ? random.integer(7, 25) : random.integer(1, 5);
  const closedAt = yield* repliedAndClosed(ticket, random, officeTime(random, heldUntil, days), complaint);
  yield* calledBack(ticket, random, closedAt);
}

function* repliedAndClosed(
  ticket: Ticket,
  random: Random,
  repliedAt: Instant,
  complaint: Reference | null,
): Episode<Instant> {
  const outcome = random.pick(['handled', 'handled', 'handled', 'answered', 'transferred'] as const);
  const text = '经核实，已与双方联系，正在依法处理，处理结果将另行告知。';
  const body = { outcome, text, ...(complaint === null ? {} : { complaintId: complaint }) };
  yield step(ticket, 'officer', 'reply', repliedAt, body);
  ticket.intended.disposed();
  const closedAt = officeTime(random, repliedAt, random.integer(0, 3));
  yield step(ticket, 'hotline', 'close', closedAt, {});
  return closedAt;
}

/** 申请延期, and what the hotline says to it, on the day after: before the unit's time is over. Answers the time. */
function* extended(ticket: Ticket, random: Random, from: Instant): Episode<Instant> {
  const answer = ticket.deal('extension');
  if (answer === 'none') return from;
  const askedAt = officeTime(random, from, 1);
  yield step(ticket, 'officer', 'request-extension', askedAt, { note: '需委托检测，检测周期较长，申请延期答复。' });
  const decidedAt = officeTime(random, askedAt, 1);
  if (answer === 'refused') {
    yield step(ticket, 'hotline', 'refuse-extension', decidedAt, { note: '理由不充分，请按期答复。' });
    return decidedAt;
  }
  const dueAt = endOfOfficeDay(from, 2 * HOTLINE_DAYS);
  const granted = step(ticket, 'hotline', 'grant-extension', decidedAt, { dueAt: formatInstant(dueAt) });
  // Never by the one who asked for it.
  yield { ...granted, person: 'second' };
  ticket.intended.dueAgain(dueAt);
  return decidedAt;
}

/** 回访; who is dissatisfied may have it opened again. */
function* calledBack(ticket: Ticket, random: Random, closedAt: Instant): Episode {
  const call = ticket.deal('callback');
  if (call === 'none') return;
  const at = officeTime(random, closedAt, random.integer(1, 3));
  yield step(ticket, 'hotline', 'record-callback', at, call.body);
  if (call.reopened === undefined) return;
  const reopenedAt = officeTime(random, at, random.integer(0, 2));
  const dueAt = endOfOfficeDay(reopenedAt, HOTLINE_DAYS);
  const body = { reasonCode: call.reopened, dueAt: formatInstant(dueAt), note: '来电人要求重新办理。' };
  yield step(ticket, 'hotline', 'reopen', reopenedAt, body);
  ticket.intended.dueAgain(dueAt);
  yield* repliedAndClosed(ticket, random, officeTime(random, reopenedAt, random.integer(1, 4)), null);
}

/** A question, answered by the hotline itself; no unit ever held it. */
export function* consultation(ticket: Ticket, random: Random): Episode {
  const at = yield* pushed(ticket, random);
  const classifiedAt = at + random.integer(2, 40) * MINUTE_MS;
  yield* classified(ticket, 'consultation', classifiedAt);
  const repliedAt = classifiedAt + random.integer(5, 120) * MINUTE_MS;
  yield step(ticket, 'hotline', 'reply', repliedAt, { outcome: 'answered', text: '已告知相关规定及办理渠道。' });
  yield step(ticket, 'hotline', 'close', repliedAt + random.integer(1, 60) * MINUTE_MS, {});
}

/** A report (举报) or another matter: a ticket that goes to a unit without any dispute behind it. */
export function* otherMatter(ticket: Ticket, random: Random, classification: 'report' | 'other'): Episode {
  const at = yield* pushed(ticket, random);
  const classifiedAt = at + random.integer(5, 90) * MINUTE_MS;
  yield* classified(ticket, classification, classifiedAt);
  const sentAt = officeTime(random, classifiedAt, 0);
  if (random.chance(0.05)) {
    // It stays with the dispatcher, where nobody takes it up again.
    yield* misdirected(ticket, random, sentAt);
    return;
  }
  const dispatchedAt = yield* dispatched(ticket, random, sentAt);
  yield* answered(ticket, random, dispatchedAt, null);
}

/** A second ticket of the same quarrel by another channel, a day or more later: linked, answered by itself (T-13). */
export function* echo(ticket: Ticket, random: Random, dispute: Reference, complaint: Reference | null): Episode {
  const at = yield* pushed(ticket, random);
  const linkedAt = officeTime(random, at + DAY_MS / 24, 0);
  yield* classified(ticket, 'complaint', linkedAt);
  yield* linked(ticket, dispute, linkedAt + 2 * MINUTE_MS);
  const dispatchedAt = yield* dispatched(ticket, random, linkedAt + 4 * MINUTE_MS);
  yield* answered(ticket, random, dispatchedAt, complaint);
}

function step(ticket: Ticket, role: Step['role'], action: string, at: Instant, body: Step['body']): Step {
  return { at, role, collection: 'work-orders', action, id: idOf(ticket), body };
}
