// Subjects (市场主体) under their social credit code, and their ODR memberships.
export * from './commands.ts';
export * from './events.ts';
export type { MembershipStatus, OdrMembership } from './odr-membership.ts';
export { MEMBERSHIP_STATUSES } from './odr-membership.ts';
export * from './registry.module.ts';
export type { RegisteredSubject, Subject } from './subject.ts';
export * from './views/odr-memberships.ts';
export * from './views/subjects.ts';
