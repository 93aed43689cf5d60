import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** What a test lets happen to a request: an answer instead of the batch's, or a connection cut after some lines. */
export type Mishap =
  | { readonly status: number; readonly problem: object; readonly headers?: Record<string, string> }
  | { readonly cutAfter: number }
  | { readonly lineError: { readonly after: number; readonly status: number } };

/** Speaks the protocol of `POST /v1/work-orders/batch` with work orders in memory, and can be made to fail. */
export class BatchServer {
  readonly workOrders = new Map<string, Record<string, string>>();
  /** Taken one a request, in order. */
  readonly mishaps: Mishap[] = [];
  requests = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<BatchServer> {
    const server = createServer();
    const started = new BatchServer(server);
    server.on('request', (request, response) => void started.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const mishap = this.mishaps.shift();
    if (mishap !== undefined && 'problem' in mishap) {
      request.resume();
      response.writeHead(mishap.status, { 'content-type': 'application/problem+json', ...mishap.headers });
      response.end(JSON.stringify(mishap.problem));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    let line = 0;
    for await (const text of createInterface({ input: request })) {
      line += 1;
      if (mishap !== undefined && 'cutAfter' in mishap && line > mishap.cutAfter) {
        // The row is taken and the answer is lost: the worst place for a connection to break.
        this.register(line, JSON.parse(text) as Record<string, string>);
        response.destroy();
        return;
      }
      const isFailing = mishap !== undefined && 'lineError' in mishap && line === mishap.lineError.after + 1;
      const answer = isFailing
        ? { line, error: { status: mishap.lineError.status, code: 'STORE_UNAVAILABLE', detail: 'the disk is full' } }
        : this.register(line, JSON.parse(text) as Record<string, string>);
      await new Promise((resolve) => response.write(`${JSON.stringify(answer)}\n`, resolve));
    }
    response.end();
  }

  private register(line: number, { importBatch, ...body }: Record<string, string>): object {
    const id = `${body['channel']}-${body['externalNo']}`;
    if (body['respondentUscc'] !== undefined && body['respondentUscc'].length !== 18) {
      const error = { status: 422, code: 'INVALID_USCC', detail: 'not a valid code', field: 'respondentUscc' };
      return { line, error };
    }
    const earlier = this.workOrders.get(id);
    const { importBatch: _, ...earlierBody } = earlier ?? {};
    if (earlier !== undefined && JSON.stringify(earlierBody) !== JSON.stringify(body)) {
      return { line, error: { status: 409, code: 'WORK_ORDER_PAYLOAD_CONFLICT', detail: 'another content' } };
    }
    this.workOrders.set(id, { ...body, importBatch: importBatch! });
    const isContradictory = body['closedAt'] !== undefined && body['closedAt'] < body['receivedAt']!;
    return {
      line,
      id,
      version: 1,
      position: this.workOrders.size,
      ...(earlier === undefined ? {} : { unchanged: true }),
      ...(isContradictory ? { flags: ['CLOSED_BEFORE_RECEIVED'] } : {}),
    };
  }
}
