import autocannon from 'autocannon';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BARE, KEY, SERVICE, startServer } from './server-process.ts';

/** One server under load: requests per second and latency, over all rounds. */
export interface HttpMeasure {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
}

export interface HttpBench {
  readonly connections: number;
  readonly rounds: number;
  readonly secondsPerRound: number;
  /** `POST /v1/work-orders` on the whole service: authorised, validated, idempotent, vaulted, durable, projected. */
  readonly service: HttpMeasure;
  /** A bare Fastify handler that appends the same event with the same group commit. */
  readonly bareFastify: HttpMeasure;
  /** service ÷ bareFastify, requests per second. */
  readonly ratio: number;
}

/** Both servers in turn, several rounds, so that the machine's moods fall on both. */
export async function httpBench({ smoke = false }: { readonly smoke?: boolean } = {}): Promise<HttpBench> {
  const connections = 64;
  const rounds = smoke ? 1 : 5;
  const secondsPerRound = smoke ? 1 : 6;
  const service: autocannon.Result[] = [];
  const bare: autocannon.Result[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await underLoad(BARE, connections, secondsPerRound));
    service.push(await underLoad(SERVICE, connections, secondsPerRound));
  }
  const measures = { service: measureOf(service), bareFastify: measureOf(bare) };
  const ratio = measures.service.requestsPerSecond / measures.bareFastify.requestsPerSecond;
  return { connections, rounds, secondsPerRound, ...measures, ratio };
}

async function underLoad(program: string, connections: number, seconds: number): Promise<autocannon.Result> {
  const folder = mkdtempSync(join(tmpdir(), 'fangxin-bench-'));
  const server = await startServer(folder, program);
  try {
    await load(server.url, connections, Math.min(seconds, 2), 'warm');
    return await load(server.url, connections, seconds, 'run');
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function load(url: string, connections: number, duration: number, prefix: string): Promise<autocannon.Result> {
  let count = 0;
  return autocannon({
    url,
    connections,
    duration,
    requests: [
      {
        method: 'POST',
        path: '/v1/work-orders',
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        setupRequest: (request) => {
          const number = `${prefix}-${count++}`;
          return { ...request, headers: { ...request.headers, 'idempotency-key': number }, body: workOrder(number) };
        },
      },
    ],
  });
}

/** A ticket as a hotline pushes it, with the people it is about. */
function workOrder(externalNo: string): string {
  return JSON.stringify({
    channel: '12345',
    externalNo,
    receivedAt: '2026-03-04T10:00:00+08:00',
    dueAt: '2026-03-11T10:00:00+08:00',
    handlingRegion: '370303',
    sector: 'retail',
    respondentUscc: '91330100799655058B',
    complainantName: '测试人',
    complainantPhone: '13800000000',
    content: '在该店购买的商品存在质量问题，商家拒绝退货，要求退款。',
  });
}

function measureOf(results: readonly autocannon.Result[]): HttpMeasure {
  const middle = (pick: (result: autocannon.Result) => number): number => median(results.map(pick));
  return {
    requestsPerSecond: Math.round(middle((result) => result.requests.average)),
    p50Ms: middle((result) => result.latency.p50),
    p99Ms: middle((result) => result.latency.p99),
    errors: results.reduce((sum, result) => sum + result.errors + result.timeouts + result.non2xx, 0),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
