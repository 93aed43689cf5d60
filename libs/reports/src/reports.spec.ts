import { describe, expect, it } from '@jest/globals';
import type { DecisionContext } from '#kernel';
import { documentsGiven, isRefusal } from '#kernel';
import * as decide from './decide.ts';
import { FILING_CONDITIONS, reportSchemas, type ReportEvent } from './events.ts';
import { unreadReport, type OtherReport } from './reads.ts';
import {
  anonymous,
  asHead,
  completedOn,
  filedOn,
  givenReport,
  HEAD,
  NEXT,
  OFFICER,
  onDay,
  OTHER_USCC,
  person,
  reading,
  RECEIVED_ON,
  receipt,
  receivedOn,
  startedOn,
  STATE_NAMES,
  STATES,
  tenOf,
  USCC,
  type Given,
  type StateName,
} from './testing/given-report.ts';
import { reportsView } from './views/reports.ts';
import { reportWords } from './words.ts';

const ID = '01JN0000000000000000000009';
const EARLIER: OtherReport = {
  ...unreadReport,
  isAnonymous: false,
  respondentUscc: USCC,
  receivedOn: '2026-04-20',
};
const LATER: OtherReport = { ...EARLIER, receivedOn: '2026-05-11' };

// Each command as it may be given, with what it needs to know.
const COMMANDS: Readonly<Record<string, { readonly run: (state: StateName, more?: object) => unknown }>> = {};
function command<Command extends object, Reads>(
  name: string,
  rule: Parameters<ReturnType<typeof givenReport>['when']>[0],
  body: Command,
  context: Partial<DecisionContext<Reads>> = {},
) {
  (COMMANDS as Record<string, object>)[name] = {
    run: (state: StateName, more: object = {}) => {
      const { decision } = givenReport(STATES[state]).when(rule as never, body, {
        ...NEXT,
        id: ID,
        ...context,
        ...more,
      } as never);
      return isRefusal(decision) ? decision.code : decision.map(({ type }) => type).join(' ');
    },
  };
}

const any = (rule: unknown) => rule as Parameters<ReturnType<typeof givenReport>['when']>[0];
command('inform-incompetent', any(decide.informIncompetent), { channel: 'phone' });
command('mark-repeat', any(decide.markRepeat), { earlierReport: 'R0' }, { reads: { other: EARLIER } });
command(
  'merge',
  any(decide.mergeNewFacts),
  { content: '' },
  { persons: person('content'), reads: { other: undefined } },
);
command('dispute', any(decide.raiseCompetenceDispute), { otherAuthority: 'Keqiao' });
command('start', any(decide.startVerification), {});
command('extend', any(decide.extendVerification), {}, asHead);
command('suspend', any(decide.suspendVerification), { kind: 'testing' });
command('complete', any(decide.completeVerification), {});
command(
  'file',
  any(decide.fileCase),
  { conditions: [...FILING_CONDITIONS] },
  { ...asHead, reads: { enforcementCase: undefined } },
);
command(
  'decline',
  any(decide.declineFiling),
  { ground: '20(1)', reason: '' },
  { ...asHead, persons: person('reason') },
);
command('notify', any(decide.notifyReporter), { channel: 'sms', basis: 'food-safety-law-115' });

/** What each command comes to in each state: events, or the code of the refusal. */
const MATRIX: Readonly<Record<string, Readonly<Record<StateName, string>>>> = {
  'inform-incompetent': row('ReporterToldOfCompetentAuthority', {
    verified: 'VERIFICATION_COMPLETED',
  }),
  'mark-repeat': row('RepeatReportNotProcessed'),
  merge: row('ReportMergedWithNewFacts'),
  dispute: row('ReportCompetenceDisputeRaised'),
  start: row('VerificationStarted', { verifying: 'VERIFICATION_STARTED', verified: 'VERIFICATION_COMPLETED' }),
  extend: row('VerificationExtended', { received: 'VERIFICATION_NOT_STARTED' }),
  suspend: row('VerificationSuspended', { received: 'VERIFICATION_NOT_STARTED', verified: 'VERIFICATION_COMPLETED' }),
  complete: row('VerificationCompleted', { received: 'VERIFICATION_NOT_STARTED', verified: 'VERIFICATION_COMPLETED' }),
  file: row('CaseFiled', { received: 'VERIFICATION_NOT_COMPLETED', verifying: 'VERIFICATION_NOT_COMPLETED' }),
  decline: row('CaseNotFiled', { received: 'VERIFICATION_NOT_COMPLETED', verifying: 'VERIFICATION_NOT_COMPLETED' }),
  notify: {
    ...row('FILING_NOT_DECIDED'),
    filed: 'ReporterNotifiedOfFiling',
    'not-filed': 'ReporterNotifiedOfFiling',
  },
};

