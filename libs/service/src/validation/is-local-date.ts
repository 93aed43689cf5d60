import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { parseLocalDate } from '#kernel';

/** A real calendar day `YYYY-MM-DD`. */
export function IsLocalDate(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isLocalDate',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && parseLocalDate(value) !== undefined,
        defaultMessage: buildMessage((each) => `${each}$property must be a calendar day YYYY-MM-DD`, options),
      },
    },
    options,
  );
}
