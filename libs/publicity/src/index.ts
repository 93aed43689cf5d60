// Publicity of complaint information (投诉信息公示): what came of a complaint is shown to everybody, redacted, for a time.
export * from './commands.ts';
export * from './events.ts';
export { publicationQueueTable, publicationsTable } from './publicity.module.ts';
export type { PublicationDocument, PublicationStatus } from './views/publication-queue.ts';
export { PUBLICATION_STATUSES, publicationQueueView } from './views/publication-queue.ts';
export type { PublishedDocument } from './views/publications.ts';
export { publicationsView } from './views/publications.ts';
