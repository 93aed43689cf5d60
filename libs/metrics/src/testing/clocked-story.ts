import type { RecordedComplaintEvent } from '#complaints/events';
import { COMPLAINT_CLOCKS, complaintClockChanges, restorable } from '#complaints/events';
import type { Instant, LocalDate, RecordedEvent } from '#kernel';
import { localDateOf, parseInstant, startOfDay } from '#kernel';
import type { Clock, ClockChange, ClockInputs, ClockReading, Clocks } from '#law';
import { evolveClocks, isBy, isOpen, NO_CLOCKS, readAgain, readClock, shippedLaw } from '#law';
import type { RecordedNegotiationEvent } from '#negotiation/events';
import { negotiationClockChanges } from '#negotiation/events';
import type { RecordedReportEvent } from '#reports/events';
import { reportClockChanges } from '#reports/events';
import type { RecordedWorkOrderEvent } from '#work-orders/events';
import { workOrderClockChanges } from '#work-orders/events';
import type { Told } from './memory-log.ts';

export const LAW = shippedLaw();

/** A moment: noon of a day in Shanghai, or as ISO 8601 says. */
export function moment(at: LocalDate | string): Instant {
  return at.includes('T') ? parseInstant(at)! : startOfDay(at) + 12 * 3_600_000;
}

/** When something happened, and when it was entered where that is not at once. */
export interface When {
  readonly at: string;
  readonly entered?: string | undefined;
}
const whenOf = (when: string | When): When => (typeof when === 'string' ? { at: when } : when);

/** The life of one object with clocks, whose dates are told as its decider would tell them. */
export class ClockedStory {
  readonly events: Told[] = [];
  clocks: Clocks = NO_CLOCKS;

  constructor(
    readonly stream: string,
    private readonly changesOf: (event: RecordedEvent) => readonly ClockChange[],
  ) {}

  tell(type: string, when: string | When, data: object = {}, region: string | null = null): this {
    const { at, entered = at } = whenOf(when);
    const before = this.events.at(-1)?.recordedAt ?? 0;
    const recordedAt = Math.max(moment(entered), moment(at), before);
    // Each is of a dispute of its own.
    const correlationId = this.stream;
    const told = { type, stream: this.stream, data, occurredAt: moment(at), recordedAt, correlationId, region };
    this.events.push(told);
    const event = { ...told, actor: { id: 'test', role: 'officer' } } as unknown as RecordedEvent;
    this.clocks = evolveClocks(this.clocks, this.changesOf(event), event);
    return this;
  }

  /** The date of a clock of the rule, from a day on; none without a rule. */
  protected opening(clock: string, rule: string | null, when: string | When): readonly ClockReading[] | undefined {
    const from = localDateOf(moment(whenOf(when).at));
    return rule === null ? undefined : [readClock({ clock, rule, from }, LAW)];
  }

  protected again(clock: string, inputs: Partial<Pick<ClockInputs, 'suspensions' | 'extensions'>>): ClockReading[] {
    const known = this.clocks[clock];
    return known === undefined ? [] : [readAgain(known, LAW, inputs)];
  }

  /** By the calendar of another day the clock ends on another day. */
  protected amended(type: string, when: string | When, clock: string, due: string): this {
    const { rule = null, calendar = null } = this.clocks[clock] ?? {};
    return this.tell(type, when, { clock, rule, calendar, due });
  }
}

const respondent = { respondentUscc: '91330100799655058B', respondentRegion: '370302', sector: '零售' };

export class ComplaintStory extends ClockedStory {
  constructor(
    id: string,
    private readonly about: object = {},
  ) {
    super(`complaint-${id}`, (event) => complaintClockChanges(event as RecordedComplaintEvent));
  }

  /** The clocks that it had when it was merged, and when that was. */
  private merged: { readonly at: Instant; readonly clocks: Clocks } | null = null;

  received(when: string | When, rule: string | null = 'L-01'): this {
    const clocks = this.opening('acceptance', rule, when);
    const data = { disputeId: 'D', handlingRegion: '370302', channel: '12315', ...respondent, ...this.about, clocks };
    return this.tell('ComplaintReceived', when, data);
  }

  accepted(when: string | When, rule: string | null = 'L-02'): this {
    const acceptedOn = localDateOf(moment(whenOf(when).at));
    return this.tell('ComplaintAccepted', when, { acceptedOn, clocks: this.opening('mediation', rule, when) });
  }

  declined(when: string | When): this {
    return this.tell('ComplaintNotAccepted', when, { ground: '16(1)', reason: 'r', remedies: ['court'] });
  }

