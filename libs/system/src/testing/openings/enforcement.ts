import { MARKERS } from '../drawn-command.ts';
import type { Teller } from '../teller.ts';
import {
  accepted,
  BUREAU,
  CONDITIONS,
  dispute,
  DISTRICT,
  filedCase,
  HEAD,
  HELD,
  inSession,
  OTHER_BUREAU,
  OTHER_DISTRICT,
  PROOF,
  SHOP,
  TEXT,
} from './parts.ts';

const ABOUT = { respondentUscc: SHOP, respondentName: MARKERS.word, content: TEXT };
const report = (t: Teller) =>
  t.open('report/receive', { ...HELD, ...ABOUT, reporterName: MARKERS.word, reporterPhone: MARKERS.phone });

/** Reports: whose they are, what repeats them, their verification, and what the head decided. */
export function reports(t: Teller): void {
  const id = report(t);
  t.on('report', id, ['raise-competence-dispute', { otherAuthority: OTHER_BUREAU }]);
  t.on('report', id, ['resolve-competence-dispute', { outcome: 'sent-up' }]);
  t.on('report', id, ['designate-authority', { competentAuthority: BUREAU, competentRegion: DISTRICT }]);
  t.on('report', id, 'start-verification', ['suspend-verification', { kind: 'testing' }]);
  t.later(1);
  t.on('report', id, ['resume-verification', { standstill: '1' }], ['extend-verification', { workingDays: 10 }, HEAD]);
  const again = report(t);
  t.on('report', again, ['mark-repeat', { earlierReport: id }]);
  const later = report(t);
  t.on('report', id, ['merge-new-facts', { laterReport: later, content: TEXT }], 'complete-verification');
  t.later(50);
  t.on('report', id, ['file-case', { conditions: CONDITIONS }, { ...HEAD, ago: 49 * 24 }]);
  t.on('report', id, [
    'verify-late-entry',
    { clock: 'verification', reason: 'paper-record', evidence: PROOF },
    { by: 'officer:3' },
  ]);
  t.on('report', id, ['notify-reporter', { channel: 'phone', basis: 'law-1' }]);
  const dropped = report(t);
  t.on('report', dropped, 'start-verification', 'complete-verification');
  t.on('report', dropped, ['decline-filing', { ground: '19', unmet: ['penalty-due'], reason: TEXT }, HEAD]);
  const contested = report(t);
  t.on('report', contested, 'start-verification', 'complete-verification');
  t.on('report', contested, ['raise-competence-dispute', { otherAuthority: OTHER_BUREAU }]);
  t.refused('UNKNOWN_DISPUTE', 'report/receive', undefined, { ...HELD, ...ABOUT, disputeId: id });
  const elsewhere = report(t);
  t.on('report', elsewhere, ['inform-incompetent', { channel: 'phone', competentAuthority: OTHER_BUREAU }]);
  report(t);
  t.amendCalendar(14);
}

