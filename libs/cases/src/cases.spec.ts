import { describe, expect, it } from '@jest/globals';
import { documentsGiven, isRefusal } from '#kernel';
import { FILING_CONDITIONS } from '#reports/events';
import type { OpenCase } from './commands.ts';
import * as decide from './decide.ts';
import { CASE_STATUSES, type CaseStatus } from './enforcement-case.ts';
import { caseSchemas } from './events.ts';
import { idOfMatter } from './matter.ts';
import { evolveComplaint, unreadComplaint, unreadReferral } from './reads.ts';
import {
  COMPLAINT,
  complaintRead,
  DISPUTE,
  filedReport,
  givenCase,
  HEAD,
  ID,
  matter,
  mediationRead,
  noReads,
  OFFICER,
  onDay,
  OTHER_USCC,
  person,
  reading,
  STATE_NAMES,
  STATES,
  Story,
  tenOf,
  USCC,
  type StateName,
  type Surroundings,
} from './testing/given-case.ts';
import { casesView } from './views/cases.ts';
import { caseWords } from './words.ts';

/** The day on which every command is tried: after every history, and after the five working days of a notice. */
const DAY = '2026-06-18';
const asHead: Surroundings = { actor: HEAD };
const withReads = (reads: object, more: Surroundings = {}): Surroundings => ({ ...more, reads });

/** Each command as it may be given. */
const COMMANDS: Readonly<Record<string, readonly [rule: unknown, body: object, more?: Surroundings]>> = {
  'extend-clue': [decide.extendClue, {}, { ...asHead, now: tenOf(DAY) }],
  'suspend-clue': [decide.suspendClue, { kind: 'testing' }],
  'complete-clue': [decide.completeClue, {}],
  file: [decide.fileClue, { conditions: [...FILING_CONDITIONS] }, asHead],
  decline: [decide.declineClue, { ground: '20(2)', reason: '' }, asHead],
  'convert-complaint': [decide.convertComplaint, { complaintId: 'C2' }, withReads({ complaint: complaintRead })],
  'link-report': [decide.linkReport, { reportId: 'R2' }, withReads({ report: filedReport })],
  'start-investigation': [decide.startInvestigation, { officers: ['A1', 'A2'] }],
  suspend: [decide.suspend, { kind: 'testing' }],
  extend: [decide.extend, { grantedBy: 'head' }, asHead],
  'request-assistance': [decide.requestAssistance, { otherAuthority: 'Keqiao' }],
  'suspect-crime': [decide.suspectCrime, {}],
  'submit-for-review': [decide.submitForReview, {}],
  'extend-review': [decide.extendReview, { workingDays: 5 }, { ...asHead }],
  review: [decide.review, { opinion: 'agreed' }, asHead],
  'serve-notice': [decide.serveNotice, { proposedFineFen: 1, proposedConfiscatedFen: 0 }],
  'record-statement': [decide.recordStatement, { statement: '' }],
  'waive-statement': [decide.waiveStatement, {}],
  decide: [decide.decideCase, { result: 'no-penalty' }, withReads({ referral: undefined }, asHead)],
  serve: [decide.serve, { mode: 'by-mail' }],
  'publish-notice': [decide.publishServiceNotice, {}],
  'publish-penalty': [decide.publishPenalty, {}],
  revise: [decide.revisePenalty, { revision: 'annulled' }, asHead],
  execute: [decide.recordExecution, { mode: 'performed' }],
  'submit-closing-form': [decide.submitClosingForm, { form: 'form-1' }],
  close: [decide.close, {}, asHead],
};

const WRONG: Readonly<Record<StateName, string>> = {
  clue: 'CLUE_NOT_VERIFIED',
  'clue-verified': 'CASE_NOT_FILED',
  'not-filed': 'CLUE_NOT_FILED',
  filed: 'CASE_NOT_INVESTIGATED',
  investigating: 'CASE_UNDER_INVESTIGATION',
  suspended: 'CASE_SUSPENDED',
  'in-review': 'CASE_IN_REVIEW',
  reviewed: 'CASE_REVIEWED',
  notified: 'PENALTY_NOTIFIED',
  decided: 'CASE_DECIDED',
  executed: 'CASE_EXECUTED',
  closed: 'CASE_CLOSED',
};

/** In these states, what the command comes to; in any other, the refusal of that state. */
const OPEN: readonly StateName[] = ['filed', 'investigating', 'suspended', 'in-review', 'reviewed', 'notified'];
const in_ = (states: readonly StateName[], outcome: string) =>
  Object.fromEntries(states.map((state) => [state, outcome])) as Partial<Record<StateName, string>>;