  notified(when: string | When): this {
    return this.tell('AcceptanceDecisionNotified', when, { channel: 'phone' });
  }

  appraisalStarted(when: string | When, appraisal = '1'): this {
    const from = localDateOf(moment(whenOf(when).at));
    const suspensions = [
      ...(this.clocks['mediation']?.suspensions ?? []),
      { id: appraisal, from, to: null, reason: 'appraisal' },
    ];
    const clocks = this.again('mediation', { suspensions });
    return this.tell('AppraisalStarted', when, { appraisal, kind: 'appraisal', clocks });
  }

  appraisalCompleted(when: string | When, appraisal = '1'): this {
    const to = localDateOf(moment(whenOf(when).at));
    const known = this.clocks['mediation']?.suspensions ?? [];
    const suspensions = known.map((one) => (one.id === appraisal ? { ...one, to } : one));
    return this.tell('AppraisalCompleted', when, { appraisal, clocks: this.again('mediation', { suspensions }) });
  }

  concluded(when: string | When, result = 'mediated', rule: string | null = 'L-03', more: object = {}): this {
    const isTerminated = result === 'terminated';
    const clocks = isTerminated ? this.opening('termination-notice', rule, when) : undefined;
    const ground = isTerminated ? '23(1)(2)' : null;
    const outcome = { result, ground, disqualification: null, evidence: [], recoveredFen: null };
    return this.tell('ComplaintConcluded', when, { ...outcome, ...more, clocks });
  }

  terminationNotified(when: string | When): this {
    return this.tell('MediationTerminationNotified', when, { channel: 'mail' });
  }

  returned(when: string | When): this {
    return this.tell('ComplaintReturnedToIntake', when, { authority: 'a', reason: 'r' });
  }

  transferred(when: string | When, toRegion = '370303'): this {
    return this.tell('ComplaintTransferredOut', when, { fromAuthority: 'a', toAuthority: 'b', toRegion, basis: 'x' });
  }

  transferReceived(when: string | When, handlingRegion = '370303', rule: string | null = 'L-01'): this {
    const acceptanceFrom = localDateOf(moment(whenOf(when).at));
    const clocks = this.opening('acceptance', rule, when) ?? [];
    return this.tell('ComplaintTransferReceived', when, { authority: 'b', handlingRegion, acceptanceFrom, clocks });
  }

  mergedInto(when: string | When, primary = 'p'): this {
    this.merged = { at: moment(whenOf(when).at), clocks: this.clocks };
    return this.tell('ComplaintMergedInto', when, { primary });
  }

  /** With the clocks it had, read again, and those left out whose date passed meanwhile. */
  unmerged(when: string | When): this {
    const { at: mergedAt, clocks: before } = this.merged!;
    const at = moment(whenOf(when).at);
    const open = Object.values(before).filter(isOpen);
    const hasLapsed = ({ due }: Clock) => typeof due === 'string' && isBy(due, mergedAt) && !isBy(due, at);
    const clocks = open.filter((clock) => !hasLapsed(clock)).map((clock) => restorable(clock, readAgain(clock, LAW)));
    const lapsedWhileMerged = open.filter(hasLapsed).map(({ clock }) => clock);
    return this.tell('ComplaintUnmerged', when, { primary: 'p', reason: 'r', clocks, lapsedWhileMerged });
  }

  reopened(when: string | When, to: 'intake' | 'acceptance' | 'mediation'): this {
    const rules = { acceptance: 'L-01', mediation: 'L-02' };
    const clocks = to === 'intake' ? [] : this.opening(to, rules[to], when);
    return this.tell('ComplaintReopened', when, { to, round: 2, reason: 'r', clocks });
  }

  corrected(when: string | When, field: 'receivedAt' | 'acceptedOn', from: LocalDate): this {
    const name = field === 'receivedAt' ? 'acceptance' : 'mediation';
    const clock = this.clocks[name];
    const has = clock !== undefined && (isOpen(clock) || clock.state === 'completed');
    const reading =
      has && readClock({ clock: name, rule: COMPLAINT_CLOCKS[name], from, suspensions: clock.suspensions }, LAW);
    const clocks = reading ? [restorable(clock!, reading, { from, promised: reading.due })] : [];
    const instant = (at: Instant) => new Date(at).toISOString();
    const [old, value] =
      field === 'receivedAt' ? [instant(this.lastReceipt), instant(moment(from))] : [clock?.from ?? null, from];
    return this.tell('ComplaintCorrected', when, { correction: 1, field, old, new: value, reason: 'r', clocks });
  }

