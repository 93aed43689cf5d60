/** What the rules of a negotiation must know of other streams, folded from their events. */
import type { ComplaintEvents } from '#complaints/events';
import { primaryAfter, type DisputeEvents, type JointComplaint } from '#disputes/events';
import type { Instant, LocalDate, RecordedEvent } from '#kernel';
import type {
  AdvanceSchemeEvents,
  CommitmentEvents,
  OdrMembershipEvents,
  ServiceStationEvents,
  StoreEvents,
  SubjectEvents,
} from '#registry/events';

/** The dispute the negotiation is about. */
export interface DisputeRead {
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly sector: string | null;
  /** Dispute that it was merged into. */
  readonly mergedInto: string | null;
}

export const unreadDispute: DisputeRead = {
  respondentUscc: null,
  respondentRegion: '',
  sector: null,
  mergedInto: null,
};

export function evolveDispute(dispute: DisputeRead, event: RecordedEvent): DisputeRead {
  switch (event.type as keyof DisputeEvents) {
    case 'DisputeOpened': {
      const { respondentUscc, respondentRegion, sector } = event.data as DisputeEvents['DisputeOpened'];
      return { ...dispute, respondentUscc, respondentRegion, sector };
    }
    case 'DisputeRespondentIdentified': {
      const { respondentUscc, respondentRegion } = event.data as DisputeEvents['DisputeRespondentIdentified'];
      return { ...dispute, respondentUscc, respondentRegion };
    }
    default:
      // Whatever else becomes of a dispute changes neither its respondent nor its sector.
      return { ...dispute, mergedInto: primaryAfter(dispute.mergedInto, event) };
  }
}

/** When something began or ceased to be active, in the order of its stream. */
export type ActivityRead = readonly { readonly at: Instant; readonly active: boolean }[];
/** Of an ODR membership. */
export type MembershipRead = ActivityRead;

export function evolveMembership(changes: MembershipRead, event: RecordedEvent): MembershipRead {
  switch (event.type as keyof OdrMembershipEvents) {
    case 'OdrMembershipActivated':
    case 'OdrMembershipReactivated':
      return [...changes, { at: event.occurredAt, active: true }];
    case 'OdrMembershipSuspended':
    case 'OdrMembershipWithdrawn':
    case 'OdrMembershipExpelled':
      return [...changes, { at: event.occurredAt, active: false }];
    default:
      return changes;
  }
}

export function evolveStation(changes: ActivityRead, event: RecordedEvent): ActivityRead {
  switch (event.type as keyof ServiceStationEvents) {
    case 'ServiceStationOpened':
    case 'ServiceStationResumed':
      return [...changes, { at: event.occurredAt, active: true }];
    case 'ServiceStationSuspended':
    case 'ServiceStationClosed':
      return [...changes, { at: event.occurredAt, active: false }];
    default:
      return changes;
  }
}

/** The green channel of a subject. */
export function evolveChannel(changes: ActivityRead, event: RecordedEvent): ActivityRead {
  switch (event.type as keyof SubjectEvents) {
    case 'GreenChannelOpened':
    case 'GreenChannelResumed':
      return [...changes, { at: event.occurredAt, active: true }];
    case 'GreenChannelSuspended':
    case 'GreenChannelClosed':
      return [...changes, { at: event.occurredAt, active: false }];
    default:
      return changes;
  }
}

/** Whether it was active at a moment, by when things happened and not by when they were recorded. */
export function wasActiveAt(changes: ActivityRead, moment: Instant): boolean {
  let latest: ActivityRead[number] | undefined;
  for (const change of changes) {
    if (change.at <= moment && (latest === undefined || change.at >= latest.at)) latest = change;
  }
  return latest?.active ?? false;
}

export type OpenReads = {
  readonly dispute: DisputeRead | undefined;
  readonly membership: MembershipRead | undefined;
  readonly station?: ActivityRead | undefined;
  readonly channel?: ActivityRead | undefined;
};

/** A scheme of advance compensation (先行赔付). */
export interface SchemeRead {
  readonly operatorUscc: string;
  readonly members: readonly string[];
  readonly capPerCaseFen: number;
  readonly capTotalFen: number | null;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  readonly activity: ActivityRead;
  /** Fen set aside and not released, by negotiation. */
  readonly allotted: Readonly<Record<string, number>>;
}

export const unreadScheme: SchemeRead = {
  operatorUscc: '',
  members: [],
  capPerCaseFen: 0,
  capTotalFen: null,
  validFrom: '2000-01-01',
  validTo: null,
  activity: [],
  allotted: {},
};

