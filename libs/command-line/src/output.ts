import { once } from 'node:events';
import type { Output } from './surroundings.ts';

/** One JSON document on a line of its own; waits for a slow reader. */
export async function writeJson(out: Output, value: unknown): Promise<void> {
  await writeText(out, `${JSON.stringify(value)}\n`);
}

export async function writeText(out: Output, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

/** Columns of text under their names, each as wide as it must be. */
export function table(columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const texts = [columns, ...rows].map((row) => row.map((cell) => (cell === null ? '–' : String(cell))));
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => widthOf(row[index] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell + ' '.repeat(widths[index]! - widthOf(cell)))
      .join('  ')
      .trimEnd();
  const [head, ...body] = texts as [string[], ...string[][]];
  return `${[line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join('\n')}\n`;
}

/** Names and values, one pair a line; pairs without a value are left out. */
export function pairs(entries: readonly (readonly [string, string | number | null | undefined])[]): string {
  const said = entries.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const width = Math.max(0, ...said.map(([name]) => name.length));
  return said.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
}

/** Places a text takes on a terminal, where Chinese characters are two wide. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text)
    width +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        letter,
      )
        ? 2
        : 1;
  return width;
}
