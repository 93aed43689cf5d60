import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Position } from '#kernel';
import type { ParkedObject } from './fact-book.ts';
import type { FactKind } from './fact-kind.ts';
import type { StoreDump } from './fact-store.ts';

/** Facts as kept between two runs. Derived: without it, or with a damaged one, the log is read again. */
export interface Snapshot {
  readonly schema: string;
  readonly checkpoint: Position;
  /** Id of the event at the checkpoint, by which the log is known again; null at position 0. */
  readonly eventId: string | null;
  readonly books: readonly { readonly dump: StoreDump; readonly parked: readonly ParkedObject[] }[];
}

export const SNAPSHOT_FILE = 'metrics.snapshot';
const MAGIC = 'fangxin metrics snapshot 2\n';
const DIGEST_BYTES = 32;

interface Header {
  readonly schema: string;
  readonly checkpoint: Position;
  readonly eventId: string | null;
  readonly books: readonly {
    readonly ids: readonly string[];
    readonly dictionaries: StoreDump['dictionaries'];
    readonly columns: readonly { readonly width: number; readonly length: number; readonly bytes: number }[];
    readonly parked: readonly ParkedObject[];
  }[];
}

/** Identity of what facts are made of; a snapshot with another one is of no use. */
export function schemaOf(kinds: readonly FactKind[]): string {
  const shape = kinds.map(({ name, version, fields, types }) => ({ name, version, fields, types }));
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex');
}

/** Writes beside, syncs, and renames: a crash at any moment leaves the old snapshot or the new one. */
export async function writeSnapshot(folder: string, snapshot: Snapshot): Promise<void> {
  const parts = encode(snapshot);
  await mkdir(folder, { recursive: true });
  const beside = join(folder, `${SNAPSHOT_FILE}.new`);
  const file = await open(beside, 'w');
  try {
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, join(folder, SNAPSHOT_FILE));
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The snapshot of a folder; undefined when there is none, it is damaged, or it was made for other facts. */
export async function readSnapshot(folder: string, schema: string): Promise<Snapshot | undefined> {
  let file: Buffer;
  try {
    file = await readFile(join(folder, SNAPSHOT_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return decode(file, schema);
}

/** Takes a snapshot that is of no use away, so that no later start can take it for a good one. */
export async function discardSnapshot(folder: string): Promise<void> {
  await rm(join(folder, SNAPSHOT_FILE), { force: true });
}

/** magic · header length · header · columns · SHA-256 of all before it. */
function encode(snapshot: Snapshot): Uint8Array[] {
  const header: Header = {
    schema: snapshot.schema,
    checkpoint: snapshot.checkpoint,
    eventId: snapshot.eventId,
    books: snapshot.books.map(({ dump, parked }) => ({
      ids: dump.ids,
      dictionaries: dump.dictionaries,
      columns: dump.columns.map(({ width, length, bytes }) => ({ width, length, bytes: bytes.byteLength })),
      parked,
    })),
  };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.byteLength);
  const columns = snapshot.books.flatMap(({ dump }) => dump.columns.map(({ bytes }) => bytes));
  const parts = [Buffer.from(MAGIC), length, text, ...columns];
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return [...parts, digest.digest()];
}

function decode(file: Buffer, schema: string): Snapshot | undefined {
  const start = MAGIC.length + 4;
  const end = file.byteLength - DIGEST_BYTES;
  if (end < start || file.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  if (!createHash('sha256').update(file.subarray(0, end)).digest().equals(file.subarray(end))) return undefined;
  const headerEnd = start + file.readUInt32LE(MAGIC.length);
  const header = JSON.parse(file.toString('utf8', start, headerEnd)) as Header;
  if (header.schema !== schema) return undefined;
  let at = headerEnd;
  const books = header.books.map(({ ids, dictionaries, columns, parked }) => ({
    parked,
    dump: {
      ids,
      dictionaries,
      columns: columns.map(({ width, length, bytes }) => {
        at += bytes;
        return { width, length, bytes: file.subarray(at - bytes, at) };
      }),
    },
  }));
  return { schema, checkpoint: header.checkpoint, eventId: header.eventId, books };
}
