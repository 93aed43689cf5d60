import { Command, CommanderError } from 'commander';
import { Failure } from '#kernel';
import { calendarCommand } from './calendar-add.ts';
import { deadlineCommand } from './deadline.ts';
import { EXIT, WrongUse, type ExitCode } from './exit.ts';
import { explainCommand } from './explain.ts';
import { importWorkOrdersCommand } from './import-work-orders.ts';
import { keysCommand } from './keys.ts';
import { metricCommand } from './metric.ts';
import { rebuildCommand } from './rebuild.ts';
import type { Run } from './run.ts';
import { ServiceProblem } from './service-client.ts';
import { simulateCommand } from './simulate.ts';
import type { Surroundings } from './surroundings.ts';
import { targetsCommand } from './targets.ts';
import { verdictCommand } from './verdict.ts';

const COMMANDS = [
  importWorkOrdersCommand,
  metricCommand,
  explainCommand,
  verdictCommand,
  targetsCommand,
  deadlineCommand,
  calendarCommand,
  rebuildCommand,
  simulateCommand,
  keysCommand,
];

const HELP = `
Exit codes: 0 done, 1 a check or the service failed, 2 wrong use, 3 some rows were refused.
Environment: FANGXIN_SERVER, FANGXIN_KEY and FANGXIN_DATA stand for --server, --key and --data.`;

/** Failures that whoever gave the command can mend by giving it otherwise. */
const WRONG_USE: readonly string[] = [
  'DATA_FOLDER_IN_USE',
  'NO_DATA_FOLDER',
  'INVALID_FIELD',
  'UNKNOWN_FIELD',
  'MISSING_FIELD',
  'UNKNOWN_RULE',
  'RULE_HAS_SEVERAL_CLOCKS',
  'RULE_INVALID',
  'UNKNOWN_READING',
  'INSTANT_NEEDED',
  'INVALID_SUSPENSION',
  'INVALID_EXTENSION',
  'EXTENSION_AMOUNT_NEEDED',
];

/** Answers of the service that say the same: the question names what is not there, or in a form that is none. */
const ASKED_WRONGLY: readonly number[] = [400, 404, 422];

/** Runs one command; answers its exit code. Nothing but results reaches `out`. */
export async function runCommandLine(surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const run: Run = async (command) => {
    exitCode = await command(surroundings);
  };
  try {
    await program(surroundings, run).parseAsync([...surroundings.arguments], { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, surroundings);
  }
}

/** Every command with its arguments and options; `run` is handed what a command comes to. */
export function program(surroundings: Surroundings, run: Run): Command {
  const { out, err } = surroundings;
  const root = new Command('fangxin')
    .description('Consumer complaints and online dispute resolution: the command line of operators and auditors')
    .version(surroundings.version ?? 'unknown')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void out.write(text), writeErr: (text) => void err.write(text) })
    .showHelpAfterError('(--help tells more)');
  for (const add of COMMANDS) add(root, run);
  return root;
}

function explain(error: unknown, { err }: Surroundings): ExitCode {
  // Commander has written its own message; asking for help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  const isWrongUse =
    error instanceof WrongUse ||
    (error instanceof Failure && WRONG_USE.includes(error.code)) ||
    (error instanceof ServiceProblem && (ASKED_WRONGLY.includes(error.status) || error.code === 'KEY_MISSING'));
  err.write(`fangxin: ${messageOf(error)}\n`);
  return isWrongUse ? EXIT.wrongUse : EXIT.failed;
}

function messageOf(error: unknown): string {
  if (error instanceof Failure)
    return error.message.startsWith(error.code) ? error.message : `${error.code}: ${error.message}`;
  if (error instanceof WrongUse) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
