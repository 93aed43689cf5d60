import type { RecordedComplaintEvent } from '#complaints/events';
import { complaintClockChanges } from '#complaints/events';
import type { EpochDay } from '#kernel';
import { epochDayOf, idOf, parseInstant } from '#kernel';
import type { ClockChange } from '#law';
import type { ClockColumns, ClockStandingCode } from './clock-standing.ts';
import {
  CLOCK_STANDINGS,
  clockColumns,
  clockIn,
  excused,
  fieldsOfClock,
  foldClocks,
  keepClock,
  noClock,
  withoutClock,
} from './clock-standing.ts';
import type { ComplaintHandling } from './complaint-handling.ts';
import { COMPLAINT_HANDLINGS, handlingAfter } from './complaint-handling.ts';
import type { Draft, FactEvent, FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** What was decided on a complaint (投诉). */
export const COMPLAINT_DECISIONS = [
  /** Neither accepted nor declined. */
  'NONE',
  'ACCEPTED',
  'NOT_ACCEPTED',
  /** The complainant withdrew it before there was a decision. */
  'WITHDRAWN',
  PARKED,
] as const;
export type ComplaintDecision = (typeof COMPLAINT_DECISIONS)[number];

/** In whose hands a complaint is. */
export const COMPLAINT_HOLDINGS = [
  'HELD',
  /** Returned to the intake body or on its way to another authority, for lack of competence: nobody has it in hand. */
  'HANDED_ON',
  /** Handled with another one, through which it is counted. */
  'MERGED',
  /** The same, after it had been returned to the intake body. */
  'MERGED_HANDED_ON',
] as const;
export type ComplaintHolding = (typeof COMPLAINT_HOLDINGS)[number];

/** Whether a complaint that had its answer was taken up again, and from where. */
const REOPENED = ['NO', 'MEDIATION', 'ANEW'] as const;

const ACCEPTANCE = clockColumns('acceptance');
const MEDIATION = clockColumns('mediation');
const NOTICE = clockColumns('notice');
const COLUMNS: Readonly<Record<string, ClockColumns>> = {
  acceptance: ACCEPTANCE,
  mediation: MEDIATION,
  'termination-notice': NOTICE,
};

/** Fact of one complaint: its three clocks, when it was handled (办结) as M-03 asks, and what came of it. */
export interface ComplaintFact {
  readonly [field: string]: string | number | null;
  /** USCC of the respondent (被投诉人). */
  readonly subject: string | null;
  /** Region of the authority that handles it; of one that was handed on, still that of the authority that did so. */
  readonly region: string | null;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly decision: ComplaintDecision;
  readonly holding: ComplaintHolding;
  /** Of one that was reopened the first answer stands, and the clocks that are its own again say nothing (metrics 3.0 rule 2). */
  readonly reopened: (typeof REOPENED)[number];
  /** 受理期限: the decision, and telling the complainant. */
  readonly acceptance: ClockStandingCode;
  readonly acceptanceOn: EpochDay | null;
  /** 调解期限. */
  readonly mediation: ClockStandingCode;
  readonly mediationOn: EpochDay | null;
  /** 终止调解告知期限. */
  readonly notice: ClockStandingCode;
  readonly noticeOn: EpochDay | null;
  /**
   * How its last step stands: the mediation of one that was accepted, else the decision with its notice. One that is still
   * undecided when the time for that is over is late until it is accepted, and cannot hide.
   */
  readonly closing: ClockStandingCode;
  readonly closingOn: EpochDay | null;
  /** Legal day on which the last step was taken, whatever its deadline; of one that was entered too late, that of the entry. */
  readonly closedOn: EpochDay | null;
  /** What came of it last. */
  readonly handling: ComplaintHandling;
  /** Legal day of its first receipt. */
  readonly receivedOn: EpochDay | null;
  /** Legal day of what {@link handling} tells, where that is a decision or a result; of one that was reopened, still the earlier. */
  readonly concludedOn: EpochDay | null;
  /**
   * Deadline of mediation of one that was accepted: the day on which it should have been handled, whenever it was. Of one that
   * was not, the day of what ended it, or on which another took its place, so that it is seen where it is left out.
   */
  readonly handlingOn: EpochDay | null;
}

const NEW_COMPLAINT: ComplaintFact = {
  subject: null,
  region: null,
  sector: null,
  channel: null,
  decision: 'NONE',
  holding: 'HELD',
  reopened: 'NO',
  ...noClock(ACCEPTANCE),
  ...noClock(MEDIATION),
  ...noClock(NOTICE),
  closing: 'NONE',
  closingOn: null,
  closedOn: null,
  handling: 'NONE',
  receivedOn: null,
  concludedOn: null,
  handlingOn: null,
};

export const complaintFacts: FactKind<ComplaintFact> = {
  name: 'complaint',
  version: 3,
  types: [
    'ComplaintReceived',
    'ComplaintReturnedToIntake',
    'ComplaintTransferredOut',
    'ComplaintTransferReceived',
    'ComplaintAccepted',
    'ComplaintNotAccepted',
    'AcceptanceDecisionNotified',
    'AppraisalStarted',
    'AppraisalCompleted',
    'ComplaintConcluded',
    'MediationTerminationNotified',
    'ComplaintReopened',
    'ComplaintMergedInto',
    'ComplaintUnmerged',
    'ComplaintCorrected',
    'ComplaintDeadlineAmended',
    'ComplaintLateEntryVerified',
  ],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    channel: { as: 'text' },
    decision: { as: 'code', values: COMPLAINT_DECISIONS },
    holding: { as: 'code', values: COMPLAINT_HOLDINGS },
    reopened: { as: 'code', values: REOPENED },
    ...fieldsOfClock(ACCEPTANCE),
    ...fieldsOfClock(MEDIATION),
    ...fieldsOfClock(NOTICE),
    closing: { as: 'code', values: CLOCK_STANDINGS },
    closingOn: { as: 'day' },
    closedOn: { as: 'day' },
    handling: { as: 'code', values: COMPLAINT_HANDLINGS },
    receivedOn: { as: 'day' },
    concludedOn: { as: 'day' },
    handlingOn: { as: 'day' },
  },
  counted: ['decision', 'holding', 'acceptance', 'mediation', 'notice', 'closing', 'handling'],
  attributions: ['closingOn', 'closedOn', 'acceptanceOn', 'noticeOn', 'receivedOn', 'concludedOn', 'handlingOn'],
  countedBy: {
    closingOn: ['decision', 'holding', 'closing'],
    closedOn: ['decision', 'holding', 'closing', 'handling'],
    receivedOn: ['holding', 'handling'],
    concludedOn: ['holding', 'handling'],
    handlingOn: ['holding', 'mediation', 'handling'],
    acceptanceOn: ['holding', 'acceptance'],
    noticeOn: ['holding', 'notice'],
  },
  keyOf: (event) => idOf(event.stream),
  evolve: (state, event) => evolveComplaint(state ?? NEW_COMPLAINT, event as RecordedComplaintEvent),
  park: (state = NEW_COMPLAINT, day) => ({
    ...state,
    decision: PARKED,
    acceptance: PARKED,
    acceptanceOn: state.acceptanceOn ?? day,
    notice: state.notice === 'NONE' ? 'NONE' : PARKED,
    noticeOn: state.notice === 'NONE' ? null : (state.noticeOn ?? day),
    closing: PARKED,
    closingOn: state.closingOn ?? day,
    closedOn: state.closedOn ?? day,
    handling: PARKED,
    receivedOn: state.receivedOn ?? day,
    concludedOn: state.concludedOn ?? day,
    handlingOn: state.handlingOn ?? day,
  }),
};

