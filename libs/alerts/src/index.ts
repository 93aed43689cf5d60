// Alerts (预警): what many complaints together say, and what stands unanswered, by thresholds that a place may set.
export { alertsTable } from './alerts.module.ts';
export { parseAlertPolicy, shippedAlerts, type AlertPolicy } from './alert-policy.ts';
export { alertsView, type AlertDocument } from './views/alerts.ts';
