import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, isRefusal, localDateOf, recorded, type Decision, type DecisionContext, type Instant } from '#kernel';
import { isBy, isOpen, type Clocks } from '#law';
import { verifyLateEntry } from './decide-clocks.ts';
import { correct, decideObjection, expire, raiseObjection, withdraw } from './decide-published.ts';
import { checkConsent, exclude, plan, publish, redact } from './decide-queue.ts';
import type { PublicationEvent, PublicationEvents, RecordedPublicationEvent } from './events.ts';
import { evolve, initial, type PublicationState } from './publication.ts';
import type { ComplaintRead } from './reads.ts';
import { PUBLICATION_EXCLUSIONS, PUBLICATION_WITHDRAWALS } from './terms.ts';
import { COMPLAINT, complaint, law, onDay, OTHER_USCC, USCC, type Given } from './testing/given-publication.ts';
import { publicationQueueView, type PublicationDocument } from './views/publication-queue.ts';
import { publicationsView, type PublishedDocument } from './views/publications.ts';
import { publicationWords } from './words.ts';

const DAY = 24 * 3_600_000;
const START = onDay('2026-03-03').occurredAt;
/** What somebody wrote in their own words: it must never be in an event. */
const WORDS = 'Zhang San, 13800138000';

/** What may happen: a command, or that something becomes of the complaint. */
const ACTIONS = [
  ...(['plan', 'consent', 'exclude', 'redact', 'publish', 'object', 'decide-objection'] as const),
  ...(['correct', 'withdraw', 'expire', 'verify-late-entry'] as const),
  ...(['complaint-reopened', 'complaint-closed', 'complaint-corrected'] as const),
] as const;
type Action = (typeof ACTIONS)[number];

const step = fc.record({
  /** `on`: the one that leads on. */
  action: fc.oneof(fc.constant('on' as const), fc.constantFrom(...ACTIONS)),
  role: fc.oneof(
    { weight: 3, arbitrary: fc.constant('officer') },
    fc.constantFrom('merchant', 'hotline', 'administrator', 'process'),
  ),
  person: fc.constantFrom('key-1', 'key-2'),
  /** After the last step, when it happened; after that, when it was entered. */
  days: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 1) }, fc.integer({ min: -1, max: 30 })),
  lateBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 })),
  consent: fc.oneof(
    { weight: 3, arbitrary: fc.constant('agreed' as const) },
    fc.constantFrom('refused' as const, 'not-asked' as const),
  ),
  exclusion: fc.constantFrom(...PUBLICATION_EXCLUSIONS),
  cause: fc.constantFrom(...PUBLICATION_WITHDRAWALS),
  problem: fc.constantFrom('quality' as const, 'price' as const),
  by: fc.constantFrom('complainant' as const, 'respondent' as const),
  result: fc.constantFrom('upheld' as const, 'rejected' as const),
  evidence: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>(['doc-1']) }, fc.constant<string[]>([])),
  hasWords: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  hasSummary: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Taken = Omit<Step, 'action'> & { readonly action: Action };

interface Played {
  readonly history: readonly RecordedPublicationEvent[];
  readonly state: PublicationState;
  readonly queued: PublicationDocument | undefined;
  readonly shown: PublishedDocument | undefined;
}

describe('any sequence of commands', () => {
  it('shows only what was agreed to and redacted by a person, once at a time, for its time; each clock stops once', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 50, size: 'max' }), (steps) => play(steps, seen)),
      { numRuns: 1000, seed: 20_260_303 },
    );
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    for (const name of [
      ...Object.keys(publicationWords).filter((type) => type !== 'PublicationDeadlineAmended'),
      ...['silence', 'HUMAN_DECISION_REQUIRED', 'OCCURRED_BEFORE_PREVIOUS_STEP', 'PUBLICATION_CONSENT_MISSING'],
      ...['COMPLAINT_REOPENED', 'RESPONDENT_CORRECTED', 'STILL_PUBLISHED', 'OBJECTION_OPEN', 'PUBLICATION_EXPIRED'],
      ...['CONSENT_SAYS_OTHERWISE', 'EVIDENCE_REQUIRED', 'REASON_REQUIRED', 'NOT_YOUR_PARTY', 'SECOND_PERSON_REQUIRED'],
    ]) {
      expect(seen).toContain(name);
    }
  });
});

