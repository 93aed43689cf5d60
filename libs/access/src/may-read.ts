import { ROLES, type Role } from './role.ts';

/**
 * Whether a role may read what is open to some roles: the head (负责人) reads what an officer of the authority reads, an
 * administrator everything.
 */
export function mayRead(role: Role, readers: readonly Role[]): boolean {
  if (role === 'administrator' || readers.includes(role)) return true;
  return role === 'head' && readers.includes('officer');
}

/** All roles that may read what is open to some roles. */
export function allReaders(readers: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => mayRead(role, readers));
}

/**
 * Who may read reports, and what was made of them: those who handle and audit them, and administrators. No merchant, and nobody
 * with another task: that there is a report already tells of somebody who reported (S1 Art. 37, T-37).
 */
export const REPORT_READERS: readonly Role[] = ['officer', 'enforcement', 'auditor'];
