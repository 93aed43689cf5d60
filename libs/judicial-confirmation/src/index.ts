// Judicial confirmation (司法确认): both parties of a mediation agreement ask a court, together, to make it enforceable.
export * from './commands.ts';
export * from './events.ts';
export { confirmationsTable } from './judicial-confirmation.module.ts';
export type { ConfirmationDocument, ConfirmationStatus } from './views/judicial-confirmations.ts';
export { CONFIRMATION_STATUSES, confirmationsView } from './views/judicial-confirmations.ts';
