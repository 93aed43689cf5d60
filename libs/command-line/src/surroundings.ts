import type { OpenDataFolder } from './data-folder.ts';

/** What a command may touch of its process. */
export interface Surroundings {
  /** Words after the program's name. */
  readonly arguments: readonly string[];
  /** Of the program, for `--version`. */
  readonly version?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard input, for the commands that read `-`. */
  readonly input?: AsyncIterable<Uint8Array | string>;
  /** Results only. */
  readonly out: Output;
  /** Progress, logs, errors. */
  readonly err: Output;
  /** Serves a data folder in this process, as long as the command runs. */
  readonly openDataFolder: OpenDataFolder;
  /** Ctrl-C: a command stops where it can be continued. */
  readonly signal?: AbortSignal;
}

export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}
