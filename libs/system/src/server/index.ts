export { runService } from './run.ts';
export { serviceLogger, startService, type Service, type ServiceOptions } from './service.ts';
