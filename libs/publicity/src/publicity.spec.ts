import { describe, expect, it } from '@jest/globals';
import { validatorOf } from '#service';
import { documentsGiven, recorded, type GivenEvent, type RecordedEvent } from '#kernel';
import { mainlandCalendar } from '#calendar';
import type { Law } from '#law';
import { CorrectPublication, RedactPublication } from './commands.ts';
import { amendDeadline, verifyLateEntry } from './decide-clocks.ts';
import { correct, decideObjection, expire, raiseObjection, withdraw } from './decide-published.ts';
import { checkConsent, exclude, plan, planAfterClosing, publish, redact } from './decide-queue.ts';
import type { RecordedPublicationEvent } from './events.ts';
import { publicationQueueTable, publicationsTable } from './publicity.module.ts';
import { evolveComplaint, evolveSubject, unreadComplaint, unreadSubject, type ComplaintRead } from './reads.ts';
import { isRedactedText } from '#service';
import { addressOf, districtOf } from './shown.ts';
import {
  as,
  AUTHORITY,
  COMPLAINT,
  complaint,
  consent,
  DISPUTE,
  event,
  expired,
  givenPublication,
  law,
  objected,
  onDay,
  OTHER_USCC,
  planned,
  published,
  reading,
  reads,
  redacted,
  rejected,
  saying,
  shipped,
  shown,
  STATE_NAMES,
  STATES,
  USCC,
  withdrawn,
  type Given,
} from './testing/given-publication.ts';
import { publicationQueueView } from './views/publication-queue.ts';
import { publicationsView } from './views/publications.ts';
import { publicationWords } from './words.ts';

const planCommand = { complaintId: COMPLAINT };
const clocksAfter = (events: readonly Given[]) => {
  const { state } = givenPublication(events);
  return state.status === 'none' ? {} : state.clocks;
};

