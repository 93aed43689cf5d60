import { describe, expect, it } from '@jest/globals';
import { isRefusal, usccOf, type LocalDate } from '#kernel';
import { timelinessOf } from '#law';
import type { CorrectField } from './commands.ts';
import {
  accept,
  approveCorrection,
  completeAppraisal,
  conclude,
  correctField,
  feedBackIncompetence,
  notifyAcceptanceDecision,
  rejectCorrection,
  reopen,
  startAppraisal,
} from './decide.ts';
import { CORRECTABLE_FIELDS } from './events.ts';
import { receipt } from './testing/given-complaint.ts';
import { played, type Story } from './testing/story.ts';

const persons = { reason: { personId: 'reason-1', tokens: {} } };
const asHead = { persons, actor: { id: 'head', role: 'head' } };
const dispute = { respondentUscc: null, respondentRegion: '330603' };
const propose = { persons, reads: { dispute } };
const approve = { actor: { id: 'key-2', role: 'officer' }, reads: { dispute } };
type Correction = Omit<CorrectField, 'reason' | 'occurredAt'>;

const corrected = (story: Story, command: Correction, day: LocalDate): Story =>
  story.then(correctField, { ...command, reason: '' }, day, propose).then(approveCorrection, {}, day, approve);
const told = () =>
  played('2026-05-06').then(accept, {}, '2026-05-12').then(notifyAcceptanceDecision, { channel: 'sms' }, '2026-05-15');

