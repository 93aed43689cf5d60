import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { domainTables } from './contexts.ts';
import { matrices } from './testing/every-state/index.ts';
import { matrixOf } from './testing/matrix.ts';

/** Contexts whose own specs hold every command against every state. */
const HELD_ELSEWHERE = ['complaint', 'mediation', 'publication'];

/**
 * What the rules answer to every command in every state in which openings leave an object. A command is given as it was once
 * taken: where it is refused, it is for the state. `decided*`: however else it stands. `(nothing)`: it changes nothing.
 */
describe('in every state', () => {
  const walked = [
    ...new Set(domainTables.filter(({ commands }) => commands.length > 0).map(({ category }) => category)),
  ];

  it('every context has its table', () => {
    expect([...Object.keys(matrices), ...HELD_ELSEWHERE].toSorted()).toEqual(walked.toSorted());
  });

  describe.each(Object.keys(matrices))('of a %s', (category) => {
    const told = matrixOf(category);

    it('there is an answer where there is none', () => {
      expect(told.none).toBe(matrices[category]!.none);
    });

    it('every command is known', () => {
      expect(Object.keys(told.commands)).toEqual(Object.keys(matrices[category]!.commands));
    });

    it.each(Object.keys(told.commands))('%s follows, or is refused', (action) => {
      expect(told.commands[action]).toEqual(matrices[category]!.commands[action]);
    });

    it.each(Object.keys(told.commands))('%s is taken somewhere', (action) => {
      expect(Object.keys(told.commands[action]!).some((what) => /^[A-Z][a-z]/.test(what))).toBe(true);
    });
  });
});
