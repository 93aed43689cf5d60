import type { Instant, LocalDate } from '#kernel';
import { addMonths, DAY_MS, epochDay, formatInstant, localDateOf, startOfDay } from '#kernel';
import { Agenda } from './agenda.ts';
import type { City, Merchant } from './city.ts';
import { buildCity } from './city.ts';
import { Fates, NO_FATE, type DecidedFate } from './fates.ts';
import { IntendedDispute, IntendedWorkOrder, NO_LEDGER, type Ledger } from './ledger.ts';
import type { Membership } from './membership.ts';
import { isActiveAt, plannedMembership } from './membership.ts';
import { consumerOf } from './person.ts';
import { INCIDENTS, type Incidents, type Way } from './proportions.ts';
import { Deck, Random, Repertoire } from './random.ts';
import { arrivals, officeTime } from './rhythm.ts';
import type { SimulatedCommand, Step, Story } from './step.ts';
import { disputeStory } from './stories/dispute.ts';
import { CITIES, founding, Institutions } from './stories/institutions.ts';
import type { Life } from './stories/life.ts';
import { allPieces, SHARE_OF_PIECES, type CastPiece } from './stories/pieces.ts';
import { registration } from './stories/registration.ts';
import { isLasting } from './tables.ts';
import { consultation, otherMatter, type Ticket } from './stories/ticket.ts';

export interface SimulationOptions {
  /** The same seed and numbers give the same stream, byte for byte. */
  readonly seed: number;
  /** Disputes that arise; tickets about other matters come on top. */
  readonly disputes: number;
  /** First day of disputes; the registry is filled in the weeks before. 2024-09-01 unless said. */
  readonly from?: LocalDate;
  /** How long the city is watched; what would happen later stays open. 24 unless said. */
  readonly months?: number;
}

/** Tickets about other matters, for each dispute. */
const OTHER_TICKETS = 0.2;
/** What becomes of members that were suspended. */
const AFTER_SUSPENSION = ['reactivate', 'reactivate', 'withdraw', 'expel'] as const;
/** Share of disputes that are told as a piece, until every piece has been played once. */
const SHARE_AT_FIRST = 0.45;
/** Scripted merchants have their disputes well before the end, so that all of them are concluded. */
const SCRIPTED_SPAN = 0.78;

/**
 * A simulated city: two years of commands in order of time, as hotlines, officers, merchants and consumers would give them.
 * A generator: it holds the city and what is open, and can go on for millions of events.
 */
export function* simulateCity(
  options: SimulationOptions,
  ledger: Ledger = NO_LEDGER,
): Generator<SimulatedCommand, void, undefined> {
  const city = new CityLife(options, ledger);
  for (let index = 0; ; index++) {
    const command = city.next(index);
    if (command === undefined) return;
    yield command;
  }
}

/** Days watched: the first, and the one after the last. */
export function timeOf({ from = '2024-09-01', months = 24 }: SimulationOptions): { from: LocalDate; to: LocalDate } {
  return { from, to: addMonths(from, months) };
}

/** What sets this run's merchants, ticket numbers and idempotency keys apart from those of a run with other numbers. */
export function markOf(options: SimulationOptions): string {
  const { from, to } = timeOf(options);
  return `${options.seed}-${options.disputes}-${from}-${to}`;
}

class CityLife {
  readonly #options: SimulationOptions;
  readonly #ledger: Ledger;
  readonly #city: City;
  readonly #memberships: readonly (Membership | null)[];
  readonly #fates: Fates;
  readonly #arrivals: Iterator<Instant>;
  readonly #scripted: ReadonlyMap<number, Merchant>;
  readonly #agenda: Agenda;
  readonly #institutions = new Institutions();
  readonly #decks: { readonly [Name in keyof Incidents]: Deck<Incidents[Name]> };
  readonly #repertoire: Repertoire<CastPiece>;
  readonly #mark: string;
  /** Index of the last registry command of each merchant. */
  readonly #registered: number[] = [];
  #nextArrival: Instant | undefined;
  #disputes = 0;
  #stories = 0;
  /** Of tickets and disputes, of which one story may tell several. */
  #numbers = 0;

