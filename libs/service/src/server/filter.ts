import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Failure } from '#kernel';
import { ProblemError, problemBody } from '../problem.ts';
import type { Reply, Request } from './request.ts';
import type { Telemetry } from './telemetry.ts';

/** Statuses of failures below the rules, by code; any other failure is 503 when retryable, else 500. */
const FAILURE_STATUS: Readonly<Record<string, number>> = {
  OCCURRED_IN_FUTURE: 422,
  BAD_CURSOR: 400,
  UNDECLARED_INDEX: 400,
  UNKNOWN_METRIC: 404,
  UNKNOWN_PROGRAMME: 404,
  UNKNOWN_SUBJECT: 404,
  // The metrics follow the log like a projection but keep no documents that could be built anew beside them.
  NOT_A_PROJECTION: 409,
  EVIDENCE_TOO_LARGE: 413,
};

/** What a caller is told of a failure that may pass. Where the files lie and what the disk said is for the log alone. */
const FAILURE_DETAIL: Readonly<Record<string, string>> = {
  LOG_UNAVAILABLE: 'the event log cannot be reached or written now',
  VAULT_UNAVAILABLE: 'the vault of personal data cannot be reached or written now',
  KEYRING_UNAVAILABLE: 'the keys of the vault cannot be reached now',
  STORE_UNAVAILABLE: 'the views cannot be reached now',
  VIEW_BEING_BUILT: 'the view is being built with the index that this query needs',
  METRICS_BEHIND: 'the figures have not read that far yet',
  EVIDENCE_STORE_UNAVAILABLE: 'evidence cannot be kept or read now',
  ACCESS_KEYS_UNAVAILABLE: 'the access keys cannot be read now',
};
const MAY_PASS = 'the service cannot do this now; the same request may succeed later';
const NOT_DONE = 'the service could not do this; its log has the cause under this instance id';

/** Codes of what the HTTP server itself refuses. */
export const SERVER_CODES: Readonly<Record<string, readonly [number, string, string]>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'MALFORMED_JSON', 'the body is not JSON'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'BODY_TOO_LARGE', 'the body is larger than this service takes'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'UNSUPPORTED_MEDIA_TYPE', 'send application/json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'INVALID_CONTENT_LENGTH', 'the body does not have its announced length'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'ID_TOO_LONG', 'no id is that long'],
  FST_ERR_BAD_URL: [400, 'BAD_URL', 'the path cannot be decoded'],
};

const HTTP_CODES: Readonly<Record<number, string>> = {
  404: 'NO_SUCH_ROUTE',
  405: 'METHOD_NOT_ALLOWED',
  // Nest hides the server's own code of these two behind an HttpException.
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
};

/** Whatever went wrong, as a problem. Only what nobody expected becomes a bare 500; its cause goes to the log. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof Failure) {
    const status = FAILURE_STATUS[error.code] ?? (error.retryable ? 503 : 500);
    const detail =
      status === 500 ? NOT_DONE : status === 503 ? (FAILURE_DETAIL[error.code] ?? MAY_PASS) : error.message;
    return new ProblemError(status, error.code, detail, undefined, status === 503 ? 1 : undefined);
  }
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: string;
    statusCode?: number;
  };
  const known = code === undefined ? undefined : SERVER_CODES[code];
  if (known !== undefined) return new ProblemError(...known);
  const status = error instanceof HttpException ? error.getStatus() : (statusCode ?? 500);
  if (status >= 400 && status < 500) {
    // The server's own words would repeat the whole address, with whatever somebody wrote into its query.
    const said = error instanceof Error ? error.message : 'the request cannot be processed';
    const detail = status === 404 ? 'there is no such address, or not with this method' : said;
    // A parser of the server refuses with 400 and no code of its own.
    return new ProblemError(
      status,
      error instanceof SyntaxError ? 'MALFORMED_JSON' : (HTTP_CODES[status] ?? 'BAD_REQUEST'),
      detail,
    );
  }
  return new ProblemError(500, 'INTERNAL_ERROR', NOT_DONE);
}

/** Problems on their way out: each is counted by its code, and one that the service is to blame for is logged whole. */
export class Problems {
  constructor(private readonly telemetry: Telemetry) {}

  /** The problem that an error is, for the answer to the request or to one line of its batch. */
  meet(error: unknown, request: Request, line?: number): ProblemError {
    const problem = problemOf(error);
    this.telemetry.refused(problem.code);
    if (problem.status >= 500) {
      const where = { code: problem.code, ...(line === undefined ? {} : { line }) };
      // A ProblemError was meant; what was not has a cause that somebody must see.
      if (error instanceof ProblemError)
        request.log.warn({ ...where, detail: problem.message }, 'request not answered');
      else request.log.error({ ...where, err: error }, 'request failed');
    }
    return problem;
  }

  send(error: unknown, request: Request, reply: Reply): void {
    const problem = this.meet(error, request);
    if (reply.sent) return;
    if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemBody(problem, request.id)));
  }
}

/** Every error of every route leaves through here, as application/problem+json (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly problems: Problems) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.problems.send(error, http.getRequest<Request>(), http.getResponse<Reply>());
  }
}
