import type { Disqualification, NonAcceptanceGround, TerminationGround } from '#complaints/events';
import type { Instant } from '#kernel';
import { startOfDay } from '#kernel';
import type { Merchant, Temper } from './city.ts';
import { Deck, type Random } from './random.ts';

/** How the parties' own negotiation (和解) goes. */
export type NegotiationCourse =
  | 'agreed'
  | 'haggled'
  | 'claimed-and-confirmed'
  /** The merchant says so, the consumer never does: nothing is settled (T-31). */
  | 'claimed-only'
  | 'failed'
  /** Nobody answers, and the venue's operator ends it before the ten working days are over. */
  | 'unanswered'
  /** Nobody answers, and once the ten working days are over the consumer turns to the authority. */
  | 'ran-out'
  /** Nobody answers and nobody ends it: it is left open. */
  | 'ignored'
  | 'escalated'
  /** Settled while a complaint about the same quarrel runs. */
  | 'settled-beside-complaint';

/** How the procedure at the authority ends. */
export type ComplaintCourse =
  | { readonly end: 'mediated' | 'self-settled' | 'withdrawn' | 'withdrawn-early' | 'unfinished' }
  | { readonly end: 'declined'; readonly ground: NonAcceptanceGround }
  | { readonly end: 'terminated'; readonly ground: Exclude<TerminationGround, '23(1)(1)' | '23(1)(6)'> }
  | { readonly end: 'disqualified'; readonly basis: Disqualification };

/** What becomes of one dispute. At least one of the two procedures takes place. */
export interface Fate {
  readonly negotiation: NegotiationCourse | null;
  readonly complaint: ComplaintCourse | 'declined' | 'disqualified' | null;
}

const only = (negotiation: NegotiationCourse): Fate => ({ negotiation, complaint: null });
const complaint = (course: Fate['complaint']): Fate => ({ negotiation: null, complaint: course });
const then = (negotiation: NegotiationCourse, course: Fate['complaint']): Fate => ({ negotiation, complaint: course });
const times = (count: number, fate: Fate): Fate[] => Array.from({ length: count }, () => fate);
const terminated = (ground: Exclude<TerminationGround, '23(1)(1)' | '23(1)(6)'>): ComplaintCourse => ({
  end: 'terminated',
  ground,
});

const MEDIATED: ComplaintCourse = { end: 'mediated' };
const SELF_SETTLED: ComplaintCourse = { end: 'self-settled' };

/** Settlements (和解): the numerator of M-01. */
const SETTLED: readonly Fate[] = [
  ...times(7, only('agreed')),
  ...times(4, only('haggled')),
  ...times(2, only('claimed-and-confirmed')),
  ...times(4, complaint(SELF_SETTLED)),
  then('failed', SELF_SETTLED),
  then('settled-beside-complaint', SELF_SETTLED),
];

/** Concluded without a settlement. */
const NOT_SETTLED: readonly Fate[] = [
  ...times(5, complaint(MEDIATED)),
  ...times(3, then('failed', MEDIATED)),
  ...times(3, only('failed')),
  ...times(3, only('unanswered')),
  then('unanswered', MEDIATED),
  only('ran-out'),
  then('ran-out', MEDIATED),
  then('escalated', MEDIATED),
  then('escalated', terminated('23(1)(2)')),
  only('escalated'),
  ...times(2, complaint(terminated('23(1)(2)'))),
  complaint(terminated('23(1)(3)')),
  complaint(terminated('23(1)(4)')),
  ...times(3, complaint(terminated('23(1)(5)'))),
  complaint(terminated('23(1)(8)')),
];

/** Ended in a way that says nothing of the merchant. */
const EXCLUDED: readonly Fate[] = [
  ...times(5, complaint('declined')),
  then('failed', 'declined'),
  ...times(3, complaint('disqualified')),
  ...times(2, complaint({ end: 'withdrawn' })),
  complaint({ end: 'withdrawn-early' }),
  complaint(terminated('23(1)(7)')),
];