describe('the queue', () => {
  it('takes a closed complaint, with the day by which it is to be published', () => {
    const { type, data } = planned() as { type: 'ComplaintPublicationPlanned'; data: never };
    const clock = reading('publication', '2026-03-02');
    expect(clock.due).toBe('2026-03-30');
    givenPublication()
      .when(plan, planCommand, { ...onDay('2026-03-03'), reads: { complaint } })
      .then([{ type, ruleVersion: clock.rule!, data }]);
  });
  it('has no such day until the place has configured one, and says why', () => {
    const clock = { clock: 'publication', rule: null, calendar: null, due: null, undetermined: 'RULE_NOT_CONFIGURED' };
    const { decision } = givenPublication([], shipped).when(plan, planCommand, {
      ...onDay('2026-03-03'),
      reads: { complaint },
    });
    expect(decision).toMatchObject([{ data: { clocks: [clock] } }]);
  });
  it.each([
    ['an unknown complaint', undefined, 'invalid', 'UNKNOWN_COMPLAINT'],
    ['one that is open', { ...complaint, closedOn: null }, 'conflict', 'COMPLAINT_NOT_CLOSED'],
    ['one that was declined', { ...complaint, closedOn: null, result: null }, 'conflict', 'COMPLAINT_NOT_CLOSED'],
  ] as const)('does not take %s', (_, read, kind, code) => {
    givenPublication()
      .when(plan, planCommand, { ...onDay('2026-03-03'), reads: { complaint: read } })
      .then({ kind, code, field: 'complaintId' });
  });
  it('takes none before it was closed', () => {
    givenPublication()
      .when(plan, planCommand, { ...onDay('2026-03-01'), reads: { complaint } })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('has one place for each complaint, whoever plans it', () => {
    const [row] = publicationsTable.commands;
    expect(row!.id!(planCommand)).toBe(row!.id!({ ...planCommand }));
    expect(row!.id!(planCommand)).not.toBe(row!.id!({ complaintId: DISPUTE }));
    givenPublication(STATES.planned)
      .when(plan, planCommand, { ...onDay('2026-03-12'), reads: { complaint }, ...as('process') })
      .then([]);
  });
  it('takes what was closed by itself only under a rule that is in force, and says nothing where it does not', () => {
    const byProcess = (events: readonly Given[], by: Law, read: ComplaintRead | undefined = complaint) =>
      givenPublication(events, by).when(planAfterClosing, planCommand, {
        ...{ ...onDay('2026-03-02'), ...as('process') },
        reads: { complaint: read },
      });
    const [first] = byProcess([], law).decision as readonly { type: string; data: { clocks: object[] } }[];
    expect(first).toMatchObject({ type: 'ComplaintPublicationPlanned', data: { clocks: [{ due: '2026-03-30' }] } });
    byProcess([], shipped).then([]);
    byProcess([], law, { ...complaint, closedOn: null }).then([]);
    byProcess([], law, { ...complaint, closedOn: '2026-03-03' }).then([]);
    givenPublication([], law)
      .when(planAfterClosing, planCommand, { ...as('process'), reads: { complaint: undefined } })
      .then([]);
    for (const name of STATE_NAMES.filter((one) => one !== 'none')) byProcess(STATES[name], law).then([]);
    byProcess(STATES.published, law, { ...complaint, round: 2 }).then([]);
  });
  it('takes a complaint again once it was handled and closed again, and everything is looked at anew', () => {
    const again = { ...complaint, round: 2, closedOn: '2026-04-01' };
    const when = (events: readonly Given[]) =>
      givenPublication(events).when(plan, planCommand, { ...onDay('2026-04-02'), reads: { complaint: again } });
    expect(when(STATES.withdrawn).decision).toMatchObject([{ data: { round: 2, closedOn: '2026-04-01' } }]);
    expect(when(STATES.excluded).decision).toMatchObject([{ data: { round: 2 } }]);
    when(STATES.objected).then({ kind: 'conflict', code: 'STILL_PUBLISHED' });
    const replanned = event('ComplaintPublicationPlanned', '2026-04-02', {
      ...(planned().data as { complaintId: string } & object),
      round: 2,
      closedOn: '2026-04-01',
      clocks: [reading('publication', '2026-04-01')],
    } as never);
    const { state } = givenPublication([...STATES['objection rejected'], withdrawn, replanned]);
    expect(state).toMatchObject({ status: 'planned', objections: 1, round: 2 });
    expect(clocksAfter([...STATES.withdrawn, replanned])['publication']).toMatchObject({
      state: 'running',
      completion: null,
    });
  });
  it('takes it again also when its respondent was corrected', () => {
    const corrected = { ...complaint, respondentUscc: OTHER_USCC };
    const when = givenPublication(STATES.agreed);
    const context = { ...onDay('2026-03-12'), reads: { complaint: corrected, subject: reads.subject } };
    when.when(redact, { problem: 'quality' }, context).then({ kind: 'conflict', code: 'RESPONDENT_CORRECTED' });
    expect(when.when(plan, planCommand, context).decision).toMatchObject([{ data: { respondentUscc: OTHER_USCC } }]);
  });
});

describe('consent (是否同意公示)', () => {
  it.each(['agreed', 'refused'] as const)('%s is proven', (said) => {
    givenPublication(STATES.planned)
      .when(checkConsent, { consent: said }, onDay('2026-03-04'))
      .then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
    givenPublication(STATES.planned)
      .when(checkConsent, { consent: said, evidence: ['form-1'] }, onDay('2026-03-04'))
      .then([{ type: 'PublicationConsentChecked', data: { consent: said, evidence: ['form-1'] } }]);
  });
  it('that nobody was asked for needs no proof', () => {
    givenPublication(STATES.planned)
      .when(checkConsent, { consent: 'not-asked' }, onDay('2026-03-04'))
      .then([{ type: 'PublicationConsentChecked', data: { consent: 'not-asked', evidence: [] } }]);
  });
  it('taken back before it is published takes back what was redacted', () => {
    const { state } = givenPublication([
      ...STATES.redacted,
      event('PublicationConsentChecked', '2026-03-06', { consent: 'refused', evidence: ['call-1'] }),
    ]);
    expect(state).toMatchObject({ status: 'consent-checked', consent: 'refused' });
  });
});

describe('exclusion (不予公示)', () => {
  const when = (events: readonly Given[], reason: 'other' | 'consent-not-asked' | 'trade-secret', context = {}) =>
    givenPublication(events).when(exclude, { reason }, { ...onDay('2026-03-12'), ...context });
  it('stops the clock', () => {
    expect(clocksAfter(STATES.excluded)['publication']).toMatchObject({ state: 'superseded' });
  });
  it('for another reason is said in words, which go into the vault', () => {
    when(STATES.planned, 'other').then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'note' });
    when(STATES.planned, 'other', saying('note')).then([
      { type: 'ComplaintPublicationExcluded', data: { reason: 'other', note: 'note-1', evidence: [] } },
    ]);
  });
  it('for want of consent rests on what was found about it', () => {
    when(STATES.agreed, 'consent-not-asked').then({
      kind: 'conflict',
      code: 'CONSENT_SAYS_OTHERWISE',
      field: 'reason',
    });
    expect(when(STATES['not asked'], 'consent-not-asked').decision).toHaveLength(1);
  });
  it('told twice is told once', () => when(STATES.excluded, 'trade-secret').then([]));
});

