import type { RecordedComplaintEvent } from '#complaints/events';
import { complaintClockChanges } from '#complaints/events';
import type { EpochDay, Position, RecordedEvent } from '#kernel';
import { epochDay, epochDayOf, parseInstant } from '#kernel';
import type { Clock } from '#law';
import { evolveClocks, NO_CLOCKS } from '#law';

export type HandlingMetric = 'M-06' | 'M-06b' | 'M-07' | 'M-09';

interface Asked {
  readonly metric: HandlingMetric;
  readonly variant: string;
  /** The day of the question. */
  readonly today: EpochDay;
  readonly upTo: Position;
}

/** How one complaint counts, worked out from all its events at once. */
export interface HandlingCount {
  readonly id: string;
  readonly day: EpochDay;
  /** `1/1`, `0/1`, or the reason of exclusion. */
  readonly verdict: string;
}

interface Data {
  readonly [field: string]: unknown;
}
const dataOf = (event: RecordedEvent | undefined): Data => (event?.data ?? {}) as Data;

export function naiveHandling(events: readonly RecordedEvent[], asked: Asked): HandlingCount[] {
  const known = events.filter(({ position, stream }) => position <= asked.upTo && stream.startsWith('complaint-'));
  return [...new Set(known.map(({ stream }) => stream))].flatMap((stream) => {
    const own = known.filter((event) => event.stream === stream);
    const counted = countOf(own, asked);
    if (counted === undefined) return [];
    const isDue = counted.isOpen ? counted.day < asked.today : counted.day <= asked.today;
    return isDue ? [{ id: stream.slice('complaint-'.length), day: counted.day, verdict: counted.verdict }] : [];
  });
}

interface Counted {
  readonly day: EpochDay;
  readonly verdict: string;
  /** Nothing has come of it: it counts when its day is over. */
  readonly isOpen?: boolean;
}

function countOf(own: readonly RecordedEvent[], { metric, variant }: Asked): Counted | undefined {
  const isMerged = own.findLast(({ type }) => /^Complaint(M|Unm)erged/.test(type))?.type === 'ComplaintMergedInto';
  const what = whatCameOf(own);
  switch (metric) {
    case 'M-06':
    case 'M-06b':
      return handled(own, what, isMerged, metric);
    case 'M-07':
    case 'M-09': {
      const day = variant === 'acceptedBasis' ? receivedOn(own) : what.day;
      if (day === null) return undefined;
      return { day, verdict: isMerged ? 'X-DUP' : verdictOf(what.result, metric, variant) };
    }
  }
}

/** Receipt by the first authority, as corrected before another one received it. */
function receivedOn(own: readonly RecordedEvent[]): EpochDay {
  const transferred = own.findIndex(({ type }) => type === 'ComplaintTransferReceived');
  const atFirst = transferred < 0 ? own : own.slice(0, transferred);
  const corrected = atFirst.findLast(({ data }) => (data as Data)['field'] === 'receivedAt');
  return epochDayOf(corrected === undefined ? own[0]!.occurredAt : parseInstant(dataOf(corrected)['new'] as string)!);
}

/** What came of it last, and when; `again` where it was taken up again after acceptance. */
function whatCameOf(own: readonly RecordedEvent[]): { readonly result: string; readonly day: EpochDay | null } {
  const last = own.findLast(({ type }) => type === 'ComplaintNotAccepted' || type === 'ComplaintConcluded');
  const since = own.slice(last === undefined ? 0 : own.indexOf(last) + 1);
  const isAcceptedSince = since.some(({ type }) => type === 'ComplaintAccepted');
  if (last === undefined) return { result: isAcceptedSince ? 'open' : 'undecided', day: null };
  const wasAccepted = own.slice(0, own.indexOf(last)).some(({ type }) => type === 'ComplaintAccepted');
  const day = epochDayOf(last.occurredAt);
  if (since.some(({ type }) => type === 'ComplaintReopened')) {
    if (wasAccepted) return { result: 'again', day };
    // Declined, then taken up again: it is as if nothing had been decided.
    return isAcceptedSince ? { result: 'open', day: null } : { result: 'undecided', day: null };
  }
  if (last.type === 'ComplaintNotAccepted') return { result: 'declined', day };
  return { result: wasAccepted ? resultOf(dataOf(last)) : 'withdrawn-undecided', day };
}

function resultOf({ result, ground, disqualification, evidence }: Data): string {
  if (result !== 'terminated') return result as string;
  if (ground === '23(1)(1)') return (evidence as string[]).length > 0 ? 'settled' : 'settled-unproven';
  if (ground === '23(1)(7)') return 'ceased';
  if (ground === '23(1)(8)') return 'otherwise';
  if (ground !== '23(1)(6)') return 'terminated';
  return /^(16\([356]\)|42)$/.test(disqualification as string) ? 'malicious' : 'disqualified';
}

