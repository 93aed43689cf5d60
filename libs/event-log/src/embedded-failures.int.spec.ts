import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '#kernel';
import { type EmbeddedEventLog, lockDataFolder, openEmbeddedEventLog, openEmbeddedReader, verifyLog } from '#event-log';
import { crashSchemas } from './contract/crash-plan.ts';
import { allOf, command, note, noted, texts } from './contract/fixture.ts';
import { checkDurable } from './embedded/log-file.ts';

const TRIALS = 'dist/libs/event-log/src/trial';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fangxin-log-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await killed(child);
  rmSync(folder, { recursive: true, force: true });
});

function open(more: { readOnly?: boolean } = {}): EmbeddedEventLog {
  return openEmbeddedEventLog({ folder, clock: systemClock, schemas: [noted], ...more });
}

function start(program: string, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(TRIALS, program), ...args]);
  children.push(child);
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** A closed log of so many events of about 1 kB. */
async function written(events: number): Promise<void> {
  const log = open();
  for (let n = 0; n < events; n += 50)
    await log.append(
      `a-${n}`,
      'none',
      Array.from({ length: 50 }, () => note('x'.repeat(1000))),
      command(),
    );
  await log.close();
}

const file = (): string => join(folder, 'events.db');

describe('a data folder', () => {
  it('belongs to one process at a time, which is named to the second', async () => {
    const holder = start('hold-folder.js', folder);
    await once(holder.stdout!, 'data');
    expect(() => open()).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_IN_USE',
        message: expect.stringContaining(`process ${holder.pid} since 2`),
      }),
    );
    expect(existsSync(file())).toBe(false);
  });

  it('is free again as soon as its process was killed', async () => {
    const holder = start('hold-folder.js', folder);
    await once(holder.stdout!, 'data');
    await killed(holder);
    const log = open();
    await log.append('a-1', 'none', [note('x')], command());
    await log.close();
  });

  it('is refused to a second log in the same process, and given back when the first closes', async () => {
    const log = open();
    expect(() => open()).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' }));
    await log.append('a-1', 'none', [note('x')], command());
    await log.close();
    await open().close();
  });

  it('may be locked by the caller for everything that lies in it', async () => {
    const lock = lockDataFolder(folder);
    const log = openEmbeddedEventLog({ folder, clock: systemClock, schemas: [noted], lock });
    await log.append('a-1', 'none', [note('x')], command());
    await log.close();
    expect(() => open()).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' }));
    lock.release();
    await open().close();
  });

  it('is given back when the log in it could not be opened', async () => {
    writeFileSync(file(), 'no database, but long enough to look at '.repeat(100));
    expect(() => open()).toThrow(expect.objectContaining({ code: 'LOG_CORRUPT' }));
    rmSync(file());
    await open().close();
  });
});

describe('a full disk', () => {
  /** A file system of 8 MB of our own where the system lets us have one; a limit on file sizes works everywhere. */
  const ways = {
    'a full file system': {
      available: spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0,
      shell: `mount -t tmpfs -o size=8m none "$1" && head -c 4000000 /dev/zero > "$1/filler" && exec "$2" "$3" "$1/log" "$1/filler"`,
      wrapper: ['unshare', '-rm'],
      refusal: /^LOG_UNAVAILABLE true .*the disk is full/,
    },
    'a file that may not grow': {
      available: spawnSync('prlimit', ['--version']).status === 0,
      shell: `ulimit -S -f 4000; exec "$2" "$3" "$1/log"`,
      wrapper: [],
      refusal: /^LOG_UNAVAILABLE true .*the disk reported an I\/O error/,
    },
  };
  const available = Object.entries(ways).filter(([, way]) => way.available);

  it('can be had here in some way', () => expect(available).not.toEqual([]));

  it.each(available)('(%s) refuses appends, loses nothing, and goes on when there is room', (_, way) => {
    const program = [
      ...way.wrapper,
      'sh',
      '-c',
      way.shell,
      'sh',
      folder,
      process.execPath,
      join(TRIALS, 'full-disk.js'),
    ];
    const told = JSON.parse(execFileSync(program[0]!, program.slice(1), { encoding: 'utf8' }));
    expect(told.refusals).toHaveLength(17);
    for (const refusal of told.refusals) expect(refusal).toMatch(way.refusal);
    expect(told.beforeRoom.acknowledged).toBeGreaterThan(0);
    expect(told.beforeRoom.head).toBe(told.beforeRoom.acknowledged * 3);
    expect(told.beforeRoom.writable).toMatch(way.refusal);
    expect(told.headAfterTrial).toBe(told.beforeRoom.head);
    expect(told.afterRoom).toBe('none');
    const commands = told.beforeRoom.acknowledged + 1;
    expect(told.found).toEqual({ events: commands * 3, acknowledged: commands, lost: 0, verify: [] });
  });
});

