import { PROBLEM_RESPONSES, type DocumentedRoute } from '#service/server';

const path = (name: string, description: string): object => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
const PROGRAMME = path('programme', '`shanxi`, `zibo-2023-2025`');
const AS_OF = [
  {
    name: 'asOf',
    in: 'query',
    description: 'What was known: an instant with an offset, or a position',
    schema: { type: 'string' },
  },
  {
    name: 'position',
    in: 'query',
    description: 'Answer when the figures have reached this position',
    schema: { type: 'string' },
  },
];
const operation = (
  operationId: string,
  summary: string,
  parameters: readonly object[],
): DocumentedRoute['operation'] => ({
  tags: ['programmes'],
  operationId,
  summary,
  parameters,
  responses: {
    200: {
      description: 'The answer, with its evidence',
      content: { 'application/json': { schema: { type: 'object' } } },
    },
    ...PROBLEM_RESPONSES,
    422: PROBLEM_RESPONSES['400'],
  },
});

/** OpenAPI operations of the programme routes. */
export const programmesRoutes: readonly DocumentedRoute[] = [
  { method: 'get', path: '/v1/programmes', operation: operation('listProgrammes', 'Programmes there are', []) },
  {
    method: 'get',
    path: '/v1/programmes/{programme}/verdicts/{subject}',
    operation: operation(
      'getVerdict',
      'Whether a unit fulfils the conditions, or a region the targets, one by one with evidence',
      [PROGRAMME, path('subject', 'USCC of a unit, or a region code'), ...AS_OF],
    ),
  },
  {
    method: 'get',
    path: '/v1/programmes/{programme}/targets',
    operation: operation('getTargetBoard', 'Value, actual, gap and status of every target', [PROGRAMME, ...AS_OF]),
  },
];
