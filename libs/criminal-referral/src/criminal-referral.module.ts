import { HEAD_ONLY, type Role } from '#access';
import { REPORT_READERS } from '#reports/events';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { CommandClass, ContextTable } from '#service';
import { criminalReferralClockChanges } from './clocks.ts';
import * as commands from './commands.ts';
import { evolve, initial, type CriminalReferralState } from './criminal-referral.ts';
import * as decide from './decide.ts';
import { criminalReferralSchemas, type RecordedCriminalReferralEvent } from './events.ts';
import { evolveCase, evolveReferral, unreadCase, unreadReferral, type AppointReads } from './reads.ts';
import type { Rule } from './refusals.ts';
import { idOfReferral } from './succession.ts';
import { criminalReferralsView } from './views/criminal-referrals.ts';

const HANDLERS: readonly Role[] = ['officer', 'enforcement'];

/** A step on a referral that was begun. */
const step = <Command extends object>(
  action: string,
  command: CommandClass<Command>,
  rule: Rule<Command>,
  summary: string,
  roles: readonly Role[] = HANDLERS,
) => commandRow<Command, CriminalReferralState>({ action, command, decide: rule, roles, summary });

/** Criminal referral (行刑衔接), whole: `POST /v1/criminal-referrals…`, `GET /v1/criminal-referrals…`. */
export const criminalReferralsTable: ContextTable<CriminalReferralState> = {
  collection: 'criminal-referrals',
  category: 'crimref',
  title: 'criminal referral',
  schemas: criminalReferralSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedCriminalReferralEvent),
  // Like the case it comes from, it is reached by no key that is bound to a subject.
  scopeOf: (state) => ({ region: state.status === 'none' ? null : state.handlingRegion, subject: null }),
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<commands.AppointReferralTeam, CriminalReferralState, AppointReads>({
      action: 'appoint-team',
      command: commands.AppointReferralTeam,
      decide: decide.appointTeam,
      roles: HANDLERS,
      summary: 'Appoint the team that looks into referring a suspected crime (专案组)',
      creates: true,
      id: ({ caseId, afterReferralId }) => idOfReferral(caseId, afterReferralId),
      scope: (_, { enforcementCase }) => ({ region: enforcementCase?.matter?.handlingRegion ?? null, subject: null }),
      correlation: (_command, _state, _id, { enforcementCase }) => enforcementCase?.matter?.disputeId ?? null,
      reads: {
        enforcementCase: { stream: ({ caseId }) => `case-${caseId}`, initial: unreadCase, evolve: evolveCase },
        before: {
          stream: ({ afterReferralId }) => (afterReferralId === undefined ? null : `crimref-${afterReferralId}`),
          initial: unreadReferral,
          evolve: evolveReferral,
        },
      },
    }),
    step(
      'submit-report',
      commands.SubmitReferralReport,
      decide.submitReport,
      'Report to the head on referring the case',
    ),
    step('approve', commands.ApproveReferral, decide.approve, 'Approve the referral, as the head', HEAD_ONLY),
    commandRow<commands.DisapproveReferral, CriminalReferralState>({
      action: 'disapprove',
      command: commands.DisapproveReferral,
      decide: decide.disapprove,
      roles: HEAD_ONLY,
      summary: 'Not approve the referral, as the head, with the reason',
      personal: { reason: { text: ['reason'] } },
    }),
    step('transfer', commands.TransferToPolice, decide.transfer, 'Transfer the case to the police (移送)'),
    step(
      'record-receipt',
      commands.RecordPoliceReceipt,
      decide.recordReceipt,
      'Write down that the police have signed for it',
    ),
    step(
      'record-reroute',
      commands.RecordPoliceReroute,
      decide.recordReroute,
      'Write down that it was sent on to the competent police',
    ),
    step(
      'record-filing',
      commands.RecordPoliceFiling,
      decide.recordFiling,
      'Write down the notice that the police have filed (立案)',
    ),
    step(
      'record-declining',
      commands.RecordPoliceDeclining,
      decide.recordDeclining,
      'Write down the notice that the police do not file (不予立案)',
    ),
    step(
      'request-reconsideration',
      commands.RequestReconsideration,
      decide.requestReconsideration,
      'Ask the police to reconsider (提请复议)',
    ),
    step(
      'record-reconsideration',
      commands.RecordReconsideration,
      decide.recordReconsideration,
      'Write down what the police have decided on reconsideration',
    ),
    step(
      'request-supervision',
      commands.RequestFilingSupervision,
      decide.requestSupervision,
      'Ask the procuratorate to supervise the filing (建议立案监督)',
    ),
    step(
      'record-supervision',
      commands.RecordFilingSupervision,
      decide.recordSupervision,
      'Write down what the supervision came to',
    ),
    step(
      'hand-over',
      commands.HandOverMaterials,
      decide.handOver,
      'Hand over items and materials to the police (移交)',
    ),
    step(
      'verify-late-entry',
      commands.VerifyCriminalReferralLateEntry,
      decide.verifyLateEntry,
      'Verify, as a second person, that what was entered after a deadline had been done before it',
      [...HANDLERS, 'head'],
    ),
  ],
  processCommands: [
    commandRow<AmendDeadline, CriminalReferralState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: decide.amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => criminalReferralClockChanges(event as RecordedCriminalReferralEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: criminalReferralsView,
      filters: { handlingRegion: 'handlingRegion', status: 'status', caseId: 'caseId' },
      sort: { field: 'appointedAt', order: 'desc' },
      roles: REPORT_READERS,
      isGuarded: true,
      summary: 'Criminal referrals, newest first',
      scopeOf: ({ handlingRegion }) => ({ region: handlingRegion, subject: null }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: { reason: 'reason' },
    }),
  ],
};
