import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommandMetadata } from '#event-log';
import { openEmbeddedEventLog } from '#event-log';
import { type StreamId, type StreamVersion, systemClock } from '#kernel';
import { startPostgres } from './local-postgres.ts';

/*
 * Durable appends of one event each by 64 writers that wait for their answer. All contenders get the same commands, check
 * the stream's version and write the whole envelope; what they are measured against runs in the same minute, since only
 * such ratios mean anything.
 */

const WRITERS = 64;
/** A dispute's stream gets a few events before the next one is opened. */
const EVENTS_PER_STREAM = 4;
const TYPE = 'ComplaintReceived';
/** Makes the event's body about 400 bytes of JSON. */
const BODY = { channel: 'hotline-12345', sector: 'catering', amountFen: 12_800, summary: 'x'.repeat(330) };

export interface AppendBenchOptions {
  /** Seconds per contender and round; 4 unless said. */
  readonly seconds?: number;
  /** 5 unless said. */
  readonly rounds?: number;
  /** One short round, to see that everything runs. */
  readonly smoke?: boolean;
  /** Folder whose `node_modules` hold `@event-driven-io/emmett-postgresql`; the working directory unless said. */
  readonly emmettFrom?: string;
}

export interface AppendFigures {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface AppendBenchResult {
  readonly writers: number;
  readonly bodyBytes: number;
  readonly embedded: AppendFigures;
  readonly rawFile: AppendFigures;
  readonly emmettPostgresql: AppendFigures | { readonly notMeasured: string };
  readonly ratios: {
    /** Embedded ÷ the other, median over the rounds. */
    readonly toRawFile: number;
    readonly toEmmettPostgresql: number | null;
  };
}

interface Contender {
  append(stream: StreamId, version: StreamVersion, body: object, command: CommandMetadata): Promise<unknown>;
  close(): Promise<void>;
}

export async function appendBench(options: AppendBenchOptions = {}): Promise<AppendBenchResult> {
  const seconds = options.smoke === true ? 0.5 : (options.seconds ?? 4);
  const rounds = options.smoke === true ? 1 : (options.rounds ?? 5);
  const embedded: AppendFigures[] = [];
  const rawFile: AppendFigures[] = [];
  const emmett: AppendFigures[] = [];
  const rival = await emmettOn(options.emmettFrom ?? process.cwd());
  try {
    for (let round = 0; round < rounds; round++) {
      rawFile.push(await measured(openRawFile, seconds));
      embedded.push(await measured(openEmbedded, seconds));
      if (!('notMeasured' in rival)) emmett.push(await measured(rival.open, seconds));
    }
  } finally {
    if (!('notMeasured' in rival)) await rival.stop();
  }
  return {
    writers: WRITERS,
    bodyBytes: JSON.stringify(BODY).length,
    embedded: median(embedded),
    rawFile: median(rawFile),
    emmettPostgresql: 'notMeasured' in rival ? rival : median(emmett),
    ratios: {
      toRawFile: medianRatio(embedded, rawFile),
      toEmmettPostgresql: 'notMeasured' in rival ? null : medianRatio(embedded, emmett),
    },
  };
}

async function measured(
  open: (folder: string) => Contender | Promise<Contender>,
  seconds: number,
): Promise<AppendFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-append-'));
  const contender = await open(folder);
  try {
    await load(contender, Math.min(0.5, seconds));
    return await load(contender, seconds);
  } finally {
    await contender.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

let commands = 0;

async function load(contender: Contender, seconds: number): Promise<AppendFigures> {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(Array.from({ length: WRITERS }, () => write(contender, end, latencies)));
  const elapsed = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    events: latencies.length,
    eventsPerSecond: Math.round(latencies.length / elapsed),
    p50Ms: round(latencies[Math.floor(latencies.length * 0.5)]!),
    p99Ms: round(latencies[Math.floor(latencies.length * 0.99)]!),
  };
}

async function write(contender: Contender, end: number, latencies: number[]): Promise<void> {
  let stream = '';
  for (let version = 0; performance.now() < end; version = (version + 1) % EVENTS_PER_STREAM) {
    const command = nextCommand();
    if (version === 0) stream = `dispute-${command.commandId}`;
    const start = performance.now();
    await contender.append(stream, version, BODY, command);
    latencies.push(performance.now() - start);
  }
}

/** Time-ordered ids (RFC 9562 version 7) with a counter for their tail: cheap, so that the writers are measured. */
function nextCommand(): CommandMetadata {
  const now = Date.now();
  const time = now.toString(16).padStart(12, '0');
  const tail = (++commands).toString(16).padStart(12, '0');
  return {
    commandId: `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`,
    payloadDigest: '6f1d0b7c2a9e4853b1c6d7e8f9a0b1c2',
    actor: { id: 'hotline-key', role: 'hotline' },
    occurredAt: now - 60_000,
    region: '140100',
    correlationId: 'dispute-01JD3Z5Y7T9WQ2M4N6P8R0S1V3',
  };
}

function openEmbedded(folder: string): Contender {
  const log = openEmbeddedEventLog({ folder, clock: systemClock, schemas: [{ [TYPE]: { schemaVersion: 1 } }] });
  return {
    append: (stream, version, data, command) => log.append(stream, version, [{ type: TYPE, data }], command),
    close: () => log.close(),
  };
}

/** The limit: one file, one line per event, one fdatasync per turn of the event loop. No index, no reading back. */
function openRawFile(folder: string): Contender {
  const file = openSync(join(folder, 'events.ndjson'), 'w');
  const versions = new Map<StreamId, StreamVersion>();
  let position = 0;
  let lines: string[] = [];
  let waiting: (() => void)[] = [];
  const flush = (): void => {
    const [text, settled] = [lines.join(''), waiting];
    [lines, waiting] = [[], []];
    writeSync(file, text);
    fdatasyncSync(file);
    for (const settle of settled) settle();
  };
  return {
    append(stream, version, data, command) {
      if ((versions.get(stream) ?? 0) !== version) return Promise.reject(new Error(`wrong version of ${stream}`));
      versions.set(stream, version + 1);
      const event = { position: ++position, stream, version: version + 1, type: TYPE, recordedAt: Date.now() };
      lines.push(`${JSON.stringify({ ...event, ...command, data })}\n`);
      return new Promise<void>((resolve) => {
        if (waiting.push(resolve) === 1) setImmediate(flush);
      });
    },
    async close() {
      closeSync(file);
    },
  };
}

/** What is used of `@event-driven-io/emmett-postgresql`, which is no dependency: its package states no licence. */
interface Emmett {
  getPostgreSQLEventStore(connectionString: string): {
    appendToStream(stream: string, events: object[], options: object): Promise<unknown>;
    schema: { migrate(): Promise<unknown> };
    close(): Promise<void>;
  };
}

interface Rival {
  open(): Promise<Contender>;
  stop(): Promise<void>;
}

/** Emmett on a PostgreSQL of its own, where both are there. */
async function emmettOn(from: string): Promise<Rival | { readonly notMeasured: string }> {
  const name = '@event-driven-io/emmett-postgresql';
  let module: string;
  try {
    module = createRequire(join(from, 'package.json')).resolve(name);
  } catch {
    return { notMeasured: `${name} is not installed` };
  }
  const postgres = await startPostgres();
  if ('missing' in postgres) return { notMeasured: postgres.missing };
  const { getPostgreSQLEventStore } = (await import(pathToFileURL(module).href)) as Emmett;
  return {
    stop: () => postgres.stop(),
    async open() {
      const store = getPostgreSQLEventStore(postgres.url);
      await store.schema.migrate();
      return {
        append: (stream, version, data, metadata) =>
          store.appendToStream(stream, [{ type: TYPE, data, metadata }], {
            expectedStreamVersion: version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version),
          }),
        close: () => store.close(),
      };
    },
  };
}

/** Figures of the round with the median rate. */
function median(rounds: readonly AppendFigures[]): AppendFigures {
  return rounds.toSorted((a, b) => a.eventsPerSecond - b.eventsPerSecond)[Math.floor(rounds.length / 2)]!;
}

/** Median over the rounds, each taken within the same few seconds. */
function medianRatio(mine: readonly AppendFigures[], theirs: readonly AppendFigures[]): number {
  const ratios = mine.map((figures, round) => figures.eventsPerSecond / theirs[round]!.eventsPerSecond);
  return round(ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
