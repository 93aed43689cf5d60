import { notByTheHead } from '#access';
import type { Decision } from '#kernel';
import { refuse } from '#kernel';
import { grantTime, restartClock, stopClock } from '#law';
import type {
  ExtendCase,
  ExtendReview,
  RecordAssistance,
  RecordAssistanceDelay,
  RequestAssistance,
  ResumeCase,
  ReviewCase,
  StartInvestigation,
  SubmitForReview,
  SuspectCrime,
  SuspendCase,
} from './commands.ts';
import type { CaseStatus } from './enforcement-case.ts';
import type { CaseEvent } from './events.ts';
import { inState, notByAnother, reading, under, type Rule } from './refusals.ts';
import { endingStandstill, nextStandstill, standsStill } from './standstill.ts';

// 调查、审核: from filing to the reviewed proposal.

/** While the case is open, up to its decision. */
const UNDER_WAY: readonly CaseStatus[] = ['filed', 'investigating', 'suspended', 'in-review', 'reviewed', 'notified'];

export const startInvestigation: Rule<StartInvestigation> = inState(['filed'], ({ officers }) => {
  if (new Set(officers).size < 2) {
    return refuse('invalid', 'TWO_OFFICERS_REQUIRED', 'At least two officers investigate.', 'officers');
  }
  return [{ type: 'CaseInvestigationStarted', data: { officers } }];
});

export const suspend: Rule<SuspendCase> = inState(
  ['investigating', 'suspended', 'in-review', 'reviewed', 'notified'],
  ({ kind, ground = null }, state, { now, today }, law) => {
    const isSuspension = kind === 'case-suspended';
    if (isSuspension && state.status === 'suspended') {
      return refuse('conflict', 'CASE_SUSPENDED', 'The investigation is suspended already.');
    }
    if (isSuspension && state.status !== 'investigating') {
      return refuse('conflict', 'CASE_NOT_INVESTIGATED', 'Only an investigation that goes on is suspended.', 'kind');
    }
    if (isSuspension !== (ground !== null)) {
      const detail = 'The suspension of an investigation has a ground, and nothing else has.';
      return refuse('invalid', isSuspension ? 'GROUND_REQUIRED' : 'GROUND_NOT_APPLICABLE', detail, 'ground');
    }
    const standstill = nextStandstill(state);
    const suspension = { id: standstill, from: today, reason: kind };
    const stopped = stopClock(state.clocks['case-decision']!, suspension, now, law, 'kind');
    if ('refused' in stopped) return stopped;
    return [{ type: 'CaseSuspended', data: { standstill, kind, ground, clocks: [stopped] } }];
  },
);

export const resume: Rule<ResumeCase> = inState(
  ['investigating', 'suspended', 'in-review', 'reviewed', 'notified'],
  (command, state, { today }, law) => {
    const standstill = endingStandstill(state, command.standstill);
    if (typeof standstill !== 'string') return standstill;
    const clocks = [restartClock(state.clocks['case-decision']!, standstill, today, law)];
    return [{ type: 'CaseResumed', data: { standstill, clocks } }];
  },
);

/** First the head, once and by what the rule gives; then the heads together, who say by how much (S4 Art. 64). */
export const extend: Rule<ExtendCase> = inState(UNDER_WAY, ({ grantedBy, days }, state, context, law) => {
  const refusal = notByTheHead(context);
  if (refusal !== undefined) return refusal;
  const clock = state.clocks['case-decision']!;
  if (grantedBy === 'head' && clock.extensions.length > 0) {
    const detail = 'The head has granted more time once; any more is the heads’ together.';
    return refuse('conflict', 'COLLECTIVE_DECISION_REQUIRED', detail, 'grantedBy');
  }
  if (grantedBy === 'collective' && clock.extensions.length === 0) {
    const detail = 'The heads together give more time to a case to which the head has given it before.';
    return refuse('conflict', 'NOT_EXTENDED_BY_HEAD', detail, 'grantedBy');
  }
  const granted = grantTime(clock, days, context, law, 'days');
  if ('refused' in granted) return granted;
  const { grantedOn, by, reading: extended } = granted;
  return [{ type: 'CaseDecisionExtended', data: { grantedBy, grantedOn, by, clocks: [extended] } }];
});

export const requestAssistance: Rule<RequestAssistance> = inState(
  ['investigating', 'suspended'],
  ({ otherAuthority }, { isAssistanceOpen }, { today }, law) => {
    if (isAssistanceOpen) {
      return refuse('conflict', 'ASSISTANCE_OPEN', 'The assistance that was asked for before is still to come.');
    }
    const assistance = reading('assistance', today, law);
    return [{ type: 'AssistanceRequested', ...under(assistance), data: { otherAuthority, clocks: [assistance] } }];
  },
);

export const recordAssistanceDelay: Rule<RecordAssistanceDelay> = inState(UNDER_WAY, (_, { isAssistanceOpen }) =>
  isAssistanceOpen ? [{ type: 'AssistanceDelayTold', data: {} }] : noAssistance(),
);

export const recordAssistance: Rule<RecordAssistance> = inState(UNDER_WAY, (_, { isAssistanceOpen }) =>
  isAssistanceOpen ? [{ type: 'AssistanceReceived', data: {} }] : noAssistance(),
);

function noAssistance(): Decision<CaseEvent> {
  return refuse('conflict', 'NO_ASSISTANCE_OPEN', 'No assistance is to come.');
}

export const suspectCrime: Rule<SuspectCrime> = inState(UNDER_WAY, (_, { isSuspectedCriminal }) =>
  isSuspectedCriminal ? [] : [{ type: 'CaseSuspectedCriminal', data: {} }],
);

export const submitForReview: Rule<SubmitForReview> = inState(['investigating'], (_, state, { today }, law) => {
  const refusal = standsStill(state);
  if (refusal !== undefined) return refusal;
  const review = reading('case-review', today, law);
  return [{ type: 'CaseSubmittedForReview', ...under(review), data: { clocks: [review] } }];
});

export const extendReview: Rule<ExtendReview> = inState(['in-review'], ({ workingDays }, state, context, law) => {
  const refusal = notByTheHead(context);
  if (refusal !== undefined) return refusal;
  const granted = grantTime(state.clocks['case-review']!, workingDays, context, law, 'workingDays');
  if ('refused' in granted) return granted;
  const { grantedOn, by, reading: extended } = granted;
  return [{ type: 'CaseReviewExtended', data: { grantedOn, by, clocks: [extended] } }];
});

export const review: Rule<ReviewCase> = inState(
  ['in-review'],
  ({ opinion }, state, context) => notByAnother(state, context) ?? [{ type: 'CaseReviewed', data: { opinion } }],
);
