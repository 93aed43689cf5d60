import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';

export const REGION_CODE = /^(?!0+$)(?:\d{6}|\d{9}|\d{12}|\d{6}Z\d{2})$/;

/**
 * The form of a division code (GB/T 2260 and its extensions): 6, 9 or 12 digits, not all zero, or
 * `Z` and two digits after six for a functional zone without a public code (T-24). Not whether it exists.
 */
export function IsRegionCode(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isRegionCode',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && REGION_CODE.test(value),
        defaultMessage: buildMessage(
          (each) => `${each}$property must be a division code of 6, 9 or 12 digits`,
          options,
        ),
      },
    },
    options,
  );
}
