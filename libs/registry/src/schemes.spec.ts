import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { documentsGiven, foldGiven, given, GIVEN_NOW, isRefusal, type DecisionContext, type GivenEvent } from '#kernel';
import * as scheme from './advance-scheme.ts';
import { AllotAdvance, OpenAdvanceScheme } from './commands-scheme.ts';
import * as decide from './decide-scheme.ts';
import { evolveAdvances, type AdvancesRead } from './reads.ts';
import type { AdvanceSchemeEvents } from './scheme-events.ts';
import { advanceSchemesTable } from './schemes.module.ts';
import type { Subject } from './subject.ts';
import { advanceSchemes } from './views/advance-schemes.ts';

const MARKET = '91330100799655058B';
const SHOP = '91110000802100433B';
const NEGOTIATION = '01JN0000000000000000000000';
const ID = '01JS0000000000000000000000';
const data = {
  ...{ name: '先行赔付专项资金', operatorUscc: MARKET, region: '330602', capPerCaseFen: 10_000, capTotalFen: 15_000 },
  ...{ validFrom: '2026-03-01', validTo: '2026-12-31' },
};
const step = <T extends keyof AdvanceSchemeEvents & string>(type: T, given: AdvanceSchemeEvents[T]): GivenEvent => ({
  type,
  data: given,
  stream: `advanceScheme-${ID}`,
});
const opened = step('AdvanceSchemeOpened', data);
const admitted = step('AdvanceSchemeMemberAdmitted', { uscc: SHOP });
const allotted = (amountFen: number, negotiationId = NEGOTIATION) =>
  step('AdvanceAllotted', { negotiationId, amountFen });
const suspended = step('AdvanceSchemeSuspended', { reason: 'funds-exhausted' });
const closed = step('AdvanceSchemeClosed', { reason: 'own-request' });
const HISTORIES = { active: [opened], suspended: [opened, suspended], closed: [opened, closed] } as const;

const operator: Subject = {
  ...{ status: 'registered', previousAt: 0, greenChannel: 'none', uscc: MARKET, name: '市场', region: '330602' },
  ...{ sector: null, operatingSince: null },
};
const paying = (negotiation: AdvancesRead | undefined): Partial<DecisionContext<decide.AllotmentReads>> => ({
  id: ID,
  reads: { negotiation },
});
const NOTHING_PAID = paying({});
const { name, capPerCaseFen, capTotalFen, validFrom, validTo } = data;
const opening = { name, operatorUscc: MARKET, capPerCaseFen, capTotalFen, validFrom, validTo };
const allot = { negotiationId: NEGOTIATION, amountFen: 6_000 };

describe('no scheme', () => {
  const open = (command: object, read: Subject | undefined = operator) =>
    given(scheme).when(decide.openAdvanceScheme, { ...opening, ...command }, { reads: { operator: read } });
  it('is opened where its operator works, with or without a total and an end', () => {
    open({ operatorUscc: MARKET.toLowerCase() }).then([{ type: 'AdvanceSchemeOpened', data }]);
    given(scheme)
      .when(decide.openAdvanceScheme, { name, operatorUscc: MARKET, capPerCaseFen, validFrom }, { reads: { operator } })
      .then([{ type: 'AdvanceSchemeOpened', data: { ...data, capTotalFen: null, validTo: null } }]);
  });
  it('is opened by a registered operator, and its numbers agree', () => {
    open({}, { status: 'empty' }).then({ kind: 'invalid', code: 'UNKNOWN_SUBJECT', field: 'operatorUscc' });
    open({ validTo: '2026-02-28' }).then({ kind: 'invalid', code: 'ENDS_BEFORE_IT_BEGINS', field: 'validTo' });
    open({ capTotalFen: 9_999 }).then({ kind: 'invalid', code: 'CASE_CAP_OVER_TOTAL', field: 'capTotalFen' });
  });
  it('takes no other step', () => {
    const refusal = { kind: 'notFound', code: 'NOT_FOUND' } as const;
    given(scheme).when(decide.admitSchemeMember, { uscc: SHOP }).then(refusal);
    given(scheme).when(decide.releaseSchemeMember, { uscc: SHOP }).then(refusal);
    given(scheme).when(decide.allotAdvance, allot, NOTHING_PAID).then(refusal);
    given(scheme).when(decide.releaseAllotment, allot, NOTHING_PAID).then(refusal);
    given(scheme)
      .when(decide.suspendAdvanceScheme, { reason: 'other' as const })
      .then(refusal);
    given(scheme).when(decide.resumeAdvanceScheme, {}).then(refusal);
    given(scheme)
      .when(decide.closeAdvanceScheme, { reason: 'other' as const })
      .then(refusal);
    expect(() => foldGiven(scheme, [closed])).toThrow('before AdvanceSchemeOpened');
    expect(() => documentsGiven(advanceSchemes, [closed])).toThrow('before AdvanceSchemeOpened');
  });
});

