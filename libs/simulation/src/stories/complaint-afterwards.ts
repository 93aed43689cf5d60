import type { Instant } from '#kernel';
import { addDays, formatInstant, localDateOf } from '#kernel';
import { MINUTE_MS } from '../rhythm.ts';
import type { Episode, Reference, Step } from '../step.ts';
import * as complaints from './complaint.ts';
import { taken } from './complaint-intake.ts';
import type { Life } from './life.ts';
import type { Piece } from './piece.ts';
import { Scene, SECOND } from './scene.ts';

// 投诉 once it is closed: call-backs, satisfaction, reopening, corrections, late entries.

interface Closed {
  readonly complaint: Reference;
  readonly receivedAt: Instant;
  readonly scene: Scene;
  readonly act: (action: string, body?: Step['body'], role?: Step['role']) => Step;
}

/** A complaint that was mediated with success. */
function* closed(life: Life, at: Instant): Episode<Closed> {
  const received = yield* taken(life, at);
  const accepted = yield* complaints.acceptedAndNotified(life, received);
  const { complaint } = accepted;
  const scene = new Scene(life, accepted.at).after(2, 20);
  const act = (action: string, body: Step['body'] = {}, role: Step['role'] = 'officer') =>
    scene.step(role, `complaints/${action}`, complaint, body);
  yield act('conclude', { result: 'mediated', recoveredFen: 10_000 }, 'mediator');
  life.intended.ended('MEDIATED', scene.at);
  return { complaint, receivedAt: received.at, scene, act };
}

/** 回访 (S1 Art. 26), and what the complainant says to it. */
const followedUp = (performance: string | null, satisfaction: string | null): Piece['tell'] =>
  function* (life, at) {
    const { scene, act } = yield* closed(life, at);
    const channel = life.deal('followUp');
    scene.after(3, 15);
    const reached = performance !== null;
    yield act('record-follow-up', { channel, reached, ...(reached ? { performance } : {}) }, 'hotline');
    scene.minutes(1, 5);
    if (satisfaction !== null) yield act('record-satisfaction', { satisfaction }, 'hotline');
  };

/** 重新办理: mediated again, with the clock of the day on which the head reopened it. */
function* reopened(life: Life, at: Instant): Episode {
  const { scene, act } = yield* closed(life, at);
  scene.after(5, 20);
  yield act('reopen', { reason: '商家拒不履行，申请重新办理。' }, 'head');
  life.intended.opened();
  scene.after(3, 20);
  yield act('conclude', { result: 'terminated', ground: '23(1)(3)' }, 'mediator');
  life.intended.ended('TERMINATED', scene.at);
  scene.after(0, 3);
  yield act('notify-termination', { channel: 'phone' });
}

/** One that was not accepted is decided on again. */
function* acceptedAfterAll(life: Life, at: Instant): Episode {
  const received = yield* taken(life, at);
  const scene = new Scene(life, received.at).after(1, 4);
  const act = (action: string, body: Step['body'] = {}, role: Step['role'] = 'officer') =>
    scene.step(role, `complaints/${action}`, received.complaint, body);
  yield act('decline', { ground: '16(2)', reason: '误认为法院已受理。', remedies: ['civil action'] });
  life.intended.ended('NOT_ACCEPTED', scene.at);
  yield act('notify-acceptance-decision', { channel: 'mail' });
  scene.after(3, 10);
  yield act('reopen', { reason: '经复核，法院未受理。' }, 'head');
  life.intended.opened();
  const accepted = yield* complaints.acceptedAndNotified(life, { ...received, at: scene.at });
  yield* complaints.concluded(life, accepted, { end: 'mediated' });
}

/** Withdrawn while nobody had it in hand: the intake body has it again. */
function* backToIntake(life: Life, at: Instant): Episode {
  const received = yield* taken(life, at);
  const scene = new Scene(life, received.at).after(0, 1);
  const act = (action: string, body: Step['body'], role: Step['role'] = 'officer') =>
    scene.step(role, `complaints/${action}`, received.complaint, body);
  yield act('feed-back-incompetence', { reason: '住所地不在本辖区。' });
  scene.after(0, 1);
  yield act('withdraw', { by: 'complainant' }, 'hotline');
  life.intended.ended('WITHDRAWN', scene.at);
  scene.after(2, 6);
  yield act('reopen', { reason: '投诉人称并未要求撤回。' }, 'head');
  life.intended.opened();
  scene.after(1);
  yield act('withdraw', { by: 'complainant' }, 'hotline');
  life.intended.ended('WITHDRAWN', scene.at);
}

type Fix = (closed: Closed) => Step['body'];

/** 更正: one person says what is wrong, a second one approves (T-29). */
const corrected = (fix: Fix, isApproved = true): Piece['tell'] =>
  function* (life, at) {
    const done = yield* closed(life, at);
    const { scene, act } = done;
    scene.after(1, 5);
    yield act('correct-field', { reason: '录入有误。', ...fix(done) });
    scene.after(0, 2);
    yield isApproved ? { ...act('approve-correction'), ...SECOND } : act('reject-correction');
  };

