import { normaliseUscc, refuse, refuseBefore, type Decide, type Decision, type DecisionContext } from '#kernel';
import { KINDS, KINDS_OF_BODY, type MediationKind } from './kinds.ts';
import type { MediationBody, RegisteredBody, RosterStatus } from './mediation-body.ts';
import type { Mediator, RegisteredMediator } from './mediator.ts';
import { humanDecisionRequired } from './refusals.ts';
import type {
  DeclareMediatorInterest,
  RegisterMediationBody,
  RegisterMediator,
  RemoveMediationBody,
  RemoveMediator,
  ReviseMediationBody,
  ReviseMediator,
  SuspendMediationBody,
  SuspendMediator,
  WithdrawMediatorInterest,
} from './roster-commands.ts';
import type { MediationBodyEvent, MediatorEvent } from './roster-events.ts';

type BodyRule<Command> = Decide<Command, MediationBody, MediationBodyEvent>;
export type MediatorReads = { readonly body: MediationBody | undefined };

export const registerBody: BodyRule<RegisterMediationBody> = (command, state, { actor }) => {
  if (state.status !== 'none') return refuse('conflict', 'BODY_EXISTS', 'This body is on the roster already.');
  if (actor.role === 'process') return humanDecisionRequired();
  const { name, type, region, regions, kinds } = command;
  const uscc = command.uscc === undefined ? null : (normaliseUscc(command.uscc) ?? command.uscc);
  const data = { name, type, uscc, region, regions, kinds };
  return notOfType(kinds, command.type) ?? [{ type: 'MediationBodyRegistered', data }];
};

export const reviseBody: BodyRule<ReviseMediationBody> = onRoster(({ regions, kinds }, state) =>
  isSame(regions, state.regions) && isSame(kinds, state.kinds)
    ? []
    : (notOfType(kinds, state.type) ?? [{ type: 'MediationBodyRevised', data: { regions, kinds } }]),
);

export const suspendBody: BodyRule<SuspendMediationBody> = onRoster(({ cause }, { status }) =>
  status === 'suspended' ? [] : [{ type: 'MediationBodySuspended', data: { cause } }],
);

export const reinstateBody: BodyRule<object> = onRoster((_, { status }) =>
  status === 'active' ? [] : [{ type: 'MediationBodyReinstated', data: {} }],
);

export const removeBody: BodyRule<RemoveMediationBody> = onRoster(({ cause }) => [
  { type: 'MediationBodyRemoved', data: { cause } },
]);

export const registerMediator: Decide<RegisterMediator, Mediator, MediatorEvent, MediatorReads> = (
  command,
  state,
  { actor, persons, reads },
) => {
  if (state.status !== 'none') return refuse('conflict', 'MEDIATOR_EXISTS', 'This mediator is on the roster already.');
  if (actor.role === 'process') return humanDecisionRequired();
  const { person } = persons;
  if (person === undefined) return refuse('invalid', 'NAME_REQUIRED', 'A mediator has a name.', 'name');
  const { bodyId, region, regions, kinds, qualifications } = command;
  const refusal = notOfBody(kinds, bodyId, reads.body);
  if (refusal !== undefined) return refusal;
  const known = { person: person.personId, personTokens: person.tokens, bodyId: bodyId ?? null };
  return [{ type: 'MediatorRegistered', data: { ...known, region, regions, kinds, qualifications } }];
};

export const reviseMediator: MediatorRule<ReviseMediator, MediatorReads> = ofMediator((command, state, { reads }) => {
  const { regions, kinds, qualifications } = command;
  const isUnchanged =
    isSame(regions, state.regions) && isSame(kinds, state.kinds) && isSame(qualifications, state.qualifications);
  if (isUnchanged) return [];
  const refusal = notOfBody(kinds, state.bodyId ?? undefined, reads.body);
  return refusal ?? [{ type: 'MediatorRevised', data: { regions, kinds, qualifications } }];
});

export const suspendMediator: MediatorRule<SuspendMediator> = ofMediator(({ cause }, { status }) =>
  status === 'suspended' ? [] : [{ type: 'MediatorSuspended', data: { cause } }],
);

export const reinstateMediator: MediatorRule<object> = ofMediator((_, { status }) =>
  status === 'active' ? [] : [{ type: 'MediatorReinstated', data: {} }],
);

