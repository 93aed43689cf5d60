import fastifyRateLimit from '@fastify/rate-limit';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import helmet from 'helmet';
import { LogController, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Authenticator } from '#access';
import type { AnyContextTable } from '../context.ts';
import { CommandService } from '../command-service.ts';
import { ProblemError } from '../problem.ts';
import { QueryService } from '../query-service.ts';
import type { Settings } from '../settings.ts';
import { isNdjson } from './batch.ts';
import { commandHandlers, contextController } from './controllers.ts';
import { ProblemFilter, Problems } from './filter.ts';
import { openApiDocument, type DocumentedRoute } from './openapi.ts';
import { Operations, OperationsController, operationsRoutes } from './operations.ts';
import { lookUpPrincipal, principalOf, type Reply, type Request } from './request.ts';
import { Telemetry } from './telemetry.ts';

export interface ApplicationParts {
  readonly tables: readonly AnyContextTable[];
  /** Controllers beside those of the tables, with their documentation. */
  readonly controllers: readonly Type<unknown>[];
  readonly routes: readonly DocumentedRoute[];
  readonly providers: readonly Provider[];
  readonly commands: CommandService;
  readonly queries: QueryService;
  readonly operations: Operations;
  readonly authenticator: Authenticator;
  readonly settings: Pick<Settings, 'bodyLimit' | 'rateLimit' | 'anonymousRateLimit'>;
  readonly logger: Logger;
  readonly version: string;
}

@Module({})
class ServiceModule {}

/** The HTTP service of whichever contexts it is handed: Nest on Fastify, everything from their tables. */
export async function createApplication(parts: ApplicationParts): Promise<NestFastifyApplication> {
  const telemetry = new Telemetry();
  const problems = new Problems(telemetry);
  const adapter = new FastifyAdapter({
    bodyLimit: parts.settings.bodyLimit,
    skipMiddie: true,
    loggerInstance: parts.logger as never,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request: { headers: Record<string, string | string[] | undefined> }) =>
      requestId(request.headers['x-request-id']),
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
    // What the router refuses before any hook runs: a path that cannot be decoded, an id that is too long.
    frameworkErrors: (error: Error, request: Request, reply: Reply) => problems.send(error, request, reply),
    requestTimeout: 0,
    forceCloseConnections: 'idle',
  });
  const server = adapter.getInstance<FastifyInstance>();
  await limitRates(server, parts);
  addHooks(server, parts, telemetry);

  const module: DynamicModule = {
    module: ServiceModule,
    imports: [CqrsModule.forRoot()],
    controllers: [OperationsController, ...parts.tables.map(contextController), ...parts.controllers],
    providers: [
      { provide: CommandService, useValue: parts.commands },
      { provide: QueryService, useValue: parts.queries },
      { provide: Operations, useValue: parts.operations },
      { provide: Telemetry, useValue: telemetry },
      { provide: Problems, useValue: problems },
      ...parts.tables.flatMap(commandHandlers),
      ...parts.providers,
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLogger(parts.logger),
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalFilters(new ProblemFilter(problems));
  const document = openApiDocument(parts.tables, [...operationsRoutes, ...parts.routes], parts.version);
  SwaggerModule.setup('docs', app, () => document as never, {
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'Fangxin 放心',
  });
  await app.init();
  return app;
}

/** What helmet would set on every answer; asked once, because its headers never change. */
const SECURITY_HEADERS = ((): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  const protect = helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  protect({} as never, response as never, (error?: unknown) => {
    if (error !== undefined) throw error;
  });
  return headers;
})();

const OPEN_PATHS = /^\/(healthz|readyz|metrics|docs(\/.*)?)\/?$/;

function isOpen(request: Request): boolean {
  const { url } = request;
  const end = url.indexOf('?');
  return OPEN_PATHS.test(end < 0 ? url : url.slice(0, end));
}

