import { normaliseUscc } from '#kernel';
import { commandRow, viewRow, type ContextTable } from '#service';
import { IdentifyRespondent, OpenDispute } from './commands.ts';
import { identifyRespondent, openDispute } from './decide.ts';
import { evolve, initial, type Dispute } from './dispute.ts';
import { disputeSchemas } from './events.ts';
import { disputes, type DisputeDocument } from './views/disputes.ts';

export const disputesTable: ContextTable<Dispute> = {
  collection: 'disputes',
  category: 'dispute',
  title: 'dispute',
  schemas: disputeSchemas,
  initial,
  evolve,
  scopeOf: (state) =>
    state.status === 'empty'
      ? { region: null, subject: null }
      : { region: state.respondentRegion, subject: state.respondentUscc },
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
        complainant: { name: 'complainantName', phone: 'complainantPhone' },
        respondent: { name: 'respondentName' },
      },
      correlation: (_command, _state, id) => id,
    }),
    commandRow<IdentifyRespondent, Dispute>({
      action: 'identify-respondent',
      command: IdentifyRespondent,
      decide: identifyRespondent,
      roles: ['hotline', 'officer'],
      summary: 'Write down who the respondent is, or that it is another one',
      correlation: (_command, _state, id) => id,
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
      },
      sort: { field: 'openedAt', order: 'desc' },
      // Not the merchant: tickets behind a dispute may be reports, whose authors it must not learn of (S1 Art. 37).
      roles: ['hotline', 'officer', 'mediator', 'enforcement', 'auditor'],
      summary: 'Disputes with their tickets, negotiations and complaints, newest first',
      scopeOf: (doc) => ({ region: doc.respondentRegion, subject: doc.respondentUscc }),
      streamsOf: (doc, key) => [
        `dispute-${key}`,
        ...doc.workOrders.map(({ id }) => `workOrder-${id}`),
        ...doc.negotiations.map(({ id }) => `negotiation-${id}`),
        ...doc.complaints.map(({ id }) => `complaint-${id}`),
      ],
      personal: { complainant: 'complainant', respondent: 'respondent' },
    }),
  ],
};
