import type { DecisionContext, GivenEvent, Instant, LocalDate, PersonReference } from '#kernel';
import { given, isRefusal, startOfDay, usccOf, type Decision } from '#kernel';
import { readClock, shippedLaw, type ClockReading, type Law } from '#law';
import { FILING_CONDITIONS } from '#reports/events';
import { CASE_CLOCKS, type CaseClock } from '../clocks.ts';
import * as decide from '../decide.ts';
import { evolve, initial, type Case } from '../enforcement-case.ts';
import type { CaseEvent, RecordedCaseEvent } from '../events.ts';
import { unreadComplaint, type OpenReads, type ReportRead } from '../reads.ts';

/** Histories of cases for specs, played by their own commands, each on its day. */
export type Given = GivenEvent<RecordedCaseEvent>;

export const enforcementCase = { initial, evolve };
export const law = shippedLaw();
export const USCC = usccOf('91330600', '12345678');
export const OTHER_USCC = usccOf('91330600', '87654321');
export const ID = '01JN0000000000000000000001';
export const DISPUTE = '01JN0000000000000000000002';
export const COMPLAINT = '01JN0000000000000000000003';
export const OFFICER = { id: 'key-1', role: 'officer' };
export const HEAD = { id: 'head', role: 'head' };

export const tenOf = (day: LocalDate): Instant => startOfDay(day) + 10 * 3_600_000;
export const onDay = (day: LocalDate) => ({ now: tenOf(day), occurredAt: tenOf(day), today: day });
export const person = <Name extends string>(name: Name) =>
  ({ [name]: { personId: `${name}-1`, tokens: {} } }) as Readonly<Record<Name, PersonReference>>;
export const reading = (clock: CaseClock, from: LocalDate, rule: string = CASE_CLOCKS[clock]): ClockReading =>
  readClock({ clock, rule, from }, law);

export const givenCase = (events: readonly Given[] = [], by: Law = law) => given(enforcementCase, events, by);

/** A report on which the head decided to file on 2026-05-20. */
export const filedReport: ReportRead = {
  handlingRegion: '330602',
  respondentUscc: USCC,
  respondentRegion: '330602',
  respondent: 'respondent-1',
  sector: null,
  disputeId: DISPUTE,
  receivedOn: '2026-05-06',
  filing: {
    filedOn: '2026-05-20',
    conditions: FILING_CONDITIONS,
    violationEndedOn: null,
    gravity: 'general',
    caseId: null,
  },
};
export const complaintRead = { ...unreadComplaint, handlingRegion: '330602', disputeId: DISPUTE, respondentUscc: USCC };
export const mediationRead = {
  clues: [
    {
      clueId: 'clue-1',
      foundOn: '2026-05-06',
      handlingRegion: '330602',
      disputeId: DISPUTE,
      complaintId: COMPLAINT,
      respondentUscc: USCC,
    },
  ],
};
export const noReads: OpenReads = { report: undefined, mediation: undefined, complaint: undefined };
export const matter = { authority: 'Yuecheng Market Supervision Office', handlingRegion: '330602', content: '' };

/** What a step needs beside its day. */
export interface Surroundings {
  readonly actor?: { readonly id: string; readonly role: string };
  readonly reads?: object;
  readonly now?: Instant;
  readonly persons?: object;
  readonly bounds?: DecisionContext['bounds'];
}

/** Commands given one after another, each on its day, and the history that they leave. */
export class Story {
  constructor(readonly events: readonly Given[] = []) {}

  on(day: LocalDate, rule: unknown, body: object = {}, more: Surroundings = {}): Story {
    const decision = this.decide(day, rule, body, more);
    if (isRefusal(decision)) throw new Error(`${decision.code}: ${decision.detail}`);
    const { actor = OFFICER, now: recordedAt = tenOf(day) } = more;
    const said = decision.map((event) => ({ ...event, occurredAt: tenOf(day), recordedAt, actor }) as unknown as Given);
    return new Story([...this.events, ...said]);
  }

  /** Event types, or the code of the refusal. */
  comesTo(day: LocalDate, rule: unknown, body: object = {}, more: Surroundings = {}): string {
    const decision = this.decide(day, rule, body, more);
    return isRefusal(decision) ? decision.code : decision.map(({ type }) => type).join(' ');
  }

  decide(day: LocalDate, rule: unknown, body: object = {}, more: Surroundings = {}): Decision<CaseEvent> {
    const persons = { ...person('content'), ...person('reason'), ...person('statement') };
    const context: Partial<DecisionContext<object>> = { ...onDay(day), actor: OFFICER, id: ID, persons, reads: {} };
    return givenCase(this.events).when(rule as never, body, { ...context, ...more } as never)
      .decision as Decision<CaseEvent>;
  }

  get state(): Case {
    const { state } = givenCase(this.events);
    if (state.status === 'none') throw new Error('no case');
    return state;
  }

  clock(name: CaseClock) {
    return this.state.clocks[name];
  }
}

const asHead = { actor: HEAD };
const clue = new Story().on(
  '2026-05-06',
  decide.open,
  { ...matter, origin: 'mediation', mediationId: 'M1', clueId: 'clue-1' },
  { reads: { ...noReads, mediation: mediationRead } },
);
const verified = clue.on('2026-05-18', decide.completeClue);
const filed = verified.on('2026-05-20', decide.fileClue, { conditions: [...FILING_CONDITIONS] }, asHead);
const investigating = filed.on('2026-05-21', decide.startInvestigation, { officers: ['A1', 'A2'] });
const inReview = investigating.on('2026-06-01', decide.submitForReview);
const reviewed = inReview.on('2026-06-03', decide.review, { opinion: 'agreed' }, asHead);
const notified = reviewed.on('2026-06-04', decide.serveNotice, { proposedFineFen: 500_00, proposedConfiscatedFen: 0 });
const decided = notified.on(
  '2026-06-15',
  decide.decideCase,
  { result: 'penalty', penalties: ['fine'], fineFen: 500_00, isPartyPresent: true },
  { ...asHead, reads: { referral: undefined } },
);
const executed = decided.on('2026-06-16', decide.recordExecution, { mode: 'performed', collectedFen: 500_00 });

/** A story that has come to each state, the last step on 2026-06-17 or before. */
export const STATES = {
  clue,
  'clue-verified': verified,
  'not-filed': verified.on('2026-05-20', decide.declineClue, { ground: '20(1)', reason: '' }, asHead),
  filed,
  investigating,
  suspended: investigating.on('2026-05-25', decide.suspend, { kind: 'case-suspended', ground: 'force-majeure' }),
  'in-review': inReview,
  reviewed,
  notified,
  decided,
  executed,
  closed: executed.on('2026-06-17', decide.close, {}, asHead),
} satisfies Readonly<Record<string, Story>>;
export type StateName = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as StateName[];
