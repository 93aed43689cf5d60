import type { Instant } from '#kernel';
import { formatInstant } from '#kernel';
import type { IntendedOutcome } from '../ledger.ts';
import { HOUR_MS } from '../rhythm.ts';
import type { Episode, Reference, Step } from '../step.ts';
import * as complaints from './complaint.ts';
import { taken, type Taken } from './complaint-intake.ts';
import type { CityInstitutions, RosterBody } from './institutions.ts';
import type { Life } from './life.ts';
import { openedAtVenue } from './opening.ts';
import { SHAOXING, SINCE_ORDER_121, type Piece } from './piece.ts';
import { Scene, SECOND } from './scene.ts';

// 调解 of all kinds: administrative, delegated, people's, by the consumer association, by an industry's or a commercial body. What a
// court has mediated is told in court-assignment.ts.

/** A mediation that goes on. */
export interface Room {
  readonly mediation: Reference;
  readonly scene: Scene;
  readonly mediators: readonly Reference[];
  readonly act: (action: string, body?: Step['body'], role?: Step['role']) => Step;
}

function roomOf(scene: Scene, mediation: Reference, mediators: readonly Reference[]): Room {
  const act: Room['act'] = (action, body = {}, role = 'mediator') =>
    scene.step(role, `mediations/${action}`, mediation, body);
  return { mediation, scene, mediators, act };
}

/** Both parties agree to it, and one of the mediators is assigned. */
export function* readied({ scene, mediators, act }: Room, to = 'mediation'): Episode {
  for (const party of ['consumer', 'merchant']) {
    scene.minutes(10, 90);
    yield act('record-consent', { party, to, evidence: [scene.paper('consent')] });
  }
  scene.minutes(5, 30);
  yield act('assign-mediator', { mediatorId: mediators[0], relativeRuledOut: true });
}

const CHANNELS = ['internet', 'phone', 'sms', 'mail', 'letter'];

/** 调解现场, told of in advance (S1 Art. 20). */
export function* held(
  { scene, act }: Room,
  mode = 'on-site',
  session = '1',
  { attended = ['consumer', 'merchant'], days = 4 }: { attended?: readonly string[]; days?: number } = {},
): Episode {
  yield* scheduled({ scene, act }, mode);
  scene.days(Math.min(2, days), days);
  yield act('record-attendance', { session, attended });
}

function* scheduled({ scene, act }: Pick<Room, 'scene' | 'act'>, mode: string): Episode {
  const scheduledFor = formatInstant(scene.at + 20 * HOUR_MS);
  const place = mode === 'on-site' ? { place: '市场监管所调解室' } : {};
  scene.minutes(5);
  yield act('schedule-session', { scheduledFor, mode, ...place, channel: scene.random.pick(CHANNELS) });
}

/** The text that is signed, by its hash. */
function textHash({ scene }: Room): string {
  return scene.life.number.toString(16).padStart(64, '0');
}

export const METHODS = ['handwritten', 'seal', 'fingerprint', 'electronic'];

/** 达成协议, signed by all whose hand its form needs. Answers the moment it takes effect. */
export function* agreed(
  room: Room,
  form: string,
  signers: readonly string[],
  more: Step['body'] = {},
): Episode<Instant> {
  const { scene, act } = room;
  const performance = 'performedAtOnce' in more ? {} : { performanceDue: scene.dayAfter(12) };
  const text = signers.length > 0 ? { textHash: textHash(room) } : {};
  const { amountFen } = scene.life;
  scene.minutes(10, 60);
  yield act('reach-agreement', {
    form,
    terms: '商家退还货款，双方再无争议。',
    amountFen,
    ...performance,
    ...text,
    ...more,
  });
  for (const signer of signers) {
    scene.minutes(2, 30);
    const signed = { signer, method: scene.random.pick(METHODS), textHash: textHash(room) };
    yield act('sign-agreement', { ...signed, evidence: [scene.paper(`signed-by-${signer}`)] });
  }
  return scene.at;
}

export function* performed({ scene, act }: Room): Episode {
  scene.days(2, 11);
  yield act('record-performance', { evidence: [scene.paper('refund')] });
}

function* breached({ scene, act }: Room, breach: string, by = 'merchant'): Episode {
  scene.days(13, 20);
  yield act('record-breach', { breach, by, evidence: [scene.paper('reminder')] });
}

