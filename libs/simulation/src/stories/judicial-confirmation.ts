import type { Instant } from '#kernel';
import type { Episode, Reference, Step } from '../step.ts';
import { agreedForCourt } from './court-assignment.ts';
import { courtOf, proven } from './court-route.ts';
import type { Life } from './life.ts';
import { agreedBeforeBody, ofComplaint, withStatement } from './mediation.ts';
import { SHAOXING, type Piece } from './piece.ts';
import type { Scene } from './scene.ts';
import { SECOND } from './scene.ts';

// 司法确认: both apply together within thirty days, and the court confirms what they agreed on, or does not.

interface Window {
  readonly confirmation: Reference;
  readonly scene: Scene;
  readonly act: (action: string, body?: Step['body'], role?: Step['role']) => Step;
}

function* opened(scene: Scene, agreement: Step['body']): Episode<Window> {
  const body = { matter: 'property-or-contract', ...agreement };
  const confirmation = yield scene.after(0, 2).begins('mediator', 'judicial-confirmations/open', body);
  const act: Window['act'] = (action, said = {}, role = 'court') =>
    scene.step(
      role,
      `judicial-confirmations/${action}`,
      confirmation,
      role === 'court' ? { ...proven(scene), ...said } : said,
    );
  return { confirmation, scene, act };
}

/** Applied for at once by both, or signed by one after the other: only together it is an application (T-45). */
function* applied({ scene, act }: Window, courtBasis = 'body-place', isSignedApart = false): Episode {
  const court = { court: courtOf(scene.life), courtBasis };
  scene.after(1, 4);
  if (!isSignedApart) {
    const applicants = ['consumer', 'merchant'];
    return void (yield act('apply', { applicants, evidence: [scene.paper('application')], ...court }, 'mediator'));
  }
  for (const party of ['consumer', 'merchant']) {
    yield act('sign', { party, evidence: [scene.paper(`application-${party}`)], ...court }, 'mediator');
    scene.after(0, 2);
  }
}

type Course = (window: Window) => Episode;

const confirmedAfter = (
  course: Course,
  how: {
    readonly basis?: string;
    readonly isSignedApart?: boolean;
    readonly kind?: 'consumer-association' | 'industry';
  } = {},
): Piece['tell'] =>
  function* (life, at) {
    const room = yield* agreedBeforeBody(life, at, how.kind);
    const window = yield* opened(room.scene, { mediationId: room.mediation });
    yield* applied(window, how.basis, how.isSignedApart);
    yield* course(window);
  };

function* accepted({ scene, act }: Window): Episode {
  scene.after(0, 1);
  yield act('accept', { courtCaseNo: `(2025)虚民特${scene.life.mark}${scene.life.number}号` });
  scene.days(5, 14);
}

const documentNo = ({ life }: Scene, kind = '裁定') => `(2025)虚民特${life.mark}${life.number}号${kind}`;

function* confirmed(window: Window): Episode {
  yield* accepted(window);
  const { scene, act } = window;
  yield act('confirm', { documentNo: documentNo(scene) });
}

function* performed(window: Window): Episode {
  yield* confirmed(window);
  const { scene, act } = window;
  scene.days(5, 20);
  yield act('perform', { evidence: [scene.paper('payment')] }, 'mediator');
}

const enforced = (party: 'consumer' | 'merchant'): Course =>
  function* (window) {
    yield* confirmed(window);
    const { scene, act } = window;
    scene.days(20, 40);
    yield act('apply-for-enforcement', { party, evidence: [scene.paper('enforcement')] }, 'mediator');
  };

/** 第三人撤销: whose rights it touches may attack it within a year of knowing (S8 Art. 10). */
const challenged = (result: 'revoked' | 'rejected'): Course =>
  function* (window) {
    yield* confirmed(window);
    const { scene, act } = window;
    scene.days(20, 60);
    const knewOn = scene.dayAfter(-10);
    yield act('challenge', { knewOn, challengerName: '虚构第三人', evidence: [scene.paper('challenge')] });
    scene.days(20, 40);
    yield act('decide-challenge', { result, documentNo: documentNo(scene, '撤销') });
  };

