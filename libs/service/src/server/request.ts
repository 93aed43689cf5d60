import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator, Principal } from '#access';
import { ProblemError } from '../problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined until looked up, null when the request brought no live key. */
    principal: Principal | null | undefined;
  }
}

export type Request = FastifyRequest;
export type Reply = FastifyReply;

/** The caller, looked up once per request. */
export function lookUpPrincipal(request: Request, authenticator: Authenticator): Principal | null {
  if (request.principal !== undefined) return request.principal;
  const header = request.headers.authorization;
  const secret = header !== undefined && /^Bearer /i.test(header) ? header.slice(7).trim() : '';
  request.principal = secret === '' ? null : (authenticator.authenticate(secret) ?? null);
  return request.principal;
}

export function principalOf(request: Request): Principal {
  const { principal } = request;
  if (principal !== undefined && principal !== null) return principal;
  throw request.headers.authorization === undefined
    ? new ProblemError(401, 'KEY_MISSING', 'send an access key as "Authorization: Bearer KEY"')
    : new ProblemError(401, 'KEY_NOT_ACCEPTED', 'the access key is unknown, expired or revoked');
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

export function idempotencyKeyOf(request: Request): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !IDEMPOTENCY_KEY.test(header)) {
    throw new ProblemError(400, 'INVALID_IDEMPOTENCY_KEY', 'Idempotency-Key is 1 to 200 visible ASCII characters');
  }
  return header;
}

/** `If-Match: "3"`, quotes optional; the version is the one that the last command or read answered. */
export function ifMatchOf(request: Request): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const match = /^(?:"(\d{1,9})"|(\d{1,9}))$/.exec(header);
  if (match === null) throw new ProblemError(400, 'INVALID_IF_MATCH', 'If-Match is the version of the object, "3"');
  return Number(match[1] ?? match[2]);
}
