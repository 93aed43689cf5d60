import type { EpochDay, Position, RecordedEvent } from '#kernel';
import { epochDayOf, parseInstant } from '#kernel';

/** How one object counts, worked out from its events alone by another way than the engine's. */
export interface NaiveCount {
  readonly id: string;
  readonly day: EpochDay;
  readonly region: string | null;
  readonly subject: string | null;
  /** Numerator and denominator by variant, or the reason of exclusion. */
  readonly default: Verdict;
  readonly broad?: Verdict;
  readonly withoutSilence?: Verdict;
}
type Verdict = '1/1' | '0/1' | string;

interface Data {
  readonly [field: string]: unknown;
}

const dataOf = (event: RecordedEvent): Data => event.data as Data;

/** M-01 and M-02 by grouping the events of each procedure's stream; nothing is carried from event to event. */
export function naiveDisputes(events: readonly RecordedEvent[], upTo: Position, metric: 'M-01' | 'M-02'): NaiveCount[] {
  const known = events.filter(({ position, correlationId }) => position <= upTo && correlationId !== null);
  const ids = [...new Set(known.map(({ correlationId }) => correlationId!))];
  return ids.flatMap((id) => {
    const own = known.filter(({ correlationId }) => correlationId === id);
    const isMerged = primaryOf(known, id) !== null;
    const united = known.filter(({ correlationId }) => isOneWith(known, correlationId!, id));
    const { ends, isOpen } = endsOf(
      isMerged ? own : united,
      metric === 'M-01' ? /^(negotiation|complaint)-/ : /^negotiation-/,
    );
    if (ends.length === 0 || (metric === 'M-02' && isOpen)) return [];
    const last = metric === 'M-01' ? lastWord(ends) : latest(ends);
    const about = own.filter(({ type }) => /^Dispute(Opened|Resp)/.test(type)).at(-1)!;
    const { respondentRegion, respondentUscc } = dataOf(about);
    const firstNamed = own.find(
      ({ type, data }) =>
        /^(DisputeOpened|NegotiationOpened|ComplaintReceived)$/.test(type) && (data as Data)['respondentUscc'] !== null,
    );
    const again = { default: 'PENDING_AGAIN', broad: 'PENDING_AGAIN' };
    return [
      {
        id,
        day: epochDayOf(last.occurredAt),
        region: respondentRegion as string,
        subject: (respondentUscc ?? (firstNamed === undefined ? null : dataOf(firstNamed)['respondentUscc'])) as
          string | null,
        ...(isMerged
          ? { default: 'X-DUP' }
          : metric === 'M-02'
            ? negotiationResult(last, united)
            : isOpen
              ? again
              : settlement(last)),
      },
    ];
  });
}

/** The dispute with which one is one, by its last merger; null where it stands for itself. */
function primaryOf(known: readonly RecordedEvent[], id: string): string | null {
  const last = known.findLast(
    ({ stream, type }) => stream === `dispute-${id}` && /^Dispute(Merged|Unmerged)/.test(type),
  );
  return last?.type === 'DisputeMergedInto' ? (dataOf(last)['primary'] as string) : null;
}

function isOneWith(known: readonly RecordedEvent[], member: string, id: string): boolean {
  for (let one: string | null = member; one !== null; one = primaryOf(known, one)) if (one === id) return true;
  return false;
}

/** The event that ended each procedure, where one has, and whether one has not. Expiry is the last thing to believe. */
function endsOf(own: readonly RecordedEvent[], streams: RegExp): { ends: RecordedEvent[]; isOpen: boolean } {
  const procedures = [...new Set(own.map(({ stream }) => stream).filter((stream) => streams.test(stream)))];
  const ends = procedures.flatMap((procedure) => {
    const disputed = own.findLast(
      ({ stream, type, data }) =>
        stream === procedure && /^Settlement(Disputed|Confirmed)$/.test(type) && (data as Data)['of'] !== 'claim',
    );
    if (disputed !== undefined) return [disputed];
    return own
      .filter(
        ({ stream, type }) =>
          stream === procedure &&
          /^(SettlementConfirmed|Negotiation(Failed|Expired|Escalated)|ComplaintNotAccepted|ComplaintConcluded)$/.test(
            type,
          ),
      )
      .filter(({ type, data }) => type !== 'NegotiationEscalated' || (data as Data)['from'] === 'open')
      .sort((a, b) => Number(a.type === 'NegotiationExpired') - Number(b.type === 'NegotiationExpired'))
      .slice(0, 1);
  });
  return { ends, isOpen: ends.length < procedures.length };
}