function play(steps: readonly Step[], seen: Set<string>): void {
  let read: ComplaintRead = complaint;
  let played: Played = { history: [], state: initial, queued: undefined, shown: undefined };
  const opening = plan({ complaintId: COMPLAINT }, initial, contextOf(undefined, [], read), law);
  for (const next of taking(opening)) played = taken(played, next, contextOf(undefined, [], read));
  for (const drawn of steps) {
    const before = played;
    const one = { ...drawn, action: drawn.action === 'on' ? leadingOn(before.state, read) : drawn.action };
    const context = contextOf(one, before.history, read);
    read = complaintAfter(one, read, context.occurredAt);
    const decision = decided(one, before.state, context);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    if (decision.length === 0) seen.add('silence');
    for (const next of decision) {
      seen.add(next.type);
      holds(before, next, context, read);
      played = taken(before, next, context);
    }
    agreesWithItself(before, played);
  }
}

function leadingOn(state: PublicationState, read: ComplaintRead): Action {
  switch (state.status) {
    case 'none':
      return 'plan';
    case 'planned':
      return 'consent';
    case 'consent-checked':
      return state.consent === 'agreed' ? 'redact' : 'consent';
    case 'redacted':
      return 'publish';
    case 'published':
      return state.openObjection === null ? 'object' : 'decide-objection';
    case 'excluded':
    case 'withdrawn':
    case 'expired':
      if (read.closedOn === null) return 'complaint-closed';
      return read.round === state.round ? 'complaint-reopened' : 'plan';
  }
}

function complaintAfter({ action }: Taken, read: ComplaintRead, occurredAt: Instant): ComplaintRead {
  switch (action) {
    case 'complaint-reopened':
      return read.closedOn === null ? read : { ...read, round: read.round + 1, result: null, closedOn: null };
    case 'complaint-closed':
      return read.closedOn === null ? { ...read, result: 'terminated', closedOn: localDateOf(occurredAt) } : read;
    case 'complaint-corrected':
      return { ...read, respondentUscc: read.respondentUscc === USCC ? OTHER_USCC : USCC };
    default:
      return read;
  }
}

// What becomes of the complaint was taken over by then, and is no command.
function decided(
  one: Step,
  state: PublicationState,
  context: ReturnType<typeof contextOf>,
): Decision<PublicationEvent> {
  const { consent, evidence, exclusion, cause, problem, by, result } = one;
  switch (one.action) {
    case 'plan':
      return plan({ complaintId: COMPLAINT }, state, context, law);
    case 'consent':
      return checkConsent({ consent, evidence }, state, bare(context), law);
    case 'exclude':
      return exclude({ reason: exclusion, note: WORDS }, state, bare(context), law);
    case 'redact':
      return redact({ problem, summary: WORDS }, state, context, law);
    case 'publish':
      return publish({}, state, context, law);
    case 'object':
      return raiseObjection({ by, reason: WORDS, evidence }, state, bare(context), law);
    case 'decide-objection':
      return decideObjection({ result, reason: WORDS }, state, bare(context), law);
    case 'correct':
      return correct({ problem, reason: WORDS, summary: WORDS }, state, context, law);
    case 'withdraw':
      return withdraw({ cause, note: WORDS }, state, bare(context), law);
    case 'expire':
      return expire({}, state, bare(context), law);
    case 'verify-late-entry':
      return verifyLateEntry({ clock: 'publication', reason: 'other', evidence: ['doc-1'] }, state, bare(context), law);
    default:
      return [];
  }
}

const BESIDES = ['ComplaintPublicationPlanned', 'PublicationExpired', 'PublicationLateEntryVerified'];

function contextOf(one: Taken | undefined, history: readonly RecordedPublicationEvent[], read: ComplaintRead) {
  const previous = history.findLast(({ type }) => !BESIDES.includes(type))?.occurredAt ?? START;
  const occurredAt = previous + (one?.days ?? 0) * DAY;
  const said = one?.hasWords === true ? ['note', 'reason', ...(one.hasSummary ? ['summary'] : [])] : [];
  return {
    now: Math.max(history.at(-1)?.recordedAt ?? START, occurredAt + (one?.lateBy ?? 0) * DAY),
    occurredAt,
    today: localDateOf(occurredAt),
    actor: { id: one?.person ?? 'key-1', role: one?.role ?? 'officer' },
    bounds: { region: null, subject: null },
    id: 'P1',
    version: history.length,
    payloadDigest: 'digest',
    persons: Object.fromEntries(said.map((name) => [name, { personId: `${name}-1`, tokens: {} }])),
    reads: { complaint: read, subject: { name: read.respondentUscc === USCC ? '甲商贸有限公司' : '乙商贸有限公司' } },
  };
}

