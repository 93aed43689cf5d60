import { describe, expect, it } from '@jest/globals';
import { isRefusal, type DecisionContext } from '#kernel';
import type { ReachAgreement } from './commands.ts';
import {
  fileRecord,
  issueStatement,
  reachAgreement,
  recordBreach,
  recordPerformance,
  signAgreement,
} from './decide-agreement.ts';
import { AGREEMENT_FORMS, KINDS, MEDIATION_KINDS, type MediationKind } from './kinds.ts';
import type { MediationEvent, MediationEvents } from './mediation-events.ts';
import type { AgreementReads } from './reads.ts';
import {
  agreed,
  ago,
  as,
  assigned,
  bothConsent,
  breached,
  complaint,
  dispute,
  effective,
  givenMediation,
  HASH,
  held,
  inEffect,
  inSession,
  live,
  onDay,
  OTHER_HASH,
  performed,
  reached,
  ready,
  referral,
  refused,
  scheduled,
  signed,
  told,
  USCC,
  type Given,
} from './testing/given-mediation.ts';

const persons = { terms: { personId: 'terms-1', tokens: {} } };
const reads: AgreementReads = { complaint, referral: undefined, dispute };
const command = { form: 'statement', textHash: HASH, performanceDue: '2026-03-20', amountFen: 12_000 } as const;

const reaching = (
  more: object = {},
  history: readonly Given[] = inSession(),
  changed: Partial<AgreementReads> = {},
  context: Partial<DecisionContext<AgreementReads>> = {},
) =>
  givenMediation(history).when(reachAgreement, { ...command, ...more } as ReachAgreement, {
    persons,
    reads: { ...reads, ...changed },
    ...context,
  });
const agreement: MediationEvents['MediationAgreementReached'] = {
  ...{ agreement: '1', form: 'statement', terms: 'terms-1', textHash: HASH, performanceDue: '2026-03-20' },
  ...{ performedAtOnce: false, amountFen: 12_000, statementWaived: false, representedConsented: false, evidence: [] },
};
const effect = (more: Partial<MediationEvents['MediationAgreementEffective']> = {}): MediationEvent => ({
  type: 'MediationAgreementEffective',
  data: {
    ...{
      agreement: '1',
      effectiveOn: '2026-03-04',
      kind: 'administrative',
      courtAssignment: null,
      form: 'statement',
    },
    ...{ textHash: HASH, performanceDue: '2026-03-20', amountFen: 12_000, respondentUscc: USCC },
    clocks: [{ clock: 'performance', rule: null, calendar: null, due: '2026-03-20' }],
    ...more,
  },
});
const refusal = (kind: 'invalid' | 'conflict', code: string, field?: string) =>
  field === undefined ? { kind, code } : { kind, code, field };

