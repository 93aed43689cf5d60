import type { Decide, Decision, DecisionContext, Refusal } from '#kernel';
import { inOrder, refuse } from '#kernel';
import { isConfirmable } from '#judicial-confirmation/events';
import type { Law } from '#law';
import type {
  ConsentToCourtRoute,
  OfferCourtRoute,
  PackageMaterials,
  RefuseCourtRoute,
  TransferToCourt,
} from './commands.ts';
import type { JurisdictionBasis, ReferralEvent } from './events.ts';
import { packageOf } from './material-package.ts';
import { consentsNeeded, type Outgoing } from './outgoing.ts';
import type { OfferReads, ProcedureRead } from './reads.ts';
import type { ReferralState } from './referral.ts';
import { refuseByProcess, refuseSpeaking, refuseStep } from './refusals.ts';
import { refuseRouteAfter } from './succession.ts';

type Rule<Command, Reads = Record<string, never>> = Decide<Command, ReferralState, ReferralEvent, Reads, Law>;

export const offer: Rule<OfferCourtRoute, OfferReads> = (command, state, context) => {
  if (state.direction !== 'none') {
    const detail = `It was offered before, as ${context.id}: another one comes after it, once it has ended.`;
    return refuse('conflict', 'REFERRAL_EXISTS', detail, 'afterReferralId');
  }
  const byProcess = refuseByProcess(context);
  if (byProcess !== undefined) return byProcess;
  const { dispute } = context.reads;
  if (dispute === undefined) return refuse('invalid', 'UNKNOWN_DISPUTE', 'There is no such dispute.', 'disputeId');
  const { disputeId, handlingRegion, purpose, claimant = 'consumer', complaintId, mediationId } = command;
  const refusal = refuseBasis(command, context) ?? refuseRouteAfter(command, context);
  if (refusal !== undefined) return refusal;
  const data = { disputeId, handlingRegion, respondentUscc: dispute.respondentUscc, purpose, claimant };
  const basis = { complaintId: complaintId ?? null, mediationId: mediationId ?? null };
  return [{ type: 'CourtRouteOffered', data: { ...data, ...basis } }];
};

/** The route follows a procedure of the dispute that has ended; one for confirmation follows an agreement. */
function refuseBasis(
  { disputeId, purpose, complaintId, mediationId }: OfferCourtRoute,
  { reads: { complaint, mediation }, occurredAt }: DecisionContext<OfferReads>,
): Refusal | undefined {
  if (complaintId === undefined && mediationId === undefined) {
    const detail = 'The court route follows a complaint or a mediation that has ended: name it.';
    return refuse('invalid', 'ENDED_PROCEDURE_REQUIRED', detail, 'mediationId');
  }
  const named: [string, string, ProcedureRead | undefined][] = [];
  if (complaintId !== undefined) named.push(['complaintId', 'UNKNOWN_COMPLAINT', complaint]);
  if (mediationId !== undefined) named.push(['mediationId', 'UNKNOWN_MEDIATION', mediation]);
  for (const [field, unknown, read] of named) {
    if (read === undefined) return refuse('invalid', unknown, 'There is no procedure with this id.', field);
    if (read.disputeId !== disputeId) {
      return refuse('conflict', 'PROCEDURE_OF_OTHER_DISPUTE', 'It belongs to another dispute.', field);
    }
    if (read.endedAt === null || read.endedAt > occurredAt) {
      return refuse('conflict', 'PROCEDURE_NOT_ENDED', 'It had not ended: the court route comes after it.', field);
    }
  }
  if (purpose !== 'confirmation') return undefined;
  const agreed = [mediation, complaint].filter((read) => read?.isAgreed === true);
  if (agreed.length === 0) {
    return refuse('conflict', 'NO_AGREEMENT_TO_CONFIRM', 'Only what the parties agreed can be confirmed.', 'purpose');
  }
  if (agreed.some((read) => mayBeConfirmed(read!))) return undefined;
  const detail = 'Here no provision lets a court confirm what was agreed before an authority (T-44).';
  return refuse('conflict', 'ADMINISTRATIVE_AGREEMENT_NOT_CONFIRMABLE', detail, 'purpose');
}

function mayBeConfirmed({ kind, handlingRegion }: ProcedureRead): boolean {
  return kind === null || handlingRegion === null || isConfirmable(kind, handlingRegion);
}

