import type { Instant } from '#kernel';
import { addDays, DAY_MS, localDateOf } from '#kernel';
import type { Merchant } from '../city.ts';
import { DISTRICTS } from '../city.ts';
import type { Random } from '../random.ts';
import { HOUR_MS, MINUTE_MS, officeTime } from '../rhythm.ts';
import type { Episode, Reference, Step } from '../step.ts';

/** A body (调解组织) of the roster with those who mediate for it. */
export interface RosterBody {
  readonly body: Reference;
  readonly mediators: readonly Reference[];
}

/** What a city (设区的市) has for its disputes. */
export interface CityInstitutions {
  readonly committee: RosterBody;
  readonly association: RosterBody;
  readonly industry: RosterBody;
  readonly commerce: RosterBody;
  /** Mediators of the authorities themselves. */
  readonly officers: readonly Reference[];
  readonly station: Reference;
  /** 先行赔付 */
  readonly scheme: Reference;
  /** Who runs the scheme. */
  readonly operator: Merchant;
}

/** Institutions of the whole run. Those of a city stand before its first dispute. */
export class Institutions {
  readonly #cities = new Map<string, CityInstitutions>();
  /** Stores with a promise of no-reason return, by merchant. */
  readonly stores = new Map<number, Reference>();
  /** Merchants with a green channel (绿色通道), and those for whom the scheme of their city pays. */
  readonly greenChannels = new Set<number>();
  readonly schemeMembers = new Set<number>();

  of(city: string): CityInstitutions {
    const found = this.#cities.get(city);
    if (found === undefined) throw new Error(`the institutions of ${city} were not told of yet`);
    return found;
  }

  established(city: string, institutions: CityInstitutions): void {
    this.#cities.set(city, institutions);
  }
}

export const CITIES = [...new Set(DISTRICTS.map(({ city }) => city))];

const COMMITTEE = '人民调解委员会';

/** A city founds what its disputes will need, in the days before `begins`. */
export function* founding(
  city: string,
  operator: Merchant,
  { random, begins, institutions }: { random: Random; begins: Instant; institutions: Institutions },
): Episode {
  let at = officeTime(random, begins - 12 * DAY_MS, 0);
  const office = (collection: string, action: string, body: Step['body'], id?: Reference): Step => ({
    at: (at += random.integer(1, 20) * MINUTE_MS),
    role: 'programme-office',
    collection,
    action,
    ...(id === undefined ? {} : { id }),
    body,
  });
  const region = { region: city, regions: [city] };
  function* mediator(kinds: readonly string[], qualification: string, body?: Reference): Episode<Reference> {
    const name = `虚构${random.pick([...'王李张刘陈'])}调解`;
    const about = { name, phone: `100${random.integer(10_000_000, 99_999_999)}`, ...region, kinds };
    return yield office('mediators', 'register', {
      ...about,
      qualifications: [qualification],
      ...(body === undefined ? {} : { bodyId: body }),
    });
  }
  function* body(type: string, name: string, kinds: readonly string[], qualification: string): Episode<RosterBody> {
    const founded = yield office('mediation-bodies', 'register', { name: `虚构${name}`, type, ...region, kinds });
    const mediators = [];
    for (let n = 0; n < 3; n++) mediators.push(yield* mediator(kinds, qualification, founded));
    return { body: founded, mediators };
  }
  const lent = ['delegated', 'court-invited'];
  const committee = yield* body(
    'peoples-mediation-committee',
    `消费纠纷${COMMITTEE}`,
    ['peoples', ...lent],
    'peoples-mediator',
  );
  const association = yield* body(
    'consumer-association',
    '消费者协会',
    ['consumer-association', ...lent],
    'consumer-association-mediator',
  );
  const industry = yield* body('industry-body', '行业协会调解中心', ['industry', ...lent], 'industry-mediator');
  const commerce = yield* body('commercial-body', '商事调解中心', ['industry', ...lent], 'commercial-mediator');
  const officers = [];
  for (let n = 0; n < 3; n++) officers.push(yield* mediator(['administrative'], 'market-supervision-officer'));
  const station = yield office('service-stations', 'open', {
    name: '虚构商圈消费维权服务站',
    region: operator.district.code,
    hostUscc: operator.uscc,
    keeperName: '虚构站长',
    keeperPhone: '10010000000',
    address: `${operator.district.zh}虚构商业街1号`,
  });
  const scheme = yield {
    ...office('advance-schemes', 'open', {
      name: '虚构商圈先行赔付',
      operatorUscc: operator.uscc,
      capPerCaseFen: 2_000_000,
      capTotalFen: 1_000_000_000_000,
      validFrom: addDays(localDateOf(begins), -30),
    }),
    merchant: operator,
  };
  institutions.established(city, { committee, association, industry, commerce, officers, station, scheme, operator });
  yield* changes(city, operator, random, at + HOUR_MS);
}

