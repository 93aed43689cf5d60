import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { appendBench, type AppendBenchResult } from './append.ts';
import { calendarBench, type CalendarBench } from './calendar.ts';
import { httpBench, type HttpBench } from './http.ts';
import { replayBench, type ReplayBench } from './replay.ts';
import { startBench, type StartBench } from './start.ts';

/**
 * `npm run bench`: every benchmark beside its reference, measured in turn in the same run, so that ratios hold where
 * absolute numbers move. `--json` prints data, `--smoke` only shows that everything runs, `--only append,http` picks.
 */
interface Results {
  append?: AppendBenchResult;
  http?: HttpBench;
  replay?: ReplayBench;
  start?: StartBench;
  calendar?: CalendarBench;
}

const BENCHES = {
  append: appendBench,
  http: httpBench,
  replay: replayBench,
  start: startBench,
  calendar: calendarBench,
};
type Name = keyof typeof BENCHES;
const NAMES = Object.keys(BENCHES) as Name[];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    smoke: { type: 'boolean' },
    only: { type: 'string' },
    write: { type: 'string' },
  },
});
const chosen =
  values.only === undefined
    ? NAMES
    : values.only.split(',').filter((name): name is Name => NAMES.includes(name as Name));
if (chosen.length === 0) {
  process.stderr.write(`--only takes some of ${NAMES.join(',')}\n`);
  process.exit(2);
}

const results: Record<string, unknown> = {};
for (const name of chosen) {
  process.stderr.write(`${name} …\n`);
  results[name] = await BENCHES[name]({ smoke: values.smoke === true });
}

const machine = {
  node: process.version,
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  date: new Date().toISOString().slice(0, 10),
};
const text = report(results as Results);
process.stdout.write(
  values.json === true ? `${JSON.stringify({ machine, smoke: values.smoke === true, ...results }, null, 2)}\n` : text,
);
if (values.write !== undefined && values.smoke !== true) writeFileSync(values.write, page(text));

function page(tables: string): string {
  return `# Performance

Printed by \`npm run bench\` on ${machine.date}, Node ${machine.node}, ${machine.cores} cores (${machine.cpu}). Absolute numbers move
with the machine and with what else runs on it; the ratios come from the same run, in which a contender and its reference take
turns. How to read them: [how the benchmarks measure](../how-to/benchmarks.md).

${tables}`;
}

function report({ append, http, replay, start, calendar }: Results): string {
  const parts: string[] = [];
  if (append !== undefined) {
    const rows = [
      figuresRow('event log, embedded', append.embedded),
      figuresRow('raw file, group commit, fdatasync', append.rawFile),
      'notMeasured' in append.emmettPostgresql
        ? ['emmett on PostgreSQL', append.emmettPostgresql.notMeasured, '', '']
        : figuresRow('emmett on PostgreSQL', append.emmettPostgresql),
    ];
    parts.push(
      section(
        `Append: ${append.writers} writers, durable, bodies of ${append.bodyBytes} bytes`,
        ['', 'events/s', 'p50 ms', 'p99 ms'],
        rows,
        [
          `÷ raw file: **${ratio(append.ratios.toRawFile)}** (aim 0.5)`,
          append.ratios.toEmmettPostgresql === null
            ? '÷ emmett on PostgreSQL: not measured'
            : `÷ emmett on PostgreSQL: **${ratio(append.ratios.toEmmettPostgresql)}** (aim 20)`,
          `p99 ${append.embedded.p99Ms.toFixed(1)} ms (aim 5)`,
        ],
      ),
    );
  }
  if (http !== undefined) {
    const row = (name: string, { requestsPerSecond, p50Ms, p99Ms, errors }: HttpBench['service']) => [
      name,
      number(requestsPerSecond),
      p50Ms.toFixed(1),
      p99Ms.toFixed(1),
      String(errors),
    ];
    parts.push(
      section(
        `HTTP: POST work order, ${http.connections} connections, ${http.rounds} rounds of ${http.secondsPerRound} s`,
        ['', 'requests/s', 'p50 ms', 'p99 ms', 'errors'],
        [row('the whole service', http.service), row('bare Fastify, same group commit', http.bareFastify)],
        [`÷ bare Fastify: **${ratio(http.ratio)}** (aim 0.4)`, `p99 ${http.service.p99Ms.toFixed(1)} ms (aim 20)`],
      ),
    );
  }
  if (replay !== undefined) {
    parts.push(
      section(
        `Replay: ${number(replay.events)} events into facts, figures and running counters`,
        ['', ''],
        [
          ['events/s', `${number(replay.replayedPerSecond)} (aim 300,000)`],
          ['events per second of processor time', number(replay.replayedPerCpuSecond)],
          ['fact versions', number(replay.factVersions)],
          ['bytes per fact version', replay.bytesPerFactVersion.toFixed(1)],
          ['metrics ready from their snapshot', `${Math.round(replay.startMs)} ms`],
          ['a figure over everything', `${replay.figureMs.toFixed(2)} ms`],
          ['the same as of half the log', `${replay.figureAsOfMs.toFixed(2)} ms`],
        ],
      ),
    );
  }
  if (start !== undefined) {
    parts.push(
      section(
        `Start: the whole service on ${number(start.events)} events`,
        ['', ''],
        [
          ['from nothing to listening', `${number(start.startMs)} ms (aim 2,000)`],
          ['first projection of the history, all read models', `${number(start.firstProjectionPerSecond)} events/s`],
        ],
      ),
    );
  }
  if (calendar !== undefined) {
    parts.push(
      section(
        `Calendar: ${number(calendar.computations)} computations on one core`,
        ['', 'per second'],
        [
          ['working days added to a day', `${number(calendar.workingDayAdditionsPerSecond)} (aim 200,000)`],
          ['the same by stepping from day to day', number(calendar.naiveSteppingPerSecond)],
          ['deadline with extension, roll and versions', number(calendar.deadlinesPerSecond)],
          ['working days added to an instant, opening hours, daylight saving', number(calendar.instantsPerSecond)],
        ],
      ),
    );
  }
  return `${parts.join('\n')}`;
}

function figuresRow(name: string, { eventsPerSecond, p50Ms, p99Ms }: AppendBenchResult['embedded']): string[] {
  return [name, number(eventsPerSecond), p50Ms.toFixed(2), p99Ms.toFixed(2)];
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  notes: readonly string[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
  return `## ${title}\n\n${table}\n${notes.length === 0 ? '' : `\n${notes.map((note) => `- ${note}`).join('\n')}\n`}`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}

function ratio(value: number): string {
  return value.toFixed(2);
}