describe('redaction (脱敏)', () => {
  const when = (command: Parameters<typeof redact>[0], read = reads, context = {}) =>
    givenPublication(STATES.agreed).when(redact, command, { ...onDay('2026-03-05'), reads: read, ...context });

  it('shows the business, its code, the district, the problem, the result, the authority and the day, and nothing else', () => {
    when({ problem: 'quality' }).then([{ type: 'PublicationRedacted', data: { shown } }]);
    expect(Object.keys(shown)).not.toContain('complainant');
  });
  it('takes the name of the register, and asks for it where the register has none', () => {
    const unregistered = { complaint, subject: undefined };
    when({ problem: 'quality' }, unregistered).then({
      kind: 'invalid',
      code: 'BUSINESS_NAME_REQUIRED',
      field: 'businessName',
    });
    expect(when({ problem: 'quality', businessName: '某某商店' }, unregistered).decision).toMatchObject([
      { data: { shown: { businessName: '某某商店' } } },
    ]);
    when({ problem: 'quality', businessName: '某某商店' }).then({
      kind: 'invalid',
      code: 'BUSINESS_NAME_NOT_AS_REGISTERED',
      field: 'businessName',
    });
  });
  it('shows nobody of whom it is not known who it is', () => {
    const nobody = { ...complaint, respondentUscc: null };
    givenPublication([planned({ respondentUscc: null }), consent()])
      .when(
        redact,
        { problem: 'quality' },
        { ...onDay('2026-03-05'), reads: { complaint: nobody, subject: undefined } },
      )
      .then({ kind: 'conflict', code: 'RESPONDENT_NOT_IDENTIFIED' });
  });
  it('refers to words in the vault', () => {
    expect(when({ problem: 'quality', summary: '商品与描述不符' }, reads, saying('summary')).decision).toMatchObject([
      { data: { shown: { summary: 'summary-1' } } },
    ]);
  });
  it.each([
    ['330602', '330602', '浙江省绍兴市越城区'],
    ['330602001', '330602', '浙江省绍兴市越城区'],
    ['330602001002', '330602', '浙江省绍兴市越城区'],
    ['330600', '330600', '浙江省绍兴市'],
  ])('of %s shows %s: %s (T-37)', (region, district, address) => {
    expect(districtOf(region)).toBe(district);
    expect(addressOf(district)).toBe(address);
  });
  it('has no address where the table has no name', () => expect(addressOf('990000')).toBeNull());
  it.each([
    ['身份证11010519491231002X', false],
    ['电话13800138000', false],
    ['电话 １３８００１３８０００', false],
    ['电话0575-8512 3456', false],
    ['单号20260302-1', true],
    ['卡号4111 1111 1111 1111', false],
    ['车牌浙D12345', false],
    ['张*，电话138****8000', true],
    ['购买的冰箱制冷异常，商家已更换', true],
    ['２０２６年３月购买', true],
  ])('reads %s: %s', (text, isRedacted) => expect(isRedactedText(text)).toBe(isRedacted));
  it.each([
    [RedactPublication, {}],
    [CorrectPublication, { reason: '更正' }],
  ])('refuses words in which something is to be masked: %p', (command, more) => {
    const check = (summary: string) =>
      validatorOf<object>(command)({ problem: 'quality', summary, ...more }).errors?.map(({ field }) => field);
    expect(check('联系13800138000')).toEqual(['summary']);
    expect(check('车牌浙D12345')).toEqual(['summary']);
    expect(check('订单12345678')).toEqual(['summary']);
    expect(check('商家已更换')).toBeUndefined();
  });
});

