import type { Matrix } from '../matrix.ts';

/** Working-day calendars: what each command comes to, and in which states. */
export const workCalendarMatrix: Matrix = {
  none: '',
  commands: {
    publish: {
      WorkCalendarPublished: 'as shipped',
      undefined: 'none',
      '(nothing)': 'amended',
    },
  },
};
