import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { DISQUALIFICATIONS, NON_ACCEPTANCE_GROUNDS, TERMINATION_GROUNDS } from '#complaints/events';
import { epochDay, epochDayOf, localDateOf, normaliseUscc } from '#kernel';
import { validatorOf } from '#service';
import { expectedOutcomes } from './expected-outcomes.ts';
import { Random } from './random.ts';
import { arrivals } from './rhythm.ts';
import { simulateCity, type SimulationOptions } from './simulate.ts';
import { simulatedEvents } from './simulated-events.ts';
import { referencesIn, resolved, type SimulatedCommand } from './step.ts';
import { commandPlaces, isLasting, simulatedTables } from './tables.ts';

const digestOf = (options: SimulationOptions): string => {
  const hash = createHash('sha256');
  for (const command of simulateCity(options)) hash.update(JSON.stringify(command));
  return hash.digest('hex');
};

const small = [...simulateCity({ seed: 3, disputes: 500 })];

describe('the stream of a seed', () => {
  it('is the same byte for byte, and another seed’s is not', () => {
    const first = digestOf({ seed: 3, disputes: 200 });
    expect(digestOf({ seed: 3, disputes: 200 })).toBe(first);
    expect(digestOf({ seed: 4, disputes: 200 })).not.toBe(first);
  });

  it('numbers its commands and keeps the order of time, all of it within the time asked for', () => {
    small.forEach((command, index) => {
      expect(command.index).toBe(index);
      expect(command.at).toBeGreaterThanOrEqual(small[index - 1]?.at ?? 0);
      // What is entered late happened before; everything else is told as it happens.
      expect(Date.parse(command.body['occurredAt'] as string)).toBeLessThanOrEqual(command.at);
    });
    const times = [...simulateCity({ seed: 1, disputes: 60, from: '2025-02-01', months: 6 })];
    const disputes = times.filter(({ collection }) => collection === 'disputes').map(({ at }) => localDateOf(at));
    const late = small.filter(({ at, body }) => Date.parse(body['occurredAt'] as string) < at);
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(small.length / 100);
    expect(disputes[0]! >= '2025-02-01' && disputes.at(-1)! < '2025-08-01').toBe(true);
    expect(localDateOf(times.at(-1)!.at) < '2025-08-01').toBe(true);
  });

  it('speaks only of what was created before, in the same story or for all of them, and of nothing after the story’s end', () => {
    const creators = new Map<number, number | 'all'>();
    const ended = new Set<number>();
    for (const { index, story, id, body, ends, after, collection } of small) {
      expect(ended.has(story)).toBe(false);
      for (const { ref } of referencesIn(id === undefined ? { body } : { id, body })) {
        expect(['all', story]).toContain(creators.get(ref));
      }
      if (after !== undefined) expect(after).toBeLessThan(index);
      if (id === undefined) creators.set(index, isLasting(collection) ? 'all' : story);
      if (ends === true) ended.add(story);
    }
    expect(ended.size).toBe(new Set(small.map(({ story }) => story)).size);
  });

  it('refuses numbers that are none', () => {
    for (const options of [
      { seed: -1, disputes: 1 },
      { seed: 1.5, disputes: 1 },
      { seed: 1, disputes: Number.NaN },
      { seed: 1, disputes: 1, months: 0 },
    ]) {
      expect(() => [...simulateCity(options)]).toThrow(RangeError);
    }
    expect([...simulateCity({ seed: 1, disputes: 0 })].every(({ collection }) => collection !== 'disputes')).toBe(true);
  });
});

