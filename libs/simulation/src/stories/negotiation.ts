import type { Instant } from '#kernel';
import { addDays, formatInstant, localDateOf, startOfDay } from '#kernel';
import { readClock, shippedLaw } from '#law';
import { NEGOTIATION_CLOCKS } from '#negotiation/events';
import type { NegotiationCourse } from '../fates.ts';
import { HOUR_MS, MINUTE_MS, officeTime, personTime } from '../rhythm.ts';
import type { Episode, Reference, Step } from '../step.ts';
import type { Life, OpenDispute } from './life.ts';

const LAW = shippedLaw();

/** Office days after which an operator gives up on a merchant who does not answer: a day before the time is over. */
const OPERATOR_PATIENCE = 9;

/** A negotiation under way: its steps, each some time after the one before. */
interface Table {
  readonly life: Life;
  readonly negotiation: Reference;
  /** When its time is over (和解期限): no step may be taken from then on, but to turn to the authority. */
  readonly overAt: Instant;
  at: Instant;
  offers: number;
}

/** How a negotiation was left: the reference, and when its last step was taken. */
export interface LeftNegotiation {
  readonly negotiation: Reference;
  readonly at: Instant;
  readonly overAt: Instant;
}

/** Opens a negotiation at a venue; a suspended ODR member is refused, and the parties meet elsewhere. */
export function* opened(life: Life, { dispute, at }: OpenDispute): Episode<LeftNegotiation> {
  const { random, merchant, intended } = life;
  const open = (venue: string, openedAt: Instant): Step => ({
    at: openedAt,
    role: 'hotline',
    collection: 'negotiations',
    action: 'open',
    merchant,
    body: { disputeId: dispute, respondentUscc: merchant.uscc, venue, openedBy: 'consumer' },
  });
  let openedAt = personTime(random, at, 0, 6);
  const isMember = life.isOdrMemberAt(merchant, openedAt);
  // Not in the hours before it joins or comes back, when the plan and the registry may not agree on it.
  const isTurnedAway = merchant.joinsOdr && !isMember && !life.isOdrMemberAt(merchant, openedAt + 2 * HOUR_MS);
  if (isTurnedAway && random.chance(0.5)) {
    yield { ...open('odr', openedAt), expect: 'refused' };
    openedAt += 20 * MINUTE_MS;
  }
  const venue = isMember ? 'odr' : random.pick(['station', 'station', 'green-channel', 'merchant'] as const);
  const negotiation = yield open(venue, openedAt);
  intended.opened();
  intended.negotiated('PENDING', null);
  return { negotiation, at: openedAt, overAt: overAt(openedAt) };
}

/** The whole course, but for one that is settled beside a complaint. */
export function* negotiated(
  life: Life,
  open: LeftNegotiation,
  course: Exclude<NegotiationCourse, 'settled-beside-complaint'>,
): Episode<LeftNegotiation> {
  const table: Table = { life, ...open, offers: 0 };
  switch (course) {
    case 'agreed':
      yield* acknowledged(table);
      yield* proposed(table);
      yield* agreedBy(table, 'consumer');
      yield* confirmed(table, 'SETTLED');
      break;
    case 'haggled':
      yield* acknowledged(table);
      yield* haggled(table);
      yield* agreedBy(table, 'merchant');
      if (life.random.chance(0.4)) yield* claimed(table);
      yield* confirmed(table, 'SETTLED');
      break;
    case 'claimed-and-confirmed':
      yield* acknowledged(table);
      yield* claimed(table);
      yield* confirmed(table, 'SETTLED');
      break;
    case 'claimed-only':
      yield* acknowledged(table);
      if (life.random.chance(0.5)) yield* proposed(table);
      yield* claimed(table);
      break;
    case 'failed':
      yield* acknowledged(table);
      yield* haggled(table);
      yield* failed(table, life.random.chance(0.5) ? 'merchant' : 'consumer');
      break;
    case 'unanswered':
      later(table, officeTime(life.random, table.at, OPERATOR_PATIENCE));
      yield* failed(table, 'operator');
      break;
    case 'ran-out':
      table.at = personTime(life.random, table.overAt, 12, 120);
      yield* escalated(table);
      break;
    case 'ignored':
      break;
    case 'escalated':
      if (life.random.chance(0.6)) yield* acknowledged(table);
      table.at = personTime(life.random, table.at, 12, 96);
      yield* escalated(table);
      break;
  }
  return leftAt(table);
}

/** Consumer and merchant settle after all, while the authority is already on the case. */
export function* settledBesideComplaint(life: Life, open: LeftNegotiation): Episode<LeftNegotiation> {
  const table: Table = { life, ...open, offers: 0 };
  yield* acknowledged(table);
  yield* proposed(table);
  yield* agreedBy(table, 'consumer');
  yield* confirmed(table, 'SETTLED_AFTER_AUTHORITY');
  return leftAt(table);
}

/** The consumer turns to the authority after a negotiation that failed. */
export function* escalatedAfterFailure(life: Life, left: LeftNegotiation): Episode<LeftNegotiation> {
  const table: Table = { life, ...left, offers: 0, at: personTime(life.random, left.at, 2, 72) };
  yield operatorStep(table, 'escalate', {});
  return leftAt(table);
}

/** The consumer turns to the authority though the merchant says it is settled. */
export function* escalatedAgainstClaim(life: Life, left: LeftNegotiation): Episode<LeftNegotiation> {
  const table: Table = { life, ...left, offers: 0, at: personTime(life.random, left.at, 24, 240) };
  yield* escalated(table);
  return leftAt(table);
}

