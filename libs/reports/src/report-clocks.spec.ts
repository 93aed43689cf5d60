import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { isRefusal, type Decision, type LocalDate } from '#kernel';
import { readClock, timelinessOf, type Law } from '#law';
import * as decide from './decide.ts';
import { FILING_CONDITIONS, type ReportEvent } from './events.ts';
import {
  asHead,
  completedOn,
  filedOn,
  givenReport,
  HEAD,
  law,
  OFFICER,
  onDay,
  person,
  RECEIVED_ON,
  receivedOn,
  startedOn,
  tenOf,
  type Given,
} from './testing/given-report.ts';

/** Plays commands one after another, each on its day, and has what they leave. */
class Story {
  events: Given[] = [receivedOn(RECEIVED_ON), startedOn('2026-05-07')];

  on(day: LocalDate, rule: unknown, body: object = {}, context: object = {}): this {
    const decision = this.decided(day, rule, body, context);
    if (isRefusal(decision)) throw new Error(`${decision.code}: ${decision.detail}`);
    const { now, actor } = { now: tenOf(day), actor: OFFICER, ...context };
    const said = decision.map((event) => ({
      ...event,
      occurredAt: event.occurredAt ?? tenOf(day),
      recordedAt: now,
      actor,
    }));
    this.events = [...this.events, ...(said as unknown as Given[])];
    return this;
  }

  refused(day: LocalDate, rule: unknown, body: object = {}, context: object = {}): string {
    const decision = this.decided(day, rule, body, context);
    return isRefusal(decision) ? decision.code : 'taken';
  }

  private decided(day: LocalDate, rule: unknown, body: object, context: object) {
    const surroundings = { ...onDay(day), actor: OFFICER, id: 'R1', persons: person('content'), reads: {}, ...context };
    return givenReport(this.events).when(rule as never, body, surroundings as never).decision as Decision<ReportEvent>;
  }

  clock(name = 'verification') {
    const { state } = givenReport(this.events);
    if (state.status === 'none') throw new Error('no report');
    return state.clocks[name]!;
  }
}

describe('fifteen working days from 2026-05-06 (L-05)', () => {
  it('end on 2026-05-26, with the make-up Saturday of 05-09', () => {
    expect(new Story().clock()).toMatchObject({ due: '2026-05-26', state: 'running' });
  });

  it('are extended once by fifteen, on the last day still', () => {
    const story = new Story().on('2026-05-26', decide.extendVerification, {}, asHead);
    expect(story.clock()).toMatchObject({ promised: '2026-05-26', due: '2026-06-16' });
    expect(story.refused('2026-06-01', decide.extendVerification, {}, asHead)).toBe('EXTENSION_NOT_ALLOWED');
  });

  it('are not extended the day after (T-09)', () => {
    expect(new Story().refused('2026-05-27', decide.extendVerification, {}, asHead)).toBe('EXTENSION_TOO_LATE');
  });

  it('are not moved by an extension in time that is entered too late', () => {
    const story = new Story().on('2026-05-25', decide.extendVerification, {}, { ...asHead, now: tenOf('2026-05-27') });
    expect(story.clock()).toMatchObject({ due: '2026-05-26', extensions: [{ grantedOn: '2026-05-27' }] });
  });

  it('are extended by less, not by more, and by nobody but the head', () => {
    const story = new Story().on('2026-05-20', decide.extendVerification, { workingDays: 5 }, asHead);
    expect(story.clock()).toMatchObject({ due: '2026-06-02' });
    expect(new Story().refused('2026-05-20', decide.extendVerification, { workingDays: 16 }, asHead)).toBe(
      'EXTENSION_TOO_LONG',
    );
    expect(new Story().refused('2026-05-20', decide.extendVerification)).toBe('HEAD_REQUIRED');
  });

  it('stand still for testing, whose first and last day do not count', () => {
    const story = new Story().on('2026-05-11', decide.suspendVerification, { kind: 'testing' });
    expect(story.clock()).toMatchObject({ due: null, state: 'suspended' });
    // Three working days had passed; twelve are left after 05-20.
    story.on('2026-05-20', decide.resumeVerification);
    expect(story.clock()).toMatchObject({ due: '2026-06-05', state: 'running' });
  });

  it('stand still once for what overlaps', () => {
    const story = new Story()
      .on('2026-05-11', decide.suspendVerification, { kind: 'testing' })
      .on('2026-05-13', decide.suspendVerification, { kind: 'appraisal' });
    expect(story.refused('2026-05-15', decide.resumeVerification)).toBe('STANDSTILL_REQUIRED');
    expect(story.refused('2026-05-15', decide.resumeVerification, { standstill: '3' })).toBe('UNKNOWN_STANDSTILL');
    expect(story.refused('2026-05-15', decide.completeVerification)).toBe('STANDSTILL_OPEN');
    story.on('2026-05-15', decide.resumeVerification, { standstill: '1' });
    expect(story.clock().state).toBe('suspended');
    story.on('2026-05-20', decide.resumeVerification);
    expect(story.clock().due).toBe('2026-06-05');
    expect(story.refused('2026-05-21', decide.resumeVerification)).toBe('NO_STANDSTILL');
  });

  it('do not stand still for a dispute about competence', () => {
    const story = new Story().on('2026-05-11', decide.raiseCompetenceDispute, { otherAuthority: 'Keqiao' });
    expect(story.clock()).toMatchObject({ due: '2026-05-26', state: 'running' });
    expect(story.clock('competence-agreement')).toMatchObject({ due: '2026-05-20' });
    story.on('2026-05-12', decide.resolveCompetenceDispute, { outcome: 'sent-up' });
    expect(story.clock('competence-agreement').state).toBe('completed');
    expect(story.clock('competence-designation')).toMatchObject({ due: '2026-05-21' });
  });

  it('end with the decision on filing, not with the verification', () => {
    const story = new Story().on('2026-05-20', decide.completeVerification);
    expect(story.clock().state).toBe('running');
    story.events.push(filedOn('2026-05-26'));
    expect(timelinessOf(story.clock())).toBe('in-time');
  });
});

