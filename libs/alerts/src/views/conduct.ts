import type { ComplaintEvents } from '#complaints/events';
import { idOf, type RecordedEvent } from '#kernel';
import type { Counted } from './alerts.ts';

/** What may make an authority look better than it is (T-32), each a share of what it did. */
export const CONDUCT_KINDS = [
  /** 重新办理: concluded, and opened again. */
  'reopened',
  /** 拆分: letters taken apart. */
  'split',
  /** 临期转出: sent away just before the decision on acceptance was due. */
  'left-late',
  /** 认定恶意投诉. */
  'malicious',
  /** 撤回投诉. */
  'withdrawn',
] as const;
export type ConductKind = (typeof CONDUCT_KINDS)[number];

export const conductTypes: readonly string[] = [
  'ComplaintConcluded',
  'ComplaintReopened',
  'ComplaintReturnedToIntake',
  'ComplaintTransferredOut',
  'WorkOrderClassified',
  'WorkOrderSplit',
];

/** Of no consumer, of a fabricated or malicious claim: what the figures take out as X-MAL. */
const MALICIOUS: readonly (string | null)[] = ['16(3)', '16(5)', '16(6)', '42'];

export interface Conduct {
  readonly key: string;
  readonly counted: Omit<Counted, 'day'>;
}

/** What an event adds to the counts of an authority; of its region where no authority is named, and of neither nothing. */
export function conductOf(event: RecordedEvent): readonly Conduct[] {
  const { type, stream } = event;
  const holder = event.authority ?? event.region;
  const share = (
    kind: ConductKind,
    of: string | null,
    counts: boolean,
    due: string | null = null,
  ): readonly Conduct[] =>
    of === null ? [] : [{ key: `${kind}:${of}`, counted: counting(counts, 1, due, idOf(stream)) }];
  switch (type) {
    case 'ComplaintConcluded': {
      const { result, disqualification } = event.data as ComplaintEvents['ComplaintConcluded'];
      return [
        ...share('reopened', holder, false),
        ...share('malicious', holder, MALICIOUS.includes(disqualification)),
        ...share('withdrawn', holder, result === 'withdrawn'),
      ];
    }
    case 'ComplaintReopened':
      // It was concluded once already, and counted then.
      return holder === null ? [] : [{ key: `reopened:${holder}`, counted: counting(true, 0, null, idOf(stream)) }];
    case 'ComplaintReturnedToIntake': {
      const { authority, acceptanceDue = null } = event.data as ComplaintEvents['ComplaintReturnedToIntake'];
      return share('left-late', authority, acceptanceDue !== null, acceptanceDue);
    }
    case 'ComplaintTransferredOut': {
      const { fromAuthority, basis, acceptanceDue = null } = event.data as ComplaintEvents['ComplaintTransferredOut'];
      // What the intake body sends on was given back before, and counted then.
      return basis === 'intake' ? [] : share('left-late', fromAuthority, acceptanceDue !== null, acceptanceDue);
    }
    case 'WorkOrderClassified':
      return share('split', holder, false);
    case 'WorkOrderSplit':
      return holder === null ? [] : [{ key: `split:${holder}`, counted: counting(true, 0, null, idOf(stream)) }];
    default:
      return [];
  }
}

function counting(counts: boolean, of: number, due: string | null, id: string): Conduct['counted'] {
  return { who: null, due, count: counts ? 1 : 0, of, objects: counts ? [id] : [] };
}