export const removeMediator: MediatorRule<RemoveMediator> = ofMediator(({ cause }) => [
  { type: 'MediatorRemoved', data: { cause } },
]);

/** 利害关系声明: what is declared keeps the mediator from disputes of that subject, or of that relative. */
export const declareInterest: MediatorRule<DeclareMediatorInterest> = ofMediator((command, state, { persons }) => {
  const relative = persons['relative'];
  const uscc = command.uscc === undefined ? null : (normaliseUscc(command.uscc) ?? command.uscc);
  if ((uscc === null) === (relative === undefined)) {
    return refuse('invalid', 'ONE_INTEREST_REQUIRED', 'Declare one subject, or one relative.', 'uscc');
  }
  if (uscc !== null && state.interests.some((one) => one.uscc === uscc)) return [];
  const known = { uscc, relative: relative?.personId ?? null, relativeTokens: relative?.tokens ?? null };
  return [{ type: 'MediatorInterestDeclared', data: { interest: String(state.declared + 1), ...known } }];
});

export const withdrawInterest: MediatorRule<WithdrawMediatorInterest> = ofMediator(({ interest }, state) => {
  if (state.interests.some((one) => one.interest === interest)) {
    return [{ type: 'MediatorInterestWithdrawn', data: { interest } }];
  }
  if (Number(interest) <= state.declared) return [];
  return refuse('invalid', 'UNKNOWN_INTEREST', 'No interest of this number was declared.', 'interest');
});

type MediatorRule<Command, Reads = Record<string, never>> = Decide<Command, Mediator, MediatorEvent, Reads>;

/** A step on a body of the roster, not before the step it follows. */
function onRoster<Command>(
  step: (command: Command, state: RegisteredBody) => Decision<MediationBodyEvent>,
): BodyRule<Command> {
  return (command, state, context) => {
    if (state.status === 'none') return refuse('notFound', 'UNKNOWN_BODY', 'There is no such body on the roster.');
    return notOnRoster(state, context) ?? step(command, state);
  };
}

function ofMediator<Command, Reads = Record<string, never>>(
  step: (command: Command, state: RegisteredMediator, context: DecisionContext<Reads>) => Decision<MediatorEvent>,
): MediatorRule<Command, Reads> {
  return (command, state, context) => {
    if (state.status === 'none') {
      return refuse('notFound', 'UNKNOWN_MEDIATOR', 'There is no such mediator on the roster.');
    }
    return notOnRoster(state, context) ?? step(command, state, context);
  };
}

function notOnRoster(
  { status, previousAt }: { readonly status: RosterStatus; readonly previousAt: number },
  { actor, occurredAt }: DecisionContext<unknown>,
) {
  if (actor.role === 'process') return humanDecisionRequired();
  if (status === 'removed') return refuse('conflict', 'OFF_THE_ROSTER', 'It was taken off the roster.');
  return refuseBefore(previousAt, { occurredAt });
}

function notOfType(kinds: readonly MediationKind[], type: RegisteredBody['type']) {
  const other = kinds.find((kind) => !KINDS_OF_BODY[type].includes(kind));
  if (other === undefined) return undefined;
  return refuse('invalid', 'KIND_NOT_OF_BODY', `A body of this type does not do ${KINDS[other].title.en}.`, 'kinds');
}

/** A mediator does no more than the body does; one without a body is the authority's own. */
function notOfBody(kinds: readonly MediationKind[], bodyId: string | undefined, body: MediationBody | undefined) {
  if (bodyId === undefined) {
    const other = kinds.find((kind) => KINDS[kind].byBody);
    if (other === undefined) return undefined;
    return refuse('invalid', 'BODY_REQUIRED', `${KINDS[other].title.en} is done by a body.`, 'kinds');
  }
  if (body === undefined || body.status === 'none') {
    return refuse('invalid', 'UNKNOWN_BODY', 'There is no such body on the roster.', 'bodyId');
  }
  if (body.status === 'removed') return refuse('conflict', 'BODY_NOT_ACTIVE', 'The body is off the roster.', 'bodyId');
  const other = kinds.find((kind) => !body.kinds.includes(kind));
  if (other === undefined) return undefined;
  return refuse('invalid', 'KIND_NOT_OF_BODY', `The body does not do ${KINDS[other].title.en}.`, 'kinds');
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
