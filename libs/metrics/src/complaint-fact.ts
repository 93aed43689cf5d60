import type { RecordedComplaintEvent } from '#complaints/events';
import { complaintClockChanges } from '#complaints/events';
import type { EpochDay } from '#kernel';
import { epochDayOf, idOf } from '#kernel';
import type { ClockColumns, ClockStandingCode } from './clock-standing.ts';
import {
  CLOCK_STANDINGS,
  clockColumns,
  clockIn,
  fieldsOfClock,
  foldClocks,
  keepClock,
  noClock,
  withoutClock,
} from './clock-standing.ts';
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

const ACCEPTANCE = clockColumns('acceptance');
const MEDIATION = clockColumns('mediation');
const NOTICE = clockColumns('notice');
const COLUMNS: Readonly<Record<string, ClockColumns>> = {
  acceptance: ACCEPTANCE,
  mediation: MEDIATION,
  'termination-notice': NOTICE,
};

/** Fact of one complaint: its three clocks, and when it was handled (办结) as M-03 asks. */
export interface ComplaintFact {
  readonly [field: string]: string | number | null;
  /** USCC of the respondent (被投诉人). */
  readonly subject: string | null;
  /** Region of the authority that handles it. */
  readonly region: string | null;
  readonly sector: string | null;
  readonly channel: string | null;
  readonly decision: ComplaintDecision;
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
}

const NEW_COMPLAINT: ComplaintFact = {
  subject: null,
  region: null,
  sector: null,
  channel: null,
  decision: 'NONE',
  ...noClock(ACCEPTANCE),
  ...noClock(MEDIATION),
  ...noClock(NOTICE),
  closing: 'NONE',
  closingOn: null,
  closedOn: null,
};

export const complaintFacts: FactKind<ComplaintFact> = {
  name: 'complaint',
  version: 1,
  types: [
    'ComplaintReceived',
    'ComplaintAccepted',
    'ComplaintNotAccepted',
    'AcceptanceDecisionNotified',
    'AppraisalStarted',
    'AppraisalCompleted',
    'ComplaintConcluded',
    'MediationTerminationNotified',
    'ComplaintDeadlineAmended',
    'ComplaintLateEntryVerified',
  ],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    channel: { as: 'text' },
    decision: { as: 'code', values: COMPLAINT_DECISIONS },
    ...fieldsOfClock(ACCEPTANCE),
    ...fieldsOfClock(MEDIATION),
    ...fieldsOfClock(NOTICE),
    closing: { as: 'code', values: CLOCK_STANDINGS },
    closingOn: { as: 'day' },
    closedOn: { as: 'day' },
  },
  counted: ['decision', 'acceptance', 'notice', 'closing'],
  attributions: ['closingOn', 'closedOn', 'acceptanceOn', 'noticeOn'],
  countedBy: {
    closingOn: ['decision', 'closing'],
    closedOn: ['decision', 'closing'],
    acceptanceOn: ['acceptance'],
    noticeOn: ['notice'],
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
  }),
};

function evolveComplaint(state: ComplaintFact, event: RecordedComplaintEvent): ComplaintFact {
  const draft: Draft<ComplaintFact> = { ...state };
  takeIn(draft, event);
  foldClocks(draft, COLUMNS, complaintClockChanges(event), event);
  const judged = clockIn(draft, draft.decision === 'ACCEPTED' ? MEDIATION : ACCEPTANCE);
  draft.closing = CLOSING[judged.standing] ?? judged.standing;
  draft.closingOn = judged.on;
  if (isLastStep(draft, event)) {
    draft.closedOn ??= epochDayOf(draft.closing === 'BACKDATED' ? event.recordedAt : event.occurredAt);
  } else if (event.type === 'ComplaintLateEntryVerified' && draft.closing === 'IN_TIME') {
    draft.closedOn = judged.doneOn;
  }
  return draft;
}

/** A complaint withdrawn before it was decided was closed in time when no decision was due yet. */
const CLOSING: Readonly<Partial<Record<ClockStandingCode, ClockStandingCode>>> = {
  LAPSED: 'IN_TIME',
  LAPSED_BACKDATED: 'BACKDATED',
};

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
    case 'ComplaintAccepted':
      draft.decision = 'ACCEPTED';
      keepClock(draft, MEDIATION, withoutClock(event.occurredAt));
      break;
    case 'ComplaintNotAccepted':
      draft.decision = 'NOT_ACCEPTED';
      break;
    case 'ComplaintConcluded':
      if (draft.decision === 'NONE') draft.decision = 'WITHDRAWN';
      // A settlement between the parties leaves nobody to be told (S1 Art. 23(2)).
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
