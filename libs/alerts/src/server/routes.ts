import { PROBLEM_RESPONSES, type DocumentedRoute } from '#service/server';
import { STATES } from '../alerts.module.ts';
import { DEADLINE_ALERT_KINDS } from '../deadline-alerts.ts';
import { FIGURE_ALERT_KINDS } from '../figure-alerts.ts';
import { EVENT_ALERT_KINDS } from '../views/alerts.ts';

const inQuery = (name: string, description: string, values?: readonly string[]): object => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', ...(values === undefined ? {} : { enum: values }) },
});
const ID = { name: 'id', in: 'path', required: true, description: 'Id of the alert', schema: { type: 'string' } };
const POSITION = inQuery('position', 'Answer when the views have reached this position');
const PAGE = [inQuery('cursor', 'Where the page before ended'), inQuery('limit', '1 to 200; 50 unless said')];
const KINDS = [...EVENT_ALERT_KINDS, ...FIGURE_ALERT_KINDS, ...DEADLINE_ALERT_KINDS];

const operation = (
  operationId: string,
  summary: string,
  parameters: readonly object[],
): DocumentedRoute['operation'] => ({
  tags: ['alerts'],
  operationId,
  summary,
  parameters,
  responses: {
    200: { description: 'The answer', content: { 'application/json': { schema: { type: 'object' } } } },
    ...PROBLEM_RESPONSES,
  },
});

/** OpenAPI operations of the alerts. */
export const alertsRoutes: readonly DocumentedRoute[] = [
  {
    method: 'get',
    path: '/v1/alerts',
    operation: operation('listAlerts', 'Alerts as they stand now: by what was counted, by figures, and by deadlines', [
      inQuery('kind', 'Only these', KINDS),
      inQuery('of', 'What it is about: USCC, sector, region, authority, id of an object or a target'),
      inQuery('state', 'raised (unless said): what is an alert now; all: what is watched', STATES),
      inQuery('region', 'A region code: the region and those within it'),
      inQuery('respondentUscc', 'USCC of a unit'),
      ...PAGE,
      POSITION,
    ]),
  },
  {
    method: 'get',
    path: '/v1/alerts/{id}',
    operation: operation('getAlert', 'One alert, raised or watched, with rule, threshold, figure and ids', [
      ID,
      POSITION,
    ]),
  },
  {
    method: 'get',
    path: '/v1/alerts/{id}/events',
    operation: operation('listAlertEvents', 'The events of the one object that it is about, where it is about one', [
      ID,
      ...PAGE,
      POSITION,
    ]),
  },
];
