import { categoryOf, formatInstant, type Position, type RecordedEvent } from '#kernel';
import type { FurtherOutcome } from '../resolution.ts';

/** Procedures beside negotiation and complaint: mediation (调解), referral to or from a court (诉调对接), judicial confirmation (司法确认). */
export const FURTHER_CATEGORIES = ['mediation', 'referral', 'confirmation'] as const;
export type FurtherCategory = (typeof FURTHER_CATEGORIES)[number];

/** `offered`: nobody has taken it up yet. `agreed`: not in effect yet. `pending` until it ends. */
export type FurtherStatus = 'offered' | 'pending' | 'agreed' | 'ended';

export interface FurtherEntry {
  readonly id: string;
  readonly category: FurtherCategory;
  /** Kind of mediation, as its own events name it. */
  readonly mediation: string | null;
  /** Complaint that a mediation is of: what came of it is told by that complaint's conclusion. */
  readonly complaintId: string | null;
  readonly openedAt: string;
  readonly status: FurtherStatus;
  readonly endedAt: string | null;
  /** What came of it, and the position of the event that says so. Null until it has ended, and of a mediation of a complaint. */
  readonly conclusion: { readonly outcome: FurtherOutcome; readonly position: Position } | null;
}

/** The few fields of those events that a dispute's view looks at. They may be missing: an event is told, not judged, here. */
interface Told {
  readonly kind?: string;
  readonly complaintId?: string | null;
  readonly ground?: string | null;
  readonly ending?: string | null;
  readonly reason?: string | null;
  readonly jurisdictionBasis?: string;
}

type Step = (data: Told) => {
  readonly status?: FurtherStatus;
  readonly outcome?: FurtherOutcome;
  readonly mediation?: string;
  readonly complaintId?: string | null;
};

const ended = (outcome: FurtherOutcome) => ({ status: 'ended' as const, outcome });
/** Of reasons for which something was ended because the parties had settled. */
const SETTLED: ReadonlySet<unknown> = new Set([
  '23(1)(1)',
  'settled-by-parties',
  'settled',
  'mediated',
  'settled-and-withdrawn',
]);
const endedFor = (reasons: readonly unknown[], otherwise: FurtherOutcome) =>
  ended(reasons.some((reason) => SETTLED.has(reason)) ? 'SETTLED_BESIDE' : otherwise);

/**
 * Where parties apply for confirmation, and never sue (S7 205): what they agreed has ended the quarrel, and the court's answer is told
 * by the confirmation. A referral for that holds no dispute open.
 */
const FOR_CONFIRMATION: ReadonlySet<unknown> = new Set(['body-place', 'party-domicile', 'subject-matter-place']);

/** Events that tell where such a procedure stands; all others of it leave it as it is. */
const STEPS: Readonly<Record<string, Step>> = {
  MediationProposed: ({ kind, complaintId = null }) => ({
    status: 'pending',
    complaintId,
    ...(kind !== undefined && { mediation: kind }),
  }),
  MediationDelegated: () => ({ mediation: 'delegated' }),
  MediationApplicationDeclined: () => ended('BODY_MEDIATION_FAILED'),
  MediationAgreementReached: () => ({ status: 'agreed' }),
  MediationAgreementEffective: () => ended('BODY_MEDIATED'),
  MediationTerminated: ({ ground, ending }) => endedFor([ground, ending], 'BODY_MEDIATION_FAILED'),
  CourtRouteOffered: () => ({ status: 'offered' }),
  DisputeReferredToCourt: ({ jurisdictionBasis }) =>
    FOR_CONFIRMATION.has(jurisdictionBasis) ? {} : { status: 'pending' },
  CourtFilingAccepted: () => ({ status: 'pending' }),
  CourtFilingDeclined: () => ended('COURT_ENDED'),
  JudgmentRecorded: () => ended('COURT_JUDGED'),
  CourtSettlementRecorded: () => ended('COURT_SETTLED'),
  SuitWithdrawn: ({ reason }) => endedFor([reason], 'COURT_ENDED'),
  DisputeAssignedByCourt: () => ({ status: 'pending', mediation: 'court-invited' }),
  CourtAssignmentRefused: () => ended('COURT_MEDIATION_FAILED'),
  CourtMediationAgreed: () => ended('COURT_MEDIATED'),
  CourtMediationFailed: ({ reason }) => endedFor([reason], 'COURT_MEDIATION_FAILED'),
  CourtMediationExpired: () => ended('COURT_MEDIATION_FAILED'),
  // Confirmation makes an agreement enforceable (S7 Art. 205); it resolves nothing that was not resolved before.
  JudicialConfirmationApplied: () => ({ status: 'pending' }),
  AgreementConfirmed: () => ({ status: 'ended' }),
  ConfirmationDismissed: () => ({ status: 'ended' }),
  JudicialConfirmationNotAccepted: () => ({ status: 'ended' }),
  ConfirmationApplicationWithdrawn: () => ({ status: 'ended' }),
};

/** Event types of other contexts that the view follows beside the schemas it knows. */
export const furtherTypes: readonly string[] = [...Object.keys(STEPS), 'ReferralLinkedToDispute'];

/** The entry after an event; one that was linked to the dispute only later begins with the first event that names it. */
export function furtherAfter(entry: FurtherEntry | undefined, event: RecordedEvent, id: string): FurtherEntry {
  const at = formatInstant(event.occurredAt);
  const known = entry ?? begun(event, id, at);
  const step = Object.hasOwn(STEPS, event.type) ? STEPS[event.type]!(event.data as Told) : undefined;
  if (step === undefined) return known;
  const { status = known.status, mediation = known.mediation, complaintId = known.complaintId, outcome } = step;
  const next = { ...known, status, mediation, complaintId };
  if (status !== 'ended') return next;
  const isToldByComplaint = complaintId !== null || outcome === undefined;
  return { ...next, endedAt: at, conclusion: isToldByComplaint ? null : { outcome, position: event.position } };
}

function begun({ stream }: RecordedEvent, id: string, openedAt: string): FurtherEntry {
  const category = categoryOf(stream) as FurtherCategory;
  const none = { mediation: null, complaintId: null, endedAt: null, conclusion: null };
  return { id, category, openedAt, status: 'pending', ...none };
}
