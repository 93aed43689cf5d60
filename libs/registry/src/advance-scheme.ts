import { unreachable, type Instant, type RecordedEvent } from '#kernel';
import type { AdvanceSchemeEvents, RecordedAdvanceSchemeEvent } from './scheme-events.ts';

export const SCHEME_STATUSES = ['active', 'suspended', 'closed'] as const;
export type SchemeStatus = (typeof SCHEME_STATUSES)[number];

/** A scheme of advance compensation (先行赔付): active ⇄ suspended → closed, within its days. */
export type AdvanceScheme =
  | { readonly status: 'empty' }
  | (AdvanceSchemeEvents['AdvanceSchemeOpened'] & {
      readonly status: SchemeStatus;
      /** When the newest step happened: none happens before the one it follows. */
      readonly previousAt: Instant;
      /** Merchants for whom it pays, beside the operator. */
      readonly members: readonly string[];
      /** Fen set aside and not released, by negotiation. */
      readonly allotted: Readonly<Record<string, number>>;
    });

export const initial: AdvanceScheme = { status: 'empty' };

export function evolve(state: AdvanceScheme, recorded: RecordedEvent): AdvanceScheme {
  const event = recorded as RecordedAdvanceSchemeEvent;
  const previousAt = event.occurredAt;
  if (event.type === 'AdvanceSchemeOpened') {
    return { ...event.data, status: 'active', previousAt, members: [], allotted: {} };
  }
  if (state.status === 'empty') throw new Error(`${event.type} before AdvanceSchemeOpened in ${event.stream}`);
  switch (event.type) {
    case 'AdvanceSchemeMemberAdmitted':
      return { ...state, previousAt, members: [...state.members, event.data.uscc] };
    case 'AdvanceSchemeMemberReleased':
      return { ...state, previousAt, members: state.members.filter((uscc) => uscc !== event.data.uscc) };
    case 'AdvanceAllotted':
    case 'AdvanceAllotmentReleased':
      return { ...state, previousAt, allotted: allottedAfter(state.allotted, event) };
    case 'AdvanceSchemeSuspended':
      return { ...state, previousAt, status: 'suspended' };
    case 'AdvanceSchemeResumed':
      return { ...state, previousAt, status: 'active' };
    case 'AdvanceSchemeClosed':
      return { ...state, previousAt, status: 'closed' };
    default:
      return unreachable(event);
  }
}

export function totalAllotted(allotted: Readonly<Record<string, number>>): number {
  return Object.values(allotted).reduce((sum, fen) => sum + fen, 0);
}

/** What is set aside after an allotment or a release; a negotiation with nothing is not named. */
export function allottedAfter(
  allotted: Readonly<Record<string, number>>,
  { type, data }: Extract<RecordedAdvanceSchemeEvent, { type: 'AdvanceAllotted' | 'AdvanceAllotmentReleased' }>,
): Readonly<Record<string, number>> {
  const { [data.negotiationId]: before = 0, ...others } = allotted;
  const after = type === 'AdvanceAllotted' ? before + data.amountFen : before - data.amountFen;
  return after === 0 ? others : { ...others, [data.negotiationId]: after };
}
