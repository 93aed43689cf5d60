import { commandRow, viewRow, type ContextTable } from '#service';
import { DismissProposal, MakeProposal, TakeProposal, WithdrawProposal } from './commands.ts';
import { dismiss, make, take, withdraw } from './decide.ts';
import { proposalSchemas, type RecordedProposalEvent } from './events.ts';
import { evolve, initial, type Proposal } from './proposal.ts';
import { proposalsView, type ProposalDocument } from './views/proposals.ts';

/** What may or should be done next: `GET /v1/proposals`. Processes make them, people take them up or dismiss them. */
export const proposalsTable: ContextTable<Proposal> = {
  collection: 'proposals',
  category: 'proposal',
  title: 'proposal',
  schemas: proposalSchemas,
  initial,
  evolve: (state, event) => evolve(state, event as RecordedProposalEvent),
  scopeOf: (state) =>
    state.status === 'none'
      ? { region: null, subject: null }
      : { region: state.made.region, subject: state.made.respondentUscc },
  correlationOf: (state) => (state.status === 'none' ? null : state.made.disputeId),
  commands: [
    commandRow<DismissProposal, Proposal>({
      action: 'dismiss',
      command: DismissProposal,
      decide: dismiss,
      roles: ['hotline', 'officer', 'mediator', 'enforcement'],
      summary: 'Dismiss a proposal, with the reason',
    }),
  ],
  processCommands: [
    commandRow<MakeProposal, Proposal>({
      action: 'make',
      command: MakeProposal,
      decide: make,
      roles: [],
      summary: 'Propose what one procedure makes possible or necessary in another',
      creates: true,
      scope: ({ made }) => ({ region: made.region, subject: made.respondentUscc }),
      correlation: ({ made }) => made.disputeId,
    }),
    commandRow<TakeProposal, Proposal>({
      action: 'take',
      command: TakeProposal,
      decide: take,
      roles: [],
      summary: 'What was proposed was done',
    }),
    commandRow<WithdrawProposal, Proposal>({
      action: 'withdraw',
      command: WithdrawProposal,
      decide: withdraw,
      roles: [],
      summary: 'What gave rise to it turned out otherwise',
    }),
  ],
  views: [
    viewRow<ProposalDocument>({
      projection: proposalsView,
      filters: { status: 'status', kind: 'kind', region: 'region', disputeId: 'disputeId', object: 'object' },
      sort: { field: 'madeAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'enforcement', 'auditor'],
      summary: 'What may or should be done next, newest first',
      scopeOf: ({ region, respondentUscc }) => ({ region, subject: respondentUscc }),
    }),
  ],
};
