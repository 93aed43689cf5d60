import { spawn } from 'node:child_process';

/** A fenced block of a page that a reader is to type, and what it must print. */
export interface RunnableBlock {
  /** Line of the page on which the block begins. */
  readonly line: number;
  readonly commands: string;
  /** Lines of the output block that follows; undefined when the page shows none. `…` stands for any text. */
  readonly output: readonly string[] | undefined;
}

/**
 * The blocks of a page that are marked for running: fences with the info string `sh run`, each followed, if its output is
 * shown, by a fence with `text output`. Throws on an output block that follows nothing.
 */
export function runnableBlocks(markdown: string): RunnableBlock[] {
  const blocks: RunnableBlock[] = [];
  for (const { line, info, text } of fences(markdown)) {
    if (info === 'sh run') blocks.push({ line, commands: text, output: undefined });
    if (info !== 'text output') continue;
    const last = blocks.at(-1);
    if (last === undefined || last.output !== undefined) throw new Error(`line ${line}: output of nothing`);
    blocks[blocks.length - 1] = { ...last, output: text.split('\n') };
  }
  return blocks;
}

function fences(markdown: string): { line: number; info: string; text: string }[] {
  const lines = markdown.split('\n');
  const found: { line: number; info: string; text: string }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```(.+)$/.exec(lines[at]!);
    if (fence === null) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: the fence has no end`);
    found.push({ line: at + 1, info: fence[1]!, text: lines.slice(at + 1, end).join('\n') });
    at = end;
  }
  return found;
}

export interface BlockResult {
  readonly line: number;
  readonly printed: readonly string[];
}

/** Says on a line of its own that a block has ended well. */
const END_OF_BLOCK = '=== end of block ===';

/** Runs the blocks one after the other in one `sh`. Throws with what was said on standard error when a command fails. */
export async function runBlocks(
  blocks: readonly RunnableBlock[],
  { folder, environment }: { readonly folder: string; readonly environment: Readonly<Record<string, string>> },
): Promise<BlockResult[]> {
  const script = ['set -eu', ...blocks.map(({ commands }) => `${commands}\necho '${END_OF_BLOCK}'`)].join('\n');
  const child = spawn('sh', ['-c', script], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exit = await new Promise((resolve) => child.once('close', resolve));
  const parts = printed.split(`${END_OF_BLOCK}\n`);
  if (exit !== 0) {
    const failed = blocks[parts.length - 1];
    throw new Error(`block at line ${failed?.line} ended with ${String(exit)}: ${parts.at(-1)}${said}`);
  }
  return blocks.map(({ line }, index) => ({ line, printed: parts[index]!.trimEnd().split('\n') }));
}

/** Whether a printed line is the shown one, `…` in it standing for any text. */
export function isAsShown(shown: string, printed: string): boolean {
  const pattern = shown.split('…').map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`, 'u').test(printed);
}
