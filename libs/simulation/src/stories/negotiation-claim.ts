import type { Instant } from '#kernel';
import type { Episode, Reference, Step } from '../step.ts';
import * as complaints from './complaint.ts';
import type { Life, OpenDispute } from './life.ts';
import { overAt } from './negotiation.ts';
import { openedAtVenue } from './opening.ts';
import type { Piece } from './piece.ts';
import { Scene, SECOND } from './scene.ts';

// 和解 with its edges: where it takes place, what the merchant only claims, what the consumer says to that, and what is fed back.

export interface Table {
  readonly open: OpenDispute;
  readonly negotiation: Reference;
  readonly openedAt: Instant;
  readonly scene: Scene;
  readonly act: (role: Step['role'], action: string, body?: Step['body']) => Step;
}

/** A negotiation at a place of its own, which need not be that of an ODR enterprise. */
export function* tableAt(life: Life, at: Instant, place: Step['body'] = { venue: 'merchant' }): Episode<Table> {
  const { merchant, intended } = life;
  const open = yield* openedAtVenue(life, at);
  const scene = new Scene(life, open.at).athome(0, 4);
  const about = { disputeId: open.dispute, respondentUscc: merchant.uscc };
  const body: Step['body'] = { ...about, openedBy: 'consumer', ...place };
  const opener = body['openedBy'] === 'authority' ? 'officer' : 'hotline';
  const negotiation = yield scene.begins(opener, 'negotiations/open', body, { merchant });
  intended.opened();
  intended.negotiated('PENDING', null);
  const act: Table['act'] = (role, action, said = {}) =>
    scene.step(role, `negotiations/${action}`, negotiation, said, role === 'merchant' ? { merchant } : {});
  return { open, negotiation, openedAt: scene.at, scene, act };
}

export function* agreed({ scene, act }: Table): Episode {
  scene.after(0, 1);
  yield act('merchant', 'acknowledge');
  scene.minutes(20, 60);
  const { amountFen } = scene.life;
  yield act('merchant', 'propose', { amountFen, performBy: scene.dayAfter(10), onBehalfOf: 'merchant' });
  scene.athome(1, 20);
  yield act('hotline', 'agree', { offer: 1, onBehalfOf: 'consumer' });
}

export function* confirmed({ scene, act }: Table): Episode {
  scene.athome(2, 20);
  yield act('hotline', 'confirm', { recoveredFen: scene.life.amountFen });
  scene.life.intended.negotiated('SETTLED', scene.at);
  scene.life.intended.ended('NEGOTIATION_SETTLED', scene.at);
}

function* claimed({ scene, act }: Table, channel: string): Episode {
  scene.after(0, 1);
  yield act('merchant', 'acknowledge');
  scene.after(1);
  yield act('merchant', 'claim');
  scene.minutes(10, 60);
  yield act('hotline', 'notify-claim', { channel });
}

/** 反馈: what the enterprise says of an end is what the log says of it (M-15). */
function* fedBack(
  { scene, act }: Table,
  mode: string,
  result: 'settled' | 'not-settled',
  by: Step['role'] = 'merchant',
) {
  scene.after(0, 2);
  const course = '已与消费者电话协商两次，并当面沟通。';
  yield act(by, 'feed-back-result', { handledOn: scene.today, course, mode, result });
}

/** Settled at a station, in a green channel, or where the authority had it negotiated. */
const settledAt = (mode: string, placeOf: (life: Life) => Step['body']): Piece['tell'] =>
  function* (life, at) {
    const table = yield* tableAt(life, at, placeOf(life));
    yield* agreed(table);
    yield* confirmed(table);
    yield* fedBack(table, mode, 'settled');
  };

/** 绿色通道: opened by the merchant that has none yet. */
const inGreenChannel: Piece['tell'] = function* (life, at) {
  const { merchant, institutions } = life;
  if (!institutions.greenChannels.has(merchant.index)) {
    institutions.greenChannels.add(merchant.index);
    const scene = new Scene(life, at);
    const step = (action: string, body: Step['body'] = {}) =>
      scene.step('programme-office', `subjects/${action}`, merchant.uscc, body, { merchant });
    yield step('open-green-channel');
    scene.minutes(10);
    yield step('suspend-green-channel', { reason: 'conditions-not-met' });
    scene.minutes(30);
    yield step('resume-green-channel');
    at = scene.minutes(60).at;
  }
  const place = { venue: 'green-channel', greenChannelUscc: merchant.uscc };
  const table = yield* tableAt(life, at, place);
  yield* agreed(table);
  yield* confirmed(table);
};

/** The consumer is told of the claim and says nothing: where no rule of the place has silence confirm it, nothing is settled (T-31). */
const unanswered = (channel: string): Piece['tell'] =>
  function* (life, at) {
    const table = yield* tableAt(life, at);
    const { scene, act } = table;
    yield* claimed(table, channel);
    scene.from(overAt(table.openedAt));
    yield act('process', 'expire');
    life.intended.negotiated('EXPIRED', scene.at);
    life.intended.ended('NEGOTIATION_EXPIRED', scene.at);
    scene.minutes(10);
    yield* fedBack(table, 'phone', 'not-settled', 'hotline');
    scene.after(1, 4);
    yield act('hotline', 'escalate');
    const received = yield* complaints.received(life, { ...table.open, at: scene.at }, { ...table, ...leftAt(table) });
    const accepted = yield* complaints.acceptedAndNotified(life, received);
    yield* complaints.concluded(life, accepted, { end: 'mediated' });
  };

