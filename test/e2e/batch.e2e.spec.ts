import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { Client } from './client.ts';
import { ticket } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const PATH = '/v1/work-orders/batch';
const LINES = 5_000;
const NDJSON = 'application/x-ndjson';

interface LineAnswer {
  readonly line: number;
  readonly id?: string;
  readonly version?: number;
  readonly position?: number;
  readonly unchanged?: true;
  readonly error?: { readonly status: number; readonly code: string; readonly field?: string };
}

/** What line n says, and what becomes of it. */
function lineOf(n: number): { text: string; fate: string } {
  const good = ticket(`N${n}`, { content: `第 ${n} 件` });
  switch (n % 25) {
    case 3:
      return { text: '{"channel":"12345",', fate: 'MALFORMED_JSON' };
    case 7:
      return { text: JSON.stringify({ ...good, colour: 'red' }), fate: 'UNKNOWN_FIELD colour' };
    case 11:
      return {
        text: JSON.stringify({ ...good, respondentUscc: '91310000132297653A' }),
        fate: 'INVALID_USCC respondentUscc',
      };
    case 15:
      return { text: '[]', fate: 'BODY_NOT_AN_OBJECT' };
    case 19:
      return { text: '  ', fate: 'nothing' };
    case 21:
      // The ticket of the line before, once more.
      return { text: lineOf(n - 1).text, fate: `12345-N${n - 1}` };
    default:
      return { text: JSON.stringify(good), fate: `12345-N${n}` };
  }
}

const ALL = Array.from({ length: LINES }, (_, index) => lineOf(index + 1));
const TAKEN = new Set(ALL.map(({ fate }) => fate).filter((fate) => fate.startsWith('12345-')));

