import { describe, expect, it } from '@jest/globals';
import { wordsOf } from '#timeline';
import { domainTables } from './contexts.ts';

/** Events of these may bear a dispute's id, and then stand in its timeline. */
const told = domainTables
  .filter(({ category }) => category !== 'workCalendar')
  .flatMap(({ category, schemas }) => Object.keys(schemas).map((type) => [category, type] as const));

describe('words of a timeline', () => {
  it.each(told)('%s: %s is said', (_, type) => {
    // What an event says depends on its data, which each context tests for itself; here it is only that somebody says it.
    let refusal = '';
    try {
      wordsOf({ type, data: {} });
    } catch (error) {
      refusal = (error as Error).message;
    }
    expect(refusal).not.toContain('has no words');
  });
});
