import { formatInstant, idOf, unreachable } from '#kernel';
import type { Projection } from '#read-models';
import { storeSchemas, type RecordedStoreEvent, type StoreClosureReason, type StoreEvents } from '../store-events.ts';

/** A store (实体店, 网店) as it stands. */
export interface StoreDocument extends Readonly<StoreEvents['StoreRegistered']> {
  readonly status: 'open' | 'closed';
  readonly registeredAt: string;
  readonly closedAt: string | null;
  readonly closureReason: StoreClosureReason | null;
}

export const stores: Projection<StoreDocument> = {
  name: 'stores',
  version: 1,
  types: Object.keys(storeSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event as RecordedStoreEvent),
  indexes: {
    name: ['name'],
    region: ['region', 'name'],
    operator: ['operatorUscc', 'name'],
    status: ['status', 'name'],
    kind: ['kind', 'name'],
  },
};

function evolve(doc: StoreDocument | undefined, event: RecordedStoreEvent): StoreDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'StoreRegistered') {
    return { ...event.data, status: 'open', registeredAt: at, closedAt: null, closureReason: null };
  }
  if (doc === undefined) throw new Error(`${event.type} before StoreRegistered in ${event.stream}`);
  switch (event.type) {
    case 'StoreRenamed':
      return { ...doc, name: event.data.name };
    case 'StoreClosed':
      return { ...doc, status: 'closed', closedAt: at, closureReason: event.data.reason };
    default:
      return unreachable(event);
  }
}
