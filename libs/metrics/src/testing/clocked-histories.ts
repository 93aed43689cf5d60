import fc from 'fast-check';
import type { Instant, LocalDate } from '#kernel';
import { addDays, startOfDay } from '#kernel';
import {
  ComplaintStory,
  inOrderOfEntry,
  NegotiationStory,
  ReportStory,
  WorkOrderStory,
  type ClockedStory,
  type When,
} from './clocked-story.ts';
import type { Told } from './memory-log.ts';

/** Everything of a random history begins in the first half of this year, across the change of the law in April. */
export const FIRST_DAY: LocalDate = '2026-01-20';
export const NOW: Instant = startOfDay('2026-12-20');
export const REGIONS = ['370302', '370303', '370300', '330602'];
export const SUBJECTS = ['91330100799655058B', '91110000802100433B'];

const about = fc.record({
  respondentUscc: fc.constantFrom(...SUBJECTS, null),
  respondentRegion: fc.constantFrom(...REGIONS),
  handlingRegion: fc.constantFrom(...REGIONS),
  sector: fc.constantFrom('零售', '餐饮', null),
});

const start = fc.integer({ min: 0, max: 130 }).map((days) => addDays(FIRST_DAY, days));
const few = fc.integer({ min: 0, max: 16 });
const many = fc.integer({ min: 0, max: 90 });
/** Days until it was entered: most things at once. */
const delay = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 25 }));
const half = fc.boolean();
const mostly = fc.constantFrom(true, true, true, true, false);

type Making = (id: string) => ClockedStory;

/** Goes through days: each step some days after the one before, entered at once or later. */
class Calendar {
  constructor(private day: LocalDate) {}
  after(days: number, delayed = 0): When {
    this.day = addDays(this.day, days);
    return { at: this.day, entered: addDays(this.day, delayed) };
  }
}

const complaint: fc.Arbitrary<Making> = fc
  .record({
    about,
    start,
    clocks: fc.constantFrom<Kept>('kept', 'kept', 'kept', 'kept', 'none', 'undetermined'),
    mediationClock: fc.constantFrom<Kept>('kept', 'kept', 'kept', 'none', 'undetermined'),
    decision: fc.constantFrom('none', 'accept', 'accept', 'accept', 'decline', 'withdraw'),
    days: fc.array(few, { minLength: 8, maxLength: 8 }),
    delays: fc.array(delay, { minLength: 8, maxLength: 8 }),
    long: many,
    isNotified: mostly,
    appraisal: fc.constantFrom('none', 'none', 'open', 'ended'),
    isConcluded: mostly,
    result: fc.constantFrom('mediated', 'terminated', 'withdrawn'),
    ground: fc.constantFrom('23(1)(1)', '23(1)(2)', '23(1)(5)', '23(1)(6)', '23(1)(7)', '23(1)(8)'),
    disqualification: fc.constantFrom('16(1)', '16(3)', '42'),
    isAmended: half,
    isTold: half,
    verifies: half,
    handsOn: fc.constantFrom('no', 'no', 'no', 'returns', 'transfers', 'again'),
    merges: fc.constantFrom('no', 'no', 'no', 'undecided', 'accepted', 'undecided-unmerged', 'accepted-unmerged'),
    corrects: mostly.map((not) => !not),
    reopens: mostly.map((not) => !not),
  })
  .map((choice) => (id) => {
    const { days, delays } = choice;
    const calendar = new Calendar(choice.start);
    const story = new ComplaintStory(id, choice.about);
    const receipt = calendar.after(0);
    story.received(receipt, ruleIf(choice.clocks, 'L-01', receipt));
    if (choice.isAmended)
      amend(story, 'acceptance', (clock, due) => story.deadlineAmended(calendar.after(0), clock, due));
    if (choice.handsOn !== 'no') {
      const handedOn = calendar.after(days[6]!, delays[6]);
      if (choice.handsOn === 'returns') return story.returned(handedOn);
      story.transferred(handedOn);
      if (choice.handsOn === 'transfers') return story;
      story.transferReceived(calendar.after(days[7]!));
    }
    if (choice.merges.startsWith('undecided') && !merge(story, choice, calendar)) return story;
    if (choice.decision === 'withdraw') story.concluded(calendar.after(days[0]!, delays[0]), 'withdrawn');
    if (choice.decision === 'decline') story.declined(calendar.after(days[0]!, delays[0]));
    if (choice.decision === 'accept') {
      const acceptance = calendar.after(days[0]!, delays[0]);
      story.accepted(acceptance, ruleIf(choice.mediationClock, 'L-02', acceptance));
    }
    const isDecided = choice.decision === 'accept' || choice.decision === 'decline';
    if (isDecided && choice.isNotified) story.notified(calendar.after(days[1]!, delays[1]));
    if (choice.decision === 'accept') {
      if (choice.merges.startsWith('accepted') && !merge(story, choice, calendar)) return story;
      mediate(story, choice, calendar);
    }
    if (choice.corrects) correct(story, choice);
    if (choice.reopens) reopen(story, choice, calendar);
    if (choice.verifies) for (const clock of Object.keys(story.clocks)) story.verified(calendar.after(20), clock);
    return story;
  });

