import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionContext, Instant } from '#kernel';
import {
  documentsGiven,
  givenContext,
  isRefusal,
  localDateOf,
  recorded,
  startOfDay,
  usccOf,
  type GivenEvent,
} from '#kernel';
import { readClock, shippedLaw } from '#law';
import {
  acknowledge,
  agree,
  claim,
  confirm,
  counter,
  escalate,
  expire,
  fail,
  propose,
  verifyLateEntry,
} from './decide.ts';
import type { NegotiationEvent, Party, RecordedNegotiationEvent } from './events.ts';
import type { NegotiationState } from './negotiation.ts';
import { beforeExpiry, evolve, initial } from './negotiation.ts';
import { negotiationsView } from './views/negotiations.ts';

const law = shippedLaw();
const HOUR = 3_600_000;
const OPENED_ON = '2026-03-02';
const LAST_DAY = '2026-03-16';
const RAN_OUT = startOfDay('2026-03-17');

const opened: GivenEvent<RecordedNegotiationEvent> = {
  type: 'NegotiationOpened',
  occurredAt: startOfDay(OPENED_ON) + 9 * HOUR,
  data: {
    disputeId: '01JN0000000000000000000000',
    venue: 'odr',
    respondentUscc: usccOf('91330600', '12345678'),
    respondentRegion: '330602',
    sector: null,
    openedBy: 'consumer',
    clocks: [readClock({ clock: 'negotiation', rule: 'L-18', from: OPENED_ON }, law)],
  },
};

/** What somebody asks for: at a time after the step before, and entered some time after that. */
interface Asked {
  readonly action: string;
  readonly role: string;
  readonly onBehalfOf: Party | undefined;
  readonly offer: number;
  /** After the last step that was taken; sometimes before it. */
  readonly hours: number;
  readonly expiry: number | undefined;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  action: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('acknowledge', 'propose', 'counter', 'agree') },
    { weight: 2, arbitrary: fc.constantFrom('claim', 'confirm') },
    { weight: 1, arbitrary: fc.constantFrom('fail', 'escalate') },
  ),
  role: fc.constantFrom('public', 'merchant', 'officer', 'administrator', 'auditor', 'hotline', 'process'),
  onBehalfOf: fc.option(fc.constantFrom<Party>('consumer', 'merchant'), { nil: undefined, freq: 4 }),
  offer: fc.integer({ min: 1, max: 5 }),
  // Mostly hours, so that much happens in time; sometimes days, so that time runs out at any stage.
  hours: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: -1, max: 12 }) },
    { weight: 2, arbitrary: fc.integer({ min: 100, max: 400 }) },
  ),
  expiry: fc.option(fc.integer({ min: -2, max: 40 }), { nil: undefined }),
});

/** Between two of them the process may come by, to note that time ran out, and an officer, to verify what was entered late. */
const passing = fc.constantFrom('nobody', 'nobody', 'nobody', 'process', 'officer');
const sequences = fc.array(fc.tuple(asked, passing), { minLength: 1, maxLength: 40, size: 'max' });

function decided(one: Asked, state: NegotiationState, at: Instant) {
  const { action, role, onBehalfOf, offer: number, expiry } = one;
  const expiresAt = expiry === undefined ? {} : { expiresAt: new Date(at + expiry * HOUR).toISOString() };
  const said = onBehalfOf === undefined ? {} : { onBehalfOf };
  const context = contextAt(at, role);
  switch (action) {
    case 'acknowledge':
      return acknowledge({}, state, context, law);
    case 'propose':
      return propose({ amountFen: number, ...expiresAt, ...said }, state, context, law);
    case 'counter':
      return counter({ amountFen: number, ...expiresAt, ...said }, state, context, law);
    case 'agree':
      return agree({ offer: number, ...said }, state, context, law);
    case 'claim':
      return claim({}, state, context, law);
    case 'confirm':
      return confirm(number > 3 ? {} : { offer: number }, state, context, law);
    case 'fail':
      return fail({ reason: 'other', ...said }, state, context, law);
    default:
      return escalate({}, state, context, law);
  }
}

function contextAt(occurredAt: Instant, role: string): DecisionContext {
  return givenContext({}, { occurredAt, now: occurredAt, actor: { id: `key-${role}`, role } });
}

/** A negotiation in the making: its events, and what follows from them. */
class Told {
  readonly events: GivenEvent<RecordedNegotiationEvent>[] = [];
  readonly seen = new Set<string>();
  state: NegotiationState = initial;
  /** When the last step happened that was taken. */
  stepAt: Instant = 0;

