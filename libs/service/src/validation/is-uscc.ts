import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { normaliseUscc } from '#kernel';

/** A valid USCC (GB 32100-2015), lower case and full-width forms included: the rule writes it in its one form. */
export function IsUscc(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isUscc',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && normaliseUscc(value) !== undefined,
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must be a unified social credit code of 18 characters with valid check characters`,
          options,
        ),
      },
    },
    options,
  );
}
