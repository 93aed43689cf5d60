import { notByTheHead } from '#access';
import type { DecisionContext, LocalDate, Refusal } from '#kernel';
import { refuse } from '#kernel';
import type { ClockReading, Law } from '#law';
import { regions } from '#regions';
import type { DecideCase } from './commands.ts';
import { hearingOpen, mayAnswer } from './decide-notice.ts';
import type { Case } from './enforcement-case.ts';
import type { Penalty } from './events.ts';
import type { DecideReads } from './reads.ts';
import { inState, reading, under, type Rule } from './refusals.ts';
import { standsStill } from './standstill.ts';

// 处理决定: by the head, on what was reviewed, and a penalty only after the party was heard.

export const decideCase: Rule<DecideCase, DecideReads> = inState(
  ['reviewed', 'notified'],
  (command, state, context, law) => {
    const { reads, today } = context as DecisionContext<DecideReads>;
    const refusal =
      notByTheHead(context) ??
      standsStill(state) ??
      inconsistent(command) ??
      takesPlaceOfReferral(command, state, reads, context.id) ??
      (command.result === 'penalty' ? notHeard(command, state, today) : hearingToCome(state));
    if (refusal !== undefined) return refusal;
    const { result, penalties = [], fineFen = 0, confiscatedFen = 0, isPartyPresent = false } = command;
    const { respondentRegion, handlingRegion } = state.matter;
    const registeredIn = command.registeredIn ?? respondentRegion ?? handlingRegion;
    const criminalReferralId = command.criminalReferralId ?? null;
    const what = { result, penalties, fineFen, confiscatedFen, isPartyPresent, registeredIn, criminalReferralId };
    const clocks = clocksOf(what, handlingRegion, today, law);
    return [{ type: 'CaseDecided', ...under(clocks[0]), data: { ...what, clocks } }];
  },
);

/** What result, penalties and amounts must have to do with each other. */
function inconsistent({ result, penalties = [], fineFen = 0, confiscatedFen = 0 }: DecideCase): Refusal | undefined {
  if (result === 'penalty' && penalties.length === 0) {
    return refuse('invalid', 'PENALTY_REQUIRED', 'A penalty is of at least one kind.', 'penalties');
  }
  if (result !== 'penalty' && (penalties.length > 0 || fineFen > 0 || confiscatedFen > 0)) {
    return refuse('invalid', 'PENALTY_NOT_APPLICABLE', 'Only a penalty has kinds and amounts.', 'penalties');
  }
  if (penalties.includes('fine') !== fineFen > 0) {
    return refuse('invalid', 'FINE_INCONSISTENT', 'A fine has an amount, and nothing else has.', 'fineFen');
  }
  if (confiscatedFen > 0 && !penalties.includes('confiscation')) {
    return refuse('invalid', 'CONFISCATION_INCONSISTENT', 'Only a confiscation has this amount.', 'confiscatedFen');
  }
  return undefined;
}

/** 不得以行政处罚代替移送: where a crime is suspected, the referral comes to its end first (S11 Art. 11). */
function takesPlaceOfReferral(
  { result, criminalReferralId }: DecideCase,
  { isSuspectedCriminal }: Case,
  { referral, later }: DecideReads,
  caseId: string,
): Refusal | undefined {
  if (criminalReferralId !== undefined && referral?.caseId !== caseId) {
    const detail = 'There is no such referral of this case.';
    return refuse('invalid', 'UNKNOWN_REFERRAL', detail, 'criminalReferralId');
  }
  if (later !== undefined) {
    const detail = 'Another referral was begun after it: the last one counts.';
    return refuse('conflict', 'REFERRAL_NOT_THE_LAST', detail, 'criminalReferralId');
  }
  if (result === 'criminal') {
    if (referral?.standing === 'prosecuted') return undefined;
    const detail = 'It ends with the referral only when the police have filed.';
    return refuse('conflict', 'NOT_PROSECUTED', detail, 'criminalReferralId');
  }
  if (!isSuspectedCriminal || referral?.standing === 'without-prosecution') return undefined;
  const detail =
    'A crime is suspected: it is decided here when the referral has ended without prosecution (S11 Art. 11).';
  return refuse('conflict', 'PENALTY_INSTEAD_OF_REFERRAL', detail, 'result');
}

/** Before a penalty the party is told and heard, and does not fare worse for what it said. */
function notHeard({ fineFen = 0, confiscatedFen = 0 }: DecideCase, state: Case, today: LocalDate): Refusal | undefined {
  const { notice, status } = state;
  if (status !== 'notified' || notice === null) {
    return refuse('conflict', 'PENALTY_NOT_NOTIFIED', 'The party is told of a penalty before it is decided.', 'result');
  }
  const hearing = hearingToCome(state);
  if (hearing !== undefined) return hearing;
  if (notice.hearing !== 'ended' && mayAnswer(state, today)) {
    const detail = `The party may answer until ${state.clocks['party-statement']?.due ?? 'a day that cannot be told'}.`;
    return refuse('conflict', 'PARTY_MAY_STILL_ANSWER', detail);
  }
  if (fineFen > notice.proposedFineFen || confiscatedFen > notice.proposedConfiscatedFen) {
    const detail = 'It is heavier than what the party was told: tell it again first.';
    return refuse('conflict', 'HEAVIER_THAN_NOTIFIED', detail, 'fineFen');
  }
  return undefined;
}

function hearingToCome({ notice }: Case): Refusal | undefined {
  return notice?.hearing === 'requested' || notice?.hearing === 'going-on' ? hearingOpen() : undefined;
}

interface What {
  readonly result: DecideCase['result'];
  readonly penalties: readonly Penalty[];
  readonly isPartyPresent: boolean;
  readonly registeredIn: string;
}

/** Service on a party that was absent; publicity here or through its own province; the closing of what needs no execution. */
function clocksOf(
  { result, penalties, isPartyPresent, registeredIn }: What,
  handlingRegion: string,
  today: LocalDate,
  law: Law,
): readonly ClockReading[] {
  const service = isPartyPresent || result === 'criminal' ? [] : [reading('decision-service', today, law)];
  if (result !== 'penalty') return [...service, reading('case-closure', today, law)];
  // What is only a warning is not published.
  if (penalties.every((penalty) => penalty === 'warning')) return service;
  const isHere = provinceOf(registeredIn) === provinceOf(handlingRegion);
  return [...service, reading(isHere ? 'penalty-publicity' : 'penalty-hand-over', today, law)];
}

function provinceOf(region: string): string {
  return regions.ancestorsOf(region).at(-1)!;
}
