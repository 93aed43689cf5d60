// Proposals (待办建议): what one procedure makes possible or necessary in another, put before a person, and what follows in another
// without one.
export * from './commands.ts';
export * from './events.ts';
export { answersTo, answeredTypes, asksForSettlements, commandOf } from './processes/answers.ts';
export { ProposalProcess, type ProposalProcessPorts } from './processes/proposal-process.ts';
export { proposalsTable } from './proposals.module.ts';
export { proposalsView, type ProposalDocument } from './views/proposals.ts';
