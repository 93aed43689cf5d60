import type { Matrix } from '../matrix.ts';

/** Suggestions of duplicates: what each command comes to, and in which states. */
export const duplicateMatrix: Matrix = {
  none: 'DUPLICATE_NOT_SUSPECTED',
  commands: {
    dismiss: {
      DisputeDuplicateDismissed: 'suspected',
      '(nothing)': 'dismissed',
    },
  },
};