function evolveComplaint(state: ComplaintFact, event: RecordedComplaintEvent): ComplaintFact {
  const draft: Draft<ComplaintFact> = { ...state };
  takeInFacts(draft, event);
  if (state.reopened === 'NO') takeIn(draft, event);
  foldClocks(draft, COLUMNS, changesThatCount(draft, event), event);
  if (event.type === 'ComplaintUnmerged') excuse(draft, event.data.lapsedWhileMerged);
  const judged = clockIn(draft, draft.decision === 'ACCEPTED' ? MEDIATION : ACCEPTANCE);
  draft.closing = CLOSING[judged.standing] ?? judged.standing;
  draft.closingOn = judged.on;
  if (state.reopened === 'NO') close(draft, event, judged.doneOn);
  handle(draft, event);
  draft.handlingOn = handlingDay(draft, event);
  return draft;
}

/** What came of it, and on which days, whether or not it had an answer before. */
function handle(draft: Draft<ComplaintFact>, event: RecordedComplaintEvent): void {
  draft.handling = handlingAfter(draft.handling, event);
  switch (event.type) {
    case 'ComplaintReceived':
      draft.receivedOn = epochDayOf(event.occurredAt);
      break;
    case 'ComplaintNotAccepted':
    case 'ComplaintConcluded':
      draft.concludedOn = epochDayOf(event.occurredAt);
      break;
    case 'ComplaintReopened':
      if (draft.handling === 'NONE') draft.concludedOn = null;
      break;
    case 'ComplaintCorrected':
      if (event.data.field === 'receivedAt') correctReceipt(draft, event.data);
      break;
    default:
  }
}

