import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openKeyHasher, newSecret, type Authenticator } from '#access';
import { RefusedReadRecorder, type AlertPolicy } from '#alerts';
import { accessKeysContext, ensureAdministrator, KeyRing } from '#access-keys';
import { ClockProcess, type ReminderPolicy } from '#deadlines';
import { MatchingProcess } from '#duplicates';
import { lockDataFolder, openEmbeddedEventLog, type EmbeddedEventLog } from '#event-log';
import { Failure, type Clock } from '#kernel';
import type { Law } from '#law';
import { LinkingProcess } from '#linking';
import { loadKeyring, openVault, vaultHoldsPeople, type EmbeddedVault, type SealedPeople } from '#privacy';
import { ProposalProcess } from '#proposals';
import { openEmbeddedReadModelReader, type EmbeddedReader } from '#read-models';
import { CommandService, QueryService, type AnyContextTable } from '#service';
import { isStreamToldTo } from '#timeline';
import { CalendarKeeper, workCalendarsContext } from '#work-calendars';
import { workOrdersTable } from '#work-orders';
import { domainTables, eventSchemas, projections } from './contexts.ts';
import { readPlace, type PlaceFiles } from './law-of-the-place.ts';
import { PeopleRecorder } from './people-recorder.ts';
import { hostProjections, type ProjectionHost } from './projection-host.ts';

export interface SystemOptions {
  /** Data folder; created when it is missing, and held by one process at a time (`DATA_FOLDER_IN_USE`). */
  readonly folder: string;
  readonly clock: Clock;
  /** Secret the administrator's key shall have; without it a first start makes one. */
  readonly adminKey?: string | undefined;
  /** Told the secret of an administrator key that this start had to make, as soon as it is valid; nobody hears it again. */
  readonly onAdministratorKey: (secret: string) => void;
  /** Whether processes write what follows by itself: reminders, expiry, proposals; yes unless said. */
  readonly runsProcesses?: boolean | undefined;
  /** Rules and reminders that this place sets. */
  readonly place?: PlaceFiles;
  /** Where failures go that must not change an answer. */
  readonly report: (error: unknown, what: string) => void;
}

/** All contexts on the embedded engines, ready to take commands and answer queries. */
export interface System {
  readonly tables: readonly AnyContextTable[];
  readonly log: EmbeddedEventLog;
  readonly vault: EmbeddedVault;
  readonly readModels: EmbeddedReader;
  readonly host: ProjectionHost;
  readonly authenticator: Authenticator;
  readonly commands: CommandService;
  readonly queries: QueryService;
  /** Thresholds of this place. */
  readonly alerts: AlertPolicy;
  readonly reminders: ReminderPolicy;
  readonly clock: Clock;
  /** Finishes what is under way, in the order in which the parts depend on each other. */
  close(): Promise<void>;
}

