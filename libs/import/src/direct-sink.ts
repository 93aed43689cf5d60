import { ProblemError, type CommandAnswer } from '#service';
import type { GiveResult, WorkOrderSink } from './sink.ts';
import type { WorkOrderBody } from './target.ts';

/** Work orders under way at once: enough to fill a group commit. */
const CONCURRENCY = 128;

/**
 * Sink in this process. `register` validates and gives one body, and throws a ProblemError when it is refused; any other
 * error is a broken engine and ends the import.
 */
export function directSink(register: (body: WorkOrderBody) => Promise<CommandAnswer>): WorkOrderSink {
  const settle = async (body: WorkOrderBody): Promise<GiveResult> => {
    try {
      const { unchanged, flags } = await register(body);
      return { unchanged: unchanged === true, flags: flags ?? [] };
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status >= 500) throw error;
      const field = error.errors?.[0]?.field;
      const { status, code, message: detail } = error;
      return { error: { status, code, detail, ...(field === undefined ? {} : { field }) } };
    }
  };
  return {
    async *give(bodies) {
      for (let from = 0; from < bodies.length; from += CONCURRENCY) {
        yield* await Promise.all(bodies.slice(from, from + CONCURRENCY).map(settle));
      }
    },
  };
}
