import { describe, expect, it } from '@jest/globals';
import { isRefusal, recorded, type LocalDate } from '#kernel';
import { standingOf } from '#service';
import {
  accept,
  completeAppraisal,
  determineCompetence,
  mergeInto,
  notifyAcceptanceDecision,
  startAppraisal,
  unmerge,
} from './decide.ts';
import { evolveMergedDispute, unmergedDispute, type MergeReads } from './reads.ts';
import { onDay, receivedAt, underMediationSince } from './testing/given-complaint.ts';
import { played, storyOf, type Story } from './testing/story.ts';

const persons = { reason: { personId: 'reason-1', tokens: {} } };
const PRIMARY = '01JM0000000000000000000000';
const SELF = '01JN0000000000000000000009';

/** Merged into a complaint with a story of its own. */
const into = (primary: Story, more: Partial<MergeReads> = {}, id = SELF) => ({
  id,
  reads: { primary: primary.state, dispute: undefined, ...more },
});
const first = played('2026-05-04');
const merged = (story: Story, day: LocalDate) => story.then(mergeInto, { primary: PRIMARY }, day, into(first));

describe('a complaint that is handled with another', () => {
  it('has no clocks of its own any more', () => {
    const both = merged(played('2026-05-06'), '2026-05-08');
    expect(both.clocks['acceptance']?.state).toBe('superseded');
    expect(both.document).toMatchObject({ status: 'merged', mergedInto: { primary: PRIMARY, before: 'received' } });
  });

  it('follows the one that a competent authority received first (Art. 14)', () => {
    const decide = (own: Story, primary: Story, id = SELF) =>
      own.decide(mergeInto, { primary: PRIMARY }, '2026-05-20', into(primary, {}, id));
    expect(decide(played('2026-05-03'), first)).toMatchObject({ code: 'PRIMARY_RECEIVED_LATER', field: 'primary' });
    const incompetent = { competent: false, respondentKind: 'general', basis: 'domicile' } as const;
    const not = first.then(determineCompetence, incompetent, '2026-05-05');
    expect(decide(played('2026-05-06'), not)).toMatchObject({ code: 'PRIMARY_RECEIVED_LATER' });
    // Of two at one moment just one can be the first.
    expect(isRefusal(decide(played('2026-05-04'), first, SELF))).toBe(false);
    expect(decide(played('2026-05-04'), first, '01JA')).toMatchObject({ code: 'PRIMARY_RECEIVED_LATER' });
  });

  it('follows one that is handled, of the same dispute, and not itself', () => {
    const own = played('2026-05-06');
    const decide = (reads: Partial<MergeReads>, id?: string) =>
      own.decide(mergeInto, { primary: PRIMARY }, '2026-05-20', into(first, reads, id));
    expect(decide({}, PRIMARY)).toMatchObject({ kind: 'invalid', code: 'SAME_COMPLAINT' });
    expect(decide({ primary: undefined })).toMatchObject({ kind: 'invalid', code: 'UNKNOWN_PRIMARY' });
    expect(decide({ primary: merged(first, '2026-05-06').state })).toMatchObject({ code: 'PRIMARY_NOT_OPEN' });
    const elsewhere = storyOf([receivedAt(onDay('2026-05-04').occurredAt, { disputeId: 'D2' })]).state;
    expect(decide({ primary: elsewhere })).toMatchObject({ kind: 'conflict', code: 'OTHER_DISPUTE' });
    // Its own dispute was found to be the other one.
    expect(isRefusal(decide({ primary: elsewhere, dispute: { mergedInto: 'D2' } }))).toBe(false);
  });

  it('reads from its dispute whether that was merged', () => {
    const events = recorded([
      { type: 'DisputeMergedInto', data: { primary: 'D2', order: 'received', reason: null } },
      { type: 'DisputeUnmerged', data: { primary: 'D2', reason: 'r' } },
    ] as never[]) as never[];
    expect(evolveMergedDispute(unmergedDispute, events[0]!)).toEqual({ mergedInto: 'D2' });
    expect(events.reduce(evolveMergedDispute, unmergedDispute)).toEqual({ mergedInto: null });
  });
});