describe('the city', () => {
  const commandsOf = (collection: string, action: string): SimulatedCommand[] =>
    small.filter((command) => command.collection === collection && command.action === action);

  it('has several hundred subjects with valid codes in the districts of three cities', () => {
    const subjects = commandsOf('subjects', 'register').map(({ body }) => body);
    expect(subjects.length).toBeGreaterThanOrEqual(300);
    const codes = subjects.map(({ uscc }) => uscc as string);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => normaliseUscc(code) === code)).toBe(true);
    const regions = new Set(subjects.map(({ region }) => region as string));
    for (const region of ['370303', '370321', '330602', '140105']) expect(regions).toContain(region);
    expect(subjects.some(({ operatingSince }) => operatingSince === undefined)).toBe(true);
  });

  it('has quiet nights, quiet weekends, a shopping festival, consumers’ day and a Spring Festival', () => {
    const days = new Map<string, number>();
    const hours = new Array<number>(24).fill(0);
    const [from, to] = [epochDay('2024-09-01'), epochDay('2026-09-01')];
    const moments = [...arrivals(new Random('rhythm'), from, to, 20_000)];
    expect(moments.length).toBe(20_000);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    for (const at of moments) {
      const day = localDateOf(at);
      days.set(day, (days.get(day) ?? 0) + 1);
      hours[(new Date(at).getUTCHours() + 8) % 24]!++;
    }
    const mean = (list: string[]) => list.reduce((sum, day) => sum + (days.get(day) ?? 0), 0) / list.length;
    const plain = mean(['2025-10-14', '2025-10-15', '2025-10-16', '2025-10-21']);
    expect(mean(['2025-11-11', '2025-11-12', '2025-11-13'])).toBeGreaterThan(1.5 * plain);
    expect(mean(['2025-03-14', '2026-03-15', '2026-03-16'])).toBeGreaterThan(1.5 * plain);
    expect(mean(['2026-02-17', '2026-02-18', '2026-02-19'])).toBeLessThan(0.6 * plain);
    expect(mean(['2025-10-18', '2025-10-19', '2025-10-25'])).toBeLessThan(plain);
    expect(hours[3]!).toBeLessThan(hours[9]! / 5);
    expect(hours[3]!).toBeGreaterThan(0);
  });

  it('pushes tickets twice, sends some back and on again, and has letters that are complaint and report', () => {
    const pushes = commandsOf('work-orders', 'register');
    const repeated = pushes.filter(({ expect: meant }) => meant === 'unchanged');
    expect(repeated.length).toBeGreaterThan(10);
    for (const { body } of repeated) {
      const { occurredAt: _, ...payload } = body;
      const first = pushes.find(({ body: { externalNo } }) => externalNo === body['externalNo'])!;
      expect(first.body).toMatchObject(payload);
    }
    expect(pushes.some(({ expect: meant }) => meant === 'refused')).toBe(true);
    expect(commandsOf('work-orders', 'return').length).toBeGreaterThan(5);
    const returned = new Set(commandsOf('work-orders', 'return').map(({ id }) => id));
    const sent = commandsOf('work-orders', 'dispatch').filter(({ id }) => returned.has(id));
    expect(sent.length).toBeGreaterThan(returned.size);
    const kinds = new Set(commandsOf('work-orders', 'classify').map(({ body }) => body['classification']));
    expect(kinds).toEqual(new Set(['complaint', 'mixed', 'report', 'consultation', 'other']));
  });

  it('suspends members, lets some back in, and turns members under suspension away', () => {
    const actions = new Set(small.filter((c) => c.collection === 'odr-memberships').map(({ action }) => action));
    for (const action of ['apply', 'approve', 'activate', 'suspend', 'reactivate']) expect(actions).toContain(action);
    const opened = commandsOf('negotiations', 'open');
    expect(opened.some(({ expect: meant, body }) => meant === 'refused' && body['venue'] === 'odr')).toBe(true);
    expect(new Set(opened.map(({ body }) => body['venue'])).size).toBe(4);
  });
});

describe('negotiations and complaints', () => {
  const steps = (collection: string): SimulatedCommand[][] => [
    ...Map.groupBy(
      small.filter((command) => command.collection === collection && command.id !== undefined),
      ({ id }) => (id as { ref: number }).ref,
    ).values(),
  ];
  const has = (life: SimulatedCommand[], action: string) => life.some((command) => command.action === action);

  it('are claimed and never confirmed, unanswered, escalated with and without a failure before', () => {
    const tables = steps('negotiations');
    expect(tables.some((life) => has(life, 'claim') && !has(life, 'confirm') && !has(life, 'escalate'))).toBe(true);
    expect(tables.some((life) => life[0]!.action === 'fail' && life[0]!.body['onBehalfOf'] === 'operator')).toBe(true);
    expect(tables.some((life) => has(life, 'escalate') && has(life, 'fail'))).toBe(true);
    expect(tables.some((life) => has(life, 'escalate') && !has(life, 'fail'))).toBe(true);
    expect(
      tables.some((life) => life.some(({ expect: meant, action }) => meant === 'refused' && action === 'agree')),
    ).toBe(true);
  });

  it('are not answered at all by some: left open, or carried to the authority once their time is over', () => {
    const opened = small.filter(({ collection, action }) => collection === 'negotiations' && action === 'open');
    const lives = new Map(steps('negotiations').map((life) => [(life[0]!.id as { ref: number }).ref, life]));
    const taken = opened.filter(({ expect: meant }) => meant !== 'refused');
    expect(taken.some(({ index }) => !lives.has(index))).toBe(true);
    const daysOf = ({ index, at }: SimulatedCommand) =>
      lives.get(index)?.map(({ action, body }) => ({
        action,
        days: epochDayOf(Date.parse(body['occurredAt'] as string)) - epochDayOf(at),
      })) ?? [];
    const all = taken.map(daysOf);
    expect(all.some((life) => life.length === 1 && life[0]!.action === 'escalate' && life[0]!.days > 14)).toBe(true);
    // Ten working days are never more than this, with the longest holidays in between.
    const bargaining = ['acknowledge', 'propose', 'counter', 'agree', 'claim', 'confirm', 'fail'];
    const others = all.flat().filter(({ action }) => bargaining.includes(action));
    expect(Math.max(...others.map(({ days }) => days))).toBeLessThanOrEqual(22);
  });

  it('are handled in time, and some late', () => {
    const ofComplaints = small.filter(({ collection }) => collection === 'complaints');
    const received = new Map(
      ofComplaints.filter(({ action }) => action === 'receive').map(({ index, at }) => [index, at]),
    );
    const days = ofComplaints
      .filter(({ action }) => action === 'accept' || action === 'decline')
      .map(({ id, at }) => epochDayOf(at) - epochDayOf(received.get((id as { ref: number }).ref)!));
    expect(days.filter((count) => count <= 11).length).toBeGreaterThan(days.length * 0.8);
    expect(days.some((count) => count > 11)).toBe(true);
  });
});

