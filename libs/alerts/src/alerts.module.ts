import { regions } from '#regions';
import { viewRow, type ContextTable, type Narrowed } from '#service';
import type { AlertPolicy } from './alert-policy.ts';
import { raisedAt } from './raised.ts';
import { ALERT_KINDS, alertsView, type AlertDocument } from './views/alerts.ts';

/** Alerts: `GET /v1/alerts`. They have no commands and no events of their own. */
export const alertsTable = (policy: AlertPolicy): ContextTable<null> => ({
  collection: 'alerts',
  category: 'alert',
  title: 'alert',
  schemas: {},
  initial: null,
  evolve: (state) => state,
  scopeOf: () => ({ region: null, subject: null }),
  commands: [],
  views: [
    viewRow<AlertDocument>({
      projection: alertsView,
      filters: { kind: 'kind', of: 'of' },
      narrowings: {
        state: {
          description: 'raised: what is an alert now; all: what is watched',
          values: ['raised', 'all'],
          of: (state, now) => inState(state, now, policy),
        },
        region: {
          description: 'a region code: the region and those within it',
          of: (code) =>
            /^\d{6,12}$/.test(code)
              ? { isShown: ({ region }) => region !== null && regions.covers(code, region) }
              : undefined,
        },
      },
      sort: { field: 'lastOn', order: 'desc' },
      roles: ['hotline', 'officer', 'enforcement', 'programme-office', 'auditor'],
      summary: `Alerts, the latest first: ${ALERT_KINDS.join(', ')}`,
      scopeOf: ({ region, respondentUscc }) => ({ region, subject: respondentUscc }),
      streamsOf: ({ kind, of }) => (kind === 'unanswered' ? [`negotiation-${of}`] : []),
      answer: ({ received, ...doc }, { now }) => {
        const raised = raisedAt({ received, ...doc }, now, policy);
        return { ...doc, state: raised === undefined ? 'watched' : 'raised', ...raised };
      },
    }),
  ],
});

function inState(state: string, now: number, policy: AlertPolicy): Narrowed<AlertDocument> | undefined {
  if (state === 'all') return {};
  return state === 'raised' ? { isShown: (doc) => raisedAt(doc, now, policy) !== undefined } : undefined;
}
