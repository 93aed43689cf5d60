import { PROBLEM_RESPONSES, type DocumentedRoute } from '#service/server';
import { GROUPINGS } from '../figure.ts';

const text = (name: string, description: string, more: object = {}): object => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', ...more },
});

const ID = { name: 'id', in: 'path', required: true, description: 'M-01 or its name', schema: { type: 'string' } };
const FIGURE_PARAMETERS = [
  text('region', 'Region code; regions within it count as well'),
  text('subject', 'USCC'),
  text('from', 'First legal day of the window', { format: 'date' }),
  text('to', 'First legal day after the window (half-open)', { format: 'date' }),
  text('asOf', 'What was known: an instant with an offset, or a position'),
  text('variant', 'Variant of the formula'),
  text('formula', 'Version of the formula'),
  text('position', 'Answer when the figures have reached this position'),
];
const answer = (description: string): object => ({
  200: { description, content: { 'application/json': { schema: { type: 'object' } } } },
  ...PROBLEM_RESPONSES,
});

/** OpenAPI operations of the metrics routes. */
export const metricsRoutes: readonly DocumentedRoute[] = [
  {
    method: 'get',
    path: '/v1/metrics',
    operation: {
      tags: ['metrics'],
      operationId: 'listMetrics',
      summary: 'Metrics and the versions of their formulas',
      responses: answer('All metrics'),
    },
  },
  {
    method: 'get',
    path: '/v1/metrics/{id}',
    operation: {
      tags: ['metrics'],
      operationId: 'getFigure',
      summary: 'A figure, exact, with its exclusions, formula and state of knowledge; a list of them with groupBy',
      parameters: [ID, ...FIGURE_PARAMETERS, text('groupBy', 'One figure per part', { enum: GROUPINGS })],
      responses: answer('The figure'),
    },
  },
  {
    method: 'get',
    path: '/v1/metrics/{id}/objects',
    operation: {
      tags: ['metrics'],
      operationId: 'listCountedObjects',
      summary: 'The objects counted and excluded, each with the events behind it',
      parameters: [
        ID,
        ...FIGURE_PARAMETERS,
        text('counted', 'Only these', { enum: ['numerator', 'denominator', 'excluded'] }),
        text('cursor', '`next` of the page before'),
        { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
      ],
      responses: answer('A page'),
    },
  },
];
