import { complaintsTable } from '#complaints';
import { disputesTable } from '#disputes';
import { negotiationsTable } from '#negotiation';
import { odrMembershipsTable, subjectsTable } from '#registry';
import type { AnyCommandRow, AnyContextTable } from '#service';
import { workOrdersTable } from '#work-orders';

/** The contexts whose commands the city gives. */
export const simulatedTables: readonly AnyContextTable[] = [
  subjectsTable,
  odrMembershipsTable,
  workOrdersTable,
  disputesTable,
  negotiationsTable,
  complaintsTable,
];

export interface CommandPlace {
  readonly table: AnyContextTable;
  readonly row: AnyCommandRow;
}

/** Finds a command's table and row by its route. Throws a RangeError when there is no such command. */
export function commandPlaces(
  tables: readonly AnyContextTable[],
): (collection: string, action: string) => CommandPlace {
  const places = new Map<string, CommandPlace>();
  for (const table of tables) {
    for (const row of table.commands) places.set(`${table.collection}/${row.action}`, { table, row });
  }
  return (collection, action) => {
    const place = places.get(`${collection}/${action}`);
    if (place === undefined) throw new RangeError(`there is no command ${collection}/${action}`);
    return place;
  };
}
