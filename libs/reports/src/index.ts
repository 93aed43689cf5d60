// Reports (举报): a clue of a violation, from its receipt to the decision on filing a case. Who reported is confidential.
export * from './commands.ts';
export * from './events.ts';
export { reportsTable } from './reports.module.ts';
export type { ReportDocument, ReportStatus } from './views/reports.ts';
export { REPORT_STATUSES, reportsView } from './views/reports.ts';