describe('a folder that may not be written', () => {
  /** Root may write anywhere, so the call is made with the rights of nobody. */
  function withoutRights<Result>(work: () => Result): Result {
    chmodSync(folder, 0o555);
    for (const name of ['events.db', 'lock.db'])
      if (existsSync(join(folder, name))) chmodSync(join(folder, name), 0o444);
    const user = process.geteuid!();
    if (user === 0) process.seteuid!(65_534);
    try {
      return work();
    } finally {
      if (user === 0) process.seteuid!(user);
      chmodSync(folder, 0o755);
    }
  }

  it('is refused for writing with the reason', async () => {
    expect(() => withoutRights(() => open())).toThrow(expect.objectContaining({ code: 'LOG_UNAVAILABLE' }));
    await written(50);
    expect(() => withoutRights(() => open())).toThrow(
      expect.objectContaining({ code: 'LOG_UNAVAILABLE', message: expect.stringContaining('read-only') }),
    );
  });

  it('can still be read, and refuses appends', async () => {
    await written(50);
    const log = withoutRights(() => open({ readOnly: true }));
    expect(await log.head()).toBe(50);
    expect(await log.readAll(48)).toHaveLength(2);
    expect(await log.positionAt(Date.now())).toBe(50);
    await expect(log.append('a-1', 'any', [note('x')], command())).rejects.toMatchObject({ code: 'LOG_READ_ONLY' });
    await log.close();
  });
});

describe('a damaged file', () => {
  it('is refused when it is no log of ours', async () => {
    const refused = (code: string, message: string) =>
      expect(() => open()).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
    writeFileSync(file(), Buffer.alloc(20_000, 'x'));
    refused('LOG_CORRUPT', 'restore it from a backup');
    rmSync(file());
    new DatabaseSync(file()).exec('CREATE TABLE other (x); PRAGMA user_version = 1');
    refused('LOG_FORMAT_UNKNOWN', 'not an event log');
  });

  it('is refused when it was written in another format', async () => {
    await written(50);
    const database = new DatabaseSync(file());
    database.exec('PRAGMA user_version = 3');
    database.close();
    expect(() => open()).toThrow(
      expect.objectContaining({ code: 'LOG_FORMAT_UNKNOWN', message: expect.stringContaining('format 3') }),
    );
  });

  it('is refused when it was cut short', async () => {
    await written(500);
    truncateSync(file(), 40_000);
    expect(() => open()).toThrow(expect.objectContaining({ code: 'LOG_CORRUPT' }));
  });

  it('says so when a damaged page is read, keeps serving the rest, and is found by verify', async () => {
    await written(1000);
    expect(verifyLog(folder)).toEqual([]);
    const bytes = readFileSync(file());
    bytes.fill(0xff, 60 * 8192, 61 * 8192);
    writeFileSync(file(), bytes);
    const log = open();
    await expect(allOf(log)).rejects.toMatchObject({ code: 'LOG_CORRUPT' });
    expect(await log.head()).toBe(1000);
    expect(await log.readAll(998)).toHaveLength(2);
    expect((await log.verify())[0]).toMatchObject({ check: 'file' });
    await log.close();
  });

  it.each([
    ['positions', 'PRAGMA foreign_keys = OFF; DROP TRIGGER events_remain; DELETE FROM events WHERE position = 7'],
    ['times', 'DROP TRIGGER events_stay; UPDATE events SET recorded_at = recorded_at - 1000 WHERE position = 7'],
    ['commands', 'DROP TRIGGER events_stay; UPDATE events SET command_events = 49 WHERE position = 1'],
    ['commands', "INSERT INTO answers SELECT command, 'd', 'a-0', 0, 0 FROM events WHERE position = 1"],
    ['streams', 'DROP TRIGGER events_stay; UPDATE events SET version = 51 WHERE position = 50'],
  ])('is found by verify when its %s were tampered with', async (check, sql) => {
    await written(100);
    const database = new DatabaseSync(file());
    database.exec(sql);
    database.close();
    expect(verifyLog(folder).map((finding) => finding.check)).toContain(check);
  });

  it('lets nobody change or delete an event or an answer through SQL alone', async () => {
    await written(50);
    const database = new DatabaseSync(file());
    expect(() => database.exec("UPDATE events SET data = '{}'")).toThrow('events are never changed');
    expect(() => database.exec('DELETE FROM events')).toThrow('events are never deleted');
    database.exec("INSERT INTO answers VALUES (x'00', 'digest', 'a-0', 1, 1)");
    expect(() => database.exec('UPDATE answers SET version = 2')).toThrow('answers are never changed');
    expect(() => database.exec('DELETE FROM answers')).toThrow('answers are never deleted');
    database.close();
  });
});

