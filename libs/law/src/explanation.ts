import type { Period, WorkingCalendar } from '#calendar';
import { epochDay, localDateFromEpochDay, type LocalDate } from '#kernel';
import { count } from './counting.ts';
import type { Deadline } from './deadline.ts';
import { UNIT_NAMES } from './rule.ts';
import type { Standstill } from './suspension.ts';

/** The arithmetic of a deadline in words. */
export interface Explanation {
  /** `7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest` */
  readonly en: string;
  readonly zh: string;
}

/** Says how a deadline came about, under the calendar it was computed with. */
export function explain(deadline: Deadline, calendar: WorkingCalendar): Explanation {
  const { arithmetic, due, rawDue, rule } = deadline;
  const { period, start, roll, suspensions, suspensionsWithoutEffect, extensions, unextended } = arithmetic;
  const en: string[] = [];
  const zh: string[] = [];
  const say = (english: string, chinese: string) => {
    en.push(english);
    zh.push(chinese);
  };
  const short = (day: LocalDate) => (day.slice(0, 4) === start.slice(0, 4) ? day.slice(5) : day);
  const days = period.unit === 'hours' ? [due!] : countedDays(deadline, calendar).map(short);
  say(
    `${amount(period)} from ${start}: ${days.join(', ')}`,
    `自${start}起${chinese(period)}（当日不计入）：${days.join('、')}`,
  );
  if (period.unit === 'workingDays') {
    for (const [first, last] of holidays(start, unextended ?? start, calendar)) {
      say(`${between(short(first), short(last), ' to ')} rest`, `${between(short(first), short(last), '至')}休息`);
    }
  }
  for (const { from, to } of suspensions) {
    if (to === null) say(`stands still since ${short(from)}`, `自${short(from)}起中止，尚未恢复`);
    else
      say(`${between(short(from), short(to), ' to ')} not counted`, `${between(short(from), short(to), '至')}不计入`);
  }
  for (const { from, reason } of suspensionsWithoutEffect) {
    say(`${reason} from ${short(from)} does not stop ${rule}`, `${short(from)}起的${reason}不中止${rule}`);
  }
  for (const { grantedOn, by, effect } of extensions) {
    const [when, when_] = grantedOn === null ? ['', ''] : [` on ${short(grantedOn)}`, `${short(grantedOn)}批准`];
    const more = { unit: period.unit, count: by };
    if (effect === 'counted') say(`extended${when} by ${amount(more)}`, `${when_}延长${chinese(more)}`);
    else say(`the extension granted${when} came too late`, `${when_}的延长已逾期，无效`);
  }
  if (rawDue !== null && extensions.some(({ effect }) => effect === 'counted')) {
    say(`ends on ${short(rawDue)}`, `至${short(rawDue)}届满`);
  }
  if (due !== rawDue && due !== null && rawDue !== null) {
    say(
      `${short(rawDue)} is a rest day, so ${short(due)} (roll ${roll})`,
      `${short(rawDue)}为休息日，顺延至${short(due)}（${roll}）`,
    );
  }
  return { en: en.join('; '), zh: zh.join('；') };
}

/** The first two days counted and the last, without extensions; what lies between is an ellipsis. */
function countedDays({ arithmetic }: Deadline, calendar: WorkingCalendar): string[] {
  const { period, start, suspensions, unextended } = arithmetic;
  const standstills = suspensions.map(({ from, to }): Standstill => ({
    from: epochDay(from),
    to: to === null ? Infinity : epochDay(to),
  }));
  const unit = period.unit === 'workingDays' ? 'workingDays' : 'days';
  const nth = (n: number) => count(calendar, epochDay(start), { unit, count: n }, standstills);
  const first = [nth(1), nth(2)].filter((day) => day !== null).map(localDateFromEpochDay);
  if (unextended === null) return [...first, '…'];
  const early = first.filter((day) => day < unextended);
  const isWhole = nth(early.length + 1) === epochDay(unextended);
  return [...early, ...(isWhole ? [] : ['…']), unextended];
}

/** Stretches of days off that belong to a holiday, first and last day. */
function holidays(from: LocalDate, to: LocalDate, calendar: WorkingCalendar): [LocalDate, LocalDate][] {
  const stretches: [LocalDate, LocalDate][] = [];
  let stretch: { from: number; isHoliday: boolean } | null = null;
  for (let day = epochDay(from) + 1; day <= epochDay(to); day += 1) {
    const kind = calendar.kindOf(day);
    if (kind === 'WORK') {
      if (stretch?.isHoliday === true)
        stretches.push([localDateFromEpochDay(stretch.from), localDateFromEpochDay(day - 1)]);
      stretch = null;
    } else {
      stretch ??= { from: day, isHoliday: false };
      stretch.isHoliday ||= kind !== 'REST';
    }
  }
  return stretches;
}

function between(first: string, last: string, word: string): string {
  return first === last ? first : `${first}${word}${last}`;
}

function amount({ unit, count: number }: Period): string {
  return `${number} ${number === 1 ? UNIT_NAMES[unit].slice(0, -1) : UNIT_NAMES[unit]}`;
}

const CHINESE_UNITS = { hours: '小时', workingDays: '个工作日', days: '日', months: '个月', years: '年' } as const;

function chinese({ unit, count: number }: Period): string {
  return `${number}${CHINESE_UNITS[unit]}`;
}