const MATRIX: Readonly<Record<string, Partial<Record<StateName, string>>>> = {
  // Its time is over on this day; see the dates in the other spec.
  'extend-clue': in_(['clue', 'clue-verified'], 'EXTENSION_TOO_LATE'),
  'suspend-clue': in_(['clue'], 'ClueVerificationSuspended'),
  'complete-clue': in_(['clue'], 'ClueVerificationCompleted'),
  file: in_(['clue-verified'], 'EnforcementCaseFiled ComplaintConvertedToCase'),
  decline: in_(['clue-verified'], 'ClueNotFiled'),
  'convert-complaint': in_(OPEN, 'ComplaintConvertedToCase'),
  'link-report': in_(OPEN, 'CaseReportLinked'),
  'start-investigation': in_(['filed'], 'CaseInvestigationStarted'),
  suspend: in_(['investigating', 'suspended', 'in-review', 'reviewed', 'notified'], 'CaseSuspended'),
  extend: in_(OPEN, 'CaseDecisionExtended'),
  'request-assistance': in_(['investigating', 'suspended'], 'AssistanceRequested'),
  'suspect-crime': in_(OPEN, 'CaseSuspectedCriminal'),
  'submit-for-review': in_(['investigating'], 'CaseSubmittedForReview'),
  'extend-review': in_(['in-review'], 'EXTENSION_TOO_LATE'),
  review: in_(['in-review'], 'CaseReviewed'),
  'serve-notice': in_(['reviewed', 'notified'], 'PenaltyNoticeServed'),
  'record-statement': in_(['notified'], 'PartyStatementMade'),
  'waive-statement': in_(['notified'], 'PartyStatementWaived'),
  decide: in_(['reviewed', 'notified'], 'CaseDecided'),
  serve: in_(['decided'], 'ALREADY_SERVED'),
  'publish-notice': in_(['decided'], 'ALREADY_SERVED'),
  'publish-penalty': in_(['decided', 'executed', 'closed'], 'PenaltyPublished'),
  revise: in_(['decided', 'executed', 'closed'], 'PenaltyRevised'),
  execute: in_(['decided'], 'CaseExecuted'),
  'submit-closing-form': { decided: 'CASE_NOT_EXECUTED', executed: 'CaseClosingFormSubmitted' },
  close: { decided: 'CASE_NOT_EXECUTED', executed: 'CaseClosed' },
};

describe.each(STATE_NAMES)('a case that is %s', (state) => {
  it('is so', () => {
    expect(STATES[state].state.status).toBe(state satisfies CaseStatus);
  });

  it.each(Object.keys(MATRIX))('and %s', (name) => {
    const [rule, body, more] = COMMANDS[name]!;
    // A review that was asked for on 06-01 has ended by 06-15.
    const day = name === 'extend-review' ? '2026-06-22' : DAY;
    expect(STATES[state].comesTo(day, rule, body, more)).toBe(MATRIX[name]![state] ?? WRONG[state]);
  });

  it('takes no step that happened before the last one', () => {
    for (const [name, [rule, body, more]] of Object.entries(COMMANDS)) {
      if (MATRIX[name]![state] === undefined) continue;
      const early = { ...more, ...onDay('2026-05-05') };
      expect(STATES[state].comesTo('2026-05-05', rule, body, early)).toBe('OCCURRED_BEFORE_PREVIOUS_STEP');
    }
  });

  it('takes steps from persons of the authority only', () => {
    for (const [name, [rule, body, more]] of Object.entries(COMMANDS)) {
      if (MATRIX[name]![state] === undefined) continue;
      for (const role of ['process', 'merchant', 'mediator', 'hotline']) {
        const by = { ...more, actor: { id: 'x', role } };
        expect(STATES[state].comesTo(DAY, rule, body, by)).toBe('HUMAN_DECISION_REQUIRED');
      }
    }
  });
});

it('the states are all that there are', () => {
  expect([...STATE_NAMES].sort()).toEqual([...CASE_STATUSES].sort());
});

