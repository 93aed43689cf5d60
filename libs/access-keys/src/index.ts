// Access keys: issued, rotated and revoked through the log, and looked up from memory.
export { accessKeysContext } from './access-keys.module.ts';
export * from './commands.ts';
export { ensureAdministrator } from './ensure-administrator.ts';
export type { EnsureAdministratorOptions } from './ensure-administrator.ts';
export * from './events.ts';
export { KeyRing } from './key-ring.ts';
export type { KeyRingParts } from './key-ring.ts';
export { accessKeysView } from './views/access-keys.ts';
export type { AccessKeyDocument } from './views/access-keys.ts';
