import { PROBLEM_RESPONSES, type DocumentedRoute } from '#service/server';

const inQuery = (name: string, description: string, values?: readonly string[]): object => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', ...(values === undefined ? {} : { enum: values }) },
});

/** OpenAPI operation of the timeline. */
export const timelineRoutes: readonly DocumentedRoute[] = [
  {
    method: 'get',
    path: '/v1/disputes/{id}/timeline',
    operation: {
      tags: ['disputes'],
      operationId: 'getTimeline',
      summary: 'Everything that happened in a dispute, in every procedure, in order and in words',
      parameters: [
        { name: 'id', in: 'path', required: true, description: 'Id of the dispute', schema: { type: 'string' } },
        inQuery('order', 'By when it happened (unless said), or by when the log took it', ['occurred', 'recorded']),
        inQuery('cursor', 'Where the page before ended'),
        inQuery('limit', '1 to 200; 50 unless said'),
        inQuery('position', 'Answer when the views have reached this position'),
      ],
      responses: {
        200: {
          description: 'A page of entries',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        ...PROBLEM_RESPONSES,
      },
    },
  },
];
