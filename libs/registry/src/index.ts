// Subjects (市场主体) under their social credit code, their stores and promises, ODR memberships, service stations, and
// schemes of advance compensation.
export * from './commands.ts';
export * from './events.ts';
export { SCHEME_STATUSES, type AdvanceScheme, type SchemeStatus } from './advance-scheme.ts';
export type { Commitment } from './commitment.ts';
export type { MembershipStatus, OdrMembership } from './odr-membership.ts';
export { MEMBERSHIP_STATUSES } from './odr-membership.ts';
export * from './registry.module.ts';
export * from './schemes.module.ts';
export { STATION_STATUSES, type ServiceStation, type StationStatus } from './service-station.ts';
export * from './stations.module.ts';
export type { Store } from './store.ts';
export * from './stores.module.ts';
export type { RegisteredSubject, Subject } from './subject.ts';
export * from './views/advance-schemes.ts';
export * from './views/commitments.ts';
export * from './views/odr-memberships.ts';
export * from './views/service-stations.ts';
export * from './views/stores.ts';
export * from './views/subjects.ts';
