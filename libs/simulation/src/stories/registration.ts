import type { Instant } from '#kernel';
import type { Merchant } from '../city.ts';
import type { Membership } from '../membership.ts';
import type { Episode, Step } from '../step.ts';

/** A merchant enters the registry, joins ODR where it does, and is suspended, let back in or leaves where it is. */
export function* registration(merchant: Merchant, registeredAt: Instant, membership: Membership | null): Episode {
  const { uscc, name, district, sector, operatingSince } = merchant;
  yield {
    at: registeredAt,
    role: 'programme-office',
    collection: 'subjects',
    action: 'register',
    merchant,
    body: {
      uscc,
      name,
      region: district.code,
      sector: sector.name,
      ...(operatingSince === null ? {} : { operatingSince }),
    },
  };
  if (membership === null) return;
  const { appliedAt, approvedAt, activatedAt, suspendedAt, after } = membership;
  yield {
    at: appliedAt,
    role: 'programme-office',
    collection: 'odr-memberships',
    action: 'apply',
    merchant,
    body: { uscc },
  };
  yield change('approve', approvedAt);
  yield change('activate', activatedAt);
  if (suspendedAt === null) return;
  yield change('suspend', suspendedAt, 'duties-neglected');
  if (after === null) return;
  if (after.action === 'reactivate') yield change('reactivate', after.at);
  else yield change(after.action, after.at, after.action === 'withdraw' ? 'own-request' : 'unlawful-conduct');

  function change(action: string, at: Instant, reason?: string): Step {
    const body = reason === undefined ? {} : { reason };
    return { at, role: 'programme-office', collection: 'odr-memberships', action, id: uscc, merchant, body };
  }
}
