import type { LocalDate } from '#kernel';
import { Failure, formatInstant, idOf } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import type { FilingCondition, NotFilingGround, VerificationStandstill, ViolationGravity } from '#reports/events';
import { caseClockChanges } from '../clocks.ts';
import { statusAfter, type CaseStatus } from '../enforcement-case.ts';
import { caseSchemas } from '../events.ts';
import type {
  CaseEvents,
  CaseMatter,
  CaseOrigin,
  CaseResult,
  CaseStandstill,
  ExecutionMode,
  Penalty,
  PenaltyRevision,
  RecordedCaseEvent,
  ServiceMode,
  SuspensionGround,
} from '../events.ts';

/** One case (案件), or the clue of one, as it stands. Instants are ISO 8601 UTC, days are legal days in Shanghai, money is fen. */
export interface CaseDocument extends CaseMatter {
  readonly origin: CaseOrigin;
  readonly status: CaseStatus;
  readonly openedAt: string;
  readonly disputeId: string | null;
  readonly clueId: string | null;
  readonly mediationId: string | null;
  readonly discoveredOn: LocalDate;
  readonly verifiedAt: string | null;
  readonly notFilingGround: NotFilingGround | null;
  readonly unmet: readonly FilingCondition[];
  /** Vault reference of the reason why no case was filed. */
  readonly reason: string | null;
  readonly filedOn: LocalDate | null;
  readonly violationEndedOn: LocalDate | null;
  readonly gravity: ViolationGravity | null;
  readonly reports: readonly string[];
  /** Complaints (投诉) that were converted, each with its dispute. */
  readonly complaints: readonly { readonly complaintId: string; readonly disputeId: string; readonly at: string }[];
  readonly officers: readonly string[];
  readonly standstills: readonly {
    readonly standstill: string;
    readonly kind: CaseStandstill | VerificationStandstill | 'hearing';
    readonly ground: SuspensionGround | null;
    readonly startedAt: string;
    readonly endedAt: string | null;
  }[];
  readonly assistances: readonly {
    readonly otherAuthority: string;
    readonly requestedAt: string;
    readonly delayToldAt: string | null;
    readonly receivedAt: string | null;
  }[];
  readonly suspectedCriminalAt: string | null;
  readonly reviewedAt: string | null;
  readonly notice: {
    readonly servedAt: string;
    readonly proposedFineFen: number;
    readonly proposedConfiscatedFen: number;
  } | null;
  /** What the party has said; `statement` is a vault reference. */
  readonly statements: readonly { readonly madeAt: string; readonly statement: string }[];
  readonly decidedAt: string | null;
  readonly result: CaseResult | null;
  readonly penalties: readonly Penalty[];
  readonly fineFen: number | null;
  readonly confiscatedFen: number | null;
  readonly registeredIn: string | null;
  readonly criminalReferralId: string | null;
  readonly servedAt: string | null;
  readonly serviceMode: ServiceMode | null;
  readonly handedOverTo: string | null;
  readonly publishedAt: string | null;
  readonly publishedAs: string | null;
  readonly withdrawnAt: string | null;
  readonly revision: PenaltyRevision | null;
  readonly executedAt: string | null;
  readonly executionMode: ExecutionMode | null;
  readonly collectedFen: number | null;
  readonly closingForm: { readonly submittedAt: string; readonly form: string } | null;
  readonly closedAt: string | null;
  readonly clocks: Clocks;
}

export const casesView: Projection<CaseDocument> = {
  name: 'cases',
  version: 2,
  types: Object.keys(caseSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedCaseEvent;
    const told = evolve(doc, event);
    const isSuspended = told.standstills.some(({ kind, endedAt }) => kind === 'case-suspended' && endedAt === null);
    const changes = caseClockChanges(event);
    const clocks = changes.length === 0 ? told.clocks : evolveClocks(told.clocks, changes, event);
    return { ...told, clocks, status: statusAfter(told.status, isSuspended, event) };
  },
  indexes: {
    newest: ['openedAt'],
    byRegion: ['handlingRegion', 'openedAt'],
    byRespondent: ['respondentUscc', 'openedAt'],
    byStatus: ['status', 'openedAt'],
    byDispute: ['disputeId', 'openedAt'],
  },
};

function evolve(doc: CaseDocument | undefined, event: RecordedCaseEvent): CaseDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ClueVerificationStarted') {
    const { origin, disputeId, clueId, mediationId, discoveredOn } = event.data;
    return { ...EMPTY, ...matterOf(event.data), origin, disputeId, clueId, mediationId, discoveredOn, openedAt: at };
  }
  if (event.type === 'EnforcementCaseFiled') return filed(doc, event.data, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return { ...doc, ...changeBy(doc, event, at), ...standingStill(doc, event, at) };
}

function filed(doc: CaseDocument | undefined, data: CaseEvents['EnforcementCaseFiled'], at: string): CaseDocument {
  const { origin, disputeId, discoveredOn, filedOn, violationEndedOn, gravity, reportId } = data;
  return {
    ...(doc ?? { ...EMPTY, openedAt: at }),
    ...matterOf(data),
    ...{ origin, disputeId, discoveredOn, filedOn, violationEndedOn, gravity },
    reports: reportId === null ? [] : [reportId],
  };
}

function matterOf({ authority, handlingRegion, respondentUscc, respondentRegion, ...rest }: CaseMatter): CaseMatter {
  const { respondent, sector, content } = rest;
  return { authority, handlingRegion, respondentUscc, respondentRegion, respondent, sector, content };
}

/** What an event tells beside status, standstills and clocks. */
function changeBy(doc: CaseDocument, event: RecordedCaseEvent, at: string): Partial<CaseDocument> {
  switch (event.type) {
    case 'ClueVerificationCompleted':
      return { verifiedAt: at };
    case 'ClueNotFiled':
      return { notFilingGround: event.data.ground, unmet: event.data.unmet, reason: event.data.reason };
    case 'ComplaintConvertedToCase': {
      const { complaintId, disputeId } = event.data;
      return { complaints: [...doc.complaints, { complaintId, disputeId, at }] };
    }
    case 'CaseReportLinked':
      return { reports: [...doc.reports, event.data.reportId] };
    case 'CaseInvestigationStarted':
      return { officers: event.data.officers };
    case 'AssistanceRequested': {
      const asked = { otherAuthority: event.data.otherAuthority, requestedAt: at, delayToldAt: null, receivedAt: null };
      return { assistances: [...doc.assistances, asked] };
    }
    case 'AssistanceDelayTold':
      return { assistances: doc.assistances.with(-1, { ...doc.assistances.at(-1)!, delayToldAt: at }) };
    case 'AssistanceReceived':
      return { assistances: doc.assistances.with(-1, { ...doc.assistances.at(-1)!, receivedAt: at }) };
    case 'CaseSuspectedCriminal':
      return { suspectedCriminalAt: at };
    case 'CaseReviewed':
      return { reviewedAt: event.data.opinion === 'agreed' ? at : null };
    case 'PenaltyNoticeServed': {
      const { proposedFineFen, proposedConfiscatedFen } = event.data;
      return { notice: { servedAt: at, proposedFineFen, proposedConfiscatedFen } };
    }
    case 'PartyStatementMade':
      return { statements: [...doc.statements, { madeAt: at, statement: event.data.statement }] };
    default:
      return changeAfterDecision(event, at);
  }
}

function changeAfterDecision(event: RecordedCaseEvent, at: string): Partial<CaseDocument> {
  switch (event.type) {
    case 'CaseDecided': {
      const { isPartyPresent, clocks: _, ...what } = event.data;
      return { ...what, decidedAt: at, ...(isPartyPresent && { servedAt: at, serviceMode: 'in-person' }) };
    }
    case 'CaseDecisionServed':
      return { servedAt: at, serviceMode: event.data.mode };
    case 'PenaltyHandedOver':
      return { handedOverTo: event.data.otherAuthority };
    case 'PenaltyPublished':
      return { publishedAt: at, publishedAs: event.data.url, withdrawnAt: null };
    case 'PenaltyRevised':
      return { revision: event.data.revision };
    case 'PenaltyPublicationWithdrawn':
      return { withdrawnAt: at };
    case 'CaseExecuted':
      return { executedAt: at, executionMode: event.data.mode, collectedFen: event.data.collectedFen };
    case 'CaseClosingFormSubmitted':
      return { closingForm: { submittedAt: at, form: event.data.form } };
    case 'CaseClosed':
      return { closedAt: at };
    default:
      return {};
  }
}

function standingStill({ standstills }: CaseDocument, event: RecordedCaseEvent, at: string): Partial<CaseDocument> {
  switch (event.type) {
    case 'ClueVerificationSuspended':
    case 'CaseSuspended': {
      const { standstill, kind } = event.data;
      const ground = event.type === 'CaseSuspended' ? event.data.ground : null;
      return { standstills: [...standstills, { standstill, kind, ground, startedAt: at, endedAt: null }] };
    }
    case 'CaseHearingStarted': {
      const { standstill } = event.data;
      const hearing = { standstill, kind: 'hearing', ground: null, startedAt: at, endedAt: null } as const;
      return { standstills: [...standstills, hearing] };
    }
    case 'ClueVerificationResumed':
    case 'CaseResumed':
    case 'CaseHearingEnded': {
      const { standstill } = event.data;
      return { standstills: standstills.map((one) => (one.standstill === standstill ? { ...one, endedAt: at } : one)) };
    }
    default:
      return {};
  }
}

const EMPTY = {
  status: 'clue',
  clueId: null,
  mediationId: null,
  verifiedAt: null,
  notFilingGround: null,
  unmet: [],
  reason: null,
  filedOn: null,
  violationEndedOn: null,
  gravity: null,
  reports: [],
  complaints: [],
  officers: [],
  standstills: [],
  assistances: [],
  suspectedCriminalAt: null,
  reviewedAt: null,
  notice: null,
  statements: [],
  decidedAt: null,
  result: null,
  penalties: [],
  fineFen: null,
  confiscatedFen: null,
  registeredIn: null,
  criminalReferralId: null,
  servedAt: null,
  serviceMode: null,
  handedOverTo: null,
  publishedAt: null,
  publishedAs: null,
  withdrawnAt: null,
  revision: null,
  executedAt: null,
  executionMode: null,
  collectedFen: null,
  closingForm: null,
  closedAt: null,
  clocks: NO_CLOCKS,
} as const;