function row(open: string, other: Partial<Record<StateName, string>> = {}): Record<StateName, string> {
  return {
    ...{ received: open, verifying: open, verified: open },
    ...{ filed: 'FILING_DECIDED', 'not-filed': 'FILING_DECIDED' },
    ...{ repeat: 'REPORT_IS_REPEAT', 'not-competent': 'NOT_COMPETENT' },
    ...other,
  };
}

describe.each(STATE_NAMES)('a report that is %s', (state) => {
  it.each(Object.keys(MATRIX))('and %s', (name) => {
    expect(COMMANDS[name]!.run(state)).toBe(MATRIX[name]![state]);
  });

  it('takes no step that happened before the last one', () => {
    for (const { run } of Object.values(COMMANDS)) {
      expect(run(state, { occurredAt: tenOf('2026-05-05') })).toBe('OCCURRED_BEFORE_PREVIOUS_STEP');
    }
  });
});

describe('any step', () => {
  it.each(Object.keys(MATRIX))('%s is a person’s', (name) => {
    const state = STATE_NAMES.find((one) => MATRIX[name]![one].match(/^[A-Z][a-z]/))!;
    for (const role of ['process', 'merchant', 'mediator', 'hotline']) {
      expect(COMMANDS[name]!.run(state, { actor: { id: 'x', role } })).toBe('HUMAN_DECISION_REQUIRED');
    }
  });

  it('needs a report', () => {
    for (const [rule, body] of [
      [decide.startVerification, {}],
      [decide.verifyLateEntry, { clock: 'verification', reason: 'other', evidence: ['e'] }],
      [decide.amendDeadline, { clock: 'verification' }],
    ] as const) {
      givenReport()
        .when(rule as never, body, NEXT)
        .then({ kind: 'notFound', code: 'UNKNOWN_REPORT' });
    }
  });
});

