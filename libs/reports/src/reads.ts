/** What the rules of a report must know of other streams, folded from their events. */
import type { CaseEvents } from '#cases/events';
import { primaryAfter, type DisputeEvents } from '#disputes/events';
import type { LocalDate, RecordedEvent } from '#kernel';
import { localDateOf } from '#kernel';
import type { WorkOrderOrigin } from '#work-orders/events';
import type { ReportEvents } from './events.ts';

/** The dispute whose letter the report came with. */
export interface DisputeRead {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string | null;
  /** The dispute that it was found to be (并案). */
  readonly mergedInto: string | null;
}

export const unreadDispute: DisputeRead = { respondentUscc: null, respondentRegion: null, mergedInto: null };

export function evolveDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened':
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeOpened'];
      return { ...dispute, respondentUscc, respondentRegion };
    }
    default:
      return { ...dispute, mergedInto: primaryAfter(dispute.mergedInto, event) };
  }
}

/** Another report, which this one may repeat, or which repeats it. */
export interface OtherReport {
  /** Region of the authority that has it. */
  readonly handlingRegion: string;
  readonly isAnonymous: boolean;
  readonly reporterTokens: ReportEvents['ReportReceived']['reporterTokens'];
  readonly respondentUscc: string | null;
  readonly receivedOn: LocalDate | null;
  /** Not processed: it was a repeat itself, or not the authority's. */
  readonly ended: 'repeat' | 'not-competent' | null;
  /** Reports with new facts that it has taken in. */
  readonly takenIn: readonly string[];
}

export const unreadReport: OtherReport = {
  handlingRegion: '',
  isAnonymous: true,
  reporterTokens: {},
  respondentUscc: null,
  receivedOn: null,
  ended: null,
  takenIn: [],
};

export function evolveOtherReport(report: OtherReport, event: RecordedEvent): OtherReport {
  switch (event.type as keyof ReportEvents) {
    case 'ReportReceived': {
      const { handlingRegion, respondentUscc, reporter, reporterTokens } = event.data as ReportEvents['ReportReceived'];
      const receivedOn = localDateOf(event.occurredAt);
      return { ...report, handlingRegion, respondentUscc, reporterTokens, isAnonymous: reporter === null, receivedOn };
    }
    case 'ReportCompetenceDisputeResolved':
    case 'ReportAuthorityDesignated': {
      const { handlingRegion } = event.data as ReportEvents['ReportCompetenceDisputeResolved'];
      return { ...report, handlingRegion: handlingRegion ?? report.handlingRegion };
    }
    case 'RepeatReportNotProcessed':
      return { ...report, ended: 'repeat' };
    case 'ReporterToldOfCompetentAuthority':
      return { ...report, ended: 'not-competent' };
    case 'ReportMergedWithNewFacts': {
      const { laterReport } = event.data as ReportEvents['ReportMergedWithNewFacts'];
      return typeof laterReport === 'string' ? { ...report, takenIn: [...report.takenIn, laterReport] } : report;
    }
    default:
      return report;
  }
}

/** A case that may take the report in. */
export interface CaseRead {
  readonly handlingRegion: string;
  readonly isFiled: boolean;
  readonly isOver: boolean;
}

export const unreadCase: CaseRead = { handlingRegion: '', isFiled: false, isOver: false };

export function evolveCase(known: CaseRead, event: RecordedEvent): CaseRead {
  switch (event.type as keyof CaseEvents) {
    case 'EnforcementCaseFiled': {
      const { handlingRegion } = event.data as CaseEvents['EnforcementCaseFiled'];
      return { ...known, handlingRegion, isFiled: true };
    }
    case 'CaseDecided':
    case 'CaseClosed':
      return { ...known, isOver: true };
    default:
      return known;
  }
}

export type ReceiveReads = {
  readonly dispute: DisputeRead | undefined;
  /** The letter it comes from, where it names one. */
  readonly workOrder?: WorkOrderOrigin | undefined;
};
export type OtherReads = { readonly other: OtherReport | undefined };
export type FileReads = { readonly enforcementCase: CaseRead | undefined };
