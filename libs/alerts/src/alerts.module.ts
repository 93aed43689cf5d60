import type { Role } from '#access';
import { regions } from '#regions';
import { viewRow, type AnswerMoment, type AnyViewRow, type ContextTable, type Narrowed } from '#service';
import type { AlertPolicy } from './alert-policy.ts';
import { raisedAt, RULE_OF } from './raised.ts';
import { alertsView, EVENT_ALERT_KINDS, type AlertDocument } from './views/alerts.ts';

export const ALERT_ROLES: readonly Role[] = ['hotline', 'officer', 'enforcement', 'programme-office', 'auditor'];
/** Who supervises authorities: a hotline need not know how another one does its work. */
const SUPERVISORS: readonly Role[] = ['officer', 'enforcement', 'programme-office', 'auditor'];
/** Who watches over those who handle reports: not they themselves. */
const OVERSEERS: readonly Role[] = ['auditor'];

/** What the reads of alerts call themselves; alerts have no commands and no streams of their own. */
export const alertsTable: ContextTable<null> = {
  collection: 'alerts',
  category: 'alert',
  title: 'alert',
  schemas: {},
  initial: null,
  evolve: (state) => state,
  scopeOf: () => ({ region: null, subject: null }),
  commands: [],
  views: [],
};

export const STATES = ['raised', 'all'] as const;

/** Alerts that rest on what was counted of events. */
export const eventAlertsRow = (policy: AlertPolicy): AnyViewRow =>
  viewRow<AlertDocument>({
    projection: alertsView,
    filters: { kind: 'kind', of: 'of', respondentUscc: 'respondentUscc' },
    narrowings: {
      state: {
        description: 'raised: what is an alert now; all: what is watched',
        values: STATES,
        of: (state, now, lawOf) => inState(state, (doc) => isRaised(doc, { now, lawOf }, policy)),
      },
      region: { description: 'a region code: the region and those within it', of: withinRegion },
    },
    sort: { field: 'lastOn', order: 'desc' },
    roles: ALERT_ROLES,
    summary: `Alerts by what was counted: ${EVENT_ALERT_KINDS.join(', ')}`,
    scopeOf: ({ region, respondentUscc }) => ({ region, subject: respondentUscc }),
    readersOf: ({ kind }) => readersOf(kind),
    streamsOf: ({ kind, of }) =>
      kind === 'unanswered' ? [`negotiation-${of}`] : kind === 'refused-read' ? [`refusedRead-${of}`] : [],
    answer: ({ kind, of, region, respondentUscc, lastOn, standing, refused, counted }, { now, lawOf }) => {
      const rule = RULE_OF[kind];
      const doc = { kind, of, region, respondentUscc, lastOn, counted, ...(standing && { standing }) };
      const raised = raisedAt(doc, now, policy, lawOf(null).calendar);
      return {
        ...{ kind, of, region, respondentUscc, lastOn },
        state: raised === undefined ? 'watched' : 'raised',
        rule: { name: rule, ...policy[rule] },
        ...(standing && { standing }),
        ...(refused && { refused }),
        ...raised,
      };
    },
  });

function isRaised(doc: AlertDocument, { now, lawOf }: Pick<AnswerMoment, 'now' | 'lawOf'>, policy: AlertPolicy) {
  return raisedAt(doc, now, policy, lawOf(null).calendar) !== undefined;
}

function readersOf(kind: AlertDocument['kind']): readonly Role[] | undefined {
  switch (kind) {
    case 'refused-read':
      return OVERSEERS;
    case 'reopened':
    case 'split':
    case 'left-late':
    case 'malicious':
    case 'withdrawn':
      return SUPERVISORS;
    default:
      return undefined;
  }
}

export function inState<Doc extends object>(state: string, isRaised: (doc: Doc) => boolean): Narrowed<Doc> | undefined {
  if (state === 'all') return {};
  return state === 'raised' ? { isShown: isRaised } : undefined;
}

export function withinRegion<Doc extends { readonly region: string | null }>(code: string): Narrowed<Doc> | undefined {
  if (!/^\d{6,12}$/.test(code)) return undefined;
  return { isShown: ({ region }) => region !== null && regions.covers(code, region) };
}
