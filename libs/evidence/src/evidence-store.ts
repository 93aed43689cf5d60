import { createCipheriv, createDecipheriv, createHash, hash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '#kernel';
import type { RecordEvidence } from './commands.ts';
import { HEAD_BYTES } from './media-type.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Id of a piece of evidence: the same content for the same dispute is the same one. In the form of object ids. What is not for all
 * has an id that also follows from whom it is for and whose it is, so that nobody learns by a file of their own whether somebody
 * else has handed it in.
 */
export function evidenceId({ disputeId, reportId, sha256, audience, side }: Addressed): string {
  const kept = audience === 'parties' ? '' : ` ${audience} ${side ?? 'authority'}`;
  const digest = hash('sha256', `${disputeId ?? `report-${reportId}`} ${sha256}${kept}`, 'buffer');
  let id = '';
  for (let at = 0; at < 26; at++) id += CROCKFORD[digest[at]! & 31]!;
  return `0${id.slice(1)}`;
}

type Addressed = Pick<RecordEvidence, 'disputeId' | 'reportId' | 'sha256' | 'audience' | 'side'>;

/** A file as it came in, sealed under a key of its own and not yet in its place. */
export interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
  /** First bytes, by which its type is known. */
  readonly head: Buffer;
  /** Base64. Whoever has it reads the content; to destroy it is to erase the content. */
  readonly key: string;
  /** Makes sure that it is on disk for good, still aside: from now on an event may speak of it. */
  secure(id: string): Promise<void>;
  /** An event speaks of it: it takes its place. */
  settle(): Promise<void>;
  discard(): Promise<void>;
}

/** Contents of evidence: one sealed file each below the data folder. */
export class EvidenceStore {
  constructor(private readonly folder: string) {}

  /** Takes a stream in. Throws `EVIDENCE_TOO_LARGE` as soon as it is, and `EVIDENCE_STORE_UNAVAILABLE` when the disk refuses. */
  async take(content: Readable, mostBytes: number): Promise<StoredFile> {
    const incoming = join(this.#incoming, randomBytes(16).toString('hex'));
    const key = randomBytes(32);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv);
    const measured = new Measure(mostBytes);
    try {
      await mkdir(dirname(incoming), { recursive: true });
      await pipeline(content, measured, cipher, sealing(iv, cipher), createWriteStream(incoming, { flush: true }));
    } catch (error) {
      await rm(incoming, { force: true }).catch(() => undefined);
      throw error instanceof Failure || !isOfDisk(error) ? error : unavailable(error);
    }
    return {
      sha256: measured.sha256(),
      bytes: measured.bytes,
      head: measured.head,
      key: key.toString('base64'),
      ...this.#steps(incoming, key),
    };
  }

  /** The content, whole and verified. Throws `EVIDENCE_CORRUPT` when it is not what was sealed. */
  async read(id: string, key: string, sha256: string): Promise<Buffer> {
    let sealed: Buffer;
    try {
      sealed = await readFile(this.#place(id, Buffer.from(key, 'base64')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw corrupt(id, 'its file is missing');
      throw unavailable(error);
    }
    const decipher = createDecipheriv(CIPHER, Buffer.from(key, 'base64'), sealed.subarray(0, IV_BYTES));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    let content: Buffer;
    try {
      content = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw corrupt(id, 'it was changed');
    }
    if (hash('sha256', content, 'hex') !== sha256) throw corrupt(id, 'it has another hash than the log says');
    return content;
  }

  /** Removes the content, and that of uploads of the same that were never recorded. The key is the vault's to destroy. */
  async erase(id: string): Promise<void> {
    const folder = this.#folderOf(id);
    for (const name of await namesIn(folder))
      if (name.startsWith(`${id}.`)) await rm(join(folder, name), { force: true });
  }

  /**
   * Ends what a crash cut off: what was secured and recorded takes its place, what was not is removed. At start, when no
   * upload is under way. `keyOf` tells the key by which the log's evidence of an id is sealed; undefined when there is none.
   */
  async recover(keyOf: (id: string) => Promise<string | undefined>): Promise<void> {
    for (const name of await namesIn(this.#incoming)) {
      const [id, sealedBy] = name.split('.') as [string, string | undefined];
      const key = sealedBy === undefined ? undefined : await keyOf(id);
      const isRecorded = key !== undefined && nameOfKey(Buffer.from(key, 'base64')) === sealedBy;
      if (isRecorded) await this.#move(join(this.#incoming, name), join(this.#folderOf(id), name));
      else await rm(join(this.#incoming, name), { force: true });
    }
  }

  #steps(incoming: string, key: Buffer): Pick<StoredFile, 'secure' | 'settle' | 'discard'> {
    let [at, id] = [incoming, ''];
    return {
      secure: async (of) => {
        id = of;
        const secured = join(this.#incoming, `${id}.${nameOfKey(key)}`);
        await this.#move(at, secured);
        at = secured;
      },
      settle: () => this.#move(at, this.#place(id, key)),
      discard: () => rm(at, { force: true }),
    };
  }

  async #move(from: string, to: string): Promise<void> {
    try {
      await mkdir(dirname(to), { recursive: true });
      await rename(from, to);
      const folder = await open(dirname(to));
      await folder.sync().finally(() => folder.close());
    } catch (error) {
      throw unavailable(error);
    }
  }

  get #incoming(): string {
    return join(this.folder, 'incoming');
  }

  #folderOf(id: string): string {
    return join(this.folder, id.slice(-2));
  }

  /** Each upload is sealed by a key of its own, so that the same content uploaded again does not take another's place. */
  #place(id: string, key: Buffer): string {
    return join(this.#folderOf(id), `${id}.${nameOfKey(key)}`);
  }
}

function nameOfKey(key: Buffer): string {
  return hash('sha256', key, 'hex').slice(0, 16);
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw unavailable(error);
  });
}

/** Counts and hashes what passes, and ends it when there is too much. */
class Measure extends Transform {
  readonly #hash = createHash('sha256');
  bytes = 0;
  head = Buffer.alloc(0);

  constructor(private readonly most: number) {
    super();
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.bytes += chunk.length;
    if (this.bytes > this.most) {
      done(new Failure('EVIDENCE_TOO_LARGE', `evidence has at most ${this.most} bytes`));
      return;
    }
    if (this.head.length < HEAD_BYTES) this.head = Buffer.concat([this.head, chunk]).subarray(0, HEAD_BYTES);
    this.#hash.update(chunk);
    done(null, chunk);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

/** `iv · ciphertext · tag` */
function sealing(iv: Buffer, cipher: { getAuthTag(): Buffer }): Transform {
  let begun = false;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (!begun) this.push(iv);
      begun = true;
      done(null, chunk);
    },
    flush(done) {
      if (!begun) this.push(iv);
      done(null, cipher.getAuthTag());
    },
  });
}

function isOfDisk(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT', 'EACCES', 'EFBIG', 'ENOTDIR'].includes(code ?? '');
}

function unavailable(cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Failure('EVIDENCE_STORE_UNAVAILABLE', `evidence cannot be kept or read: ${reason}`, true, { cause });
}

function corrupt(id: string, why: string): Failure {
  return new Failure('EVIDENCE_CORRUPT', `the content of evidence ${id} cannot be trusted: ${why}`);
}
