import { isUtf8 } from 'node:buffer';
import type { Readable, Writable } from 'node:stream';
import type { CommandAnswer, GivenCommand } from '../command-service.ts';
import { ProblemError, problemBody } from '../problem.ts';
import type { Problems } from './filter.ts';
import { idempotencyKeyOf, principalOf, type Reply, type Request } from './request.ts';

/** Lines of one batch under way at once: enough to fill a group commit, few enough to hold in memory. */
const CONCURRENCY = 128;
/** Longest line taken, bytes. */
const LINE_LIMIT = 1_048_576;

type Give = (body: unknown, given: GivenCommand) => Promise<CommandAnswer>;

/**
 * NDJSON in, NDJSON out: one command a line, one answer a line, in order, streamed both ways. A line that is refused
 * answers `{ line, error: problem }` and the rest goes on; a failure of the service names the request as its `instance`, to be
 * found in the log. With an `Idempotency-Key`, line n is given under that key and n,
 * so that a batch cut off half-way can be sent again whole.
 */
export async function answerBatch(request: Request, reply: Reply, give: Give, problems: Problems): Promise<void> {
  const principal = principalOf(request);
  const batchKey = idempotencyKeyOf(request);
  if (!isNdjson(request.headers['content-type'])) {
    throw new ProblemError(415, 'NDJSON_EXPECTED', 'a batch is application/x-ndjson, one JSON object a line');
  }
  reply.hijack();
  const { raw } = reply;
  // Headers that were set for every answer (security, request id) are the reply's, which does not write this one.
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });

  const answerLine = async (text: string | ProblemError, line: number): Promise<object> => {
    const idempotencyKey = keyOfLine(batchKey, line);
    try {
      return {
        line,
        ...(await give(parseLine(text), { principal, id: undefined, idempotencyKey, ifMatch: undefined })),
      };
    } catch (error) {
      const problem = problems.meet(error, request, line);
      return { line, error: problemBody(problem, problem.status >= 500 ? request.id : undefined) };
    }
  };

  // An answer is written as soon as it and all before it are there, also while the caller still thinks of the next line.
  const write = async (before: Promise<void>, answer: Promise<object>): Promise<void> => {
    await before;
    if (!raw.write(`${JSON.stringify(await answer)}\n`)) await drained(raw);
  };
  const underWay: Promise<void>[] = [];
  let last = Promise.resolve();
  let line = 0;
  try {
    for await (const text of linesOf(request.body as Readable)) {
      line += 1;
      if (typeof text === 'string' && text.trim() === '') continue;
      last = write(last, answerLine(text, line));
      underWay.push(last);
      if (underWay.length >= CONCURRENCY) await underWay.shift();
      if (raw.destroyed) return;
    }
    await last;
  } catch (error) {
    // The answer is under way, so the break itself is the message: the caller sees a body that ends early.
    request.log.warn({ err: error, line }, 'batch broken off');
    await Promise.allSettled(underWay);
    raw.destroy();
    return;
  }
  raw.end();
}

const LINE_FEED = 0x0a;

/** Lines of a stream, or why one is not taken. A line over the limit is never held in memory. */
async function* linesOf(stream: Readable): AsyncGenerator<string | ProblemError> {
  let parts: Buffer[] = [];
  let length = 0;
  const line = (): string | ProblemError => {
    const answer = length > LINE_LIMIT ? lineTooLong() : textOf(Buffer.concat(parts));
    parts = [];
    length = 0;
    return answer;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (let start = 0; ;) {
      const end = chunk.indexOf(LINE_FEED, start);
      const part = chunk.subarray(start, end < 0 ? chunk.length : end);
      length += part.length;
      if (length > LINE_LIMIT) parts = [];
      else parts.push(part);
      if (end < 0) break;
      yield line();
      start = end + 1;
    }
  }
  if (length > 0) yield line();
}

/** Bytes of another encoding would be taken for the words of a citizen, each as a replacement character. */
function textOf(bytes: Buffer): string | ProblemError {
  return isUtf8(bytes) ? bytes.toString('utf8') : new ProblemError(400, 'MALFORMED_TEXT', 'the line is not UTF-8');
}

function lineTooLong(): ProblemError {
  return new ProblemError(413, 'BODY_TOO_LARGE', `a line has at most ${LINE_LIMIT} bytes`);
}

function parseLine(text: string | ProblemError): unknown {
  if (typeof text !== 'string') throw text;
  try {
    // Files begin with a byte order mark now and then; it is no part of the first line.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ProblemError(400, 'MALFORMED_JSON', 'the line is not JSON');
  }
}

function keyOfLine(batchKey: string | undefined, line: number): string | undefined {
  return batchKey === undefined ? undefined : `${batchKey}\n${line}`;
}

export function isNdjson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/(x-ndjson|ndjson|jsonl|x-jsonlines)\b/i.test(contentType);
}

function drained(stream: Writable): Promise<void> {
  // A caller that is gone already will never say so again.
  if (stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}