describe('a report comes', () => {
  const body = {
    authority: receipt.authority,
    handlingRegion: '330602',
    respondentName: '',
    content: '',
    respondentUscc: USCC.toLowerCase(),
    respondentRegion: '330602',
  };
  const persons = {
    ...person('content'),
    ...person('respondent'),
    reporter: { personId: 'reporter-1', tokens: receipt.reporterTokens },
  };
  const receive = (more: object = {}, context: object = {}) =>
    givenReport().when(decide.receive, { ...body, ...more }, {
      ...onDay(RECEIVED_ON),
      persons,
      reads: { dispute: undefined },
      ...context,
    } as never);
  const received = (more: Partial<typeof receipt> = {}): ReportEvent[] => {
    const verification = reading('verification', RECEIVED_ON);
    return [
      {
        type: 'ReportReceived',
        ruleVersion: verification.rule!,
        data: { ...receipt, ...more, clocks: [verification] },
      },
    ];
  };

  it('and its fifteen working days begin (L-05)', () => {
    receive().then(received());
    expect(reading('verification', RECEIVED_ON)).toMatchObject({ due: '2026-05-26' });
  });

  it('without anybody’s name', () => {
    const { content, respondent } = persons;
    receive({}, { persons: { content, respondent } }).then(received(anonymous));
  });

  it('with a number only: that is no real name', () => {
    const reporter = { personId: 'reporter-1', tokens: { phone: 'phone-token' } };
    receive({}, { persons: { ...persons, reporter } }).then(
      received({ reporterTokens: reporter.tokens, isRealName: false }),
    );
  });

  it('from a letter that is a report, and that somebody has registered', () => {
    const from = (workOrder: object | undefined) =>
      receive({ workOrderId: '12345-7' }, { reads: { dispute: undefined, workOrder } });
    const report = { classification: 'report', isSplit: false, isRedirected: false };
    from(report).then(received({ workOrderId: '12345-7' }));
    from({ ...report, classification: 'complaint' }).then({ kind: 'conflict', code: 'WORK_ORDER_OF_ANOTHER_KIND' });
    from({ ...report, classification: null }).then({ kind: 'conflict', code: 'WORK_ORDER_NOT_CLASSIFIED' });
    from(undefined).then({ kind: 'invalid', code: 'UNKNOWN_WORK_ORDER', field: 'workOrderId' });
  });

  it('with a letter that is also a complaint: the dispute tells the respondent, and is not touched', () => {
    const dispute = { respondentUscc: USCC, respondentRegion: '330603' };
    const mixed = { disputeId: ID, respondentUscc: undefined, respondentRegion: undefined, workOrderId: '12345-7' };
    const workOrder = { classification: 'mixed', isSplit: true, isRedirected: false };
    receive(mixed, { reads: { dispute, workOrder } }).then(
      received({ disputeId: ID, respondentRegion: '330603', workOrderId: '12345-7' }),
    );
    const unsplit = { reads: { dispute, workOrder: { ...workOrder, isSplit: false } } };
    receive(mixed, unsplit).then({ kind: 'conflict', code: 'WORK_ORDER_NOT_SPLIT' });
    const merged = { reads: { dispute: { ...dispute, mergedInto: 'D2' }, workOrder } };
    receive(mixed, merged).then({ kind: 'conflict', code: 'DISPUTE_MERGED', field: 'disputeId' });
    receive({ disputeId: ID }).then({ kind: 'invalid', code: 'UNKNOWN_DISPUTE', field: 'disputeId' });
  });

  it('not twice, and not without content', () => {
    givenReport(STATES.received)
      .when(decide.receive, body, { ...NEXT, persons, reads: { dispute: undefined } })
      .then({ kind: 'conflict', code: 'REPORT_EXISTS' });
    receive({}, { persons: {} }).then({ kind: 'invalid', code: 'CONTENT_REQUIRED', field: 'content' });
  });
});

describe('a repeat (T-18)', () => {
  const mark = (other: OtherReport | undefined, state: readonly Given[] = STATES.received, earlierReport = 'R0') =>
    givenReport(state).when(decide.markRepeat, { earlierReport }, { ...NEXT, id: ID, reads: { other } } as never);

  it('is what a person finds, with the earlier report', () => {
    mark(EARLIER).then([{ type: 'RepeatReportNotProcessed', data: { earlierReport: 'R0' } }]);
  });

  it('is not found by a key that may not see the earlier report: it would tell whether the reporters are one person', () => {
    const bounds = { region: '330603', subject: null };
    givenReport(STATES.received)
      .when(decide.markRepeat, { earlierReport: 'R0' }, { ...NEXT, id: ID, bounds, reads: { other: EARLIER } } as never)
      .then({ kind: 'forbidden', code: 'OUT_OF_REGION', field: 'earlierReport' });
  });

  it('or one whose new facts that report has taken in', () => {
    const data = { earlierReport: 'R0', newFacts: true };
    mark({ ...EARLIER, takenIn: [ID] }).then([{ type: 'RepeatReportNotProcessed', data }]);
  });

  it.each([
    ['itself', EARLIER, ID, 'invalid', 'REPORT_ITSELF'],
    ['a report that is not there', undefined, 'R0', 'invalid', 'UNKNOWN_REPORT'],
    ['one of another respondent', { ...EARLIER, respondentUscc: OTHER_USCC }, 'R0', 'conflict', 'RESPONDENT_MISMATCH'],
    ['a later one', { ...EARLIER, receivedOn: '2026-05-07' }, 'R0', 'invalid', 'REPORT_NOT_EARLIER'],
    ['a repeat', { ...EARLIER, ended: 'repeat' }, 'R0', 'conflict', 'EARLIER_NOT_PROCESSED'],
    ['one for others', { ...EARLIER, ended: 'not-competent' }, 'R0', 'conflict', 'EARLIER_NOT_PROCESSED'],
  ] as const)('is none of %s', (_, other, id, kind, code) => {
    mark(other as OtherReport | undefined, STATES.received, id).then({ kind, code, field: 'earlierReport' });
  });

  it('cannot be told of anonymous reports', () => {
    const code = 'SAME_REPORTER_NOT_ESTABLISHED';
    mark({ ...EARLIER, isAnonymous: true }).then({ kind: 'conflict', code });
    mark(EARLIER, [receivedOn(RECEIVED_ON, anonymous)]).then({ kind: 'conflict', code });
  });

  it('takes one whose respondent is not known for what the person says', () => {
    mark({ ...EARLIER, respondentUscc: null }).then([
      { type: 'RepeatReportNotProcessed', data: { earlierReport: 'R0' } },
    ]);
  });
});

