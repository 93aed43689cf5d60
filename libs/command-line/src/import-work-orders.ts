import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  httpSink,
  importWorkOrders,
  MappingError,
  parseMapping,
  reportFile,
  type ImportCounts,
  type ImportReport,
  type ReportLine,
} from '#import';
import { connected, withConnection, type ConnectionOptions } from './connection.ts';
import { EXIT, WrongUse, type ExitCode } from './exit.ts';
import { pairs, writeJson, writeText } from './output.ts';
import { progressOn } from './progress.ts';
import type { Run } from './run.ts';
import type { ServiceClient } from './service-client.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends ConnectionOptions {
  readonly mapping: string;
  readonly report?: string;
  readonly json?: true;
}

export function importWorkOrdersCommand(program: Command, run: Run): void {
  const command = program
    .command('import')
    .description('bring history in')
    .command('work-orders')
    .description('bring work orders in from CSV (also gzip), NDJSON or XLSX; running it again adds nothing')
    .argument('<file>', 'the file')
    .requiredOption('--mapping <file>', 'YAML that says which column becomes what')
    .option('--report <file>', 'NDJSON with a line for each flagged or refused row')
    .option('--json', 'print the counts as one JSON document');
  withConnection(command).action((file: string, options: Options) => run((place) => importFile(file, options, place)));
}

async function importFile(path: string, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const size = await sizeOf(path);
  const mapping = await mappingIn(options.mapping);
  await protect([path, options.mapping], options.report);
  const { out, err } = surroundings;
  const counts = await connected(
    options,
    surroundings,
    async (client) => {
      const report = await reportOf(options.report, err);
      const progress = progressOn(err, options.json === true);
      try {
        return await importWorkOrders({
          path,
          mapping,
          sink: sinkOn(client, err),
          report,
          onProgress: (so, bytes) => progress.show(bytes, size, `${so.read} rows, ${so.refused} refused`),
          ...(surroundings.signal === undefined ? {} : { signal: surroundings.signal }),
        }).catch(asWrongUse(options.mapping));
      } finally {
        progress.stop();
        await report.close();
      }
    },
    { create: true },
  );
  if (options.json === true) await writeJson(out, counts);
  else await writeText(out, asText(counts));
  return counts.refused === 0 ? EXIT.done : EXIT.rowsRefused;
}

function sinkOn(client: ServiceClient, err: Surroundings['err']): ReturnType<typeof httpSink> {
  const { server, key } = client;
  const onRetry = (reason: string, milliseconds: number) =>
    void err.write(`trying again in ${milliseconds / 1000} s: ${reason}\n`);
  return httpSink({ server, key, onRetry });
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`the file ${path} cannot be opened: ${error.code}`);
  });
  if (!found.isFile()) throw new WrongUse(`${path} is no file`);
  return found.size;
}

async function mappingIn(path: string): Promise<ReturnType<typeof parseMapping>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`the mapping ${path} cannot be opened: ${error.code}`);
  });
  try {
    return parseMapping(text);
  } catch (error) {
    return asWrongUse(path)(error);
  }
}

function asWrongUse(path: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof MappingError ? new WrongUse(`the mapping ${path}: ${error.message}`) : error;
  };
}

/** A report must not be written over what is read. */
async function protect(inputs: readonly string[], report: string | undefined): Promise<void> {
  if (report === undefined) return;
  const real = await realpath(report).catch(() => resolve(report));
  for (const input of inputs) {
    if ((await realpath(input)) === real) throw new WrongUse(`--report would write over ${input}`);
  }
}

/** Rows shown where there is no report file. */
const SHOWN = 10;

async function reportOf(path: string | undefined, err: Surroundings['err']): Promise<ImportReport> {
  if (path !== undefined) {
    return reportFile(path).catch((error: NodeJS.ErrnoException) => {
      throw new WrongUse(`the report ${path} cannot be written: ${error.code}`);
    });
  }
  let count = 0;
  return {
    write({ line, status, code, reason }: ReportLine) {
      count += 1;
      if (count <= SHOWN) err.write(`line ${line} ${status}: ${code}, ${reason}\n`);
      return Promise.resolve();
    },
    close() {
      if (count > SHOWN) err.write(`and ${count - SHOWN} more; --report FILE writes them all\n`);
      return Promise.resolve();
    },
  };
}

function asText({ read, recorded, unchanged, flagged, refused }: ImportCounts): string {
  return pairs([
    ['read', read],
    ['recorded', recorded],
    ['unchanged', unchanged],
    ['flagged', flagged],
    ['refused', refused],
  ]);
}
