import type { LocalDate } from '#kernel';
import { NO_CLOCKS, type Clocks } from '#law';
import type {
  AppraisalKind,
  ComplaintEvents,
  ComplaintResult,
  ComplaintSatisfaction,
  ConsideredFactor,
  CorrectableField,
  Disqualification,
  NonAcceptanceGround,
  NoticeChannel,
  Party,
  Performance,
  Provision,
  TerminationGround,
  WithdrawnBy,
} from '../events.ts';

/**
 * `returned` and `transferred` are on their way to another authority, `merged` is handled with another complaint. `not-accepted`
 * is final once notified; `concluded` waits for the notice of termination.
 */
export const COMPLAINT_STATUSES = [
  ...(['received', 'returned', 'transferred', 'accepted'] as const),
  ...(['not-accepted', 'concluded', 'closed', 'merged'] as const),
] as const;
export type ComplaintStatus = (typeof COMPLAINT_STATUSES)[number];

/** What came of a complaint in one round; of an earlier one it stays as it was. */
export interface ComplaintOutcome {
  readonly acceptedOn: LocalDate | null;
  /** Acceptance or non-acceptance. */
  readonly decidedAt: string | null;
  readonly nonAcceptanceGround: NonAcceptanceGround | null;
  /** The same ground by the order of the day of the decision. */
  readonly provision: Provision | null;
  /** Vault reference of the reason of non-acceptance. */
  readonly reason: string | null;
  readonly remedies: readonly string[];
  /** What the one who decided has weighed (S1 Art. 17). */
  readonly factors: readonly ConsideredFactor[];
  readonly decisionNotifiedAt: string | null;
  readonly result: ComplaintResult | null;
  readonly ground: TerminationGround | null;
  readonly disqualification: Disqualification | null;
  readonly evidence: readonly string[];
  readonly recoveredFen: number | null;
  readonly concludedAt: string | null;
  readonly terminationNotifiedAt: string | null;
  readonly closedAt: string | null;
  readonly satisfaction: ComplaintSatisfaction | null;
  readonly clocks: Clocks;
}

/** One complaint (投诉) as it stands. Instants are ISO 8601 UTC, days are legal days in Shanghai, money is fen. */
export interface ComplaintDocument extends ComplaintOutcome {
  readonly disputeId: string;
  /** Who has it in hand, or had it last. */
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  /** Vault references. */
  readonly respondent: string | null;
  readonly complainant: string;
  readonly agents: readonly { readonly agent: string; readonly mandate: readonly string[]; readonly at: string }[];
  readonly sector: string | null;
  readonly channel: string | null;
  readonly escalatedFrom: string | null;
  readonly workOrderId: string | null;
  readonly knewOn: LocalDate | null;
  readonly status: ComplaintStatus;
  /** First receipt by any authority: what the complainant has waited since. */
  readonly receivedAt: string;
  /** Who had it in hand and when, in order. */
  readonly assignments: readonly {
    readonly authority: string;
    readonly handlingRegion: string;
    readonly receivedAt: string;
    readonly leftAt: string | null;
  }[];
  /** Why units gave it back to the intake body; vault references. */
  readonly returns: readonly { readonly authority: string; readonly reason: string; readonly at: string }[];
  /** The last one asked for. */
  readonly identityProof: {
    readonly requestedAt: string;
    readonly dueOn: LocalDate;
    readonly submittedAt: string | null;
    readonly isOverdue: boolean;
    readonly evidence: readonly string[];
  } | null;
  readonly competence: (ComplaintEvents['CompetenceDetermined'] & { readonly at: string }) | null;
  readonly competenceDispute: {
    readonly withAuthority: string;
    readonly raisedAt: string;
    readonly higherAuthority: string | null;
    readonly competentAuthority: string | null;
    readonly endedAt: string | null;
  } | null;
  readonly consents: Readonly<Partial<Record<Party, 'given' | 'refused'>>>;
  readonly negotiatedSince: string | null;
  readonly settlement: {
    readonly evidence: readonly string[];
    readonly recoveredFen: number | null;
    readonly at: string;
    /** Vault reference of why it did not hold; null while it does. */
    readonly retraction: string | null;
  } | null;
  readonly disqualified: {
    readonly basis: Disqualification;
    readonly provision: Provision | null;
    readonly reason: string;
    readonly evidence: readonly string[];
    readonly at: string;
    readonly referredToPolice: boolean;
  } | null;
  readonly withdrawnBy: WithdrawnBy | null;
  /** Appraisals (鉴定), oldest first; `completedAt` is null while one goes on. */
  readonly appraisals: readonly {
    readonly appraisal: string;
    readonly kind: AppraisalKind;
    readonly startedAt: string;
    readonly completedAt: string | null;
  }[];
  readonly followUps: readonly {
    readonly channel: NoticeChannel;
    readonly reached: boolean;
    readonly performance: Performance | null;
    readonly at: string;
  }[];
  readonly round: number;
  /** What came of it in the rounds before, and why it was handled again. */
  readonly earlier: readonly (ComplaintOutcome & { readonly reopenedAt: string; readonly reopeningReason: string })[];
  readonly mergedInto: { readonly primary: string; readonly at: string; readonly before: ComplaintStatus } | null;
  /** Clocks whose date passed while it was merged: nobody had to meet them. */
  readonly lapsedWhileMerged: readonly string[];
  /** Oldest first. `approver` is null of one that waits or was rejected. */
  readonly corrections: readonly {
    readonly correction: number;
    readonly field: CorrectableField;
    readonly old: string | number | null;
    readonly new: string | number | null;
    readonly reason: string;
    readonly proposer: string;
    readonly approver: string | null;
    readonly state: 'proposed' | 'rejected' | 'approved';
  }[];
}

