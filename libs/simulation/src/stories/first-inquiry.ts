import type { Instant } from '#kernel';
import type { Episode } from '../step.ts';
import * as complaints from './complaint.ts';
import type { Life } from './life.ts';
import { openedAtVenue } from './opening.ts';
import type { Piece } from './piece.ts';
import { authorityOf, neighbourOf } from './report.ts';
import { Scene, SECOND } from './scene.ts';

// 首问责任: who took it up first answers for it, until another body has accepted it.

const answeredFor = (basis: string, declines: readonly string[], isAccepted: boolean): Piece['tell'] =>
  function* (life: Life, at: Instant): Episode {
    const open = yield* openedAtVenue(life, at);
    const scene = new Scene(life, open.at).minutes(10, 90);
    const act = (action: string, body: Record<string, unknown>) =>
      scene.step('officer', `disputes/${action}`, open.dispute, body);
    const body = { authority: authorityOf(life), region: life.merchant.district.code, basis };
    yield act('assign-first-inquiry', body);
    const { name, region } = neighbourOf(life);
    const offer = { toAuthority: name, toRegion: region, reason: '经营者主要营业地在贵辖区。' };
    let offers = 0;
    for (const code of declines) {
      scene.after(0, 1);
      yield act('offer-hand-off', offer);
      scene.after(0, 1);
      yield { ...act('decline-hand-off', { offer: ++offers, code, reason: '材料不全。' }), ...SECOND };
    }
    if (isAccepted) {
      scene.after(0, 1);
      yield act('offer-hand-off', offer);
      scene.after(0, 1);
      yield { ...act('accept-hand-off', { offer: offers + 1 }), ...SECOND };
    }
    const received = yield* complaints.received(life, { ...open, at: scene.at }, null);
    const accepted = yield* complaints.acceptedAndNotified(life, received);
    yield* complaints.concluded(life, accepted, { end: 'mediated' });
  };

export const firstInquiryPieces: readonly Piece[] = [
  { name: 'kept', weight: 6, tell: answeredFor('contact', [], false) },
  { name: 'handed over', weight: 3, tell: answeredFor('complaint', [], true) },
  { name: 'handed over at the second offer', tell: answeredFor('work-order', ['not-competent'], true) },
  { name: 'offered in vain', tell: answeredFor('contact', ['handled-elsewhere', 'incomplete', 'other'], false) },
];
