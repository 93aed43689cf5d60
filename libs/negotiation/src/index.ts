// Negotiations (和解): the parties settle between themselves, in the ODR console or at another venue.
export * from './commands.ts';
export * from './events.ts';
export { negotiationsTable } from './negotiation.module.ts';
export type { NegotiationDocument, NegotiationStatus } from './views/negotiations.ts';
export { NEGOTIATION_STATUSES, negotiationsView } from './views/negotiations.ts';