  private get lastReceipt(): Instant {
    return this.events.findLast(({ type }) => /^Complaint(Transfer)?Received$/.test(type))!.occurredAt!;
  }

  deadlineAmended(when: string | When, clock: string, due: string): this {
    return this.amended('ComplaintDeadlineAmended', when, clock, due);
  }

  verified(when: string | When, clock: string): this {
    return this.tell('ComplaintLateEntryVerified', when, { clock, reason: 'paper-record', evidence: ['r'] });
  }
}

export class NegotiationStory extends ClockedStory {
  constructor(
    readonly id: string,
    private readonly about: object = {},
  ) {
    super(`negotiation-${id}`, (event) => negotiationClockChanges(event as RecordedNegotiationEvent));
  }

  opened(when: string | When, rule: string | null = 'L-18'): this {
    const clocks = this.opening('negotiation', rule, when);
    const data = { disputeId: this.id, venue: 'odr', openedBy: 'consumer', ...respondent, ...this.about, clocks };
    return this.tell('NegotiationOpened', when, data);
  }

  confirmed(when: string | When): this {
    return this.tell('SettlementConfirmed', when, { basis: 'consumer', offer: null, recoveredFen: null });
  }

  failed(when: string | When): this {
    return this.tell('NegotiationFailed', when, { reason: 'no-agreement', by: 'operator' });
  }

  escalated(when: string | When, from = 'open'): this {
    return this.tell('NegotiationEscalated', when, { from });
  }

  expired(when: string | When): this {
    return this.tell('NegotiationExpired', when, { clock: 'negotiation' });
  }

  deadlineAmended(when: string | When, due: string): this {
    return this.amended('NegotiationDeadlineAmended', when, 'negotiation', due);
  }

  verified(when: string | When): this {
    const data = { clock: 'negotiation', reason: 'paper-record', evidence: ['r'] };
    return this.tell('NegotiationLateEntryVerified', when, data);
  }
}

export class ReportStory extends ClockedStory {
  constructor(
    id: string,
    private readonly about: object = {},
  ) {
    super(`report-${id}`, (event) => reportClockChanges(event as RecordedReportEvent));
  }

  received(when: string | When, rule: string | null = 'L-05'): this {
    const clocks = this.opening('verification', rule, when);
    const data = { authority: 'a', handlingRegion: '370302', channel: '12315', ...respondent, ...this.about, clocks };
    return this.tell('ReportReceived', when, data);
  }

  merged(when: string | When, receivedOn: LocalDate, rule: string | null = 'L-06'): this {
    const clocks = this.opening('verification', rule, receivedOn);
    return this.tell('ReportMergedWithNewFacts', when, { receivedOn, workOrderId: null, clocks });
  }

  repeat(when: string | When): this {
    return this.tell('RepeatReportNotProcessed', when, { earlierReport: 'R' });
  }

  competenceAgreed(when: string | When, handlingRegion: string): this {
    const data = { outcome: 'agreed', authority: 'b', handlingRegion, clocks: [] };
    return this.tell('ReportCompetenceDisputeResolved', when, data);
  }

  sentUp(when: string | When): this {
    const data = { outcome: 'sent-up', authority: null, handlingRegion: null, clocks: [] };
    return this.tell('ReportCompetenceDisputeResolved', when, data);
  }

  designated(when: string | When, handlingRegion: string): this {
    return this.tell('ReportAuthorityDesignated', when, { authority: 'b', handlingRegion });
  }

  notCompetent(when: string | When): this {
    return this.tell('ReporterToldOfCompetentAuthority', when, { competentAuthority: null, channel: 'phone' });
  }

  extended(when: string | When, grantedOn = localDateOf(moment(whenOf(when).at))): this {
    const extensions = [...(this.clocks['verification']?.extensions ?? []), { grantedOn }];
    return this.tell('VerificationExtended', when, {
      grantedOn,
      by: null,
      clocks: this.again('verification', { extensions }),
    });
  }

  suspended(when: string | When): this {
    const from = localDateOf(moment(whenOf(when).at));
    const suspensions = [{ id: '1', from, to: null, reason: 'testing' }];
    const clocks = this.again('verification', { suspensions });
    return this.tell('VerificationSuspended', when, { standstill: '1', kind: 'testing', clocks });
  }

