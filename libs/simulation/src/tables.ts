import { casesTable } from '#cases';
import { complaintsTable } from '#complaints';
import { referralsTable } from '#court-referral';
import { criminalReferralsTable } from '#criminal-referral';
import { disputesTable } from '#disputes';
import { evidenceTable } from '#evidence';
import { confirmationsTable } from '#judicial-confirmation';
import { mediationBodiesTable, mediationsTable, mediatorsTable } from '#mediation';
import { negotiationsTable } from '#negotiation';
import { publicationQueueTable, publicationsTable } from '#publicity';
import {
  advanceSchemesTable,
  commitmentsTable,
  odrMembershipsTable,
  serviceStationsTable,
  storesTable,
  subjectsTable,
} from '#registry';
import { reportsTable } from '#reports';
import { routeOf, type AnyCommandRow, type AnyContextTable } from '#service';
import { workOrdersTable } from '#work-orders';
import type { SimulatedCommand } from './step.ts';

/** Where the city's institutions and merchants stand: what begins here lasts, and stories of others refer to it. */
const REGISTRIES: readonly AnyContextTable[] = [
  subjectsTable,
  odrMembershipsTable,
  serviceStationsTable,
  advanceSchemesTable,
  storesTable,
  commitmentsTable,
  mediationBodiesTable,
  mediatorsTable,
];

/** The contexts whose commands the city gives. */
export const simulatedTables: readonly AnyContextTable[] = [
  ...REGISTRIES,
  workOrdersTable,
  disputesTable,
  negotiationsTable,
  complaintsTable,
  mediationsTable,
  referralsTable,
  confirmationsTable,
  reportsTable,
  casesTable,
  criminalReferralsTable,
  publicationQueueTable,
  publicationsTable,
  evidenceTable,
];

const lasting = new Set(REGISTRIES.map(({ collection }) => collection));

/** Whether what a command of this collection creates is referred to by other stories than its own. */
export function isLasting(collection: string): boolean {
  return lasting.has(collection);
}

export interface CommandPlace {
  readonly table: AnyContextTable;
  readonly row: AnyCommandRow;
}

/**
 * Finds a command's table and row by its route, or of those that have none by its name. Throws a RangeError when there is no
 * such command.
 */
export function commandPlaces(
  tables: readonly AnyContextTable[],
): (command: Pick<SimulatedCommand, 'collection' | 'action' | 'role'>) => CommandPlace {
  const [given, answered] = [new Map<string, CommandPlace>(), new Map<string, CommandPlace>()];
  for (const table of tables) {
    for (const row of table.commands) given.set(`${table.collection}/${row.action}`, { table, row });
    for (const row of table.processCommands ?? []) answered.set(`${table.collection}/${row.action}`, { table, row });
  }
  return ({ collection, action, role }) => {
    const name = `${collection}/${action}`;
    const place = role === 'process' ? answered.get(name) : (given.get(name) ?? answered.get(name));
    if (place === undefined) throw new RangeError(`there is no command ${name}`);
    return place;
  };
}

const placeOfOwn = commandPlaces(simulatedTables);

/** Path at which a service takes a command of the city. */
export function pathOf({
  collection,
  action,
  id,
}: {
  collection: string;
  action: string;
  id: string | undefined;
}): string {
  if (id !== undefined) return `/v1/${collection}/${encodeURIComponent(id)}/${action}`;
  return `/v1/${collection}${routeOf(placeOfOwn({ collection, action, role: 'administrator' }).row)}`;
}