it('an anonymous report that is another authority’s ends, and nobody is said to have been told', () => {
  const inform = (events: readonly Given[]) =>
    givenReport(events).when(decide.informIncompetent, { channel: 'phone', competentAuthority: 'Keqiao' }, NEXT)
      .decision;
  const data = { competentAuthority: 'Keqiao', channel: 'phone' };
  expect(inform([receivedOn(RECEIVED_ON)])).toEqual([{ type: 'ReporterToldOfCompetentAuthority', data }]);
  const [ended] = inform([receivedOn(RECEIVED_ON, anonymous)]) as ReportEvent[];
  expect(ended).toEqual({ type: 'ReporterToldOfCompetentAuthority', data: { ...data, isAnonymous: true } });
  expect(reportWords.ReporterToldOfCompetentAuthority(ended!.data as never).en).toContain('cannot be told');
});

describe('new facts', () => {
  const merge = (body: object = {}, other?: OtherReport, state: readonly Given[] = STATES.verifying) =>
    givenReport(state).when(decide.mergeNewFacts, { content: '', ...body }, {
      ...NEXT,
      id: ID,
      persons: person('content'),
      reads: { other },
    } as never);
  const merged = (more: object, from: string | null): ReportEvent => {
    const clock = from === null ? undefined : reading('verification', from, 'L-06');
    return {
      type: 'ReportMergedWithNewFacts',
      ...(clock === undefined ? {} : { ruleVersion: clock.rule! }),
      data: {
        ...{ receivedOn: '2026-05-11', workOrderId: null, laterReport: null, content: 'content-1' },
        ...more,
        clocks: clock === undefined ? [] : [clock],
      },
    };
  };

  it('start the clock again from the day of the last report (L-06)', () => {
    merge().then([merged({}, '2026-05-11')]);
    merge({ receivedOn: '2026-05-09' }).then([merged({ receivedOn: '2026-05-09' }, '2026-05-09')]);
    merge({ laterReport: 'R2' }, LATER).then([merged({ laterReport: 'R2' }, '2026-05-11')]);
  });

  it('start nothing again before Order 121', () => {
    const state = [receivedOn('2026-04-01'), startedOn('2026-04-02')];
    givenReport(state)
      .when(decide.mergeNewFacts, { content: '', receivedOn: '2026-04-14' }, {
        ...onDay('2026-04-15'),
        persons: person('content'),
        reads: { other: undefined },
      } as never)
      .then([merged({ receivedOn: '2026-04-14' }, null)]);
  });

  it('are taken in once', () => {
    const taken: Given = {
      type: 'ReportMergedWithNewFacts',
      occurredAt: tenOf('2026-05-08'),
      data: merged({ laterReport: 'R2' }, '2026-05-08').data as never,
    };
    merge({ laterReport: 'R2' }, LATER, [...STATES.verifying, taken]).then([]);
  });

  it.each([
    ['itself', { laterReport: ID }, LATER, 'invalid', 'REPORT_ITSELF', 'laterReport'],
    ['an unknown report', { laterReport: 'R2' }, undefined, 'invalid', 'UNKNOWN_REPORT', 'laterReport'],
    ['an earlier day', { receivedOn: '2026-05-05' }, undefined, 'invalid', 'NOT_A_LATER_REPORT', 'receivedOn'],
    ['a day to come', { receivedOn: '2026-05-12' }, undefined, 'invalid', 'NOT_A_LATER_REPORT', 'receivedOn'],
    ['an earlier report', { laterReport: 'R2' }, EARLIER, 'invalid', 'NOT_A_LATER_REPORT', 'laterReport'],
    [
      'another respondent',
      { laterReport: 'R2' },
      { ...LATER, respondentUscc: OTHER_USCC },
      'conflict',
      'RESPONDENT_MISMATCH',
      'laterReport',
    ],
  ] as const)('do not come from %s', (_, body, other, kind, code, field) => {
    merge(body, other as OtherReport | undefined).then({ kind, code, field });
  });

  it('come from somebody who gave another name and another number: not the same reporter', () => {
    const others = { ...LATER, reporterTokens: { name: 'other-name', phone: 'other-phone' } };
    const code = 'REPORTER_MISMATCH';
    merge({ laterReport: 'R2' }, others).then({ kind: 'conflict', code, field: 'laterReport' });
    // Whoever has moved, married or changed the telephone is for a person to recognise.
    const samePhone = { ...others, reporterTokens: { ...others.reporterTokens, phone: 'phone-token' } };
    expect(merge({ laterReport: 'R2' }, samePhone).decision).toHaveLength(1);
  });

  it('of an anonymous report are nobody’s', () => {
    const code = 'SAME_REPORTER_NOT_ESTABLISHED';
    merge({}, undefined, [receivedOn(RECEIVED_ON, anonymous)]).then({ kind: 'conflict', code });
    merge({ laterReport: 'R2' }, { ...LATER, isAnonymous: true }).then({ kind: 'conflict', code });
  });

  it('say something', () => {
    givenReport(STATES.verifying)
      .when(decide.mergeNewFacts, { content: '' }, { ...NEXT, reads: { other: undefined } } as never)
      .then({ kind: 'invalid', code: 'CONTENT_REQUIRED', field: 'content' });
  });
});

