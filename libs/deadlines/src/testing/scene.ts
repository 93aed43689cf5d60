import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mainlandCalendar, type WorkingCalendar } from '#calendar';
import { complaintsTable } from '#complaints';
import { lockDataFolder, openEmbeddedEventLog, type AppendResult, type EmbeddedEventLog } from '#event-log';
import {
  derivedId,
  localDateOf,
  parseInstant,
  systemClock,
  type Instant,
  type NewEvent,
  type RecordedEvent,
} from '#kernel';
import { readClock, ruleBook, type Law, type RuleBook } from '#law';
import { negotiationsTable } from '#negotiation';
import { publicationsTable } from '#publicity';
import { createRunner, openEmbeddedReadModels, type EmbeddedReadModels, type Runner } from '#read-models';
import { workOrdersTable } from '#work-orders';
import { deadlinesTable, recomputationTable } from '../deadlines.module.ts';
import { ClockProcess, type Look } from '../processes/clock-process.ts';
import { shippedReminders, type ReminderPolicy } from '../reminder-policy.ts';
import { deadlinesView, type DeadlineDocument } from '../views/deadlines.ts';

const TABLES = [complaintsTable, negotiationsTable, workOrdersTable, publicationsTable];

/** A log, the view of open deadlines and the clock process, under a time and a calendar that the test sets. */
export class Scene {
  now: Instant;
  calendar: WorkingCalendar = mainlandCalendar({ provisional: true });
  rules: RuleBook = ruleBook;
  policy: ReminderPolicy = shippedReminders;
  readonly failures: unknown[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'fangxin-deadlines-'));
  private readonly lock = lockDataFolder(this.folder);
  readonly log: EmbeddedEventLog;
  private store!: EmbeddedReadModels;
  private runner!: Runner;
  private commands = 0;

  private constructor(now: string) {
    this.now = parseInstant(now)!;
    this.log = openEmbeddedEventLog({
      folder: this.folder,
      clock: { now: () => this.now },
      schemas: [...TABLES, deadlinesTable, recomputationTable].map(({ schemas }) => schemas),
      lock: this.lock,
    });
  }

  static async open(now: string): Promise<Scene> {
    const scene = new Scene(now);
    await scene.project();
    return scene;
  }

  get law(): Law {
    return { calendar: this.calendar, rules: this.rules };
  }

  at(time: string): void {
    this.now = parseInstant(time)!;
  }

  /** A process as a start of the service makes it. */
  process(): ClockProcess {
    return new ClockProcess({
      log: this.log,
      readModels: this.store,
      clock: { now: () => this.now },
      law: () => this.law,
      policy: this.policy,
      tables: TABLES,
      report: (error) => void this.failures.push(error),
    });
  }

  look(): Promise<Look> {
    return this.process().look();
  }

  append(
    stream: string,
    events: readonly NewEvent[],
    occurredAt: Instant = this.now,
    more = {},
  ): Promise<AppendResult> {
    return this.log.append(stream, 'any', events, {
      commandId: derivedId('scene', String(++this.commands)),
      payloadDigest: String(this.commands),
      actor: { id: 'key-1', role: 'officer' },
      occurredAt,
      authority: 'Yuecheng Market Supervision Office',
      region: '330602',
      ...more,
    });
  }

  openNegotiation(id: string, occurredAt: Instant = this.now): Promise<AppendResult> {
    const reading = readClock({ clock: 'negotiation', rule: 'L-18', from: localDateOf(occurredAt) }, this.law);
    const data = {
      disputeId: 'D1',
      venue: 'odr',
      respondentUscc: '913306001234567890',
      respondentRegion: '330602',
      sector: null,
      openedBy: 'consumer',
      clocks: [reading],
    };
    return this.append(`negotiation-${id}`, [{ type: 'NegotiationOpened', data }], occurredAt);
  }

  settleNegotiation(id: string): Promise<AppendResult> {
    const confirmed = { basis: 'consumer', offer: null, recoveredFen: null };
    return this.append(`negotiation-${id}`, [
      { type: 'SettlementClaimed', data: { offer: null } },
      { type: 'SettlementConfirmed', data: confirmed },
    ]);
  }

  receiveComplaint(id: string, occurredAt: Instant = this.now): Promise<AppendResult> {
    return this.append(`complaint-${id}`, [this.received(occurredAt)], occurredAt);
  }

  received(occurredAt: Instant): NewEvent {
    const reading = readClock({ clock: 'acceptance', rule: 'L-01', from: localDateOf(occurredAt) }, this.law);
    const data = {
      disputeId: 'D1',
      authority: 'Yuecheng Market Supervision Office',
      handlingRegion: '330602',
      respondentUscc: null,
      respondentRegion: '330602',
      respondent: null,
      complainant: 'person-1',
      complainantTokens: {},
      sector: null,
      channel: null,
      escalatedFrom: null,
      workOrderId: null,
      knewOn: null,
      clocks: [reading],
    };
    return { type: 'ComplaintReceived', data };
  }

  /** Everything the process has written, in the order of the log. */
  async written(): Promise<RecordedEvent[]> {
    const types = [
      'DeadlineReminderIssued',
      'NegotiationExpired',
      'OpenDeadlinesRecomputed',
      'ComplaintDeadlineAmended',
    ];
    return this.log.readAll(0, { types });
  }

  async documents(): Promise<DeadlineDocument[]> {
    await this.store.reached(deadlinesView.name, await this.log.head(), 60_000);
    const page = await this.store.query<DeadlineDocument>(deadlinesView.name, { limit: 1000 });
    return page.items.map(({ doc }) => doc);
  }

  /** All of them, as the log stands. */
  async *allDocuments(): AsyncGenerator<DeadlineDocument> {
    await this.store.reached(deadlinesView.name, await this.log.head(), 60_000);
    for (let cursor: string | null | undefined; cursor !== null;) {
      const more = cursor === undefined ? {} : { cursor };
      const page = await this.store.query<DeadlineDocument>(deadlinesView.name, { limit: 5000, ...more });
      for (const { doc } of page.items) yield doc;
      cursor = page.next;
    }
  }

  /** Builds the view from the first event, as a replay does. */
  async rebuild(): Promise<void> {
    await this.runner.rebuild(deadlinesView.name);
  }

  async close(): Promise<void> {
    await this.runner.stop();
    await this.store.close();
    await this.log.close();
    this.lock.release();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async project(): Promise<void> {
    const projections = [deadlinesView];
    this.store = openEmbeddedReadModels({ folder: this.folder, projections });
    this.runner = createRunner({ reader: this.log, store: this.store, projections, clock: systemClock });
    await this.runner.start();
  }
}
