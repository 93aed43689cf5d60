/** What the rules of a mediation must know of other streams, folded from their events. */
import {
  complaintClockChanges,
  complaintSchemas,
  type ComplaintEvents,
  type ComplaintResult,
  type RecordedComplaintEvent,
} from '#complaints/events';
import {
  referralClockChanges,
  referralSchemas,
  type RecordedReferralEvent,
  type ReferralEvents,
} from '#court-referral/events';
import { evolveJoint, noComplainants, primaryAfter, type DisputeEvents, type JointComplaint } from '#disputes/events';
import type { Instant, LocalDate, RecordedEvent } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { CourtAssignment } from './kinds.ts';
import type { MediationBody } from './mediation-body.ts';
import type { MediationEvents, Party } from './mediation-events.ts';
import type { Mediator } from './mediator.ts';

/** Keyed tokens of a person (T-20). */
export interface Tokens {
  readonly phone?: string;
  readonly name?: string;
}

/** The dispute that is mediated. */
export interface DisputeRead {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string | null;
  readonly respondent: string | null;
  readonly complainant: string | null;
  /** Of everybody who complains. */
  readonly complainantTokens: readonly Tokens[];
  /** 共同投诉: how many complain, and what those who are represented have said. */
  readonly joint: JointComplaint;
  /** Dispute that it was merged into. */
  readonly mergedInto: string | null;
}

export const unreadDispute: DisputeRead = {
  respondentUscc: null,
  respondentRegion: null,
  respondent: null,
  complainant: null,
  complainantTokens: [],
  joint: noComplainants,
  mergedInto: null,
};

export function evolveDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  const joint = evolveJoint(dispute.joint, event);
  return { ...readOfDispute(dispute, event), joint, mergedInto: primaryAfter(dispute.mergedInto, event) };
}

function readOfDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened': {
      const data = event.data as DisputeEvents['DisputeOpened'];
      const { respondentUscc, respondentRegion, respondent, complainant, complainantTokens } = data;
      const about = { respondentUscc, respondentRegion, respondent, complainant };
      return { ...dispute, ...about, complainantTokens: [complainantTokens] };
    }
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeRespondentIdentified'];
      return { ...dispute, respondentUscc, respondentRegion };
    }
    case 'ComplainantJoined': {
      const { complainantTokens } = event.data as DisputeEvents['ComplainantJoined'];
      return { ...dispute, complainantTokens: [...dispute.complainantTokens, complainantTokens] };
    }
    default:
      return dispute;
  }
}

/** The complaint that is mediated, under whose clock the mediation stands. */
export interface ComplaintRead {
  readonly disputeId: string | null;
  readonly handlingRegion: string | null;
  readonly authority: string | null;
  readonly respondent: string | null;
  readonly complainant: string | null;
  readonly complainantTokens: Tokens;
  readonly acceptedAt: Instant | null;
  readonly acceptedOn: LocalDate | null;
  /** Parties who agreed to mediation when they were asked about the complaint. */
  readonly consented: readonly Party[];
  readonly concluded: ComplaintResult | null;
  /** Complaint that it is handled together with. */
  readonly mergedInto: string | null;
  readonly reopenedAt: Instant | null;
  readonly clocks: Clocks;
}

export const unreadComplaint: ComplaintRead = {
  disputeId: null,
  handlingRegion: null,
  authority: null,
  respondent: null,
  complainant: null,
  complainantTokens: {},
  acceptedAt: null,
  acceptedOn: null,
  consented: [],
  concluded: null,
  mergedInto: null,
  reopenedAt: null,
  clocks: NO_CLOCKS,
};

export function evolveComplaint(complaint: ComplaintRead, event: RecordedEvent): ComplaintRead {
  const read = readOfComplaint(complaint, event);
  if (!Object.hasOwn(complaintSchemas, event.type)) return read;
  const changes = complaintClockChanges(event as RecordedComplaintEvent);
  return { ...read, clocks: evolveClocks(read.clocks, changes, event) };
}

function readOfComplaint(complaint: ComplaintRead, event: RecordedEvent): ComplaintRead {
  switch (event.type as keyof ComplaintEvents) {
    case 'ComplaintReceived': {
      const data = event.data as ComplaintEvents['ComplaintReceived'];
      const { disputeId, handlingRegion, authority, respondent, complainant, complainantTokens } = data;
      return { ...complaint, disputeId, handlingRegion, authority, respondent, complainant, complainantTokens };
    }
    case 'ComplaintAccepted': {
      const { acceptedOn } = event.data as ComplaintEvents['ComplaintAccepted'];
      return { ...complaint, acceptedOn, acceptedAt: event.occurredAt };
    }
    case 'ComplaintTransferReceived': {
      const { authority, handlingRegion } = event.data as ComplaintEvents['ComplaintTransferReceived'];
      return { ...complaint, authority, handlingRegion };
    }
    case 'MediationConsentGiven':
      return { ...complaint, consented: withParty(complaint.consented, partyOf(event)) };
    case 'MediationConsentRefused':
      return { ...complaint, consented: withoutParty(complaint.consented, partyOf(event)) };
    case 'ComplaintReopened':
      return reopened(complaint, event);
    case 'ComplaintMergedInto':
      return { ...complaint, mergedInto: (event.data as ComplaintEvents['ComplaintMergedInto']).primary };
    case 'ComplaintUnmerged':
      return { ...complaint, mergedInto: null };
    case 'ComplaintConcluded':
      return { ...complaint, concluded: (event.data as ComplaintEvents['ComplaintConcluded']).result };
    default:
      return complaint;
  }
}

