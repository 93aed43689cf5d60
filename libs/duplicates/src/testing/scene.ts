import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComplaintEvents } from '#complaints/events';
import { complaintSchemas } from '#complaints';
import { disputes, disputesTable } from '#disputes';
import type { DisputeEvents } from '#disputes/events';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { derivedId, parseInstant, systemClock, type NewEvent, type RecordedEvent } from '#kernel';
import { shippedLaw } from '#law';
import { createRunner, openEmbeddedReadModels, type EmbeddedReadModels, type Runner } from '#read-models';
import { workOrdersTable } from '#work-orders';
import type { WorkOrderEvents } from '#work-orders/events';
import { duplicatesTable } from '../duplicates.module.ts';
import { shippedMatching, type MatchingPolicy } from '../matching-policy.ts';
import { MatchingProcess } from '../processes/matching-process.ts';
import { recordsView } from '../views/records.ts';
import { suggestionsView, type SuggestionDocument } from '../views/suggestions.ts';

const NOW = parseInstant('2026-03-20T10:00:00+08:00')!;
const PROJECTIONS = [recordsView, suggestionsView, disputes];

/** A log, the read models and the process that matches, over one folder. */
export class Scene {
  readonly failures: unknown[] = [];
  policy: MatchingPolicy = shippedMatching;
  readonly folder = mkdtempSync(join(tmpdir(), 'fangxin-duplicates-'));
  private readonly lock = lockDataFolder(this.folder);
  readonly log: EmbeddedEventLog = openEmbeddedEventLog({
    folder: this.folder,
    clock: { now: () => NOW },
    schemas: [disputesTable.schemas, workOrdersTable.schemas, complaintSchemas, duplicatesTable.schemas],
    lock: this.lock,
  });
  private store!: EmbeddedReadModels;
  private runner!: Runner;
  private commands = 0;

  static async open(): Promise<Scene> {
    const scene = new Scene();
    scene.store = openEmbeddedReadModels({ folder: scene.folder, projections: PROJECTIONS });
    const { log: reader, store } = scene;
    scene.runner = createRunner({ reader, store, projections: PROJECTIONS, clock: systemClock });
    await scene.runner.start();
    return scene;
  }

  process(): MatchingProcess {
    return new MatchingProcess({
      log: this.log,
      readModels: this.store,
      clock: { now: () => NOW },
      law: shippedLaw,
      policy: this.policy,
      workOrders: workOrdersTable,
      folder: this.folder,
      report: (error) => void this.failures.push(error),
    });
  }

  /** Everything projected and examined; answers what was written in all. */
  async matched(): Promise<RecordedEvent[]> {
    await this.projected();
    await this.process().catchUp();
    return this.suggested();
  }

  suggested(): Promise<RecordedEvent[]> {
    return this.log.readAll(0, { types: [...Object.keys(duplicatesTable.schemas), 'DuplicateSuspected'] });
  }

  async suggestions(disputeId: string): Promise<SuggestionDocument | undefined> {
    await this.projected();
    return this.store.get<SuggestionDocument>(suggestionsView.name, disputeId);
  }

  async append(stream: string, event: NewEvent, day: string, correlationId: string | null = null): Promise<void> {
    await this.log.append(stream, 'any', [event], {
      commandId: derivedId('scene', String(++this.commands)),
      payloadDigest: '',
      actor: { id: 'key-1', role: 'officer' },
      occurredAt: parseInstant(`${day}T10:00:00+08:00`)!,
      region: '330602',
      correlationId,
    });
  }

  openDispute(id: string, day: string, more: Partial<DisputeEvents['DisputeOpened']> = {}): Promise<void> {
    const none = { respondent: null, sector: null, channel: null, amountFen: null, complainant: null };
    const data = { ...none, respondentUscc: null, respondentRegion: '330602', complainantTokens: {}, ...more };
    return this.append(`dispute-${id}`, { type: 'DisputeOpened', data }, day, id);
  }

  ofDispute<Type extends keyof DisputeEvents>(id: string, type: Type, data: DisputeEvents[Type], day: string) {
    return this.append(`dispute-${id}`, { type, data }, day, id);
  }

  receiveTicket(no: string, day: string, more: Partial<WorkOrderEvents['WorkOrderReceived']> = {}): Promise<void> {
    const none = { sector: null, handlingRegion: null, respondentUscc: null, respondent: null, complainant: null };
    const ticket = { channel: '12345', externalNo: no, complainantTokens: {}, payloadDigest: no, dueAt: null };
    return this.ofTicket(no, 'WorkOrderReceived', { ...none, ...ticket, imported: null, ...more }, day);
  }

  ofTicket<Type extends keyof WorkOrderEvents>(no: string, type: Type, data: WorkOrderEvents[Type], day: string) {
    const { disputeId = null } = data as { readonly disputeId?: string };
    return this.append(`workOrder-12345-${no}`, { type, data }, day, disputeId);
  }

  receiveComplaint(
    id: string,
    disputeId: string,
    day: string,
    more: Partial<ComplaintEvents['ComplaintReceived']> = {},
  ): Promise<void> {
    const data = {
      disputeId,
      authority: 'Yuecheng bureau',
      handlingRegion: '330602',
      respondentUscc: null,
      respondentRegion: '330602',
      respondent: null,
      complainant: 'P1',
      complainantTokens: {},
      sector: null,
      channel: null,
      escalatedFrom: null,
      workOrderId: null,
      knewOn: null,
      ...more,
    };
    return this.append(`complaint-${id}`, { type: 'ComplaintReceived', data }, day, disputeId);
  }

  concludeComplaint(id: string, disputeId: string, day: string): Promise<void> {
    const data = { result: 'mediated', ground: null, disqualification: null, evidence: [], recoveredFen: null };
    return this.append(`complaint-${id}`, { type: 'ComplaintConcluded', data }, day, disputeId);
  }

  async projected(): Promise<void> {
    const head = await this.log.head();
    for (const { name } of PROJECTIONS) await this.store.reached(name, head, 60_000);
  }

  async close(): Promise<void> {
    await this.runner.stop();
    await this.store.close();
    await this.log.close();
    this.lock.release();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
