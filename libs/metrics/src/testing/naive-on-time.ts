import type { RecordedComplaintEvent } from '#complaints/events';
import { complaintClockChanges } from '#complaints/events';
import type { EpochDay, Position, RecordedEvent } from '#kernel';
import { epochDay, epochDayOf, parseInstant } from '#kernel';
import type { Clock, ClockChange, ClockReading } from '#law';
import { evolveClocks, isBy, judgedAt, NO_CLOCKS, timelinessBy } from '#law';
import type { RecordedNegotiationEvent } from '#negotiation/events';
import { negotiationClockChanges } from '#negotiation/events';
import type { RecordedReportEvent } from '#reports/events';
import { reportClockChanges } from '#reports/events';

/** How one object counts when the clocks of the law are asked themselves, over the events of its stream. */
export interface OnTimeCount {
  readonly id: string;
  readonly day: EpochDay;
  readonly region: string | null;
  readonly subject: string | null;
  /** `1/1`, `0/1`, or the reason of exclusion. */
  readonly verdict: string;
  /** The same at its own word. */
  readonly declared: string;
}

type Counted = Pick<OnTimeCount, 'day' | 'verdict' | 'declared'>;

interface Data {
  readonly [field: string]: unknown;
  readonly clocks?: readonly ClockReading[];
}
const dataOf = (event: RecordedEvent | undefined): Data => (event?.data ?? {}) as Data;

export type OnTimeMetric = 'M-03' | 'M-03b' | 'M-03c' | 'M-04' | 'M-05' | 'M-05b' | 'M-15';

interface Asked {
  readonly metric: OnTimeMetric;
  readonly variant: string;
  /** The day of the question. */
  readonly today: EpochDay;
  readonly upTo: Position;
}

const CATEGORY: Readonly<Record<OnTimeMetric, string>> = {
  'M-03': 'complaint',
  'M-03b': 'complaint',
  'M-03c': 'complaint',
  'M-04': 'report',
  'M-05': 'workOrder',
  'M-05b': 'workOrder',
  'M-15': 'negotiation',
};

export function naiveOnTime(events: readonly RecordedEvent[], asked: Asked): OnTimeCount[] {
  const category = `${CATEGORY[asked.metric]}-`;
  const known = events.filter(({ position, stream }) => position <= asked.upTo && stream.startsWith(category));
  return [...new Set(known.map(({ stream }) => stream))].flatMap((stream) => {
    const own = known.filter((event) => event.stream === stream);
    const first = dataOf(own[0]);
    const region =
      category === 'negotiation-'
        ? first['respondentRegion']
        : dataOf(own.findLast(({ type }) => type === 'ComplaintTransferReceived') ?? own[0])['handlingRegion'];
    const about = { id: stream.slice(category.length), region, subject: first['respondentUscc'] };
    if (category === 'report-') {
      const counted = countOf(own, asked);
      const at = { ...(about as Place), region: reportRegion(own) };
      return counted === undefined || counted.day > asked.today ? [] : [{ ...at, ...counted }];
    }
    if (category === 'workOrder-') return workOrder(own, about as Place, asked);
    const counted = countOf(own, asked);
    return counted === undefined || counted.day > asked.today ? [] : [{ ...(about as Place), ...counted }];
  });
}

type Place = Pick<OnTimeCount, 'id' | 'region' | 'subject'>;

function countOf(own: readonly RecordedEvent[], asked: Asked): Counted | undefined {
  switch (asked.metric) {
    case 'M-15': {
      if (asked.variant !== 'allVenues' && dataOf(own[0])['venue'] !== 'odr') return undefined;
      return byClock(clockOf(own, 'negotiation', negotiationChanges), own[0]!, asked);
    }
    case 'M-04':
      return report(own, asked);
    default:
      return heldComplaint(own, asked);
  }
}

const complaintChanges = (event: RecordedEvent) => complaintClockChanges(event as RecordedComplaintEvent);
const negotiationChanges = (event: RecordedEvent) => negotiationClockChanges(event as RecordedNegotiationEvent);
const reportChanges = (event: RecordedEvent) => reportClockChanges(event as RecordedReportEvent);

function clockOf(
  own: readonly RecordedEvent[],
  name: string,
  changesOf: (event: RecordedEvent) => readonly ClockChange[],
): Clock | undefined {
  return own.reduce((clocks, event) => evolveClocks(clocks, changesOf(event), event), NO_CLOCKS)[name];
}

