import 'reflect-metadata';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClockProcess, shippedReminders } from '#deadlines';
import { MatchingProcess, shippedMatching } from '#duplicates';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog, type EventLog } from '#event-log';
import { Failure } from '#kernel';
import { LinkingProcess } from '#linking';
import { ProposalProcess } from '#proposals';
import { createRunner, openEmbeddedReadModels, type EmbeddedReadModels, type Runner } from '#read-models';
import { ProcessService } from '#service';
import { workOrdersTable } from '#work-orders';
import { domainTables, eventSchemas, projections } from './contexts.ts';
import { Chance } from './testing/chance.ts';
import { openings } from './testing/openings/index.ts';
import { Teller } from './testing/teller.ts';
import { Reached, Walk } from './testing/walk.ts';

/** What persons did in some procedures, as the openings of walks tell it. What processes made of it is left to them here. */
const walk = new Walk(new Reached());
const told = new Teller(walk);
for (const name of ['work orders', 'negotiations', 'complaints after acceptance', 'mediations', 'to court']) {
  openings[name]!(told);
}
const OF_PROCESSES = /^(?:proposal|publication|duplicate|reminder)-/;
const history = walk.world.log.filter(({ actor, stream }) => actor.role !== 'process' && !OF_PROCESSES.test(stream));