  constructor() {
    this.#add(opened);
    this.stepAt = opened.occurredAt as Instant;
  }

  /** Everything is entered long after the end, in whatever order: what counts is when it happened. */
  ask(one: Asked, at: Instant, check: (next: NegotiationEvent, at: Instant) => void = () => undefined): boolean {
    const decision = decided(one, this.state, at);
    if (isRefusal(decision)) {
      this.seen.add(decision.code);
      return false;
    }
    for (const next of decision) {
      check(next, next.occurredAt ?? at);
      this.#take(next, at, one.role);
      if (next.type !== 'NegotiationExpired') this.stepAt = at;
    }
    return decision.length > 0;
  }

  expire(at: Instant, check: (next: NegotiationEvent, at: Instant) => void = () => undefined): void {
    const decision = expire({}, this.state, contextAt(at, 'process'), law);
    if (isRefusal(decision)) throw new Error(decision.code);
    for (const next of decision) {
      check(next, next.occurredAt ?? at);
      this.#take(next, at, 'process');
    }
  }

  verify(): void {
    const command = { clock: 'negotiation', reason: 'other' as const, evidence: ['e'] };
    const decision = verifyLateEntry(command, this.state, contextAt(this.stepAt, 'officer'), law);
    if (isRefusal(decision)) return void this.seen.add(decision.code);
    for (const next of decision) this.#take(next, this.stepAt, 'officer');
  }

  #take({ type, data, occurredAt }: NegotiationEvent, at: Instant, role: string): void {
    this.seen.add(type);
    const actor = { id: `key-${role}`, role };
    this.#add({ type, data, occurredAt: occurredAt ?? at, recordedAt: ENTERED, actor } as (typeof this.events)[number]);
  }

  #add(event: GivenEvent<RecordedNegotiationEvent>): void {
    this.events.push({ ...event, stream: 'negotiation-N1' });
    this.state = evolve(this.state, recorded<RecordedNegotiationEvent>(this.events).at(-1)!);
  }
}

const ENTERED = startOfDay('2027-06-01');

/** Everything that was accepted, checked against what must hold whatever came before. */
function played(steps: readonly (readonly [Asked, string])[]): Told {
  const told = new Told();
  for (const [one, who] of steps) {
    const at = told.stepAt + one.hours * HOUR;
    const stepAt = told.stepAt;
    const check = (next: NegotiationEvent, when: Instant) => holds(told.events, next, when, { stepAt, role: one.role });
    told.ask(one, at, check);
    if (who === 'process') told.expire(Math.max(at, RAN_OUT - 1), check);
    if (who === 'officer') told.verify();
    const isSettled = told.events.some(({ type }) => type === 'SettlementConfirmed');
    expect(told.state.status === 'settled').toBe(isSettled);
  }
  return told;
}

type History = Told['events'];

function holds(
  history: History,
  next: NegotiationEvent,
  at: Instant,
  { stepAt, role }: { readonly stepAt: Instant; readonly role: string },
): void {
  const types = history.map(({ type }) => type);
  expect(types).not.toContain('SettlementConfirmed');
  expect(types).not.toContain('NegotiationEscalated');
  if (types.includes('NegotiationFailed')) expect(next.type).toBe('NegotiationEscalated');
  endsOnce(types, next, at);
  if (next.type === 'NegotiationExpired') return;
  expect(at).toBeGreaterThanOrEqual(stepAt);
  const offers = history.filter((past) => past.type === 'SettlementProposed' || past.type === 'SettlementCountered');
  const newest = offers.at(-1)?.data;
  switch (next.type) {
    case 'SettlementProposed':
    case 'SettlementCountered':
      expect(next.data.offer).toBe(offers.length + 1);
      expect(types).not.toContain('SettlementAgreed');
      if (next.type === 'SettlementCountered') expect(newest?.by).not.toBe(next.data.by);
      break;
    case 'SettlementAgreed':
      expect(types).not.toContain('SettlementAgreed');
      expect(next.data.offer).toBe(newest?.offer);
      expect(next.data.acceptedBy).not.toBe(newest?.by);
      if (newest?.expiresAt != null) expect(at).toBeLessThanOrEqual(Date.parse(newest.expiresAt));
      break;
    case 'SettlementConfirmed': {
      expect(role).not.toBe('merchant');
      const agreement = history.find((past) => past.type === 'SettlementAgreed');
      if (agreement === undefined) expect(types).toContain('SettlementClaimed');
      else expect(next.data.offer).toBe(agreement.data.offer);
      break;
    }
    default:
      expect(['process', 'auditor']).not.toContain(role);
  }
}