/** What was handed on in time, and what is handled with another, is taken out; the rest is as its clocks say. */
function heldComplaint(own: readonly RecordedEvent[], asked: Asked): Counted | undefined {
  const counted = complaint(own, asked);
  if (counted === undefined) return undefined;
  const moves = own.filter(({ type }) => /^Complaint(Returned|Transfer|Merged|Unmerged)/.test(type));
  const others = moves.filter(({ type }) => !/erged/.test(type));
  if (moves.at(-1)?.type === 'ComplaintMergedInto') return { ...counted, ...both('X-DUP') };
  const isHandedOn = /ReturnedToIntake|TransferredOut/.test(others.at(-1)?.type ?? '');
  const handedOn = (verdict: string) => (isHandedOn && verdict !== '0/1' ? 'X-TR' : verdict);
  return { ...counted, verdict: handedOn(counted.verdict), declared: handedOn(counted.declared) };
}

/** Whether the date of a clock passed while the complaint was merged: it still is as the merger left it. */
function passedMerged(own: readonly RecordedEvent[], name: string, clock: Clock | undefined): boolean {
  const merger = own.findLast(({ type }) => type === 'ComplaintMergedInto');
  const unmerged = own.findLast(({ type }) => type === 'ComplaintUnmerged');
  if (merger === undefined || unmerged === undefined || clock?.state !== 'superseded') return false;
  const isNamed = (dataOf(unmerged)['lapsedWhileMerged'] as string[]).includes(name);
  return isNamed && clock.completion?.occurredAt === merger.occurredAt;
}

/** Of one that was reopened after its answer, what came before; and of one without an answer, what was decided since. */
function beforeReopening(own: readonly RecordedEvent[]): {
  own: readonly RecordedEvent[];
  acts: readonly RecordedEvent[];
} {
  const at = own.findIndex(({ type }) => type === 'ComplaintReopened');
  if (at < 0) return { own, acts: own };
  const [before, since] = [own.slice(0, at), own.slice(at + 1)];
  const isToMediation = dataOf(own[at])['to'] === 'mediation';
  const closed = complaint(before, { metric: 'M-03', variant: 'closedBasis', today: Infinity, upTo: Infinity });
  if (closed?.verdict.includes('/') !== true) {
    const kept = before.filter(({ type }) =>
      isToMediation ? type !== 'ComplaintConcluded' : type === 'ComplaintReceived',
    );
    return { own, acts: [...kept, ...since] };
  }
  const isVerified = ({ type, data }: RecordedEvent) =>
    type === 'ComplaintLateEntryVerified' && (data as Data)['clock'] === 'acceptance' && isToMediation;
  const first = [...before, ...since.filter(isVerified)];
  return { own: first, acts: first };
}

function complaint(all: readonly RecordedEvent[], asked: Asked): Counted | undefined {
  const { own, acts } = beforeReopening(all);
  const find = (type: string) => acts.find((event) => event.type === type);
  const accepted = find('ComplaintAccepted');
  const concluded = find('ComplaintConcluded');
  if (asked.metric === 'M-03c') {
    const terminated = own.find(({ type, data }) => type === 'ComplaintConcluded' && isTermination(data));
    return terminated && byClock(clockOf(own, 'termination-notice', complaintChanges), terminated, asked);
  }
  const acceptance = clockOf(own, 'acceptance', complaintChanges);
  const name = accepted === undefined || asked.metric === 'M-03b' ? 'acceptance' : 'mediation';
  const clock = name === 'acceptance' ? acceptance : clockOf(own, 'mediation', complaintChanges);
  const isExcused = passedMerged(own, name, clock);
  const declined = find('ComplaintNotAccepted');
  const last = concluded ?? (declined === undefined ? undefined : find('AcceptanceDecisionNotified'));
  if (asked.metric === 'M-03' && asked.variant === 'closedBasis') {
    if (last === undefined) return undefined;
    if (isExcused) return { day: epochDayOf(last.occurredAt), ...both('X-DUP') };
    return { ...byClosing(clock, last), day: closingDay(clock, last) };
  }
  if (isExcused) return { day: epochDayOf(clock!.completion!.occurredAt), ...both('X-DUP') };
  if (name === 'acceptance' && asked.metric === 'M-03b') return byClock(clock, own[0]!, asked);
  return byClock(isWithdrawn(clock) ? { ...clock, state: 'completed' } : clock, accepted ?? own[0]!, asked);
}

