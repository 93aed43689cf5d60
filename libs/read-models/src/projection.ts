import type { Projection, Query } from './port.ts';

/** Fields that have a typed column: all fields of all declared indexes, sorted. */
export function declaredFields(indexes: Projection['indexes']): string[] {
  return [...new Set(Object.values(indexes).flat())].sort();
}

/** Two projections with the same shape can share documents; another version or other indexes need a new build. */
export function shapeOf(projection: Projection): string {
  const indexes = Object.entries(projection.indexes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([projection.version, indexes]);
}

/** The fields a query speaks of, without its values. */
export interface QueryFields {
  readonly where: readonly string[];
  readonly range?: string;
  readonly sort?: string;
}

export function fieldsOf(query: Pick<Query, 'where' | 'range' | 'sort'>): QueryFields {
  return {
    where: Object.keys(query.where ?? {}),
    ...(query.range && { range: query.range.field }),
    ...(query.sort && { sort: query.sort.field }),
  };
}

/**
 * Whether the declared indexes answer a query: one of them begins with the `where` fields (in any order) followed by the
 * range field, and the sort field stands in any of them. Lets a route table be checked at start.
 */
export function isDeclared(indexes: Projection['indexes'], { where, range, sort }: QueryFields): boolean {
  const declared = Object.values(indexes);
  const answersFilter = (fields: readonly string[]): boolean =>
    where.every((field) => fields.indexOf(field) >= 0 && fields.indexOf(field) < where.length) &&
    (range === undefined || fields[where.length] === range);
  const filters = where.length > 0 || range !== undefined;
  return (
    (!filters || declared.some(answersFilter)) &&
    (sort === undefined || declared.some((fields) => fields.includes(sort)))
  );
}
