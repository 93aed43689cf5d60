import type { Instant } from '#kernel';
import { addDays, formatInstant, localDateOf } from '#kernel';
import type { Episode, Step } from '../step.ts';
import { beside } from '../step.ts';
import * as complaints from './complaint.ts';
import type { ReceivedComplaint } from './complaint.ts';
import type { Life, OpenDispute } from './life.ts';
import { openedByTicket, ticketOf } from './opening.ts';
import { SINCE_ORDER_121, type Piece } from './piece.ts';
import { authorityOf, neighbourOf } from './report.ts';
import { Scene, SECOND } from './scene.ts';
import * as tickets from './ticket.ts';

// 投诉 before acceptance: agents, proof of identity, competence, transfer, and disputes about competence.

export interface Taken extends ReceivedComplaint {
  readonly open: OpenDispute;
}

/** A complaint by way of the hotline, whose ticket is answered by itself. */
export function* taken(life: Life, at: Instant): Episode<Taken> {
  const ticket = ticketOf(life, at, life.intended.channel);
  const open = yield* openedByTicket(life, ticket);
  const received = yield* complaints.received(life, open, null);
  yield* beside(tickets.answered(ticket, life.random, received.at, received.complaint));
  return { ...received, open };
}

/** Accepted and brought to an end as most are: mediated, settled by the parties, or terminated. */
export function* toTheEnd(life: Life, received: ReceivedComplaint): Episode {
  const accepted = yield* complaints.acceptedAndNotified(life, received);
  const end = life.random.pick(['mediated', 'mediated', 'self-settled'] as const);
  yield* complaints.concluded(life, accepted, { end });
}

const act = (
  scene: Scene,
  role: Step['role'],
  action: string,
  { complaint }: ReceivedComplaint,
  body: Step['body'] = {},
) => scene.step(role, `complaints/${action}`, complaint, body);

/** 限期提供身份证明: the seven working days run on. */
const asked = (end: 'given' | 'overdue' | 'given late') =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const scene = new Scene(life, received.at).after(0, 1);
    yield act(scene, 'officer', 'request-identity-proof', received, { dueOn: scene.dayAfter(3) });
    if (end !== 'given') {
      scene.days(4);
      yield act(scene, 'process', 'mark-identity-proof-overdue', received);
    }
    if (end !== 'overdue') {
      scene.after(1);
      yield act(scene, 'hotline', 'submit-identity-proof', received, { evidence: [scene.paper('identity')] });
    }
    if (end === 'overdue')
      yield* complaints.handled(life, { ...received, at: scene.at }, { end: 'declined', ground: '16(7)' });
    else yield* toTheEnd(life, { ...received, at: scene.at });
  };

function* withAgent(life: Life, at: Instant): Episode {
  const received = yield* taken(life, at);
  const scene = new Scene(life, received.at).minutes(10, 60);
  const agent = { agentName: '虚构代理人', agentPhone: '10060000000', mandate: [scene.paper('mandate')] };
  yield act(scene, 'officer', 'appoint-agent', received, agent);
  const accepted = yield* complaints.acceptedAndNotified(life, { ...received, at: scene.at });
  scene.from(accepted.at).after(2, 10);
  yield act(scene, 'officer', 'withdraw', received, { by: 'agent', evidence: [scene.paper('special-mandate')] });
  life.intended.ended('WITHDRAWN', scene.at);
}

interface Finding {
  readonly respondentKind: string;
  readonly basis: string;
}

/** 管辖判断 for itself (S1 Art. 13). */
const competent = (finding: Finding, another = false) =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const scene = new Scene(life, received.at).after(0, 1);
    const later = { otherAuthority: neighbourOf(life).name, otherReceivedAt: formatInstant(received.at + 60_000) };
    const body = { competent: true, ...finding, ...(another ? later : {}) };
    yield act(scene, 'officer', 'determine-competence', received, body);
    yield* toTheEnd(life, { ...received, at: scene.at });
  };

/** Not competent: back to the intake body, which sends it on; nobody passes it on by himself (S1 Art. 41). */
function* transferred(life: Life, at: Instant): Episode {
  const received = yield* taken(life, at);
  const scene = new Scene(life, received.at).after(0, 1);
  const finding = { competent: false, respondentKind: 'general', basis: 'place-of-operation' };
  yield act(scene, 'officer', 'determine-competence', received, finding);
  yield act(scene.minutes(20), 'officer', 'feed-back-incompetence', received, { reason: '经营地不在本辖区。' });
  yield* sentOn(scene, received);
}

function* sentOn(scene: Scene, received: ReceivedComplaint, more = SECOND): Episode {
  const { name, region } = neighbourOf(scene.life);
  const to = { toAuthority: name, toRegion: region };
  yield { ...act(scene.after(0, 1), 'hotline', 'transfer', received, to), ...more };
  yield act(scene.after(0, 1), 'officer', 'receive-transfer', received, { authority: name });
  yield* toTheEnd(scene.life, { ...received, at: scene.at });
}

