// Cases (案件): from the clue or the report to the decision, its publicity, execution and closing; and complaints that become cases.
export { casesTable } from './cases.module.ts';
export * from './commands.ts';
export { CASE_STATUSES, type CaseStatus } from './enforcement-case.ts';
export * from './events.ts';
export { casesView, type CaseDocument } from './views/cases.ts';
