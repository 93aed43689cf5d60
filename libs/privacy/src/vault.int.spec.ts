import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { FORGOTTEN, KEY_FILE, loadKeyring, openVault } from '#privacy';
import { personVaultContract } from './testing/vault-contract.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'fangxin-vault-'));

personVaultContract('embedded', async () => {
  const folder = newFolder();
  return {
    open: () => openVault({ folder }),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const person = (id: string) => ({ name: `名字${id}`, phone: '13800138000', text: { content: `秘密 ${id}` } });
const database = () => new DatabaseSync(join(folder, 'vault.db'));
const failing = (code: string) => expect.objectContaining({ name: 'Failure', code });

/** Everything below the data folder but the keys, byte for byte. */
function bytesOnDisk(): Buffer {
  const files = readdirSync(folder).filter((name) => name.startsWith('vault.db'));
  return Buffer.concat(files.map((name) => readFileSync(join(folder, name))));
}

describe('what is on disk', () => {
  it('never holds personal data in clear, in the file or in its log', async () => {
    const vault = await openVault({ folder });
    await vault.keep(new Map([['a', person('a')]]));
    expect(readdirSync(folder)).toContain('vault.db-wal');
    for (const clear of ['名字a', '13800138000', '秘密', 'content', loadKeyring(folder).master.export()]) {
      expect(bytesOnDisk().includes(clear)).toBe(false);
    }
    await vault.close();
    expect(bytesOnDisk().includes('13800138000')).toBe(false);
  });

  it('holds no byte of an erased person, however the pages were filled', async () => {
    const vault = await openVault({ folder });
    const ids = Array.from({ length: 600 }, (_, i) => `p${i}`);
    // Of every length, long ones over several pages too, so that pages split and overflow in all ways.
    const dataOf = (id: string, i: number) => ({
      name: id,
      text: { content: 'x'.repeat(((i * 97) % 1500) + (i % 50 === 0 ? 30_000 : 0)) },
    });
    for (let i = 0; i < ids.length; i += 7) {
      await vault.keep(new Map(ids.slice(i, i + 7).map((id, j) => [id, dataOf(id, i + j)])));
    }
    const db = database();
    const rows = db.prepare('SELECT id, wrapped, sealed FROM person').all() as {
      id: string;
      wrapped: Uint8Array;
      sealed: Uint8Array;
    }[];
    db.close();
    const traces = (id: string) => {
      const row = rows.find((candidate) => candidate.id === id)!;
      return [
        Buffer.from(row.wrapped).subarray(0, 12),
        Buffer.from(row.wrapped).subarray(-24),
        Buffer.from(row.sealed).subarray(-24),
      ];
    };
    const before = bytesOnDisk();
    for (const id of ids) for (const trace of traces(id)) expect(before.includes(trace)).toBe(true);

    const erased = ids.filter((_, i) => i % 3 !== 0);
    for (const id of erased) await vault.forget(id);
    const after = bytesOnDisk();
    for (const id of erased) for (const trace of traces(id)) expect(after.includes(trace)).toBe(false);
    const left = await vault.read(ids);
    ids.forEach((id, i) => expect(left.get(id)).toEqual(i % 3 === 0 ? dataOf(id, i) : FORGOTTEN));
    await vault.close();
  });

  it('is readable by its owner only', async () => {
    await (await openVault({ folder })).close();
    for (const name of ['vault.db', KEY_FILE]) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  it('completes an erasure that was interrupted before its log was cut', async () => {
    const first = await openVault({ folder });
    await first.keep(new Map([['a', person('a')]]));
    const db = database();
    const wrapped = Buffer.from(db.prepare('SELECT wrapped FROM person').get()!['wrapped'] as Uint8Array);
    db.exec('UPDATE person SET wrapped = zeroblob(60), sealed = zeroblob(length(sealed)), forgotten = 1');
    expect(bytesOnDisk().includes(wrapped)).toBe(true);
    const second = await openVault({ folder });
    expect(bytesOnDisk().includes(wrapped)).toBe(false);
    db.close();
    await Promise.all([first.close(), second.close()]);
  });
});

describe('a vault that cannot be written', () => {
  const unavailable = failing('VAULT_UNAVAILABLE');

  it('says so until something is written again', async () => {
    const vault = await openVault({ folder });
    await vault.checkWritable();
    const other = database();
    other.exec('BEGIN IMMEDIATE');
    await expect(vault.keep(new Map([['a', person('a')]]))).rejects.toEqual(unavailable);
    await expect(vault.checkWritable()).rejects.toEqual(unavailable);
    other.exec('ROLLBACK');
    other.close();
    await vault.keep(new Map([['a', person('a')]]));
    await vault.checkWritable();
    await vault.close();
  });

  it('finds out that it can be again though nobody writes', async () => {
    const vault = await openVault({ folder });
    const other = database();
    other.exec('BEGIN IMMEDIATE');
    await expect(vault.keep(new Map([['a', person('a')]]))).rejects.toEqual(unavailable);
    other.exec('ROLLBACK');
    const isWritable = () =>
      vault.checkWritable().then(
        () => true,
        () => false,
      );
    while (!(await isWritable())) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(other.prepare('SELECT count(*) AS n FROM trial').get()).toEqual({ n: 0 });
    other.close();
    await vault.close();
  });
});

describe('a vault that was changed from outside', () => {
  it.each([
    [
      'a changed text',
      `UPDATE person SET sealed = CAST(substr(sealed, 1, 20) || x'00' || substr(sealed, 22) AS BLOB) WHERE id = 'a'`,
    ],
    ['a cut text', `UPDATE person SET sealed = substr(sealed, 1, 10) WHERE id = 'a'`],
    [
      'the key of another person',
      `UPDATE person SET wrapped = (SELECT wrapped FROM person WHERE id = 'b') WHERE id = 'a'`,
    ],
    [
      'key and text of another person',
      `UPDATE person SET (wrapped, sealed) = (SELECT wrapped, sealed FROM person WHERE id = 'b') WHERE id = 'a'`,
    ],
  ])('says so: %s', async (_, change) => {
    const vault = await openVault({ folder });
    await vault.keep(new Map(['a', 'b'].map((id) => [id, person(id)])));
    const db = database();
    db.exec(change);
    db.close();
    await expect(vault.read(['a'])).rejects.toEqual(failing('VAULT_TAMPERED'));
    expect((await vault.read(['b'])).get('b')).toEqual(person('b'));
    await vault.close();
  });

  it('is refused when the file is no database', async () => {
    writeFileSync(join(folder, 'vault.db'), 'x'.repeat(9000));
    await expect(openVault({ folder })).rejects.toEqual(failing('VAULT_CORRUPT'));
  });

  it('is refused when its pages are damaged', async () => {
    const vault = await openVault({ folder });
    await vault.keep(new Map(Array.from({ length: 200 }, (_, i) => [`p${i}`, person('a')])));
    await vault.close();
    const path = join(folder, 'vault.db');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 8192));
    const reading = openVault({ folder }).then(async (damaged) => {
      await damaged.read(['p1']).finally(() => damaged.close());
    });
    await expect(reading).rejects.toEqual(failing('VAULT_CORRUPT'));
  });
});

describe('keys', () => {
  it('are made once and kept', () => {
    const [first, second] = [loadKeyring(folder), loadKeyring(folder)];
    for (const name of ['master', 'token', 'pepper'] as const) expect(first[name].equals(second[name])).toBe(true);
    expect(new Set([first.master, first.token, first.pepper].map((key) => key.export().toString('hex'))).size).toBe(3);
  });

  it('can be brought from outside, and then no file is made', async () => {
    const [masterKey, tokenKey] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    const vault = await openVault({ folder, masterKey, tokenKey });
    await vault.keep(new Map([['a', person('a')]]));
    await vault.close();
    expect(readdirSync(folder)).not.toContain('keys');
    const again = await openVault({ folder, masterKey, tokenKey });
    expect((await again.read(['a'])).get('a')).toEqual(person('a'));
    await again.close();
  });

  it.each([{ masterKey: new Uint8Array(32).fill(9) }, { tokenKey: new Uint8Array(32).fill(9) }])(
    'that are not the vault’s own are refused at opening: %j',
    async (wrong) => {
      await (await openVault({ folder })).close();
      await expect(openVault({ folder, ...wrong })).rejects.toEqual(failing('VAULT_KEY_MISMATCH'));
      await (await openVault({ folder })).close();
    },
  );

  it('that were lost are not quietly replaced', async () => {
    await (await openVault({ folder })).close();
    rmSync(join(folder, 'keys'), { recursive: true });
    await expect(openVault({ folder })).rejects.toEqual(failing('VAULT_KEY_MISMATCH'));
  });

  it('are refused when damaged or of the wrong length, without a word of them in the message', () => {
    loadKeyring(folder);
    const path = join(folder, KEY_FILE);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, 60));
    const secret = text.slice(40, 55);
    expect(() => loadKeyring(folder)).toThrow(failing('KEYRING_INVALID'));
    expect(() => loadKeyring(folder)).not.toThrow(secret);
    expect(() => loadKeyring(join(folder, 'other'), { master: new Uint8Array(16) })).toThrow(
      failing('KEYRING_INVALID'),
    );
  });
});

describe('another holder of the file', () => {
  it('makes keeping fail as retryable, and later succeed', async () => {
    const vault = await openVault({ folder });
    const db = database();
    db.exec('BEGIN IMMEDIATE');
    const keeping = vault.keep(new Map([['a', person('a')]]));
    await expect(keeping).rejects.toEqual(expect.objectContaining({ code: 'VAULT_UNAVAILABLE', retryable: true }));
    db.exec('ROLLBACK');
    db.close();
    expect(await vault.read(['a'])).toEqual(new Map());
    await vault.keep(new Map([['a', person('a')]]));
    expect((await vault.read(['a'])).size).toBe(1);
    await vault.close();
  });
});

const root = fileURLToPath(new URL('../../../', import.meta.url));
const node = [
  process.execPath,
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  '--import',
  join(root, 'test/typescript-loader.mjs'),
  join(root, 'libs/privacy/src/testing/keeping-process.ts'),
];

/** Starts the process that keeps people; `lines` fills as it speaks. */
function start(prefix: string, shell = 'exec "$@"') {
  const child = spawn('sh', ['-c', shell, 'sh', ...node, folder, prefix], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = { text: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said.text += chunk));
  // The last line may be cut off by the kill.
  const lines = () => said.text.split('\n').slice(0, -1);
  return { child, lines };
}

describe('a process that keeps people', () => {
  it('loses nobody it acknowledged when it is killed', async () => {
    for (let run = 0; run < 5; run++) {
      const { child, lines } = start(`run${run}`);
      const closed = once(child, 'close');
      while (lines().length < 40 + run * 170) {
        if (child.exitCode !== null) throw new Error(`ended by itself with ${child.exitCode}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      child.kill('SIGKILL');
      await closed;
      const kept = lines().flatMap((line) => (line.startsWith('kept ') ? [line.slice(5)] : []));
      expect(kept.length).toBeGreaterThan(30);
      const vault = await openVault({ folder });
      const found = await vault.read(kept);
      for (const id of kept) expect(found.get(id)).toMatchObject({ name: `name of ${id}` });
      await vault.close();
    }
  });

  it('refuses when no more can be written, stays up, and has written nothing by halves', async () => {
    const { child, lines } = start('full', 'ulimit -f 2000; exec "$@"');
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
    const refused = lines().filter((line) => line.startsWith('refused'));
    expect(refused.length).toBeGreaterThan(0);
    for (const line of refused) expect(line).toMatch(/ VAULT_UNAVAILABLE true$/);
    expect(lines().at(-1)).toBe('still reads true');

    const vault = await openVault({ folder });
    const kept = lines().flatMap((line) => (line.startsWith('kept ') ? [line.slice(5)] : []));
    expect((await vault.read(kept)).size).toBe(kept.length);
    expect((await vault.read(refused.map((line) => line.split(' ')[1]!))).size).toBe(0);
    await vault.close();
  });
});