describe('publication (公示)', () => {
  it('meets the clock and opens the time for which it is shown', () => {
    const term = reading('publication-term', '2026-03-06');
    expect(term.due).toBe('2026-03-20');
    givenPublication(STATES.redacted)
      .when(publish, {}, { ...onDay('2026-03-06'), reads })
      .then([{ type: 'ComplaintPublished', ruleVersion: term.rule!, data: { shown, clocks: [term] } }]);
    expect(clocksAfter(STATES.published)).toMatchObject({
      publication: { state: 'completed', due: '2026-03-30' },
      'publication-term': { state: 'running', due: '2026-03-20', isRight: true },
    });
  });
  it('without a configured term lasts until a person withdraws it', () => {
    const events = [
      ...STATES.redacted,
      event('ComplaintPublished', '2026-03-06', {
        shown,
        clocks: [reading('publication-term', '2026-03-06', shipped)],
      }),
    ];
    givenPublication(events, shipped)
      .when(expire, {}, { ...onDay('2036-03-06'), ...as('process') })
      .then([]);
    expect(clocksAfter(events)['publication-term']).toMatchObject({ state: 'undetermined' });
    expect(
      givenPublication(events, shipped).when(withdraw, { cause: 'term-over' }, onDay('2036-03-06')).decision,
    ).toHaveLength(1);
  });
  it.each([
    ['handled again', { ...complaint, closedOn: null, round: 2 }, 'COMPLAINT_REOPENED'],
    ['closed again', { ...complaint, round: 2 }, 'COMPLAINT_REOPENED'],
    ['against somebody else', { ...complaint, respondentUscc: OTHER_USCC }, 'RESPONDENT_CORRECTED'],
    ['somewhere else', { ...complaint, respondentRegion: '330603' }, 'RESPONDENT_CORRECTED'],
  ])('is none of a complaint that was %s', (_, read, code) => {
    givenPublication(STATES.redacted)
      .when(publish, {}, { ...onDay('2026-03-06'), reads: { complaint: read } })
      .then({ kind: 'conflict', code });
  });
  it('does not happen before what led to it', () => {
    givenPublication(STATES.redacted)
      .when(publish, {}, { ...onDay('2026-03-04'), reads })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('told so late that it passes over its day counts when a second person has verified it (T-28)', () => {
    const late = { ...published(), recordedAt: '2026-04-10T10:00:00+08:00' } as Given;
    const events = [...STATES.redacted, late];
    const command = { clock: 'publication', reason: 'paper-record' as const, evidence: ['scan-1'] };
    const when = (who: object) =>
      givenPublication(events).when(verifyLateEntry, command, { ...onDay('2026-04-11'), ...who });
    when(as('officer')).then({ kind: 'forbidden', code: 'SECOND_PERSON_REQUIRED' });
    when(as('merchant', 'key-2')).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
    when(as('officer', 'key-2')).then([{ type: 'PublicationLateEntryVerified', data: command }]);
    const verified = [...events, event('PublicationLateEntryVerified', '2026-04-11', command)];
    givenPublication(verified)
      .when(verifyLateEntry, command, { ...onDay('2026-04-12'), ...as('officer', 'key-2') })
      .then([]);
  });
  it('is due on another day when the calendar is amended', () => {
    const calendar = mainlandCalendar({ provisional: true, version: 'CN-2020.1' });
    const closedOn = '2020-01-20';
    const before = { ...law, calendar };
    const events = [planned({ closedOn, clocks: [reading('publication', closedOn, before)] })];
    const { decision } = givenPublication(events).when(amendDeadline, { clock: 'publication' }, onDay('2020-01-28'));
    expect(decision).toMatchObject([
      { type: 'PublicationDeadlineAmended', data: { clock: 'publication', calendar: 'CN-2020.2' } },
    ]);
  });
});

describe('an objection (异议)', () => {
  const when = (events: readonly Given[], by: 'complainant' | 'respondent', context = {}, evidence?: string[]) =>
    givenPublication(events).when(
      raiseObjection,
      { by, reason: '…', ...(evidence && { evidence }) },
      { ...onDay('2026-03-09'), ...saying('reason'), ...context },
    );
  it('of a merchant is its own word, and of the respondent alone', () => {
    when(STATES.published, 'respondent', as('merchant')).then([
      {
        type: 'PublicationObjectionRaised',
        data: { objection: 1, by: 'respondent', reason: 'reason-1', evidence: [] },
      },
    ]);
    when(STATES.published, 'complainant', as('merchant')).then({
      kind: 'forbidden',
      code: 'NOT_YOUR_PARTY',
      field: 'by',
    });
  });
  it('that an officer enters is proven, and has a reason', () => {
    when(STATES.published, 'complainant').then({ kind: 'invalid', code: 'EVIDENCE_REQUIRED', field: 'evidence' });
    when(STATES.published, 'complainant', { persons: {} }, ['letter-1']).then({
      kind: 'invalid',
      code: 'REASON_REQUIRED',
      field: 'reason',
    });
    expect(when(STATES.published, 'complainant', {}, ['letter-1']).decision).toHaveLength(1);
  });
  it('is numbered on, and comes within the time of the publication', () => {
    const at = (day: string) => ({ ...as('merchant'), ...onDay(day) });
    expect(when(STATES['objection rejected'], 'respondent', at('2026-03-20')).decision).toMatchObject([
      { data: { objection: 2 } },
    ]);
    when(STATES.published, 'respondent', at('2026-03-21')).then({ kind: 'conflict', code: 'PUBLICATION_EXPIRED' });
  });
  it.each([
    ['upheld', 'PublicationWithdrawn', { cause: 'objection-upheld', objection: 1, note: 'reason-1', evidence: [] }],
    ['rejected', 'PublicationObjectionRejected', { objection: 1, reason: 'reason-1', evidence: [] }],
  ] as const)('is %s with a reason', (result, type, data) => {
    const decide = (context = {}) =>
      givenPublication(STATES.objected).when(
        decideObjection,
        { result, reason: '…' },
        { ...onDay('2026-03-10'), ...context },
      );
    decide().then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'reason' });
    decide(saying('reason')).then([{ type, data } as never]);
  });
});

