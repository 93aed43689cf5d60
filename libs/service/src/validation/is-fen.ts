import { IsInt, Max, Min, type ValidationOptions } from 'class-validator';

/** Ten billion yuan in fen: far above any consumer dispute, far below what a number holds exactly. */
export const MAX_FEN = 1_000_000_000_000;

/** Money: whole fen, not negative, at most {@link MAX_FEN}. */
export function IsFen(options?: ValidationOptions): PropertyDecorator {
  // In the order in which decorators written below each other apply: whole number has the last word in JSON Schema.
  const constraints = [Max(MAX_FEN, options), Min(0, options), IsInt(options)];
  return (target, property) => constraints.forEach((constraint) => constraint(target, property));
}
