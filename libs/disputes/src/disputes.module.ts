import type { Scope } from '#access';
import { normaliseUscc } from '#kernel';
import { commandRow, viewRow, type ContextTable } from '#service';
import {
  AcceptHandOff,
  AssignFirstInquiry,
  ChooseRepresentatives,
  ConfirmRepeat,
  DeclineHandOff,
  IdentifyRespondent,
  JoinComplainant,
  MergeInto,
  OfferHandOff,
  OpenDispute,
  RecordRepresentedConsent,
  Unmerge,
} from './commands.ts';
import { acceptHandOff, assignFirstInquiry, declineHandOff, offerHandOff } from './decide-first-inquiry.ts';
import { chooseRepresentatives, joinComplainant, recordRepresentedConsent } from './decide-joint.ts';
import { mergeInto, unmerge } from './decide-merging.ts';
import { confirmRepeat, identifyRespondent, openDispute } from './decide.ts';
import { evolve, initial, type Dispute } from './dispute.ts';
import { disputeSchemas } from './events.ts';
import { openHandOff } from './first-inquiry.ts';
import { evolveOther, evolveReceipt, unreadOther, unreadReceipt, type MergeReads, type RepeatReads } from './reads.ts';
import { answered, streamsOf } from './views/answer.ts';
import { disputes, type DisputeDocument } from './views/disputes.ts';

type Placed = Pick<DisputeDocument, 'respondentRegion' | 'respondentUscc'>;

function scopeIn({ respondentRegion: region, respondentUscc: subject }: Placed, others: readonly string[]): Scope {
  const alsoIn = others.filter((other) => other !== region);
  return { region, subject, ...(alsoIn.length === 0 ? {} : { alsoIn }) };
}

/** Of the body that answers for it (首问责任), wherever the respondent is. */
function responsibleRegion(dispute: Dispute | DisputeDocument): readonly string[] {
  if ('status' in dispute && dispute.status === 'empty') return [];
  return dispute.firstInquiry === null ? [] : [dispute.firstInquiry.responsible.region];
}

/** Of the body that it was offered to, while that has not answered. */
function offeredRegion(dispute: Dispute | DisputeDocument): readonly string[] {
  if ('status' in dispute && dispute.status === 'empty') return [];
  const open = openHandOff(dispute.firstInquiry);
  return open === undefined ? [] : [open.to.region];
}

const ownId = (_command: unknown, _state: unknown, id: string): string => id;

