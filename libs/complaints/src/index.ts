// Complaints (投诉): the legal procedure at one competent authority.
export * from './commands.ts';
export { complaintsTable } from './complaints.module.ts';
export * from './events.ts';
export type { ComplaintDocument, ComplaintStatus } from './views/complaints.ts';
export { COMPLAINT_STATUSES, complaintsView } from './views/complaints.ts';