describe('a matter is taken up', () => {
  const open = (body: object, reads: object = {}, more: Surroundings = {}, day = '2026-05-20') =>
    new Story().decide(day, decide.open, { ...matter, ...body }, { ...more, reads: { ...noReads, ...reads } });
  const code = (decision: unknown) => {
    const { code, field } = decision as { code: string; field?: string };
    return field === undefined ? code : `${code} ${field}`;
  };

  it('on a clue found in mediation: fifteen working days from its discovery (L-04)', () => {
    const decision = open({ origin: 'mediation', mediationId: 'M1', clueId: 'clue-1' }, { mediation: mediationRead });
    const clock = reading('clue-verification', '2026-05-06');
    expect(clock).toMatchObject({ due: '2026-05-26', rule: expect.stringMatching(/^L-04\/SAMR-121/) });
    expect(decision).toMatchObject([
      {
        type: 'ClueVerificationStarted',
        ruleVersion: clock.rule,
        data: {
          ...{ origin: 'mediation', clueId: 'clue-1', mediationId: 'M1', complaintId: COMPLAINT, disputeId: DISPUTE },
          ...{ respondentUscc: USCC, discoveredOn: '2026-05-06', content: 'content-1', clocks: [clock] },
        },
      },
    ]);
  });

  it('on a clue found with a complaint that no mediation has recorded', () => {
    expect(open({ origin: 'mediation', complaintId: COMPLAINT }, { complaint: complaintRead })).toMatchObject([
      {
        type: 'ClueVerificationStarted',
        data: { complaintId: COMPLAINT, disputeId: DISPUTE, discoveredOn: '2026-05-20', mediationId: null },
      },
    ]);
  });

  it.each(['inspection', 'transfer', 'assignment'])('by %s, under the time of S4 Art. 18 (L-05)', (origin) => {
    expect(open({ origin, respondentUscc: USCC.toLowerCase() })).toMatchObject([
      {
        type: 'ClueVerificationStarted',
        data: { origin, respondentUscc: USCC, clocks: [reading('clue-verification', '2026-05-20', 'L-05')] },
      },
    ]);
  });

  it('on a report: a case at once, whose ninety days count from the decision on filing (L-11)', () => {
    const decision = open({ origin: 'report', reportId: 'R1' }, { report: filedReport }, {}, '2026-05-25');
    const clock = reading('case-decision', '2026-05-20');
    expect(clock.due).toBe('2026-08-18');
    expect(decision).toMatchObject([
      {
        type: 'EnforcementCaseFiled',
        data: {
          ...{
            origin: 'report',
            reportId: 'R1',
            disputeId: DISPUTE,
            filedOn: '2026-05-20',
            discoveredOn: '2026-05-06',
          },
          ...{ respondentUscc: USCC, respondent: 'respondent-1', conditions: FILING_CONDITIONS, clocks: [clock] },
        },
      },
    ]);
  });

  it.each([
    ['a report that is not there', { origin: 'report', reportId: 'R1' }, {}, 'UNKNOWN_REPORT reportId'],
    [
      'a report that is not filed',
      { origin: 'report', reportId: 'R1' },
      { report: { ...filedReport, filing: null } },
      'FILING_NOT_DECIDED reportId',
    ],
    [
      'a report of later',
      { origin: 'report', reportId: 'R1' },
      { report: { ...filedReport, filing: { ...filedReport.filing!, filedOn: '2026-05-21' } } },
      'OPENED_BEFORE_FILING occurredAt',
    ],
    [
      'a report that was filed with another case',
      { origin: 'report', reportId: 'R1' },
      { report: { ...filedReport, filing: { ...filedReport.filing!, caseId: 'C2' } } },
      'FILED_WITH_ANOTHER_CASE reportId',
    ],
    ['a report that is not named', { origin: 'report' }, {}, 'SOURCE_REQUIRED reportId'],
    [
      'a report of an inspection',
      { origin: 'inspection', reportId: 'R1' },
      { report: filedReport },
      'SOURCE_NOT_APPLICABLE reportId',
    ],
    [
      'a mediation of an inspection',
      { origin: 'inspection', mediationId: 'M1', clueId: 'clue-1' },
      {},
      'SOURCE_NOT_APPLICABLE mediationId',
    ],
    [
      'a complaint of an inspection',
      { origin: 'inspection', complaintId: COMPLAINT },
      {},
      'SOURCE_NOT_APPLICABLE complaintId',
    ],
    ['nothing of mediation', { origin: 'mediation' }, {}, 'SOURCE_REQUIRED complaintId'],
    [
      'a mediation without its clue',
      { origin: 'mediation', mediationId: 'M1' },
      { mediation: mediationRead },
      'SOURCE_REQUIRED clueId',
    ],
    [
      'a clue without its mediation',
      { origin: 'mediation', complaintId: COMPLAINT, clueId: 'clue-1' },
      { complaint: complaintRead },
      'SOURCE_NOT_APPLICABLE clueId',
    ],
    [
      'another clue',
      { origin: 'mediation', mediationId: 'M1', clueId: 'clue-2' },
      { mediation: mediationRead },
      'UNKNOWN_CLUE clueId',
    ],
    [
      'a clue of another complaint',
      { origin: 'mediation', mediationId: 'M1', clueId: 'clue-1', complaintId: 'C9' },
      { mediation: mediationRead },
      'COMPLAINT_MISMATCH complaintId',
    ],
    [
      'a complaint that is not there',
      { origin: 'mediation', complaintId: COMPLAINT },
      {},
      'UNKNOWN_COMPLAINT complaintId',
    ],
  ])('but not on %s', (_, body, reads, expected) => {
    expect(code(open(body, reads))).toBe(expected);
  });

  it('but never what lies outside the bounds of the key, or of what the head made part of another case', () => {
    const elsewhere = { bounds: { region: '330603', subject: null } };
    const above = { bounds: { region: '330600', subject: null } };
    const onReport = { origin: 'report', reportId: 'R1' };
    const onClue = { origin: 'mediation', mediationId: 'M1', clueId: 'clue-1' };
    const onComplaint = { origin: 'mediation', complaintId: COMPLAINT };
    const known = { report: filedReport, mediation: mediationRead, complaint: complaintRead };
    const day = '2026-05-21';
    expect(code(open(onReport, known, elsewhere, day))).toBe('OUT_OF_REGION reportId');
    expect(code(open(onClue, known, elsewhere, day))).toBe('OUT_OF_REGION mediationId');
    expect(code(open(onComplaint, known, elsewhere, day))).toBe('OUT_OF_REGION complaintId');
    for (const body of [onReport, onClue, onComplaint]) expect(isRefusal(open(body, known, above, day))).toBe(false);
    const taken = { ...filedReport, filing: { ...filedReport.filing!, caseId: 'K1' } };
    expect(code(open(onReport, { report: taken }, {}, day))).toBe('FILED_WITH_ANOTHER_CASE reportId');
    const steps = [
      [decide.convertComplaint, { complaintId: 'C2' }],
      [decide.linkReport, { reportId: 'R2' }],
    ] as const;
    for (const [rule, body] of steps)
      expect(STATES.filed.comesTo(DAY, rule, body, { reads: known, ...elsewhere })).toBe('OUT_OF_REGION');
  });

  it('once for each decision to file and each clue, whoever takes it up', () => {
    const idOf = (body: object) => idOfMatter(body as OpenCase);
    const onReport = { origin: 'report', reportId: 'R1' };
    expect(idOf(onReport)).toBe(idOf({ ...onReport, content: 'again' }));
    expect(idOf(onReport)).not.toBe(idOf({ ...onReport, reportId: 'R2' }));
    const onClue = { origin: 'mediation', mediationId: 'M1', clueId: 'clue-1' };
    expect(idOf(onClue)).not.toBe(idOf({ ...onClue, clueId: 'clue-2' }));
    expect(idOf({ origin: 'mediation', complaintId: COMPLAINT })).toBeUndefined();
  });

  it('but not before the clue was found, nor without content, nor by a process, nor twice', () => {
    const body = { origin: 'mediation', mediationId: 'M1', clueId: 'clue-1' };
    expect(code(open(body, { mediation: mediationRead }, {}, '2026-05-05'))).toBe('OPENED_BEFORE_DISCOVERY occurredAt');
    expect(code(open({ origin: 'inspection' }, {}, { persons: {} }))).toBe('CONTENT_REQUIRED content');
    expect(code(open({ origin: 'inspection' }, {}, { actor: { id: 'p', role: 'process' } }))).toBe(
      'HUMAN_DECISION_REQUIRED',
    );
    expect(STATES.clue.comesTo(DAY, decide.open, { ...matter, origin: 'inspection' }, { reads: noReads })).toBe(
      'CASE_EXISTS',
    );
  });
});

