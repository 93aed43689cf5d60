import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { documentsGiven, given, GIVEN_NOW, isRefusal, type DecisionContext, type GivenEvent } from '#kernel';
import { RecordOdrConditions } from './commands.ts';
import * as decide from './decide-membership.ts';
import type { OdrChecklist, OdrMembershipEvents } from './events.ts';
import * as membership from './odr-membership.ts';
import { odrMemberships } from './views/odr-memberships.ts';

const USCC = '91330100799655058B';
const step = <T extends keyof OdrMembershipEvents & string>(type: T, data: OdrMembershipEvents[T]): GivenEvent => ({
  type,
  data,
  stream: `odrMembership-${USCC}`,
});
const applied = step('OdrMembershipApplied', { uscc: USCC, region: '330602' });
const approved = step('OdrMembershipApproved', {});
const activated = step('OdrMembershipActivated', {});
const suspended = step('OdrMembershipSuspended', { reason: 'conditions-not-met' });
const withdrawn = step('OdrMembershipWithdrawn', { reason: 'own-request' });
const expelled = step('OdrMembershipExpelled', { reason: 'unlawful-conduct' });
const whole: OdrChecklist = {
  ...{ fixedPlace: true, staff: 1, computerOnline: true, dedicatedTelephone: true, writtenProcedure: true },
  ...{ application: 'a.pdf', promiseLetter: 'p.pdf', licenceCopy: 'l.pdf' },
};
const command = { ...whole, application: 'a.pdf', promiseLetter: 'p.pdf', licenceCopy: 'l.pdf' };
const recordedBy = (source: 'declared' | 'inspected', more: Partial<OdrChecklist> = {}) =>
  step('OdrConditionsRecorded', { source, ...whole, ...more });
const as = (role: string, subject: string | null = null): Partial<DecisionContext> => ({
  actor: { id: 'k', role },
  bounds: { region: null, subject },
});
const HISTORIES = {
  applied: [applied],
  approved: [applied, approved],
  active: [applied, approved, activated],
  suspended: [applied, approved, activated, suspended],
  withdrawn: [applied, withdrawn],
  expelled: [applied, approved, activated, expelled],
} as const;