/** Opens everything, or nothing: what was opened before a failure is closed again. */
export async function openSystem(options: SystemOptions): Promise<System> {
  const { folder, clock, report } = options;
  const opened: (() => unknown)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    const { rules, reminders, alerts, matching } = readPlace(options.place ?? {});
    makeFolder(folder);
    const lock = lockDataFolder(folder);
    opened.push(() => lock.release());
    refuseLostFiles(folder);
    const keyring = loadKeyring(folder);
    const vault = await openVault({ folder, keyring });
    opened.push(() => vault.close());
    // One group commit for both: the people of a group, then its events, each with one sync.
    const beforehand = (people: readonly unknown[]): void => vault.storeNow(people as readonly SealedPeople[]);
    const log = openEmbeddedEventLog({ folder, clock, schemas: eventSchemas, lock, beforehand });
    opened.push(() => log.close());
    const people = await PeopleRecorder.open({ log, vault, report });
    opened.push(() => people.close());

    const hasher = openKeyHasher(keyring.pepper);
    const newAdminKey = await ensureAdministrator(log, hasher, { adminKey: options.adminKey, clock });
    if (newAdminKey !== undefined) options.onAdministratorKey(newAdminKey);
    const ring = await KeyRing.open({ log, hasher, clock, report: (error) => report(error, 'access keys') });
    opened.push(() => ring.close());

    const host = await hostProjections({
      folder,
      headSignal: log.headSignal,
      rulesFile: options.place?.rulesFile,
      onExit: ({ code, error }) => report(error ?? new Error(`exit code ${code}`), 'the projections stopped'),
    });
    opened.push(() => host.stop());
    const readModels = openEmbeddedReadModelReader({ folder, projections, signal: host.signal });
    opened.push(() => readModels.close());

    const calendars = await CalendarKeeper.open({ log, report: (error) => report(error, 'calendar') });
    opened.push(() => calendars.close());
    const law = (): Law => ({ calendar: calendars.calendar(), rules });
    const lawOf = (version: string | null): Law =>
      version === null ? law() : { calendar: calendars.calendarOf(version), rules };
    const ofThisPlace = new Map<string, AnyContextTable>(
      [workCalendarsContext(calendars)].map((table) => [table.category, table]),
    );
    const tables = [...domainTables.map((table) => ofThisPlace.get(table.category) ?? table), accessKeysContext(ring)];
    const commands = new CommandService({
      log,
      vault,
      record: people.record,
      clock,
      law,
      hashSecret: (secret) => hasher.secretHash(secret),
      newSecret,
      report,
    });
    people.start();
    const refused = new RefusedReadRecorder({ log, clock, law, report });
    opened.push(() => refused.settle());
    const queries = new QueryService({
      reader: log,
      readModels,
      vault,
      clock,
      lawOf,
      isToldTo: (principal, stream) => isStreamToldTo(principal, stream, { reader: log, tables }),
      onRefusedRead: refused.refused,
    });
    const passing = new ClockProcess({ log, readModels, clock, law, policy: reminders, tables, report });
    opened.push(() => passing.stop());
    const proposing = new ProposalProcess({ log, readModels, clock, law, folder, report });
    opened.push(() => proposing.stop());
    const workOrders = tables.find(({ category }) => category === workOrdersTable.category)!;
    const comparing = new MatchingProcess({
      log,
      readModels,
      clock,
      law,
      policy: matching,
      workOrders,
      folder,
      report,
    });
    opened.push(() => comparing.stop());
    const linking = new LinkingProcess({ log, readModels, clock, law, tables, folder, report });
    opened.push(() => linking.stop());
    if (options.runsProcesses !== false) {
      passing.start();
      proposing.start();
      comparing.start();
      linking.start();
    }
    return {
      tables,
      log,
      vault,
      readModels,
      host,
      authenticator: ring,
      commands,
      queries,
      alerts,
      reminders,
      clock,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/**
 * A folder whose log or vault is gone while the rest stands would begin anew as an empty system, and what was lost would
 * go unnoticed. Throws `LOG_CORRUPT` or `VAULT_CORRUPT`.
 */
function refuseLostFiles(folder: string): void {
  const holds = (name: string): boolean => (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > 0;
  const log = holds('events.db');
  const rest =
    ['read-models.db', 'metrics.snapshot'].find(holds) ?? (vaultHoldsPeople(folder) ? 'vault.db' : undefined);
  if (!log && rest !== undefined) {
    throw new Failure('LOG_CORRUPT', `${join(folder, 'events.db')} is missing or empty beside ${rest}: restore it`);
  }
  // A first start makes the vault before the log.
  if (log && !holds('vault.db')) {
    throw new Failure('VAULT_CORRUPT', `${join(folder, 'vault.db')} is missing or empty beside events.db: restore it`);
  }
}

/** Where no folder can be, somebody has named the wrong place: no disk has failed. */
function makeFolder(folder: string): void {
  try {
    makeFolders(resolve(folder));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('DATA_FOLDER_UNUSABLE', `data folder ${folder} cannot be made: ${reason}`, false, {
      cause: error,
    });
  }
}

/** One folder after another: where the system makes none (below /proc), the recursive call never comes back. */
function makeFolders(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there === undefined && dirname(folder) !== folder) makeFolders(dirname(folder));
  mkdirSync(folder);
}
