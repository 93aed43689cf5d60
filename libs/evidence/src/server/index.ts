export { EvidenceController, EvidenceFiles } from './evidence.controller.ts';
export { evidenceRoutes } from './routes.ts';
