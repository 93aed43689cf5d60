import type { Instant } from '#kernel';
import { officeTime } from '../rhythm.ts';
import type { Episode, Reference, Step } from '../step.ts';
import * as complaints from './complaint.ts';
import type { Life } from './life.ts';
import { held, ofComplaint, readied, type Official } from './mediation.ts';
import type { Piece } from './piece.ts';
import { authorityOf, filed as filedReport, neighbourOf, reported, verified } from './report.ts';
import { Scene, SECOND } from './scene.ts';

// 案件: from a report, a clue of a mediation (诉转案), an inspection or a transfer to its end.

export interface CaseFile {
  readonly caseId: Reference;
  readonly scene: Scene;
  readonly act: (action: string, body?: Step['body'], role?: Step['role']) => Step;
  /** What the head (负责人) decides on what they have found. */
  readonly head: (action: string, body?: Step['body']) => Step;
  /** What somebody else does than those who handle it. */
  readonly other: (action: string, body?: Step['body']) => Step;
}

const CONDITIONS = ['evidence-of-violation', 'penalty-due', 'competent', 'within-time-bar'];
const STANDSTILLS = ['testing', 'inspection', 'quarantine', 'appraisal', 'right-holder-identification'];

export function* opened(scene: Scene, body: Step['body']): Episode<CaseFile> {
  const { merchant } = scene.life;
  const caseId = yield scene.begins('enforcement', 'cases/open', {
    authority: authorityOf(scene.life),
    handlingRegion: merchant.district.code,
    respondentUscc: merchant.uscc,
    respondentRegion: merchant.district.code,
    respondentName: merchant.name,
    sector: merchant.sector.name,
    content: '涉嫌销售不合格商品。',
    ...body,
  });
  const act: CaseFile['act'] = (action, said = {}, role = 'enforcement') =>
    scene.step(role, `cases/${action}`, caseId, said);
  const head: CaseFile['head'] = (action, said = {}) => act(action, said, 'head');
  return { caseId, scene, act, head, other: (action, said = {}) => ({ ...act(action, said), ...SECOND }) };
}

/** A report on which the head has decided to file. */
export function* onReport(life: Life, at: Instant): Episode<CaseFile & { readonly report: Reference }> {
  const scene = new Scene(life, officeTime(life.random, at, 0));
  const report = yield* reported(scene);
  yield* verified(scene, report);
  yield* filedReport(scene, report);
  return { ...(yield* opened(scene.minutes(30), { origin: 'report', reportId: report })), report };
}

/** What the authority came upon itself: verified first. */
const onClue = (origin: 'inspection' | 'transfer' | 'assignment') =>
  function* (life: Life, at: Instant): Episode<CaseFile> {
    const scene = new Scene(life, officeTime(life.random, at, 0));
    const file = yield* opened(scene, { origin });
    yield* clueVerified(file);
    yield* filedOnClue(file);
    return file;
  };

function* clueVerified({ scene, act }: CaseFile): Episode {
  scene.after(2, 6);
  yield act('complete-clue-verification');
}

function* filedOnClue({ scene, head }: CaseFile, gravity = 'general'): Episode {
  scene.after(0, 2);
  yield head('file', { conditions: CONDITIONS, violationEndedOn: scene.dayAfter(-100), gravity });
}

export function* investigated({ scene, act }: CaseFile): Episode {
  scene.after(1, 2);
  yield act('start-investigation', { officers: ['officer-a', 'officer-b'] });
}

/** 审核, of somebody else than those who handle it. */
export function* reviewed({ scene, act, other }: CaseFile): Episode {
  scene.after(5, 20);
  yield act('submit-for-review');
  scene.after(1, 5);
  yield other('review', { opinion: 'agreed' });
}

type Hearing = 'waived' | 'stated' | 'heard';
const FINE = 200_000;

/** 告知: the party is heard before any penalty. */
function* notified({ scene, act }: CaseFile, hearing: Hearing, fineFen = FINE): Episode {
  scene.after(1, 3);
  yield act('serve-notice', { proposedFineFen: fineFen, proposedConfiscatedFen: 50_000 });
  scene.after(1, 2);
  if (hearing === 'waived') {
    yield act('waive-statement');
    return;
  }
  yield act('record-statement', { statement: '对处罚金额有异议。' });
  if (hearing === 'stated') {
    scene.after(10, 12);
    return;
  }
  yield act('request-hearing');
  scene.days(12, 20);
  yield act('start-hearing');
  scene.days(1, 5);
  yield act('end-hearing');
}

