/** What the rules of a case must know of other streams, folded from their events. */
import type { ComplaintEvents } from '#complaints/events';
import { standingAfter, type CriminalReferralEvents, type ReferralStanding } from '#criminal-referral/events';
import type { RecordedCriminalReferralEvent } from '#criminal-referral/events';
import type { LocalDate, RecordedEvent } from '#kernel';
import { localDateOf } from '#kernel';
import type { MediationEvents } from '#mediation/events';
import type { FilingCondition, ReportEvents, ViolationGravity } from '#reports/events';

/** The report on which a case is filed. */
export interface ReportRead {
  /** Region of the authority that has it. */
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string | null;
  readonly respondent: string | null;
  readonly sector: string | null;
  readonly disputeId: string | null;
  readonly receivedOn: LocalDate;
  /** What the head found when filing; null before. */
  readonly filing: {
    readonly filedOn: LocalDate;
    readonly conditions: readonly FilingCondition[];
    readonly violationEndedOn: LocalDate | null;
    readonly gravity: ViolationGravity;
    /** The case that it was filed to be part of; null where it is one of its own. */
    readonly caseId: string | null;
  } | null;
}

export const unreadReport: ReportRead = {
  handlingRegion: '',
  respondentUscc: null,
  respondentRegion: null,
  respondent: null,
  sector: null,
  disputeId: null,
  receivedOn: '',
  filing: null,
};

export function evolveReport(report: ReportRead, event: RecordedEvent): ReportRead {
  switch (event.type as keyof ReportEvents) {
    case 'ReportReceived': {
      const data = event.data as ReportEvents['ReportReceived'];
      const { handlingRegion, respondentUscc, respondentRegion, respondent, sector, disputeId } = data;
      const receivedOn = localDateOf(event.occurredAt);
      const known = { handlingRegion, respondentUscc, respondentRegion, respondent, sector, disputeId, receivedOn };
      return { ...report, ...known };
    }
    case 'ReportCompetenceDisputeResolved':
    case 'ReportAuthorityDesignated': {
      const { handlingRegion } = event.data as ReportEvents['ReportCompetenceDisputeResolved'];
      return { ...report, handlingRegion: handlingRegion ?? report.handlingRegion };
    }
    case 'CaseFiled': {
      const {
        conditions = [],
        violationEndedOn = null,
        gravity = 'general',
        caseId,
      } = event.data as ReportEvents['CaseFiled'];
      const filedOn = localDateOf(event.occurredAt);
      return { ...report, filing: { filedOn, conditions, violationEndedOn, gravity, caseId } };
    }
    default:
      return report;
  }
}

/** The mediation in which clues were found. */
export interface MediationRead {
  readonly clues: readonly {
    readonly clueId: string;
    readonly foundOn: LocalDate;
    readonly handlingRegion: string;
    readonly disputeId: string;
    readonly complaintId: string | null;
    readonly respondentUscc: string | null;
  }[];
}

export const unreadMediation: MediationRead = { clues: [] };

export function evolveMediation(mediation: MediationRead, event: RecordedEvent): MediationRead {
  if ((event.type as keyof MediationEvents) !== 'ViolationClueFound') return mediation;
  const data = event.data as MediationEvents['ViolationClueFound'];
  const { clueId, handlingRegion, disputeId, complaintId, respondentUscc } = data;
  const foundOn = localDateOf(event.occurredAt);
  const clue = { clueId, foundOn, handlingRegion, disputeId, complaintId, respondentUscc };
  return { clues: [...mediation.clues, clue] };
}

/** A complaint (投诉) that what is found here is about. */
export interface ComplaintRead {
  /** Region of the authority that has it. */
  readonly handlingRegion: string;
  readonly disputeId: string | null;
  readonly respondentUscc: string | null;
}

export const unreadComplaint: ComplaintRead = { handlingRegion: '', disputeId: null, respondentUscc: null };

export function evolveComplaint(complaint: ComplaintRead, event: RecordedEvent): ComplaintRead {
  switch (event.type as keyof ComplaintEvents) {
    case 'ComplaintReceived': {
      const { handlingRegion, disputeId, respondentUscc } = event.data as ComplaintEvents['ComplaintReceived'];
      return { handlingRegion, disputeId, respondentUscc };
    }
    case 'ComplaintTransferReceived': {
      const { handlingRegion } = event.data as ComplaintEvents['ComplaintTransferReceived'];
      return { ...complaint, handlingRegion };
    }
    case 'ComplaintCorrected': {
      const { field, new: value } = event.data as ComplaintEvents['ComplaintCorrected'];
      return field === 'respondentUscc' ? { ...complaint, respondentUscc: value as string | null } : complaint;
    }
    default:
      return complaint;
  }
}

/** The referral of a suspected crime. */
export interface ReferralRead {
  readonly caseId: string | null;
  readonly standing: ReferralStanding;
}

export const unreadReferral: ReferralRead = { caseId: null, standing: 'pending' };

export function evolveReferral(referral: ReferralRead, event: RecordedEvent): ReferralRead {
  const standing = standingAfter(event as RecordedCriminalReferralEvent) ?? referral.standing;
  if (event.type !== 'CriminalReferralTeamAppointed') return { ...referral, standing };
  const { caseId } = event.data as CriminalReferralEvents['CriminalReferralTeamAppointed'];
  return { caseId, standing };
}

export type OpenReads = {
  readonly report: ReportRead | undefined;
  readonly mediation: MediationRead | undefined;
  readonly complaint: ComplaintRead | undefined;
};
export type ComplaintReads = { readonly complaint: ComplaintRead | undefined };
export type ReportReads = { readonly report: ReportRead | undefined };
export type DecideReads = {
  readonly referral: ReferralRead | undefined;
  /** The referral that was begun after it. */
  readonly later: ReferralRead | undefined;
};
