import { describe, expect, it } from '@jest/globals';
import { tmpdir } from 'node:os';
import { isAsShown, runBlocks, runnableBlocks } from './runnable.ts';

const page = (...lines: string[]) => lines.join('\n');

describe('the blocks of a page', () => {
  it('are those marked for running, each with its output', () => {
    const blocks = runnableBlocks(
      page('```sh', 'npm ci', '```', '```sh run', 'echo a', 'echo b', '```', '', '```text output', 'a', 'b', '```'),
    );
    expect(blocks).toEqual([{ line: 4, commands: 'echo a\necho b', output: ['a', 'b'] }]);
  });

  it('may show no output', () => {
    expect(runnableBlocks(page('```sh run', 'true', '```'))).toEqual([
      { line: 1, commands: 'true', output: undefined },
    ]);
  });

  it('are refused when an output belongs to nothing, or a fence does not end', () => {
    expect(() => runnableBlocks(page('```text output', 'a', '```'))).toThrow('line 1: output of nothing');
    expect(() => runnableBlocks(page('```sh run', 'a'))).toThrow('line 1: the fence has no end');
  });
});

describe('running', () => {
  const block = (line: number, commands: string) => ({ line, commands, output: undefined });
  const where = { folder: tmpdir(), environment: { GREETING: 'hello' } };

  it('keeps variables from block to block', async () => {
    const results = await runBlocks([block(1, 'NAME=you'), block(5, 'echo "$GREETING $NAME"')], where);
    expect(results).toEqual([
      { line: 1, printed: [''] },
      { line: 5, printed: ['hello you'] },
    ]);
  });

  it('names the block whose command fails', async () => {
    const blocks = [block(1, 'true'), block(7, 'echo so >&2; false'), block(9, 'true')];
    await expect(runBlocks(blocks, where)).rejects.toThrow('block at line 7 ended with 1: so');
  });
});

describe('a line as shown', () => {
  it.each([
    ['1 of 1 (100 %)', '1 of 1 (100 %)', true],
    ['id …, version 1', 'id 01ABC, version 1', true],
    ['id …, version 1', 'id 01ABC, version 2', false],
    ['a.c', 'abc', false],
  ])('%s / %s: %s', (shown, printed, same) => {
    expect(isAsShown(shown, printed)).toBe(same);
  });
});
