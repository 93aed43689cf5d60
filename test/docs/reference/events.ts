import ts from 'typescript';
import type { AnyContextTable } from '#service';
import { blocks, code, sentence, table } from './markdown.ts';
import type { Sources } from './sources.ts';
import { fieldsOf } from './type-text.ts';

/** Every event type by context, with the shape of its data. */
export function eventsPage({ tree, tables }: Sources): string {
  const declared = new Map<string, ts.PropertySignature>();
  for (const lib of tree.libs) {
    for (const file of tree.files(lib).filter(({ fileName }) => fileName.endsWith(`/libs/${lib}/src/events.ts`))) {
      for (const node of file.statements.filter(ts.isInterfaceDeclaration)) {
        if (node.name.text.endsWith('Events')) {
          for (const member of node.members.filter(ts.isPropertySignature)) declared.set(member.name.getText(), member);
        }
      }
    }
  }
  return blocks(
    '# Events',
    `What can have happened. An event is written once and never changed. Its envelope is the same everywhere: \`id\`, \`stream\`,
\`version\`, \`position\`, \`type\`, \`schemaVersion\`, \`occurredAt\`, \`recordedAt\`, \`actor\`, \`authority\`, \`region\`,
\`ruleVersion\`, \`correlationId\`, \`causationId\`, \`commandId\`, \`data\`. The tables below show \`data\`.`,
    `A field that ends in \`At\` is an instant (ISO 8601, UTC). \`LocalDate\` is a legal day in Asia/Shanghai (\`YYYY-MM-DD\`).
A field that ends in \`Fen\` is money in whole fen. \`null\` means that nobody said it. No event holds personal data: a field that
names a person holds a reference into the vault.`,
    ...tables.map((context) => contextSection(context, declared, tree)),
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
