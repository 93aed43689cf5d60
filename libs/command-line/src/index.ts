// The command line `fangxin`: one file per command, over HTTP or on a data folder.
export { program, runCommandLine } from './command-line.ts';
export type { LocalService, OpenDataFolder, OpenFolderOptions } from './data-folder.ts';
export { EXIT, type ExitCode } from './exit.ts';
export type { Output, Surroundings } from './surroundings.ts';
