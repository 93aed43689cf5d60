import { shippedFestivals } from '#calendar';
import { refuse, type LocalDate, type Refusal } from '#kernel';
import type { PublishWorkCalendar } from './commands.ts';

/** The festivals whose day is not a fixed one of the solar calendar, by the command's fields. */
const FESTIVALS = {
  springFestival: '春节',
  tombSweepingDay: '清明节',
  dragonBoatFestival: '端午节',
  midAutumnFestival: '中秋节',
} as const;
const FIELDS = Object.keys(FESTIVALS) as (keyof typeof FESTIVALS)[];

/** Days of the festivals by name, where the release does not know them and the command does. */
export function festivalsTold(command: PublishWorkCalendar): Readonly<Record<string, LocalDate>> | null {
  const told = FIELDS.filter((field) => command[field] !== undefined);
  if (told.length === 0 || shippedFestivals(command.year) !== undefined) return null;
  return Object.fromEntries(told.map((field) => [FESTIVALS[field], command[field]!]));
}

/** Festivals are of the year and where the release has them, and are told all or not at all. */
export function festivalsRefusal(command: PublishWorkCalendar): Refusal | undefined {
  const { year } = command;
  const known = shippedFestivals(year);
  for (const field of FIELDS) {
    const [name, day] = [FESTIVALS[field], command[field]];
    if (day === undefined) continue;
    if (!day.startsWith(`${year}-`)) return refuse('invalid', 'DAY_OUT_OF_YEAR', `${day} is not of ${year}.`, field);
    if (known !== undefined && known[name] !== day) {
      return refuse('invalid', 'FESTIVAL_DIFFERS', `${name} of ${year} is on ${known[name]}.`, field);
    }
  }
  return known === undefined && FIELDS.some((field) => command[field] !== undefined)
    ? missingFestival(command)
    : undefined;
}

/** Without its festivals nobody knows which days off of a year are statutory ones, and what rolls off them. */
export function missingFestival(command: PublishWorkCalendar): Refusal | undefined {
  const missing = FIELDS.find((field) => command[field] === undefined);
  if (missing === undefined) return undefined;
  const detail = `The day of ${FESTIVALS[missing]} in ${command.year} is needed: this release does not know it.`;
  return refuse('invalid', 'FESTIVAL_NEEDED', detail, missing);
}
