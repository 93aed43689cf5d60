import { Failure } from '#kernel';
import type { ProjectionStatus } from '../port.ts';
import type { RebuildProgress } from '../rebuild.ts';

/** What the worker thread is started with. */
export interface WorkerStart {
  readonly module: string;
  readonly exportName: string;
  readonly options: unknown;
  readonly signal: SharedArrayBuffer;
}

export interface Requests {
  readonly status: readonly [];
  readonly rebuild: readonly [projection: string, compare: boolean];
  readonly replayParked: readonly [projection: string, key: string];
  readonly parked: readonly [name: string, cursor: string | undefined, limit: number];
  readonly call: readonly [follower: string, method: string, args: readonly unknown[]];
  readonly stop: readonly [];
}

export type ToWorker =
  | { [Method in keyof Requests]: { id: number; method: Method; args: Requests[Method] } }[keyof Requests]
  | { abort: number };

export type FromWorker =
  | { ready: true }
  | { failed: SentError }
  | { statuses: readonly ProjectionStatus[] }
  | { id: number; progress: RebuildProgress }
  | { id: number; value: unknown }
  | { id: number; error: SentError };

/** An error between threads: a structured clone would lose its class and code. */
export interface SentError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly stack: string | undefined;
}

export function sendable(error: unknown): SentError {
  if (error instanceof Failure) {
    const { code, message, retryable, stack } = error;
    return { code, message, retryable, stack };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: 'WORKER_ERROR', message, retryable: false, stack };
}

export function received({ code, message, retryable, stack }: SentError): Failure {
  const failure = new Failure(code, message, retryable);
  if (stack !== undefined) failure.stack = stack;
  return failure;
}
