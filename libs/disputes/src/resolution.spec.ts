import { describe, expect, it } from '@jest/globals';
import { documentsGiven, type GivenEvent } from '#kernel';
import { VENUES } from '#negotiation/events';
import { about, ago, B, concluded, negotiated, openedAs, received, settled } from './testing/given-dispute.ts';
import { disputes } from './views/disputes.ts';

const after = (...events: readonly GivenEvent[]) => documentsGiven(disputes, [openedAs(B, ago(40)), ...events]).get(B)!;
const resolution = (...events: readonly GivenEvent[]) => {
  const { stage, outcome, resolvedBy } = after(...events);
  return [stage, outcome, resolvedBy];
};
const mediation = (type: string, days: number, data: object = {}) => about(B, 'mediation-M1', type, data, ago(days));
const referral = (type: string, days: number, data: object = {}) => about(B, 'referral-R1', type, data, ago(days));
const proposed = (kind: string, complaintId: string | null = null) =>
  mediation('MediationProposed', 20, { kind, disputeId: B, complaintId });
const agreed = [mediation('MediationAgreementReached', 12), mediation('MediationAgreementEffective', 10)];

describe('where a dispute is resolved', () => {
  it.each(VENUES.map((venue) => [venue, venue === 'station' ? 'station' : 'merchant']))('%s: %s', (venue, stage) => {
    expect(
      resolution(negotiated(B, 'N1', ago(20), venue as (typeof VENUES)[number]), settled(B, 'N1', ago(18))),
    ).toEqual(['concluded', 'settled', stage]);
  });
  it('before the authority, which mediates unless a mediation of the complaint says who did', () => {
    const complaint = [received(B, 'C1', ago(30)), concluded(B, 'C1', ago(9), 'mediated')];
    expect(resolution(...complaint)).toEqual(['concluded', 'mediated', 'administrative-mediation']);
    const delegated = [proposed('administrative', 'C1'), mediation('MediationDelegated', 19), ...agreed];
    expect(resolution(complaint[0]!, ...delegated, complaint[1]!)).toEqual([
      'concluded',
      'mediated',
      'delegated-mediation',
    ]);
    expect(resolution(complaint[0]!, ...delegated)).toEqual(['complaint', null, null]);
  });
  it('between the parties themselves, though an authority had it', () => {
    const complaint = [received(B, 'C1', ago(30)), concluded(B, 'C1', ago(9), 'terminated', '23(1)(1)')];
    expect(resolution(...complaint)).toEqual(['concluded', 'settled', 'parties']);
  });
  it.each([
    ['peoples', 'peoples-mediation'],
    ['consumer-association', 'consumer-association-mediation'],
    ['industry', 'industry-mediation'],
    ['court-invited', 'court-invited-mediation'],
  ])('before a body, by %s mediation', (kind, stage) => {
    expect(resolution(proposed(kind))).toEqual(['mediation', null, null]);
    expect(resolution(proposed(kind), agreed[0]!)).toEqual(['mediation', null, null]);
    expect(resolution(proposed(kind), ...agreed)).toEqual(['concluded', 'mediated', stage]);
  });
  it('nowhere, where a body ends without agreement', () => {
    const terminated = (data: object) => resolution(proposed('peoples'), mediation('MediationTerminated', 9, data));
    expect(terminated({ ground: null, ending: 'no-agreement' })).toEqual(['concluded', 'terminated', null]);
    expect(terminated({ ground: null, ending: 'settled-by-parties' })).toEqual(['concluded', 'settled', 'parties']);
  });
  it.each([
    ['JudgmentRecorded', {}, 'decided-by-court', 'court'],
    ['CourtSettlementRecorded', {}, 'decided-by-court', 'court'],
    ['SuitWithdrawn', { reason: 'settled' }, 'settled', 'parties'],
    ['SuitWithdrawn', { reason: 'deemed-withdrawn' }, 'terminated', null],
    ['CourtFilingDeclined', {}, 'terminated', null],
    ['CourtMediationAgreed', {}, 'mediated', 'court-invited-mediation'],
    ['CourtMediationFailed', { reason: 'party-unwilling' }, 'terminated', null],
    ['CourtMediationExpired', {}, 'terminated', null],
  ])('before a court: %s %j', (type, data, outcome, stage) => {
    const begun = [referral('CourtRouteOffered', 9), referral('DisputeReferredToCourt', 8)];
    expect(resolution(...begun)).toEqual(['court', null, null]);
    expect(resolution(...begun, referral(type, 5, data))).toEqual(['concluded', outcome, stage]);
  });
  it('is not opened again by an offer of the court, nor by the confirmation of an agreement', () => {
    const mediated = [proposed('peoples'), ...agreed];
    expect(resolution(...mediated, referral('CourtRouteOffered', 9))).toEqual([
      'concluded',
      'mediated',
      'peoples-mediation',
    ]);
    const applied = about(B, 'confirmation-J1', 'JudicialConfirmationApplied', {}, ago(8));
    const confirmed = about(B, 'confirmation-J1', 'AgreementConfirmed', {}, ago(3));
    expect(resolution(...mediated, applied)).toEqual(['concluded', 'mediated', 'peoples-mediation']);
    expect(after(...mediated, applied, confirmed)).toMatchObject({
      resolvedBy: 'peoples-mediation',
      mediations: [{ id: 'M1' }],
      further: [{ id: 'J1', category: 'confirmation', status: 'ended', conclusion: null }],
    });
  });
  it.each(['body-place', 'party-domicile', 'subject-matter-place'])(
    'is not opened again by the way to the court of %s, where only confirmation is asked for',
    (jurisdictionBasis) => {
      const mediated = [proposed('peoples'), ...agreed];
      const sent = [referral('CourtRouteOffered', 8), referral('DisputeReferredToCourt', 7, { jurisdictionBasis })];
      expect(resolution(...mediated, ...sent)).toEqual(['concluded', 'mediated', 'peoples-mediation']);
      const sued = referral('DisputeReferredToCourt', 7, { jurisdictionBasis: 'respondent-domicile' });
      expect(resolution(...mediated, sent[0]!, sued)).toEqual(['court', null, null]);
    },
  );
  it('by what comes after: a court’s word takes the place of a settlement', () => {
    const whole = [negotiated(B, 'N1', ago(39)), settled(B, 'N1', ago(35)), referral('CourtFilingAccepted', 8)];
    expect(resolution(...whole)).toEqual(['court', null, null]);
    expect(resolution(...whole, referral('JudgmentRecorded', 2))).toEqual(['concluded', 'decided-by-court', 'court']);
  });
  it('follows what was linked to the dispute only later, from there on', () => {
    const linked = referral('ReferralLinkedToDispute', 8);
    expect(after(linked).further).toMatchObject([
      { id: 'R1', status: 'pending', openedAt: '2026-02-24T02:00:00.000Z' },
    ]);
  });
  it('not in a mediation that was left open under a complaint that has ended', () => {
    const ended = [
      received(B, 'C1', ago(30)),
      proposed('administrative', 'C1'),
      concluded(B, 'C1', ago(9), 'withdrawn'),
    ];
    expect(resolution(...ended)).toEqual(['concluded', 'withdrawn', null]);
  });
});

