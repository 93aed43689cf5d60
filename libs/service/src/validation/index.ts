export * from './is-instant.ts';
export * from './is-local-date.ts';
export * from './is-object-id.ts';
export * from './is-region-code.ts';
export * from './is-text.ts';
export * from './is-uscc.ts';
export * from './schemas.ts';
export * from './compile.ts';
