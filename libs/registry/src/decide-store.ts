import { normaliseUscc, outOfTime, refuse, type Decision, type DecisionContext } from '#kernel';
import type { CloseStore, RegisterStore, RenameStore } from './commands-store.ts';
import { notOwnSubject } from './own-subject.ts';
import type { StoreEvent } from './store-events.ts';
import type { Store } from './store.ts';
import type { Subject } from './subject.ts';

export interface StoreReads {
  readonly operator: Subject | undefined;
}

export function registerStore(
  command: RegisterStore,
  state: Store,
  context: DecisionContext<StoreReads>,
): Decision<StoreEvent> {
  if (state.status !== 'empty') return refuse('conflict', 'STORE_EXISTS', 'This store is registered already.');
  const { operator } = context.reads;
  const { kind, name, region, sector = null, platformUscc, shopId = null } = command;
  const operatorUscc = normaliseUscc(command.operatorUscc)!;
  if (operator === undefined || operator.status === 'empty') {
    return refuse('invalid', 'UNKNOWN_SUBJECT', 'No subject is registered with this code.', 'operatorUscc');
  }
  if (kind === 'physical' && (platformUscc !== undefined || shopId !== null)) {
    return refuse('invalid', 'NO_ONLINE_SHOP', 'A physical store is on no platform.', 'platformUscc');
  }
  if ((platformUscc === undefined) !== (shopId === null)) {
    return refuse('invalid', 'PLATFORM_AND_SHOP', 'A shop’s id belongs to its platform: both or none.', 'shopId');
  }
  const platform = platformUscc === undefined ? null : normaliseUscc(platformUscc)!;
  return (
    notOwnSubject(operatorUscc, context) ?? [
      { type: 'StoreRegistered', data: { operatorUscc, kind, name, region, sector, platformUscc: platform, shopId } },
    ]
  );
}

export function renameStore({ name }: RenameStore, state: Store, context: DecisionContext): Decision<StoreEvent> {
  return whileOpen(state, context, (store) =>
    name === store.name ? [] : [{ type: 'StoreRenamed', data: { name, previousName: store.name } }],
  );
}

export function closeStore({ reason }: CloseStore, state: Store, context: DecisionContext): Decision<StoreEvent> {
  return whileOpen(state, context, () => [{ type: 'StoreClosed', data: { reason } }]);
}

function whileOpen(
  state: Store,
  context: DecisionContext,
  step: (store: Exclude<Store, { readonly status: 'empty' }>) => Decision<StoreEvent>,
): Decision<StoreEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no such store.');
  if (state.status === 'closed') return refuse('conflict', 'STORE_IS_CLOSED', 'The store is closed.');
  return outOfTime(state, context) ?? notOwnSubject(state.operatorUscc, context) ?? step(state);
}