describe('the mediations of a dispute', () => {
  const opened = (more: object = {}) =>
    mediation('MediationProposed', 20, {
      ...{ kind: 'peoples', disputeId: B, complaintId: null, referralId: null, bodyName: '府山人民调解委员会' },
      ...more,
    });
  const reached = mediation('MediationAgreementReached', 12, { form: 'written', amountFen: 500 });
  const effective = mediation('MediationAgreementEffective', 10, { effectiveOn: '2026-02-22' });
  const entry = (...events: readonly GivenEvent[]) => after(opened(), ...events).mediations[0]!;

  it('tell how far each has come', () => {
    expect(entry()).toMatchObject({ id: 'M1', mediation: 'peoples', standing: 'proposed', status: 'pending' });
    const steps = [
      [mediation('MediationApplicationAccepted', 19), 'live'],
      [mediation('MediatorRecusalRequested', 18), 'live'],
      [mediation('MediationSuspended', 18), 'suspended'],
      [mediation('MediationResumed', 17), 'live'],
      [reached, 'agreed'],
      [mediation('AgreementSigned', 11), 'agreed'],
      [effective, 'effective'],
      [mediation('AgreementBreached', 5), 'breached'],
      [mediation('AgreementPerformed', 4), 'performed'],
    ] as const;
    for (const [index, [, standing]] of steps.entries()) {
      expect(entry(...steps.slice(0, index + 1).map(([event]) => event)).standing).toBe(standing);
    }
    expect(entry(mediation('MediationApplicationDeclined', 19)).standing).toBe('declined');
  });
  it('tell what was agreed, and by whom it was mediated', () => {
    expect(entry(reached).agreement).toEqual({ form: 'written', amountFen: 500, effectiveOn: null });
    expect(entry(reached, effective)).toMatchObject({
      bodyName: '府山人民调解委员会',
      agreement: { form: 'written', amountFen: 500, effectiveOn: '2026-02-22' },
      conclusion: { outcome: 'BODY_MEDIATED' },
    });
  });
  it('tell why one was terminated, of a complaint or by a body', () => {
    const terminated = (data: object) => mediation('MediationTerminated', 9, data);
    expect(entry(terminated({ ground: null, ending: 'no-agreement' }))).toMatchObject({
      ...{ standing: 'terminated', ending: 'no-agreement', ground: null },
    });
    const [ofComplaint] = after(
      opened({ kind: 'administrative', complaintId: 'C1', bodyName: null }),
      mediation('MediationDelegated', 19, { bodyId: 'B1', bodyName: '区消协' }),
      terminated({ ground: '23(1)(5)', ending: null }),
    ).mediations;
    expect(ofComplaint).toMatchObject({
      ...{ mediation: 'delegated', bodyName: '区消协', complaintId: 'C1', ground: '23(1)(5)', conclusion: null },
    });
  });
});
