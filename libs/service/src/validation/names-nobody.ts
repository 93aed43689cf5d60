import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { isBankCard, isIdentityNumber } from '#privacy';

/**
 * No telephone, identity or card number, which belong into the vault: a reference goes into the log for good. It is looked for
 * within what stands between letters. Digests and ids are left alone: a run of digits in them is chance.
 */
export function NamesNobody(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'namesNobody',
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || !holdsPersonalNumber(value),
        defaultMessage: buildMessage(
          (each) => `${each}$property must hold no telephone, identity or card number`,
          options,
        ),
      },
    },
    options,
  );
}

const WORD = /[0-9A-Za-z]+/g;
/** SHA digests and parts of a UUID; ids of objects. */
const DERIVED = /^(?:[0-9a-f]{32,}|[0-7][0-9A-HJKMNP-TV-Z]{25})$/i;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const MOBILE = /(?<!\d)(?:(?:00)?86)?1[3-9]\d{9}(?!\d)/;
const EIGHTEEN = /(?<!\d)\d{17}[\dXx](?!\d)/;
/** Cards as they are given out in mainland China and by the large schemes; other long numbers are orders and tickets. */
const CARD = /(?<!\d)(?:62\d{14,17}|[45]\d{15})(?!\d)/;

function holdsPersonalNumber(text: string): boolean {
  const words = text.replaceAll(UUID, ' ').match(WORD) ?? [];
  return words.some((word) => !DERIVED.test(word) && isPersonal(word));
}

function isPersonal(word: string): boolean {
  const [identity = ''] = EIGHTEEN.exec(word) ?? [];
  const [card = ''] = CARD.exec(word) ?? [];
  return MOBILE.test(word) || isIdentityNumber(identity) || isBankCard(card);
}
