import { describe, expect, it } from '@jest/globals';
import { ROLES } from '#access';
import { documentsGiven } from '#kernel';
import { isEventWithheld } from '#service';
import { mediationBodyWords, mediationWords, mediatorWords } from './words.ts';
import { MEDIATION_KINDS } from './kinds.ts';
import { HIDDEN_FROM_MERCHANTS } from './mediation-events.ts';
import {
  agreed,
  ago,
  breached,
  consented,
  declined,
  inEffect,
  inSession,
  live,
  MEDIATOR,
  notified,
  over,
  performed,
  proposed,
  reached,
  ready,
  recusalAsked,
  refused,
  scheduled,
  signed,
  taken,
  terminated,
  told,
  type Given,
} from './testing/given-mediation.ts';
import { mediationsView, type MediationDocument } from './views/mediations.ts';

const seen = (events: readonly Given[]): MediationDocument => {
  const [document] = [...documentsGiven(mediationsView, events).values()];
  return document!;
};
const decidedRecusal = (granted: boolean): Given[] => [
  { type: 'RecusalDecided', occurredAt: ago(18), data: { recusal: '1', mediatorId: MEDIATOR, granted } },
  { type: 'MediationResumed', occurredAt: ago(18), data: { recusal: '1' } },
];
const cancelled: Given = {
  type: 'MediationSessionCancelled',
  occurredAt: ago(25),
  data: { session: '1', code: 'other' },
};

describe('a mediation as it stands', () => {
  it.each([
    ['proposed', [proposed('peoples')]],
    ['declined', [proposed('peoples'), declined]],
    ['consent-pending', [proposed('peoples'), taken()]],
    ['consent-pending', ready()],
    ['scheduled', [...ready(), scheduled(), told()]],
    ['consent-pending', [...ready(), scheduled(), told(), cancelled]],
    ['in-session', inSession()],
    ['suspended', [...inSession(), ...recusalAsked]],
    ['in-session', [...inSession(), ...recusalAsked, ...decidedRecusal(false)]],
    ['agreement-reached', agreed],
    ['agreement-effective', inEffect],
    ['performed', [...inEffect, performed]],
    ['breached', [...inEffect, breached]],
    ['performed', [...inEffect, breached, performed]],
    ['terminated', over],
  ] as const)('is %s', (status, events) => {
    expect(seen(events)).toMatchObject({ status });
  });

  it('has whom and what it is about', () => {
    const { clocks: _, consented: __, ...about } = proposed('delegated').data as Record<string, unknown>;
    expect(seen(live('delegated', { consented: ['merchant'] }))).toMatchObject({
      ...about,
      consents: { consumer: null, merchant: 'mediation' },
    });
    const delegated: Given = { type: 'MediationDelegated', data: { bodyId: 'body-1', bodyName: 'Centre' } };
    expect(seen([...ready(), delegated])).toMatchObject({ kind: 'delegated', bodyName: 'Centre', mediators: [] });
  });

  it('has what each party said last', () => {
    expect(seen([...live(), consented('merchant'), refused('merchant'), consented('consumer')]).consents).toEqual({
      consumer: 'mediation',
      merchant: 'refused',
    });
  });

  it('has its sessions, who was told and who came', () => {
    expect(seen(inSession()).sessions).toEqual([
      {
        ...{ session: '1', scheduledFor: new Date(ago(20)).toISOString(), mode: 'on-site', place: 'Room 1' },
        ...{ mediators: [MEDIATOR], notifiedAt: new Date(ago(30)).toISOString(), standing: 'held' },
        ...{ heldAt: new Date(ago(20)).toISOString(), attended: ['consumer', 'merchant'] },
      },
    ]);
    expect(seen([...ready(), scheduled(), told(), cancelled]).sessions).toMatchObject([{ standing: 'cancelled' }]);
  });

  it('has its recusals, and loses the mediator of one that was granted', () => {
    const asked = [...inSession(), ...recusalAsked];
    expect(seen(asked)).toMatchObject({ mediators: [MEDIATOR], recusals: [{ recusal: '1', granted: null }] });
    expect(seen([...asked, ...decidedRecusal(true)])).toMatchObject({ mediators: [], recusals: [{ granted: true }] });
    expect(seen([...asked, ...decidedRecusal(false)])).toMatchObject({ mediators: [MEDIATOR] });
  });

  it('has its agreement, who signed it and who is still to', () => {
    expect(seen(agreed).agreement).toMatchObject({ missing: ['consumer', 'merchant', 'body-seal'], effectiveOn: null });
    expect(seen([...agreed, signed('merchant')]).agreement).toMatchObject({
      missing: ['consumer', 'body-seal'],
      signatures: [{ signer: 'merchant' }],
    });
    expect(seen([...agreed, signed('merchant'), reached({ agreement: '2' })]).agreement).toMatchObject({
      agreement: '2',
      signatures: [],
    });
    const issued: Given = {
      type: 'MediationStatementIssued',
      data: { issuedBy: 'authority', copies: 3, document: 'doc-9' },
    };
    expect(seen([...inEffect, issued]).agreement).toMatchObject({ document: 'doc-9', copies: 3, missing: [] });
    const filed: Given = { type: 'MediationRecordFiled', data: { document: 'doc-8' } };
    expect(seen([...inEffect, filed]).agreement).toMatchObject({ document: 'doc-8', copies: null });
    expect(seen([...inEffect, performed]).agreement).toMatchObject({ performedOn: '2026-02-27' });
    expect(seen([...inEffect, breached]).agreement).toMatchObject({ breach: 'performance-refused' });
  });

  it('has its end, and whether both know of it', () => {
    expect(seen([...over, notified])).toMatchObject({
      ground: '23(1)(8)',
      terminatedAt: new Date(ago(10)).toISOString(),
      terminationNotifiedAt: new Date(ago(8)).toISOString(),
      clocks: { 'termination-notice': { state: 'completed' } },
    });
    expect(seen([...live('peoples'), terminated({ ground: null, ending: 'no-agreement', clocks: [] })])).toMatchObject({
      ground: null,
      ending: 'no-agreement',
    });
    expect(seen([proposed('peoples'), declined])).toMatchObject({ declined: 'out-of-scope' });
  });

  it('has its appraisal, and the clues that go to verification', () => {
    const clue = {
      ...{ clueId: 'M1.1', disputeId: 'D1', complaintId: null, authority: null, handlingRegion: '330602' },
      ...{ respondentUscc: null, description: 'clue-1', evidence: ['doc-1'] },
    };
    const events: Given[] = [
      { type: 'AppraisalInstitutionDesignated', data: { institution: 'Institute', chosenBy: 'parties', evidence: [] } },
      { type: 'AppraisalFeeDisagreed', data: {} },
      { type: 'ViolationClueFound', data: clue },
    ];
    expect(seen([...ready(), ...events])).toMatchObject({
      status: 'consent-pending',
      appraisalInstitution: 'Institute',
      feeDisagreed: true,
      clues: [{ clueId: 'M1.1', description: 'clue-1', evidence: ['doc-1'] }],
    });
  });

  it('begins with its proposal, and signs what was agreed on', () => {
    expect(() => seen([performed])).toThrow('begins with');
    expect(() => seen([...live(), performed])).toThrow('has no agreement');
  });
});

