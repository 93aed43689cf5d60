export * from './may-touch.ts';
export * from './role.ts';
export * from './secret.ts';
