import { describe, expect, it } from '@jest/globals';
import { isRefusal, type Decision, type DecisionContext, type LocalDate } from '#kernel';
import { amendDeadline, verifyLateEntry } from './decide-clocks.ts';
import { correct, decideObjection, expire, raiseObjection, withdraw } from './decide-published.ts';
import { checkConsent, exclude, plan, publish, redact } from './decide-queue.ts';
import type { Rule } from './refusals.ts';
import {
  as,
  COMPLAINT,
  givenPublication,
  onDay,
  reads,
  saying,
  STATE_NAMES,
  STATES,
  type StateName,
} from './testing/given-publication.ts';

const said = saying('note', 'reason', 'summary');
const evidence = ['doc-1'];

/** A command given in a state, by default on 2026-03-12, when what is published is still shown. */
type Given = readonly [
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  rule: Rule<any, any>,
  command: object,
  more?: Partial<DecisionContext>,
  day?: LocalDate | undefined,
];

const COMMANDS = {
  plan: [plan, { complaintId: COMPLAINT }],
  'check consent: agreed': [checkConsent, { consent: 'agreed', evidence }],
  'check consent: refused': [checkConsent, { consent: 'refused', evidence }],
  exclude: [exclude, { reason: 'personal-privacy' }],
  'exclude as refused': [exclude, { reason: 'consent-refused' }],
  redact: [redact, { problem: 'quality' }, { persons: {} }],
  publish: [publish, {}],
  object: [raiseObjection, { by: 'complainant', evidence }],
  'decide: rejected': [decideObjection, { result: 'rejected' }],
  'decide: upheld': [decideObjection, { result: 'upheld' }],
  correct: [correct, { problem: 'price' }],
  withdraw: [withdraw, { cause: 'other' }],
  'expire before its last day is over': [expire, {}, as('process'), '2026-03-20'],
  expire: [expire, {}, as('process'), '2026-03-21'],
  'amend deadline': [amendDeadline, { clock: 'publication' }, as('process')],
  'verify late entry': [verifyLateEntry, { clock: 'publication', reason: 'other', evidence }, as('officer', 'key-2')],
} satisfies Record<string, Given>;
type CommandName = keyof typeof COMMANDS;

/** What follows, in the order of the states: a type of event, the code of the refusal, or silence. */
const N = 'UNKNOWN_PUBLICATION';
const X = 'PUBLICATION_EXCLUDED';
const W = 'PUBLICATION_WITHDRAWN';
const E = 'PUBLICATION_EXPIRED';
const P = 'ALREADY_PUBLISHED';
const C = 'PUBLICATION_CONSENT_NOT_CHECKED';
const M = 'PUBLICATION_CONSENT_MISSING';
const R = 'NOT_REDACTED';
const U = 'NOT_PUBLISHED';
const T = 'NOT_BACKDATED';
const S = 'CONSENT_SAYS_OTHERWISE';
const NO = 'NO_OBJECTION_OPEN';
const CHECKED = 'PublicationConsentChecked';
const EXCLUDED = 'ComplaintPublicationExcluded';
const SHOWN = 'PublicationRedacted';
const GONE = 'PublicationWithdrawn';
const FIXED = 'PublicationCorrected';
const OBJ = 'PublicationObjectionRaised';

// prettier-ignore
const TABLE: Record<CommandName, readonly string[]> = {
  //                        none, planned, agreed, refused, not asked, excluded, redacted, published, objected, rejected, withdrawn, expired
  plan:                     ['ComplaintPublicationPlanned', '', '', '', '', '', '', '', '', '', '', ''],
  'check consent: agreed':  [N, CHECKED, '', CHECKED, CHECKED, X, '', P, P, P, W, E],
  'check consent: refused': [N, CHECKED, CHECKED, '', CHECKED, X, CHECKED, P, P, P, W, E],
  exclude:                  [N, EXCLUDED, EXCLUDED, EXCLUDED, EXCLUDED, X, EXCLUDED, P, P, P, W, E],
  'exclude as refused':     [N, S, S, EXCLUDED, S, X, S, P, P, P, W, E],
  redact:                   [N, C, SHOWN, M, M, X, '', P, P, P, W, E],
  publish:                  [N, C, R, M, M, X, 'ComplaintPublished', '', '', '', W, E],
  object:                   [N, C, R, R, R, X, U, OBJ, 'OBJECTION_OPEN', OBJ, W, E],
  'decide: rejected':       [N, C, R, R, R, X, U, NO, 'PublicationObjectionRejected', NO, W, E],
  'decide: upheld':         [N, C, R, R, R, X, U, NO, GONE, NO, W, E],
  correct:                  [N, C, R, R, R, X, U, FIXED, FIXED, FIXED, W, E],
  withdraw:                 [N, C, R, R, R, X, U, GONE, GONE, GONE, W, E],
  'expire before its last day is over': [N, '', '', '', '', '', '', '', '', '', '', ''],
  expire:                   [N, '', '', '', '', '', '', 'PublicationExpired', 'PublicationExpired', 'PublicationExpired', '', ''],
  'amend deadline':         [N, '', '', '', '', '', '', '', '', '', '', ''],
  'verify late entry':      [N, T, T, T, T, T, T, T, T, T, T, T],
};

/** In the state in which it stands after its last event, and no earlier. */
function givenIn(state: StateName, [rule, command, more = {}, day = '2026-03-12']: Given): Decision {
  const at = onDay(state === 'expired' && day < '2026-03-21' ? '2026-03-23' : day);
  return givenPublication(STATES[state]).when(rule, command, { ...at, reads, ...said, ...more }).decision;
}

function codeOf(decision: Decision): string {
  if (isRefusal(decision)) return decision.code;
  expect(decision.length).toBeLessThanOrEqual(1);
  return decision[0]?.type ?? '';
}

describe('every command in every state', () => {
  describe.each(Object.entries(COMMANDS) as [CommandName, Given][])('%s', (name, command) => {
    it.each(STATE_NAMES.map((state, index) => [state, TABLE[name][index]!] as const))('%s: %s', (state, expected) => {
      expect(codeOf(givenIn(state, command))).toBe(expected);
    });

    it('is decided by a person, unless it decides nothing', () => {
      const isForProcess = ['plan', 'expire', 'amend deadline'].some((one) => name.startsWith(one));
      const outcomes = STATE_NAMES.filter((state) => state !== 'none').map((state) => {
        const [rule, input, more, day] = command;
        return codeOf(givenIn(state, [rule, input, { ...more, ...as('process') }, day]));
      });
      if (!isForProcess) expect(new Set(outcomes)).toEqual(new Set(['HUMAN_DECISION_REQUIRED']));
      else expect(outcomes).not.toContain('HUMAN_DECISION_REQUIRED');
    });
  });
});
