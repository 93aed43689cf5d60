import { DAY_MS, type Instant } from '#kernel';
import type { Merchant } from '../city.ts';
import type { Membership } from '../membership.ts';
import { beside, type Episode, type Step } from '../step.ts';

/** 入驻条件, and the files that show them (S20). */
const CONDITIONS = {
  fixedPlace: true,
  staff: 2,
  computerOnline: true,
  dedicatedTelephone: true,
  writtenProcedure: true,
  application: 'application-form',
  promiseLetter: 'promise-letter',
  licenceCopy: 'licence-copy',
};

/** What changes in the registry about those with whom nobody quarrels. */
function* quietly(merchant: Merchant, registeredAt: Instant): Episode {
  const change = (action: string, days: number, body: Step['body'] = {}): Step => ({
    at: registeredAt + days * DAY_MS,
    role: 'programme-office',
    collection: 'subjects',
    action,
    id: merchant.uscc,
    merchant,
    body,
  });
  if (merchant.index % 3 === 0) yield change('rename', 40, { name: `${merchant.name}（新）` });
  if (merchant.index % 3 !== 1) return;
  yield change('open-green-channel', 45);
  yield change('close-green-channel', 120, { reason: 'own-request' });
}

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
  if (merchant.temper === 'quiet') yield* beside(quietly(merchant, registeredAt));
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
  yield { ...change('record-conditions', appliedAt + 60_000), body: CONDITIONS };
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
