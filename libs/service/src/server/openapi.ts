import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { routeOf, type AnyCommandRow, type AnyContextTable, type AnyViewRow } from '../context.ts';
import { validatorSchemas } from '../validation/schemas.ts';

type Schema = Record<string, unknown>;
export type Operation = Record<string, unknown>;
export type Paths = Record<string, Record<string, Operation>>;

export interface DocumentedRoute {
  readonly method: 'get' | 'post';
  /** OpenAPI form: `/v1/metrics/{id}`. */
  readonly path: string;
  readonly operation: Operation;
}

/** The OpenAPI 3.1 document of a service, from the same tables as its routes and its validators. */
export function openApiDocument(
  tables: readonly AnyContextTable[],
  extra: readonly DocumentedRoute[],
  version: string,
): object {
  const paths: Paths = {};
  const schemas: Record<string, Schema> = { ...SHARED_SCHEMAS };
  const add = (path: string, method: string, operation: Operation): void => {
    (paths[path] ??= {})[method] = operation;
  };
  for (const table of tables) {
    for (const row of table.commands) {
      schemas[row.command.name] = commandSchema(row);
      add(`/v1/${table.collection}${routeOf(row)}`, 'post', commandOperation(table, row));
      if (routeOf(row) === '' && table.batch === true)
        add(`/v1/${table.collection}/batch`, 'post', batchOperation(table, row));
    }
    for (const view of table.views) {
      const base = `/v1/${table.collection}`;
      add(base, 'get', listOperation(table, view));
      add(`${base}/{id}`, 'get', getOperation(table, view));
      add(`${base}/{id}/events`, 'get', eventsOperation(table, view));
    }
  }
  for (const { method, path, operation } of extra) add(path, method, operation);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fangxin 放心',
      version,
      description:
        'Complaint handling and online dispute resolution, event-sourced: every figure can be explained down to its events.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ accessKey: [] }],
    tags: [
      ...new Map(
        tables.map((table) => [table.collection, { name: table.collection, description: table.title }]),
      ).values(),
      ...EXTRA_TAGS,
    ],
    paths,
    components: { securitySchemes: { accessKey: { type: 'http', scheme: 'bearer' } }, schemas },
  };
}

const EXTRA_TAGS = [
  { name: 'metrics', description: 'Figures, exact and explained' },
  { name: 'programmes', description: 'Verdicts and target boards of the policies' },
  { name: 'operations', description: 'Health, projections' },
];

/** Of the class itself, as one that inherits all its fields stands in no list of those that declare some. */
function commandSchema({ command }: AnyCommandRow): Schema {
  const schema = targetConstructorToSchema(command, { additionalConverters: validatorSchemas }) as Schema;
  return { title: command.name, type: 'object', ...schema, additionalProperties: false };
}

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Schema): Schema => ({ 'application/json': { schema } });
export const problem = (description: string): Schema => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

export const PROBLEM_RESPONSES: Readonly<Record<string, Schema>> = {
  400: problem('The request is malformed'),
  401: problem('No access key, or one that is not live'),
  403: problem('The key may not do this, or not here'),
  404: problem('There is no such thing'),
  429: problem('Too many requests'),
  503: problem('The log, the vault or a view cannot answer now; nothing was changed'),
};

const ID_PARAMETER = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const POSITION_PARAMETER = {
  name: 'position',
  in: 'query',
  description: 'Answer from a view that has reached this position',
  schema: { type: 'integer', minimum: 0 },
};
const PAGE_PARAMETERS = [
  { name: 'cursor', in: 'query', description: '`next` of the page before', schema: { type: 'string' } },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
];
const IDEMPOTENCY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key and payload answer the same; the same key with another payload is refused',
  schema: { type: 'string', maxLength: 200 },
};
const IF_MATCH_PARAMETER = {
  name: 'If-Match',
  in: 'header',
  description: 'Version the object must be at',
  schema: { type: 'string' },
};