  resumed(when: string | When): this {
    const to = localDateOf(moment(whenOf(when).at));
    const suspensions = (this.clocks['verification']?.suspensions ?? []).map((one) => ({ ...one, to }));
    return this.tell('VerificationResumed', when, {
      standstill: '1',
      clocks: this.again('verification', { suspensions }),
    });
  }

  filed(when: string | When): this {
    return this.tell('CaseFiled', when, { caseId: null });
  }

  notFiled(when: string | When): this {
    return this.tell('CaseNotFiled', when, { reason: 'r' });
  }

  deadlineAmended(when: string | When, due: string): this {
    return this.amended('ReportDeadlineAmended', when, 'verification', due);
  }

  verified(when: string | When): this {
    const data = { clock: 'verification', reason: 'paper-record', evidence: ['r'] };
    return this.tell('ReportLateEntryVerified', when, data);
  }
}

export class WorkOrderStory extends ClockedStory {
  constructor(
    id: string,
    private readonly about: object = {},
  ) {
    super(`workOrder-12345-${id}`, (event) => workOrderClockChanges(event as RecordedWorkOrderEvent));
  }

  received(when: string | When, dueAt: string | null = null): this {
    return this.tell('WorkOrderReceived', when, {
      channel: '12345',
      sector: null,
      handlingRegion: null,
      respondentUscc: null,
      dueAt,
      imported: null,
      ...this.about,
    });
  }

  /** To a unit: by the rule of Shandong, by a moment that the channel names, or (null) without clocks. Only Shandong has returns. */
  dispatched(
    when: string | When,
    { by = 'rule', region = '370302', from = '370300' }: { by?: string | null; region?: string; from?: string } = {},
  ): this {
    const byRule = (clock: string, rule: string) => this.opening(clock, rule, when) ?? [];
    const right = region.startsWith('37') ? byRule('return', 'L-32.return') : [];
    const clocks =
      by === null
        ? undefined
        : by === 'rule'
          ? [...byRule('handling', 'L-32.handling'), ...right]
          : [{ clock: 'handling', rule: null, calendar: null, due: by }, ...right];
    const dueAt = by === 'rule' ? null : by;
    return this.tell('WorkOrderDispatched', when, { authority: null, handlingRegion: region, dueAt, clocks }, from);
  }

  extended(when: string | When, by: number): this {
    const grantedOn = localDateOf(moment(whenOf(when).at));
    const clocks = this.again('handling', { extensions: [{ grantedOn, by }] });
    return this.tell('WorkOrderExtensionGranted', when, { by, dueAt: null, grantedOn, clocks });
  }

  deadlineAmended(when: string | When, due: string): this {
    return this.amended('WorkOrderDeadlineAmended', when, 'handling', due);
  }

  returned(when: string | When, handlingRegion = '370302'): this {
    return this.tell('WorkOrderReturned', when, { reasonCode: 'unclear', note: null, handlingRegion });
  }

  redirected(when: string | When): this {
    return this.tell('WorkOrderRedirected', when, { route: 'consultation', note: null });
  }

  /** With its unit again, by the rule or by a moment that the channel names; or (null) with the hotline. */
  reopened(when: string | When, region: string | null = '370302', by = 'rule'): this {
    const clocks =
      by === 'rule'
        ? this.opening('handling', 'L-32.handling', when)
        : [{ clock: 'handling', rule: null, calendar: null, due: by }];
    const status = region === null ? 'classified' : 'dispatched';
    const dueAt = by === 'rule' ? null : by;
    const again = region === null ? {} : { clocks };
    return this.tell('WorkOrderReopened', when, { status, handlingRegion: region, authority: null, dueAt, ...again });
  }

  conflictResolved(when: string | When, keep: 'recorded' | 'pushed', content: object = {}): this {
    return this.tell('WorkOrderPayloadConflictResolved', when, { conflict: 1, keep, payloadDigest: 'd', ...content });
  }

  replied(when: string | When): this {
    return this.tell('WorkOrderReplied', when, { outcome: 'answered', reply: null, complaintId: null });
  }

  closed(when: string | When, imported: object = {}): this {
    return this.tell('WorkOrderClosed', when, { outcome: 'handled', ...imported });
  }

  verified(when: string | When, clock: string): this {
    return this.tell('WorkOrderLateEntryVerified', when, { clock, reason: 'paper-record', evidence: ['r'] });
  }
}

/** The events of several objects in the order in which they were entered. */
export function inOrderOfEntry(stories: readonly { readonly events: readonly Told[] }[]): Told[] {
  return stories.flatMap(({ events }) => events).toSorted((a, b) => a.recordedAt! - b.recordedAt!);
}
