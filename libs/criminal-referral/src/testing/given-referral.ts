import type { DecisionContext, GivenEvent, Instant, PersonReference } from '#kernel';
import { given, isRefusal, localDateOf, usccOf, type Decision } from '#kernel';
import { readClock, shippedLaw, type ClockReading, type Law } from '#law';
import { CRIMINAL_REFERRAL_CLOCKS, type CriminalReferralClock } from '../clocks.ts';
import { evolve, initial, type CriminalReferral } from '../criminal-referral.ts';
import * as decide from '../decide.ts';
import type { CriminalReferralEvent, RecordedCriminalReferralEvent } from '../events.ts';
import type { CaseRead } from '../reads.ts';

/** Histories of criminal referrals for specs, played by their own commands, each at its moment. */
export type Given = GivenEvent<RecordedCriminalReferralEvent>;

export const referral = { initial, evolve };
export const law = shippedLaw();
export const OFFICER = { id: 'key-1', role: 'officer' };
export const HEAD = { id: 'head', role: 'head' };
export const enforcementCase: CaseRead = {
  matter: {
    authority: 'Yuecheng Market Supervision Office',
    handlingRegion: '330602',
    respondentUscc: usccOf('91330600', '12345678'),
    disputeId: '01JN0000000000000000000002',
  },
  isSuspectedCriminal: true,
  isClosed: false,
};
export const reason = { reason: { personId: 'reason-1', tokens: {} } } as Readonly<Record<'reason', PersonReference>>;

/** `2026-05-06 10:00` in Shanghai. */
export const at = (text: string): Instant => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
export const reading = (clock: CriminalReferralClock, from: string): ClockReading =>
  readClock({ clock, rule: CRIMINAL_REFERRAL_CLOCKS[clock], from: at(from) }, law);

export const givenReferral = (events: readonly Given[] = [], by: Law = law) => given(referral, events, by);

export interface Surroundings {
  readonly actor?: { readonly id: string; readonly role: string };
  readonly reads?: object;
  readonly now?: Instant;
  readonly persons?: object;
}

/** Commands given one after another, each at its moment, and the history that they leave. */
export class Story {
  constructor(readonly events: readonly Given[] = []) {}

  at(when: string, rule: unknown, body: object = {}, more: Surroundings = {}): Story {
    const decision = this.decide(when, rule, body, more);
    if (isRefusal(decision)) throw new Error(`${decision.code}: ${decision.detail}`);
    const { actor = OFFICER, now: recordedAt = at(when) } = more;
    const said = decision.map((event) => ({ ...event, occurredAt: at(when), recordedAt, actor }) as unknown as Given);
    return new Story([...this.events, ...said]);
  }

  /** Event types, or the code of the refusal. */
  comesTo(when: string, rule: unknown, body: object = {}, more: Surroundings = {}): string {
    const decision = this.decide(when, rule, body, more);
    return isRefusal(decision) ? decision.code : decision.map(({ type }) => type).join(' ');
  }

  decide(when: string, rule: unknown, body: object = {}, more: Surroundings = {}): Decision<CriminalReferralEvent> {
    const moment = { now: at(when), occurredAt: at(when), today: localDateOf(at(when)) };
    const context: Partial<DecisionContext<object>> = {
      ...moment,
      actor: OFFICER,
      id: 'X1',
      persons: reason,
      reads: {},
    };
    return givenReferral(this.events).when(rule as never, body, { ...context, ...more } as never)
      .decision as Decision<CriminalReferralEvent>;
  }

  get state(): CriminalReferral {
    const { state } = givenReferral(this.events);
    if (state.status === 'none') throw new Error('no referral');
    return state;
  }

  clock(name: CriminalReferralClock) {
    return this.state.clocks[name];
  }
}

export const papers = {
  transferLetter: 'p1',
  investigationReport: 'p2',
  itemList: 'p3',
  testReport: 'p4',
  otherMaterials: 'p5',
};
const asHead = { actor: HEAD };
export const appointed = new Story().at(
  '2026-04-30 09:00',
  decide.appointTeam,
  { caseId: 'C1', officers: ['A1', 'A2'] },
  { reads: { enforcementCase } },
);
const reported = appointed.at('2026-04-30 10:00', decide.submitReport, { report: 'r1' });
const approved = reported.at('2026-04-30 16:30', decide.approve, {}, asHead);
const transferred = approved.at('2026-05-01 10:00', decide.transfer, { police: 'Yuecheng Police', ...papers });
const received = transferred.at('2026-05-01 11:00', decide.recordReceipt, { police: 'Yuecheng Police' });
const declined = received.at('2026-05-04 09:00', decide.recordDeclining);
const reconsideration = declined.at('2026-05-05 09:00', decide.requestReconsideration);
const upheld = reconsideration.at('2026-05-07 09:00', decide.recordReconsideration, { result: 'upheld' });
const supervision = upheld.at('2026-05-08 09:00', decide.requestSupervision, {
  procuratorate: 'Yuecheng Procuratorate',
});
const filed = received.at('2026-05-04 09:00', decide.recordFiling);

/** A story that has come to each state, the last step on 2026-05-09 or before. */
export const STATES = {
  'team-appointed': appointed,
  reported,
  approved,
  'not-approved': reported.at('2026-05-01 09:00', decide.disapprove, { reason: '' }, asHead),
  transferred,
  received,
  rerouted: received.at('2026-05-02 10:00', decide.recordReroute, { police: 'Keqiao Police' }),
  declined,
  reconsideration,
  upheld,
  supervision,
  'to-be-filed': supervision.at('2026-05-09 09:00', decide.recordSupervision, { result: 'police-to-file' }),
  'not-to-be-filed': supervision.at('2026-05-09 09:00', decide.recordSupervision, { result: 'not-to-file' }),
  filed,
  'handed-over': filed.at('2026-05-06 09:00', decide.handOver, { evidence: ['list-1'] }),
} satisfies Readonly<Record<string, Story>>;
export type StateName = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as StateName[];
