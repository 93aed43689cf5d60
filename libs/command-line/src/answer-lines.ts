import { LINE_LIMIT, linesOf } from '#import';
import { Failure } from '#kernel';
import { EXIT, WrongUse, type ExitCode } from './exit.ts';
import { writeText } from './output.ts';
import type { Surroundings } from './surroundings.ts';

/** A line of NDJSON: one JSON object. */
export type Question = Readonly<Record<string, unknown>>;

/** Written at once: a write for each line would cost more than most answers. */
const CHUNK = 65_536;

/**
 * Reads NDJSON from standard input and answers line by line, in order: what `answer` gives, or `{ error: { code, detail } }`
 * where it throws a Failure. An empty line is answered too, so that lines keep their numbers. Exit code 3 when any line was
 * refused.
 */
export async function answerLines(
  { input, out }: Surroundings,
  answer: (question: Question) => unknown,
): Promise<ExitCode> {
  if (input === undefined) throw new WrongUse('"-" reads standard input, and there is none');
  let refused = 0;
  let waiting = '';
  for await (const line of linesOf(decoded(input))) {
    const said = answered(line, answer);
    if (said.isRefused) refused += 1;
    waiting += `${said.text}\n`;
    if (waiting.length >= CHUNK) {
      await writeText(out, waiting);
      waiting = '';
    }
  }
  if (waiting !== '') await writeText(out, waiting);
  return refused === 0 ? EXIT.done : EXIT.rowsRefused;
}

function answered(
  line: string | undefined,
  answer: (question: Question) => unknown,
): { readonly text: string; readonly isRefused: boolean } {
  try {
    return { text: JSON.stringify(answer(parsed(line))), isRefused: false };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { text: JSON.stringify({ error: { code: error.code, detail: error.message } }), isRefused: true };
  }
}

function parsed(line: string | undefined): Question {
  if (line === undefined) throw new Failure('LINE_TOO_LONG', `the line is longer than ${LINE_LIMIT} characters`);
  let question: unknown;
  try {
    question = JSON.parse(line);
  } catch {
    throw new Failure('LINE_NOT_JSON', 'the line is not JSON');
  }
  if (typeof question !== 'object' || question === null || Array.isArray(question)) {
    throw new Failure('LINE_NOT_JSON', 'the line is not a JSON object');
  }
  return question as Question;
}

/** Text of bytes in UTF-8, whatever the pieces they come in; a byte order mark is dropped. */
async function* decoded(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of input) yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
