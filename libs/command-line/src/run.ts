import type { ExitCode } from './exit.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs a command's action in its surroundings and keeps its exit code. */
export type Run = (command: (surroundings: Surroundings) => Promise<ExitCode>) => Promise<void>;