  constructor(options: SimulationOptions, ledger: Ledger) {
    checkNumbers(options);
    const { from, to } = timeOf(options);
    const [begins, until] = [startOfDay(from), startOfDay(to)];
    this.#options = options;
    this.#ledger = ledger;
    const mark = markOf(options);
    this.#mark = ticketMark(mark);
    this.#city = buildCity({
      seed: options.seed,
      mark,
      merchants: merchantCount(options.disputes),
      scriptedPairs: scriptedPairs(options.disputes),
      from,
    });
    const afterwards = new Deck(new Random(`${options.seed}/memberships`), AFTER_SUSPENSION);
    const plan = { seed: options.seed, from: begins, until, afterwards };
    this.#memberships = this.#city.merchants.map((merchant) => plannedMembership(plan, merchant));
    this.#fates = new Fates(new Random(`${options.seed}/fates`));
    this.#scripted = scriptedArrivals(new Random(`${options.seed}/scripted`), this.#city.scripted, options.disputes);
    const random = new Random(`${options.seed}/arrivals`);
    this.#arrivals = arrivals(random, epochDay(from), epochDay(to), options.disputes);
    this.#agenda = new Agenda(until);
    this.#decks = decksOf(new Random(`${options.seed}/incidents`));
    const pieces = new Random(`${options.seed}/pieces`);
    this.#repertoire = new Repertoire(pieces, allPieces, ({ perThousand }) => perThousand, isPressing);
    for (const merchant of this.#city.merchants) this.#register(merchant, begins);
    for (const place of CITIES) this.#found(place, begins);
    this.#nextArrival = this.#arrivals.next().value as Instant | undefined;
  }

  next(index: number): SimulatedCommand | undefined {
    while (this.#nextArrival !== undefined && this.#nextArrival <= (this.#agenda.nextAt ?? Infinity)) {
      this.#arrive(this.#nextArrival);
      this.#nextArrival = this.#arrivals.next().value as Instant | undefined;
    }
    if (this.#agenda.nextAt === undefined) return undefined;
    const { step, thread } = this.#agenda.take({ ref: index });
    return this.#command(index, step, thread.number, thread.strands === 0);
  }

  #command(index: number, step: Step, story: number, ends: boolean): SimulatedCommand {
    const { at, happenedAt = at, role, person, collection, action, id, body, expect, merchant } = step;
    const after = merchant === undefined ? undefined : this.#registered[merchant.index];
    if (merchant !== undefined && isLasting(collection)) this.#registered[merchant.index] = index;
    return {
      index,
      story,
      ...(ends ? { ends } : {}),
      ...(after === undefined ? {} : { after }),
      at,
      role,
      ...(person === undefined ? {} : { person }),
      ...(role === 'merchant' && merchant !== undefined ? { subject: merchant.uscc } : {}),
      collection,
      action,
      ...(id === undefined ? {} : { id }),
      body: { ...body, occurredAt: formatInstant(happenedAt) },
      ...(expect === undefined ? {} : { expect }),
    };
  }

  #register(merchant: Merchant, begins: Instant): void {
    const random = new Random(`${this.#options.seed}/registration/${merchant.index}`);
    const at = officeTime(random, begins - random.integer(16, 30) * DAY_MS, 0);
    this.#begin(registration(merchant, at, this.#memberships[merchant.index]!));
  }

  #found(place: string, begins: Instant): void {
    const random = new Random(`${this.#options.seed}/institutions/${place}`);
    const { merchants } = this.#city;
    const operator = merchants.find(({ district }) => district.city === place) ?? merchants[0]!;
    this.#begin(founding(place, operator, { random, begins, institutions: this.#institutions }));
  }

  #arrive(at: Instant): void {
    const ordinal = this.#disputes++;
    const random = new Random(`${this.#options.seed}/dispute/${ordinal}`);
    const scripted = this.#scripted.get(ordinal);
    const merchant = scripted ?? this.#city.busy.pick(random);
    const piece = scripted === undefined ? this.#pieceFor(merchant, random, at) : undefined;
    const fate = piece === undefined ? this.#fates.fateFor(merchant, at) : NO_FATE;
    const life = this.#lifeOf(random, merchant, fate);
    this.#begin(piece === undefined ? disputeStory(life, at) : piece.tell(life, at));
    if (random.chance(OTHER_TICKETS)) this.#begin(this.#otherTicket(random, merchant, at));
  }

  /** What a dispute of this place and day may become beside the plain ways. */
  #pieceFor({ district }: Merchant, random: Random, at: Instant): CastPiece | undefined {
    const day = localDateOf(at);
    const fits = ({ from, to, city }: CastPiece) =>
      (from === undefined || day >= from) &&
      (to === undefined || day <= to) &&
      (city === undefined || city === district.city);
    const share = this.#repertoire.hasNew(fits) ? SHARE_AT_FIRST : SHARE_OF_PIECES;
    return random.chance(share) ? this.#repertoire.deal(fits) : undefined;
  }

  #lifeOf(random: Random, merchant: Merchant, fate: DecidedFate): Life {
    const { district, sector } = merchant;
    const channel = random.chance(0.6) ? '12345' : '12315';
    return {
      random,
      ledger: this.#ledger,
      number: this.#numbers++,
      mark: this.#mark,
      merchant,
      consumer: consumerOf(random, district),
      amountFen: Math.max(100, Math.round(sector.yuan * 100 * (0.2 + 1.8 * random.next() ** 2))),
      fate,
      intended: new IntendedDispute(merchant.uscc, district.code, sector.name, channel),
      isOdrMemberAt: ({ index }, moment) => isActiveAt(this.#memberships[index]!, moment),
      institutions: this.#institutions,
      deal: (name) => this.#decks[name].deal(),
      another: (more = {}) => ({ ...this.#lifeOf(random, merchant, NO_FATE), ...more }),
    };
  }

  #otherTicket(random: Random, merchant: Merchant, at: Instant): Story {
    const { district } = merchant;
    const consumer = consumerOf(random, district);
    const isQuestion = random.chance(0.5);
    const ticket: Ticket = {
      channel: '12345',
      externalNo: `ZX${this.#mark}${this.#numbers++}`,
      at: at + random.integer(1, 600) * 1000,
      merchant: isQuestion ? null : merchant,
      district,
      consumer,
      content: `来电人${consumer.name}${isQuestion ? '咨询预付卡退费规定' : `反映“${merchant.name}”涉嫌违规经营`}，请予答复。`,
      ledger: this.#ledger,
      intended: new IntendedWorkOrder(
        isQuestion ? null : merchant.uscc,
        isQuestion ? null : merchant.sector.name,
        '12345',
        district.city,
      ),
      deal: (name) => this.#decks[name].deal(),
    };
    if (isQuestion) return consultation(ticket, random);
    return otherMatter(ticket, random, random.chance(0.8) ? 'report' : 'other');
  }

  #begin(story: Story): void {
    this.#agenda.begin(this.#stories++, story);
  }
}

