// Lets a test start a TypeScript file as a process of its own, from source and without a build:
// node --experimental-transform-types --import test/typescript-loader.mjs FILE.ts
import { registerHooks } from 'node:module';
import { URL } from 'node:url';

const libs = new URL('../libs/', import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    const match = /^#([^/]+)(\/events)?$/.exec(specifier);
    if (match === null) return next(specifier, context);
    return next(new URL(`${match[1]}/src/${match[2] === undefined ? 'index' : 'events'}.ts`, libs).href, context);
  },
});
