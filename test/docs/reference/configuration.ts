import ts from 'typescript';
import { readSettings, type Settings } from '#service';
import { blocks, code, codes, sentence, table } from './markdown.ts';
import { nodesOf, type SourceTree } from './source-tree.ts';
import type { Sources } from './sources.ts';
import { wordsOf } from './type-text.ts';

const FILE = 'libs/service/src/settings.ts';

/** Every environment variable, with its default as the code gives it. */
export function configurationPage({ tree }: Sources): string {
  const defaults = readSettings({});
  const rows = settingsBySource(tree).map(({ variable, setting }) => [
    code(variable),
    defaults[setting] === undefined ? 'none' : code(String(defaults[setting])),
    rangeOf(variable, setting, tree),
    sentence(documented(tree, setting)),
  ]);
  return blocks(
    '# Configuration',
    `The service reads its settings from the environment, once, when it starts. Every one is optional. A value it cannot use stops the
start with exit code 2 and a message that names the variable.`,
    table(['variable', 'default', 'value', 'meaning'], rows),
  );
}

/** Which variable fills which setting, checked against what the function really reads. */
function settingsBySource(tree: SourceTree): { variable: string; setting: keyof Settings }[] {
  const read = new Set<string>();
  readSettings(new Proxy({}, { get: (_, name) => void read.add(String(name)) }));
  const found: { variable: string; setting: keyof Settings }[] = [];
  for (const node of nodesOf(tree.file(FILE))) {
    if (!ts.isReturnStatement(node) || node.expression === undefined) continue;
    if (!ts.isObjectLiteralExpression(node.expression)) continue;
    for (const property of node.expression.properties) {
      const variable = variableIn(tree, property);
      if (variable !== undefined) found.push({ variable, setting: property.name!.getText() as keyof Settings });
    }
  }
  const known = found.map(({ variable }) => variable);
  if (known.toSorted().join() !== [...read].sort().join()) {
    throw new Error(`settings read ${[...read].join(', ')}, but return ${known.join(', ')}`);
  }
  return found;
}

/** The variable named in an expression, or where the constants it uses were set. */
function variableIn(tree: SourceTree, root: ts.Node): string | undefined {
  for (const node of nodesOf(root)) {
    if (ts.isStringLiteral(node) && node.text.startsWith('FANGXIN_')) return node.text;
  }
  for (const node of nodesOf(root)) {
    if (!ts.isIdentifier(node)) continue;
    for (const declaration of tree.declarationsOf(node).filter(ts.isVariableDeclaration)) {
      const initializer = declaration.initializer;
      if (initializer === undefined || !ts.isCallExpression(initializer)) continue;
      const variable = variableIn(tree, initializer);
      if (variable !== undefined) return variable;
    }
  }
  return undefined;
}

function setting(tree: SourceTree, name: string): ts.PropertySignature {
  const settings = tree.file(FILE).statements.find(ts.isInterfaceDeclaration)!;
  return settings.members.find((member) => member.name?.getText() === name) as ts.PropertySignature;
}

function documented(tree: SourceTree, name: string): string {
  return tree.docOf(setting(tree, name));
}

/** A choice of words from the type; otherwise what a wrong value is told. */
function rangeOf(variable: string, name: keyof Settings, tree: SourceTree): string {
  const words = wordsOf(tree.checker.getTypeFromTypeNode(setting(tree, name).type!));
  if (words !== undefined) return codes(words);
  const rules = new Set<string>();
  for (const wrong of ['no number \u0000', '0']) {
    try {
      readSettings({ [variable]: wrong });
    } catch (error) {
      rules.add((error as Error).message.replace(`${variable} must be `, '').replace(/, not ".*"$/s, ''));
    }
  }
  return rules.size === 0 ? 'text' : [...rules].join('; ');
}