export const disputesTable: ContextTable<Dispute> = {
  collection: 'disputes',
  category: 'dispute',
  title: 'dispute',
  schemas: disputeSchemas,
  initial,
  evolve,
  scopeOf: (state) =>
    state.status === 'empty' ? { region: null, subject: null } : scopeIn(state, responsibleRegion(state)),
  commands: [
    commandRow<OpenDispute, Dispute>({
      action: 'open',
      command: OpenDispute,
      decide: openDispute,
      roles: ['hotline', 'officer', 'public'],
      summary: 'Open a dispute, to which tickets, negotiations and complaints then refer',
      creates: true,
      scope: ({ respondentRegion, respondentUscc }) => ({
        region: respondentRegion,
        subject: respondentUscc === undefined ? null : (normaliseUscc(respondentUscc) ?? null),
      }),
      personal: {
        complainant: {
          name: 'complainantName',
          phone: 'complainantPhone',
          text: ['content'],
          likeness: 'content',
        },
        respondent: { name: 'respondentName' },
      },
      correlation: ownId,
    }),
    commandRow<IdentifyRespondent, Dispute>({
      action: 'identify-respondent',
      command: IdentifyRespondent,
      decide: identifyRespondent,
      roles: ['hotline', 'officer'],
      summary: 'Write down who the respondent is, or that it is another one',
      correlation: ownId,
    }),
    commandRow<MergeInto, Dispute, MergeReads>({
      action: 'merge-into',
      command: MergeInto,
      decide: mergeInto,
      roles: ['officer'],
      summary: 'Find that it is the same dispute as another one (并案), which is counted for both',
      personal: { reason: { text: ['reason'] } },
      correlation: ownId,
      reads: {
        primary: { stream: ({ primary }) => `dispute-${primary}`, initial: unreadOther, evolve: evolveOther },
        complaint: {
          stream: ({ complaintId }) => (complaintId === undefined ? null : `complaint-${complaintId}`),
          initial: unreadReceipt,
          evolve: evolveReceipt,
        },
        primaryComplaint: {
          stream: ({ primaryComplaintId: id }) => (id === undefined ? null : `complaint-${id}`),
          initial: unreadReceipt,
          evolve: evolveReceipt,
        },
      },
    }),
    commandRow<Unmerge, Dispute>({
      action: 'unmerge',
      command: Unmerge,
      decide: unmerge,
      roles: ['officer'],
      summary: 'Find that it is another dispute after all: it stands for itself again, as it was',
      personal: { reason: { text: ['reason'] } },
      correlation: ownId,
    }),
    commandRow<JoinComplainant, Dispute>({
      action: 'join-complainant',
      command: JoinComplainant,
      decide: joinComplainant,
      roles: ['hotline', 'officer'],
      summary: 'Let one more complain of it (共同投诉)',
      personal: { complainant: { name: 'complainantName', phone: 'complainantPhone', address: 'complainantAddress' } },
      correlation: ownId,
    }),
    commandRow<ChooseRepresentatives, Dispute>({
      action: 'choose-representatives',
      command: ChooseRepresentatives,
      decide: chooseRepresentatives,
      roles: ['hotline', 'officer'],
      summary: 'Write down the one or two who act for all who complain (代表人)',
      correlation: ownId,
    }),
    commandRow<RecordRepresentedConsent, Dispute>({
      action: 'record-represented-consent',
      command: RecordRepresentedConsent,
      decide: recordRepresentedConsent,
      roles: ['officer', 'mediator'],
      summary: 'Write down who of the represented consents to a change, a waiver, an agreement or a withdrawal',
      correlation: ownId,
    }),
    commandRow<AssignFirstInquiry, Dispute>({
      action: 'assign-first-inquiry',
      command: AssignFirstInquiry,
      decide: assignFirstInquiry,
      roles: ['hotline', 'officer'],
      summary: 'Write down the body that took it up first and answers for it (首问责任)',
      correlation: ownId,
    }),
    commandRow<OfferHandOff, Dispute>({
      action: 'offer-hand-off',
      command: OfferHandOff,
      decide: offerHandOff,
      roles: ['hotline', 'officer'],
      summary: 'Offer the dispute to another body, which answers for it once it has accepted',
      personal: { reason: { text: ['reason'] } },
      correlation: ownId,
    }),
    commandRow<AcceptHandOff, Dispute>({
      action: 'accept-hand-off',
      command: AcceptHandOff,
      decide: acceptHandOff,
      roles: ['hotline', 'officer', 'mediator'],
      invites: offeredRegion,
      summary: 'Accept a dispute that was offered: from now on this body answers for it',
      correlation: ownId,
    }),
    commandRow<DeclineHandOff, Dispute>({
      action: 'decline-hand-off',
      command: DeclineHandOff,
      decide: declineHandOff,
      roles: ['hotline', 'officer', 'mediator'],
      invites: offeredRegion,
      summary: 'Decline a dispute that was offered: responsibility stays where it was',
      personal: { reason: { text: ['reason'] } },
      correlation: ownId,
    }),
    commandRow<ConfirmRepeat, Dispute, RepeatReads>({
      action: 'confirm-repeat',
      command: ConfirmRepeat,
      decide: confirmRepeat,
      roles: ['hotline', 'officer'],
      summary: 'Find that it complains again of what an earlier dispute was about (重复投诉)',
      correlation: ownId,
      reads: {
        earlier: { stream: ({ earlier }) => `dispute-${earlier}`, initial: unreadOther, evolve: evolveOther },
      },
    }),
  ],
  views: [
    viewRow<DisputeDocument>({
      projection: disputes,
      filters: {
        respondentUscc: 'respondentUscc',
        respondentRegion: 'respondentRegion',
        channel: 'channel',
        stage: 'stage',
        resolvedBy: 'resolvedBy',
        mergedInto: 'mergedInto',
      },
      sort: { field: 'openedAt', order: 'desc' },
      // Not the merchant: tickets behind a dispute may be reports, whose authors it must not learn of (S1 Art. 37).
      roles: ['hotline', 'officer', 'mediator', 'enforcement', 'auditor'],
      summary: 'Disputes with their tickets, negotiations and complaints, newest first',
      scopeOf: (doc) => scopeIn(doc, [...responsibleRegion(doc), ...offeredRegion(doc)]),
      toldWith: ({ merged }) => merged,
      answer: answered,
      streamsOf,
      personal: {
        complainant: 'complainant',
        respondent: 'respondent',
        'complainants.complainant': 'complainants.complainant',
        'mergers.reason': 'mergers.reason',
        'mergers.unmergedFor': 'mergers.unmergedFor',
        'handOffs.reason': 'handOffs.reason',
        'handOffs.refusalReason': 'handOffs.refusalReason',
      },
    }),
  ],
};
