import { openCsv } from './csv.ts';
import type { Mapping } from './mapping.ts';
import { openNdjson } from './ndjson.ts';
import type { SourceRows } from './source-row.ts';
import { textOf, type OnBytes } from './byte-source.ts';
import { openXlsx } from './xlsx.ts';

/** Opens a file as its mapping says. Rows are read as they are asked for, and never all held. */
export async function openRows(path: string, { source }: Mapping, onBytes: OnBytes): Promise<SourceRows> {
  switch (source.format) {
    case 'csv':
      return openCsv(textOf(path, source.encoding, onBytes), source.delimiter);
    case 'ndjson':
      return openNdjson(textOf(path, source.encoding, onBytes));
    case 'xlsx':
      return openXlsx(path, onBytes);
  }
}