/** Taken up again to be accepted anew, it is not accepted any more. */
function reopened(complaint: ComplaintRead, { data, occurredAt }: RecordedEvent): ComplaintRead {
  const next = { ...complaint, concluded: null, reopenedAt: occurredAt };
  const { to } = data as ComplaintEvents['ComplaintReopened'];
  return to === 'mediation' ? next : { ...next, acceptedAt: null, acceptedOn: null };
}

/** The parties as a complaint calls them. */
const PARTY_OF_COMPLAINT = { complainant: 'consumer', respondent: 'merchant' } as const;

function partyOf(event: RecordedEvent): Party {
  return PARTY_OF_COMPLAINT[(event.data as ComplaintEvents['MediationConsentGiven']).party];
}

function withParty(parties: readonly Party[], party: Party): readonly Party[] {
  return [...withoutParty(parties, party), party];
}

function withoutParty(parties: readonly Party[], party: Party): readonly Party[] {
  return parties.filter((one) => one !== party);
}

/** The court's assignment that is carried out, under whose clock the mediation stands. */
export interface ReferralRead {
  readonly disputeId: string | null;
  readonly handlingRegion: string | null;
  readonly bodyId: string | null;
  /** Of the one who sued, mostly the consumer. */
  readonly claimantTokens: Tokens;
  readonly courtAssignment: CourtAssignment | null;
  /** Parties who have agreed to mediation before the court or to the body. */
  readonly consented: readonly Party[];
  readonly confirmedAt: Instant | null;
  /** Agreed on, failed, expired or given back: nothing more is mediated under it. */
  readonly isEnded: boolean;
  readonly isAgreed: boolean;
  /** 虚假调解: reported, or what the review found. */
  readonly sham: 'reported' | ReferralEvents['ShamMediationReviewed']['finding'] | null;
  readonly clocks: Clocks;
}

export const unreadReferral: ReferralRead = {
  disputeId: null,
  handlingRegion: null,
  bodyId: null,
  claimantTokens: {},
  courtAssignment: null,
  consented: [],
  confirmedAt: null,
  isEnded: false,
  isAgreed: false,
  sham: null,
  clocks: NO_CLOCKS,
};

export function evolveReferral(referral: ReferralRead, event: RecordedEvent): ReferralRead {
  if (!Object.hasOwn(referralSchemas, event.type)) return referral;
  const recorded = event as RecordedReferralEvent;
  const read = readOfReferral(referral, recorded);
  return { ...read, clocks: evolveClocks(read.clocks, referralClockChanges(recorded), event) };
}

function readOfReferral(referral: ReferralRead, event: RecordedReferralEvent): ReferralRead {
  switch (event.type) {
    case 'DisputeAssignedByCourt': {
      const { disputeId, handlingRegion, bodyId, kind, procedure, consents: consented, claimantTokens } = event.data;
      const courtAssignment = kind === 'pre-filing' ? kind : (`${kind}-${procedure ?? 'ordinary'}` as const);
      return { ...referral, disputeId, handlingRegion, bodyId, consented, claimantTokens, courtAssignment };
    }
    case 'ReferralLinkedToDispute':
      return { ...referral, disputeId: event.data.disputeId };
    case 'CourtMediationBodyDesignated':
      return { ...referral, bodyId: event.data.bodyId, confirmedAt: null };
    case 'CourtMediationConsentGiven':
      return { ...referral, consented: withParty(referral.consented, event.data.party) };
    case 'CourtAssignmentConfirmed':
      return { ...referral, confirmedAt: event.occurredAt };
    case 'ShamMediationReported':
      return { ...referral, sham: 'reported' };
    case 'ShamMediationReviewed':
      return { ...referral, sham: event.data.finding };
    case 'CourtMediationAgreed':
      return { ...referral, isEnded: true, isAgreed: true };
    case 'CourtMediationFailed':
    case 'CourtMediationExpired':
    case 'CaseReturnedToCourt':
      return { ...referral, isEnded: true };
    default:
      return referral;
  }
}

/** The mediation of the same complaint or assignment before another one. */
export interface PreviousRead {
  readonly complaintId: string | null;
  readonly referralId: string | null;
  /** Declined, terminated, or agreed with effect; null while it goes on. */
  readonly endedAt: Instant | null;
  readonly isAgreed: boolean;
}

export const unreadPrevious: PreviousRead = { complaintId: null, referralId: null, endedAt: null, isAgreed: false };

export function evolvePrevious(before: PreviousRead, event: RecordedEvent): PreviousRead {
  switch (event.type as keyof MediationEvents) {
    case 'MediationProposed': {
      const { complaintId, referralId } = event.data as MediationEvents['MediationProposed'];
      return { ...before, complaintId, referralId };
    }
    case 'MediationApplicationDeclined':
    case 'MediationTerminated':
      return { ...before, endedAt: event.occurredAt };
    case 'MediationAgreementEffective':
      return { ...before, endedAt: event.occurredAt, isAgreed: true };
    default:
      return before;
  }
}

export type ProposeReads = {
  readonly dispute: DisputeRead | undefined;
  readonly complaint: ComplaintRead | undefined;
  readonly referral: ReferralRead | undefined;
  readonly body: MediationBody | undefined;
  readonly before: PreviousRead | undefined;
};

export type DelegateReads = { readonly body: MediationBody | undefined };

/** Whom a mediator must not be tied to is told by the dispute, and by the procedure that it came by. */
export type AssignReads = LimitReads & {
  readonly mediator: Mediator | undefined;
  readonly dispute: DisputeRead | undefined;
};

/** Whose clock a mediation stands under. */
export type LimitReads = { readonly complaint: ComplaintRead | undefined; readonly referral: ReferralRead | undefined };

/** Under which assignment of a court it stands, if under one. */
export type AssignmentReads = { readonly referral: ReferralRead | undefined };

export type AgreementReads = LimitReads & {
  readonly dispute: DisputeRead | undefined;
};