describe('in words', () => {
  const told = (events: readonly Given[]) =>
    events.map(({ type, data }) => (mediationWords[type] as (data: object) => { zh: string; en: string })(data));

  it('every event is a sentence in both languages', () => {
    const events = MEDIATION_KINDS.flatMap((kind) => inSession(kind));
    for (const { zh, en } of told([...events, ...inEffect, ...over, notified, ...recusalAsked, breached, performed])) {
      expect(zh).toMatch(/^[\p{Script=Han}]/u);
      expect(en).toMatch(/^[A-Z]/);
      expect(zh + en).not.toContain('undefined');
    }
  });

  it('tells what happened, and no more', () => {
    expect(
      told([
        scheduled(),
        refused('merchant'),
        reached({ performedAtOnce: true }),
        signed('body-seal'),
        ...over.slice(-1),
      ]),
    ).toEqual([
      { zh: '安排第1次调解（现场），时间2026-02-12 10:00', en: 'Session 1 scheduled on site for 2026-02-12 10:00' },
      { zh: '经营者拒绝调解', en: 'Mediation refused by the merchant' },
      { zh: '达成调解协议（调解书），即时履行', en: 'Agreement reached as a mediation statement, performed at once' },
      { zh: '调解组织（机关）盖章', en: 'Agreement signed: the seal of the body or authority' },
      { zh: '终止调解（第23(1)(8)项）', en: 'Mediation terminated on ground 23(1)(8)' },
    ]);
  });

  it('says also of the roster what became of whom, without a name', () => {
    expect(mediationBodyWords.MediationBodySuspended({ cause: 'leave' })).toEqual({
      zh: '暂停调解组织资格：暂停执业',
      en: 'A mediation body was suspended: leave',
    });
    expect(mediatorWords.MediatorRemoved({ cause: 'misconduct' }).en).toBe(
      'A mediator was taken off the roster: misconduct',
    );
  });

  it('keeps from merchants what would warn them', () => {
    expect(HIDDEN_FROM_MERCHANTS).toEqual(['ViolationClueFound']);
    for (const type of HIDDEN_FROM_MERCHANTS) {
      expect(ROLES.filter((role) => isEventWithheld({ role }, type))).toEqual(['merchant']);
    }
    expect(isEventWithheld({ role: 'merchant' }, 'MediationTerminated')).toBe(false);
  });
});
