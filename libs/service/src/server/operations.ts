import type { Role } from '#access';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Page, ParkedEvent, ProjectionStatus, RebuildReport, ReplayReport } from '#read-models';
import { ProblemError } from '../problem.ts';
import { authoriseScope } from '../command-service.ts';
import { authoriseRole, limitOf, single } from '../query-service.ts';
import { problem, PROBLEM_RESPONSES, type DocumentedRoute } from './openapi.ts';
import { principalOf, type Reply, type Request } from './request.ts';
import { Telemetry } from './telemetry.ts';

export interface Readiness {
  readonly ready: boolean;
  /** Per part, `ok` or what is wrong with it. */
  readonly parts: Readonly<Record<string, string>>;
}

/** What operators see and do. Implemented by whatever hosts the engines. */
export abstract class Operations {
  abstract readiness(): Promise<Readiness>;
  abstract head(): Promise<number>;
  abstract projections(): Promise<readonly ProjectionStatus[]>;
  abstract parked(
    projection: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<ParkedEvent>>;
  abstract replayParked(projection: string, key: string): Promise<ReplayReport>;
  abstract rebuild(projection: string): Promise<RebuildReport>;
}

const OPERATOR_ROLES = ['auditor'] as const;

@Controller()
export class OperationsController {
  constructor(
    @Inject(Operations) private readonly operations: Operations,
    @Inject(Telemetry) private readonly telemetry: Telemetry,
  ) {}

  @Get('healthz')
  health(): object {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<object> {
    const readiness = await this.operations.readiness();
    void reply.status(readiness.ready ? 200 : 503);
    return { status: readiness.ready ? 'ok' : 'unavailable', parts: readiness.parts };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus(): Promise<string> {
    this.telemetry.projections(await this.operations.head(), await this.operations.projections());
    return this.telemetry.registry.metrics();
  }

  @Get('v1/projections')
  async projections(@Req() request: Request): Promise<object> {
    authoriseOperator(request, OPERATOR_ROLES);
    return { items: await this.operations.projections(), next: null };
  }

  @Get('v1/projections/:name/parked')
  async parked(
    @Req() request: Request,
    @Param('name') name: string,
    @Query() parameters: Record<string, string | string[] | undefined>,
  ): Promise<Page<ParkedEvent>> {
    authoriseOperator(request, OPERATOR_ROLES);
    const cursor = parameters['cursor'] === undefined ? undefined : single('cursor', parameters['cursor']);
    return this.operations.parked(await this.known(name), cursor, limitOf(parameters['limit']));
  }

  @Post('v1/projections/:name/replay-parked')
  @HttpCode(200)
  async replayParked(@Req() request: Request, @Param('name') name: string, @Body() body: unknown): Promise<object> {
    authoriseOperator(request, []);
    const key = (body as { key?: unknown } | null)?.key;
    if (typeof key !== 'string' || key === '') {
      throw new ProblemError(422, 'MISSING_FIELD', 'key is required', [
        { field: 'key', code: 'MISSING_FIELD', reason: 'key is required' },
      ]);
    }
    return this.operations.replayParked(await this.known(name), key);
  }

  @Post('v1/projections/:name/rebuild')
  @HttpCode(200)
  async rebuild(@Req() request: Request, @Param('name') name: string): Promise<RebuildReport> {
    authoriseOperator(request, []);
    return this.operations.rebuild(await this.known(name));
  }

  private async known(name: string): Promise<string> {
    const names = (await this.operations.projections()).map((status) => status.name);
    if (!names.includes(name)) throw new ProblemError(404, 'NOT_FOUND', `there is no projection ${name}`);
    return name;
  }
}

/** Read models belong to everybody's data, so that a key bound to a part of it neither sees nor moves them. */
function authoriseOperator(request: Request, roles: readonly Role[]): void {
  const principal = principalOf(request);
  authoriseRole(principal, roles);
  authoriseScope(principal, { region: null, subject: null });
}

const NAME = { name: 'name', in: 'path', required: true, schema: { type: 'string' } };
const answer = (description: string): object => ({
  description,
  content: { 'application/json': { schema: { type: 'object' } } },
});
const operation = (operationId: string, summary: string, more: object = {}): DocumentedRoute['operation'] => ({
  tags: ['operations'],
  operationId,
  summary,
  responses: { 200: answer('Done'), ...PROBLEM_RESPONSES },
  ...more,
});
const open = (operationId: string, summary: string): DocumentedRoute['operation'] => ({
  tags: ['operations'],
  operationId,
  summary,
  security: [],
  responses: { 200: answer('Yes'), 429: PROBLEM_RESPONSES['429'], 503: answer('Not now') },
});

/** The metrics follow the log like a projection, and are listed with them. */
const NO_DOCUMENTS = problem('It follows the log without keeping documents');

export const operationsRoutes: readonly DocumentedRoute[] = [
  { method: 'get', path: '/healthz', operation: open('health', 'The process is alive') },
  { method: 'get', path: '/readyz', operation: open('readiness', 'The engines answer, the projections follow') },
  {
    method: 'get',
    path: '/metrics',
    operation: {
      ...open('prometheus', 'Prometheus metrics'),
      responses: {
        200: { description: 'Text format', content: { 'text/plain': { schema: { type: 'string' } } } },
        429: PROBLEM_RESPONSES['429'],
      },
    },
  },
  {
    method: 'get',
    path: '/v1/projections',
    operation: operation('listProjections', 'Projections with their checkpoint and lag'),
  },
  {
    method: 'get',
    path: '/v1/projections/{name}/parked',
    operation: operation('listParked', 'Events a projection could not take, with the reason', { parameters: [NAME] }),
  },
  {
    method: 'post',
    path: '/v1/projections/{name}/replay-parked',
    operation: operation('replayParked', 'Take the parked events of a key again', {
      parameters: [NAME],
      responses: { 200: answer('Done'), ...PROBLEM_RESPONSES, 409: NO_DOCUMENTS, 422: problem('The key is missing') },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } },
          },
        },
      },
    }),
  },
  {
    method: 'post',
    path: '/v1/projections/{name}/rebuild',
    operation: operation('rebuildProjection', 'Build it anew beside the live one, compare, swap', {
      parameters: [NAME],
      responses: { 200: answer('Done'), ...PROBLEM_RESPONSES, 409: NO_DOCUMENTS },
    }),
  },
];
