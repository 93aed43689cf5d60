import { Controller, Get, Inject, Injectable, Param, Query, Req } from '@nestjs/common';
import { mayTouch, type Principal } from '#access';
import { normaliseUscc, type Clock } from '#kernel';
import type { FigureQuery, GroupedQuery, KnownAsOf } from '#metrics';
import type { Figures } from '#metrics/server';
import { programmes } from '#programmes';
import { regions } from '#regions';
import {
  authoriseRole,
  badParameter,
  limitOf,
  onlyParameters,
  ProblemError,
  single,
  type AnyViewRow,
  type ListAnswer,
  type QueryService,
} from '#service';
import { principalOf, type Request } from '#service/server';
import { ALERT_ROLES, alertsTable, eventAlertsRow, STATES } from '../alerts.module.ts';
import { DEADLINE_ALERT_KINDS, DEADLINE_ID, deadlineAlertsRow, type DeadlinePolicies } from '../deadline-alerts.ts';
import { FIGURE_ALERT_KINDS, figureAlerts, type FigureAlert, type FigureAnswers } from '../figure-alerts.ts';
import { EVENT_ALERT_KINDS } from '../views/alerts.ts';

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface AlertPorts extends DeadlinePolicies {
  readonly queries: QueryService;
  readonly figures: Figures;
  readonly clock: Clock;
}

/** One kind of source after the other; each pages in its own order. */
const SOURCES = ['events', 'figures', 'deadlines'] as const;
type Source = (typeof SOURCES)[number];
const KINDS: Readonly<Record<Source, readonly string[]>> = {
  events: EVENT_ALERT_KINDS,
  figures: FIGURE_ALERT_KINDS,
  deadlines: DEADLINE_ALERT_KINDS,
};

/** Figures over all units are not put together anew for every question: they may be so old. */
const FIGURES_MS = 30_000;
const PARAMETERS = ['kind', 'of', 'state', 'region', 'respondentUscc', 'cursor', 'limit', 'position'];

/** Alerts of every source, as one list. */
@Injectable()
export class Alerts {
  readonly #ports: AlertPorts;
  readonly #events: AnyViewRow;
  readonly #deadlines: AnyViewRow;
  #figures: { readonly at: number; readonly known: KnownAsOf; readonly alerts: readonly FigureAlert[] } | undefined;

  constructor(ports: AlertPorts) {
    this.#ports = ports;
    this.#events = eventAlertsRow(ports.alerts);
    this.#deadlines = deadlineAlertsRow(ports);
  }

  async list(principal: Principal, parameters: Parameters): Promise<ListAnswer> {
    authoriseRole(principal, ALERT_ROLES);
    onlyParameters(parameters, PARAMETERS);
    const { cursor, limit: _, ...asked } = parameters;
    const limit = limitOf(parameters['limit']);
    const state = asked['state'] === undefined ? 'raised' : single('state', asked['state']);
    if (!(STATES as readonly string[]).includes(state)) throw badParameter('state', `state is ${STATES.join(' or ')}`);
    const sources = sourcesOf(asked['kind']);
    const place = placeOf(cursor);
    const { source } = place;
    let { inner } = place;
    const items: object[] = [];
    for (let at = sources.findIndex((one) => SOURCES.indexOf(one) >= SOURCES.indexOf(source)); ; at++) {
      const one = at < 0 ? undefined : sources[at];
      if (one === undefined) return { items, next: null };
      if (one !== source) inner = undefined;
      const page = await this.#page(one, principal, { ...asked, state }, limit - items.length, inner);
      items.push(...page.items);
      if (page.next !== null) return { items, next: `${one}.${page.next}` };
      const following = sources[at + 1];
      if (items.length >= limit) return { items, next: following === undefined ? null : `${following}.` };
    }
  }