describe('an agreement', () => {
  it('has its terms in the vault, the hash of its text, and binds nobody before it is signed', () => {
    reaching().then([{ type: 'MediationAgreementReached', data: agreement }]);
    reaching({}, inSession(), {}, { persons: {} }).then(refusal('invalid', 'TERMS_REQUIRED', 'terms'));
    reaching({ textHash: undefined }).then(refusal('invalid', 'TEXT_HASH_REQUIRED', 'textHash'));
  });

  it('is reached in mediation: with both, with a mediator, after a session', () => {
    reaching({}, ready()).then(refusal('conflict', 'NO_SESSION_HELD'));
    reaching({}, [...ready(), scheduled(), told()]).then(refusal('conflict', 'NO_SESSION_HELD'));
    reaching(
      {},
      [...inSession(), refused('merchant')].toSorted((a, b) => Number(a.occurredAt) - Number(b.occurredAt)),
    ).then(refusal('conflict', 'PARTY_REFUSED'));
    reaching({}, [...live(), assigned(), scheduled(), held()]).then(refusal('conflict', 'CONSENT_REQUIRED'));
    reaching({}, [...live(), ...bothConsent(), scheduled(), held()]).then(refusal('conflict', 'MEDIATOR_REQUIRED'));
  });

  it('is reached between two who both came, be it one after the other', () => {
    const before = [...ready(), scheduled(), told(), scheduled('on-site', '2'), told('2')];
    const never = refusal('conflict', 'PARTY_NEVER_ATTENDED');
    reaching({}, [...before, held('1', [])]).then(never);
    reaching({}, [...before, held('1', ['consumer']), held('2', ['consumer'])]).then(never);
    reaching({}, [...before, held('1', ['consumer']), held('2', ['merchant'])]).then([
      { type: 'MediationAgreementReached', data: agreement },
    ]);
  });

  it('is neither reached nor signed while a sham is looked into, or once it was found (S9 18)', () => {
    const inCourt = inSession('court-invited', { courtAssignment: 'pre-filing' });
    const written = [...inCourt, reached({ form: 'written' })];
    const said = { signer: 'merchant' as const, method: 'seal' as const, textHash: HASH, evidence: ['doc-1'] };
    for (const [sham, code] of [
      ['reported', 'SHAM_UNDER_REVIEW'],
      ['sham', 'SHAM_MEDIATION'],
    ] as const) {
      const under = { referral: { ...referral, sham } };
      reaching({ form: 'written' }, inCourt, { complaint: undefined, ...under }).then(refusal('conflict', code));
      givenMediation(written).when(signAgreement, said, { reads: under }).then(refusal('conflict', code));
    }
    const cleared = { referral: { ...referral, sham: 'no-sham' as const } };
    expect(isRefusal(givenMediation(written).when(signAgreement, said, { reads: cleared }).decision)).toBe(false);
  });

  it('is not signed over the refusal of a party', () => {
    const said = { signer: 'consumer' as const, method: 'seal' as const, textHash: HASH, evidence: ['doc-1'] };
    const refusing: Given = { ...refused('merchant'), occurredAt: ago(14) };
    givenMediation([...agreed, refusing])
      .when(signAgreement, said)
      .then(refusal('conflict', 'PARTY_REFUSED'));
  });

  it('is none of an assignment that ended without one', () => {
    const inCourt = inSession('court-invited', { courtAssignment: 'pre-filing' });
    const under = (more: object) =>
      reaching({ form: 'written' }, inCourt, { complaint: undefined, referral: { ...referral, ...more } });
    under({ isEnded: true }).then(refusal('conflict', 'REFERRAL_ENDED'));
    for (const more of [{}, { isEnded: true, isAgreed: true }]) expect(isRefusal(under(more).decision)).toBe(false);
  });

  it('is none of a complaint that ended otherwise', () => {
    for (const concluded of ['terminated', 'withdrawn'] as const) {
      reaching({}, inSession(), { complaint: { ...complaint, concluded } }).then(
        refusal('conflict', 'COMPLAINT_CONCLUDED'),
      );
    }
    for (const known of [{ complaint: { ...complaint, concluded: 'mediated' as const } }, { complaint: undefined }]) {
      expect(isRefusal(reaching({}, inSession(), known).decision)).toBe(false);
    }
  });

  it.each(MEDIATION_KINDS)('has the forms of its kind: %s', (kind) => {
    const to = kind;
    for (const form of AGREEMENT_FORMS) {
      const { decision } = reaching({ form, statementWaived: true }, inSession(to));
      const rule = KINDS[kind].forms[form];
      if (rule === undefined) expect(decision).toMatchObject({ code: 'FORM_NOT_OF_KIND' });
      else expect(decision).toHaveLength(rule.signers.length === 0 ? 2 : 1);
    }
  });

  it('says until when it is performed, or that it was and what proves that', () => {
    const field = 'performanceDue';
    reaching({ performanceDue: undefined }).then(refusal('invalid', 'PERFORMANCE_DUE_REQUIRED', field));
    reaching({ performanceDue: '2026-03-03' }).then(refusal('invalid', 'PERFORMANCE_DUE_PAST', field));
    expect(isRefusal(reaching({ performanceDue: '2026-03-04' }).decision)).toBe(false);
    const atOnce = { performanceDue: undefined, performedAtOnce: true };
    reaching({ ...atOnce, performanceDue: '2026-03-20' }).then(
      refusal('invalid', 'PERFORMANCE_DUE_NOT_APPLICABLE', field),
    );
    reaching(atOnce).then(refusal('invalid', 'EVIDENCE_REQUIRED', 'evidence'));
    reaching({ ...atOnce, evidence: ['receipt-1'] }).then([
      {
        type: 'MediationAgreementReached',
        data: { ...agreement, performanceDue: null, performedAtOnce: true, evidence: ['receipt-1'] },
      },
    ]);
  });

  it('takes the place of one that is not signed by all, and is signed anew', () => {
    const again = [...agreed, signed('consumer')];
    reaching({ textHash: OTHER_HASH }, again).then([
      { type: 'MediationAgreementReached', data: { ...agreement, agreement: '2', textHash: OTHER_HASH } },
    ]);
    const { state } = givenMediation(
      [...again, reached({ agreement: '2', textHash: OTHER_HASH })].map((event, index, all) =>
        index === all.length - 1 ? { ...event, occurredAt: ago(10) } : event,
      ),
    );
    expect(state).toMatchObject({ status: 'agreed', agreement: { agreement: '2', signed: [] } });
  });
});

