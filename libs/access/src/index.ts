// Roles, bounds of a key, secrets and their hashes: who may do what, where.
export * from './authority.ts';
export * from './may-read.ts';
export * from './may-touch.ts';
export * from './role.ts';
export * from './secret.ts';
