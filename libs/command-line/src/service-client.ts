import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '#kernel';

/** The service refused a request, or was not there: its problem's code and detail. */
export class ServiceProblem extends Failure {
  override readonly name = 'ServiceProblem';
  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    code: string,
    readonly detail: string,
    readonly retryAfterMs?: number,
  ) {
    super(code, `${code}: ${detail}`, status === 0 || status === 429 || status >= 500);
  }
}

export type Parameters = Readonly<Record<string, string | number | undefined>>;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 200;

/** The HTTP interface of a service, as far as commands use it. */
export class ServiceClient {
  constructor(
    readonly server: string,
    readonly key: string | undefined,
  ) {}

  get<Answer>(path: string, parameters: Parameters = {}): Promise<Answer> {
    const url = new URL(path, this.server);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return this.request<Answer>(url, { method: 'GET' });
  }

  /** Items of all pages of a list. */
  async *all<Item>(path: string, parameters: Parameters = {}): AsyncGenerator<Item> {
    let cursor: string | undefined;
    do {
      const page: Page<Item> = await this.get(path, { limit: 200, ...parameters, cursor });
      yield* page.items;
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }

  post<Answer>(path: string, body: object, idempotencyKey?: string): Promise<Answer> {
    return this.request<Answer>(new URL(path, this.server), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body: JSON.stringify(body),
    });
  }

  /** A file, with what is said of it in the query. */
  upload<Answer>(path: string, parameters: Parameters, file: Buffer, mediaType: string, idempotencyKey: string) {
    const url = new URL(path, this.server);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = { 'content-type': mediaType, 'idempotency-key': idempotencyKey };
    return answered(() => this.request<Answer>(url, { method: 'POST', headers, body: new Uint8Array(file) }));
  }

  /** A post that may be sent again, as its key makes it count once: waits out what passes. */
  postUntilAnswered<Answer>(path: string, body: object, idempotencyKey: string): Promise<Answer> {
    return answered(() => this.post<Answer>(path, body, idempotencyKey));
  }

  private async request<Answer>(url: URL, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (this.key !== undefined) headers.set('authorization', `Bearer ${this.key}`);
    let response: Response;
    try {
      response = await fetch(url, { ...init, headers });
    } catch (error) {
      const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
      const reason = cause?.code ?? cause?.message ?? message;
      throw new ServiceProblem(0, 'SERVICE_UNREACHABLE', `${this.server} does not answer (${reason})`);
    }
    const text = await response.text();
    if (!response.ok) throw problemOf(response, text);
    try {
      return JSON.parse(text) as Answer;
    } catch {
      throw new ServiceProblem(response.status, 'SERVICE_ANSWER', `${this.server} answered something that is not JSON`);
    }
  }
}

/** Asks again while what stands in the way may pass. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ServiceProblem) || !error.retryable || error.status === 500 || attempt === ATTEMPTS) {
        throw error;
      }
      await delay(error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}

function problemOf(response: Response, text: string): ServiceProblem {
  let problem: { code?: string; detail?: string } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    // A proxy's own page: its status says what there is to say.
  }
  const { code = `HTTP_${response.status}`, detail = response.statusText || 'the request was refused' } = problem;
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return new ServiceProblem(response.status, code, detail, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}
