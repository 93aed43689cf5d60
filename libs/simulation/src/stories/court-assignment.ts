import { courtMediationRule } from '#court-referral/events';
import { addDays, localDateOf, startOfDay, type Instant } from '#kernel';
import { readClock, shippedLaw } from '#law';
import type { Episode, Reference, Step } from '../step.ts';
import { courtOf } from './court-route.ts';
import type { CityInstitutions, RosterBody } from './institutions.ts';
import type { Life } from './life.ts';
import { agreed, held, invitedByCourt, readied, type Room } from './mediation.ts';
import { openedAtVenue } from './opening.ts';
import type { Piece } from './piece.ts';
import { Scene, SECOND } from './scene.ts';

// 诉调对接, from the court to mediation (FROM_COURT): 委派 before the suit is filed, 委托 after it.

const LAW = shippedLaw();

interface Assignment {
  readonly referral: Reference;
  readonly dispute: Reference;
  readonly body: RosterBody;
  readonly city: CityInstitutions;
  /** The party that has not agreed before the court yet. */
  readonly asked: 'consumer' | 'merchant';
  readonly scene: Scene;
  readonly act: (action: string, body?: Step['body'], role?: Step['role']) => Step;
}

type Kind = 'pre-filing' | 'ordinary' | 'summary';

/** The court assigns it to a body (or lets the parties choose); that it is about a dispute known here shows at once, or later. */
function* assigned(
  life: Life,
  at: Instant,
  kind: Kind,
  by: 'court' | 'parties' | 'later' = 'court',
): Episode<Assignment> {
  const { merchant, consumer, institutions } = life;
  const open = yield* openedAtVenue(life, at);
  const scene = new Scene(life, open.at).after(1, 5);
  const city = institutions.of(merchant.district.city);
  const body = city.committee;
  const isChosen = by !== 'court';
  const agreedFirst = life.deal('party');
  const referral = yield scene.begins('court', 'court-referrals/assign', {
    court: courtOf(life),
    courtCaseNo: `(2025)虚诉前调${life.mark}${life.number}号`,
    ...(kind === 'pre-filing' ? { kind } : { kind: 'post-filing', procedure: kind }),
    handlingRegion: merchant.district.code,
    respondentUscc: merchant.uscc,
    claimantName: consumer.name,
    claimantPhone: consumer.phone,
    respondentName: merchant.name,
    content: '买卖合同纠纷，请求退还货款。',
    ...(isChosen ? { consents: ['consumer', 'merchant'] } : { bodyId: body.body, consents: [agreedFirst] }),
    materials: [scene.paper('claim')],
  });
  const act: Assignment['act'] = (action, said = {}, role = 'mediator') =>
    scene.step(role, `court-referrals/${action}`, referral, said);
  scene.minutes(10, 60);
  yield act('link-dispute', { disputeId: open.dispute });
  life.intended.opened();
  if (isChosen) {
    if (by === 'later') scene.days(8, 12);
    else scene.after(0);
    const chooser = by === 'parties' ? 'parties' : 'court';
    yield act('designate-body', { bodyId: body.body, by: chooser }, chooser === 'court' ? 'court' : 'mediator');
  }
  const asked = agreedFirst === 'consumer' ? 'merchant' : 'consumer';
  return { referral, dispute: open.dispute, body, city, asked, scene, act };
}

/** The body takes it on within three working days, and reaches the party that had not agreed yet. */
function* confirmed({ scene, act, asked }: Assignment, basis = 'platform', isAsked = true): Episode {
  scene.after(0, 1);
  yield act('confirm-assignment', { basis });
  if (!isAsked) return;
  scene.minutes(30, 90);
  yield act('contact-other-party', { channel: scene.random.pick(['platform', 'phone', 'sms', 'mail', 'in-person']) });
  scene.after(0, 1);
  yield act('consent-to-mediation', { party: asked, evidence: [scene.paper('consent')] });
}

/** 退回法院, with a report of what came of it (S9 Art. 26). */
function* returned({ scene, act }: Assignment): Episode {
  scene.after(0, 2);
  yield act('return-to-court', { report: scene.paper('report'), materials: [scene.paper('minutes')] });
}

