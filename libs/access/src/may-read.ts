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