const FIXES: Readonly<Record<string, Fix>> = {
  receivedAt: ({ receivedAt }) => ({ field: 'receivedAt', receivedAt: formatInstant(receivedAt - MINUTE_MS) }),
  knewOn: ({ receivedAt }) => ({ field: 'knewOn', knewOn: addDays(localDateOf(receivedAt), -400) }),
  respondentRegion: ({ scene }) => ({
    field: 'respondentRegion',
    respondentRegion: scene.life.merchant.district.city,
  }),
  sector: () => ({ field: 'sector', sector: '其他服务' }),
  channel: () => ({ field: 'channel', channel: 'letter' }),
  recoveredFen: () => ({ field: 'recoveredFen', recoveredFen: 12_345 }),
};

/** It was accepted a day later than was written down at first. */
function* acceptanceCorrected(life: Life, at: Instant): Episode {
  const received = yield* taken(life, at);
  const { complaint } = received;
  const scene = new Scene(life, received.at).after(3);
  yield scene.step('officer', 'complaints/accept', complaint);
  const acceptedOn = scene.dayAfter(-1);
  scene.minutes(30);
  yield scene.step('officer', 'complaints/notify-acceptance-decision', complaint, { channel: 'sms' });
  const body = { field: 'acceptedOn', acceptedOn, reason: '录入有误。' };
  yield scene.after(1).step('officer', 'complaints/correct-field', complaint, body);
  yield scene.after(1).step('officer', 'complaints/approve-correction', complaint, {}, SECOND);
  const acceptedAt = scene.at;
  yield* complaints.concluded(life, { complaint, at: scene.at, acceptedAt }, { end: 'mediated' });
}

/** Decided and told in time, and entered when the seven working days were over. */
function* enteredLate(life: Life, at: Instant): Episode {
  const received = yield* taken(life, at);
  const { complaint } = received;
  const scene = new Scene(life, received.at).after(1);
  const acceptedAt = scene.at;
  const [toldAt, enteredAt] = [scene.minutes(30).at, scene.after(15, 20).at];
  const late = (happenedAt: Instant) => ({ happenedAt });
  yield scene.step('officer', 'complaints/accept', complaint, {}, late(acceptedAt));
  const told = { channel: 'phone' };
  yield scene.minutes(2).step('officer', 'complaints/notify-acceptance-decision', complaint, told, late(toldAt));
  const proof = scene.lateEntry('acceptance');
  yield scene.after(1).step('officer', 'complaints/verify-late-entry', complaint, proof, SECOND);
  yield* complaints.concluded(life, { complaint, at: scene.at, acceptedAt: enteredAt }, { end: 'mediated' });
}

/** Nobody knew whom it was against, and the complaint says it first. */
function* respondentCorrected(life: Life, at: Instant): Episode {
  const { merchant, consumer, intended, ledger } = life;
  const scene = new Scene(life, at);
  const dispute = yield scene.begins('hotline', 'disputes/open', {
    respondentRegion: merchant.district.code,
    respondentName: merchant.name,
    sector: merchant.sector.name,
    channel: intended.channel,
    complainantName: consumer.name,
  });
  ledger.dispute(intended);
  const complaint = yield scene.after(0, 1).begins('officer', 'complaints/receive', {
    disputeId: dispute,
    authority: `${merchant.district.zh}市场监督管理局`,
    handlingRegion: merchant.district.code,
    complainantName: consumer.name,
    complainantPhone: consumer.phone,
    complainantAddress: consumer.address,
    respondentName: merchant.name,
    content: '在该店购买商品后发现质量问题，要求退款。',
  });
  intended.opened();
  const body = { field: 'respondentUscc', respondentUscc: merchant.uscc, reason: '已查明经营者。' };
  yield scene.after(1).step('officer', 'complaints/correct-field', complaint, body);
  yield scene.minutes(30).step('officer', 'complaints/approve-correction', complaint, {}, SECOND);
  const respondent = { respondentUscc: merchant.uscc, respondentRegion: merchant.district.code };
  const known = { ...respondent, reason: 'became-known' };
  yield scene.minutes(5).step('officer', 'disputes/identify-respondent', dispute, known);
  const accepted = yield* complaints.acceptedAndNotified(life, { complaint, at: scene.at });
  yield* complaints.concluded(life, accepted, { end: 'mediated' });
}

export const complaintAfterwardsPieces: readonly Piece[] = [
  { name: 'performed and satisfied', weight: 15, tell: followedUp('performed', 'satisfied') },
  { name: 'performed in part', weight: 5, tell: followedUp('partly', 'basically-satisfied') },
  { name: 'not performed', weight: 2, tell: followedUp('not-performed', 'dissatisfied') },
  { name: 'not reached', weight: 4, tell: followedUp(null, null) },
  { name: 'mediated again', weight: 2, tell: reopened },
  { name: 'accepted after all', tell: acceptedAfterAll },
  { name: 'back to the intake body', tell: backToIntake },
  ...Object.entries(FIXES).map(([field, fix]) => ({ name: `${field} corrected`, tell: corrected(fix) })),
  { name: 'acceptance corrected', tell: acceptanceCorrected },
  { name: 'respondent corrected', tell: respondentCorrected },
  { name: 'correction rejected', tell: corrected(FIXES['sector']!, false) },
  { name: 'entered late', tell: enteredLate },
];