describe('a verified clue', () => {
  const verified = STATES['clue-verified'];
  const file = (body: object = {}, more: Surroundings = asHead) =>
    verified.decide('2026-05-20', decide.fileClue, { conditions: [...FILING_CONDITIONS], ...body }, more);

  it('becomes a case, and its complaint with it, which goes on (诉转案, T-43)', () => {
    expect(file()).toMatchObject([
      { type: 'EnforcementCaseFiled', data: { origin: 'mediation', filedOn: '2026-05-20', reportId: null } },
      {
        type: 'ComplaintConvertedToCase',
        data: { complaintId: COMPLAINT, caseId: ID, clueId: 'clue-1', disputeId: DISPUTE },
      },
    ]);
  });

  it('becomes one alone where no complaint is mediated', () => {
    const alone = new Story()
      .on('2026-05-06', decide.open, { ...matter, origin: 'inspection' }, { reads: noReads })
      .on('2026-05-07', decide.completeClue);
    expect(alone.comesTo('2026-05-20', decide.fileClue, { conditions: [...FILING_CONDITIONS] }, asHead)).toBe(
      'EnforcementCaseFiled',
    );
  });

  it('needs all four conditions, in the time bar, and the head', () => {
    expect(file({ conditions: FILING_CONDITIONS.slice(1) })).toMatchObject({ code: 'FILING_CONDITION_NOT_MET' });
    expect(file({ violationEndedOn: '2024-05-05' })).toMatchObject({ code: 'PENALTY_TIME_BARRED' });
    expect(file({ violationEndedOn: '2024-05-06' })).toHaveLength(2);
    expect(file({ violationEndedOn: '2024-05-05', gravity: 'life-health-finance' })).toHaveLength(2);
    expect(file({}, { actor: OFFICER })).toMatchObject({ code: 'HEAD_REQUIRED' });
  });

  it('is not filed on a ground, with a reason, by the head', () => {
    const decline = (body: object, more: Surroundings = asHead) =>
      verified.comesTo('2026-05-20', decide.declineClue, { reason: '', ...body }, more);
    expect(decline({ ground: '19' })).toBe('UNMET_REQUIRED');
    expect(decline({ ground: '19', unmet: ['competent'] })).toBe('ClueNotFiled');
    expect(decline({ ground: '20(1)' }, { ...asHead, persons: {} })).toBe('REASON_REQUIRED');
    expect(decline({ ground: '20(1)' }, { actor: OFFICER })).toBe('HEAD_REQUIRED');
  });
});