describe('a correction and a withdrawal', () => {
  it('shows something else, made of the complaint and the register as they are now', () => {
    const read = { complaint: { ...complaint, authority: 'Another Office' }, subject: { name: '新名商贸有限公司' } };
    givenPublication(STATES.published)
      .when(correct, { problem: 'price', reason: '…' }, { ...onDay('2026-03-10'), ...saying('reason'), reads: read })
      .then([
        {
          type: 'PublicationCorrected',
          data: {
            shown: { ...shown, problem: 'price', authority: 'Another Office', businessName: '新名商贸有限公司' },
            reason: 'reason-1',
          },
        },
      ]);
  });
  it('of nothing is none, and needs a reason', () => {
    const when = (context: object) =>
      givenPublication(STATES.published).when(
        correct,
        { problem: 'quality', reason: '…' },
        { ...onDay('2026-03-10'), reads, ...context },
      );
    when(saying('reason')).then([]);
    when({}).then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'reason' });
  });
  it('for another cause is said in words', () => {
    givenPublication(STATES.published)
      .when(withdraw, { cause: 'other' }, onDay('2026-03-10'))
      .then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'note' });
    expect(clocksAfter(STATES.withdrawn)['publication-term']).toMatchObject({ state: 'superseded' });
  });
});

describe('expiry (公示期满)', () => {
  it('follows from the last day, at the first moment after it', () => {
    const when = (day: string) =>
      givenPublication(STATES.published).when(expire, {}, { ...onDay(day), ...as('process') });
    when('2026-03-20').then([]);
    when('2026-03-21').then([{ type: 'PublicationExpired', data: { dueOn: '2026-03-20' } }]);
    expect(clocksAfter(STATES.expired)['publication-term']).toMatchObject({ state: 'expired' });
  });
});