describe('an agreement of several complainants (T-17)', () => {
  const field = 'representedConsented';
  const several = { ...dispute.joint, complainants: 3, representatives: [1] };
  const consenting = (...persons: number[]) => ({
    dispute: {
      ...dispute,
      joint: {
        ...several,
        consents: [{ act: 'agreement' as const, procedure: 'mediation-M1', consenting: persons, refusing: [] }],
      },
    },
  });

  it('needs the consent of each who is represented, to this mediation', () => {
    const id = { id: 'M1' };
    const missing = refusal('conflict', 'REPRESENTED_CONSENT_REQUIRED', field);
    reaching({}, inSession(), { dispute: { ...dispute, joint: several } }, id).then(missing);
    reaching({ representedConsented: true, evidence: ['doc-1'] }, inSession(), consenting(2), id).then(missing);
    reaching({}, inSession(), consenting(2, 3), { id: 'M2' }).then(missing);
    reaching({}, inSession(), consenting(2, 3), id).then([
      { type: 'MediationAgreementReached', data: { ...agreement, representedConsented: true } },
    ]);
  });

  it('whom the dispute does not know one by one is said and proven', () => {
    const joint = inSession('administrative', { isJoint: true });
    reaching({}, joint).then(refusal('conflict', 'REPRESENTED_CONSENT_REQUIRED', field));
    reaching({ representedConsented: true }, joint).then(refusal('invalid', 'EVIDENCE_REQUIRED', 'evidence'));
    reaching({ representedConsented: true, evidence: ['doc-1'] }, joint).then([
      { type: 'MediationAgreementReached', data: { ...agreement, representedConsented: true, evidence: ['doc-1'] } },
    ]);
    reaching({ representedConsented: true, evidence: ['doc-1'] }).then(refusal('invalid', 'NOBODY_REPRESENTED', field));
  });
});

describe('a record in place of a statement (Art. 24)', () => {
  const record = { form: 'record', textHash: undefined };
  const taken = { form: 'record', textHash: null } as const;

  it('is enough on site where it is performed at once or both do without, and elsewhere always', () => {
    reaching(record).then(refusal('conflict', 'STATEMENT_REQUIRED', 'form'));
    reaching({ ...record, statementWaived: true }).then([
      { type: 'MediationAgreementReached', data: { ...agreement, ...taken, statementWaived: true } },
      effect(taken),
    ]);
    reaching(record, inSession('delegated', {}, 'online')).then([
      { type: 'MediationAgreementReached', data: { ...agreement, ...taken } },
      effect({ ...taken, kind: 'delegated' }),
    ]);
  });

  it('performed at once is performed with that', () => {
    const atOnce = { performanceDue: null, performedAtOnce: true, evidence: ['receipt-1'] };
    reaching({ ...record, ...atOnce, performanceDue: undefined }).then([
      { type: 'MediationAgreementReached', data: { ...agreement, ...taken, ...atOnce } },
      effect({ ...taken, performanceDue: null, clocks: [] }),
      { type: 'AgreementPerformed', data: { performedOn: '2026-03-04', evidence: ['receipt-1'] } },
    ]);
  });

  it('is filed once, and no statement is made out', () => {
    const inForce = [...inSession(), reached(taken), effective(taken)];
    givenMediation(inForce)
      .when(fileRecord, { document: 'doc-9' })
      .then([{ type: 'MediationRecordFiled', data: { document: 'doc-9' } }]);
    const filed: Given = { type: 'MediationRecordFiled', occurredAt: ago(13), data: { document: 'doc-9' } };
    givenMediation([...inForce, filed])
      .when(fileRecord, { document: 'doc-9' })
      .then(refusal('conflict', 'ALREADY_DOCUMENTED'));
    givenMediation(inForce)
      .when(issueStatement, { document: 'doc-9' })
      .then(refusal('conflict', 'STATEMENT_NOT_APPLICABLE'));
  });
});

