import { describe, expect, it } from '@jest/globals';
import { documentsGiven, given as givenBy, type GivenEvent } from '#kernel';
import { shippedLaw } from '#law';
import { dismiss, make, take, withdraw } from './decide.ts';
import {
  DISMISSAL_REASONS,
  proposalWords,
  PROPOSAL_KINDS,
  type ProposalEvents,
  type RecordedProposalEvent,
} from './events.ts';
import { answersTo } from './processes/answers.ts';
import { NO_SIBLINGS, type Siblings } from './processes/siblings.ts';
import { evolve, initial } from './proposal.ts';
import { proposalsView } from './views/proposals.ts';

type Given = GivenEvent<RecordedProposalEvent>;
const given = (events: readonly Given[] = []) => givenBy({ initial, evolve }, events);

const made: ProposalEvents['ProposalMade'] = {
  kind: 'complaint-may-follow',
  object: 'negotiation-N1',
  because: 'NegotiationFailed',
  disputeId: 'D1',
  region: '330602',
  respondentUscc: null,
  until: null,
};
const proposed: Given = { type: 'ProposalMade', data: made };
const taken: Given = { type: 'ProposalTaken', data: { by: 'NegotiationEscalated' } };
const withdrawn: Given = { type: 'ProposalWithdrawn', data: { because: 'SettlementConfirmed' } };
const dismissed: Given = { type: 'ProposalDismissed', data: { reason: 'mistaken' } };
const ENDS = [taken, withdrawn, dismissed];

describe('a proposal', () => {
  it('is made once while it is open, and again when what gave rise to it happens again', () => {
    given()
      .when(make, { made, answered: 9 })
      .then([{ type: 'ProposalMade', data: { ...made, answered: 9 } }]);
    given([proposed]).when(make, { made, answered: 9 }).then([]);
    for (const end of ENDS)
      given([proposed, end])
        .when(make, { made, answered: 9 })
        .then([{ type: 'ProposalMade', data: { ...made, answered: 9 } }]);
  });
  it('is taken or withdrawn while it is open, and otherwise nothing happens', () => {
    given([proposed])
      .when(take, { by: 'NegotiationEscalated', answered: 9 })
      .then([{ type: 'ProposalTaken', data: { ...taken.data, answered: 9 } }]);
    given([proposed])
      .when(withdraw, { because: 'SettlementConfirmed', answered: 9 })
      .then([{ type: 'ProposalWithdrawn', data: { ...withdrawn.data, answered: 9 } }]);
    for (const history of [[], ...ENDS.map((end) => [proposed, end])]) {
      given(history).when(take, { by: 'X', answered: 9 }).then([]);
      given(history).when(withdraw, { because: 'X', answered: 9 }).then([]);
    }
  });
  it('heeds no event from before what has become of it, which is read again', () => {
    const answering = (answered: number): Given => ({ type: 'ProposalMade', data: { ...made, answered } });
    given([answering(7)])
      .when(take, { by: 'X', answered: 7 })
      .then([]);
    given([answering(7)])
      .when(withdraw, { because: 'X', answered: 6 })
      .then([]);
    given([answering(7)])
      .when(take, { by: 'X', answered: 8 })
      .then([{ type: 'ProposalTaken', data: { by: 'X', answered: 8 } }]);
    const ended: Given = { type: 'ProposalTaken', data: { by: 'X', answered: 9 } };
    given([answering(7), ended])
      .when(make, { made, answered: 8 })
      .then([]);
    // A person dismissed it at the second position of the log, when the first had been read.
    given([proposed, dismissed]).when(make, { made, answered: 1 }).then([]);
  });
  it('is dismissed by a person, once', () => {
    given([proposed])
      .when(dismiss, { reason: 'mistaken' })
      .then([{ type: 'ProposalDismissed', data: dismissed.data }]);
    given([proposed, dismissed]).when(dismiss, { reason: 'other' }).then([]);
    given().when(dismiss, { reason: 'other' }).then({ kind: 'notFound', code: 'NOT_FOUND' });
    for (const end of [taken, withdrawn]) {
      given([proposed, end]).when(dismiss, { reason: 'other' }).then({ kind: 'conflict', code: 'PROPOSAL_NOT_OPEN' });
    }
  });
  it('is seen as it stands', () => {
    const docs = documentsGiven(
      proposalsView,
      [proposed, dismissed, proposed].map((e) => ({ ...e, stream: 'proposal-p' })),
    );
    expect(docs.get('p')).toMatchObject({ ...made, status: 'open', endedAt: null, dismissedFor: null });
    const end = documentsGiven(
      proposalsView,
      [proposed, dismissed].map((e) => ({ ...e, stream: 'proposal-p' })),
    );
    expect(end.get('p')).toMatchObject({ status: 'dismissed', dismissedFor: 'mistaken' });
  });
  it('is said in both languages, whatever it proposes', () => {
    for (const kind of PROPOSAL_KINDS) {
      for (const until of [null, '2026-03-02']) {
        const { zh, en } = proposalWords.ProposalMade({ ...made, kind, until });
        expect(zh).toMatch(/\p{Script=Han}/u);
        expect(en.includes('2026-03-02')).toBe(until !== null);
      }
    }
    for (const reason of DISMISSAL_REASONS) expect(proposalWords.ProposalDismissed({ reason }).en).toMatch(/dismissed/);
  });
});

