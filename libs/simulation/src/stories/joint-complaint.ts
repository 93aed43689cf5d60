import type { Instant } from '#kernel';
import { consumerOf } from '../person.ts';
import type { Episode } from '../step.ts';
import * as complaints from './complaint.ts';
import { taken } from './complaint-intake.ts';
import type { Life } from './life.ts';
import type { Piece } from './piece.ts';
import { Scene } from './scene.ts';

// 共同投诉: several complain together, one or two of them for all, who ask the others before they give anything up (S1 Art. 12).

type Act = 'change-of-claim' | 'waiver' | 'agreement' | 'withdrawal';

const together = (acts: readonly Act[], end: 'mediated' | 'withdrawn', isRefusedFirst = false): Piece['tell'] =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const { dispute } = received.open;
    const scene = new Scene(life, received.at);
    const others = life.random.integer(2, 4);
    for (let n = 0; n < others; n++) {
      const { name, phone, address } = consumerOf(life.random, life.merchant.district);
      const person = { complainantName: name, complainantPhone: phone, complainantAddress: address };
      yield scene.minutes(5, 60).step('hotline', 'disputes/join-complainant', dispute, person);
    }
    const chosen = { representatives: [1, 2], evidence: [scene.paper('election')] };
    yield scene.after(0, 1).step('officer', 'disputes/choose-representatives', dispute, chosen);
    const accepted = yield* complaints.acceptedAndNotified(life, { ...received, at: scene.at });
    scene.from(accepted.at);
    const represented = Array.from({ length: others - 1 }, (_, index) => index + 3);
    const asked = (act: Act, answer: Record<string, unknown>) =>
      scene.after(1, 3).step('mediator', 'disputes/record-represented-consent', dispute, {
        act,
        procedure: { ...received.complaint, as: (id: string) => `complaint-${id}` },
        evidence: [scene.paper(act)],
        ...answer,
      });
    if (isRefusedFirst) yield asked(acts[0]!, { refusing: represented });
    for (const act of acts) yield asked(act, { consenting: represented });
    if (end === 'mediated') return yield* complaints.concluded(life, { ...accepted, at: scene.at }, { end });
    yield scene.after(1).step('hotline', 'complaints/withdraw', received.complaint, { by: 'representative' });
    life.intended.ended('WITHDRAWN', scene.at);
  };

export const jointComplaintPieces: readonly Piece[] = [
  { name: 'agreed', weight: 6, tell: together(['agreement'], 'mediated') },
  { name: 'agreed at the second try', tell: together(['agreement'], 'mediated', true) },
  { name: 'claimed less', tell: together(['change-of-claim', 'waiver', 'agreement'], 'mediated') },
  { name: 'withdrawn together', tell: together(['withdrawal'], 'withdrawn') },
];
