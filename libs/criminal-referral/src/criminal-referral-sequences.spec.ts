import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionContext } from '#kernel';
import { isRefusal, localDateOf, recorded } from '#kernel';
import { isBy, isOpen, timelinessOf } from '#law';
import { evolve, initial, type CriminalReferral } from './criminal-referral.ts';
import * as decide from './decide.ts';
import { criminalReferralSchemas, type CriminalReferralEvent, type RecordedCriminalReferralEvent } from './events.ts';
import { appointed, law, papers, reason, type Given } from './testing/given-referral.ts';
import { criminalReferralsView, type CriminalReferralDocument } from './views/criminal-referrals.ts';

const HOUR = 3_600_000;

const RULES = {
  'submit-report': [decide.submitReport, { report: 'r1' }],
  approve: [decide.approve, {}],
  disapprove: [decide.disapprove, { reason: '' }],
  transfer: [decide.transfer, { police: 'P', ...papers }],
  receipt: [decide.recordReceipt, { police: 'P' }],
  reroute: [decide.recordReroute, { police: 'Q' }],
  filing: [decide.recordFiling, {}],
  declining: [decide.recordDeclining, {}],
  'request-reconsideration': [decide.requestReconsideration, {}],
  upheld: [decide.recordReconsideration, { result: 'upheld' }],
  reversed: [decide.recordReconsideration, { result: 'reversed' }],
  'request-supervision': [decide.requestSupervision, { procuratorate: 'P' }],
  'to-file': [decide.recordSupervision, { result: 'police-to-file' }],
  'not-to-file': [decide.recordSupervision, { result: 'not-to-file' }],
  'hand-over': [decide.handOver, { evidence: ['list-1'] }],
  verify: [decide.verifyLateEntry, { clock: 'police-transfer', reason: 'other', evidence: ['doc-1'] }],
} as const;

const step = fc.record({
  action: fc.constantFrom(...(Object.keys(RULES) as (keyof typeof RULES)[])),
  by: fc.constantFrom('officer-1', 'enforcement-2', 'head-3', 'head-3', 'process-1'),
  hours: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 30 }) }, fc.integer({ min: -2, max: 120 })),
  lateBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 })),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Played {
  readonly history: readonly RecordedCriminalReferralEvent[];
  readonly state: CriminalReferral;
  readonly document: CriminalReferralDocument;
}

describe('any sequence of commands', () => {
  it('goes to the police only with an approval and its papers, and ends once', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 150, size: 'max' }), (steps) => {
        for (const name of play(steps)) seen.add(name);
      }),
      { numRuns: 600, seed: 20_260_501 },
    );
    const everywhere = [
      ...Object.keys(criminalReferralSchemas).filter((type) => !/TeamAppointed|DeadlineAmended/.test(type)),
      ...[
        'SECOND_PERSON_REQUIRED',
        'HEAD_REQUIRED',
        'HUMAN_DECISION_REQUIRED',
        'OCCURRED_BEFORE_PREVIOUS_STEP',
        'RIGHT_LAPSED',
      ],
      ...['MATERIALS_HANDED_OVER', 'NOT_TO_BE_FILED', 'REFERRAL_NOT_APPROVED', 'police-transfer late'],
    ];
    // The sequences really got everywhere: otherwise the property above would prove nothing.
    expect(everywhere.filter((name) => !seen.has(name))).toEqual([]);
  });
});

function play(steps: readonly Step[]): Set<string> {
  let played: Played | undefined;
  for (const event of appointed.events) played = taken(played, event);
  const seen = new Set<string>();
  for (const one of steps) {
    const context = contextOf(one, played!);
    const [rule, body] = RULES[one.action];
    const decision = (rule as typeof decide.approve)(body as object, played!.state, context, law);
    if (isRefusal(decision)) {
      seen.add(decision.code);
      continue;
    }
    for (const next of decision) {
      holds(played!, next, context);
      const { occurredAt, now: recordedAt, actor } = context;
      played = taken(played, { ...next, occurredAt, recordedAt, actor } as Given);
      seen.add(next.type);
    }
    const transfer = played!.state.clocks['police-transfer'];
    if (transfer !== undefined) seen.add(`police-transfer ${timelinessOf(transfer)}`);
  }
  return seen;
}

function taken(before: Played | undefined, given: Given): Played {
  const [event] = recorded<RecordedCriminalReferralEvent>([{ stream: 'crimref-X1', ...given }]);
  const state = evolve(before?.state ?? initial, event!) as CriminalReferral;
  const document = criminalReferralsView.evolve(before?.document, event!, 'X1')!;
  expect(document.status).toBe(state.status);
  expect(document.clocks).toEqual(state.clocks);
  return { history: [...(before?.history ?? []), event!], state, document };
}

function contextOf({ by, hours, lateBy }: Step, { state, history }: Played): DecisionContext {
  const occurredAt = state.previousAt + hours * HOUR;
  return {
    ...{ now: Math.max(history.at(-1)!.recordedAt, occurredAt + lateBy * HOUR), occurredAt },
    ...{ today: localDateOf(occurredAt), actor: { id: by, role: by.split('-')[0]! } },
    ...{ bounds: { region: null, subject: null }, id: 'X1', version: 1, payloadDigest: '' },
    ...{ persons: reason, reads: {} },
  };
}

/** What may follow what. */
function holds({ history, state }: Played, next: CriminalReferralEvent, context: DecisionContext): void {
  const types: string[] = history.map(({ type }) => type);
  const { actor, occurredAt } = context;
  expect(['officer', 'enforcement', 'head']).toContain(actor.role);
  if (next.type === 'CriminalReferralLateEntryVerified') return;
  expect(occurredAt).toBeGreaterThanOrEqual(state.previousAt);
  for (const end of ['MaterialsHandedOver', 'CriminalReferralNotApproved']) expect(types).not.toContain(end);
  if (!['PoliceReceiptSigned', 'ReroutedToCompetentPolice'].includes(next.type)) expect(types).not.toContain(next.type);
  switch (next.type) {
    case 'CriminalReferralApproved':
    case 'CriminalReferralNotApproved':
      expect(actor.role).toBe('head');
      break;
    case 'CaseTransferredToPolice':
      expect(types).toContain('CriminalReferralApproved');
      expect(Object.values(next.data.attachments)).toHaveLength(5);
      break;
    case 'PoliceFiledCase':
    case 'PoliceDeclinedCase':
      expect(types).toContain('PoliceReceiptSigned');
      if (next.type === 'PoliceFiledCase' && types.includes('PoliceDeclinedCase')) {
        expect(JSON.stringify(history.map(({ data }) => data))).toMatch(/reversed|police-to-file/);
      }
      break;
    case 'ReconsiderationRequested':
      expect(isOpen(state.clocks['reconsideration-request']!)).toBe(true);
      expect(isBy(state.clocks['reconsideration-request']!.due!, occurredAt)).toBe(true);
      break;
    case 'MaterialsHandedOver':
      expect(types).toContain('PoliceFiledCase');
      break;
    default:
  }
}
