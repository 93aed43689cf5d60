import { MARKERS } from '../drawn-command.ts';
import type { Teller } from '../teller.ts';
import {
  accepted,
  agreed,
  body,
  BOTH,
  dispute,
  DISTRICT,
  HASH,
  held,
  inSession,
  mediator,
  PROOF,
  SHOP,
  TEXT,
} from './parts.ts';

/** Bodies and mediators of the roster. */
export function roster(t: Teller): void {
  const committee = body(t, 'peoples-mediation-committee', ['peoples', 'delegated']);
  const reach = { regions: [DISTRICT], kinds: ['peoples', 'delegated', 'court-invited'] };
  t.on('mediationBody', committee, ['revise', reach], ['suspend', { cause: 'under-review' }], 'reinstate');
  const id = mediator(t, { bodyId: committee, kinds: ['peoples'], qualifications: ['peoples-mediator'] });
  t.on('mediator', id, [
    'revise',
    { regions: [DISTRICT], kinds: ['peoples', 'delegated'], qualifications: ['peoples-mediator', 'lawyer'] },
  ]);
  t.on('mediator', id, ['suspend', { cause: 'leave' }], 'reinstate', ['declare-interest', { uscc: SHOP }]);
  t.on('mediator', id, ['declare-interest', { relativeName: MARKERS.word, relativePhone: MARKERS.phone }]);
  t.on('mediator', id, ['withdraw-interest', { interest: '1' }], ['remove', { cause: 'own-wish' }]);
  t.on('mediationBody', committee, ['remove', { cause: 'dissolved' }]);
}

/** The authority's own, up to a statement that is performed or broken, and one that comes to nothing. */
export function mediations(t: Teller): void {
  const [one, other] = [dispute(t), dispute(t)] as const;
  const complaintId = accepted(t, one);
  const id = t.open('mediation/propose', { kind: 'administrative', disputeId: one, complaintId });
  const [first, second] = [mediator(t), mediator(t)] as const;
  t.on('mediation', id, [
    'record-consent',
    { party: 'merchant', to: 'delegation', evidence: PROOF },
    { by: 'officer' },
  ]);
  t.on('mediation', id, ['record-consent', { party: 'merchant', evidence: PROOF }, { by: 'officer' }]);
  t.on('mediation', id, ['assign-mediator', { mediatorId: first }]);
  t.on('mediation', id, ['schedule-session', { scheduledFor: t.at(24), mode: 'online', channel: 'sms' }]);
  t.on('mediation', id, ['cancel-session', { session: '1', code: 'party-unable' }]);
  const doubt = { mediatorId: first, by: 'consumer', ground: 'interest-in-dispute', reason: TEXT };
  t.on('mediation', id, ['request-recusal', doubt], ['decide-recusal', { granted: true }, { by: 'officer:2' }]);
  t.on('mediation', id, ['assign-mediator', { mediatorId: second }]);
  held(t, id, '2');
  t.on('mediation', id, [
    'designate-appraisal-institution',
    { institution: '甲鉴定所', chosenBy: 'parties', evidence: PROOF },
  ]);
  t.on('mediation', id, ['report-clue', { description: TEXT, evidence: PROOF }]);
  agreed(t, id);
  t.on(
    'mediation',
    id,
    ['issue-statement', { document: 'doc-9' }],
    ['record-breach', { breach: 'performance-refused' }],
  );
  t.later(20);
  t.on('mediation', id, ['record-performance', { evidence: PROOF }, { ago: 19 * 24 }]);
  const late = { clock: 'performance', reason: 'paper-record', evidence: PROOF };
  t.on('mediation', id, ['verify-late-entry', late, { by: 'officer:2' }]);

  const failing = inSession(t, other, accepted(t, other));
  t.on('mediation', failing, 'dispute-appraisal-fee', [
    'record-refusal',
    { party: 'merchant', reason: TEXT },
    { by: 'officer' },
  ]);
  t.on(
    'mediation',
    failing,
    ['terminate', { ground: '23(1)(2)', reason: TEXT }],
    ['notify-termination', { channel: 'mail' }],
  );
  const third = dispute(t);
  const noted = inSession(t, third, accepted(t, third));
  const atOnce = { form: 'record', terms: TEXT, performedAtOnce: true, statementWaived: true, evidence: PROOF };
  t.on('mediation', noted, ['reach-agreement', atOnce], ['file-record', { document: 'doc-9' }]);
}

/** Those of bodies: delegated, of the people, of the consumers' association, which may decline what is applied for. */
export function mediationsByBodies(t: Teller): void {
  const association = body(t, 'consumer-association', ['consumer-association', 'delegated']);
  const committee = body(t, 'peoples-mediation-committee', ['peoples', 'delegated', 'court-invited']);
  const one = dispute(t);
  const delegated = t.open('mediation/propose', {
    kind: 'administrative',
    disputeId: one,
    complaintId: accepted(t, one),
  });
  for (const party of BOTH) {
    t.on('mediation', delegated, ['record-consent', { party, to: 'delegation', evidence: PROOF }, { by: 'officer' }]);
  }
  t.on('mediation', delegated, ['delegate', { bodyId: association }]);
  const applied = { disputeId: dispute(t), handlingRegion: DISTRICT };
  const declined = t.open('mediation/propose', { kind: 'peoples', bodyId: committee, ...applied }, { by: 'mediator' });
  t.on('mediation', declined, ['decline', { code: 'not-mediable', reason: TEXT }]);
  const peoples = t.open('mediation/propose', { kind: 'peoples', bodyId: committee, ...applied }, { by: 'mediator' });
  const mediatorId = mediator(t, { bodyId: committee, kinds: ['peoples'], qualifications: ['peoples-mediator'] });
  t.on('mediation', peoples, 'accept', ['assign-mediator', { mediatorId }]);
  held(t, peoples, '1');
  t.on('mediation', peoples, [
    'reach-agreement',
    { form: 'written', terms: TEXT, textHash: HASH, performanceDue: t.day(9) },
  ]);
  t.open('mediation/propose', { kind: 'consumer-association', bodyId: association, ...applied }, { by: 'mediator' });
  t.amendCalendar(11);
}
