import { describe, expect, it } from '@jest/globals';
import { validatorOf } from '#service';
import * as commands from './commands.ts';

/** Fields at fault of a body that is to be a command. */
function faults(type: new () => object, body: object): string[] {
  return (validatorOf(type)(body).errors ?? []).map(({ field }) => field);
}

const receipt = {
  authority: '越城区市场监督管理局',
  handlingRegion: '330602',
  respondentName: '某某饭店',
  content: '后厨使用过期原料',
};
const ID = '01JN0000000000000000000000';

describe('receiving a report', () => {
  it('takes it without a reporter, and with everything', () => {
    expect(faults(commands.ReceiveReport, receipt)).toEqual([]);
    const rest = {
      ...{ occurredAt: '2026-05-06T10:00:00+08:00', reporterName: '李四', reporterPhone: '139-0000-1234' },
      ...{ respondentAddress: '某路 1 号', respondentRegion: '330602', evidence: ['evidence-1'], sector: '餐饮' },
      ...{ channel: '12315', disputeId: ID, workOrderId: '12345-7' },
    };
    expect(faults(commands.ReceiveReport, { ...receipt, ...rest })).toEqual([]);
  });

  it.each(Object.keys(receipt))('does not go without %s', (field) => {
    expect(faults(commands.ReceiveReport, { ...receipt, [field]: undefined })).toEqual([field]);
  });

  it.each([
    ['authority', '所 13900001234'],
    ['handlingRegion', '33'],
    ['reporterPhone', 'call me'],
    ['respondentUscc', '91330600'],
    ['evidence', ['a photo of 李四']],
    ['disputeId', 'D1'],
    ['workOrderId', 'no channel'],
    ['reporter', '李四'],
  ])('refuses a wrong %s', (field, value) => {
    expect(faults(commands.ReceiveReport, { ...receipt, [field]: value })).toEqual([field]);
  });
});

describe('the other commands', () => {
  it.each([
    ['InformIncompetent', { channel: 'phone', competentAuthority: 'Keqiao' }],
    ['MarkRepeatReport', { earlierReport: ID }],
    ['MergeNewFacts', { content: 'x', receivedOn: '2026-05-06', laterReport: ID, workOrderId: '12345-7' }],
    ['RaiseReportCompetenceDispute', { otherAuthority: 'Keqiao' }],
    ['ResolveReportCompetenceDispute', { outcome: 'agreed', competentAuthority: 'Keqiao', competentRegion: '330603' }],
    ['DesignateReportAuthority', { competentAuthority: 'Keqiao', competentRegion: '330603' }],
    ['StartVerification', {}],
    ['ExtendVerification', { workingDays: 15 }],
    ['SuspendVerification', { kind: 'testing' }],
    ['ResumeVerification', { standstill: '1' }],
    ['CompleteVerification', {}],
    ['FileReportedCase', { conditions: ['competent'], violationEndedOn: '2026-05-01', gravity: 'general', caseId: ID }],
    ['DeclineFiling', { ground: '19', unmet: ['competent'], reason: 'x' }],
    ['NotifyReporter', { channel: 'sms', basis: 'food-safety-law-115' }],
    ['VerifyReportLateEntry', { clock: 'verification', reason: 'other', evidence: ['e'] }],
  ] as const)('%s takes what it is for', (name, body) => {
    expect(faults(commands[name], body)).toEqual([]);
  });

  it.each([
    ['InformIncompetent', { channel: 'pigeon' }, 'channel'],
    ['MarkRepeatReport', {}, 'earlierReport'],
    ['MergeNewFacts', {}, 'content'],
    ['ResolveReportCompetenceDispute', { outcome: 'won' }, 'outcome'],
    ['ExtendVerification', { workingDays: 0 }, 'workingDays'],
    ['ExtendVerification', { workingDays: 1.5 }, 'workingDays'],
    ['SuspendVerification', { kind: 'holiday' }, 'kind'],
    ['ResumeVerification', { standstill: '0' }, 'standstill'],
    ['FileReportedCase', {}, 'conditions'],
    ['FileReportedCase', { conditions: ['suspicion'] }, 'conditions'],
    ['FileReportedCase', { conditions: [], violationEndedOn: '2026-02-30' }, 'violationEndedOn'],
    ['DeclineFiling', { ground: '20(5)', reason: 'x' }, 'ground'],
    ['DeclineFiling', { ground: '20(1)' }, 'reason'],
    ['NotifyReporter', { channel: 'sms', basis: 'a law' }, 'basis'],
  ] as const)('%s refuses %j', (name, body, field) => {
    expect(faults(commands[name], body)).toEqual([field]);
  });
});
