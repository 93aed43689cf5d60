import { formatInstant, idOf, unreachable, type LocalDate, type RecordedEvent } from '#kernel';
import type { Projection } from '#read-models';
import { subjectSchemas, type RecordedSubjectEvent } from '../events.ts';
import { channelStatusAfter, type GreenChannelStatus } from '../subject.ts';

export interface SubjectDocument {
  readonly uscc: string;
  readonly name: string;
  readonly region: string;
  readonly sector: string | null;
  readonly operatingSince: LocalDate | null;
  readonly registeredAt: string;
  /** How its green channel stands, and since when (ISO 8601 UTC; null where it never had one). */
  readonly greenChannel: GreenChannelStatus;
  readonly greenChannelSince: string | null;
  /** Names it had before, oldest first, each with the instant of the change (ISO 8601 UTC). */
  readonly previousNames: readonly { readonly name: string; readonly until: string }[];
}

export const subjects: Projection<SubjectDocument> = {
  name: 'subjects',
  version: 2,
  types: Object.keys(subjectSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event),
  indexes: {
    name: ['name'],
    region: ['region', 'name'],
    regionSector: ['region', 'sector', 'name'],
    sector: ['sector', 'name'],
    greenChannel: ['greenChannel', 'name'],
  },
};

function evolve(doc: SubjectDocument | undefined, recorded: RecordedEvent): SubjectDocument {
  const event = recorded as RecordedSubjectEvent;
  const at = formatInstant(event.occurredAt);
  if (event.type === 'SubjectRegistered') {
    return { ...event.data, registeredAt: at, greenChannel: 'none', greenChannelSince: null, previousNames: [] };
  }
  if (doc === undefined) throw new Error(`${event.type} before SubjectRegistered in ${event.stream}`);
  switch (event.type) {
    case 'SubjectRenamed': {
      const { name, previousName } = event.data;
      return { ...doc, name, previousNames: [...doc.previousNames, { name: previousName, until: at }] };
    }
    case 'GreenChannelOpened':
    case 'GreenChannelSuspended':
    case 'GreenChannelResumed':
    case 'GreenChannelClosed':
      return { ...doc, greenChannel: channelStatusAfter(event.type), greenChannelSince: at };
    default:
      return unreachable(event);
  }
}
