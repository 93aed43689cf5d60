import ts from 'typescript';
import type { AnyContextTable } from '#service';
import { blocks, code, sentence, table } from './markdown.ts';
import type { EventShape, EventShapes } from './event-shapes.ts';
import type { Sources } from './sources.ts';
import { fieldsOf, fieldsWithin } from './type-text.ts';

/** Where each event type is declared: in a context's `events.ts`, or in a file beside it that it passes on. */
function declarations({ tree }: Pick<Sources, 'tree'>): ReadonlyMap<string, ts.PropertySignature> {
  const declared = new Map<string, ts.PropertySignature>();
  for (const file of tree.files().filter(({ fileName }) => /\/src\/([\w-]+-)?events\.ts$/.test(fileName))) {
    for (const node of file.statements.filter(ts.isInterfaceDeclaration)) {
      if (!node.name.text.endsWith('Events')) continue;
      for (const member of node.members.filter(ts.isPropertySignature)) declared.set(member.name.getText(), member);
    }
  }
  return declared;
}

/** The shape of every event type's data, by which a change is told from an addition. */
export function eventShapes({ tree, tables, recorders }: Sources): EventShapes {
  const declared = declarations({ tree });
  const shapes: Record<string, EventShape> = {};
  for (const [type, { schemaVersion }] of [...tables, ...recorders].flatMap(({ schemas }) => Object.entries(schemas))) {
    const member = declared.get(type);
    if (member?.type === undefined) throw new Error(`event ${type} is declared in no events.ts`);
    const isEmpty = member.type.getText() === 'Record<string, never>';
    const fields = isEmpty ? [] : fieldsOf(tree, member.type);
    const within = isEmpty ? {} : fieldsWithin(tree, member.type);
    shapes[type] = {
      schemaVersion,
      data: Object.fromEntries(
        fields.map(({ name, type: text, isOptional }) => [`${name}${isOptional ? '?' : ''}`, text]),
      ),
      ...(Object.keys(within).length > 0 && { within }),
    };
  }
  return Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every event type by context, with the shape of its data. */
export function eventsPage({ tree, tables, recorders }: Sources): string {
  const declared = declarations({ tree });
  return blocks(
    '# Events',
    `What can have happened. An event is written once and never changed. Its envelope is the same everywhere: \`id\`, \`stream\`,
\`version\`, \`position\`, \`type\`, \`schemaVersion\`, \`occurredAt\`, \`recordedAt\`, \`actor\`, \`authority\`, \`region\`,
\`ruleVersion\`, \`correlationId\`, \`causationId\`, \`commandId\`, \`data\`. The tables below show \`data\`.`,
    `A field that ends in \`At\` is an instant (ISO 8601, UTC). \`LocalDate\` is a legal day in Asia/Shanghai (\`YYYY-MM-DD\`).
A field that ends in \`Fen\` is money in whole fen. \`null\` means that nobody said it. No event holds personal data: a field that
names a person holds a reference into the vault.`,
    ...[...tables, ...recorders]
      .filter(({ schemas }) => Object.keys(schemas).length > 0)
      .map((context) => contextSection(context, declared, tree)),
  );
}

function contextSection(
  context: AnyContextTable,
  declared: ReadonlyMap<string, ts.PropertySignature>,
  tree: Sources['tree'],
): string {
  return blocks(
    `## ${context.title.charAt(0).toUpperCase()}${context.title.slice(1)}`,
    `Stream \`${context.category}-{id}\`.`,
    ...Object.entries(context.schemas).map(([type, { schemaVersion }]) => {
      const member = declared.get(type);
      if (member?.type === undefined) throw new Error(`event ${type} is declared in no events.ts`);
      const isEmpty = member.type.getText() === 'Record<string, never>';
      const fields = isEmpty ? [] : fieldsOf(tree, member.type);
      return blocks(
        `### ${type}`,
        sentence(tree.docOf(member)),
        `Schema version ${schemaVersion}. ${fields.length === 0 ? 'No data.' : ''}`,
        table(
          ['field', 'type', 'meaning'],
          fields.map(({ name, type: text, isOptional, doc }) => [
            code(name),
            isOptional ? `${text} (optional)` : text,
            doc,
          ]),
        ),
      );
    }),
  );
}
