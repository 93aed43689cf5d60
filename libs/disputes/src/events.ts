import type { EventOf, EventSchemas, RecordedOf } from '#kernel';
import type { Body, FirstInquiryBasis } from './first-inquiry.ts';
import type { RepresentedAct } from './joint.ts';
import type { MergeOrder } from './merging.ts';

// What the procedures of a dispute come to, who speaks for whom, who is responsible and while what it was merged is told from
// events alone: whoever reads these reads it by the same rule.
export * from './first-inquiry.ts';
export * from './joint.ts';
export * from './merged-away.ts';
export * from './merging.ts';
export * from './resolution.ts';
export * from './words.ts';
export { furtherAfter, furtherTypes, type FurtherEntry } from './views/further-procedures.ts';

/** Why the respondent is written down anew: known at last, mistaken before, or named by the platform it sells on. */
export const RESPONDENT_REASONS = ['became-known', 'mistaken', 'named-by-platform'] as const;
export type RespondentReason = (typeof RESPONDENT_REASONS)[number];

/** Why a body declines what another one wants to hand to it. */
export const HAND_OFF_REFUSALS = ['not-competent', 'handled-elsewhere', 'incomplete', 'other'] as const;
export type HandOffRefusal = (typeof HAND_OFF_REFUSALS)[number];

/** Events of a dispute (争议): the real quarrel behind tickets and procedures. Stream `dispute-{ulid}`. */
export interface DisputeEvents {
  DisputeOpened: {
    readonly respondentUscc: string | null;
    /** Vault reference of the respondent's name where it has no USCC. */
    readonly respondent: string | null;
    /** Region of the respondent's place of operation (经营地): the scope of settlement rates. */
    readonly respondentRegion: string;
    readonly sector: string | null;
    /** Channel by which it first came in. */
    readonly channel: string | null;
    /** Amount in dispute (争议金额), fen. */
    readonly amountFen: number | null;
    readonly complainant: string | null;
    readonly complainantTokens: { readonly phone?: string; readonly name?: string };
    /** Keyed tokens of what it is about, by which it is found like others. */
    readonly textTokens?: string;
  };
  /** The respondent became known, or was another one than first written down. */
  DisputeRespondentIdentified: {
    readonly respondentUscc: string;
    readonly respondentRegion: string;
    readonly previousUscc: string | null;
    readonly reason: RespondentReason;
  };
  /** 并案: a person has found that it is the same dispute as another one, with which it is counted and told from now on. */
  DisputeMergedInto: {
    /** The one first received by a competent authority (S1 Art. 14). */
    readonly primary: string;
    readonly order: MergeOrder;
    /** Vault reference of the reason; always there when the primary was not the first. */
    readonly reason: string | null;
  };
  /** It turned out to be another dispute: it stands for itself again, as it stood before (T-15). */
  DisputeUnmerged: {
    readonly primary: string;
    /** Vault reference. */
    readonly reason: string;
  };
  /** 共同投诉: one more complains of the same dispute (S1 Art. 12). */
  ComplainantJoined: {
    /** Number within the dispute; the one it was opened for is 1. */
    readonly person: number;
    readonly complainant: string;
    readonly complainantTokens: { readonly phone?: string; readonly name?: string };
    /** Unit that they all complain about, where it is known: by it they are counted as a group. */
    readonly respondentUscc?: string;
  };
  /** 推选代表人: one or two, by their numbers. Others chosen later take their place. */
  RepresentativesChosen: { readonly representatives: readonly number[]; readonly evidence: readonly string[] };
  /** What those who are represented said to an act of their representatives; a later word takes the place of an earlier one. */
  RepresentedConsentRecorded: {
    readonly act: RepresentedAct;
    /** Stream of the procedure that the act belongs to. */
    readonly procedure: string;
    readonly consenting: readonly number[];
    readonly refusing: readonly number[];
    readonly evidence: readonly string[];
  };
  /** 首问责任: the body that took it up first answers for it until another one has accepted it. */
  FirstInquiryAssigned: { readonly body: Body; readonly basis: FirstInquiryBasis };
  HandOffOffered: {
    /** Number within the dispute. An offer that is still open is over with the next one. */
    readonly offer: number;
    readonly to: Body;
    /** Vault reference. */
    readonly reason: string;
  };
  HandOffAccepted: { readonly offer: number; readonly to: Body };
  HandOffDeclined: {
    readonly offer: number;
    readonly code: HandOffRefusal;
    /** Vault reference. */
    readonly reason: string | null;
  };
  /** 重复投诉: a person has found that the same complainant complains again of what an earlier dispute was about (M-12). */
  RepeatComplaintConfirmed: { readonly earlier: string };
}

export type DisputeEvent = EventOf<DisputeEvents>;
export type RecordedDisputeEvent = RecordedOf<DisputeEvents>;

export const disputeSchemas: EventSchemas & Record<keyof DisputeEvents, { schemaVersion: number }> = {
  DisputeOpened: { schemaVersion: 1 },
  DisputeRespondentIdentified: { schemaVersion: 1 },
  DisputeMergedInto: { schemaVersion: 1 },
  DisputeUnmerged: { schemaVersion: 1 },
  ComplainantJoined: { schemaVersion: 1 },
  RepresentativesChosen: { schemaVersion: 1 },
  RepresentedConsentRecorded: { schemaVersion: 1 },
  FirstInquiryAssigned: { schemaVersion: 1 },
  HandOffOffered: { schemaVersion: 1 },
  HandOffAccepted: { schemaVersion: 1 },
  HandOffDeclined: { schemaVersion: 1 },
  RepeatComplaintConfirmed: { schemaVersion: 1 },
};
