import { refuse, type DecisionContext, type LocalDate, type Refusal } from '#kernel';
import { isBy, readClock, type ClockReading, type Law } from '#law';
import { PARTIES } from '#negotiation/events';
import { CONFIRMATION_CLOCKS, type ConfirmationClock } from './clocks.ts';
import type {
  ApplyForConfirmation,
  OpenConfirmation,
  SignConfirmationApplication,
  WithdrawConfirmation,
} from './commands.ts';
import { confirmationPolicy, isConfirmable, isOfAuthority } from './confirmability.ts';
import type { Opened, Signature } from './confirmation.ts';
import type { ConfirmationEvent, CourtBasis } from './events.ts';
import type { AgreementRead, OpenReads } from './reads.ts';
import { following, notNow, refuseByProcess, refuseSpeaking, under, type Rule } from './refusals.ts';

/** From the agreement to the joint application of both parties. */

export const open: Rule<OpenConfirmation, OpenReads> = (command, state, context, law) => {
  // One agreement has one window: asked for again, it is there.
  if (state.status !== 'none') return [];
  const { mediationId, referralId, matter } = command;
  const { mediation, referral } = context.reads;
  if ((mediationId === undefined) === (referralId === undefined)) {
    const detail = 'It was agreed in one mediation, or in one assignment by a court: name that one.';
    return refuse('invalid', 'ONE_AGREEMENT_REQUIRED', detail, 'mediationId');
  }
  const agreement = mediation ?? referral;
  const field = mediationId === undefined ? 'referralId' : 'mediationId';
  if (agreement === undefined)
    return refuse('invalid', 'UNKNOWN_AGREEMENT', 'There is no procedure with this id.', field);
  const refusal = refuseByProcess(context) ?? refuseOpening(agreement, matter, field, context.today);
  return refusal ?? [windowOpened(command, agreement, law)];
};

function windowOpened(
  { mediationId, referralId, matter }: OpenConfirmation,
  agreement: AgreementRead,
  law: Law,
): ConfirmationEvent {
  const { disputeId, handlingRegion, respondentUscc, kind, isOral, effectiveOn, invitingCourt } = agreement;
  const application = reading('application', effectiveOn!, law);
  const confirmable = isOfAuthority(kind!) ? confirmationPolicy.of(handlingRegion!) : undefined;
  const data = {
    disputeId: disputeId!,
    mediationId: mediationId ?? null,
    referralId: referralId ?? null,
    kind: kind!,
    matter,
    isOral,
    effectiveOn: effectiveOn!,
    invitingCourt,
    handlingRegion: handlingRegion!,
    respondentUscc,
    confirmableBy: confirmable?.source ?? null,
    clocks: [application],
  };
  return { type: 'ConfirmationWindowOpened', ...under(application), data };
}

/** What can be confirmed: an agreement that binds, made where the law lets courts confirm it (S6 33, S7 205, S8 4, 13). */
function refuseOpening(
  { disputeId, handlingRegion, kind, assignment, assignedBy, effectiveOn }: AgreementRead,
  matter: OpenConfirmation['matter'],
  field: string,
  today: LocalDate,
): Refusal | undefined {
  if (matter !== 'property-or-contract') {
    const detail = 'Identity, adoption and marriage are not for judicial confirmation (S8 4(2)).';
    return refuse('invalid', 'MATTER_NOT_CONFIRMABLE', detail, 'matter');
  }
  if (kind === null || handlingRegion === null) {
    return refuse('conflict', 'NO_AGREEMENT_TO_CONFIRM', 'Nothing has been agreed in it.', field);
  }
  if (disputeId === null) {
    return refuse('conflict', 'DISPUTE_NOT_LINKED', 'Say first which dispute the assignment is about.', field);
  }
  if (assignment === 'post-filing') {
    const detail = 'After filing the court makes a document of the agreement itself (S9 20).';
    return refuse('conflict', 'COURT_MAKES_THE_DOCUMENT', detail, field);
  }
  if (assignedBy !== null) {
    const detail = `It was agreed in carrying out an assignment, which has one window: name referral ${assignedBy}.`;
    return refuse('conflict', 'ASSIGNMENT_REQUIRED', detail, field);
  }
  if (effectiveOn === null || effectiveOn > today) {
    return refuse('conflict', 'AGREEMENT_NOT_EFFECTIVE', 'The agreement does not bind yet.', field);
  }
  if (!isConfirmable(kind, handlingRegion)) {
    const detail =
      'Here no provision lets a court confirm what was agreed before an authority: a people’s mediation committee can mediate it.';
    return refuse('conflict', 'ADMINISTRATIVE_AGREEMENT_NOT_CONFIRMABLE', detail, field);
  }
  return undefined;
}

export const sign: Rule<SignConfirmationApplication> = following((command, state, context, law) => {
  const { party, court, courtBasis, evidence = [] } = command;
  const { signature } = state;
  const refusal = refuseSpeaking(context.actor.role, party, evidence) ?? refuseApplication(command, state, context);
  if (refusal !== undefined) return refusal;
  if (signature?.party === party && signature.court === court && signature.courtBasis === courtBasis) return [];
  const signed: ConfirmationEvent = {
    type: 'ConfirmationApplicationSigned',
    data: { party, court, courtBasis, evidence },
  };
  if (signature === null || signature.party === party) return [signed];
  if (signature.court !== court || signature.courtBasis !== courtBasis) {
    const detail = 'The other party has signed for another court: both apply to one.';
    return refuse('conflict', 'OTHER_COURT_SIGNED', detail, 'court');
  }
  return [signed, applied({ ...signature, evidence: [...signature.evidence, ...evidence] }, context.today, law)];
});

