export { TimelineController, Timelines } from './timeline.controller.ts';
export { timelineRoutes } from './routes.ts';
