import { describe, expect, it } from '@jest/globals';
import { validatorOf } from '#service';
import { casesTable } from './cases.module.ts';
import * as commands from './commands.ts';

/** Fields at fault of a body that is to be a command. */
function faults(type: new () => object, body: object): string[] {
  return (validatorOf(type)(body).errors ?? []).map(({ field }) => field);
}

const ID = '01JN0000000000000000000000';
const matter = { origin: 'inspection', authority: '越城区市场监督管理局', handlingRegion: '330602', content: '…' };

describe('taking up a matter', () => {
  it('needs who, where and what', () => {
    expect(faults(commands.OpenCase, matter)).toEqual([]);
    const rest = { reportId: ID, mediationId: ID, clueId: 'clue-1', complaintId: ID, respondentName: '某某饭店' };
    expect(faults(commands.OpenCase, { ...matter, ...rest, sector: '餐饮', respondentRegion: '330602' })).toEqual([]);
  });

  it.each(Object.keys(matter))('does not go without %s', (field) => {
    expect(faults(commands.OpenCase, { ...matter, [field]: undefined })).toEqual([field]);
  });

  it.each([
    ['origin', 'rumour'],
    ['reportId', 'R1'],
    ['clueId', 'what 李四 said'],
    ['respondentUscc', '1'],
    ['authority', '所 13900001234'],
  ])('refuses a wrong %s', (field, value) => {
    expect(faults(commands.OpenCase, { ...matter, [field]: value })).toEqual([field]);
  });
});

describe('the other commands', () => {
  it.each([
    ['FileClueAsCase', { conditions: ['competent'], violationEndedOn: '2026-05-01', gravity: 'general' }],
    ['DeclineClue', { ground: '20(1)', reason: 'x' }],
    ['ConvertComplaint', { complaintId: ID }],
    ['LinkCaseReport', { reportId: ID }],
    ['StartInvestigation', { officers: ['A1', 'A2'] }],
    ['SuspendCase', { kind: 'case-suspended', ground: 'other' }],
    ['ExtendCase', { grantedBy: 'collective', days: 60 }],
    ['RequestAssistance', { otherAuthority: 'Keqiao' }],
    ['ExtendReview', { workingDays: 5 }],
    ['ReviewCase', { opinion: 'returned' }],
    ['ServePenaltyNotice', { proposedFineFen: 0, proposedConfiscatedFen: 1 }],
    ['RecordPartyStatement', { statement: 'x' }],
    [
      'DecideCase',
      {
        ...{ result: 'penalty', penalties: ['fine', 'confiscation'], fineFen: 1, confiscatedFen: 1 },
        ...{ isPartyPresent: true, registeredIn: '330602', criminalReferralId: ID },
      },
    ],
    ['ServeDecision', { mode: 'public-notice' }],
    ['PublishPenalty', { url: 'https://example.org/penalties/1' }],
    ['HandOverPenalty', { otherAuthority: 'Zibo' }],
    ['RevisePenalty', { revision: 'annulled' }],
    ['RecordExecution', { mode: 'performed', collectedFen: 1 }],
    ['CloseCase', {}],
  ] as const)('%s takes what it is for', (name, body) => {
    expect(faults(commands[name], body)).toEqual([]);
  });

  it.each([
    ['StartInvestigation', { officers: ['A1'] }, 'officers'],
    ['StartInvestigation', { officers: ['A1', 'A1'] }, 'officers'],
    ['StartInvestigation', { officers: ['A1', '王 警官'] }, 'officers'],
    ['SuspendCase', { kind: 'hearing' }, 'kind'],
    ['SuspendCase', { kind: 'case-suspended', ground: 'tired' }, 'ground'],
    ['ExtendCase', { grantedBy: 'officer' }, 'grantedBy'],
    ['ExtendCase', { grantedBy: 'head', days: 0 }, 'days'],
    ['ExtendReview', {}, 'workingDays'],
    ['ServePenaltyNotice', { proposedFineFen: 0.5, proposedConfiscatedFen: 0 }, 'proposedFineFen'],
    ['DecideCase', { result: 'fine' }, 'result'],
    ['DecideCase', { result: 'penalty', penalties: ['prison'] }, 'penalties'],
    ['DecideCase', { result: 'penalty', penalties: ['fine', 'fine'] }, 'penalties'],
    ['DecideCase', { result: 'penalty', fineFen: -1 }, 'fineFen'],
    ['DecideCase', { result: 'no-penalty', isPartyPresent: 'yes' }, 'isPartyPresent'],
    ['PublishPenalty', { url: 'on the notice board' }, 'url'],
    ['RevisePenalty', { revision: 'forgotten' }, 'revision'],
  ] as const)('%s refuses %j', (name, body, field) => {
    expect(faults(commands[name], body)).toEqual([field]);
  });
});

it('every command is given by those who handle cases, and by nobody else', () => {
  const byTheHead = [...['extend-clue-verification', 'file', 'decline', 'extend', 'extend-review', 'decide', 'close']];
  for (const { action, roles } of casesTable.commands) {
    if (byTheHead.includes(action)) expect([action, roles]).toEqual([action, ['head']]);
    else if (['review', 'verify-late-entry'].includes(action))
      expect([action, roles]).toEqual([action, ['officer', 'enforcement', 'head']]);
    else expect([action, roles]).toEqual([action, ['officer', 'enforcement']]);
  }
});