interface Penalty {
  readonly penalties: readonly string[];
  readonly isPartyPresent?: boolean;
  readonly registeredIn?: string;
}

function* penalised({ scene, head }: CaseFile, { penalties, ...more }: Penalty): Episode {
  scene.after(1, 3);
  const fine = penalties.includes('fine') ? { fineFen: FINE } : {};
  const confiscation = penalties.includes('confiscation') ? { confiscatedFen: 50_000 } : {};
  yield head('decide', { result: 'penalty', penalties, ...fine, ...confiscation, ...more });
}

export function* served({ scene, act }: CaseFile, mode = 'in-person'): Episode {
  if (mode === 'public-notice') {
    scene.after(2, 4);
    yield act('publish-service-notice');
    scene.days(31, 62);
  } else scene.after(1, 4);
  yield act('serve', { mode });
}

/** 结案, on the form of those who handled it (结案审批表). */
export function* closed({ scene, act, head }: CaseFile): Episode {
  scene.after(1, 5);
  yield act('submit-closing-form', { form: scene.paper('closing-form') });
  scene.after(1, 3);
  yield head('close');
}

function* executed({ scene, act }: CaseFile, mode: 'performed' | 'ended-by-court'): Episode {
  scene.days(5, 15);
  yield act('record-execution', { mode, ...(mode === 'performed' ? { collectedFen: FINE } : {}) });
}

/** From filing to the closed file, with a penalty. */
const penalty = (hearing: Hearing, penalties: readonly string[], mode: string): Piece['tell'] =>
  function* (life, at) {
    const file = yield* onReport(life, at);
    yield* investigated(file);
    yield* reviewed(file);
    yield* notified(file, hearing);
    yield* penalised(file, { penalties, isPartyPresent: mode === 'in-person' });
    if (mode !== 'in-person') yield* served(file, mode);
    if (penalties.join() !== 'warning') {
      file.scene.after(2, 5);
      yield file.act('publish-penalty', { url: 'https://penalties.example/1' });
    }
    yield* executed(file, 'performed');
    yield* closed(file);
  };

/** Told elsewhere: the party is registered in another province, whose authority publishes it. */
function* publishedElsewhere(life: Life, at: Instant): Episode {
  const file = yield* onClue('transfer')(life, at);
  yield* investigated(file);
  yield* reviewed(file);
  yield* notified(file, 'stated');
  yield* penalised(file, { penalties: ['fine', 'confiscation'], registeredIn: '440100' });
  yield* served(file, 'by-mail');
  const { scene, act } = file;
  scene.after(1, 3);
  yield act('hand-over-penalty', { otherAuthority: '广州市市场监督管理局' });
  scene.after(1, 5);
  yield act('publish-penalty');
  yield* executed(file, 'ended-by-court');
  yield* closed(file);
}

/** Found wrong later: changed, annulled, unlawful or void. What was shown is withdrawn. */
const revised = (revision: string): Piece['tell'] =>
  function* (life, at) {
    const file = yield* onReport(life, at);
    yield* investigated(file);
    yield* reviewed(file);
    yield* notified(file, 'waived');
    yield* penalised(file, { penalties: ['fine'] });
    yield* served(file, 'electronic');
    const { scene, act, other } = file;
    scene.after(1, 3);
    yield act('publish-penalty');
    scene.days(20, 60);
    yield other('revise-penalty', { revision });
    scene.after(1, 2);
    yield act('withdraw-publication');
    if (revision === 'changed') yield* executed(file, 'performed');
    yield* closed(file);
  };

/** Without a penalty. */
const spared = (result: 'no-penalty' | 'no-violation', origin: 'inspection' | 'assignment'): Piece['tell'] =>
  function* (life, at) {
    const file = yield* onClue(origin)(life, at);
    yield* investigated(file);
    yield* reviewed(file);
    const { scene, head } = file;
    scene.after(1, 3);
    yield head('decide', { result });
    yield* served(file, 'left-behind');
    yield* closed(file);
  };