export function evolveScheme(scheme: SchemeRead, event: RecordedEvent): SchemeRead {
  const at = event.occurredAt;
  const { activity, members, allotted } = scheme;
  switch (event.type as keyof AdvanceSchemeEvents) {
    case 'AdvanceSchemeOpened': {
      const { operatorUscc, capPerCaseFen, capTotalFen, validFrom, validTo } =
        event.data as AdvanceSchemeEvents['AdvanceSchemeOpened'];
      const terms = { operatorUscc, capPerCaseFen, capTotalFen, validFrom, validTo };
      return { ...terms, members: [], allotted: {}, activity: [{ at, active: true }] };
    }
    case 'AdvanceSchemeMemberAdmitted': {
      const { uscc } = event.data as AdvanceSchemeEvents['AdvanceSchemeMemberAdmitted'];
      return { ...scheme, members: [...members, uscc] };
    }
    case 'AdvanceSchemeMemberReleased': {
      const { uscc } = event.data as AdvanceSchemeEvents['AdvanceSchemeMemberReleased'];
      return { ...scheme, members: members.filter((member) => member !== uscc) };
    }
    case 'AdvanceAllotted':
    case 'AdvanceAllotmentReleased': {
      const { negotiationId, amountFen } = event.data as AdvanceSchemeEvents['AdvanceAllotted'];
      const signed = event.type === 'AdvanceAllotted' ? amountFen : -amountFen;
      return { ...scheme, allotted: { ...allotted, [negotiationId]: (allotted[negotiationId] ?? 0) + signed } };
    }
    case 'AdvanceSchemeResumed':
      return { ...scheme, activity: [...activity, { at, active: true }] };
    case 'AdvanceSchemeSuspended':
    case 'AdvanceSchemeClosed':
      return { ...scheme, activity: [...activity, { at, active: false }] };
    default:
      return scheme;
  }
}

export type AdvanceReads = { readonly scheme: SchemeRead | undefined };

/** A store, as far as a return asks. */
export interface StoreRead {
  readonly operatorUscc: string;
}

export const unreadStore: StoreRead = { operatorUscc: '' };

export function evolveStore(store: StoreRead, event: RecordedEvent): StoreRead {
  if ((event.type as keyof StoreEvents) !== 'StoreRegistered') return store;
  return { operatorUscc: (event.data as StoreEvents['StoreRegistered']).operatorUscc };
}

/** Times in which a store's promise held, oldest first. */
export type CommitmentRead = readonly {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  /** From when on it no longer held, as it was withdrawn. */
  readonly withdrawnAt: Instant | null;
  readonly termDays: number | null;
}[];

export function evolveCommitment(periods: CommitmentRead, event: RecordedEvent): CommitmentRead {
  switch (event.type as keyof CommitmentEvents) {
    case 'CommitmentMade': {
      const { validFrom: from, validTo: to, termDays } = event.data as CommitmentEvents['CommitmentMade'];
      return [...periods, { from, to, withdrawnAt: null, termDays }];
    }
    case 'CommitmentWithdrawn': {
      const last = periods.at(-1);
      return last === undefined ? periods : [...periods.slice(0, -1), { ...last, withdrawnAt: event.occurredAt }];
    }
    default:
      return periods;
  }
}

export type ReturnReads = {
  readonly store: StoreRead | undefined;
  readonly commitment: CommitmentRead | undefined;
};

export type GoodsReads = { readonly store: StoreRead | undefined };

/** The later complaint by which a settlement is disputed. */
export interface ComplaintRead {
  readonly disputeId: string | null;
  readonly receivedAt: Instant | null;
}

export const unreadComplaint: ComplaintRead = { disputeId: null, receivedAt: null };

export function evolveComplaint(complaint: ComplaintRead, event: RecordedEvent): ComplaintRead {
  if ((event.type as keyof ComplaintEvents) !== 'ComplaintReceived') return complaint;
  return {
    disputeId: (event.data as ComplaintEvents['ComplaintReceived']).disputeId,
    receivedAt: event.occurredAt,
  };
}

export type DisputeSettlementReads = {
  readonly complaint: ComplaintRead | undefined;
  /** The negotiation's own dispute: a complaint on what it was found to be is one on it. */
  readonly dispute?: DisputeRead | undefined;
};

/** Those who complain together of the negotiation's dispute. */
export type JointReads = { readonly joint?: JointComplaint | undefined };