/** Not over when the time is. */
const OPEN: readonly Fate[] = [
  ...times(2, only('claimed-only')),
  ...times(2, only('ignored')),
  then('claimed-only', MEDIATED),
  complaint({ end: 'unfinished' }),
];

const SETTLES: Readonly<Record<Temper, number>> = { exemplary: 0.985, fair: 0.84, stubborn: 0.5, quiet: 0 };

/** Order 121 is in force from this day: false material, impersonation (Art. 16) and extortion (Art. 42) are new grounds. */
const ORDER_121 = startOfDay('2026-04-15');

const DECLINED_BEFORE: readonly NonAcceptanceGround[] = ['16(1)', '16(2)', '16(3)', '16(4)', '16(7)'];
const DECLINED_SINCE: readonly NonAcceptanceGround[] = [...DECLINED_BEFORE, '16(5)', '16(6)'];
const DISQUALIFIED_BEFORE: readonly Disqualification[] = ['16(3)', '16(1)', '16(2)', '16(3)', '16(4)', '16(7)'];
const DISQUALIFIED_SINCE: readonly Disqualification[] = ['42', '16(3)', '16(5)', '16(6)', '16(2)', '42'];

/** Deals the fates, so that every one comes up in its turn however small the city is. */
export class Fates {
  readonly #settled: Deck<Fate>;
  readonly #notSettled: Deck<Fate>;
  readonly #excluded: Deck<Fate>;
  readonly #open: Deck<Fate>;
  readonly #scripts = new Map<number, Deck<boolean>>();
  readonly #grounds: Readonly<Record<'before' | 'since', Deck<NonAcceptanceGround>>>;
  readonly #bases: Readonly<Record<'before' | 'since', Deck<Disqualification>>>;

  constructor(private readonly random: Random) {
    this.#settled = new Deck(random, SETTLED);
    this.#notSettled = new Deck(random, NOT_SETTLED);
    this.#excluded = new Deck(random, EXCLUDED);
    this.#open = new Deck(random, OPEN);
    this.#grounds = { before: new Deck(random, DECLINED_BEFORE), since: new Deck(random, DECLINED_SINCE) };
    this.#bases = { before: new Deck(random, DISQUALIFIED_BEFORE), since: new Deck(random, DISQUALIFIED_SINCE) };
  }

  fateFor(merchant: Merchant, at: Instant): DecidedFate {
    return this.decided(this.dealt(merchant), at);
  }

  private dealt({ script, index, temper }: Merchant): Fate {
    if (script !== null) {
      let deck = this.#scripts.get(index);
      if (deck === undefined) {
        const cards = Array.from({ length: script.concluded }, (_, card) => card < script.settled);
        this.#scripts.set(index, (deck = new Deck(this.random, cards)));
      }
      return deck.deal() ? this.#settled.deal() : this.#notSettled.deal();
    }
    const chance = this.random.next();
    if (chance < 0.12) return this.#excluded.deal();
    if (chance < 0.16) return this.#open.deal();
    return this.random.chance(SETTLES[temper]) ? this.#settled.deal() : this.#notSettled.deal();
  }

  private decided({ negotiation, complaint }: Fate, at: Instant): DecidedFate {
    const law = at < ORDER_121 ? 'before' : 'since';
    if (complaint === 'declined') {
      return { negotiation, complaint: { end: 'declined', ground: this.#grounds[law].deal() } };
    }
    if (complaint === 'disqualified') {
      return { negotiation, complaint: { end: 'disqualified', basis: this.#bases[law].deal() } };
    }
    return { negotiation, complaint };
  }
}

/** A fate with every ground named. */
export interface DecidedFate {
  readonly negotiation: NegotiationCourse | null;
  readonly complaint: ComplaintCourse | null;
}

/** Of a dispute that goes a way of its own. */
export const NO_FATE: DecidedFate = { negotiation: null, complaint: null };
