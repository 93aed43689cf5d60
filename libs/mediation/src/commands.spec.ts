import { describe, expect, it } from '@jest/globals';
import { validatorOf } from '#service';
import * as commands from './commands.ts';
import { mediationsTable } from './mediation.module.ts';
import * as rosterCommands from './roster-commands.ts';
import { mediationBodiesTable, mediatorsTable } from './roster.module.ts';
import { BODY, DISPUTE, HASH, MEDIATOR, USCC } from './testing/given-mediation.ts';

/** Of each command, bodies that pass and bodies of which the field named does not. */
const BODIES: Record<string, { passes: object[]; fails: [object, string][] }> = {
  ProposeMediation: {
    passes: [
      { kind: 'administrative', disputeId: DISPUTE, complaintId: BODY, afterMediationId: BODY },
      {
        kind: 'peoples',
        disputeId: DISPUTE,
        bodyId: BODY,
        handlingRegion: '330602',
        initiative: 'own-initiative',
        isJoint: true,
      },
    ],
    fails: [
      [{ disputeId: DISPUTE }, 'kind'],
      [{ kind: 'private', disputeId: DISPUTE }, 'kind'],
      [{ kind: 'peoples', disputeId: 'x' }, 'disputeId'],
      [{ kind: 'peoples', disputeId: DISPUTE, afterMediationId: 'x' }, 'afterMediationId'],
      [{ kind: 'peoples', disputeId: DISPUTE, handlingRegion: '33' }, 'handlingRegion'],
      [{ kind: 'peoples', disputeId: DISPUTE, isJoint: 'yes' }, 'isJoint'],
      [{ kind: 'peoples', disputeId: DISPUTE, courtAssignment: 'pre-filing' }, 'courtAssignment'],
    ],
  },
  DeclineMediationApplication: {
    passes: [{ code: 'other' }, { code: 'other', reason: 'x' }],
    fails: [[{ code: 'x' }, 'code']],
  },
  RecordMediationConsent: {
    passes: [{}, { party: 'consumer', to: 'delegation', evidence: ['evidence-1'] }],
    fails: [
      [{ party: 'mediator' }, 'party'],
      [{ evidence: ['a name'] }, 'evidence'],
    ],
  },
  AssignMediator: { passes: [{ mediatorId: MEDIATOR, relativeRuledOut: true }], fails: [[{}, 'mediatorId']] },
  ScheduleSession: {
    passes: [{ scheduledFor: '2026-03-09T09:00:00+08:00', mode: 'on-site', place: '府山街道会议室', channel: 'sms' }],
    fails: [
      [{ scheduledFor: '2026-03-09', mode: 'online', channel: 'sms' }, 'scheduledFor'],
      [{ scheduledFor: '2026-03-09T09:00:00Z', mode: 'on-site', place: '13800130000', channel: 'sms' }, 'place'],
    ],
  },
  RecordAttendance: {
    passes: [
      { session: '1', attended: [] },
      { session: '12', attended: ['consumer', 'merchant'] },
    ],
    fails: [
      [{ session: '0', attended: [] }, 'session'],
      [{ session: '1' }, 'attended'],
      [{ session: '1', attended: ['consumer', 'consumer'] }, 'attended'],
    ],
  },
  DecideRecusal: {
    passes: [{ granted: false }],
    fails: [
      [{}, 'granted'],
      [{ granted: 'false' }, 'granted'],
    ],
  },
  ReachAgreement: {
    passes: [{ form: 'written', terms: '退款', textHash: HASH, performanceDue: '2026-03-20', amountFen: 1 }],
    fails: [
      [{ form: 'written' }, 'terms'],
      [{ form: 'written', terms: 'x', textHash: HASH.toUpperCase() }, 'textHash'],
      [{ form: 'written', terms: 'x', amountFen: 1.5 }, 'amountFen'],
      [{ form: 'written', terms: 'x', performanceDue: '2026-02-30' }, 'performanceDue'],
    ],
  },
  SignAgreement: {
    passes: [{ method: 'seal', textHash: HASH }],
    fails: [
      [{ method: 'seal' }, 'textHash'],
      [{ method: 'seal', textHash: HASH, signer: 'witness' }, 'signer'],
    ],
  },
  IssueStatement: { passes: [{ document: 'evidence-1' }], fails: [[{ document: '调解书' }, 'document']] },
  TerminateMediation: {
    passes: [{ ground: '23(1)(8)', reason: 'x' }, { ending: 'no-agreement' }],
    fails: [
      [{ ground: '21(1)' }, 'ground'],
      [{ ending: 'x' }, 'ending'],
    ],
  },
  ReportViolationClue: {
    passes: [{ description: '无证', evidence: ['evidence-1'] }],
    fails: [
      [{ evidence: ['evidence-1'] }, 'description'],
      [{ description: 'x', evidence: [] }, 'evidence'],
    ],
  },
  RegisterMediationBody: {
    passes: [
      { name: 'Centre', type: 'industry-body', region: '330602', regions: ['330600'], kinds: ['industry'], uscc: USCC },
    ],
    fails: [
      [{ name: 'Centre', type: 'industry-body', region: '330602', regions: [], kinds: ['industry'] }, 'regions'],
      [{ name: 'Centre', type: 'industry-body', region: '330602', regions: ['33'], kinds: ['industry'] }, 'regions'],
      [{ name: 'Centre', type: 'industry-body', region: '330602', regions: ['330600'], kinds: ['private'] }, 'kinds'],
      [
        {
          name: 'Centre',
          type: 'industry-body',
          region: '330602',
          regions: ['330600'],
          kinds: ['industry'],
          uscc: '1',
        },
        'uscc',
      ],
    ],
  },
  RegisterMediator: {
    passes: [
      { name: '李四', region: '330602', regions: ['330600'], kinds: ['administrative'], qualifications: ['lawyer'] },
    ],
    fails: [
      [
        { name: '李四', region: '330602', regions: ['330600'], kinds: ['administrative'], qualifications: [] },
        'qualifications',
      ],
    ],
  },
  DeclareMediatorInterest: {
    passes: [{ uscc: USCC }, { relativeName: '王五', relativePhone: '13800130000' }],
    fails: [[{ relativePhone: 'none' }, 'relativePhone']],
  },
};

