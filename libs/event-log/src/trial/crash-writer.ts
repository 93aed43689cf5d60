import { systemClock } from '#kernel';
import { crashSchemas, writeUntilKilled } from '../contract/crash-plan.ts';
import { openEmbeddedEventLog } from '../embedded/index.ts';

/* Program of the contract suite: `crash-writer {folder} {seed}`. Writes until it is killed. */
const [folder, seed] = process.argv.slice(2);
await writeUntilKilled(openEmbeddedEventLog({ folder: folder!, clock: systemClock, schemas: [crashSchemas] }), seed!);
