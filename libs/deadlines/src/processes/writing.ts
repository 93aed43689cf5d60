import { WrongExpectedVersion } from '#event-log';
import { Failure, type Position } from '#kernel';
import type { AnyCommandRow, AnyContextTable, ProcessAnswer } from '#service';

/** Appends under way at once: in order, and not so many that one failure leaves much to be found again. */
const WINDOW = 512;

export function rowNamed(table: AnyContextTable, action: string): AnyCommandRow {
  const row = table.processCommands?.find((one) => one.action === action);
  if (row === undefined) throw new Failure('UNKNOWN_COMMAND', `${table.collection} has no process command ${action}`);
  return row;
}

/** Appends on their way, oldest first; a failure of one shows at the next turn. */
export class Written {
  readonly #underWay: Promise<void>[] = [];
  #last: Position = 0;
  count = 0;
  /** Objects that somebody else changed between decision and append: they are to be looked at again. */
  overtaken = 0;

  constructor(private readonly signal: AbortSignal) {}

  async take(answer: ProcessAnswer): Promise<void> {
    if (answer.decided === 'refused') {
      throw new Failure(answer.refusal.code, `a process command was refused: ${answer.refusal.detail}`);
    }
    if (answer.decided === 'none') return;
    const settled = answer.result.then(
      ({ appended, position }) => {
        if (appended) this.count++;
        this.#last = Math.max(this.#last, position);
      },
      (error: unknown) => {
        if (!(error instanceof WrongExpectedVersion)) throw error;
        this.overtaken++;
      },
    );
    // Awaited below, in its turn; until then it must not count as unhandled.
    settled.catch(() => undefined);
    this.#underWay.push(settled);
    if (this.#underWay.length >= WINDOW) await this.#underWay.shift();
  }

  /** Position of the last event, when all are on disk; 0 when there was none. */
  async settled(): Promise<Position> {
    await Promise.all(this.#underWay);
    this.#underWay.length = 0;
    return this.signal.aborted ? 0 : this.#last;
  }
}
