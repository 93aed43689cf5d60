import type { Instant } from '#kernel';
import { addDays } from '#kernel';
import { DISTRICTS } from '../city.ts';
import { officeTime } from '../rhythm.ts';
import { beside, type Episode, type Reference } from '../step.ts';
import { recordOf } from './evidence.ts';
import type { Life } from './life.ts';
import { BEFORE_ORDER_121, SINCE_ORDER_121, type Piece } from './piece.ts';
import { Scene, SECOND } from './scene.ts';

// 举报: from its receipt to the decision on filing, and what the reporter is told.

const CONTENT = '涉嫌虚假宣传、以次充好，附购买小票照片。';
const CONDITIONS = ['evidence-of-violation', 'penalty-due', 'competent', 'within-time-bar'];

export interface ReportOf {
  readonly isAnonymous?: boolean;
  readonly dispute?: Reference;
  readonly workOrderId?: string;
}

export function authorityOf({ merchant }: Life): string {
  return `${merchant.district.zh}市场监督管理局`;
}

/** The authority of a place next to the merchant's. */
export function neighbourOf({ merchant, random }: Life): { readonly name: string; readonly region: string } {
  const { city, code } = merchant.district;
  const { zh, code: region } = random.pick(DISTRICTS.filter((one) => one.city === city && one.code !== code));
  return { name: `${zh}市场监督管理局`, region };
}

export function* reported(
  scene: Scene,
  { isAnonymous = false, dispute, workOrderId }: ReportOf = {},
): Episode<Reference> {
  const { merchant, consumer, intended } = scene.life;
  return yield scene.begins('hotline', 'reports/receive', {
    authority: authorityOf(scene.life),
    handlingRegion: merchant.district.code,
    ...(isAnonymous ? {} : { reporterName: consumer.name, reporterPhone: consumer.phone }),
    respondentName: merchant.name,
    respondentUscc: merchant.uscc,
    respondentRegion: merchant.district.code,
    content: CONTENT,
    evidence: [scene.paper('receipt')],
    sector: merchant.sector.name,
    channel: intended.channel,
    ...(dispute === undefined ? {} : { disputeId: dispute }),
    ...(workOrderId === undefined ? {} : { workOrderId }),
  });
}

/** The other part of a mixed letter: mostly nothing that a case is filed on comes of it. */
export function* partOfMixedLetter(life: Life, dispute: Reference, workOrderId: string, from: Instant): Episode {
  const scene = new Scene(life, from).after(0, 1);
  const report = yield* reported(scene, { dispute, workOrderId });
  // A process of the service tells the letter what came of it.
  yield scene.minutes(1).step('process', 'work-orders/link-report', workOrderId, { reportId: report });
  yield* verified(scene, report);
  if (life.random.chance(0.75)) yield* notFiled(scene, report, '20(4)');
  else yield* filed(scene, report);
}

/** 核查, within its fifteen working days. */
export function* verified(scene: Scene, report: Reference): Episode {
  yield scene.after(0, 1).step('enforcement', 'reports/start-verification', report);
  yield scene.after(2, 8).step('enforcement', 'reports/complete-verification', report);
}

/** Filed on what was found, as a case of its own or with one that is open; the case is told by whoever goes on with it. */
export function* filed(scene: Scene, report: Reference, more: Record<string, unknown> = {}): Episode {
  const finding = { conditions: CONDITIONS, violationEndedOn: addDays(scene.today, -40), ...more };
  yield scene.after(0, 1).step('head', 'reports/file-case', report, finding);
  yield* reporterTold(scene, report);
}

export function* notFiled(scene: Scene, report: Reference, ground: string, unmet: readonly string[] = []): Episode {
  const reason = '经核查，未发现足以立案的违法事实。';
  const body = { ground, reason, ...(unmet.length === 0 ? {} : { unmet }) };
  yield scene.after(0, 1).step('head', 'reports/decline-filing', report, body);
  yield* reporterTold(scene, report);
}

/** Until 2026-04-14 whoever gave a name was told; since then only where another law has it (S1 Art. 36). */
function* reporterTold(scene: Scene, report: Reference): Episode {
  const isOldLaw = scene.today < '2026-04-15';
  const channel = scene.life.deal('channel');
  const basis = isOldLaw ? {} : { basis: 'law-food-safety-115' };
  if (!isOldLaw && scene.random.chance(0.6)) return;
  yield scene.after(0, 2).step('enforcement', 'reports/notify-reporter', report, { channel, ...basis });
}

function begun(life: Life, at: Instant): Scene {
  return new Scene(life, officeTime(life.random, at, 0));
}

/** An anonymous one is verified like any other; there is only nobody to be told of it. */
function* anonymous(life: Life, at: Instant): Episode {
  const scene = begun(life, at);
  const report = yield* reported(scene, { isAnonymous: true });
  const photo = recordOf(`reported-${life.mark}${life.number}.pdf`);
  yield scene
    .minutes(3, 40)
    .begins('officer', 'evidence/record', { reportId: report, kind: 'photo', audience: 'report-handlers', ...photo });
  yield* verified(scene, report);
  const body = { ground: '20(1)', reason: '违法行为轻微并及时改正，未造成危害后果。' };
  yield scene.after(0, 1).step('head', 'reports/decline-filing', report, body);
}

