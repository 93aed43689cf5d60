import { describe, expect, it } from '@jest/globals';
import { DISQUALIFICATIONS, TERMINATION_GROUNDS } from '#complaints/events';
import { startOfDay } from '#kernel';
import { readClock } from '#law';
import { notifyParties, terminate } from './decide-termination.ts';
import { KINDS, MEDIATION_KINDS } from './kinds.ts';
import { MEDIATION_ENDINGS } from './mediation-events.ts';
import type { LimitReads } from './reads.ts';
import {
  agreed,
  ago,
  as,
  complaint,
  complaintAcceptedOn,
  givenMediation,
  held,
  inSession,
  law,
  live,
  notified,
  onDay,
  over,
  ready,
  recusalAsked,
  referral,
  refused,
  running,
  scheduled,
  taken,
  terminated,
  told,
  proposed,
  type Given,
} from './testing/given-mediation.ts';

const persons = { reason: { personId: 'reason-1', tokens: {} } };
const feeDisagreed: Given = { type: 'AppraisalFeeDisagreed', occurredAt: ago(30), data: {} };

const terminating = (
  command: object,
  history: readonly Given[] = ready(),
  changed: Partial<LimitReads> = {},
  context: object = {},
) => {
  const reads: LimitReads = { complaint, referral: undefined, ...changed };
  return givenMediation(history).when(terminate, { ...command }, { persons, reads, ...context });
};
const nothing = { disqualification: null, ending: null, reason: 'reason-1', evidence: [] as readonly string[] };
const notice = (from = '2026-03-04') => readClock({ clock: 'termination-notice', rule: 'L-03', from }, law);

describe('mediation by an authority', () => {
  it('ends on a ground, and both parties are told within seven working days (L-03)', () => {
    terminating({ ground: '23(1)(8)' }).then([
      {
        type: 'MediationTerminated',
        ruleVersion: notice().rule!,
        data: { ...nothing, ground: '23(1)(8)', clocks: [notice()] },
      },
    ]);
    expect(notice().due).toBe('2026-03-13');
  });

  it('has no ending but its ground', () => {
    for (const history of [ready('administrative'), ready('delegated')]) {
      terminating({}, history).then({ kind: 'invalid', code: 'GROUND_REQUIRED', field: 'ground' });
      terminating({ ground: '23(1)(8)', ending: 'other' }, history).then({
        kind: 'invalid',
        code: 'ENDING_NOT_APPLICABLE',
        field: 'ending',
      });
    }
  });

  it('on ground (2) also where a party did not come to the newest session', () => {
    const before = [...ready(), scheduled(), told(), scheduled('on-site', '2'), told('2')];
    const away = { ground: '23(1)(2)' } as const;
    expect(terminating(away, [...before, held('1', ['consumer'])]).decision).toMatchObject([{ data: away }]);
    terminating(away, [...before, held('1', ['consumer']), held('2', ['consumer', 'merchant'])]).then({
      kind: 'conflict',
      code: 'NO_REFUSAL_ON_RECORD',
      field: 'ground',
    });
  });

  it.each(TERMINATION_GROUNDS)('on ground %s only as its history bears it out', (ground) => {
    const command = ground === '23(1)(6)' ? { ground, disqualification: '42' } : { ground };
    const bare = terminating(command).decision;
    const code = {
      '23(1)(1)': 'EVIDENCE_REQUIRED',
      '23(1)(2)': 'NO_REFUSAL_ON_RECORD',
      '23(1)(4)': 'NO_FEE_DISAGREEMENT_ON_RECORD',
      '23(1)(5)': 'MEDIATION_LIMIT_NOT_REACHED',
    }[ground as string];
    expect(bare).toMatchObject(code === undefined ? [{ type: 'MediationTerminated' }] : { code });
    const history = [...live(), refused('consumer'), feeDisagreed];
    const late = onDay('2026-03-20');
    const borne = terminating({ ...command, evidence: ['doc-1'] }, history, {}, late).decision;
    expect(borne).toMatchObject([{ type: 'MediationTerminated', data: { ground } }]);
  });

  it('is told to both parties also where they settled themselves: the article excepts no ground (S1 Art. 23(2))', () => {
    const data = { ...nothing, evidence: ['doc-1'], ground: '23(1)(1)', clocks: [notice()] } as const;
    terminating({ ground: '23(1)(1)', evidence: ['doc-1'] }).then([
      { type: 'MediationTerminated', ruleVersion: notice().rule!, data },
    ]);
  });

  it('names the basis of ground (6), and of no other', () => {
    for (const disqualification of DISQUALIFICATIONS) {
      expect(terminating({ ground: '23(1)(6)', disqualification }).decision).toMatchObject([
        { data: { disqualification } },
      ]);
      terminating({ ground: '23(1)(8)', disqualification }).then({
        kind: 'invalid',
        code: 'DISQUALIFICATION_NOT_APPLICABLE',
        field: 'disqualification',
      });
    }
    terminating({ ground: '23(1)(6)' }).then({
      kind: 'invalid',
      code: 'DISQUALIFICATION_REQUIRED',
      field: 'disqualification',
    });
  });

  it('opens no second clock of notice where the complaint keeps one', () => {
    const clocks = { ...complaint.clocks, 'termination-notice': running(notice(), '2026-03-04') };
    expect(
      terminating({ ground: '23(1)(8)' }, ready(), { complaint: { ...complaint, clocks } }).decision,
    ).toMatchObject([{ data: { clocks: [] } }]);
  });
});

