import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { EvidenceStore } from './evidence-store.ts';

let folder: string;
let store: EvidenceStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-evidence-'));
  store = new EvidenceStore(join(folder, 'evidence'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = (): string[] =>
  existsSync(join(folder, 'evidence'))
    ? readdirSync(join(folder, 'evidence'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
const shaOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const ID = '01JN0000000000000000000000';

async function kept(content: Buffer, id = ID) {
  const file = await store.take(Readable.from([content]), content.length);
  await file.secure(id);
  await file.settle();
  return file;
}

describe('the store of evidence', () => {
  it.each([0, 1, 17, 70_000])('gives back what it took, of %i bytes, and nobody reads it on the disk', async (size) => {
    const content = Buffer.concat([Buffer.from('A word in clear.'), randomBytes(size)]);
    const file = await kept(content);
    expect(file).toMatchObject({ sha256: shaOf(content), bytes: content.length });
    expect(await store.read(ID, file.key, file.sha256)).toEqual(content);
    expect(files()).toHaveLength(1);
    expect(readFileSync(files()[0]!).includes('A word in clear.')).toBe(false);
  });

  it('takes no more than it may, and leaves nothing behind', async () => {
    const stream = Readable.from([Buffer.alloc(10), Buffer.alloc(1)]);
    await expect(store.take(stream, 10)).rejects.toMatchObject({ code: 'EVIDENCE_TOO_LARGE' });
    const broken = Readable.from(
      (function* () {
        yield Buffer.alloc(5);
        throw new Error('the caller hung up');
      })(),
    );
    await expect(store.take(broken, 10)).rejects.toThrow('hung up');
    expect(files()).toEqual([]);
  });

  it('tells when a file is not what was sealed', async () => {
    const file = await kept(randomBytes(100));
    const [path] = files();
    const sealed = readFileSync(path!);
    for (const at of [0, 40, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      writeFileSync(path!, changed);
      await expect(store.read(ID, file.key, file.sha256)).rejects.toMatchObject({ code: 'EVIDENCE_CORRUPT' });
    }
    writeFileSync(path!, sealed);
    await expect(store.read(ID, file.key, '0'.repeat(64))).rejects.toMatchObject({ code: 'EVIDENCE_CORRUPT' });
    const other = randomBytes(32).toString('base64');
    await expect(store.read(ID, other, file.sha256)).rejects.toMatchObject({ code: 'EVIDENCE_CORRUPT' });
    rmSync(path!);
    await expect(store.read(ID, file.key, file.sha256)).rejects.toMatchObject({ code: 'EVIDENCE_CORRUPT' });
  });

  it('keeps one upload of a content apart from another, and erases both', async () => {
    const content = randomBytes(50);
    const [first, second] = [await kept(content), await kept(content)];
    expect(await store.read(ID, first.key, first.sha256)).toEqual(content);
    expect(await store.read(ID, second.key, second.sha256)).toEqual(content);
    await kept(randomBytes(50), `${ID.slice(0, -3)}ABC`);
    await store.erase(ID);
    expect(files()).toHaveLength(1);
  });

  it('after a crash puts into its place what an event speaks of, and removes the rest', async () => {
    const [recorded, refused] = [randomBytes(30), randomBytes(30)];
    const one = await store.take(Readable.from([recorded]), 100);
    await one.secure(ID);
    const two = await store.take(Readable.from([refused]), 100);
    await two.secure(`${ID.slice(0, -1)}1`);
    const again = await store.take(Readable.from([recorded]), 100);
    await again.secure(ID);
    await store.take(Readable.from([randomBytes(30)]), 100);
    expect(files()).toHaveLength(4);
    await new EvidenceStore(join(folder, 'evidence')).recover(async (id) => (id === ID ? one.key : undefined));
    expect(files()).toHaveLength(1);
    expect(await store.read(ID, one.key, one.sha256)).toEqual(recorded);
  });
});
