import { hash } from 'node:crypto';
import type { Instant } from '#kernel';
import type { Episode, Step } from '../step.ts';
import * as complaints from './complaint.ts';
import { taken } from './complaint-intake.ts';
import type { Life } from './life.ts';
import type { Piece } from './piece.ts';
import { Scene } from './scene.ts';

// 证据: files that are kept with the dispute, and stand in the events that rest on them.

/** A made-up file: its content follows from its name, so that a sink can upload what the events speak of. */
export function contentOf(fileName: string): Buffer {
  return Buffer.from(`%PDF-1.4\n% 虚构材料 ${fileName}\n%%EOF\n`);
}

export function recordOf(fileName: string): Step['body'] {
  const content = contentOf(fileName);
  const sha256 = hash('sha256', content);
  const contentKey = `${hash('sha256', `key of ${fileName}`, 'base64').slice(0, 43)}=`;
  return { mediaType: 'application/pdf', bytes: content.length, sha256, contentKey, fileName };
}

const attached = (kinds: readonly string[], audience: string, erasedFor?: string): Piece['tell'] =>
  function* (life: Life, at: Instant): Episode {
    const received = yield* taken(life, at);
    const scene = new Scene(life, received.at);
    const evidence = [];
    for (const kind of kinds) {
      const file = recordOf(`${kind}-${life.mark}${life.number}.pdf`);
      const body = { disputeId: received.open.dispute, kind, audience, ...file };
      evidence.push(yield scene.minutes(3, 40).begins('officer', 'evidence/record', body));
    }
    const accepted = yield* complaints.acceptedAndNotified(life, { ...received, at: scene.at });
    scene.from(accepted.at).after(3, 15);
    const proof = evidence.map((reference) => ({ ...reference, as: (id: string) => `evidence-${id}` }));
    const conclusion = { result: 'terminated', ground: '23(1)(1)', evidence: proof };
    yield scene.step('mediator', 'complaints/conclude', accepted.complaint, conclusion);
    life.intended.ended('SELF_SETTLED', scene.at);
    scene.after(0, 3);
    yield scene.step('officer', 'complaints/notify-termination', accepted.complaint, { channel: 'phone' });
    if (erasedFor === undefined) return;
    scene.days(20, 60);
    yield scene.step('officer', 'evidence/erase', evidence[0], { reason: erasedFor });
  };

export const evidencePieces: readonly Piece[] = [
  { name: 'for the parties', weight: 6, tell: attached(['payment', 'conversation', 'photo'], 'parties') },
  { name: 'for the authority', weight: 2, tell: attached(['identity', 'document'], 'authority') },
  { name: 'agreement', weight: 3, tell: attached(['agreement', 'invoice'], 'parties') },
  { name: 'erased on request', tell: attached(['identity'], 'authority', 'requested-by-person') },
  { name: 'erased after its time', tell: attached(['appraisal-report'], 'parties', 'retention-over') },
  { name: 'uploaded by mistake', tell: attached(['other'], 'parties', 'uploaded-by-mistake') },
];
