import { describe, expect, it } from '@jest/globals';
import { documentsGiven } from '#kernel';
import { feedBackResult } from './decide.ts';
import {
  acknowledged,
  as,
  claimed,
  confirmed,
  expired,
  given,
  HISTORIES,
  on,
  opened,
  RAN_OUT,
  READING,
  type Given,
  type Status,
} from './testing/given-negotiation.ts';
import { negotiationsView } from './views/negotiations.ts';

const persons = { course: { personId: 'vault-1', tokens: {} } };
const said = (result: 'settled' | 'not-settled') => ({
  handledOn: '2026-03-10',
  course: '',
  mode: 'phone' as const,
  result,
});
const event = (result: 'settled' | 'not-settled') =>
  ({
    type: 'NegotiationResultRecorded',
    data: { handledOn: '2026-03-10', course: 'vault-1', mode: 'phone', result },
  }) as const;
const by = (role: string, day = '2026-03-25') => as(role, day, { persons });
const expiry = {
  type: 'NegotiationExpired',
  occurredAt: RAN_OUT,
  ruleVersion: READING.rule!,
  data: { clock: 'negotiation' },
} as const;

describe('the result that an enterprise feeds back', () => {
  it.each(Object.keys(HISTORIES) as Status[])('when %s', (status) => {
    const feedBack = given(HISTORIES[status]);
    if (status === 'open' || status === 'agreed' || status === 'claimed') {
      feedBack
        .when(feedBackResult, said('not-settled'), by('merchant', '2026-03-16'))
        .then({ kind: 'conflict', code: 'NO_RESULT_YET' });
      // Nobody has noticed yet that its time is over: it says so itself.
      feedBack.when(feedBackResult, said('not-settled'), by('merchant')).then([expiry, event('not-settled')]);
      return;
    }
    const result = status === 'settled' ? 'settled' : 'not-settled';
    const other = status === 'settled' ? 'not-settled' : 'settled';
    feedBack.when(feedBackResult, said(result), by('merchant')).then([event(result)]);
    feedBack
      .when(feedBackResult, said(other), by('merchant'))
      .then({ kind: 'conflict', code: 'RESULT_MISMATCH', field: 'result' });
  });
  it('is nothing before there is a negotiation', () => {
    given([])
      .when(feedBackResult, said('settled'), by('merchant'))
      .then({ kind: 'notFound', code: 'UNKNOWN_NEGOTIATION' });
  });
  it('comes from the enterprise or the venue', () => {
    for (const role of ['merchant', 'hotline', 'officer', 'mediator', 'administrator']) {
      given(HISTORIES.failed)
        .when(feedBackResult, said('not-settled'), by(role))
        .then([event('not-settled')]);
    }
    for (const role of ['public', 'process']) {
      given(HISTORIES.failed)
        .when(feedBackResult, said('not-settled'), by(role))
        .then({ kind: 'forbidden', code: 'ONLY_ENTERPRISE_FEEDS_BACK' });
    }
  });
  it('names a day from the opening to the record, and the course in words', () => {
    const refusal = { kind: 'invalid', code: 'HANDLED_ON_OUT_OF_RANGE', field: 'handledOn' } as const;
    for (const handledOn of ['2026-03-01', '2026-03-26']) {
      given(HISTORIES.failed)
        .when(feedBackResult, { ...said('not-settled'), handledOn }, by('merchant'))
        .then(refusal);
    }
    for (const handledOn of ['2026-03-02', '2026-03-25']) {
      expect(
        given(HISTORIES.failed).when(feedBackResult, { ...said('not-settled'), handledOn }, by('merchant')).decision,
      ).toHaveLength(1);
    }
    given(HISTORIES.failed)
      .when(feedBackResult, said('not-settled'), as('merchant', '2026-03-25'))
      .then({ kind: 'invalid', code: 'COURSE_REQUIRED', field: 'course' });
  });
  it('is not fed back before the end it tells of', () => {
    given(HISTORIES.failed)
      .when(feedBackResult, said('not-settled'), by('merchant', '2026-03-08'))
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('is fed back once of each end: again when that turned out another one', () => {
    const fed = (result: 'settled' | 'not-settled', day: string) => on(day, event(result));
    given([...HISTORIES.settled, fed('settled', '2026-03-10')])
      .when(feedBackResult, said('settled'), by('merchant'))
      .then({ kind: 'conflict', code: 'RESULT_ALREADY_RECORDED' });
    const disputedAfter = HISTORIES.disputed.at(-1)!;
    given([...HISTORIES.settled, fed('settled', '2026-03-10'), disputedAfter])
      .when(feedBackResult, said('not-settled'), by('merchant'))
      .then([event('not-settled')]);
    const late = on('2026-03-11', { type: confirmed.type, data: confirmed.data } as never, '2026-03-30');
    given([...HISTORIES.claimed, expired, fed('not-settled', '2026-03-18'), late])
      .when(feedBackResult, said('settled'), by('merchant'))
      .then([event('settled')]);
  });
  it('settles nothing, completes no clock, and is shown', () => {
    const history = [opened, acknowledged, claimed, expired, on('2026-03-18', event('not-settled'))];
    expect(given(history).state.status).toBe('expired');
    const doc = documentsGiven(
      negotiationsView,
      history.map((one) => ({ ...one, stream: 'negotiation-N1' })) as Given[],
    ).get('N1');
    expect(doc).toMatchObject({
      status: 'expired',
      fedBack: { handledOn: '2026-03-10', course: 'vault-1', mode: 'phone', result: 'not-settled' },
      clocks: { negotiation: { state: 'expired' } },
    });
  });
});
