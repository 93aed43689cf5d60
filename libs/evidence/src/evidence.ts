import type { Role } from '#access';
import { Failure } from '#kernel';
import { REPORT_READERS } from '#reports/events';
import type { Audience, EvidenceEvents, RecordedEvidenceEvent } from './events.ts';

export type Evidence =
  | { readonly status: 'none' }
  | { readonly status: 'kept' | 'erased'; readonly recorded: EvidenceEvents['EvidenceRecorded'] };

export const initial: Evidence = { status: 'none' };

export function evolve(state: Evidence, event: RecordedEvidenceEvent): Evidence {
  if (event.type === 'EvidenceRecorded') return { status: 'kept', recorded: event.data };
  if (state.status === 'none') throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return { ...state, status: 'erased' };
}

type Kept = Pick<EvidenceEvents['EvidenceRecorded'], 'kind' | 'audience'>;

/** Whom it is for. Proof of who somebody is goes to no other party, also where it was recorded so. */
export function audienceOf({ kind, audience }: Kept): Audience {
  return kind === 'identity' && audience === 'parties' ? 'authority' : audience;
}

/** Whether it tells of a report, or of who made it (S1 Art. 37). */
export function isOfReports(recorded: Kept): boolean {
  return audienceOf(recorded) === 'report-handlers';
}

const AUTHORITIES: readonly Role[] = ['hotline', 'officer', 'mediator', 'court', 'enforcement', 'auditor'];

/** To other roles it is not there: that there is such a file would tell that somebody handed it in. */
export function readersOf(recorded: Kept): readonly Role[] | undefined {
  switch (audienceOf(recorded)) {
    case 'parties':
      return undefined;
    case 'authority':
      return AUTHORITIES;
    case 'report-handlers':
      return REPORT_READERS;
  }
}
