import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';

export type YamlNode = Node;

/** Reads a YAML text as it is written: `330602` and `007` stay text, and what is wrong is told with its line, from 1. */
export class YamlNodes {
  /** The document; null where the text holds none. */
  readonly root: YamlNode | null;
  private readonly lines = new LineCounter();

  /** Throws what `fail` makes of a message on a text that is no YAML. */
  constructor(
    text: string,
    private readonly fail: (message: string, line?: number) => Error,
  ) {
    const document = parseDocument(text, { lineCounter: this.lines });
    const [broken] = document.errors;
    if (broken !== undefined) throw fail(broken.message.split('\n')[0]!, this.lines.linePos(broken.pos[0]).line);
    this.root = document.contents;
  }

  error(node: YamlNode, message: string): Error {
    return this.fail(message, this.lines.linePos(node.range![0]).line);
  }

  /** Entries of a map by key, in the order of the file; with `known`, any other key is an error. */
  entries(node: YamlNode, path: string, known?: readonly string[]): Map<string, YamlNode> {
    if (!isMap(node)) throw this.error(node, `${path} must be a map of keys and values`);
    const entries = new Map<string, YamlNode>();
    for (const pair of (node as YAMLMap).items as Pair<YamlNode, YamlNode | null>[]) {
      const key = this.text(pair.key, `a key of ${path}`, true);
      if (known !== undefined && !known.includes(key)) {
        throw this.error(pair.key, `${path} has no "${key}"; it may have ${known.join(', ')}`);
      }
      if (entries.has(key)) throw this.error(pair.key, `${path} has "${key}" twice`);
      if (pair.value === null || (isScalar(pair.value) && pair.value.value === null)) {
        throw this.error(pair.key, `"${key}" of ${path} has no value`);
      }
      entries.set(key, pair.value);
    }
    return entries;
  }

  items(node: YamlNode, path: string): readonly YamlNode[] {
    if (!isSeq(node)) throw this.error(node, `${path} must be a list`);
    return node.items as YamlNode[];
  }

  text(node: YamlNode, path: string, mayBeEmpty = false): string {
    if (!isScalar(node)) throw this.error(node, `${path} must be a text`);
    const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    if (text === '' && !mayBeEmpty) throw this.error(node, `${path} must not be empty`);
    return text;
  }
}
