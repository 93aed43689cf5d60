import { describe, expect, it } from '@jest/globals';
import { foldGiven, type RecordedEvent } from '#kernel';
import { readClock } from '#law';
import {
  evolveComplaint,
  evolveDispute,
  evolveReferral,
  unreadComplaint,
  unreadDispute,
  unreadReferral,
} from './reads.ts';
import { ago, DISPUTE, law, OFFICE, OTHER_USCC, USCC } from './testing/given-mediation.ts';

type Events = readonly { type: string; data: object; occurredAt?: number }[];
const folded = <State>(initial: State, evolve: (state: State, event: RecordedEvent) => State, events: Events) =>
  foldGiven<State, RecordedEvent>({ initial, evolve }, events);

describe('what is read of the dispute', () => {
  const opened = {
    type: 'DisputeOpened',
    data: {
      ...{ respondentUscc: null, respondentRegion: '330601', respondent: 'person-2', sector: null, channel: null },
      ...{ amountFen: null, complainant: 'person-1', complainantTokens: { name: 'name-1' } },
    },
  };
  it('is its respondent as known last, and everybody who complains', () => {
    const read = folded(unreadDispute, evolveDispute, [
      opened,
      { type: 'DisputeRespondentIdentified', data: { respondentUscc: USCC, respondentRegion: '330602' } },
      {
        type: 'ComplainantJoined',
        data: { person: 2, complainant: 'person-5', complainantTokens: { phone: 'phone-5' } },
      },
      { type: 'DisputeMergedInto', data: { primary: 'D2' } },
      { type: 'SomethingElse', data: {} },
    ]);
    expect(read).toMatchObject({
      respondentUscc: USCC,
      respondentRegion: '330602',
      respondent: 'person-2',
      complainant: 'person-1',
      complainantTokens: [{ name: 'name-1' }, { phone: 'phone-5' }],
      joint: { complainants: 2 },
      mergedInto: 'D2',
    });
  });
});

describe('what is read of the complaint', () => {
  const clock = readClock({ clock: 'mediation', rule: 'L-02', from: '2026-01-12' }, law);
  const received = {
    type: 'ComplaintReceived',
    occurredAt: ago(60),
    data: {
      ...{ disputeId: DISPUTE, authority: OFFICE, handlingRegion: '330602', respondentUscc: OTHER_USCC },
      ...{ respondent: 'person-2', complainant: 'person-1', complainantTokens: {} },
    },
  };
  const accepted = {
    type: 'ComplaintAccepted',
    occurredAt: ago(51),
    data: { acceptedOn: '2026-01-12', clocks: [clock] },
  };

  it('is who handles it, since when, under which clock', () => {
    expect(folded(unreadComplaint, evolveComplaint, [received])).toMatchObject({ acceptedAt: null, concluded: null });
    expect(
      folded(unreadComplaint, evolveComplaint, [received, accepted, { type: 'SomethingElse', data: {} }]),
    ).toMatchObject({
      disputeId: DISPUTE,
      handlingRegion: '330602',
      authority: OFFICE,
      acceptedAt: ago(51),
      acceptedOn: '2026-01-12',
      clocks: { mediation: { due: '2026-03-13', state: 'running' } },
    });
  });

  it('is what the parties said there, and how it ended until it is handled again', () => {
    const said = (type: string, party: string) => ({ type, data: { party } });
    const after = (...events: Events) => folded(unreadComplaint, evolveComplaint, [received, accepted, ...events]);
    expect(
      after(
        said('MediationConsentGiven', 'complainant'),
        said('MediationConsentGiven', 'respondent'),
        said('MediationConsentGiven', 'respondent'),
        said('MediationConsentRefused', 'complainant'),
      ).consented,
    ).toEqual(['merchant']);
    const concluded = { type: 'ComplaintConcluded', data: { result: 'terminated' } };
    expect(after(concluded).concluded).toBe('terminated');
    const reopened = (to: string) =>
      after(concluded, {
        type: 'ComplaintReopened',
        occurredAt: ago(1),
        data: { to, round: 2, reason: 'reason-1', clocks: [] },
      });
    expect(reopened('mediation')).toMatchObject({ concluded: null, reopenedAt: ago(1), acceptedOn: '2026-01-12' });
    for (const to of ['intake', 'acceptance']) {
      expect(reopened(to)).toMatchObject({ concluded: null, acceptedAt: null, acceptedOn: null });
    }
    const merged = { type: 'ComplaintMergedInto', data: { primary: 'C2' } };
    expect(after(merged).mergedInto).toBe('C2');
    expect(after(merged, { type: 'ComplaintUnmerged', data: { clocks: [] } }).mergedInto).toBeNull();
  });
});

describe('what is read of the referral', () => {
  const assigned = (more: object = {}) => ({
    type: 'DisputeAssignedByCourt',
    occurredAt: ago(60),
    data: {
      ...{ disputeId: null, handlingRegion: '330602', bodyId: null, kind: 'post-filing', procedure: 'summary' },
      ...{ consents: ['consumer'], clocks: [] },
      ...more,
    },
  });
  const clock = readClock({ clock: 'court-mediation', rule: 'L-28.summary', from: '2026-03-02' }, law);
  const read = (...events: Events) => folded(unreadReferral, evolveReferral, events);

  it('is how the court assigned it, to whom, and under which clock', () => {
    expect(read(assigned({ kind: 'pre-filing', procedure: null })).courtAssignment).toBe('pre-filing');
    expect(read(assigned({ procedure: null })).courtAssignment).toBe('post-filing-ordinary');
    const confirmed = read(
      assigned(),
      { type: 'ReferralLinkedToDispute', data: { disputeId: DISPUTE } },
      { type: 'CourtMediationBodyDesignated', data: { bodyId: 'body-1', by: 'court', clocks: [] } },
      { type: 'CourtAssignmentConfirmed', occurredAt: ago(2), data: { basis: 'platform', clocks: [clock] } },
      { type: 'CourtMediationConsentGiven', data: { party: 'merchant', isComplete: true, evidence: [] } },
    );
    expect(confirmed).toMatchObject({
      disputeId: DISPUTE,
      bodyId: 'body-1',
      courtAssignment: 'post-filing-summary',
      consented: ['consumer', 'merchant'],
      confirmedAt: ago(2),
      isEnded: false,
      clocks: { 'court-mediation': { due: '2026-03-09' } },
    });
  });

  it('is under suspicion of a sham from its report to what the review finds', () => {
    const reported = { type: 'ShamMediationReported', data: { indications: ['collusion'], reason: 'reason-1' } };
    const reviewed = (finding: string) => ({ type: 'ShamMediationReviewed', data: { finding, evidence: ['doc-1'] } });
    expect(read(assigned()).sham).toBeNull();
    expect(read(assigned(), reported).sham).toBe('reported');
    expect(read(assigned(), reported, reviewed('no-sham')).sham).toBe('no-sham');
    expect(read(assigned(), reported, reviewed('sham')).sham).toBe('sham');
  });

  it('has ended with a result, and is nothing of the other direction', () => {
    for (const type of [
      'CourtMediationAgreed',
      'CourtMediationFailed',
      'CourtMediationExpired',
      'CaseReturnedToCourt',
    ]) {
      expect(read(assigned(), { type, data: { clock: 'court-mediation', reason: 'other', form: null } }).isEnded).toBe(
        true,
      );
    }
    expect(read({ type: 'CourtRouteOffered', data: { disputeId: DISPUTE } })).toEqual(unreadReferral);
    expect(read({ type: 'SomethingElse', data: {} })).toEqual(unreadReferral);
  });
});
