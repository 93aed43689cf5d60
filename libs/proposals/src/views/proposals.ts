import { Failure, formatInstant, idOf, unreachable, type RecordedEvent } from '#kernel';
import type { Projection } from '#read-models';
import { proposalSchemas, type DismissalReason, type ProposalEvents, type RecordedProposalEvent } from '../events.ts';

/** A proposal as it stands: the list of what somebody may or should do next. Key: `{kind}.{stream of the object}`. */
export interface ProposalDocument extends Readonly<ProposalEvents['ProposalMade']> {
  readonly status: 'open' | 'taken' | 'withdrawn' | 'dismissed';
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly dismissedFor: DismissalReason | null;
}

export const proposalsView: Projection<ProposalDocument> = {
  name: 'proposals',
  version: 1,
  types: Object.keys(proposalSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event),
  indexes: {
    newest: ['madeAt'],
    byStatus: ['status', 'madeAt'],
    byRegion: ['region', 'status', 'madeAt'],
    byDispute: ['disputeId', 'madeAt'],
  },
};

function evolve(doc: ProposalDocument | undefined, recorded: RecordedEvent): ProposalDocument {
  const event = recorded as RecordedProposalEvent;
  const at = formatInstant(event.occurredAt);
  if (event.type === 'ProposalMade')
    return { ...event.data, status: 'open', madeAt: at, endedAt: null, dismissedFor: null };
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'ProposalTaken':
      return { ...doc, status: 'taken', endedAt: at };
    case 'ProposalWithdrawn':
      return { ...doc, status: 'withdrawn', endedAt: at };
    case 'ProposalDismissed':
      return { ...doc, status: 'dismissed', endedAt: at, dismissedFor: event.data.reason };
    default:
      return unreachable(event);
  }
}
