import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openEmbeddedReader, type EmbeddedEventReader } from '#event-log';
import { eventSchemas } from '#system';
import type { Client } from './client.ts';
import {
  agreedNegotiation,
  at,
  DISTRICT,
  openDispute,
  receiveComplaint,
  registerMember,
  ticket,
  UNIT,
} from './scene.ts';
import { ServiceProcess } from './service-process.ts';

interface Schema {
  readonly properties?: Record<string, { readonly enum?: readonly unknown[] }>;
}

/** Values that fields of some kind are made of, and those that are nearly so. */
const nearly: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown[]>(
    UNIT,
    UNIT.toLowerCase(),
    '9144030071526726XO',
    DISTRICT,
    '330602001',
    '140171Z01',
    at('2024-03-04'),
    '0000-01-01T00:00:00Z',
    '2024-03-04T24:00:00+08:00',
    '2024-03-04T10:00:00.123456789123Z',
    '2024-06-30T23:59:60Z',
    '1000-01-01T00:00:00+23:59',
    '2999-12-31T23:59:59-23:59',
    '2024-02-30',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '12345',
    '张三',
    '13800138000',
    '\u202e\u0301\ufeff',
    '../../etc/passwd',
    "'; DROP TABLE events; --",
    '{{7*7}}',
    Number.MAX_SAFE_INTEGER,
    -0,
    1e308,
    null,
    [],
    {},
    [null],
    [['a']],
    { $gt: '' },
    { toString: 'x' },
    { length: 3 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

describe('whatever is sent', () => {
  let service: ServiceProcess;
  let admin: Client;
  let log: EmbeddedEventReader;
  let commands: { path: string; schema: Schema }[];
  let ids: Record<string, string[]>;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    log = openEmbeddedReader({ folder: service.folder, schemas: eventSchemas });
    admin = await service.client();
    const document = await admin.read('/docs/openapi.json');
    commands = Object.entries(document.paths as Record<string, { post?: { requestBody?: object } }>).flatMap(
      ([path, { post }]) => {
        const reference = /"\$ref":"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(post?.requestBody ?? {}));
        return reference === null ? [] : [{ path, schema: document.components.schemas[reference[1]!] as Schema }];
      },
    );
    await registerMember(admin);
    const dispute = await openDispute(admin);
    await admin.give('/v1/work-orders', ticket('G'));
    ids = {
      'work-orders': ['12345-G'],
      disputes: [dispute],
      negotiations: [await agreedNegotiation(admin, dispute)],
      complaints: [await receiveComplaint(admin, dispute)],
      subjects: [UNIT],
      'odr-memberships': [UNIT],
    };
  });
  afterAll(async () => {
    await log.close();
    await service.kill();
  });

  const bodyOf = ({ properties = {} }: Schema): fc.Arbitrary<Record<string, unknown>> =>
    fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => [
          name,
          schema.enum === undefined ? nearly : fc.oneof(fc.constantFrom(...schema.enum), nearly),
        ]),
      ),
      { requiredKeys: [] },
    );

  const asked = (): fc.Arbitrary<{ path: string; body: unknown }> =>
    fc.constantFrom(...commands).chain(({ path, schema }) => {
      const known = ids[path.split('/')[2]!] ?? [];
      const id = fc.oneof(
        fc.constantFrom('x', '01ARZ3NDEKTSV4RRFFQ69G5FAV', ...known),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      );
      return fc.record({
        path: id.map((one) => path.replace('{id}', encodeURIComponent(one))),
        body: fc.oneof({ weight: 9, arbitrary: bodyOf(schema) }, { weight: 1, arbitrary: fc.jsonValue() }),
      });
    });

  it('a command is taken or refused, never an error of the service, and a refused one appends nothing', async () => {
    await fc.assert(
      fc.asyncProperty(asked(), async ({ path, body }) => {
        const before = await log.head();
        const answer = await admin.post(path, body);
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) {
          expect(answer.body.code).toMatch(/^[A-Z0-9_]+$/);
          // The clock process may write meanwhile: what was found takes time seriously.
          const since = await log.readAll(before);
          expect(since.filter(({ actor }) => actor.role !== 'process')).toEqual([]);
        }
      }),
      { numRuns: 1_000, seed: 20_260_304 },
    );
  });

  it('a question is answered or refused, never an error of the service', async () => {
    const lists = [...Object.keys(ids).map((one) => `/v1/${one}`), '/v1/metrics/M-01', '/v1/metrics/M-05/objects'];
    const names = ['cursor', 'limit', 'status', 'respondentUscc', 'asOf', 'from', 'to', 'groupBy', 'region'];
    const text = fc.oneof(
      nearly.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
      fc.constantFrom('0', '1', '200', 'month', 'region'),
    );
    const question = fc.tuple(
      fc.constantFrom(...lists),
      fc.array(fc.tuple(fc.constantFrom(...names), text), { maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(question, async ([path, parameters]) => {
        const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`);
        const answer = await admin.get(`${path}?${query.join('&')}`);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 500, seed: 20_260_304 },
    );
  });

  it('has left no event that a projection cannot take', async () => {
    const position = await admin.head();
    await admin.read(`/v1/disputes?position=${position}`);
    await admin.read(`/v1/metrics/M-01?position=${position}`);
    for (const status of (await admin.read('/v1/projections')).items) {
      expect(status).toMatchObject({ parked: 0, state: 'live' });
    }
    expect(service.stderr).not.toContain('"level":50');
  });
});
