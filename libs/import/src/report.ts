import { open } from 'node:fs/promises';
import type { Target } from './target.ts';

/** One line of an import's report (NDJSON): a row that was taken in with a contradiction, or refused. No personal data. */
export interface ReportLine {
  readonly line: number;
  readonly externalNo?: string;
  readonly status: 'flagged' | 'refused';
  /** What it was flagged with. */
  readonly flags?: readonly string[];
  /** Stable, upper snake case; the first flag of a flagged row. */
  readonly code: string;
  readonly field?: Target | (string & {});
  readonly reason: string;
}

export interface ImportReport {
  write(line: ReportLine): Promise<void>;
  close(): Promise<void>;
}

/** Lines gathered before they are written at once. */
const BUFFERED = 64 * 1024;

/** A report in a new file; one of an earlier run is replaced, as a run reports every row again. */
export async function reportFile(path: string): Promise<ImportReport> {
  const file = await open(path, 'w');
  let pending = '';
  const flush = async () => {
    const text = pending;
    pending = '';
    await file.writeFile(text);
  };
  return {
    async write(line) {
      pending += `${JSON.stringify(line)}\n`;
      if (pending.length >= BUFFERED) await flush();
    },
    async close() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
  };
}

/** What each flag of imported history says of its row. */
const FLAG_REASONS: Readonly<Record<string, { readonly field: Target; readonly reason: string }>> = {
  CLOSED_BEFORE_RECEIVED: { field: 'closedAt', reason: 'closed before it was received' },
  DUE_BEFORE_RECEIVED: { field: 'dueAt', reason: 'due before it was received' },
  UNKNOWN_OUTCOME: { field: 'outcome', reason: 'the outcome is no known word and was taken as handled' },
  UNKNOWN_CLASSIFICATION: { field: 'classification', reason: 'the classification is no known word and was left out' },
  UNKNOWN_SATISFACTION: { field: 'satisfaction', reason: 'the satisfaction is no known word and was left out' },
  OUTCOME_WITHOUT_CLOSING: { field: 'outcome', reason: 'there is an outcome but no closing time' },
  SATISFACTION_WITHOUT_CLOSING: { field: 'satisfaction', reason: 'there is a satisfaction but no closing time' },
};

/** Report line of a row that was taken in with contradictions; `flags` is not empty. */
export function flaggedLine(line: number, externalNo: string, flags: readonly string[]): ReportLine {
  const [first] = flags as [string];
  const known = flags.flatMap((flag) => FLAG_REASONS[flag] ?? []);
  const reason = flags.map((flag) => FLAG_REASONS[flag]?.reason ?? flag).join('; ');
  return {
    line,
    externalNo,
    status: 'flagged',
    flags,
    code: first,
    ...(known[0] === undefined ? {} : { field: known[0].field }),
    reason,
  };
}
