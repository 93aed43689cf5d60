import type { Command } from 'commander';
import { WrongUse } from './exit.ts';
import { ServiceClient } from './service-client.ts';
import type { Surroundings } from './surroundings.ts';

/** Options by which every command finds its service. */
export interface ConnectionOptions {
  readonly server?: string;
  readonly key?: string;
  readonly data?: string;
}

export function withConnection(command: Command): Command {
  return command
    .option('--server <url>', 'a running service (default: FANGXIN_SERVER)')
    .option('--key <key>', 'access key of that service (default: FANGXIN_KEY)')
    .option('--data <folder>', 'a data folder that no service holds (default: FANGXIN_DATA)');
}

export interface Connection {
  readonly client: ServiceClient;
  close(): Promise<void>;
}

/**
 * A running service, or one that this process runs on a data folder meanwhile. Options go before the environment, and a
 * server before a folder. Throws WrongUse when neither is said, or both are.
 */
export async function connect(
  options: ConnectionOptions,
  surroundings: Surroundings,
  { create = false }: { readonly create?: boolean } = {},
): Promise<Connection> {
  const { server, key, folder } = placeOf(options, surroundings.environment);
  if (server !== undefined) {
    return { client: new ServiceClient(server, key), close: () => Promise.resolve() };
  }
  if (folder === undefined) {
    throw new WrongUse('say where: --server URL --key KEY for a running service, or --data FOLDER for its data folder');
  }
  const tell = (line: string) => surroundings.err.write(`${line}\n`);
  const service = await surroundings.openDataFolder(folder, { create, tell });
  return { client: new ServiceClient(service.url, service.key), close: () => service.close() };
}

/** Runs a command on its connection, and closes it whatever happens. */
export async function connected<Result>(
  options: ConnectionOptions,
  surroundings: Surroundings,
  run: (client: ServiceClient) => Promise<Result>,
  more: { readonly create?: boolean } = {},
): Promise<Result> {
  const connection = await connect(options, surroundings, more);
  try {
    return await run(connection.client);
  } finally {
    await connection.close();
  }
}

function placeOf(
  options: ConnectionOptions,
  environment: Surroundings['environment'],
): { server?: string | undefined; key?: string | undefined; folder?: string | undefined } {
  if (options.server !== undefined && options.data !== undefined) {
    throw new WrongUse('--server and --data are two places; say one');
  }
  const key = options.key ?? environment['FANGXIN_KEY'];
  if (options.data !== undefined) return { folder: options.data };
  const server = options.server ?? environment['FANGXIN_SERVER'];
  if (server === undefined) return { folder: environment['FANGXIN_DATA'] };
  if (!/^https?:\/\/[^/]+\/?$/.test(server) || !URL.canParse(server)) {
    throw new WrongUse(`--server must be a URL such as http://127.0.0.1:3000, not "${server}"`);
  }
  return { server, key };
}