type Kept = 'kept' | 'none' | 'undetermined';

/** A rule as it is, no clock at all, or a rule that is not in force on the day, so that no date can be told. */
function ruleIf(kept: Kept, rule: string, { at }: When): string | null {
  if (kept === 'none') return null;
  return kept === 'kept' ? rule : at < '2026-04-15' ? 'L-06' : 'L-07';
}

/** Merged for some days; whether it stands for itself again. */
function merge(
  story: ComplaintStory,
  {
    merges,
    days,
    delays,
  }: { readonly merges: string; readonly days: readonly number[]; readonly delays: readonly number[] },
  calendar: Calendar,
): boolean {
  story.mergedInto(calendar.after(days[4]!, delays[6]));
  if (!merges.endsWith('unmerged')) return false;
  story.unmerged(calendar.after(days[5]! * 2));
  return true;
}

/** The day on which the clock that counts began was another. */
function correct(
  story: ComplaintStory,
  { start, decision }: { readonly start: LocalDate; readonly decision: string },
): void {
  const entered = new Date(story.events.at(-1)!.recordedAt!).toISOString();
  if (decision === 'accept') story.corrected(entered, 'acceptedOn', addDays(start, 2));
  else if (decision === 'decline') story.corrected(entered, 'receivedAt', addDays(start, -2));
}

/** Closed, opened again, and done with once more. */
function reopen(
  story: ComplaintStory,
  {
    decision,
    isNotified,
    isConcluded,
    days,
  }: {
    readonly decision: string;
    readonly isNotified: boolean;
    readonly isConcluded: boolean;
    readonly days: readonly number[];
  },
  calendar: Calendar,
): void {
  if (decision === 'decline' && isNotified) {
    story
      .reopened(calendar.after(days[6]!), 'acceptance')
      .accepted(calendar.after(days[7]!))
      .notified(calendar.after(days[5]!));
    story.concluded(calendar.after(days[4]! * 4), 'terminated');
  }
  if (decision === 'accept' && isConcluded) {
    story.reopened(calendar.after(days[6]!), 'mediation').concluded(calendar.after(days[7]! * 6), 'terminated');
  }
}