export const consent: Rule<ConsentToCourtRoute> = outgoing(({ party, evidence = [] }, state, { actor }) => {
  const refusal = refuseSpeaking(actor.role, party, evidence) ?? refuseConsent(state, party);
  if (refusal !== undefined) return refusal;
  if (state.consents.includes(party)) return [];
  return [{ type: 'CourtRouteConsentGiven', data: { party, evidence } }];
});

export const refuseConsentToRoute: Rule<RefuseCourtRoute> = outgoing(({ party }, state, { actor }) => {
  // Nobody has to prove that somebody said no.
  const refusal = refuseSpeaking(actor.role, party, ['said']) ?? refuseConsent(state, party);
  if (refusal !== undefined) return refusal;
  if (state.status !== 'offered') return notOffered(state);
  return [{ type: 'CourtRouteConsentRefused', data: { party } }];
});

function refuseConsent(state: Outgoing, party: Outgoing['claimant']): Refusal | undefined {
  if (!consentsNeeded(state).includes(party)) {
    return refuse('conflict', 'CONSENT_NOT_NEEDED', 'A suit needs the consent of the claimant alone.', 'party');
  }
  if (state.consents.includes(party) || state.status === 'offered') return undefined;
  return notOffered(state);
}

export const packageMaterials: Rule<PackageMaterials> = outgoing((command, state, { id }) => {
  if (!PACKAGING.includes(state.status)) return notOffered(state);
  const missing = consentsNeeded(state).filter((party) => !state.consents.includes(party));
  if (missing.length > 0) {
    return refuse('conflict', 'CONSENT_MISSING', `Still to agree: ${missing.join(', ')}.`);
  }
  const made = packageOf(id, command.items, command.factsAgreedBy ?? []);
  if ('refused' in made) return made;
  if (state.package?.id === made.package) return [];
  if (state.returned.includes(made.package)) {
    const detail = 'The court sent this package back: what goes again must be another one.';
    return refuse('conflict', 'PACKAGE_SENT_BACK', detail, 'items');
  }
  return [{ type: 'ReferralMaterialsPackaged', data: made }];
});

const PACKAGING: readonly Outgoing['status'][] = ['offered', 'packaged', 'returned-by-court'];

/** Once: given again it changes nothing, and no other package or court takes its place. */
export const transfer: Rule<TransferToCourt> = outgoing((command, state) => {
  const { court, jurisdictionBasis } = command;
  if (state.returned.includes(command.package)) {
    return refuse('conflict', 'PACKAGE_SENT_BACK', 'The court sent this package back.', 'package');
  }
  if (state.package === null) {
    return refuse('conflict', 'NOTHING_PACKAGED', 'There is no package to transfer yet.');
  }
  const { id, hash } = state.package;
  if (state.transfer !== null) {
    const isSame = command.package === id && court === state.transfer.court;
    return isSame ? [] : refuse('conflict', 'ALREADY_TRANSFERRED', 'It was transferred before, once.');
  }
  if (command.package !== id) {
    return refuse('conflict', 'PACKAGE_SUPERSEDED', 'Another package has taken its place.', 'package');
  }
  if (!basesOf(state).includes(jurisdictionBasis)) {
    const detail = `Here a court has jurisdiction as ${basesOf(state).join(', ')}.`;
    return refuse('invalid', 'NO_JURISDICTION_BASIS', detail, 'jurisdictionBasis');
  }
  return [{ type: 'DisputeReferredToCourt', data: { package: id, hash, court, jurisdictionBasis } }];
});

/** Where the parties sue, and where they apply for confirmation (S7 205), are not the same. */
function basesOf({ purpose }: Outgoing): readonly JurisdictionBasis[] {
  return purpose === 'suit'
    ? ['respondent-domicile', 'place-of-performance', 'place-of-tort', 'agreed-court']
    : ['body-place', 'party-domicile', 'subject-matter-place'];
}

/** A step of the way to the court. */
function outgoing<Command>(
  rule: (command: Command, state: Outgoing, context: DecisionContext, law: Law) => Decision<ReferralEvent>,
): Rule<Command> {
  return (command, state, context, law) =>
    refuseStep(state, 'TO_COURT', context) ??
    inOrder(rule(command, state as Outgoing, context, law), state as Outgoing, context);
}

function notOffered({ status }: Outgoing): Refusal {
  if (status === 'declined') {
    return refuse('conflict', 'COURT_ROUTE_DECLINED', 'A party did not agree: this route has ended.');
  }
  return refuse('conflict', 'TOO_LATE_TO_CHANGE', `It is ${status}: what goes to the court is settled.`);
}
