export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests say what they expect of a body; a wrong one fails them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface Written {
  readonly id: string;
  readonly version: number;
  readonly position: number;
}

/** Plain HTTP with one access key. */
export class Client {
  constructor(
    readonly url: string,
    readonly key: string | null,
  ) {}

  withKey(key: string | null): Client {
    return new Client(this.url, key);
  }

  async send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  /** Posts what must be taken. */
  async give(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Written> {
    const answer = await this.post(path, body, headers);
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body as Written;
  }

  /** Gets what must be there. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async read(path: string): Promise<any> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  /** Position of the last event, as the projections report it. */
  async head(): Promise<number> {
    const metrics = (await this.get('/metrics')).text;
    return Number(/^fangxin_log_position (\d+)$/m.exec(metrics)![1]);
  }

  /** A key of a role, within bounds. */
  async keyFor(role: string, bounds: { region?: string; subject?: string } = {}): Promise<Client> {
    const answer = await this.post('/v1/access-keys', { role, ...bounds });
    return this.withKey(answer.body.secret as string);
  }

  /** Every item of a list, page by page. */
  async all<Item = Record<string, unknown>>(path: string, limit = 200): Promise<Item[]> {
    const items: Item[] = [];
    const joint = path.includes('?') ? '&' : '?';
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = (await this.read(
        `${path}${joint}limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      )) as { items: Item[]; next: string | null };
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  }
}