/** Only the receipt by the first authority is that of the complaint. */
function correctReceipt(
  draft: Draft<ComplaintFact>,
  { old: before, new: after }: { readonly old: unknown; readonly new: unknown },
): void {
  if (dayOf(before) === draft.receivedOn) draft.receivedOn = dayOf(after);
}

function dayOf(instant: unknown): EpochDay {
  return epochDayOf(parseInstant(instant as string)!);
}

function handlingDay(draft: ComplaintFact, event: FactEvent): EpochDay | null {
  switch (draft.handling) {
    case 'NONE':
      return draft.holding === 'HELD' ? null : (draft.handlingOn ?? epochDayOf(event.occurredAt));
    case 'NOT_ACCEPTED':
    case 'WITHDRAWN_UNDECIDED':
      return draft.concludedOn;
    default: {
      const { until, standing, on } = clockIn(draft, MEDIATION);
      if (until !== null) return epochDayOf(until);
      return standing === 'SUSPENDED' ? null : on;
    }
  }
}

/** Of a complaint that was reopened, what is done again neither takes back nor moves the answer that it had. */
function changesThatCount(draft: ComplaintFact, event: RecordedComplaintEvent): readonly ClockChange[] {
  const changes = complaintClockChanges(event);
  if (draft.reopened === 'NO') return changes;
  return changes.filter((change) => counts(draft, 'reading' in change ? change.reading.clock : change.clock));
}

/** One that was declined at first and then accepted gets the deadline of mediation that it never had. */
function counts({ reopened, mediation }: ComplaintFact, clock: string): boolean {
  if (reopened === 'NO') return true;
  return reopened === 'MEDIATION' ? clock === 'acceptance' : clock === 'mediation' && mediation === 'NONE';
}

function excuse(draft: Draft<ComplaintFact>, clocks: readonly string[]): void {
  for (const clock of clocks) {
    const columns = COLUMNS[clock];
    if (columns !== undefined && counts(draft, clock)) keepClock(draft, columns, excused(clockIn(draft, columns)));
  }
}

/** Day of the last step, and what moves it. */
function close(draft: Draft<ComplaintFact>, event: RecordedComplaintEvent, doneOn: EpochDay | null): void {
  if (isLastStep(draft, event)) {
    draft.closedOn ??= epochDayOf(draft.closing === 'BACKDATED' ? event.recordedAt : event.occurredAt);
  } else if (event.type === 'ComplaintLateEntryVerified' && draft.closing === 'IN_TIME') {
    draft.closedOn = doneOn;
  } else if (event.type === 'ComplaintCorrected' && draft.closedOn !== null) {
    const judged = draft.decision === 'ACCEPTED' ? 'mediation' : 'acceptance';
    const completion = event.data.clocks.find(({ reading }) => reading.clock === judged)?.completion ?? null;
    if (completion === null) return;
    draft.closedOn = draft.closing === 'BACKDATED' ? epochDayOf(parseInstant(completion.recordedAt)!) : doneOn;
  }
}