describe('ground (5): the limit of the complaint, which mediation does not start again (T-42)', () => {
  const field = 'ground';
  const early = { kind: 'conflict', code: 'MEDIATION_LIMIT_NOT_REACHED', field } as const;
  const on = (day: string, acceptedOn: string, history = [proposed('administrative', {}, startOfDay('2026-01-20'))]) =>
    terminating({ ground: '23(1)(5)' }, history, { complaint: complaintAcceptedOn(acceptedOn) }, onDay(day));

  it.each([
    // 60 days from acceptance, whenever mediation was proposed; the last day itself is one on which it must end.
    ['2026-01-12', '2026-03-12', '2026-03-13'],
    // Past a weekend under the regulation alone, which rolls off every day of rest.
    ['2026-01-13', '2026-03-13', '2026-03-16'],
    // Over the holiday of October.
    ['2026-08-07', '2026-10-07', '2026-10-08'],
    ['2026-04-14', '2026-06-12', '2026-06-15'],
    // A plain weekend does not move it under Order 121.
    ['2026-04-15', '2026-06-13', '2026-06-14'],
  ])('accepted %s: not on %s, from %s on', (acceptedOn, before, last) => {
    const history = [proposed('administrative', {}, startOfDay(acceptedOn) + 10 * 3_600_000)];
    on(before, acceptedOn, history).then(early);
    expect(on(last, acceptedOn, history).decision).toMatchObject([{ data: { ground: '23(1)(5)' } }]);
  });

  it('is the same for what was delegated later', () => {
    const delegated = [proposed('delegated', {}, startOfDay('2026-03-01'))];
    on('2026-03-12', '2026-01-12', delegated).then(early);
    expect(on('2026-03-13', '2026-01-12', delegated).decision).toMatchObject([{ type: 'MediationTerminated' }]);
  });

  it('does not stand still for a recusal (T-08)', () => {
    expect(
      terminating({ ground: '23(1)(5)' }, [...inSession(), ...recusalAsked], {}, onDay('2026-03-20')).decision,
    ).toMatchObject([{ type: 'MediationTerminated' }]);
  });

  it('stands still for an appraisal, and is not reached then', () => {
    const mediation = { ...complaint.clocks['mediation']!, due: null, state: 'suspended' as const };
    terminating(
      { ground: '23(1)(5)' },
      ready(),
      { complaint: { ...complaint, clocks: { mediation } } },
      onDay('2026-09-01'),
    ).then(early);
  });

  it('is told by the rule of acceptance of a complaint older than its clocks, and not at all of none', () => {
    const old = { complaint: { ...complaintAcceptedOn('2026-01-12'), clocks: {} } };
    const history = [proposed('administrative', {}, startOfDay('2026-01-20'))];
    terminating({ ground: '23(1)(5)' }, history, old, onDay('2026-03-12')).then(early);
    expect(terminating({ ground: '23(1)(5)' }, history, old, onDay('2026-03-13')).decision).toMatchObject([{}]);
    terminating({ ground: '23(1)(5)' }, history, { complaint: undefined }, onDay('2026-09-13')).then(early);
  });
});

