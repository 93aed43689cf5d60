import {
  normaliseUscc,
  outOfTime,
  refuse,
  unreachable,
  type Decision,
  type DecisionContext,
  type Refusal,
} from '#kernel';
import type {
  ActivateOdrMembership,
  ApplyForOdrMembership,
  ApproveOdrMembership,
  ExpelOdrMember,
  ReactivateOdrMembership,
  RecordOdrConditions,
  SuspendOdrMembership,
  WithdrawOdrMembership,
} from './commands.ts';
import type { OdrMembershipEvent } from './events.ts';
import { missingOf, type MembershipStatus, type OdrMembership } from './odr-membership.ts';
import { notOwnSubject } from './own-subject.ts';
import type { Subject } from './subject.ts';

/** What an application must know of the subject: that it is registered, and where it operates. */
export interface ApplicationReads {
  readonly subject: Subject | undefined;
}

export function applyForOdrMembership(
  command: ApplyForOdrMembership,
  state: OdrMembership,
  context: DecisionContext<ApplicationReads>,
): Decision<OdrMembershipEvent> {
  const uscc = normaliseUscc(command.uscc);
  if (uscc === undefined) return refuse('invalid', 'INVALID_USCC', 'This is no valid social credit code.', 'uscc');
  const { subject } = context.reads;
  if (subject === undefined || subject.status === 'empty') {
    return refuse('invalid', 'UNKNOWN_SUBJECT', 'No subject is registered with this code.', 'uscc');
  }
  const refusal = notOwnSubject(uscc, context);
  if (refusal !== undefined) return refusal;
  const { status } = state;
  switch (status) {
    case 'applied':
      return [];
    case 'approved':
    case 'active':
    case 'suspended':
      return refuse('conflict', 'MEMBERSHIP_EXISTS', 'This subject is a member or about to become one.');
    case 'empty':
    case 'withdrawn':
    case 'expelled': {
      const late = state.status === 'empty' ? undefined : outOfTime(state, context);
      return late ?? [{ type: 'OdrMembershipApplied', data: { uscc, region: subject.region } }];
    }
    default:
      return unreachable(status);
  }
}

/** A declaration of the member itself, an inspection of everybody else. */
export function recordOdrConditions(
  command: RecordOdrConditions,
  state: OdrMembership,
  context: DecisionContext,
): Decision<OdrMembershipEvent> {
  return from(state, context, ['applied', 'approved', 'active', 'suspended'], ({ uscc, conditions }) => {
    const refusal = notOwnSubject(uscc, context);
    if (refusal !== undefined) return refusal;
    const source = context.actor.role === 'merchant' ? 'declared' : 'inspected';
    if (source === 'declared' && conditions?.source === 'inspected') {
      return refuse('conflict', 'INSPECTION_STANDS', 'The office has looked itself; what it found stands.');
    }
    const { fixedPlace, staff, computerOnline, dedicatedTelephone, writtenProcedure } = command;
    const { application = null, promiseLetter = null, licenceCopy = null } = command;
    const found = { fixedPlace, staff, computerOnline, dedicatedTelephone, writtenProcedure };
    const data = { source, ...found, application, promiseLetter, licenceCopy } as const;
    return [{ type: 'OdrConditionsRecorded', data }];
  });
}

export function approveOdrMembership(
  _: ApproveOdrMembership,
  state: OdrMembership,
  context: DecisionContext,
): Decision<OdrMembershipEvent> {
  return from(state, context, ['applied'], (member) => {
    return conditionsNotMet(member) ?? [{ type: 'OdrMembershipApproved', data: {} }];
  });
}

export function activateOdrMembership(
  _: ActivateOdrMembership,
  state: OdrMembership,
  context: DecisionContext,
): Decision<OdrMembershipEvent> {
  return from(state, context, ['approved'], (member) => {
    return conditionsNotMet(member) ?? [{ type: 'OdrMembershipActivated', data: {} }];
  });
}

export function suspendOdrMembership(
  { reason }: SuspendOdrMembership,
  state: OdrMembership,
  context: DecisionContext,
): Decision<OdrMembershipEvent> {
  return from(state, context, ['active'], () => [{ type: 'OdrMembershipSuspended', data: { reason } }]);
}

export function reactivateOdrMembership(
  _: ReactivateOdrMembership,
  state: OdrMembership,
  context: DecisionContext,
): Decision<OdrMembershipEvent> {
  return from(state, context, ['suspended'], (member) => {
    return conditionsNotMet(member) ?? [{ type: 'OdrMembershipReactivated', data: {} }];
  });
}

/** The member's own leave, open to it from its application on. */
export function withdrawOdrMembership(
  { reason }: WithdrawOdrMembership,
  state: OdrMembership,
  context: DecisionContext,
): Decision<OdrMembershipEvent> {
  return from(state, context, ['applied', 'approved', 'active', 'suspended'], ({ uscc }) => {
    return notOwnSubject(uscc, context) ?? [{ type: 'OdrMembershipWithdrawn', data: { reason } }];
  });
}

export function expelOdrMember(
  { reason }: ExpelOdrMember,
  state: OdrMembership,
  context: DecisionContext,
): Decision<OdrMembershipEvent> {
  return from(state, context, ['active', 'suspended'], () => [{ type: 'OdrMembershipExpelled', data: { reason } }]);
}

type Member = Exclude<OdrMembership, { readonly status: 'empty' }>;

/** The step, where the life cycle allows it from here and not before the step it follows. */
function from(
  state: OdrMembership,
  context: DecisionContext,
  allowed: readonly MembershipStatus[],
  step: (member: Member) => Decision<OdrMembershipEvent>,
): Decision<OdrMembershipEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no membership with this code.');
  if (!allowed.includes(state.status)) return wrongState(state.status);
  return outOfTime(state, context) ?? step(state);
}

function wrongState(status: MembershipStatus): Refusal {
  return refuse(
    'conflict',
    `MEMBERSHIP_IS_${status.toUpperCase()}`,
    `The membership is ${status}; this step does not follow.`,
  );
}

/** Nobody becomes active against what is on record; where nothing is, it is the office's own knowledge. */
function conditionsNotMet({ conditions }: Member): Refusal | undefined {
  const missing = conditions === null ? [] : missingOf(conditions);
  if (missing.length === 0) return undefined;
  return refuse('conflict', 'ODR_CONDITIONS_NOT_MET', `On record is missing: ${missing.join(', ')}.`);
}
