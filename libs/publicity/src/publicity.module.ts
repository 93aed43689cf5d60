import { ROLES } from '#access';
import { regions } from '#regions';
import { AmendDeadline, clockAnswers, commandRow, viewRow } from '#service';
import type { CommandRow, ContextTable } from '#service';
import { publicationClockChanges } from './clocks.ts';
import * as given from './commands.ts';
import { amendDeadline, verifyLateEntry } from './decide-clocks.ts';
import { correct, decideObjection, expire, raiseObjection, withdraw } from './decide-published.ts';
import { checkConsent, exclude, plan, planAfterClosing, publish, redact } from './decide-queue.ts';
import { PROBLEM_CATEGORIES, publicationOf, publicationSchemas, type RecordedPublicationEvent } from './events.ts';
import { evolve, initial, type PublicationState } from './publication.ts';
import {
  evolveComplaint,
  evolveSubject,
  unreadComplaint,
  unreadSubject,
  type PlanReads,
  type ShowReads,
} from './reads.ts';
import { addressOf } from './shown.ts';
import { publicationQueueView } from './views/publication-queue.ts';
import { publicationsView } from './views/publications.ts';

const complaint = { initial: unreadComplaint, evolve: evolveComplaint };
const complaintOf = (_: object, state: PublicationState) =>
  state.status === 'none' ? null : `complaint-${state.complaintId}`;
const readsOfComplaint = { complaint: { ...complaint, stream: complaintOf } };
const readsOfShown = {
  ...readsOfComplaint,
  subject: {
    stream: (_: object, state: PublicationState) =>
      state.status === 'none' || state.respondentUscc === null ? null : `subject-${state.respondentUscc}`,
    initial: unreadSubject,
    evolve: evolveSubject,
  },
};

/** What a publication is begun with, by a person or a process. */
const planning = {
  creates: true,
  id: ({ complaintId }) => publicationOf(complaintId),
  scope: (_, { complaint: read }) => ({ region: read?.handlingRegion ?? null, subject: read?.respondentUscc ?? null }),
  authority: (_, { complaint: read }) => read?.authority ?? null,
  correlation: (_command, _state, _id, { complaint: read }) => read?.disputeId ?? null,
  reads: { complaint: { ...complaint, stream: ({ complaintId }) => `complaint-${complaintId}` } },
} satisfies Partial<CommandRow<given.PlanPublication, PublicationState, PlanReads>>;

