import { Option, type Command } from 'commander';
import { ROLES } from '#access';
import { connected, withConnection, type ConnectionOptions } from './connection.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { pairs, table, writeJson, writeText } from './output.ts';
import type { Run } from './run.ts';
import type { ServiceClient } from './service-client.ts';
import type { Surroundings } from './surroundings.ts';

interface Options extends ConnectionOptions {
  readonly json?: true;
}

/** One access key as the service lists it. */
interface ListedKey {
  readonly id: string;
  readonly role: string;
  readonly region: string | null;
  readonly subject: string | null;
  readonly label: string | null;
  readonly status: string;
  readonly issuedAt: string;
}

interface KeyAnswer {
  readonly id: string;
  readonly version: number;
  readonly position: number;
  readonly secret?: string;
}

interface IssueOptions extends Options {
  readonly role: string;
  readonly region?: string;
  readonly subject?: string;
  readonly label?: string;
  readonly expiresAt?: string;
}

/** `fangxin keys list|issue|rotate|revoke`. */
export function keysCommand(program: Command, run: Run): void {
  const keys = program.command('keys').description('access keys: who may do what');
  const sub = (name: string, description: string): Command =>
    withConnection(keys.command(name).description(description).option('--json', 'print JSON'));

  sub('list', 'all keys, without their secrets').action((options: Options) => run((place) => list(options, place)));
  sub('issue', 'a new key; its secret is shown this once')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--region <code>', 'bounds it to a division')
    .option('--subject <uscc>', 'bounds it to one unit')
    .option('--label <text>', 'the system or office that holds it, never a person')
    .option('--expires-at <instant>', 'from then on it opens nothing')
    .action((options: IssueOptions) => run((place) => issue(options, place)));
  sub('rotate', 'a new secret for a key; the old one is dead at once')
    .argument('<id>', 'id of the key')
    .action((id: string, options: Options) => run((place) => change(id, 'rotate', {}, options, place)));
  sub('revoke', 'the key opens nothing any more')
    .argument('<id>', 'id of the key')
    .requiredOption('--reason <reason>', 'leaked, lost, holder-left, replaced, not-needed or other')
    .action((id: string, { reason, ...options }: Options & { reason: string }) =>
      run((place) => change(id, 'revoke', { reason }, options, place)),
    );
}

async function list(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const items = await connected(options, surroundings, async (client) => {
    const keys: ListedKey[] = [];
    for await (const key of client.all<ListedKey>('/v1/access-keys')) keys.push(key);
    return keys;
  });
  const rows = items.map(({ id, role, region, subject, label, status, issuedAt }) => [
    id,
    role,
    region,
    subject,
    label,
    status,
    issuedAt,
  ]);
  if (options.json === true) await writeJson(surroundings.out, { items });
  else await writeText(surroundings.out, table(['id', 'role', 'region', 'subject', 'label', 'status', 'issued'], rows));
  return EXIT.done;
}

function issue(options: IssueOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { role, region, subject, label, expiresAt } = options;
  return answered(options, surroundings, (client) =>
    client.post<KeyAnswer>('/v1/access-keys', { role, region, subject, label, expiresAt }),
  );
}

function change(
  id: string,
  action: string,
  body: object,
  options: Options,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return answered(options, surroundings, (client) =>
    client.post<KeyAnswer>(`/v1/access-keys/${encodeURIComponent(id)}/${action}`, body),
  );
}

async function answered(
  options: Options,
  surroundings: Surroundings,
  give: (client: ServiceClient) => Promise<KeyAnswer>,
): Promise<ExitCode> {
  const answer = await connected(options, surroundings, give);
  if (options.json === true) await writeJson(surroundings.out, answer);
  else
    await writeText(
      surroundings.out,
      pairs([
        ['id', answer.id],
        ['secret, shown this once', answer.secret],
      ]),
    );
  return EXIT.done;
}
