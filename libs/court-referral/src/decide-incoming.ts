import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { outOfTime, refuse } from '#kernel';
import { grantTime, restartClock, stopClock, type Law } from '#law';
import { PARTIES, type Party } from '#negotiation/events';
import type {
  AgreeInCourtMediation,
  CompleteCourtAppraisal,
  ExpireCourtMediation,
  ExtendCourtMediation,
  FailCourtMediation,
  ReportShamMediation,
  ReturnCaseToCourt,
  ReviewShamMediation,
  StartCourtAppraisal,
} from './commands.ts';
import { assigned, notAssigned } from './decide-assignment.ts';
import type { ReferralEvent, ReturnOutcome } from './events.ts';
import { afterLastDay, expiryOf } from './expiry.ts';
import type { Incoming } from './incoming.ts';
import type { ReferralState } from './referral.ts';
import { under, unknownReferral } from './refusals.ts';

/** The mediation for a court, from its beginning to the return of the case. */
type Rule<Command> = Decide<Command, ReferralState, ReferralEvent, Record<string, never>, Law>;

const CLOCK = 'court-mediation';

export const extend: Rule<ExtendCourtMediation> = inMediation(
  ({ days, agreedBy, evidence }, state, { now, occurredAt }, law) => {
    const refusal = refuseUnlessBoth(agreedBy);
    if (refusal !== undefined) return refusal;
    const granted = grantTime(state.clocks[CLOCK]!, days, { now, occurredAt }, law, 'days');
    if ('refused' in granted) return granted;
    const { grantedOn, reading } = granted;
    const data = { grantedOn, by: days, evidence, clocks: [reading] };
    return [{ type: 'CourtMediationExtended', ...under(reading), data }];
  },
);

export const startAppraisal: Rule<StartCourtAppraisal> = inMediation((_, state, { now, today }, law) => {
  const { begun, open } = state.appraisals;
  if (open !== null) return refuse('conflict', 'APPRAISAL_OPEN', 'An appraisal goes on.');
  const appraisal = String(begun + 1);
  const reading = stopClock(
    state.clocks[CLOCK]!,
    { id: appraisal, from: today, reason: 'appraisal' },
    now,
    law,
    'kind',
  );
  if ('refused' in reading) {
    return refuse('conflict', reading.code, 'Only before filing the time of an appraisal is not counted (S10 26).');
  }
  return [{ type: 'CourtAppraisalStarted', data: { appraisal, clocks: [reading] } }];
});

export const completeAppraisal: Rule<CompleteCourtAppraisal> = inMediation((_, state, context, law) => {
  const { open } = state.appraisals;
  if (open === null) return refuse('conflict', 'NO_APPRAISAL_OPEN', 'No appraisal goes on.');
  const refusal = outOfTime(state, context);
  if (refusal !== undefined) return refusal;
  const reading = restartClock(state.clocks[CLOCK]!, open, context.today, law);
  return [{ type: 'CourtAppraisalCompleted', data: { appraisal: open, clocks: [reading] } }];
});

export const reportSham: Rule<ReportShamMediation> = inMediation(({ indications }, state, { persons }) => {
  const reason = persons['reason']?.personId;
  if (reason === undefined) {
    return refuse('invalid', 'REASON_REQUIRED', 'A report says what was seen.', 'reason');
  }
  if (state.sham === 'reported') return refuse('conflict', 'SHAM_UNDER_REVIEW', 'A report is under review.');
  return [{ type: 'ShamMediationReported', data: { indications: [...new Set(indications)].sort(), reason } }];
});

export const reviewSham: Rule<ReviewShamMediation> = inMediation(({ finding, evidence }, state) => {
  if (state.sham === finding) return [];
  if (state.sham !== 'reported') return refuse('conflict', 'NO_SHAM_REPORTED', 'Nobody has reported a sham.');
  return [{ type: 'ShamMediationReviewed', data: { finding, evidence } }];
});

