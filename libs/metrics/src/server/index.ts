export { Figures, problemOfQuestion, textParameters } from './figures.ts';
export { MetricsController } from './metrics.controller.ts';
export { metricsRoutes } from './routes.ts';
