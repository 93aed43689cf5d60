import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';

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
}

/** Events of an ODR membership (ODR 企业), stream `odrMembership-{uscc}`. */
export interface OdrMembershipEvents {
  OdrMembershipApplied: { readonly uscc: string; readonly region: string };
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
};

export const odrMembershipSchemas: EventSchemas & Record<keyof OdrMembershipEvents, { schemaVersion: number }> = {
  OdrMembershipApplied: { schemaVersion: 1 },
  OdrMembershipApproved: { schemaVersion: 1 },
  OdrMembershipActivated: { schemaVersion: 1 },
  OdrMembershipSuspended: { schemaVersion: 1 },
  OdrMembershipReactivated: { schemaVersion: 1 },
  OdrMembershipWithdrawn: { schemaVersion: 1 },
  OdrMembershipExpelled: { schemaVersion: 1 },
};
