import type { Teller } from '../teller.ts';
import { afterAcceptance, beforeAcceptance } from './complaints.ts';
import { confirmations, fromCourt, toCourt } from './courts.ts';
import { cases, criminalReferrals, publications, reports } from './enforcement.ts';
import { mediations, mediationsByBodies, roster } from './mediations.ts';
import { negotiations, registry } from './negotiations.ts';
import { disputes, workOrders } from './work-orders.ts';

/** Legal histories, one per procedure, that bring its objects deep into their lives: walks go on from there. */
export const openings: Readonly<Record<string, (teller: Teller) => void>> = {
  'work orders': workOrders,
  disputes,
  'complaints before acceptance': beforeAcceptance,
  'complaints after acceptance': afterAcceptance,
  registry,
  negotiations,
  roster,
  mediations,
  'mediations by bodies': mediationsByBodies,
  'to court': toCourt,
  'from court': fromCourt,
  'judicial confirmations': confirmations,
  reports,
  cases,
  'criminal referrals': criminalReferrals,
  publications,
};
