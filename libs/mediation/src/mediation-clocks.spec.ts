import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { recorded, startOfDay } from '#kernel';
import { configure, evolveClocks, NO_CLOCKS, readClock, regulations, timelinessOf, type Clocks, type Law } from '#law';
import { MEDIATION_CLOCKS, mediationClockChanges } from './clocks.ts';
import { recordBreach, recordPerformance } from './decide-agreement.ts';
import { amendDeadline, verifyLateEntry } from './decide-termination.ts';
import { accept } from './decide.ts';
import type { RecordedMediationEvent } from './mediation-events.ts';
import {
  agreed,
  as,
  assigned,
  bothConsent,
  breached,
  declined,
  effective,
  givenMediation,
  held,
  inEffect,
  inSession,
  law,
  notified,
  onDay,
  over,
  performed,
  proposed,
  reached,
  recusalAsked,
  scheduled,
  taken,
  terminated,
  type Given,
} from './testing/given-mediation.ts';

function clocksOf(events: readonly Given[]): Clocks {
  return recorded<RecordedMediationEvent>(events).reduce(
    (clocks, event) => evolveClocks(clocks, mediationClockChanges(event), event),
    NO_CLOCKS,
  );
}
const states = (events: readonly Given[]) =>
  Object.fromEntries(Object.entries(clocksOf(events)).map(([name, { state }]) => [name, state]));

const acceptance = readClock({ clock: 'body-acceptance', rule: 'L-20.acceptance', from: '2026-01-23' }, law);
const limit = readClock({ clock: 'body-mediation', rule: 'L-20.mediation', from: '2026-01-24' }, law);
const council = [proposed('consumer-association', { clocks: [acceptance] })];
const taking = [...council, taken([limit])];

describe('the clocks of a mediation', () => {
  it('are none of a complaint’s or a court’s: those run where they began (T-10)', () => {
    for (const kind of ['administrative', 'delegated', 'court-invited'] as const)
      expect(states(inSession(kind))).toEqual({});
  });

  it('run with what a body was asked for, and with what it took up', () => {
    expect(states(council)).toEqual({ 'body-acceptance': 'running' });
    expect(states([...council, declined])).toEqual({ 'body-acceptance': 'completed' });
    expect(states(taking)).toEqual({ 'body-acceptance': 'completed', 'body-mediation': 'running' });
    expect([acceptance.due, limit.due]).toEqual(['2026-01-30', '2026-02-06']);
  });

  it('stop with an agreement that binds, not with one that nobody has signed', () => {
    const session = [...taking, ...bothConsent(), assigned(), scheduled(), held()];
    const written = reached({ form: 'written' });
    expect(states([...session, written])).toMatchObject({ 'body-mediation': 'running' });
    expect(states([...session, written, effective({ kind: 'consumer-association', form: 'written' })])).toMatchObject({
      'body-mediation': 'completed',
      performance: 'running',
    });
  });

  it('do not stand still for a recusal (T-08)', () => {
    const suspended = [...taking, ...bothConsent(), assigned(), scheduled(), held(), ...recusalAsked];
    expect(clocksOf(suspended)['body-mediation']).toEqual(clocksOf(taking)['body-mediation']);
  });

  it('turn into one of notice with a termination', () => {
    expect(states([...taking, terminated({ ground: null, ending: 'no-agreement', clocks: [] })])).toMatchObject({
      'body-mediation': 'completed',
    });
    expect(states(over)).toEqual({ 'termination-notice': 'running' });
    expect(states([...over, notified])).toEqual({ 'termination-notice': 'completed' });
  });

  it('follow the performance: in time, late, or broken and made good', () => {
    const performing = (day: string, history: readonly Given[] = inEffect) =>
      clocksOf([...history, { ...performed, occurredAt: startOfDay(day) + 1 }])['performance']!;
    expect(timelinessOf(performing('2026-03-10'))).toBe('in-time');
    expect(timelinessOf(performing('2026-03-11'))).toBe('late');
    expect(states([...inEffect, breached])).toEqual({ performance: 'expired' });
    expect(performing('2026-03-11', [...inEffect, breached]).state).toBe('completed');
  });

  it('have names that reminders know', () => {
    const named = [...Object.keys(states(taking)), ...Object.keys(states(over)), ...Object.keys(states(inEffect))];
    expect(new Set(named)).toEqual(new Set(MEDIATION_CLOCKS));
  });
});