/** 中止, and what else its time does not count for (S4 Art. 64); extended by the head, and by the heads together. */
const suspended = (kind: string, ground?: string): Piece['tell'] =>
  function* (life, at) {
    const file = yield* onReport(life, at);
    yield* investigated(file);
    const { scene, act, head } = file;
    scene.after(2, 5);
    yield act('suspend', { kind, ...(ground === undefined ? {} : { ground }) });
    scene.days(10, 30);
    yield act('resume', { standstill: '1' });
    scene.after(1, 3);
    yield head('extend', { grantedBy: 'head' });
    scene.after(1, 2);
    yield head('extend', { grantedBy: 'collective', days: 60 });
    yield* reviewed(file);
    yield* notified(file, 'waived');
    yield* penalised(file, { penalties: ['warning'] });
    yield* served(file, 'entrusted');
    yield* executed(file, 'performed');
    yield* closed(file);
  };

/** 协助调查: asked of another authority, which is late; the review takes longer, and gives it back once. */
const assisted = (isLate: boolean): Piece['tell'] =>
  function* (life, at) {
    const file = yield* onClue('inspection')(life, at);
    yield* investigated(file);
    const { scene, act, head, other } = file;
    scene.after(1, 3);
    yield act('request-assistance', { otherAuthority: neighbourOf(life).name });
    scene.after(3, 8);
    if (isLate) {
      yield act('record-assistance-delay');
      scene.after(5, 10);
    }
    yield act('record-assistance');
    scene.after(2, 5);
    yield act('submit-for-review');
    scene.after(1, 3);
    yield head('extend-review', { workingDays: 10 });
    scene.after(2, 5);
    yield other('review', { opinion: 'returned' });
    yield* reviewed(file);
    yield* notified(file, 'heard');
    yield* penalised(file, { penalties: ['closure-order', 'licence', 'other'] });
    yield* served(file, 'in-person');
    yield* executed(file, 'ended-by-court');
    yield* closed(file);
  };

/** A clue that no case is filed on, after its verification stood still and was extended. */
const clueNotFiled = (kind: string, ground: string): Piece['tell'] =>
  function* (life, at) {
    const scene = new Scene(life, officeTime(life.random, at, 0));
    const file = yield* opened(scene, { origin: 'inspection' });
    const { act, head } = file;
    scene.after(1, 3);
    yield head('extend-clue-verification');
    scene.after(1, 2);
    yield act('suspend-clue-verification', { kind });
    scene.after(5, 12);
    yield act('resume-clue-verification');
    yield* clueVerified(file);
    const unmet = ground === '19' ? { unmet: CONDITIONS } : {};
    scene.after(0, 2);
    yield head('decline', { ground, reason: '经核查不符合立案条件。', ...unmet });
  };

/** A clue found in a mediation, which goes on (Art. 27): verified, filed, and the complaint a case from then on (诉转案). */
function* clueOfMediation(room: Official): Episode<CaseFile> {
  yield* readied(room);
  yield* held(room);
  const { scene, act, mediation, complaint } = room;
  scene.minutes(20);
  yield act('report-clue', { description: '调解中发现商品标签不合格。', evidence: [scene.paper('label')] });
  const file = yield* opened(scene.after(0, 1), {
    origin: 'mediation',
    mediationId: mediation,
    clueId: { ...mediation, as: (id: string) => `${id}.1` },
    complaintId: complaint,
  });
  yield* clueVerified(file);
  yield* filedOnClue(file, 'life-health-finance');
  return file;
}

function* converted(room: Official): Episode {
  const file = yield* clueOfMediation(room);
  const { scene, complaint } = room;
  yield scene.minutes(20).step('mediator', 'complaints/conclude', complaint, { result: 'mediated' });
  scene.life.intended.ended('MEDIATED', scene.at);
  yield* investigated(file);
  yield* reviewed(file);
  yield* notified(file, 'waived');
  yield* penalised(file, { penalties: ['fine', 'confiscation'], isPartyPresent: true });
  yield* executed(file, 'performed');
  yield* closed(file);
}

