import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessKeysContext } from '#access-keys';
import { domainTables } from '#system';
import type { Client } from './client.ts';
import { ServiceProcess } from './service-process.ts';

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Record<string, { readonly schema: { readonly $ref?: string } }> };
  readonly responses: Record<string, unknown>;
  readonly security?: readonly unknown[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { readonly additionalProperties?: boolean }> };
}

describe('the OpenAPI document', () => {
  let service: ServiceProcess;
  let admin: Client;
  let document: Document;
  let operations: { method: string; path: string; operation: Operation }[];

  beforeAll(async () => {
    service = await ServiceProcess.start({ environment: { FANGXIN_LOG_LEVEL: 'debug' } });
    admin = await service.client();
    document = await admin.withKey(null).read('/docs/openapi.json');
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  });
  afterAll(() => service.kill());

  it('is of version 3.1 and has a page', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const page = await admin.withKey(null).get('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  it('documents exactly the routes that there are', () => {
    const mapped = [...service.stderr.matchAll(/Mapped \{([^,]+), (\w+)\} route/g)].map(
      ([, path, method]) => `${method} ${path!.replaceAll(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1')}`,
    );
    expect(mapped.length).toBeGreaterThan(50);
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(mapped.toSorted());
  });

  it('documents answers that are given: no route is missing', async () => {
    for (const { method, path, operation } of operations) {
      const address = path.replaceAll(/\{\w+\}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
      const answer = method === 'GET' ? await admin.get(address) : await admin.post(address, { nothing: true });
      const known = Object.keys(operation.responses);
      expect({ method, path, code: answer.body?.code }).not.toMatchObject({ code: 'NO_SUCH_ROUTE' });
      expect({ method, path, known }).toMatchObject({ known: expect.arrayContaining([String(answer.status)]) });
    }
  });

  it('says which routes need a key', async () => {
    for (const { method, path, operation } of operations) {
      const address = path.replaceAll(/\{\w+\}/g, 'x');
      const answer = await admin.withKey(null).send(method, address);
      expect({ method, path, isOpen: answer.status !== 401 }).toEqual({
        method,
        path,
        isOpen: operation.security?.length === 0,
      });
    }
  });

  it('holds every command, closed to unknown fields', () => {
    const tables = [...domainTables, accessKeysContext({ reached: () => Promise.resolve() })];
    const commands = tables.flatMap((table) => table.commands.map(({ command }) => command.name as string));
    expect(commands.length).toBeGreaterThan(30);
    const asked = operations.flatMap(({ operation }) =>
      Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) => schema.$ref ?? []),
    );
    for (const name of commands) {
      expect(document.components.schemas).toHaveProperty(name);
      expect({ name, ...document.components.schemas[name] }).toMatchObject({ name, additionalProperties: false });
      expect(asked).toContain(`#/components/schemas/${name}`);
    }
  });
});
