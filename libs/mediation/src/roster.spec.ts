import { describe, expect, it } from '@jest/globals';
import { documentsGiven, given, isRefusal, type GivenEvent } from '#kernel';
import {
  declareInterest,
  registerBody,
  registerMediator,
  reinstateBody,
  reinstateMediator,
  removeBody,
  removeMediator,
  reviseBody,
  reviseMediator,
  suspendBody,
  suspendMediator,
  withdrawInterest,
} from './decide-roster.ts';
import { BODY_TYPES, KINDS_OF_BODY, MEDIATION_KINDS } from './kinds.ts';
import { evolveBody, noBody } from './mediation-body.ts';
import { evolveMediator, noMediator } from './mediator.ts';
import type {
  MediationBodyEvents,
  MediatorEvents,
  RecordedMediationBodyEvent,
  RecordedMediatorEvent,
} from './roster-events.ts';
import { ago, as, body, BODY, OTHER_USCC, USCC } from './testing/given-mediation.ts';
import { mediationBodiesView } from './views/mediation-bodies.ts';
import { mediatorsView } from './views/mediators.ts';

type GivenBody = GivenEvent<RecordedMediationBodyEvent>;
type GivenMediator = GivenEvent<RecordedMediatorEvent>;
const givenBody = (events: readonly GivenBody[] = []) => given({ initial: noBody, evolve: evolveBody }, events);
const givenMediator = (events: readonly GivenMediator[] = []) =>
  given({ initial: noMediator, evolve: evolveMediator }, events);

const entry: MediationBodyEvents['MediationBodyRegistered'] = {
  ...{ name: 'Yuecheng Mediation Centre', type: 'consumer-association', uscc: null },
  ...{ region: '330602', regions: ['330602', '330603'], kinds: ['consumer-association', 'delegated'] },
};
const registered: GivenBody = { type: 'MediationBodyRegistered', occurredAt: ago(100), data: entry };
const suspendedBody: GivenBody = { type: 'MediationBodySuspended', occurredAt: ago(50), data: { cause: 'leave' } };
const removedBody: GivenBody = { type: 'MediationBodyRemoved', occurredAt: ago(20), data: { cause: 'dissolved' } };

const person = { personId: 'person-9', tokens: { phone: 'phone-9', name: 'name-9' } };
const person9: MediatorEvents['MediatorRegistered'] = {
  ...{ person: 'person-9', personTokens: person.tokens, bodyId: BODY, region: '330602', regions: ['330602'] },
  ...{ kinds: ['consumer-association'], qualifications: ['consumer-association-mediator'] },
};
const mediator: GivenMediator = { type: 'MediatorRegistered', occurredAt: ago(100), data: person9 };
const suspended: GivenMediator = { type: 'MediatorSuspended', occurredAt: ago(50), data: { cause: 'under-review' } };
const removed: GivenMediator = { type: 'MediatorRemoved', occurredAt: ago(20), data: { cause: 'misconduct' } };
const tied: GivenMediator = {
  type: 'MediatorInterestDeclared',
  occurredAt: ago(60),
  data: { interest: '1', uscc: USCC, relative: null, relativeTokens: null },
};

