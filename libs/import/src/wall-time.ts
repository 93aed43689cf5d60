import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#kernel';

/** What a clock on the wall showed: no zone, and no time of day where the source gives only a day. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: {
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
    readonly millisecond: number;
  } | null;
}

/** The name as the time-zone database writes it; `undefined` when it knows no such zone. */
export function timeZoneNamed(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Whether such a day and time of day exist in the calendar. */
export function isRealWallTime({ year, month, day, time }: WallTime): boolean {
  try {
    Temporal.PlainDateTime.from(
      { year, month, day, hour: time?.hour ?? 0, minute: time?.minute ?? 0, second: time?.second ?? 0 },
      { overflow: 'reject' },
    );
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment at which a zone's clocks showed a time. Where daylight saving skipped it, the moment as far after the change
 * as it lies after the gap's start; where it came twice, the first (RFC 5545 3.3.5, "compatible" in Temporal).
 */
export function instantInZone({ year, month, day, time }: WallTime, zone: string): Instant {
  const { hour, minute, second, millisecond } = time ?? MIDNIGHT;
  return new Temporal.PlainDateTime(year, month, day, hour, minute, second, millisecond).toZonedDateTime(zone, {
    disambiguation: 'compatible',
  }).epochMilliseconds;
}

/** First and last millisecond of a day in a zone; a day of a change of clocks has 23 or 25 hours. */
export function dayInZone(
  { year, month, day }: WallTime,
  zone: string,
): { readonly first: Instant; readonly last: Instant } {
  const date = new Temporal.PlainDate(year, month, day);
  return {
    first: date.toZonedDateTime(zone).epochMilliseconds,
    last: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1,
  };
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, millisecond: 0 } as const;
