import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { type EmbeddedEventLog, openEmbeddedEventLog } from '#event-log';
import { systemClock } from '#kernel';
import { type EmbeddedVault, loadKeyring, openVault, type PersonalData, type SealedPeople } from '#privacy';
import { PeopleRecorder } from './people-recorder.ts';

/** Log, vault and recorder over one folder. */
class Engines {
  readonly reports: string[] = [];
  constructor(
    readonly log: EmbeddedEventLog,
    readonly vault: EmbeddedVault,
    public recorder: PeopleRecorder,
    private readonly folder: string,
  ) {}

  static async open(folder: string): Promise<Engines> {
    const vault = await openVault({ folder, keyring: loadKeyring(folder) });
    const log = openEmbeddedEventLog({
      folder,
      clock: systemClock,
      schemas: [{ Spoken: { schemaVersion: 1 } }],
      beforehand: (people) => vault.storeNow(people as readonly SealedPeople[]),
    });
    const engines = new Engines(log, vault, undefined as never, folder);
    const report = (error: unknown) => void engines.reports.push((error as Error).message);
    engines.recorder = await PeopleRecorder.open({ log, vault, report });
    return engines;
  }

  /** Ends as a process that is killed does: nothing is done any more. */
  async crash(): Promise<void> {
    await this.log.close();
    await this.vault.close();
  }

  async close(): Promise<void> {
    await this.recorder.close();
    await this.crash();
  }

  /** Records an event that speaks of somebody new; with `version` 99 the log refuses it. */
  async speak(
    version: number | 'any' = 'any',
    commandId: string = randomUUID(),
    refusal = 'WRONG_EXPECTED_VERSION',
  ): Promise<string> {
    const id = randomUUID();
    const event = { type: 'Spoken', data: { deep: [{ complainant: id }] } };
    const command = { commandId, payloadDigest: 'd', actor: { id: 'a', role: 'test' }, occurredAt: 0 };
    await this.recorder.record(one(id), 'a-1', version, [event], command).catch((error: { code: string }) => {
      expect(error.code).toBe(refusal);
    });
    return id;
  }

  /** Stores somebody whose event never came. */
  leaveBehind(): string {
    const id = randomUUID();
    this.vault.storeNow([this.vault.seal(one(id))]);
    return id;
  }

  held(): string[] {
    const database = new DatabaseSync(join(this.folder, 'vault.db'), { readOnly: true });
    const rows = database.prepare('SELECT id FROM person WHERE forgotten = 0').all();
    database.close();
    return rows.map((row) => row['id'] as string).sort();
  }
}

function one(id: string): ReadonlyMap<string, PersonalData> {
  return new Map([[id, { name: '张三' }]]);
}

