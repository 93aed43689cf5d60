import { Failure, formatInstant, normaliseUscc, parseInstant, refuse } from '#kernel';
import type { Decide, DecisionContext, Refusal } from '#kernel';
import { regions } from '#regions';
import type { AccessKey } from './access-key.ts';
import type { IssueAccessKey, RevokeAccessKey, RotateAccessKey } from './commands.ts';
import type { AccessKeyEvent } from './events.ts';

type Rule<Command> = Decide<Command, AccessKey, AccessKeyEvent>;

export const issue: Rule<IssueAccessKey> = (command, state, context) => {
  if (state.status !== 'none') return refuse('conflict', 'ACCESS_KEY_EXISTS', 'This access key was issued before.');
  const { role, label } = command;
  const region = command.region ?? null;
  const subject = command.subject === undefined ? null : (normaliseUscc(command.subject) ?? command.subject);
  const refusal = subjectRefusal(role, subject) ?? boundsRefusal(region, subject, context.bounds);
  if (refusal !== undefined) return refusal;
  const expiresAt = command.expiresAt === undefined ? null : parseInstant(command.expiresAt)!;
  if (expiresAt !== null && expiresAt <= context.now) {
    return refuse('invalid', 'EXPIRES_IN_PAST', 'The key would be expired already.', 'expiresAt');
  }
  const data = {
    secretHash: secretHashOf(context),
    role,
    region,
    subject,
    label: label ?? null,
    expiresAt: expiresAt === null ? null : formatInstant(expiresAt),
  };
  return [{ type: 'AccessKeyIssued', data }];
};

export const rotate: Rule<RotateAccessKey> = (_command, state, context) =>
  state.status === 'live'
    ? [{ type: 'AccessKeyRotated', data: { secretHash: secretHashOf(context) } }]
    : notLive(state.status);

export const revoke: Rule<RevokeAccessKey> = ({ reason }, state) =>
  state.status === 'live' ? [{ type: 'AccessKeyRevoked', data: { reason } }] : notLive(state.status);

/** A merchant acts and reads for one subject; without it the key would see everybody's disputes. */
function subjectRefusal(role: string, subject: string | null): Refusal | undefined {
  if (role !== 'merchant' || subject !== null) return undefined;
  return refuse('invalid', 'SUBJECT_REQUIRED', 'A merchant’s key must name its subject.', 'subject');
}

/** Nobody hands out more than they hold. */
function boundsRefusal(
  region: string | null,
  subject: string | null,
  bounds: DecisionContext['bounds'],
): Refusal | undefined {
  if (bounds.region !== null && (region === null || !regions.covers(bounds.region, region))) {
    return refuse('forbidden', 'REGION_OUT_OF_BOUNDS', 'Your own key does not reach this region.', 'region');
  }
  if (bounds.subject !== null && bounds.subject !== subject) {
    return refuse('forbidden', 'SUBJECT_OUT_OF_BOUNDS', 'Your own key does not reach this subject.', 'subject');
  }
  return undefined;
}

function notLive(status: 'none' | 'revoked'): Refusal {
  return status === 'none'
    ? refuse('notFound', 'ACCESS_KEY_UNKNOWN', 'There is no such access key.')
    : refuse('conflict', 'ACCESS_KEY_REVOKED', 'This access key was revoked.');
}

function secretHashOf({ secretHash }: Pick<DecisionContext, 'secretHash'>): string {
  if (secretHash === undefined)
    throw new Failure('SECRET_MISSING', 'a command that issues a secret came without its hash');
  return secretHash;
}
