import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { usccOf } from '#kernel';
import { fieldsOf } from '#service';
import * as commands from './commands.ts';
import {
  AcceptComplaint,
  CompleteAppraisal,
  ConcludeComplaint,
  DeclineComplaint,
  NotifyAcceptanceDecision,
  NotifyTermination,
  ReceiveComplaint,
  StartAppraisal,
  VerifyComplaintLateEntry,
} from './commands.ts';
import { complaintsTable } from './complaints.module.ts';

/** Names of the fields at fault. */
function faults(type: new () => object, body: object): string[] {
  const command = Object.assign(new type(), body);
  return validateSync(command, { whitelist: true, forbidNonWhitelisted: true }).map((error) => error.property);
}

const receipt = {
  disputeId: '01JN0000000000000000000000',
  authority: '越城区市场监督管理局',
  handlingRegion: '330602',
  complainantName: '张三',
  complainantPhone: '+86 138-0013-8000',
  complainantAddress: '越城区某路 1 号',
  respondentName: '某某商店',
  content: '要求退款。\n商品与描述不符。',
};

describe('receiving a complaint', () => {
  it('takes the materials of Art. 10, with or without the rest', () => {
    expect(faults(ReceiveComplaint, receipt)).toEqual([]);
    const rest = {
      occurredAt: '2026-03-04T10:00:00+08:00',
      respondentAddress: '越城区某路 2 号',
      respondentUscc: usccOf('91330600', '12345678'),
      sector: '零售',
      channel: '12315',
      workOrderId: '12345-HZDH20210528210013',
      escalatedFrom: '01JN0000000000000000000001',
      knewOn: '2026-01-01',
    };
    expect(faults(ReceiveComplaint, { ...receipt, ...rest })).toEqual([]);
  });

  it.each(Object.keys(receipt))('does not go without %s', (field) => {
    expect(faults(ReceiveComplaint, { ...receipt, [field]: undefined })).toEqual([field]);
  });

  it.each([
    ['disputeId', 'dispute 1'],
    ['authority', 'x'.repeat(101)],
    ['handlingRegion', '33'],
    ['complainantName', '  '],
    ['complainantPhone', 'call me'],
    ['complainantPhone', '1'.repeat(40)],
    ['content', 'x'.repeat(20_001)],
    ['respondentUscc', '91310000132297653A'],
    ['channel', 'by word of mouth'],
    ['workOrderId', 'a b'],
    ['workOrderId', '12345'],
    ['sector', 'shop of 13800138000'],
    ['authority', 'office 13800138000'],
    ['escalatedFrom', 'x'],
    ['knewOn', '2026-02-30'],
    ['occurredAt', '2026-03-04T10:00:00'],
    ['somethingElse', 1],
  ])('refuses %s %j', (field, value) => {
    expect(faults(ReceiveComplaint, { ...receipt, [field]: value })).toEqual([field]);
  });
});

const lateEntry = { clock: 'termination-notice', reason: 'paper-record', evidence: ['scan:1', 'doc/2#3'] };

describe('the steps after it', () => {
  it('take what they need', () => {
    expect(faults(AcceptComplaint, {})).toEqual([]);
    expect(faults(DeclineComplaint, { ground: '16(1)', reason: '不属于本机关职责', remedies: ['仲裁'] })).toEqual([]);
    expect(faults(NotifyAcceptanceDecision, { channel: 'sms' })).toEqual([]);
    expect(faults(ConcludeComplaint, { result: 'mediated', evidence: ['doc:1'], recoveredFen: 0 })).toEqual([]);
    expect(faults(NotifyTermination, { channel: 'mail' })).toEqual([]);
    for (const kind of ['appraisal', 'testing', 'inspection', 'verification']) {
      expect(faults(StartAppraisal, { kind })).toEqual([]);
    }
    expect([{}, { appraisal: '1' }, { appraisal: '9999' }].map((body) => faults(CompleteAppraisal, body))).toEqual(
      Array(3).fill([]),
    );
    expect(faults(VerifyComplaintLateEntry, lateEntry)).toEqual([]);
  });

  it.each<[new () => object, object, string]>([
    [AcceptComplaint, { knewOn: 'yesterday' }, 'knewOn'],
    [DeclineComplaint, { ground: '15', reason: 'r', remedies: ['a'] }, 'ground'],
    [DeclineComplaint, { ground: '16(1)', remedies: ['a'] }, 'reason'],
    [DeclineComplaint, { ground: '16(1)', reason: 'r' }, 'remedies'],
    [DeclineComplaint, { ground: '16(1)', reason: 'r', remedies: [' '] }, 'remedies'],
    [DeclineComplaint, { ground: '16(1)', reason: 'r', remedies: ['call 13800138000'] }, 'remedies'],
    [NotifyAcceptanceDecision, { channel: 'pigeon' }, 'channel'],
    [ConcludeComplaint, { result: 'settled' }, 'result'],
    [ConcludeComplaint, { result: 'terminated', ground: '23' }, 'ground'],
    [ConcludeComplaint, { result: 'mediated', disqualification: '17' }, 'disqualification'],
    [ConcludeComplaint, { result: 'mediated', evidence: ['Mr Zhang paid'] }, 'evidence'],
    [ConcludeComplaint, { result: 'mediated', recoveredFen: 1.5 }, 'recoveredFen'],
    [ConcludeComplaint, { result: 'mediated', recoveredFen: -1 }, 'recoveredFen'],
    [NotifyTermination, {}, 'channel'],
    [StartAppraisal, {}, 'kind'],
    [StartAppraisal, { kind: 'negotiation' }, 'kind'],
    [CompleteAppraisal, { appraisal: '0' }, 'appraisal'],
    [CompleteAppraisal, { appraisal: 'first' }, 'appraisal'],
    [CompleteAppraisal, { appraisal: '10000' }, 'appraisal'],
    [VerifyComplaintLateEntry, { ...lateEntry, clock: 'Termination notice' }, 'clock'],
    [VerifyComplaintLateEntry, { ...lateEntry, clock: undefined }, 'clock'],
    [VerifyComplaintLateEntry, { ...lateEntry, reason: 'forgotten' }, 'reason'],
    [VerifyComplaintLateEntry, { ...lateEntry, evidence: [] }, 'evidence'],
    [VerifyComplaintLateEntry, { ...lateEntry, evidence: undefined }, 'evidence'],
    [VerifyComplaintLateEntry, { ...lateEntry, evidence: ['seen by Mr Zhang'] }, 'evidence'],
  ])('%p refuses %j', (type, body, field) => {
    expect(faults(type, body)).toEqual([field]);
  });
});

