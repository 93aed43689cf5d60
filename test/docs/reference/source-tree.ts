import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

/** The libs as the compiler sees them: for what is declared but gone at run time (types, doc comments, messages). */
export class SourceTree {
  readonly #program: ts.Program;
  readonly checker: ts.TypeChecker;

  /** `root` is the checkout. */
  constructor(readonly root: string) {
    const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), { noEmit: true }, {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
      },
    } as ts.ParseConfigFileHost)!;
    this.#program = ts.createProgram(
      config.fileNames.filter((name) => this.#place(name).startsWith('libs/') && !name.endsWith('.spec.ts')),
      config.options,
    );
    this.checker = this.#program.getTypeChecker();
  }

  get libs(): string[] {
    return readdirSync(join(this.root, 'libs')).sort();
  }

  /** Path of a node's file below the checkout. */
  placeOf(node: ts.Node): string {
    return this.#place(node.getSourceFile().fileName);
  }

  libOf(node: ts.Node): string {
    return this.placeOf(node).split('/')[1]!;
  }

  /** Source files of all libs, or of one, without specifications and test fixtures. */
  files(lib?: string): ts.SourceFile[] {
    return this.#program
      .getSourceFiles()
      .filter((file) => this.#place(file.fileName).startsWith(lib === undefined ? 'libs/' : `libs/${lib}/`))
      .filter((file) => !/\/(testing|contract)\/|contract\.ts$/.test(file.fileName))
      .sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  }

  /** A file by its path below the checkout. */
  file(path: string): ts.SourceFile {
    const found = this.#program.getSourceFile(join(this.root, path));
    if (found === undefined) throw new Error(`${path} is no source file`);
    return found;
  }

  /** The class of that name; there is one. */
  class(name: string): ts.ClassDeclaration {
    for (const file of this.files()) {
      const found = file.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === name);
      if (found !== undefined) return found as ts.ClassDeclaration;
    }
    throw new Error(`no class ${name}`);
  }

  /** Doc comment in one paragraph, without its tags. */
  docOf(node: ts.Node): string {
    return ts
      .getJSDocCommentsAndTags(node)
      .filter(ts.isJSDoc)
      .map((comment) => plain(ts.getTextOfJSDocComment(comment.comment) ?? ''))
      .join(' ');
  }

  /** What an identifier stands for, through imports. */
  declarationsOf(identifier: ts.Identifier): readonly ts.Declaration[] {
    let symbol = ts.isShorthandPropertyAssignment(identifier.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(identifier.parent)
      : this.checker.getSymbolAtLocation(identifier);
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0)
      symbol = this.checker.getAliasedSymbol(symbol);
    return symbol?.declarations ?? [];
  }

  #place(fileName: string): string {
    return relative(this.root, fileName).split(sep).join('/');
  }
}

/** Every node below, itself included. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

function plain(comment: string): string {
  return comment
    .replaceAll(/\{@link ([^}]+)\}/g, '`$1`')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}