/** Mediated for the court until the parties agree. */
export function* agreedForCourt(
  life: Life,
  at: Instant,
  kind: Kind,
  form = 'written',
  by: 'court' | 'parties' | 'later' = 'court',
): Episode<Assignment> {
  const assignment = yield* assigned(life, at, kind, by);
  yield* confirmed(assignment, basisOf(form), by === 'court');
  const { scene, act, dispute, referral, body } = assignment;
  const room: Room = yield* invitedByCourt(scene.after(0), dispute, referral, body);
  yield* readied(room);
  // The seven days of a summary procedure are soon over (S9 Art. 27).
  yield* held(room, 'online', '1', kind === 'summary' ? { days: 1 } : {});
  life.intended.ended('BODY_MEDIATED', yield* agreed(room, 'written', ['consumer', 'merchant']));
  scene.minutes(30);
  const both = { agreedBy: ['consumer', 'merchant'], agreedFen: life.amountFen, evidence: [scene.paper('agreement')] };
  yield act('agree', { ...both, ...(kind === 'pre-filing' ? { form } : {}) });
  life.intended.ended('COURT_MEDIATED', scene.at);
  if (kind !== 'pre-filing') {
    // After filing the court makes a statement of what was agreed (S9 20).
    scene.minutes(60);
    yield room.act('issue-statement', { document: scene.paper('court-statement') }, 'court');
  }
  return assignment;
}

function basisOf(form: string): string {
  return form === 'oral' ? 'materials-signed' : 'platform';
}

const agreement = (kind: Kind, form = 'written', by: 'court' | 'parties' | 'later' = 'court'): Piece['tell'] =>
  function* (life, at) {
    yield* returned(yield* agreedForCourt(life, at, kind, form, by));
  };

/** Without an agreement, for whatever reason. */
const failed = (reason: string): Piece['tell'] =>
  function* (life, at) {
    const assignment = yield* assigned(life, at, 'pre-filing');
    yield* confirmed(assignment);
    const { scene, act } = assignment;
    scene.after(1, 4);
    if (reason === 'sham-mediation') yield* sham(assignment, 'sham');
    yield act('fail', { reason });
    const outcome = reason === 'settled-and-withdrawn' ? 'SETTLED_BESIDE' : 'COURT_MEDIATION_FAILED';
    life.intended.ended(outcome, scene.at);
    yield* returned(assignment);
  };

/** 虚假调解: suspected, and looked into (S9 Art. 18). */
function* sham({ scene, act }: Assignment, finding: 'sham' | 'no-sham'): Episode {
  const indications = ['collusion', 'forged-evidence', 'fabricated-facts', 'fictitious-relationship', 'other'];
  const seen = finding === 'sham' ? indications : indications.slice(0, 2);
  yield act('report-sham', { indications: seen, reason: '双方陈述高度一致，疑似串通。' });
  scene.after(1, 2);
  yield act('review-sham', { finding, evidence: [scene.paper('review')] }, 'court');
  scene.minutes(30);
}

function* noSham(life: Life, at: Instant): Episode {
  const assignment = yield* assigned(life, at, 'pre-filing');
  yield* confirmed(assignment);
  yield* sham(assignment, 'no-sham');
  const { scene, act } = assignment;
  scene.after(1);
  const both = { agreedBy: ['consumer', 'merchant'], evidence: [scene.paper('agreement')] };
  yield act('agree', { ...both, form: 'oral' });
  life.intended.ended('COURT_MEDIATED', scene.at);
  yield* returned(assignment);
}

/** Its thirty days run out without a result: nobody extends them, or what both parties extend is of no use. */
function* ranOut(life: Life, at: Instant): Episode {
  const assignment = yield* assigned(life, at, 'pre-filing');
  const { scene, act } = assignment;
  scene.after(0, 1);
  yield act('confirm-assignment', { basis: 'platform' });
  const overAt = overAfter(scene.at);
  scene.from(overAt);
  yield act('expire', {}, 'process');
  life.intended.ended('COURT_MEDIATION_FAILED', scene.at);
  yield* returned(assignment);
}