const id = '01JN0000000000000000000000';
const finding = { competent: true, respondentKind: 'general', basis: 'domicile' };
const authority = '上虞区市场监督管理局';

describe('the other commands', () => {
  it.each<[new () => object, object]>([
    [commands.AppointAgent, { agentName: '李四', agentPhone: '13800138000', mandate: ['mandate-1'] }],
    [commands.RequestIdentityProof, { dueOn: '2026-05-11' }],
    [commands.SubmitIdentityProof, { evidence: ['id-1'] }],
    [commands.DetermineCompetence, finding],
    [commands.DetermineCompetence, { ...finding, otherAuthority: authority, otherReceivedAt: '2026-05-01T10:00:00Z' }],
    [commands.FeedBackIncompetence, { reason: '不属于本机关管辖' }],
    [commands.TransferComplaint, { toAuthority: authority, toRegion: '330604' }],
    [commands.ReceiveTransfer, { authority }],
    [commands.RaiseCompetenceDispute, { withAuthority: authority }],
    [commands.ResolveCompetenceDispute, { competentAuthority: authority, competentRegion: '330604' }],
    [commands.SendUpCompetenceDispute, { higherAuthority: '绍兴市市场监督管理局' }],
    [commands.DesignateAuthority, { competentAuthority: authority, competentRegion: '330604' }],
    [commands.RecordConsent, { party: 'respondent', agrees: false }],
    [commands.ProposeSelfSettlement, {}],
    [commands.RecordSettlement, { evidence: ['refund-1'], recoveredFen: 1 }],
    [commands.RetractSettlement, { reason: '未履行' }],
    [commands.DisqualifyComplaint, { basis: '42', reason: '涉嫌诈骗', evidence: ['chat-1'], police: '越城区公安分局' }],
    [commands.WithdrawComplaint, { by: 'agent', evidence: ['mandate-2'] }],
    [commands.RecordFollowUp, { channel: 'phone', reached: true, performance: 'performed' }],
    [commands.RecordSatisfaction, { satisfaction: 'basically-satisfied' }],
    [commands.ReopenComplaint, { reason: '新证据' }],
    [commands.MergeComplaint, { primary: id }],
    [commands.UnmergeComplaint, { reason: '不是同一争议' }],
    [commands.CorrectField, { field: 'acceptedOn', acceptedOn: '2026-05-07', reason: '录入错误' }],
    [commands.ApproveCorrection, {}],
    [commands.RejectCorrection, {}],
    [AcceptComplaint, { factors: ['quantity', 'shared-phone'] }],
  ])('%p takes %j', (type, body) => {
    expect(faults(type, body)).toEqual([]);
  });

  it.each<[new () => object, object, string]>([
    [commands.AppointAgent, { agentName: '李四', mandate: [] }, 'mandate'],
    [commands.AppointAgent, { mandate: ['m-1'] }, 'agentName'],
    [commands.RequestIdentityProof, { dueOn: 'soon' }, 'dueOn'],
    [commands.SubmitIdentityProof, { evidence: [] }, 'evidence'],
    [commands.SubmitIdentityProof, { evidence: 'id-1' }, 'evidence'],
    [commands.DetermineCompetence, { ...finding, competent: 'yes' }, 'competent'],
    [commands.DetermineCompetence, { ...finding, respondentKind: 'shop' }, 'respondentKind'],
    [commands.DetermineCompetence, { ...finding, basis: 'address' }, 'basis'],
    [commands.DetermineCompetence, { ...finding, otherReceivedAt: '2026-05-01' }, 'otherReceivedAt'],
    [commands.FeedBackIncompetence, {}, 'reason'],
    [commands.TransferComplaint, { toAuthority: authority, toRegion: '33' }, 'toRegion'],
    [commands.TransferComplaint, { toAuthority: 'office 13800138000', toRegion: '330604' }, 'toAuthority'],
    [commands.ReceiveTransfer, {}, 'authority'],
    [commands.RaiseCompetenceDispute, { withAuthority: ' ' }, 'withAuthority'],
    [commands.ResolveCompetenceDispute, { competentAuthority: authority }, 'competentRegion'],
    [commands.DesignateAuthority, { competentRegion: '330604' }, 'competentAuthority'],
    [commands.RecordConsent, { party: 'mediator', agrees: true }, 'party'],
    [commands.RecordConsent, { party: 'respondent' }, 'agrees'],
    [commands.ProposeSelfSettlement, { text: 'please' }, 'text'],
    [commands.RecordSettlement, { evidence: [] }, 'evidence'],
    [commands.RecordSettlement, { evidence: ['Mr Zhang paid'] }, 'evidence'],
    [commands.RecordSettlement, { evidence: ['r-1'], recoveredFen: -1 }, 'recoveredFen'],
    [commands.DisqualifyComplaint, { basis: '17', reason: 'r' }, 'basis'],
    [commands.DisqualifyComplaint, { basis: '42', reason: 'r', police: 'call 13800138000' }, 'police'],
    [commands.WithdrawComplaint, { by: 'merchant' }, 'by'],
    [commands.RecordFollowUp, { channel: 'phone', reached: 1 }, 'reached'],
    [commands.RecordSatisfaction, { satisfaction: 'ok' }, 'satisfaction'],
    [commands.ReopenComplaint, {}, 'reason'],
    [commands.MergeComplaint, { primary: 'C1' }, 'primary'],
    [commands.CorrectField, { field: 'content', reason: 'r' }, 'field'],
    [commands.CorrectField, { field: 'sector', sector: '13800138000', reason: 'r' }, 'sector'],
    [
      commands.CorrectField,
      { field: 'respondentUscc', respondentUscc: '91310000132297653A', reason: 'r' },
      'respondentUscc',
    ],
    [DeclineComplaint, { ground: '16(3)', reason: 'r', remedies: ['a'], factors: ['mood'] }, 'factors'],
  ])('%p refuses %j', (type, body, field) => {
    expect(faults(type, body)).toEqual([field]);
  });
});

