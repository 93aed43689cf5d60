import type { SQLInputValue } from 'node:sqlite';
import { Failure } from '#kernel';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { Query, Scalar } from '../port.ts';
import { fieldsOf, isDeclared } from '../projection.ts';
import type { GenerationTable } from './generation.ts';

/** A condition and the values of its question marks. */
export interface Clause {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** One stretch of the sort order; a page reads stretch after stretch. Columns: sort value (or null), key, doc. */
export type Stretch = Clause;

export interface PlannedQuery {
  readonly stretches: readonly Stretch[];
  cursorAfter(sortValue: Scalar, key: string): string;
}

/**
 * Turns a query into SQL. Documents without a sort value come first (`asc`) or last (`desc`) as a stretch of their own:
 * each stretch is then one range of one index, however deep the page, where one condition over both would be a scan.
 */
export function planQuery(target: GenerationTable, query: Query): PlannedQuery {
  if (!Number.isSafeInteger(query.limit) || query.limit < 1) {
    throw new Failure('BAD_QUERY', 'limit must be a whole number, at least 1');
  }
  requireDeclared(target, query);
  const filter = and([whereClause(target, query.where), rangeClause(target, query.range)]);
  const order = query.sort?.order ?? 'asc';
  const name = `${query.sort?.field ?? ''} ${order}`;
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, name, 2);
  if (after !== undefined && typeof after[1] !== 'string') throw new Failure('BAD_CURSOR', 'the cursor has no key');
  const sorted = query.sort && target.columns.get(query.sort.field)!;
  const conditions =
    sorted === undefined ? [byKey(order, after?.[1])] : byField(sorted, order, after as [Scalar, string] | undefined);
  return {
    stretches: conditions.map((condition) => select(target, and([filter, condition]), sorted, order)),
    cursorAfter: (sortValue, key) => encodeCursor(name, [sortValue, key]),
  };
}

/** Condition of a sum or count. */
export function planFilter(target: GenerationTable, where: Query['where']): Clause {
  requireDeclared(target, where === undefined ? {} : { where });
  return whereClause(target, where);
}

function requireDeclared(target: GenerationTable, query: Pick<Query, 'where' | 'range' | 'sort'>): void {
  const fields = fieldsOf(query);
  if (isDeclared(target.indexes, fields)) return;
  throw new Failure('UNDECLARED_INDEX', `no declared index answers a query by ${JSON.stringify(fields)}`);
}

function select(target: GenerationTable, where: Clause, sorted: string | undefined, order: 'asc' | 'desc'): Stretch {
  const by = sorted === undefined ? `key ${order}` : `${sorted} ${order}, key ${order}`;
  return {
    sql: `SELECT ${sorted ?? 'NULL'}, key, doc FROM ${target.table} WHERE ${where.sql} ORDER BY ${by} LIMIT ?`,
    values: where.values,
  };
}

function byKey(order: 'asc' | 'desc', after: Scalar | undefined): Clause {
  if (after === undefined) return EVERYTHING;
  return { sql: `key ${order === 'asc' ? '>' : '<'} ?`, values: [after] };
}

function byField(column: string, order: 'asc' | 'desc', after: [Scalar, string] | undefined): Clause[] {
  const beyond = order === 'asc' ? '>' : '<';
  const withoutValue = (key?: string): Clause =>
    key === undefined
      ? { sql: `${column} IS NULL`, values: [] }
      : { sql: `${column} IS NULL AND key ${beyond} ?`, values: [key] };
  const withValue: Clause = { sql: `${column} IS NOT NULL`, values: [] };
  if (after === undefined) return order === 'asc' ? [withoutValue(), withValue] : [withValue, withoutValue()];
  const [value, key] = after;
  if (value === null) return order === 'asc' ? [withoutValue(key), withValue] : [withoutValue(key)];
  const rest: Clause = { sql: `(${column}, key) ${beyond} (?, ?)`, values: [value, key] };
  return order === 'asc' ? [rest] : [rest, withoutValue()];
}

function whereClause(target: GenerationTable, where: Query['where'] = {}): Clause {
  return and(Object.entries(where).map(([field, wanted]) => equals(field, target.columns.get(field)!, wanted)));
}

function equals(field: string, column: string, wanted: Scalar | readonly Scalar[] | undefined): Clause {
  if (wanted === undefined) throw new Failure('BAD_QUERY', `no value given for ${field}`);
  if (!Array.isArray(wanted)) return { sql: `${column} IS ?`, values: [wanted as Scalar] };
  const values = JSON.stringify(wanted.filter((value) => value !== null));
  const listed = `${column} IN (SELECT value FROM json_each(?))`;
  return { sql: wanted.includes(null) ? `(${listed} OR ${column} IS NULL)` : listed, values: [values] };
}

function rangeClause(target: GenerationTable, range: Query['range']): Clause {
  if (range === undefined) return EVERYTHING;
  if (range.from === null || range.to === null)
    throw new Failure('BAD_QUERY', 'a range is bounded by values, not null');
  const column = target.columns.get(range.field)!;
  return and([
    range.from === undefined
      ? { sql: `${column} IS NOT NULL`, values: [] }
      : { sql: `${column} >= ?`, values: [range.from] },
    range.to === undefined ? EVERYTHING : { sql: `${column} < ?`, values: [range.to] },
  ]);
}

const EVERYTHING: Clause = { sql: '', values: [] };

function and(clauses: readonly Clause[]): Clause {
  const real = clauses.filter((clause) => clause.sql !== '' && clause.sql !== 'TRUE');
  if (real.length === 0) return { sql: 'TRUE', values: [] };
  return { sql: real.map((clause) => clause.sql).join(' AND '), values: real.flatMap((clause) => clause.values) };
}
