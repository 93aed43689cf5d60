import { refuse, type DecisionContext, type Refusal } from '#kernel';
import type { Role } from './role.ts';

// Who decides for an authority: a person, and for what the law leaves to it, the head.

/** Roles behind which a person stands who may take a legal decision of the authority. */
const AUTHORITY: readonly string[] = ['officer', 'enforcement', 'head', 'administrator'] satisfies Role[];

/** Administrators act for every role, and answer for it: the log says that it was one. */
const HEADS: readonly string[] = ['head', 'administrator'] satisfies Role[];

/** The roles of a command that is a decision of the head (负责人): nobody else may give it. */
export const HEAD_ONLY: readonly Role[] = ['head'];

/** What anybody else is told. */
export const HEAD_DECIDES = 'The head of the authority (负责人) decides this, or who acts for the head.';

type Acting = Pick<DecisionContext, 'actor'>;

export function isOfAuthority(role: string): boolean {
  return AUTHORITY.includes(role);
}

/** A process, a merchant or the public take no legal decision. */
export function notByAPerson({ actor }: Acting): Refusal | undefined {
  if (isOfAuthority(actor.role)) return undefined;
  return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'A person of the authority takes this decision.');
}

/** What the law leaves to the head (负责人): no officer decides it, and no process ever. */
export function notByTheHead({ actor }: Acting): Refusal | undefined {
  if (HEADS.includes(actor.role)) return undefined;
  return notByAPerson({ actor }) ?? refuse('forbidden', 'HEAD_REQUIRED', HEAD_DECIDES);
}