const OF_AUTHORITY = ['consumer', 'merchant', 'body-seal'];
const OF_CONTRACT = ['consumer', 'merchant'];
const OF_COMMITTEE = ['consumer', 'merchant', 'mediator', 'body-seal'];

export interface Official extends Room {
  readonly received: Taken;
  readonly complaint: Reference;
  readonly acceptedAt: Instant;
}

type OfficialCourse = (room: Official) => Episode;

/** 行政调解 or 委托调解 of an accepted complaint. */
export const ofComplaint = (kind: 'administrative' | 'delegated', course: OfficialCourse): Piece['tell'] =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const accepted = yield* complaints.acceptedAndNotified(life, received);
    const scene = new Scene(life, accepted.at).after(0, 2);
    const { association, officers } = life.institutions.of(life.merchant.district.city);
    const { complaint, acceptedAt } = accepted;
    const isDelegated = kind === 'delegated';
    const mediation = yield scene.begins('officer', 'mediations/propose', {
      kind,
      disputeId: received.open.dispute,
      complaintId: complaint,
      ...(isDelegated ? { bodyId: association.body } : {}),
    });
    const mediators = isDelegated ? association.mediators : officers;
    const room = roomOf(scene, mediation, mediators);
    yield* course({ ...room, received, complaint, acceptedAt });
  };

/** The complaint ends as its mediation did. */
function* concluded({ scene, complaint }: Official, body: Step['body'], outcome: IntendedOutcome): Episode {
  scene.minutes(5, 60);
  yield scene.step('mediator', 'complaints/conclude', complaint, body);
  scene.life.intended.ended(outcome, scene.at);
  if (outcome === 'MEDIATED') return;
  scene.after(0, 3);
  yield scene.step('officer', 'complaints/notify-termination', complaint, { channel: 'phone' });
}

const MEDIATED = { result: 'mediated' };

/** 调解书, 一式三份 */
export const withStatement = (to: string, after: (room: Room) => Episode): OfficialCourse =>
  function* (room) {
    yield* readied(room, to);
    yield* held(room);
    yield* agreed(room, 'statement', OF_AUTHORITY);
    const { scene, act } = room;
    scene.minutes(10);
    yield act('issue-statement', { document: scene.paper('statement') }, 'officer');
    yield* concluded(room, MEDIATED, 'MEDIATED');
    yield* after(room);
  };

/** 调解记录: performed at once, or both do without a statement (S1 Art. 24). */
const withRecord = (mode: string, more: (scene: Scene) => Step['body']): OfficialCourse =>
  function* (room) {
    yield* readied(room);
    yield* held(room, mode);
    yield* agreed(room, 'record', [], more(room.scene));
    const { scene, act } = room;
    scene.minutes(10);
    yield act('file-record', { document: scene.paper('record') });
    yield* concluded(room, MEDIATED, 'MEDIATED');
  };

/** Delegated only once it goes on: both parties agree to that as well (Art. 19). */
const delegatedLater: OfficialCourse = function* (room) {
  const { scene, act } = room;
  const { association } = scene.life.institutions.of(scene.life.merchant.district.city);
  for (const party of ['consumer', 'merchant']) {
    yield act('record-consent', { party, to: 'delegation' });
    scene.minutes(30);
  }
  yield act('delegate', { bodyId: association.body }, 'officer');
  scene.minutes(30);
  yield act('assign-mediator', { mediatorId: association.mediators[1], relativeRuledOut: true });
  yield* held(room, 'online');
  yield* agreed(room, 'statement', OF_AUTHORITY);
  yield* concluded(room, MEDIATED, 'MEDIATED');
  yield* performed(room);
};

/** 回避: mediation rests until it is decided; the limit runs on (T-08). */
const recused = (by: string, ground: string, granted: boolean): OfficialCourse =>
  function* (room) {
    const { scene, act, mediators } = room;
    yield* readied(room);
    scene.minutes(20);
    const reason = '调解员与对方系同乡，担心影响公正。';
    yield act('request-recusal', { mediatorId: mediators[0], by, ground, reason });
    scene.after(0, 1);
    yield { ...act('decide-recusal', { granted }, 'officer'), ...SECOND };
    scene.minutes(10);
    if (granted) yield act('assign-mediator', { mediatorId: mediators[1], relativeRuledOut: true });
    yield* held(room, 'phone');
    yield* agreed(room, 'record', [], { statementWaived: true });
    yield* concluded(room, MEDIATED, 'MEDIATED');
  };

