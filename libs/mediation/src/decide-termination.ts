import { COMPLAINT_CLOCKS, type TerminationGround } from '#complaints/events';
import { refuse, type LocalDate, type Refusal } from '#kernel';
import { amendedReading, readClock, refuseVerification, type ClockReading, type Law } from '#law';
import type { AmendDeadline } from '#service';
import type { NotifyPartiesOfTermination, TerminateMediation, VerifyMediationLateEntry } from './commands.ts';
import { following, under, untilEffective, type Rule } from './following.ts';
import { KINDS } from './kinds.ts';
import { PARTIES, type MediationEnding } from './mediation-events.ts';
import type { Agreed, Known, Live } from './mediation.ts';
import { isAuthority, isMediating } from './party.ts';
import type { LimitReads } from './reads.ts';
import { humanDecisionRequired, unknownMediation, wrongState } from './refusals.ts';

/** 双方自行和解: it is proven. */
const SETTLED_BY_PARTIES: TerminationGround = '23(1)(1)';
const PARTY_REFUSED: TerminationGround = '23(1)(2)';
const FEE_DISAGREED: TerminationGround = '23(1)(4)';
const LIMIT_REACHED: TerminationGround = '23(1)(5)';
const DISQUALIFIED: TerminationGround = '23(1)(6)';

/** The ground of the same meaning, by which both kinds of endings are judged alike. */
const GROUND_OF_ENDING: Partial<Record<MediationEnding, TerminationGround>> = {
  'settled-by-parties': SETTLED_BY_PARTIES,
  'party-refused': PARTY_REFUSED,
  'limit-reached': LIMIT_REACHED,
};

export const terminate: Rule<TerminateMediation, LimitReads> = untilEffective((command, state, context, law) => {
  if (!isMediating(context.actor.role)) return humanDecisionRequired();
  const { ground = null, disqualification = null, ending = null, evidence = [] } = command;
  const refusal = inconsistent(command, state) ?? unfounded(command, state, context, law);
  if (refusal !== undefined) return refusal;
  const clocks = noticeClocks(ground, context.reads, context.today, law);
  const reason = context.persons['reason']?.personId ?? null;
  const data = { ground, disqualification, ending, reason, evidence, clocks };
  return [{ type: 'MediationTerminated', ...under(clocks[0]), data }];
});

export const notifyParties: Rule<NotifyPartiesOfTermination> = following(({ channel }, state, { actor }) => {
  if (state.status !== 'terminated') {
    return state.status === 'live' || state.status === 'agreed'
      ? refuse('conflict', 'NO_TERMINATION_TO_NOTIFY', 'The mediation has not been terminated.')
      : wrongState(state);
  }
  if (!isMediating(actor.role)) return humanDecisionRequired();
  if (state.notified) return refuse('conflict', 'ALREADY_NOTIFIED', 'Both parties were told before.');
  return [{ type: 'PartiesNotifiedOfTermination', data: { channel } }];
});

export const verifyLateEntry: Rule<VerifyMediationLateEntry> = (command, state, { actor }) => {
  if (state.status === 'none') return unknownMediation();
  const { clock, reason, evidence } = command;
  if (!isAuthority(actor.role)) return humanDecisionRequired();
  if (state.clocks[clock]?.completion?.verified === true) return [];
  const refusal = refuseVerification(state.clocks, clock, actor.id);
  return refusal ?? [{ type: 'MediationLateEntryVerified', data: { clock, reason, evidence } }];
};

export const amendDeadline: Rule<AmendDeadline> = ({ clock }, state, _, law) => {
  if (state.status === 'none') return unknownMediation();
  const known = state.clocks[clock];
  const amended = known === undefined ? undefined : amendedReading(known, law);
  return amended === undefined ? [] : [{ type: 'MediationDeadlineAmended', ...under(amended), data: amended }];
};

