import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isMap, isScalar, LineCounter, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';
import { Failure } from '#kernel';
import { compileDateFormat, readIsoTime, type TimeReader } from './date-format.ts';
import { isTarget, isTimeTarget, REQUIRED_TARGETS, TARGETS, type Target } from './target.ts';
import { timeZoneNamed } from './wall-time.ts';

export const FORMATS = ['csv', 'ndjson', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** How the file is to be read. */
export interface Source {
  readonly format: Format;
  /** IANA zone in which local times are read. */
  readonly timezone: string;
  /** Label of the Encoding Standard; an XLSX file carries its own. */
  readonly encoding: string;
  /** One character between the cells of a CSV line. */
  readonly delimiter: string;
}

/** Where the value of one target comes from. */
export interface FieldMapping {
  readonly column: string;
  readonly dateFormat?: string;
  /** Value of the target by value of the cell. */
  readonly map?: Readonly<Record<string, string>>;
  /** Value where the cell is empty or the map does not know it. */
  readonly default?: string;
}

/** A mapping file, checked. */
export interface Mapping {
  readonly source: Source;
  readonly constants: { readonly [T in Target]?: string };
  readonly fields: { readonly [T in Target]?: FieldMapping };
  /** SHA-256 of what the file says, in hex: its order and comments do not count. */
  readonly digest: string;
}

/** The mapping file is wrong, or does not fit the file it is used on. `line` counts from 1. */
export class MappingError extends Failure {
  override readonly name = 'MappingError';
  constructor(
    message: string,
    readonly line?: number,
  ) {
    super('MAPPING_INVALID', line === undefined ? message : `line ${line}: ${message}`);
  }
}

/** Reads the text of a mapping file (YAML); throws a {@link MappingError} that names the line. */
export function parseMapping(text: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (node: Node) => lines.linePos(node.range![0]).line;
  const [broken] = document.errors;
  if (broken !== undefined) throw new MappingError(broken.message.split('\n')[0]!, lines.linePos(broken.pos[0]).line);
  const reader = new NodeReader(lineOf);

  if (document.contents === null) throw new MappingError('the mapping file is empty');
  const top = reader.entries(document.contents, 'the mapping', ['source', 'constants', 'fields']);
  const sourceNode = top.get('source');
  if (sourceNode === undefined) throw new MappingError('source is missing: { format: csv, timezone, encoding }');
  const fieldsNode = top.get('fields');
  if (fieldsNode === undefined) throw new MappingError('fields is missing: a line "target: column" for each');
  const said = {
    source: sourceOf(sourceNode, reader),
    constants: constantsOf(top.get('constants'), reader),
    fields: fieldsOf(fieldsNode, reader),
  };
  for (const target of Object.keys(said.constants)) {
    if (target in said.fields) throw new MappingError(`${target} is both a constant and a field`);
  }
  for (const target of REQUIRED_TARGETS) {
    if (!(target in said.fields) && !(target in said.constants)) {
      throw new MappingError(`${target} comes neither from a column nor from a constant`);
    }
  }
  return { ...said, digest: createHash('sha256').update(canonicalize(said)!).digest('hex') };
}

/** Reader of a time target's cells. */
export function timeReaderOf({ dateFormat }: Pick<FieldMapping, 'dateFormat'>): TimeReader {
  return dateFormat === undefined ? readIsoTime : compileDateFormat(dateFormat);
}

function sourceOf(node: Node, reader: NodeReader): Source {
  const said = reader.entries(node, 'source', ['format', 'timezone', 'encoding', 'delimiter']);
  const text = (name: string, fallback: string, isRight: (value: string) => boolean, what: string): string => {
    const value = said.get(name);
    if (value === undefined) return fallback;
    const read = reader.text(value, `source.${name}`);
    if (!isRight(read)) throw reader.error(value, `source.${name} must be ${what}, not "${read}"`);
    return read;
  };
  if (!said.has('format')) throw reader.error(node, `source.format is missing: ${FORMATS.join(', ')}`);
  return {
    format: text('format', '', (value) => FORMATS.includes(value as Format), `one of ${FORMATS.join(', ')}`) as Format,
    timezone: text(
      'timezone',
      'Asia/Shanghai',
      (value) => timeZoneNamed(value) !== undefined,
      'a zone of the time-zone database, such as Asia/Shanghai',
    ),
    encoding: text('encoding', 'utf-8', isEncoding, 'a character encoding, such as utf-8 or gb18030'),
    delimiter: text(
      'delimiter',
      ',',
      (value) => value.length === 1 && !/["\r\n]/.test(value),
      'one character, no quote and no line break',
    ),
  };
}

function constantsOf(node: Node | undefined, reader: NodeReader): Mapping['constants'] {
  const constants: Partial<Record<Target, string>> = {};
  if (node === undefined) return constants;
  for (const [name, value] of reader.entries(node, 'constants')) {
    const target = reader.target(name, value);
    const text = reader.text(value, `constants.${name}`);
    if (isTimeTarget(target) && readIsoTime(text) === undefined) {
      throw reader.error(value, `constants.${name} must be an ISO 8601 time`);
    }
    constants[target] = text;
  }
  return constants;
}

function fieldsOf(node: Node, reader: NodeReader): Mapping['fields'] {
  const fields: Partial<Record<Target, FieldMapping>> = {};
  for (const [name, value] of reader.entries(node, 'fields')) {
    const target = reader.target(name, value);
    fields[target] = isScalar(value)
      ? { column: reader.text(value, `fields.${name}`) }
      : fieldOf(value, target, `fields.${name}`, reader);
  }
  return fields;
}

function fieldOf(node: Node, target: Target, path: string, reader: NodeReader): FieldMapping {
  const said = reader.entries(node, path, ['column', 'dateFormat', 'map', 'default']);
  const column = said.get('column');
  if (column === undefined) throw reader.error(node, `${path}.column is missing; a value for every row is a constant`);
  const [format, map, fallback] = [said.get('dateFormat'), said.get('map'), said.get('default')];
  if (format !== undefined && !isTimeTarget(target)) {
    throw reader.error(format, `${path}.dateFormat: ${target} is not a time`);
  }
  const field: FieldMapping = {
    column: reader.text(column, `${path}.column`),
    ...(format === undefined ? {} : { dateFormat: reader.text(format, `${path}.dateFormat`) }),
    ...(map === undefined ? {} : { map: valueMapOf(map, `${path}.map`, reader) }),
    ...(fallback === undefined ? {} : { default: reader.text(fallback, `${path}.default`) }),
  };
  if (isTimeTarget(target)) checkTimes(field, format ?? node, fallback, path, reader);
  return field;
}

function checkTimes(
  field: FieldMapping,
  formatNode: Node,
  fallback: Node | undefined,
  path: string,
  reader: NodeReader,
): void {
  let read: TimeReader;
  try {
    read = timeReaderOf(field);
  } catch (error) {
    throw reader.error(formatNode, `${path}.dateFormat "${field.dateFormat}": ${(error as RangeError).message}`);
  }
  if (fallback !== undefined && read(field.default!) === undefined) {
    throw reader.error(fallback, `${path}.default is not a time in the column's format`);
  }
}

function valueMapOf(node: Node, path: string, reader: NodeReader): Record<string, string> {
  const values = [...reader.entries(node, path)].map(([key, value]) => [key, reader.text(value, `${path}.${key}`)]) as [
    string,
    string,
  ][];
  return Object.fromEntries(values);
}

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

/** Reads YAML nodes as they are written: `330602` and `007` stay text, and what is wrong is told with its line. */
class NodeReader {
  constructor(private readonly lineOf: (node: Node) => number) {}

  error(node: Node, message: string): MappingError {
    return new MappingError(message, this.lineOf(node));
  }

  /** Entries of a map by key, in the order of the file; with `known`, any other key is an error. */
  entries(node: Node, path: string, known?: readonly string[]): Map<string, Node> {
    if (!isMap(node)) throw this.error(node, `${path} must be a map of keys and values`);
    const entries = new Map<string, Node>();
    for (const pair of (node as YAMLMap).items as Pair<Node, Node | null>[]) {
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

  target(name: string, value: Node): Target {
    if (isTarget(name)) return name;
    throw this.error(value, `"${name}" is no target; targets are ${TARGETS.join(', ')}`);
  }

  text(node: Node, path: string, mayBeEmpty = false): string {
    if (!isScalar(node)) throw this.error(node, `${path} must be a text`);
    const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    if (text === '' && !mayBeEmpty) throw this.error(node, `${path} must not be empty`);
    return text;
  }
}
