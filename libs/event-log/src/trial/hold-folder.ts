import { lockDataFolder } from '../embedded/index.ts';

/* Program of the engine's tests: `hold-folder {folder}`. Takes the folder, says so, and keeps it until it is killed. */
lockDataFolder(process.argv[2]!);
process.stdout.write('held\n');
setInterval(() => undefined, 60_000);