/** 管辖争议: agreed on, sent up, or decided from above; for the authority that has it, or for the other. */
const disputed = (end: 'agreed' | 'agreed for the other' | 'designated' | 'agreed above') =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const scene = new Scene(life, received.at).after(0);
    const { name, region } = neighbourOf(life);
    const own = { competentAuthority: authorityOf(life), competentRegion: life.merchant.district.code };
    const other = { competentAuthority: name, competentRegion: region };
    yield act(scene, 'officer', 'raise-competence-dispute', received, { withAuthority: name });
    if (end === 'designated' || end === 'agreed above') {
      const above = { higherAuthority: '虚构市市场监督管理局' };
      yield act(scene.after(1, 3), 'officer', 'send-up-competence-dispute', received, above);
    }
    scene.after(1, 2);
    if (end === 'designated') yield act(scene, 'officer', 'designate-authority', received, other);
    else {
      const found = end === 'agreed for the other' ? other : own;
      yield act(scene, 'officer', 'resolve-competence-dispute', received, found);
    }
    if (end === 'agreed' || end === 'agreed above') return yield* toTheEnd(life, { ...received, at: scene.at });
    const to = { toAuthority: name, toRegion: region };
    yield act(scene.after(0, 1), 'officer', 'transfer', received, to);
    yield act(scene.after(0, 1), 'officer', 'receive-transfer', received, { authority: name });
    return yield* toTheEnd(life, { ...received, at: scene.at });
  };

/** Given up before anybody has decided on it, or while nobody has it in hand. */
const withdrawn = (when: 'received' | 'returned' | 'transferred') =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const scene = new Scene(life, received.at).after(0, 1);
    if (when !== 'received') {
      yield act(scene, 'officer', 'feed-back-incompetence', received, { reason: '平台住所地不在本辖区。' });
    }
    if (when === 'transferred') {
      const { name, region } = neighbourOf(life);
      const to = { toAuthority: name, toRegion: region };
      yield { ...act(scene.after(0), 'hotline', 'transfer', received, to), ...SECOND };
    }
    yield act(scene.after(0, 1), 'hotline', 'withdraw', received, { by: 'complainant' });
    life.intended.ended('WITHDRAWN', scene.at);
  };

/** 考虑因素: only hints, since Order 121 (Art. 17). */
const weighed = (factor: string, isAccepted: boolean) =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const scene = new Scene(life, received.at).after(1, 3);
    if (isAccepted) {
      yield act(scene, 'officer', 'accept', received, { factors: [factor], knewOn: dayOf(received, 60) });
      yield act(scene.minutes(30), 'officer', 'notify-acceptance-decision', received, { channel: 'sms' });
      const { complaint } = received;
      const accepted = { complaint, at: scene.at, acceptedAt: scene.at };
      return yield* complaints.concluded(life, accepted, { end: 'mediated' });
    }
    const reason = '不能证明系为生活消费需要购买。';
    const body = { ground: '16(3)', reason, remedies: ['civil action'], factors: [factor] };
    yield act(scene, 'officer', 'decline', received, body);
    life.intended.ended('NOT_ACCEPTED', scene.at);
    yield act(scene.minutes(30), 'officer', 'notify-acceptance-decision', received, { channel: 'mail' });
    return undefined;
  };

function dayOf({ at }: ReceivedComplaint, daysBefore: number): string {
  return addDays(localDateOf(at), -daysBefore);
}

export const complaintIntakePieces: readonly Piece[] = [
  { name: 'identity proven', weight: 6, tell: asked('given') },
  { name: 'identity not proven', weight: 2, tell: asked('overdue') },
  { name: 'identity proven late', tell: asked('given late') },
  { name: 'withdrawn by an agent', weight: 2, tell: withAgent },
  {
    name: 'competent at the place',
    weight: 3,
    tell: competent({ respondentKind: 'general', basis: 'place-of-operation' }),
  },
  { name: 'competent first', tell: competent({ respondentKind: 'general', basis: 'domicile' }, true) },
  { name: 'competent for a platform', tell: competent({ respondentKind: 'platform', basis: 'domicile' }) },
  {
    name: 'competent for a seller by its platform',
    tell: competent({ respondentKind: 'in-platform', basis: 'platform-domicile' }),
  },
  {
    name: 'competent for a seller by its address',
    ...SINCE_ORDER_121,
    tell: competent({ respondentKind: 'in-platform', basis: 'published-address' }),
  },
  { name: 'transferred', weight: 5, tell: transferred },
  { name: 'competence agreed on', tell: disputed('agreed') },
  { name: 'competence of the other agreed on', tell: disputed('agreed for the other') },
  { name: 'authority designated', tell: disputed('designated') },
  { name: 'agreed after all', tell: disputed('agreed above') },
  { name: 'withdrawn at once', weight: 2, tell: withdrawn('received') },
  { name: 'withdrawn when returned', tell: withdrawn('returned') },
  { name: 'withdrawn on the way', tell: withdrawn('transferred') },
  ...['quantity', 'frequency', 'mass-complaints', 'shared-phone'].flatMap((factor) =>
    [true, false].map((isAccepted) => ({
      name: `weighed ${factor}, ${isAccepted ? 'accepted' : 'declined'}`,
      weight: 0.5,
      ...SINCE_ORDER_121,
      tell: weighed(factor, isAccepted),
    })),
  ),
];