/** A case from a clue to its closing, with all that may stand in between. */
export function cases(t: Teller): void {
  const disputeId = dispute(t);
  const complaintId = accepted(t, disputeId);
  const mediationId = inSession(t, disputeId, complaintId);
  t.on('mediation', mediationId, ['report-clue', { description: TEXT, evidence: PROOF }]);
  const clue = { origin: 'mediation', mediationId, clueId: `${mediationId}.1`, ...HELD, content: TEXT };
  const id = t.open('case/open', clue);
  t.on(
    'case',
    id,
    ['extend-clue-verification', { workingDays: 5 }, HEAD],
    ['suspend-clue-verification', { kind: 'testing' }],
  );
  t.later(1);
  t.on('case', id, 'resume-clue-verification', 'complete-clue-verification', [
    'file',
    { conditions: CONDITIONS },
    HEAD,
  ]);
  t.on('case', id, ['convert-complaint', { complaintId: accepted(t, dispute(t)) }]);
  const filed = report(t);
  t.on('report', filed, 'start-verification', 'complete-verification', ['file-case', { conditions: CONDITIONS }, HEAD]);
  t.on('case', id, ['link-report', { reportId: filed }]);
  investigated(t, id);
  t.on('case', id, ['serve-notice', { proposedFineFen: 9_000, proposedConfiscatedFen: 0 }]);
  t.on('case', id, ['record-statement', { statement: TEXT }], 'request-hearing', 'start-hearing');
  t.later(1);
  t.on('case', id, 'end-hearing', ['decide', { result: 'penalty', penalties: ['fine'], fineFen: 9_000 }, HEAD]);
  t.later(45);
  t.on('case', id, ['publish-penalty', { url: 'https://example.org/a' }, { ago: 44 * 24 }]);
  const late = { clock: 'penalty-publicity', reason: 'paper-record', evidence: PROOF };
  t.on('case', id, ['verify-late-entry', late, { by: 'officer:3' }]);
  t.on('case', id, 'publish-service-notice');
  t.later(45);
  t.on('case', id, ['serve', { mode: 'public-notice' }]);
  t.on('case', id, ['record-execution', { mode: 'performed', collectedFen: 9_000 }]);
  t.on('case', id, ['submit-closing-form', { form: 'form-1' }], ['close', {}, HEAD]);
  t.on('case', id, ['revise-penalty', { revision: 'annulled' }, HEAD], 'withdraw-publication');

  const dropped = t.open('case/open', { origin: 'inspection', ...HELD, content: TEXT });
  t.on('case', dropped, 'complete-clue-verification', [
    'decline',
    { ground: '19', unmet: ['penalty-due'], reason: TEXT },
    HEAD,
  ]);
  const elsewhere = filedCase(t);
  t.on('case', elsewhere, ['start-investigation', { officers: ['o-1', 'o-2'] }], 'submit-for-review', [
    'review',
    { opinion: 'agreed' },
    HEAD,
  ]);
  t.on('case', elsewhere, ['serve-notice', { proposedFineFen: 9_000, proposedConfiscatedFen: 0 }], 'waive-statement');
  const abroad = { result: 'penalty', penalties: ['fine'], fineFen: 900, registeredIn: '370302', isPartyPresent: true };
  t.on('case', elsewhere, ['decide', abroad, HEAD], ['hand-over-penalty', { otherAuthority: OTHER_BUREAU }]);
  t.on('case', filedCase(t), ['start-investigation', { officers: ['o-1', 'o-2'] }], 'suspect-crime');
  t.open('case/open', { origin: 'inspection', ...HELD, content: TEXT });
  t.amendCalendar(15);
}

function investigated(t: Teller, id: string): void {
  t.on('case', id, ['start-investigation', { officers: ['o-1', 'o-2'] }]);
  t.on('case', id, ['suspend', { kind: 'case-suspended', ground: 'other-case-pending' }]);
  t.later(1);
  t.on(
    'case',
    id,
    'resume',
    ['extend', { grantedBy: 'head', days: 30 }, HEAD],
    ['request-assistance', { otherAuthority: OTHER_BUREAU }],
  );
  t.on('case', id, 'record-assistance-delay', 'record-assistance', 'submit-for-review');
  t.on('case', id, ['extend-review', { workingDays: 5 }, HEAD], ['review', { opinion: 'agreed' }, HEAD]);
}

