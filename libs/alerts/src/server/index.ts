export { Alerts, AlertsController, type AlertPorts } from './alerts.controller.ts';
export { alertsRoutes } from './routes.ts';