describe('a write-ahead log left behind by a killed process', () => {
  /** Folder of a process that was killed while it wrote, with what it had acknowledged. */
  async function leftBehind(): Promise<number> {
    const writer = start('crash-writer.js', folder, '1');
    let lines = '';
    for await (const chunk of writer.stdout!) {
      lines += String(chunk);
      if (lines.length > 20_000) break;
    }
    await killed(writer);
    expect(statSync(`${file()}-wal`).size).toBeGreaterThan(0);
    return Math.max(
      ...lines
        .split('\n')
        .slice(0, -1)
        .map((line) => Number(line.split(' ')[3])),
    );
  }

  it.each([
    ['whole', () => undefined],
    ['ending in half a page', () => appendFileSync(`${file()}-wal`, Buffer.alloc(5000, 7))],
    ['ending in garbage', () => appendFileSync(`${file()}-wal`, Buffer.alloc(30_000, 7))],
  ])('is recovered (%s)', async (_, damage) => {
    const acknowledged = await leftBehind();
    damage();
    const log = openEmbeddedEventLog({ folder, clock: systemClock, schemas: [crashSchemas] });
    expect(await log.head()).toBeGreaterThanOrEqual(acknowledged);
    expect(await log.verify()).toEqual([]);
    await log.close();
  });

  it('can be read where it lies, copied as it is', async () => {
    const acknowledged = await leftBehind();
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    for (const name of ['events.db', 'events.db-wal']) copyFileSync(join(folder, name), join(copy, name));
    const reader = openEmbeddedReader({ folder: copy, schemas: [crashSchemas] });
    expect(await reader.head()).toBeGreaterThanOrEqual(acknowledged);
    await reader.close();
  });
});

describe('the writer', () => {
  it('reads back that commits wait for the disk, and refuses to go on otherwise', () => {
    const database = new DatabaseSync(file());
    const refused = (): void =>
      expect(() => checkDurable(database)).toThrow(expect.objectContaining({ code: 'LOG_NOT_DURABLE' }));
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL');
    refused();
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    refused();
    database.exec('PRAGMA synchronous = FULL');
    checkDurable(database);
    database.close();
  });

  it('writes the others when one request of a group is more than the database takes', async () => {
    const log = open();
    const outcomes = await Promise.allSettled([
      log.append('a-1', 'none', [note('1')], command()),
      log.append('a-2', 'none', [note('2')], command({ correlationId: { not: 'text' } as never })),
      log.append('a-3', 'none', [note('3')], command()),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(texts(await log.readAll(0))).toEqual(['1', '3']);
    await log.close();
  });

  it('refuses while somebody else holds the file, and goes on afterwards', async () => {
    const log = open();
    await log.append('a-1', 'none', [note('1')], command());
    await log.checkWritable();
    const other = new DatabaseSync(file());
    other.exec('BEGIN IMMEDIATE');
    const unavailable = { code: 'LOG_UNAVAILABLE', retryable: true };
    await expect(log.append('a-1', 1, [note('2')], command())).rejects.toMatchObject(unavailable);
    await expect(log.checkWritable()).rejects.toMatchObject(unavailable);
    other.exec('ROLLBACK');
    other.close();
    expect(await log.append('a-1', 1, [note('2')], command())).toMatchObject({ position: 2 });
    await log.checkWritable();
    await log.close();
  });
});
