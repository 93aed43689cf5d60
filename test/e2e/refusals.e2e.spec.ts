import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import type { Answer, Client } from './client.ts';
import { at, CITY, DISTRICT, ELSEWHERE, openDispute, registerMember, ticket, UNIT, UNITS } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const BODY_LIMIT = 65_536;
const UNKNOWN_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const JSON_TYPE = { 'content-type': 'application/json' };

interface Expected {
  readonly status: number;
  readonly code: string;
  readonly field?: string;
}

interface Refusal extends Expected {
  readonly of: string;
  readonly method?: string;
  readonly path: string;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly as?: string;
  /** What was refused is itself on record, and the answer says where. */
  readonly isRecorded?: true;
}

const WORK_ORDERS = '/v1/work-orders';

const MALFORMED: readonly Refusal[] = [
  { of: 'malformed JSON', path: WORK_ORDERS, body: '{"channel":', status: 400, code: 'MALFORMED_JSON' },
  { of: 'a byte order mark', path: WORK_ORDERS, body: '\uFEFF{}', status: 400, code: 'MALFORMED_JSON' },
  { of: 'NaN', path: '/v1/disputes', body: '{"amountFen":NaN}', status: 400, code: 'MALFORMED_JSON' },
  { of: 'two documents', path: WORK_ORDERS, body: '{}{}', status: 400, code: 'MALFORMED_JSON' },
  { of: 'an array', path: WORK_ORDERS, body: '[]', status: 422, code: 'BODY_NOT_AN_OBJECT' },
  { of: 'a number', path: WORK_ORDERS, body: '7', status: 422, code: 'BODY_NOT_AN_OBJECT' },
  { of: 'a text', path: WORK_ORDERS, body: '"x"', status: 422, code: 'BODY_NOT_AN_OBJECT' },
  { of: 'true', path: WORK_ORDERS, body: 'true', status: 422, code: 'BODY_NOT_AN_OBJECT' },
  {
    of: 'lists in lists in a field',
    path: WORK_ORDERS,
    body: `{"content":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    status: 422,
    code: 'VALIDATION_FAILED',
    field: 'channel',
  },
  {
    of: 'lists in lists in a list',
    path: '/v1/complaints/01ARZ3NDEKTSV4RRFFQ69G5FAV/conclude',
    body: `{"result":"mediated","evidence":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    status: 422,
    code: 'INVALID_FIELD',
    field: 'evidence',
  },
  { of: 'nothing', path: WORK_ORDERS, body: '', status: 422, code: 'MISSING_FIELD', field: 'channel' },
  { of: 'null', path: WORK_ORDERS, body: 'null', status: 422, code: 'MISSING_FIELD', field: 'channel' },
  {
    of: 'deep nesting',
    path: WORK_ORDERS,
    body: `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
    status: 422,
    code: 'VALIDATION_FAILED',
    field: 'a',
  },
  {
    of: 'a body over the limit',
    path: WORK_ORDERS,
    body: JSON.stringify(ticket('BIG', { content: 'x'.repeat(BODY_LIMIT) })),
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  {
    of: 'plain text',
    path: WORK_ORDERS,
    body: JSON.stringify(ticket('T')),
    headers: { 'content-type': 'text/plain' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    of: 'a form',
    path: WORK_ORDERS,
    body: 'channel=12345',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    of: 'NDJSON on a route for one',
    path: WORK_ORDERS,
    body: JSON.stringify(ticket('T')),
    headers: { 'content-type': 'application/x-ndjson' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    of: 'a content type that is none',
    path: WORK_ORDERS,
    body: '{}',
    headers: { 'content-type': 'nonsense' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
];

const field = (
  of: string,
  more: Record<string, unknown>,
  name: string,
  code = 'INVALID_FIELD',
  status = 422,
): Refusal => ({ of, path: WORK_ORDERS, body: ticket('F', more), status, code, field: name });

const FIELDS: readonly Refusal[] = [
  field('an unknown field', { colour: 'red' }, 'colour', 'UNKNOWN_FIELD'),
  field('the name of an inherited field', { constructor: 'x' }, 'constructor', 'UNKNOWN_FIELD'),
  {
    of: '__proto__',
    path: WORK_ORDERS,
    body: `{"__proto__":{"role":"administrator"},${JSON.stringify(ticket('P')).slice(1)}`,
    status: 422,
    code: 'UNKNOWN_FIELD',
    field: '__proto__',
  },
  field('a wrong USCC', { respondentUscc: '91310000132297653A' }, 'respondentUscc', 'INVALID_USCC'),
  field('a USCC that is a number', { respondentUscc: 914403001922038 }, 'respondentUscc', 'INVALID_USCC'),
  field('a region that is none', { handlingRegion: '33060' }, 'handlingRegion', 'INVALID_REGION'),
  field('a region of zeros', { handlingRegion: '000000' }, 'handlingRegion', 'INVALID_REGION'),
  field('a future occurredAt', { occurredAt: '2999-01-01T00:00:00Z' }, 'occurredAt', 'OCCURRED_IN_FUTURE'),
  field(
    'an occurredAt of another century',
    { occurredAt: '1999-12-31T23:59:59+08:00' },
    'occurredAt',
    'OCCURRED_TOO_EARLY',
  ),
  field(
    'an occurredAt of another millennium',
    { occurredAt: '1000-01-01T00:00:00Z' },
    'occurredAt',
    'OCCURRED_TOO_EARLY',
  ),
  field('a receivedAt before all hotlines', { receivedAt: '1900-01-01T00:00:00Z' }, 'receivedAt', 'RECEIVED_TOO_EARLY'),
  field('a future receivedAt', { receivedAt: '2999-01-01T00:00:00Z' }, 'receivedAt', 'RECEIVED_IN_FUTURE'),
  field('a moment without an offset', { receivedAt: '2024-03-04T10:00:00' }, 'receivedAt', 'INVALID_INSTANT'),
  field('a day that is none', { receivedAt: '2024-02-30T10:00:00Z' }, 'receivedAt', 'INVALID_INSTANT'),
  field('a moment as a number', { receivedAt: 1_709_517_600_000 }, 'receivedAt', 'INVALID_INSTANT'),
  field('due before received', { dueAt: at('2024-03-01') }, 'dueAt', 'DUE_BEFORE_RECEIVED'),
  field('an outcome nobody knows', { closedAt: at('2024-03-05'), outcome: 'gone' }, 'outcome', 'UNKNOWN_OUTCOME'),
  field('a number too long', { externalNo: 'x'.repeat(65) }, 'externalNo'),
  field('a number with a space', { externalNo: 'a b' }, 'externalNo'),
  field('a number with a NUL', { externalNo: 'a\u0000b' }, 'externalNo'),
  field('a number with a slash-free lone surrogate', { externalNo: 'a\ud800' }, 'externalNo', 'MALFORMED_TEXT'),
  field('a channel with a hyphen', { channel: 'a-b' }, 'channel'),
  field('a channel as an object', { channel: { $ne: '' } }, 'channel'),
  field('a channel as a list', { channel: ['12345'] }, 'channel'),
  field('content with a NUL', { content: 'a\u0000b' }, 'content'),
  field('content with half a character', { content: 'a\udc00b' }, 'content', 'MALFORMED_TEXT'),
  field('content that is too long', { content: 'x'.repeat(20_001) }, 'content'),
  field('a name of blanks', { complainantName: '   ' }, 'complainantName'),
  field('a phone in a sector', { sector: 'call 13800138000' }, 'sector'),
  field('a missing field', { receivedAt: undefined }, 'receivedAt', 'MISSING_FIELD'),
  field('a null where something must be', { receivedAt: null }, 'receivedAt', 'MISSING_FIELD'),
  {
    of: 'several faults',
    path: WORK_ORDERS,
    body: ticket('F', { colour: 'red', receivedAt: 'x' }),
    status: 422,
    code: 'VALIDATION_FAILED',
    field: 'colour',
  },
];

const dispute = (of: string, amountFen: unknown): Refusal => ({
  of,
  path: '/v1/disputes',
  body: JSON.stringify({ respondentRegion: DISTRICT, amountFen: 0 }).replace('0}', `${String(amountFen)}}`),
  status: 422,
  code: 'INVALID_FIELD',
  field: 'amountFen',
});

const NUMBERS: readonly Refusal[] = [
  dispute('half a fen', 0.5),
  dispute('a negative amount', -1),
  dispute('an amount beyond all money', '1e400'),
  dispute('an amount with more digits than a number holds', '9'.repeat(40)),
  dispute('an amount as a text', '"100"'),
];

const SAME_BODY = ticket('SEEN');

const OBJECTS: readonly Refusal[] = [
  {
    of: 'an unknown work order',
    path: `${WORK_ORDERS}/12345-NONE/classify`,
    body: { classification: 'report' },
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    of: 'an unknown dispute',
    path: `/v1/disputes/${UNKNOWN_ID}/identify-respondent`,
    body: { respondentUscc: UNIT, respondentRegion: DISTRICT, reason: 'became-known' },
    status: 404,
    code: 'NOT_FOUND',
  },
  { of: 'an unknown complaint', path: `/v1/complaints/${UNKNOWN_ID}/accept`, body: {}, status: 404, code: 'NOT_FOUND' },
  {
    of: 'a link to an unknown dispute',
    path: `${WORK_ORDERS}/12345-SEEN/link-to-dispute`,
    body: { disputeId: UNKNOWN_ID },
    status: 422,
    code: 'UNKNOWN_DISPUTE',
    field: 'disputeId',
  },
  {
    of: 'a link to an id that is none',
    path: `${WORK_ORDERS}/12345-SEEN/link-to-dispute`,
    body: { disputeId: 'x' },
    status: 422,
    code: 'INVALID_FIELD',
    field: 'disputeId',
  },
  {
    of: 'the same ticket with another content',
    path: WORK_ORDERS,
    body: { ...SAME_BODY, sector: 'Tea' },
    status: 409,
    code: 'WORK_ORDER_PAYLOAD_CONFLICT',
    isRecorded: true,
  },
  {
    of: 'a stale version',
    path: `${WORK_ORDERS}/12345-SEEN/classify`,
    body: { classification: 'report' },
    headers: { 'if-match': '"7"' },
    status: 412,
    code: 'STALE_VERSION',
  },
  {
    of: 'a version of what is not there yet',
    path: WORK_ORDERS,
    body: ticket('NEW'),
    headers: { 'if-match': '"1"' },
    status: 412,
    code: 'STALE_VERSION',
  },
  {
    of: 'a version that is none',
    path: `${WORK_ORDERS}/12345-SEEN/classify`,
    body: { classification: 'report' },
    headers: { 'if-match': 'W/"x"' },
    status: 400,
    code: 'INVALID_IF_MATCH',
  },
  {
    of: 'an Idempotency-Key seen with another payload',
    path: WORK_ORDERS,
    body: ticket('OTHER'),
    headers: { 'idempotency-key': 'seen' },
    status: 409,
    code: 'IDEMPOTENCY_KEY_REUSED',
  },
  {
    of: 'an Idempotency-Key seen with another route',
    path: `${WORK_ORDERS}/12345-SEEN/close`,
    body: {},
    headers: { 'idempotency-key': 'seen' },
    status: 409,
    code: 'IDEMPOTENCY_KEY_REUSED',
  },
  {
    of: 'an Idempotency-Key too long',
    path: WORK_ORDERS,
    body: ticket('K'),
    headers: { 'idempotency-key': 'k'.repeat(201) },
    status: 400,
    code: 'INVALID_IDEMPOTENCY_KEY',
  },
  {
    of: 'an Idempotency-Key with a space',
    path: WORK_ORDERS,
    body: ticket('K'),
    headers: { 'idempotency-key': 'a b' },
    status: 400,
    code: 'INVALID_IDEMPOTENCY_KEY',
  },
  {
    of: 'a step that does not follow',
    path: `${WORK_ORDERS}/12345-SEEN/close`,
    body: {},
    status: 409,
    code: 'WORK_ORDER_NOT_DISPATCHED',
  },
  {
    of: 'a step before the one it follows',
    path: `${WORK_ORDERS}/12345-SEEN/classify`,
    body: { classification: 'report', occurredAt: at('2024-01-01') },
    status: 422,
    code: 'OCCURRED_BEFORE_PREVIOUS_STEP',
    field: 'occurredAt',
  },
  {
    of: 'a word that is none',
    path: `${WORK_ORDERS}/12345-SEEN/classify`,
    body: { classification: 'maybe' },
    status: 422,
    code: 'INVALID_FIELD',
    field: 'classification',
  },
  {
    of: 'a member that is no subject',
    path: '/v1/odr-memberships',
    body: { uscc: UNITS[3] },
    status: 422,
    code: 'UNKNOWN_SUBJECT',
    field: 'uscc',
  },
];

const KEYS: readonly Refusal[] = [
  { of: 'no key', path: WORK_ORDERS, body: ticket('N'), as: 'nobody', status: 401, code: 'KEY_MISSING' },
  { of: 'an unknown key', path: WORK_ORDERS, body: ticket('N'), as: 'unknown', status: 401, code: 'KEY_NOT_ACCEPTED' },
  { of: 'a revoked key', path: WORK_ORDERS, body: ticket('N'), as: 'revoked', status: 401, code: 'KEY_NOT_ACCEPTED' },
  {
    of: 'the secret before a rotation',
    path: WORK_ORDERS,
    body: ticket('N'),
    as: 'rotated',
    status: 401,
    code: 'KEY_NOT_ACCEPTED',
  },
  {
    of: 'a key of another scheme',
    path: WORK_ORDERS,
    body: ticket('N'),
    as: 'nobody',
    headers: { authorization: 'Basic eDp5' },
    status: 401,
    code: 'KEY_NOT_ACCEPTED',
  },
  {
    of: 'a key out of its region',
    path: WORK_ORDERS,
    body: ticket('R', { handlingRegion: ELSEWHERE }),
    as: 'hotline',
    status: 403,
    code: 'OUT_OF_REGION',
  },
  {
    of: 'an object out of the key’s region',
    path: `${WORK_ORDERS}/12345-SEEN/classify`,
    body: { classification: 'report' },
    as: 'hotlineElsewhere',
    status: 403,
    code: 'OUT_OF_REGION',
  },
  {
    of: 'a merchant for another unit',
    path: '/v1/odr-memberships',
    body: { uscc: UNITS[1] },
    as: 'merchant',
    status: 403,
    code: 'OUT_OF_SUBJECT',
  },
  { of: 'a wrong role', path: WORK_ORDERS, body: ticket('N'), as: 'auditor', status: 403, code: 'ROLE_NOT_ALLOWED' },
  {
    of: 'a key by one who may not issue any',
    path: '/v1/access-keys',
    body: { role: 'administrator' },
    as: 'hotline',
    status: 403,
    code: 'ROLE_NOT_ALLOWED',
  },
  {
    of: 'a merchant’s key without a subject',
    path: '/v1/access-keys',
    body: { role: 'merchant' },
    status: 422,
    code: 'SUBJECT_REQUIRED',
    field: 'subject',
  },
  {
    of: 'a key that would be expired',
    path: '/v1/access-keys',
    body: { role: 'auditor', expiresAt: at('2024-01-01') },
    status: 422,
    code: 'EXPIRES_IN_PAST',
    field: 'expiresAt',
  },
  {
    of: 'a rebuild by an auditor',
    path: '/v1/projections/disputes/rebuild',
    body: {},
    as: 'auditor',
    status: 403,
    code: 'ROLE_NOT_ALLOWED',
  },
];

const get = (of: string, path: string, status: number, code: string, more: Partial<Refusal> = {}): Refusal => ({
  of,
  method: 'GET',
  path,
  status,
  code,
  ...more,
});

const READS: readonly Refusal[] = [
  get('a cursor that is none', `${WORK_ORDERS}?cursor=nonsense`, 400, 'BAD_CURSOR'),
  get('a cursor of another list', `${WORK_ORDERS}?cursor=eyJ2IjoxfQ`, 400, 'BAD_CURSOR'),
  get('a cursor of events that is none', `${WORK_ORDERS}/12345-SEEN/events?cursor=-1`, 400, 'BAD_CURSOR', {
    field: 'cursor',
  }),
  get('a limit of zero', `${WORK_ORDERS}?limit=0`, 400, 'BAD_LIMIT', { field: 'limit' }),
  get('a limit too high', `${WORK_ORDERS}?limit=201`, 400, 'BAD_LIMIT', { field: 'limit' }),
  get('a limit in hexadecimal', `${WORK_ORDERS}?limit=0x10`, 400, 'BAD_LIMIT', { field: 'limit' }),
  get('a limit of nothing', `${WORK_ORDERS}?limit=`, 400, 'BAD_LIMIT', { field: 'limit' }),
  get('two limits', `${WORK_ORDERS}?limit=1&limit=2`, 400, 'REPEATED_PARAMETER', { field: 'limit' }),
  get('a position that is none', `${WORK_ORDERS}?position=-1`, 400, 'BAD_POSITION', { field: 'position' }),
  get('a position too long', `${WORK_ORDERS}?position=${'9'.repeat(30)}`, 400, 'BAD_POSITION', { field: 'position' }),
  get('a filter nobody knows', `${WORK_ORDERS}?colour=red`, 400, 'UNKNOWN_PARAMETER', { field: 'colour' }),
  get('the name of an inherited field', `${WORK_ORDERS}?constructor=x`, 400, 'UNKNOWN_PARAMETER', {
    field: 'constructor',
  }),
  get('__proto__ as a filter', `${WORK_ORDERS}?__proto__=x`, 400, 'UNKNOWN_PARAMETER', { field: '__proto__' }),
  get('a parameter of one object', `${WORK_ORDERS}/12345-SEEN?limit=1`, 400, 'UNKNOWN_PARAMETER', { field: 'limit' }),
  get('a parameter of the events', `${WORK_ORDERS}/12345-SEEN/events?colour=red`, 400, 'UNKNOWN_PARAMETER', {
    field: 'colour',
  }),
  get('an unknown id', `${WORK_ORDERS}/12345-NONE`, 404, 'NOT_FOUND'),
  get('the events of an unknown id', `${WORK_ORDERS}/12345-NONE/events`, 404, 'NOT_FOUND'),
  get('an id over-long', `${WORK_ORDERS}/${'x'.repeat(1001)}`, 414, 'ID_TOO_LONG'),
  get('percent signs that encode nothing', `${WORK_ORDERS}/%E0%A4%A`, 400, 'BAD_URL'),
  get('an id with a NUL', `${WORK_ORDERS}/a%00b`, 404, 'NOT_FOUND'),
  get('an id that climbs', `${WORK_ORDERS}/..%2F..%2Fmetrics`, 404, 'NOT_FOUND'),
  get('a route that is none', '/v1/nothing', 404, 'NO_SUCH_ROUTE'),
  get('a route outside', '/nothing', 404, 'NO_SUCH_ROUTE'),
  get('a route with another method', WORK_ORDERS, 404, 'NO_SUCH_ROUTE', { method: 'DELETE' }),
  get('a metric that is none', '/v1/metrics/M-99', 404, 'UNKNOWN_METRIC', { field: 'metric' }),
  get('a metric of an inherited name', '/v1/metrics/constructor', 404, 'UNKNOWN_METRIC', { field: 'metric' }),
  get('an asOf that is none', '/v1/metrics/M-01?asOf=yesterday', 400, 'BAD_AS_OF', { field: 'asOf' }),
  get('an asOf in the future', '/v1/metrics/M-01?asOf=2999-01-01', 400, 'AS_OF_IN_FUTURE', { field: 'asOf' }),
  get('an asOf instant in the future', '/v1/metrics/M-01?asOf=2999-01-01T00:00:00Z', 400, 'AS_OF_IN_FUTURE', {
    field: 'asOf',
  }),
  get('an asOf position in the future', '/v1/metrics/M-01?asOf=999999', 400, 'POSITION_AHEAD', { field: 'asOf' }),
  get('a from that is none', '/v1/metrics/M-01?from=2024-02-30', 400, 'INVALID_DATE', { field: 'from' }),
  get('a window turned round', '/v1/metrics/M-01?from=2024-02-02&to=2024-02-01', 400, 'WINDOW_REVERSED', {
    field: 'from',
  }),
  get('a variant that is none', '/v1/metrics/M-01?variant=best', 400, 'UNKNOWN_VARIANT', { field: 'variant' }),
  get('a formula that is none', '/v1/metrics/M-01?formula=99', 400, 'UNKNOWN_FORMULA', { field: 'formula' }),
  get('a grouping that is none', '/v1/metrics/M-01?groupBy=weather', 400, 'UNKNOWN_GROUPING', { field: 'groupBy' }),
  get('a region that is none', '/v1/metrics/M-01?region=x', 400, 'INVALID_REGION', { field: 'region' }),
  get('a subject that is none', '/v1/metrics/M-01?subject=x', 400, 'INVALID_USCC', { field: 'subject' }),
  get('objects counted nowhere', '/v1/metrics/M-01/objects?counted=all', 400, 'UNKNOWN_COUNTED', { field: 'counted' }),
  get('a cursor of objects that is none', '/v1/metrics/M-01/objects?cursor=x', 400, 'BAD_CURSOR', {
    field: 'cursor',
  }),
  get('too many objects', '/v1/metrics/M-01/objects?limit=201', 400, 'BAD_LIMIT', { field: 'limit' }),
  get('a cursor of events as one of objects', '/v1/metrics/M-01/objects?cursor=12', 400, 'BAD_CURSOR', {
    field: 'cursor',
  }),
  get('a to that is none', '/v1/metrics/M-01/objects?to=tomorrow', 400, 'INVALID_DATE', { field: 'to' }),
  get('a figure of another region', `/v1/metrics/M-01?region=${ELSEWHERE}`, 403, 'OUT_OF_REGION', { as: 'hotline' }),
  get('a figure of another unit', `/v1/metrics/M-01?subject=${UNITS[1]}`, 403, 'OUT_OF_SUBJECT', { as: 'merchant' }),
  get('a ticket of another region', `${WORK_ORDERS}/12345-SEEN`, 403, 'OUT_OF_REGION', { as: 'hotlineElsewhere' }),
  get('tickets as a merchant', WORK_ORDERS, 403, 'ROLE_NOT_ALLOWED', { as: 'merchant' }),
  get('disputes as a merchant', '/v1/disputes', 403, 'ROLE_NOT_ALLOWED', { as: 'merchant' }),
  get('keys as a hotline', '/v1/access-keys', 403, 'ROLE_NOT_ALLOWED', { as: 'hotline' }),
  get('projections as a hotline', '/v1/projections', 403, 'ROLE_NOT_ALLOWED', { as: 'hotline' }),
  get('tickets without a key', WORK_ORDERS, 401, 'KEY_MISSING', { as: 'nobody' }),
  get('an unknown projection', '/v1/projections/nothing/parked', 404, 'NOT_FOUND'),
  get('a replay without a key', '/v1/projections/disputes/replay-parked', 422, 'MISSING_FIELD', {
    method: 'POST',
    body: {},
    field: 'key',
  }),
];

describe('what is refused', () => {
  let service: ServiceProcess;
  const clients: Record<string, Client> = {};
  let head: number;

  beforeAll(async () => {
    service = await ServiceProcess.start({ environment: { FANGXIN_BODY_LIMIT: String(BODY_LIMIT) } });
    const admin = await service.client();
    clients['admin'] = admin;
    clients['nobody'] = admin.withKey(null);
    clients['unknown'] = admin.withKey('fx_nobody-knows-this-one');
    clients['hotline'] = await admin.keyFor('hotline', { region: CITY });
    clients['hotlineElsewhere'] = await admin.keyFor('hotline', { region: ELSEWHERE });
    clients['merchant'] = await admin.keyFor('merchant', { subject: UNIT });
    clients['auditor'] = await admin.keyFor('auditor');
    clients['public'] = await admin.keyFor('public');
    const spare = async () => {
      const { body } = await admin.post('/v1/access-keys', { role: 'hotline' });
      return { id: body.id as string, client: admin.withKey(body.secret as string) };
    };
    const [revoked, rotated] = [await spare(), await spare()];
    await admin.give(`/v1/access-keys/${revoked.id}/revoke`, { reason: 'lost' });
    await admin.give(`/v1/access-keys/${rotated.id}/rotate`);
    Object.assign(clients, { revoked: revoked.client, rotated: rotated.client });
    await registerMember(admin);
    await admin.give(WORK_ORDERS, SAME_BODY, { 'idempotency-key': 'seen' });
    await openDispute(admin);
    head = await admin.head();
    await admin.read(`/v1/disputes?position=${head}`);
    await admin.read(`${WORK_ORDERS}?position=${head}`);
  });
  afterAll(() => service.kill());

  const refuse = async ({ method = 'POST', path, body, headers, as = 'admin' }: Refusal) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const isGet = method === 'GET' || method === 'DELETE';
    return clients[as]!.send(method, path, isGet ? undefined : text, { ...(isGet ? {} : JSON_TYPE), ...headers });
  };

  const check = (cases: readonly Refusal[]) => {
    it.each(cases.map((one) => [one.of, one] as const))('%s', async (_, one) => {
      const answer = await refuse(one);
      expect({ status: answer.status, code: answer.body?.code, field: answer.body?.field }).toEqual({
        status: one.status,
        code: one.code,
        field: one.field,
      });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({
        type: expect.stringMatching(/^urn:fangxin:problem:[a-z0-9-]+$/),
        title: expect.any(String),
        detail: expect.stringMatching(/./),
        instance: answer.headers.get('x-request-id') ?? expect.any(String),
      });
      if (one.isRecorded === true) head += 1;
      expect(answer.body?.position).toBe(one.isRecorded === true ? head : undefined);
      expect(await clients['admin']!.head()).toBe(head);
    });
  };

  describe('as malformed', () => check(MALFORMED));
  describe('as a field at fault', () => check(FIELDS));
  describe('as no amount', () => check(NUMBERS));
  describe('by the state of the object', () => check(OBJECTS));
  describe('to this key', () => check(KEYS));
  describe('as a question', () => check(READS));

  it('and counts it by its code', async () => {
    const admin = clients['admin']!;
    const counted = async () =>
      Number(/^fangxin_refusals_total\{code="NO_SUCH_ROUTE"\} (\d+)$/m.exec((await admin.get('/metrics')).text)?.[1]);
    const before = await counted();
    expect(before).toBeGreaterThan(0);
    const answer = await admin.get('/v1/nothing?phone=13800138000');
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('13800138000');
    expect(await counted()).toBe(before + 1);
    const { text } = await admin.get('/metrics');
    for (const code of ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'KEY_MISSING', 'INVALID_USCC', 'BAD_CURSOR', 'BAD_URL'])
      expect(text).toContain(`fangxin_refusals_total{code="${code}"}`);
  });

  it('a body that announces more than the limit, before it is sent', async () => {
    const answer = await raw(service, [
      `POST ${WORK_ORDERS} HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${service.adminKey}`,
      'Content-Type: application/json',
      'Content-Length: 999999999',
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('BODY_TOO_LARGE');
    expect(await clients['admin']!.head()).toBe(head);
  });

  it('words in another encoding than UTF-8', async () => {
    const [before, after] = JSON.stringify(ticket('GBK', { content: '|' })).split('|') as [string, string];
    const response = await fetch(`${await service.url()}${WORK_ORDERS}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service.adminKey}`, ...JSON_TYPE },
      body: Buffer.concat([Buffer.from(before), Buffer.from([0xcd, 0xcb, 0xbf, 0xee]), Buffer.from(after)]),
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 400,
      body: { code: 'MALFORMED_TEXT' },
    });
    expect(await clients['admin']!.head()).toBe(head);
  });

  it('a key from the moment on at which it expires', async () => {
    const admin = clients['admin']!;
    const { body } = await admin.post('/v1/access-keys', {
      role: 'auditor',
      expiresAt: new Date(Date.now() + 1_000).toISOString(),
    });
    const expiring = admin.withKey(body.secret as string);
    let answer = await expiring.get(WORK_ORDERS);
    expect(answer.status).toBe(200);
    while (answer.status === 200) answer = await expiring.get(WORK_ORDERS);
    expect(answer).toMatchObject({ status: 401, body: { code: 'KEY_NOT_ACCEPTED' } });
    head = await admin.head();
  });

  it('what is no HTTP at all, and goes on', async () => {
    expect(await raw(service, ['\u0000\u0001 nonsense'])).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(service, ['GET /healthz HTTP/1.1', `X: ${'x'.repeat(100_000)}`])).toMatch(/^HTTP\/1\.1 431 /);
    expect(await clients['admin']!.read('/healthz')).toEqual({ status: 'ok' });
    expect(await clients['admin']!.head()).toBe(head);
  });
});

describe('too many requests in a minute', () => {
  let service: ServiceProcess;
  afterAll(() => service.kill());

  it('are refused to each key by itself, and to strangers before they guess', async () => {
    service = await ServiceProcess.start({
      environment: { FANGXIN_RATE_LIMIT: '30', FANGXIN_ANONYMOUS_RATE_LIMIT: '10' },
    });
    const admin = await service.client();
    const other = await admin.keyFor('hotline');
    const limited = async (client: Client) => {
      const answers: Answer[] = [];
      for (let n = 0; n < 35; n++) answers.push(await client.get(WORK_ORDERS));
      const refused = answers.filter(({ status }) => status === 429);
      for (const { body, headers } of refused) {
        expect(body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
        expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      }
      return refused.length;
    };
    expect(await limited(admin)).toBe(6);
    expect(await limited(other)).toBe(5);
    expect(await limited(admin.withKey('fx_guess'))).toBe(25);
  });
});

/** Sends a head as it is and answers what came back until the other side closed or fell silent after an answer. */
async function raw(service: ServiceProcess, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(await service.url());
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\r\n\r\n')) socket.end();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)));
  });
}
