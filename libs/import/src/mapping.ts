import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isScalar } from 'yaml';
import { timeZoneNamed } from '#calendar';
import { Failure, YamlNodes, type YamlNode } from '#kernel';
import { compileDateFormat, readIsoTime, type TimeReader } from './date-format.ts';
import { isTarget, isTimeTarget, REQUIRED_TARGETS, TARGETS, type Target } from './target.ts';

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
  const reader = new YamlNodes(text, (message, line) => new MappingError(message, line));
  if (reader.root === null) throw new MappingError('the mapping file is empty');
  const top = reader.entries(reader.root, 'the mapping', ['source', 'constants', 'fields']);
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

function sourceOf(node: YamlNode, reader: YamlNodes): Source {
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

function constantsOf(node: YamlNode | undefined, reader: YamlNodes): Mapping['constants'] {
  const constants: Partial<Record<Target, string>> = {};
  if (node === undefined) return constants;
  for (const [name, value] of reader.entries(node, 'constants')) {
    const target = targetNamed(name, value, reader);
    const text = reader.text(value, `constants.${name}`);
    if (isTimeTarget(target) && readIsoTime(text) === undefined) {
      throw reader.error(value, `constants.${name} must be an ISO 8601 time`);
    }
    constants[target] = text;
  }
  return constants;
}

function fieldsOf(node: YamlNode, reader: YamlNodes): Mapping['fields'] {
  const fields: Partial<Record<Target, FieldMapping>> = {};
  for (const [name, value] of reader.entries(node, 'fields')) {
    const target = targetNamed(name, value, reader);
    fields[target] = isScalar(value)
      ? { column: reader.text(value, `fields.${name}`) }
      : fieldOf(value, target, `fields.${name}`, reader);
  }
  return fields;
}

function fieldOf(node: YamlNode, target: Target, path: string, reader: YamlNodes): FieldMapping {
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
  formatNode: YamlNode,
  fallback: YamlNode | undefined,
  path: string,
  reader: YamlNodes,
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

function valueMapOf(node: YamlNode, path: string, reader: YamlNodes): Record<string, string> {
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

function targetNamed(name: string, node: YamlNode, reader: YamlNodes): Target {
  if (isTarget(name)) return name;
  throw reader.error(node, `"${name}" is no target; targets are ${TARGETS.join(', ')}`);
}
