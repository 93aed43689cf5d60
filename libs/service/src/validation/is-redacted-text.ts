import { ValidateBy, buildMessage, type ValidationOptions } from 'class-validator';
import { redactText } from '#privacy';

/**
 * Whether free text holds nothing that the redaction rules would mask (T-37): identity and bank card numbers, telephones, licence
 * plates. Names cannot be told from other words: those a person has to take out.
 */
export function isRedactedText(text: string): boolean {
  return stars(redactText(text)) === stars(text);
}

/** Every rule masks with stars: more of them say that something was masked. */
function stars(text: string): number {
  return text.split('*').length;
}

/** Words that a person has redacted, in which the rules find nothing more to mask. */
export function IsRedactedText(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isRedactedText',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isRedactedText(value),
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must hold no identity number, bank card, telephone or licence plate: redact it first`,
          options,
        ),
      },
    },
    options,
  );
}
