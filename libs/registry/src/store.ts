import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { RecordedStoreEvent } from './store-events.ts';

/** A store of a subject: 实体店 or 网店 (T-23). */
export type Store =
  | { readonly status: 'empty' }
  | {
      readonly status: 'open' | 'closed';
      readonly operatorUscc: string;
      readonly region: string;
      readonly name: string;
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
    };

export const initial: Store = { status: 'empty' };

export function evolve(state: Store, recorded: RecordedEvent): Store {
  const event = recorded as RecordedStoreEvent;
  const previousAt = event.occurredAt;
  if (event.type === 'StoreRegistered') {
    const { operatorUscc, region, name } = event.data;
    return { status: 'open', operatorUscc, region, name, previousAt };
  }
  if (state.status === 'empty') throw new Error(`${event.type} before StoreRegistered in ${event.stream}`);
  switch (event.type) {
    case 'StoreRenamed':
      return { ...state, name: event.data.name, previousAt };
    case 'StoreClosed':
      return { ...state, status: 'closed', previousAt };
    default:
      return unreachable(event);
  }
}
