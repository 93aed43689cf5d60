import type { Instant } from '#kernel';
import type { Episode, Step } from '../step.ts';
import type { Life } from './life.ts';
import { agreed, confirmed, tableAt } from './negotiation-claim.ts';
import type { Piece } from './piece.ts';
import { Scene } from './scene.ts';

// 先行赔付: the scheme of the place pays in the merchant's stead, and has it back from the merchant (追偿).

const paid = (isRecovered: 'whole' | 'in part' | 'no'): Piece['tell'] =>
  function* (life: Life, at: Instant): Episode {
    const { scheme } = life.institutions.of(life.merchant.district.city);
    yield* admitted(life, at);
    const table = yield* tableAt(life, new Scene(life, at).minutes(30).at);
    yield* agreed(table);
    const { scene, negotiation, act } = table;
    const amountFen = Math.min(life.amountFen, 1_000_000);
    const atScheme = (action: string, body: Step['body']) =>
      scene.step('programme-office', `advance-schemes/${action}`, scheme, body);
    scene.after(1);
    yield atScheme('allot', { negotiationId: negotiation, amountFen });
    scene.minutes(30);
    yield act('officer', 'pay-in-advance', { scheme, amountFen, evidence: [scene.paper('payment')] });
    yield* confirmed(table);
    if (isRecovered === 'no') return;
    const back = isRecovered === 'whole' ? amountFen : Math.ceil(amountFen / 2);
    scene.after(5, 30);
    yield act('officer', 'record-recourse', { scheme, amountFen: back, evidence: [scene.paper('recourse')] });
    scene.minutes(10);
    yield atScheme('release-allotment', { negotiationId: negotiation, amountFen: back });
  };

/** The scheme pays for those whom it covers. */
function* admitted(life: Life, at: Instant): Episode {
  const { merchant, institutions } = life;
  if (institutions.schemeMembers.has(merchant.index)) return;
  institutions.schemeMembers.add(merchant.index);
  const { scheme } = institutions.of(merchant.district.city);
  const body = { uscc: merchant.uscc };
  const scene = new Scene(life, at);
  yield scene.step('programme-office', 'advance-schemes/admit-member', scheme, body, { merchant });
}

/** One that leaves the scheme, and comes back to it. */
function* released(life: Life, at: Instant): Episode {
  yield* admitted(life, at);
  const { merchant, institutions } = life;
  const { scheme, operator } = institutions.of(merchant.district.city);
  const table = yield* tableAt(life, new Scene(life, at).minutes(30).at);
  yield* agreed(table);
  yield* confirmed(table);
  // It pays for its operator by itself.
  if (merchant === operator) return;
  const body = { uscc: merchant.uscc };
  yield table.scene.after(1).step('programme-office', 'advance-schemes/release-member', scheme, body, { merchant });
  yield table.scene.minutes(9).step('programme-office', 'advance-schemes/admit-member', scheme, body, { merchant });
}

export const advancePaymentPieces: readonly Piece[] = [
  { name: 'recovered', weight: 4, tell: paid('whole') },
  { name: 'recovered in part', tell: paid('in part') },
  { name: 'not recovered', tell: paid('no') },
  { name: 'left and came back', tell: released },
];
