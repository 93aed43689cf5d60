import type { Matrix } from '../matrix.ts';

/** Stores (门店): what each command comes to, and in which states. */
export const storeMatrix: Matrix = {
  none: 'NOT_FOUND',
  commands: {
    register: {
      StoreRegistered: 'none',
      STORE_EXISTS: 'open · closed',
    },
    rename: {
      StoreRenamed: 'open',
      STORE_IS_CLOSED: 'closed',
    },
    close: {
      StoreClosed: 'open',
      STORE_IS_CLOSED: 'closed',
    },
  },
};
