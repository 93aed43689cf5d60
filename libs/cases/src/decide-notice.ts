import type { LocalDate, Refusal } from '#kernel';
import { refuse } from '#kernel';
import { restartClock, stopClock } from '#law';
import type {
  EndHearing,
  RecordPartyStatement,
  RequestHearing,
  ServePenaltyNotice,
  StartHearing,
  WaiveStatement,
} from './commands.ts';
import type { Case } from './enforcement-case.ts';
import { inState, reading, under, type Rule } from './refusals.ts';
import { nextStandstill } from './standstill.ts';

// 告知、陈述申辩、听证: what the party is told before a penalty, and how it answers.

/** Once more where the penalty is to be heavier than the party was told: the five working days begin again. */
export const serveNotice: Rule<ServePenaltyNotice> = inState(
  ['reviewed', 'notified'],
  ({ proposedFineFen, proposedConfiscatedFen }, { notice }, { today }, law) => {
    if (notice?.hearing === 'requested' || notice?.hearing === 'going-on') return hearingOpen();
    const statement = reading('party-statement', today, law);
    const data = { proposedFineFen, proposedConfiscatedFen, clocks: [statement] };
    return [{ type: 'PenaltyNoticeServed', ...under(statement), data }];
  },
);

/** Also after its five working days: the authority may hear what it need not wait for. */
export const recordStatement: Rule<RecordPartyStatement> = inState(['notified'], (_command, _state, { persons }) => {
  const statement = persons['statement']?.personId;
  if (statement === undefined) {
    return refuse('invalid', 'STATEMENT_REQUIRED', 'A statement says something.', 'statement');
  }
  return [{ type: 'PartyStatementMade', data: { statement } }];
});

export const waiveStatement: Rule<WaiveStatement> = inState(['notified'], (_, { notice }) => {
  if (notice!.hearing !== null) return hearingAskedFor();
  return notice!.isWaived ? [] : [{ type: 'PartyStatementWaived', data: {} }];
});

/** A right of five working days: later there is none (L-12). */
export const requestHearing: Rule<RequestHearing> = inState(['notified'], (_, state, { today }) => {
  const { notice, clocks } = state;
  if (notice!.hearing !== null) return hearingAskedFor();
  if (!mayAnswer(state, today)) {
    const detail = `The party could ask for a hearing until ${clocks['party-statement']?.due}.`;
    return refuse('conflict', 'RIGHT_LAPSED', detail);
  }
  return [{ type: 'CaseHearingRequested', data: {} }];
});

export const startHearing: Rule<StartHearing> = inState(['notified'], (_, state, { now, today }, law) => {
  if (state.notice!.hearing !== 'requested') {
    return refuse('conflict', 'NO_HEARING_REQUESTED', 'No hearing is to be held.');
  }
  const standstill = nextStandstill(state);
  const suspension = { id: standstill, from: today, reason: 'hearing' };
  const stopped = stopClock(state.clocks['case-decision']!, suspension, now, law, 'occurredAt');
  if ('refused' in stopped) return stopped;
  return [{ type: 'CaseHearingStarted', data: { standstill, clocks: [stopped] } }];
});

export const endHearing: Rule<EndHearing> = inState(['notified'], (_, { notice, clocks }, { today }, law) => {
  if (notice!.hearing !== 'going-on') return refuse('conflict', 'NO_HEARING_OPEN', 'No hearing goes on.');
  const clock = clocks['case-decision']!;
  const standstill = clock.suspensions.findLast(({ reason, to }) => reason === 'hearing' && to === null)!.id;
  const data = { standstill, clocks: [restartClock(clock, standstill, today, law)] };
  return [{ type: 'CaseHearingEnded', data }];
});

/** Whether the party may still answer: it has not given that up, and its time is not over. */
export function mayAnswer({ notice, clocks }: Case, today: LocalDate): boolean {
  if (notice === null || notice.isWaived) return false;
  const due = clocks['party-statement']?.due ?? null;
  return due === null || today <= due;
}

function hearingOpen(): Refusal {
  return refuse('conflict', 'HEARING_NOT_HELD', 'The hearing that the party has asked for is held first.');
}

function hearingAskedFor(): Refusal {
  return refuse('conflict', 'HEARING_REQUESTED', 'The party has asked for a hearing.');
}

export { hearingOpen };
