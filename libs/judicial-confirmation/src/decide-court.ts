import { refuse, type Refusal } from '#kernel';
import { amendedReading, grantTime, isBy, refuseVerification } from '#law';
import { writtenCourtNumber, type AmendDeadline } from '#service';
import type {
  AcceptConfirmation,
  ApplyForEnforcement,
  ChallengeConfirmation,
  ConfirmAgreement,
  DecideChallenge,
  DeclineConfirmation,
  DismissConfirmation,
  ExtendConfirmationDecision,
  PerformConfirmedAgreement,
  VerifyConfirmationLateEntry,
} from './commands.ts';
import type { Opened } from './confirmation.ts';
import { reading } from './decide-application.ts';
import { following, notNow, ofCourt, refuseSpeaking, under, unknownConfirmation, type Rule } from './refusals.ts';

/** What the court decides, and what comes after. Each answer of a court may come twice: the second time it changes nothing. */

export const accept: Rule<AcceptConfirmation> = ofCourt((command, state, evidence, { today }, law) => {
  const courtCaseNo = writtenCourtNumber(command.courtCaseNo);
  if (state.status !== 'applied') {
    return state.courtCaseNo === courtCaseNo && state.status === 'accepted' ? [] : notNow(state);
  }
  const decision = reading('court-decision', today, law);
  const data = { courtCaseNo, evidence, clocks: [decision] };
  return [{ type: 'JudicialConfirmationAccepted', ...under(decision), data }];
});

export const decline: Rule<DeclineConfirmation> = ofCourt(({ ground }, state, evidence) => {
  if (state.status === 'not-accepted' && state.ground === ground) return [];
  if (state.status !== 'applied') return notNow(state);
  return [{ type: 'JudicialConfirmationNotAccepted', data: { ground, evidence } }];
});

export const extendDecision: Rule<ExtendConfirmationDecision> = ofCourt(
  ({ days }, state, evidence, { now, occurredAt }, law) => {
    if (state.status !== 'accepted') return notNow(state);
    const granted = grantTime(state.clocks['court-decision']!, days, { now, occurredAt }, law, 'days');
    if ('refused' in granted) return granted;
    const { grantedOn, by, reading: clock } = granted;
    const data = { grantedOn, by, evidence, clocks: [clock] };
    return [{ type: 'ConfirmationDecisionExtended', ...under(clock), data }];
  },
);

export const confirm: Rule<ConfirmAgreement> = ofCourt((command, state, evidence) => {
  const documentNo = writtenCourtNumber(command.documentNo);
  if (state.status === 'confirmed' && state.documentNo === documentNo) return [];
  if (state.status !== 'accepted') return notNow(state);
  return [{ type: 'AgreementConfirmed', data: { documentNo, evidence } }];
});

export const dismiss: Rule<DismissConfirmation> = ofCourt((command, state, evidence) => {
  const documentNo = writtenCourtNumber(command.documentNo);
  if (state.status === 'dismissed' && state.documentNo === documentNo) return [];
  if (state.status !== 'accepted') return notNow(state);
  const grounds = [...new Set(command.grounds)].sort();
  return [{ type: 'ConfirmationDismissed', data: { documentNo, grounds, evidence } }];
});

export const perform: Rule<PerformConfirmedAgreement> = following(({ evidence }, state) => {
  if (state.status !== 'confirmed') return notConfirmed(state);
  return state.isPerformed ? [] : [{ type: 'ConfirmedAgreementPerformed', data: { evidence } }];
});

export const enforce: Rule<ApplyForEnforcement> = following(({ party, evidence = [] }, state, { actor }) => {
  const refusal = refuseSpeaking(actor.role, party, evidence);
  if (refusal !== undefined) return refusal;
  if (state.status !== 'confirmed') return notConfirmed(state);
  if (state.isPerformed) {
    return refuse('conflict', 'ALREADY_PERFORMED', 'What was performed is not enforced.');
  }
  return state.isEnforced ? [] : [{ type: 'EnforcementApplied', data: { by: party, evidence } }];
});

export const challenge: Rule<ChallengeConfirmation> = ofCourt(
  ({ knewOn }, state, evidence, { today, occurredAt, persons }, law) => {
    if (state.status !== 'confirmed') return notConfirmed(state);
    if (state.openChallenge !== null) {
      return refuse('conflict', 'CHALLENGE_OPEN', 'A challenge is still to be decided.');
    }
    if (knewOn > today) return refuse('invalid', 'KNEW_AFTER_CHALLENGE', 'Nobody attacks what is not known.', 'knewOn');
    const clock = reading('challenge', knewOn, law);
    if (clock.due !== null && !isBy(clock.due, occurredAt)) {
      const detail = `It could be attacked until ${clock.due}, a year after it was known (S8 10).`;
      return refuse('conflict', 'CHALLENGE_TOO_LATE', detail, 'knewOn');
    }
    const challenger = persons['challenger']?.personId ?? null;
    const number = String(state.challenges + 1);
    const data = { challenge: number, knewOn, challenger, evidence, clocks: [clock] };
    return [{ type: 'ConfirmationChallenged', ...under(clock), data }];
  },
);

export const decideChallenge: Rule<DecideChallenge> = ofCourt((command, state, evidence) => {
  const documentNo = writtenCourtNumber(command.documentNo);
  if (state.status === 'revoked' && command.result === 'revoked' && state.documentNo === documentNo) return [];
  if (state.status !== 'confirmed') return notConfirmed(state);
  const { openChallenge } = state;
  if (openChallenge === null) return refuse('conflict', 'NO_CHALLENGE_OPEN', 'No third party has attacked it.');
  const data = { challenge: openChallenge, documentNo, evidence };
  return command.result === 'revoked'
    ? [{ type: 'ConfirmationRevokedByThirdParty', data }]
    : [{ type: 'ConfirmationChallengeRejected', data }];
});

const VERIFIERS: readonly string[] = ['officer', 'court', 'administrator'];

export const verifyLateEntry: Rule<VerifyConfirmationLateEntry> = (command, state, { actor }) => {
  if (state.status === 'none') return unknownConfirmation();
  const { clock, reason, evidence } = command;
  if (!VERIFIERS.includes(actor.role)) {
    return refuse('forbidden', 'HUMAN_DECISION_REQUIRED', 'An officer or the court verifies what was entered late.');
  }
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, actor.id);
  return refusal ?? [{ type: 'ConfirmationLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownConfirmation();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'ConfirmationDeadlineAmended', ...under(amended), data: amended }];
};

function notConfirmed(state: Opened): Refusal {
  if (state.status === 'revoked') return notNow(state);
  return refuse('conflict', 'NOT_CONFIRMED', 'The court has not confirmed the agreement.');
}
