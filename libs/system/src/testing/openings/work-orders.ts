import { MARKERS } from '../drawn-command.ts';
import type { Teller } from '../teller.ts';
import { BUREAU, complaint, dispute, DISTRICT, HELD, PROOF, TEXT } from './parts.ts';

/** Tickets of a hotline: pushed twice, taken apart, sent, prolonged, given back, answered, called back and opened again. */
export function workOrders(t: Teller): void {
  const ticket = { channel: '12345', externalNo: 'NO-1', handlingRegion: DISTRICT, content: TEXT };
  const about = { ...ticket, receivedAt: t.at(-2), complainantName: MARKERS.word };
  const id = t.open('workOrder/register', about);
  t.refused('WORK_ORDER_PAYLOAD_CONFLICT', 'workOrder/register', id, { ...about, sector: '零售' });
  t.on('workOrder', id, ['resolve-conflict', { conflict: 1, keep: 'pushed' }]);
  const disputes = [dispute(t), dispute(t)] as const;
  for (const of of disputes) {
    t.process('workOrder/suspect-duplicate', id, { of, likeness: 90, reasons: ['same-respondent'] });
  }
  t.on('workOrder', id, ['dismiss-duplicate', { of: disputes[1], note: TEXT }]);
  t.on(
    'workOrder',
    id,
    ['classify', { classification: 'mixed' }],
    ['link-to-dispute', { disputeId: disputes[0] }],
    'split',
  );
  const complaintId = complaint(t, disputes[0]);
  t.on('workOrder', id, ['link-complaint', { complaintId }]);
  const reportId = t.open('report/receive', { ...HELD, respondentName: MARKERS.word, content: TEXT });
  t.on('workOrder', id, ['link-report', { reportId }]);
  t.on('workOrder', id, [
    'dispatch',
    { authority: BUREAU, handlingRegion: DISTRICT, dueAt: t.at(120) },
    { by: 'hotline' },
  ]);
  t.on('workOrder', id, ['request-extension', { note: TEXT }], ['grant-extension', { dueAt: t.at(200) }]);
  t.on('workOrder', id, ['request-extension', { note: TEXT }], ['refuse-extension', { note: TEXT }]);
  t.on('workOrder', id, ['return', { reasonCode: 'not-competent', note: TEXT }]);
  t.on('workOrder', id, [
    'dispatch',
    { authority: BUREAU, handlingRegion: DISTRICT, dueAt: t.at(60) },
    { by: 'hotline' },
  ]);
  t.later(9);
  t.on('workOrder', id, ['reply', { outcome: 'handled', text: TEXT }, { ago: 9 * 24 - 2 }]);
  t.on('workOrder', id, [
    'verify-late-entry',
    { clock: 'handling', reason: 'paper-record', evidence: PROOF },
    { by: 'officer:2' },
  ]);
  t.on('workOrder', id, 'close', ['record-callback', { answeredBy: 'complainant', satisfaction: 'satisfied' }]);
  t.on('workOrder', id, ['reopen', { reasonCode: 'not-performed', dueAt: t.at(240), note: TEXT }]);

  const other = t.open('workOrder/register', { ...ticket, externalNo: 'NO-2', receivedAt: t.at(-2) });
  t.on('workOrder', other, ['classify', { classification: 'consultation' }], ['redirect', { route: 'consultation' }]);

  // The complaint names the letter that it comes from: that is told by a process.
  const letter = t.open('workOrder/register', { ...ticket, externalNo: 'NO-4', receivedAt: t.at(-2) });
  t.on(
    'workOrder',
    letter,
    ['classify', { classification: 'complaint' }],
    ['link-to-dispute', { disputeId: disputes[1] }],
  );
  complaint(t, disputes[1], { workOrderId: letter });

  // The dispute of a ticket that was answered turns out to be another one: the ticket counts all the same (T-13).
  t.on('dispute', disputes[0], ['merge-into', { primary: disputes[1], reason: TEXT }]);

  // In Shandong a rule tells in how many days a ticket is handled, so that the calendar moves it.
  const inZibo = { channel: '12345', externalNo: 'NO-3', handlingRegion: '370302', receivedAt: t.at(-2) };
  const ruled = t.open('workOrder/register', inZibo);
  t.on('workOrder', ruled, ['classify', { classification: 'report' }]);
  t.on('workOrder', ruled, ['dispatch', { authority: BUREAU, handlingRegion: '370302' }, { by: 'hotline' }]);
  t.amendCalendar(8);
}

/** Disputes of one and of several: the first body that was asked, merging, and what comes again. */
export function disputes(t: Teller): void {
  const first = dispute(t, { respondentUscc: undefined });
  const body = { authority: BUREAU, region: DISTRICT };
  t.on('dispute', first, [
    'identify-respondent',
    { respondentUscc: '9144030071526726XG', respondentRegion: DISTRICT, reason: 'became-known' },
  ]);
  t.on('dispute', first, ['assign-first-inquiry', { ...body, basis: 'contact' }]);
  const to = { toAuthority: '乙区市场监管局', toRegion: '330603', reason: TEXT };
  t.on('dispute', first, ['offer-hand-off', to, { by: 'hotline' }]);
  t.on('dispute', first, ['decline-hand-off', { offer: 1, code: 'not-competent', reason: TEXT }, { by: 'officer' }]);
  t.on(
    'dispute',
    first,
    ['offer-hand-off', to, { by: 'hotline' }],
    ['accept-hand-off', { offer: 2 }, { by: 'officer' }],
  );
  for (const name of ['甲', '乙']) {
    t.on('dispute', first, [
      'join-complainant',
      { complainantName: `${MARKERS.word}${name}`, complainantPhone: MARKERS.phone },
    ]);
  }
  t.on('dispute', first, ['choose-representatives', { representatives: [1], evidence: PROOF }]);
  const joint = complaint(t, first);
  t.on('dispute', first, [
    'record-represented-consent',
    { act: 'withdrawal', procedure: `complaint-${joint}`, consenting: [2, 3], evidence: PROOF },
  ]);
  t.on('complaint', joint, ['withdraw', { by: 'representative', evidence: PROOF }]);
  t.later(1);
  const second = dispute(t);
  t.on(
    'dispute',
    second,
    ['merge-into', { primary: first }],
    ['unmerge', { reason: TEXT }],
    ['confirm-repeat', { earlier: first }],
  );
  const third = dispute(t);
  t.walk.suspect(third, second);
  t.on('duplicate', third, ['dismiss', { of: second, note: TEXT }]);
  const fourth = dispute(t);
  t.on('dispute', fourth, ['merge-into', { primary: first }]);
  const content = {
    mediaType: 'application/pdf',
    bytes: 9,
    sha256: HASH,
    contentKey: `${'A'.repeat(43)}=`,
    fileName: TEXT,
  };
  t.walk.asProcess(
    'evidence',
    'record',
    { disputeId: first, kind: 'payment', audience: 'parties', ...content },
    'evidence-1',
  );
  t.process('evidence/erase', 'evidence-1', { reason: 'requested-by-person' });
}

const HASH = 'ab'.repeat(32);