describe('who is competent', () => {
  const disputed: Given = {
    type: 'ReportCompetenceDisputeRaised',
    occurredAt: tenOf('2026-05-08'),
    data: { otherAuthority: 'Keqiao', clocks: [reading('competence-agreement', '2026-05-08')] },
  };
  const sentUp: Given = {
    type: 'ReportCompetenceDisputeResolved',
    occurredAt: tenOf('2026-05-09'),
    data: {
      outcome: 'sent-up',
      authority: null,
      handlingRegion: null,
      clocks: [reading('competence-designation', '2026-05-09')],
    },
  };
  const at = (...events: Given[]) => givenReport([...STATES.verifying, ...events]);
  const Keqiao = { competentAuthority: 'Keqiao', competentRegion: '330603' };

  it('is to be agreed in seven working days (L-08)', () => {
    const clock = reading('competence-agreement', '2026-05-11');
    expect(clock.due).toBe('2026-05-20');
    at()
      .when(decide.raiseCompetenceDispute, { otherAuthority: 'Keqiao' }, NEXT)
      .then([
        {
          type: 'ReportCompetenceDisputeRaised',
          ruleVersion: clock.rule!,
          data: { otherAuthority: 'Keqiao', clocks: [clock] },
        },
      ]);
    at()
      .when(decide.raiseCompetenceDispute, { otherAuthority: receipt.authority }, NEXT)
      .then({ kind: 'invalid', code: 'SAME_AUTHORITY', field: 'otherAuthority' });
    at(disputed)
      .when(decide.raiseCompetenceDispute, { otherAuthority: 'x' }, NEXT)
      .then({ kind: 'conflict', code: 'COMPETENCE_IN_DISPUTE' });
  });

  it('is nothing that one of them says to the reporter, or decides on, meanwhile (S1 Art. 33)', () => {
    const head = { ...NEXT, actor: { id: 'key-head', role: 'head' } };
    const inDispute = { kind: 'conflict', code: 'COMPETENCE_IN_DISPUTE' } as const;
    for (const before of [[disputed], [disputed, sentUp]]) {
      at(...before)
        .when(decide.informIncompetent, { channel: 'phone' }, NEXT)
        .then(inDispute);
      const verified = givenReport([...STATES.verified, ...before]);
      verified.when(decide.fileCase, { conditions: [...FILING_CONDITIONS] }, head as never).then(inDispute);
      verified.when(decide.declineFiling, { ground: '20(1)', reason: '' }, head as never).then(inDispute);
    }
  });

  it('is agreed, and the report lies there', () => {
    const agreed: ReportEvent = {
      type: 'ReportCompetenceDisputeResolved',
      data: { outcome: 'agreed', authority: 'Keqiao', handlingRegion: '330603', clocks: [] },
    };
    at(disputed)
      .when(decide.resolveCompetenceDispute, { outcome: 'agreed', ...Keqiao }, NEXT)
      .then([agreed]);
    const { state } = at(disputed, agreed as Given);
    expect(state).toMatchObject({
      authority: 'Keqiao',
      handlingRegion: '330603',
      competence: null,
      status: 'verifying',
    });
  });

  it('or is sent up, where it is designated in seven working days (L-09)', () => {
    const clock = reading('competence-designation', '2026-05-11');
    at(disputed)
      .when(decide.resolveCompetenceDispute, { outcome: 'sent-up' }, NEXT)
      .then([
        {
          type: 'ReportCompetenceDisputeResolved',
          ruleVersion: clock.rule!,
          data: { outcome: 'sent-up', authority: null, handlingRegion: null, clocks: [clock] },
        },
      ]);
    at(disputed, sentUp)
      .when(decide.designateAuthority, Keqiao, NEXT)
      .then([{ type: 'ReportAuthorityDesignated', data: { authority: 'Keqiao', handlingRegion: '330603' } }]);
  });

  it.each([
    [
      'nothing is in dispute',
      [],
      decide.resolveCompetenceDispute,
      { outcome: 'agreed', ...Keqiao },
      'conflict',
      'NO_COMPETENCE_DISPUTE',
      undefined,
    ],
    [
      'it was sent up already',
      [disputed, sentUp],
      decide.resolveCompetenceDispute,
      { outcome: 'sent-up' },
      'conflict',
      'NO_COMPETENCE_DISPUTE',
      undefined,
    ],
    [
      'nobody is agreed on',
      [disputed],
      decide.resolveCompetenceDispute,
      { outcome: 'agreed' },
      'invalid',
      'AUTHORITY_REQUIRED',
      'competentAuthority',
    ],
    [
      'no region is',
      [disputed],
      decide.resolveCompetenceDispute,
      { outcome: 'agreed', competentAuthority: 'Keqiao' },
      'invalid',
      'AUTHORITY_REQUIRED',
      'competentRegion',
    ],
    [
      'it is decided above',
      [disputed],
      decide.resolveCompetenceDispute,
      { outcome: 'sent-up', ...Keqiao },
      'invalid',
      'AUTHORITY_NOT_APPLICABLE',
      'competentAuthority',
    ],
    ['it was not sent up', [disputed], decide.designateAuthority, Keqiao, 'conflict', 'NOT_SENT_UP', undefined],
  ] as const)('is refused when %s', (_, events, rule, body, kind, code, field) => {
    at(...events)
      .when(rule as never, body, NEXT)
      .then({ kind, code, ...(field === undefined ? {} : { field }) });
  });
});

