import {
  addPeriod,
  lastDay,
  lastEpochDay,
  mainlandCalendar,
  readCalendar,
  rollEpochDay,
  versionsBetween,
  type WorkingCalendar,
} from '#calendar';
import { DAY_MS, epochDay, localDateFromEpochDay, startOfDay, type LocalDate } from '#kernel';

export interface CalendarBench {
  /** Computations per second on one core, median of the runs. */
  readonly workingDayAdditionsPerSecond: number;
  /** With extension, roll policy and the versions it rests on. */
  readonly deadlinesPerSecond: number;
  /** From an instant, under a calendar of a file with opening hours and daylight saving. */
  readonly instantsPerSecond: number;
  /** Stepping from day to day, as a reference for the first. */
  readonly naiveSteppingPerSecond: number;
  readonly computations: number;
}

const CITY = `zone: America/New_York
week: { mon: ["08:30-17:00"], tue: ["08:30-17:00"], wed: ["08:30-17:00"], thu: ["08:30-17:00"], fri: ["08:30-17:00"] }
holidays: ["2015-01-01", "2015-01-19"]
outOfHours: next-opening
`;

/** Starts over eight years and periods of up to 60 working days, in an order that no cache of neighbours would like. */
export function calendarBench({ smoke }: { readonly smoke: boolean }): CalendarBench {
  const computations = smoke ? 1_000 : 400_000;
  const days = Array.from({ length: 4_096 }, (_, index) => localDateFromEpochDay(17_532 + ((index * 1_103) % 2_900)));
  const instants = days.map((day, index) => startOfDay(day) + ((index * 7_919_000) % DAY_MS));
  const [mainland, city] = [mainlandCalendar(), readCalendar(CITY)];
  const run = (compute: (index: number) => unknown) => perSecond(computations, smoke ? 1 : 5, compute);
  const dayAt = (index: number): LocalDate => days[index & 4_095]!;
  return {
    computations,
    workingDayAdditionsPerSecond: run((index) =>
      lastDay(mainland, dayAt(index), { unit: 'workingDays', count: index % 61 }),
    ),
    deadlinesPerSecond: run((index) => deadline(mainland, dayAt(index), 1 + (index % 30))),
    instantsPerSecond: run((index) =>
      addPeriod(city, instants[index & 4_095]!, { unit: 'workingDays', count: index % 61 }),
    ),
    naiveSteppingPerSecond: run((index) => stepping(mainland, dayAt(index), index % 61)),
  };
}

/** Working days, an extension from where they end, the roll, and the versions on which all of it rests. */
function deadline(calendar: WorkingCalendar, from: LocalDate, count: number): object {
  const start = epochDay(from);
  const last = lastEpochDay(calendar, start, { unit: 'workingDays', count });
  const extended = lastEpochDay(calendar, last, { unit: 'workingDays', count: 15 });
  const due = rollEpochDay(calendar, extended, 'B');
  return { ...versionsBetween(calendar, start, due), due: localDateFromEpochDay(due) };
}

function stepping(calendar: WorkingCalendar, from: LocalDate, count: number): LocalDate {
  let day = Date.parse(from) / DAY_MS;
  for (let left = count; left > 0;) {
    day += 1;
    if (calendar.kindOf(day) === 'WORK') left -= 1;
  }
  return localDateFromEpochDay(day);
}

function perSecond(computations: number, runs: number, compute: (index: number) => unknown): number {
  const rates = Array.from({ length: runs }, () => {
    const start = performance.now();
    // Something must come of each computation, or it may be left out.
    let kept = 0;
    for (let index = 0; index < computations; index++) if (compute(index) !== undefined) kept += 1;
    return (kept / (performance.now() - start)) * 1000;
  });
  return rates.sort((a, b) => a - b)[runs >> 1]!;
}
