import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Failure } from '#kernel';
import { ProblemError, problemBody } from '../problem.ts';
import type { Reply, Request } from './request.ts';

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
};

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
    const detail = status === 500 ? 'the service could not do this' : error.message;
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
    const detail = error instanceof Error ? error.message : 'the request cannot be processed';
    // A parser of the server refuses with 400 and no code of its own.
    return new ProblemError(
      status,
      error instanceof SyntaxError ? 'MALFORMED_JSON' : (HTTP_CODES[status] ?? 'BAD_REQUEST'),
      detail,
    );
  }
  return new ProblemError(
    500,
    'INTERNAL_ERROR',
    'something went wrong here; the log has the cause under this instance id',
  );
}

/** Every error of every route leaves through here, as application/problem+json (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<Request>(), http.getResponse<Reply>());
  }
}

export function sendProblem(error: unknown, request: Request, reply: Reply): void {
  const problem = problemOf(error);
  // A ProblemError was meant; what was not has a cause that somebody must see.
  if (problem.status >= 500 && !(error instanceof ProblemError))
    request.log.error({ err: error, code: problem.code }, 'request failed');
  if (reply.sent) return;
  if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem, request.id)));
}