describe('many to many', () => {
  it('a case takes in further complaints of its respondent, each once', () => {
    const convert = (complaintId: string, complaint: object | undefined) =>
      STATES.filed.comesTo(DAY, decide.convertComplaint, { complaintId }, { reads: { complaint } });
    expect(convert('C2', complaintRead)).toBe('ComplaintConvertedToCase');
    expect(convert(COMPLAINT, complaintRead)).toBe('');
    expect(convert('C2', undefined)).toBe('UNKNOWN_COMPLAINT');
    expect(convert('C2', { ...complaintRead, respondentUscc: OTHER_USCC })).toBe('RESPONDENT_MISMATCH');
    expect(convert('C2', { ...complaintRead, respondentUscc: null })).toBe('ComplaintConvertedToCase');
  });

  it('and further reports whose filing was decided', () => {
    const link = (report: object | undefined, reportId = 'R2') =>
      STATES.filed.comesTo(DAY, decide.linkReport, { reportId }, { reads: { report } });
    expect(link(filedReport)).toBe('CaseReportLinked');
    expect(link(undefined)).toBe('UNKNOWN_REPORT');
    expect(link({ ...filedReport, filing: null })).toBe('FILING_NOT_DECIDED');
    expect(link({ ...filedReport, respondentUscc: OTHER_USCC })).toBe('RESPONDENT_MISMATCH');
    const linked = STATES.filed.on(
      '2026-05-21',
      decide.linkReport,
      { reportId: 'R2' },
      { reads: { report: filedReport } },
    );
    expect(linked.comesTo(DAY, decide.linkReport, { reportId: 'R2' }, { reads: { report: filedReport } })).toBe('');
  });
});

describe('an investigation', () => {
  it('is of at least two officers', () => {
    expect(STATES.filed.comesTo(DAY, decide.startInvestigation, { officers: ['A1', 'A1'] })).toBe(
      'TWO_OFFICERS_REQUIRED',
    );
  });

  it('is suspended on a ground, once at a time, and only while it goes on', () => {
    const suspend = (state: StateName, body: object) => STATES[state].comesTo(DAY, decide.suspend, body);
    expect(suspend('investigating', { kind: 'case-suspended' })).toBe('GROUND_REQUIRED');
    expect(suspend('investigating', { kind: 'testing', ground: 'other' })).toBe('GROUND_NOT_APPLICABLE');
    expect(suspend('suspended', { kind: 'case-suspended', ground: 'other' })).toBe('CASE_SUSPENDED');
    expect(suspend('reviewed', { kind: 'case-suspended', ground: 'other' })).toBe('CASE_NOT_INVESTIGATED');
  });

  it('goes on when it is resumed, whatever else stands still', () => {
    const both = STATES.suspended.on('2026-05-26', decide.suspend, { kind: 'testing' });
    expect(both.on('2026-05-27', decide.resume, { standstill: '2' }).state.status).toBe('suspended');
    const going = both.on('2026-05-27', decide.resume, { standstill: '1' });
    expect(going.state.status).toBe('investigating');
    expect(going.comesTo('2026-05-28', decide.submitForReview)).toBe('STANDSTILL_OPEN');
    expect(both.comesTo('2026-05-27', decide.resume)).toBe('STANDSTILL_REQUIRED');
    expect(both.comesTo('2026-05-27', decide.resume, { standstill: '9' })).toBe('UNKNOWN_STANDSTILL');
    expect(STATES.investigating.comesTo('2026-05-27', decide.resume)).toBe('NO_STANDSTILL');
  });

  it('asks for one assistance at a time', () => {
    const asked = STATES.investigating.on('2026-05-22', decide.requestAssistance, { otherAuthority: 'Keqiao' });
    expect(asked.comesTo('2026-05-23', decide.requestAssistance, { otherAuthority: 'Keqiao' })).toBe('ASSISTANCE_OPEN');
    expect(asked.comesTo('2026-05-23', decide.recordAssistanceDelay)).toBe('AssistanceDelayTold');
    const received = asked.on('2026-05-25', decide.recordAssistance);
    expect(received.comesTo('2026-05-26', decide.recordAssistance)).toBe('NO_ASSISTANCE_OPEN');
    expect(received.comesTo('2026-05-26', decide.recordAssistanceDelay)).toBe('NO_ASSISTANCE_OPEN');
    expect(received.comesTo('2026-05-26', decide.requestAssistance, { otherAuthority: 'x' })).toBe(
      'AssistanceRequested',
    );
  });

  it('is reviewed by somebody else, and may come back', () => {
    expect(STATES['in-review'].comesTo(DAY, decide.review, { opinion: 'agreed' })).toBe('SECOND_PERSON_REQUIRED');
    expect(STATES['in-review'].on(DAY, decide.review, { opinion: 'returned' }, asHead).state.status).toBe(
      'investigating',
    );
  });
});

