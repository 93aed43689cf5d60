import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#kernel';

/**
 * The three secrets of an installation, 256 bits each. Held as key objects: a raw buffer makes every use of it about
 * 7 µs dearer, because it is imported again each time.
 */
export interface Keyring {
  /** Wraps the key of each person. */
  readonly master: KeyObject;
  /** Keys the matching tokens and payload digests. */
  readonly token: KeyObject;
  /** Keys the hashes of access key secrets. */
  readonly pepper: KeyObject;
}

/** Keys brought from outside (a KMS, the environment) instead of the file. 32 bytes each. */
export type KeyOverrides = { readonly [Name in keyof Keyring]?: Uint8Array };

const NAMES = ['master', 'token', 'pepper'] as const;
const KEY_BYTES = 32;

/** Path of the key file below the data folder. It is worth as much as the data: back it up apart from it. */
export const KEY_FILE = join('keys', 'vault.key');

/**
 * The keys of a data folder: from `overrides`, else from `keys/vault.key`, which is created once (mode 0600) when a key
 * is wanted that nobody brought. Throws `KEYRING_INVALID` or `KEYRING_UNAVAILABLE`.
 */
export function loadKeyring(folder: string, overrides: KeyOverrides = {}): Keyring {
  const isComplete = NAMES.every((name) => overrides[name] !== undefined);
  const file = isComplete ? {} : readOrCreate(join(folder, KEY_FILE));
  const key = (name: keyof Keyring) => asKey(name, overrides[name] ?? Buffer.from(file[name] ?? '', 'base64'));
  return { master: key('master'), token: key('token'), pepper: key('pepper') };
}

/** A key of 32 bytes; throws `KEYRING_INVALID` on any other length. */
export function asKey(name: string, bytes: Uint8Array): KeyObject {
  if (bytes.length !== KEY_BYTES) {
    throw new Failure('KEYRING_INVALID', `the ${name} key must have ${KEY_BYTES} bytes, not ${bytes.length}`);
  }
  return createSecretKey(bytes);
}

type KeyFile = { readonly [Name in keyof Keyring]?: string };

function readOrCreate(path: string): KeyFile {
  try {
    return parseKeyFile(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unavailable(path, error);
  }
  try {
    create(path);
    return parseKeyFile(readFileSync(path, 'utf8'), path);
  } catch (error) {
    throw unavailable(path, error);
  }
}

function parseKeyFile(text: string, path: string): KeyFile {
  try {
    const file = JSON.parse(text) as (KeyFile & { readonly keyId?: unknown }) | null;
    if (typeof file === 'object' && file?.keyId !== undefined) return file;
  } catch {
    // Said below, without the parser's message: it quotes the text, and the text is keys.
  }
  throw new Failure('KEYRING_INVALID', `${path} is not a key file; restore it from its backup`);
}

/** Whole or not at all: written aside, synced, then linked into place, which fails if another process was first. */
function create(path: string): void {
  const folder = join(path, '..');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = NAMES.map((name) => [name, randomBytes(KEY_BYTES).toString('base64')]);
  const text = `${JSON.stringify({ keyId: randomBytes(8).toString('hex'), ...Object.fromEntries(keys) }, null, 2)}\n`;
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = openSync(aside, 'wx', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  const directory = openSync(folder, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function unavailable(path: string, error: unknown): unknown {
  if (error instanceof Failure) return error;
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new Failure('KEYRING_UNAVAILABLE', `${path} cannot be read or created (${code})`, true, { cause: error });
}