const incompetent = (channel: string, isAsked: boolean) =>
  function* (life: Life, at: Instant): Episode {
    const scene = begun(life, at);
    // What came in by letter may have no name below it: the file says where it would have to go.
    const report = yield* reported(scene, { isAnonymous: channel === 'letter' });
    const told = { channel, ...(isAsked ? { competentAuthority: neighbourOf(life).name } : {}) };
    yield scene.after(1, 3).step('officer', 'reports/inform-incompetent', report, told);
  };

/** The same person reports the same again, and is not processed (S1 Art. 35(2)). */
function* repeated(life: Life, at: Instant): Episode {
  const scene = begun(life, at);
  const first = yield* reported(scene);
  yield* beside(handled(life, scene.at, first));
  const again = yield* reported(scene.after(3, 10));
  yield scene.after(0, 2).step('officer', 'reports/mark-repeat', again, { earlierReport: first });
}

function* handled(life: Life, from: Instant, report: Reference): Episode {
  const scene = new Scene(life, from);
  yield* verified(scene, report);
  yield* notFiled(scene, report, life.random.pick(['20(2)', '20(3)']));
}

/** New facts of the same reporter: since Order 121 the time begins again with them. */
function* withNewFacts(life: Life, at: Instant): Episode {
  const scene = begun(life, at);
  const first = yield* reported(scene);
  yield scene.after(1).step('enforcement', 'reports/start-verification', first);
  const later = yield* reported(scene.after(3, 5));
  const facts = { laterReport: later, content: '补充同批次产品的检测报告。' };
  yield scene.after(0, 1).step('officer', 'reports/merge-new-facts', first, facts);
  yield scene.minutes(5).step('officer', 'reports/mark-repeat', later, { earlierReport: first });
  yield scene.after(1, 3).step('enforcement', 'reports/complete-verification', first);
  yield* notFiled(scene, first, '19', ['evidence-of-violation']);
}

const KINDS = ['testing', 'inspection', 'quarantine', 'appraisal', 'right-holder-identification'] as const;

/** Extended by the head, and standing still while something is tested (S4 Art. 18). */
const extended = (kind: (typeof KINDS)[number]) =>
  function* (life: Life, at: Instant): Episode {
    const scene = begun(life, at);
    const report = yield* reported(scene);
    yield scene.after(1).step('enforcement', 'reports/start-verification', report);
    // Granted early: a standstill that is written down only now moves no date (T-28), and what has passed is not extended.
    yield scene.after(2, 4).step('head', 'reports/extend-verification', report, {});
    yield scene.after(1, 2).step('enforcement', 'reports/suspend-verification', report, { kind });
    yield scene.after(3, 15).step('enforcement', 'reports/resume-verification', report);
    yield scene.after(3, 8).step('enforcement', 'reports/complete-verification', report);
    yield* notFiled(scene, report, '19', CONDITIONS.slice(0, 1 + life.random.integer(0, 3)));
  };

const disputed = (end: 'agreed' | 'designated') =>
  function* (life: Life, at: Instant): Episode {
    const scene = begun(life, at);
    const report = yield* reported(scene);
    const { name, region } = neighbourOf(life);
    const competent = { competentAuthority: name, competentRegion: region };
    const step = (action: string, body: Record<string, unknown>) =>
      scene.step('officer', `reports/${action}`, report, body);
    scene.after(1);
    yield step('raise-competence-dispute', { otherAuthority: name });
    scene.after(2, 5);
    if (end === 'agreed') yield step('resolve-competence-dispute', { outcome: 'agreed', ...competent });
    else {
      yield step('resolve-competence-dispute', { outcome: 'sent-up' });
      scene.after(2, 5);
      yield step('designate-authority', competent);
    }
    yield* verified(scene, report);
    yield* notFiled(scene, report, '19', ['penalty-due', 'competent', 'within-time-bar']);
  };

/** Notified in time, and entered when the five working days were over. */
function* enteredLate(life: Life, at: Instant): Episode {
  const scene = begun(life, at);
  const report = yield* reported(scene);
  yield* verified(scene, report);
  const body = { ground: '20(3)', reason: '当事人有证据证明没有主观过错。' };
  yield scene.after(0, 1).step('head', 'reports/decline-filing', report, body);
  const toldAt = scene.after(1).at;
  yield scene
    .after(15, 20)
    .step('enforcement', 'reports/notify-reporter', report, { channel: 'phone' }, { happenedAt: toldAt });
  yield scene
    .after(1)
    .step('enforcement', 'reports/verify-late-entry', report, scene.lateEntry('reporter-notice'), SECOND);
}

const pieceOf = (name: string, tell: Piece['tell'], weight = 1): Piece => ({ name, tell, weight });

export const reportPieces: readonly Piece[] = [
  pieceOf('anonymous', anonymous, 4),
  ...['internet', 'phone', 'sms', 'mail', 'letter'].map((channel, index) =>
    pieceOf(`incompetent, told by ${channel}`, incompetent(channel, index > 0), 0.6),
  ),
  pieceOf('repeated', repeated, 4),
  { ...pieceOf('new facts under Order 20', withNewFacts, 2), ...BEFORE_ORDER_121 },
  { ...pieceOf('new facts under Order 121', withNewFacts, 2), ...SINCE_ORDER_121 },
  ...KINDS.map((kind) => pieceOf(`extended, ${kind}`, extended(kind))),
  pieceOf('competence agreed on', disputed('agreed')),
  pieceOf('authority designated', disputed('designated')),
  { ...pieceOf('entered late', enteredLate), ...BEFORE_ORDER_121 },
];
