import { formatInstant, idOf, unreachable } from '#kernel';
import type { Projection } from '#read-models';
import { allottedAfter, totalAllotted, type SchemeStatus } from '../advance-scheme.ts';
import { advanceSchemeSchemas, type AdvanceSchemeEvents, type RecordedAdvanceSchemeEvent } from '../scheme-events.ts';
import type { StandstillReason } from '../station-events.ts';

/** A scheme of advance compensation (先行赔付) as it stands. Instants are ISO 8601 UTC, money is fen. */
export interface AdvanceSchemeDocument extends Readonly<AdvanceSchemeEvents['AdvanceSchemeOpened']> {
  readonly status: SchemeStatus;
  readonly since: string;
  readonly openedAt: string;
  readonly reason: StandstillReason | null;
  readonly members: readonly string[];
  /** Set aside and not released, by negotiation, and in all. */
  readonly allotted: Readonly<Record<string, number>>;
  readonly allottedFen: number;
}

export const advanceSchemes: Projection<AdvanceSchemeDocument> = {
  name: 'advance-schemes',
  version: 1,
  types: Object.keys(advanceSchemeSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, event) => evolve(doc, event as RecordedAdvanceSchemeEvent),
  indexes: {
    since: ['since'],
    region: ['region', 'since'],
    status: ['status', 'since'],
    operator: ['operatorUscc', 'since'],
  },
};

function evolve(doc: AdvanceSchemeDocument | undefined, event: RecordedAdvanceSchemeEvent): AdvanceSchemeDocument {
  const since = formatInstant(event.occurredAt);
  if (event.type === 'AdvanceSchemeOpened') {
    const begun = { status: 'active', since, openedAt: since, reason: null } as const;
    return { ...event.data, ...begun, members: [], allotted: {}, allottedFen: 0 };
  }
  if (doc === undefined) throw new Error(`${event.type} before AdvanceSchemeOpened in ${event.stream}`);
  switch (event.type) {
    case 'AdvanceSchemeMemberAdmitted':
      return { ...doc, members: [...doc.members, event.data.uscc] };
    case 'AdvanceSchemeMemberReleased':
      return { ...doc, members: doc.members.filter((uscc) => uscc !== event.data.uscc) };
    case 'AdvanceAllotted':
    case 'AdvanceAllotmentReleased': {
      const allotted = allottedAfter(doc.allotted, event);
      return { ...doc, allotted, allottedFen: totalAllotted(allotted) };
    }
    case 'AdvanceSchemeSuspended':
      return { ...doc, status: 'suspended', since, reason: event.data.reason };
    case 'AdvanceSchemeResumed':
      return { ...doc, status: 'active', since, reason: null };
    case 'AdvanceSchemeClosed':
      return { ...doc, status: 'closed', since, reason: event.data.reason };
    default:
      return unreachable(event);
  }
}