  async one(principal: Principal, id: string, parameters: Parameters): Promise<object> {
    authoriseRole(principal, ALERT_ROLES);
    onlyParameters(parameters, ['position']);
    if (sourceOf(id) === 'figures') {
      const found = (await this.#figureAlerts(parameters['position'])).find((alert) => alert.id === id);
      if (found === undefined || !mayKnow(principal, found)) throw notFound();
      return found;
    }
    const { row, key } = this.#rowOf(id);
    // An alert has no version: it is no object that one could change.
    const { version: _, ...alert } = await this.#ports.queries.one(alertsTable, row, key, { principal, parameters });
    return alert;
  }

  async events(principal: Principal, id: string, parameters: Parameters): Promise<ListAnswer> {
    authoriseRole(principal, ALERT_ROLES);
    onlyParameters(parameters, ['cursor', 'limit', 'position']);
    // Those behind a figure stand with each of its objects.
    if (sourceOf(id) === 'figures') return { items: [], next: null };
    const { row, key } = this.#rowOf(id);
    return this.#ports.queries.events(alertsTable, row, key, { principal, parameters });
  }

  #rowOf(id: string): { readonly row: AnyViewRow; readonly key: string } {
    return sourceOf(id) === 'deadlines'
      ? { row: this.#deadlines, key: id.slice(DEADLINE_ID.length) }
      : { row: this.#events, key: id };
  }

  async #page(
    source: Source,
    principal: Principal,
    asked: Parameters,
    limit: number,
    cursor: string | undefined,
  ): Promise<ListAnswer> {
    if (source === 'figures') return this.#figuresPage(principal, asked, limit, cursor);
    const parameters = { ...asked, limit: String(limit), ...(cursor !== undefined && { cursor }) };
    return this.#ports.queries.list(source === 'events' ? this.#events : this.#deadlines, { principal, parameters });
  }

  async #figuresPage(
    principal: Principal,
    { kind, of, region, respondentUscc, position }: Parameters,
    limit: number,
    cursor: string | undefined,
  ): Promise<ListAnswer> {
    const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
    const unit = respondentUscc === undefined ? undefined : single('respondentUscc', respondentUscc);
    const within = region === undefined ? undefined : single('region', region);
    if (within !== undefined && !/^\d{6,12}$/.test(within)) throw badParameter('region', 'region is a region code');
    const all = (await this.#figureAlerts(position)).filter(
      (alert) =>
        alert.id > after &&
        (kind === undefined || alert.kind === kind) &&
        (of === undefined || alert.of === of) &&
        (unit === undefined || alert.respondentUscc === (normaliseUscc(unit) ?? unit)) &&
        (within === undefined || (alert.region !== null && regions.covers(within, alert.region))) &&
        mayKnow(principal, alert),
    );
    const items = all.slice(0, limit);
    const last = items.at(-1);
    const next = all.length > limit && last !== undefined ? Buffer.from(last.id).toString('base64url') : null;
    return { items, next };
  }

  async #figureAlerts(position: Parameters[string]): Promise<readonly FigureAlert[]> {
    const { figures, clock, alerts: policy } = this.#ports;
    await figures.reach(position);
    const now = clock.now();
    const last = this.#figures;
    const isKnown = last !== undefined && now - last.at < FIGURES_MS && now >= last.at;
    if (isKnown && (position === undefined || last.known.position >= Number(position))) return last.alerts;
    const known = await figures.ask<KnownAsOf>('knownAsOf');
    const answers: FigureAnswers = {
      figure: (query: FigureQuery) => figures.ask('figure', query),
      figures: (query: GroupedQuery) => figures.ask('figures', query),
      subject: (uscc, asOf) => figures.ask('subject', uscc, asOf),
    };
    const alerts = await figureAlerts(programmes.values(), answers, known, policy);
    this.#figures = { at: now, known, alerts };
    return alerts;
  }
}

/** A unit is in its own region's bounds; a programme also in those of the regions within it, as its board is. */
function mayKnow(principal: Principal, { kind, region, respondentUscc }: FigureAlert): boolean {
  const bound = principal.scope.region;
  if (kind === 'target-behind' && bound !== null && region !== null && regions.covers(region, bound)) {
    return principal.scope.subject === null;
  }
  return mayTouch(principal, { region, subject: respondentUscc });
}

function sourcesOf(kind: Parameters[string]): readonly Source[] {
  if (kind === undefined) return SOURCES;
  const asked = single('kind', kind);
  const sources = SOURCES.filter((source) => KINDS[source].includes(asked));
  if (sources.length === 0) throw badParameter('kind', `kind is one of ${Object.values(KINDS).flat().join(', ')}`);
  return sources;
}

function sourceOf(id: string): Source {
  if (id.startsWith(DEADLINE_ID)) return 'deadlines';
  return FIGURE_ALERT_KINDS.some((kind) => id.startsWith(`${kind}:`)) ? 'figures' : 'events';
}

function placeOf(cursor: Parameters[string]): { source: Source; inner: string | undefined } {
  if (cursor === undefined) return { source: 'events', inner: undefined };
  const text = single('cursor', cursor);
  const dot = text.indexOf('.');
  const source = SOURCES.find((one) => one === text.slice(0, Math.max(0, dot)));
  if (source === undefined) throw badParameter('cursor', 'the cursor is none that a page handed out', 'BAD_CURSOR');
  const inner = text.slice(dot + 1);
  return { source, inner: inner === '' ? undefined : inner };
}

function notFound(): ProblemError {
  return new ProblemError(404, 'NOT_FOUND', 'there is no alert with this id');
}

/** 预警: what needs somebody's eye now, and why. */
@Controller('v1/alerts')
export class AlertsController {
  constructor(@Inject(Alerts) private readonly alerts: Alerts) {}

  @Get()
  list(@Req() request: Request, @Query() parameters: Parameters): Promise<ListAnswer> {
    return this.alerts.list(principalOf(request), parameters);
  }

  @Get(':id')
  one(@Req() request: Request, @Param('id') id: string, @Query() parameters: Parameters): Promise<object> {
    return this.alerts.one(principalOf(request), id, parameters);
  }

  @Get(':id/events')
  events(@Req() request: Request, @Param('id') id: string, @Query() parameters: Parameters): Promise<ListAnswer> {
    return this.alerts.events(principalOf(request), id, parameters);
  }
}
