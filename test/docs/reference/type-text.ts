import ts from 'typescript';
import type { SourceTree } from './source-tree.ts';
import { code } from './markdown.ts';

/** A field of an object type as its declaration says it. */
export interface DeclaredField {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly doc: string;
}

/** Fields of an object type, in the order of its declaration. */
export function fieldsOf(tree: SourceTree, type: ts.TypeNode): DeclaredField[] {
  return tree.checker.getPropertiesOfType(tree.checker.getTypeFromTypeNode(type)).map((property) => {
    const declaration = declarationOf(property);
    return {
      name: property.name,
      type: typeText(tree, declaration.type),
      isOptional: declaration.questionToken !== undefined,
      doc: tree.docOf(declaration),
    };
  });
}

/**
 * The fields of the objects that an object holds, of their objects in turn, by path (`clocks[].due`, with `?` where they may be
 * missing): what {@link fieldsOf} tells by a name alone.
 */
export function fieldsWithin(tree: SourceTree, type: ts.TypeNode): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = (object: ts.Type, path: string, above: readonly ts.Type[]): void => {
    for (const property of tree.checker.getPropertiesOfType(object)) {
      if (path !== '') {
        const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
        found[`${path}.${property.name}${isOptional ? '?' : ''}`] = textWithin(tree, property);
      }
      const at = path === '' ? property.name : `${path}.${property.name}`;
      for (const [part, suffix] of objectsIn(tree, tree.checker.getTypeOfSymbol(property), '')) {
        if (!above.includes(part)) walk(part, `${at}${suffix}`, [...above, part]);
      }
    }
  };
  walk(tree.checker.getTypeFromTypeNode(type), '', []);
  return found;
}

/** The object types with fields of their own that a type holds, `[]` for each list around them. */
function objectsIn(tree: SourceTree, type: ts.Type, suffix: string): (readonly [ts.Type, string])[] {
  if (type.isUnion()) return type.types.flatMap((part) => objectsIn(tree, part, suffix));
  const { checker } = tree;
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    return element === undefined ? [] : objectsIn(tree, element, `${suffix}[]`);
  }
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0 && checker.getPropertiesOfType(type).length > 0;
  return isObject ? [[type, suffix]] : [];
}

/** Properties of a mapped type are declared nowhere. */
function textWithin(tree: SourceTree, property: ts.Symbol): string {
  const declared = property.declarations?.find(ts.isPropertySignature)?.type;
  if (declared !== undefined) return typeText(tree, declared);
  return tree.checker.typeToString(tree.checker.getTypeOfSymbol(property));
}

function declarationOf(property: ts.Symbol): ts.PropertySignature & { readonly type: ts.TypeNode } {
  const declaration = property.declarations?.find(ts.isPropertySignature);
  if (declaration?.type === undefined) throw new Error(`${property.name} is declared without a type`);
  return declaration as ts.PropertySignature & { readonly type: ts.TypeNode };
}

/** A type as a reader of JSON sees it: names that hold a list of words are replaced by the words. */
export function typeText(tree: SourceTree, node: ts.TypeNode): string {
  if (ts.isUnionTypeNode(node)) return node.types.map((part) => typeText(tree, part)).join(' or ');
  if (ts.isParenthesizedTypeNode(node)) return typeText(tree, node.type);
  if (ts.isLiteralTypeNode(node)) return code(literalText(node));
  if (ts.isTypeOperatorNode(node)) return typeText(tree, node.type);
  if (ts.isArrayTypeNode(node)) return `list of ${typeText(tree, node.elementType)}`;
  if (ts.isTypeLiteralNode(node)) {
    const fields = fieldsOf(tree, node).map(
      ({ name, type, isOptional }) => `${code(name)}: ${type}${isOptional ? ' (optional)' : ''}`,
    );
    return `object of ${fields.join('; ')}`;
  }
  if (ts.isTypeReferenceNode(node)) {
    const words = wordsOf(tree.checker.getTypeFromTypeNode(node));
    return words === undefined ? node.typeName.getText() : inOrder(tree, node, words).map(code).join(', ');
  }
  return node.getText();
}

/** Words in the order of the list they are declared by; the compiler keeps them in an order of its own. */
function inOrder(tree: SourceTree, node: ts.TypeReferenceNode, words: readonly string[]): readonly string[] {
  const name = ts.isQualifiedName(node.typeName) ? node.typeName.right : node.typeName;
  const alias = tree.declarationsOf(name).find(ts.isTypeAliasDeclaration)?.type;
  if (alias === undefined || !ts.isIndexedAccessTypeNode(alias)) return words.toSorted();
  const list = tree.checker.getTypeFromTypeNode(alias.objectType) as ts.TypeReference;
  return tree.checker.getTypeArguments(list).flatMap((type) => wordsOf(type) ?? []);
}

/** The words of a type that is a choice between texts; undefined for any other type. */
export function wordsOf(type: ts.Type): string[] | undefined {
  if (type.isStringLiteral()) return [type.value];
  if (!type.isUnion()) return undefined;
  const words = type.types.map((part) => (part.isStringLiteral() ? part.value : undefined));
  return words.every((word) => word !== undefined) ? words : undefined;
}

function literalText(node: ts.LiteralTypeNode): string {
  return ts.isStringLiteral(node.literal) ? node.literal.text : node.literal.getText();
}
