import type { Instant, LocalDate } from '#kernel';
import { Failure } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { VerificationStandstill } from '#reports/events';
import { caseClockChanges } from './clocks.ts';
import type {
  CaseMatter,
  CaseOrigin,
  CaseResult,
  CaseStandstill,
  PenaltyRevision,
  RecordedCaseEvent,
} from './events.ts';

/** `clue`: it is verified. `clue-verified`: filing is to be decided. `suspended`: 中止调查. */
export const CASE_STATUSES = [
  'clue',
  'clue-verified',
  'not-filed',
  'filed',
  'investigating',
  'suspended',
  'in-review',
  'reviewed',
  'notified',
  'decided',
  'executed',
  'closed',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export interface OpenStandstill {
  readonly standstill: string;
  readonly kind: CaseStandstill | VerificationStandstill;
}

/** 行政处罚告知, and how the party answered. */
export interface Notice {
  readonly proposedFineFen: number;
  readonly proposedConfiscatedFen: number;
  readonly isWaived: boolean;
  readonly hearing: 'requested' | 'going-on' | 'ended' | null;
}

/** 处理决定, and what became of it. */
export interface DecisionMade {
  readonly result: CaseResult;
  readonly isServed: boolean;
  readonly isPublished: boolean;
  readonly revision: PenaltyRevision | null;
  readonly hasClosingForm: boolean;
}

/** A case, or the clue of one, from its first event on. */
export interface Case {
  readonly status: CaseStatus;
  readonly matter: CaseMatter;
  readonly origin: CaseOrigin;
  readonly disputeId: string | null;
  readonly clueId: string | null;
  readonly complaintId: string | null;
  readonly discoveredOn: LocalDate;
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
  /** Ids of those who verified or investigated: whoever reviews it is somebody else. */
  readonly handlers: readonly string[];
  readonly complaints: readonly string[];
  readonly reports: readonly string[];
  readonly standstills: { readonly begun: number; readonly open: readonly OpenStandstill[] };
  readonly isSuspectedCriminal: boolean;
  readonly isAssistanceOpen: boolean;
  readonly notice: Notice | null;
  readonly decision: DecisionMade | null;
  readonly clocks: Clocks;
}

/** Whether a penalty is still to be executed and published: one that was only changed is. */
export function stands({ revision }: DecisionMade): boolean {
  return revision === null || revision === 'changed';
}

export type CaseState = { readonly status: 'none' } | Case;

export const initial: CaseState = { status: 'none' };

export function evolve(state: CaseState, event: RecordedCaseEvent): CaseState {
  const next = begun(state, event);
  const changes = caseClockChanges(event);
  return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
}

function begun(state: CaseState, event: RecordedCaseEvent): Case {
  if (event.type === 'ClueVerificationStarted') {
    const { origin, disputeId, clueId, complaintId, discoveredOn } = event.data;
    const known = { origin, disputeId, clueId, complaintId, discoveredOn, handlers: [event.actor.id] };
    return { ...fresh(event), ...known, status: 'clue' };
  }
  if (event.type === 'EnforcementCaseFiled') {
    const { origin, disputeId, discoveredOn, reportId } = event.data;
    const before = state.status === 'none' ? { ...fresh(event), origin, disputeId, discoveredOn } : state;
    const reports = reportId === null ? [] : [reportId];
    return {
      ...before,
      matter: matterOf(event.data),
      status: 'filed',
      previousAt: event.occurredAt,
      handlers: [],
      reports,
    };
  }
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return evolveCase(state, event);
}

type First = Extract<RecordedCaseEvent, { type: 'ClueVerificationStarted' | 'EnforcementCaseFiled' }>;

function fresh({ data, occurredAt }: First) {
  return {
    matter: matterOf(data),
    clueId: null,
    complaintId: null,
    previousAt: occurredAt,
    complaints: [],
    reports: [],
    standstills: { begun: 0, open: [] },
    isSuspectedCriminal: false,
    isAssistanceOpen: false,
    notice: null,
    decision: null,
    clocks: NO_CLOCKS,
    handlers: [] as readonly string[],
  };
}

function matterOf({ authority, handlingRegion, respondentUscc, respondentRegion, ...rest }: CaseMatter): CaseMatter {
  const { respondent, sector, content } = rest;
  return { authority, handlingRegion, respondentUscc, respondentRegion, respondent, sector, content };
}

function evolveCase(before: Case, event: Exclude<RecordedCaseEvent, First>): Case {
  // About the procedure and no step of it: what comes next may have happened before.
  if (event.type === 'CaseDeadlineAmended' || event.type === 'CaseLateEntryVerified') return before;
  const state = { ...before, previousAt: event.occurredAt, standstills: standstillsAfter(before, event) };
  const isSuspended = state.standstills.open.some(({ kind }) => kind === 'case-suspended');
  return { ...state, ...changeBy(state, event), status: statusAfter(state.status, isSuspended, event) };
}

/** How far the case has come; `isSuspended`: 中止调查 goes on after the event. */
export function statusAfter(status: CaseStatus, isSuspended: boolean, event: RecordedCaseEvent): CaseStatus {
  switch (event.type) {
    case 'ClueVerificationStarted':
      return 'clue';
    case 'ClueVerificationCompleted':
      return 'clue-verified';
    case 'ClueNotFiled':
      return 'not-filed';
    case 'EnforcementCaseFiled':
      return 'filed';
    case 'CaseInvestigationStarted':
      return 'investigating';
    case 'CaseSuspended':
      return isSuspended ? 'suspended' : status;
    case 'CaseResumed':
      return status === 'suspended' && !isSuspended ? 'investigating' : status;
    case 'CaseSubmittedForReview':
      return 'in-review';
    case 'CaseReviewed':
      return event.data.opinion === 'agreed' ? 'reviewed' : 'investigating';
    case 'PenaltyNoticeServed':
      return 'notified';
    case 'CaseDecided':
      return 'decided';
    case 'CaseExecuted':
      return 'executed';
    case 'CaseClosed':
      return 'closed';
    default:
      return status;
  }
}

type Step = Exclude<RecordedCaseEvent, First | { type: 'CaseDeadlineAmended' | 'CaseLateEntryVerified' }>;

/** What a step changes beside how far the case has come. */
function changeBy(state: Case, event: Step): Partial<Case> {
  switch (event.type) {
    case 'ClueVerificationCompleted':
    case 'CaseInvestigationStarted':
    case 'CaseSubmittedForReview':
      return { handlers: [...new Set([...state.handlers, event.actor.id])] };
    case 'ComplaintConvertedToCase':
      return { complaints: [...state.complaints, event.data.complaintId] };
    case 'CaseReportLinked':
      return { reports: [...state.reports, event.data.reportId] };
    case 'CaseHearingRequested':
      return withNotice(state, { hearing: 'requested' });
    case 'CaseHearingStarted':
      return withNotice(state, { hearing: 'going-on' });
    case 'CaseHearingEnded':
      return withNotice(state, { hearing: 'ended' });
    case 'PartyStatementWaived':
      return withNotice(state, { isWaived: true });
    case 'AssistanceRequested':
      return { isAssistanceOpen: true };
    case 'AssistanceReceived':
      return { isAssistanceOpen: false };
    case 'CaseSuspectedCriminal':
      return { isSuspectedCriminal: true };
    case 'PenaltyNoticeServed': {
      const { proposedFineFen, proposedConfiscatedFen } = event.data;
      return { notice: { proposedFineFen, proposedConfiscatedFen, isWaived: false, hearing: null } };
    }
    case 'CaseDecided': {
      const { result, isPartyPresent } = event.data;
      const decision = { result, isServed: isPartyPresent, isPublished: false, revision: null, hasClosingForm: false };
      return { decision, isAssistanceOpen: false };
    }
    case 'CaseDecisionServed':
      return withDecision(state, { isServed: true });
    case 'PenaltyPublished':
      return withDecision(state, { isPublished: true });
    case 'PenaltyRevised':
      return withDecision(state, { revision: event.data.revision });
    case 'PenaltyPublicationWithdrawn':
      return withDecision(state, { isPublished: false });
    case 'CaseClosingFormSubmitted':
      return withDecision(state, { hasClosingForm: true });
    default:
      return {};
  }
}

function standstillsAfter({ standstills: { begun, open } }: Case, event: Step): Case['standstills'] {
  switch (event.type) {
    case 'ClueVerificationSuspended':
    case 'CaseSuspended': {
      const { standstill, kind } = event.data;
      return { begun: begun + 1, open: [...open, { standstill, kind }] };
    }
    case 'CaseHearingStarted':
      // It ends with a step of its own.
      return { begun: begun + 1, open };
    case 'ClueVerificationResumed':
    case 'CaseResumed':
      return { begun, open: open.filter(({ standstill }) => standstill !== event.data.standstill) };
    default:
      return { begun, open };
  }
}

function withNotice({ notice }: Case, change: Partial<Notice>): Partial<Case> {
  return { notice: notice === null ? null : { ...notice, ...change } };
}

function withDecision({ decision }: Case, change: Partial<DecisionMade>): Partial<Case> {
  return { decision: decision === null ? null : { ...decision, ...change } };
}
