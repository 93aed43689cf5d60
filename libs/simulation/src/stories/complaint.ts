import { COMPLAINT_CLOCKS } from '#complaints/events';
import type { Instant } from '#kernel';
import { addDays, epochDay, epochDayOf, localDateOf } from '#kernel';
import { readClock, shippedLaw } from '#law';
import type { ComplaintCourse } from '../fates.ts';
import { letterOf } from '../person.ts';
import { HOUR_MS, MINUTE_MS, officeTime, onDayAfter } from '../rhythm.ts';
import type { Episode, Reference, Step } from '../step.ts';
import type { Life, OpenDispute } from './life.ts';
import type { LeftNegotiation } from './negotiation.ts';

/** Working days for decision and notice (Art. 15), and for the notice of a termination (Art. 23(2)). */
const DECISION_DAYS = 7;

const LAW = shippedLaw();

export interface ReceivedComplaint {
  readonly complaint: Reference;
  readonly at: Instant;
}

/** The competent authority receives it; after an escalation, not before that. */
export function* received(
  life: Life,
  from: OpenDispute,
  escalated: LeftNegotiation | null,
): Episode<ReceivedComplaint> {
  const { random, merchant, consumer, amountFen, fate, intended } = life;
  const at = officeTime(random, Math.max(from.at, escalated?.at ?? 0), random.integer(0, 1));
  const isTooOld = fate.complaint?.end === 'declined' && fate.complaint.ground === '16(4)';
  const complaint = yield {
    at,
    role: 'officer',
    collection: 'complaints',
    action: 'receive',
    body: {
      disputeId: from.dispute,
      authority: `${merchant.district.zh}市场监督管理局`,
      handlingRegion: merchant.district.code,
      complainantName: consumer.name,
      complainantPhone: consumer.phone,
      complainantAddress: consumer.address,
      respondentName: merchant.name,
      respondentAddress: `${merchant.district.zh}虚构商业街${merchant.index + 1}号`,
      respondentUscc: merchant.uscc,
      content: letterOf(random, consumer, merchant, amountFen / 100),
      sector: merchant.sector.name,
      channel: intended.channel,
      ...(from.workOrderId === null ? {} : { workOrderId: from.workOrderId }),
      ...(escalated === null ? {} : { escalatedFrom: escalated.negotiation }),
      knewOn: addDays(localDateOf(at), isTooOld ? -random.integer(1200, 2000) : -random.integer(1, 300)),
    },
  };
  intended.opened();
  if (from.workOrderId === null) return { complaint, at };
  // A process of the service tells the letter what came of it.
  const link = { collection: 'work-orders', action: 'link-complaint', id: from.workOrderId };
  yield { at: at + 1000, role: 'process', ...link, body: { complaintId: complaint } };
  return { complaint, at: at + 1000 };
}

/** From receipt to the end, as the course has it. Answers the time of acceptance or of the end before it. */
export function* handled(life: Life, received: ReceivedComplaint, course: ComplaintCourse): Episode {
  switch (course.end) {
    case 'declined':
      return yield* declined(life, received, course.ground);
    case 'withdrawn-early':
      return yield* withdrawn(life, received);
    default: {
      const accepted = yield* acceptedAndNotified(life, received);
      return yield* concluded(life, accepted, course);
    }
  }
}

/** Accepted, and the consumer told so: mostly within the seven working days. */
export function* acceptedAndNotified(life: Life, { complaint, at }: ReceivedComplaint): Episode<Accepted> {
  const { random } = life;
  const acceptedAt = officeTime(random, at, decisionDays(life));
  yield step(complaint, 'officer', 'accept', acceptedAt, {});
  const isLateNotice = random.chance(0.03);
  const notifiedAt = isLateNotice
    ? officeTime(random, acceptedAt, DECISION_DAYS + 1)
    : acceptedAt + random.integer(5, 90) * MINUTE_MS;
  yield step(complaint, 'officer', 'notify-acceptance-decision', notifiedAt, { channel: noticeChannel(life) });
  return { complaint, at: notifiedAt, acceptedAt };
}

export interface Accepted {
  readonly complaint: Reference;
  /** When the consumer was told. */
  readonly at: Instant;
  readonly acceptedAt: Instant;
}

