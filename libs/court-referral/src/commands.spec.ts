import { describe, expect, it } from '@jest/globals';
import { usccOf } from '#kernel';
import { routeOf, validatorOf } from '#service';
import {
  AgreeInCourtMediation,
  AssignFromCourt,
  ExtendCourtMediation,
  OfferCourtRoute,
  PackageMaterials,
  RecordCourtFiling,
  ReportShamMediation,
  ReturnCaseToCourt,
  TransferToCourt,
} from './commands.ts';
import { referralsTable } from './court-referral.module.ts';
import { referralSchemas, referralWords } from './events.ts';

/** Names of the fields at fault. */
function faults(type: new () => object, body: object): string[] {
  return [...new Set((validatorOf(type)(body).errors ?? []).map(({ field }) => field))];
}

const ID = '01JN0000000000000000000000';
const assignment = {
  court: '某法院',
  courtCaseNo: '（2026）浙0602诉前调123号',
  kind: 'pre-filing',
  handlingRegion: '330602',
};

describe('commands', () => {
  it.each<[new () => object, object]>([
    [OfferCourtRoute, { disputeId: ID, handlingRegion: '330602', purpose: 'suit', mediationId: ID }],
    [
      PackageMaterials,
      { items: ['evidence=evidence-01', 'concession=doc-1'], factsAgreedBy: ['consumer', 'merchant'] },
    ],
    [
      TransferToCourt,
      {
        package: '0a1b2c3d-0000-8000-8000-000000000000',
        court: '某法院',
        jurisdictionBasis: 'agreed-court',
      },
    ],
    [AssignFromCourt, assignment],
    [
      AssignFromCourt,
      { ...assignment, procedure: 'summary', bodyId: ID, consents: ['merchant'], materials: ['doc-1'] },
    ],
    [ReturnCaseToCourt, { report: 'evidence-01' }],
  ])('%p takes %j', (type, body) => {
    expect(faults(type, body)).toEqual([]);
  });

  it.each<[new () => object, object, string]>([
    [PackageMaterials, { items: [] }, 'items'],
    [PackageMaterials, { items: ['evidence'] }, 'items'],
    [PackageMaterials, { items: ['evidence=Mr Zhang said so'] }, 'items'],
    [PackageMaterials, { items: 'evidence=doc-1' }, 'items'],
    [PackageMaterials, { items: ['evidence=doc-1'], factsAgreedBy: ['court'] }, 'factsAgreedBy'],
    [TransferToCourt, { package: 'x', court: 'x', jurisdictionBasis: 'agreed-court' }, 'package'],
    [AssignFromCourt, { ...assignment, courtCaseNo: 'a b' }, 'courtCaseNo'],
    [AssignFromCourt, { ...assignment, courtCaseNo: '13800138000' }, 'courtCaseNo'],
    [AssignFromCourt, { ...assignment, court: '电话13800138000' }, 'court'],
    [AssignFromCourt, { ...assignment, kind: 'delegated' }, 'kind'],
    [AssignFromCourt, { ...assignment, consents: ['consumer', 'consumer', 'merchant'] }, 'consents'],
    [RecordCourtFiling, {}, 'courtCaseNo'],
    [RecordCourtFiling, { courtCaseNo: '1', evidence: ['seen by Mr Zhang'] }, 'evidence'],
    [ExtendCourtMediation, { days: 0, agreedBy: [], evidence: ['doc-1'] }, 'days'],
    [ExtendCourtMediation, { days: 5, agreedBy: [], evidence: [] }, 'evidence'],
    [ReportShamMediation, { indications: [], reason: 'r' }, 'indications'],
    [ReportShamMediation, { indications: ['odd'], reason: 'r' }, 'indications'],
    [AgreeInCourtMediation, { agreedBy: ['consumer', 'merchant'], evidence: [] }, 'evidence'],
    [ReturnCaseToCourt, { report: 'see my letter' }, 'report'],
  ])('%p refuses %j', (type, body, field) => {
    expect(faults(type, body)).toEqual([field]);
  });
});

describe('the table', () => {
  it('creates in two ways, each at a route of its own', () => {
    const creating = referralsTable.commands.filter(({ creates }) => creates === true);
    expect(creating.map(routeOf)).toEqual(['', '/assign']);
    const routes = referralsTable.commands.map(routeOf);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('filters and sorts only by declared indexes', () => {
    for (const { projection, filters, sort } of referralsTable.views) {
      const indexes = Object.values(projection.indexes).map(String);
      for (const field of Object.values(filters)) expect(indexes).toContain(`${field},${sort?.field}`);
      expect(indexes).toContain(sort?.field);
    }
  });

  it('moves what says who somebody is, and what somebody wrote, into the vault', () => {
    const moved = referralsTable.commands.flatMap(({ personal }) =>
      Object.values(personal ?? {}).flatMap((fields) => Object.values(fields).flat()),
    );
    expect([...new Set(moved)].sort()).toEqual([
      'claimantName',
      'claimantPhone',
      'content',
      'reason',
      'respondentName',
    ]);
  });

  it('scopes an assignment by its region and its respondent, said or of the dispute', () => {
    const scope = referralsTable.commands.find(({ action }) => action === 'assign')!.scope!;
    const uscc = usccOf('91330600', '12345678');
    const read = { respondentUscc: uscc };
    expect(scope(assignment, { dispute: read })).toEqual({ region: '330602', subject: uscc });
    expect(scope({ ...assignment, respondentUscc: uscc.toLowerCase() }, {})).toEqual({
      region: '330602',
      subject: uscc,
    });
    expect(scope(assignment, {})).toEqual({ region: '330602', subject: null });
  });

  it('keeps the suspicion of a sham from the merchant', () => {
    expect(referralsTable.views.flatMap(({ roles }) => roles)).not.toContain('merchant');
  });

  it('says every event in words', () => {
    expect(Object.keys(referralWords).sort()).toEqual(Object.keys(referralSchemas).sort());
  });
});