describe.each(scheme.SCHEME_STATUSES)('a scheme that is %s', (status) => {
  const state = given(scheme, [...HISTORIES[status]]);
  const refusal = { kind: 'conflict', code: `SCHEME_IS_${status.toUpperCase()}` } as const;

  it('is opened once', () => {
    state
      .when(decide.openAdvanceScheme, opening, { reads: { operator } })
      .then({ kind: 'conflict', code: 'SCHEME_EXISTS' });
  });
  it('admit and release members', () => {
    const outcome = state.when(decide.admitSchemeMember, { uscc: SHOP.toLowerCase() });
    if (status === 'closed') {
      state.when(decide.releaseSchemeMember, { uscc: SHOP }).then(refusal);
      return outcome.then(refusal);
    }
    outcome.then([{ type: 'AdvanceSchemeMemberAdmitted', data: { uscc: SHOP } }]);
    state.when(decide.admitSchemeMember, { uscc: MARKET }).then([]);
    state
      .when(decide.releaseSchemeMember, { uscc: SHOP })
      .then({ kind: 'invalid', code: 'NOT_A_MEMBER', field: 'uscc' });
    const joined = given(scheme, [...HISTORIES[status], admitted]);
    joined.when(decide.admitSchemeMember, { uscc: SHOP }).then([]);
    joined
      .when(decide.releaseSchemeMember, { uscc: SHOP })
      .then([{ type: 'AdvanceSchemeMemberReleased', data: { uscc: SHOP } }]);
  });
  it('allot', () => {
    const outcome = state.when(decide.allotAdvance, allot, NOTHING_PAID);
    if (status !== 'active') return outcome.then(refusal);
    outcome.then([{ type: 'AdvanceAllotted', data: allot }]);
  });
  it('release what was allotted', () => {
    const steps = [opened, allotted(6_000), ...HISTORIES[status].slice(1)];
    given(scheme, steps)
      .when(decide.releaseAllotment, allot, NOTHING_PAID)
      .then([{ type: 'AdvanceAllotmentReleased', data: allot }]);
  });
  it('suspend, resume and close', () => {
    const reason = { reason: 'other' as const };
    const suspension = state.when(decide.suspendAdvanceScheme, reason);
    if (status === 'active') suspension.then([{ type: 'AdvanceSchemeSuspended', data: reason }]);
    else suspension.then(refusal);
    const resumption = state.when(decide.resumeAdvanceScheme, {});
    if (status === 'suspended') resumption.then([{ type: 'AdvanceSchemeResumed', data: {} }]);
    else resumption.then(refusal);
    const closure = state.when(decide.closeAdvanceScheme, reason);
    if (status === 'closed') closure.then(refusal);
    else closure.then([{ type: 'AdvanceSchemeClosed', data: reason }]);
  });
  it('is its operator’s own, and takes no step before the last', () => {
    const bounds = (subject: string | null) => ({
      actor: { id: 'k', role: 'merchant' },
      bounds: { region: null, subject },
    });
    if (status === 'closed') return;
    expect(state.when(decide.admitSchemeMember, { uscc: SHOP }, bounds(MARKET)).decision).toHaveLength(1);
    state
      .when(decide.admitSchemeMember, { uscc: SHOP }, bounds(SHOP))
      .then({ kind: 'forbidden', code: 'NOT_OWN_SUBJECT' });
    state
      .when(decide.admitSchemeMember, { uscc: SHOP }, { occurredAt: GIVEN_NOW - 1 })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('is shown so', () => {
    expect(documentsGiven(advanceSchemes, [...HISTORIES[status]]).get(ID)?.status).toBe(status);
  });
});

describe('money set aside', () => {
  it('stays within the caps, for a negotiation that there is, on a day on which the scheme holds', () => {
    const after = (steps: GivenEvent[], command = allot, context = NOTHING_PAID) =>
      given(scheme, [opened, ...steps]).when(decide.allotAdvance, command, context);
    after([], { ...allot, amountFen: 10_001 }).then({ kind: 'conflict', code: 'OVER_CASE_CAP', field: 'amountFen' });
    after([allotted(4_001)]).then({ kind: 'conflict', code: 'OVER_CASE_CAP', field: 'amountFen' });
    expect(after([allotted(4_000)]).decision).toHaveLength(1);
    after([allotted(9_001, 'another')]).then({ kind: 'conflict', code: 'OVER_TOTAL_CAP', field: 'amountFen' });
    expect(after([allotted(9_000, 'another')]).decision).toHaveLength(1);
    after([], allot, paying(undefined)).then({ kind: 'invalid', code: 'UNKNOWN_NEGOTIATION', field: 'negotiationId' });
    after([], allot, { ...NOTHING_PAID, today: '2026-02-28' }).then({ kind: 'conflict', code: 'SCHEME_NOT_VALID' });
    after([], allot, { ...NOTHING_PAID, today: '2027-01-01' }).then({ kind: 'conflict', code: 'SCHEME_NOT_VALID' });
  });
  it('is free again where it was not paid, or came back', () => {
    const state = given(scheme, [opened, allotted(6_000)]);
    const release = (amountFen: number, paid: AdvancesRead | undefined) =>
      state.when(decide.releaseAllotment, { negotiationId: NEGOTIATION, amountFen }, paying(paid));
    expect(release(6_000, {}).decision).toHaveLength(1);
    expect(release(1_000, { [ID]: 5_000 }).decision).toHaveLength(1);
    release(1_001, { [ID]: 5_000 }).then({ kind: 'conflict', code: 'ALLOTMENT_IN_USE', field: 'amountFen' });
    expect(release(6_000, { other: 5_000 }).decision).toHaveLength(1);
    release(1, undefined).then({ kind: 'invalid', code: 'UNKNOWN_NEGOTIATION', field: 'negotiationId' });
  });
  it('is read against what the negotiation says', () => {
    const read = foldGiven({ initial: {} as AdvancesRead, evolve: evolveAdvances }, [
      { type: 'NegotiationOpened', data: {} },
      { type: 'AdvancePaymentMade', data: { scheme: ID, amountFen: 500 } },
      { type: 'AdvancePaymentMade', data: { scheme: ID, amountFen: 200 } },
      { type: 'RecourseRecovered', data: { scheme: ID, amountFen: 600 } },
    ]);
    expect(read).toEqual({ [ID]: 100 });
  });
  it('never comes to more than the caps, whatever is asked in whatever order', () => {
    const asked = fc.record({
      action: fc.constantFrom('allot', 'allot', 'release', 'suspend', 'resume', 'close'),
      negotiationId: fc.constantFrom('A', 'B', 'C'),
      amountFen: fc.integer({ min: 1, max: 11_000 }),
      paid: fc.integer({ min: 0, max: 5_000 }),
    });
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 30 }), (steps) => {
        const history: GivenEvent[] = [opened];
        for (const { action, negotiationId, amountFen, paid } of steps) {
          const command = { negotiationId, amountFen };
          const state = given(scheme, history);
          const context = paying({ [ID]: paid });
          const { decision } = {
            allot: () => state.when(decide.allotAdvance, command, context),
            release: () => state.when(decide.releaseAllotment, command, context),
            suspend: () => state.when(decide.suspendAdvanceScheme, { reason: 'other' as const }),
            resume: () => state.when(decide.resumeAdvanceScheme, {}),
            close: () => state.when(decide.closeAdvanceScheme, { reason: 'other' as const }),
          }[action]();
          if (isRefusal(decision)) {
            seen.add(decision.code);
            continue;
          }
          for (const event of decision) history.push(step(event.type, event.data as never));
          const after = given(scheme, history).state;
          if (after.status === 'empty') throw new Error('it was opened');
          expect(scheme.totalAllotted(after.allotted)).toBeLessThanOrEqual(capTotalFen);
          for (const fen of Object.values(after.allotted)) {
            expect(fen).toBeGreaterThan(0);
            expect(fen).toBeLessThanOrEqual(capPerCaseFen);
          }
          const doc = documentsGiven(advanceSchemes, history).get(ID)!;
          expect([doc.status, doc.allotted]).toEqual([after.status, after.allotted]);
          expect(doc.allottedFen).toBe(scheme.totalAllotted(after.allotted));
        }
      }),
      { seed: 20_260_304, numRuns: 300 },
    );
    for (const code of [
      'OVER_CASE_CAP',
      'OVER_TOTAL_CAP',
      'ALLOTMENT_IN_USE',
      'SCHEME_IS_CLOSED',
      'SCHEME_IS_SUSPENDED',
    ]) {
      expect(seen).toContain(code);
    }
  });
});

