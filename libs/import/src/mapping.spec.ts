import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { MappingError, parseMapping } from './mapping.ts';

const RIGHT = `
source: { format: csv, timezone: America/New_York, encoding: utf-8 }
constants: { channel: "12345" }
fields:
  externalNo: case_id
  receivedAt: { column: opened, dateFormat: "yyyy-MM-dd HH:mm:ss" }
  handlingRegion: { column: district, map: { North End: 330602, 7: 007 }, default: "330600" }
`;

describe('a mapping file', () => {
  it('is read as it is written', () => {
    const mapping = parseMapping(RIGHT);
    expect(mapping.source).toEqual({ format: 'csv', timezone: 'America/New_York', encoding: 'utf-8', delimiter: ',' });
    expect(mapping.constants).toEqual({ channel: '12345' });
    expect(mapping.fields).toEqual({
      externalNo: { column: 'case_id' },
      receivedAt: { column: 'opened', dateFormat: 'yyyy-MM-dd HH:mm:ss' },
      handlingRegion: { column: 'district', map: { 'North End': '330602', '7': '007' }, default: '330600' },
    });
  });

  it('has a digest of what it says, whatever its order and comments', () => {
    const again = parseMapping(
      `# the same\n${RIGHT.replace('constants: { channel: "12345" }\n', '')}constants: { channel: '12345' }\n`,
    );
    expect(again.digest).toBe(parseMapping(RIGHT).digest);
    expect(parseMapping(RIGHT.replace('330600', '330601')).digest).not.toBe(again.digest);
  });

  it('reads local times in Shanghai and text as UTF-8 unless it says otherwise', () => {
    const { source } = parseMapping(RIGHT.replace(/source: .*/, 'source: { format: ndjson }'));
    expect(source).toEqual({ format: 'ndjson', timezone: 'Asia/Shanghai', encoding: 'utf-8', delimiter: ',' });
  });

  it.each([
    ['an unknown key', RIGHT.replace('fields:', 'filds:'), 4, '"filds"'],
    ['an unknown key of the source', RIGHT.replace('encoding:', 'charset:'), 2, '"charset"'],
    ['an unknown target', RIGHT.replace('externalNo:', 'externalNumber:'), 5, '"externalNumber"'],
    ['a target of no work order', `${RIGHT}  importBatch: x\n`, 8, '"importBatch"'],
    ['an unknown key of a field', RIGHT.replace('dateFormat:', 'dateformat:'), 6, '"dateformat"'],
    ['an unknown format', RIGHT.replace('csv', 'xls'), 2, 'source.format'],
    ['a zone nobody has', RIGHT.replace('New_York', 'Newyork'), 2, 'source.timezone'],
    ['an encoding nobody has', RIGHT.replace('utf-8', 'utf-88'), 2, 'source.encoding'],
    ['a delimiter of two characters', RIGHT.replace('encoding: utf-8', 'delimiter: "::"'), 2, 'source.delimiter'],
    ['a date format with an unknown letter', RIGHT.replace('HH:mm:ss', 'QQ:mm:ss'), 6, 'QQ'],
    ['a date format without a day', RIGHT.replace('yyyy-MM-dd', 'yyyy-MM'), 6, 'no day'],
    [
      'a date format on what is no time',
      RIGHT.replace('externalNo: case_id', 'externalNo: { column: x, dateFormat: yyyy }'),
      5,
      'not a time',
    ],
    ['a field without a column', RIGHT.replace('{ column: district, map', '{ map'), 7, 'column is missing'],
    ['a key without a value', RIGHT.replace('case_id', ''), 5, 'no value'],
    ['a key that stands twice', RIGHT.replace('fields:', 'fields:\n  externalNo: other'), 6, 'unique'],
    ['YAML that is none', RIGHT.replace('{ format', '[ format'), 2, ''],
  ])('with %s is refused with its line', (_, text, line, words) => {
    const error = refusal(text);
    expect(error.code).toBe('MAPPING_INVALID');
    expect(error.line).toBe(line);
    expect(error.message).toContain(words);
  });

  it.each([
    ['', 'empty'],
    ['source: { format: csv }', 'fields is missing'],
    [RIGHT.replace(/ {2}externalNo.*\n/, ''), 'externalNo comes neither'],
    [RIGHT.replace('channel:', 'externalNo:'), 'both a constant and a field'],
    [RIGHT.replace('channel: "12345"', 'channel: "12345", dueAt: soon'), 'must be an ISO 8601 time'],
  ])('is refused as a whole: %#', (text, words) => {
    expect(refusal(text).message).toContain(words);
  });

  it.each(['nyc311-mapping.yaml', 'hotline-mapping.yaml'])('of the documentation is right: %s', (name) => {
    const text = readFileSync(new URL(`../../../docs/examples/${name}`, import.meta.url), 'utf8');
    expect(Object.keys(parseMapping(text).fields)).toContain('receivedAt');
  });
});

function refusal(text: string): MappingError {
  try {
    parseMapping(text);
  } catch (error) {
    if (error instanceof MappingError) return error;
    throw error;
  }
  throw new Error('the mapping was taken');
}
