import { normalisePhone } from './tokens.ts';

/** Redaction (脱敏) of single values and of free text, T-37. Pure; what is not recognised is hidden rather than shown. */

/** `张三` → `张*`: the first character, and one star whatever the length. */
export function redactName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '' : `${first}*`;
}

/** `13800130000` → `138****0000`; of a number that is no mobile only the last two digits stay. */
export function redactPhone(phone: string): string {
  const digits = normalisePhone(phone);
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return digits.length < 5 ? '****' : `****${digits.slice(-2)}`;
}

const WORD = String.raw`[^\s\d,，路街巷弄号室幢栋楼村]`;
const DIVISIONS = new RegExp(
  `^(?:${WORD}{2,7}?(?:省|自治区|特别行政区))?(?:${WORD}{1,9}?(?:市|自治州|地区|盟))?` +
    `(?:市[中南北]区|${WORD}{1,9}?(?:(?<![小社园厂校景库营])区|县|旗|市))?`,
);

/** `浙江省绍兴市越城区府山街道1号` → `浙江省绍兴市越城区***`: down to the district; nothing where none is recognised. */
export function redactAddress(address: string): string {
  const shown = DIVISIONS.exec(address.normalize('NFKC').trim())?.[0] ?? '';
  return `${shown}***`;
}

/**
 * Free text with identity numbers (GB 11643 check), bank cards (Luhn), phone numbers and licence plates masked.
 * Full-width digits are read as digits. The check digits keep ticket and order numbers readable.
 */
export function redactText(text: string): string {
  return halfWidthDigits(text)
    .replace(IDENTITY_NUMBER, (match) => (isIdentityNumber(match) ? maskMiddle(match, 6, 4) : match))
    .replace(BANK_CARD, (match) => (isBankCard(match) ? maskMiddle(match, 0, 4) : match))
    .replace(MOBILE, (match) => redactPhone(match))
    .replace(LANDLINE, (match) => redactPhone(match))
    .replace(PLATE, (match) => `${match.slice(0, 2)}*****`);
}

const IDENTITY_NUMBER = /(?<![\dA-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g;
const BANK_CARD = /(?<!\d)(?:\d{13,19}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,3})?)(?!\d)/g;
const MOBILE = /(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g;
const LANDLINE = /(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[ -]?[2-9]\d{2,3}[ -]?\d{4}(?!\d)/g;
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Z][ ·•]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳领](?![A-Za-z0-9])/g;

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';

/** Citizen identity number (公民身份号码): 18 characters with the check of GB 11643. */
export function isIdentityNumber(text: string): boolean {
  const number = text.replace(/[ -]/g, '').toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return ID_CHECKS[sum % 11] === number[17];
}

/** Bank card number: 13 to 19 digits with the check of ISO/IEC 7812 (Luhn). */
export function isBankCard(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  if (!/^\d{13,19}$/.test(digits) || /^0+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

function maskMiddle(text: string, first: number, last: number): string {
  const plain = text.replace(/[ -]/g, '');
  return plain.slice(0, first) + '*'.repeat(plain.length - first - last) + plain.slice(-last);
}

function halfWidthDigits(text: string): string {
  return text.replace(/[０-９Ｘｘ＋－]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}
