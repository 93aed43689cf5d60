// Proposals (待办建议): what one procedure makes possible or necessary in another, put before a person; nothing decides by itself.
export * from './commands.ts';
export * from './events.ts';
export { answersTo, answeredTypes } from './processes/answers.ts';
export { ProposalProcess, type ProposalProcessPorts } from './processes/proposal-process.ts';
export type { Siblings } from './processes/siblings.ts';
export { proposalsTable } from './proposals.module.ts';
export { proposalsView, type ProposalDocument } from './views/proposals.ts';
