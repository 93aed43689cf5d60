import { DAY_MS, type Instant } from '#kernel';
import { officeTime } from '../rhythm.ts';
import type { Episode } from '../step.ts';
import type { Life } from './life.ts';
import { openDispute, openedByTicket, ticketOf } from './opening.ts';
import type { Piece } from './piece.ts';
import { Scene, SECOND } from './scene.ts';
import * as tickets from './ticket.ts';

// 工单: what may become of a hotline's ticket beside the way that most of them go. Conflicts, returns, extensions, call-backs and
// reopening happen to any of them (ticket.ts).

/** Neither complaint nor report: the caller is shown where it belongs (S1 Art. 44). */
function* redirected(life: Life, at: Instant): Episode {
  const ticket = ticketOf(life, at, '12345');
  const scene = new Scene(life, yield* tickets.pushed(ticket, life.random)).minutes(3, 60);
  yield* tickets.classified(ticket, life.random.pick(['consultation', 'other']), scene.at);
  const body = { route: life.deal('route'), note: '已告知应向有关部门提出。' };
  yield scene.minutes(1, 30).step('hotline', 'work-orders/redirect', tickets.idOf(ticket), body);
  ticket.intended.redirected();
}

const REASONS = [
  'same-complainant-phone',
  'same-complainant-name',
  'same-respondent',
  'same-amount',
  'close-in-time',
  'like-text',
  'names-external-number',
];

/** The matcher suspects that it is about a dispute known already; a person finds that it is not (T-13). */
function* notADuplicate(life: Life, at: Instant): Episode {
  const open = yield* openedByTicket(life, ticketOf(life, at, '12345'));
  const again = ticketOf(life, open.at + DAY_MS, '12315');
  const scene = new Scene(life, yield* tickets.pushed(again, life.random)).minutes(1);
  const [id, of] = [tickets.idOf(again), open.dispute];
  const suspicion = { of, likeness: 0.86, reasons: REASONS };
  yield scene.step('process', 'work-orders/suspect-duplicate', id, suspicion);
  const said = { of, note: '两次来电反映的是不同商品。' };
  // A service's own matcher may think otherwise of it, or not have come to it yet.
  yield scene.after(0, 1).step('hotline', 'work-orders/dismiss-duplicate', id, said, { expect: 'open' });
  yield* tickets.classified(again, 'complaint', scene.minutes(5).at);
  const dispute = yield* openDispute(life.another({ consumer: life.consumer }), scene.minutes(1).at);
  yield* tickets.linked(again, dispute, scene.minutes(1).at);
  yield* tickets.answered(again, life.random, yield* tickets.dispatched(again, life.random, scene.after(0).at), null);
}

/** Answered in time, and entered only after: a second person has seen the paper (T-28). */
function* enteredLate(life: Life, at: Instant): Episode {
  const ticket = ticketOf(life, at, '12345');
  const open = yield* openedByTicket(life, ticket);
  const repliedAt = officeTime(life.random, open.at, 2);
  const scene = new Scene(life, repliedAt).after(12, 20);
  const [id, answer] = [tickets.idOf(ticket), { outcome: 'handled', text: '已电话答复。' }];
  yield scene.step('officer', 'work-orders/reply', id, answer, { happenedAt: repliedAt });
  ticket.intended.disposed();
  yield scene.after(1, 2).step('officer', 'work-orders/verify-late-entry', id, scene.lateEntry('handling'), SECOND);
  yield scene.minutes(5).step('hotline', 'work-orders/close', id, {});
}

export const workOrderPieces: readonly Piece[] = [
  { name: 'redirected', weight: 8, tell: redirected },
  { name: 'redirected again', weight: 2, tell: redirected },
  { name: 'redirected once more', tell: redirected },
  { name: 'redirected after all', tell: redirected },
  { name: 'redirected at last', tell: redirected },
  { name: 'not a duplicate', weight: 3, tell: notADuplicate },
  { name: 'entered late', tell: enteredLate },
];