function bare(context: ReturnType<typeof contextOf>): DecisionContext {
  return { ...context, reads: {} };
}

function taking(decision: Decision<PublicationEvent>): readonly PublicationEvent[] {
  if (isRefusal(decision)) throw new Error(decision.code);
  return decision;
}

function taken(
  before: Played,
  next: PublicationEvent,
  { occurredAt, now, actor }: Omit<DecisionContext, 'reads'>,
): Played {
  const [event] = recorded<RecordedPublicationEvent>([
    { occurredAt, ...next, recordedAt: now, actor, stream: 'publication-P1' } as Given,
  ]);
  const isShowing = publicationsView.types.includes(next.type);
  return {
    history: [...before.history, event!],
    state: evolve(before.state, event!),
    queued: publicationQueueView.evolve(before.queued, event!, 'P1')!,
    shown: isShowing ? (publicationsView.evolve(before.shown, event!, 'P1') ?? undefined) : before.shown,
  };
}

/** What may follow what. */
function holds(
  { history, state }: Played,
  next: PublicationEvent,
  { actor, occurredAt }: Omit<DecisionContext, 'reads'>,
  read: ComplaintRead,
): void {
  expect(JSON.stringify(next)).not.toContain('Zhang');
  const decidesNothing = next.type === 'ComplaintPublicationPlanned' || next.type === 'PublicationExpired';
  if (!decidesNothing) expect(actor.role).not.toBe('process');
  const { zh, en } = publicationWords[next.type](next.data as never);
  expect([zh, en].every((words) => words.length > 3 && !words.includes('undefined'))).toBe(true);
  // Of what was planned last: everything is looked at anew then.
  const since = history.slice(history.findLastIndex(({ type }) => type === 'ComplaintPublicationPlanned'));
  const last = <Type extends keyof PublicationEvents>(type: Type) =>
    since.findLast((past) => past.type === type)?.data as PublicationEvents[Type] | undefined;
  const types = since.map(({ type }) => type);
  switch (next.type) {
    case 'ComplaintPublished':
      expect(last('PublicationConsentChecked')!.consent).toBe('agreed');
      expect(next.data.shown).toEqual(last('PublicationRedacted')!.shown);
      expect(read).toMatchObject({ closedOn: expect.any(String), respondentUscc: next.data.shown.respondentUscc });
      expect(types).not.toContain('ComplaintPublished');
      expect(types).not.toContain('ComplaintPublicationExcluded');
      break;
    case 'PublicationObjectionRaised':
      expect(next.data.objection).toBe(history.filter(({ type }) => type === next.type).length + 1);
      break;
    case 'PublicationWithdrawn':
      expect(state.status).toBe('published');
      expect(next.data.cause === 'objection-upheld').toBe(next.data.objection !== null);
      break;
    case 'PublicationExpired':
      expect(isBy(next.data.dueOn, occurredAt)).toBe(false);
      expect(addDays(next.data.dueOn, 1) <= localDateOf(occurredAt)).toBe(true);
      break;
    default:
      break;
  }
}

/** Read again from the beginning it is the same, its documents say the same, and a clock that has stopped stays as it was. */
function agreesWithItself(before: Played, { history, state, queued, shown }: Played): void {
  expect(history.reduce<PublicationState>(evolve, initial)).toEqual(state);
  expect(queued!.clocks).toEqual(clocksOf(state));
  const status = queued!.status === 'objected' ? 'published' : queued!.status;
  expect(status).toBe(state.status);
  // Everybody sees what is published, as it is published, and nothing else.
  expect(shown !== undefined).toBe(state.status === 'published');
  if (state.status === 'published') {
    expect(shown).toMatchObject({ ...state.shown });
    expect(queued!.objections.filter(({ outcome }) => outcome === 'open')).toHaveLength(
      state.openObjection === null ? 0 : 1,
    );
  }
  if (history.length > before.history.length && history.at(-1)!.type === 'ComplaintPublicationPlanned') return;
  for (const [name, clock] of Object.entries(clocksOf(before.state))) {
    const after = clocksOf(state)[name]!;
    // The term of the round before: shown again, it is another one.
    if (isOpen(clock) || after.from !== clock.from || after.state === 'running') continue;
    expect({ ...after, completion: { ...after.completion, verified: false } }).toEqual({
      ...clock,
      completion: { ...clock.completion, verified: false },
    });
  }
}

function clocksOf(state: PublicationState): Clocks {
  return state.status === 'none' ? {} : state.clocks;
}
