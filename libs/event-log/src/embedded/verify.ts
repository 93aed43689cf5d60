import { Failure } from '#kernel';
import { openForReading } from './log-file.ts';
import { storageFailure } from './sqlite-failure.ts';

/** One thing that is wrong with the file, in words. */
export interface LogFinding {
  readonly check: 'file' | 'positions' | 'streams' | 'times' | 'commands';
  readonly finding: string;
}

const COUNTS: readonly { readonly check: LogFinding['check']; readonly finding: string; readonly sql: string }[] = [
  {
    check: 'positions',
    finding: 'positions are missing',
    sql: 'SELECT coalesce(max(position), 0) - count(*) FROM events',
  },
  {
    check: 'streams',
    finding: 'streams do not hold the versions 1 to their last',
    sql: `SELECT count(*) FROM (SELECT 1 FROM streams s LEFT JOIN events e ON e.stream = s.id
      GROUP BY s.id HAVING count(e.version) = 0 OR max(e.version) <> count(*))`,
  },
  {
    check: 'times',
    finding: 'events were recorded before their predecessor or before they occurred',
    sql: `SELECT count(*) FROM events e JOIN events p ON p.position = e.position - 1
      WHERE e.recorded_at < p.recorded_at OR e.occurred_at > e.recorded_at`,
  },
  {
    check: 'commands',
    finding: 'commands do not have the events they say',
    sql: `SELECT count(*) FROM events f
      LEFT JOIN events l ON l.position = f.position + f.command_events - 1
      LEFT JOIN events n ON n.position = f.position + f.command_events
      WHERE f.command_events IS NOT NULL AND (l.command IS NOT f.command OR l.stream <> f.stream
        OR l.command_index <> f.command_events - 1 OR n.command IS f.command)`,
  },
  {
    check: 'commands',
    finding: 'commands were remembered as having nothing to append and have events',
    sql: 'SELECT count(*) FROM answers a JOIN events e ON e.command = a.command AND e.command_events IS NOT NULL',
  },
];

/** Checks the file's pages and indexes, and then what the log promises of its contents. Empty when all is well. */
export function verifyLog(folder: string): LogFinding[] {
  const database = openForReading(folder);
  try {
    const pages = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    const damaged = pages.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    if (damaged.length > 0) return damaged.map((finding) => ({ check: 'file', finding }));
    return COUNTS.flatMap(({ check, finding, sql }) => {
      const count = Number(Object.values(database.prepare(sql).get()!)[0]);
      return count === 0 ? [] : [{ check, finding: `${count} ${finding}` }];
    });
  } catch (error) {
    const failure = storageFailure(error, `verifying ${folder}`);
    if (!(failure instanceof Failure)) throw failure;
    return [{ check: 'file', finding: failure.message }];
  } finally {
    database.close();
  }
}
