import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { documentsGiven, foldGiven, given, GIVEN_NOW, type GivenEvent } from '#kernel';
import { MakeCommitment, RegisterStore } from './commands-store.ts';
import * as commitment from './commitment.ts';
import { makeCommitment, withdrawCommitment } from './decide-commitment.ts';
import { closeStore, registerStore, renameStore } from './decide-store.ts';
import type { CommitmentEvents, StoreEvents } from './store-events.ts';
import * as store from './store.ts';
import { commitmentsTable, storesTable } from './stores.module.ts';
import type { Subject } from './subject.ts';
import { commitments } from './views/commitments.ts';
import { stores } from './views/stores.ts';

const USCC = '91330100799655058B';
const PLATFORM = '91110000802100433B';
const STORE = '01JT0000000000000000000000';
const ID = `${STORE}-no-reason-return`;
const out = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
const early = { occurredAt: GIVEN_NOW - 1 };
const merchant = (subject: string | null) => ({
  actor: { id: 'k', role: 'merchant' },
  bounds: { region: null, subject },
});
const notOwn = { kind: 'forbidden', code: 'NOT_OWN_SUBJECT' } as const;

const event = <T extends keyof StoreEvents & string>(type: T, data: StoreEvents[T]): GivenEvent => ({
  type,
  data,
  stream: `store-${STORE}`,
});
const data: StoreEvents['StoreRegistered'] = {
  ...{ operatorUscc: USCC, kind: 'physical', name: '甲店胜利路店', region: '330602', sector: null },
  ...{ platformUscc: null, shopId: null },
};
const registered = event('StoreRegistered', data);
const closed = event('StoreClosed', { reason: 'moved' });
const operator: Subject = {
  ...{ status: 'registered', previousAt: 0, greenChannel: 'none', uscc: USCC, name: '甲', region: '330603' },
  ...{ sector: null, operatingSince: null },
};
const command = { operatorUscc: USCC, kind: 'physical' as const, name: '甲店胜利路店', region: '330602' };

describe('no store', () => {
  const register = (more: object, context: object = {}) =>
    given(store).when(registerStore, { ...command, ...more }, { reads: { operator }, ...context });
  it('is registered for a subject that is, in its own region', () => {
    register({ operatorUscc: USCC.toLowerCase() }).then([{ type: 'StoreRegistered', data }]);
    register({}, { reads: { operator: undefined } }).then({
      kind: 'invalid',
      code: 'UNKNOWN_SUBJECT',
      field: 'operatorUscc',
    });
  });
  it('is an online shop with platform and id, or on its own site', () => {
    register({ kind: 'online', platformUscc: PLATFORM.toLowerCase(), shopId: '12345678' }).then([
      { type: 'StoreRegistered', data: { ...data, kind: 'online', platformUscc: PLATFORM, shopId: '12345678' } },
    ]);
    register({ kind: 'online' }).then([{ type: 'StoreRegistered', data: { ...data, kind: 'online' } }]);
    const half = { kind: 'invalid', code: 'PLATFORM_AND_SHOP', field: 'shopId' } as const;
    register({ kind: 'online', platformUscc: PLATFORM }).then(half);
    register({ kind: 'online', shopId: '1' }).then(half);
    register({ platformUscc: PLATFORM, shopId: '1' }).then({
      kind: 'invalid',
      code: 'NO_ONLINE_SHOP',
      field: 'platformUscc',
    });
  });
  it('is registered by a merchant for itself only', () => {
    expect(register({}, merchant(USCC)).decision).toHaveLength(1);
    register({}, merchant(PLATFORM)).then(notOwn);
  });
  it('takes no other step', () => {
    const refusal = { kind: 'notFound', code: 'NOT_FOUND' } as const;
    given(store).when(renameStore, { name: '乙' }).then(refusal);
    given(store)
      .when(closeStore, { reason: 'moved' as const })
      .then(refusal);
    expect(() => foldGiven(store, [closed])).toThrow('before StoreRegistered');
    expect(() => documentsGiven(stores, [closed])).toThrow('before StoreRegistered');
  });
});

