// Alerts (预警): what many complaints together say, what figures say, what is due, and who asked for what it may not see.
export { parseAlertPolicy, shippedAlerts, type AlertPolicy } from './alert-policy.ts';
export { alertsTable } from './alerts.module.ts';
export * from './events.ts';
export { RefusedReadRecorder, refusedReadsTable } from './refused-reads.ts';
export { alertsView, type AlertDocument } from './views/alerts.ts';