describe('before a penalty', () => {
  const penalty = { result: 'penalty', penalties: ['fine'], fineFen: 500_00 };
  const decideOn = (story: Story, day: string, body: object = penalty, more: Surroundings = asHead) =>
    story.comesTo(day, decide.decideCase, body, withReads({ referral: undefined }, more));
  const { notified, reviewed } = STATES;

  it('the party is told', () => {
    expect(decideOn(reviewed, '2026-06-12')).toBe('PENALTY_NOT_NOTIFIED');
  });

  it('and has five working days (L-12)', () => {
    expect(reading('party-statement', '2026-06-04').due).toBe('2026-06-11');
    expect(decideOn(notified, '2026-06-11')).toBe('PARTY_MAY_STILL_ANSWER');
    expect(decideOn(notified, '2026-06-12')).toBe('CaseDecided');
  });

  it('unless it gives them up; a statement alone does not', () => {
    expect(decideOn(notified.on('2026-06-05', decide.waiveStatement), '2026-06-05')).toBe('CaseDecided');
    expect(decideOn(notified.on('2026-06-05', decide.recordStatement, { statement: '' }), '2026-06-08')).toBe(
      'PARTY_MAY_STILL_ANSWER',
    );
    expect(notified.on('2026-06-05', decide.waiveStatement).comesTo('2026-06-06', decide.waiveStatement)).toBe('');
    expect(notified.comesTo('2026-06-05', decide.recordStatement, { statement: '' }, { persons: {} })).toBe(
      'STATEMENT_REQUIRED',
    );
  });

  it('a hearing is held that was asked for in time', () => {
    expect(notified.comesTo('2026-06-12', decide.requestHearing)).toBe('RIGHT_LAPSED');
    expect(notified.on('2026-06-05', decide.waiveStatement).comesTo('2026-06-05', decide.requestHearing)).toBe(
      'RIGHT_LAPSED',
    );
    const asked = notified.on('2026-06-11', decide.requestHearing);
    for (const [rule, body] of [
      [decide.requestHearing, {}],
      [decide.waiveStatement, {}],
    ] as const) {
      expect(asked.comesTo('2026-06-11', rule, body)).toBe('HEARING_REQUESTED');
    }
    expect(asked.comesTo('2026-06-12', decide.endHearing)).toBe('NO_HEARING_OPEN');
    expect(decideOn(asked, '2026-06-15')).toBe('HEARING_NOT_HELD');
    expect(decideOn(asked, '2026-06-15', { result: 'no-penalty' })).toBe('HEARING_NOT_HELD');
    expect(asked.comesTo('2026-06-15', decide.serveNotice, { proposedFineFen: 1, proposedConfiscatedFen: 0 })).toBe(
      'HEARING_NOT_HELD',
    );
    const going = asked.on('2026-06-15', decide.startHearing);
    expect(going.comesTo('2026-06-15', decide.startHearing)).toBe('NO_HEARING_REQUESTED');
    expect(decideOn(going, '2026-06-16')).toBe('HEARING_NOT_HELD');
    expect(decideOn(going.on('2026-06-16', decide.endHearing), '2026-06-16')).toBe('CaseDecided');
  });

  it('it fares no worse than it was told', () => {
    const heavier = { ...penalty, fineFen: 500_01 };
    expect(decideOn(notified, '2026-06-12', heavier)).toBe('HEAVIER_THAN_NOTIFIED');
    const again = notified.on('2026-06-12', decide.serveNotice, { proposedFineFen: 600_00, proposedConfiscatedFen: 0 });
    expect(decideOn(again, '2026-06-12', heavier)).toBe('PARTY_MAY_STILL_ANSWER');
    expect(decideOn(again, '2026-06-24', heavier)).toBe('CaseDecided');
  });

  it('the head decides, on what is consistent', () => {
    expect(decideOn(notified, '2026-06-12', penalty, { actor: OFFICER })).toBe('HEAD_REQUIRED');
    expect(decideOn(notified, '2026-06-12', { result: 'penalty' })).toBe('PENALTY_REQUIRED');
    expect(decideOn(notified, '2026-06-12', { ...penalty, result: 'no-penalty' })).toBe('PENALTY_NOT_APPLICABLE');
    expect(decideOn(notified, '2026-06-12', { result: 'penalty', penalties: ['fine'] })).toBe('FINE_INCONSISTENT');
    expect(decideOn(notified, '2026-06-12', { result: 'penalty', penalties: ['warning'], fineFen: 1 })).toBe(
      'FINE_INCONSISTENT',
    );
    expect(decideOn(notified, '2026-06-12', { ...penalty, confiscatedFen: 1 })).toBe('CONFISCATION_INCONSISTENT');
    const testing = notified.on('2026-06-05', decide.suspend, { kind: 'testing' });
    expect(decideOn(testing, '2026-06-12')).toBe('STANDSTILL_OPEN');
  });
});