/** What does not stay as it was founded: bodies, mediators, stations, schemes and shops that nobody turns to meanwhile. */
function* changes(city: string, operator: Merchant, random: Random, from: Instant): Episode {
  let at = from;
  const region = { region: city, regions: [city] };
  const later = (days: number) => (at = officeTime(random, at, days));
  const office = (route: string, body: Step['body'], id?: Reference, days = 0): Step => {
    const [collection, action] = route.split('/') as [string, string];
    const named = id === undefined ? {} : { id };
    const ofMerchant = collection === 'stores' || collection === 'advance-schemes' ? { merchant: operator } : {};
    return { at: later(days), role: 'programme-office', collection, action, ...named, body, ...ofMerchant };
  };
  const kinds = ['delegated', 'court-invited'];
  const other = yield office('mediation-bodies/register', {
    name: '虚构社区调解室',
    type: 'other-body',
    ...region,
    kinds,
  });
  const lawyer = yield office('mediators/register', {
    name: '虚构律师',
    phone: '10020000000',
    bodyId: other,
    ...region,
    kinds,
    qualifications: ['lawyer'],
  });
  const judge = yield office('mediators/register', {
    name: '虚构退休法官',
    phone: '10030000000',
    bodyId: other,
    ...region,
    kinds,
    qualifications: ['retired-judge', 'court-invited-mediator'],
  });
  yield office('mediators/revise', { regions: [city], kinds, qualifications: ['lawyer', 'product-expert'] }, lawyer);
  yield office('mediators/declare-interest', { uscc: operator.uscc }, lawyer);
  yield office('mediators/declare-interest', { relativeName: '虚构亲属', relativePhone: '10040000000' }, lawyer);
  yield office('mediators/withdraw-interest', { interest: '1' }, lawyer, 3);
  yield office('mediation-bodies/revise', { regions: [city], kinds: ['delegated'] }, other, 5);
  const station = yield office('service-stations/open', {
    name: '虚构景区消费维权联络点',
    kind: 'liaison-station',
    region: city,
    keeperName: '虚构联络员',
  });
  yield office(
    'service-stations/appoint-keeper',
    { keeperName: '虚构新联络员', keeperPhone: '10050000000' },
    station,
    5,
  );
  const scheme = yield office('advance-schemes/open', {
    name: '虚构景区先行赔付',
    operatorUscc: operator.uscc,
    capPerCaseFen: 500_000,
    validFrom: localDateOf(at),
  });
  const shop = yield office('stores/register', {
    operatorUscc: operator.uscc,
    kind: 'online',
    name: '虚构网店',
    region: city,
    platformUscc: operator.uscc,
    shopId: 'shop-1',
  });
  const promise = yield office('commitments/make', { store: shop, kind: 'cross-store-return' });
  yield office('stores/rename', { name: '虚构旗舰网店' }, shop, 10);
  const causes = ['complaint-against', 'conflict-of-interest', 'leave', 'under-review', 'other'];
  for (const [index, cause] of causes.entries()) {
    yield office('mediators/suspend', { cause }, judge, 10);
    yield office('mediators/reinstate', {}, judge, 10);
    if (index > 0) continue;
    yield office('mediation-bodies/suspend', { cause: random.pick(causes) }, other, 1);
    yield office('mediation-bodies/reinstate', {}, other, 5);
  }
  yield office('service-stations/suspend', { reason: 'duties-neglected' }, station, 5);
  yield office('service-stations/resume', {}, station, 5);
  yield office('advance-schemes/suspend', { reason: 'funds-exhausted' }, scheme, 5);
  yield office('advance-schemes/resume', {}, scheme, 5);
  yield office('mediators/remove', { cause: 'own-wish' }, judge, 20);
  yield office('commitments/withdraw', { reason: 'own-request' }, promise, 20);
  yield office('stores/close', { reason: 'business-ended' }, shop, 20);
  yield office('service-stations/close', { reason: 'merged' }, station, 20);
  yield office('advance-schemes/close', { reason: 'own-request' }, scheme, 20);
  yield office('mediation-bodies/remove', { cause: 'dissolved' }, other, 20);
}
