import type { District, Merchant } from './city.ts';
import type { Random } from './random.ts';

/** A made-up consumer. No mobile number of China begins with 10, so these call nobody. */
export interface Consumer {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
}

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = [...'伟芳娜敏静强磊洋艳勇军杰娟涛明超秀英霞平刚桂兰文华建国玉红梅晓宇欣怡子涵一诺'];

export function consumerOf(random: Random, district: District): Consumer {
  const given = random.pick(GIVEN) + (random.chance(0.7) ? random.pick(GIVEN) : '');
  return {
    name: random.pick(SURNAMES) + given,
    phone: `100${random.integer(0, 99_999_999).toString().padStart(8, '0')}`,
    address: `${district.zh}虚构路${random.integer(1, 300)}号${random.integer(1, 30)}室`,
  };
}

const TROUBLES = [
  '收到后发现存在质量问题，联系商家多次未得到答复',
  '与宣传内容严重不符，要求退款被拒绝',
  '使用不到一周就出现故障，商家拒绝按承诺维修',
  '办理时承诺随时可退，现在商家以各种理由推脱',
  '商家未按约定时间履行，也不愿意赔偿损失',
];

/** Text as a hotline's operator takes it down, names included, as real pushes have it. */
export function letterOf(random: Random, consumer: Consumer, merchant: Merchant, yuan: number): string {
  const goods = random.pick(merchant.sector.goods);
  return (
    `来电人${consumer.name}反映：在${merchant.district.zh}“${merchant.name}”购买${goods}，支付${yuan}元，` +
    `${random.pick(TROUBLES)}。诉求：退还货款并按规定赔偿，请有关部门核实处理并回复，联系电话${consumer.phone}。`
  );
}
