export { createApplication, type ApplicationParts } from './application.ts';
export { problemOf, SERVER_CODES } from './filter.ts';
export { problem, PROBLEM_RESPONSES, type DocumentedRoute } from './openapi.ts';
export { Operations, type Readiness } from './operations.ts';
export { idempotencyKeyOf, principalOf, type Reply, type Request } from './request.ts';