describe('no penalty takes the place of a referral (S11 Art. 11)', () => {
  const suspected = STATES.notified.on('2026-06-05', decide.suspectCrime);
  const decideWith = (body: object, referral: object | undefined, later?: object) =>
    suspected.comesTo(DAY, decide.decideCase, body, withReads({ referral, later }, asHead));
  const penalty = { result: 'penalty', penalties: ['warning'] };
  const of = (standing: string, caseId = ID) => ({ ...unreadReferral, caseId, standing });
  const named = { criminalReferralId: 'X1' };

  it('where a crime is suspected', () => {
    expect(decideWith(penalty, undefined)).toBe('PENALTY_INSTEAD_OF_REFERRAL');
    expect(decideWith({ result: 'no-penalty' }, undefined)).toBe('PENALTY_INSTEAD_OF_REFERRAL');
    expect(decideWith({ ...penalty, ...named }, of('without-prosecution'), of('pending'))).toBe(
      'REFERRAL_NOT_THE_LAST',
    );
    expect(decideWith({ ...penalty, ...named }, of('pending'))).toBe('PENALTY_INSTEAD_OF_REFERRAL');
    expect(decideWith({ ...penalty, ...named }, of('prosecuted'))).toBe('PENALTY_INSTEAD_OF_REFERRAL');
    expect(decideWith({ ...penalty, ...named }, of('without-prosecution'))).toBe('CaseDecided');
    expect(suspected.comesTo('2026-06-06', decide.suspectCrime)).toBe('');
  });

  it('and the case goes to the police when they have filed', () => {
    expect(decideWith({ result: 'criminal', ...named }, of('prosecuted'))).toBe('CaseDecided');
    expect(decideWith({ result: 'criminal', ...named }, of('pending'))).toBe('NOT_PROSECUTED');
    expect(decideWith({ result: 'criminal' }, undefined)).toBe('NOT_PROSECUTED');
    expect(decideWith({ result: 'criminal', ...named }, of('prosecuted', 'other'))).toBe('UNKNOWN_REFERRAL');
    expect(decideWith({ ...penalty, ...named }, undefined)).toBe('UNKNOWN_REFERRAL');
  });
});

describe('after the decision', () => {
  const decided = (body: object = {}, more: object = {}) =>
    STATES.notified.on(
      '2026-06-15',
      decide.decideCase,
      { result: 'penalty', penalties: ['fine'], fineFen: 1, ...body },
      withReads({ referral: undefined }, { ...asHead, ...more }),
    );

  it('it is served, by public notice only after thirty days (L-14)', () => {
    const absent = decided();
    expect(absent.comesTo('2026-06-16', decide.serve, { mode: 'public-notice' })).toBe('NO_SERVICE_NOTICE');
    expect(absent.comesTo('2026-06-16', decide.recordExecution, { mode: 'performed' })).toBe('DECISION_NOT_SERVED');
    const published = absent.on('2026-06-16', decide.publishServiceNotice);
    expect(published.comesTo('2026-06-17', decide.publishServiceNotice)).toBe('ALREADY_PUBLISHED');
    expect(published.clock('service-by-notice')).toMatchObject({ due: '2026-07-16', isRight: true });
    expect(published.clock('decision-service')).toMatchObject({ due: '2026-06-25', state: 'superseded' });
    expect(published.comesTo('2026-07-16', decide.serve, { mode: 'public-notice' })).toBe('SERVICE_NOTICE_RUNNING');
    expect(published.comesTo('2026-07-17', decide.serve, { mode: 'public-notice' })).toBe('CaseDecisionServed');
    expect(published.comesTo('2026-06-20', decide.serve, { mode: 'in-person' })).toBe('CaseDecisionServed');
  });

  it('a penalty is executed, then closed by the head; any other decision is closed when it was served', () => {
    expect(STATES.executed.comesTo(DAY, decide.close)).toBe('HEAD_REQUIRED');
    const none = decided({ result: 'no-penalty', penalties: [], fineFen: 0 });
    expect(none.comesTo(DAY, decide.recordExecution, { mode: 'performed' })).toBe('NO_PENALTY');
    expect(none.comesTo(DAY, decide.close, {}, asHead)).toBe('DECISION_NOT_SERVED');
    expect(none.on('2026-06-16', decide.serve, { mode: 'by-mail' }).comesTo(DAY, decide.close, {}, asHead)).toBe(
      'CaseClosed',
    );
    expect(none.comesTo(DAY, decide.revisePenalty, { revision: 'annulled' }, asHead)).toBe('NO_PENALTY');
  });

  it('a warning alone is not published', () => {
    const warning = decided({ penalties: ['warning'], fineFen: 0 });
    expect(warning.clock('penalty-publicity')).toBeUndefined();
    expect(warning.comesTo(DAY, decide.publishPenalty)).toBe('NOTHING_TO_PUBLISH');
  });

  it('it is published once here, or by the party’s own province (L-15)', () => {
    const here = decided({ registeredIn: '330100' });
    expect(here.clock('penalty-publicity')).toMatchObject({ due: '2026-07-14' });
    expect(here.comesTo(DAY, decide.handOverPenalty, { otherAuthority: 'x' })).toBe('NOTHING_TO_HAND_OVER');
    const published = here.on('2026-06-16', decide.publishPenalty, { url: 'https://example.org/1' });
    expect(published.comesTo('2026-06-17', decide.publishPenalty)).toBe('ALREADY_PUBLISHED');
    const there = decided({ registeredIn: '370300' });
    expect(there.clock('penalty-hand-over')).toMatchObject({ due: '2026-06-30' });
    expect(there.comesTo(DAY, decide.publishPenalty)).toBe('NOTHING_TO_PUBLISH');
    const handed = there.on('2026-06-16', decide.handOverPenalty, { otherAuthority: 'Zibo' });
    expect(handed.clock('penalty-publicity-elsewhere')).toMatchObject({ due: '2026-07-01' });
    expect(handed.comesTo('2026-06-17', decide.publishPenalty)).toBe('PenaltyPublished');
  });

  it('what does not stand is withdrawn, or not published, nor executed', () => {
    const published = decided({ isPartyPresent: true }).on('2026-06-16', decide.publishPenalty);
    expect(published.comesTo('2026-06-17', decide.revisePenalty, { revision: 'changed' })).toBe(
      'SECOND_PERSON_REQUIRED',
    );
    expect(published.comesTo('2026-06-17', decide.withdrawPublication)).toBe('NOTHING_TO_WITHDRAW');
    const annulled = published.on('2026-06-17', decide.revisePenalty, { revision: 'annulled' }, asHead);
    expect(annulled.clock('penalty-withdrawal')).toMatchObject({ due: '2026-06-23' });
    expect(annulled.comesTo('2026-06-18', decide.revisePenalty, { revision: 'changed' }, asHead)).toBe(
      'PENALTY_REVISED',
    );
    expect(annulled.comesTo('2026-06-18', decide.recordExecution, { mode: 'performed' })).toBe('PENALTY_REVISED');
    expect(annulled.comesTo('2026-06-18', decide.close, {}, asHead)).toBe('CaseClosed');
    const withdrawn = annulled.on('2026-06-18', decide.withdrawPublication);
    expect(withdrawn.comesTo('2026-06-19', decide.publishPenalty)).toBe('NOTHING_TO_PUBLISH');
    const before = decided().on('2026-06-16', decide.revisePenalty, { revision: 'found-void' }, asHead);
    expect(before.comesTo('2026-06-17', decide.publishPenalty)).toBe('NOTHING_TO_PUBLISH');
    const changed = decided({ isPartyPresent: true }).on(
      '2026-06-16',
      decide.revisePenalty,
      { revision: 'changed' },
      asHead,
    );
    expect(changed.comesTo('2026-06-17', decide.publishPenalty)).toBe('PenaltyPublished');
    expect(changed.comesTo('2026-06-17', decide.recordExecution, { mode: 'performed' })).toBe('CaseExecuted');
  });
});

