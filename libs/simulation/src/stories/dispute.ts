import { DAY_MS } from '#kernel';
import type { Instant } from '#kernel';
import { personTime } from '../rhythm.ts';
import type { Episode } from '../step.ts';
import { beside } from '../step.ts';
import * as complaints from './complaint.ts';
import type { Life, OpenDispute } from './life.ts';
import type { LeftNegotiation } from './negotiation.ts';
import * as negotiations from './negotiation.ts';
import { openedAtVenue, openedByTicket, ticketOf } from './opening.ts';
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

function* secondTicket(life: Life, open: OpenDispute, received: complaints.ReceivedComplaint): Episode {
  const at = personTime(life.random, received.at + DAY_MS, 1, 200);
  const ticket = ticketOf(life, at, open.workOrderId?.startsWith('12345') === true ? '12315' : '12345');
  yield* tickets.echo(ticket, life.random, open.dispute, received.complaint);
}