describe('filing', () => {
  const file = (body: object = {}, context: object = {}, state: readonly Given[] = STATES.verified) =>
    givenReport(state).when(decide.fileCase, { conditions: [...FILING_CONDITIONS], ...body }, {
      ...NEXT,
      actor: HEAD,
      reads: { enforcementCase: undefined },
      ...context,
    } as never);
  const data = {
    caseId: null,
    conditions: [...FILING_CONDITIONS],
    violationEndedOn: null,
    gravity: 'general',
    clocks: [],
  } as const;

  it('finds all four conditions met (S4 Art. 19)', () => {
    file().then([{ type: 'CaseFiled', data }]);
    for (const missing of FILING_CONDITIONS) {
      const conditions = FILING_CONDITIONS.filter((one) => one !== missing);
      file({ conditions }).then({ kind: 'invalid', code: 'FILING_CONDITION_NOT_MET', field: 'conditions' });
    }
  });

  it('is the head’s, and no officer’s', () => {
    file({}, { actor: OFFICER }).then({ kind: 'forbidden', code: 'HEAD_REQUIRED' });
    givenReport(STATES.verified)
      .when(
        decide.declineFiling,
        { ground: '20(1)', reason: '' },
        { ...NEXT, actor: OFFICER, persons: person('reason') },
      )
      .then({ kind: 'forbidden', code: 'HEAD_REQUIRED' });
  });

  it.each([
    ['two years before its discovery', '2024-05-06', 'general', true],
    ['and a day', '2024-05-05', 'general', false],
    ['five years before, with harm to life or health', '2021-05-06', 'life-health-finance', true],
    ['and a day, with harm', '2021-05-05', 'life-health-finance', false],
  ] as const)('of an act that ended %s (L-17)', (_, violationEndedOn, gravity, isAllowed) => {
    const refusal = { kind: 'conflict', code: 'PENALTY_TIME_BARRED', field: 'violationEndedOn' } as const;
    file({ violationEndedOn, gravity }).then(
      isAllowed ? [{ type: 'CaseFiled', data: { ...data, violationEndedOn, gravity } }] : refusal,
    );
  });

  it('counts from an end that came before the report', () => {
    file({ violationEndedOn: '2026-05-07' }).then({
      kind: 'invalid',
      code: 'ENDED_AFTER_DISCOVERY',
      field: 'violationEndedOn',
    });
  });

  it('may name a case that goes on', () => {
    const going = { isFiled: true, isOver: false };
    file({ caseId: 'C1' }, { reads: { enforcementCase: going } }).then([
      { type: 'CaseFiled', data: { ...data, caseId: 'C1' } },
    ]);
    file({ caseId: 'C1' }).then({ kind: 'invalid', code: 'UNKNOWN_CASE', field: 'caseId' });
    file({ caseId: 'C1' }, { reads: { enforcementCase: { ...going, isFiled: false } } }).then({
      kind: 'invalid',
      code: 'UNKNOWN_CASE',
      field: 'caseId',
    });
    file({ caseId: 'C1' }, { reads: { enforcementCase: { ...going, isOver: true } } }).then({
      kind: 'conflict',
      code: 'CASE_DECIDED',
      field: 'caseId',
    });
  });

  const declined = (body: object, persons: object = person('reason')) =>
    givenReport(STATES.verified).when(
      decide.declineFiling,
      { reason: '', ...body } as never,
      { ...NEXT, actor: HEAD, persons } as never,
    );

  it('is not done on a ground of Art. 20, or for want of a condition', () => {
    declined({ ground: '20(2)' }).then([
      { type: 'CaseNotFiled', data: { reason: 'reason-1', ground: '20(2)', unmet: [], clocks: [] } },
    ]);
    declined({ ground: '19', unmet: ['competent'] }).then([
      { type: 'CaseNotFiled', data: { reason: 'reason-1', ground: '19', unmet: ['competent'], clocks: [] } },
    ]);
    declined({ ground: '19' }).then({ kind: 'invalid', code: 'UNMET_REQUIRED', field: 'unmet' });
    declined({ ground: '20(1)', unmet: ['competent'] }).then({
      kind: 'invalid',
      code: 'UNMET_NOT_APPLICABLE',
      field: 'unmet',
    });
    declined({ ground: '20(1)' }, {}).then({ kind: 'invalid', code: 'REASON_REQUIRED', field: 'reason' });
  });
});

