import { join } from 'node:path';
import { Failure } from '#kernel';
import { asKey, loadKeyring } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { Likeness } from './likeness.ts';
import { FORGOTTEN } from './port.ts';
import type { Forgotten, PersonalData, PersonVault } from './port.ts';
import { seal, unseal } from './sealing.ts';
import { Tokens } from './tokens.ts';
import { VaultFile } from './vault-file.ts';
import type { SealedPerson, SweptMark } from './vault-file.ts';

export interface VaultOptions {
  /** Data folder; the vault is `vault.db` in it. */
  readonly folder: string;
  /** Keys in place of the folder's key file, 32 bytes each. */
  readonly masterKey?: Uint8Array;
  readonly tokenKey?: Uint8Array;
  /** Keys already loaded, for a caller that needs others of them too. */
  readonly keyring?: Pick<Keyring, 'master' | 'token'>;
}

/** People whose data waits for one commit. Bounds how long the event loop stands still for a single commit. */
const PEOPLE_PER_COMMIT = 1000;

/**
 * The embedded vault. Rejects with `VAULT_KEY_MISMATCH` when the keys are not those it was written with,
 * `VAULT_CORRUPT` when the file is damaged, `VAULT_UNAVAILABLE` when the disk refuses.
 */
export async function openVault(options: VaultOptions): Promise<EmbeddedVault> {
  const keyring = keysOf(options);
  const file = new VaultFile(join(options.folder, 'vault.db'));
  try {
    const tokens = new Tokens(keyring.token);
    file.checkKey('master', (stored) => checkMaster(keyring, stored));
    file.checkKey('token', (stored) => checkToken(tokens, stored));
    return new FileVault(file, keyring.master, tokens, new Likeness(keyring.token));
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Where the vault's keys are brought, no key file is read or made. */
function keysOf({ folder, masterKey, tokenKey, keyring }: VaultOptions): Pick<Keyring, 'master' | 'token'> {
  if (keyring !== undefined) return keyring;
  if (masterKey !== undefined && tokenKey !== undefined) {
    return { master: asKey('master', masterKey), token: asKey('token', tokenKey) };
  }
  return loadKeyring(folder, { ...(masterKey && { master: masterKey }), ...(tokenKey && { token: tokenKey }) });
}

/** What proves a key: written at the first opening, compared at every later one. */
const CHECKED = 'fangxin vault';

function checkMaster({ master }: Pick<Keyring, 'master'>, stored: Buffer | undefined): Buffer | boolean {
  if (stored === undefined) {
    const { wrapped, sealed } = seal(master, CHECKED, CHECKED);
    return Buffer.concat([wrapped, sealed]);
  }
  const wrappedBytes = 12 + 32 + 16;
  const box = { wrapped: stored.subarray(0, wrappedBytes), sealed: stored.subarray(wrappedBytes) };
  return unseal(master, CHECKED, box) === CHECKED;
}

function checkToken(tokens: Tokens, stored: Buffer | undefined): Buffer | boolean {
  const digest = Buffer.from(tokens.digest(CHECKED));
  return stored === undefined ? digest : stored.equals(digest);
}

/** People sealed and not yet stored. */
export type SealedPeople = readonly SealedPerson[];

/** What the embedded vault can do beside the port, for a log that commits in the same thread. */
export interface EmbeddedVault extends PersonVault {
  seal(people: ReadonlyMap<string, PersonalData>): SealedPeople;
  /** Stores all or none, and has them on disk when it returns. Throws `VAULT_UNAVAILABLE`. */
  storeNow(batch: readonly SealedPeople[]): void;
  /** Rejects with the failure that writes are refused with, until one succeeds or could. */
  checkWritable(): Promise<void>;
  /** Number of the person stored last; 0 when there is nobody. */
  lastStored(): number;
  /** Whoever is held and not forgotten, numbered after one and up to another. */
  storedBetween(after: number, upTo: number): string[];
  /** Whether the person is held and not forgotten. */
  holds(personId: string): boolean;
  /** As `forget`, of many at once. */
  forgetAll(personIds: readonly string[]): void;
  /** What {@link markSwept} kept; undefined before its first time. */
  swept(): SweptMark | undefined;
  markSwept(mark: SweptMark): void;
}

interface Waiting {
  readonly people: readonly SealedPerson[];
  resolve(): void;
  reject(error: unknown): void;
}

class FileVault implements EmbeddedVault {
  #queue: Waiting[] = [];
  #isScheduled = false;
  #isClosed = false;

  constructor(
    private readonly file: VaultFile,
    private readonly masterKey: Keyring['master'],
    private readonly tokens: Tokens,
    private readonly likeness: Likeness,
  ) {}

  keep(people: ReadonlyMap<string, PersonalData>): Promise<void> {
    if (this.#isClosed) return Promise.reject(closed());
    if (people.size === 0) return Promise.resolve();
    const sealed = this.seal(people);
    return new Promise((resolve, reject) => {
      this.#queue.push({ people: sealed, resolve, reject });
      this.#schedule();
    });
  }

  seal(people: ReadonlyMap<string, PersonalData>): SealedPeople {
    return [...people].map(([id, data]) => ({ id, ...seal(this.masterKey, id, JSON.stringify(data)) }));
  }

  storeNow(batch: readonly SealedPeople[]): void {
    if (this.#isClosed) throw closed();
    this.file.insert(batch.map((people) => ({ people })));
  }

  async checkWritable(): Promise<void> {
    if (this.#isClosed) throw closed();
    this.file.checkWritable();
  }

  async read(personIds: readonly string[]): Promise<ReadonlyMap<string, PersonalData | Forgotten>> {
    if (this.#isClosed) throw closed();
    const found = new Map<string, PersonalData | Forgotten>();
    for (const id of personIds) {
      const stored = this.file.find(id);
      if (stored !== undefined) found.set(id, stored === FORGOTTEN ? FORGOTTEN : this.#open(stored));
    }
    return found;
  }

  async forget(personId: string): Promise<void> {
    if (this.#isClosed) throw closed();
    // What was handed over before must be in the file first, or it would be written after its erasure.
    this.#commitAll();
    this.file.erase([personId]);
  }

  forgetAll(personIds: readonly string[]): void {
    if (this.#isClosed) throw closed();
    this.#commitAll();
    if (personIds.length > 0) this.file.erase(personIds);
  }

  holds(personId: string): boolean {
    const stored = this.file.find(personId);
    return stored !== undefined && stored !== FORGOTTEN;
  }

  lastStored(): number {
    return this.file.lastNumber();
  }

  storedBetween(after: number, upTo: number): string[] {
    return this.file.idsBetween(after, upTo);
  }

  swept(): SweptMark | undefined {
    return this.file.swept();
  }

  markSwept(mark: SweptMark): void {
    this.file.markSwept(mark);
  }

  token(kind: 'phone' | 'name', value: string): string | undefined {
    return this.tokens.token(kind, value);
  }

  likenessTokens(text: string): string | undefined {
    return this.likeness.tokens(text);
  }

  digest(payload: string): string {
    return this.tokens.digest(payload);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#commitAll();
    this.#isClosed = true;
    this.file.close();
  }

  #open(stored: SealedPerson): PersonalData {
    const text = unseal(this.masterKey, stored.id, stored);
    if (text === undefined) {
      throw new Failure('VAULT_TAMPERED', `what the vault holds of person ${stored.id} was changed outside of it`);
    }
    return JSON.parse(text) as PersonalData;
  }

  /** All that arrives in one turn of the event loop shares one transaction and one sync. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#queue.length > 0) this.#commit(this.#nextBatch());
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #commitAll(): void {
    while (this.#queue.length > 0) this.#commit(this.#nextBatch());
  }

  #nextBatch(): readonly Waiting[] {
    let people = 0;
    let end = 0;
    while (end < this.#queue.length && (end === 0 || people < PEOPLE_PER_COMMIT))
      people += this.#queue[end++]!.people.length;
    return this.#queue.splice(0, end);
  }

  #commit(batch: readonly Waiting[]): void {
    try {
      this.file.insert(batch);
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
      return;
    }
    for (const waiting of batch) waiting.resolve();
  }
}

function closed(): Failure {
  return new Failure('VAULT_UNAVAILABLE', 'the vault is closed', true);
}