/** The end of the last day of a mediation before filing that was confirmed at this moment. */
function overAfter(confirmedAt: Instant): Instant {
  const rule = courtMediationRule('pre-filing', null);
  const { due } = readClock({ clock: 'court-mediation', rule, from: localDateOf(confirmedAt) }, LAW);
  return startOfDay(addDays(due!, 1));
}

/** Extended by both, and standing still for an appraisal (S10 26). */
function* extended(life: Life, at: Instant): Episode {
  const assignment = yield* assigned(life, at, 'pre-filing');
  yield* confirmed(assignment);
  const { scene, act } = assignment;
  scene.after(1, 3);
  yield act('start-appraisal');
  scene.days(5, 10);
  yield act('complete-appraisal');
  scene.after(1);
  const both = { agreedBy: ['consumer', 'merchant'], evidence: [scene.paper('extension')] };
  yield act('extend', { days: 15, ...both });
  scene.days(6, 12);
  yield act('fail', { reason: 'wide-disagreement' });
  life.intended.ended('COURT_MEDIATION_FAILED', scene.at);
  yield* returned(assignment);
}

/** One body does not take it; the court designates another one, or takes it back. */
const refused = (ground: string, isDesignatedAgain: boolean): Piece['tell'] =>
  function* (life, at) {
    const assignment = yield* assigned(life, at, 'pre-filing');
    const { scene, act, city } = assignment;
    scene.after(0, 1);
    yield act('refuse-assignment', { ground, reason: '不属于本组织调解范围。' });
    life.intended.ended('COURT_MEDIATION_FAILED', scene.at);
    if (!isDesignatedAgain) return yield* returned(assignment);
    scene.after(1);
    yield act('designate-body', { bodyId: city.industry.body }, 'court');
    yield* confirmed(assignment);
    scene.after(1, 3);
    const both = { agreedBy: ['consumer', 'merchant'], evidence: [scene.paper('agreement')] };
    yield act('agree', { ...both, form: 'written' });
    life.intended.resulted('COURT_MEDIATED', scene.at);
    return yield* returned(assignment);
  };

/** Confirmed in time, and entered only when the three working days were over. */
function* enteredLate(life: Life, at: Instant): Episode {
  const assignment = yield* assigned(life, at, 'pre-filing');
  const { scene, act } = assignment;
  const confirmedAt = scene.minutes(60).at;
  scene.after(12, 14);
  yield { ...act('confirm-assignment', { basis: 'platform' }), happenedAt: confirmedAt };
  scene.after(1);
  yield { ...act('verify-late-entry', scene.lateEntry('assignment-confirmation'), 'officer'), ...SECOND };
  scene.minutes(30);
  yield act('fail', { reason: 'party-unreachable' });
  life.intended.ended('COURT_MEDIATION_FAILED', scene.at);
  yield* returned(assignment);
}

const FAILED = [
  'consent-refused',
  'party-unreachable',
  'party-unwilling',
  'wide-disagreement',
  'signature-refused',
  'settled-and-withdrawn',
  'sham-mediation',
  'other',
];

export const courtAssignmentPieces: readonly Piece[] = [
  { name: 'agreed before filing', weight: 8, tell: agreement('pre-filing') },
  { name: 'agreed before filing, oral', tell: agreement('pre-filing', 'oral') },
  { name: 'agreed, ordinary procedure', weight: 2, tell: agreement('ordinary', 'written') },
  { name: 'agreed, summary procedure', weight: 2, tell: agreement('summary', 'written', 'parties') },
  { name: 'body chosen by the parties', weight: 2, tell: agreement('pre-filing', 'written', 'parties') },
  { name: 'body designated later', tell: agreement('pre-filing', 'written', 'later') },
  ...FAILED.map((reason) => ({ name: `failed: ${reason}`, tell: failed(reason) })),
  { name: 'no sham after all', tell: noSham },
  { name: 'ran out', weight: 2, tell: ranOut },
  { name: 'extended', tell: extended },
  { name: 'refused, another body', weight: 2, tell: refused('beyond-expertise', true) },
  ...['out-of-scope', 'conflict-of-interest', 'unsuitable'].map((ground) => ({
    name: `refused: ${ground}`,
    tell: refused(ground, false),
  })),
  { name: 'entered late', tell: enteredLate },
];
