import ts from 'typescript';
import { allReaders } from '#access';
import { routeOf, type AnyCommandRow, type AnyContextTable, type AnyViewRow } from '#service';
import { blocks, code, codes, sentence, table } from './markdown.ts';
import { refusalsOf } from './refusals.ts';
import { nodesOf, type SourceTree } from './source-tree.ts';
import type { Sources } from './sources.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Every command by context: its route, who may give it, its fields, and what it can be refused with. */
export function commandsPage({ tree, tables, openApi }: Sources): string {
  const schemas = (openApi as { components: { schemas: Record<string, Schema> } }).components.schemas;
  const rules = ruleOf(tree);
  return blocks(
    '# Commands',
    `A command is a \`POST\` with a JSON body. It is answered with \`{ "id", "version", "position" }\` once its events are on disk.
The roles named are those of the access key; an administrator may give every command. A key that is bound to a region or a
subject reaches only objects of that region or subject.`,
    `Every command takes \`occurredAt\`: when it happened, an instant with an offset, never in the future. Without it the moment
of recording holds. Two headers are optional: \`Idempotency-Key\` (the same key and payload get the same answer, another payload
is refused) and \`If-Match\` (the version the object must be at). A refused command appends nothing.`,
    `The codes under “Refused” are those of the rules. [problems.md](problems.md) says what they mean and lists the codes that
every route shares.`,
    ...tables.map((context) =>
      blocks(
        `## ${context.title.charAt(0).toUpperCase()}${context.title.slice(1)}`,
        ...context.commands.map((row) => commandSection(context, row, schemas[row.command.name], rules(row), tree)),
        context.batch === true
          ? `\`POST /v1/${context.collection}/batch\` takes the creating command as NDJSON, one a line, and answers line by line.`
          : '',
        ...context.views.map((view) => viewSection(context, view)),
      ),
    ),
  );
}

function commandSection(
  context: AnyContextTable,
  row: AnyCommandRow,
  schema: Schema | undefined,
  rule: ts.Node,
  tree: SourceTree,
): string {
  if (schema === undefined) throw new Error(`${row.command.name} is not in the OpenAPI document`);
  const refused = [...new Set(refusalsOf(tree, rule).map((saying) => saying.code))].sort();
  return blocks(
    `### ${row.command.name}`,
    `\`POST /v1/${context.collection}${routeOf(row)}\``,
    sentence(row.summary),
    sentence(tree.docOf(tree.class(row.command.name))),
    `Roles: ${[...new Set([...row.roles, 'administrator'])].join(', ')}.`,
    fieldTable(row.command.name, schema, tree),
    refused.length === 0 ? '' : `Refused: ${codes(refused)}.`,
  );
}

function fieldTable(command: string, schema: Schema, tree: SourceTree): string {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const required = (schema['required'] ?? []) as readonly string[];
  const docs = fieldDocs(command, tree);
  const rows = properties
    .filter(([name]) => name !== 'occurredAt')
    .map(([name, property]) => [
      code(name),
      required.includes(name) ? 'yes' : '',
      constraint(property),
      docs.get(name) || String(property['description'] ?? ''),
    ]);
  return table(['field', 'required', 'value', 'meaning'], rows);
}

/** Doc comments of a command's fields, with those it inherits. */
function fieldDocs(command: string, tree: SourceTree): ReadonlyMap<string, string> {
  const docs = new Map<string, string>();
  const type = tree.checker.getTypeAtLocation(tree.class(command));
  for (const property of type.getProperties()) {
    const declaration = property.declarations?.[0];
    if (declaration !== undefined) docs.set(property.name, tree.docOf(declaration));
  }
  return docs;
}

/** The part of JSON Schema that commands use. */
interface ValueSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ValueSchema;
}

/** What a value must be, in words. */
function constraint(schema: ValueSchema): string {
  if (schema.enum !== undefined) return codes(schema.enum);
  if (schema.format === 'date-time') return 'instant with offset';
  if (schema.format === 'date') return '`YYYY-MM-DD`';
  switch (schema.type) {
    case 'array':
      return `list of ${constraint(schema.items ?? {})}${range(schema.minItems, schema.maxItems, 'entries')}`;
    case 'integer':
      return `whole number${range(schema.minimum, schema.maximum, '')}`;
    case 'string': {
      const { minLength, maxLength, pattern } = schema;
      const isFixed = minLength !== undefined && minLength === maxLength;
      const length = isFixed ? `, ${minLength} characters` : range(minLength, maxLength, 'characters');
      return `text${length}${pattern === undefined ? '' : `, ${code(pattern)}`}`;
    }
    default:
      return schema.type ?? 'anything';
  }
}

function range(from: number | undefined, to: number | undefined, what: string): string {
  const unit = what === '' ? '' : ` ${what}`;
  if (from !== undefined && to !== undefined) return `, ${from} to ${to}${unit}`;
  if (from !== undefined) return `, at least ${from}${unit}`;
  return to === undefined ? '' : `, at most ${to}${unit}`;
}

/** Finds the rule of a row in its context's table, where the class and the function stand side by side. */
function ruleOf(tree: SourceTree): (row: AnyCommandRow) => ts.Node {
  const rules = new Map<string, ts.Node>();
  for (const file of tree.files().filter(({ fileName }) => fileName.endsWith('.module.ts'))) {
    for (const node of nodesOf(file)) {
      if (ts.isCallExpression(node)) {
        // A row that a function makes: action, class, rule.
        const [action, command, decide] = node.arguments;
        if (action !== undefined && ts.isStringLiteral(action) && command !== undefined && decide !== undefined) {
          rules.set(command.getText().split('.').at(-1)!, decide);
        }
      }
      if (!ts.isObjectLiteralExpression(node)) continue;
      const command = propertyOf(node, 'command');
      const decide = propertyOf(node, 'decide');
      if (command !== undefined && decide !== undefined) rules.set(command.getText().split('.').at(-1)!, decide);
    }
  }
  return (row) => {
    const rule = rules.get(row.command.name);
    if (rule === undefined) throw new Error(`no table says what decides ${row.command.name}`);
    return rule;
  };
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = node.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === name);
  return (property as ts.PropertyAssignment | undefined)?.initializer;
}

function viewSection(context: AnyContextTable, view: AnyViewRow): string {
  const base = `/v1/${context.collection}`;
  const filters = [...Object.keys(view.filters), ...Object.keys(view.narrowings ?? {})];
  return blocks(
    `### Reading: ${view.projection.name}`,
    `\`GET ${base}\`, \`GET ${base}/{id}\`, \`GET ${base}/{id}/events\``,
    `${sentence(view.summary)} ${filters.length === 0 ? '' : `Filters: ${codes(filters)}.`}`,
    `Roles: ${allReaders(view.roles).join(', ')}.`,
  );
}