describe('people’s mediation (L-22)', () => {
  const month = `
rules:
  - id: L-22
    versions:
      - { regulation: none, article: '-', from: null, to: null, period: { months: 1 }, source: none }
`;

  it('has a limit where a configuration sets one', () => {
    const rules = configure(law.rules, month, 'rules.yaml', regulations);
    const { decision } = givenMediation([proposed('peoples')], { ...law, rules }).when(
      accept,
      {},
      onDay('2026-01-31') as object,
    );
    expect(decision).toMatchObject([{ data: { clocks: [{ clock: 'body-mediation', due: '2026-02-28' }] } }]);
  });
});

describe('a calendar that is amended', () => {
  const guess: Law = { ...law, calendar: mainlandCalendar({ asKnownOn: '2025-11-03', provisional: true }) };

  it('moves what is open, once', () => {
    const guessed = readClock({ clock: 'body-mediation', rule: 'L-20.mediation', from: '2026-02-13' }, guess);
    const history = [...council, taken([guessed])];
    const amended = readClock({ clock: 'body-mediation', rule: 'L-20.mediation', from: '2026-02-13' }, law);
    const taken0213 = history.map((event) =>
      event.type === 'MediationApplicationAccepted' ? { ...event, occurredAt: startOfDay('2026-02-13') } : event,
    );
    givenMediation(taken0213)
      .when(amendDeadline, { clock: 'body-mediation' })
      .then([{ type: 'MediationDeadlineAmended', ruleVersion: amended.rule!, data: amended }]);
    givenMediation([...taken0213, { type: 'MediationDeadlineAmended', data: amended }])
      .when(amendDeadline, { clock: 'body-mediation' })
      .then([]);
    givenMediation(inEffect).when(amendDeadline, { clock: 'performance' }).then([]);
  });
});

describe('what was entered late', () => {
  const late = [...over, { ...notified, recordedAt: '2026-03-20T02:00:00Z' }] as Given[];
  const verify = { clock: 'termination-notice', reason: 'paper-record' as const, evidence: ['doc-1'] };

  it('counts by its own time once a second person of the authority has seen the proof (T-28)', () => {
    const verifying = (role: string, id: string, history = late) =>
      givenMediation(history).when(verifyLateEntry, verify, as(role, id));
    verifying('officer', 'key-2').then([{ type: 'MediationLateEntryVerified', data: verify }]);
    verifying('officer', 'key-1').then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
    verifying('mediator', 'key-2').then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    verifying('officer', 'key-2', [...over, notified]).then({
      kind: 'conflict',
      code: 'NOT_BACKDATED',
      field: 'clock',
    });
    verifying('officer', 'key-2', agreed).then({ kind: 'invalid', code: 'UNKNOWN_CLOCK', field: 'clock' });
    verifying('officer', 'key-2', [...late, { type: 'MediationLateEntryVerified', data: verify }]).then([]);
  });

  it('does not keep the next step from having happened before', () => {
    const { state } = givenMediation([
      ...inEffect,
      { type: 'MediationLateEntryVerified', data: { ...verify, clock: 'performance' } },
    ]);
    expect(state).toMatchObject({ previousAt: inEffect.at(-1)!.occurredAt });
    givenMediation(inEffect)
      .when(recordPerformance, { evidence: ['doc-1'] }, onDay('2026-02-20') as object)
      .then([{ type: 'AgreementPerformed', data: { performedOn: '2026-02-20', evidence: ['doc-1'] } }]);
    givenMediation(inEffect)
      .when(recordBreach, { breach: 'performance-refused' }, onDay('2026-02-10') as object)
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
});