/** Told in time only if it begins early: the law of its day changes, its place has few disputes, or it takes months. */
function isPressing({ to, city, way }: CastPiece): boolean {
  return (to ?? city) !== undefined || LONG_WAYS.includes(way);
}

const LONG_WAYS: readonly Way[] = ['judicial-confirmation', 'criminal-referral', 'enforcement-case', 'court-route'];

function decksOf(random: Random): { readonly [Name in keyof Incidents]: Deck<Incidents[Name]> } {
  const decks = Object.entries(INCIDENTS).map(([name, cards]) => [name, new Deck<unknown>(random, cards)]);
  return Object.fromEntries(decks) as { readonly [Name in keyof Incidents]: Deck<Incidents[Name]> };
}

/** Several hundred for a city of any size; fewer where there is hardly a dispute. */
function merchantCount(disputes: number): number {
  return Math.min(400, Math.max(30, Math.round(disputes * 0.6)));
}

/** One pair of scripted merchants (exactly 95 %, and just below) for every 500 disputes, up to ten. */
function scriptedPairs(disputes: number): number {
  return disputes < 200 ? 0 : Math.min(10, Math.max(1, Math.floor(disputes / 500)));
}

/** Which of the disputes in order of arrival go to a scripted merchant. */
function scriptedArrivals(random: Random, scripted: readonly Merchant[], disputes: number): Map<number, Merchant> {
  const result = new Map<number, Merchant>();
  for (const merchant of scripted) {
    for (let left = merchant.script!.concluded; left > 0;) {
      const ordinal = random.integer(0, Math.floor(disputes * SCRIPTED_SPAN));
      if (result.has(ordinal)) continue;
      result.set(ordinal, merchant);
      left--;
    }
  }
  return result;
}

/** Eight letters and digits of a text (FNV-1a, twice), for ticket numbers. */
function ticketMark(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  const word = (value: number) => (value >>> 0).toString(36).toUpperCase().padStart(7, '0').slice(-4);
  return `${word(a)}${word(b)}-`;
}

function checkNumbers({ seed, disputes, months = 24 }: SimulationOptions): void {
  for (const [name, value, least] of [
    ['seed', seed, 0],
    ['disputes', disputes, 0],
    ['months', months, 1],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(`${name} must be a whole number from ${least}, not ${value}`);
    }
  }
}
