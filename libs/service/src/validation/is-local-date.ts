import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { parseLocalDate } from '#kernel';

/** Far from the ends of the four-digit years, which an offset or a period would leave. Sentinels such as 9999-12-31 are no days. */
export const isPlausibleYear = (text: string): boolean => text >= '1000' && text < '3000';

/** A real calendar day `YYYY-MM-DD` of the years 1000 to 2999. */
export function IsLocalDate(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isLocalDate',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && isPlausibleYear(value) && parseLocalDate(value) !== undefined,
        defaultMessage: buildMessage(
          (each) => `${each}$property must be a calendar day YYYY-MM-DD of the years 1000 to 2999`,
          options,
        ),
      },
    },
    options,
  );
}
