import { addDays, epochDay, type EpochDay, type LocalDate } from '#kernel';

/** One text of the 全国年节及纪念日放假办法, in force from a day on: days by holiday, `10-01` or `春节-1` (除夕). */
export interface Statute {
  readonly decree: string;
  readonly from: LocalDate;
  readonly days: Readonly<Record<string, readonly string[]>>;
}

/** The days `MM-DD` of a year's festivals by name. */
export type Festivals = Readonly<Record<string, string>>;

/**
 * The statutory days (法定节假日) of a year with their names, by the text then in force. Where two fall on one day they are one day:
 * the statute makes up for weekends only (Art. 6).
 */
export function statutoryDays(
  year: number,
  texts: readonly Statute[],
  festivals: Festivals,
): ReadonlyMap<EpochDay, string> {
  const text = texts.findLast(({ from }) => from <= `${year}-01-01`);
  if (text === undefined) throw new RangeError(`no text of the statute was in force in ${year}`);
  const days = new Map<EpochDay, string>();
  for (const [name, written] of Object.entries(text.days)) {
    for (const day of written) {
      const at = epochDay(dayOf(day, year, festivals));
      const other = days.get(at);
      days.set(at, other === undefined ? name : `${other}、${name}`);
    }
  }
  return days;
}

function dayOf(written: string, year: number, festivals: Festivals): LocalDate {
  if (/^\d/.test(written)) return `${year}-${written}`;
  const [, name, plus] = /^([^+-]+)([+-]\d+)?$/.exec(written) ?? [];
  const festival = festivals[name ?? ''];
  if (festival === undefined) throw new RangeError(`the day of ${written} in ${year} is not known`);
  return addDays(`${year}-${festival}`, Number(plus ?? 0));
}
