export { openDataFolder } from './open-data-folder.ts';
