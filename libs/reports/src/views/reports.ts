import type { CaseEvents } from '#cases/events';
import type { LocalDate, RecordedEvent } from '#kernel';
import { categoryOf, Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { reportClockChanges } from '../clocks.ts';
import type {
  FilingCondition,
  NotFilingGround,
  RecordedReportEvent,
  ReportEvents,
  VerificationStandstill,
} from '../events.ts';
import { reportSchemas } from '../events.ts';

/** `repeat` and `not-competent` are final; `filed` and `not-filed` once the reporter was told, where that is a duty. */
export const REPORT_STATUSES = [
  'received',
  'verifying',
  'verified',
  'filed',
  'not-filed',
  'repeat',
  'not-competent',
] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** One report (举报) as it stands. Instants are ISO 8601 UTC, days are legal days in Shanghai. */
export interface ReportDocument {
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string | null;
  /** Vault references. */
  readonly respondent: string | null;
  readonly reporter: string | null;
  readonly content: string | null;
  readonly isRealName: boolean;
  readonly evidence: readonly string[];
  readonly sector: string | null;
  readonly channel: string | null;
  readonly disputeId: string | null;
  readonly workOrderId: string | null;
  readonly status: ReportStatus;
  readonly receivedAt: string;
  readonly earlierReport: string | null;
  readonly competentAuthority: string | null;
  /** Whom competence is in dispute with, and whether the authority above decides. */
  readonly competenceDispute: { readonly otherAuthority: string; readonly isSentUp: boolean } | null;
  /** What the same reporter added later; `content` is a vault reference. */
  readonly newFacts: readonly {
    readonly receivedOn: LocalDate;
    readonly laterReport: string | null;
    readonly workOrderId: string | null;
    readonly content: string | null;
  }[];
  readonly standstills: readonly {
    readonly standstill: string;
    readonly kind: VerificationStandstill;
    readonly startedAt: string;
    readonly endedAt: string | null;
  }[];
  readonly verificationStartedAt: string | null;
  readonly verifiedAt: string | null;
  readonly decidedAt: string | null;
  readonly notFilingGround: NotFilingGround | null;
  readonly unmet: readonly FilingCondition[];
  /** Vault reference of the reason why no case was filed. */
  readonly reason: string | null;
  readonly reporterToldAt: string | null;
  /** Cases (案件) that have taken it in. */
  readonly cases: readonly string[];
  readonly clocks: Clocks;
}

const OF_CASES: readonly string[] = ['EnforcementCaseFiled', 'CaseReportLinked'];

export const reportsView: Projection<ReportDocument> = {
  name: 'reports',
  version: 2,
  types: [...Object.keys(reportSchemas), ...OF_CASES],
  keys: (event) => (categoryOf(event.stream) === 'case' ? reportTakenIn(event) : [idOf(event.stream)]),
  evolve: (doc, event) =>
    categoryOf(event.stream) === 'case'
      ? takenInto(doc, event)
      : withClocks(evolve(doc, event as RecordedReportEvent), event as RecordedReportEvent),
  indexes: {
    newest: ['receivedAt'],
    byRegion: ['handlingRegion', 'receivedAt'],
    byRespondent: ['respondentUscc', 'receivedAt'],
    byStatus: ['status', 'receivedAt'],
    byDispute: ['disputeId', 'receivedAt'],
  },
};

function reportTakenIn({ data }: RecordedEvent): string[] {
  const { reportId } = data as Pick<CaseEvents['EnforcementCaseFiled'], 'reportId'>;
  return reportId === null ? [] : [reportId];
}

function takenInto(doc: ReportDocument | undefined, { stream, type }: RecordedEvent): ReportDocument {
  if (doc === undefined)
    throw new Failure('BROKEN_HISTORY', `${type} of ${stream} names a report that was not received`);
  const id = idOf(stream);
  return doc.cases.includes(id) ? doc : { ...doc, cases: [...doc.cases, id] };
}

function withClocks(doc: ReportDocument, event: RecordedReportEvent): ReportDocument {
  const changes = reportClockChanges(event);
  return changes.length === 0 ? doc : { ...doc, clocks: evolveClocks(doc.clocks, changes, event) };
}

function evolve(doc: ReportDocument | undefined, event: RecordedReportEvent): ReportDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ReportReceived') return received(event.data, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'RepeatReportNotProcessed':
      return { ...doc, status: 'repeat', earlierReport: event.data.earlierReport };
    case 'ReporterToldOfCompetentAuthority': {
      const { competentAuthority, isAnonymous } = event.data;
      return { ...doc, status: 'not-competent', competentAuthority, reporterToldAt: isAnonymous === true ? null : at };
    }
    case 'ReportMergedWithNewFacts': {
      const { receivedOn, workOrderId, laterReport = null, content = null } = event.data;
      const newFacts = [...doc.newFacts, { receivedOn, laterReport, workOrderId, content }];
      const isAnew = doc.status === 'verified' && { status: 'verifying' as const, verifiedAt: null };
      return { ...doc, newFacts, ...isAnew };
    }
    case 'ReportCompetenceDisputeRaised':
      return { ...doc, competenceDispute: { otherAuthority: event.data.otherAuthority, isSentUp: false } };
    case 'ReportCompetenceDisputeResolved': {
      const { outcome, authority, handlingRegion } = event.data;
      if (outcome === 'sent-up' && doc.competenceDispute !== null) {
        return { ...doc, competenceDispute: { ...doc.competenceDispute, isSentUp: true } };
      }
      return handedTo(doc, authority, handlingRegion);
    }
    case 'ReportAuthorityDesignated':
      return handedTo(doc, event.data.authority, event.data.handlingRegion);
    case 'VerificationStarted':
      return { ...doc, status: 'verifying', verificationStartedAt: at };
    case 'VerificationSuspended': {
      const { standstill, kind } = event.data;
      // Said again as the clock has started again: it has gone on since before.
      if (doc.standstills.some((one) => one.standstill === standstill)) return doc;
      return { ...doc, standstills: [...doc.standstills, { standstill, kind, startedAt: at, endedAt: null }] };
    }
    case 'VerificationResumed': {
      const { standstill } = event.data;
      const ended = doc.standstills.map((one) => (one.standstill === standstill ? { ...one, endedAt: at } : one));
      return { ...doc, standstills: ended };
    }
    case 'VerificationCompleted':
      return { ...doc, status: 'verified', verifiedAt: at };
    case 'CaseFiled':
      return { ...doc, status: 'filed', decidedAt: at };
    case 'CaseNotFiled': {
      const { reason, ground = null, unmet = [] } = event.data;
      return { ...doc, status: 'not-filed', decidedAt: at, reason, notFilingGround: ground, unmet };
    }
    case 'ReporterNotifiedOfFiling':
      return { ...doc, reporterToldAt: at };
    case 'VerificationExtended':
    case 'ReportDeadlineAmended':
    case 'ReportLateEntryVerified':
      return doc;
    default:
      return unreachable(event);
  }
}

function handedTo(doc: ReportDocument, authority: string | null, handlingRegion: string | null): ReportDocument {
  return {
    ...doc,
    authority: authority ?? doc.authority,
    handlingRegion: handlingRegion ?? doc.handlingRegion,
    competenceDispute: null,
  };
}

function received(data: ReportEvents['ReportReceived'], receivedAt: string): ReportDocument {
  return {
    authority: data.authority,
    handlingRegion: data.handlingRegion,
    respondentUscc: data.respondentUscc,
    respondentRegion: data.respondentRegion,
    respondent: data.respondent,
    reporter: data.reporter,
    content: data.content ?? null,
    isRealName: data.isRealName ?? false,
    evidence: data.evidence ?? [],
    sector: data.sector,
    channel: data.channel,
    disputeId: data.disputeId,
    workOrderId: data.workOrderId,
    status: 'received',
    receivedAt,
    earlierReport: null,
    competentAuthority: null,
    competenceDispute: null,
    newFacts: [],
    standstills: [],
    verificationStartedAt: null,
    verifiedAt: null,
    decidedAt: null,
    notFilingGround: null,
    unmet: [],
    reason: null,
    reporterToldAt: null,
    cases: [],
    clocks: NO_CLOCKS,
  };
}
