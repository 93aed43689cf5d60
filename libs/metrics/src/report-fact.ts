import type { EpochDay } from '#kernel';
import { epochDay, epochDayOf, idOf } from '#kernel';
import type { RecordedReportEvent } from '#reports/events';
import { reportClockChanges } from '#reports/events';
import type { ClockColumns, ClockStandingCode } from './clock-standing.ts';
import {
  clockColumns,
  clockIn,
  fieldsOfClock,
  foldClocks,
  keepClock,
  noClock,
  withoutClock,
} from './clock-standing.ts';
import type { Draft, FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** What became of a report (举报). */
export const REPORT_OUTCOMES = [
  'PENDING',
  /** 立案 */
  'FILED',
  /** 不予立案 */
  'NOT_FILED',
  /** 不再另行处理: a repeat of one that is handled (S1 Art. 35). */
  'REPEAT',
  /** 告知向有权机关举报: not this authority's (S1 Art. 34). */
  'NOT_COMPETENT',
  PARKED,
] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

const VERIFICATION = clockColumns('verification');
const COLUMNS: Readonly<Record<string, ClockColumns>> = { verification: VERIFICATION };

/** Fact of one report: whether it was verified, and filing decided, in time. */
export interface ReportFact {
  readonly [field: string]: string | number | null;
  readonly subject: string | null;
  /** Region of the authority that handles it. */
  readonly region: string | null;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly outcome: ReportOutcome;
  /** 核查期限, up to the decision on filing. */
  readonly verification: ClockStandingCode;
  readonly verificationOn: EpochDay | null;
}

const NEW_REPORT: ReportFact = {
  subject: null,
  region: null,
  sector: null,
  channel: null,
  outcome: 'PENDING',
  ...noClock(VERIFICATION),
};

export const reportFacts: FactKind<ReportFact> = {
  name: 'report',
  version: 3,
  types: [
    'ReportReceived',
    'ReportMergedWithNewFacts',
    'RepeatReportNotProcessed',
    'ReporterToldOfCompetentAuthority',
    'ReportCompetenceDisputeResolved',
    'ReportAuthorityDesignated',
    'VerificationExtended',
    'VerificationSuspended',
    'VerificationResumed',
    'CaseFiled',
    'CaseNotFiled',
    'ReportDeadlineAmended',
    'ReportLateEntryVerified',
  ],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    channel: { as: 'text' },
    outcome: { as: 'code', values: REPORT_OUTCOMES },
    ...fieldsOfClock(VERIFICATION),
  },
  counted: ['outcome', 'verification'],
  attributions: ['verificationOn'],
  keyOf: (event) => idOf(event.stream),
  evolve: (state, event) => evolveReport(state ?? NEW_REPORT, event as RecordedReportEvent),
  park: (state = NEW_REPORT, day) => ({
    ...state,
    outcome: PARKED,
    verification: PARKED,
    verificationOn: state.verificationOn ?? day,
  }),
};

function evolveReport(state: ReportFact, event: RecordedReportEvent): ReportFact {
  if (event.type === 'ReportMergedWithNewFacts' && isSettled(state, epochDay(event.data.receivedOn))) return state;
  const draft: Draft<ReportFact> = { ...state };
  takeIn(draft, event);
  foldClocks(draft, COLUMNS, reportClockChanges(event), event);
  return draft;
}

function takeIn(draft: Draft<ReportFact>, event: RecordedReportEvent): void {
  switch (event.type) {
    case 'ReportReceived':
      draft.subject = event.data.respondentUscc;
      draft.region = event.data.handlingRegion;
      draft.sector = event.data.sector;
      draft.channel = event.data.channel;
      keepClock(draft, VERIFICATION, withoutClock(event.occurredAt));
      break;
    case 'ReportCompetenceDisputeResolved':
    case 'ReportAuthorityDesignated':
      // Who let the time run out answers for it, whoever is found to be competent later (metrics 3.0 rule 3).
      if (!isSettled(draft, epochDayOf(event.occurredAt))) draft.region = event.data.handlingRegion ?? draft.region;
      break;
    case 'CaseFiled':
      draft.outcome = 'FILED';
      break;
    case 'CaseNotFiled':
      draft.outcome = 'NOT_FILED';
      break;
    case 'RepeatReportNotProcessed':
      draft.outcome = 'REPEAT';
      break;
    case 'ReporterToldOfCompetentAuthority':
      draft.outcome = 'NOT_COMPETENT';
      break;
    default:
  }
}

/**
 * Whether the answer had been given by a day: decided, or overdue. New facts start the clock again (S1 Art. 35(2)); they do not
 * undo what has become of the time before (metrics 3.0 rule 2).
 */
function isSettled(state: ReportFact, on: EpochDay): boolean {
  const { doneOn, until } = clockIn(state, VERIFICATION);
  return doneOn !== null || (until !== null && on > epochDayOf(until));
}