const isTermination = (data: object): boolean => (data as Data)['result'] === 'terminated';

const isWithdrawn = (clock: Clock | undefined): clock is Clock => clock?.state === 'superseded';

function byClosing(clock: Clock | undefined, last: RecordedEvent): Pick<Counted, 'verdict' | 'declared'> {
  if (clock === undefined) return both('X-NO-CLOCK');
  if (clock.undetermined !== null) return both('X-NO-DUE');
  if (clock.due === null) return both('1/1');
  return {
    verdict: timelinessBy(clock.due, clock.completion!) === 'in-time' ? '1/1' : '0/1',
    declared: isBy(clock.due, last.occurredAt) ? '1/1' : '0/1',
  };
}

function closingDay(clock: Clock | undefined, last: RecordedEvent): EpochDay {
  const isDated = clock !== undefined && clock.completion !== null && clock.undetermined === null;
  return epochDayOf(isDated ? judgedAt(clock.due, clock.completion) : last.occurredAt);
}

/** Counts at the earlier of what was done and what was due; what is open, once its day is over. */
function byClock(clock: Clock | undefined, began: RecordedEvent, { today }: Asked): Counted | undefined {
  if (clock === undefined) return { day: epochDayOf(began.occurredAt), ...both('X-NO-CLOCK') };
  const { due, completion, state } = clock;
  if (clock.undetermined !== null) return { day: epochDay(clock.from), ...both('X-NO-DUE') };
  if (completion === null) {
    if (due === null) return undefined;
    return state === 'expired' || dayOfDue(due) < today ? { day: dayOfDue(due), ...both('0/1') } : undefined;
  }
  const isLapsed = state === 'superseded';
  const isInTime = due === null || timelinessBy(due, completion) === 'in-time';
  const isSaidInTime = due === null || isBy(due, completion.occurredAt);
  return {
    day: isInTime ? epochDayOf(completion.occurredAt) : dayOfDue(due),
    verdict: isInTime ? (isLapsed ? 'X-WD' : '1/1') : '0/1',
    declared: isSaidInTime ? (isLapsed ? 'X-WD' : '1/1') : '0/1',
  };
}

function both(verdict: string): Pick<Counted, 'verdict' | 'declared'> {
  return { verdict, declared: verdict };
}

function dayOfDue(due: string): EpochDay {
  return due.includes('T') ? epochDayOf(parseInstant(due)!) : epochDay(due);
}

/** New facts that came when the report was decided or overdue are as if they had not come. */
function heardOf(own: readonly RecordedEvent[]): RecordedEvent[] {
  const heard: RecordedEvent[] = [];
  for (const event of own) {
    const clock = clockOf(heard, 'verification', reportChanges);
    const isMerge = event.type === 'ReportMergedWithNewFacts';
    const isOverdue = typeof clock?.due === 'string' && (dataOf(event)['receivedOn'] as string) > clock.due;
    if (isMerge && (clock?.completion != null || isOverdue)) continue;
    heard.push(event);
  }
  return heard;
}

function report(own: readonly RecordedEvent[], asked: Asked): Counted | undefined {
  const heard = heardOf(own);
  const counted = byClock(clockOf(heard, 'verification', reportChanges), own[0]!, asked);
  const excluded = own.some(({ type }) => type === 'RepeatReportNotProcessed')
    ? 'X-REPEAT'
    : own.some(({ type }) => type === 'ReporterToldOfCompetentAuthority')
      ? 'X-TR'
      : undefined;
  return counted === undefined || excluded === undefined ? counted : { ...counted, ...both(excluded) };
}

/** Of the authority last found competent before the answer. */
function reportRegion(own: readonly RecordedEvent[]): string | null {
  const found = own.filter(({ type, data }, index) => {
    if (!/^Report(CompetenceDisputeResolved|AuthorityDesignated)$/.test(type)) return false;
    if ((data as Data)['handlingRegion'] === null) return false;
    const clock = clockOf(heardOf(own.slice(0, index)), 'verification', reportChanges);
    const isOverdue = typeof clock?.due === 'string' && epochDayOf(own[index]!.occurredAt) > dayOfDue(clock.due);
    return clock?.completion == null && !isOverdue;
  });
  return dataOf(found.at(-1) ?? own[0])['handlingRegion'] as string | null;
}