describe('a signature', () => {
  const signing = (more: object = {}, history: readonly Given[] = agreed, role = 'officer') =>
    givenMediation(history).when(signAgreement, { method: 'handwritten', textHash: HASH, ...more }, as(role));
  const event = (signer: MediationEvents['AgreementSigned']['signer'], evidence: string[] = []) =>
    ({
      type: 'AgreementSigned',
      data: { agreement: '1', signer, method: 'handwritten', textHash: HASH, evidence },
    }) as const;

  it('is each party’s own, or shown by who records it', () => {
    signing({}, agreed, 'merchant').then([event('merchant')]);
    signing({}, agreed, 'public').then([event('consumer')]);
    signing({ signer: 'consumer' }, agreed, 'merchant').then({
      kind: 'forbidden',
      code: 'NOT_YOUR_PARTY',
      field: 'signer',
    });
    signing({ signer: 'body-seal' }, agreed, 'merchant').then({
      kind: 'forbidden',
      code: 'NOT_YOUR_PARTY',
      field: 'signer',
    });
    signing({}).then(refusal('invalid', 'SIGNER_REQUIRED', 'signer'));
    signing({ signer: 'consumer' }).then(refusal('invalid', 'EVIDENCE_REQUIRED', 'evidence'));
    signing({ signer: 'consumer', evidence: ['scan-1'] }).then([event('consumer', ['scan-1'])]);
    signing({ signer: 'body-seal' }).then([event('body-seal')]);
  });

  it('with the seal of an authority is an officer’s, or shown by who records it; a body’s is its own', () => {
    const seal = { signer: 'body-seal' } as const;
    signing(seal, agreed, 'mediator').then(refusal('invalid', 'EVIDENCE_REQUIRED', 'evidence'));
    signing({ ...seal, evidence: ['scan-1'] }, agreed, 'mediator').then([event('body-seal', ['scan-1'])]);
    signing(seal, [...inSession('peoples'), reached({ form: 'written' })], 'mediator').then([event('body-seal')]);
  });

  it('is given to the text that was agreed on, once, by whom its form names', () => {
    signing({ textHash: OTHER_HASH }, agreed, 'merchant').then(refusal('conflict', 'TEXT_HASH_MISMATCH', 'textHash'));
    signing({}, [...agreed, signed('merchant')], 'merchant').then([]);
    signing({ signer: 'mediator' }).then(refusal('invalid', 'SIGNATURE_NOT_NEEDED', 'signer'));
  });

  it('sets it in force with the last one, whichever that is', () => {
    const all = ['consumer', 'merchant', 'body-seal'] as const;
    for (const last of all) {
      const before = all.filter((one) => one !== last).map(signed);
      const { decision } = signing({ signer: last, evidence: ['scan-1'] }, [...agreed, ...before]);
      const clocks = [{ clock: 'performance', rule: null, calendar: null, due: '2026-03-10' }];
      expect(decision).toEqual([event(last, ['scan-1']), effect({ performanceDue: '2026-03-10', clocks })]);
    }
  });

  it('of a people’s mediation are four: parties, mediator, seal (S6 29)', () => {
    const people = [...inSession('peoples'), reached({ form: 'written' })];
    const three = [signed('consumer'), signed('merchant'), signed('body-seal')];
    expect(signing({ signer: 'body-seal' }, [...people, signed('consumer'), signed('merchant')]).decision).toHaveLength(
      1,
    );
    expect(signing({ signer: 'mediator' }, [...people, ...three], 'mediator').decision).toMatchObject([
      { type: 'AgreementSigned', data: { signer: 'mediator' } },
      { type: 'MediationAgreementEffective', data: { kind: 'peoples', form: 'written', effectiveOn: '2026-03-04' } },
    ]);
  });

  it('of what was performed at once proves its performance with what was shown then', () => {
    const atOnce = [
      ...inSession('industry'),
      reached({ form: 'written', performedAtOnce: true, performanceDue: null, evidence: ['receipt-1'] }),
      signed('consumer'),
    ];
    expect(signing({}, atOnce, 'merchant').decision).toMatchObject([
      { type: 'AgreementSigned' },
      { type: 'MediationAgreementEffective', data: { clocks: [] } },
      { type: 'AgreementPerformed', data: { performedOn: '2026-03-04', evidence: ['receipt-1'] } },
    ]);
  });

  it('counts the day on which it was given, not the day of agreement', () => {
    const { decision } = givenMediation([...agreed, signed('consumer'), signed('merchant')]).when(
      signAgreement,
      { signer: 'body-seal', method: 'seal', textHash: HASH },
      onDay('2026-03-06') as object,
    );
    expect(decision).toMatchObject([{}, { data: { effectiveOn: '2026-03-06' } }]);
  });
});

