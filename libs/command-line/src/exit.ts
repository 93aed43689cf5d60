/** Exit codes; the same for every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, rowsRefused: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was given wrongly: told in one sentence, exit code 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
