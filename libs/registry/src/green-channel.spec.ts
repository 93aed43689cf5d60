import { describe, expect, it } from '@jest/globals';
import { documentsGiven, given, GIVEN_NOW, type GivenEvent } from '#kernel';
import * as decide from './decide-green-channel.ts';
import {
  advanceSchemeSchemas,
  advanceSchemeWords,
  commitmentSchemas,
  commitmentWords,
  odrMembershipSchemas,
  odrMembershipWords,
  serviceStationSchemas,
  serviceStationWords,
  storeSchemas,
  storeWords,
  subjectSchemas,
  subjectWords,
  type SubjectEvents,
} from './events.ts';
import * as subject from './subject.ts';
import { subjects } from './views/subjects.ts';

const USCC = '91330100799655058B';
const step = <T extends keyof SubjectEvents & string>(type: T, data: SubjectEvents[T]): GivenEvent => ({
  type,
  data,
  stream: `subject-${USCC}`,
});
const registered = step('SubjectRegistered', {
  ...{ uscc: USCC, name: '甲店', region: '330602', sector: null, operatingSince: null },
});
const opened = step('GreenChannelOpened', {});
const suspended = step('GreenChannelSuspended', { reason: 'duties-neglected' });
const resumed = step('GreenChannelResumed', {});
const closed = step('GreenChannelClosed', { reason: 'own-request' });
const HISTORIES: Readonly<Record<subject.GreenChannelStatus, readonly GivenEvent[]>> = {
  none: [registered],
  active: [registered, opened],
  suspended: [registered, opened, suspended],
  closed: [registered, opened, closed],
};

describe.each(subject.GREEN_CHANNEL_STATUSES)('a green channel: %s', (status) => {
  const state = given(subject, HISTORIES[status]);
  const refusal = { kind: 'conflict', code: `GREEN_CHANNEL_IS_${status.toUpperCase()}` } as const;
  const reason = { reason: 'other' as const };

  it('open', () => {
    const outcome = state.when(decide.openGreenChannel, {});
    if (status === 'none' || status === 'closed') outcome.then([{ type: 'GreenChannelOpened', data: {} }]);
    else outcome.then(refusal);
  });
  it('suspend', () => {
    const outcome = state.when(decide.suspendGreenChannel, reason);
    if (status === 'active') outcome.then([{ type: 'GreenChannelSuspended', data: reason }]);
    else outcome.then(refusal);
  });
  it('resume', () => {
    const outcome = state.when(decide.resumeGreenChannel, {});
    if (status === 'suspended') outcome.then([{ type: 'GreenChannelResumed', data: {} }]);
    else outcome.then(refusal);
  });
  it('close', () => {
    const outcome = state.when(decide.closeGreenChannel, reason);
    if (status === 'active' || status === 'suspended') outcome.then([{ type: 'GreenChannelClosed', data: reason }]);
    else outcome.then(refusal);
  });
  it('is shown so', () => {
    expect(documentsGiven(subjects, [...HISTORIES[status]]).get(USCC)?.greenChannel).toBe(status);
  });
});

describe('a green channel', () => {
  it('is a subject’s that is registered, and takes no step before the last', () => {
    const refusal = { kind: 'notFound', code: 'NOT_FOUND' } as const;
    given(subject).when(decide.openGreenChannel, {}).then(refusal);
    given(subject)
      .when(decide.closeGreenChannel, { reason: 'other' as const })
      .then(refusal);
    given(subject, [registered])
      .when(decide.openGreenChannel, {}, { occurredAt: GIVEN_NOW - 1 })
      .then({ kind: 'invalid', code: 'OCCURRED_BEFORE_PREVIOUS_STEP', field: 'occurredAt' });
  });
  it('goes on, and says since when', () => {
    const later = { ...resumed, occurredAt: '2026-03-05T00:00:00Z' } as GivenEvent;
    expect(documentsGiven(subjects, [registered, opened, suspended, later]).get(USCC)).toMatchObject({
      greenChannel: 'active',
      greenChannelSince: '2026-03-05T00:00:00.000Z',
    });
  });
});

describe('the words of the registry', () => {
  it.each([
    [subjectWords, subjectSchemas],
    [odrMembershipWords, odrMembershipSchemas],
    [serviceStationWords, serviceStationSchemas],
    [advanceSchemeWords, advanceSchemeSchemas],
    [storeWords, storeSchemas],
    [commitmentWords, commitmentSchemas],
  ])('are there for every type %#', (words, schemas) => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(schemas).sort());
  });
  it('say reasons and amounts', () => {
    expect(subjectWords.GreenChannelClosed({ reason: 'own-request' })).toEqual({
      zh: '绿色通道关闭：自行申请',
      en: 'The green channel was closed: at its own request',
    });
    expect(advanceSchemeWords.AdvanceAllotted({ negotiationId: 'N', amountFen: 123_405 })).toEqual({
      zh: '先行赔付资金划拨1234.05元',
      en: '1234.05 yuan were set aside for an advance',
    });
    expect(odrMembershipWords.OdrMembershipExpelled({ reason: 'unlawful-conduct' }).zh).toBe('ODR企业被清退：违法行为');
  });
});