/** By what happened after it was last sent to a unit. */
function workOrder(own: readonly RecordedEvent[], about: Place, { metric, variant, today }: Asked): OnTimeCount[] {
  const isImported = dataOf(own[0])['imported'] !== null;
  const isSent = ({ type }: RecordedEvent) => type === 'WorkOrderDispatched' || type === 'WorkOrderReopened';
  const sent = own.findLast(isSent) ?? (isImported ? own[0]! : undefined);
  if (sent === undefined || (dataOf(sent)['status'] ?? 'dispatched') !== 'dispatched') return [];
  const since = own.filter(({ position }) => position > sent.position);
  const returned = since.find(({ type }) => type === 'WorkOrderReturned');
  const outcome = since.find(({ type }) => type === 'WorkOrderReplied' || type === 'WorkOrderClosed');
  const due = dueOf(own[0]!, sent, since);
  const sentOn = epochDayOf(sent.occurredAt);
  const dueOn = due === null ? sentOn : dayOfDue(due);
  const leaves = returned !== undefined && isTimelyReturn(returned, sent, since, due);
  const unit = dataOf(sent)['handlingRegion'] as string | null;
  const from = own.findLast(({ type }) => type === 'WorkOrderDispatched')?.region ?? null;
  const dispatcher = from === unit ? null : from;
  const isRedirected = since.some(({ type }) => type === 'WorkOrderRedirected');
  const place = { ...about, region: leaves ? (dispatcher ?? unit) : unit };
  const counted = (verdict: string, declared = verdict, day = dueOn) =>
    day > today ? [] : [{ ...place, day, verdict, declared }];
  const isOverdue = metric === 'M-05' || dueOn < today;
  if (isRedirected) return due === null || isOverdue ? counted('X-CONS') : [];
  if (leaves && dispatcher === null) return due === null || isOverdue ? counted('X-RET') : [];
  if (due === null) return counted('X-NO-DUE');
  if (outcome === undefined) return isOverdue ? counted('0/1') : [];
  if (metric === 'M-05') return counted('1/1');
  const verified = since.some(({ type, data }) => isVerifying(type, data, 'handling'));
  const isSaid = isBy(due, outcome.occurredAt);
  const isTaken = verified || (isImported && outcome.type === 'WorkOrderClosed') || isBy(due, outcome.recordedAt);
  const inTime = isSaid && isTaken;
  const day = inTime && variant === 'dueOrClosed' ? epochDayOf(outcome.occurredAt) : dueOn;
  return counted(inTime ? '1/1' : '0/1', isSaid ? '1/1' : '0/1', day);
}

function isVerifying(type: string, data: object, clock: string): boolean {
  return type === 'WorkOrderLateEntryVerified' && (data as Data)['clock'] === clock;
}

function dueOf(received: RecordedEvent, sent: RecordedEvent, since: readonly RecordedEvent[]): string | null {
  const handling = dataOf(sent).clocks?.find(({ clock }) => clock === 'handling');
  const channels = sent.type === 'WorkOrderReopened' ? null : dataOf(received)['dueAt'];
  if (handling === undefined) return (dataOf(sent)['dueAt'] ?? channels) as string | null;
  const stopped = since.findIndex(({ type }) => /Returned|Replied|Closed/.test(type));
  const running = stopped < 0 ? since : since.slice(0, stopped);
  const readings = running.flatMap(({ type, data }) =>
    type === 'WorkOrderExtensionGranted'
      ? ((data as Data).clocks ?? [])
      : type === 'WorkOrderDeadlineAmended'
        ? [data as ClockReading]
        : [],
  );
  return (readings.at(-1) ?? handling).due;
}

function isTimelyReturn(
  returned: RecordedEvent,
  sent: RecordedEvent,
  since: readonly RecordedEvent[],
  due: string | null,
): boolean {
  const limit = dataOf(sent).clocks?.find(({ clock }) => clock === 'return')?.due ?? null;
  if (limit !== null) {
    const verified = since.some(
      ({ type, data, position }) => position > returned.position && isVerifying(type, data, 'return'),
    );
    return isBy(limit, returned.occurredAt) && (verified || isBy(limit, returned.recordedAt));
  }
  return due === null || epochDayOf(returned.occurredAt) <= dayOfDue(due);
}