describe('what follows from an event', () => {
  const law = shippedLaw();
  const about = { correlationId: 'D1', region: '330602' };
  const answers = (
    type: string,
    data: object = {},
    stream = 'negotiation-N1',
    opening: object = {},
    siblings: Siblings = NO_SIBLINGS,
  ) => answersTo({ type, data, stream, ...about } as never, law, { data: opening } as never, siblings);
  const of = { kind: 'complaint-may-follow', object: 'negotiation-N1' };
  it('a negotiation without a settlement: the consumer may complain', () => {
    for (const type of ['NegotiationFailed', 'NegotiationExpired']) {
      expect(answers(type)).toEqual([{ answer: 'make', made: { ...made, because: type } }]);
    }
  });
  it('the consumer turns to the authority, or a settlement is entered late: nothing more is to be proposed', () => {
    expect(answers('NegotiationEscalated')).toEqual([{ answer: 'take', ...of }]);
    expect(answers('ComplaintReceived', { escalatedFrom: 'N1' })).toEqual([{ answer: 'take', ...of }]);
    expect(answers('ComplaintReceived', { escalatedFrom: null })).toEqual([]);
    const others = { negotiations: ['N1', 'N2'], openComplaints: [] };
    for (const escalatedFrom of [null, 'N1']) {
      expect(answers('ComplaintReceived', { escalatedFrom }, 'complaint-C1', {}, others)).toEqual([
        { answer: 'take', ...of },
        { answer: 'take', ...of, object: 'negotiation-N2' },
      ]);
    }
    expect(answers('SettlementConfirmed')).toEqual([{ answer: 'withdraw', ...of }]);
  });
  it('a settlement that is none after all: the consumer may complain, unless a complaint is why (T-31)', () => {
    const disputed = (more: object) => answers('SettlementDisputed', { of: 'settlement', complaint: null, ...more });
    expect(disputed({})).toEqual([{ answer: 'make', made: { ...made, because: 'SettlementDisputed' } }]);
    expect(disputed({ complaint: 'C1' })).toEqual([]);
    expect(disputed({ of: 'claim' })).toEqual([]);
  });
  const mediated = { complaintId: 'C1', referralId: null, handlingRegion: '330603', respondentUscc: 'U1' };
  const proposed = { disputeId: 'D1', region: '330603', respondentUscc: 'U1', until: null };

  it('a mediation that ended: the complaint is to be concluded, where there is one', () => {
    for (const type of ['MediationAgreementReached', 'MediationTerminated']) {
      const toConclude = { ...proposed, kind: 'conclude-complaint', object: 'complaint-C1', because: type };
      expect(answers(type, {}, 'mediation-M1', mediated)).toEqual([{ answer: 'make', made: toConclude }]);
      expect(answers(type, {}, 'mediation-M1', { ...mediated, complaintId: null })).toEqual([]);
    }
  });
  it('an agreement in effect: both parties may have it confirmed until the thirtieth day, rolled off a holiday', () => {
    const effective = { effectiveOn: '2026-09-02', kind: 'peoples' };
    expect(answers('MediationAgreementEffective', effective, 'mediation-M1', mediated)).toMatchObject([
      { answer: 'make', made: { kind: 'apply-for-confirmation', object: 'mediation-M1', until: '2026-10-08' } },
    ]);
    expect(answers('JudicialConfirmationApplied', {}, 'confirmation-F1', { mediationId: 'M1' })).toEqual([
      { answer: 'take', kind: 'apply-for-confirmation', object: 'mediation-M1' },
    ]);
  });
  it('an authority’s agreement is confirmed only where its region says so (T-44), delegated or not', () => {
    for (const kind of ['administrative', 'delegated']) {
      const inRegion = (handlingRegion: string) =>
        answers('MediationAgreementEffective', { effectiveOn: '2026-09-02', kind }, 'mediation-M1', {
          ...mediated,
          handlingRegion,
        });
      expect(inRegion('330603')).toHaveLength(1);
      expect(inRegion('370303')).toEqual([]);
    }
  });
  it('an agreement for a court before filing is the assignment’s, and proposed once; after filing the court makes its document', () => {
    const assigned = (kind: string, effectiveOn: string | null) =>
      answers('CourtMediationAgreed', { effectiveOn }, 'referral-R1', {
        ...{ kind, handlingRegion: '330603', respondentUscc: 'U1' },
      });
    const toConfirm = { kind: 'apply-for-confirmation', object: 'referral-R1', because: 'CourtMediationAgreed' };
    expect(assigned('pre-filing', '2026-09-02')).toEqual([
      { answer: 'make', made: { ...proposed, ...toConfirm, until: '2026-10-08' } },
    ]);
    expect(assigned('post-filing', null)).toEqual([]);
    const carriedOut = { ...mediated, complaintId: null, referralId: 'R1' };
    const effective = { effectiveOn: '2026-09-02', kind: 'court-invited' };
    expect(answers('MediationAgreementEffective', effective, 'mediation-M1', carriedOut)).toEqual([]);
    expect(
      answers('JudicialConfirmationApplied', {}, 'confirmation-F1', { mediationId: null, referralId: 'R1' }),
    ).toEqual([{ answer: 'take', kind: 'apply-for-confirmation', object: 'referral-R1' }]);
  });
  it('each clue is to be verified by itself, until its verification has begun', () => {
    const found = { clueId: '2', handlingRegion: '330603', respondentUscc: 'U1' };
    const toVerify = { ...proposed, kind: 'verify-clue', object: 'mediation-M1:2', because: 'ViolationClueFound' };
    expect(answers('ViolationClueFound', found, 'mediation-M1')).toEqual([{ answer: 'make', made: toVerify }]);
    expect(answers('ClueVerificationStarted', { mediationId: 'M1', clueId: '2' }, 'case-K1')).toEqual([
      { answer: 'take', kind: 'verify-clue', object: 'mediation-M1:2' },
    ]);
    expect(answers('ClueVerificationStarted', { mediationId: null, clueId: null }, 'case-K1')).toEqual([]);
  });
  it('a breach is pursued: enforced where it was confirmed, or before the court, unless it was performed after all', () => {
    const of = { kind: 'pursue-breach', object: 'mediation-M1' };
    expect(answers('AgreementBreached', {}, 'mediation-M1', mediated)).toEqual([
      { answer: 'make', made: { ...proposed, ...of, because: 'AgreementBreached' } },
    ]);
    expect(answers('AgreementPerformed', {}, 'mediation-M1', mediated)).toEqual([{ answer: 'withdraw', ...of }]);
    expect(answers('EnforcementApplied', {}, 'confirmation-F1', { mediationId: 'M1' })).toEqual([
      { answer: 'take', ...of },
    ]);
    expect(answers('EnforcementApplied', {}, 'confirmation-F1', { mediationId: null })).toEqual([]);
    const offered = (purpose: string, mediationId: string | null) =>
      answers('CourtRouteOffered', { purpose, mediationId }, 'referral-R1');
    expect(offered('suit', 'M1')).toEqual([{ answer: 'take', ...of }]);
    expect(offered('suit', null)).toEqual([]);
    expect(offered('confirmation', 'M1')).toEqual([]);
  });
  it('a settlement of the parties, or a disqualification: the complaint is to be concluded, until it is', () => {
    const complaint = { kind: 'conclude-complaint', object: 'complaint-C1' };
    for (const type of ['PartiesSettled', 'ComplaintDisqualified']) {
      expect(answers(type, {}, 'complaint-C1', { respondentUscc: 'U1' })).toEqual([
        { answer: 'make', made: { ...proposed, ...complaint, region: '330602', because: type } },
      ]);
    }
    const openComplaints = ['2026-03-01', '2026-03-05'].map((day, index) => ({
      id: `C${index + 1}`,
      handlingRegion: '330602',
      receivedAt: `${day}T10:00:00.000Z`,
    }));
    const confirmed = { type: 'SettlementConfirmed', data: {}, stream: 'negotiation-N1', ...about };
    const on = { occurredAt: Date.parse('2026-03-05T10:00:00Z') };
    const opening = { data: { respondentUscc: 'U1' } } as never;
    expect(answersTo({ ...confirmed, ...on } as never, law, opening, { negotiations: ['N1'], openComplaints })).toEqual(
      [
        { answer: 'withdraw', ...of },
        {
          answer: 'make',
          made: {
            ...complaint,
            because: 'SettlementConfirmed',
            disputeId: 'D1',
            region: '330602',
            respondentUscc: 'U1',
            until: null,
          },
        },
      ],
    );
    expect(answers('ComplaintConcluded', {}, 'complaint-C1')).toEqual([{ answer: 'take', ...complaint }]);
    expect(answers('PartiesSettlementRetracted', {}, 'complaint-C1')).toEqual([{ answer: 'withdraw', ...complaint }]);
  });
  it('a court that gives a dispute back: the way from there is to be chosen, until it goes there again', () => {
    for (const type of ['ReferralReturnedByCourt', 'CourtFilingDeclined', 'SuitWithdrawn']) {
      expect(answers(type, {}, 'referral-R1')).toMatchObject([
        { answer: 'make', made: { kind: 'resume-after-court', object: 'referral-R1', because: type } },
      ]);
    }
    for (const reason of ['settled', 'mediated']) {
      expect(answers('SuitWithdrawn', { reason }, 'referral-R1')).toEqual([]);
    }
    expect(answers('SuitWithdrawn', { reason: 'deemed-withdrawn' }, 'referral-R1')).toHaveLength(1);
    expect(answers('DisputeReferredToCourt', {}, 'referral-R1')).toEqual([
      { answer: 'take', kind: 'resume-after-court', object: 'referral-R1' },
    ]);
  });
});
