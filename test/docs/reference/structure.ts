import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { blocks, code, codes, table } from './markdown.ts';
import type { Sources } from './sources.ts';

interface Direction {
  readonly ALLOWED: Readonly<Record<string, readonly string[]>>;
  readonly MAY_READ_EVENTS: readonly string[];
}

/** The libs, what each is for, and what each may import. */
export async function structurePage({ tree }: Sources): Promise<string> {
  const { ALLOWED, MAY_READ_EVENTS } = (await import(
    pathToFileURL(join(tree.root, 'eslint.config.js')).href
  )) as Direction;
  const unruled = tree.libs.filter((lib) => ALLOWED[lib] === undefined);
  if (unruled.length > 0) throw new Error(`eslint.config.js says nothing of ${unruled.join(', ')}`);
  const order = Object.keys(ALLOWED).filter((lib) => tree.libs.includes(lib));
  return blocks(
    '# Structure',
    `\`apps/\` holds what starts, \`libs/\` what it is made of, \`test/\` what spans more than one lib. Dependencies point one way, and the
linter refuses the others.`,
    table(
      ['lib', 'what it is', 'may import'],
      order.map((lib) => [
        code(lib),
        purposeOf(tree.root, lib),
        `${imports(ALLOWED[lib]!)}${MAY_READ_EVENTS.includes(lib) ? `${ALLOWED[lib]!.length === 0 ? '' : '; '}\`events.ts\` of every context` : ''}`,
      ]),
    ),
    'The parts of a lib that speak HTTP are in `src/server` and are imported by apps and by each other only.',
    '## Rooms of a context',
    table(
      ['file', 'holds'],
      [
        ['`events.ts`', 'what can have happened: the event types, their schema versions and upcasters'],
        ['`{object}.ts`', 'state and `evolve`'],
        ['`commands.ts`', 'what may be asked: one class per command'],
        ['`decide*.ts`', 'what follows: one small function per command'],
        ['`views/`', 'one file per read model'],
        ['`{context}.module.ts`', 'the table: routes, roles and wiring'],
        ['`{context}.spec.ts`', 'given(events).when(command).then(events or refusal)'],
      ],
    ),
  );
}

/** The comment at the head of a lib's index says what the lib is. */
function purposeOf(root: string, lib: string): string {
  const path = [`libs/${lib}/src/index.ts`, `libs/${lib}/src/server/index.ts`].find((one) =>
    existsSync(join(root, one)),
  );
  if (path === undefined) throw new Error(`libs/${lib} has no index`);
  const text = readFileSync(join(root, path), 'utf8');
  const [comment] = ts.getLeadingCommentRanges(text, 0) ?? [];
  if (comment === undefined) throw new Error(`${path} does not say at its head what the lib is`);
  return text
    .slice(comment.pos, comment.end)
    .replaceAll(/^\/\*\*?|\*\/$|^\s*\* ?|^\/\/ ?/gm, '')
    .trim();
}

function imports(allowed: readonly string[]): string {
  return allowed.length === 0 ? 'nothing of ours' : codes(allowed);
}
