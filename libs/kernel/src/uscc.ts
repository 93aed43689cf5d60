/**
 * Unified Social Credit Code (统一社会信用代码), GB 32100-2015: 18 characters of a 31-letter alphabet, the last a check
 * character mod 31, characters 9–17 the organisation code (组织机构代码) with its own check character mod 11 (T-21).
 * The division digits inside say where it was registered, not where the subject operates.
 */

/** No I, O, S, V, Z: they look like digits. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const SHAPE = new RegExp(`^[${ALPHABET}]{18}$`);
const SEED = new RegExp(`^[${ALPHABET}]{8}$`);

/** The code in its one written form (half-width capitals), or undefined when it is no valid code. */
export function normaliseUscc(text: string): string | undefined {
  const code = halfWidth(text).replace(/[a-z]/g, (letter) => letter.toUpperCase());
  if (!SHAPE.test(code)) return undefined;
  const organisation = code.slice(8, 16);
  if (code[16] !== organisationCheck(organisation)) return undefined;
  return code[17] === usccCheck(code.slice(0, 17)) ? code : undefined;
}

/**
 * A valid code of 8 characters that name register and division and 8 that name the organisation, both check characters
 * added. For made-up subjects. Throws a RangeError on characters outside the alphabet.
 */
export function usccOf(register: string, organisation: string): string {
  if (!SEED.test(register) || !SEED.test(organisation)) {
    throw new RangeError(`not 8 characters of the code's alphabet each: ${register}, ${organisation}`);
  }
  const body = register + organisation + organisationCheck(organisation);
  return body + usccCheck(body);
}

/** (31 − Σ) mod 31 over the first 17 characters. */
function usccCheck(body: string): string {
  return ALPHABET[(31 - (weighted(body, WEIGHTS, (c) => ALPHABET.indexOf(c)) % 31)) % 31]!;
}

/** 11 − Σ mod 11, where 10 is X and 11 is 0. Letters count from A = 10, the ones left out of the alphabet included. */
function organisationCheck(organisation: string): string {
  const rest = (11 - (weighted(organisation, ORGANISATION_WEIGHTS, (c) => Number.parseInt(c, 36)) % 11)) % 11;
  return rest === 10 ? 'X' : String(rest);
}

function weighted(text: string, weights: readonly number[], valueOf: (character: string) => number): number {
  return weights.reduce((sum, weight, index) => sum + weight * valueOf(text[index]!), 0);
}

/** Full-width forms (！ to ～), as Chinese input methods type them, to their ASCII counterparts. */
function halfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}