/** A folder with that history, and the processes over it. */
class Scene {
  now = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'fangxin-processes-'));
  readonly #lock = lockDataFolder(this.#folder);
  readonly #clock = { now: () => this.now };
  readonly log: EmbeddedEventLog = openEmbeddedEventLog({
    folder: this.#folder,
    clock: this.#clock,
    schemas: eventSchemas,
    lock: this.#lock,
  });
  readonly #store: EmbeddedReadModels = openEmbeddedReadModels({ folder: this.#folder, projections });
  readonly #runner: Runner = createRunner({
    reader: this.log,
    store: this.#store,
    projections,
    clock: this.#clock,
  });

  async begin(): Promise<void> {
    for (const [index, event] of history.entries()) {
      // Events of one command are one append.
      if (history[index - 1]?.commandId === event.commandId) continue;
      this.now = event.recordedAt;
      const events = history
        .filter(({ commandId }) => commandId === event.commandId)
        .map(({ type, data, occurredAt, ruleVersion }) => ({
          type,
          data,
          occurredAt,
          ...(ruleVersion && { ruleVersion }),
        }));
      const { id: _, ...command } = event;
      await this.log.append(event.stream, 'any', events, { ...command, payloadDigest: event.commandId });
    }
    this.now += 60 * 86_400_000;
    await this.#runner.start();
  }

  /** Every process, as a start of the service makes it, up to the end of the log. */
  async #round(log: EventLog): Promise<void> {
    const [readModels, clock, folder] = [this.#store, this.#clock, this.#folder];
    for (const { name } of projections) await readModels.reached(name, await this.log.head(), 10_000);
    const report = (error: unknown): void => {
      throw error;
    };
    const ports = { log, readModels, clock, folder, report, law: () => walk.world.law, tables: domainTables };
    await new LinkingProcess(ports).catchUp();
    await new ProposalProcess(ports).catchUp();
    await new MatchingProcess({ ...ports, policy: shippedMatching, workOrders: workOrdersTable }).catchUp();
    await new ClockProcess({ ...ports, policy: shippedReminders }).look();
  }

  /** Until nothing more follows; whatever breaks on the way is begun anew. Answers how often that was. */
  async settle(log: EventLog = this.log, onBreak: () => void = () => undefined): Promise<number> {
    let breaks = 0;
    for (let before = -1; before !== (await this.log.head());) {
      before = await this.log.head();
      try {
        await this.#round(log);
      } catch (error) {
        if (!(error instanceof Failure && error.code === 'LOG_UNAVAILABLE')) throw error;
        breaks++;
        before = -1;
        onBreak();
      }
    }
    return breaks;
  }

  forget(process: string): void {
    rmSync(join(this.#folder, `${process}.checkpoint`), { force: true });
  }

  /** What the processes have said, in no order. */
  async said(): Promise<string[]> {
    const events = await this.log.readAll(0, {});
    const own = events.filter(({ actor }) => actor.role === 'process');
    // Where what they answer stands in the log, and how many deadlines the last look itself has moved, is another matter.
    const said = (data: object) => JSON.stringify({ ...data, answered: undefined, amended: undefined });
    return own.map(({ stream, type, data }) => `${stream} ${type} ${said(data)}`).toSorted();
  }

  async close(): Promise<void> {
    await this.#runner.stop();
    await this.#store.close();
    await this.log.close();
    this.#lock.release();
    rmSync(this.#folder, { recursive: true });
  }
}

/**
 * The log of a process that crashes now and then: what was on its way is written or not, and of the last nobody hears that it
 * was. Nothing more is written until it is begun anew.
 */
class CrashingLog {
  #isDown = false;
  readonly log: EventLog;

  constructor(log: EmbeddedEventLog, chance: Chance) {
    const append: EventLog['append'] = async (...given) => {
      const isLast = !this.#isDown && chance.isWithin(0.08);
      const isWritten = !this.#isDown && (!isLast || chance.isWithin(0.5));
      this.#isDown ||= isLast;
      const result = isWritten ? await log.append(...given) : undefined;
      if (isLast || result === undefined) throw new Failure('LOG_UNAVAILABLE', 'crashed by the test', true);
      return result;
    };
    this.log = new Proxy<EventLog>(log, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (name === 'append') return append;
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  beginAnew(): void {
    this.#isDown = false;
  }
}

const scenes: Scene[] = [];
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close();
});

async function opened(): Promise<Scene> {
  const scene = new Scene();
  scenes.push(scene);
  await scene.begin();
  return scene;
}

const FOLLOWING = ['linking', 'proposals', 'duplicates'];

describe('every process says once what follows', () => {
  let expected: string[];
  beforeAll(async () => {
    const quiet = await opened();
    await quiet.settle();
    expected = await quiet.said();
    await quiet.close();
    scenes.length = 0;
  });

  it('of everything that is for it', () => {
    const types = new Set(expected.map((line) => line.split(' ')[1]!));
    for (const type of [
      ...['ProposalMade', 'ProposalTaken', 'ProposalWithdrawn', 'ComplaintPublicationPlanned', 'SettlementDisputed'],
      ...['WorkOrderComplaintLinked', 'DisputeDuplicateSuspected', 'DeadlineReminderIssued', 'NegotiationExpired'],
    ]) {
      expect(types).toContain(type);
    }
    expect(new Set(expected).size).toBe(expected.length);
  });

  it('also when all is read again from the beginning', async () => {
    const scene = await opened();
    await scene.settle();
    for (const process of FOLLOWING) scene.forget(process);
    await scene.settle();
    expect(await scene.said()).toEqual(expected);
  });

  it.each([1, 2])('however often it crashes and begins anew, having lost where it was or not (%d)', async (seed) => {
    const scene = await opened();
    const chance = new Chance(seed);
    const crashing = new CrashingLog(scene.log, chance);
    const breaks = await scene.settle(crashing.log, () => {
      crashing.beginAnew();
      for (const process of FOLLOWING) if (chance.isWithin(0.3)) scene.forget(process);
    });
    expect(breaks).toBeGreaterThan(5);
    expect(await scene.said()).toEqual(expected);
  });
});

it('no process gives what is for a person to give, whatever the rule would say of it', async () => {
  const { log, ...scene } = await opened();
  const service = new ProcessService({ log, clock: { now: () => scene.now }, law: () => walk.world.law }, 'test');
  for (const table of domainTables) {
    for (const row of table.commands.filter((one) => table.processCommands?.includes(one) !== true)) {
      const command = { table, row, command: {}, id: 'x', commandId: 'x', causationId: null, occurredAt: 0 };
      await expect(service.give(command)).rejects.toMatchObject({ code: 'NOT_FOR_PROCESSES' });
    }
  }
});
