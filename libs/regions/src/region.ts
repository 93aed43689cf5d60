import type { LocalDate } from '#kernel';

/** One entry of the region table (T-24). */
export interface Region {
  readonly code: string;
  readonly zh: string;
  readonly en?: string;
  /** `functional`: a zone (功能区) that the State's division standard does not know. */
  readonly type: 'administrative' | 'functional';
  /** The division directly above; null for a province. */
  readonly partOf: string | null;
  /** First and last legal day of the code, where known. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** The code that took the area over: what was recorded under this code counts under that one. */
  readonly succeededBy?: string;
  /** Where the entry comes from, with the confidence where it is not the standard itself. */
  readonly source: string;
}

/** Province-level prefixes of GB/T 2260. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
);

/**
 * Six digits (GB/T 2260), nine (township, GB/T 10114), twelve (village, statistical code), or six, `Z` and two digits
 * (a zone without a public code).
 */
const SHAPE = /^(\d{2})(\d{2})(\d{2})(?:\d{3}(?:\d{3})?|Z\d{2})?$/;

/** Whether a code is built as the standard says; tells nothing of whether such a division exists. */
function hasRegionShape(code: string): boolean {
  const match = SHAPE.exec(code);
  if (match === null || !PROVINCES.has(match[1]!)) return false;
  const [city, county] = [match[2], match[3]];
  return (city !== '00' || county === '00') && (code.length === 6 || county !== '00' || code[6] === 'Z');
}

/**
 * The division directly above a code that the table does not hold, by the standard's structure: village → township →
 * county → city → province. `null` for a province and for anything that has no such structure.
 */
export function parentByStructure(code: string): string | null {
  if (!hasRegionShape(code)) return null;
  if (code.length === 12) return code.slice(0, 9);
  if (code.length === 9) return code.slice(0, 6);
  if (!code.endsWith('00')) return `${code.slice(0, 4)}00`;
  if (!code.endsWith('0000')) return `${code.slice(0, 2)}0000`;
  return null;
}
