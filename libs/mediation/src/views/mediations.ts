import type { Disqualification, TerminationGround } from '#complaints/events';
import type { LocalDate } from '#kernel';
import { Failure, formatInstant, idOf, unreachable } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { mediationClockChanges } from '../clocks.ts';
import { KINDS, type AgreementForm, type CourtAssignment, type MediationKind, type Signer } from '../kinds.ts';
import {
  mediationSchemas,
  type Breach,
  type ConsentTo,
  type DeclineReason,
  type Initiative,
  type MediationEnding,
  type MediationEvents,
  type Party,
  type RecordedMediationEvent,
  type RecusalGround,
  type SessionMode,
} from '../mediation-events.ts';

/** Where a mediation stands. `performed` and `breached` follow on an agreement that took effect. */
export const MEDIATION_STATUSES = [
  'proposed',
  'declined',
  'consent-pending',
  'scheduled',
  'in-session',
  'suspended',
  'agreement-reached',
  'agreement-effective',
  'performed',
  'breached',
  'terminated',
] as const;
export type MediationStatus = (typeof MEDIATION_STATUSES)[number];

/** One mediation (调解) as it stands. Instants are ISO 8601 UTC, days are legal days in Shanghai, money is fen. */
export interface MediationDocument {
  readonly kind: MediationKind;
  readonly status: MediationStatus;
  readonly disputeId: string;
  readonly complaintId: string | null;
  readonly referralId: string | null;
  readonly courtAssignment: CourtAssignment | null;
  readonly initiative: Initiative;
  readonly authority: string | null;
  readonly bodyId: string | null;
  readonly bodyName: string | null;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string | null;
  /** Vault references. */
  readonly respondent: string | null;
  readonly complainant: string | null;
  readonly isJoint: boolean;
  readonly proposedAt: string;
  readonly acceptedAt: string | null;
  readonly declined: DeclineReason | null;
  /** What each party has last said; null = nothing. */
  readonly consents: Readonly<Record<Party, ConsentTo | 'refused' | null>>;
  readonly mediators: readonly string[];
  readonly sessions: readonly SessionEntry[];
  readonly recusals: readonly RecusalEntry[];
  /** Institution (技术机构) that appraises, as last chosen. */
  readonly appraisalInstitution: string | null;
  readonly feeDisagreed: boolean;
  /** The newest; those before it never took effect. */
  readonly agreement: AgreementEntry | null;
  readonly terminatedAt: string | null;
  readonly ground: TerminationGround | null;
  readonly disqualification: Disqualification | null;
  readonly ending: MediationEnding | null;
  readonly terminationNotifiedAt: string | null;
  /** Vault reference of why it was declined or terminated. */
  readonly reason: string | null;
  readonly evidence: readonly string[];
  /** Clues (涉嫌违法线索) that go to verification. Kept from merchants. */
  readonly clues: readonly ClueEntry[];
  readonly clocks: Clocks;
}

export interface SessionEntry {
  readonly session: string;
  readonly scheduledFor: string;
  readonly mode: SessionMode;
  readonly place: string | null;
  readonly mediators: readonly string[];
  readonly notifiedAt: string | null;
  readonly standing: 'scheduled' | 'held' | 'cancelled';
  readonly heldAt: string | null;
  readonly attended: readonly Party[];
}

export interface RecusalEntry {
  readonly recusal: string;
  readonly mediatorId: string;
  readonly ground: RecusalGround;
  readonly requestedAt: string;
  /** Null: still to be decided. */
  readonly granted: boolean | null;
}

export interface AgreementEntry {
  readonly agreement: string;
  readonly form: AgreementForm;
  /** Vault reference. */
  readonly terms: string;
  readonly textHash: string | null;
  readonly reachedAt: string;
  readonly effectiveOn: LocalDate | null;
  readonly performanceDue: LocalDate | null;
  readonly performedAtOnce: boolean;
  readonly amountFen: number | null;
  readonly evidence: readonly string[];
  readonly signatures: readonly { readonly signer: Signer; readonly signedAt: string }[];
  /** Whose hand or seal it still needs. */
  readonly missing: readonly Signer[];
  readonly document: string | null;
  readonly copies: number | null;
  readonly performedOn: LocalDate | null;
  readonly breach: Breach | null;
}

export interface ClueEntry {
  readonly clueId: string;
  readonly foundAt: string;
  /** Vault reference. */
  readonly description: string;
  readonly evidence: readonly string[];
}

