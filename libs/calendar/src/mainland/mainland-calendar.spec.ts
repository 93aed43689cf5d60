import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addDays, Failure, localDateFromEpochDay } from '#kernel';
import { weekdayOf } from '../indexed-calendar.ts';
import { daysBetween } from '../indexed-calendar.ts';
import { mainlandCalendar, MainlandHistory } from './mainland-calendar.ts';
import { isCovered, readChineseDays, readMainlandData, yearsCovered } from './mainland-data.ts';

const calendar = mainlandCalendar();
const YEARS = Array.from({ length: 20 }, (_, index) => 2007 + index);
const days = (year: number) => daysBetween(`${year}-01-01`, `${year}-12-31`).map(localDateFromEpochDay);

/** The notices as others transcribed them, where the checkout stands beside them. */
const ORACLE = fileURLToPath(new URL('../../../../../shared/data/holiday-cn/', import.meta.url));

describe('the days of 2007 to 2026', () => {
  it('are working days exactly where chinese-days says so', () => {
    const { holidays, workdays } = readChineseDays();
    for (const year of YEARS) {
      for (const day of days(year)) {
        const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
        const isWork = workdays[day] !== undefined || (holidays[day] === undefined && weekday > 0 && weekday < 6);
        expect([day, calendar.isWorkingDay(day)]).toEqual([day, isWork]);
      }
    }
  });

  (existsSync(ORACLE) ? it : it.skip)('placeholder', () => undefined);
});
void [addDays, Failure, weekdayOf, MainlandHistory, isCovered, readMainlandData, yearsCovered, readFileSync, describe];
