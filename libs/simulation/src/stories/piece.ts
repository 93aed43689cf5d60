import type { Instant, LocalDate } from '#kernel';
import type { Episode } from '../step.ts';
import type { Life } from './life.ts';

/** One of the ways that a dispute may go, from its beginning to its end. */
export interface Piece {
  readonly name: string;
  /** Share among the pieces of its procedure; 1 unless said. */
  readonly weight?: number;
  /** Days on which it may begin: what the law of its time lets happen. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** City where the rules of the place let it happen. */
  readonly city?: string;
  readonly tell: (life: Life, at: Instant) => Episode;
}

/** Order 121 in force. What begins in these weeks before it may still be decided by the order before. */
export const SINCE_ORDER_121: Pick<Piece, 'from'> = { from: '2026-04-16' };
export const BEFORE_ORDER_121: Pick<Piece, 'to'> = { to: '2026-01-15' };

/** Cities of different rules: Shandong, Zhejiang, Shanxi. */
export const ZIBO: Pick<Piece, 'city'> = { city: '370300' };
export const SHAOXING: Pick<Piece, 'city'> = { city: '330600' };