/** A complaint withdrawn before it was decided was closed in time when no decision was due yet. */
const CLOSING: Readonly<Partial<Record<ClockStandingCode, ClockStandingCode>>> = {
  LAPSED: 'IN_TIME',
  LAPSED_BACKDATED: 'BACKDATED',
};

/** What holds whether or not the complaint had its answer before. */
function takeInFacts(draft: Draft<ComplaintFact>, event: RecordedComplaintEvent): void {
  switch (event.type) {
    case 'ComplaintMergedInto':
      draft.holding = draft.holding === 'HANDED_ON' ? 'MERGED_HANDED_ON' : 'MERGED';
      break;
    case 'ComplaintUnmerged':
      draft.holding = draft.holding === 'MERGED_HANDED_ON' ? 'HANDED_ON' : 'HELD';
      break;
    case 'ComplaintCorrected':
      if (event.data.field === 'respondentUscc') draft.subject = event.data.new as string | null;
      if (event.data.field === 'sector') draft.sector = event.data.new as string | null;
      if (event.data.field === 'channel') draft.channel = event.data.new as string | null;
      break;
    default:
  }
}

/** What the event says beside its clocks. A clock it should open stands as one that was not kept, until it opens it. */
function takeIn(draft: Draft<ComplaintFact>, event: RecordedComplaintEvent): void {
  switch (event.type) {
    case 'ComplaintReceived':
      draft.subject = event.data.respondentUscc;
      draft.region = event.data.handlingRegion;
      draft.sector = event.data.sector;
      draft.channel = event.data.channel;
      keepClock(draft, ACCEPTANCE, withoutClock(event.occurredAt));
      break;
    case 'ComplaintReturnedToIntake':
    case 'ComplaintTransferredOut':
      draft.holding = 'HANDED_ON';
      break;
    case 'ComplaintTransferReceived':
      draft.holding = 'HELD';
      draft.region = event.data.handlingRegion;
      keepClock(draft, ACCEPTANCE, withoutClock(event.occurredAt));
      break;
    case 'ComplaintReopened':
      reopen(draft, event.data.to);
      break;
    case 'ComplaintAccepted':
      draft.decision = 'ACCEPTED';
      keepClock(draft, MEDIATION, withoutClock(event.occurredAt));
      break;
    case 'ComplaintNotAccepted':
      draft.decision = 'NOT_ACCEPTED';
      break;
    case 'ComplaintConcluded':
      if (draft.decision === 'NONE') draft.decision = 'WITHDRAWN';
      // Settlements between the parties closed at once, and with no clock of notice, before they had one as every termination has.
      if (event.data.result === 'terminated' && event.data.ground !== '23(1)(1)') {
        keepClock(draft, NOTICE, withoutClock(event.occurredAt));
      }
      break;
    default:
  }
}

/** One that was accepted or withdrawn ends with its conclusion, one that was declined when the complainant is told. */
function isLastStep({ decision }: ComplaintFact, { type }: FactEvent): boolean {
  return type === 'ComplaintConcluded' || (type === 'AcceptanceDecisionNotified' && decision === 'NOT_ACCEPTED');
}

/** One without an answer, as it had no clocks or nobody had it in hand, is judged by the time that it has now. */
function reopen(draft: Draft<ComplaintFact>, to: 'intake' | 'acceptance' | 'mediation'): void {
  if (draft.closedOn !== null && isAnswered(draft)) {
    draft.reopened = to === 'mediation' ? 'MEDIATION' : 'ANEW';
    return;
  }
  draft.closedOn = null;
  if (to === 'mediation') return;
  draft.decision = 'NONE';
  if (to === 'acceptance') draft.holding = 'HELD';
}

/** Nobody is answerable for what was handed on in time. */
function isAnswered({ closing, holding }: ComplaintFact): boolean {
  return closing === 'LATE' || closing === 'BACKDATED' || (closing === 'IN_TIME' && holding === 'HELD');
}
