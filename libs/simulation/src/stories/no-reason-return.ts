import type { Instant } from '#kernel';
import type { Episode, Reference, Step } from '../step.ts';
import type { Life } from './life.ts';
import { tableAt, type Table } from './negotiation-claim.ts';
import type { Piece } from './piece.ts';
import { Scene } from './scene.ts';

// 七日无理由退货 by law for what was bought online, and 线下无理由退货 by a shop's own promise.

type End = 'refunded' | 'refunded without the goods';

const returned = (basis: 'online' | 'commitment', end: End): Piece['tell'] =>
  function* (life: Life, at: Instant): Episode {
    const { table, request } = yield* requested(life, at, basis);
    const { scene, act } = table;
    yield act('hotline', 'request-return', request);
    if (end === 'refunded') {
      scene.days(2, 4);
      const store = basis === 'commitment' ? { store: request.store } : {};
      yield act('merchant', 'receive-goods', store);
    }
    scene.days(1, 3);
    yield act('merchant', 'refund-return', { amountFen: life.amountFen });
    scene.athome(1, 12);
    yield act('merchant', 'claim');
    scene.athome(1, 12);
    yield act('hotline', 'confirm', { recoveredFen: life.amountFen });
    life.intended.negotiated('SETTLED', scene.at);
    life.intended.ended('NEGOTIATION_SETTLED', scene.at);
  };

const refused = (ground: string): Piece['tell'] =>
  function* (life: Life, at: Instant): Episode {
    const { table, request } = yield* requested(life, at, 'online');
    const { scene, act } = table;
    yield act('hotline', 'request-return', request);
    scene.days(1, 3);
    yield act('merchant', 'refuse-return', { ground });
    scene.minutes(30);
    yield act('merchant', 'fail', { reason: 'refused-by-merchant', onBehalfOf: 'merchant' });
    life.intended.negotiated('FAILED', scene.at);
    life.intended.ended('NEGOTIATION_FAILED', scene.at);
  };

interface Requested {
  readonly table: Table;
  readonly request: Step['body'] & { readonly store?: Reference };
}

function* requested(life: Life, at: Instant, basis: 'online' | 'commitment'): Episode<Requested> {
  const store = basis === 'commitment' ? yield* promised(life, at) : null;
  const table = yield* tableAt(life, new Scene(life, at).minutes(60).at);
  table.scene.athome(1, 5);
  const signedOn = table.scene.dayAfter(basis === 'online' ? -life.random.integer(1, 5) : 0);
  return { table, request: { basis, signedOn, ...(store === null ? {} : { store }) } };
}

/** A shop that has promised it; one that has not yet does so now. */
function* promised(life: Life, at: Instant): Episode<Reference> {
  const { merchant, institutions } = life;
  const known = institutions.stores.get(merchant.index);
  if (known !== undefined) return known;
  const scene = new Scene(life, at);
  const store = yield scene.begins(
    'programme-office',
    'stores/register',
    { operatorUscc: merchant.uscc, kind: 'physical', name: merchant.name, region: merchant.district.code },
    { merchant },
  );
  institutions.stores.set(merchant.index, store);
  const body = { store, kind: 'no-reason-return', termDays: 7 };
  yield scene.minutes(5).begins('programme-office', 'commitments/make', body, { merchant });
  return store;
}

const GROUNDS = [
  'custom-made',
  'fresh-perishable',
  'digital-unsealed',
  'newspapers-periodicals',
  'confirmed-not-returnable',
  'goods-not-intact',
  'outside-commitment',
  'other',
];

export const noReasonReturnPieces: readonly Piece[] = [
  { name: 'online, refunded', weight: 12, tell: returned('online', 'refunded') },
  { name: 'promised, refunded', weight: 8, tell: returned('commitment', 'refunded') },
  { name: 'goods let go', weight: 2, tell: returned('online', 'refunded without the goods') },
  ...GROUNDS.map((ground) => ({ name: `refused: ${ground}`, tell: refused(ground) })),
];