const declined = (ground: string): Course =>
  function* ({ scene, act }) {
    scene.after(0, 1);
    yield act('decline', { ground });
    if (ground !== 'no-jurisdiction') return;
    // There is still time to go to the right court.
    const court = { court: '虚构区人民法院', courtBasis: 'party-domicile' };
    const both = { applicants: ['consumer', 'merchant'], evidence: [scene.paper('application-2')] };
    scene.after(1);
    yield act('apply', { ...both, ...court }, 'mediator');
  };

const dismissed = (grounds: readonly string[]): Course =>
  function* (window) {
    yield* accepted(window);
    const { scene, act } = window;
    yield act('dismiss', { documentNo: documentNo(scene), grounds });
  };

/** Given more time by the court's president, and taken back by the parties or as if by them. */
const withdrawn = (withdrawal: string): Course =>
  function* (window) {
    yield* accepted(window);
    const { scene, act } = window;
    const byParties = withdrawal === 'by-parties' ? { by: ['consumer', 'merchant'] } : {};
    yield act('extend-decision', { days: 10 });
    scene.after(1, 3);
    yield act('withdraw', { withdrawal, ...byParties, evidence: [scene.paper('withdrawal')] });
  };

/** Accepted within the court's three days, and entered when they were over. */
function* enteredLate(window: Window): Episode {
  const { scene, act } = window;
  const acceptedAt = scene.after(0).at;
  scene.after(12, 14);
  const number = { courtCaseNo: `(2025)虚民特${scene.life.mark}${scene.life.number}号` };
  yield { ...act('accept', number), happenedAt: acceptedAt };
  scene.after(1);
  yield { ...act('verify-late-entry', scene.lateEntry('court-acceptance'), 'officer'), ...SECOND };
  scene.days(5, 10);
  yield act('confirm', { documentNo: documentNo(scene) });
}

/** What a court had mediated goes to that court. */
function* ofAssignment(life: Life, at: Instant): Episode {
  const { scene, referral } = yield* agreedForCourt(life, at, 'pre-filing');
  const window = yield* opened(scene, { referralId: referral });
  yield* applied(window, 'inviting-court');
  yield* performed(window);
}

/** What an authority itself has mediated, where a provision lets courts confirm it (S13 34). */
const ofAuthority = (kind: 'administrative' | 'delegated'): Piece['tell'] =>
  ofComplaint(kind, (room) =>
    withStatement(kind === 'delegated' ? 'delegation' : 'mediation', function* ({ scene, mediation }) {
      const window = yield* opened(scene, { mediationId: mediation });
      yield* applied(window, 'party-domicile');
      yield* performed(window);
    })(room),
  );

const DECLINED = ['not-civil', 'no-jurisdiction', 'identity', 'adoption', 'marriage', 'not-joint', 'too-late', 'other'];
const DISMISSED = [
  ['against-mandatory-law', 'against-public-interest'],
  ['against-third-party', 'against-public-order'],
  ['content-unclear', 'other'],
];

export const judicialConfirmationPieces: readonly Piece[] = [
  { name: 'confirmed and performed', weight: 10, tell: confirmedAfter(performed) },
  { name: 'signed one after the other', weight: 2, tell: confirmedAfter(performed, { isSignedApart: true }) },
  {
    name: 'enforced',
    weight: 3,
    tell: confirmedAfter(enforced('consumer'), { basis: 'subject-matter-place', kind: 'consumer-association' }),
  },
  { name: 'enforced by the merchant', tell: confirmedAfter(enforced('merchant'), { kind: 'industry' }) },
  { name: 'revoked', tell: confirmedAfter(challenged('revoked')) },
  { name: 'challenged in vain', tell: confirmedAfter(challenged('rejected')) },
  ...DECLINED.map((ground) => ({ name: `not accepted: ${ground}`, tell: confirmedAfter(declined(ground)) })),
  ...DISMISSED.map((grounds) => ({ name: `dismissed: ${grounds.join()}`, tell: confirmedAfter(dismissed(grounds)) })),
  ...['by-parties', 'deemed-withdrawn'].map((how) => ({
    name: `withdrawn: ${how}`,
    tell: confirmedAfter(withdrawn(how)),
  })),
  { name: 'entered late', tell: confirmedAfter(enteredLate) },
  { name: 'agreed for a court', weight: 3, tell: ofAssignment },
  { name: 'agreed before the authority', weight: 3, ...SHAOXING, tell: ofAuthority('administrative') },
  { name: 'agreed before whom the authority delegated', ...SHAOXING, tell: ofAuthority('delegated') },
];
