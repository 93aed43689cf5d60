import type { SQLInputValue } from 'node:sqlite';
import { Failure, type Position } from '#kernel';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { Page, ParkedEvent, Projection, Query, ReadModelReader, Scalar } from '../port.ts';
import { fieldsOf, isDeclared } from '../projection.ts';
import type { CommitSignal } from '../signal.ts';
import type { Database } from './database.ts';
import { Generations, type GenerationRow } from './generation.ts';
import { planFilter, planQuery, type Stretch } from './query.ts';

const PARKED_ORDER = 'parked';

/** Answers queries from the live generations, each from one snapshot. */
export class EmbeddedReader implements ReadModelReader {
  protected readonly generations: Generations;
  private readonly declared: ReadonlyMap<string, Projection>;

  constructor(
    protected readonly database: Database,
    projections: readonly Projection[],
    protected readonly signal: CommitSignal,
  ) {
    this.generations = new Generations(database);
    this.declared = new Map(projections.map((projection) => [projection.name, projection]));
  }

  async get<Doc extends object>(projection: string, key: string): Promise<Doc | undefined> {
    return this.live(projection, undefined, ({ table }) => {
      const row = this.database.get(`SELECT doc FROM ${table} WHERE key = ?`, key);
      return row === undefined ? undefined : (JSON.parse(row[0] as string) as Doc);
    });
  }

  async query<Doc extends object>(projection: string, query: Query): Promise<Page<Doc>> {
    const page = this.live(projection, query, (target) => {
      const plan = planQuery(target, query);
      const rows = this.rowsOf(plan.stretches, query.limit + 1);
      const [sortValue, key] = rows.length > query.limit ? (rows[query.limit - 1] as [Scalar, string]) : [];
      const items = rows.slice(0, query.limit).map((row) => {
        const [, itemKey, doc] = row as [Scalar, string, string];
        return { key: itemKey, doc: JSON.parse(doc) as Doc };
      });
      return { items, next: key === undefined ? null : plan.cursorAfter(sortValue ?? null, key) };
    });
    return page ?? { items: [], next: null };
  }

  async sum(projection: string, field: string, where?: Query['where']): Promise<number> {
    const sum = this.live(projection, { ...(where && { where }), sort: { field } }, (target) => {
      const filter = planFilter(target, where);
      if (!isDeclared(target.indexes, { where: [], sort: field })) throw undeclared(projection, [field]);
      const column = target.columns.get(field)!;
      const [total, texts] = this.database.get(
        `SELECT sum(${column}), sum(typeof(${column}) = 'text') FROM ${target.table} WHERE ${filter.sql}`,
        ...filter.values,
      ) as [number | null, number | null];
      if (texts) throw new Failure('NOT_NUMERIC', `${field} of ${projection} holds text in ${texts} documents`);
      return total ?? 0;
    });
    return sum ?? 0;
  }

  async count(projection: string, where?: Query['where']): Promise<number> {
    const count = this.live(projection, where && { where }, (target) => {
      const filter = planFilter(target, where);
      const row = this.database.get(`SELECT count(*) FROM ${target.table} WHERE ${filter.sql}`, ...filter.values);
      return row![0] as number;
    });
    return count ?? 0;
  }

  async reached(projection: string, position: Position, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const seen = this.signal.seen();
      if ((await this.checkpoint(projection)) >= position) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await this.signal.changed(seen, left);
    }
  }

  /** Position up to which the live documents hold everything; 0 before the first build. */
  async checkpoint(projection: string): Promise<Position> {
    this.requireKnown(projection);
    return this.generations.find(projection, 'live')?.checkpoint ?? 0;
  }

  async parked(projection?: string, cursor?: string, limit = 100): Promise<Page<ParkedEvent>> {
    const after = cursor === undefined ? ['', '', 0] : decodeCursor(cursor, PARKED_ORDER, 3);
    const rows = this.database.all(
      `SELECT g.projection, p.key, p.position, p.event_id, p.reason
       FROM generations g JOIN parked p ON p.generation = g.id
       WHERE g.role = 'live' AND (?1 IS NULL OR g.projection = ?1) AND (g.projection, p.key, p.position) > (?2, ?3, ?4)
       ORDER BY g.projection, p.key, p.position LIMIT ?5`,
      projection ?? null,
      ...after,
      limit + 1,
    );
    const items = rows.slice(0, limit).map((row) => {
      const [name, key, position, eventId, reason] = row as [string, string, number, string, string];
      return { key, doc: { projection: name, key, position, eventId, reason } };
    });
    const last = items.at(-1)?.doc;
    const more = rows.length > limit && last !== undefined;
    return { items, next: more ? encodeCursor(PARKED_ORDER, [last.projection, last.key, last.position]) : null };
  }

  async close(): Promise<void> {
    this.database.close();
  }

  /**
   * Runs on the live generation; undefined before the first build. While a version with new indexes is being built beside
   * a live one that lacks them, a query that only the new one answers is a matter of time, not of a wrong query.
   */
  private live<T>(
    projection: string,
    query: Pick<Query, 'where' | 'range' | 'sort'> | undefined,
    work: (target: GenerationRow) => T,
  ): T | undefined {
    const declared = this.requireKnown(projection);
    const fields = fieldsOf(query ?? {});
    if (!isDeclared(declared.indexes, fields)) throw undeclared(projection, fields);
    return this.database.reading(() => {
      const target = this.generations.find(projection, 'live');
      if (target === undefined) return undefined;
      if (!isDeclared(target.indexes, fields)) {
        throw new Failure('VIEW_BEING_BUILT', `${projection} is being built with the index this query needs`, true);
      }
      return work(target);
    });
  }

  private rowsOf(stretches: readonly Stretch[], limit: number): (readonly unknown[])[] {
    const rows: (readonly unknown[])[] = [];
    for (const { sql, values } of stretches) {
      if (rows.length >= limit) break;
      rows.push(...this.database.all(sql, ...(values as SQLInputValue[]), limit - rows.length));
    }
    return rows;
  }

  private requireKnown(projection: string): Projection {
    const declared = this.declared.get(projection);
    if (declared === undefined) throw new Failure('UNKNOWN_PROJECTION', `no projection is called ${projection}`);
    return declared;
  }
}

function undeclared(projection: string, fields: unknown): Failure {
  return new Failure('UNDECLARED_INDEX', `no declared index of ${projection} answers ${JSON.stringify(fields)}`);
}