describe('what is read of a complaint and a subject', () => {
  const told = (type: string, data: object, day = '2026-03-02') =>
    recorded([{ type, data, occurredAt: onDay(day).occurredAt } as GivenEvent])[0]! as RecordedEvent;
  const receipt = {
    disputeId: DISPUTE,
    authority: 'A',
    handlingRegion: '330603',
    respondentUscc: null,
    respondentRegion: '330603',
  };
  it('is what it comes to', () => {
    const history = [
      told('ComplaintReceived', receipt),
      told('ComplaintTransferReceived', { authority: AUTHORITY, handlingRegion: '330602' }),
      told('ComplaintAccepted', {}),
      told('ComplaintConcluded', { result: 'terminated', ground: '23(1)(2)' }),
      told('ComplaintClosed', {}),
      told('ComplaintCorrected', { field: 'respondentUscc', new: USCC }),
      told('ComplaintCorrected', { field: 'respondentRegion', new: '330602001' }),
      told('ComplaintCorrected', { field: 'sector', new: 'x' }),
    ];
    const closed = history.reduce(evolveComplaint, unreadComplaint);
    expect(closed).toEqual({ ...complaint, result: 'terminated', ground: '23(1)(2)' });
    expect(evolveComplaint(closed, told('ComplaintReopened', { round: 2 }))).toMatchObject({
      round: 2,
      closedOn: null,
      result: null,
    });
  });
  it('is the name the register has', () => {
    const history = [
      told('SubjectRegistered', { name: '旧名' }),
      told('GreenChannelOpened', {}),
      told('SubjectRenamed', { name: '新名' }),
    ];
    expect(history.reduce(evolveSubject, unreadSubject)).toEqual({ name: '新名' });
  });
});

