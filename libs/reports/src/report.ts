import type { Instant, LocalDate } from '#kernel';
import { Failure, localDateOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { reportClockChanges } from './clocks.ts';
import type { RecordedReportEvent, ReportEvents, VerificationStandstill } from './events.ts';

/** Time that is not the verification's, as long as it goes on. */
export interface OpenStandstill {
  readonly standstill: string;
  readonly kind: VerificationStandstill;
}

/** What is known of a report from its receipt on. */
export interface Known {
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly disputeId: string | null;
  readonly isAnonymous: boolean;
  readonly isRealName: boolean;
  readonly receivedOn: LocalDate;
  /** Day of the last report that was taken in, or else of this one: from there the time is counted (L-06). */
  readonly lastOn: LocalDate;
  /** Keyed tokens of who reported. */
  readonly reporterTokens: ReportEvents['ReportReceived']['reporterTokens'];
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
  /** Later reports with new facts that were taken in. */
  readonly takenIn: readonly string[];
  /** How far a dispute about competence has come; null when there is none. */
  readonly competence: 'disputed' | 'sent-up' | null;
  readonly standstills: { readonly begun: number; readonly open: readonly OpenStandstill[] };
  readonly clocks: Clocks;
}

/** Before a decision on filing. */
export type Open = Known & { readonly status: 'received' | 'verifying' | 'verified' };
export type Decided = Known & {
  readonly status: 'filed' | 'not-filed';
  readonly decidedOn: LocalDate;
  readonly isReporterTold: boolean;
};
/** `repeat`: 不再另行处理. `not-competent`: the reporter was told who is. Both are final. */
export type Ended = Known & { readonly status: 'repeat' | 'not-competent' };

export type ReportState = { readonly status: 'none' } | Open | Decided | Ended;

export const initial: ReportState = { status: 'none' };

export function evolve(state: ReportState, event: RecordedReportEvent): ReportState {
  const next = evolveStatus(state, event);
  const changes = reportClockChanges(event);
  return next.status === 'none' || changes.length === 0
    ? next
    : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function evolveStatus(state: ReportState, event: RecordedReportEvent): ReportState {
  const previousAt = event.occurredAt;
  if (event.type === 'ReportReceived') return received(event.data, previousAt);
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'RepeatReportNotProcessed':
      return { ...state, status: 'repeat', previousAt };
    case 'ReporterToldOfCompetentAuthority':
      return { ...state, status: 'not-competent', previousAt };
    case 'ReportMergedWithNewFacts': {
      const { laterReport, receivedOn } = event.data;
      const takenIn = typeof laterReport === 'string' ? [...state.takenIn, laterReport] : state.takenIn;
      const lastOn = receivedOn > state.lastOn ? receivedOn : state.lastOn;
      const told = { ...state, previousAt, takenIn, lastOn };
      // New facts are verified like those before them: what was verified without them is verified anew.
      return told.status === 'verified' ? { ...told, status: 'verifying' } : told;
    }
    case 'ReportCompetenceDisputeRaised':
      return { ...state, previousAt, competence: 'disputed' };
    case 'ReportCompetenceDisputeResolved': {
      const { outcome, authority, handlingRegion } = event.data;
      if (outcome === 'sent-up') return { ...state, previousAt, competence: 'sent-up' };
      return { ...handedTo(state, authority, handlingRegion), previousAt };
    }
    case 'ReportAuthorityDesignated':
      return { ...handedTo(state, event.data.authority, event.data.handlingRegion), previousAt };
    case 'VerificationStarted':
      return { ...state, status: 'verifying', previousAt };
    case 'VerificationExtended':
      return { ...state, previousAt };
    case 'VerificationSuspended':
    case 'VerificationResumed':
      // One that goes on while the clock starts again is said once more, and with the time of the new start.
      return {
        ...state,
        previousAt: Math.max(previousAt, state.previousAt),
        standstills: standstillsAfter(state, event),
      };
    case 'VerificationCompleted':
      return { ...state, status: 'verified', previousAt };
    case 'CaseFiled':
    case 'CaseNotFiled': {
      const status = event.type === 'CaseFiled' ? 'filed' : 'not-filed';
      return { ...state, status, previousAt, decidedOn: localDateOf(previousAt), isReporterTold: false };
    }
    case 'ReporterNotifiedOfFiling':
      return 'decidedOn' in state ? { ...state, previousAt, isReporterTold: true } : state;
    case 'ReportDeadlineAmended':
    case 'ReportLateEntryVerified':
      // About the procedure and no step of it: what comes next may have happened before.
      return state;
    default:
      return unreachable(event);
  }
}

function received(data: ReportEvents['ReportReceived'], previousAt: Instant): ReportState {
  const { authority, handlingRegion, respondentUscc, disputeId, reporter, reporterTokens, isRealName = false } = data;
  return {
    status: 'received',
    ...{ authority, handlingRegion, respondentUscc, disputeId, reporterTokens, isRealName, previousAt },
    isAnonymous: reporter === null,
    receivedOn: localDateOf(previousAt),
    lastOn: localDateOf(previousAt),
    takenIn: [],
    competence: null,
    standstills: { begun: 0, open: [] },
    clocks: NO_CLOCKS,
  };
}

type Standing = Exclude<ReportState, { readonly status: 'none' }>;

/** It lies with the one that was found competent; it is a standing report as it was. */
function handedTo(state: Standing, authority: string | null, handlingRegion: string | null): Standing {
  return {
    ...state,
    competence: null,
    authority: authority ?? state.authority,
    handlingRegion: handlingRegion ?? state.handlingRegion,
  };
}

function standstillsAfter(
  { standstills: { begun, open } }: Standing,
  { type, data }: Extract<RecordedReportEvent, { type: 'VerificationSuspended' | 'VerificationResumed' }>,
): Known['standstills'] {
  const others = open.filter(({ standstill }) => standstill !== data.standstill);
  if (type === 'VerificationResumed') return { begun, open: others };
  const isNew = others.length === open.length;
  return { begun: isNew ? begun + 1 : begun, open: [...others, { standstill: data.standstill, kind: data.kind }] };
}
