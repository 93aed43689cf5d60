import type { Role } from '#access';
import { CASE_DUTIES, caseClockChanges, caseSchemas, type RecordedCaseEvent } from '#cases/events';
import {
  COMPLAINT_CLOCKS,
  complaintClockChanges,
  complaintSchemas,
  IDENTITY_PROOF_CLOCK,
  type RecordedComplaintEvent,
} from '#complaints/events';
import {
  REFERRAL_DUTIES,
  referralClockChanges,
  referralSchemas,
  type RecordedReferralEvent,
} from '#court-referral/events';
import {
  CRIMINAL_REFERRAL_DUTIES,
  criminalReferralClockChanges,
  criminalReferralSchemas,
  type RecordedCriminalReferralEvent,
} from '#criminal-referral/events';
import {
  CONFIRMATION_DUTIES,
  confirmationClockChanges,
  confirmationSchemas,
  type RecordedConfirmationEvent,
} from '#judicial-confirmation/events';
import { categoryOf, type RecordedEvent } from '#kernel';
import { evolveClocks, NO_CLOCKS, type ClockChange, type Clocks } from '#law';
import {
  MEDIATION_CLOCKS,
  mediationClockChanges,
  mediationSchemas,
  type RecordedMediationEvent,
} from '#mediation/events';
import {
  negotiationClockChanges,
  negotiationSchemas,
  SILENCE_CLOCK,
  type RecordedNegotiationEvent,
} from '#negotiation/events';
import {
  PUBLICATION_CLOCKS,
  publicationClockChanges,
  publicationSchemas,
  TERM_CLOCK,
  type RecordedPublicationEvent,
} from '#publicity/events';
import {
  REPORT_CLOCKS,
  REPORT_READERS,
  reportClockChanges,
  reportSchemas,
  type RecordedReportEvent,
} from '#reports/events';
import { workOrderClockChanges, workOrderSchemas, type RecordedWorkOrderEvent } from '#work-orders/events';

/** Who has to meet a clock, and whose business it is. */
export interface Holder {
  /** An authority (机关), or the USCC of the respondent. */
  readonly holder: string | null;
  readonly region: string | null;
  readonly respondentUscc: string | null;
}

/** A context whose objects have clocks. */
export interface ClockSource {
  readonly category: string;
  readonly collection: string;
  readonly types: readonly string[];
  /** Names of its clocks by which something must be done, or that end something when they run out. */
  readonly duties: readonly string[];
  /** What a process writes when a clock runs out: its process command, by clock. */
  readonly ends?: Readonly<Record<string, string>>;
  /** Roles that may know of its objects; all that may see the list unless said. */
  readonly readers?: readonly Role[];
  /** To know of its objects is to know that somebody reported (S1 Art. 37). */
  readonly isOfReports?: boolean;
  changesOf(event: RecordedEvent): readonly ClockChange[];
  /** Told by the event that opens a clock. */
  holderOf(event: RecordedEvent): Holder;
}

const complaints: ClockSource = {
  category: 'complaint',
  collection: 'complaints',
  types: Object.keys(complaintSchemas),
  duties: [...Object.keys(COMPLAINT_CLOCKS), IDENTITY_PROOF_CLOCK],
  ends: { [IDENTITY_PROOF_CLOCK]: 'mark-identity-proof-overdue' },
  changesOf: (event) => complaintClockChanges(event as RecordedComplaintEvent),
  holderOf: ({ authority, region }) => ({ holder: authority, region, respondentUscc: null }),
};

/** Known to those who may see every ticket: one may be a report, of which who mediates or judges by figures learns nothing. */
const workOrders: ClockSource = {
  category: 'workOrder',
  collection: 'work-orders',
  types: Object.keys(workOrderSchemas),
  duties: ['handling'],
  readers: ['hotline', ...REPORT_READERS],
  changesOf: (event) => workOrderClockChanges(event as RecordedWorkOrderEvent),
  holderOf: (recorded) => {
    const event = recorded as RecordedWorkOrderEvent;
    if (event.type !== 'WorkOrderDispatched')
      return { holder: event.authority, region: event.region, respondentUscc: null };
    const { authority, handlingRegion } = event.data;
    return { holder: authority, region: handlingRegion, respondentUscc: null };
  },
};

const negotiations: ClockSource = {
  category: 'negotiation',
  collection: 'negotiations',
  types: Object.keys(negotiationSchemas),
  duties: ['negotiation', SILENCE_CLOCK, 'return-refund', 'return-delay'],
  ends: { negotiation: 'expire', [SILENCE_CLOCK]: 'confirm-by-silence' },
  changesOf: (event) => negotiationClockChanges(event as RecordedNegotiationEvent),
  holderOf: (recorded) => {
    const event = recorded as RecordedNegotiationEvent;
    const { region } = event;
    switch (event.type) {
      case 'NegotiationOpened': {
        const { respondentUscc, respondentRegion } = event.data;
        return { holder: respondentUscc, region: respondentRegion, respondentUscc };
      }
      case 'ReturnedGoodsReceived':
        return { holder: event.data.respondentUscc, region, respondentUscc: event.data.respondentUscc };
      case 'SettlementClaimNotified':
        // To speak is the consumer's, who holds nothing here: the merchant sees it as a case of its own.
        return { holder: null, region, respondentUscc: event.data.respondentUscc };
      default:
        return { holder: null, region, respondentUscc: null };
    }
  },
};

