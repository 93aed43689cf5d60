import { Failure } from '#kernel';
import type { Scalar } from './port.ts';

/** Where a page ended: the values it was sorted by, ending with the key. `order` names the sort it belongs to. */
export function encodeCursor(order: string, values: readonly Scalar[]): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

/** The values of a cursor of that order; rejects any other text with `BAD_CURSOR`. */
export function decodeCursor(cursor: string, order: string, length: number): Scalar[] {
  const parts = parse(cursor);
  if (parts === undefined || parts[0] !== order || parts.length !== length + 1 || !parts.every(isScalar)) {
    throw new Failure('BAD_CURSOR', 'the cursor does not belong to this query');
  }
  return parts.slice(1) as Scalar[];
}

function parse(cursor: string): unknown[] | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