it('gives only commands that pass validation, the ones to be refused included', () => {
  const placeOf = commandPlaces(simulatedTables);
  for (const { collection, action, body, role } of small) {
    const { row } = placeOf({ collection, action, role });
    // What a process answers with is never validated, and nobody else may say it.
    if (role === 'process') continue;
    const id = '01JZZZZZZZZZZZZZZZZZZZZZZZ';
    const told = resolved(body, ({ as }) => as?.(id) ?? id);
    expect({ collection, action, ...validatorOf<object>(row.command)(told) }).not.toHaveProperty('errors');
    expect(row.roles).toContain(role);
  }
});

describe('what becomes of the disputes', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is everything that can, already for 1000 of them (seed %i)', (seed) => {
    const outcomes = expectedOutcomes({ seed, disputes: 1000 });
    // Whether time runs out on a dispute between two procedures is chance.
    const known = Object.keys(outcomes.byOutcome()).filter((outcome) => outcome !== 'PENDING_AGAIN');
    expect(new Set(known)).toEqual(
      new Set([
        'PENDING',
        'NEGOTIATION_SETTLED',
        'NEGOTIATION_FAILED',
        'NEGOTIATION_EXPIRED',
        'NEGOTIATION_ESCALATED',
        'MEDIATED',
        'SELF_SETTLED',
        'BODY_MEDIATED',
        'BODY_MEDIATION_FAILED',
        'SETTLED_BESIDE',
        'COURT_MEDIATED',
        'COURT_MEDIATION_FAILED',
        'COURT_JUDGED',
        'COURT_SETTLED',
        'COURT_ENDED',
        'MERGED',
        'TERMINATED',
        'DISQUALIFIED_MALICIOUS',
        'DISQUALIFIED',
        'PARTY_CEASED',
        'NOT_ACCEPTED',
        'WITHDRAWN',
      ]),
    );
    expect(new Set(outcomes.disputes.map(({ negotiation }) => negotiation))).toEqual(
      new Set(['NONE', 'PENDING', 'SETTLED', 'SETTLED_AFTER_AUTHORITY', 'FAILED', 'EXPIRED', 'ESCALATED', 'MERGED']),
    );
    // Verdicts of every kind: on the edge of 95 %, just below it, far below it, above it, and nobody can tell.
    const rates = [...outcomes.grouped('M-01', 'subject').values()];
    expect(rates.some(({ numerator, denominator }) => numerator === 19 && denominator === 20)).toBe(true);
    expect(rates.some(({ numerator, denominator }) => numerator === 56 && denominator === 59)).toBe(true);
    expect(rates.some(({ numerator, denominator }) => denominator > 2 && numerator * 100 < denominator * 80)).toBe(
      true,
    );
    expect(rates.some(({ numerator, denominator }) => denominator > 2 && numerator === denominator)).toBe(true);
    expect(rates.length).toBeLessThan(300);
  });

  it('comes by every ground there is, new grounds only once they are law', () => {
    const grounds = new Set<string>();
    const declined = new Set<string>();
    const disqualified = new Set<string>();
    for (const { collection, action, body, at } of simulateCity({ seed: 11, disputes: 4000 })) {
      if (collection !== 'complaints') continue;
      if (action === 'decline') declined.add(body['ground'] as string);
      if (action !== 'conclude' || body['result'] !== 'terminated') continue;
      grounds.add(body['ground'] as string);
      if (body['disqualification'] === undefined) continue;
      disqualified.add(body['disqualification'] as string);
      if (body['disqualification'] === '42') expect(localDateOf(at) >= '2026-04-15').toBe(true);
    }
    expect(grounds).toEqual(new Set(TERMINATION_GROUNDS));
    expect(declined).toEqual(new Set(NON_ACCEPTANCE_GROUNDS));
    expect(disqualified).toEqual(new Set(DISQUALIFICATIONS));
  });
});

describe('straight to events', () => {
  it('the rules take every command but those meant to be refused, and every event has its place', () => {
    const versions = new Map<string, number>();
    for (const { stream, expected, events } of simulatedEvents({ seed: 5, disputes: 1500 })) {
      expect(versions.get(stream) ?? 0).toBe(expected);
      versions.set(stream, (expected as number) + events.length);
    }
    expect(versions.size).toBeGreaterThan(4000);
  });

  it('come in the number asked for', () => {
    for (const [seed, events] of [
      [1, 1],
      [2, 500],
      [3, 7000],
      [4, 30_000],
    ] as const) {
      let [count, last] = [0, 0];
      for (const append of simulatedEvents({ seed, events })) count += last = append.events.length;
      expect(count).toBeGreaterThanOrEqual(events);
      expect(count - last).toBeLessThan(events);
    }
    expect([...simulatedEvents({ seed: 1, events: 0 })]).toEqual([]);
  });
});