/** What an authority that did not take the complaint says counts only when no other one has done anything about it. */
function lastWord(ends: readonly RecordedEvent[]): RecordedEvent {
  const refusals = ends.filter((end) => settlement(end).default === 'X-NA');
  const others = ends.filter((end) => !refusals.includes(end));
  return latest(others.some(({ stream }) => stream.startsWith('complaint-')) ? others : ends);
}

function latest(ends: readonly RecordedEvent[]): RecordedEvent {
  return ends.toSorted((a, b) => a.occurredAt - b.occurredAt || a.position - b.position).at(-1)!;
}

function settlement(end: RecordedEvent): Pick<NaiveCount, 'default' | 'broad' | 'withoutSilence'> {
  const both = (verdict: Verdict) => ({ default: verdict, broad: verdict });
  if (end.type === 'SettlementConfirmed') return { ...both('1/1'), ...withoutSilence(end) };
  if (/^(Negotiation|SettlementDisputed)/.test(end.type)) return both('0/1');
  if (end.type === 'ComplaintNotAccepted') return both('X-NA');
  const { result, ground, disqualification, evidence } = dataOf(end);
  if (result === 'mediated') return { default: '0/1', broad: '1/1' };
  if (result === 'withdrawn') return both('X-WD');
  if (ground === '23(1)(1)') return both((evidence as string[]).length > 0 ? '1/1' : '0/1');
  if (ground === '23(1)(7)') return both('X-SUBJ');
  if (ground !== '23(1)(6)') return both('0/1');
  return both(/^(16\([356]\)|42)$/.test(disqualification as string) ? 'X-MAL' : 'X-NA');
}

function withoutSilence(end: RecordedEvent): Pick<NaiveCount, 'withoutSilence'> {
  return dataOf(end)['basis'] === 'silence' ? { withoutSilence: '0/1' } : {};
}

function negotiationResult(
  end: RecordedEvent,
  own: readonly RecordedEvent[],
): Pick<NaiveCount, 'default' | 'withoutSilence'> {
  const isMediated = own.some(({ type, occurredAt }) => type === 'ComplaintAccepted' && occurredAt <= end.occurredAt);
  return { default: end.type === 'SettlementConfirmed' && !isMediated ? '1/1' : '0/1', ...withoutSilence(end) };
}

/** M-05 by looking at each ticket's last dispatch, return and answer. */
export function naiveWorkOrders(events: readonly RecordedEvent[], upTo: Position): NaiveCount[] {
  const known = events.filter(({ position, stream }) => position <= upTo && stream.startsWith('workOrder-'));
  return [...new Set(known.map(({ stream }) => stream))].flatMap((stream) => {
    const own = known.filter((event) => event.stream === stream);
    const received = own[0]!;
    const { imported, respondentUscc } = dataOf(received);
    const dispatches = own.filter(({ type }) => type === 'WorkOrderDispatched');
    const sent = dispatches.at(-1) ?? (imported === null ? undefined : received);
    if (sent === undefined) return [];
    const due = (dataOf(sent)['dueAt'] ?? dataOf(received)['dueAt']) as string | null;
    const unit = dataOf(sent)['handlingRegion'] as string;
    const day = epochDayOf(due === null ? sent.occurredAt : parseInstant(due)!);
    // A return leaves the unit's count only up to the due day.
    const lies = own.some(
      ({ type, position, occurredAt }) =>
        type === 'WorkOrderReturned' && position > sent.position && (due === null || epochDayOf(occurredAt) <= day),
    );
    const dispatcher = dispatcherOf(sent, own, unit);
    return [
      {
        id: stream.slice('workOrder-'.length),
        day,
        region: lies ? (dispatcher ?? unit) : unit,
        subject: respondentUscc as string | null,
        default:
          lies && dispatcher === null
            ? 'X-RET'
            : due === null
              ? 'X-NO-DUE'
              : own.some(({ type }) => type === 'WorkOrderReplied')
                ? '1/1'
                : '0/1',
      },
    ];
  });
}

/** Region other than the unit's to which a work order goes back: whoever sent it, else whoever had it before. */
function dispatcherOf(sent: RecordedEvent, own: readonly RecordedEvent[], unit: string): string | null {
  const region = sentFrom(sent, own);
  return region === unit ? null : region;
}

function sentFrom(sent: RecordedEvent, own: readonly RecordedEvent[]): string | null {
  if (sent.type !== 'WorkOrderDispatched') return null;
  if (sent.region !== null) return sent.region;
  // Between two dispatches it was given back to whoever had sent it the first time.
  const before = own.findLast(({ type, position }) => type === 'WorkOrderDispatched' && position < sent.position);
  return before === undefined ? (dataOf(own[0]!)['handlingRegion'] as string | null) : sentFrom(before, own);
}
