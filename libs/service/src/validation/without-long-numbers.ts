import { Matches, type ValidationOptions } from 'class-validator';
import { IsRedactedText } from './is-redacted-text.ts';

/** No run of seven digits or more. */
export const WITHOUT_LONG_NUMBERS = /^(?!.*\d{7})/s;

/**
 * Words for an event: a long number would be a telephone or identity number, which belongs into the vault, and so does one that is
 * written with blanks or hyphens.
 */
export function WithoutLongNumbers(options?: ValidationOptions): PropertyDecorator {
  return (target, property) => {
    Matches(WITHOUT_LONG_NUMBERS, { message: '$property must hold no long numbers', ...options })(target, property);
    IsRedactedText(options)(target, property);
  };
}
