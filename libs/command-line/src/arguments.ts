import { InvalidArgumentError } from 'commander';
import { parseInstant, parseLocalDate } from '#kernel';

/** Readers of arguments: what they refuse is wrong use. */

export function localDate(text: string): string {
  if (parseLocalDate(text) === undefined) throw new InvalidArgumentError('It is no day; write YYYY-MM-DD.');
  return text;
}

/** An instant with an offset, a local date (the end of that legal day), or a position in the log. */
export function asOf(text: string): string {
  const isMoment = parseInstant(text) !== undefined || parseLocalDate(text) !== undefined || /^\d{1,15}$/.test(text);
  if (!isMoment) {
    throw new InvalidArgumentError('Write an instant with an offset, a day (its end is meant), or a position.');
  }
  return text;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('It is no whole number.');
  return Number(text);
}
