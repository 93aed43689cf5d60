import type { GivenEvent, Instant, LocalDate } from '#kernel';
import { given, givenBy as as, givenOn as onDay, GIVEN_NOW, localDateOf, startOfDay, usccOf } from '#kernel';
import { readClock, shippedLaw, type ClockReading, type Law } from '#law';
import { noComplainants } from '#disputes/events';
import { KINDS, type KindOfMediation, type MediationKind } from '../kinds.ts';
import type { RegisteredBody } from '../mediation-body.ts';
import type { MediationEvents, Party, RecordedMediationEvent } from '../mediation-events.ts';
import { evolve, initial } from '../mediation.ts';
import type { RegisteredMediator } from '../mediator.ts';
import {
  unreadComplaint,
  unreadDispute,
  unreadReferral,
  type ComplaintRead,
  type DisputeRead,
  type ReferralRead,
} from '../reads.ts';

/** Histories with which specs of mediations begin. Times are counted back from `GIVEN_NOW`, 2026-03-04. */
export type Given = GivenEvent<RecordedMediationEvent>;

export const mediation = { initial, evolve };
export const law = shippedLaw();
export const DAY = 24 * 3_600_000;
export const ago = (days: number): Instant => GIVEN_NOW - days * DAY;
export { as, onDay };

export const USCC = usccOf('91330600', '12345678');
export const OTHER_USCC = usccOf('91330600', '87654321');
export const DISPUTE = '01JN0000000000000000000000';
export const COMPLAINT = '01JN0000000000000000000001';
export const REFERRAL = '01JN0000000000000000000002';
export const BODY = '01JN0000000000000000000003';
export const MEDIATOR = '01JN0000000000000000000004';
export const SUBSTITUTE = '01JN0000000000000000000005';
export const HASH = 'a'.repeat(64);
export const OTHER_HASH = 'b'.repeat(64);
export const OFFICE = 'Yuecheng Market Supervision Office';

export const dispute: DisputeRead = {
  ...unreadDispute,
  respondentUscc: USCC,
  respondentRegion: '330603',
  respondent: 'person-2',
  complainant: 'person-1',
  complainantTokens: [{ phone: 'phone-1', name: 'name-1' }],
  joint: { ...noComplainants, complainants: 1 },
};

/** Accepted on a day, and under the clock of that day. */
export function complaintAcceptedOn(acceptedOn: LocalDate, more: Partial<ComplaintRead> = {}): ComplaintRead {
  const reading = readClock({ clock: 'mediation', rule: 'L-02', from: acceptedOn }, law);
  return {
    ...unreadComplaint,
    disputeId: DISPUTE,
    handlingRegion: '330602',
    authority: OFFICE,
    respondent: 'person-4',
    complainant: 'person-3',
    acceptedAt: startOfDay(acceptedOn) + 9 * 3_600_000,
    acceptedOn,
    clocks: { mediation: running(reading, acceptedOn) },
    ...more,
  };
}
export const complaint = complaintAcceptedOn(localDateOf(ago(50)));

export const referral: ReferralRead = {
  ...unreadReferral,
  disputeId: DISPUTE,
  handlingRegion: '330602',
  bodyId: BODY,
  courtAssignment: 'pre-filing',
  confirmedAt: ago(50),
};

export function running(reading: ClockReading, from: LocalDate): ComplaintRead['clocks'][string] {
  const { clock, rule, calendar, due } = reading;
  return {
    ...{ clock, rule, calendar, due, from, promised: due, strict: reading.strict ?? due, undetermined: null },
    ...{ suspensions: [], extensions: [], state: 'running', isRight: false, isImported: false, completion: null },
  };
}

export const body: RegisteredBody = {
  status: 'active',
  name: 'Yuecheng Mediation Centre',
  type: 'consumer-association',
  uscc: null,
  region: '330602',
  regions: ['330600'],
  kinds: ['delegated', 'peoples', 'consumer-association', 'industry', 'court-invited'],
  previousAt: ago(400),
};

export const mediator: RegisteredMediator = {
  status: 'active',
  personTokens: { phone: 'phone-9', name: 'name-9' },
  bodyId: BODY,
  region: '330602',
  regions: ['330000'],
  kinds: ['administrative', 'delegated', 'peoples', 'consumer-association', 'industry', 'court-invited'],
  qualifications: ['consumer-association-mediator'],
  interests: [],
  declared: 0,
  previousAt: ago(400),
};

/** Given a mediation with this history, under the law that ships. */
export const givenMediation = (events: readonly Given[] = [], by: Law = law) => given(mediation, events, by);

/** A mediation of a kind as proposed, 40 days ago unless said. */
export function proposed(
  kind: MediationKind,
  more: Partial<MediationEvents['MediationProposed']> = {},
  occurredAt: Instant = ago(40),
): Given {
  const { ofComplaint, byBody, limit }: KindOfMediation = KINDS[kind];
  const isForCourt = limit.by === 'referral';
  return {
    type: 'MediationProposed',
    occurredAt,
    data: {
      kind,
      disputeId: DISPUTE,
      complaintId: ofComplaint ? COMPLAINT : null,
      referralId: isForCourt ? REFERRAL : null,
      courtAssignment: isForCourt ? 'pre-filing' : null,
      initiative: 'application',
      authority: ofComplaint ? OFFICE : null,
      bodyId: byBody ? BODY : null,
      bodyName: byBody ? body.name : null,
      handlingRegion: '330602',
      respondentUscc: USCC,
      respondentRegion: '330603',
      respondent: 'person-2',
      complainant: 'person-1',
      isJoint: false,
      consented: [],
      clocks: [],
      ...more,
    },
  };
}

