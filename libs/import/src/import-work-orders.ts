import { basename } from 'node:path';
import type { Mapping } from './mapping.ts';
import { openRows } from './open-rows.ts';
import { flaggedLine, type ImportReport } from './report.ts';
import type { WorkOrderSink } from './sink.ts';
import type { SourceRow } from './source-row.ts';
import { checkColumns, workOrderRowReader, type RowRefusal } from './work-order-row.ts';
import type { WorkOrderBody } from './target.ts';

/** What became of the rows. `read` = `recorded` + `unchanged` + `refused`; `flagged` rows are among the first two. */
export interface ImportCounts {
  readonly read: number;
  /** Registered by this run. */
  readonly recorded: number;
  /** There already, with the same content. */
  readonly unchanged: number;
  /** Taken in although they contradict themselves. */
  readonly flagged: number;
  readonly refused: number;
}

export interface ImportOptions {
  readonly path: string;
  readonly mapping: Mapping;
  readonly sink: WorkOrderSink;
  readonly report?: ImportReport;
  /** Told after every batch: what became of the rows so far, and bytes read of the file as it lies on the disk. */
  readonly onProgress?: (counts: ImportCounts, bytes: number) => void;
  /** Rows in one request. */
  readonly batchSize?: number;
  /** Ends the import after the batch under way; it throws the signal's reason. */
  readonly signal?: AbortSignal;
}

const BATCH_SIZE = 1000;

/**
 * Reads a file of a hotline's history row by row and registers each as a work order. Ends with the file; a run that was
 * cut off is continued by running it again, as what is there already stays unchanged. Throws a MappingError before the
 * first row where the mapping does not fit, and the sink's Failure where it is gone.
 */
export async function importWorkOrders(options: ImportOptions): Promise<ImportCounts> {
  const { path, mapping, sink, report, onProgress, signal } = options;
  let bytes = 0;
  const { columns, rows } = await openRows(path, mapping, (count) => (bytes += count));
  const run = new ImportRun(sink, report);
  try {
    if (columns !== undefined) checkColumns(mapping, columns);
    const read = workOrderRowReader(mapping, batchName(path, mapping));
    let batch: BatchRow[] = [];
    const give = async () => {
      await run.give(batch);
      batch = [];
      onProgress?.(run.counts, bytes);
      signal?.throwIfAborted();
    };
    for await (const row of rows) {
      batch.push(batchRow(row, read));
      if (batch.length >= (options.batchSize ?? BATCH_SIZE)) await give();
    }
    await give();
    return run.counts;
  } finally {
    await rows.return(undefined);
  }
}

/**
 * Name of an import in the history it brings: the file's own name, wherever it lies, and the mapping it was read by. Events
 * keep it for ever and a file may be named after a person, so of the name only what cannot say a name or a number stays.
 */
export function batchName(path: string, mapping: Mapping): string {
  const name = basename(path)
    .replace(/[^\w.-]+/g, '_')
    .replace(/\d{9,}/g, '_')
    .slice(0, 80);
  const letters = mapping.digest
    .slice(0, 12)
    .replace(/[0-9a-f]/g, (digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]!);
  return `${name}@${letters}`;
}

type BatchRow = { readonly line: number } & ({ readonly body: WorkOrderBody } | { readonly refused: RowRefusal });

function batchRow(row: SourceRow, read: ReturnType<typeof workOrderRowReader>): BatchRow {
  if ('unreadable' in row) return { line: row.line, refused: row.unreadable };
  return { line: row.line, ...read(row) };
}

class ImportRun {
  #counts = { read: 0, recorded: 0, unchanged: 0, flagged: 0, refused: 0 };

  constructor(
    private readonly sink: WorkOrderSink,
    private readonly report: ImportReport | undefined,
  ) {}

  get counts(): ImportCounts {
    return { ...this.#counts };
  }

  /** Gives the readable rows of a batch and counts all of them, in the order of the file. */
  async give(batch: readonly BatchRow[]): Promise<void> {
    const bodies = batch.flatMap((row) => ('body' in row ? [row.body] : []));
    const results = this.sink.give(bodies)[Symbol.asyncIterator]();
    for (const row of batch) {
      if ('refused' in row) {
        await this.refused(row.line, row.refused);
        continue;
      }
      const { done, value: result } = await results.next();
      if (done === true) throw new Error('the sink answered fewer rows than it was given');
      if ('error' in result) {
        const { code, detail, field } = result.error;
        const { externalNo } = row.body;
        await this.refused(row.line, { externalNo, code, ...(field === undefined ? {} : { field }), reason: detail });
      } else {
        await this.taken(row.line, row.body.externalNo, result);
      }
    }
    await results.return?.();
  }

  private async taken(
    line: number,
    externalNo: string,
    { unchanged, flags }: { readonly unchanged: boolean; readonly flags: readonly string[] },
  ): Promise<void> {
    this.#counts.read += 1;
    this.#counts[unchanged ? 'unchanged' : 'recorded'] += 1;
    if (flags.length === 0) return;
    this.#counts.flagged += 1;
    await this.report?.write(flaggedLine(line, externalNo, flags));
  }

  private async refused(line: number, { externalNo, code, field, reason }: Refusal): Promise<void> {
    this.#counts.read += 1;
    this.#counts.refused += 1;
    await this.report?.write({
      line,
      ...(externalNo === undefined ? {} : { externalNo }),
      status: 'refused',
      code,
      ...(field === undefined ? {} : { field }),
      reason,
    });
  }
}

type Refusal = Omit<RowRefusal, 'field'> & { readonly field?: string };