/** Fields that a row moves into the vault, each once: a text may be there and be told by its likeness. */
const movedBy = (personal: object | undefined): string[] => [
  ...new Set(Object.values(personal ?? {}).flatMap((fields: object) => Object.values(fields).flat() as string[])),
];

describe('the table', () => {
  it('keeps every free text and every name in the vault', () => {
    for (const { command, personal, action } of complaintsTable.commands) {
      const moved = movedBy(personal);
      // The reason of a late entry is a code.
      if (action === 'verify-late-entry') continue;
      const says = fieldsOf(command).filter((field) => /^reason$|Name$|Phone$|Address$|^content$/.test(field));
      expect([action, moved.sort()]).toEqual([action, says.sort()]);
    }
  });

  it('filters and sorts only by declared indexes', () => {
    for (const { projection, filters, sort } of complaintsTable.views) {
      const indexes = Object.values(projection.indexes).map(String);
      for (const field of Object.values(filters)) expect(indexes).toContain(`${field},${sort?.field}`);
      expect(indexes).toContain(sort?.field);
    }
  });

  it('moves every field that says who somebody is into the vault', () => {
    const row = complaintsTable.commands.find((each) => each.action === 'receive');
    const moved = movedBy(row?.personal);
    expect(moved.sort()).toEqual([
      'complainantAddress',
      'complainantName',
      'complainantPhone',
      'content',
      'respondentAddress',
      'respondentName',
    ]);
  });

  it('scopes a new complaint by the handling region and the respondent, said or of the dispute', () => {
    const scope = complaintsTable.commands.find((each) => each.creates)?.scope;
    const uscc = usccOf('91330600', '12345678');
    const dispute = { respondentUscc: uscc, respondentRegion: '330603' };
    expect(scope?.({ handlingRegion: '330602' }, { dispute })).toEqual({ region: '330602', subject: uscc });
    expect(scope?.({ handlingRegion: '330602', respondentUscc: uscc.toLowerCase() }, {})).toEqual({
      region: '330602',
      subject: uscc,
    });
    expect(scope?.({ handlingRegion: '330602' }, {})).toEqual({ region: '330602', subject: null });
  });
});
