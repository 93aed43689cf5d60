import type { Instant } from './time.ts';

/** Where the time comes from. Only what starts the system owns one; rules get `now` in their context. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };
