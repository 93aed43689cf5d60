import type { Instant, LocalDate } from '#kernel';
import { Failure, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import { mediationClockChanges } from './clocks.ts';
import { KINDS, type AgreementForm, type CourtAssignment, type MediationKind, type Signer } from './kinds.ts';
import type { ConsentTo, MediationEvents, Party, RecordedMediationEvent, SessionMode } from './mediation-events.ts';

/** What a party has last said. */
export type Word = ConsentTo | 'refused' | null;

export interface Session {
  readonly session: string;
  readonly scheduledFor: string;
  readonly mode: SessionMode;
  readonly standing: 'scheduled' | 'held' | 'cancelled';
  /** Who came, once it was held. */
  readonly attended: readonly Party[];
}

/** What is known of a mediation from its proposal on. */
export interface Known {
  readonly kind: MediationKind;
  readonly disputeId: string;
  readonly complaintId: string | null;
  readonly referralId: string | null;
  readonly courtAssignment: CourtAssignment | null;
  readonly authority: string | null;
  readonly bodyId: string | null;
  readonly bodyName: string | null;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly isJoint: boolean;
  readonly proposedAt: Instant;
  /** When the last step happened: no later step may have happened before it. */
  readonly previousAt: Instant;
  readonly consents: Readonly<Record<Party, Word>>;
  readonly mediators: readonly string[];
  /** 已回避: mediators whose recusal was granted, who do not come back. */
  readonly recused: readonly string[];
  readonly sessions: readonly Session[];
  readonly recusals: number;
  readonly agreements: number;
  readonly clues: number;
  readonly feeDisagreed: boolean;
  readonly clocks: Clocks;
}

/** A recusal that is still to be decided: until then the mediation is suspended. */
export interface OpenRecusal {
  readonly recusal: string;
  readonly mediatorId: string;
  /** Actor who entered the request. */
  readonly enteredBy: string;
}

export interface Agreement {
  readonly agreement: string;
  readonly form: AgreementForm;
  readonly textHash: string | null;
  readonly performanceDue: LocalDate | null;
  readonly performedAtOnce: boolean;
  readonly amountFen: number | null;
  readonly evidence: readonly string[];
  readonly signed: readonly Signer[];
}

/** A body is still to take it up. */
export type Proposed = Known & { readonly status: 'proposed' };
export type Declined = Known & { readonly status: 'declined' };
export type Live = Known & { readonly status: 'live'; readonly recusal: OpenRecusal | null };
/** Agreed on, and not signed by all yet. */
export type Agreed = Known & { readonly status: 'agreed'; readonly agreement: Agreement };
export type Effective = Known & {
  readonly status: 'effective';
  readonly agreement: Agreement;
  readonly documented: boolean;
  readonly performance: 'due' | 'performed' | 'breached';
};
export type Terminated = Known & { readonly status: 'terminated'; readonly notified: boolean };

export type MediationState = { readonly status: 'none' } | Proposed | Declined | Live | Agreed | Effective | Terminated;
export type Standing = Exclude<MediationState, { readonly status: 'none' }>;

export const initial: MediationState = { status: 'none' };

/** About the mediation and no step of it: what comes next may have happened before. */
const BESIDES: readonly string[] = [
  'ViolationClueFound',
  'MediationDeadlineAmended',
  'MediationLateEntryVerified',
] satisfies RecordedMediationEvent['type'][];

export function evolve(state: MediationState, event: RecordedMediationEvent): MediationState {
  const next = evolveStatus(state, event);
  if (next.status === 'none') return next;
  const previousAt = BESIDES.includes(event.type) ? next.previousAt : event.occurredAt;
  return { ...next, previousAt, clocks: evolveClocks(next.clocks, mediationClockChanges(event), event) };
}

function evolveStatus(state: MediationState, event: RecordedMediationEvent): MediationState {
  if (event.type === 'MediationProposed') return proposed(event.data, event.occurredAt);
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'MediationApplicationAccepted':
      return { ...known(state), status: 'live', recusal: null };
    case 'MediationApplicationDeclined':
      return { ...known(state), status: 'declined' };
    case 'MediationDelegated':
      return { ...state, kind: 'delegated', ...event.data, mediators: [] };
    case 'MediationPartyConsented':
      return { ...state, consents: { ...state.consents, [event.data.party]: event.data.to } };
    case 'MediationPartyRefused':
      return { ...state, consents: { ...state.consents, [event.data.party]: 'refused' } };
    case 'MediatorAssigned':
      return { ...state, mediators: [...state.mediators, event.data.mediatorId] };
    case 'MediationSessionScheduled': {
      const { session, scheduledFor, mode } = event.data;
      return {
        ...state,
        sessions: [...state.sessions, { session, scheduledFor, mode, standing: 'scheduled', attended: [] }],
      };
    }
    case 'MediationSessionHeld': {
      const { session, attended } = event.data;
      return { ...state, sessions: withSession(state, session, { standing: 'held', attended }) };
    }
    case 'MediationSessionCancelled':
      return { ...state, sessions: withSession(state, event.data.session, { standing: 'cancelled' }) };
    case 'MediatorRecusalRequested': {
      const { recusal, mediatorId } = event.data;
      const open = { recusal, mediatorId, enteredBy: event.actor.id };
      return { ...known(state), status: 'live', recusals: state.recusals + 1, recusal: open };
    }
    case 'RecusalDecided': {
      const { granted, mediatorId } = event.data;
      const next = { ...known(state), status: 'live', recusal: null } as const;
      if (!granted) return next;
      const mediators = state.mediators.filter((one) => one !== mediatorId);
      return { ...next, mediators, recused: [...state.recused, mediatorId] };
    }
    case 'AppraisalFeeDisagreed':
      return { ...state, feeDisagreed: true };
    case 'MediationAgreementReached':
      return {
        ...known(state),
        status: 'agreed',
        agreements: state.agreements + 1,
        agreement: agreementOf(event.data),
      };
    case 'AgreementSigned':
      return state.status === 'agreed' ? { ...state, agreement: signedBy(state.agreement, event.data.signer) } : state;
    case 'MediationAgreementEffective': {
      if (state.status !== 'agreed') return state;
      return { ...state, status: 'effective', documented: false, performance: 'due' };
    }
    case 'MediationStatementIssued':
    case 'MediationRecordFiled':
      return state.status === 'effective' ? { ...state, documented: true } : state;
    case 'AgreementPerformed':
      return state.status === 'effective' ? { ...state, performance: 'performed' } : state;
    case 'AgreementBreached':
      return state.status === 'effective' ? { ...state, performance: 'breached' } : state;
    case 'MediationTerminated':
      return { ...known(state), status: 'terminated', notified: false };
    case 'PartiesNotifiedOfTermination':
      return state.status === 'terminated' ? { ...state, notified: true } : state;
    case 'ViolationClueFound':
      return { ...state, clues: state.clues + 1 };
    case 'PartiesNotifiedOfSession':
    case 'MediationSuspended':
    case 'MediationResumed':
    case 'AppraisalInstitutionDesignated':
    case 'MediationDeadlineAmended':
    case 'MediationLateEntryVerified':
      return state;
    default:
      return unreachable(event);
  }
}

function proposed(data: MediationEvents['MediationProposed'], at: Instant): MediationState {
  const { kind, disputeId, complaintId, referralId, courtAssignment, authority, bodyId, bodyName } = data;
  const { handlingRegion, respondentUscc, isJoint } = data;

  const base: Known = {
    ...{ kind, disputeId, complaintId, referralId, courtAssignment, authority, bodyId, bodyName },
    ...{ handlingRegion, respondentUscc, isJoint },
    proposedAt: at,
    previousAt: at,
    consents: { consumer: wordOf('consumer', data), merchant: wordOf('merchant', data) },
    mediators: [],
    recused: [],
    sessions: [],
    recusals: 0,
    agreements: 0,
    clues: 0,
    feeDisagreed: false,
    clocks: NO_CLOCKS,
  };
  // Otherwise the authority has accepted the complaint, or the body the court's assignment, before.
  return KINDS[kind].isApplied ? { ...base, status: 'proposed' } : { ...base, status: 'live', recusal: null };
}

function wordOf(party: Party, { consented }: MediationEvents['MediationProposed']): Word {
  return consented.includes(party) ? 'mediation' : null;
}

/** What stays known whatever comes next. */
function known(state: Standing): Known {
  const { kind, disputeId, complaintId, referralId, courtAssignment, authority, bodyId, bodyName } = state;
  const { handlingRegion, respondentUscc } = state;
  const { isJoint, proposedAt, previousAt, consents, mediators, sessions, recusals, agreements, clues } = state;
  const { recused, feeDisagreed, clocks } = state;
  return {
    ...{
      kind,
      disputeId,
      complaintId,
      referralId,
      courtAssignment,
      authority,
      bodyId,
      bodyName,
      handlingRegion,
      respondentUscc,
    },
    ...{ isJoint, proposedAt, previousAt, consents, mediators, sessions, recusals, agreements, clues },
    ...{ recused, feeDisagreed, clocks },
  };
}

function withSession({ sessions }: Known, session: string, changed: Partial<Session>): readonly Session[] {
  return sessions.map((one) => (one.session === session ? { ...one, ...changed } : one));
}

function agreementOf(data: MediationEvents['MediationAgreementReached']): Agreement {
  const { agreement, form, textHash, performanceDue, performedAtOnce, amountFen, evidence } = data;
  return { agreement, form, textHash, performanceDue, performedAtOnce, amountFen, evidence, signed: [] };
}

function signedBy(agreement: Agreement, signer: Signer): Agreement {
  return { ...agreement, signed: [...agreement.signed, signer] };
}
