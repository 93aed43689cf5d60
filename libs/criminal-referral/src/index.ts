// Criminal referral (行刑衔接): a suspected crime on its way from the authority to the police, with its hours and days.
export * from './commands.ts';
export { CRIMINAL_REFERRAL_STATUSES, type CriminalReferralStatus } from './criminal-referral.ts';
export { criminalReferralsTable } from './criminal-referral.module.ts';
export * from './events.ts';
export { criminalReferralsView, type CriminalReferralDocument } from './views/criminal-referrals.ts';