/** 鉴定 within the mediation: by whom the parties choose, or since Order 121 the authority designates (Art. 22). */
const appraised = (chosenBy: string, isFeeDisputed: boolean): OfficialCourse =>
  function* (room) {
    const { scene, act, complaint } = room;
    yield* readied(room);
    yield scene.minutes(10).step('officer', 'complaints/start-appraisal', complaint, { kind: 'appraisal' });
    const institution = '虚构产品质量检验院';
    scene.after(1, 3);
    yield act(
      'designate-appraisal-institution',
      { institution, chosenBy, evidence: [scene.paper('choice')] },
      'officer',
    );
    if (!isFeeDisputed) {
      yield scene.days(10, 20).step('officer', 'complaints/complete-appraisal', complaint);
      yield* held(room);
      yield* agreed(room, 'statement', OF_AUTHORITY);
      yield* concluded(room, MEDIATED, 'MEDIATED');
      return yield* performed(room);
    }
    scene.after(1);
    yield act('dispute-appraisal-fee');
    return yield* terminated(room, '23(1)(4)');
  };

function* terminated(room: Official, ground: string, more: Step['body'] = {}): Episode {
  const { scene, act } = room;
  scene.minutes(20);
  yield act('terminate', { ground, reason: '调解终止。', ...more });
  scene.minutes(30);
  yield act('notify-termination', { channel: scene.random.pick(CHANNELS) });
  yield* concluded(room, { result: 'terminated', ground, ...more }, outcomeOf(ground, more));
}

const MALICIOUS: readonly unknown[] = ['16(3)', '16(5)', '16(6)', '42'];

function outcomeOf(ground: string, { disqualification }: Step['body']): IntendedOutcome {
  if (ground === '23(1)(1)') return 'SELF_SETTLED';
  if (ground === '23(1)(7)') return 'PARTY_CEASED';
  if (ground !== '23(1)(6)') return 'TERMINATED';
  return MALICIOUS.includes(disqualification) ? 'DISQUALIFIED_MALICIOUS' : 'DISQUALIFIED';
}

/** In the mediation it turns out that the complaint should not have been accepted. */
const disqualified = (disqualification: string): OfficialCourse =>
  function* (room) {
    yield* readied(room);
    yield* held(room);
    yield* terminated(room, '23(1)(6)', { disqualification });
  };

/** Ended for a reason that shows before or at the session. */
const endedOn = (ground: string): OfficialCourse =>
  function* (room) {
    const { scene, act } = room;
    if (ground === '23(1)(2)') {
      yield act('record-consent', { party: 'consumer', evidence: [scene.paper('consent')] });
      scene.after(1, 2);
      yield act('record-refusal', { party: 'merchant', reason: '不同意调解。' });
      return yield* terminated(room, ground);
    }
    yield* readied(room);
    if (ground === '23(1)(1)') return yield* terminated(room, ground, { evidence: [scene.paper('refund')] });
    yield* scheduled(room, 'on-site');
    scene.minutes(60);
    const code = scene.life.deal('cancellation');
    yield act('cancel-session', { session: '1', code });
    yield* held(room, 'on-site', '2', ground === '23(1)(3)' ? { attended: ['consumer'] } : {});
    if (ground === '23(1)(5)') scene.days(62, 66);
    return yield* terminated(room, ground);
  };

type Bodies = Pick<CityInstitutions, 'committee' | 'association' | 'industry' | 'commerce'>;
type BodyCourse = (room: Room) => Episode;

interface BodyKind {
  readonly kind: string;
  readonly of: keyof Bodies;
  readonly initiative?: string;
}

const PEOPLES: BodyKind = { kind: 'peoples', of: 'committee' };
const ASSOCIATION: BodyKind = { kind: 'consumer-association', of: 'association' };
const INDUSTRY: BodyKind = { kind: 'industry', of: 'industry' };
const COMMERCE: BodyKind = { kind: 'industry', of: 'commerce' };

/** A mediation that a body takes up, asked for by the parties or of its own. */
export function* atBody(
  life: Life,
  at: Instant,
  { kind, of, initiative = 'application' }: BodyKind,
): Episode<Room & { readonly dispute: Reference }> {
  const open = yield* openedAtVenue(life, at);
  const scene = new Scene(life, open.at).after(0, 2);
  const { district } = life.merchant;
  const body: RosterBody = life.institutions.of(district.city)[of];
  const mediation = yield scene.begins('hotline', 'mediations/propose', {
    kind,
    disputeId: open.dispute,
    bodyId: body.body,
    handlingRegion: district.code,
    initiative,
  });
  life.intended.opened();
  return { ...roomOf(scene, mediation, body.mediators), dispute: open.dispute };
}

