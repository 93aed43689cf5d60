import type { Instant } from '#kernel';
import type { Episode, Reference, Step } from '../step.ts';
import { closed, investigated, onReport, reviewed, served, type CaseFile } from './enforcement-case.ts';
import type { Life } from './life.ts';
import type { Piece } from './piece.ts';
import { SECOND, type Scene } from './scene.ts';

// 行刑衔接: what looks like a crime goes to the police within hours (S11), and no penalty takes its place.

/** 正职负责人, or who acts for the head. */
const AS_HEAD: Partial<Step> = { role: 'head' };
const POLICE = '虚构公安分局';

interface Referral {
  readonly referral: Reference;
  readonly file: CaseFile;
  readonly scene: Scene;
  readonly act: (action: string, body?: Step['body'], more?: Partial<Step>) => Step;
}

/** A crime is suspected in a case; a team reports, and the head decides within three days. */
function* reported(life: Life, at: Instant): Episode<Referral> {
  const file = yield* onReport(life, at);
  const { scene, caseId } = file;
  yield* investigated(file);
  scene.after(1, 5);
  yield file.act('suspect-crime');
  const team = { caseId, officers: ['officer-a', 'officer-b'] };
  const referral = yield scene.hours(1, 3).begins('enforcement', 'criminal-referrals/appoint-team', team);
  const act: Referral['act'] = (action, body = {}, more = {}) => ({
    ...scene.step('enforcement', `criminal-referrals/${action}`, referral, body),
    ...more,
  });
  scene.after(1, 3);
  yield act('submit-report', { report: scene.paper('crime-report') });
  return { referral, file, scene, act };
}

const LETTERS = {
  transferLetter: 'transfer-letter',
  investigationReport: 'investigation-report',
  itemList: 'item-list',
  testReport: 'test-report',
  otherMaterials: 'other-materials',
};

/** 24 hours from the approval, rest days or not (T-12). */
function* transferred({ scene, act }: Referral): Episode {
  scene.after(0, 1);
  yield act('approve', {}, AS_HEAD);
  scene.hours(2, 20);
  yield act('transfer', { police: POLICE, ...LETTERS });
  scene.hours(1, 12);
  yield act('record-receipt', { police: POLICE });
}

type Course = (referral: Referral) => Episode;

const withPolice = (course: Course): Piece['tell'] =>
  function* (life, at) {
    const referral = yield* reported(life, at);
    yield* transferred(referral);
    yield* course(referral);
  };

/** The police file, and have everything within three days; the case ends with that. */
function* filed({ scene, act, file, referral }: Referral): Episode {
  scene.hours(20, 60);
  yield act('record-filing');
  scene.hours(10, 60);
  yield act('hand-over', { evidence: [scene.paper('hand-over-list')] });
  yield* reviewed(file);
  scene.after(1, 3);
  yield file.head('decide', { result: 'criminal', criminalReferralId: referral });
  yield* closed(file);
}

function* rerouted(referral: Referral): Episode {
  const { scene, act } = referral;
  scene.hours(4, 20);
  yield act('record-reroute', { police: '虚构公安局经侦支队' });
  scene.hours(4, 20);
  yield act('record-receipt', { police: '虚构公安局经侦支队' });
  yield* filed(referral);
}

function* declined({ scene, act }: Referral): Episode {
  scene.hours(30, 60);
  yield act('record-declining');
}

/** 复议: the police think again, and file; or they do not, and the procuratorate is asked (立案监督). */
const reconsidered = (result: 'reversed' | 'upheld', supervised: 'police-to-file' | 'not-to-file' | null): Course =>
  function* (referral) {
    const { scene, act } = referral;
    yield* declined(referral);
    scene.hours(10, 40);
    yield act('request-reconsideration');
    scene.hours(20, 60);
    yield act('record-reconsideration', { result });
    if (result === 'reversed') return yield* filed(referral);
    if (supervised === null) return yield* endedHere(referral);
    return yield* supervision(referral, supervised);
  };

function* supervision(referral: Referral, result: 'police-to-file' | 'not-to-file'): Episode {
  const { scene, act } = referral;
  scene.hours(10, 40);
  yield act('request-supervision', { procuratorate: '虚构区人民检察院' });
  scene.days(7, 20);
  yield act('record-supervision', { result });
  if (result === 'police-to-file') yield* filed(referral);
  else yield* endedHere(referral);
}

/** Asked for at once, in place of the reconsideration. */
const supervisedAtOnce: Course = function* (referral) {
  yield* declined(referral);
  yield* supervision(referral, 'police-to-file');
};

/** Without prosecution it is decided here. */
function* endedHere({ file, scene, referral }: Referral): Episode {
  yield* reviewed(file);
  scene.after(1, 3);
  yield file.head('decide', { result: 'no-penalty', criminalReferralId: referral });
  yield* served(file);
  yield* closed(file);
}

function* notApproved(life: Life, at: Instant): Episode {
  const referral = yield* reported(life, at);
  const { scene, act } = referral;
  scene.after(0, 1);
  yield act('disapprove', { reason: '尚未达到追诉标准。' }, AS_HEAD);
  yield* endedHere(referral);
}

/** Transferred within 24 hours, and entered days later. */
function* enteredLate(life: Life, at: Instant): Episode {
  const referral = yield* reported(life, at);
  const { scene, act } = referral;
  scene.after(0, 1);
  yield act('approve', {}, AS_HEAD);
  const transferredAt = scene.hours(3).at;
  scene.days(3, 5);
  yield act('transfer', { police: POLICE, ...LETTERS }, { happenedAt: transferredAt });
  scene.minutes(30);
  yield act('verify-late-entry', scene.lateEntry('police-transfer'), SECOND);
  scene.hours(1, 12);
  yield act('record-receipt', { police: POLICE });
  yield* filed(referral);
}

export const criminalReferralPieces: readonly Piece[] = [
  { name: 'filed by the police', weight: 8, tell: withPolice(filed) },
  { name: 'rerouted', weight: 2, tell: withPolice(rerouted) },
  { name: 'filed after reconsideration', tell: withPolice(reconsidered('reversed', null)) },
  { name: 'declined in the end', weight: 2, tell: withPolice(reconsidered('upheld', null)) },
  { name: 'filed after supervision', tell: withPolice(reconsidered('upheld', 'police-to-file')) },
  { name: 'supervised in vain', tell: withPolice(reconsidered('upheld', 'not-to-file')) },
  { name: 'supervised at once', tell: withPolice(supervisedAtOnce) },
  { name: 'not approved', weight: 2, tell: notApproved },
  { name: 'entered late', tell: enteredLate },
];
