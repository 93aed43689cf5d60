/**
 * A process that keeps people until it is killed or the disk refuses, and says on standard output what was acknowledged.
 * Arguments: data folder, prefix of the ids.
 */
import { writeSync } from 'node:fs';
import { openVault } from '../vault.ts';

const [folder, prefix] = process.argv.slice(2) as [string, string];
const vault = await openVault({ folder });
const say = (line: string) => writeSync(1, `${line}\n`);
say('open');

for (let round = 0, refused = false; !refused; round++) {
  await Promise.all(
    Array.from({ length: 16 }, async (_, i) => {
      const id = `${prefix}-${round}-${i}`;
      try {
        await vault.keep(new Map([[id, { name: `name of ${id}`, text: { content: 'x'.repeat(500) } }]]));
        say(`kept ${id}`);
      } catch (error) {
        refused = true;
        const { code, retryable } = error as { code: string; retryable: boolean };
        say(`refused ${id} ${code} ${retryable}`);
      }
    }),
  );
}

const first = `${prefix}-0-0`;
say(`still reads ${(await vault.read([first])).size === 1}`);
