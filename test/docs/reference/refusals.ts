import ts from 'typescript';
import { nodesOf, type SourceTree } from './source-tree.ts';
import { wordsOf } from './type-text.ts';

/** A place in the code that says no. */
export interface Saying {
  readonly kind: 'refusal' | 'problem' | 'failure';
  /** Refusal kind (`conflict`), or the status of a problem. */
  readonly as: string;
  readonly code: string;
  /** The sentence, with `…` for what only the moment knows. */
  readonly detail: string;
  readonly lib: string;
  readonly isRetryable: boolean;
}

/** Every `refuse(…)`, `new ProblemError(…)`, `badParameter(…)` and `new Failure(…)` at or below a node. */
export function sayingsIn(tree: SourceTree, root: ts.Node): Saying[] {
  return [...nodesOf(root)].flatMap((node) => sayingsAt(tree, node));
}

/** What a rule can refuse with: everything said by it and by what it calls in its own lib. */
export function refusalsOf(tree: SourceTree, rule: ts.Node): Saying[] {
  const lib = tree.libOf(rule);
  const seen = new Set<ts.Node>();
  const found: Saying[] = [];
  const visit = (node: ts.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const inner of nodesOf(node)) {
      found.push(...sayingsAt(tree, inner).filter(({ kind }) => kind === 'refusal'));
      if (!ts.isIdentifier(inner)) continue;
      for (const declaration of tree.declarationsOf(inner)) {
        const isRule = ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration);
        if (isRule && tree.libOf(declaration) === lib) visit(declaration);
      }
    }
  };
  visit(rule);
  return found;
}

function sayingsAt(tree: SourceTree, node: ts.Node): Saying[] {
  const lib = (): string => tree.libOf(node);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const [first, second, third] = node.arguments;
    if (node.expression.text === 'refuse' && first !== undefined && second !== undefined) {
      const details = third === undefined ? '' : textOf(tree, third);
      return (textsOf(tree, first) ?? []).flatMap((as) =>
        codesOf(tree, second).map((code) => ({
          kind: 'refusal' as const,
          as,
          code,
          detail: details === '' ? besideCode(tree, node, code) : details,
          lib: lib(),
          isRetryable: false,
        })),
      );
    }
    if (node.expression.text === 'badParameter' && second !== undefined) {
      const code = third === undefined ? ['BAD_PARAMETER'] : codesOf(tree, third);
      return code.map((one) => problem('400', one, textOf(tree, second), lib()));
    }
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.arguments !== undefined) {
    const [first, second, third] = node.arguments;
    if (node.expression.text === 'ProblemError' && first !== undefined && second !== undefined && third !== undefined) {
      if (!ts.isNumericLiteral(first)) return [];
      return codesOf(tree, second).map((code) => problem(first.text, code, textOf(tree, third), lib()));
    }
    if (node.expression.text === 'Failure' && first !== undefined && second !== undefined) {
      return codesOf(tree, first).map((code) =>
        failure(code, textOf(tree, second), third?.kind === ts.SyntaxKind.TrueKeyword, lib()),
      );
    }
  }
  return [...subclassFailure(tree, node, lib)];
}

/** A class of its own for one failure: the code stands in its call of `super`. */
function* subclassFailure(tree: SourceTree, node: ts.Node, lib: () => string): Generator<Saying> {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return;
  const [code, message, isRetryable] = node.arguments;
  if (code === undefined || message === undefined || !ts.isStringLiteral(code)) return;
  yield failure(code.text, textOf(tree, message), isRetryable?.kind === ts.SyntaxKind.TrueKeyword, lib());
}

function problem(as: string, code: string, detail: string, lib: string): Saying {
  return { kind: 'problem', as, code, detail, lib, isRetryable: false };
}

function failure(code: string, detail: string, isRetryable: boolean, lib: string): Saying {
  return { kind: 'failure', as: '', code, detail, lib, isRetryable };
}

/** All codes an expression can stand for; none when only the caller knows. */
function codesOf(tree: SourceTree, node: ts.Expression): string[] {
  return (textsOf(tree, node) ?? []).filter((text) => /^[A-Z][A-Z0-9_]+$/.test(text));
}

/** All texts an expression can stand for, as its type says; undefined when it can be any text. */
function textsOf(tree: SourceTree, node: ts.Expression): string[] | undefined {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    let texts = [node.head.text];
    for (const span of node.templateSpans) {
      const values = textsOf(tree, span.expression);
      if (values === undefined) return undefined;
      texts = texts.flatMap((text) => values.map((value) => text + value + span.literal.text));
    }
    return texts;
  }
  const upper =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression : undefined;
  if (upper?.name.text === 'toUpperCase') return textsOf(tree, upper.expression)?.map((text) => text.toUpperCase());
  return wordsOf(tree.checker.getTypeAtLocation(node));
}

/** A message with `…` for its variable parts; a constant is looked up. */
function textOf(tree: SourceTree, node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
  }
  if (ts.isIdentifier(node)) {
    const constant = tree.declarationsOf(node).find(ts.isVariableDeclaration);
    if (constant?.initializer !== undefined) return textOf(tree, constant.initializer);
  }
  return '';
}

/** The sentence that stands beside a code where the code is written: in the same call or the same object. */
function besideCode(tree: SourceTree, node: ts.Node, code: string): string {
  for (const entry of nodesOf(node.getSourceFile())) {
    const texts = ts.isCallExpression(entry)
      ? entry.arguments
      : ts.isObjectLiteralExpression(entry)
        ? entry.properties.filter(ts.isPropertyAssignment).map(({ initializer }) => initializer)
        : [];
    if (!texts.some((text) => ts.isStringLiteral(text) && text.text === code)) continue;
    const said = textOf(tree, texts.at(-1)!);
    if (said.includes(' ')) return said;
  }
  return '';
}
