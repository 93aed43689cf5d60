// The vault of persons: personal data sealed under one key per person, matching tokens, redaction by role, erasure.
export { KEY_FILE, loadKeyring } from './keyring.ts';
export type { Keyring, KeyOverrides } from './keyring.ts';
export { likenessBands, likenessOf } from './likeness.ts';
export * from './port.ts';
export * from './presentation.ts';
export * from './redaction.ts';
export { normaliseName, normalisePhone } from './tokens.ts';
export { vaultHoldsPeople } from './holds-people.ts';
export type { SweptMark } from './vault-file.ts';
export { openVault, type EmbeddedVault, type SealedPeople } from './vault.ts';
export type { VaultOptions } from './vault.ts';