describe('the document', () => {
  const document = ({ events }: Story) =>
    documentsGiven(
      casesView,
      events.map((event) => ({ stream: `case-${ID}`, ...event })),
    ).get(ID)!;

  it.each(STATE_NAMES)('of a case that is %s has the state and the clocks of the rules', (state) => {
    const story = STATES[state];
    const doc = document(story);
    expect(doc.status).toBe(state);
    expect(doc.clocks).toEqual(story.state.clocks);
  });

  it('tells the whole of it', () => {
    expect(document(STATES.closed)).toMatchObject({
      ...{ origin: 'mediation', clueId: 'clue-1', mediationId: 'M1', disputeId: DISPUTE, discoveredOn: '2026-05-06' },
      ...{ filedOn: '2026-05-20', officers: ['A1', 'A2'], result: 'penalty', penalties: ['fine'], fineFen: 500_00 },
      complaints: [{ complaintId: COMPLAINT, disputeId: DISPUTE }],
      notice: { proposedFineFen: 500_00 },
      ...{ serviceMode: 'in-person', executionMode: 'performed', collectedFen: 500_00 },
      closedAt: '2026-06-17T02:00:00.000Z',
    });
  });

  it('of what stood still, and who assisted', () => {
    const story = STATES.suspended
      .on('2026-05-26', decide.resume)
      .on('2026-05-27', decide.requestAssistance, { otherAuthority: 'Keqiao' })
      .on('2026-05-28', decide.recordAssistanceDelay)
      .on('2026-05-29', decide.recordAssistance);
    expect(document(story)).toMatchObject({
      standstills: [{ kind: 'case-suspended', ground: 'force-majeure', endedAt: '2026-05-26T02:00:00.000Z' }],
      assistances: [{ otherAuthority: 'Keqiao', receivedAt: '2026-05-29T02:00:00.000Z' }],
    });
  });
});

it('every event has words that give nobody away', () => {
  for (const { events } of Object.values(STATES)) {
    for (const { type, data } of events) {
      const { zh, en } = caseWords[type](data as never);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en + zh).not.toMatch(/content-1|reason-1|respondent-1|statement-1|undefined/);
    }
  }
  expect(Object.keys(caseWords).sort()).toEqual(Object.keys(caseSchemas).sort());
});

it('nothing is done to a case that is not there', () => {
  for (const [rule, body, more] of Object.values(COMMANDS)) {
    givenCase()
      .when(rule as never, body, { ...onDay(DAY), persons: person('reason'), ...more } as never)
      .then({ kind: 'notFound', code: 'UNKNOWN_CASE' });
  }
});

it('the respondent of a complaint is the one that it was corrected to', () => {
  const received = { type: 'ComplaintReceived', data: { disputeId: DISPUTE, respondentUscc: OTHER_USCC } };
  const corrected = { type: 'ComplaintCorrected', data: { field: 'respondentUscc', new: USCC } };
  const sector = { type: 'ComplaintCorrected', data: { field: 'sector', new: 'retail' } };
  const complaint = [received, corrected, sector].reduce((read, event) => evolveComplaint(read, event as never), {
    ...unreadComplaint,
  });
  expect(complaint).toEqual({ disputeId: DISPUTE, respondentUscc: USCC });
});
