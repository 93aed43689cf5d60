// Mediation (调解) of every kind, and the roster of the bodies and mediators who do it.
export * from './commands.ts';
export * from './events.ts';
export { mediationsTable } from './mediation.module.ts';
export { ROSTER_STATUSES, type RosterStatus } from './mediation-body.ts';
export * from './roster-commands.ts';
export { mediationBodiesTable, mediatorsTable } from './roster.module.ts';
export { mediationBodiesView, type MediationBodyDocument } from './views/mediation-bodies.ts';
export {
  MEDIATION_STATUSES,
  mediationsView,
  type MediationDocument,
  type MediationStatus,
} from './views/mediations.ts';
export { mediatorsView, type MediatorDocument } from './views/mediators.ts';
