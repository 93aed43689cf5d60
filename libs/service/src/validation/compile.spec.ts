import { describe, expect, it } from '@jest/globals';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';
import fc from 'fast-check';
import { Command } from '../command.ts';
import { IsText, IsUscc, validatorOf } from '#service';

class Sample extends Command {
  @Matches(/^[a-z0-9]{1,24}$/)
  channel!: string;

  @IsOptional()
  @IsText(20)
  note?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100)
  amountFen?: number;

  @IsIn(['a', 'b'])
  kind!: string;

  @ValidateIf((sample: Sample) => sample.kind === 'b')
  @IsBoolean()
  flag?: boolean;

  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(3)
  @IsString({ each: true })
  @MaxLength(5, { each: true })
  tags?: string[];

  @IsOptional()
  @IsUscc()
  uscc?: string;
}

const FIELDS = ['channel', 'note', 'amountFen', 'kind', 'flag', 'tags', 'uscc', 'occurredAt'];

const value = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '12345',
    '',
    ' ',
    '91330100799655058B',
    '2026-03-04T10:00:00+08:00',
    '2026-03-04',
    null,
    undefined,
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.integer({ min: -5, max: 200 }),
  fc.double(),
  fc.boolean(),
  fc.array(fc.oneof(fc.string({ maxLength: 7 }), fc.integer()), { maxLength: 5 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }),
);

const body = fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string({ maxLength: 6 })), value, { maxKeys: 10 });

/** Names of the fields the library refuses in the same body. */
function refusedByLibrary(given: Record<string, unknown>): string[] {
  const sample = Object.assign(new Sample(), given);
  for (const key of Object.keys(sample))
    if (!(key in given)) delete (sample as unknown as Record<string, unknown>)[key];
  return validateSync(sample, { whitelist: true, forbidNonWhitelisted: true }).map((error) => error.property);
}

describe('a compiled validator', () => {
  it('refuses exactly the fields that class-validator refuses', () => {
    fc.assert(
      fc.property(body, (given) => {
        const { errors = [] } = validatorOf(Sample)(given);
        expect([...new Set(errors.map((error) => error.field))].sort()).toEqual(
          [...new Set(refusedByLibrary(given))].sort(),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('answers an instance of the class with the fields that were given', () => {
    const { command } = validatorOf(Sample)({ channel: '12345', kind: 'a', note: 'ok', amountFen: null });
    expect(command).toBeInstanceOf(Sample);
    expect(JSON.parse(JSON.stringify(command))).toEqual({ channel: '12345', kind: 'a', note: 'ok' });
  });

  it.each([
    [{ channel: '12345', kind: 'a', uscc: '91310000132297653A' }, 'uscc', 'INVALID_USCC'],
    [{ channel: '12345', kind: 'a', colour: 'red' }, 'colour', 'UNKNOWN_FIELD'],
    [{ kind: 'a' }, 'channel', 'MISSING_FIELD'],
    [{ channel: '12345', kind: 'a', occurredAt: '2026-03-04' }, 'occurredAt', 'INVALID_INSTANT'],
    [{ channel: '12345', kind: 'a', amountFen: 1.5 }, 'amountFen', 'INVALID_FIELD'],
    [{ channel: '12345', kind: 'a', note: '\ud800' }, 'note', 'MALFORMED_TEXT'],
  ])('names the field and a stable code: %j', (given, field, code) => {
    expect(validatorOf(Sample)(given).errors).toMatchObject([{ field, code }]);
  });

  it.each([[null], [[]], ['text'], [7]])('refuses a body that is no object: %j', (given) => {
    expect(validatorOf(Sample)(given).errors).toMatchObject([{ code: 'BODY_NOT_AN_OBJECT' }]);
  });

  it('never reads what objects inherit', () => {
    expect(validatorOf(Sample)(JSON.parse('{"__proto__": {"channel": "12345"}, "kind": "a"}')).errors).toContainEqual(
      expect.objectContaining({ field: 'channel', code: 'MISSING_FIELD' }),
    );
  });
});