/** A ground of Art. 23(1) ends what an authority mediates or has mediated, an ending of its own what a body does. */
function inconsistent({ ground, disqualification, ending }: TerminateMediation, { kind }: Known): Refusal | undefined {
  const isOfAuthority = KINDS[kind].ofComplaint;
  if (isOfAuthority && ground === undefined) {
    return refuse('invalid', 'GROUND_REQUIRED', 'A termination names its ground (Art. 23(1)).', 'ground');
  }
  if (isOfAuthority && ending !== undefined) {
    return refuse('invalid', 'ENDING_NOT_APPLICABLE', 'It ends on a ground of Art. 23(1).', 'ending');
  }
  if (!isOfAuthority && ground !== undefined) {
    return refuse('invalid', 'GROUND_NOT_APPLICABLE', 'Art. 23(1) is for mediation by an authority.', 'ground');
  }
  if (!isOfAuthority && ending === undefined) {
    return refuse('invalid', 'ENDING_REQUIRED', 'Say how the mediation ended.', 'ending');
  }
  if (ground === DISQUALIFIED && disqualification === undefined) {
    return refuse('invalid', 'DISQUALIFICATION_REQUIRED', 'Ground (6) names its basis.', 'disqualification');
  }
  if (ground !== DISQUALIFIED && disqualification !== undefined) {
    return refuse('invalid', 'DISQUALIFICATION_NOT_APPLICABLE', 'Only ground (6) has a basis.', 'disqualification');
  }
  return undefined;
}

/** A ground that the mediation does not bear out. */
function unfounded(
  { ground, ending, evidence = [] }: TerminateMediation,
  state: Live | Agreed,
  { reads, today }: { readonly reads: LimitReads; readonly today: LocalDate },
  law: Law,
): Refusal | undefined {
  const field = ground === undefined ? 'ending' : 'ground';
  const judged = ground ?? (ending === undefined ? undefined : GROUND_OF_ENDING[ending]);
  const { consumer, merchant } = state.consents;
  switch (judged) {
    case SETTLED_BY_PARTIES:
      if (evidence.length > 0) return undefined;
      return refuse('invalid', 'EVIDENCE_REQUIRED', 'A settlement between the parties needs proof.', 'evidence');
    case PARTY_REFUSED:
      if (consumer === 'refused' || merchant === 'refused') return undefined;
      if (ground !== undefined && hasStayedAway(state)) return undefined;
      return refuse('conflict', 'NO_REFUSAL_ON_RECORD', 'No party has refused or stayed away: record it first.', field);
    case FEE_DISAGREED:
      if (state.feeDisagreed) return undefined;
      return refuse('conflict', 'NO_FEE_DISAGREEMENT_ON_RECORD', 'Record first that the fee is disputed.', field);
    case LIMIT_REACHED:
      return limitNotReached(limitOf(state, reads, law), today, field);
    default:
      return undefined;
  }
}

/** 不参加调解: a party did not come to the newest session, of which it was told. */
function hasStayedAway({ sessions }: Known): boolean {
  const newest = sessions.findLast(({ standing }) => standing === 'held');
  return newest !== undefined && newest.attended.length < PARTIES.length;
}

interface Limit {
  readonly due: LocalDate | string | null;
  readonly rule: string | null;
}

/**
 * The clock under which it stands: that of the complaint or of the court's assignment, or its own. A complaint older than its
 * clocks is judged by the rule of its acceptance.
 */
function limitOf({ kind, clocks }: Known, { complaint, referral }: LimitReads, law: Law): Limit | undefined {
  switch (KINDS[kind].limit.by) {
    case 'complaint': {
      const known = complaint?.clocks['mediation'];
      if (known !== undefined || complaint === undefined || complaint.acceptedOn === null) return known;
      return readClock({ clock: 'mediation', rule: COMPLAINT_CLOCKS.mediation, from: complaint.acceptedOn }, law);
    }
    case 'referral':
      return referral?.clocks['court-mediation'];
    default:
      return clocks['body-mediation'];
  }
}

/** Open on the last day itself, on which termination is a duty (T-42), and not before. */
function limitNotReached(limit: Limit | undefined, today: LocalDate, field: string): Refusal | undefined {
  const due = limit?.due ?? null;
  if (due !== null && today >= due) return undefined;
  const detail =
    due === null
      ? 'The mediation limit stands still or cannot be told.'
      : `The mediation limit is not reached before ${due} (${limit!.rule}).`;
  return refuse('conflict', 'MEDIATION_LIMIT_NOT_REACHED', detail, field);
}

/** Seven working days to tell both parties, whatever the ground (S1 Art. 23(2), L-03), unless the complaint was concluded first and keeps that clock itself. */
function noticeClocks(
  ground: TerminationGround | null,
  { complaint }: LimitReads,
  today: LocalDate,
  law: Law,
): ClockReading[] {
  if (ground === null) return [];
  const name = 'termination-notice';
  if (complaint?.clocks[name] !== undefined) return [];
  return [readClock({ clock: name, rule: COMPLAINT_CLOCKS[name], from: today }, law)];
}