export const agree: Rule<AgreeInCourtMediation> = inMediation((command, state, { today }) => {
  const { form, agreedBy, agreedFen = null, evidence } = command;
  const refusal = refuseAgreement(command, state, today) ?? refuseUnlessBoth(agreedBy);
  if (refusal !== undefined) return refusal;
  // After filing it binds by the court's document, which is the court's (S9 20, 24).
  const isFiled = state.kind === 'post-filing';
  const effectiveOn = isFiled ? null : (command.effectiveOn ?? today);
  return [{ type: 'CourtMediationAgreed', data: { form: form ?? null, effectiveOn, agreedFen, evidence } }];
});

function refuseAgreement(
  { form, effectiveOn }: AgreeInCourtMediation,
  { kind, consents, sham }: Incoming,
  today: string,
): Refusal | undefined {
  const missing = PARTIES.filter((party) => !consents.includes(party));
  if (missing.length > 0) {
    return refuse('conflict', 'CONSENT_MISSING', `Still to agree to mediation: ${missing.join(', ')}.`);
  }
  if (sham === 'reported') {
    return refuse('conflict', 'SHAM_UNDER_REVIEW', 'A possible sham is under review: mediation is suspended (S9 18).');
  }
  if (sham === 'sham') return refuse('conflict', 'SHAM_MEDIATION', 'It was found to be a sham: nothing is agreed.');
  if (kind === 'pre-filing' && form === undefined) {
    return refuse('invalid', 'FORM_REQUIRED', 'Before filing an agreement is written or oral (S9 23).', 'form');
  }
  if (kind === 'post-filing' && (form !== undefined || effectiveOn !== undefined)) {
    const detail = 'After filing the court makes its own document of what was agreed (S9 20).';
    return refuse('invalid', 'FORM_NOT_APPLICABLE', detail, form === undefined ? 'effectiveOn' : 'form');
  }
  if (effectiveOn !== undefined && effectiveOn > today) {
    return refuse('invalid', 'EFFECTIVE_IN_FUTURE', 'It binds from the last signature, not later.', 'effectiveOn');
  }
  return undefined;
}

export const fail: Rule<FailCourtMediation> = inMediation(({ reason }) => [
  { type: 'CourtMediationFailed', data: { reason } },
]);

export const returnCase: Rule<ReturnCaseToCourt> = assigned(({ report, materials = [] }, state, { occurredAt }) => {
  const given = (outcome: ReturnOutcome): ReferralEvent => ({
    type: 'CaseReturnedToCourt',
    data: { outcome, report, materials },
  });
  switch (state.status) {
    case 'agreed':
    case 'failed':
    case 'refused':
      return [given(state.status)];
    case 'in-mediation': {
      // It says that it ran out where nobody has yet, so that what came of it does not hang on who was first to say so.
      const expiry = expiryOf(state, occurredAt);
      if (state.ranOut || expiry.length > 0) return [...expiry, given('expired')];
      return refuse('conflict', 'COURT_MEDIATION_OPEN', 'It goes on: an agreement, a failure or its time ends it.');
    }
    case 'returned-to-court':
      return state.returned?.report === report ? [] : notAssigned(state);
    case 'to-be-designated':
    case 'assigned':
      return notAssigned(state);
  }
});

/** Silence where there is a result by now, or the last day has become another one. */
export const expire: Rule<ExpireCourtMediation> = (_, state, { occurredAt }) => {
  if (state.direction === 'none') return unknownReferral();
  return state.direction === 'FROM_COURT' && state.status === 'in-mediation' ? expiryOf(state, occurredAt) : [];
};

/**
 * A step of the mediation, not after its last day. Whether it comes too late follows from when it occurred: what was done in time
 * may be entered when the time is over, and what was done later is refused also where nobody has noticed yet.
 */
function inMediation<Command>(
  rule: (command: Command, state: Incoming, context: DecisionContext, law: Law) => Decision<ReferralEvent>,
): Rule<Command> {
  return assigned((command, state, context, law) => {
    if (state.status !== 'in-mediation') return notAssigned(state);
    return afterLastDay(state, context.occurredAt) ?? rule(command, state, context, law);
  });
}

function refuseUnlessBoth(agreedBy: readonly Party[]): Refusal | undefined {
  if (PARTIES.every((party) => agreedBy.includes(party))) return undefined;
  return refuse('invalid', 'BOTH_PARTIES_REQUIRED', 'Both parties agree, or nothing is agreed.', 'agreedBy');
}
