import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { documentsGiven, given, GIVEN_NOW, type Decide, type EventOf, type GivenEvent } from '#kernel';
import { ApplyForOdrMembership, ExpelOdrMember, RegisterSubject } from './commands.ts';
import * as decideMembership from './decide-membership.ts';
import { registerSubject, renameSubject } from './decide-subject.ts';
import type { OdrMembershipEvents } from './events.ts';
import * as membership from './odr-membership.ts';
import { odrMembershipsTable, subjectsTable } from './registry.module.ts';
import * as subject from './subject.ts';
import { odrMemberships } from './views/odr-memberships.ts';
import { subjects } from './views/subjects.ts';

const USCC = '91330100799655058B';
const OTHER = '91110000802100433B';
const WRONG = '91310000132297653A';

const register: RegisterSubject = { uscc: USCC, name: '甲店', region: '330602' };
const registered: GivenEvent = {
  type: 'SubjectRegistered',
  data: { uscc: USCC, name: '甲店', region: '330602', sector: null, operatingSince: null },
  stream: `subject-${USCC}`,
};
const renamed: GivenEvent = {
  type: 'SubjectRenamed',
  data: { name: '乙店', previousName: '甲店' },
  stream: `subject-${USCC}`,
};

describe('no subject', () => {
  it('is registered under its code in its one form', () => {
    given(subject)
      .when(registerSubject, { ...register, uscc: '91330100799655058b', sector: 'food', operatingSince: '2020-02-29' })
      .then([
        {
          type: 'SubjectRegistered',
          data: { uscc: USCC, name: '甲店', region: '330602', sector: 'food', operatingSince: '2020-02-29' },
        },
      ]);
  });
  it('may have begun today, by the day in Shanghai, and not tomorrow', () => {
    const context = { now: Date.UTC(2026, 2, 3, 16) };
    expect(
      given(subject).when(registerSubject, { ...register, operatingSince: '2026-03-04' }, context).decision,
    ).toHaveLength(1);
    given(subject)
      .when(registerSubject, { ...register, operatingSince: '2026-03-05' }, context)
      .then({ kind: 'invalid', code: 'OPERATING_IN_FUTURE', field: 'operatingSince' });
  });
  it('is not registered under a wrong code', () => {
    given(subject)
      .when(registerSubject, { ...register, uscc: WRONG })
      .then({ kind: 'invalid', code: 'INVALID_USCC', field: 'uscc' });
  });
  it('is not renamed', () => {
    given(subject).when(renameSubject, { name: '乙店' }).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
});

describe('a registered subject', () => {
  it('is registered again silently, and not with other particulars', () => {
    given(subject, [registered]).when(registerSubject, register).then([]);
    for (const other of [
      { name: '丙店' },
      { region: '330603' },
      { sector: 'food' },
      { operatingSince: '2020-01-01' },
    ]) {
      given(subject, [registered])
        .when(registerSubject, { ...register, ...other })
        .then({ kind: 'conflict', code: 'SUBJECT_ALREADY_REGISTERED' });
    }
  });
  it('is renamed and keeps its code; the same name says nothing', () => {
    given(subject, [registered])
      .when(renameSubject, { name: '乙店' })
      .then([{ type: 'SubjectRenamed', data: { name: '乙店', previousName: '甲店' } }]);
    given(subject, [registered, renamed]).when(renameSubject, { name: '乙店' }).then([]);
    expect(given(subject, [registered, renamed]).state).toMatchObject({ uscc: USCC, name: '乙店' });
  });
  it('is not renamed before it was registered, nor before it was renamed', () => {
    const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    const early = { occurredAt: GIVEN_NOW - 1 };
    given(subject, [registered]).when(renameSubject, { name: '乙店' }, early).then(refusal);
    given(subject, [registered, renamed]).when(renameSubject, { name: '甲店' }, early).then(refusal);
    given(subject, [registered]).when(renameSubject, { name: '甲店' }, early).then([]);
  });
  it('is shown with the names it had', () => {
    expect([...documentsGiven(subjects, [registered, renamed])]).toEqual([
      [
        USCC,
        {
          uscc: USCC,
          name: '乙店',
          region: '330602',
          sector: null,
          operatingSince: null,
          registeredAt: '2026-03-04T02:00:00.000Z',
          greenChannel: 'none',
          greenChannelSince: null,
          previousNames: [{ name: '甲店', until: '2026-03-04T02:00:00.000Z' }],
        },
      ],
    ]);
  });
});

const step = <T extends keyof OdrMembershipEvents & string>(type: T, data: OdrMembershipEvents[T]): GivenEvent => ({
  type,
  data,
  stream: `odrMembership-${USCC}`,
});
const applied = step('OdrMembershipApplied', { uscc: USCC, region: '330602' });
const approved = step('OdrMembershipApproved', {});
const activated = step('OdrMembershipActivated', {});
const suspended = step('OdrMembershipSuspended', { reason: 'duties-neglected' });
const reactivated = step('OdrMembershipReactivated', {});
const withdrawn = step('OdrMembershipWithdrawn', { reason: 'own-request' });
const expelled = step('OdrMembershipExpelled', { reason: 'unlawful-conduct' });

const HISTORIES: Record<membership.MembershipStatus, readonly GivenEvent[]> = {
  applied: [applied],
  approved: [applied, approved],
  active: [applied, approved, activated],
  suspended: [applied, approved, activated, suspended],
  withdrawn: [applied, withdrawn],
  expelled: [applied, approved, activated, expelled],
};
const STEPS = {
  approve: [decideMembership.approveOdrMembership, approved],
  activate: [decideMembership.activateOdrMembership, activated],
  suspend: [decideMembership.suspendOdrMembership, suspended],
  reactivate: [decideMembership.reactivateOdrMembership, reactivated],
  withdraw: [decideMembership.withdrawOdrMembership, withdrawn],
  expel: [decideMembership.expelOdrMember, expelled],
} as const;
const ALLOWED: Record<membership.MembershipStatus, readonly (keyof typeof STEPS)[]> = {
  applied: ['approve', 'withdraw'],
  approved: ['activate', 'withdraw'],
  active: ['suspend', 'withdraw', 'expel'],
  suspended: ['reactivate', 'withdraw', 'expel'],
  withdrawn: [],
  expelled: [],
};
const subjectState = given(subject, [registered]).state;
const apply = (history: readonly GivenEvent[], context: object = {}, uscc = USCC) =>
  given(membership, history).when(
    decideMembership.applyForOdrMembership,
    { uscc },
    { reads: { subject: subjectState }, ...context },
  );

describe.each(membership.MEMBERSHIP_STATUSES)('a membership that is %s', (status) => {
  const state = given(membership, HISTORIES[status]);

  it.each(Object.keys(STEPS) as (keyof typeof STEPS)[])('%s', (name) => {
    const [decide, { type, data }] = STEPS[name];
    const command = data as { reason: never };
    const outcome = state.when(
      decide as Decide<object, membership.OdrMembership, EventOf<OdrMembershipEvents>>,
      command,
    );
    if (ALLOWED[status].includes(name)) outcome.then([{ type, data } as EventOf<OdrMembershipEvents>]);
    else outcome.then({ kind: 'conflict', code: `MEMBERSHIP_IS_${status.toUpperCase()}` });
  });

  it('takes no step before the one it follows', () => {
    const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
    for (const name of ALLOWED[status]) {
      const [decide, { data }] = STEPS[name];
      const rule = decide as Decide<object, membership.OdrMembership, EventOf<OdrMembershipEvents>>;
      state.when(rule, data, { occurredAt: GIVEN_NOW - 1 }).then(refusal);
      expect(state.when(rule, data, { occurredAt: GIVEN_NOW }).decision).toHaveLength(1);
    }
  });

  it('has the status its view shows', () => {
    expect(state.state.status).toBe(status);
    expect(documentsGiven(odrMemberships, HISTORIES[status]).get(USCC)?.status).toBe(status);
  });
});

describe('an application', () => {
  const application = [{ type: 'OdrMembershipApplied', data: { uscc: USCC, region: '330602' } }] as const;

  it('is made for a registered subject, in the region where it operates', () => {
    apply([]).then(application);
    const unknown = { kind: 'invalid', code: 'UNKNOWN_SUBJECT', field: 'uscc' } as const;
    apply([], { reads: { subject: undefined } }).then(unknown);
    apply([], {}, WRONG).then({ kind: 'invalid', code: 'INVALID_USCC', field: 'uscc' });
  });
  it('is made once, and again after the member has left', () => {
    apply(HISTORIES.applied).then([]);
    apply(HISTORIES.withdrawn).then(application);
    apply(HISTORIES.expelled).then(application);
    for (const status of ['approved', 'active', 'suspended'] as const) {
      apply(HISTORIES[status]).then({ kind: 'conflict', code: 'MEMBERSHIP_EXISTS' });
    }
  });
  it('is made again not before the member has left', () => {
    const early = { occurredAt: GIVEN_NOW - 1 };
    for (const status of ['withdrawn', 'expelled'] as const) {
      const refusal = { kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' } as const;
      apply(HISTORIES[status], early).then(refusal);
    }
    apply([], early).then(application);
  });
  it('is made by a merchant for its own subject only', () => {
    const merchant = (own: string | null) => ({
      actor: { id: 'k', role: 'merchant' },
      bounds: { region: null, subject: own },
    });
    apply([], merchant(USCC)).then(application);
    for (const own of [OTHER, null]) {
      apply([], merchant(own)).then({ kind: 'forbidden', code: 'NOT_OWN_SUBJECT' });
      given(membership, HISTORIES.active)
        .when(decideMembership.withdrawOdrMembership, { reason: 'own-request' }, merchant(own))
        .then({ kind: 'forbidden', code: 'NOT_OWN_SUBJECT' });
    }
  });
  it('must exist before any other step', () => {
    given(membership).when(decideMembership.approveOdrMembership, {}).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
});

describe('the memberships view', () => {
  it('tells since when and why, and forgets the reason when the membership goes on', () => {
    const at = (event: GivenEvent, day: string) => ({ ...event, occurredAt: `2026-03-${day}T00:00:00Z` }) as GivenEvent;
    const history = [at(applied, '01'), at(approved, '02'), at(activated, '03'), at(suspended, '04')];
    expect(documentsGiven(odrMemberships, history).get(USCC)).toEqual({
      uscc: USCC,
      region: '330602',
      status: 'suspended',
      since: '2026-03-04T00:00:00.000Z',
      appliedAt: '2026-03-01T00:00:00.000Z',
      activatedAt: '2026-03-03T00:00:00.000Z',
      reason: 'duties-neglected',
      conditions: null,
    });
    const resumed = documentsGiven(odrMemberships, [...history, at(reactivated, '05')]).get(USCC);
    expect(resumed).toMatchObject({ status: 'active', activatedAt: '2026-03-03T00:00:00.000Z', reason: null });
  });
});

describe('the commands’ form', () => {
  const faults = (command: object) => validateSync(command).map((error) => error.property);
  it('is checked', () => {
    expect(faults(Object.assign(new RegisterSubject(), register))).toEqual([]);
    expect(faults(new RegisterSubject())).toEqual(['uscc', 'name', 'region']);
    expect(faults(Object.assign(new RegisterSubject(), register, { operatingSince: '2026-02-30' }))).toEqual([
      'operatingSince',
    ]);
    expect(faults(Object.assign(new ApplyForOdrMembership(), { uscc: WRONG }))).toEqual(['uscc']);
    expect(faults(Object.assign(new ExpelOdrMember(), { reason: 'because' }))).toEqual(['reason']);
  });
});

describe('the tables', () => {
  it('name streams by the code in its one form and scope them by region and code', () => {
    const scope = { region: '330602', subject: USCC };
    const [row] = subjectsTable.commands;
    expect(row!.id!({ uscc: USCC.toLowerCase() })).toBe(USCC);
    expect(row!.scope!({ ...register, uscc: USCC.toLowerCase() }, {})).toEqual(scope);
    expect(subjectsTable.scopeOf(subjectState)).toEqual(scope);
    const [application] = odrMembershipsTable.commands;
    expect(application!.scope!({ uscc: USCC }, { subject: subjectState })).toEqual(scope);
    expect(application!.reads!['subject']!.stream({ uscc: USCC.toLowerCase() }, {})).toBe(`subject-${USCC}`);
    expect(odrMembershipsTable.scopeOf(given(membership, [applied]).state)).toEqual(scope);
  });
});
