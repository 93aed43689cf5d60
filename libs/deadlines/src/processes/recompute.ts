import type { EventLog } from '#event-log';
import { categoryOf, derivedId, idOf, type Clock, type Position } from '#kernel';
import { amendedReading, awaitsRule, type Law } from '#law';
import type { ReadModelReader } from '#read-models';
import type { AnyContextTable, ProcessService } from '#service';
import { recomputationTable } from '../deadlines.module.ts';
import type { RecomputationEvents } from '../events.ts';
import { deadlinesView, type DeadlineDocument } from '../views/deadlines.ts';
import { rowNamed, Written } from './writing.ts';

export interface RecomputePorts {
  readonly log: EventLog;
  readonly readModels: ReadModelReader;
  readonly clock: Clock;
  readonly law: () => Law;
  readonly service: ProcessService;
  readonly byCategory: ReadonlyMap<string, AnyContextTable>;
  readonly signal: AbortSignal;
}

const PAGE = 1000;
const REACH_MS = 600_000;
const STREAM_ID = 'CN';

/**
 * Reads every open clock again when calendar or rules are others than those they were all read by last: a notice was published, a
 * release ships a new year, or the place has set a rule. Each change is an event of its object, under the notice's version; when all are written one
 * event says so. Cut short, it goes on at the next start: what was amended already reads as it should.
 */
export async function recompute(ports: RecomputePorts): Promise<void> {
  const { log, law, service, readModels, clock, signal } = ports;
  const { calendar, rules } = law();
  const stream = `${recomputationTable.category}-${STREAM_ID}`;
  const [last] = (await log.readStream(stream)).slice(-1);
  const before = last?.data as Partial<RecomputationEvents['OpenDeadlinesRecomputed']> | undefined;
  if (before?.calendar === calendar.version && (before.rules ?? '') === rules.mark) return;
  const since = await log.head();
  await reached(readModels, since);
  let open = 0;
  const written = new Written(signal);
  for await (const doc of openClocks(readModels)) {
    if (signal.aborted) return void (await written.settled());
    open++;
    // Which rule governs one that awaits it, its own context knows.
    if (!awaitsRule(doc.clock) && amendedReading(doc.clock, law()) === undefined) continue;
    const table = ports.byCategory.get(categoryOf(doc.object));
    if (table === undefined) continue;
    await written.take(
      await service.give({
        table,
        row: rowNamed(table, 'amend-deadline'),
        command: { clock: doc.clockName },
        id: idOf(doc.object),
        // The same clock may come back to a date it had before: what it read until now tells one time from the other.
        commandId: derivedId(
          'amend',
          doc.object,
          doc.clockName,
          calendar.version,
          String(doc.clock.calendar),
          String(since),
        ),
        causationId: null,
        occurredAt: clock.now(),
      }),
    );
  }
  await written.settled();
  // Somebody changed one meanwhile, by the calendar as it stands now: to be seen when all are read once more.
  if (written.overtaken > 0 && !signal.aborted) return recompute(ports);
  if (signal.aborted || (open === 0 && last === undefined)) return;
  const recorded = await service.give({
    table: recomputationTable,
    row: rowNamed(recomputationTable, 'record'),
    command: { calendar: calendar.version, rules: rules.mark, open, amended: written.count },
    id: STREAM_ID,
    commandId: derivedId('recomputed', calendar.version, rules.mark, String(last?.version ?? 0)),
    causationId: null,
    occurredAt: clock.now(),
  });
  if (recorded.decided === 'appended') await recorded.result;
}

/** All of them, whatever is amended meanwhile: by key, which no amendment changes. */
async function* openClocks(readModels: ReadModelReader): AsyncGenerator<DeadlineDocument> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await readModels.query<DeadlineDocument>(deadlinesView.name, {
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { doc } of page.items) yield doc;
    cursor = page.next;
  }
}

async function reached(readModels: ReadModelReader, position: Position): Promise<void> {
  if (await readModels.reached(deadlinesView.name, position, REACH_MS)) return;
  throw new Error(`${deadlinesView.name} has not reached position ${position}`);
}
