import { packageOf } from '#court-referral';
import type { Instant } from '#kernel';
import type { Episode, Reference, Step } from '../step.ts';
import type { Life } from './life.ts';
import { agreedBeforeBody, failedBeforeCommittee } from './mediation.ts';
import type { Piece } from './piece.ts';
import type { Scene } from './scene.ts';
import { SECOND } from './scene.ts';

// 诉调对接, from mediation to the court (TO_COURT): what failed is sued for, and what was agreed goes there to be confirmed.

export function courtOf({ merchant }: Life): string {
  return `${merchant.district.zh}人民法院`;
}

/** What somebody else enters of a court is proven; the court itself may show it as well. */
export function proven(scene: Scene): Step['body'] {
  return { evidence: [scene.paper('court-letter')] };
}

interface Route {
  readonly referral: Reference;
  readonly scene: Scene;
  readonly act: (action: string, body?: Step['body'], role?: Step['role']) => Step;
}

function* offered(scene: Scene, body: Step['body']): Episode<Route> {
  const { life } = scene;
  const { code } = life.merchant.district;
  const referral = yield scene
    .after(1, 3)
    .begins('officer', 'court-referrals/offer', { handlingRegion: code, claimant: 'consumer', ...body });
  const act: Route['act'] = (action, said = {}, role = 'court') =>
    scene.step(role, `court-referrals/${action}`, referral, role === 'court' ? { ...proven(scene), ...said } : said);
  return { referral, scene, act };
}

/** The claimant alone consents to a suit; the route begins with what failed before. */
function* toSue(life: Life, at: Instant): Episode<Route> {
  const failed = yield* failedBeforeCommittee(life, at);
  const route = yield* offered(failed.scene, {
    disputeId: failed.dispute,
    purpose: 'suit',
    mediationId: failed.mediation,
  });
  const { scene, act } = route;
  scene.minutes(30);
  yield act('consent-to-route', { party: 'consumer', evidence: [scene.paper('consent')] }, 'officer');
  return route;
}

const MATERIALS = [
  'undisputed-fact=fact-list',
  'statement-of-claim=claim',
  'evidence=receipt',
  'identity=identity-card',
  'service-address=address-confirmation',
];

/** Packaged, and transferred once. A later package of the same dispute brings more. */
function* transferred(
  { scene, act, referral }: Route,
  jurisdictionBasis: string,
  more: readonly string[] = [],
): Episode {
  const { life } = scene;
  const items = [...MATERIALS, ...more];
  scene.after(0, 1);
  yield act('package-materials', { items, factsAgreedBy: ['consumer', 'merchant'] }, 'mediator');
  scene.after(0, 1);
  const named = { ...referral, as: (id: string) => nameOf(id, items) };
  yield act('transfer', { package: named, court: courtOf(life), jurisdictionBasis }, 'officer');
}

function nameOf(referralId: string, items: readonly string[]): string {
  const made = packageOf(referralId, items, ['consumer', 'merchant']);
  if ('refused' in made) throw new Error(made.detail);
  return made.package;
}

/** The court has it, and files it within its seven days (S7 Art. 126). */
const sued = (basis: string, decided: (route: Route) => Episode): Piece['tell'] =>
  function* (life, at) {
    const route = yield* toSue(life, at);
    yield* transferred(route, basis);
    life.intended.opened();
    const { scene, act } = route;
    scene.after(1);
    yield act('record-receipt');
    scene.after(1, 4);
    yield* decided(route);
  };

function* filed({ scene, act }: Route): Episode {
  yield act('record-filing', { courtCaseNo: `(2025)虚民初${scene.life.number}号` });
  scene.days(20, 60);
}

const judged = (judgment: string) =>
  function* (route: Route): Episode {
    yield* filed(route);
    const { scene, act } = route;
    const awarded = judgment === 'dismissed' ? {} : { awardedFen: scene.life.amountFen };
    yield act('record-judgment', { documentNo: `(2025)虚民初${scene.life.number}号判决`, judgment, ...awarded });
    scene.life.intended.ended('COURT_JUDGED', scene.at);
  };

function* settled(route: Route): Episode {
  yield* filed(route);
  const { scene, act } = route;
  const documentNo = `(2025)虚民初${scene.life.number}号调解`;
  yield act('record-settlement', { documentNo, agreedFen: scene.life.amountFen });
  scene.life.intended.ended('COURT_SETTLED', scene.at);
}

const withdrawn = (reason: string) =>
  function* (route: Route): Episode {
    yield* filed(route);
    const { scene, act } = route;
    yield act('record-withdrawal', { reason });
    const isSettled = reason === 'settled' || reason === 'mediated';
    scene.life.intended.ended(isSettled ? 'SETTLED_BESIDE' : 'COURT_ENDED', scene.at);
  };

