import type { Position, Refusal, RefusalKind } from '#kernel';

/** One field at fault. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly reason: string;
}

/** Problem details (RFC 9457) with a stable `code`, which is also the tail of `type`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** First field at fault, where there is one. */
  readonly field?: string;
  readonly errors?: readonly FieldError[];
  /** Id of the request, to find it in the logs. */
  readonly instance?: string;
  /** Where the log tells of what was refused, where that is on record. */
  readonly position?: Position;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timeout',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Body too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Cannot be processed',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
  507: 'Insufficient storage',
};

/** A "no" on its way out of the service. Thrown only between the service and its filter; rules return refusals. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors?: readonly FieldError[],
    /** Seconds after which the same request may succeed. */
    readonly retryAfter?: number,
    /** Position at which the log tells of what was refused. */
    readonly position?: Position,
  ) {
    super(detail);
  }
}

const STATUS_OF: Readonly<Record<RefusalKind, number>> = { invalid: 422, conflict: 409, forbidden: 403, notFound: 404 };

export function problemOfRefusal(refusal: Refusal): ProblemError {
  const errors =
    refusal.field === undefined
      ? undefined
      : [{ field: refusal.field, code: refusal.code, reason: refusal.detail } satisfies FieldError];
  return new ProblemError(STATUS_OF[refusal.kind], refusal.code, refusal.detail, errors, undefined, refusal.position);
}

export function problemBody(error: ProblemError, instance?: string): Problem {
  return {
    type: `urn:fangxin:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: TITLES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    ...(error.errors?.[0] === undefined ? {} : { field: error.errors[0].field }),
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    ...(instance === undefined ? {} : { instance }),
    ...(error.position === undefined ? {} : { position: error.position }),
  };
}

/** Several field errors as one problem: their common code, or `VALIDATION_FAILED` when they differ. */
export function validationProblem(errors: readonly FieldError[]): ProblemError {
  const [first] = errors;
  if (first === undefined) throw new RangeError('a validation problem needs at least one field error');
  // The body as a whole is at fault: no field to name.
  if (first.field === '') return new ProblemError(422, first.code, first.reason);
  const code = errors.every((error) => error.code === first.code) ? first.code : 'VALIDATION_FAILED';
  const detail = errors.map((error) => `${error.field}: ${error.reason}`).join('; ');
  return new ProblemError(422, code, detail, errors);
}