describe('a store', () => {
  const open = given(store, [registered]);
  const over = given(store, [registered, closed]);
  const isClosed = { kind: 'conflict', code: 'STORE_IS_CLOSED' } as const;
  it('is registered once', () => {
    for (const state of [open, over]) {
      state.when(registerStore, command, { reads: { operator } }).then({ kind: 'conflict', code: 'STORE_EXISTS' });
    }
  });
  it('is renamed while it is open', () => {
    open
      .when(renameStore, { name: '乙店' })
      .then([{ type: 'StoreRenamed', data: { name: '乙店', previousName: '甲店胜利路店' } }]);
    open.when(renameStore, { name: '甲店胜利路店' }).then([]);
    open.when(renameStore, { name: '乙店' }, early).then(out);
    open.when(renameStore, { name: '乙店' }, merchant(PLATFORM)).then(notOwn);
    over.when(renameStore, { name: '乙店' }).then(isClosed);
  });
  it('is closed once', () => {
    open.when(closeStore, { reason: 'moved' as const }).then([{ type: 'StoreClosed', data: { reason: 'moved' } }]);
    open.when(closeStore, { reason: 'moved' as const }, early).then(out);
    over.when(closeStore, { reason: 'moved' as const }).then(isClosed);
  });
  it('is shown with its operator, and is none of the subject’s own number (T-23)', () => {
    const renamed = event('StoreRenamed', { name: '乙店', previousName: '甲店胜利路店' });
    expect(documentsGiven(stores, [registered, renamed, closed]).get(STORE)).toEqual({
      ...data,
      ...{ name: '乙店', status: 'closed', closureReason: 'moved' },
      ...{ registeredAt: '2026-03-04T02:00:00.000Z', closedAt: '2026-03-04T02:00:00.000Z' },
    });
  });
});

const said = <T extends keyof CommitmentEvents & string>(type: T, given: CommitmentEvents[T]): GivenEvent => ({
  type,
  data: given,
  stream: `commitment-${ID}`,
});
const promised: CommitmentEvents['CommitmentMade'] = {
  ...{ store: STORE, operatorUscc: USCC, region: '330602', kind: 'no-reason-return' },
  ...{ validFrom: '2026-03-04', validTo: null, termDays: 7 },
};
const made = said('CommitmentMade', promised);
const withdrawn = said('CommitmentWithdrawn', { reason: 'own-request' });
const openStore = given(store, [registered]).state;
const make = (history: readonly GivenEvent[], more: object = {}, context: object = {}) =>
  given(commitment, history).when(
    makeCommitment,
    { store: STORE, kind: 'no-reason-return' as const, termDays: 7, ...more },
    { reads: { store: openStore }, ...context },
  );

