import { regions } from '#regions';
import type { Principal, Scope } from './role.ts';

/**
 * Whether a key's bounds reach an object: its region is the key's or lies in it, and its subject is the key's. A key
 * without a bound reaches everything on that side.
 *
 * An object whose region or subject is not known lies in nobody's bounds. The one exception is a hotline's region: a
 * fresh ticket often has none yet, and finding out which is the hotline's own work.
 */
export function mayTouch({ role, scope }: Principal, object: Scope): boolean {
  const regions = [object.region, ...(object.alsoIn ?? [])];
  return (
    regions.some((region) => reachesRegion(scope.region, region, role === 'hotline')) &&
    reachesSubject(scope.subject, object.subject)
  );
}

/** Whether what a command names besides its own object lies in the bounds of the key that gives it. */
export function isInBounds(bounds: Pick<Scope, 'region'>, region: string | null): boolean {
  return reachesRegion(bounds.region, region, false);
}

function reachesRegion(bound: string | null, region: string | null, reachesUnknown: boolean): boolean {
  if (bound === null) return true;
  return region === null ? reachesUnknown : regions.covers(bound, region);
}

function reachesSubject(bound: string | null, subject: string | null): boolean {
  return bound === null || bound === subject;
}