const at = <Type extends Given['type']>(
  type: Type,
  days: number,
  data: Extract<Given, { type: Type }>['data'],
  more: Partial<Given> = {},
): Given => ({ type, occurredAt: ago(days), data, ...more }) as Given;

export const taken = (clocks: readonly ClockReading[] = [], days = 39): Given =>
  at('MediationApplicationAccepted', days, { bodyName: body.name, clocks });
export const declined: Given = at('MediationApplicationDeclined', 39, { code: 'out-of-scope', reason: null });
export const consented = (party: Party, to: 'mediation' | 'delegation' = 'mediation'): Given =>
  at('MediationPartyConsented', 35, { party, to, evidence: [] });
export const bothConsent = (to: 'mediation' | 'delegation' = 'mediation'): Given[] => [
  consented('consumer', to),
  consented('merchant', to),
];
export const refused = (party: Party): Given => at('MediationPartyRefused', 34, { party, reason: null });
export const assigned = (mediatorId = MEDIATOR): Given =>
  at('MediatorAssigned', 33, { mediatorId, relativeRuledOut: false });
export const scheduled = (mode: 'on-site' | 'online' = 'on-site', session = '1'): Given =>
  at('MediationSessionScheduled', 30, {
    session,
    scheduledFor: new Date(ago(20)).toISOString(),
    mode,
    place: mode === 'on-site' ? 'Room 1' : null,
    mediators: [MEDIATOR],
  });
export const told = (session = '1'): Given => at('PartiesNotifiedOfSession', 30, { session, channel: 'sms' });
export const held = (session = '1', attended: readonly Party[] = ['consumer', 'merchant']): Given =>
  at('MediationSessionHeld', 20, { session, attended });
export const recusalAsked: Given[] = [
  at(
    'MediatorRecusalRequested',
    19,
    { recusal: '1', mediatorId: MEDIATOR, by: 'consumer', ground: 'interest-in-dispute', reason: null },
    { actor: { id: 'key-3', role: 'mediator' } },
  ),
  at('MediationSuspended', 19, { cause: 'recusal', recusal: '1' }),
];
export const reached = (more: Partial<MediationEvents['MediationAgreementReached']> = {}): Given =>
  at('MediationAgreementReached', 15, {
    agreement: '1',
    form: 'statement',
    terms: 'terms-1',
    textHash: HASH,
    performanceDue: '2026-03-10',
    performedAtOnce: false,
    amountFen: 12_000,
    statementWaived: false,
    representedConsented: false,
    evidence: [],
    ...more,
  });
export const signed = (signer: MediationEvents['AgreementSigned']['signer']): Given =>
  at('AgreementSigned', 14, { agreement: '1', signer, method: 'handwritten', textHash: HASH, evidence: [] });
export const effective = (more: Partial<MediationEvents['MediationAgreementEffective']> = {}): Given =>
  at('MediationAgreementEffective', 14, {
    agreement: '1',
    effectiveOn: localDateOf(ago(14)),
    kind: 'administrative',
    courtAssignment: null,
    form: 'statement',
    textHash: HASH,
    performanceDue: '2026-03-10',
    amountFen: 12_000,
    respondentUscc: USCC,
    clocks: [{ clock: 'performance', rule: null, calendar: null, due: '2026-03-10' }],
    ...more,
  });
export const performed: Given = at('AgreementPerformed', 5, { performedOn: localDateOf(ago(5)), evidence: ['doc-1'] });
export const breached: Given = at('AgreementBreached', 5, {
  breach: 'performance-refused',
  by: 'merchant',
  evidence: [],
});
export const terminated = (more: Partial<MediationEvents['MediationTerminated']> = {}): Given =>
  at('MediationTerminated', 10, {
    ...{ ground: '23(1)(8)', disqualification: null, ending: null, reason: null, evidence: [] },
    clocks: [readClock({ clock: 'termination-notice', rule: 'L-03', from: localDateOf(ago(10)) }, law)],
    ...more,
  });
export const notified: Given = at('PartiesNotifiedOfTermination', 8, { channel: 'mail' });

/** Taken up, by whoever takes this kind up. */
export const live = (
  kind: MediationKind = 'administrative',
  more: Partial<MediationEvents['MediationProposed']> = {},
) => [proposed(kind, more), ...(KINDS[kind].isApplied ? [taken()] : [])];
/** Both have agreed, and a mediator is there. */
export const ready = (
  kind: MediationKind = 'administrative',
  more: Partial<MediationEvents['MediationProposed']> = {},
) => [...live(kind, more), ...bothConsent(kind === 'delegated' ? 'delegation' : 'mediation'), assigned()];
export const inSession = (
  kind: MediationKind = 'administrative',
  more: Partial<MediationEvents['MediationProposed']> = {},
  mode: 'on-site' | 'online' = 'on-site',
) => [...ready(kind, more), scheduled(mode), told(), held()];
export const agreed = [...inSession(), reached()];
export const inEffect = [...agreed, signed('consumer'), signed('merchant'), signed('body-seal'), effective()];
export const over = [...ready(), terminated()];
