import { isRefusal, refuse, type Refusal } from '#kernel';
import { readClock, type ClockReading, type Law } from '#law';
import { PUBLICATION_CLOCKS, type PublicationClock } from './clocks.ts';
import type {
  CheckPublicationConsent,
  ExcludePublication,
  PlanPublication,
  PublishComplaint,
  RedactPublication,
} from './commands.ts';
import type { PublicationEvent, Shown } from './events.ts';
import type { Planned, PublicationState } from './publication.ts';
import type { ComplaintRead, PlanReads, ShowReads } from './reads.ts';
import { following, notNow, under, type Rule } from './refusals.ts';
import { shownOf, standing } from './shown.ts';

/** From the closed complaint to what everybody sees. */

/** To put a complaint into the queue decides nothing: a process may do it. */
export const plan: Rule<PlanPublication, PlanReads> = ({ complaintId }, state, context, law) => {
  const { reads, occurredAt, today } = context;
  const { complaint } = reads;
  if (complaint === undefined) {
    return refuse('invalid', 'UNKNOWN_COMPLAINT', 'There is no complaint with this id.', 'complaintId');
  }
  const { closedOn, result } = complaint;
  if (closedOn === null || result === null) {
    return refuse('conflict', 'COMPLAINT_NOT_CLOSED', 'Only what is closed is published.', 'complaintId');
  }
  if (state.status !== 'none') {
    if (isSame(state, complaint)) return [];
    if (state.status === 'published') {
      return refuse('conflict', 'STILL_PUBLISHED', 'What is shown of it from before is withdrawn first.');
    }
  }
  const isBefore = today < closedOn || (state.status !== 'none' && occurredAt < state.previousAt);
  if (isBefore) {
    const detail = 'It is planned after the complaint was closed, and after what was done before.';
    return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
  }
  return [planned(complaintId, { ...complaint, closedOn, result }, law)];
};

/**
 * By itself only where the place has said within what time it publishes (L-36), and of what was closed since that rule is in force:
 * nobody publishes without a rule, unless a person says so. Silent wherever a person would be told why not.
 */
export const planAfterClosing: Rule<PlanPublication, PlanReads> = (command, state, context, law) => {
  const closedOn = context.reads.complaint?.closedOn ?? null;
  if (closedOn === null || reading('publication', closedOn, law).rule === null) return [];
  const decision = plan(command, state, context, law);
  return isRefusal(decision) ? [] : decision;
};

function planned(
  complaintId: string,
  { disputeId, round, authority, handlingRegion, respondentUscc, respondentRegion, result, ground, closedOn }: Ended,
  law: Law,
): PublicationEvent {
  const clock = reading('publication', closedOn, law);
  const about = { complaintId, disputeId, round, authority, handlingRegion, respondentUscc, respondentRegion };
  const data = { ...about, result, ground, closedOn, clocks: [clock] };
  return { type: 'ComplaintPublicationPlanned', ...under(clock), data };
}

type Ended = ComplaintRead & { readonly closedOn: string; readonly result: NonNullable<ComplaintRead['result']> };

function isSame({ round, respondentUscc, respondentRegion }: Planned, complaint: ComplaintRead): boolean {
  const isOfSame = respondentUscc === complaint.respondentUscc && respondentRegion === complaint.respondentRegion;
  return round === complaint.round && isOfSame;
}

export const checkConsent: Rule<CheckPublicationConsent> = following(({ consent, evidence = [] }, state) => {
  if (isOver(state)) return notNow(state);
  if (consent !== 'not-asked' && evidence.length === 0) {
    return refuse('invalid', 'EVIDENCE_REQUIRED', 'What the complainant said is proven.', 'evidence');
  }
  return consentIn(state) === consent ? [] : [{ type: 'PublicationConsentChecked', data: { consent, evidence } }];
});

export const exclude: Rule<ExcludePublication> = following(({ reason, evidence = [] }, state, { persons }) => {
  if (state.status === 'excluded' && state.reason === reason) return [];
  if (isOver(state)) return notNow(state);
  const note = persons['note']?.personId ?? null;
  const refusal = refuseExclusion(reason, consentIn(state), note);
  return refusal ?? [{ type: 'ComplaintPublicationExcluded', data: { reason, note, evidence } }];
});

function refuseExclusion(
  reason: ExcludePublication['reason'],
  consent: CheckPublicationConsent['consent'] | null,
  note: string | null,
): Refusal | undefined {
  const said = reason === 'consent-refused' ? 'refused' : reason === 'consent-not-asked' ? 'not-asked' : consent;
  if (said !== consent) {
    return refuse('conflict', 'CONSENT_SAYS_OTHERWISE', 'That is not what was found about the consent.', 'reason');
  }
  if (reason !== 'other' || note !== null) return undefined;
  return refuse('invalid', 'REASON_REQUIRED', 'Another reason is given in words.', 'note');
}

export const redact: Rule<RedactPublication, ShowReads> = following((command, state, context) => {
  if (isOver(state) || state.status === 'planned') return notNow(state);
  if (consentIn(state) !== 'agreed') return withoutConsent();
  const shown = shownOf(command, state, context);
  if ('refused' in shown) return shown;
  const isKnown = state.status === 'redacted' && isShownAlready(state.shown, shown);
  return isKnown ? [] : [{ type: 'PublicationRedacted', data: { shown } }];
});

export const publish: Rule<PublishComplaint, PlanReads> = following((_, state, { reads, today }, law) => {
  if (state.status === 'published') return [];
  if (state.status === 'consent-checked' && state.consent !== 'agreed') return withoutConsent();
  if (state.status !== 'redacted') return notNow(state);
  const complaint = standing(state, reads);
  if ('refused' in complaint) return complaint;
  const term = reading('publication-term', today, law);
  return [{ type: 'ComplaintPublished', ...under(term), data: { shown: state.shown, clocks: [term] } }];
});

/** Field by field; words are under another reference each time they are given, and are other words. */
export function isShownAlready(before: Shown, now: Shown): boolean {
  return (Object.keys(now) as (keyof Shown)[]).every((field) => before[field] === now[field]);
}

/** Published, or not to be published any more. */
function isOver({ status }: PublicationState): boolean {
  return status === 'published' || status === 'excluded' || status === 'withdrawn' || status === 'expired';
}

/** What was redacted was agreed to. */
function consentIn(state: Planned): CheckPublicationConsent['consent'] | null {
  if (state.status === 'consent-checked') return state.consent;
  return state.status === 'redacted' ? 'agreed' : null;
}

function withoutConsent(): Refusal {
  return refuse('conflict', 'PUBLICATION_CONSENT_MISSING', 'The complainant has not agreed to publicity.');
}

export function reading(clock: PublicationClock, from: string, law: Law): ClockReading {
  return readClock({ clock, rule: PUBLICATION_CLOCKS[clock], from }, law);
}