export const mediationsView: Projection<MediationDocument> = {
  name: 'mediations',
  version: 1,
  types: Object.keys(mediationSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedMediationEvent;
    const next = evolve(doc, event);
    return { ...next, clocks: evolveClocks(next.clocks, mediationClockChanges(event), event) };
  },
  indexes: {
    newest: ['proposedAt'],
    byRegion: ['handlingRegion', 'proposedAt'],
    byRespondent: ['respondentUscc', 'proposedAt'],
    byStatus: ['status', 'proposedAt'],
    byKind: ['kind', 'proposedAt'],
    byDispute: ['disputeId', 'proposedAt'],
    byComplaint: ['complaintId', 'proposedAt'],
    byReferral: ['referralId', 'proposedAt'],
    byBody: ['bodyId', 'proposedAt'],
  },
};

function evolve(doc: MediationDocument | undefined, event: RecordedMediationEvent): MediationDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'MediationProposed') return proposed(event.data, at);
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'MediationApplicationAccepted':
      return { ...doc, status: 'consent-pending', acceptedAt: at };
    case 'MediationApplicationDeclined':
      return { ...doc, status: 'declined', declined: event.data.code, reason: event.data.reason };
    case 'MediationDelegated':
      return { ...doc, kind: 'delegated', ...event.data, mediators: [] };
    case 'MediationPartyConsented':
      return { ...doc, consents: { ...doc.consents, [event.data.party]: event.data.to } };
    case 'MediationPartyRefused':
      return { ...doc, consents: { ...doc.consents, [event.data.party]: 'refused' } };
    case 'MediatorAssigned':
      return { ...doc, mediators: [...doc.mediators, event.data.mediatorId] };
    case 'MediationSessionScheduled':
    case 'PartiesNotifiedOfSession':
    case 'MediationSessionCancelled':
    case 'MediationSessionHeld':
      return restaged({ ...doc, sessions: sessionsAfter(doc.sessions, event, at) });
    case 'MediatorRecusalRequested':
    case 'RecusalDecided':
      return recused(doc, event, at);
    case 'AppraisalInstitutionDesignated':
      return { ...doc, appraisalInstitution: event.data.institution };
    case 'AppraisalFeeDisagreed':
      return { ...doc, feeDisagreed: true };
    case 'MediationAgreementReached':
    case 'AgreementSigned':
    case 'MediationAgreementEffective':
    case 'MediationStatementIssued':
    case 'MediationRecordFiled':
    case 'AgreementPerformed':
    case 'AgreementBreached':
      return agreed(doc, event, at);
    case 'MediationTerminated': {
      const { ground, disqualification, ending, reason, evidence } = event.data;
      return { ...doc, status: 'terminated', terminatedAt: at, ground, disqualification, ending, reason, evidence };
    }
    case 'PartiesNotifiedOfTermination':
      return { ...doc, terminationNotifiedAt: at };
    case 'ViolationClueFound': {
      const { clueId, description, evidence } = event.data;
      return { ...doc, clues: [...doc.clues, { clueId, foundAt: at, description, evidence }] };
    }
    case 'MediationSuspended':
    case 'MediationResumed':
    case 'MediationDeadlineAmended':
    case 'MediationLateEntryVerified':
      return doc;
    default:
      return unreachable(event);
  }
}

function proposed(data: MediationEvents['MediationProposed'], proposedAt: string): MediationDocument {
  const { consented, clocks: _, ...known } = data;
  return {
    ...known,
    status: KINDS[data.kind].isApplied ? 'proposed' : 'consent-pending',
    proposedAt,
    acceptedAt: null,
    declined: null,
    consents: {
      consumer: consented.includes('consumer') ? 'mediation' : null,
      merchant: consented.includes('merchant') ? 'mediation' : null,
    },
    mediators: [],
    sessions: [],
    recusals: [],
    appraisalInstitution: null,
    feeDisagreed: false,
    agreement: null,
    terminatedAt: null,
    ground: null,
    disqualification: null,
    ending: null,
    terminationNotifiedAt: null,
    reason: null,
    evidence: [],
    clues: [],
    clocks: NO_CLOCKS,
  };
}

type SessionEvent = Extract<RecordedMediationEvent, { data: { readonly session: string } }>;

function sessionsAfter(sessions: readonly SessionEntry[], event: SessionEvent, at: string): readonly SessionEntry[] {
  if (event.type === 'MediationSessionScheduled') {
    const open = { notifiedAt: null, standing: 'scheduled', heldAt: null, attended: [] } as const;
    return [...sessions, { ...event.data, ...open }];
  }
  return sessions.map((one) => (one.session === event.data.session ? sessionAfter(one, event, at) : one));
}