/** One result, or none by the last day: time runs out once, at its end, and no step but the way on occurs after it. */
function endsOnce(types: readonly string[], next: NegotiationEvent, at: Instant): void {
  switch (next.type) {
    case 'NegotiationExpired':
      expect(types).not.toContain('NegotiationExpired');
      expect(at).toBe(RAN_OUT);
      break;
    case 'NegotiationEscalated':
      if (next.data.from === 'open') expect(localDateOf(at) <= LAST_DAY).toBe(true);
      if (next.data.from === 'expired') expect(types).toContain('NegotiationExpired');
      if (next.data.from === 'expired') expect(at).toBeGreaterThanOrEqual(RAN_OUT);
      expect(types.includes('NegotiationFailed')).toBe(next.data.from === 'failed');
      break;
    default:
      expect(localDateOf(at) <= LAST_DAY).toBe(true);
  }
}

describe('any sequence of commands', () => {
  it('settles only what the consumer confirmed, accepts no own offer, and ends once', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(sequences, (steps) => {
        for (const name of played(steps).seen) seen.add(name);
      }),
      { numRuns: 600, seed: 20_260_304 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    for (const name of [
      ...['NegotiationAcknowledged', 'SettlementProposed', 'SettlementCountered', 'SettlementAgreed'],
      ...['SettlementClaimed', 'SettlementConfirmed', 'NegotiationFailed', 'NegotiationEscalated'],
      ...['NegotiationExpired', 'NegotiationLateEntryVerified'],
      ...['PROPOSER_CANNOT_ACCEPT', 'OFFER_SUPERSEDED', 'OFFER_EXPIRED', 'ONLY_CONSUMER_CONFIRMS', 'ALREADY_AGREED'],
      ...['ALREADY_SETTLED', 'ALREADY_FAILED', 'ALREADY_ESCALATED', 'OCCURRED_BEFORE_PREVIOUS_STEP'],
      ...['NEGOTIATION_EXPIRED', 'NOT_BACKDATED'],
    ]) {
      expect(seen).toContain(name);
    }
  });

  it('comes to the same whenever the process noticed that time ran out', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(sequences, fc.infiniteStream(fc.boolean()), (steps, passes) => {
        const [never, sometimes] = [new Told(), new Told()];
        for (const [one] of steps) {
          const at = never.stepAt + one.hours * HOUR;
          if (passes.next().value === true) sometimes.expire(RAN_OUT);
          expect(sometimes.ask(one, at)).toBe(never.ask(one, at));
          expect(sometimes.stepAt).toBe(never.stepAt);
        }
        for (const told of [never, sometimes]) told.expire(RAN_OUT);
        expect(whatCameOf(sometimes)).toEqual(whatCameOf(never));
        ends.add(`${never.state.status} after ${resultsOf(never).join()}`);
        expect(resultsOf(never).length).toBe(1);
        expect(sometimes.events.filter(({ type }) => type === 'NegotiationExpired').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 600, seed: 20_260_316 },
    );
    for (const end of [
      ...['settled after SettlementConfirmed', 'failed after NegotiationFailed', 'expired after NegotiationExpired'],
      ...['escalated after NegotiationFailed', 'escalated after NegotiationExpired'],
      'escalated after NegotiationEscalated',
    ]) {
      expect(ends).toContain(end);
    }
  });
});

/** What anybody may see of it in the end, and what may be done next. */
function whatCameOf({ state, events }: Told): object {
  const going = state.status === 'expired' ? beforeExpiry(state) : state;
  return {
    status: state.status,
    going,
    result: resultsOf({ events }),
    doc: documentsGiven(negotiationsView, events).get('N1'),
  };
}

/** What it came to: a result, or else that its time ran out. */
function resultsOf({ events }: Pick<Told, 'events'>): string[] {
  const results = events.filter(
    ({ type, data }) =>
      /^(SettlementConfirmed|NegotiationFailed|NegotiationEscalated)$/.test(type) &&
      !/^(failed|expired)$/.test((data as { from?: string }).from ?? ''),
  );
  const ranOut = events.filter(({ type }) => type === 'NegotiationExpired');
  return (results.length > 0 ? results : ranOut).map(({ type }) => type);
}