const NOTHING_YET: ComplaintOutcome = {
  acceptedOn: null,
  decidedAt: null,
  nonAcceptanceGround: null,
  provision: null,
  reason: null,
  remedies: [],
  factors: [],
  decisionNotifiedAt: null,
  result: null,
  ground: null,
  disqualification: null,
  evidence: [],
  recoveredFen: null,
  concludedAt: null,
  terminationNotifiedAt: null,
  closedAt: null,
  satisfaction: null,
  clocks: NO_CLOCKS,
};

export function received(data: ComplaintEvents['ComplaintReceived'], receivedAt: string): ComplaintDocument {
  const { authority, handlingRegion } = data;
  return {
    ...NOTHING_YET,
    disputeId: data.disputeId,
    authority,
    handlingRegion,
    respondentUscc: data.respondentUscc,
    respondentRegion: data.respondentRegion,
    respondent: data.respondent,
    complainant: data.complainant,
    agents: [],
    sector: data.sector,
    channel: data.channel,
    escalatedFrom: data.escalatedFrom,
    workOrderId: data.workOrderId,
    knewOn: data.knewOn,
    status: 'received',
    receivedAt,
    assignments: [{ authority, handlingRegion, receivedAt, leftAt: null }],
    returns: [],
    identityProof: null,
    competence: null,
    competenceDispute: null,
    consents: {},
    negotiatedSince: null,
    settlement: null,
    disqualified: null,
    withdrawnBy: null,
    appraisals: [],
    followUps: [],
    round: 1,
    earlier: [],
    mergedInto: null,
    lapsedWhileMerged: [],
    corrections: [],
  };
}

const STATUS_AFTER = { intake: 'returned', acceptance: 'received', mediation: 'accepted' } as const;

/** The document of a complaint that is handled again, with what came of it before set aside. */
export function reopened(
  doc: ComplaintDocument,
  { to, round, reason }: ComplaintEvents['ComplaintReopened'],
  at: string,
): ComplaintDocument {
  const outcome = Object.fromEntries(
    Object.keys(NOTHING_YET).map((field) => [field, doc[field as keyof ComplaintOutcome]]),
  ) as unknown as ComplaintOutcome;
  const { acceptedOn, decidedAt, decisionNotifiedAt, factors, clocks } = doc;
  const decision = to === 'mediation' ? { acceptedOn, decidedAt, decisionNotifiedAt, factors } : {};
  return {
    ...doc,
    ...NOTHING_YET,
    ...decision,
    // Clocks stay by name until another of the name is opened: everybody reads them by the same rule.
    clocks,
    status: STATUS_AFTER[to],
    consents: {},
    negotiatedSince: null,
    settlement: null,
    disqualified: null,
    withdrawnBy: null,
    round,
    earlier: [...doc.earlier, { ...outcome, reopenedAt: at, reopeningReason: reason }],
  };
}
