import { normaliseUscc } from '#kernel';
import { commandRow, viewRow, type ContextTable } from '#service';
import { CloseStore, MakeCommitment, RegisterStore, RenameStore, WithdrawCommitment } from './commands-store.ts';
import * as commitment from './commitment.ts';
import { makeCommitment, withdrawCommitment, type CommitmentReads } from './decide-commitment.ts';
import { closeStore, registerStore, renameStore, type StoreReads } from './decide-store.ts';
import { commitmentId, commitmentSchemas, storeSchemas } from './store-events.ts';
import * as store from './store.ts';
import * as subject from './subject.ts';
import { commitments, type CommitmentDocument } from './views/commitments.ts';
import { stores, type StoreDocument } from './views/stores.ts';

type Store = store.Store;
type Commitment = commitment.Commitment;

const KEEPERS = ['programme-office', 'officer', 'merchant'] as const;
const READERS = ['hotline', 'officer', 'mediator', 'merchant', 'enforcement', 'programme-office', 'auditor'] as const;

/** Stores (实体店, 网店), whole: `POST /v1/stores…`, `GET /v1/stores…`. */
export const storesTable: ContextTable<Store> = {
  collection: 'stores',
  category: 'store',
  title: 'store',
  schemas: storeSchemas,
  initial: store.initial,
  evolve: store.evolve,
  scopeOf: (state) =>
    state.status === 'empty' ? { region: null, subject: null } : { region: state.region, subject: state.operatorUscc },
  commands: [
    commandRow<RegisterStore, Store, StoreReads>({
      action: 'register',
      command: RegisterStore,
      decide: registerStore,
      roles: KEEPERS,
      summary: 'Register a store of a subject',
      creates: true,
      scope: ({ region, operatorUscc }) => ({ region, subject: normaliseUscc(operatorUscc) ?? null }),
      reads: {
        operator: {
          stream: ({ operatorUscc }) => `subject-${normaliseUscc(operatorUscc)}`,
          initial: subject.initial,
          evolve: subject.evolve,
        },
      },
    }),
    commandRow<RenameStore, Store>({
      action: 'rename',
      command: RenameStore,
      decide: renameStore,
      roles: KEEPERS,
      summary: 'Record a new name of the store',
    }),
    commandRow<CloseStore, Store>({
      action: 'close',
      command: CloseStore,
      decide: closeStore,
      roles: KEEPERS,
      summary: 'Close a store',
    }),
  ],
  views: [
    viewRow<StoreDocument>({
      projection: stores,
      filters: { region: 'region', operatorUscc: 'operatorUscc', status: 'status', kind: 'kind' },
      sort: { field: 'name' },
      roles: READERS,
      summary: 'Stores by name',
      scopeOf: (doc) => ({ region: doc.region, subject: doc.operatorUscc }),
    }),
  ],
};

/** What stores promise (承诺), whole: `POST /v1/commitments…`, `GET /v1/commitments…`. */
export const commitmentsTable: ContextTable<Commitment> = {
  collection: 'commitments',
  category: 'commitment',
  title: 'commitment',
  schemas: commitmentSchemas,
  initial: commitment.initial,
  evolve: commitment.evolve,
  scopeOf: (state) =>
    state.status === 'empty' ? { region: null, subject: null } : { region: state.region, subject: state.operatorUscc },
  commands: [
    commandRow<MakeCommitment, Commitment, CommitmentReads>({
      action: 'make',
      command: MakeCommitment,
      decide: makeCommitment,
      roles: KEEPERS,
      summary: 'Make a promise in the name of a store',
      creates: true,
      id: (command) => commitmentId(command.store, command.kind),
      scope: (_, { store: known }) =>
        known === undefined || known.status === 'empty'
          ? { region: null, subject: null }
          : { region: known.region, subject: known.operatorUscc },
      reads: {
        store: { stream: (command) => `store-${command.store}`, initial: store.initial, evolve: store.evolve },
      },
    }),
    commandRow<WithdrawCommitment, Commitment>({
      action: 'withdraw',
      command: WithdrawCommitment,
      decide: withdrawCommitment,
      roles: KEEPERS,
      summary: 'Withdraw a promise',
    }),
  ],
  views: [
    viewRow<CommitmentDocument>({
      projection: commitments,
      filters: {
        region: 'region',
        operatorUscc: 'operatorUscc',
        store: 'store',
        kind: 'kind',
        status: 'status',
      },
      sort: { field: 'madeAt', order: 'desc' },
      roles: READERS,
      summary: 'What stores have promised, latest first',
      scopeOf: (doc) => ({ region: doc.region, subject: doc.operatorUscc }),
    }),
  ],
};
