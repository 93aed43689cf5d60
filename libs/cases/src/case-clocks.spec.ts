import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { readClock, shippedLaw, timelinessOf, type Law } from '#law';
import { FILING_CONDITIONS } from '#reports/events';
import { CASE_CLOCKS, CASE_DUTIES } from './clocks.ts';
import * as decide from './decide.ts';
import {
  filedReport,
  givenCase,
  HEAD,
  matter,
  noReads,
  OFFICER,
  onDay,
  STATES,
  Story,
  tenOf,
  type Given,
} from './testing/given-case.ts';

const asHead = { actor: HEAD };

/** A case on a report, filed on a day. */
function filedOn(day: string): Story {
  const report = { ...filedReport, receivedOn: day, filing: { ...filedReport.filing!, filedOn: day } };
  return new Story().on(
    day,
    decide.open,
    { ...matter, origin: 'report', reportId: 'R1' },
    { reads: { ...noReads, report } },
  );
}
const investigatedFrom = (day: string) => filedOn(day).on(day, decide.startInvestigation, { officers: ['A1', 'A2'] });

describe('the ninety days of a case (L-11)', () => {
  it('roll off the holiday of the State Council, as S4 Art. 80 has it', () => {
    expect(filedOn('2026-07-05').clock('case-decision')).toMatchObject({ due: '2026-10-08', strict: '2026-10-03' });
  });

  it('are extended by thirty by the head, from the end that was not rolled, and then by the heads together', () => {
    const extended = filedOn('2026-07-05').on('2026-10-08', decide.extend, { grantedBy: 'head' }, asHead);
    expect(extended.clock('case-decision')).toMatchObject({ promised: '2026-10-08', due: '2026-11-02' });
    const more = (body: object) => extended.comesTo('2026-10-30', decide.extend, body, asHead);
    expect(more({ grantedBy: 'head' })).toBe('COLLECTIVE_DECISION_REQUIRED');
    expect(more({ grantedBy: 'collective' })).toBe('EXTENSION_AMOUNT_NEEDED');
    const again = extended.on('2026-10-30', decide.extend, { grantedBy: 'collective', days: 20 }, asHead);
    expect(again.clock('case-decision')!.due).toBe('2026-11-22');
    expect(
      again.on('2026-11-20', decide.extend, { grantedBy: 'collective', days: 5 }, asHead).clock('case-decision')!.due,
    ).toBe('2026-11-27');
  });

  it('are not extended by more, too late, by the heads first, or by who investigates', () => {
    const filed = investigatedFrom('2026-07-05');
    const extend = (day: string, body: object, actor = HEAD) => filed.comesTo(day, decide.extend, body, { actor });
    expect(extend('2026-10-08', { grantedBy: 'head', days: 31 })).toBe('EXTENSION_TOO_LONG');
    expect(extend('2026-10-09', { grantedBy: 'head' })).toBe('EXTENSION_TOO_LATE');
    expect(extend('2026-10-08', { grantedBy: 'collective', days: 10 })).toBe('NOT_EXTENDED_BY_HEAD');
    expect(extend('2026-10-08', { grantedBy: 'head' }, OFFICER)).toBe('HEAD_REQUIRED');
  });

  it.each([
    ['case-suspended', { ground: 'other-case-pending' }],
    ['public-notice', {}],
    ['testing', {}],
    ['inspection', {}],
    ['quarantine', {}],
    ['appraisal', {}],
    ['right-holder-identification', {}],
    ['refund-ordered', {}],
  ])('stand still for %s, first and last day included', (kind, more) => {
    const still = investigatedFrom('2026-03-02').on('2026-03-10', decide.suspend, { kind, ...more });
    expect(still.clock('case-decision')).toMatchObject({ due: null, state: 'suspended' });
    // 2026-05-31 without it; ten days did not count.
    expect(still.on('2026-03-19', decide.resume).clock('case-decision')!.due).toBe('2026-06-10');
  });

  it('stand still for the hearing', () => {
    const asked = STATES.notified.on('2026-06-05', decide.requestHearing);
    expect(asked.clock('case-decision')).toMatchObject({ due: '2026-08-18', state: 'running' });
    const going = asked.on('2026-06-08', decide.startHearing);
    expect(going.clock('case-decision')!.state).toBe('suspended');
    expect(going.comesTo('2026-06-09', decide.resume)).toBe('NO_STANDSTILL');
    expect(going.on('2026-06-12', decide.endHearing).clock('case-decision')!.due).toBe('2026-08-23');
  });

  it('run on for assistance, review and a suspected crime: no text stops them', () => {
    const story = investigatedFrom('2026-03-02')
      .on('2026-03-10', decide.requestAssistance, { otherAuthority: 'Keqiao' })
      .on('2026-03-11', decide.suspectCrime)
      .on('2026-03-12', decide.submitForReview);
    expect(story.clock('case-decision')).toMatchObject({ due: '2026-05-31', state: 'running' });
  });
});