/** Several complaints and reports in one case, and one complaint in several (T-43). */
function* manyToMany(room: Official): Episode {
  const first = yield* clueOfMediation(room);
  const { scene, complaint } = room;
  const { life } = scene;
  yield scene.minutes(20).step('mediator', 'complaints/conclude', complaint, { result: 'mediated' });
  life.intended.ended('MEDIATED', scene.at);
  const other = life.another();
  const received = yield* complaintOf(other, scene.after(1).at);
  yield { ...first.act('convert-complaint', { complaintId: received.complaint }), at: received.at };
  scene.from(received.at);
  const report = yield* reported(scene.minutes(30));
  yield* verified(scene, report);
  const finding = { caseId: first.caseId, gravity: 'life-health-finance' };
  yield* filedReport(scene, report, finding);
  scene.minutes(10);
  yield first.act('link-report', { reportId: report });
  const second = yield* opened(scene.after(1), { origin: 'transfer' });
  yield* clueVerified(second);
  yield* filedOnClue(second);
  scene.minutes(30);
  yield second.act('convert-complaint', { complaintId: complaint });
  yield* investigated(first);
  const accepted = yield* complaints.acceptedAndNotified(other, { ...received, at: scene.at });
  yield* complaints.concluded(other, accepted, { end: 'self-settled' });
}

function* complaintOf(life: Life, at: Instant): Episode<complaints.ReceivedComplaint> {
  const dispute = yield {
    at,
    role: 'hotline',
    collection: 'disputes',
    action: 'open',
    body: {
      respondentUscc: life.merchant.uscc,
      respondentRegion: life.merchant.district.code,
      respondentName: life.merchant.name,
      sector: life.merchant.sector.name,
      channel: life.intended.channel,
      complainantName: life.consumer.name,
      complainantPhone: life.consumer.phone,
    },
  };
  life.ledger.dispute(life.intended);
  return yield* complaints.received(life, { dispute, at, workOrderId: null }, null);
}

/** Served in time, and entered when the seven days were over. */
function* enteredLate(life: Life, at: Instant): Episode {
  const file = yield* onReport(life, at);
  yield* investigated(file);
  yield* reviewed(file);
  yield* notified(file, 'waived');
  yield* penalised(file, { penalties: ['warning'], isPartyPresent: false });
  const { scene, act, other } = file;
  const servedAt = scene.after(1).at;
  scene.days(20, 30);
  yield { ...act('serve', { mode: 'by-mail' }), happenedAt: servedAt };
  scene.after(1);
  yield other('verify-late-entry', scene.lateEntry('decision-service'));
  yield* executed(file, 'performed');
  yield* closed(file);
}

const SUSPENSIONS = ['public-notice', 'refund-ordered', ...STANDSTILLS];
const GROUNDS = ['other-case-pending', 'interpretation-asked-for', 'force-majeure', 'party-unreachable', 'other'];

export const enforcementCasePieces: readonly Piece[] = [
  { name: 'fined', weight: 10, tell: penalty('waived', ['fine'], 'in-person') },
  { name: 'fined after a statement', weight: 4, tell: penalty('stated', ['fine', 'confiscation'], 'by-mail') },
  { name: 'fined after a hearing', weight: 2, tell: penalty('heard', ['fine'], 'electronic') },
  { name: 'warned', weight: 3, tell: penalty('stated', ['warning'], 'public-notice') },
  { name: 'published elsewhere', tell: publishedElsewhere },
  ...['changed', 'annulled', 'found-unlawful', 'found-void'].map((revision) => ({
    name: `penalty ${revision}`,
    tell: revised(revision),
  })),
  { name: 'no penalty', weight: 3, tell: spared('no-penalty', 'inspection') },
  { name: 'no violation', weight: 2, tell: spared('no-violation', 'assignment') },
  ...GROUNDS.map((ground) => ({ name: `suspended: ${ground}`, tell: suspended('case-suspended', ground) })),
  ...SUSPENSIONS.map((kind) => ({ name: `stands still: ${kind}`, tell: suspended(kind) })),
  { name: 'assisted in time', tell: assisted(false) },
  { name: 'assisted late', tell: assisted(true) },
  ...['20(1)', '20(2)', '20(3)', '20(4)', '19'].map((ground, index) => ({
    name: `clue not filed: ${ground}`,
    tell: clueNotFiled(STANDSTILLS[index]!, ground),
  })),
  { name: 'complaint became a case', weight: 4, tell: ofComplaint('administrative', converted) },
  { name: 'many to many', weight: 2, tell: ofComplaint('administrative', manyToMany) },
  { name: 'entered late', tell: enteredLate },
];
