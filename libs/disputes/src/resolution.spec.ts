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
      further: [{ id: 'M1' }, { id: 'J1', category: 'confirmation', status: 'ended', conclusion: null }],
    });
  });
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
});
