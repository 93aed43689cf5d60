import { normaliseUscc } from '#kernel';
import { commandRow, viewRow, type ContextTable } from '#service';
import {
  ActivateOdrMembership,
  ApplyForOdrMembership,
  ApproveOdrMembership,
  CloseGreenChannel,
  ExpelOdrMember,
  OpenGreenChannel,
  ReactivateOdrMembership,
  RecordOdrConditions,
  RegisterSubject,
  RenameSubject,
  ResumeGreenChannel,
  SuspendGreenChannel,
  SuspendOdrMembership,
  WithdrawOdrMembership,
} from './commands.ts';
import {
  closeGreenChannel,
  openGreenChannel,
  resumeGreenChannel,
  suspendGreenChannel,
} from './decide-green-channel.ts';
import {
  activateOdrMembership,
  applyForOdrMembership,
  approveOdrMembership,
  expelOdrMember,
  reactivateOdrMembership,
  recordOdrConditions,
  suspendOdrMembership,
  withdrawOdrMembership,
  type ApplicationReads,
} from './decide-membership.ts';
import { registerSubject, renameSubject } from './decide-subject.ts';
import { odrMembershipSchemas, subjectSchemas } from './events.ts';
import * as membership from './odr-membership.ts';
import * as subject from './subject.ts';
import { odrMemberships, type OdrMembershipDocument } from './views/odr-memberships.ts';
import { subjects, type SubjectDocument } from './views/subjects.ts';

type Subject = subject.Subject;
type OdrMembership = membership.OdrMembership;

/** The code as the stream's id. The command's class has checked it. */
const codeOf = ({ uscc }: { readonly uscc: string }): string => normaliseUscc(uscc)!;

export const subjectsTable: ContextTable<Subject> = {
  collection: 'subjects',
  category: 'subject',
  title: 'subject',
  schemas: subjectSchemas,
  initial: subject.initial,
  evolve: subject.evolve,
  scopeOf: (state) =>
    state.status === 'empty' ? { region: null, subject: null } : { region: state.region, subject: state.uscc },
  commands: [
    commandRow<RegisterSubject, Subject>({
      action: 'register',
      command: RegisterSubject,
      decide: registerSubject,
      roles: ['programme-office', 'officer'],
      summary: 'Register a subject under its social credit code',
      creates: true,
      id: codeOf,
      scope: (command) => ({ region: command.region, subject: codeOf(command) }),
    }),
    commandRow<RenameSubject, Subject>({
      action: 'rename',
      command: RenameSubject,
      decide: renameSubject,
      roles: ['programme-office', 'officer'],
      summary: 'Record a new name; the code and the history stay',
    }),
    commandRow<OpenGreenChannel, Subject>({
      action: 'open-green-channel',
      command: OpenGreenChannel,
      decide: openGreenChannel,
      roles: ['programme-office', 'officer'],
      summary: 'Open the green channel of a subject',
    }),
    commandRow<SuspendGreenChannel, Subject>({
      action: 'suspend-green-channel',
      command: SuspendGreenChannel,
      decide: suspendGreenChannel,
      roles: ['programme-office', 'officer'],
      summary: 'Suspend the green channel of a subject',
    }),
    commandRow<ResumeGreenChannel, Subject>({
      action: 'resume-green-channel',
      command: ResumeGreenChannel,
      decide: resumeGreenChannel,
      roles: ['programme-office', 'officer'],
      summary: 'Resume the green channel of a subject',
    }),
    commandRow<CloseGreenChannel, Subject>({
      action: 'close-green-channel',
      command: CloseGreenChannel,
      decide: closeGreenChannel,
      roles: ['programme-office', 'officer'],
      summary: 'Close the green channel of a subject',
    }),
  ],
  views: [
    viewRow<SubjectDocument>({
      projection: subjects,
      filters: { region: 'region', sector: 'sector', greenChannel: 'greenChannel' },
      sort: { field: 'name' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Registered subjects by name',
      scopeOf: (doc) => ({ region: doc.region, subject: doc.uscc }),
    }),
  ],
};

export const odrMembershipsTable: ContextTable<OdrMembership> = {
  collection: 'odr-memberships',
  category: 'odrMembership',
  title: 'ODR membership',
  schemas: odrMembershipSchemas,
  initial: membership.initial,
  evolve: membership.evolve,
  scopeOf: (state) =>
    state.status === 'empty' ? { region: null, subject: null } : { region: state.region, subject: state.uscc },
  commands: [
    commandRow<ApplyForOdrMembership, OdrMembership, ApplicationReads>({
      action: 'apply',
      command: ApplyForOdrMembership,
      decide: applyForOdrMembership,
      roles: ['programme-office', 'officer', 'merchant'],
      summary: 'Apply for membership of the ODR network, in the region where the subject operates',
      creates: true,
      id: codeOf,
      scope: (command, { subject: known }) => ({
        region: known === undefined || known.status === 'empty' ? null : known.region,
        subject: codeOf(command),
      }),
      reads: {
        subject: {
          stream: (command) => `subject-${codeOf(command)}`,
          initial: subject.initial,
          evolve: subject.evolve,
        },
      },
    }),
    commandRow<RecordOdrConditions, OdrMembership>({
      action: 'record-conditions',
      command: RecordOdrConditions,
      decide: recordOdrConditions,
      roles: ['programme-office', 'officer', 'merchant'],
      summary: 'Record how it stands with the conditions of membership, as declared or inspected',
    }),
    commandRow<ApproveOdrMembership, OdrMembership>({
      action: 'approve',
      command: ApproveOdrMembership,
      decide: approveOdrMembership,
      roles: ['programme-office', 'officer'],
      summary: 'Approve an application',
    }),
    commandRow<ActivateOdrMembership, OdrMembership>({
      action: 'activate',
      command: ActivateOdrMembership,
      decide: activateOdrMembership,
      roles: ['programme-office', 'officer'],
      summary: 'Activate an approved membership',
    }),
    commandRow<SuspendOdrMembership, OdrMembership>({
      action: 'suspend',
      command: SuspendOdrMembership,
      decide: suspendOdrMembership,
      roles: ['programme-office', 'officer'],
      summary: 'Suspend an active membership',
    }),
    commandRow<ReactivateOdrMembership, OdrMembership>({
      action: 'reactivate',
      command: ReactivateOdrMembership,
      decide: reactivateOdrMembership,
      roles: ['programme-office', 'officer'],
      summary: 'Reactivate a suspended membership',
    }),
    commandRow<WithdrawOdrMembership, OdrMembership>({
      action: 'withdraw',
      command: WithdrawOdrMembership,
      decide: withdrawOdrMembership,
      roles: ['programme-office', 'officer', 'merchant'],
      summary: 'Leave the ODR network, or take an application back',
    }),
    commandRow<ExpelOdrMember, OdrMembership>({
      action: 'expel',
      command: ExpelOdrMember,
      decide: expelOdrMember,
      roles: ['programme-office', 'officer'],
      summary: 'Expel a member',
    }),
  ],
  views: [
    viewRow<OdrMembershipDocument>({
      projection: odrMemberships,
      filters: { region: 'region', status: 'status' },
      sort: { field: 'since', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'enforcement', 'programme-office', 'auditor'],
      summary: 'ODR memberships, latest change first',
      scopeOf: (doc) => ({ region: doc.region, subject: doc.uscc }),
    }),
  ],
};
