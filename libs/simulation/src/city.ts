import type { LocalDate } from '#kernel';
import { addDays, usccOf } from '#kernel';
import { Random, WeightedChoice } from './random.ts';

/** A county-level place where merchants operate and an authority handles complaints. */
export interface District {
  readonly code: string;
  readonly zh: string;
  /** The city above it, whose hotline dispatches. */
  readonly city: string;
  readonly weight: number;
}

export const DISTRICTS: readonly District[] = [
  { code: '370303', zh: '张店区', city: '370300', weight: 22 },
  { code: '370302', zh: '淄川区', city: '370300', weight: 9 },
  { code: '370304', zh: '博山区', city: '370300', weight: 6 },
  { code: '370305', zh: '临淄区', city: '370300', weight: 9 },
  { code: '370306', zh: '周村区', city: '370300', weight: 6 },
  { code: '370321', zh: '桓台县', city: '370300', weight: 8 },
  { code: '370322', zh: '高青县', city: '370300', weight: 4 },
  { code: '370323', zh: '沂源县', city: '370300', weight: 4 },
  { code: '370300Z01', zh: '淄博高新区', city: '370300', weight: 5 },
  { code: '330602', zh: '越城区', city: '330600', weight: 8 },
  { code: '330603', zh: '柯桥区', city: '330600', weight: 7 },
  { code: '330604', zh: '上虞区', city: '330600', weight: 4 },
  { code: '330681', zh: '诸暨市', city: '330600', weight: 4 },
  { code: '140105', zh: '小店区', city: '140100', weight: 7 },
  { code: '140106', zh: '迎泽区', city: '140100', weight: 5 },
  { code: '140107', zh: '杏花岭区', city: '140100', weight: 3 },
];

/** Sectors with what people quarrel about, and the usual amount in yuan. */
export const SECTORS = [
  { name: '网络购物', goods: ['耳机', '羽绒服', '按摩椅'], yuan: 600 },
  { name: '旅游', goods: ['跟团游', '景区门票', '民宿预订'], yuan: 2500 },
  { name: '交通运输', goods: ['驾驶培训', '汽车维修', '网约车'], yuan: 1800 },
  { name: '金融保险', goods: ['车险理赔', '意外险'], yuan: 4000 },
  { name: '教育培训', goods: ['英语课程', '舞蹈课时'], yuan: 5200 },
  { name: '食品', goods: ['糕点礼盒', '酱牛肉', '外卖套餐'], yuan: 120 },
  { name: '药品', goods: ['保健品', '理疗仪'], yuan: 380 },
  { name: '化妆品', goods: ['面霜', '染发剂'], yuan: 320 },
  { name: '日用消费品', goods: ['洗衣机', '行李箱', '运动鞋'], yuan: 700 },
  { name: '文化娱乐', goods: ['演出票', '游泳年卡'], yuan: 450 },
  { name: '房地产', goods: ['租房押金', '装修工程'], yuan: 9000 },
  { name: '快递', goods: ['包裹', '冷链包裹'], yuan: 200 },
  { name: '美容美发', goods: ['烫染服务', '会员储值'], yuan: 1500 },
] as const;
export type Sector = (typeof SECTORS)[number];

/** How readily a merchant settles; `quiet` ones have no disputes at all. */
export type Temper = 'exemplary' | 'fair' | 'stubborn' | 'quiet';

/** A market subject (市场主体) of the city. */
export interface Merchant {
  readonly index: number;
  readonly uscc: string;
  readonly name: string;
  readonly district: District;
  readonly sector: Sector;
  /** Null = nobody knows, so that no verdict can rest on it. */
  readonly operatingSince: LocalDate | null;
  readonly temper: Temper;
  /** Its disputes follow a script that ends at exactly this many settled of this many concluded. */
  readonly script: { readonly settled: number; readonly concluded: number } | null;
  readonly joinsOdr: boolean;
}

/** Rates that sit on the edge of the 95 % of the Shanxi programme: exactly on it, and 94.92 %. */
const SCRIPTS = [
  { settled: 19, concluded: 20 },
  { settled: 56, concluded: 59 },
] as const;

/** Tempers of an unruly city and of one with a long tradition of settling. */
const TEMPERS: readonly Temper[] = ['exemplary', 'exemplary', 'exemplary', 'fair', 'fair', 'fair', 'stubborn', 'quiet'];
const SETTLING_CITY = '330600';
const SETTLING_TEMPERS: readonly Temper[] = ['exemplary', 'exemplary', 'exemplary', 'exemplary', 'fair', 'quiet'];

export interface City {
  readonly merchants: readonly Merchant[];
  /** Merchants whose disputes come as they may, by how many they have. */
  readonly busy: WeightedChoice<Merchant>;
  readonly scripted: readonly Merchant[];
}

/** What a city is built from. */
export interface CityPlan {
  readonly seed: number;
  /** Sets the codes of its merchants apart from those of any other run, so that runs can live in one registry. */
  readonly mark: string;
  readonly merchants: number;
  /** Pairs of merchants on the edge of 95 %. */
  readonly scriptedPairs: number;
  readonly from: LocalDate;
}

export function buildCity(plan: CityPlan): City {
  const marker = new Random(`${plan.mark}/codes`);
  const codeMark = marker.pick(LETTERS) + marker.pick(LETTERS) + marker.pick(LETTERS);
  const merchants = Array.from({ length: plan.merchants }, (_, index) => merchantOf(plan, index, codeMark));
  const free = merchants.filter((merchant) => merchant.script === null && merchant.temper !== 'quiet');
  return {
    merchants,
    // A few have very many, most have few (Zipf).
    busy: new WeightedChoice(free, (merchant) => 1 / (merchant.index + 8)),
    scripted: merchants.filter((merchant) => merchant.script !== null),
  };
}

const districts = new WeightedChoice(DISTRICTS, (district) => district.weight);
const BRANDS = [
  '晨光',
  '和顺',
  '金桥',
  '四季',
  '鲁源',
  '越秀',
  '晋泰',
  '悦来',
  '知行',
  '云帆',
  '百味',
  '安康',
  '远山',
  '小满',
];

function merchantOf({ seed, scriptedPairs, from }: CityPlan, index: number, codeMark: string): Merchant {
  const random = new Random(`${seed}/merchant/${index}`);
  const district = districts.pick(random);
  const sector = random.pick(SECTORS);
  const script = index < scriptedPairs * SCRIPTS.length ? SCRIPTS[index % SCRIPTS.length]! : null;
  // Half of the young ones pass their third year while the city is watched.
  const years = random.chance(0.25) ? 0.2 + random.next() * 2.8 : 3 + random.next() * 15;
  const isUnknown = random.chance(0.08);
  const tempers = district.city === SETTLING_CITY ? SETTLING_TEMPERS : TEMPERS;
  return {
    index,
    uscc: madeUpUscc(district, codeMark, index),
    name: `虚构${random.pick(BRANDS)}${sector.name}${index + 1}号店`,
    district,
    sector,
    operatingSince:
      script !== null ? addDays(from, -2000) : isUnknown ? null : addDays(from, -Math.floor(years * 365.25)),
    temper: script !== null ? 'exemplary' : tempers[index % tempers.length]!,
    script,
    joinsOdr: random.chance(0.45),
  };
}

/** Letters of a social credit code (GB 32100-2015). */
const LETTERS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

/** 91 = an enterprise registered by a market authority; the division digits are six, also where a zone's code is longer. */
function madeUpUscc({ code }: District, mark: string, index: number): string {
  return usccOf(`91${code.slice(0, 6)}`, `MA${mark}${index.toString().padStart(3, '0')}`);
}
