import type { AsOf } from '../query.ts';
import { addDays, parseLocalDate, startOfDay, type Instant, type Refusal } from '#kernel';
import { badParameter, notReached, positionOf, problemOfRefusal, single, type ProblemError } from '#service';
import { isRefused, parseAsOf } from '../query.ts';

/** The metrics engine as the HTTP thread reaches it: it lives beside the projections, on another thread. */
export abstract class Figures {
  /** Calls a query of the engine by its name. */
  abstract call(method: string, args: readonly unknown[]): Promise<unknown>;
  /** Settles when the engine has read as far as the position; false when the time was up first. */
  abstract reached(position: number, timeoutMs: number): Promise<boolean>;
  abstract now(): Instant;

  /** Calls, and throws a refusal as the problem it is. */
  async ask<Answer extends object | null>(method: string, ...args: readonly unknown[]): Promise<Answer> {
    const answer = (await this.call(method, args)) as Answer;
    if (isRefused(answer)) throw problemOfQuestion(answer);
    return answer;
  }

  /** Waits for `?position=`; 503 when the engine is not there in time. */
  async reach(position: string | readonly string[] | undefined): Promise<void> {
    if (position === undefined) return;
    const wanted = positionOf(single('position', position));
    if (!(await this.reached(wanted, REACH_TIMEOUT_MS))) throw notReached(wanted);
  }

  /** `asOf`: an instant with offset, a position, or a legal day (meaning its end, or now when it is not over). */
  asOf(text: string | undefined): AsOf | undefined {
    if (text === undefined) return undefined;
    const day = parseLocalDate(text);
    if (day !== undefined) {
      if (startOfDay(day) > this.now()) throw badParameter('asOf', 'asOf lies in the future', 'AS_OF_IN_FUTURE');
      return { instant: Math.min(startOfDay(addDays(day, 1)) - 1, this.now()) };
    }
    // A plus sign that was not encoded arrives as a space.
    const asOf = parseAsOf(text.replace(/ (\d\d:\d\d)/, '+$1'));
    if (asOf === undefined) throw badParameter('asOf', 'asOf is an instant with an offset, or a position', 'BAD_AS_OF');
    return asOf;
  }
}

const REACH_TIMEOUT_MS = 5000;

/** A refused question as a problem: a query parameter at fault is a bad request, here as in the lists. */
export function problemOfQuestion(refusal: Refusal): ProblemError {
  const { kind, code, detail, field } = refusal;
  return kind === 'invalid' && field !== undefined ? badParameter(field, detail, code) : problemOfRefusal(refusal);
}

/** Query parameters as single texts; anything not in `known` is refused. */
export function textParameters(
  parameters: Readonly<Record<string, string | readonly string[] | undefined>>,
  known: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!known.includes(name)) throw badParameter(name, `${name} is not a parameter here`, 'UNKNOWN_PARAMETER');
    if (value !== undefined) texts[name] = single(name, value);
  }
  return texts;
}
