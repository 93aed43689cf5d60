import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { FormulaBook, formulaBook, isRefused, MetricsEngine, parseFormula } from './index.ts';
import { MemoryLog } from './testing/memory-log.ts';

const yaml = readFileSync(new URL('./formulas/M-02.yaml', import.meta.url), 'utf8');
const engineWith = (book: FormulaBook) =>
  new MetricsEngine({ clock: { now: () => 0 }, log: new MemoryLog(), formulas: book });

describe('Formulas', () => {
  it('that ship speak of what the facts hold', () => {
    expect(() => engineWith(formulaBook)).not.toThrow();
  });

  it('stay selectable when a newer version exists', async () => {
    const second = parseFormula(yaml.replace('version: 1', 'version: 2'), 'M-02.yaml');
    const engine = engineWith(new FormulaBook([second, ...formulaBook.formulas]));
    const formulaOf = async (formula?: string) => {
      const figure = await engine.figure({ metric: 'M-02', formula });
      return isRefused(figure) ? figure.code : figure.formula;
    };
    expect(await formulaOf()).toBe('M-02@2');
    expect(await formulaOf('1')).toBe('M-02@1');
    expect(await formulaOf('M-02@2')).toBe('M-02@2');
    expect(await formulaOf('3')).toBe('UNKNOWN_FORMULA');
    expect(() => new FormulaBook([second, second])).toThrow('a version occurs twice');
  });

  it.each([
    ['a misspelt field', 'attribution:', 'atribution:', 'atribution is not known here'],
    ['a field of another type', 'version: 1', 'version: one', 'version is not a whole number'],
    ['an unknown scope', 'scope: respondentRegion', 'scope: anywhere', 'scope is not one of'],
  ])('with %s are refused', (_, from, to, message) => {
    expect(() => parseFormula(yaml.replace(from, to), 'M-02.yaml')).toThrow(message);
  });

  it.each([
    ['an outcome that no fact has', 'FAILED, ESCALATED]', 'FAILED, FORGOTTEN]', 'negotiation is never FORGOTTEN'],
    ['a code that no fact has', '- negotiation: [SETTLED]', '- mood: [SETTLED]', 'no code mood'],
    [
      'a day that no fact has',
      'attribution: negotiationConcludedOn',
      'attribution: someday',
      'no attribution day someday',
    ],
    ['a unit that does not exist', 'unit: dispute', 'unit: rumour', 'no facts of kind rumour'],
  ])('with %s stop the start', (_, from, to, message) => {
    expect(() => engineWith(new FormulaBook([parseFormula(yaml.replace(from, to), 'M-02.yaml')]))).toThrow(message);
  });
});
