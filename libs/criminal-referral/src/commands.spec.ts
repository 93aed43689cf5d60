import { describe, expect, it } from '@jest/globals';
import { validatorOf } from '#service';
import * as commands from './commands.ts';
import { criminalReferralsTable } from './criminal-referral.module.ts';
import { TRANSFER_ATTACHMENTS } from './events.ts';

/** Fields at fault of a body that is to be a command. */
function faults(type: new () => object, body: object): string[] {
  return (validatorOf(type)(body).errors ?? []).map(({ field }) => field);
}

const ID = '01JN0000000000000000000000';
const papers = Object.fromEntries(TRANSFER_ATTACHMENTS.map((name) => [name, `evidence-${name}`]));

describe('the commands of a referral', () => {
  it('have a transfer with all five papers (S11 Art. 6)', () => {
    expect(TRANSFER_ATTACHMENTS).toHaveLength(5);
    expect(faults(commands.TransferToPolice, { police: 'P', ...papers })).toEqual([]);
    for (const name of TRANSFER_ATTACHMENTS) {
      expect(faults(commands.TransferToPolice, { police: 'P', ...papers, [name]: undefined })).toEqual([name]);
      expect(faults(commands.TransferToPolice, { police: 'P', ...papers, [name]: 'with 李四' })).toEqual([name]);
    }
  });

  it.each([
    ['AppointReferralTeam', { caseId: ID, officers: ['A1', 'A2'] }],
    ['SubmitReferralReport', { report: 'evidence-1' }],
    ['ApproveReferral', {}],
    ['DisapproveReferral', { reason: 'x' }],
    ['RecordPoliceReceipt', { police: 'P' }],
    ['RecordPoliceReroute', { police: 'P' }],
    ['RecordPoliceFiling', {}],
    ['RecordReconsideration', { result: 'upheld' }],
    ['RequestFilingSupervision', { procuratorate: 'P' }],
    ['RecordFilingSupervision', { result: 'not-to-file' }],
    ['HandOverMaterials', { evidence: ['list-1'] }],
  ] as const)('%s takes what it is for', (name, body) => {
    expect(faults(commands[name], body)).toEqual([]);
  });

  it.each([
    ['AppointReferralTeam', { caseId: ID, officers: ['A1'] }, 'officers'],
    ['AppointReferralTeam', { caseId: ID, officers: ['A1', 'A1'] }, 'officers'],
    ['AppointReferralTeam', { caseId: 'C1', officers: ['A1', 'A2'] }, 'caseId'],
    ['SubmitReferralReport', {}, 'report'],
    ['DisapproveReferral', {}, 'reason'],
    ['RecordPoliceReceipt', { police: '局 13900001234' }, 'police'],
    ['RecordReconsideration', { result: 'lost' }, 'result'],
    ['RecordFilingSupervision', { result: 'lost' }, 'result'],
    ['HandOverMaterials', { evidence: [] }, 'evidence'],
    ['HandOverMaterials', {}, 'evidence'],
  ] as const)('%s refuses %j', (name, body, field) => {
    expect(faults(commands[name], body)).toEqual([field]);
  });

  it('are given by those who handle the case, and by nobody else', () => {
    const byTheHead = ['approve', 'disapprove'];
    for (const { action, roles } of criminalReferralsTable.commands) {
      if (byTheHead.includes(action)) expect([action, roles]).toEqual([action, ['head']]);
      else if (['verify-late-entry'].includes(action))
        expect([action, roles]).toEqual([action, ['officer', 'enforcement', 'head']]);
      else expect([action, roles]).toEqual([action, ['officer', 'enforcement']]);
    }
  });
});
