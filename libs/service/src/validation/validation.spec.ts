import { describe, expect, it } from '@jest/globals';
import { IsOptional, validateSync } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import {
  IsInstant,
  IsLocalDate,
  IsObjectId,
  IsReference,
  IsRegionCode,
  IsText,
  IsChannel,
  IsUscc,
  IsWebAddress,
  WithoutLongNumbers,
  validatorSchemas,
} from './index.ts';

class Form {
  @IsOptional() @IsUscc() uscc?: unknown;
  @IsOptional() @IsRegionCode() region?: unknown;
  @IsOptional() @IsObjectId() id?: unknown;
  @IsOptional() @IsLocalDate() on?: unknown;
  @IsOptional() @IsInstant() at?: unknown;
  @IsOptional() @IsText(5) text?: unknown;
  @IsOptional() @IsText(5, { each: true }) words?: unknown;
  @IsOptional() @IsReference() reference?: unknown;
  @IsOptional() @IsChannel() channel?: unknown;
  @IsOptional() @IsWebAddress() url?: unknown;
  @IsOptional() @WithoutLongNumbers() title?: unknown;
  @IsOptional() @IsReference({ each: true }) references?: unknown;
}

const faults = (values: Form) => validateSync(Object.assign(new Form(), values)).map((error) => error.property);

describe('validators', () => {
  it.each<Form>([
    { uscc: '9144030071526726XG' },
    { uscc: '９144030071526726xg' },
    { region: '330602' },
    { region: '330602001' },
    { region: '330602001002' },
    { on: '2028-02-29' },
    { at: '2026-03-04T10:00:00+08:00' },
    { at: '2026-03-04T02:00Z' },
    { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
    { text: '诉求\n二' },
    { words: ['a', 'b'] },
    { reference: 'evidence-09ZP9RT7J8EEHBX7G1CNV5FAYB' },
    { reference: 'evidence-01213900001111AAAAAAAAAAAA' },
    { reference: 'a13900001111b0f8a0c7d4e5a69788f0e1d2c3b4a5968778695a4b3c2d1e0f90' },
    { reference: '8b85c02f-79a2-48e9-9c59-a13900001111' },
    { reference: '3305230000000202105312269' },
    { reference: 'HZDH20210528210013' },
    { reference: '2026052812345678901' },
    { reference: '110105194912310021' },
    { references: ['doc-1', 'https://archive.example/2026/03/04#7'] },
    { channel: '12345' },
    { url: 'https://gd.tsgs.12315.cn/detail?id=2026-0815#top' },
    { title: '绍兴市越城区市场监管局 2026-08-13 第2号' },
  ])('take %j', (values) => expect(faults(values)).toEqual([]));

  it.each<Form>([
    { uscc: '91310000132297653A' },
    { uscc: 9144030019220382 },
    { region: '000000' },
    { region: '33060' },
    { region: '3306021' },
    { region: 330602 },
    { on: '2026-02-30' },
    { on: '20260228' },
    { at: '2026-03-04' },
    { at: '2026-03-04T10:00:00' },
    { at: '2026-03-04T24:00:00Z' },
    { at: 1772589600000 },
    { at: '9999-12-31T23:59:59Z' },
    { on: '9999-12-31' },
    { on: '0999-12-31' },
    { id: '81ARZ3NDEKTSV4RRFFQ69G5FAV' },
    { id: '01ARZ3NDEKTSV4RRFFQ69G5FA' },
    { text: '' },
    { text: ' \n ' },
    { text: 'abcdef' },
    { text: 'a\u0000' },
    { text: '\uD800' },
    { text: 1 },
    { words: ['a', ''] },
    { reference: 'two words' },
    { reference: '13900001111' },
    { reference: 'chat/8613900001111.pdf' },
    { reference: 'photo13900001111' },
    { reference: '11010519491231002X' },
    { reference: 'id:11010519491231002x' },
    { reference: '6222021234567890128' },
    { references: ['doc-1', '13900001111'] },
    { channel: '13900001111' },
    { url: 'https://example.cn/?phone=13900001111' },
    { url: 'https://example.cn/张三' },
    { url: 'javascript:alert(1)' },
    { url: `https://example.cn/${'a'.repeat(500)}` },
    { title: '李雷 139 0000 1111' },
    { title: '李雷 139-0000-1111' },
    { title: '李雷 １３９ ００００ １１１１' },
    { title: '李雷 0575-8512 3456' },
    { title: '110105 19491231 002X' },
  ])('refuse %j', (values) => expect(faults(values)).toEqual(Object.keys(values)));

  it('say in JSON Schema what they want', () => {
    const schema = targetConstructorToSchema(Form, { additionalConverters: validatorSchemas });
    expect(schema).toMatchObject({
      properties: {
        uscc: { type: 'string', minLength: 18, maxLength: 18 },
        region: { type: 'string', pattern: expect.stringContaining('\\d{6}') },
        on: { type: 'string', format: 'date' },
        at: { type: 'string', format: 'date-time' },
        text: { type: 'string', minLength: 1, maxLength: 5 },
        words: { type: 'array', items: { type: 'string' } },
      },
    });
  });
});
