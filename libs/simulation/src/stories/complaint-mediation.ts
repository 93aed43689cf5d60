import type { Disqualification } from '#complaints/events';
import type { Instant } from '#kernel';
import type { Episode, Step } from '../step.ts';
import * as complaints from './complaint.ts';
import { taken } from './complaint-intake.ts';
import type { Life } from './life.ts';
import { SINCE_ORDER_121, type Piece } from './piece.ts';
import { Scene } from './scene.ts';

// 投诉 from acceptance to conclusion, with every step on record: consent, the parties' own settlement, appraisal, disqualification.

type Course = (scene: Scene, act: Act) => Episode;
type Act = (action: string, body?: Step['body'], role?: Step['role']) => Step;

/** An accepted complaint, of which the complainant was told, and what comes then. */
function accepted(course: Course): Piece['tell'] {
  return function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const { at: notifiedAt, complaint } = yield* complaints.acceptedAndNotified(life, received);
    const scene = new Scene(life, notifiedAt).after(0, 2);
    yield* course(scene, (action, body = {}, role = 'mediator') =>
      scene.step(role, `complaints/${action}`, complaint, body),
    );
  };
}

function* told(scene: Scene, act: Act): Episode {
  scene.after(0, 4);
  yield act('notify-termination', { channel: scene.random.pick(['phone', 'sms', 'letter']) }, 'officer');
}

function* mediated(scene: Scene, act: Act): Episode {
  scene.after(2, 15);
  yield act('conclude', { result: 'mediated', evidence: [scene.paper('agreement')] });
  scene.life.intended.ended('MEDIATED', scene.at);
}

/** Art. 18: both must agree; who does not ends it on ground (2). */
const consenting = (refuser: 'complainant' | 'respondent' | null): Piece['tell'] =>
  accepted(function* (scene, act) {
    for (const party of ['complainant', 'respondent']) {
      yield act('record-consent', { party, agrees: party !== refuser });
      scene.after(0, 2);
    }
    if (refuser === null) return yield* mediated(scene, act);
    yield act('conclude', { result: 'terminated', ground: '23(1)(2)' });
    scene.life.intended.ended('TERMINATED', scene.at);
    return yield* told(scene, act);
  });

/** 自行和解: encouraged, and proven. Some think better of it. */
const settled = (holds: boolean): Piece['tell'] =>
  accepted(function* (scene, act) {
    yield act('propose-self-settlement');
    scene.after(3, 12);
    const recoveredFen = Math.round(scene.life.amountFen / 2);
    yield act('record-settlement', { evidence: [scene.paper('refund')], recoveredFen });
    scene.after(1, 3);
    if (!holds) {
      yield act('retract-settlement', { reason: '商家未按约定退款。' });
      return yield* mediated(scene, act);
    }
    yield act('conclude', { result: 'terminated', ground: '23(1)(1)' });
    scene.life.intended.ended('SELF_SETTLED', scene.at);
    return yield* told(scene, act);
  });

/** 鉴定、检测, whose time does not count (Art. 22). */
const appraised = (kind: string): Piece['tell'] =>
  accepted(function* (scene, act) {
    yield act('start-appraisal', { kind });
    scene.days(10, 45);
    yield act('complete-appraisal', { appraisal: '1' });
    yield* mediated(scene, act);
  });

const DISQUALIFIED_MALICIOUSLY: readonly Disqualification[] = ['16(3)', '16(5)', '16(6)', '42'];

/** It turns out that it should not have been accepted; a claim under Art. 42 goes to the police as well. */
const disqualified = (basis: Disqualification): Piece['tell'] =>
  accepted(function* (scene, act) {
    const police = basis === '42' ? { police: '虚构公安分局' } : {};
    const found = { basis, reason: '核查发现属于不应受理的情形。', evidence: [scene.paper('finding')], ...police };
    yield act('disqualify', found, 'officer');
    scene.after(0, 1);
    yield act('conclude', { result: 'terminated', ground: '23(1)(6)' });
    const isMalicious = DISQUALIFIED_MALICIOUSLY.includes(basis);
    scene.life.intended.ended(isMalicious ? 'DISQUALIFIED_MALICIOUS' : 'DISQUALIFIED', scene.at);
    yield* told(scene, act);
  });

const withdrawn = accepted(function* (scene, act) {
  yield act('withdraw', { by: 'complainant' }, 'hotline');
  scene.life.intended.ended('WITHDRAWN', scene.at);
});

export const complaintMediationPieces: readonly Piece[] = [
  { name: 'both consent', weight: 12, tell: consenting(null) },
  { name: 'the merchant refuses', weight: 4, tell: consenting('respondent') },
  { name: 'the consumer refuses', tell: consenting('complainant') },
  { name: 'settled by the parties', weight: 8, tell: settled(true) },
  { name: 'settled in vain', weight: 2, tell: settled(false) },
  { name: 'withdrawn after acceptance', weight: 2, tell: withdrawn },
  ...['appraisal', 'testing'].map((kind) => ({ name: kind, tell: appraised(kind) })),
  // Of what was accepted before the regulation of July 2024, the time of these did not count either (S2 20).
  ...['inspection', 'verification'].map((kind) => ({ name: kind, to: '2024-05-31', tell: appraised(kind) })),
  ...(['16(1)', '16(2)', '16(3)', '16(4)', '16(7)'] as const).map((basis) => ({
    name: `disqualified by ${basis}`,
    tell: disqualified(basis),
  })),
  ...(['16(5)', '16(6)', '42'] as const).map((basis) => ({
    name: `disqualified by ${basis}`,
    ...SINCE_ORDER_121,
    tell: disqualified(basis),
  })),
];
