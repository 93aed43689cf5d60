export { ProgrammesController } from './programmes.controller.ts';
export { programmesRoutes } from './routes.ts';