const byBody = (body: BodyKind, course: BodyCourse): Piece['tell'] =>
  function* (life, at) {
    const room = yield* atBody(life, at, body);
    room.scene.after(0, 3);
    yield room.act('accept');
    yield* course(room);
  };

function* declinedFor(life: Life, at: Instant, body: BodyKind, code: string): Episode {
  const { scene, act } = yield* atBody(life, at, body);
  scene.after(1, 3);
  yield act('decline', { code, reason: '不属于本会调解范围。' });
  life.intended.ended('BODY_MEDIATION_FAILED', scene.at);
}

const settledInWriting = (signers: readonly string[], after: (room: Room) => Episode): BodyCourse =>
  function* (room) {
    yield* readied(room);
    yield* held(room, room.scene.random.pick(['on-site', 'online', 'phone']));
    room.scene.life.intended.ended('BODY_MEDIATED', yield* agreed(room, 'written', signers));
    yield* after(room);
  };

const settledByWord: BodyCourse = function* (room) {
  yield* readied(room);
  yield* held(room);
  const { scene } = room;
  const at = yield* agreed(room, 'oral', [], { performedAtOnce: true, evidence: [scene.paper('receipt')] });
  scene.life.intended.ended('BODY_MEDIATED', at);
};

const ending = (how: string): BodyCourse =>
  function* (room) {
    const { scene, act } = room;
    if (how === 'party-refused') {
      scene.after(1);
      yield act('record-refusal', { party: 'consumer', reason: '不愿继续调解。' });
    } else if (how === 'party-absent') {
      yield* readied(room);
      yield* scheduled(room, 'on-site');
      scene.hours(4, 8);
      yield act('cancel-session', { session: '1', code: scene.life.deal('cancellation') });
    } else {
      yield* readied(room);
      yield* held(room);
    }
    if (how === 'limit-reached') scene.days(60, 80);
    else scene.minutes(30);
    const evidence = how === 'settled-by-parties' ? { evidence: [scene.paper('settlement')] } : {};
    yield act('terminate', { ending: how, reason: '调解终止。', ...evidence });
    const outcome = how === 'settled-by-parties' ? 'SETTLED_BESIDE' : 'BODY_MEDIATION_FAILED';
    scene.life.intended.ended(outcome, scene.at);
  };

/** Signed in time, and entered after the last day of the body's mediation. */
const enteredLate: BodyCourse = function* (room) {
  yield* readied(room);
  yield* held(room);
  const { scene, act } = room;
  const endedAt = scene.minutes(30).at;
  scene.days(60, 70);
  const body = { ending: 'no-agreement', reason: '分歧过大。' };
  yield { ...act('terminate', body), happenedAt: endedAt };
  scene.life.intended.ended('BODY_MEDIATION_FAILED', endedAt);
  scene.after(1);
  yield { ...act('verify-late-entry', scene.lateEntry('body-mediation'), 'officer'), ...SECOND };
};

const nothing = function* (): Episode {};

const official = (name: string, course: OfficialCourse, weight = 1, more: Partial<Piece> = {}): Piece => ({
  name: `administrative, ${name}`,
  weight,
  ...more,
  tell: ofComplaint('administrative', course),
});

const ENDINGS = [
  'settled-by-parties',
  'party-refused',
  'party-absent',
  'no-agreement',
  'application-withdrawn',
  'not-mediable',
  'sham-suspected',
  'other',
];
const DECLINED = [
  'party-refused',
  'not-mediable',
  'out-of-scope',
  'handled-elsewhere',
  'application-withdrawn',
  'other',
];

