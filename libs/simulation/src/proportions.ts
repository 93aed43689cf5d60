import type { Satisfaction } from '#work-orders/events';

/**
 * How often what happens, as data: the city's proportions. Nobody publishes most of them, so that they are the house's own guess of
 * a county's year (`source: none`), but for the shares of settlement, which follow the merchants' tempers.
 */

/** A list of cards: each as often as it says. */
function cards<const Card>(counts: readonly (readonly [number, Card])[]): readonly Card[] {
  return counts.flatMap(([count, card]) => Array.from({ length: count }, () => card));
}

/** What the citizen says when called back, and why the ticket is opened again where it is. */
export interface Callback {
  readonly body: Readonly<Record<string, string>>;
  readonly reopened?: string;
}

const said = (process: Satisfaction, result: Satisfaction, answeredBy = 'complainant'): Callback => ({
  body: { answeredBy, process, result },
});
const nobody = (unanswered: string): Callback => ({ body: { unanswered } });
const again = (callback: Callback, reopened: string): Callback => ({ ...callback, reopened });

/** What happens by the way. Every card of a deck is dealt before any comes again. */
export const INCIDENTS = {
  /** Which of two contents of a ticket holds. */
  conflict: cards([
    [2, 'pushed'],
    [1, 'recorded'],
  ]),
  /** 退单 */
  return: cards([
    [6, 'not-competent'],
    [3, 'address-unclear'],
    [3, 'missing-elements'],
    [1, 'unclear'],
    [1, 'wrong-type'],
    [1, 'duplicate'],
    [1, 'withdrawn-by-citizen'],
    [1, 'other'],
  ]),
  /** 延期 */
  extension: cards([
    [36, 'none'],
    [3, 'granted'],
    [1, 'refused'],
  ]),
  /** 回访 */
  callback: cards<'none' | Callback>([
    [14, 'none'],
    [10, said('satisfied', 'satisfied')],
    [5, said('satisfied', 'basically-satisfied')],
    [2, said('basically-satisfied', 'dissatisfied')],
    [1, said('satisfied', 'satisfied', 'agent')],
    [1, said('basically-satisfied', 'satisfied', 'representative')],
    [1, said('dissatisfied', 'basically-satisfied', 'other')],
    [3, nobody('not-answered')],
    [1, nobody('number-wrong')],
    [1, nobody('answer-declined')],
    [1, again(said('dissatisfied', 'dissatisfied'), 'dissatisfied')],
    [1, again(said('satisfied', 'dissatisfied'), 'not-performed')],
    [1, again(said('basically-satisfied', 'dissatisfied'), 'new-facts')],
    [1, again(nobody('not-answered'), 'closed-by-mistake')],
    [1, again(said('dissatisfied', 'dissatisfied', 'agent'), 'other')],
  ]),
  /** 指引: where it belongs what is neither complaint nor report. */
  route: cards([
    [4, 'consultation'],
    [2, 'petition'],
    [1, 'information-disclosure'],
    [1, 'administrative-reconsideration'],
    [1, 'accusation'],
  ]),
  /** How somebody is told of a decision. */
  channel: cards([
    [4, 'phone'],
    [3, 'sms'],
    [2, 'internet'],
    [1, 'mail'],
    [1, 'letter'],
  ]),
  /** 回访 of a complaint. */
  followUp: cards([
    [2, 'phone'],
    [1, 'sms'],
    [1, 'internet'],
    [1, 'mail'],
    [1, 'letter'],
  ]),
  /** Why a session of mediation does not take place. */
  cancellation: cards([
    [2, 'party-unable'],
    [1, 'mediator-unable'],
    [2, 'rescheduled'],
    [1, 'other'],
  ]),
  /** Which party agreed to mediation before the court. */
  party: cards([
    [3, 'consumer'],
    [1, 'merchant'],
  ]),
  respondent: cards([
    [4, 'became-known'],
    [1, 'mistaken'],
    [1, 'named-by-platform'],
  ]),
  /** Why it was only written down when its time was over. */
  lateness: cards([
    [3, 'system-outage'],
    [3, 'paper-record'],
    [2, 'other-system'],
    [1, 'handed-over'],
    [1, 'other'],
  ]),
} as const;

/** A card of each deck. */
export type Incidents = { readonly [Name in keyof typeof INCIDENTS]: (typeof INCIDENTS)[Name][number] };

/**
 * How many of a thousand disputes go one of the ways that are told as pieces, by procedure. The others go the plain ways: a
 * negotiation, a complaint, or one after the other.
 */
export const WAYS = {
  'work-order': 25,
  'first-inquiry': 15,
  'joint-complaint': 10,
  merging: 25,
  'complaint-intake': 30,
  'complaint-mediation': 25,
  'complaint-afterwards': 30,
  'negotiation-claim': 20,
  'advance-payment': 4,
  'no-reason-return': 12,
  mediation: 40,
  'court-route': 8,
  'court-assignment': 6,
  'judicial-confirmation': 6,
  report: 25,
  'enforcement-case': 10,
  'criminal-referral': 1,
  publicity: 15,
  evidence: 8,
} as const;
export type Way = keyof typeof WAYS;
