import { DAY_MS, type EpochDay, type Instant } from '#kernel';
import { TimeZone } from './time-zone.ts';

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

/** Whether such a day and time of day exist in the calendar. */
export function isRealWallTime({ year, month, day, time }: WallTime): boolean {
  const { hour, minute, second } = time ?? MIDNIGHT;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return (
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  );
}

/** The moment at which a zone's clocks showed a time: {@link TimeZone.instantAt}. Throws a RangeError on a zone that is none. */
export function instantInZone(wall: WallTime, zone: string): Instant {
  const { hour, minute, second, millisecond } = wall.time ?? MIDNIGHT;
  return zoneOf(zone).instantAt(epochDayOf(wall), ((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
}

/** First and last millisecond of a day in a zone; a day of a change of clocks has 23 or 25 hours. */
export function dayInZone(wall: WallTime, zone: string): { readonly first: Instant; readonly last: Instant } {
  const day = epochDayOf(wall);
  return { first: zoneOf(zone).startOfDay(day), last: zoneOf(zone).startOfDay(day + 1) - 1 };
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, millisecond: 0 } as const;

function epochDayOf({ year, month, day }: WallTime): EpochDay {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function zoneOf(name: string): TimeZone {
  const zone = TimeZone.named(name);
  if (zone === undefined) throw new RangeError(`no such zone: ${name}`);
  return zone;
}
