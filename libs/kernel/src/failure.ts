/**
 * A broken promise of a part below the rules (disk, another process, a stale version): thrown, with a stable code.
 * `retryable` says whether the same call may succeed later without anybody changing anything.
 */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  constructor(
    readonly code: string,
    message: string,
    readonly retryable = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
