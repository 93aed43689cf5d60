import { fileURLToPath } from 'node:url';

/** Options with which plain Node runs the sources, in a process or thread of its own. */
export const FROM_SOURCE = [
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  '--import',
  fileURLToPath(new URL('../../../../test/typescript-loader.mjs', import.meta.url)),
];
