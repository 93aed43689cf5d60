import type { Instant } from '#kernel';
import { IntendedWorkOrder } from '../ledger.ts';
import { letterOf } from '../person.ts';
import { MINUTE_MS, officeTime } from '../rhythm.ts';
import { beside, type Episode, type Reference } from '../step.ts';
import type { Life, OpenDispute } from './life.ts';
import { partOfMixedLetter } from './report.ts';
import type { Ticket } from './ticket.ts';
import * as tickets from './ticket.ts';

// How a dispute comes into the log: by a ticket of a hotline, or at the place where the parties negotiate.

export function* openedByTicket(life: Life, ticket: Ticket): Episode<OpenDispute> {
  const { random } = life;
  const pushedAt = yield* tickets.pushed(ticket, random);
  const classifiedAt = pushedAt + random.integer(3, 60) * MINUTE_MS;
  const isMixed = random.chance(0.1);
  yield* tickets.classified(ticket, isMixed ? 'mixed' : 'complaint', classifiedAt);
  const dispute = yield* openDispute(life, classifiedAt + MINUTE_MS);
  yield* tickets.linked(ticket, dispute, classifiedAt + 2 * MINUTE_MS);
  const at = yield* tickets.dispatched(ticket, random, officeTime(random, classifiedAt + 4 * MINUTE_MS, 0));
  // Each part has a procedure and a clock of its own (S1 Art. 9).
  if (isMixed) yield* beside(partOfMixedLetter(life, dispute, tickets.idOf(ticket), at));
  return { dispute, at, workOrderId: tickets.idOf(ticket) };
}

export function* openedAtVenue(life: Life, at: Instant): Episode<OpenDispute> {
  return { dispute: yield* openDispute(life, at), at, workOrderId: null };
}

/** One in twenty does not know whom it bought from; the officer finds out. */
export function* openDispute(life: Life, at: Instant): Episode<Reference> {
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
    const reason = life.deal('respondent');
    const body = { ...respondent, reason };
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

/** One ticket per channel and dispute, so that the number can be made of the story's. */
export function ticketOf(life: Life, at: Instant, channel: '12345' | '12315'): Ticket {
  const { random, merchant, consumer, amountFen, ledger, deal } = life;
  const { district, sector } = merchant;
  const intended = new IntendedWorkOrder(merchant.uscc, sector.name, channel, district.city);
  const content = letterOf(random, consumer, merchant, amountFen / 100);
  const externalNo = `${channel === '12345' ? 'ZX' : 'TS'}${life.mark}${life.number}`;
  return { channel, externalNo, at, merchant, district, consumer, content, ledger, intended, deal };
}
