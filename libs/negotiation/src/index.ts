export * from './commands.ts';
export * from './events.ts';
export { negotiationContext } from './negotiation.module.ts';
export type { NegotiationDocument, NegotiationStatus } from './views/negotiations.ts';
export { NEGOTIATION_STATUSES } from './views/negotiations.ts';