export const apply: Rule<ApplyForConfirmation> = following((command, state, context, law) => {
  const { court, courtBasis, evidence } = command;
  const refusal = refuseOnesided(command, context) ?? refuseApplication(command, state, context);
  if (refusal !== undefined) return refusal;
  return [applied({ court, courtBasis, evidence }, context.today, law)];
});

/** T-45: one party's application is none; a key that speaks for one party does not sign for the other. */
function refuseOnesided({ applicants }: ApplyForConfirmation, { actor }: DecisionContext): Refusal | undefined {
  if (!PARTIES.every((party) => applicants.includes(party))) {
    const detail = 'Both parties apply together; one party’s application is none (S6 33, S7 205).';
    return refuse('invalid', 'JOINT_APPLICATION_REQUIRED', detail, 'applicants');
  }
  if (actor.role !== 'merchant' && actor.role !== 'public') return undefined;
  return refuse('forbidden', 'NOT_YOUR_PARTY', 'A party signs for itself alone.', 'applicants');
}

function applied(
  { court, courtBasis, evidence }: Pick<Signature, 'court' | 'courtBasis' | 'evidence'>,
  today: LocalDate,
  law: Law,
): ConfirmationEvent {
  const acceptance = reading('court-acceptance', today, law);
  const data = { applicants: PARTIES, court, courtBasis, evidence, clocks: [acceptance] };
  return { type: 'JudicialConfirmationApplied', ...under(acceptance), data };
}

/** Within the thirty days, and to a court that is competent. */
function refuseApplication(
  { court, courtBasis }: { readonly court: string; readonly courtBasis: CourtBasis },
  state: Opened,
  { occurredAt }: DecisionContext,
): Refusal | undefined {
  const mayApply =
    state.status === 'eligible' ||
    state.status === 'withdrawn' ||
    (state.status === 'not-accepted' && state.ground === 'no-jurisdiction');
  if (!mayApply) return state.status === 'applied' ? alreadyApplied() : notNow(state);
  const due = state.clocks['application']?.due ?? null;
  if (due !== null && !isBy(due, occurredAt)) {
    return refuse('conflict', 'APPLICATION_WINDOW_CLOSED', `Both could apply until ${due}, together (L-23).`);
  }
  const bases = basesOf(state);
  if (!bases.includes(courtBasis)) {
    const detail = `Here the court is competent as ${bases.join(', ')}.`;
    return refuse('invalid', 'COURT_BASIS_NOT_APPLICABLE', detail, 'courtBasis');
  }
  if (courtBasis === 'inviting-court' && state.invitingCourt !== null && court !== state.invitingCourt) {
    return refuse('conflict', 'NOT_THE_INVITING_COURT', 'Another court had it mediated.', 'court');
  }
  return undefined;
}

/** What a court had mediated goes to that court or the body's (S7 205, S9 19); the rest to one of the three places. */
function basesOf({ isInvited }: Opened): readonly CourtBasis[] {
  return isInvited ? ['inviting-court', 'body-place'] : ['party-domicile', 'subject-matter-place', 'body-place'];
}

export const withdraw: Rule<WithdrawConfirmation> = following((command, state, { actor }) => {
  const { withdrawal, evidence = [] } = command;
  const by = PARTIES.filter((party) => command.by?.includes(party));
  const refusal = refuseWithdrawal(command, by.length, actor.role);
  if (refusal !== undefined) return refusal;
  if (state.status === 'withdrawn') return [];
  if (state.status !== 'applied' && state.status !== 'accepted') return notNow(state);
  return [{ type: 'ConfirmationApplicationWithdrawn', data: { withdrawal, by, evidence } }];
});

function refuseWithdrawal(
  { withdrawal, by = [], evidence = [] }: WithdrawConfirmation,
  parties: number,
  role: string,
): Refusal | undefined {
  if (withdrawal === 'deemed-withdrawn') {
    if (parties > 0) return refuse('invalid', 'PARTY_NOT_APPLICABLE', 'It is the court that deems it so.', 'by');
    return role === 'court' || evidence.length > 0
      ? undefined
      : refuse('invalid', 'EVIDENCE_REQUIRED', 'What the court did is proven.', 'evidence');
  }
  if (parties === 0) return refuse('invalid', 'PARTY_REQUIRED', 'One party or both take it back.', 'by');
  for (const party of by) {
    const refusal = refuseSpeaking(role, party, role === 'court' ? ['told'] : evidence);
    if (refusal !== undefined) return { ...refusal, field: refusal.field === 'party' ? 'by' : refusal.field! };
  }
  return undefined;
}

export function reading(clock: ConfirmationClock, from: LocalDate, law: Law): ClockReading {
  return readClock({ clock, rule: CONFIRMATION_CLOCKS[clock], from }, law);
}

function alreadyApplied(): Refusal {
  return refuse('conflict', 'ALREADY_APPLIED', 'Both parties have applied together.');
}
