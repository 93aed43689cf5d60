import type { DecisionContext, GivenEvent, Instant, LocalDate, PersonReference } from '#kernel';
import { given, startOfDay, usccOf } from '#kernel';
import { readClock, shippedLaw, type ClockReading, type Law } from '#law';
import { REPORT_CLOCKS, type ReportClock } from '../clocks.ts';
import { FILING_CONDITIONS, type RecordedReportEvent, type ReportEvents } from '../events.ts';
import { evolve, initial } from '../report.ts';

/** Histories with which specs of reports begin: received on 2026-05-06, a Wednesday, under Order 121. */
export type Given = GivenEvent<RecordedReportEvent>;

export const report = { initial, evolve };
export const law = shippedLaw();
export const USCC = usccOf('91330600', '12345678');
export const OTHER_USCC = usccOf('91330600', '87654321');
export const RECEIVED_ON = '2026-05-06';
export const HEAD = { id: 'head', role: 'head' };
export const OFFICER = { id: 'key-1', role: 'officer' };

/** Ten in the morning of a day. */
export const tenOf = (day: LocalDate): Instant => startOfDay(day) + 10 * 3_600_000;
/** Surroundings of a command given on a day, and entered then. */
export const onDay = (day: LocalDate) => ({ now: tenOf(day), occurredAt: tenOf(day), today: day });
export const asHead = { actor: HEAD };
export const person = <Name extends string>(name: Name) =>
  ({ [name]: { personId: `${name}-1`, tokens: {} } }) as Readonly<Record<Name, PersonReference>>;

/** A clock that starts on a day, as the event that opens it has it. */
export const reading = (clock: ReportClock, from: LocalDate, rule: string = REPORT_CLOCKS[clock]): ClockReading =>
  readClock({ clock, rule, from }, law);

export const givenReport = (events: readonly Given[] = [], by: Law = law) => given(report, events, by);

export const receipt: ReportEvents['ReportReceived'] = {
  authority: 'Yuecheng Market Supervision Office',
  handlingRegion: '330602',
  respondentUscc: USCC,
  respondentRegion: '330602',
  respondent: 'respondent-1',
  reporter: 'reporter-1',
  reporterTokens: { phone: 'phone-token', name: 'name-token' },
  isRealName: true,
  content: 'content-1',
  evidence: [],
  sector: null,
  channel: null,
  disputeId: null,
  workOrderId: null,
};

export function receivedOn(day: LocalDate, more: Partial<typeof receipt> = {}): Given {
  const data = { ...receipt, clocks: [reading('verification', day)], ...more };
  return { type: 'ReportReceived', occurredAt: tenOf(day), data };
}
export const anonymous = { reporter: null, reporterTokens: {}, isRealName: false };
export const startedOn = (day: LocalDate): Given => ({
  type: 'VerificationStarted',
  occurredAt: tenOf(day),
  data: {},
  actor: OFFICER,
});
export const completedOn = (day: LocalDate): Given => ({
  type: 'VerificationCompleted',
  occurredAt: tenOf(day),
  data: {},
  actor: OFFICER,
});
export const filedOn = (day: LocalDate, clocks: readonly ClockReading[] = []): Given => ({
  type: 'CaseFiled',
  occurredAt: tenOf(day),
  data: { caseId: null, conditions: FILING_CONDITIONS, violationEndedOn: null, gravity: 'general', clocks },
  actor: HEAD,
});
export const notFiledOn = (day: LocalDate): Given => ({
  type: 'CaseNotFiled',
  occurredAt: tenOf(day),
  data: { reason: 'reason-1', ground: '20(1)', unmet: [], clocks: [] },
  actor: HEAD,
});
export const repeatOn = (day: LocalDate): Given => ({
  type: 'RepeatReportNotProcessed',
  occurredAt: tenOf(day),
  data: { earlierReport: 'R0' },
});
export const incompetentOn = (day: LocalDate): Given => ({
  type: 'ReporterToldOfCompetentAuthority',
  occurredAt: tenOf(day),
  data: { competentAuthority: null, channel: 'phone' },
});

/** A history in each state, the last step on 2026-05-08. */
export const STATES = {
  received: [receivedOn(RECEIVED_ON)],
  verifying: [receivedOn(RECEIVED_ON), startedOn('2026-05-07')],
  verified: [receivedOn(RECEIVED_ON), startedOn('2026-05-07'), completedOn('2026-05-08')],
  filed: [receivedOn(RECEIVED_ON), startedOn('2026-05-07'), completedOn('2026-05-08'), filedOn('2026-05-08')],
  'not-filed': [receivedOn(RECEIVED_ON), startedOn('2026-05-07'), completedOn('2026-05-08'), notFiledOn('2026-05-08')],
  repeat: [receivedOn(RECEIVED_ON), repeatOn('2026-05-07')],
  'not-competent': [receivedOn(RECEIVED_ON), incompetentOn('2026-05-07')],
} satisfies Readonly<Record<string, readonly Given[]>>;
export type StateName = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as StateName[];

/** On the day after the last step of {@link STATES}. */
export const NEXT: Pick<DecisionContext, 'now' | 'occurredAt' | 'today'> = onDay('2026-05-11');