describe('the other clocks', () => {
  it('assistance: fifteen working days (L-10), moved by nothing that is told', () => {
    const asked = investigatedFrom('2026-03-02').on('2026-03-03', decide.requestAssistance, {
      otherAuthority: 'Keqiao',
    });
    expect(asked.clock('assistance')!.due).toBe('2026-03-24');
    expect(asked.on('2026-03-10', decide.recordAssistanceDelay).clock('assistance')).toMatchObject({
      due: '2026-03-24',
      state: 'running',
    });
    expect(timelinessOf(asked.on('2026-03-25', decide.recordAssistance).clock('assistance')!)).toBe('late');
  });

  it('review: ten working days (L-13), extended by what the head says, and opened again when it comes back', () => {
    const submitted = investigatedFrom('2026-03-02').on('2026-03-03', decide.submitForReview);
    expect(submitted.clock('case-review')!.due).toBe('2026-03-17');
    expect(submitted.on('2026-03-17', decide.extendReview, { workingDays: 5 }, asHead).clock('case-review')!.due).toBe(
      '2026-03-24',
    );
    expect(submitted.comesTo('2026-03-17', decide.extendReview, { workingDays: 5 })).toBe('HEAD_REQUIRED');
    const again = submitted
      .on('2026-03-10', decide.review, { opinion: 'returned' }, asHead)
      .on('2026-03-12', decide.submitForReview);
    expect(again.clock('case-review')).toMatchObject({ from: '2026-03-12', due: '2026-03-26', state: 'running' });
  });

  it('the clue: extended once by fifteen working days, before they end (L-04, T-09)', () => {
    const { clue } = STATES;
    const extended = clue.on('2026-05-26', decide.extendClue, {}, asHead);
    expect(extended.clock('clue-verification')!.due).toBe('2026-06-16');
    expect(extended.comesTo('2026-06-01', decide.extendClue, {}, asHead)).toBe('EXTENSION_NOT_ALLOWED');
    expect(clue.comesTo('2026-05-27', decide.extendClue, {}, asHead)).toBe('EXTENSION_TOO_LATE');
    expect(clue.comesTo('2026-05-20', decide.extendClue)).toBe('HEAD_REQUIRED');
    expect(clue.comesTo('2026-05-20', decide.extendClue, { workingDays: 16 }, asHead)).toBe('EXTENSION_TOO_LONG');
    const entered = { ...asHead, now: tenOf('2026-05-28') };
    expect(clue.on('2026-05-25', decide.extendClue, {}, entered).clock('clue-verification')!.due).toBe('2026-05-26');
  });

  it('the clue stands still for testing, and is complete with the decision on filing', () => {
    const still = STATES.clue.on('2026-05-11', decide.suspendClue, { kind: 'testing' });
    expect(still.comesTo('2026-05-12', decide.completeClue)).toBe('STANDSTILL_OPEN');
    const going = still.on('2026-05-20', decide.resumeClue);
    expect(going.clock('clue-verification')!.due).toBe('2026-06-05');
    const verified = going.on('2026-05-21', decide.completeClue);
    expect(verified.clock('clue-verification')!.state).toBe('running');
    const filed = verified.on('2026-06-05', decide.fileClue, { conditions: [...FILING_CONDITIONS] }, asHead);
    expect(timelinessOf(filed.clock('clue-verification')!)).toBe('in-time');
    expect(filed.clock('case-decision')).toMatchObject({ from: '2026-06-05', due: '2026-09-03' });
  });

  it('of Order 20, for what was found before Order 121', () => {
    const mediation = {
      clues: [{ clueId: 'k', foundOn: '2026-04-14', disputeId: 'D', complaintId: null, respondentUscc: null }],
    };
    const story = new Story().on(
      '2026-04-20',
      decide.open,
      { ...matter, origin: 'mediation', mediationId: 'M1', clueId: 'k' },
      { reads: { ...noReads, mediation } },
    );
    expect(story.clock('clue-verification')!.rule).toMatch(/^L-04\/SAMR-20@/);
  });

  it('closing: fifteen working days after the execution', () => {
    expect(STATES.executed.clock('case-closure')).toMatchObject({ from: '2026-06-16', due: '2026-07-08' });
    expect(STATES.closed.clock('case-closure')!.state).toBe('completed');
  });

  it('closing: it ends with the form, and the head may close later (S4 Art. 77)', () => {
    const asked = STATES.executed.on('2026-07-08', decide.submitClosingForm, { form: 'form-1' });
    expect(asked.comesTo('2026-07-08', decide.submitClosingForm, { form: 'form-2' })).toBe('CLOSING_FORM_SUBMITTED');
    const closed = asked.on('2026-07-20', decide.close, {}, asHead);
    expect(timelinessOf(closed.clock('case-closure')!)).toBe('in-time');
    const late = STATES.executed.on('2026-07-20', decide.close, {}, asHead);
    expect(timelinessOf(late.clock('case-closure')!)).toBe('late');
  });

  it('closing: of a decision that needs no execution the form may come before its service', () => {
    const none = { result: 'no-penalty' };
    const decided = STATES.reviewed.on('2026-06-04', decide.decideCase, none, { ...asHead, reads: {} });
    const asked = decided.on('2026-06-05', decide.submitClosingForm, { form: 'form-1' });
    expect(asked.comesTo('2026-06-06', decide.close, {}, asHead)).toBe('DECISION_NOT_SERVED');
  });

  it('service of a decision on a party that was absent: seven working days (L-14)', () => {
    const absent = STATES.notified.on(
      '2026-06-15',
      decide.decideCase,
      { result: 'no-penalty' },
      { ...asHead, reads: { referral: undefined } },
    );
    expect(absent.clock('decision-service')!.due).toBe('2026-06-25');
    expect(STATES.decided.clock('decision-service')).toBeUndefined();
  });

  it('have rules that are in force, and duties but for what lapses', () => {
    const { rules } = shippedLaw();
    for (const rule of Object.values(CASE_CLOCKS))
      expect(rules.select(rule, { on: '2026-05-01' }).version.period).toBeDefined();
    expect(Object.keys(CASE_CLOCKS).filter((clock) => !CASE_DUTIES.includes(clock))).toEqual([
      'party-statement',
      'service-by-notice',
    ]);
  });
});

