import type { Instant } from '#kernel';
import type { Episode, Reference, Step } from '../step.ts';
import * as complaints from './complaint.ts';
import { taken } from './complaint-intake.ts';
import type { Life } from './life.ts';
import type { Piece } from './piece.ts';
import { Scene } from './scene.ts';

// 公示: what everybody may see of a closed complaint, from the queue to the end of showing it.

interface Showing {
  readonly publication: Reference;
  readonly scene: Scene;
  readonly act: (action: string, body?: Step['body'], role?: Step['role']) => Step;
}

type Result = keyof typeof CONCLUDED;
const CONCLUDED = {
  mediated: [{ result: 'mediated' }, 'MEDIATED'],
  terminated: [{ result: 'terminated', ground: '23(1)(1)', evidence: ['refund-slip'] }, 'SELF_SETTLED'],
  withdrawn: [{ result: 'withdrawn' }, 'WITHDRAWN'],
  refused: [{ result: 'terminated', ground: '23(1)(2)' }, 'TERMINATED'],
  absent: [{ result: 'terminated', ground: '23(1)(3)' }, 'TERMINATED'],
  unpaid: [{ result: 'terminated', ground: '23(1)(4)' }, 'TERMINATED'],
  tooLong: [{ result: 'terminated', ground: '23(1)(5)' }, 'TERMINATED'],
  disqualified: [{ result: 'terminated', ground: '23(1)(6)', disqualification: '16(3)' }, 'DISQUALIFIED_MALICIOUS'],
  ceased: [{ result: 'terminated', ground: '23(1)(7)' }, 'PARTY_CEASED'],
  otherwise: [{ result: 'terminated', ground: '23(1)(8)' }, 'TERMINATED'],
} as const;

/** A closed complaint, put into the queue. */
function* planned(life: Life, at: Instant, result: Result = 'mediated'): Episode<Showing> {
  const received = yield* taken(life, at);
  const { complaint, at: notifiedAt } = yield* complaints.acceptedAndNotified(life, received);
  const scene = new Scene(life, notifiedAt).after(2, 12);
  if (result === 'tooLong') scene.days(65, 70);
  const [body, outcome] = CONCLUDED[result];
  yield scene.step('mediator', 'complaints/conclude', complaint, body);
  life.intended.ended(outcome, scene.at);
  if (body.result === 'terminated') {
    yield scene
      .after(0, 2)
      .step('officer', 'complaints/notify-termination', complaint, { channel: life.deal('channel') });
  }
  const publication = yield scene.after(0, 2).begins('officer', 'publications/plan', { complaintId: complaint });
  const act: Showing['act'] = (action, said = {}, role = 'officer') =>
    scene.step(role, `publications/${action}`, publication, said);
  return { publication, scene, act };
}

function* consented({ scene, act }: Showing, consent: string): Episode {
  const evidence = consent === 'not-asked' ? {} : { evidence: [scene.paper('form')] };
  scene.minutes(5, 60);
  yield act('check-consent', { consent, ...evidence });
}

const SUMMARY = '购买商品后发现质量问题，经调解商家退款。';

function* published(showing: Showing, problem = 'quality'): Episode {
  const { scene, act } = showing;
  yield* consented(showing, 'agreed');
  scene.after(0, 1);
  yield act('redact', { problem, summary: SUMMARY });
  scene.after(0, 2);
  yield act('publish');
}

/** Shown, and shown until somebody withdraws it. */
const shown = (problem: string): Piece['tell'] =>
  function* (life, at) {
    yield* published(yield* planned(life, at, life.random.pick(['mediated', 'terminated'])), problem);
  };

const EXCLUDED: readonly (readonly [reason: string, consent: string | null, result?: Result])[] = [
  ['consent-refused', 'refused'],
  ['consent-not-asked', 'not-asked'],
  ['respondent-not-identified', null, 'ceased'],
  ['complaint-disqualified', null, 'disqualified'],
  ['complaint-withdrawn', null, 'withdrawn'],
  ['other-procedure-pending', 'agreed'],
  ['state-secret', null, 'refused'],
  ['trade-secret', 'agreed', 'absent'],
  ['personal-privacy', 'agreed', 'unpaid'],
  ['minor-involved', null, 'tooLong'],
  ['other', 'agreed', 'otherwise'],
];

const excluded = ([reason, consent, result]: (typeof EXCLUDED)[number]): Piece['tell'] =>
  function* (life, at) {
    const showing = yield* planned(life, at, result);
    if (consent !== null) yield* consented(showing, consent);
    const { scene, act } = showing;
    scene.after(0, 1);
    yield act('exclude', { reason, note: '不宜公示。', evidence: [scene.paper('decision')] });
  };

/** 异议 of either party; upheld it ends what is shown. */
const objected = (by: 'complainant' | 'respondent', result: 'upheld' | 'rejected'): Piece['tell'] =>
  function* (life, at) {
    const showing = yield* planned(life, at);
    yield* published(showing);
    const { scene, act } = showing;
    scene.days(3, 20);
    yield act('object', { by, reason: '公示内容与事实不符。', evidence: [scene.paper('objection')] }, 'hotline');
    scene.after(1, 4);
    yield act('decide-objection', { result, reason: '经复核作出决定。', evidence: [scene.paper('review')] });
  };

function* corrected(life: Life, at: Instant): Episode {
  const showing = yield* planned(life, at);
  yield* published(showing);
  const { scene, act } = showing;
  scene.days(3, 20);
  yield act('correct', { reason: '问题类别有误。', problem: 'contract', summary: '预付卡退费纠纷。' });
}

const withdrawn = (cause: string): Piece['tell'] =>
  function* (life, at) {
    const showing = yield* planned(life, at);
    yield* published(showing);
    const { scene, act } = showing;
    scene.days(10, 60);
    yield act('withdraw', { cause, note: '不再公示。', evidence: [scene.paper('cause')] });
  };

const PROBLEMS = [
  'quality',
  'safety',
  'price',
  'measurement',
  'counterfeit',
  'contract',
  'false-advertising',
  'dignity',
  'after-sales',
  'other',
];
const CAUSES = [
  'consent-withdrawn',
  'complaint-reopened',
  'published-in-error',
  'ordered-from-above',
  'term-over',
  'other',
];

export const publicityPieces: readonly Piece[] = [
  ...PROBLEMS.map((problem) => ({ name: `shown: ${problem}`, weight: 5, tell: shown(problem) })),
  ...EXCLUDED.map((one) => ({ name: `excluded: ${one[0]}`, weight: 2, tell: excluded(one) })),
  { name: 'complainant objects in vain', tell: objected('complainant', 'rejected') },
  { name: 'respondent objects in vain', tell: objected('respondent', 'rejected') },
  { name: 'objection upheld', tell: objected('respondent', 'upheld') },
  { name: 'corrected', tell: corrected },
  ...CAUSES.map((cause) => ({ name: `withdrawn: ${cause}`, tell: withdrawn(cause) })),
];
