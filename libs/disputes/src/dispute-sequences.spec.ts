import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal, recorded, type DecisionContext, type GivenEvent, type RecordedEvent } from '#kernel';
import { acceptHandOff, assignFirstInquiry, declineHandOff, offerHandOff } from './decide-first-inquiry.ts';
import { chooseRepresentatives, joinComplainant, recordRepresentedConsent } from './decide-joint.ts';
import { mergeInto, unmerge } from './decide-merging.ts';
import { confirmRepeat, identifyRespondent } from './decide.ts';
import { evolve, initial, type Dispute } from './dispute.ts';
import { disputeWords, openHandOff, withoutConsent, type DisputeEvent, type RecordedDisputeEvent } from './events.ts';
import { evolveOther, unreadOther, type OtherDispute } from './reads.ts';
import { A, ago, B, DAY, openedAs, told } from './testing/given-dispute.ts';
import { disputes, type DisputeDocument } from './views/disputes.ts';

const PROCEDURE = 'complaint-01JN0000000000000000000000';
const ACTIONS = [
  'identify',
  'merge',
  'unmerge',
  'unmerge',
  'join',
  'choose',
  'consent',
  'assign',
  'offer',
  'accept',
  'decline',
  'repeat',
] as const;

const steps = fc.array(
  fc.record({
    action: fc.constantFrom(...ACTIONS),
    /** Of which of the two disputes. */
    of: fc.constantFrom(A, B),
    who: fc.constantFrom('key-1', 'key-2', 'key-3'),
    role: fc.constantFrom('officer', 'officer', 'officer', 'hotline', 'process'),
    hasReason: fc.boolean(),
    days: fc.integer({ min: -1, max: 3 }),
    persons: fc.uniqueArray(fc.constantFrom(1, 1, 2, 2, 3, 3, 9), { maxLength: 3 }),
    body: fc.constantFrom('station', 'bureau', 'hotline'),
    offer: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 20, maxLength: 60, size: 'max' },
);
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

interface World {
  readonly log: readonly GivenEvent[];
  readonly states: ReadonlyMap<string, Dispute>;
  readonly documents: ReadonlyMap<string, DisputeDocument>;
}

function taken({ log }: World, event: GivenEvent): World {
  return replayed([...log, event]);
}

/** Everything from the log alone. */
function replayed(log: readonly GivenEvent[]): World {
  const states = new Map<string, Dispute>();
  const documents = new Map<string, DisputeDocument>();
  for (const event of recorded<RecordedEvent>(log)) {
    const id = event.stream.slice('dispute-'.length);
    states.set(id, evolve(states.get(id) ?? initial, event));
    for (const key of disputes.keys(event)) documents.set(key, disputes.evolve(documents.get(key), event, key)!);
  }
  return { log, states, documents };
}

function otherOf(log: readonly GivenEvent[], id: string): OtherDispute {
  const own = recorded<RecordedEvent>(log.filter(({ stream }) => stream === `dispute-${id}`));
  return own.reduce(evolveOther, unreadOther);
}

function decided(one: Step, { log, states }: World, occurredAt: number) {
  const { action, of: id, who, role, hasReason, persons, body: authority } = one;
  const state = states.get(id)!;
  const offered = state.status === 'empty' ? 0 : (state.firstInquiry?.handOffs.length ?? 0);
  // Mostly the last one.
  const offer = one.offer === 3 ? 1 : Math.max(1, offered);
  const other = id === A ? B : A;
  const person = (personId: string) => ({ personId, tokens: {} });
  const context: DecisionContext<never> = {
    now: occurredAt,
    occurredAt,
    today: '2026-03-04',
    actor: { id: who, role },
    bounds: { region: null, subject: null },
    id,
    version: 1,
    payloadDigest: '',
    persons: hasReason
      ? { reason: person('P-reason'), complainant: person('P-new') }
      : { complainant: person('P-new') },
    reads: { primary: otherOf(log, other), earlier: otherOf(log, other) } as never,
  };
  const region = '330602';
  switch (action) {
    case 'identify':
      return identifyRespondent(
        { respondentUscc: '91330100799655058B', respondentRegion: region, reason: 'mistaken' },
        state,
      );
    case 'merge':
      return mergeInto({ primary: other }, state, context);
    case 'unmerge':
      return unmerge({ reason: '' }, state, context);
    case 'join':
      return joinComplainant({ complainantName: '' }, state, context);
    case 'choose':
      return chooseRepresentatives({ representatives: persons, evidence: ['e'] }, state, context);
    case 'consent':
      return recordRepresentedConsent(
        { act: 'agreement', procedure: PROCEDURE, consenting: persons, evidence: ['e'] },
        state,
        context,
      );
    case 'assign':
      return assignFirstInquiry({ authority, region, basis: 'contact' }, state, context);
    case 'offer':
      return offerHandOff({ toAuthority: authority, toRegion: region, reason: '' }, state, context);
    case 'accept':
      return acceptHandOff({ offer }, state, context);
    case 'decline':
      return declineHandOff({ offer, code: 'other' }, state, context);
    case 'repeat':
      return confirmRepeat({ earlier: other }, state, context);
  }
}

/** What may follow what. */
function holds(world: World, one: Step, next: DisputeEvent, occurredAt: number): void {
  const state = world.states.get(one.of)!;
  if (state.status === 'empty') throw new Error('opened');
  if (next.type === 'DisputeRespondentIdentified') return;
  expect(one.role).not.toBe('process');
  expect(occurredAt).toBeGreaterThanOrEqual(state.openedAt);
  expect(state.status === 'merged').toBe(next.type === 'DisputeUnmerged');
  switch (next.type) {
    case 'DisputeMergedInto':
      expect(world.states.get(next.data.primary)!.status).toBe('open');
      if (next.data.order === 'against') expect(next.data.reason).not.toBeNull();
      break;
    case 'RepresentativesChosen':
      expect([1, 2]).toContain(next.data.representatives.length);
      expect(Math.max(...next.data.representatives)).toBeLessThanOrEqual(state.joint.complainants);
      break;
    case 'RepresentedConsentRecorded':
      expect(next.data.consenting.filter((person) => state.joint.representatives.includes(person))).toEqual([]);
      break;
    case 'FirstInquiryAssigned':
      expect(state.firstInquiry).toBeNull();
      break;
    case 'HandOffAccepted':
    case 'HandOffDeclined': {
      const open = openHandOff(state.firstInquiry)!;
      expect(open.offer).toBe(next.data.offer);
      expect(open.offeredBy).not.toBe(one.who);
      break;
    }
    default:
      break;
  }
}

/** What holds of both after every command. */
function together({ states, documents }: World): void {
  const merged = [A, B].filter((id) => states.get(id)!.status === 'merged');
  expect(merged.length).toBeLessThanOrEqual(1);
  for (const id of [A, B]) {
    const [state, doc] = [states.get(id)!, documents.get(id)!];
    if (state.status === 'empty') throw new Error('opened');
    const other = id === A ? B : A;
    expect(doc.mergedInto).toBe(state.status === 'merged' ? state.primary : null);
    expect(doc.merged).toEqual(merged.includes(other) ? [other] : []);
    expect(doc.mergers.filter(({ to }) => to === null)).toHaveLength(merged.includes(id) ? 1 : 0);
    expect([doc.joint, doc.firstInquiry]).toEqual([state.joint, state.firstInquiry]);
    expect(doc.complainants.map(({ person }) => person)).toEqual(
      Array.from({ length: state.joint.complainants }, (_, index) => index + 1),
    );
    const missing = withoutConsent(state.joint, 'agreement', PROCEDURE);
    expect(missing.filter((person) => state.joint.representatives.includes(person))).toEqual([]);
    const accepted = doc.handOffs.filter(({ status }) => status === 'accepted').at(-1);
    expect(state.firstInquiry?.responsible).toEqual(accepted?.to ?? state.firstInquiry?.first);
    expect(doc.handOffs.filter(({ status }) => status === 'open').length).toBeLessThanOrEqual(1);
  }
}

const join = (person: number) => ({ person, complainant: `P${person}`, complainantTokens: {} });
const body = { authority: 'station', region: '330602' };
const START = [
  openedAs(A, ago(30)),
  openedAs(B, ago(20), { complainant: null }),
  told('ComplainantJoined', join(2), ago(20), A),
  told('ComplainantJoined', join(3), ago(20), A),
  told('FirstInquiryAssigned', { body, basis: 'contact' }, ago(20), A),
];

describe('any sequence of commands on two disputes', () => {
  it('merges only what stands for itself, keeps one body responsible, and nobody’s consent is asked of himself', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (sequence) => {
        let world = replayed(START);
        let now = ago(20);
        for (const one of sequence) {
          const occurredAt = now + one.days * DAY;
          const decision = decided(one, world, occurredAt);
          if (isRefusal(decision)) {
            seen.add(decision.code);
            continue;
          }
          for (const next of decision) {
            holds(world, one, next, occurredAt);
            seen.add(next.type);
            const say = disputeWords[next.type] as (data: object) => { zh: string; en: string };
            expect(Object.values(say(next.data)).join()).not.toMatch(/undefined|P-reason|P-new/);
            const event = { ...next, stream: `dispute-${one.of}`, occurredAt, actor: { id: one.who, role: one.role } };
            world = taken(world, event as GivenEvent<RecordedDisputeEvent> as GivenEvent);
          }
          now = Math.max(now, occurredAt);
          together(world);
        }
        expect(replayed(world.log)).toEqual(world);
      }),
      { numRuns: 150, seed: 5 },
    );
    const written = [
      'DisputeMergedInto',
      'DisputeUnmerged',
      'HandOffAccepted',
      'HandOffDeclined',
      'RepresentedConsentRecorded',
    ];
    const refused = [
      'DISPUTE_MERGED',
      'PRIMARY_MERGED',
      'HAND_OFF_NOT_YOURS',
      'REPRESENTATIVE_HEARD',
      'PRIMARY_NOT_FIRST',
    ];
    for (const code of [...written, ...refused, 'RepeatComplaintConfirmed']) expect(seen).toContain(code);
  });
});
