import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';
import type { StandstillReason } from './station-events.ts';

export * from './scheme-events.ts';
export * from './station-events.ts';
export * from './store-events.ts';
export * from './words.ts';

/** Why a membership is suspended or ends (动态退出); in codes, so that no words about people enter an event. */
export const MEMBERSHIP_REASONS = [
  'conditions-not-met',
  'duties-neglected',
  'own-request',
  'business-ended',
  'unlawful-conduct',
  'other',
] as const;
export type MembershipReason = (typeof MEMBERSHIP_REASONS)[number];

/** Events of a subject (市场主体), stream `subject-{uscc}`. Names stand in the public register and are no personal data. */
export interface SubjectEvents {
  SubjectRegistered: {
    readonly uscc: string;
    readonly name: string;
    /** Region of the place of operation; not read off the code's division digits (T-21). */
    readonly region: string;
    readonly sector: string | null;
    /** Day it began to operate (开始经营), for "经营满3年". */
    readonly operatingSince: LocalDate | null;
  };
  SubjectRenamed: { readonly name: string; readonly previousName: string };
  /** 消费维权绿色通道: a large or middle-sized operator takes complaints directly. A feature of the subject, not one more of it. */
  GreenChannelOpened: Record<string, never>;
  GreenChannelSuspended: { readonly reason: StandstillReason };
  GreenChannelResumed: Record<string, never>;
  GreenChannelClosed: { readonly reason: StandstillReason };
}

/** Who says how an applicant stands: itself, or the office that has looked. */
export const CHECKLIST_SOURCES = ['declared', 'inspected'] as const;
export type ChecklistSource = (typeof CHECKLIST_SOURCES)[number];

/** What S20 asks of an ODR enterprise: five conditions and three papers, which are named by reference. */
export interface OdrChecklist {
  /** 固定场所. */
  readonly fixedPlace: boolean;
  /** 工作人员: how many; at least one is needed. */
  readonly staff: number;
  /** 联网电脑. */
  readonly computerOnline: boolean;
  /** 专用电话. */
  readonly dedicatedTelephone: boolean;
  /** 书面的投诉处理制度. */
  readonly writtenProcedure: boolean;
  /** 申请表. */
  readonly application: string | null;
  /** 承诺书. */
  readonly promiseLetter: string | null;
  /** 营业执照复印件. */
  readonly licenceCopy: string | null;
}

/** Events of an ODR membership (ODR 企业), stream `odrMembership-{uscc}`. */
export interface OdrMembershipEvents {
  OdrMembershipApplied: { readonly uscc: string; readonly region: string };
  /** How it stands with the conditions. Those who joined before they were written down have none on record. */
  OdrConditionsRecorded: OdrChecklist & { readonly source: ChecklistSource };
  OdrMembershipApproved: Record<string, never>;
  OdrMembershipActivated: Record<string, never>;
  OdrMembershipSuspended: { readonly reason: MembershipReason };
  OdrMembershipReactivated: Record<string, never>;
  OdrMembershipWithdrawn: { readonly reason: MembershipReason };
  OdrMembershipExpelled: { readonly reason: MembershipReason };
}

export type SubjectEvent = EventOf<SubjectEvents>;
export type OdrMembershipEvent = EventOf<OdrMembershipEvents>;
export type RecordedSubjectEvent = RecordedOf<SubjectEvents>;
export type RecordedOdrMembershipEvent = RecordedOf<OdrMembershipEvents>;

export const subjectSchemas: EventSchemas & Record<keyof SubjectEvents, { schemaVersion: number }> = {
  SubjectRegistered: { schemaVersion: 1 },
  SubjectRenamed: { schemaVersion: 1 },
  GreenChannelOpened: { schemaVersion: 1 },
  GreenChannelSuspended: { schemaVersion: 1 },
  GreenChannelResumed: { schemaVersion: 1 },
  GreenChannelClosed: { schemaVersion: 1 },
};

export const odrMembershipSchemas: EventSchemas & Record<keyof OdrMembershipEvents, { schemaVersion: number }> = {
  OdrMembershipApplied: { schemaVersion: 1 },
  OdrConditionsRecorded: { schemaVersion: 1 },
  OdrMembershipApproved: { schemaVersion: 1 },
  OdrMembershipActivated: { schemaVersion: 1 },
  OdrMembershipSuspended: { schemaVersion: 1 },
  OdrMembershipReactivated: { schemaVersion: 1 },
  OdrMembershipWithdrawn: { schemaVersion: 1 },
  OdrMembershipExpelled: { schemaVersion: 1 },
};
