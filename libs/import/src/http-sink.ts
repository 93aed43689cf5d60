import { Failure } from '#kernel';
import type { GiveError, GiveResult, WorkOrderSink } from './sink.ts';
import type { WorkOrderBody } from './target.ts';

export interface HttpSinkOptions {
  /** `http://127.0.0.1:3000` */
  readonly server: string;
  readonly key: string | undefined;
  readonly fetch?: typeof globalThis.fetch;
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** Told of every retry. */
  readonly onRetry?: (reason: string, inMilliseconds: number) => void;
}

/** Tries of the same rows without any of them being answered, before the import gives up. */
const ATTEMPTS = 7;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/**
 * Sink on `POST /v1/work-orders/batch`. A broken connection, 429 and 5xx are tried again, from the first row without an
 * answer, at growing intervals or when the service says; a row whose answer was lost then counts as unchanged. Throws
 * `SERVICE_UNAVAILABLE` when it stays so, and the problem's own code when the service refuses the whole request.
 */
export function httpSink(options: HttpSinkOptions): WorkOrderSink {
  return { give: (bodies) => giveAll(bodies, options) };
}

async function* giveAll(bodies: readonly WorkOrderBody[], options: HttpSinkOptions): AsyncGenerator<GiveResult> {
  const wait = options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  let done = 0;
  for (let attempt = 1; done < bodies.length; attempt++) {
    const before = done;
    let interruption: Interruption;
    try {
      for await (const result of post(bodies.slice(done), options)) {
        done += 1;
        yield result;
      }
      if (done === bodies.length) return;
      interruption = new Interruption(`the service answered ${done - before} of ${bodies.length - before} rows`);
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      interruption = error;
    }
    if (done > before) attempt = 1;
    if (attempt === ATTEMPTS) {
      throw new Failure('SERVICE_UNAVAILABLE', `gave up after ${ATTEMPTS} tries: ${interruption.message}`, true);
    }
    const pause = interruption.retryAfterMs ?? Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
    options.onRetry?.(interruption.message, pause);
    await wait(pause);
  }
}

/** Something that may be over in a moment. */
class Interruption extends Error {
  override readonly name = 'Interruption';
  constructor(
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** One request; ends early, with an Interruption, at the first row that the service could not take for reasons of its own. */
async function* post(bodies: readonly WorkOrderBody[], options: HttpSinkOptions): AsyncGenerator<GiveResult> {
  const fetch = options.fetch ?? globalThis.fetch;
  const abort = new AbortController();
  const response = await fetch(new URL('/v1/work-orders/batch', options.server), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
    },
    body: bodies.map((body) => `${JSON.stringify(body)}\n`).join(''),
    signal: abort.signal,
  }).catch((error: unknown) => {
    throw new Interruption(`${options.server} does not answer: ${causeOf(error)}`);
  });
  if (!response.ok) await refusedRequest(response);
  let line = 0;
  try {
    for await (const text of linesOf(response)) {
      line += 1;
      const answer = answerOf(text, line);
      if ('error' in answer && isPassing(answer.error.status)) {
        throw new Interruption(`${answer.error.code}: ${answer.error.detail}`);
      }
      // The key, not the row, is at fault: every other row would be refused as well.
      if ('error' in answer && answer.error.code === 'ROLE_NOT_ALLOWED') {
        throw new Failure(answer.error.code, answer.error.detail);
      }
      yield answer;
    }
  } finally {
    abort.abort();
  }
}

/** 429 and 5xx pass; 500 on one row would fail again and is that row's own result. */
function isPassing(status: number): boolean {
  return status === 429 || status > 500;
}

async function refusedRequest(response: Response): Promise<never> {
  const { code, detail } = await problemOf(response);
  const message = `${code}: ${detail}`;
  if (response.status !== 429 && response.status < 500) throw new Failure(code, detail);
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  throw new Interruption(message, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

async function problemOf(response: Response): Promise<{ code: string; detail: string }> {
  const fallback = {
    code: `HTTP_${response.status}`,
    detail: response.statusText || 'the service refused the request',
  };
  try {
    return { ...fallback, ...((await response.json()) as Partial<GiveError>) };
  } catch {
    return fallback;
  }
}

/** Lines of the answer; one that was cut off half-way is no line. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    throw new Interruption(`the connection broke: ${causeOf(error)}`);
  }
}

interface LineProblem extends GiveError {
  readonly errors?: readonly { readonly reason: string }[];
}

function answerOf(text: string, line: number): GiveResult {
  let answer: Partial<{ line: number; unchanged: true; flags: string[]; error: LineProblem }>;
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    throw new Failure('SERVICE_ANSWER', 'the service answered something that is not NDJSON');
  }
  if (answer.line !== line) {
    throw new Failure('SERVICE_ANSWER', `the service answered line ${answer.line} where line ${line} was due`);
  }
  if (answer.error !== undefined) {
    const { status, code, detail, field, errors } = answer.error;
    // The detail of a problem with one field repeats that field's name before the reason.
    const reason = errors?.length === 1 ? errors[0]!.reason : detail;
    return { error: { status, code, detail: reason, ...(field === undefined ? {} : { field }) } };
  }
  return { unchanged: answer.unchanged === true, flags: answer.flags ?? [] };
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
