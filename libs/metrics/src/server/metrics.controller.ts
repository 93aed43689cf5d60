import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { regions } from '#regions';
import type { Principal } from '#access';
import { normaliseUscc, parseLocalDate } from '#kernel';
import { badParameter, limitOf, ProblemError, QueryService, REGION_CODE } from '#service';
import { principalOf, type Request } from '#service/server';
import { readCursor } from '../drill-down.ts';
import type { Figure, Grouping } from '../figure.ts';
import { formulaBook } from '../formula-book.ts';
import type { FigureQuery, MetricDescription, ObjectsPage } from '../query.ts';
import { authoriseQuestion } from './disclosure.ts';
import { Figures, textParameters } from './figures.ts';

type Question = Pick<FigureQuery, 'metric' | 'subject'> & { readonly groupBy?: Grouping | undefined };
type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

const FIGURE_PARAMETERS = ['region', 'subject', 'from', 'to', 'asOf', 'variant', 'formula', 'position'] as const;

/** Figures (指标), exact and explained; see the interface of `GET /v1/metrics/{id}`. */
@Controller('v1/metrics')
export class MetricsController {
  constructor(
    @Inject(Figures) private readonly figures: Figures,
    @Inject(QueryService) private readonly queries: QueryService,
  ) {}

  @Get()
  async metrics(@Req() request: Request, @Query() parameters: Parameters): Promise<object> {
    principalOf(request);
    textParameters(parameters, []);
    return { items: await this.figures.ask<MetricDescription[]>('metrics'), next: null };
  }

  @Get(':id')
  async figure(@Req() request: Request, @Param('id') id: string, @Query() parameters: Parameters): Promise<object> {
    const texts = textParameters(parameters, [...FIGURE_PARAMETERS, 'groupBy']);
    const principal = principalOf(request);
    const query = this.query(principal, id, texts);
    const groupBy = texts['groupBy'] as Grouping | undefined;
    this.authorise(principal, { ...query, groupBy }, 'figures');
    await this.figures.reach(texts['position']);
    if (groupBy === undefined) return this.figures.ask<Figure>('figure', query);
    return { items: await this.figures.ask<readonly Figure[]>('figures', { ...query, groupBy }), next: null };
  }

  @Get(':id/objects')
  async objects(
    @Req() request: Request,
    @Param('id') id: string,
    @Query() parameters: Parameters,
  ): Promise<ObjectsPage> {
    const texts = textParameters(parameters, [...FIGURE_PARAMETERS, 'counted', 'cursor', 'limit']);
    const principal = principalOf(request);
    const query = this.query(principal, id, texts);
    this.authorise(principal, query, 'objects');
    const cursor = texts['cursor'];
    if (cursor !== undefined && readCursor(cursor) === undefined)
      throw badParameter('cursor', 'cursor is not one of this list', 'BAD_CURSOR');
    const limit = limitOf(texts['limit']);
    await this.figures.reach(texts['position']);
    return this.figures.ask<ObjectsPage>('objects', { ...query, counted: texts['counted'], cursor, limit });
  }

  /** Who asks for reports behind a figure, and may not see them, is written down as of a guarded view. */
  private authorise(principal: Principal, query: Question, asks: 'figures' | 'objects'): void {
    try {
      authoriseQuestion(principal, query, asks, formulaBook);
    } catch (error) {
      const isOfReports = formulaBook.versionsOf(query.metric)?.some(({ unit }) => unit === 'report') === true;
      if (isOfReports && error instanceof ProblemError)
        this.queries.tellRefused({ principal, view: 'report-figures', code: error.code });
      throw error;
    }
  }

  /** The question, within the bounds of the key: a bound key that names no scope asks for its own. */
  private query(
    principal: Principal,
    metric: string,
    texts: Readonly<Record<string, string | undefined>>,
  ): FigureQuery {
    const bound = principal.scope;
    const region = texts['region'] ?? bound.region ?? undefined;
    const subject = texts['subject'] === undefined ? (bound.subject ?? undefined) : usccOf(texts['subject']);
    // The form that commands take: a code that no table knows yet must be findable when it was written.
    if (region !== undefined && !REGION_CODE.test(region))
      throw badParameter('region', 'not a region code', 'INVALID_REGION');
    if (bound.region !== null && region !== undefined && !regions.covers(bound.region, region)) {
      throw new ProblemError(403, 'OUT_OF_REGION', 'the key is bound to another region');
    }
    if (bound.subject !== null && subject !== bound.subject) {
      throw new ProblemError(403, 'OUT_OF_SUBJECT', 'the key is bound to another subject');
    }
    for (const side of ['from', 'to'] as const) {
      const day = texts[side];
      if (day !== undefined && parseLocalDate(day) === undefined)
        throw badParameter(side, `${side} is no calendar day YYYY-MM-DD`, 'INVALID_DATE');
    }
    return {
      metric,
      region,
      subject,
      from: texts['from'],
      to: texts['to'],
      asOf: this.figures.asOf(texts['asOf']),
      variant: texts['variant'],
      formula: texts['formula'],
    };
  }
}

function usccOf(text: string): string {
  const uscc = normaliseUscc(text);
  if (uscc === undefined) throw badParameter('subject', 'not a unified social credit code', 'INVALID_USCC');
  return uscc;
}