describe('an oral agreement', () => {
  it('binds when it is reached (S6 30)', () => {
    reaching({ form: 'oral', textHash: undefined }, inSession('peoples')).then([
      { type: 'MediationAgreementReached', data: { ...agreement, form: 'oral', textHash: null } },
      effect({ kind: 'peoples', form: 'oral', textHash: null }),
    ]);
  });
});

describe('a statement', () => {
  const issuing = (history: readonly Given[], role: string) =>
    givenMediation(history).when(issueStatement, { document: 'doc-9' }, as(role));

  it('is made out by the authority in three copies, once', () => {
    const issued = { issuedBy: 'authority', copies: 3, document: 'doc-9' } as const;
    issuing(inEffect, 'officer').then([{ type: 'MediationStatementIssued', data: issued }]);
    for (const role of ['mediator', 'court']) {
      issuing(inEffect, role).then({ kind: 'forbidden', code: 'NOT_YOURS_TO_ISSUE' });
    }
    const event: Given = { type: 'MediationStatementIssued', occurredAt: ago(13), data: issued };
    issuing([...inEffect, event], 'officer').then(refusal('conflict', 'ALREADY_DOCUMENTED'));
    givenMediation(inEffect).when(fileRecord, { document: 'doc-9' }).then(refusal('conflict', 'RECORD_NOT_APPLICABLE'));
  });

  const forCourt = (courtAssignment: 'pre-filing' | 'post-filing-ordinary') => [
    ...inSession('court-invited', { courtAssignment }),
    reached({ form: 'written' }),
    effective({ kind: 'court-invited', courtAssignment, form: 'written' }),
  ];

  it('is made out by the court after filing, and by nobody before (S9 20)', () => {
    issuing(forCourt('post-filing-ordinary'), 'court').then([
      { type: 'MediationStatementIssued', data: { issuedBy: 'court', copies: 3, document: 'doc-9' } },
    ]);
    issuing(forCourt('post-filing-ordinary'), 'officer').then({ kind: 'forbidden', code: 'NOT_YOURS_TO_ISSUE' });
    issuing(forCourt('pre-filing'), 'court').then(refusal('conflict', 'STATEMENT_NOT_APPLICABLE'));
  });
});

describe('performance', () => {
  it('is proven, once, and late rather than never', () => {
    const performing = (history: readonly Given[], evidence: string[]) =>
      givenMediation(history).when(recordPerformance, { evidence });
    const done = [{ type: 'AgreementPerformed', data: { performedOn: '2026-03-04', evidence: ['doc-1'] } }] as const;
    performing(inEffect, ['doc-1']).then(done);
    performing(inEffect, []).then(refusal('invalid', 'EVIDENCE_REQUIRED', 'evidence'));
    performing([...inEffect, breached], ['doc-1']).then(done);
    performing([...inEffect, performed], []).then([]);
  });

  it('is broken after its last day, or by refusing it', () => {
    const breaking = (
      breach: 'not-performed' | 'partly-performed' | 'performance-refused',
      day: string,
      history = inEffect,
    ) => givenMediation(history).when(recordBreach, { breach, evidence: ['doc-1'] }, onDay(day) as object);
    const broken = (breach: 'not-performed' | 'performance-refused') =>
      [{ type: 'AgreementBreached', data: { breach, by: 'merchant', evidence: ['doc-1'] } }] as const;
    breaking('not-performed', '2026-03-10').then(refusal('conflict', 'PERFORMANCE_NOT_DUE', 'breach'));
    breaking('partly-performed', '2026-03-10').then(refusal('conflict', 'PERFORMANCE_NOT_DUE', 'breach'));
    breaking('not-performed', '2026-03-11').then(broken('not-performed'));
    breaking('performance-refused', '2026-03-05').then(broken('performance-refused'));
    breaking('not-performed', '2026-03-11', [...inEffect, performed]).then(refusal('conflict', 'ALREADY_PERFORMED'));
    breaking('not-performed', '2026-03-11', [...inEffect, breached]).then([]);
  });
});

it('every form says whose hand it needs', () => {
  const kinds: readonly MediationKind[] = MEDIATION_KINDS;
  for (const kind of kinds) expect(Object.keys(KINDS[kind].forms)).not.toHaveLength(0);
});
