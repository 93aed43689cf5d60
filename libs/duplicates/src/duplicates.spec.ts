import { describe, expect, it } from '@jest/globals';
import { documentsGiven, given, type GivenEvent } from '#kernel';
import { dismiss, evolveFound, nothingFound, suspect, type FoundOfDispute } from './decide.ts';
import type { DuplicateEvents } from './events.ts';
import { evolve, initial } from './suggestion.ts';
import { duplicateWords } from './words.ts';
import { suggestionsView } from './views/suggestions.ts';

const suggestions = { initial, evolve };
const A = '01JN00000000000000000000AA';
const B = '01JN00000000000000000000BB';
const suspected: DuplicateEvents['DisputeDuplicateSuspected'] = {
  disputeId: B,
  of: A,
  kind: 'duplicate',
  score: 80,
  reasons: ['same-complainant-phone'],
  region: '330602',
  respondentUscc: null,
};
const given1: GivenEvent = { type: 'DisputeDuplicateSuspected', data: suspected, stream: `duplicate-${B}` };
const dismissed: GivenEvent = {
  type: 'DisputeDuplicateDismissed',
  data: { of: A, note: null },
  stream: `duplicate-${B}`,
};
const around = (dispute: Partial<FoundOfDispute> | null = {}, other: Partial<FoundOfDispute> | null = {}) => ({
  id: B,
  reads: {
    dispute: dispute === null ? undefined : { ...nothingFound, ...dispute },
    other: other === null ? undefined : { ...nothingFound, ...other },
  },
});

describe('a suspicion', () => {
  it('is said once', () => {
    given(suggestions)
      .when(suspect, { suspected }, around())
      .then([{ type: 'DisputeDuplicateSuspected', data: suspected }]);
    given(suggestions, [given1]).when(suspect, { suspected }, around()).then([]);
    given(suggestions, [given1, dismissed]).when(suspect, { suspected }, around()).then([]);
  });
  it.each([
    ['is merged', { primary: 'X' }, {}],
    ['is of one that is merged', {}, { primary: 'X' }],
    ['was merged with the other and taken apart', { told: [A] }, {}],
    ['had the other merged into it and taken apart', {}, { told: [B] }],
    ['does not exist', null, {}],
    ['is of one that does not exist', {}, null],
  ])('is not said of a dispute that %s', (_, dispute, other) => {
    given(suggestions).when(suspect, { suspected }, around(dispute, other)).then([]);
  });
  it('knows what a person has found of a dispute', () => {
    const fold = (...events: readonly { type: string; data: object }[]) =>
      events.reduce((found, event) => evolveFound(found, event as never), nothingFound);
    const merged = { type: 'DisputeMergedInto', data: { primary: A } };
    expect(fold(merged)).toEqual({ primary: A, told: [] });
    expect(fold(merged, { type: 'DisputeUnmerged', data: { primary: A } })).toEqual({ primary: null, told: [A] });
    expect(fold({ type: 'RepeatComplaintConfirmed', data: { earlier: A } })).toEqual({ primary: null, told: [A] });
    expect(fold({ type: 'ComplainantJoined', data: {} })).toEqual(nothingFound);
  });
});

describe('a dismissal', () => {
  it('is a person’s, of what was suspected, once', () => {
    const persons = { note: { personId: 'P1', tokens: {} } };
    given(suggestions, [given1])
      .when(dismiss, { of: A }, { persons })
      .then([{ type: 'DisputeDuplicateDismissed', data: { of: A, note: 'P1' } }]);
    given(suggestions, [given1, dismissed]).when(dismiss, { of: A }).then([]);
    given(suggestions, [given1])
      .when(dismiss, { of: B })
      .then({ kind: 'conflict', code: 'DUPLICATE_NOT_SUSPECTED', field: 'of' });
    given(suggestions, [given1])
      .when(dismiss, { of: A }, { actor: { id: 'p', role: 'process' } })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });
});

describe('the list of suggestions', () => {
  const second: GivenEvent = { ...given1, data: { ...suspected, of: 'C', score: 90, kind: 'repeat' } } as GivenEvent;
  const merge = (own: string, primary: string, type = 'DisputeMergedInto'): GivenEvent => ({
    type,
    data: { primary, order: 'opened', reason: null },
    stream: `dispute-${own}`,
  });
  const after = (...events: readonly GivenEvent[]) =>
    documentsGiven(suggestionsView, [given1, second, ...events]).get(B);
  it('has the most likely first, and is open while one of them is', () => {
    expect(after()).toMatchObject({ status: 'open', kind: 'repeat', score: 90, candidates: [{ of: 'C' }, { of: A }] });
    const repeated: GivenEvent = { type: 'RepeatComplaintConfirmed', data: { earlier: 'C' }, stream: `dispute-${B}` };
    expect(after(repeated)).toMatchObject({ status: 'open', kind: 'duplicate', score: 80 });
    expect(after(repeated, dismissed)).toMatchObject({ status: 'settled', score: 90 });
  });
  it('is settled by a merger, and open again without it but for the one it was taken apart from', () => {
    expect(after(merge(B, A))).toMatchObject({ status: 'settled', mergedInto: A });
    expect(after(merge(B, A), merge(B, A, 'DisputeUnmerged'))).toMatchObject({
      status: 'open',
      mergedInto: null,
      candidates: [
        { of: 'C', status: 'open' },
        { of: A, status: 'apart' },
      ],
    });
  });
  it('knows of a merger the other way round', () => {
    expect(after(merge(A, B))).toMatchObject({
      mergedInto: null,
      candidates: [
        { of: 'C', status: 'open' },
        { of: A, status: 'confirmed' },
      ],
    });
  });
  it('has nothing of disputes of which nothing was suggested', () => {
    expect([...documentsGiven(suggestionsView, [merge('X', 'Y')]).keys()]).toEqual([]);
  });
});

it('is said in words without anybody’s name', () => {
  expect(duplicateWords.DisputeDuplicateSuspected(suspected).zh).toContain(A);
  expect(duplicateWords.DisputeDuplicateSuspected({ ...suspected, kind: 'repeat' }).en).toContain('repeated');
  expect(duplicateWords.DisputeDuplicateDismissed({ of: A, note: null }).zh).toContain(A);
});
