// Court referrals (诉调对接): a dispute goes on from mediation to the court, or comes from the court to be mediated.
export * from './commands.ts';
export { referralsTable } from './court-referral.module.ts';
export * from './events.ts';
export { packageOf } from './material-package.ts';
export type { ReferralDocument, ReferralStatus } from './views/court-referrals.ts';
export { REFERRAL_STATUSES, referralsView } from './views/court-referrals.ts';
