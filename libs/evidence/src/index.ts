// Evidence (证据): files that prove something, kept outside the log under a key of their own, with their hash in it.
export * from './commands.ts';
export { evidenceTable, recordEvidenceRow, eraseEvidenceRow } from './evidence.module.ts';
export * from './events.ts';
export { EvidenceStore, type StoredFile } from './evidence-store.ts';
export { MEDIA_TYPES, mediaTypeOf, type MediaType } from './media-type.ts';
export { evidenceView, type EvidenceDocument } from './views/evidence.ts';