/** Publicity of complaint information (投诉信息公示), whole: `POST /v1/publications…`, `GET /v1/publications…`. */
export const publicationsTable: ContextTable<PublicationState> = {
  collection: 'publications',
  category: 'publication',
  title: 'publication',
  schemas: publicationSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedPublicationEvent),
  scopeOf: (state) =>
    state.status === 'none'
      ? { region: null, subject: null }
      : { region: state.handlingRegion, subject: state.respondentUscc },
  correlationOf: (state) => (state.status === 'none' ? null : state.disputeId),
  commands: [
    commandRow<given.PlanPublication, PublicationState, PlanReads>({
      action: 'plan',
      command: given.PlanPublication,
      decide: plan,
      roles: ['officer'],
      summary: 'Put a closed complaint into the queue of what is to be published',
      ...planning,
    }),
    commandRow<given.CheckPublicationConsent, PublicationState>({
      action: 'check-consent',
      command: given.CheckPublicationConsent,
      decide: checkConsent,
      roles: ['officer'],
      summary: 'Write down whether the complainant agrees to publicity (是否同意公示)',
    }),
    commandRow<given.ExcludePublication, PublicationState>({
      action: 'exclude',
      command: given.ExcludePublication,
      decide: exclude,
      roles: ['officer'],
      summary: 'Decide that the complaint is not published (不予公示)',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<given.RedactPublication, PublicationState, ShowReads>({
      action: 'redact',
      command: given.RedactPublication,
      decide: redact,
      roles: ['officer'],
      summary: 'Say what is to be shown, redacted (脱敏)',
      personal: { summary: { text: ['summary'] } },
      reads: readsOfShown,
    }),
    commandRow<given.PublishComplaint, PublicationState, PlanReads>({
      action: 'publish',
      command: given.PublishComplaint,
      decide: publish,
      roles: ['officer'],
      summary: 'Publish what was redacted',
      reads: readsOfComplaint,
    }),
    commandRow<given.RaisePublicationObjection, PublicationState>({
      action: 'object',
      command: given.RaisePublicationObjection,
      decide: raiseObjection,
      roles: ['hotline', 'officer', 'merchant'],
      summary: 'Write down that a party objects to the publication (异议)',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<given.DecidePublicationObjection, PublicationState>({
      action: 'decide-objection',
      command: given.DecidePublicationObjection,
      decide: decideObjection,
      roles: ['officer'],
      summary: 'Decide on an objection; one that is upheld withdraws the publication',
      personal: { reason: { text: ['reason'] } },
    }),
    commandRow<given.CorrectPublication, PublicationState, ShowReads>({
      action: 'correct',
      command: given.CorrectPublication,
      decide: correct,
      roles: ['officer'],
      summary: 'Show something else from now on (更正)',
      personal: { reason: { text: ['reason'] }, summary: { text: ['summary'] } },
      reads: readsOfShown,
    }),
    commandRow<given.WithdrawPublication, PublicationState>({
      action: 'withdraw',
      command: given.WithdrawPublication,
      decide: withdraw,
      roles: ['officer'],
      summary: 'Take the publication back before its time (撤下)',
      personal: { note: { text: ['note'] } },
    }),
    commandRow<given.VerifyPublicationLateEntry, PublicationState>({
      action: 'verify-late-entry',
      command: given.VerifyPublicationLateEntry,
      decide: verifyLateEntry,
      roles: ['officer'],
      summary: 'Verify, as a second person, that what was entered after a deadline had been done before it',
    }),
  ],
  processCommands: [
    commandRow<given.PlanAfterClosing, PublicationState, PlanReads>({
      action: 'plan-after-closing',
      command: given.PlanAfterClosing,
      decide: planAfterClosing,
      roles: [],
      summary: 'Put a complaint into the queue as it was closed, where the place has a rule for publicity',
      ...planning,
    }),
    commandRow<given.ExpirePublication, PublicationState>({
      action: 'expire',
      command: given.ExpirePublication,
      decide: expire,
      roles: [],
      summary: 'Note that the time of the publication is over',
    }),
    commandRow<AmendDeadline, PublicationState>({
      action: 'amend-deadline',
      command: AmendDeadline,
      decide: amendDeadline,
      roles: [],
      summary: 'Read a clock again, as the calendar was amended',
    }),
  ],
  clocks: {
    changesOf: (event) => publicationClockChanges(event as RecordedPublicationEvent),
    of: (state) => (state.status === 'none' ? {} : state.clocks),
  },
  views: [
    viewRow({
      projection: publicationsView,
      filters: { uscc: 'respondentUscc', problem: 'problem', district: 'addressRegion' },
      narrowings: {
        region: {
          description: 'a region code: the region and those within it',
          of: (code) =>
            /^\d{6}$/.test(code) ? { isShown: ({ addressRegion }) => regions.covers(code, addressRegion) } : undefined,
        },
      },
      sort: { field: 'publishedAt', order: 'desc' },
      roles: ROLES,
      summary: `Complaints that are published now, newest first. Problems: ${PROBLEM_CATEGORIES.join(', ')}`,
      scopeOf: ({ addressRegion, respondentUscc }) => ({ region: addressRegion, subject: respondentUscc }),
      isEverybodys: true,
      // How it came to be published is for those who handle it.
      streamsOf: () => [],
      answer: (doc) => ({ ...doc, address: addressOf(doc.addressRegion) }),
      personal: { summary: 'summary' },
    }),
  ],
};

/** The same publications as those see them who handle them: `GET /v1/publication-queue`. Commands and events are theirs. */
export const publicationQueueTable: ContextTable<PublicationState> = {
  ...publicationsTable,
  collection: 'publication-queue',
  schemas: {},
  commands: [],
  views: [
    viewRow({
      projection: publicationQueueView,
      filters: {
        handlingRegion: 'handlingRegion',
        respondentUscc: 'respondentUscc',
        status: 'status',
        disputeId: 'disputeId',
        complaintId: 'complaintId',
      },
      sort: { field: 'closedOn', order: 'asc' },
      roles: ['officer', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Complaints to be published and what became of them, the longest closed first',
      scopeOf: (doc) => ({ region: doc.handlingRegion, subject: doc.respondentUscc }),
      answer: (doc, moment) => ({ ...doc, clocks: clockAnswers(doc.clocks, moment) }),
      personal: {
        note: 'note',
        'shown.summary': 'shown.summary',
        'objections.reason': 'objections.reason',
        'objections.answer': 'objections.answer',
      },
    }),
  ],
};