const confirmations: ClockSource = {
  category: 'confirmation',
  collection: 'judicial-confirmations',
  types: Object.keys(confirmationSchemas),
  duties: CONFIRMATION_DUTIES,
  readers: ['officer', 'mediator', 'merchant', 'court', 'enforcement', 'programme-office', 'auditor'],
  changesOf: (event) => confirmationClockChanges(event as RecordedConfirmationEvent),
  holderOf: ({ authority, region }) => ({ holder: authority, region, respondentUscc: null }),
};

const referrals: ClockSource = {
  category: 'referral',
  collection: 'court-referrals',
  types: Object.keys(referralSchemas),
  duties: REFERRAL_DUTIES,
  ends: { 'court-mediation': 'expire' },
  readers: ['officer', 'mediator', 'court', 'enforcement', 'programme-office', 'auditor'],
  changesOf: (event) => referralClockChanges(event as RecordedReferralEvent),
  holderOf: ({ authority, region }) => ({ holder: authority, region, respondentUscc: null }),
};

const mediations: ClockSource = {
  category: 'mediation',
  collection: 'mediations',
  types: Object.keys(mediationSchemas),
  duties: MEDIATION_CLOCKS,
  changesOf: (event) => mediationClockChanges(event as RecordedMediationEvent),
  holderOf: (recorded) => {
    const event = recorded as RecordedMediationEvent;
    const { authority, region } = event;
    switch (event.type) {
      case 'MediationProposed':
      case 'MediationApplicationAccepted':
        return { holder: event.data.bodyName ?? authority, region, respondentUscc: null };
      case 'MediationAgreementEffective': {
        // Mostly the respondent performs, and is to be reminded of what it has promised.
        const { respondentUscc } = event.data;
        return { holder: respondentUscc, region, respondentUscc };
      }
      default:
        return { holder: authority, region, respondentUscc: null };
    }
  },
};

/** Known to those who may know of reports, and of no respondent: it must not learn that it was reported (S1 Art. 37). */
const reports: ClockSource = {
  category: 'report',
  collection: 'reports',
  types: Object.keys(reportSchemas),
  duties: Object.keys(REPORT_CLOCKS),
  readers: REPORT_READERS,
  isOfReports: true,
  changesOf: (event) => reportClockChanges(event as RecordedReportEvent),
  holderOf: (event) => {
    // What was sent up is the business of the authority above, which has no name here.
    const isAbove = (event as RecordedReportEvent).type === 'ReportCompetenceDisputeResolved';
    return { holder: isAbove ? null : event.authority, region: event.region, respondentUscc: null };
  },
};

const cases: ClockSource = {
  category: 'case',
  collection: 'cases',
  types: Object.keys(caseSchemas),
  duties: CASE_DUTIES,
  readers: REPORT_READERS,
  isOfReports: true,
  changesOf: (event) => caseClockChanges(event as RecordedCaseEvent),
  holderOf: (recorded) => {
    const event = recorded as RecordedCaseEvent;
    const isOthers = event.type === 'AssistanceRequested' || event.type === 'PenaltyHandedOver';
    const holder = isOthers ? event.data.otherAuthority : event.authority;
    return { holder, region: event.region, respondentUscc: null };
  },
};

const criminalReferrals: ClockSource = {
  category: 'crimref',
  collection: 'criminal-referrals',
  types: Object.keys(criminalReferralSchemas),
  duties: CRIMINAL_REFERRAL_DUTIES,
  readers: REPORT_READERS,
  isOfReports: true,
  changesOf: (event) => criminalReferralClockChanges(event as RecordedCriminalReferralEvent),
  holderOf: (recorded) => {
    const event = recorded as RecordedCriminalReferralEvent;
    const police = event.type === 'PoliceReceiptSigned' ? event.data.police : null;
    const isOfPolice = event.type === 'PoliceReceiptSigned' || event.type === 'ReconsiderationRequested';
    return { holder: isOfPolice ? police : event.authority, region: event.region, respondentUscc: null };
  },
};

const publications: ClockSource = {
  category: 'publication',
  collection: 'publications',
  types: Object.keys(publicationSchemas),
  duties: Object.keys(PUBLICATION_CLOCKS),
  ends: { [TERM_CLOCK]: 'expire' },
  readers: ['officer', 'enforcement', 'programme-office', 'auditor'],
  changesOf: (event) => publicationClockChanges(event as RecordedPublicationEvent),
  holderOf: ({ authority, region }) => ({ holder: authority, region, respondentUscc: null }),
};

/** Every context with clocks: another one is a line here. */
export const clockSources: readonly ClockSource[] = [
  complaints,
  workOrders,
  negotiations,
  mediations,
  referrals,
  confirmations,
  reports,
  cases,
  criminalReferrals,
  publications,
];

const byCategory = new Map(clockSources.map((source) => [source.category, source]));

export function sourceOf(stream: string): ClockSource | undefined {
  return byCategory.get(categoryOf(stream));
}

/** The clocks of any object, folded from its stream. */
export function evolveClocksOf(clocks: Clocks, event: RecordedEvent): Clocks {
  return evolveClocks(clocks, sourceOf(event.stream)?.changesOf(event) ?? [], event);
}

export const noClocks: Clocks = NO_CLOCKS;

/** Clocks that end something when they run out, and the process command that says so (NegotiationExpired). */
export const endingCommands: ReadonlyMap<string, string> = new Map(
  clockSources.flatMap(({ ends }) => Object.entries(ends ?? {})),
);

/** Names of all clocks that somebody may have to be reminded of. */
export const clockNames: readonly string[] = [...new Set(clockSources.flatMap(({ duties }) => duties))];
