import { refuse, type Refusal } from '#kernel';
import { restartClock, stopClock } from '#law';
import type { ComplaintClock } from '../clocks.ts';
import type {
  CompleteAppraisal,
  ProposeSelfSettlement,
  RecordConsent,
  RecordSettlement,
  RetractSettlement,
  StartAppraisal,
} from '../commands.ts';
import type { Accepted } from '../complaint.ts';
import type { JointReads } from '../reads.ts';
import { notMediated, reasonRequired } from '../refusals.ts';
import { following, MEDIATORS, onlyBy, type Rule } from '../step.ts';
import { consentMissing } from './consent.ts';

export const startAppraisal: Rule<StartAppraisal> = following(({ kind }, state, { now, today }, law) => {
  if (state.status !== 'accepted') return notMediated(state);
  const { mediation } = state.clocks;
  if (mediation === undefined) return withoutClock('mediation');
  const appraisal = String(state.appraisals.begun + 1);
  const stopped = stopClock(mediation, { id: appraisal, from: today, reason: kind }, now, law, 'kind');
  if ('refused' in stopped) return stopped;
  return [{ type: 'AppraisalStarted', data: { appraisal, kind, clocks: [stopped] } }];
});

export const completeAppraisal: Rule<CompleteAppraisal> = following((command, state, { today }, law) => {
  if (state.status !== 'accepted') return notMediated(state);
  const { open } = state.appraisals;
  if (open.length === 0) return refuse('conflict', 'NO_APPRAISAL_OPEN', 'No appraisal goes on.');
  const appraisal = command.appraisal ?? (open.length === 1 ? open[0] : undefined);
  if (appraisal === undefined) {
    return refuse('invalid', 'APPRAISAL_REQUIRED', `Several appraisals go on: ${open.join(', ')}.`, 'appraisal');
  }
  if (!open.includes(appraisal)) {
    return refuse('invalid', 'UNKNOWN_APPRAISAL', 'No appraisal of this number goes on.', 'appraisal');
  }
  const clocks = [restartClock(state.clocks['mediation']!, appraisal, today, law)];
  return [{ type: 'AppraisalCompleted', data: { appraisal, clocks } }];
});

/** A party may think better of it: what it said last counts. */
export const recordConsent: Rule<RecordConsent> = following(({ party, agrees }, state, context) => {
  if (state.status !== 'accepted') return notMediated(state);
  const refusal = onlyBy(MEDIATORS, context);
  if (refusal !== undefined) return refusal;
  const said = agrees ? 'given' : 'refused';
  if (state.consents[party] === said) return [];
  return [{ type: agrees ? 'MediationConsentGiven' : 'MediationConsentRefused', data: { party } }];
});

/** The clock runs on: a negotiation between the parties is no reason to stop it (T-08). */
export const proposeSelfSettlement: Rule<ProposeSelfSettlement> = following((_, state, context) => {
  if (state.status !== 'accepted') return notMediated(state);
  const refusal = onlyBy(MEDIATORS, context) ?? settledOrDisqualified(state);
  if (refusal !== undefined) return refusal;
  return state.isNegotiated ? [] : [{ type: 'PartiesNegotiationOpened', data: {} }];
});

export const recordSettlement: Rule<RecordSettlement, JointReads> = following((command, state, context) => {
  if (state.status !== 'accepted') return notMediated(state);
  const { evidence, recoveredFen = null } = command;
  const refusal = onlyBy(MEDIATORS, context) ?? settledOrDisqualified(state);
  if (refusal !== undefined) return refusal;
  if (evidence.length === 0) {
    return refuse('invalid', 'EVIDENCE_REQUIRED', 'A settlement between the parties needs proof.', 'evidence');
  }
  const missing = consentMissing('agreement', context.reads, context.id);
  return missing ?? [{ type: 'PartiesSettled', data: { evidence, recoveredFen } }];
});

export const retractSettlement: Rule<RetractSettlement> = following((_, state, context) => {
  if (state.status !== 'accepted') return notMediated(state);
  const refusal = onlyBy(MEDIATORS, context);
  if (refusal !== undefined) return refusal;
  if (state.settlement === null) return refuse('conflict', 'NOT_SETTLED', 'The parties have not settled.');
  const reason = context.persons['reason']?.personId;
  if (reason === undefined) return reasonRequired('It is told why the settlement did not hold.');
  return [{ type: 'PartiesSettlementRetracted', data: { reason } }];
});

function settledOrDisqualified({ settlement, disqualified }: Accepted): Refusal | undefined {
  if (disqualified !== null) {
    return refuse('conflict', 'COMPLAINT_DISQUALIFIED', 'It should not have been accepted: it ends on ground (6).');
  }
  return settlement === null ? undefined : refuse('conflict', 'PARTIES_SETTLED', 'The parties have settled before.');
}

function withoutClock(clock: ComplaintClock): Refusal {
  return refuse('conflict', 'CLOCK_NOT_KEPT', `It was recorded before the clock of ${clock} was kept.`);
}