function sessionAfter(
  entry: SessionEntry,
  event: Exclude<SessionEvent, { type: 'MediationSessionScheduled' }>,
  at: string,
): SessionEntry {
  switch (event.type) {
    case 'PartiesNotifiedOfSession':
      return { ...entry, notifiedAt: at };
    case 'MediationSessionCancelled':
      return { ...entry, standing: 'cancelled' };
    case 'MediationSessionHeld':
      return { ...entry, standing: 'held', heldAt: at, attended: event.data.attended };
    default:
      return unreachable(event);
  }
}

type RecusalEvent = Extract<RecordedMediationEvent, { type: 'MediatorRecusalRequested' | 'RecusalDecided' }>;

function recused(doc: MediationDocument, event: RecusalEvent, at: string): MediationDocument {
  const { recusal, mediatorId } = event.data;
  if (event.type === 'MediatorRecusalRequested') {
    const { ground } = event.data;
    const recusals = [...doc.recusals, { recusal, mediatorId, ground, requestedAt: at, granted: null }];
    return { ...doc, recusals, status: 'suspended' };
  }
  const { granted } = event.data;
  const recusals = doc.recusals.map((one) => (one.recusal === recusal ? { ...one, granted } : one));
  const mediators = granted ? doc.mediators.filter((one) => one !== mediatorId) : doc.mediators;
  return restaged({ ...doc, recusals, mediators, status: 'consent-pending' });
}

/** Where it stands while the parties are mediated between, by its sessions. */
function restaged(doc: MediationDocument): MediationDocument {
  if (doc.status !== 'consent-pending' && doc.status !== 'scheduled' && doc.status !== 'in-session') return doc;
  const standings = doc.sessions.map(({ standing }) => standing);
  const status = standings.includes('held')
    ? 'in-session'
    : standings.includes('scheduled')
      ? 'scheduled'
      : 'consent-pending';
  return { ...doc, status };
}

type AgreementEvent = Extract<
  RecordedMediationEvent,
  {
    type:
      | 'MediationAgreementReached'
      | 'AgreementSigned'
      | 'MediationAgreementEffective'
      | 'MediationStatementIssued'
      | 'MediationRecordFiled'
      | 'AgreementPerformed'
      | 'AgreementBreached';
  }
>;

function agreed(doc: MediationDocument, event: AgreementEvent, at: string): MediationDocument {
  if (event.type === 'MediationAgreementReached') {
    return { ...doc, status: 'agreement-reached', agreement: reached(doc.kind, event.data, at) };
  }
  const { agreement } = doc;
  if (agreement === null) throw new Failure('BROKEN_HISTORY', `${event.type} of ${event.stream} has no agreement`);
  switch (event.type) {
    case 'AgreementSigned': {
      const { signer } = event.data;
      const signatures = [...agreement.signatures, { signer, signedAt: at }];
      const missing = agreement.missing.filter((one) => one !== signer);
      return { ...doc, agreement: { ...agreement, signatures, missing } };
    }
    case 'MediationAgreementEffective': {
      const { effectiveOn } = event.data;
      return { ...doc, status: 'agreement-effective', agreement: { ...agreement, effectiveOn } };
    }
    case 'MediationStatementIssued':
      return { ...doc, agreement: { ...agreement, document: event.data.document, copies: event.data.copies } };
    case 'MediationRecordFiled':
      return { ...doc, agreement: { ...agreement, document: event.data.document } };
    case 'AgreementPerformed':
      return { ...doc, status: 'performed', agreement: { ...agreement, performedOn: event.data.performedOn } };
    case 'AgreementBreached':
      return { ...doc, status: 'breached', agreement: { ...agreement, breach: event.data.breach } };
    default:
      return unreachable(event);
  }
}

function reached(
  kind: MediationKind,
  data: MediationEvents['MediationAgreementReached'],
  reachedAt: string,
): AgreementEntry {
  const { agreement, form, terms, textHash, performanceDue, performedAtOnce, amountFen, evidence } = data;
  return {
    ...{ agreement, form, terms, textHash, reachedAt, performanceDue, performedAtOnce, amountFen, evidence },
    effectiveOn: null,
    signatures: [],
    missing: KINDS[kind].forms[form]?.signers ?? [],
    document: null,
    copies: null,
    performedOn: null,
    breach: null,
  };
}