function mediate(
  story: ComplaintStory,
  choice: {
    readonly days: readonly number[];
    readonly delays: readonly number[];
    readonly long: number;
    readonly appraisal: string;
    readonly isConcluded: boolean;
    readonly result: string;
    readonly ground: string;
    readonly disqualification: string;
    readonly isTold: boolean;
  },
  calendar: Calendar,
): void {
  const { days, delays, ground } = choice;
  if (choice.appraisal !== 'none') story.appraisalStarted(calendar.after(days[2]!));
  if (choice.appraisal === 'ended') story.appraisalCompleted(calendar.after(days[3]!));
  if (!choice.isConcluded) return;
  const disqualification = ground === '23(1)(6)' ? choice.disqualification : null;
  const evidence = choice.isTold ? ['refund-1'] : [];
  const more = choice.result === 'terminated' ? { ground, disqualification, evidence } : {};
  story.concluded(calendar.after(choice.long, delays[4]), choice.result, 'L-03', more);
  if (choice.result === 'terminated' && choice.isTold) story.terminationNotified(calendar.after(days[5]!, delays[5]));
}

function amend(story: ClockedStory, clock: string, by: (clock: string, due: string) => unknown): void {
  const due = story.clocks[clock]?.due;
  if (typeof due === 'string' && !due.includes('T')) by(clock, addDays(due, 3));
}

const negotiation: fc.Arbitrary<Making> = fc
  .record({
    about,
    start,
    venue: fc.constantFrom('odr', 'odr', 'station'),
    rule: fc.constantFrom('L-18', 'L-18', 'L-18', null),
    ends: fc.constantFrom(
      'confirmed',
      'failed',
      'escalated',
      'open',
      'expired',
      'expired-confirmed',
      'expired-escalated',
    ),
    days: fc.integer({ min: 0, max: 25 }),
    delay,
    verifies: half,
  })
  .map((choice) => (id) => {
    const calendar = new Calendar(choice.start);
    const story = new NegotiationStory(id, { ...choice.about, venue: choice.venue });
    story.opened(calendar.after(0), choice.rule);
    const due = story.clocks['negotiation']?.due;
    const hasExpired = choice.ends.startsWith('expired') && typeof due === 'string';
    if (hasExpired) story.expired({ at: addDays(due, 1), entered: addDays(due, 2) });
    const when = calendar.after(choice.days, choice.delay);
    if (choice.ends === 'confirmed' || choice.ends === 'expired-confirmed') story.confirmed(when);
    if (choice.ends === 'failed') story.failed(when);
    if (choice.ends === 'escalated') story.escalated(when);
    if (choice.ends === 'expired-escalated') story.escalated(when, hasExpired ? 'expired' : 'open');
    if (choice.verifies) story.verified(calendar.after(10));
    return story;
  });

const report: fc.Arbitrary<Making> = fc
  .record({
    about,
    start,
    rule: fc.constantFrom('L-05', 'L-05', 'L-05', null),
    days: fc.array(few, { minLength: 5, maxLength: 5 }),
    extends: half,
    stands: fc.constantFrom('no', 'no', 'still', 'again'),
    merges: half,
    moves: fc.constantFrom('no', 'no', 'agreed', 'sent-up', 'designated'),
    ends: fc.constantFrom('filed', 'filed', 'not-filed', 'repeat', 'not-competent', 'open'),
    delay,
    verifies: half,
  })
  .map((choice) => (id) => {
    const calendar = new Calendar(choice.start);
    const story = new ReportStory(id, choice.about);
    story.received(calendar.after(0), choice.rule);
    if (choice.extends) story.extended(calendar.after(choice.days[0]!));
    if (choice.stands !== 'no') story.suspended(calendar.after(choice.days[1]!));
    if (choice.stands === 'again') story.resumed(calendar.after(choice.days[2]!));
    if (choice.merges) {
      const when = calendar.after(choice.days[3]!);
      story.merged(when, when.at);
    }
    if (choice.moves === 'agreed') story.competenceAgreed(calendar.after(choice.days[4]!), '330602');
    if (choice.moves === 'sent-up' || choice.moves === 'designated') story.sentUp(calendar.after(choice.days[4]!));
    if (choice.moves === 'designated') story.designated(calendar.after(choice.days[4]!), '330602');
    const when = calendar.after(choice.days[4]! * 2, choice.delay);
    if (choice.ends === 'filed') story.filed(when);
    if (choice.ends === 'not-filed') story.notFiled(when);
    if (choice.ends === 'repeat') story.repeat(when);
    if (choice.ends === 'not-competent') story.notCompetent(when);
    if (choice.verifies) story.verified(calendar.after(10));
    return story;
  });

