import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { ROLL_POLICIES, type WorkingCalendar } from '#calendar';
import { configure, deadline, explain, regulations, ruleBook, type Deadline, type RuleBook } from '#law';
import { answerLines, type Question } from './answer-lines.ts';
import { localDate } from './arguments.ts';
import { calendarOf } from './calendar-add.ts';
import { DEADLINE_FIELDS, deadlineQuestion } from './deadline-question.ts';
import { EXIT, WrongUse, type ExitCode } from './exit.ts';
import { pairs, writeJson, writeText } from './output.ts';
import type { Run } from './run.ts';
import type { Surroundings } from './surroundings.ts';

interface Options {
  readonly from?: string;
  readonly suspend?: readonly string[];
  readonly extend?: readonly string[];
  readonly roll?: string;
  readonly asOfRules?: string;
  readonly reading?: string;
  readonly rules?: string;
  readonly calendar?: string;
  readonly asKnownOn?: string;
  readonly provisional?: true;
  readonly json?: true;
}

export function deadlineCommand(program: Command, run: Run): void {
  const gather = (value: string, before: readonly string[] = []) => [...before, value];
  program
    .command('deadline')
    .description('when a legal period ends, by the rule of its day')
    .argument('<rule>', 'id or name of the rule (L-01, complaint-acceptance); "-" reads NDJSON from standard input')
    .argument('[input]', '"-" reads NDJSON from standard input; a line without a rule has this one')
    .option('--from <time>', 'what starts it: an instant with an offset, or a day')
    .option('--suspend <days>', 'not counted: D..D, both days with it; D.. lasts; D..D=reason; repeatable', gather)
    .option('--extend <grant>', 'day on which an extension was granted: D, D=N for N of the unit; repeatable', gather)
    .addOption(new Option('--roll <policy>', 'instead of the roll of the rule').choices(ROLL_POLICIES))
    .option('--as-of-rules <day>', 'take the version of the law that holds on this day')
    .option('--reading <name>', 'a named reading of the law: platform-parity')
    .option('--rules <file>', 'YAML that sets the rules which have no source')
    .option('--calendar <file>', 'YAML of another calendar of working days')
    .option('--as-known-on <day>', 'the calendar of the mainland as it was known on a day', localDate)
    .option('--provisional', 'guess Monday to Friday for a year without a calendar')
    .option('--json', 'print one JSON document')
    .action((rule: string, input: string | undefined, options: Options) =>
      run((place) => answer(rule, input, options, place)),
    );
}

async function answer(
  rule: string,
  input: string | undefined,
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  if (input !== undefined && input !== '-') throw new WrongUse(`"${input}" is no input; "-" reads standard input`);
  const calendar = await calendarOf(options);
  const rules = rulesOf(options.rules);
  const ask = (question: Question) => {
    const { rule: name, ...rest } = deadlineQuestion(question, calendar);
    return deadline(name, { ...rest, calendar, rules });
  };
  if (rule !== '-' && input === undefined)
    return answerOne({ rule, ...questionOfOptions(options) }, ask, calendar, options, surroundings);
  const given = DEADLINE_FIELDS.filter((field) => options[field as keyof Options] !== undefined);
  if (given.length > 0) throw new WrongUse(`with "-" every line says its own ${given.join(', ')}`);
  const common = rule === '-' ? {} : { rule };
  return answerLines(surroundings, (question) => asJson(ask({ ...common, ...question })));
}

async function answerOne(
  question: Question,
  ask: (question: Question) => Deadline,
  calendar: WorkingCalendar,
  options: Options,
  { out }: Surroundings,
): Promise<ExitCode> {
  const computed = ask(question);
  if (options.json === true) await writeJson(out, asJson(computed));
  else await writeText(out, asText(computed, calendar));
  return EXIT.done;
}

/** What has no effect, and that a clock stands still, is said only where it is so. */
function asJson({ due, rawDue, rule, ruleVersion, calendarVersion, state, arithmetic }: Deadline): object {
  const late = arithmetic.extensions.filter(({ effect }) => effect === 'too-late').map(({ grantedOn }) => grantedOn);
  const idle = arithmetic.suspensionsWithoutEffect;
  return {
    due,
    rawDue,
    rule,
    ruleVersion,
    calendarVersion,
    ...(state === 'suspended' ? { state } : {}),
    ...(late.length === 0 ? {} : { extensionsTooLate: late }),
    ...(idle.length === 0 ? {} : { suspensionsWithoutEffect: idle }),
  };
}

function asText(computed: Deadline, calendar: WorkingCalendar): string {
  const { en, zh } = explain(computed, calendar);
  return pairs([
    ['due', computed.due ?? 'none while it stands still'],
    ['not rolled', computed.rawDue],
    ['rule', computed.ruleVersion],
    ['calendar', computed.calendarVersion],
    ['because', en],
    ['计算', zh],
  ]);
}

function rulesOf(file: string | undefined): RuleBook {
  if (file === undefined) return ruleBook;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongUse(`${file} cannot be opened: ${(error as NodeJS.ErrnoException).code}`);
  }
  return configure(ruleBook, text, file, regulations);
}

/** The options as a line of NDJSON would say them. */
function questionOfOptions({ from, suspend, extend, roll, asOfRules, reading }: Options): Question {
  if (from === undefined) throw new WrongUse('say when it starts: --from 2026-02-13');
  return { from, suspend: suspend?.map(spanOfText), extend: extend?.map(grantOfText), roll, asOfRules, reading };
}

/** `D..D`, `D..`, `D..D=reason` */
function spanOfText(text: string): readonly (string | null)[] {
  const [, from, to, reason] = /^(.+?)\.\.([^=]*)(?:=(.+))?$/.exec(text) ?? [];
  if (from === undefined) throw new WrongUse(`--suspend ${text}: write D..D, or D.. while it lasts`);
  return [from, to === '' ? null : to!, ...(reason === undefined ? [] : [reason])];
}

/** `D`, `D=N` */
function grantOfText(text: string): unknown {
  const [, grantedOn, by] = /^([^=]+)=(\d{1,9})$/.exec(text) ?? [];
  return grantedOn === undefined ? text : { grantedOn, by: Number(by) };
}