describe('the view, the form and the table', () => {
  it('shows members and what is set aside', () => {
    const history = [opened, admitted, allotted(500), step('AdvanceSchemeMemberReleased', { uscc: SHOP }), suspended];
    expect(documentsGiven(advanceSchemes, history).get(ID)).toEqual({
      ...data,
      ...{ status: 'suspended', reason: 'funds-exhausted', members: [], allottedFen: 500 },
      allotted: { [NEGOTIATION]: 500 },
      ...{ since: '2026-03-04T02:00:00.000Z', openedAt: '2026-03-04T02:00:00.000Z' },
    });
    const resumed = documentsGiven(advanceSchemes, [...history, step('AdvanceSchemeResumed', {})]).get(ID);
    expect(resumed).toMatchObject({ status: 'active', reason: null });
  });
  it('checks the form', () => {
    const faults = (command: object) => validateSync(command).map((error) => error.property);
    expect(faults(Object.assign(new OpenAdvanceScheme(), opening))).toEqual([]);
    expect(faults(Object.assign(new OpenAdvanceScheme(), opening, { capPerCaseFen: 0, validFrom: 'x' }))).toEqual([
      'capPerCaseFen',
      'validFrom',
    ]);
    expect(faults(Object.assign(new AllotAdvance(), { ...allot, amountFen: 0.5 }))).toEqual(['amountFen']);
  });
  it('scopes a scheme by its operator', () => {
    const [open] = advanceSchemesTable.commands;
    expect(open!.scope!(opening, { operator })).toEqual({ region: '330602', subject: MARKET });
    expect(open!.scope!(opening, { operator: undefined })).toEqual({ region: null, subject: MARKET });
    expect(open!.reads!['operator']!.stream({ operatorUscc: MARKET.toLowerCase() }, {})).toBe(`subject-${MARKET}`);
    const allotment = advanceSchemesTable.commands.find(({ action }) => action === 'allot')!;
    expect(allotment.reads!['negotiation']!.stream(allot, {})).toBe(`negotiation-${NEGOTIATION}`);
    expect(advanceSchemesTable.scopeOf(given(scheme, [opened]).state)).toEqual({ region: '330602', subject: MARKET });
    expect(advanceSchemesTable.scopeOf(scheme.initial)).toEqual({ region: null, subject: null });
  });
});