describe('a batch', () => {
  let service: ServiceProcess;
  let admin: Client;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
  });
  afterAll(() => service.kill());

  const open = (headers: Record<string, string> = {}): ClientRequest =>
    request(`${admin.url}${PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.key}`, 'content-type': NDJSON, ...headers },
    });

  const send = async (lines: Iterable<string | Buffer>, headers?: Record<string, string>): Promise<LineAnswer[]> => {
    const outgoing = open(headers);
    const answered = once(outgoing, 'response').then(async ([response]) => {
      let text = '';
      for await (const chunk of (response as IncomingMessage).setEncoding('utf8')) text += chunk as string;
      return text;
    });
    for (const line of lines) if (!outgoing.write(line)) await once(outgoing, 'drain');
    outgoing.end();
    const text = await answered;
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LineAnswer);
  };

  const fateOf = ({ id, error }: LineAnswer) =>
    error === undefined ? id : error.field === undefined ? error.code : `${error.code} ${error.field}`;
  const expected = ALL.map(({ fate }, index) => ({ line: index + 1, fate })).filter(({ fate }) => fate !== 'nothing');
  let first: LineAnswer[];

  it('answers a line while the caller still thinks of the next one, and takes a byte order mark', async () => {
    const outgoing = open();
    const responded = once(outgoing, 'response');
    outgoing.write(`\uFEFF${JSON.stringify(ticket('SLOW-1'))}\n`);
    const [response] = (await responded) as [IncomingMessage];
    const lines = response.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
    const answer = async () => JSON.parse((await lines.next()).value as string) as LineAnswer;
    expect(await answer()).toMatchObject({ line: 1, id: '12345-SLOW-1' });
    outgoing.write(`${JSON.stringify(ticket('SLOW-2'))}\n`);
    expect(await answer()).toMatchObject({ line: 2, id: '12345-SLOW-2' });
    outgoing.end();
    expect((await lines.next()).done).toBe(true);
  });

  it('answers every line in order and goes on past those it refuses', async () => {
    const head = await admin.head();
    first = await send(ALL.map(({ text }) => `${text}\n`));
    expect(first.map((answer) => ({ line: answer.line, fate: fateOf(answer) }))).toEqual(expected);
    expect(await admin.head()).toBe(head + TAKEN.size);
    const written = first.filter(({ error, unchanged }) => error === undefined && unchanged === undefined);
    expect(written).toHaveLength(TAKEN.size);
    expect(new Set(written.map(({ position }) => position)).size).toBe(TAKEN.size);
  });

  it('has the headers that every answer has', async () => {
    const alone = await admin.get('/v1/work-orders/12345-NONE');
    const batch = await admin.send('POST', PATH, JSON.stringify(ticket('HEADERS')), {
      'content-type': NDJSON,
      'x-request-id': 'of-the-caller',
    });
    for (const name of ['content-security-policy', 'x-content-type-options', 'strict-transport-security']) {
      expect({ name, value: batch.headers.get(name) }).toEqual({ name, value: alone.headers.get(name) });
      expect(batch.headers.get(name)).not.toBeNull();
    }
    expect(batch.headers.get('x-request-id')).toBe('of-the-caller');
    expect(batch.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  });

  it('adds nothing when the same tickets come again', async () => {
    const head = await admin.head();
    const again = await send(ALL.map(({ text }) => `${text}\n`));
    expect(again.map((answer) => ({ line: answer.line, fate: fateOf(answer) }))).toEqual(expected);
    expect(again.every(({ error, unchanged }) => error !== undefined || unchanged === true)).toBe(true);
    expect(await admin.head()).toBe(head);
  });

  it('goes on where it was cut off, when it is sent again under its key', async () => {
    const key = { 'idempotency-key': 'cut-off' };
    const lines = Array.from({ length: 600 }, (_, n) => `${JSON.stringify(ticket(`CUT${n}`))}\n`);
    const head = await admin.head();
    const outgoing = open(key);
    const [response] = (await Promise.all([
      once(outgoing, 'response'),
      new Promise<void>((resolve) => outgoing.write(lines.slice(0, 300).join(''), () => resolve())),
    ]).then(([event]) => event)) as [IncomingMessage];
    await once(response, 'data');
    const closed = once(outgoing, 'close');
    outgoing.destroy();
    await closed;
    const answers = await send(lines, key);
    expect(answers.map(({ line, id }) => `${line} ${id}`)).toEqual(lines.map((_, n) => `${n + 1} 12345-CUT${n}`));
    expect(await admin.head()).toBe(head + lines.length);
    const repeated = await send(lines, key);
    expect(repeated.map(({ id, version, position }) => ({ id, version, position }))).toEqual(
      answers.map(({ id, version, position }) => ({ id, version, position })),
    );
    expect(await admin.head()).toBe(head + lines.length);
  });

  it('refuses another payload on a line that it knows by its key', async () => {
    const key = { 'idempotency-key': 'changed' };
    await send([JSON.stringify(ticket('C1')), '\n', JSON.stringify(ticket('C2'))], key);
    const answers = await send([JSON.stringify(ticket('C1')), '\n', JSON.stringify(ticket('C3'))], key);
    expect(answers.map(fateOf)).toEqual(['12345-C1', 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('refuses a line that is too long and takes the next', async () => {
    const long = JSON.stringify(ticket('LONG', { content: 'x'.repeat(3_000_000) }));
    const answers = await send([
      JSON.stringify(ticket('L1')),
      '\n',
      long,
      '\n',
      JSON.stringify(ticket('L2')),
      '\n',
      long,
    ]);
    expect(answers.map(fateOf)).toEqual(['12345-L1', 'BODY_TOO_LARGE', '12345-L2', 'BODY_TOO_LARGE']);
    expect(answers.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  it('refuses a line in another encoding rather than guess at its words', async () => {
    const [before, after] = JSON.stringify(ticket('GBK', { content: '|' })).split('|') as [string, string];
    const gbk = Buffer.concat([Buffer.from(before), Buffer.from([0xcd, 0xcb, 0xbf, 0xee]), Buffer.from(`${after}\n`)]);
    const answers = await send([gbk, JSON.stringify(ticket('UTF8', { content: '退款' }))]);
    expect(answers.map(fateOf)).toEqual(['MALFORMED_TEXT', '12345-UTF8']);
  });

  it('takes lines whose characters are split between packets, and CRLF', async () => {
    const bytes = Buffer.from(`${JSON.stringify(ticket('SPLIT', { content: '退款退款' }))}\r\n`);
    const middle = bytes.indexOf(Buffer.from('款')) + 1;
    const [answer] = await send([bytes.subarray(0, middle), bytes.subarray(middle)]);
    const { position } = answer!;
    const { complainant } = await admin.read(`/v1/work-orders/12345-SPLIT?position=${position}`);
    expect(complainant.text).toEqual({ content: '退款退款' });
  });

  it('answers nothing to nothing', async () => {
    expect(await send([])).toEqual([]);
    expect(await send(['\n\n\n'])).toEqual([]);
  });

  it.each([
    ['application/json', 'NDJSON_EXPECTED'],
    ['text/plain', 'UNSUPPORTED_MEDIA_TYPE'],
  ])('is refused as a whole as %s', async (type, code) => {
    const head = await admin.head();
    const answer = await admin.send('POST', PATH, JSON.stringify(ticket('J')), { 'content-type': type });
    expect(answer).toMatchObject({ status: 415, body: { code } });
    expect(await admin.head()).toBe(head);
  });

  it('is refused as a whole without a key', async () => {
    const answer = await admin.withKey(null).send('POST', PATH, '{}', { 'content-type': NDJSON });
    expect(answer).toMatchObject({ status: 401, body: { code: 'KEY_MISSING' } });
  });

  it('refuses line by line what the key may not do', async () => {
    const hotline = await admin.keyFor('hotline', { region: '370300' });
    const answer = await hotline.send('POST', PATH, JSON.stringify(ticket('FAR')), { 'content-type': NDJSON });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ line: 1, error: { status: 403, code: 'OUT_OF_REGION' } });
  });
});