describe('mediation by a body', () => {
  const kinds = MEDIATION_KINDS.filter((kind) => !KINDS[kind].ofComplaint);
  const none = { complaint: undefined };

  it.each(kinds)('ends by its own ending: %s', (kind) => {
    terminating({}, ready(kind), none).then({ kind: 'invalid', code: 'ENDING_REQUIRED', field: 'ending' });
    terminating({ ground: '23(1)(8)' }, ready(kind), none).then({
      kind: 'invalid',
      code: 'GROUND_NOT_APPLICABLE',
      field: 'ground',
    });
    for (const ending of MEDIATION_ENDINGS) {
      const { decision } = terminating({ ending }, ready(kind), none);
      const code = {
        'settled-by-parties': 'EVIDENCE_REQUIRED',
        'party-refused': 'NO_REFUSAL_ON_RECORD',
        'limit-reached': 'MEDIATION_LIMIT_NOT_REACHED',
      }[ending as string];
      expect(decision).toMatchObject(code === undefined ? [{ data: { ending, clocks: [] } }] : { code });
    }
    expect(terminating({ ending: 'party-refused' }, [...live(kind), refused('merchant')], none).decision).toMatchObject(
      [{ data: { ending: 'party-refused' } }],
    );
    expect(
      terminating({ ending: 'settled-by-parties', evidence: ['doc-1'] }, ready(kind), none).decision,
    ).toMatchObject([{}]);
  });

  it('of Zhejiang’s consumer councils by its ten working days (L-20)', () => {
    const from = '2026-01-24';
    const clock = readClock({ clock: 'body-mediation', rule: 'L-20.mediation', from }, law);
    expect(clock.due).toBe('2026-02-06');
    const history = [proposed('consumer-association'), taken([clock])];
    const ending = { ending: 'limit-reached' };
    terminating(ending, history, none, onDay('2026-02-05')).then({
      kind: 'conflict',
      code: 'MEDIATION_LIMIT_NOT_REACHED',
      field: 'ending',
    });
    expect(terminating(ending, history, none, onDay('2026-02-06')).decision).toMatchObject([{ data: ending }]);
  });

  it('for a court by the clock of its assignment (L-27)', () => {
    const clock = readClock({ clock: 'court-mediation', rule: 'L-27', from: '2026-02-02' }, law);
    expect(clock.due).toBe('2026-03-04');
    const assigned = {
      ...none,
      referral: { ...referral, clocks: { 'court-mediation': running(clock, '2026-02-02') } },
    };
    const ending = { ending: 'limit-reached' };
    terminating(ending, live('court-invited'), assigned, onDay('2026-03-03')).then({
      kind: 'conflict',
      code: 'MEDIATION_LIMIT_NOT_REACHED',
      field: 'ending',
    });
    expect(terminating(ending, live('court-invited'), assigned).decision).toMatchObject([{ data: ending }]);
  });
});

describe('a termination', () => {
  it('comes also after an agreement that was not signed, and not after one that took effect', () => {
    expect(terminating({ ground: '23(1)(8)' }, agreed).decision).toMatchObject([{ type: 'MediationTerminated' }]);
  });

  it('is a person’s decision', () => {
    for (const role of ['process', 'merchant', 'public']) {
      terminating({ ground: '23(1)(8)' }, ready(), {}, as(role)).then({
        kind: 'forbidden',
        code: 'HUMAN_DECISION_REQUIRED',
      });
    }
  });

  it('is told to both parties once', () => {
    givenMediation(over)
      .when(notifyParties, { channel: 'mail' })
      .then([{ type: 'PartiesNotifiedOfTermination', data: { channel: 'mail' } }]);
    givenMediation([...over, notified])
      .when(notifyParties, { channel: 'mail' })
      .then({ kind: 'conflict', code: 'ALREADY_NOTIFIED' });
    givenMediation(ready())
      .when(notifyParties, { channel: 'mail' })
      .then({ kind: 'conflict', code: 'NO_TERMINATION_TO_NOTIFY' });
    expect(givenMediation([...ready(), terminated()]).state).toMatchObject({ status: 'terminated', notified: false });
  });
});
