import { describe, expect, it } from '@jest/globals';
import { brokenShapes, type EventShapes } from './reference/event-shapes.ts';

const before: EventShapes = {
  Opened: { schemaVersion: 1, data: { kind: '`a`, `b`', 'note?': 'string', amount: 'number or `null`' } },
  Closed: { schemaVersion: 2, data: {} },
};
const opened = (data: Record<string, string>, schemaVersion = 1): EventShapes => ({
  ...before,
  Opened: { schemaVersion, data },
});

describe('events that a log may hold', () => {
  it('may be added to', () => {
    const more = { kind: '`a`, `b`, `c`', 'note?': 'string', amount: 'number or `null`', 'more?': 'string' };
    expect(brokenShapes(before, { ...opened(more), New: { schemaVersion: 1, data: { x: 'string' } } })).toEqual([]);
    expect(brokenShapes(before, before)).toEqual([]);
  });
  it('may be changed with a new schema version', () => {
    expect(brokenShapes(before, opened({ other: 'string' }, 2))).toEqual([]);
  });
  it.each([
    ['a field that is gone', { 'note?': 'string', amount: 'number or `null`' }, 'Opened.kind is gone'],
    ['a word that is gone', { kind: '`a`', 'note?': 'string', amount: 'number or `null`' }, 'Opened.kind was'],
    ['null that is gone', { kind: '`a`, `b`', 'note?': 'string', amount: 'number' }, 'Opened.amount was'],
    ['another type', { kind: '`a`, `b`', 'note?': 'number', amount: 'number or `null`' }, 'Opened.note was string'],
    [
      'a field that must be there now',
      { kind: '`a`, `b`', note: 'string', amount: 'number or `null`' },
      'Opened.note must',
    ],
    ['a new field that must be there', { ...before['Opened']!.data, more: 'string' }, 'Opened.more was added'],
  ])('may not have %s', (_, data, words) => {
    expect(brokenShapes(before, opened(data))).toEqual([expect.stringContaining(words)]);
  });
  describe('with objects within', () => {
    const clocks = { clocks: 'list of ClockReading' };
    const holding = (within: Record<string, string>, data: Record<string, string> = clocks): EventShapes => ({
      Dated: { schemaVersion: 1, data, within },
    });
    const reading = { 'clocks[].clock': 'string', 'clocks[].due': 'string or `null`' };
    it('may be added to', () => {
      expect(brokenShapes(holding(reading), holding({ ...reading, 'clocks[].strict?': 'string' }))).toEqual([]);
      expect(brokenShapes({ Dated: { schemaVersion: 1, data: clocks } }, holding(reading))).toEqual([]);
      const more = { ...reading, 'more.kind': 'string' };
      expect(brokenShapes(holding(reading), holding(more, { ...clocks, 'more?': 'More' }))).toEqual([]);
    });
    it.each([
      ['a field renamed', { 'clocks[].clock': 'string', 'clocks[].dueOn': 'string or `null`' }, 'clocks[].due is gone'],
      ['null that is gone', { ...reading, 'clocks[].due': 'string' }, 'clocks[].due was'],
      ['a new field that must be there', { ...reading, 'clocks[].rule': 'string' }, 'clocks[].rule was added'],
    ])('may not have %s', (_, within, words) => {
      expect(brokenShapes(holding(reading), holding(within))).toContainEqual(expect.stringContaining(words));
    });
  });
  it('may neither vanish nor go back', () => {
    const { Closed: _, ...rest } = before;
    expect(brokenShapes(before, rest)).toEqual(['Closed is gone: a log may hold it']);
    expect(brokenShapes(before, { ...before, Closed: { schemaVersion: 1, data: {} } })).toHaveLength(1);
  });
});
