import type { Instant } from '#kernel';
import type { Episode, Reference } from '../step.ts';
import { beside } from '../step.ts';
import * as complaints from './complaint.ts';
import type { ReceivedComplaint } from './complaint.ts';
import type { Life, OpenDispute } from './life.ts';
import { openedAtVenue } from './opening.ts';
import type { Piece } from './piece.ts';
import { Scene } from './scene.ts';

// 重复与合并: one quarrel that was written down twice, and one that comes again (T-13 to T-15).

interface Twice {
  readonly first: Open;
  readonly second: Open;
  readonly scene: Scene;
}

interface Open {
  readonly life: Life;
  readonly open: OpenDispute;
  readonly received: ReceivedComplaint | null;
}

/** The same consumer turns to two doors, with a complaint behind each where it is wanted. */
function* twice(life: Life, at: Instant, withComplaints: boolean): Episode<Twice> {
  const first = yield* opened(life, at, withComplaints);
  const other = life.another({ consumer: life.consumer });
  const next = new Scene(life, first.received?.at ?? first.open.at).after(1, 2);
  const second = yield* opened(other, next.at, withComplaints);
  return { first, second, scene: new Scene(life, second.received?.at ?? second.open.at).after(0) };
}

function* opened(life: Life, at: Instant, withComplaint: boolean): Episode<Open> {
  const open = yield* openedAtVenue(life, at);
  const received = withComplaint ? yield* complaints.received(life, open, null) : null;
  return { life, open, received };
}

function* merged(scene: Scene, from: Open, into: Open, more: Record<string, unknown>): Episode {
  const body = { primary: into.open.dispute, ...more };
  yield scene.step('officer', 'disputes/merge-into', from.open.dispute, body);
  from.life.intended.mergedInto(into.life.intended);
}

function* toTheEnd({ life, received }: Open, from: Instant): Episode {
  const accepted = yield* complaints.acceptedAndNotified(life, { ...received!, at: from });
  yield* complaints.concluded(life, accepted, { end: life.random.pick(['mediated', 'self-settled']) });
}

function* unmerged(scene: Scene, { open, life }: Open): Episode {
  const reason = '系两次不同购买引起。';
  yield scene.after(2, 5).step('officer', 'disputes/unmerge', open.dispute, { reason });
  life.intended.mergedInto(null);
}

/** By which complaint was received first; the later one is handled with the earlier. */
const byReceipt = (isTakenApart: boolean): Piece['tell'] =>
  function* (life, at) {
    const { first, second, scene } = yield* twice(life, at, true);
    const [primaryComplaintId, complaintId] = [first.received!.complaint, second.received!.complaint];
    yield* merged(scene, second, first, { complaintId, primaryComplaintId });
    scene.minutes(5);
    yield scene.step('officer', 'complaints/merge-into', complaintId, { primary: primaryComplaintId });
    second.life.intended.joined();
    yield* beside(toTheEnd(first, scene.at));
    if (!isTakenApart) return;
    yield* unmerged(scene, second);
    const body = { reason: '系两次不同购买引起。' };
    yield scene.minutes(10).step('officer', 'complaints/unmerge', complaintId, body);
    second.life.intended.opened();
    yield* toTheEnd(second, scene.at);
  };

/** A negotiation that came to nothing: told with the dispute that the two are one with. */
function* negotiatedInVain(scene: Scene, { life, open }: Open): Episode<Instant> {
  const { merchant, intended } = life;
  const body = { disputeId: open.dispute, respondentUscc: merchant.uscc, venue: 'merchant', openedBy: 'consumer' };
  const negotiation = yield scene.begins('hotline', 'negotiations/open', body, { merchant });
  intended.opened();
  intended.negotiated('PENDING', null);
  const failure = { reason: 'no-agreement', onBehalfOf: 'consumer' };
  yield scene.after(1, 3).step('hotline', 'negotiations/fail', negotiation, failure);
  intended.ended('NEGOTIATION_FAILED', scene.at);
  intended.negotiated('FAILED', scene.at);
  return scene.at;
}

/** Before anybody complained to an authority: by which was opened first. */
const byOpening = (isAgainst: boolean): Piece['tell'] =>
  function* (life, at) {
    const { first, second, scene } = yield* twice(life, at, false);
    const [from, into] = isAgainst ? [first, second] : [second, first];
    const failedAt = yield* negotiatedInVain(scene, from);
    yield* merged(scene.minutes(30), from, into, isAgainst ? { reason: '后一件材料齐全，以其为主。' } : {});
    from.life.intended.negotiated('MERGED', failedAt);
    into.life.intended.negotiated('FAILED', failedAt);
    const received = yield* complaints.received(into.life, { ...into.open, at: scene.at }, null);
    yield* toTheEnd({ ...into, received }, received.at);
  };

/** 重复投诉: concluded, and complained of again. A person finds that it is the same (M-12). */
function* repeated(life: Life, at: Instant): Episode {
  const first = yield* opened(life, at, true);
  const accepted = yield* complaints.acceptedAndNotified(life, first.received!);
  yield* complaints.concluded(life, accepted, { end: 'mediated' });
  const other = life.another({ consumer: life.consumer });
  const again = new Scene(other, accepted.at).days(90, 120);
  const second = yield* opened(other, again.at, true);
  const scene = new Scene(other, second.received!.at).after(0, 1);
  yield* confirmedRepeat(scene, second.open.dispute, first.open.dispute);
  const reason = '已就同一事项处理完毕。';
  const ground = { ground: '16(2)', reason, remedies: ['civil action', 'arbitration'] };
  yield scene.minutes(30).step('officer', 'complaints/decline', second.received!.complaint, ground);
  other.intended.ended('NOT_ACCEPTED', scene.at);
}

function* confirmedRepeat(scene: Scene, dispute: Reference, earlier: Reference): Episode {
  yield scene.step('officer', 'disputes/confirm-repeat', dispute, { earlier });
}

export const mergingPieces: readonly Piece[] = [
  { name: 'merged by receipt', weight: 6, tell: byReceipt(false) },
  { name: 'taken apart again', tell: byReceipt(true) },
  { name: 'merged by opening', weight: 3, tell: byOpening(false) },
  { name: 'merged into the later', tell: byOpening(true) },
  { name: 'complained of again', weight: 5, tell: repeated },
];
