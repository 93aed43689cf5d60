import type { WorkOrderBody } from './target.ts';

/** What became of one work order: taken (or there already), or refused with the problem's own words. */
export type GiveResult =
  { readonly unchanged: boolean; readonly flags: readonly string[] } | { readonly error: GiveError };

export interface GiveError {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
}

/** Where work orders go. */
export interface WorkOrderSink {
  /**
   * One result for each body, in order. Giving a body again changes nothing. Throws a Failure when the sink itself is gone
   * or refuses everything; results handed out before stay true.
   */
  give(bodies: readonly WorkOrderBody[]): AsyncIterable<GiveResult>;
}
