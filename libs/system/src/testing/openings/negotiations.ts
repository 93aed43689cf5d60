import type { Clocks } from '#law';
import { MARKERS } from '../drawn-command.ts';
import type { Teller } from '../teller.ts';
import { complaint, dispute, DISTRICT, OPERATOR, PROOF, SHOP, TEXT } from './parts.ts';

const subject = (t: Teller, uscc: string, name: string) => t.open('subject/register', { uscc, name, region: DISTRICT });
const opened = (t: Teller, more: object = {}) =>
  t.open('negotiation/open', { disputeId: dispute(t), respondentUscc: SHOP, venue: 'merchant', ...more });

/** The register: its subjects, members, stations, schemes, stores and promises, from their beginning to their end. */
export function registry(t: Teller): void {
  subject(t, SHOP, '甲商户');
  subject(t, OPERATOR, '甲基金');
  t.on('subject', SHOP, ['rename', { name: '乙商户' }], 'open-green-channel');
  t.on('subject', SHOP, ['suspend-green-channel', { reason: 'own-request' }], 'resume-green-channel');
  t.on('subject', SHOP, ['close-green-channel', { reason: 'own-request' }]);
  t.open('odrMembership/apply', { uscc: SHOP });
  const met = { fixedPlace: true, staff: 2, computerOnline: true, dedicatedTelephone: true, writtenProcedure: true };
  const files = { application: 'doc-1', promiseLetter: 'doc-2', licenceCopy: 'doc-3' };
  t.on('odrMembership', SHOP, ['record-conditions', { ...met, ...files }], 'approve', 'activate');
  t.on('odrMembership', SHOP, ['suspend', { reason: 'duties-neglected' }], 'reactivate', [
    'expel',
    { reason: 'duties-neglected' },
  ]);
  t.open('odrMembership/apply', { uscc: SHOP });
  t.on('odrMembership', SHOP, ['withdraw', { reason: 'own-request' }]);
  const station = t.open('serviceStation/open', {
    name: '甲站',
    region: DISTRICT,
    hostUscc: SHOP,
    keeperName: MARKERS.word,
  });
  t.on('serviceStation', station, ['appoint-keeper', { keeperName: MARKERS.word, keeperPhone: MARKERS.phone }]);
  t.on('serviceStation', station, ['suspend', { reason: 'own-request' }], 'resume', [
    'close',
    { reason: 'own-request' },
  ]);
  const shop = { operatorUscc: SHOP, kind: 'physical', name: '甲店', region: DISTRICT };
  const store = t.open('store/register', shop);
  t.on('store', store, ['rename', { name: '乙店' }]);
  t.on('commitment', t.open('commitment/make', { store, kind: 'no-reason-return', termDays: 7 }), [
    'withdraw',
    { reason: 'own-request' },
  ]);
  t.on('store', store, ['close', { reason: 'moved' }]);
  const scheme = t.open('advanceScheme/open', {
    name: '甲基金',
    operatorUscc: OPERATOR,
    capPerCaseFen: 9_000,
    validFrom: t.day(),
  });
  t.on('advanceScheme', scheme, ['admit-member', { uscc: SHOP }], ['release-member', { uscc: SHOP }]);
  t.on('advanceScheme', scheme, ['suspend', { reason: 'own-request' }], 'resume', [
    'close',
    { reason: 'funds-exhausted' },
  ]);
}

/** Offers up to a settlement that is confirmed, disputed, or stands because nobody spoke. */
export function negotiations(t: Teller): void {
  subject(t, SHOP, '甲商户');
  subject(t, OPERATOR, '甲基金');
  const id = opened(t);
  const forConsumer = { onBehalfOf: 'consumer' };
  const merchant = { by: 'merchant' } as const;
  t.on('negotiation', id, ['acknowledge', {}, merchant], ['propose', { amountFen: 500, terms: TEXT, ...forConsumer }]);
  t.on('negotiation', id, ['counter', { amountFen: 400 }, merchant], ['agree', { offer: 2, ...forConsumer }]);
  t.on('negotiation', id, 'claim', ['notify-claim', { channel: 'sms' }], ['confirm', { offer: 2, recoveredFen: 400 }]);
  const said = { handledOn: t.day(), course: TEXT, mode: 'phone', result: 'settled' };
  t.on('negotiation', id, ['feed-back-result', said], ['dispute-settlement', { reason: 'not-performed' }], 'escalate');

  const silent = opened(t);
  t.on('negotiation', silent, 'claim', ['notify-claim', { channel: 'sms' }]);
  t.later(5);
  const { disputeId } = t.state<{ readonly disputeId: string }>('negotiation', silent);
  complaint(t, disputeId);

  const failed = opened(t);
  t.on('negotiation', failed, ['fail', { reason: 'no-agreement', onBehalfOf: 'operator' }]);
  const [proposed] = t.standing('proposal', 'open');
  t.on('proposal', proposed!, ['dismiss', { reason: 'not-wanted-by-party' }]);
  const lapsed = opened(t);
  const { negotiation } = t.state<{ readonly clocks: Clocks }>('negotiation', lapsed).clocks;
  t.walk.remind(t.walk.world.streams.get(`negotiation-${lapsed}`)!, negotiation!, 'amber');
  t.later(20);
  t.on('negotiation', lapsed, 'escalate');

  const scheme = t.open('advanceScheme/open', {
    ...{ name: '甲基金', operatorUscc: OPERATOR, validFrom: t.day() },
    ...{ capPerCaseFen: 9_000, capTotalFen: 90_000 },
  });
  t.on('advanceScheme', scheme, ['admit-member', { uscc: SHOP }]);
  const paid = opened(t);
  t.on('advanceScheme', scheme, ['allot', { negotiationId: paid, amountFen: 900 }]);
  t.on('negotiation', paid, ['pay-in-advance', { scheme, amountFen: 500, evidence: PROOF }]);
  t.on('negotiation', paid, ['record-recourse', { scheme, amountFen: 500, evidence: PROOF }]);
  t.on('advanceScheme', scheme, ['release-allotment', { negotiationId: paid, amountFen: 900 }]);
  const store = t.open('store/register', { operatorUscc: SHOP, kind: 'physical', name: '甲店', region: DISTRICT });
  t.open('commitment/make', { store, kind: 'no-reason-return', termDays: 7 });
  t.on('negotiation', paid, ['request-return', { basis: 'commitment', signedOn: t.day(), store }]);
  t.on('negotiation', paid, ['refuse-return', { ground: 'goods-not-intact' }, { by: 'merchant' }]);
  const returned = opened(t);
  t.on('negotiation', returned, ['request-return', { basis: 'online', signedOn: t.day(-1) }], 'receive-goods');
  t.later(12);
  t.on('negotiation', returned, ['refund-return', { amountFen: 900 }, { ago: 11 * 24 }]);
  const late = { clock: 'return-refund', reason: 'paper-record', evidence: PROOF };
  t.on('negotiation', returned, ['verify-late-entry', late, { by: 'officer:2' }]);
  opened(t);
  t.amendCalendar(10);
}