describe('new facts', () => {
  it('start the fifteen working days again from the last report, with an extension of their own', () => {
    const story = new Story()
      .on('2026-05-20', decide.extendVerification, {}, asHead)
      .on('2026-05-22', decide.mergeNewFacts, { content: '', receivedOn: '2026-05-21' });
    expect(story.clock()).toMatchObject({ from: '2026-05-21', due: '2026-06-11', extensions: [] });
    expect(story.clock().rule).toMatch(/^L-06\//);
    story.on('2026-06-11', decide.extendVerification, {}, asHead);
    expect(story.clock().due).toBe('2026-07-03');
  });

  it('that came before others which were taken in move nothing, nor do those of the same day', () => {
    const story = new Story()
      .on('2026-05-22', decide.mergeNewFacts, { content: '', receivedOn: '2026-05-21' })
      .on('2026-06-10', decide.extendVerification, {}, asHead);
    const { due } = story.clock();
    for (const receivedOn of ['2026-05-11', '2026-05-21', RECEIVED_ON]) {
      story.on('2026-06-11', decide.mergeNewFacts, { content: '', receivedOn });
      expect(story.clock()).toMatchObject({ from: '2026-05-21', due, extensions: [{ grantedOn: '2026-06-10' }] });
    }
  });

  it('are verified before it is decided: what was verified without them is verified anew', () => {
    const story = new Story()
      .on('2026-05-20', decide.completeVerification)
      .on('2026-05-22', decide.mergeNewFacts, { content: '', receivedOn: '2026-05-21' });
    const filing = { conditions: [...FILING_CONDITIONS] };
    expect(story.refused('2026-05-25', decide.fileCase, filing, asHead)).toBe('VERIFICATION_NOT_COMPLETED');
    story.on('2026-05-25', decide.completeVerification).on('2026-05-26', decide.fileCase, filing, asHead);
  });

  it('leave standing still what stands still', () => {
    const story = new Story()
      .on('2026-05-11', decide.suspendVerification, { kind: 'testing' })
      .on('2026-05-12', decide.suspendVerification, { kind: 'inspection' })
      .on('2026-05-22', decide.mergeNewFacts, { content: '', receivedOn: '2026-05-21' });
    expect(story.clock()).toMatchObject({ from: '2026-05-21', due: null, state: 'suspended' });
    story.on('2026-05-25', decide.resumeVerification, { standstill: '1' });
    story.on('2026-05-29', decide.resumeVerification, { standstill: '2' });
    // From 05-21 to 05-29 nothing counted: fifteen working days after it.
    expect(story.clock()).toMatchObject({ due: '2026-06-22', state: 'running' });
  });
});

describe('what is entered after the deadline', () => {
  it('does not stop the clock, though it says that it began before: testing that nobody knew of makes nothing timely', () => {
    const entered = { now: tenOf('2026-08-03') };
    const story = new Story().on('2026-05-11', decide.suspendVerification, { kind: 'testing' }, entered);
    expect(story.clock()).toMatchObject({ due: '2026-05-26', state: 'running' });
    story.on('2026-08-02', decide.resumeVerification, {}, { now: tenOf('2026-08-03') });
    expect(story.clock()).toMatchObject({ due: '2026-05-26', state: 'running' });
  });
  it('leaves standing what stood still in time, when new facts are taken in so late', () => {
    const entered = { now: tenOf('2026-08-03') };
    const story = new Story()
      .on('2026-05-11', decide.suspendVerification, { kind: 'testing' })
      .on('2026-05-22', decide.mergeNewFacts, { content: '', receivedOn: '2026-05-21' }, entered);
    expect(story.clock()).toMatchObject({ from: '2026-05-21', due: null, state: 'suspended' });
    story.on('2026-08-03', decide.resumeVerification, {}, entered);
    expect(story.clock()).toMatchObject({ due: '2026-08-24', state: 'running' });
  });
  const late = () => {
    const story = new Story();
    story.events.push(completedOn('2026-05-20'), {
      ...filedOn('2026-05-25'),
      recordedAt: tenOf('2026-06-01'),
      actor: HEAD,
    });
    return story;
  };
  const verify = { clock: 'verification', reason: 'paper-record', evidence: ['doc-1'] };

  it('counts by when it was entered until a second person verifies it (T-28)', () => {
    const story = late();
    expect(timelinessOf(story.clock())).toBe('backdated');
    expect(story.refused('2026-06-02', decide.verifyLateEntry, verify, { actor: HEAD })).toBe('SECOND_PERSON_REQUIRED');
    expect(story.refused('2026-06-02', decide.verifyLateEntry, { ...verify, clock: 'x' })).toBe('UNKNOWN_CLOCK');
    story.on('2026-06-02', decide.verifyLateEntry, verify);
    expect(timelinessOf(story.clock())).toBe('in-time');
    const before = story.events.length;
    expect(story.on('2026-06-03', decide.verifyLateEntry, verify).events).toHaveLength(before);
  });
});

describe('a calendar that is amended', () => {
  const guess: Law = { ...law, calendar: mainlandCalendar({ asKnownOn: '2025-11-03', provisional: true }) };

  it('is read again by an open clock, and by no other', () => {
    const clocks = [readClock({ clock: 'verification', rule: 'L-05', from: RECEIVED_ON }, guess)];
    const story = new Story();
    story.events = [receivedOn(RECEIVED_ON, { clocks })];
    expect(story.clock().calendar).toContain('PROVISIONAL');
    const given = () => givenReport(story.events);
    const { decision } = given().when(decide.amendDeadline, { clock: 'verification' }, onDay('2026-05-07'));
    expect(decision).toMatchObject([
      { type: 'ReportDeadlineAmended', data: { due: '2026-05-26', calendar: 'CN-2026.1' } },
    ]);
    story.events.push({ ...(decision as readonly ReportEvent[])[0]!, occurredAt: tenOf('2026-05-07') } as Given);
    expect(story.clock()).toMatchObject({ promised: clocks[0]!.due, due: '2026-05-26' });
    given().when(decide.amendDeadline, { clock: 'verification' }, onDay('2026-05-07')).then([]);
    given().when(decide.amendDeadline, { clock: 'reporter-notice' }, onDay('2026-05-07')).then([]);
  });
});

describe('a report that is older than its clocks', () => {
  it('is handled, but its time is neither extended nor stopped', () => {
    const { clocks: _, ...data } = receivedOn(RECEIVED_ON).data as { clocks?: unknown };
    const story = new Story();
    story.events = [{ ...receivedOn(RECEIVED_ON), data } as Given, startedOn('2026-05-07')];
    expect(story.refused('2026-05-08', decide.extendVerification, {}, asHead)).toBe('CLOCK_NOT_KEPT');
    expect(story.refused('2026-05-08', decide.suspendVerification, { kind: 'testing' })).toBe('CLOCK_NOT_KEPT');
    story.on('2026-05-08', decide.mergeNewFacts, { content: '' });
    expect(story.clock()).toMatchObject({ from: '2026-05-08' });
  });
});
