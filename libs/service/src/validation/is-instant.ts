import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { parseInstant } from '#kernel';
import { isPlausibleYear } from './is-local-date.ts';

/** A moment of the years 1000 to 2999 in ISO 8601 with `Z` or an offset: without one, nobody knows which day it is in Shanghai (T-03). */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && isPlausibleYear(value) && parseInstant(value) !== undefined,
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must be an ISO 8601 date and time with an offset, such as 2026-03-04T10:00:00+08:00`,
          options,
        ),
      },
    },
    options,
  );
}