describe('the views', () => {
  const stream = 'publication-P1';
  const inStream = (events: readonly Given[]) => events.map((one) => ({ ...one, stream })) as GivenEvent[];
  const everybodys = (events: readonly Given[]) => documentsGiven(publicationsView, inStream(events)).get('P1');
  const queued = (events: readonly Given[]) => documentsGiven(publicationQueueView, inStream(events)).get('P1');
  const [publicRow] = publicationsTable.views;
  const [queueRow] = publicationQueueTable.views;

  it.each(Object.keys(STATES) as (keyof typeof STATES)[])(
    '%s: everybody sees what is published, and only that',
    (state) => {
      const isShown = ['published', 'objected', 'objection rejected'].includes(state);
      expect(everybodys(STATES[state]) !== undefined).toBe(isShown);
    },
  );
  it('show everybody nothing that leads to the complaint', () => {
    const doc = everybodys(STATES.objected)!;
    expect(doc).toEqual({
      ...shown,
      publishedAt: '2026-03-06T02:00:00.000Z',
      correctedAt: null,
      shownUntil: '2026-03-20',
    });
    expect(JSON.stringify(doc)).not.toMatch(new RegExp(`${COMPLAINT}|${DISPUTE}|reason-1|form-1`));
    expect(publicRow!.answer!(doc, {} as never, new Map())).toMatchObject({ address: '浙江省绍兴市越城区' });
    expect(publicRow!.roles).toContain('public');
    expect(publicRow!.streamsOf!(doc, 'P1', new Map())).toEqual([]);
    expect([queueRow!.roles.includes('public'), queueRow!.roles.includes('merchant')]).toEqual([false, false]);
  });
  it('show what was corrected, and the day as amended', () => {
    const corrected = event('PublicationCorrected', '2026-03-10', {
      shown: { ...shown, problem: 'price' },
      reason: 'r',
    });
    const amended = event('PublicationDeadlineAmended', '2026-03-11', {
      ...reading('publication-term', '2026-03-06'),
      due: '2026-03-23',
    });
    const ofQueue = event('PublicationDeadlineAmended', '2026-03-03', {
      ...reading('publication', '2026-03-02'),
      due: '2026-03-31',
    });
    expect(everybodys([...STATES.published, corrected, amended, ofQueue])).toMatchObject({
      problem: 'price',
      correctedAt: '2026-03-10T02:00:00.000Z',
      shownUntil: '2026-03-23',
    });
    expect(everybodys([planned(), ofQueue])).toBeUndefined();
  });
  it('narrow to a region', () => {
    const narrowed = publicRow!.narrowings!['region']!;
    const isShown = (code: string) => narrowed.of(code, 0, () => law)!.isShown!(everybodys(STATES.published)!);
    expect([isShown('330000'), isShown('330602'), isShown('370300')]).toEqual([true, true, false]);
    expect(narrowed.of('Zhejiang', 0, () => law)).toBeUndefined();
  });
  it('tell officers how it stands', () => {
    expect(queued(STATES.planned)).toMatchObject({ status: 'planned', consent: null, closedOn: '2026-03-02' });
    expect(queued(STATES.excluded)).toMatchObject({ status: 'excluded', exclusion: 'trade-secret' });
    expect(queued(STATES.objected)).toMatchObject({
      status: 'objected',
      objections: [{ outcome: 'open', answer: null }],
    });
    expect(queued(STATES['objection rejected'])).toMatchObject({
      status: 'published',
      objections: [{ outcome: 'rejected', answer: 'reason-1' }],
    });
    expect(queued([...STATES.objected, withdrawn])).toMatchObject({
      status: 'withdrawn',
      withdrawal: 'published-in-error',
      objections: [{ outcome: 'lapsed' }],
    });
    const upheld = event('PublicationWithdrawn', '2026-03-10', {
      cause: 'objection-upheld',
      objection: 1,
      note: 'n-1',
      evidence: [],
    });
    expect(queued([...STATES.objected, upheld])).toMatchObject({ objections: [{ outcome: 'upheld', answer: 'n-1' }] });
    expect(queued([...STATES.objected, expired])).toMatchObject({
      status: 'expired',
      objections: [{ outcome: 'lapsed' }],
    });
    const refusedLater = event('PublicationConsentChecked', '2026-03-06', { consent: 'refused', evidence: ['call-1'] });
    expect(queued([...STATES.redacted, refusedLater])).toMatchObject({ consent: 'refused', shown: null });
    expect(queued([...STATES['objection rejected'], withdrawn, planned({ round: 2 })])).toMatchObject({
      status: 'planned',
      round: 2,
      consent: null,
      publishedAt: null,
      objections: [{ objection: 1 }],
    });
  });
  it('do not begin in the middle', () => {
    expect(() => queued([objected])).toThrow(expect.objectContaining({ code: 'BROKEN_HISTORY' }));
    expect(() => givenPublication([redacted()])).toThrow(expect.objectContaining({ code: 'BROKEN_HISTORY' }));
  });
});

describe('in words', () => {
  it('each event says something, and nothing of anybody', () => {
    const all = [
      ...Object.values(STATES).flat(),
      rejected,
      event('PublicationDeadlineAmended', '2026-03-11', reading('publication', '2026-03-02', shipped)),
      event('PublicationLateEntryVerified', '2026-03-11', { clock: 'publication', reason: 'other', evidence: [] }),
      event('PublicationCorrected', '2026-03-11', { shown, reason: 'r-1' }),
      published(),
    ] as RecordedPublicationEvent[];
    for (const { type, data } of all) {
      const { zh, en } = publicationWords[type](data as never);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(`${zh}${en}`).not.toMatch(/undefined|null|reason-1|测试商贸/);
      expect(en.length).toBeGreaterThan(5);
    }
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(Object.keys(publicationWords)));
  });
});