export const mediationPieces: readonly Piece[] = [
  official('statement, performed', withStatement('mediation', performed), 20),
  official(
    'statement, not performed',
    withStatement('mediation', (room) => breached(room, 'not-performed')),
    3,
  ),
  official(
    'statement, performed in part',
    withStatement('mediation', (room) => breached(room, 'partly-performed')),
  ),
  official(
    'statement, taken back',
    withStatement('mediation', (room) => breached(room, 'performance-refused', 'consumer')),
  ),
  official(
    'record, performed at once',
    withRecord('on-site', (scene) => ({ performedAtOnce: true, evidence: [scene.paper('receipt')] })),
    10,
  ),
  official(
    'record, by telephone',
    withRecord('phone', () => ({})),
    5,
  ),
  official('delegated later', delegatedLater),
  official('mediator recused', recused('consumer', 'party-or-relative-of-party', true)),
  official('recusal of interest', recused('merchant', 'interest-in-dispute', true)),
  official('recusal refused', recused('consumer', 'other-relation-to-party', false)),
  official('mediator withdraws', recused('mediator', 'other-doubt-of-impartiality', true)),
  official('appraised', appraised('parties', false)),
  official('appraised by whom the authority designates', appraised('authority', false), 1, SINCE_ORDER_121),
  official('appraisal fee disputed', appraised('parties', true)),
  ...['23(1)(1)', '23(1)(2)', '23(1)(3)', '23(1)(5)', '23(1)(7)', '23(1)(8)'].map((ground) =>
    official(`ended on ${ground}`, endedOn(ground)),
  ),
  ...['16(1)', '16(2)', '16(3)', '16(4)', '16(7)'].map((basis) =>
    official(`disqualified by ${basis}`, disqualified(basis), 0.3),
  ),
  ...['16(5)', '16(6)', '42'].map((basis) =>
    official(`disqualified by ${basis}`, disqualified(basis), 0.3, SINCE_ORDER_121),
  ),
  { name: 'delegated, statement', weight: 6, tell: ofComplaint('delegated', withStatement('delegation', performed)) },
  { name: "people's, written", weight: 12, tell: byBody(PEOPLES, settledInWriting(OF_COMMITTEE, performed)) },
  { name: "people's, oral", weight: 4, tell: byBody(PEOPLES, settledByWord) },
  {
    name: "people's, of its own",
    weight: 2,
    tell: byBody({ ...PEOPLES, initiative: 'own-initiative' }, settledInWriting(OF_COMMITTEE, nothing)),
  },
  { name: 'association, written', weight: 8, tell: byBody(ASSOCIATION, settledInWriting(OF_CONTRACT, performed)) },
  { name: 'association, in its days', ...SHAOXING, tell: byBody(ASSOCIATION, ending('limit-reached')) },
  { name: 'association, entered late', ...SHAOXING, tell: byBody(ASSOCIATION, enteredLate) },
  { name: 'industry, written', weight: 3, tell: byBody(INDUSTRY, settledInWriting(OF_CONTRACT, performed)) },
  { name: 'commercial, oral', weight: 2, tell: byBody(COMMERCE, settledByWord) },
  ...ENDINGS.map((how, index) => ({
    name: `body ends it: ${how}`,
    tell: byBody([PEOPLES, ASSOCIATION, INDUSTRY, COMMERCE][index % 4]!, ending(how)),
  })),
  ...DECLINED.map((code) => ({
    name: `body declines: ${code}`,
    tell: (life: Life, at: Instant) => declinedFor(life, at, ASSOCIATION, code),
  })),
];

const BODIES = { peoples: PEOPLES, 'consumer-association': ASSOCIATION, industry: INDUSTRY };

/** An agreement before a body, which a court may be asked to confirm. */
export function* agreedBeforeBody(
  life: Life,
  at: Instant,
  kind: keyof typeof BODIES = 'peoples',
): Episode<Room & { readonly dispute: Reference }> {
  const room = yield* atBody(life, at, BODIES[kind]);
  room.scene.after(0, 1);
  yield room.act('accept');
  yield* readied(room);
  yield* held(room);
  const signers = kind === 'peoples' ? OF_COMMITTEE : OF_CONTRACT;
  life.intended.ended('BODY_MEDIATED', yield* agreed(room, 'written', signers));
  return room;
}

/** A mediation that ended without an agreement: the way to the court is open. */
export function* failedBeforeCommittee(life: Life, at: Instant): Episode<Room & { readonly dispute: Reference }> {
  const room = yield* atBody(life, at, PEOPLES);
  room.scene.after(0, 1);
  yield room.act('accept');
  yield* ending('no-agreement')(room);
  return room;
}

/** The mediation for a court's assignment, which both parties have agreed to. */
export function* invitedByCourt(
  scene: Scene,
  dispute: Reference,
  referral: Reference,
  body: RosterBody,
): Episode<Room> {
  const mediation = yield scene.begins('mediator', 'mediations/propose', {
    kind: 'court-invited',
    disputeId: dispute,
    referralId: referral,
    bodyId: body.body,
  });
  scene.life.intended.opened();
  return roomOf(scene, mediation, body.mediators);
}
