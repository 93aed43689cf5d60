import { MARKERS } from '../drawn-command.ts';
import type { Teller } from '../teller.ts';
import { accepted, complaint, dispute, DISTRICT, HEAD, OTHER_BUREAU, OTHER_DISTRICT, PROOF, TEXT } from './parts.ts';

/** From the receipt to the decision: who it is, who is competent, and what becomes of those it is not accepted for. */
export function beforeAcceptance(t: Teller): void {
  const disputeId = dispute(t);
  const id = complaint(t, disputeId);
  t.on('complaint', id, ['appoint-agent', { agentName: MARKERS.word, agentPhone: MARKERS.phone, mandate: PROOF }]);
  t.on(
    'complaint',
    id,
    ['request-identity-proof', { dueOn: t.day(3) }],
    ['submit-identity-proof', { evidence: PROOF }],
  );
  t.on('complaint', id, ['determine-competence', { competent: true, respondentKind: 'general', basis: 'domicile' }]);
  t.on('complaint', id, ['raise-competence-dispute', { withAuthority: OTHER_BUREAU }]);
  t.on('complaint', id, [
    'resolve-competence-dispute',
    { competentAuthority: '甲区市场监管局', competentRegion: DISTRICT },
  ]);
  t.on('complaint', id, ['decline', { ground: '16(1)', reason: TEXT, remedies: ['arbitration'] }]);
  t.later(12);
  t.on('complaint', id, ['notify-acceptance-decision', { channel: 'mail' }, { ago: 11 * 24 }]);
  const late = { clock: 'acceptance', reason: 'paper-record', evidence: PROOF };
  t.on('complaint', id, ['verify-late-entry', late, { by: 'officer:2' }]);
  t.on('complaint', id, ['reopen', { reason: TEXT }, HEAD]);

  const other = complaint(t, dispute(t));
  t.on('complaint', other, ['request-identity-proof', { dueOn: t.day(1) }]);
  t.later(2);
  t.on('complaint', other, ['feed-back-incompetence', { reason: TEXT }]);
  t.on('complaint', other, ['transfer', { toAuthority: OTHER_BUREAU, toRegion: OTHER_DISTRICT }, { by: 'hotline' }]);
  t.on('complaint', other, ['receive-transfer', { authority: OTHER_BUREAU }]);
  t.on('complaint', other, ['raise-competence-dispute', { withAuthority: '丙区市场监管局' }]);
  t.on('complaint', other, ['send-up-competence-dispute', { higherAuthority: '绍兴市市场监管局' }]);
  t.on('complaint', other, [
    'designate-authority',
    { competentAuthority: OTHER_BUREAU, competentRegion: OTHER_DISTRICT },
  ]);
  t.amendCalendar(9);
}

/** From the acceptance to the end, and after it. */
export function afterAcceptance(t: Teller): void {
  const disputeId = dispute(t);
  const id = accepted(t, disputeId);
  t.on('complaint', id, 'propose-self-settlement', ['start-appraisal', { kind: 'testing' }], 'complete-appraisal');
  t.on(
    'complaint',
    id,
    ['record-settlement', { evidence: PROOF, recoveredFen: 900 }],
    ['retract-settlement', { reason: TEXT }],
  );
  t.on('complaint', id, ['record-consent', { party: 'respondent', agrees: false }]);
  t.on('complaint', id, ['correct-field', { field: 'sector', sector: '零售', reason: TEXT }], 'reject-correction');
  t.on(
    'complaint',
    id,
    ['correct-field', { field: 'sector', sector: '餐饮', reason: TEXT }],
    ['approve-correction', {}, { by: 'officer:2' }],
  );
  t.on(
    'complaint',
    id,
    ['conclude', { result: 'terminated', ground: '23(1)(2)' }],
    ['notify-termination', { channel: 'mail' }],
  );
  t.on('complaint', id, [
    'record-follow-up',
    { channel: 'phone', reached: true, performance: 'performed' },
    { by: 'hotline' },
  ]);
  t.on('complaint', id, ['record-satisfaction', { satisfaction: 'satisfied' }], ['reopen', { reason: TEXT }, HEAD]);

  t.hoursLater(1);
  const duplicate = complaint(t, disputeId);
  t.on('complaint', duplicate, ['merge-into', { primary: id }], ['unmerge', { reason: TEXT }]);
  const merged = complaint(t, disputeId);
  t.on('complaint', merged, ['merge-into', { primary: id }]);

  const settled = accepted(t, dispute(t));
  t.on('complaint', settled, ['record-settlement', { evidence: PROOF, recoveredFen: 900 }]);
  t.on('complaint', settled, ['conclude', { result: 'terminated', ground: '23(1)(1)' }]);
  const abused = accepted(t, dispute(t));
  t.on('complaint', abused, ['disqualify', { basis: '16(3)', reason: TEXT, evidence: PROOF }]);
  t.on('complaint', abused, ['conclude', { result: 'terminated', ground: '23(1)(6)' }]);
  const withdrawn = complaint(t, dispute(t));
  t.on('complaint', withdrawn, ['withdraw', { by: 'complainant' }]);
}