/** How an accepted complaint ends. */
export function* concluded(life: Life, accepted: Accepted, course: ComplaintCourse): Episode {
  const { random, intended, amountFen } = life;
  const { complaint } = accepted;
  const recoveredFen = Math.round((amountFen * random.integer(40, 100)) / 100);
  const duration = random.chance(0.04) ? random.integer(61, 85) : random.integer(3, 50);
  const at = Math.max(onDayAfter(random, accepted.acceptedAt, duration), accepted.at + HOUR_MS);
  const evidence = [`agreement-${life.mark}${life.number}`];
  switch (course.end) {
    case 'mediated':
      yield conclude(complaint, at, { result: 'mediated', evidence, recoveredFen });
      return intended.ended('MEDIATED', at);
    case 'self-settled':
      yield conclude(complaint, at, { result: 'terminated', ground: '23(1)(1)', evidence, recoveredFen });
      intended.ended('SELF_SETTLED', at);
      return yield* terminationNotified(life, complaint, at);
    case 'withdrawn':
      return yield* withdrawn(life, { complaint, at: accepted.at });
    case 'terminated': {
      const endedAt = course.ground === '23(1)(5)' ? limitReached(life, accepted) : at;
      yield conclude(complaint, endedAt, { result: 'terminated', ground: course.ground });
      intended.ended(course.ground === '23(1)(7)' ? 'PARTY_CEASED' : 'TERMINATED', endedAt);
      return yield* terminationNotified(life, complaint, endedAt);
    }
    case 'disqualified': {
      const { basis } = course;
      yield conclude(complaint, at, { result: 'terminated', ground: '23(1)(6)', disqualification: basis });
      const isMalicious = basis === '16(3)' || basis === '16(5)' || basis === '16(6)' || basis === '42';
      intended.ended(isMalicious ? 'DISQUALIFIED_MALICIOUS' : 'DISQUALIFIED', at);
      return yield* terminationNotified(life, complaint, at);
    }
    case 'unfinished':
    case 'declined':
    case 'withdrawn-early':
      return;
  }
}

/** The last day of mediation, for those who end it as they must (T-42); some let it hang. */
function limitReached({ random }: Life, { acceptedAt, at }: Accepted): Instant {
  const rule = COMPLAINT_CLOCKS.mediation;
  const { due } = readClock({ clock: 'mediation', rule, from: localDateOf(acceptedAt) }, LAW);
  const limit = epochDay(due!) - epochDayOf(acceptedAt);
  const days = random.chance(0.75) ? limit : limit + random.integer(1, 20);
  return Math.max(onDayAfter(random, acceptedAt, days), at + HOUR_MS);
}

function* declined(life: Life, { complaint, at }: ReceivedComplaint, ground: string): Episode {
  const { random, intended } = life;
  const declinedAt = officeTime(random, at, decisionDays(life));
  const remedies = random.pick([
    ['civil action'],
    ['civil action', 'arbitration'],
    ['consumer association', 'people’s mediation'],
  ]);
  yield step(complaint, 'officer', 'decline', declinedAt, {
    ground,
    reason: `经审查，${life.consumer.name}的投诉属于不予受理的情形。`,
    remedies,
  });
  intended.ended('NOT_ACCEPTED', declinedAt);
  const notifiedAt = declinedAt + random.integer(10, 120) * MINUTE_MS;
  yield step(complaint, 'officer', 'notify-acceptance-decision', notifiedAt, { channel: noticeChannel(life) });
}

function* withdrawn(life: Life, { complaint, at }: ReceivedComplaint): Episode {
  const withdrawnAt = officeTime(life.random, at, life.random.integer(0, 4));
  yield conclude(complaint, withdrawnAt, { result: 'withdrawn' });
  life.intended.ended('WITHDRAWN', withdrawnAt);
}

function* terminationNotified(life: Life, complaint: Reference, at: Instant): Episode {
  const { random } = life;
  if (random.chance(0.02)) return;
  const days = random.chance(0.05) ? random.integer(DECISION_DAYS + 1, 15) : random.integer(0, DECISION_DAYS - 1);
  const notifiedAt = Math.max(officeTime(random, at, days), at + MINUTE_MS);
  yield step(complaint, 'officer', 'notify-termination', notifiedAt, { channel: noticeChannel(life) });
}

function decisionDays({ random }: Life): number {
  return random.chance(0.04) ? random.integer(DECISION_DAYS + 1, 14) : random.integer(1, DECISION_DAYS - 1);
}

function noticeChannel({ random }: Life): string {
  return random.pick(['internet', 'phone', 'sms', 'sms', 'mail', 'letter'] as const);
}

function conclude(complaint: Reference, at: Instant, body: Step['body']): Step {
  return step(complaint, 'mediator', 'conclude', at, body);
}

function step(id: Reference, role: Step['role'], action: string, at: Instant, body: Step['body']): Step {
  return { at, role, collection: 'complaints', action, id, body };
}