const workOrder: fc.Arbitrary<Making> = fc
  .record({
    start,
    subject: fc.constantFrom(...SUBJECTS, null),
    channelDue: half,
    by: fc.constantFrom('rule', 'rule', 'channel', null),
    region: fc.constantFrom('370302', '370303', '330602'),
    from: fc.constantFrom('370300', '370302'),
    days: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }),
    delays: fc.array(delay, { minLength: 6, maxLength: 6 }),
    extends: half,
    isAmended: half,
    returns: fc.constantFrom('no', 'no', 'once', 'again'),
    replies: mostly,
    verifies: half,
    imported: fc.constantFrom(false, false, true),
    after: fc.constantFrom('nothing', 'nothing', 'redirected', 'reopened', 'reopened-replied', 'reopened-hotline'),
  })
  .map((choice) => (id) => {
    const { days, delays, region, from } = choice;
    const calendar = new Calendar(choice.start);
    const moment = (day: LocalDate) => `${addDays(day, 6)}T10:00:00.000Z`;
    const channelDue = choice.channelDue ? moment(choice.start) : null;
    const by = choice.by === 'channel' ? moment(choice.start) : choice.by;
    if (choice.imported) {
      const batch = { imported: { batch: 'B', flags: [] }, handlingRegion: region, respondentUscc: choice.subject };
      const row = new WorkOrderStory(id, batch).received(calendar.after(0, delays[0]), channelDue);
      return choice.replies ? row.closed(calendar.after(days[0]!, delays[1]), { imported: true }) : row;
    }
    const story = new WorkOrderStory(id, { respondentUscc: choice.subject });
    story.received(calendar.after(0), channelDue).dispatched(calendar.after(days[0]!), { by, region, from });
    if (choice.extends && by === 'rule') story.extended(calendar.after(days[1]!), 3);
    if (choice.isAmended)
      amend(story, 'handling', (_, due) => by === 'rule' && story.deadlineAmended(calendar.after(0), due));
    if (choice.returns !== 'no') story.returned(calendar.after(days[2]!, delays[2]), region);
    if (choice.returns !== 'no' && choice.verifies) story.verified(calendar.after(1), 'return');
    if (choice.returns === 'again') story.dispatched(calendar.after(days[3]!), { by, region: '330602', from });
    if (choice.after === 'redirected') return story.redirected(calendar.after(days[4]!, delays[4]));
    if (choice.replies) story.replied(calendar.after(days[4]!, delays[4]));
    if (choice.replies && choice.verifies) story.verified(calendar.after(days[5]!), 'handling');
    if (choice.replies && choice.after.startsWith('reopened')) {
      story.reopened(calendar.after(days[5]!), choice.after === 'reopened-hotline' ? null : region);
      if (choice.after === 'reopened-replied') story.replied(calendar.after(days[0]!, delays[5]));
    }
    return story;
  });

/** Random complaints, negotiations, reports and work orders, in the order in which they were entered. */
export const clockedHistories: fc.Arbitrary<Told[]> = fc
  .record({
    complaints: fc.array(complaint, { maxLength: 5 }),
    negotiations: fc.array(negotiation, { maxLength: 4 }),
    reports: fc.array(report, { maxLength: 4 }),
    workOrders: fc.array(workOrder, { maxLength: 4 }),
  })
  .map(({ complaints, negotiations, reports, workOrders }) =>
    inOrderOfEntry(
      [...complaints, ...negotiations, ...reports, ...workOrders].map((making, index) => making(`O${index}`)),
    ).filter(({ recordedAt }) => recordedAt! < NOW),
  );