async function limitRates(server: FastifyInstance, { settings, authenticator }: ApplicationParts): Promise<void> {
  const limitOf = (request: Request): number =>
    lookUpPrincipal(request, authenticator) === null ? settings.anonymousRateLimit : settings.rateLimit;
  await server.register(fastifyRateLimit, {
    global: true,
    timeWindow: 60_000,
    max: (request) => limitOf(request),
    keyGenerator: (request) => lookUpPrincipal(request, authenticator)?.keyId ?? request.ip,
    allowList: (request) => limitOf(request) === 0,
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': true,
    },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: (_request, context) =>
      new ProblemError(
        429,
        'RATE_LIMITED',
        `at most ${context.max} requests a minute`,
        undefined,
        Math.ceil(context.ttl / 1000),
      ),
  });
}

function addHooks(server: FastifyInstance, { authenticator, logger }: ApplicationParts, telemetry: Telemetry): void {
  server.removeAllContentTypeParsers();
  server.decorateRequest('principal', undefined);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    done();
  });
  // After the rate limit and before the body is read: a caller without a key costs no parsing.
  server.addHook('preParsing', (request, _reply, payload, done) => {
    if (!isOpen(request)) {
      try {
        if (isNdjson(request.headers['content-type']) && !/\/batch\/?$/.test(request.url)) throw jsonExpected();
        if (isFile(request.headers['content-type']) && !/\/evidence\/?(\?|$)/.test(request.url)) throw jsonExpected();
        lookUpPrincipal(request, authenticator);
        principalOf(request);
      } catch (error) {
        done(error as Error);
        return;
      }
    }
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1000;
    const route = request.routeOptions.url ?? 'none';
    telemetry.answered(request.method, route, reply.statusCode, seconds);
    if (logger.isLevelEnabled('debug')) {
      logger.debug(
        {
          requestId: request.id,
          method: request.method,
          route,
          status: reply.statusCode,
          ms: reply.elapsedTime,
          key: request.principal?.keyId,
        },
        'answered',
      );
    }
    done();
  });
  // An empty body is an empty command: most task routes need no field.
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (_request: Request, body: Buffer, done: (error: Error | null, body?: unknown) => void) => {
      // Bytes of another encoding would be taken for the words of a citizen, each as a replacement character.
      if (!isUtf8(body)) {
        done(new ProblemError(400, 'MALFORMED_TEXT', 'the body is not UTF-8'));
        return;
      }
      try {
        done(null, body.length === 0 ? undefined : JSON.parse(body.toString('utf8')));
      } catch {
        done(new ProblemError(400, 'MALFORMED_JSON', 'the body is not JSON'));
      }
    },
  );
  // A file is stored as it comes in; which types are taken, and that its route is another one, is its route's business.
  server.addContentTypeParser(
    FILE_TYPES,
    (_request: Request, payload: unknown, done: (error: null, body: unknown) => void) => done(null, payload),
  );
  // A batch is read line by line, so its parser hands the stream on.
  server.addContentTypeParser(
    /^application\/(x-ndjson|ndjson|jsonl|x-jsonlines)/,
    (_request: Request, payload: unknown, done: (error: null, body: unknown) => void) => done(null, payload),
  );
}

const FILE_TYPES = /^(?:application\/pdf|(?:image|video|audio)\/)/;

function isFile(contentType: string | undefined): boolean {
  return contentType !== undefined && FILE_TYPES.test(contentType);
}

function jsonExpected(): ProblemError {
  const detail = 'NDJSON is taken by batch routes and files by that of evidence only; send application/json';
  return new ProblemError(415, 'UNSUPPORTED_MEDIA_TYPE', detail);
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

/** Nest's own words, at the levels they deserve. */
function nestLogger(logger: Logger) {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    debug: (message: unknown) => logger.debug(String(message)),
    verbose: (message: unknown) => logger.debug(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown, ...rest: unknown[]) => logger.error({ rest }, String(message)),
    fatal: (message: unknown, ...rest: unknown[]) => logger.fatal({ rest }, String(message)),
  };
}