describe('a complaint that turned out to be another one', () => {
  const apart = (story: Story, day: LocalDate) => story.then(unmerge, { reason: '' }, day, { persons });

  it('goes on with the dates it had (T-15)', () => {
    const { clocks, document, state } = apart(merged(played('2026-05-06'), '2026-05-08'), '2026-05-12');
    expect(clocks['acceptance']).toMatchObject({
      ...{ state: 'running', from: '2026-05-06', due: '2026-05-14', promised: '2026-05-14' },
    });
    expect(document).toMatchObject({ status: 'received', mergedInto: null, lapsedWhileMerged: [] });
    expect(state).toMatchObject({ status: 'received', receivedOn: '2026-05-06' });
  });

  it.each<[mergedOn: LocalDate, unmergedOn: LocalDate, lapsed: boolean, standing: string]>([
    ['2026-05-08', '2026-05-14', false, 'due'],
    ['2026-05-08', '2026-05-15', true, 'superseded'],
    ['2026-05-14', '2026-05-15', true, 'superseded'],
    ['2026-05-15', '2026-05-18', false, 'overdue'],
  ])('merged on %s, apart on %s: lapsed while merged %s, %s', (mergedOn, unmergedOn, lapsed, standing) => {
    const { clocks, document } = apart(merged(played('2026-05-06'), mergedOn), unmergedOn);
    expect(document.lapsedWhileMerged).toEqual(lapsed ? ['acceptance'] : []);
    expect(standingOf(clocks['acceptance']!, onDay(unmergedOn).occurredAt)).toBe(standing);
  });

  it('does not excuse what passed before the merger was written down, whenever that says it was (T-15, T-28)', () => {
    const overdue = played('2026-05-06');
    const entered = { ...into(first), now: onDay('2026-05-20').occurredAt };
    const both = overdue.then(mergeInto, { primary: PRIMARY }, '2026-05-08', entered);
    const { clocks, document } = apart(both, '2026-05-20');
    expect(document.lapsedWhileMerged).toEqual([]);
    expect(standingOf(clocks['acceptance']!, onDay('2026-05-20').occurredAt)).toBe('overdue');
  });

  it('that lapsed is decided on and told all the same, and is neither late nor in time', () => {
    const told = apart(merged(played('2026-05-06'), '2026-05-08'), '2026-05-20')
      .then(accept, {}, '2026-05-21')
      .then(notifyAcceptanceDecision, { channel: 'sms' }, '2026-05-21');
    expect(told.clocks['acceptance']?.state).toBe('superseded');
    expect(told.clocks['mediation']).toMatchObject({ state: 'running', from: '2026-05-21' });
  });

  it('keeps what stopped its mediation, also what goes on', () => {
    const mediated = storyOf(underMediationSince('2026-05-06'));
    const appraised = mediated
      .then(startAppraisal, { kind: 'testing' }, '2026-05-07')
      .then(completeAppraisal, {}, '2026-05-11')
      .then(startAppraisal, { kind: 'appraisal' }, '2026-05-12');
    const again = apart(merged(appraised, '2026-05-13'), '2026-05-20');
    expect(again.clocks['mediation']).toEqual({ ...appraised.clocks['mediation'], completion: null });
    const over = again.then(completeAppraisal, { appraisal: '2' }, '2026-05-21');
    const straight = appraised.then(completeAppraisal, { appraisal: '2' }, '2026-05-21');
    expect(over.clocks['mediation']).toEqual(straight.clocks['mediation']);
    expect(over.document.clocks).toEqual(over.clocks);
  });

  it('is told with a reason', () => {
    const both = merged(played('2026-05-06'), '2026-05-08');
    expect(both.decide(unmerge, { reason: '' }, '2026-05-12')).toMatchObject({ code: 'REASON_REQUIRED' });
    expect(first.decide(unmerge, { reason: '' }, '2026-05-12', { persons })).toMatchObject({
      code: 'COMPLAINT_NOT_MERGED',
    });
  });
});
