import type { LocalDate, Refusal } from '#kernel';
import { addDays, addMonths, parseLocalDate, refuse } from '#kernel';
import type { Window } from './figure.ts';
import type { DefaultWindow } from './formula.ts';

/**
 * The window of a figure: what was asked for, and for a missing side the formula's default seen from the evaluation day.
 * "Near two years" starts on the same day two years earlier (29 Feb → 28 Feb) and ends with the evaluation day itself.
 */
export function windowOf(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  usual: DefaultWindow,
  evaluationDay: LocalDate,
): Window | Refusal {
  for (const side of ['from', 'to'] as const) {
    const day = asked[side];
    if (day !== undefined && parseLocalDate(day) === undefined) {
      return refuse('invalid', 'INVALID_DATE', `${side} is no local date YYYY-MM-DD`, side);
    }
  }
  const to = asked.to ?? addDays(evaluationDay, 1);
  const window = { from: asked.from ?? usualStart(usual, addDays(to, -1)), to };
  if (window.from > window.to) return refuse('invalid', 'WINDOW_REVERSED', 'from lies after to', 'from');
  return window;
}

function usualStart(usual: DefaultWindow, lastDay: LocalDate): LocalDate {
  switch (usual.kind) {
    case 'trailing-months':
      return addMonths(lastDay, -usual.months);
    case 'calendar-year':
      return `${lastDay.slice(0, 4)}-01-01`;
  }
}
