import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Whether a folder's vault has ever kept anybody, asked without opening it for writing. A vault that cannot be read has. */
export function vaultHoldsPeople(folder: string): boolean {
  try {
    const database = new DatabaseSync(join(folder, 'vault.db'), { readOnly: true });
    try {
      return database.prepare('SELECT 1 FROM person LIMIT 1').get() !== undefined;
    } finally {
      database.close();
    }
  } catch (error) {
    return !/unable to open|no such table/.test(error instanceof Error ? error.message : '');
  }
}