describe('telling the reporter (L-07)', () => {
  const history = (decidedOn: string, more: Partial<typeof receipt> = {}): Given[] => {
    const before = [receivedOn('2026-04-01', more), startedOn('2026-04-02'), completedOn('2026-04-03')];
    const { decision } = givenReport(before).when(decide.fileCase, { conditions: [...FILING_CONDITIONS] }, {
      ...onDay(decidedOn),
      actor: HEAD,
      reads: { enforcementCase: undefined },
    } as never);
    if (isRefusal(decision)) throw new Error(decision.code);
    const { data } = decision[0] as Extract<ReportEvent, { type: 'CaseFiled' }>;
    return [...before, { type: 'CaseFiled', occurredAt: tenOf(decidedOn), data, actor: HEAD }];
  };
  const tell = (state: readonly Given[], body: object = {}) =>
    givenReport(state).when(decide.notifyReporter, { channel: 'sms', ...body }, onDay('2026-04-20'));
  const told = (basis: string | null): ReportEvent[] => [
    { type: 'ReporterNotifiedOfFiling', data: { channel: 'sms', basis } },
  ];

  it('was a duty of five working days for decisions until 2026-04-14', () => {
    const state = history('2026-04-14');
    const clock = reading('reporter-notice', '2026-04-14');
    expect(clock.due).toBe('2026-04-21');
    expect(state.at(-1)!.data).toMatchObject({ clocks: [clock] });
    tell(state).then(told(null));
  });

  it('is none from 2026-04-15 on, unless another law demands it', () => {
    const state = history('2026-04-15');
    expect(state.at(-1)!.data).toMatchObject({ clocks: [] });
    tell(state).then({ kind: 'conflict', code: 'NO_DUTY_TO_TELL_REPORTER', field: 'basis' });
    tell(state, { basis: 'food-safety-law-115' }).then(told('food-safety-law-115'));
  });

  it('was no duty to whoever gave no name', () => {
    const state = history('2026-04-14', { isRealName: false, reporterTokens: { phone: 'p' } });
    expect(state.at(-1)!.data).toMatchObject({ clocks: [] });
    tell(state).then(told(null));
  });

  it('needs somebody to tell, once', () => {
    tell(history('2026-04-14', anonymous)).then({ kind: 'conflict', code: 'REPORTER_ANONYMOUS' });
    const before: Given = {
      type: 'ReporterNotifiedOfFiling',
      occurredAt: tenOf('2026-04-16'),
      data: { channel: 'sms' },
    };
    tell([...history('2026-04-14'), before]).then({ kind: 'conflict', code: 'ALREADY_NOTIFIED' });
  });
});