describe('what is entered late, and a calendar that is amended', () => {
  const late = STATES.notified.on(
    '2026-08-17',
    decide.decideCase,
    { result: 'no-penalty' },
    { ...asHead, now: tenOf('2026-08-25'), reads: { referral: undefined } },
  );
  const verify = { clock: 'case-decision', reason: 'paper-record', evidence: ['doc-1'] };

  it('counts by its entry until a second person has verified it (T-28)', () => {
    expect(timelinessOf(late.clock('case-decision')!)).toBe('backdated');
    expect(late.comesTo('2026-08-26', decide.verifyLateEntry, verify, asHead)).toBe('SECOND_PERSON_REQUIRED');
    expect(late.comesTo('2026-08-26', decide.verifyLateEntry, { ...verify, clock: 'x' })).toBe('UNKNOWN_CLOCK');
    expect(late.comesTo('2026-08-26', decide.verifyLateEntry, { ...verify, clock: 'case-review' })).toBe(
      'NOT_BACKDATED',
    );
    const seen = late.on('2026-08-26', decide.verifyLateEntry, verify);
    expect(timelinessOf(seen.clock('case-decision')!)).toBe('in-time');
    expect(seen.comesTo('2026-08-27', decide.verifyLateEntry, verify)).toBe('');
  });

  it('is read again by what is open', () => {
    const guess: Law = { ...shippedLaw(), calendar: mainlandCalendar({ asKnownOn: '2025-11-03', provisional: true }) };
    const clocks = [readClock({ clock: 'clue-verification', rule: 'L-04', from: '2026-05-06' }, guess)];
    const [first] = STATES.clue.events as readonly [Given];
    const story = new Story([{ ...first, data: { ...first.data, clocks } } as Given]);
    expect(story.clock('clue-verification')!.calendar).toContain('PROVISIONAL');
    const amended = story.on('2026-05-07', decide.amendDeadline, { clock: 'clue-verification' });
    expect(amended.clock('clue-verification')).toMatchObject({ due: '2026-05-26', promised: clocks[0]!.due });
    expect(amended.comesTo('2026-05-08', decide.amendDeadline, { clock: 'clue-verification' })).toBe('');
    expect(amended.comesTo('2026-05-08', decide.amendDeadline, { clock: 'case-decision' })).toBe('');
  });

  it('is said of a case only', () => {
    for (const [rule, body] of [
      [decide.amendDeadline, { clock: 'x' }],
      [decide.verifyLateEntry, verify],
    ] as const) {
      givenCase()
        .when(rule as never, body, onDay('2026-05-07'))
        .then({ kind: 'notFound', code: 'UNKNOWN_CASE' });
    }
  });
});
