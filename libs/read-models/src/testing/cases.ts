import { idOf, type RecordedEvent } from '#kernel';
import type { Projection } from '../port.ts';
import type { Told } from './memory-log.ts';

/** Document of the projection that the tests of this library run. */
export interface CaseDoc {
  readonly id: string;
  readonly region: string;
  readonly status: string;
  readonly receivedAt: string | null;
  readonly amountFen: number;
  readonly linked: readonly string[];
  readonly events: number;
}

/** Keys: the case itself, and for `CaseLinked` the other case, too. `CaseErased` removes. A `poison` field throws. */
export const cases: Projection<CaseDoc> = {
  name: 'cases',
  version: 1,
  types: ['CaseOpened', 'CaseChanged', 'CaseLinked', 'CaseErased'],
  keys: (event) => {
    const { other } = event.data as { other?: string };
    return other === undefined ? [idOf(event.stream)] : [idOf(event.stream), other];
  },
  evolve: (doc, event, key) => evolveCase(doc, event, key),
  indexes: {
    byRegion: ['region', 'status', 'receivedAt'],
    byReceipt: ['receivedAt'],
    byAmount: ['region', 'amountFen'],
  },
};

export function evolveCase(doc: CaseDoc | undefined, event: RecordedEvent, key: string): CaseDoc | null {
  const data = event.data as Partial<CaseDoc> & { other?: string; poison?: string };
  if (data.poison !== undefined) throw new Error(data.poison);
  if (event.type === 'CaseErased') return null;
  const before = doc ?? {
    id: key,
    region: '330602',
    status: 'open',
    receivedAt: null,
    amountFen: 0,
    linked: [],
    events: 0,
  };
  const { other, ...changes } = data;
  const linked = other === undefined ? before.linked : [...before.linked, other === key ? idOf(event.stream) : other];
  return { ...before, ...changes, linked, events: before.events + 1 };
}

/** Deterministic history: event n of a seed is always the same. */
export function* history(seed: number, count: number, streams: number): Generator<Told> {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let i = 0; i < count; i++) {
    const stream = `case-${String(next(streams)).padStart(6, '0')}`;
    const kind = next(20);
    if (kind === 0) yield { stream, type: 'CaseErased' };
    else if (kind === 1) yield { stream, type: 'CaseLinked', data: { other: String(next(streams)).padStart(6, '0') } };
    else if (kind === 2) yield { stream, type: 'Unrelated' };
    else yield { stream, type: 'CaseChanged', data: { status: STATUSES[next(4)]!, amountFen: next(100_000) } };
  }
}

const STATUSES = ['open', 'accepted', 'settled', 'closed'] as const;