describe('the document', () => {
  const document = (events: readonly Given[]) =>
    documentsGiven(
      reportsView,
      events.map((event) => ({ stream: 'report-R1', ...event })),
    ).get('R1')!;

  it.each(STATE_NAMES)('of a report that is %s', (state) => {
    expect(document(STATES[state])).toMatchObject({ status: state, reporter: 'reporter-1', cases: [] });
  });

  it('has what happened, and the cases that took it in', () => {
    const taken = [
      { type: 'EnforcementCaseFiled', stream: 'case-C1', data: { reportId: 'R1' } },
      { type: 'CaseReportLinked', stream: 'case-C2', data: { reportId: 'R1' } },
      { type: 'EnforcementCaseFiled', stream: 'case-C3', data: { reportId: null } },
    ] as never[];
    const doc = document([...STATES['not-filed'], ...taken]);
    expect(doc).toMatchObject({
      cases: ['C1', 'C2'],
      notFilingGround: '20(1)',
      reason: 'reason-1',
      verificationStartedAt: '2026-05-07T02:00:00.000Z',
      decidedAt: '2026-05-08T02:00:00.000Z',
    });
    expect(doc.clocks['verification']).toMatchObject({ state: 'completed', due: '2026-05-26' });
  });

  it('holds no tokens by which reporters could be compared', () => {
    expect(JSON.stringify(document(STATES.filed))).not.toMatch(/token/);
  });

  it('lies with the authority that was found competent', () => {
    const agreed: Given = {
      type: 'ReportCompetenceDisputeResolved',
      data: { outcome: 'agreed', authority: 'Keqiao', handlingRegion: '330603', clocks: [] },
    };
    expect(document([...STATES.received, agreed])).toMatchObject({ authority: 'Keqiao', handlingRegion: '330603' });
  });
});

it('every event has words that give nobody away', () => {
  const events: Given[] = [...Object.values(STATES).flat(), filedOn('2026-05-11')];
  for (const { type, data } of events) {
    const { zh, en } = reportWords[type](data as never);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en + zh).not.toMatch(/reporter-1|content-1|token|reason-1|undefined/);
  }
  expect(Object.keys(reportWords).sort()).toEqual(Object.keys(reportSchemas).sort());
});