describe('a body', () => {
  it('comes on the roster with what its type may do', () => {
    const { uscc: _, ...command } = entry;
    givenBody()
      .when(registerBody, command as never)
      .then([{ type: 'MediationBodyRegistered', data: entry }]);
    givenBody()
      .when(registerBody, { ...command, uscc: USCC.toLowerCase() } as never)
      .then([{ type: 'MediationBodyRegistered', data: { ...entry, uscc: USCC } }]);
    givenBody([registered])
      .when(registerBody, command as never)
      .then({ kind: 'conflict', code: 'BODY_EXISTS' });
    for (const type of BODY_TYPES) {
      for (const kind of MEDIATION_KINDS) {
        const { decision } = givenBody().when(registerBody, { ...command, type, kinds: [kind] } as never);
        const isTheirs = KINDS_OF_BODY[type].includes(kind);
        expect({ type, kind, decision }).toMatchObject(
          isTheirs ? { decision: [{}] } : { decision: { code: 'KIND_NOT_OF_BODY' } },
        );
      }
    }
  });

  it('is revised, and nothing is said where nothing changes', () => {
    const changed = { regions: ['330600'], kinds: ['delegated' as const] };
    givenBody([registered])
      .when(reviseBody, changed)
      .then([{ type: 'MediationBodyRevised', data: changed }]);
    givenBody([registered])
      .when(reviseBody, { regions: ['330603', '330602'], kinds: ['delegated', 'consumer-association'] })
      .then([]);
    givenBody([registered])
      .when(reviseBody, { regions: ['330600'], kinds: ['peoples'] })
      .then({ kind: 'invalid', code: 'KIND_NOT_OF_BODY', field: 'kinds' });
  });

  it('is suspended, reinstated and taken off for good', () => {
    givenBody([registered])
      .when(suspendBody, { cause: 'leave' })
      .then([{ type: 'MediationBodySuspended', data: { cause: 'leave' } }]);
    givenBody([registered, suspendedBody]).when(suspendBody, { cause: 'leave' }).then([]);
    givenBody([registered, suspendedBody])
      .when(reinstateBody, {})
      .then([{ type: 'MediationBodyReinstated', data: {} }]);
    givenBody([registered]).when(reinstateBody, {}).then([]);
    for (const history of [[registered], [registered, suspendedBody]]) {
      givenBody(history)
        .when(removeBody, { cause: 'dissolved' })
        .then([{ type: 'MediationBodyRemoved', data: { cause: 'dissolved' } }]);
    }
  });

  it('off the roster, unknown, or handled by a process, takes no step', () => {
    const steps = [
      [reviseBody, { regions: ['330600'], kinds: ['delegated'] }],
      [suspendBody, { cause: 'leave' }],
      [reinstateBody, {}],
      [removeBody, { cause: 'dissolved' }],
    ] as const;
    for (const [decide, command] of steps) {
      const when = (events: readonly GivenBody[], context: object = {}) =>
        givenBody(events).when(decide as never, command as object, context);
      when([]).then({ kind: 'notFound', code: 'UNKNOWN_BODY' });
      when([registered, removedBody]).then({ kind: 'conflict', code: 'OFF_THE_ROSTER' });
      when([registered], as('process')).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
      when([registered], { occurredAt: ago(101) }).then({
        kind: 'invalid',
        code: 'OCCURRED_BEFORE_PREVIOUS_STEP',
        field: 'occurredAt',
      });
    }
    givenBody()
      .when(registerBody, entry as never, as('process'))
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });

  it('is seen as it stands', () => {
    const seen = (events: readonly GivenBody[]) => [...documentsGiven(mediationBodiesView, events).values()][0];
    expect(seen([registered])).toMatchObject({ ...entry, status: 'active', cause: null });
    expect(seen([registered, suspendedBody])).toMatchObject({ status: 'suspended', cause: 'leave' });
    const reinstated: GivenBody = { type: 'MediationBodyReinstated', occurredAt: ago(40), data: {} };
    expect(seen([registered, suspendedBody, reinstated])).toMatchObject({ status: 'active', cause: null });
    const revised: GivenBody = { type: 'MediationBodyRevised', data: { regions: ['330600'], kinds: ['delegated'] } };
    expect(seen([registered, revised])).toMatchObject({ regions: ['330600'], kinds: ['delegated'], name: entry.name });
    expect(seen([registered, removedBody])).toMatchObject({ status: 'removed', cause: 'dissolved' });
    expect(() => documentsGiven(mediationBodiesView, [removedBody])).toThrow('begins with');
    expect(() => givenBody([removedBody])).toThrow('begins with');
  });
});

