import { countDays, workingDaysBetween, type Period, type RestSpan, type WorkingCalendar } from '#calendar';
import { addDays, epochDay, type LocalDate } from '#kernel';
import type { Deadline } from './deadline.ts';

/** The arithmetic of a deadline in words. */
export interface Explanation {
  /** `7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest` */
  readonly en: string;
  readonly zh: string;
}

/** A part of the explanation, in both languages. */
type Said = readonly [en: string, zh: string];

/** Says how a deadline came about, under the calendar it was computed with. */
export function explain(deadline: Deadline, calendar: WorkingCalendar): Explanation {
  const { start } = deadline.arithmetic;
  const short = (day: LocalDate) => (day.slice(0, 4) === start.slice(0, 4) ? day.slice(5) : day);
  const said = [...counting(deadline, calendar, short), ...standing(deadline, short), ...ending(deadline, short)];
  return { en: said.map(([en]) => en).join('; '), zh: said.map(([, zh]) => zh).join('；') };
}

/** Which days counted, and which holidays lay between. */
function counting(deadline: Deadline, calendar: WorkingCalendar, short: (day: LocalDate) => string): Said[] {
  const { period, start, unextended } = deadline.arithmetic;
  if (period.unit === 'hours') {
    return [[`${amount(period)} from ${start}: ${unextended}`, `自${start}起${chinese(period)}：${unextended}`]];
  }
  const days = countedDays(deadline, calendar);
  const counted = daysInWords(days).map(short);
  const holidays = days.rest.filter(({ kinds }) => kinds.some((kind) => kind !== 'REST'));
  return [
    [
      `${amount(period)} from ${start}: ${counted.join(', ')}`,
      `自${start}起${chinese(period)}（当日不计入）：${counted.join('、')}`,
    ],
    ...holidays.map((span): Said => {
      const [en, zh] = spanInWords(span, short);
      return [`${en} rest`, `${zh}休息`];
    }),
  ];
}

/** What stopped the clock, and what did not. */
function standing({ arithmetic, rule }: Deadline, short: (day: LocalDate) => string): Said[] {
  const { suspensions, suspensionsWithoutEffect } = arithmetic;
  return [
    ...suspensions.map(({ from, to }): Said => {
      if (to === null) return [`stands still since ${short(from)}`, `自${short(from)}起中止，尚未恢复`];
      const [en, zh] = spanInWords({ from, to }, short);
      return [`${en} not counted`, `${zh}不计入`];
    }),
    ...suspensionsWithoutEffect.map(({ from, reason }): Said => [
      `${reason} from ${short(from)} does not stop ${rule}`,
      `${short(from)}起的${reason}不中止${rule}`,
    ]),
  ];
}

/** How it was extended, and where it rolled. */
function ending({ arithmetic, due, rawDue }: Deadline, short: (day: LocalDate) => string): Said[] {
  const { period, extensions, roll } = arithmetic;
  const said = extensions.map(({ grantedOn, by, effect }): Said => {
    const [on, granted] = grantedOn === null ? ['', ''] : [` on ${short(grantedOn)}`, `${short(grantedOn)}批准`];
    if (effect === 'too-late') return [`the extension granted${on} came too late`, `${granted}的延长已逾期，无效`];
    const more = { unit: period.unit, count: by };
    return [`extended${on} by ${amount(more)}`, `${granted}延长${chinese(more)}`];
  });
  if (rawDue === null || due === null) return said;
  if (extensions.some(({ effect }) => effect === 'counted')) {
    said.push([`ends on ${short(rawDue)}`, `至${short(rawDue)}届满`]);
  }
  if (due !== rawDue) {
    said.push([
      `${short(rawDue)} is a rest day, so ${short(due)} (roll ${roll})`,
      `${short(rawDue)}为休息日，顺延至${short(due)}（${roll}）`,
    ]);
  }
  return said;
}

/** The days that counted, without extensions: the first two and the last, and an ellipsis for what lies between. */
function daysInWords({ counted, isOpen }: CountedDays): string[] {
  if (isOpen) return [...counted.slice(0, 2), '…'];
  return counted.length <= 4 ? [...counted] : [...counted.slice(0, 2), '…', counted.at(-1)!];
}

interface CountedDays {
  readonly counted: readonly LocalDate[];
  readonly rest: readonly RestSpan[];
  /** No end is known. */
  readonly isOpen: boolean;
}

/** What was counted up to the end without extensions, or up to where the clock stands still. */
function countedDays({ arithmetic }: Deadline, calendar: WorkingCalendar): CountedDays {
  const { period, start, suspensions, unextended } = arithmetic;
  const end = unextended ?? addDays(suspensions.at(-1)!.from, -1);
  if (unextended !== null && (period.unit === 'months' || period.unit === 'years')) {
    return { counted: [end], rest: [], isOpen: false };
  }
  const unit = period.unit === 'workingDays' ? 'workingDays' : 'days';
  const passed = unit === 'days' ? epochDay(end) - epochDay(start) : workingDaysBetween(calendar, start, end);
  const { counted, rest } = countDays(calendar, start, { unit, count: Math.max(0, passed) });
  const isCounted = (day: LocalDate) => !suspensions.some(({ from, to }) => from <= day && (to === null || day <= to));
  return { counted: counted.filter(isCounted), rest, isOpen: unextended === null };
}

function spanInWords(
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
  short: (day: LocalDate) => string,
): Said {
  return from === to ? [short(from), short(from)] : [`${short(from)} to ${short(to)}`, `${short(from)}至${short(to)}`];
}

function amount({ unit, count: number }: Period): string {
  return `${number} ${UNIT_NAMES[unit]}${number === 1 ? '' : 's'}`;
}

const UNIT_NAMES = { hours: 'hour', workingDays: 'working day', days: 'day', months: 'month', years: 'year' } as const;
const CHINESE_UNITS = { hours: '小时', workingDays: '个工作日', days: '日', months: '个月', years: '年' } as const;

function chinese({ unit, count: number }: Period): string {
  return `${number}${CHINESE_UNITS[unit]}`;
}
