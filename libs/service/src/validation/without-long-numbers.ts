import { Matches, type ValidationOptions } from 'class-validator';

/** No run of seven digits or more. */
export const WITHOUT_LONG_NUMBERS = /^(?!.*\d{7})/s;

/** Words for an event: a long number would be a telephone or identity number, which belongs into the vault. */
export function WithoutLongNumbers(options?: ValidationOptions): PropertyDecorator {
  return Matches(WITHOUT_LONG_NUMBERS, { message: '$property must hold no long numbers', ...options });
}