/** A crime is suspected: reported, sent on, declined and reconsidered, filed after all. */
export function criminalReferrals(t: Teller): void {
  const team = () => {
    const caseId = filedCase(t);
    t.on('case', caseId, ['start-investigation', { officers: ['o-1', 'o-2'] }], 'suspect-crime');
    return t.open('crimref/appoint-team', { caseId, officers: ['o-1', 'o-2'] });
  };
  const papers = {
    transferLetter: 'doc-1',
    investigationReport: 'doc-2',
    itemList: 'doc-3',
    testReport: 'doc-4',
    otherMaterials: 'doc-5',
  };
  const police = '甲区公安局';
  const transferred = () => {
    const id = team();
    t.on(
      'crimref',
      id,
      ['submit-report', { report: 'doc-9' }],
      ['approve', {}, HEAD],
      ['transfer', { police, ...papers }],
    );
    t.on('crimref', id, ['record-receipt', { police }]);
    return id;
  };
  const id = transferred();
  t.on('crimref', id, ['record-reroute', { police: '乙区公安局' }], ['record-receipt', { police: '乙区公安局' }]);
  t.on('crimref', id, 'record-declining', 'request-reconsideration', ['record-reconsideration', { result: 'upheld' }]);
  t.on(
    'crimref',
    id,
    ['request-supervision', { procuratorate: '甲区检察院' }],
    ['record-supervision', { result: 'police-to-file' }],
  );
  t.on('crimref', id, 'record-filing');
  t.later(9);
  t.on('crimref', id, ['hand-over', { evidence: PROOF }, { ago: 8 * 24 }]);
  const late = { clock: 'materials-hand-over', reason: 'paper-record', evidence: PROOF };
  t.on('crimref', id, ['verify-late-entry', late, { by: 'officer:3' }]);
  const dropped = team();
  t.on('crimref', dropped, ['submit-report', { report: 'doc-9' }], ['disapprove', { reason: TEXT }, HEAD]);
  const reversed = transferred();
  t.on('crimref', reversed, 'record-declining', 'request-reconsideration', [
    'record-reconsideration',
    { result: 'reversed' },
  ]);
  const left = transferred();
  t.on('crimref', left, 'record-declining', ['request-supervision', { procuratorate: '甲区检察院' }]);
  t.on('crimref', left, ['record-supervision', { result: 'not-to-file' }]);
  transferred();
  t.amendCalendar(16);
}

/** Complaint information: shown to everybody, objected to, corrected, withdrawn, run out; and what is not shown. */
export function publications(t: Teller): void {
  const closed = () => {
    const id = accepted(t, dispute(t));
    t.on('complaint', id, ['record-settlement', { evidence: PROOF, recoveredFen: 900 }]);
    t.on('complaint', id, ['conclude', { result: 'terminated', ground: '23(1)(1)' }]);
    t.on('complaint', id, ['notify-termination', { channel: 'mail' }]);
    return id;
  };
  const planned = () => {
    closed();
    // A process has put it into the queue.
    const id = t.standing('publication', 'planned')[0]!;
    t.on('publication', id, ['check-consent', { consent: 'agreed', evidence: PROOF }]);
    return id;
  };
  const shown = () => {
    const id = planned();
    t.on('publication', id, ['redact', { problem: 'quality', businessName: '甲商户', summary: '退款问题' }], 'publish');
    return id;
  };
  const id = shown();
  const objection = { by: 'complainant', reason: TEXT, evidence: PROOF };
  t.on('publication', id, ['object', objection], ['decide-objection', { result: 'rejected', reason: TEXT }]);
  t.on('publication', id, ['correct', { reason: TEXT, problem: 'price', businessName: '甲商户' }]);
  t.on('publication', id, ['withdraw', { cause: 'published-in-error', note: TEXT }]);
  const excluded = planned();
  t.on('publication', excluded, ['exclude', { reason: 'personal-privacy', note: TEXT }]);
  const late = planned();
  t.on('publication', late, ['redact', { problem: 'quality', businessName: '甲商户', summary: '退款问题' }]);
  t.later(40);
  t.on('publication', late, ['publish', {}, { ago: 39 * 24 }]);
  t.on('publication', late, [
    'verify-late-entry',
    { clock: 'publication', reason: 'paper-record', evidence: PROOF },
    { by: 'officer:2' },
  ]);
  planned();
  shown();
  const complaintId = closed();
  const elsewhere = { field: 'respondentRegion', respondentRegion: OTHER_DISTRICT, reason: TEXT };
  t.on('complaint', complaintId, ['correct-field', elsewhere], ['approve-correction', {}, { by: 'officer:2' }]);
  t.open('publication/plan', { complaintId });
  t.amendCalendar(17);
  shown();
  t.later(40);
}