describe('a promise', () => {
  it('is made in the name of an open store, from today unless said', () => {
    make([]).then([{ type: 'CommitmentMade', data: promised }]);
    make([], { validFrom: '2026-04-01', validTo: '2026-04-30', termDays: undefined }).then([
      {
        type: 'CommitmentMade',
        data: { ...promised, validFrom: '2026-04-01', validTo: '2026-04-30', termDays: null },
      },
    ]);
    make([], {}, { reads: { store: undefined } }).then({ kind: 'invalid', code: 'UNKNOWN_STORE', field: 'store' });
    make([], {}, { reads: { store: given(store, [registered, closed]).state } }).then({
      kind: 'conflict',
      code: 'STORE_IS_CLOSED',
      field: 'store',
    });
    make([], { validTo: '2026-03-03' }).then({ kind: 'invalid', code: 'ENDS_BEFORE_IT_BEGINS', field: 'validTo' });
    expect(make([], {}, merchant(USCC)).decision).toHaveLength(1);
    make([], {}, merchant(PLATFORM)).then(notOwn);
  });
  it('is made once at a time: again when the last was withdrawn or is over', () => {
    make([made]).then({ kind: 'conflict', code: 'COMMITMENT_STANDS' });
    expect(make([made, withdrawn]).decision).toHaveLength(1);
    make([made, withdrawn], {}, early).then(out);
    const over = said('CommitmentMade', { ...promised, validFrom: '2026-01-01', validTo: '2026-03-03' });
    expect(make([over]).decision).toHaveLength(1);
    make([over], { validFrom: '2026-03-03' }).then({ kind: 'conflict', code: 'COMMITMENT_STANDS' });
  });
  it('is withdrawn once', () => {
    const reason = { reason: 'own-request' as const };
    given(commitment, [made])
      .when(withdrawCommitment, reason)
      .then([{ type: 'CommitmentWithdrawn', data: reason }]);
    given(commitment, [made]).when(withdrawCommitment, reason, early).then(out);
    given(commitment, [made]).when(withdrawCommitment, reason, merchant(PLATFORM)).then(notOwn);
    given(commitment, [made, withdrawn])
      .when(withdrawCommitment, reason)
      .then({ kind: 'conflict', code: 'COMMITMENT_IS_WITHDRAWN' });
    given(commitment).when(withdrawCommitment, reason).then({ kind: 'notFound', code: 'NOT_FOUND' });
    expect(() => foldGiven(commitment, [withdrawn])).toThrow('before CommitmentMade');
    expect(() => documentsGiven(commitments, [withdrawn])).toThrow('before CommitmentMade');
  });
  it('is shown with what became of it', () => {
    expect(documentsGiven(commitments, [made, withdrawn]).get(ID)).toEqual({
      ...promised,
      ...{ status: 'withdrawn', reason: 'own-request' },
      ...{ madeAt: '2026-03-04T02:00:00.000Z', withdrawnAt: '2026-03-04T02:00:00.000Z' },
    });
    expect(documentsGiven(commitments, [made, withdrawn, made]).get(ID)).toMatchObject({
      status: 'made',
      withdrawnAt: null,
      reason: null,
    });
  });
});

describe('the form and the tables', () => {
  const faults = (checked: object) => validateSync(checked).map((error) => error.property);
  it('are checked', () => {
    const whole = { ...command, kind: 'online', platformUscc: PLATFORM, shopId: '12345678' };
    expect(faults(Object.assign(new RegisterStore(), whole))).toEqual([]);
    expect(faults(Object.assign(new RegisterStore(), whole, { kind: 'tent', shopId: 'a shop' }))).toEqual([
      'kind',
      'shopId',
    ]);
    const promise = { store: STORE, kind: 'no-reason-return' };
    expect(faults(Object.assign(new MakeCommitment(), promise))).toEqual([]);
    expect(faults(Object.assign(new MakeCommitment(), promise, { termDays: 0, kind: 'gift' }))).toEqual([
      'kind',
      'termDays',
    ]);
  });
  it('scope stores and promises by region and operator; a promise is named by store and kind', () => {
    const scope = { region: '330602', subject: USCC };
    const [register] = storesTable.commands;
    expect(register!.scope!({ ...command, operatorUscc: USCC.toLowerCase() }, {})).toEqual(scope);
    expect(register!.reads!['operator']!.stream(command, {})).toBe(`subject-${USCC}`);
    expect(storesTable.scopeOf(openStore)).toEqual(scope);
    expect(storesTable.scopeOf(store.initial)).toEqual({ region: null, subject: null });
    const [promise] = commitmentsTable.commands;
    expect(promise!.id!({ store: STORE, kind: 'no-reason-return' })).toBe(ID);
    expect(promise!.scope!({}, { store: openStore })).toEqual(scope);
    expect(promise!.scope!({}, { store: undefined })).toEqual({ region: null, subject: null });
    expect(promise!.reads!['store']!.stream({ store: STORE }, {})).toBe(`store-${STORE}`);
    expect(commitmentsTable.scopeOf(given(commitment, [made]).state)).toEqual(scope);
    expect(commitmentsTable.scopeOf(commitment.initial)).toEqual({ region: null, subject: null });
  });
});