const OPEN = ['open', 'again'];

function handled(
  own: readonly RecordedEvent[],
  { result, day: concludedOn }: ReturnType<typeof whatCameOf>,
  isMerged: boolean,
  metric: HandlingMetric,
): Counted | undefined {
  const not = (day: EpochDay, verdict: string): Counted => ({ day, verdict: isMerged ? 'X-DUP' : verdict });
  if (result === 'undecided') {
    const left = leftOn(own);
    return left === undefined ? undefined : not(left, 'X-TR');
  }
  if (result === 'declined') return not(concludedOn!, 'X-NA');
  if (result === 'withdrawn-undecided') return not(concludedOn!, 'X-WD');
  const { day, reason } = dueOf(own);
  if (day === null) return undefined;
  const isOpen = OPEN.includes(result);
  const invalid = metric === 'M-06b' ? { disqualified: 'X-NA', malicious: 'X-MAL' }[result] : undefined;
  return { day, verdict: isMerged ? 'X-DUP' : (invalid ?? reason ?? (isOpen ? '0/1' : '1/1')), isOpen };
}

/** Since when nobody has had it in hand, or another complaint has stood for it. */
function leftOn(own: readonly RecordedEvent[]): EpochDay | undefined {
  const moves = own.filter(({ type }) => /^Complaint(Returned|Transfer|Merged|Unmerged)/.test(type));
  const isBack = ({ type }: RecordedEvent) => type === 'ComplaintTransferReceived' || type === 'ComplaintUnmerged';
  const left = moves[moves.findLastIndex(isBack) + 1];
  return left && epochDayOf(left.occurredAt);
}

/** Deadline of mediation, of the first time that it was mediated and had one. */
function dueOf(own: readonly RecordedEvent[]): { readonly day: EpochDay | null; readonly reason: string | null } {
  const reopenedAt = own.findIndex(({ type }) => type === 'ComplaintReopened');
  const first = reopenedAt < 0 ? own : own.slice(0, reopenedAt);
  const wasMediated = first.some(({ type }) => type === 'ComplaintAccepted');
  const acceptance = own.find(({ type }) => type === 'ComplaintAccepted')!;
  const firstClock = clockOf(wasMediated ? first : [acceptance]);
  const clock = firstClock === undefined || firstClock.undetermined !== null ? clockOf(own) : firstClock;
  if (clock === undefined) return { day: epochDayOf(acceptance.occurredAt), reason: 'X-NO-CLOCK' };
  if (clock.undetermined !== null) return { day: epochDay(clock.from), reason: 'X-NO-DUE' };
  if (clock.due !== null) return { day: epochDay(clock.due), reason: null };
  return { day: clock.completion === null ? null : epochDayOf(clock.completion.occurredAt), reason: null };
}

function clockOf(own: readonly RecordedEvent[]): Clock | undefined {
  return own.reduce(
    (clocks, event) => evolveClocks(clocks, complaintClockChanges(event as RecordedComplaintEvent), event),
    NO_CLOCKS,
  )['mediation'];
}

function verdictOf(result: string, metric: 'M-07' | 'M-09', variant: string): string {
  const isSuccess = result === 'mediated' || (metric === 'M-07' && result === 'settled');
  const ratio = isSuccess ? '1/1' : '0/1';
  switch (variant) {
    case 'acceptedBasis':
      if (result === 'undecided') return 'nowhere';
      return result === 'declined' ? 'X-NA' : result === 'withdrawn-undecided' ? 'X-WD' : ratio;
    case 'closedBasis':
      return result === 'again' ? 'PENDING_AGAIN' : ratio;
    case 'acceptedAndClosed':
      return EXCLUDED_FROM_BOTH[result] ?? ratio;
    default:
      return EXCLUDED[metric][result] ?? ratio;
  }
}

const EXCLUDED_FROM_BOTH: Readonly<Record<string, string>> = {
  declined: 'X-NA',
  'withdrawn-undecided': 'X-WD',
  again: 'PENDING_AGAIN',
};
const EXCLUDED: Readonly<Record<'M-07' | 'M-09', Readonly<Record<string, string>>>> = {
  'M-07': {
    ...EXCLUDED_FROM_BOTH,
    disqualified: 'X-NA',
    malicious: 'X-MAL',
    withdrawn: 'X-WD',
  },
  'M-09': {
    ...EXCLUDED_FROM_BOTH,
    disqualified: 'X-NA',
    malicious: 'X-MAL',
    withdrawn: 'X-WD',
    settled: 'X-SELF',
    'settled-unproven': 'X-SELF',
    ceased: 'X-SUBJ',
    otherwise: 'X-OTHER',
  },
};