const notFiled = (ground: string) =>
  function* ({ scene, act }: Route): Episode {
    yield act('record-filing-refusal', { ground });
    scene.life.intended.ended('COURT_ENDED', scene.at);
  };

/** Sent back by the court, and sent again with what was missing. */
const sentBack = (reason: string) =>
  function* (route: Route): Episode {
    const { scene, act } = route;
    yield act('record-court-return', { reason });
    if (reason === 'not-suitable') return;
    yield* transferred(route, 'respondent-domicile', ['contract=order']);
    scene.after(1);
    yield act('record-receipt');
    scene.after(1, 3);
    yield* judged('upheld')(route);
  };

function* claimantUnwilling(life: Life, at: Instant): Episode {
  const failed = yield* failedBeforeCommittee(life, at);
  const body = { disputeId: failed.dispute, purpose: 'suit', mediationId: failed.mediation };
  const { scene, act } = yield* offered(failed.scene, body);
  scene.after(0, 2);
  yield act('refuse-route', { party: 'consumer' }, 'officer');
}

/** What both agreed on, and only one wants confirmed. */
function* notTogether(life: Life, at: Instant): Episode {
  const room = yield* agreedBeforeBody(life, at);
  const body = { disputeId: room.dispute, purpose: 'confirmation', mediationId: room.mediation };
  const { scene, act } = yield* offered(room.scene, body);
  scene.after(0, 2);
  yield act('refuse-route', { party: 'merchant' }, 'officer');
}

/** Together to the court that may confirm what they have agreed on. */
const toBeConfirmed = (basis: string): Piece['tell'] =>
  function* (life, at) {
    const room = yield* agreedBeforeBody(life, at);
    const body = {
      disputeId: room.dispute,
      purpose: 'confirmation',
      mediationId: room.mediation,
      claimant: 'merchant',
    };
    const route = yield* offered(room.scene, body);
    const { scene, act } = route;
    for (const party of ['consumer', 'merchant']) {
      scene.minutes(20, 90);
      yield act('consent-to-route', { party, evidence: [scene.paper('consent')] }, 'officer');
    }
    yield* transferred(route, basis, ['mediation-agreement=agreement']);
    scene.after(1);
    yield act('record-receipt');
  };

/** Filed within the court's seven days, and entered only when they were over. */
function* enteredLate(route: Route): Episode {
  const { scene, act } = route;
  const filedAt = scene.at;
  scene.days(25, 35);
  yield { ...act('record-filing', { courtCaseNo: `(2025)虚民初${scene.life.number}号` }), happenedAt: filedAt };
  scene.after(1);
  yield { ...act('verify-late-entry', scene.lateEntry('filing'), 'officer'), ...SECOND };
  scene.days(20, 40);
  yield act('record-judgment', { documentNo: `(2025)虚民初${scene.life.number}号判决`, judgment: 'dismissed' });
  scene.life.intended.ended('COURT_JUDGED', scene.at);
}

const BASES = ['respondent-domicile', 'place-of-performance', 'place-of-tort', 'agreed-court'];
const NOT_FILED = [
  'no-jurisdiction',
  'no-standing',
  'no-definite-respondent',
  'no-claim-or-facts',
  'not-civil',
  'decided-before',
  'other',
];

export const courtRoutePieces: readonly Piece[] = [
  ...['upheld', 'partly-upheld', 'dismissed'].map((judgment, index) => ({
    name: judgment,
    weight: 4,
    tell: sued(BASES[index]!, judged(judgment)),
  })),
  { name: 'settled at court', weight: 5, tell: sued(BASES[3]!, settled) },
  ...['settled', 'mediated', 'deemed-withdrawn', 'other'].map((reason) => ({
    name: `suit withdrawn: ${reason}`,
    tell: sued(BASES[0]!, withdrawn(reason)),
  })),
  ...NOT_FILED.map((ground) => ({ name: `not filed: ${ground}`, tell: sued(BASES[0]!, notFiled(ground)) })),
  ...['materials-incomplete', 'no-jurisdiction', 'not-suitable', 'other'].map((reason) => ({
    name: `sent back: ${reason}`,
    tell: sued(BASES[1]!, sentBack(reason)),
  })),
  { name: 'the claimant is unwilling', weight: 3, tell: claimantUnwilling },
  { name: 'not together to the court', tell: notTogether },
  ...['body-place', 'party-domicile', 'subject-matter-place'].map((basis) => ({
    name: `to be confirmed at the ${basis}`,
    tell: toBeConfirmed(basis),
  })),
  { name: 'entered late', tell: sued(BASES[0]!, enteredLate) },
];