describe('the conditions of membership', () => {
  it.each(membership.MEMBERSHIP_STATUSES)('are recorded of a membership that is %s, or not', (status) => {
    const outcome = given(membership, HISTORIES[status]).when(decide.recordOdrConditions, command);
    if (status === 'withdrawn' || status === 'expelled') {
      outcome.then({ kind: 'conflict', code: `MEMBERSHIP_IS_${status.toUpperCase()}` });
    } else {
      outcome.then([{ type: 'OdrConditionsRecorded', data: { source: 'inspected', ...whole } }]);
      const after = given(membership, [...HISTORIES[status], recordedBy('inspected')]).state;
      expect(after.status).toBe(status);
    }
  });
  it('are declared by the applicant itself, and inspected by the office', () => {
    given(membership, [applied])
      .when(decide.recordOdrConditions, command, as('merchant', USCC))
      .then([{ type: 'OdrConditionsRecorded', data: { source: 'declared', ...whole } }]);
    given(membership, [applied])
      .when(decide.recordOdrConditions, command, as('merchant', '91110000802100433B'))
      .then({ kind: 'forbidden', code: 'NOT_OWN_SUBJECT' });
    given(membership, [applied, recordedBy('inspected')])
      .when(decide.recordOdrConditions, command, as('merchant', USCC))
      .then({ kind: 'conflict', code: 'INSPECTION_STANDS' });
    expect(
      given(membership, [applied, recordedBy('declared')]).when(decide.recordOdrConditions, command).decision,
    ).toHaveLength(1);
    given(membership).when(decide.recordOdrConditions, command).then({ kind: 'notFound', code: 'NOT_FOUND' });
    given(membership, [applied])
      .when(decide.recordOdrConditions, command, { occurredAt: GIVEN_NOW - 1 })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('are papers by reference; what is left out is missing', () => {
    const { fixedPlace, staff, computerOnline, dedicatedTelephone, writtenProcedure } = whole;
    given(membership, [applied])
      .when(decide.recordOdrConditions, { fixedPlace, staff, computerOnline, dedicatedTelephone, writtenProcedure })
      .then([
        {
          type: 'OdrConditionsRecorded',
          data: { source: 'inspected', ...whole, application: null, promiseLetter: null, licenceCopy: null },
        },
      ]);
  });
  it.each<[Partial<OdrChecklist>, string]>([
    [{ fixedPlace: false }, 'fixedPlace'],
    [{ staff: 0 }, 'staff'],
    [{ computerOnline: false }, 'computerOnline'],
    [{ dedicatedTelephone: false }, 'dedicatedTelephone'],
    [{ writtenProcedure: false }, 'writtenProcedure'],
    [{ application: null }, 'application'],
    [{ promiseLetter: null }, 'promiseLetter'],
    [{ licenceCopy: null }, 'licenceCopy'],
  ])('%j keeps it from being approved, activated and reactivated', (gap, field) => {
    expect(membership.missingOf({ ...whole, ...gap })).toEqual([field]);
    const refusal = { kind: 'conflict', code: 'ODR_CONDITIONS_NOT_MET' } as const;
    const found = recordedBy('inspected', gap);
    given(membership, [applied, found]).when(decide.approveOdrMembership, {}).then(refusal);
    given(membership, [applied, approved, found]).when(decide.activateOdrMembership, {}).then(refusal);
    given(membership, [...HISTORIES.suspended, found])
      .when(decide.reactivateOdrMembership, {})
      .then(refusal);
    const again = [found, recordedBy('inspected')];
    expect(given(membership, [applied, ...again]).when(decide.approveOdrMembership, {}).decision).toHaveLength(1);
  });
  it('that nobody has written down keep nobody out, as before', () => {
    expect(given(membership, [applied]).when(decide.approveOdrMembership, {}).decision).toHaveLength(1);
    const again = given(membership, [applied, recordedBy('inspected', { staff: 0 }), withdrawn, applied]);
    expect(again.when(decide.approveOdrMembership, {}).decision).toHaveLength(1);
  });
  it('are shown with what is missing', () => {
    const history = [applied, recordedBy('declared', { staff: 0, licenceCopy: null })];
    expect(documentsGiven(odrMemberships, history).get(USCC)).toMatchObject({
      status: 'applied',
      conditions: {
        source: 'declared',
        staff: 0,
        missing: ['staff', 'licenceCopy'],
        recordedAt: '2026-03-04T02:00:00.000Z',
      },
    });
    const first = step('OdrConditionsRecorded', { source: 'declared', ...whole });
    expect(() => documentsGiven(odrMemberships, [first])).toThrow('before OdrMembershipApplied');
    expect(() => given(membership, [first])).toThrow('before OdrMembershipApplied');
  });
  it('have a form', () => {
    const faults = (body: object) =>
      validateSync(Object.assign(new RecordOdrConditions(), body)).map((one) => one.property);
    expect(faults(command)).toEqual([]);
    expect(faults({ ...command, staff: -1, fixedPlace: 'yes', licenceCopy: 'a copy' })).toEqual([
      'fixedPlace',
      'staff',
      'licenceCopy',
    ]);
  });
});

describe('any steps of a membership', () => {
  it('leave nobody active against what is on record, and end it only by leave or expulsion', () => {
    const asked = fc.record({
      action: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom('apply', 'approve', 'activate', 'suspend', 'reactivate') },
        { weight: 2, arbitrary: fc.constant('record') },
        { weight: 1, arbitrary: fc.constantFrom('withdraw', 'expel') },
      ),
      role: fc.constantFrom('officer', 'merchant'),
      staff: fc.integer({ min: 0, max: 2 }),
    });
    const subject = {
      ...({ status: 'registered', previousAt: 0, greenChannel: 'none' } as const),
      ...{ uscc: USCC, name: '甲', region: '330602', sector: null, operatingSince: null },
    };
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40, size: 'max' }), (steps) => {
        const history: GivenEvent[] = [];
        for (const { action, role, staff } of steps) {
          const context = as(role, USCC);
          const state = given(membership, history);
          const reason = { reason: 'other' as const };
          const { decision } = {
            apply: () =>
              state.when(decide.applyForOdrMembership, { uscc: USCC }, { ...context, reads: { subject } } as never),
            record: () => state.when(decide.recordOdrConditions, { ...command, staff }, context),
            approve: () => state.when(decide.approveOdrMembership, {}, context),
            activate: () => state.when(decide.activateOdrMembership, {}, context),
            suspend: () => state.when(decide.suspendOdrMembership, reason, context),
            reactivate: () => state.when(decide.reactivateOdrMembership, {}, context),
            withdraw: () => state.when(decide.withdrawOdrMembership, reason, context),
            expel: () => state.when(decide.expelOdrMember, reason, context),
          }[action]();
          if (isRefusal(decision)) {
            seen.add(decision.code);
            continue;
          }
          for (const { type, data } of decision) {
            seen.add(type);
            history.push(step(type, data as never));
            const after = given(membership, history).state;
            if (after.status === 'empty') throw new Error('it was applied for');
            if (['OdrMembershipActivated', 'OdrMembershipReactivated'].includes(type) && after.conditions !== null) {
              expect(after.conditions.staff).toBeGreaterThan(0);
            }
            expect(documentsGiven(odrMemberships, history).get(USCC)).toMatchObject({ status: after.status });
          }
        }
      }),
      { seed: 20_260_304, numRuns: 200 },
    );
    for (const name of [
      'OdrMembershipReactivated',
      'OdrMembershipExpelled',
      'ODR_CONDITIONS_NOT_MET',
      'INSPECTION_STANDS',
    ]) {
      expect(seen).toContain(name);
    }
  });
});
