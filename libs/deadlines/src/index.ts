// Deadlines (期限) across all procedures: what is open and due, reminders, expiry, and reading anew when the calendar is amended.
export * from './commands.ts';
export * from './events.ts';
export { deadlinesTable, recomputationTable } from './deadlines.module.ts';
export { ClockProcess, type ClockProcessPorts } from './processes/clock-process.ts';
export { momentsOf, parseReminderPolicy, planFor, shippedReminders, type ReminderPolicy } from './reminder-policy.ts';
export { sourceOf } from './sources.ts';
export { deadlineKey, deadlinesView, type DeadlineDocument } from './views/deadlines.ts';