describe('a mediator', () => {
  const command = { ...person9, name: '' };
  const registering = (more: object = {}, context: object = {}) =>
    givenMediator().when(registerMediator, { ...command, ...more } as never, {
      persons: { person },
      reads: { body },
      ...context,
    });

  it('comes on the roster as a person in the vault, of a body that does the same', () => {
    registering().then([{ type: 'MediatorRegistered', data: person9 }]);
    registering({}, { persons: {} }).then({ kind: 'invalid', code: 'NAME_REQUIRED', field: 'name' });
    registering({}, { reads: { body: undefined } }).then({ kind: 'invalid', code: 'UNKNOWN_BODY', field: 'bodyId' });
    registering({}, { reads: { body: { ...body, status: 'removed' } } }).then({
      kind: 'conflict',
      code: 'BODY_NOT_ACTIVE',
      field: 'bodyId',
    });
    registering({ kinds: ['administrative'] }).then({ kind: 'invalid', code: 'KIND_NOT_OF_BODY', field: 'kinds' });
    registering({}, as('process')).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    givenMediator([mediator])
      .when(registerMediator, command as never)
      .then({ kind: 'conflict', code: 'MEDIATOR_EXISTS' });
  });

  it('without a body is the authority’s own, and does its mediation only', () => {
    const own = { bodyId: undefined, kinds: ['administrative'] };
    registering(own, { reads: { body: undefined } }).then([
      { type: 'MediatorRegistered', data: { ...person9, bodyId: null, kinds: ['administrative'] } },
    ]);
    registering({ bodyId: undefined }).then({ kind: 'invalid', code: 'BODY_REQUIRED', field: 'kinds' });
  });

  it('is revised within what the body does', () => {
    const revising = (more: object) =>
      givenMediator([mediator]).when(
        reviseMediator,
        { regions: ['330602'], kinds: ['consumer-association'], qualifications: ['lawyer'], ...more } as never,
        { reads: { body } },
      );
    expect(revising({}).decision).toMatchObject([{ type: 'MediatorRevised', data: { qualifications: ['lawyer'] } }]);
    revising({ qualifications: person9.qualifications }).then([]);
    revising({ kinds: ['administrative'] }).then({ kind: 'invalid', code: 'KIND_NOT_OF_BODY', field: 'kinds' });
  });

  it('is suspended, reinstated and taken off for good', () => {
    givenMediator([mediator])
      .when(suspendMediator, { cause: 'under-review' })
      .then([{ type: 'MediatorSuspended', data: { cause: 'under-review' } }]);
    givenMediator([mediator, suspended]).when(suspendMediator, { cause: 'leave' }).then([]);
    givenMediator([mediator, suspended])
      .when(reinstateMediator, {})
      .then([{ type: 'MediatorReinstated', data: {} }]);
    givenMediator([mediator]).when(reinstateMediator, {}).then([]);
    givenMediator([mediator])
      .when(removeMediator, { cause: 'own-wish' })
      .then([{ type: 'MediatorRemoved', data: { cause: 'own-wish' } }]);
  });

  it('declares one interest at a time, and withdraws it', () => {
    const declaring = (command: object, persons: object = {}, history: readonly GivenMediator[] = [mediator]) =>
      givenMediator(history).when(declareInterest, command, { persons } as object);
    const one = { kind: 'invalid', code: 'ONE_INTEREST_REQUIRED', field: 'uscc' } as const;
    const relative = { personId: 'person-8', tokens: { name: 'name-8' } };
    declaring({}).then(one);
    declaring({ uscc: USCC }, { relative }).then(one);
    declaring({ uscc: USCC.toLowerCase() }).then([{ type: 'MediatorInterestDeclared', data: tied.data as never }]);
    declaring({ uscc: USCC }, {}, [mediator, tied]).then([]);
    declaring({ uscc: OTHER_USCC }, {}, [mediator, tied]).then([
      {
        type: 'MediatorInterestDeclared',
        data: { interest: '2', uscc: OTHER_USCC, relative: null, relativeTokens: null },
      },
    ]);
    declaring({}, { relative }).then([
      {
        type: 'MediatorInterestDeclared',
        data: { interest: '1', uscc: null, relative: 'person-8', relativeTokens: relative.tokens },
      },
    ]);
    const withdrawing = (interest: string, history: GivenMediator[]) =>
      givenMediator(history).when(withdrawInterest, { interest });
    withdrawing('1', [mediator, tied]).then([{ type: 'MediatorInterestWithdrawn', data: { interest: '1' } }]);
    const gone: GivenMediator = { type: 'MediatorInterestWithdrawn', occurredAt: ago(40), data: { interest: '1' } };
    withdrawing('1', [mediator, tied, gone]).then([]);
    withdrawing('1', [mediator]).then({ kind: 'invalid', code: 'UNKNOWN_INTEREST', field: 'interest' });
    // Declared again it has another number: the first is history.
    const { decision } = declaring({ uscc: USCC }, {}, [mediator, tied, gone]);
    expect(decision).toMatchObject([{ data: { interest: '2' } }]);
  });

  it('off the roster, unknown, or handled by a process, takes no step', () => {
    const steps = [
      [reviseMediator, { regions: ['330600'], kinds: ['delegated'], qualifications: ['lawyer'] }],
      [suspendMediator, { cause: 'leave' }],
      [reinstateMediator, {}],
      [removeMediator, { cause: 'own-wish' }],
      [declareInterest, { uscc: USCC }],
      [withdrawInterest, { interest: '1' }],
    ] as const;
    for (const [decide, given] of steps) {
      const when = (events: readonly GivenMediator[], context: object = {}) =>
        givenMediator(events).when(decide as never, given as object, { reads: { body }, ...context } as object);
      when([]).then({ kind: 'notFound', code: 'UNKNOWN_MEDIATOR' });
      when([mediator, removed]).then({ kind: 'conflict', code: 'OFF_THE_ROSTER' });
      when([mediator], as('process')).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
      expect(isRefusal(when([mediator], { occurredAt: ago(101) }).decision)).toBe(true);
    }
  });

  it('is seen with interests that still hold, and without any token', () => {
    const seen = (events: readonly GivenMediator[]) => [...documentsGiven(mediatorsView, events).values()][0];
    const gone: GivenMediator = { type: 'MediatorInterestWithdrawn', data: { interest: '1' } };
    expect(seen([mediator, tied])).toMatchObject({
      person: 'person-9',
      status: 'active',
      interests: [{ interest: '1', uscc: USCC, relative: null }],
    });
    expect(JSON.stringify(seen([mediator, tied]))).not.toContain('oken');
    expect(seen([mediator, tied, gone])).toMatchObject({ interests: [] });
    expect(seen([mediator, suspended])).toMatchObject({ status: 'suspended', cause: 'under-review' });
    const reinstated: GivenMediator = { type: 'MediatorReinstated', occurredAt: ago(30), data: {} };
    expect(seen([mediator, suspended, reinstated])).toMatchObject({ status: 'active', cause: null });
    expect(seen([mediator, removed])).toMatchObject({ status: 'removed', cause: 'misconduct' });
    const revised: GivenMediator = {
      type: 'MediatorRevised',
      data: { regions: ['330600'], kinds: ['delegated'], qualifications: ['lawyer'] },
    };
    expect(seen([mediator, revised])).toMatchObject({ kinds: ['delegated'], qualifications: ['lawyer'] });
    expect(() => documentsGiven(mediatorsView, [removed])).toThrow('begins with');
    expect(() => givenMediator([removed])).toThrow('begins with');
  });
});