/** The end of the last of the days that a negotiation opened at this moment may take. */
export function overAt(openedAt: Instant): Instant {
  const rule = NEGOTIATION_CLOCKS.negotiation;
  const { due } = readClock({ clock: 'negotiation', rule, from: localDateOf(openedAt) }, LAW);
  return due === null ? Infinity : startOfDay(addDays(due, 1));
}

/** The next step is taken then, or, as the parties know how long they have, sooner. */
function later(table: Table, at: Instant): void {
  const { life, overAt } = table;
  const left = Math.floor((overAt - table.at - 1) / 1000);
  table.at = at < overAt ? at : table.at + life.random.integer(0, left) * 1000;
}

function leftAt({ negotiation, at, overAt }: Table): LeftNegotiation {
  return { negotiation, at, overAt };
}

function* acknowledged(table: Table): Episode {
  later(table, officeTime(table.life.random, table.at, table.life.random.integer(0, 3)));
  yield merchantStep(table, 'acknowledge', {});
}

function* proposed(table: Table): Episode {
  later(table, officeTime(table.life.random, table.at, table.life.random.integer(0, 2)));
  yield merchantStep(table, 'propose', offer(table, 'merchant', 0.3));
  table.offers++;
  if (!table.life.random.chance(0.02)) return;
  // Nobody can accept an own offer.
  later(table, table.at + 5 * MINUTE_MS);
  const body = { offer: table.offers, onBehalfOf: 'merchant' };
  yield { ...merchantStep(table, 'agree', body), expect: 'refused' };
}

/** An offer, the consumer's answer to it, and sometimes one more round. The consumer's offer is the last. */
function* haggled(table: Table): Episode {
  const { random } = table.life;
  yield* proposed(table);
  later(table, personTime(random, table.at, 1, 30));
  yield operatorStep(table, 'counter', offer(table, 'consumer', 1));
  table.offers++;
  if (!random.chance(0.35)) return;
  later(table, officeTime(random, table.at, random.integer(0, 1)));
  yield merchantStep(table, 'counter', offer(table, 'merchant', 0.6));
  table.offers++;
  later(table, personTime(random, table.at, 1, 24));
  yield operatorStep(table, 'counter', offer(table, 'consumer', 0.9));
  table.offers++;
}

function* agreedBy(table: Table, party: 'consumer' | 'merchant'): Episode {
  const { random } = table.life;
  const body = { offer: table.offers, onBehalfOf: party };
  if (party === 'merchant') {
    later(table, officeTime(random, table.at, random.integer(0, 2)));
    yield merchantStep(table, 'agree', body);
  } else {
    later(table, personTime(random, table.at, 1, 30));
    yield operatorStep(table, 'agree', body);
  }
}

function* claimed(table: Table): Episode {
  later(table, officeTime(table.life.random, table.at, table.life.random.integer(1, 3)));
  yield merchantStep(table, 'claim', {});
}

function* confirmed(table: Table, result: 'SETTLED' | 'SETTLED_AFTER_AUTHORITY'): Episode {
  const { random, intended, amountFen } = table.life;
  later(table, personTime(random, table.at, 2, 60));
  const recoveredFen = Math.round((amountFen * random.integer(30, 100)) / 100);
  yield operatorStep(table, 'confirm', { recoveredFen });
  intended.negotiated(result, table.at);
  intended.ended('NEGOTIATION_SETTLED', table.at);
}

function* failed(table: Table, by: 'merchant' | 'consumer' | 'operator'): Episode {
  const { random, intended } = table.life;
  if (by !== 'operator') later(table, officeTime(random, table.at, random.integer(0, 2)));
  const reason = { merchant: 'refused-by-merchant', consumer: 'no-agreement', operator: 'merchant-unreachable' }[by];
  const body = { reason, onBehalfOf: by };
  if (by === 'merchant') yield merchantStep(table, 'fail', body);
  else yield operatorStep(table, 'fail', body);
  intended.negotiated('FAILED', table.at);
  intended.ended('NEGOTIATION_FAILED', table.at);
}

/** Before there was a result: this is one, unless the time was over before. */
function* escalated(table: Table): Episode {
  const { life, at, overAt } = table;
  const { intended } = life;
  yield operatorStep(table, 'escalate', {});
  const isOver = at >= overAt;
  intended.negotiated(isOver ? 'EXPIRED' : 'ESCALATED', Math.min(at, overAt));
  intended.ended(isOver ? 'NEGOTIATION_EXPIRED' : 'NEGOTIATION_ESCALATED', Math.min(at, overAt));
}

function offer({ life, at }: Table, by: 'merchant' | 'consumer', share: number): Record<string, unknown> {
  const { random, amountFen } = life;
  const amount = Math.max(1, Math.round(amountFen * share * (0.9 + random.next() * 0.1)));
  return {
    amountFen: amount,
    performBy: addDays(localDateOf(at), random.integer(3, 15)),
    terms: by === 'merchant' ? '退还部分货款，商品由消费者保留。' : '要求全额退款，并承担来回运费。',
    // The merchant answers by its own key, and an offer that is over when this history is written is not accepted by that (T-28).
    ...(by === 'merchant' && { expiresAt: formatInstant(at + 20 * 24 * HOUR_MS) }),
    onBehalfOf: by,
  };
}

function merchantStep(table: Table, action: string, body: Step['body']): Step {
  return { ...operatorStep(table, action, body), role: 'merchant', merchant: table.life.merchant };
}

function operatorStep({ negotiation, at }: Table, action: string, body: Step['body']): Step {
  return { at, role: 'hotline', collection: 'negotiations', action, id: negotiation, body };
}