describe('the recorder of people', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fangxin-people-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('forgets at its start whoever a crash left in the vault without an event, and nobody else', async () => {
    let engines = await Engines.open(folder);
    const spoken = [await engines.speak(), await engines.speak()];
    const left = engines.leaveBehind();
    expect(engines.held()).toEqual([...spoken, left].sort());
    await engines.crash();
    engines = await Engines.open(folder);
    expect(engines.held()).toEqual([...spoken].sort());
    expect([...(await engines.vault.read(spoken)).values()]).toEqual([{ name: '张三' }, { name: '张三' }]);
    expect(engines.reports).toEqual([]);
    await engines.close();
  });

  it('looks at nothing before its mark', async () => {
    let engines = await Engines.open(folder);
    await engines.speak();
    await engines.recorder.moveMark();
    const mark = engines.vault.swept();
    expect(mark).toMatchObject({ people: 1, position: 1 });
    await engines.recorder.moveMark();
    expect(engines.vault.swept()).toEqual(mark);
    await engines.speak();
    await engines.close();
    engines = await Engines.open(folder);
    expect(engines.vault.swept()).toMatchObject({ people: 2, position: 2 });
    await engines.close();
  });

  it('holds exactly those of whom events speak after every start, whatever happened before', async () => {
    const step = fc.constantFrom('speak', 'speak together', 'refused', 'mark', 'close', 'crash', 'crash between');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const own = mkdtempSync(join(folder, 'run-'));
        let engines = await Engines.open(own);
        const spoken: string[] = [];
        for (const one of [...steps, 'crash']) {
          if (one === 'speak') spoken.push(await engines.speak());
          if (one === 'speak together') {
            const together = [engines.speak(), engines.speak(99), engines.speak(), engines.recorder.moveMark()];
            const [first, , third] = await Promise.all(together);
            spoken.push(first as string, third as string);
          }
          if (one === 'refused') await engines.speak(99);
          if (one === 'mark') await engines.recorder.moveMark();
          if (one === 'crash between') engines.leaveBehind();
          if (one === 'close') await engines.close();
          if (one.startsWith('crash')) await engines.crash();
          if (one === 'close' || one.startsWith('crash')) {
            engines = await Engines.open(own);
            expect(engines.held()).toEqual([...spoken].sort());
            expect(engines.reports).toEqual([]);
          }
        }
        await engines.close();
      }),
      { numRuns: 40 },
    );
  });

  it('forgets those of refused and of repeated appends before it answers', async () => {
    const engines = await Engines.open(folder);
    const spoken = await engines.speak();
    const once = randomUUID();
    const answers = await Promise.all([
      engines.speak(99),
      engines.speak(99),
      ...[1, 2, 3].map(() => engines.speak('any', once)),
    ]);
    expect(engines.held()).toEqual([spoken, answers[2]].sort());
    expect(engines.reports).toEqual([]);
    await engines.close();
  });

  it('keeps those of whom an event may still be found, until the log has written something else', async () => {
    const engines = await Engines.open(folder);
    const other = new DatabaseSync(join(folder, 'events.db'));
    other.exec('BEGIN IMMEDIATE');
    const doubtful = await engines.speak('any', randomUUID(), 'LOG_UNAVAILABLE');
    await engines.recorder.moveMark();
    expect(engines.reports).toEqual([expect.stringContaining('another process holds the file')]);
    expect(engines.held()).toEqual([doubtful]);
    other.exec('ROLLBACK');
    other.close();
    const spoken = await engines.speak();
    await engines.recorder.moveMark();
    expect(engines.held()).toEqual([spoken]);
    await engines.close();
  });

  it('leaves its mark where it is while the vault cannot be written, and makes good for it', async () => {
    let engines = await Engines.open(folder);
    await engines.recorder.moveMark();
    const mark = engines.vault.swept();
    const left = engines.leaveBehind();
    const other = new DatabaseSync(join(folder, 'vault.db'));
    other.exec('BEGIN IMMEDIATE');
    await engines.recorder.moveMark();
    expect(engines.reports).toEqual([expect.stringContaining('the vault cannot be')]);
    expect(engines.vault.swept()).toEqual(mark);
    expect(engines.held()).toEqual([left]);
    other.exec('ROLLBACK');
    other.close();
    await engines.crash();
    engines = await Engines.open(folder);
    expect(engines.held()).toEqual([]);
    await engines.close();
  });

  it('does not jump over what it could not look through at its start', async () => {
    let engines = await Engines.open(folder);
    const spoken = await engines.speak();
    const left = engines.leaveBehind();
    await engines.crash();
    // A page of the log that cannot be read: kept aside, spoilt, and put back.
    const database = new DatabaseSync(join(folder, 'events.db'));
    database.exec(`DROP TRIGGER events_stay; UPDATE events SET data = '{' WHERE position = 1`);
    engines = await Engines.open(folder);
    expect(engines.reports).toHaveLength(1);
    const second = await engines.speak();
    await engines.recorder.moveMark();
    expect(engines.reports).toHaveLength(2);
    expect(engines.held()).toEqual([spoken, left, second].sort());
    database.prepare('UPDATE events SET data = ? WHERE position = 1').run(JSON.stringify({ complainant: spoken }));
    database.close();
    await engines.recorder.moveMark();
    expect(engines.held()).toEqual([spoken, second].sort());
    await engines.close();
  });

  it('forgets nobody when another copy of the log was put in place', async () => {
    let engines = await Engines.open(folder);
    const first = await engines.speak();
    await engines.close();
    copyFileSync(join(folder, 'events.db'), join(folder, 'events.copy'));
    engines = await Engines.open(folder);
    const lost = await engines.speak();
    await engines.close();
    copyFileSync(join(folder, 'events.copy'), join(folder, 'events.db'));
    engines = await Engines.open(folder);
    expect(engines.reports).toEqual([expect.stringContaining('not the one')]);
    const second = await engines.speak();
    const left = engines.leaveBehind();
    await engines.crash();
    engines = await Engines.open(folder);
    expect(engines.reports).toEqual([]);
    expect(engines.held()).toEqual([first, lost, second].sort());
    expect(engines.held()).not.toContain(left);
    await engines.close();
  });
});