const classes = { ...commands, ...rosterCommands } as unknown as Record<string, new () => object>;

describe.each(Object.keys(BODIES))('%s', (name) => {
  it('takes what it is made for, and says which field is at fault', () => {
    const validate = validatorOf(classes[name]!);
    for (const body of BODIES[name]!.passes) expect({ body, ...validate(body) }).toMatchObject({ command: body });
    for (const [body, field] of BODIES[name]!.fails) {
      expect({ body, ...validate(body) }).toMatchObject({ errors: [{ field }] });
    }
  });
});

it('every command has its row, and no two rows one route', () => {
  const tables = [mediationsTable, mediationBodiesTable, mediatorsTable];
  const rows = tables.flatMap((table) => table.commands.map((row) => ({ table, row })));
  expect(new Set(rows.map(({ row }) => row.command.name))).toEqual(new Set(Object.keys(classes)));
  expect(new Set(rows.map(({ table, row }) => `${table.collection}/${row.action}`)).size).toBe(rows.length);
});

it('free text never reaches an event', () => {
  // The reason of a late entry is a code.
  for (const row of mediationsTable.commands.filter(({ action }) => action !== 'verify-late-entry')) {
    const texts = ['reason', 'terms', 'description'].filter((field) => field in new row.command());
    const kept = Object.values(row.personal ?? {}).flatMap((fields) => (fields as { text?: string[] }).text ?? []);
    for (const text of texts) expect({ action: row.action, kept }).toMatchObject({ kept: [text] });
  }
});
