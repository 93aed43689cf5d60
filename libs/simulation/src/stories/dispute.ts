import { DAY_MS } from '#kernel';
import type { Instant } from '#kernel';
import { IntendedWorkOrder } from '../ledger.ts';
import { letterOf } from '../person.ts';
import { MINUTE_MS, officeTime, personTime } from '../rhythm.ts';
import type { Episode, Reference } from '../step.ts';
import { beside } from '../step.ts';
import * as complaints from './complaint.ts';
import type { Life, OpenDispute } from './life.ts';
import type { LeftNegotiation } from './negotiation.ts';
import * as negotiations from './negotiation.ts';
import type { Ticket } from './ticket.ts';
import * as tickets from './ticket.ts';

/** The whole life of one dispute, from the first call to what became of it. */
export function* disputeStory(life: Life, at: Instant): Episode {
  const { negotiation, complaint } = life.fate;
  if (negotiation === 'settled-beside-complaint') return yield* settledBesideComplaint(life, at);
  // Those who negotiate first mostly go straight to the venue; whoever calls the hotline has a ticket.
  const hasTicket = negotiation === null || life.random.chance(0.4);
  const ticket = hasTicket ? ticketOf(life, at, life.intended.channel) : null;
  const open = ticket === null ? yield* openedAtVenue(life, at) : yield* openedByTicket(life, ticket);
  if (ticket !== null && negotiation !== null) yield* beside(tickets.answered(ticket, life.random, open.at, null));

  const escalated = negotiation === null ? null : yield* triedNegotiation(life, open);
  if (complaint === null) return;
  const received = yield* complaints.received(life, open, escalated);
  if (ticket !== null && negotiation === null) {
    yield* beside(tickets.answered(ticket, life.random, received.at, received.complaint));
  }
  if (life.random.chance(0.08)) yield* beside(secondTicket(life, open, received));
  yield* complaints.handled(life, received, complaint);
}

/** Both ways at once: settled between the parties after the authority had accepted it. */
function* settledBesideComplaint(life: Life, at: Instant): Episode {
  const open = yield* openedAtVenue(life, at);
  const received = yield* complaints.received(life, open, null);
  const accepted = yield* complaints.acceptedAndNotified(life, received);
  // They meet only now: ten working days would not always outlast a decision.
  const negotiation = yield* negotiations.opened(life, { ...open, at: accepted.at });
  const settled = yield* negotiations.settledBesideComplaint(life, negotiation);
  yield* complaints.concluded(life, { ...accepted, at: settled.at }, { end: 'self-settled' });
}

/** Answers the negotiation where the consumer escalated it; null where there is nothing to escalate or nobody does. */
function* triedNegotiation(life: Life, open: OpenDispute): Episode<LeftNegotiation | null> {
  const { negotiation: course, complaint } = life.fate;
  if (course === null || course === 'settled-beside-complaint') return null;
  const left = yield* negotiations.negotiated(life, yield* negotiations.opened(life, open), course);
  if (complaint === null) return null;
  if (course === 'failed' || course === 'unanswered') return yield* negotiations.escalatedAfterFailure(life, left);
  if (course === 'claimed-only') return yield* negotiations.escalatedAgainstClaim(life, left);
  return left;
}

function* openedByTicket(life: Life, ticket: Ticket): Episode<OpenDispute> {
  const { random } = life;
  const pushedAt = yield* tickets.pushed(ticket, random);
  const classifiedAt = pushedAt + random.integer(3, 60) * MINUTE_MS;
  yield* tickets.classified(ticket, random.chance(0.1) ? 'mixed' : 'complaint', classifiedAt);
  const dispute = yield* openDispute(life, classifiedAt + MINUTE_MS);
  yield* tickets.linked(ticket, dispute, classifiedAt + 2 * MINUTE_MS);
  const at = yield* tickets.dispatched(ticket, random, officeTime(random, classifiedAt + 3 * MINUTE_MS, 0));
  return { dispute, at, workOrderId: tickets.idOf(ticket) };
}

function* openedAtVenue(life: Life, at: Instant): Episode<OpenDispute> {
  return { dispute: yield* openDispute(life, at), at, workOrderId: null };
}

/** One in twenty does not know whom it bought from; the officer finds out. */
function* openDispute(life: Life, at: Instant): Episode<Reference> {
  const { random, merchant, consumer, amountFen, intended, ledger } = life;
  const isUnknown = random.chance(0.05);
  const respondent = { respondentUscc: merchant.uscc, respondentRegion: merchant.district.code };
  const dispute = yield {
    at,
    role: 'hotline',
    collection: 'disputes',
    action: 'open',
    body: {
      ...(isUnknown ? { respondentRegion: merchant.district.city } : respondent),
      respondentName: merchant.name,
      sector: merchant.sector.name,
      channel: intended.channel,
      amountFen,
      complainantName: consumer.name,
      complainantPhone: consumer.phone,
    },
  };
  ledger.dispute(intended);
  if (isUnknown) {
    const body = { ...respondent, reason: 'became-known' };
    yield {
      at: at + MINUTE_MS,
      role: 'hotline',
      collection: 'disputes',
      action: 'identify-respondent',
      id: dispute,
      body,
    };
  }
  return dispute;
}

function* secondTicket(life: Life, open: OpenDispute, received: complaints.ReceivedComplaint): Episode {
  const at = personTime(life.random, received.at + DAY_MS, 1, 200);
  const ticket = ticketOf(life, at, open.workOrderId?.startsWith('12345') === true ? '12315' : '12345');
  yield* tickets.echo(ticket, life.random, open.dispute, received.complaint);
}

/** One ticket per channel and dispute, so that the number can be made of the story's. */
function ticketOf(life: Life, at: Instant, channel: '12345' | '12315'): Ticket {
  const { random, merchant, consumer, amountFen, ledger } = life;
  const { district, sector } = merchant;
  const intended = new IntendedWorkOrder(merchant.uscc, sector.name, channel, district.city);
  const content = letterOf(random, consumer, merchant, amountFen / 100);
  const externalNo = `${channel === '12345' ? 'ZX' : 'TS'}${life.mark}${life.number}`;
  return { channel, externalNo, at, merchant, district, consumer, content, ledger, intended };
}
