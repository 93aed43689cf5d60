import { buildMessage, ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';

// Line breaks and tabs belong to a letter's text; other control characters only hide things.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;

/** Words of a person: not blank, well-formed Unicode without control characters, at most `max` UTF-16 units. */
export function IsText(max: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isText',
      constraints: [max],
      validator: {
        validate: (value: unknown, args?: ValidationArguments) =>
          typeof value === 'string' &&
          value.length <= (args?.constraints[0] as number) &&
          value.trim() !== '' &&
          value.isWellFormed() &&
          !CONTROL.test(value),
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must be text of 1 to $constraint1 characters, not blank, without control characters`,
          options,
        ),
      },
    },
    options,
  );
}