function leftAt({ scene, openedAt }: Table) {
  return { at: scene.at, overAt: overAt(openedAt) };
}

/** The merchant claims, and the consumer says that it is not so. */
const claimDisputed = (reason: string): Piece['tell'] =>
  function* (life, at) {
    const table = yield* tableAt(life, at);
    const { scene, act } = table;
    yield* claimed(table, 'sms');
    scene.athome(2, 20);
    yield act('hotline', 'dispute-settlement', { reason });
    scene.after(0, 1);
    yield act('hotline', 'fail', { reason: life.random.pick(FAILURES), onBehalfOf: 'consumer' });
    life.intended.negotiated('FAILED', scene.at);
    life.intended.ended('NEGOTIATION_FAILED', scene.at);
    yield* fedBack(table, 'online', 'not-settled');
  };

const FAILURES = ['no-agreement', 'refused-by-consumer', 'refused-by-merchant'];

/** Settled, and not kept: from then on it counts as failed, and the consumer turns to the authority. */
const settlementDisputed = (reason: string): Piece['tell'] =>
  function* (life, at) {
    const table = yield* tableAt(life, at);
    const { scene, act } = table;
    yield* agreed(table);
    yield* confirmed(table);
    scene.days(15, 30);
    yield act('hotline', 'dispute-settlement', { reason });
    life.intended.negotiated('FAILED', scene.at);
    life.intended.resulted('NEGOTIATION_FAILED', scene.at);
    scene.athome(5, 40);
    yield act('hotline', 'escalate');
    const received = yield* complaints.received(life, { ...table.open, at: scene.at }, { ...table, ...leftAt(table) });
    const accepted = yield* complaints.acceptedAndNotified(life, received);
    yield* complaints.concluded(life, accepted, { end: 'mediated' });
  };

/** A complaint comes after the settlement: a process says that it is disputed by that. */
function* complainedOfLater(life: Life, at: Instant): Episode {
  const table = yield* tableAt(life, at);
  const { scene, act } = table;
  yield* agreed(table);
  yield* confirmed(table);
  scene.days(10, 20);
  const received = yield* complaints.received(life, { ...table.open, at: scene.at }, null);
  scene.from(received.at).minutes(1);
  yield act('process', 'dispute-by-complaint', { complaintId: received.complaint });
  life.intended.negotiated('FAILED', received.at);
  life.intended.resulted('NEGOTIATION_FAILED', received.at);
  const accepted = yield* complaints.acceptedAndNotified(life, { ...received, at: scene.at });
  yield* complaints.concluded(life, accepted, { end: 'mediated' });
}

/** Ended for a reason that most do not have. */
const failed = (reason: string, by: 'consumer' | 'operator'): Piece['tell'] =>
  function* (life, at) {
    const table = yield* tableAt(life, at, {
      venue: 'station',
      stationId: life.institutions.of(life.merchant.district.city).station,
    });
    const { scene, act } = table;
    scene.after(0, 1);
    yield act('hotline', 'propose', { amountFen: life.amountFen, onBehalfOf: 'consumer' });
    scene.after(2, 4);
    yield act('hotline', 'fail', { reason, onBehalfOf: by });
    life.intended.negotiated('FAILED', scene.at);
    life.intended.ended('NEGOTIATION_FAILED', scene.at);
    yield* fedBack(table, 'mail', 'not-settled', 'hotline');
  };

/** Confirmed in time, and entered when the ten working days were over. */
function* enteredLate(life: Life, at: Instant): Episode {
  const table = yield* tableAt(life, at);
  const { scene, act } = table;
  yield* agreed(table);
  const confirmedAt = scene.athome(2, 20).at;
  scene.after(18, 25);
  yield { ...act('hotline', 'confirm', { recoveredFen: 100 }), happenedAt: confirmedAt };
  life.intended.negotiated('SETTLED', confirmedAt);
  life.intended.ended('NEGOTIATION_SETTLED', confirmedAt);
  scene.after(1);
  yield { ...act('officer', 'verify-late-entry', scene.lateEntry('negotiation')), ...SECOND };
}

const atStation = (life: Life) => ({
  venue: 'station',
  stationId: life.institutions.of(life.merchant.district.city).station,
});

export const negotiationClaimPieces: readonly Piece[] = [
  { name: 'settled at a station', weight: 5, tell: settledAt('in-person', atStation) },
  {
    name: 'settled under the authority',
    weight: 2,
    tell: settledAt('other', () => ({ venue: 'merchant', openedBy: 'authority' })),
  },
  { name: 'settled in a green channel', weight: 3, tell: inGreenChannel },
  ...['internet', 'phone', 'sms', 'mail', 'in-person'].map((channel) => ({
    name: `claimed, told by ${channel}`,
    tell: unanswered(channel),
  })),
  ...['not-agreed', 'not-performed', 'performed-in-part', 'other-terms', 'other'].map((reason, index) => ({
    name: `disputed: ${reason}`,
    tell: index % 2 === 0 ? claimDisputed(reason) : settlementDisputed(reason),
  })),
  { name: 'complained of later', tell: complainedOfLater },
  { name: 'consumer unreachable', weight: 2, tell: failed('consumer-unreachable', 'operator') },
  { name: 'consumer unwilling', tell: failed('refused-by-consumer', 'consumer') },
  { name: 'failed otherwise', tell: failed('other', 'operator') },
  { name: 'entered late', tell: enteredLate },
];
