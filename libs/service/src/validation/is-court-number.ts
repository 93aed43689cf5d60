import { Matches } from 'class-validator';

/** Visible characters; no number so long that it could be somebody's. */
const COURT_NUMBER = /^(?!.*\d{9})[^\s\p{C}]{1,64}$/u;

/** A number that a court gives (案号, 文书号): `（2026）浙0602民初123号`. */
export function IsCourtNumber(): PropertyDecorator {
  return Matches(COURT_NUMBER, {
    message: '$property must be 1 to 64 visible characters without blanks or long numbers',
  });
}

/** As it is compared and kept: courts write the same number in full-width and in half-width characters. */
export function writtenCourtNumber(number: string): string {
  return number.normalize('NFKC');
}