describe('a correction', () => {
  const proposed = () =>
    told().then(correctField, { field: 'sector', sector: 'retail', reason: '' }, '2026-05-20', propose);

  it('is proposed by one person and changes nothing, until a second one approves (T-29)', () => {
    expect(proposed().document).toMatchObject({ sector: null, corrections: [{ state: 'proposed', new: 'retail' }] });
    expect(proposed().decide(approveCorrection, {}, '2026-05-21', { reads: { dispute } })).toMatchObject({
      kind: 'forbidden',
      code: 'SECOND_PERSON_REQUIRED',
    });
    expect(proposed().decide(approveCorrection, {}, '2026-05-21', approve)).toEqual([
      {
        type: 'ComplaintCorrected',
        data: {
          ...{ correction: 1, field: 'sector', old: null, new: 'retail', reason: 'reason-1' },
          ...{ proposer: 'key-1', approver: 'key-2', clocks: [] },
        },
      },
    ]);
    expect(proposed().then(approveCorrection, {}, '2026-05-21', approve).document).toMatchObject({
      sector: 'retail',
      corrections: [{ state: 'approved', approver: 'key-2' }],
    });
  });

  it('is compensating: every event of before stands', () => {
    const before = told().history;
    const after = corrected(told(), { field: 'receivedAt', receivedAt: '2026-05-07T02:00:00Z' }, '2026-05-20').history;
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('may be rejected by anybody of the authority, and is numbered on', () => {
    const rejected = proposed().then(rejectCorrection, {}, '2026-05-21');
    expect(rejected.document).toMatchObject({ sector: null, corrections: [{ state: 'rejected', approver: null }] });
    expect(rejected.decide(rejectCorrection, {}, '2026-05-21')).toMatchObject({ code: 'NO_CORRECTION_PENDING' });
    expect(rejected.decide(approveCorrection, {}, '2026-05-21', approve)).toMatchObject({
      code: 'NO_CORRECTION_PENDING',
    });
    const again = corrected(rejected, { field: 'sector', sector: 'food' }, '2026-05-22');
    expect(again.document.corrections.map(({ correction, state }) => [correction, state])).toEqual([
      [1, 'rejected'],
      [2, 'approved'],
    ]);
  });

  it('waits for no other one, needs a reason and something to correct', () => {
    const decide = (story: Story, command: Correction, context: object = propose) =>
      story.decide(correctField, { ...command, reason: '' }, '2026-05-20', context);
    expect(decide(proposed(), { field: 'channel', channel: '12315' })).toMatchObject({ code: 'CORRECTION_PENDING' });
    expect(decide(told(), { field: 'sector', sector: 'x' }, { reads: { dispute } })).toMatchObject({
      code: 'REASON_REQUIRED',
    });
    expect(decide(told(), { field: 'sector' })).toMatchObject({ code: 'NOTHING_TO_CORRECT', field: 'sector' });
    expect(decide(told(), { field: 'sector', sector: 'x', channel: '12315' })).toMatchObject({
      kind: 'invalid',
      code: 'OTHER_FIELD_GIVEN',
      field: 'channel',
    });
    for (const field of ['receivedAt', 'acceptedOn', 'respondentRegion'] as const) {
      expect(decide(told(), { field })).toMatchObject({ kind: 'invalid', code: 'VALUE_REQUIRED', field });
    }
  });

  it('is of one of a list of fields', () => {
    const values: Record<string, object> = {
      receivedAt: { receivedAt: '2026-05-06T03:00:00Z' },
      acceptedOn: { acceptedOn: '2026-05-13' },
      knewOn: { knewOn: '2026-05-01' },
      respondentUscc: { respondentUscc: usccOf('91330600', '87654321').toLowerCase() },
      respondentRegion: { respondentRegion: '330604' },
      sector: { sector: 'retail' },
      channel: { channel: '12315' },
      recoveredFen: { recoveredFen: 500 },
    };
    const closed = told().then(conclude, { result: 'mediated' }, '2026-05-18');
    for (const field of CORRECTABLE_FIELDS) {
      const { document } = corrected(closed, { field, ...values[field] }, '2026-05-20');
      const value = Object.values(values[field]!)[0] as string;
      const shown = field === 'receivedAt' ? '2026-05-06T03:00:00.000Z' : value;
      expect((document as unknown as Record<string, unknown>)[field]).toBe(
        field === 'respondentUscc' ? value.toUpperCase() : shown,
      );
    }
  });

  it('of the respondent does not contradict the dispute', () => {
    const known = { dispute: { ...dispute, respondentUscc: receipt.respondentUscc } };
    const command = { field: 'respondentUscc' as const, respondentUscc: usccOf('91330600', '87654321'), reason: '' };
    expect(told().decide(correctField, command, '2026-05-20', { persons, reads: known })).toMatchObject({
      code: 'RESPONDENT_MISMATCH',
    });
    const later = told().then(correctField, command, '2026-05-20', propose);
    expect(later.decide(approveCorrection, {}, '2026-05-20', { ...approve, reads: known })).toMatchObject({
      code: 'RESPONDENT_MISMATCH',
    });
  });

  it('of money is one of a conclusion', () => {
    const command = { field: 'recoveredFen' as const, recoveredFen: 500, reason: '' };
    expect(told().decide(correctField, command, '2026-05-20', propose)).toMatchObject({ code: 'COMPLAINT_NOT_CLOSED' });
  });
});

describe('a corrected receipt', () => {
  const moved = (story: Story, day: LocalDate) =>
    corrected(story, { field: 'receivedAt', receivedAt: `${day}T02:00:00Z` }, '2026-05-20');

  it('moves the clock of acceptance that runs', () => {
    const { clocks, document, state } = moved(played('2026-05-15'), '2026-05-13');
    expect(clocks['acceptance']).toMatchObject({ state: 'running', from: '2026-05-13', due: '2026-05-22' });
    expect(document.clocks).toEqual(clocks);
    expect(document).toMatchObject({ receivedAt: '2026-05-13T02:00:00.000Z' });
    expect(state).toMatchObject({ receivedOn: '2026-05-13' });
  });

  it('has what was done judged by the right date: late becomes in time, and the other way round', () => {
    expect(timelinessOf(told().clocks['acceptance']!)).toBe('late');
    const right = moved(told(), '2026-05-07').clocks['acceptance']!;
    expect([right.due, timelinessOf(right)]).toEqual(['2026-05-15', 'in-time']);
    expect(right.completion).toEqual(told().clocks['acceptance']!.completion);
    const early = played('2026-05-06')
      .then(accept, {}, '2026-05-12')
      .then(notifyAcceptanceDecision, { channel: 'sms' }, '2026-05-14');
    expect(timelinessOf(moved(early, '2026-04-30').clocks['acceptance']!)).toBe('late');
  });

  it('takes the rule of its own day', () => {
    const { clocks } = moved(played('2026-04-15'), '2026-04-14');
    expect(clocks['acceptance']?.rule).toMatch(/^L-01\/SC-778/);
  });

  it('lies before the step after it and before now, and after the harm was known', () => {
    const decide = (story: Story, receivedAt: string) =>
      story.decide(correctField, { field: 'receivedAt', receivedAt, reason: '' }, '2026-05-20', propose);
    expect(decide(told(), '2026-05-12T02:00:01Z')).toMatchObject({ code: 'CORRECTION_OUT_OF_ORDER' });
    expect(isRefusal(decide(told(), '2026-05-12T02:00:00Z'))).toBe(false);
    expect(decide(played('2026-05-06'), '2026-05-20T02:00:01Z')).toMatchObject({ code: 'CORRECTION_OUT_OF_ORDER' });
    const knew = corrected(told(), { field: 'knewOn', knewOn: '2026-05-05' }, '2026-05-20');
    expect(decide(knew, '2026-05-04T02:00:00Z')).toMatchObject({ code: 'KNEW_AFTER_RECEIPT' });
    expect(
      told().decide(correctField, { field: 'knewOn', knewOn: '2026-05-07', reason: '' }, '2026-05-20', propose),
    ).toMatchObject({ code: 'KNEW_AFTER_RECEIPT' });
  });

  it('may let a step be entered that happened before the wrong one', () => {
    const late = played('2026-05-15');
    expect(late.decide(accept, {}, '2026-05-14')).toMatchObject({ code: 'OCCURRED_BEFORE_PREVIOUS_STEP' });
    expect(isRefusal(moved(late, '2026-05-13').decide(accept, {}, '2026-05-14'))).toBe(false);
  });

  it('brings back no clock that came to nothing', () => {
    const back = played('2026-05-06').then(feedBackIncompetence, { reason: '' }, '2026-05-08', { persons });
    expect(moved(back, '2026-05-07').clocks['acceptance']?.state).toBe('superseded');
  });

  it('is approved only as long as it still fits', () => {
    const proposal = { field: 'receivedAt' as const, receivedAt: '2026-05-08T02:00:00Z', reason: '' };
    const overtaken = played('2026-05-06')
      .then(correctField, proposal, '2026-05-20', propose)
      .then(accept, {}, '2026-05-07');
    expect(overtaken.decide(approveCorrection, {}, '2026-05-20', approve)).toMatchObject({
      code: 'CORRECTION_OUT_OF_ORDER',
    });
  });
});

describe('a corrected acceptance', () => {
  const moved = (story: Story, acceptedOn: LocalDate) =>
    corrected(story, { field: 'acceptedOn', acceptedOn }, '2026-06-20');

  it('moves the clock of mediation, with the appraisals there were', () => {
    const appraised = told()
      .then(startAppraisal, { kind: 'testing' }, '2026-05-18')
      .then(completeAppraisal, {}, '2026-05-19');
    expect(appraised.clocks['mediation']?.due).toBe('2026-07-13');
    const { clocks, document, state } = moved(appraised, '2026-05-11');
    expect(clocks['mediation']).toMatchObject({ state: 'running', due: '2026-07-12', from: '2026-05-11' });
    expect(clocks['mediation']?.suspensions).toHaveLength(1);
    expect(document).toMatchObject({ acceptedOn: '2026-05-11', clocks });
    expect(state).toMatchObject({ acceptedOn: '2026-05-11' });
  });

  it('lies between receipt and the step after it', () => {
    const decide = (acceptedOn: LocalDate, story = told()) =>
      story.decide(correctField, { field: 'acceptedOn', acceptedOn, reason: '' }, '2026-06-20', propose);
    expect(decide('2026-05-05')).toMatchObject({ code: 'CORRECTION_OUT_OF_ORDER' });
    expect(isRefusal(decide('2026-05-06'))).toBe(false);
    expect(isRefusal(decide('2026-05-15'))).toBe(false);
    expect(decide('2026-05-16')).toMatchObject({ code: 'CORRECTION_OUT_OF_ORDER' });
    expect(decide('2026-05-07', played('2026-05-06'))).toMatchObject({ code: 'NOT_YET_ACCEPTED' });
  });

  it('is none of an earlier round, whose result stands', () => {
    const again = told()
      .then(conclude, { result: 'mediated' }, '2026-05-18')
      .then(reopen, { reason: '' }, '2026-06-01', asHead);
    for (const command of [
      { field: 'acceptedOn' as const, acceptedOn: '2026-05-13' },
      { field: 'receivedAt' as const, receivedAt: '2026-05-07T02:00:00Z' },
    ]) {
      expect(again.decide(correctField, { ...command, reason: '' }, '2026-06-20', propose)).toMatchObject({
        code: 'CORRECTION_OF_EARLIER_ROUND',
      });
    }
  });
});
