import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { derivedId, eventId, newCommandId, objectId } from '#kernel';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

describe('ids', () => {
  it('derives the same id from the same parts, and another from parts divided elsewhere', () => {
    expect(derivedId('a', 'bc')).toBe(derivedId('a', 'bc'));
    expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
    expect(derivedId('a')).toMatch(UUID);
  });
  it('sorts new command ids by time', () => {
    expect(newCommandId(1_700_000_000_000) < newCommandId(1_700_000_000_001)).toBe(true);
    expect(newCommandId(1_700_000_000_000)).toMatch(UUID);
  });
  it('names the events of a command apart, the first by the command itself', () => {
    const command = newCommandId(1_700_000_000_000);
    const ids = Array.from({ length: 100 }, (_, index) => eventId(command, index));
    expect(ids[0]).toBe(command);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(UUID);
  });
  it('names objects in the order of time, the same object for the same command at the same moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), fc.string(), fc.string(), (now, one, other) => {
        expect(objectId(now, one)).toMatch(ULID);
        expect(objectId(now, one)).toBe(objectId(now, one));
        expect(objectId(now, one) < objectId(now + 1, other)).toBe(true);
        if (one !== other) expect(objectId(now, one)).not.toBe(objectId(now, other));
      }),
    );
  });
});