function commandOperation(table: AnyContextTable, row: AnyCommandRow): Operation {
  const answer = { description: 'Appended and on disk', content: json(ref('CommandAnswer')) };
  return {
    tags: [table.collection],
    operationId: operationId(row.command.name),
    summary: row.summary,
    description: `Roles: ${[...row.roles, 'administrator'].filter((role, index, all) => all.indexOf(role) === index).join(', ')}.`,
    parameters: [...(row.creates === true ? [] : [ID_PARAMETER]), IDEMPOTENCY_PARAMETER, IF_MATCH_PARAMETER],
    requestBody: { required: true, content: json(ref(row.command.name)) },
    responses: {
      ...(row.creates === true
        ? { 201: answer, 200: { ...answer, description: 'It was there already, with the same payload' } }
        : { 200: answer }),
      ...PROBLEM_RESPONSES,
      409: problem('The state of the object, or another payload under the same key, forbids it'),
      412: problem('The object is at another version than If-Match'),
      413: problem('The body is too large'),
      422: problem('A field is wrong or unknown, or a rule refuses; `field` says which'),
    },
  };
}

function batchOperation(table: AnyContextTable, row: AnyCommandRow): Operation {
  return {
    tags: [table.collection],
    operationId: `${operationId(row.command.name)}Batch`,
    summary: `${row.summary}, one a line (NDJSON), streamed, answered line by line in order`,
    parameters: [IDEMPOTENCY_PARAMETER],
    requestBody: {
      required: true,
      content: { 'application/x-ndjson': { schema: { type: 'string', description: `Lines of ${row.command.name}` } } },
    },
    responses: {
      200: {
        description: 'A line of CommandAnswer or of `{ line, error }` for each line',
        content: { 'application/x-ndjson': { schema: { type: 'string' } } },
      },
      ...PROBLEM_RESPONSES,
      415: problem('Not NDJSON'),
    },
  };
}

function listOperation(table: AnyContextTable, view: AnyViewRow): Operation {
  const filters = Object.keys(view.filters).map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
  const narrowings = Object.entries(view.narrowings ?? {}).map(([name, { description, values }]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string', ...(values === undefined ? {} : { enum: values }) },
  }));
  return {
    tags: [table.collection],
    operationId: operationId(`list-${view.projection.name}`),
    summary: view.summary,
    parameters: [...filters, ...narrowings, ...PAGE_PARAMETERS, POSITION_PARAMETER],
    responses: { 200: { description: 'A page', content: json(ref('Page')) }, ...PROBLEM_RESPONSES },
  };
}

function getOperation(table: AnyContextTable, view: AnyViewRow): Operation {
  return {
    tags: [table.collection],
    operationId: operationId(`get-${view.projection.name}`),
    summary: `One ${table.title}`,
    parameters: [ID_PARAMETER, POSITION_PARAMETER],
    responses: { 200: { description: 'The document', content: json({ type: 'object' }) }, ...PROBLEM_RESPONSES },
  };
}

function eventsOperation(table: AnyContextTable, view: AnyViewRow): Operation {
  return {
    tags: [table.collection],
    operationId: operationId(`events-of-${view.projection.name}`),
    summary: 'Every event behind it, in the order of the log',
    parameters: [ID_PARAMETER, ...PAGE_PARAMETERS, POSITION_PARAMETER],
    responses: { 200: { description: 'A page of events', content: json(ref('Page')) }, ...PROBLEM_RESPONSES },
  };
}

function operationId(name: string): string {
  const camel = name.replaceAll(/[-\s]+(.)/g, (_, letter: string) => letter.toUpperCase());
  return camel.charAt(0).toLowerCase() + camel.slice(1);
}

const SHARED_SCHEMAS: Record<string, Schema> = {
  CommandAnswer: {
    type: 'object',
    required: ['id', 'version', 'position'],
    properties: {
      id: { type: 'string' },
      version: { type: 'integer', description: 'Version of the object after the command' },
      position: { type: 'integer', description: 'Position in the log; send it as ?position= to read what you wrote' },
      unchanged: { const: true, description: 'The command was already true; nothing was written' },
      secret: { type: 'string', description: 'Shown once' },
      flags: { type: 'array', items: { type: 'string' }, description: 'What imported history was flagged with' },
    },
  },
  Page: {
    type: 'object',
    required: ['items', 'next'],
    properties: {
      items: { type: 'array', items: { type: 'object' } },
      next: {
        type: ['string', 'null'],
        description:
          'Cursor of the next page; a page may hold fewer items than asked for, even none, while there is one',
      },
    },
  },
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'detail'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', description: 'Stable' },
      detail: { type: 'string' },
      field: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { field: { type: 'string' }, code: { type: 'string' }, reason: { type: 'string' } },
        },
      },
      instance: { type: 'string', description: 'Id of the request' },
      position: { type: 'integer', description: 'Where the log tells of what was refused, where that is on record' },
    },
  },
};
