import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';

/** Crockford's alphabet; the first character carries only the top three bits of a 128-bit number. */
export const OBJECT_ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The form of an id that the service gave out: a ULID. Not whether the object exists. */
export function IsObjectId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isObjectId',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && OBJECT_ID.test(value),
        defaultMessage: buildMessage((each) => `${each}$property must be an id of 26 characters (ULID)`, options),
      },
    },
    options,
  );
}
