import { describe, expect, it } from '@jest/globals';
import { ROLES } from '#access';
import {
  disclosureFor,
  FORGOTTEN,
  isBankCard,
  isIdentityNumber,
  present,
  redactAddress,
  redactName,
  redactPhone,
  redactText,
} from '#privacy';

describe('single values', () => {
  it.each([
    ['张三', '张*'],
    ['欧阳修文', '欧*'],
    ['𠮷田', '𠮷*'],
    [' 李四 ', '李*'],
    ['', ''],
  ])('name %j becomes %j', (name, shown) => expect(redactName(name)).toBe(shown));

  it.each([
    ['13800130000', '138****0000'],
    ['+86 138-0013-0000', '138****0000'],
    ['１３８００１３００００', '138****0000'],
    ['0575-85123456', '****56'],
    ['110', '****'],
    ['无', '****'],
  ])('phone %j becomes %j', (phone, shown) => expect(redactPhone(phone)).toBe(shown));

  it.each([
    ['浙江省绍兴市越城区府山街道胜利路1号', '浙江省绍兴市越城区***'],
    ['山东省淄博市桓台县索镇', '山东省淄博市桓台县***'],
    ['绍兴市诸暨市暨阳街道', '绍兴市诸暨市***'],
    ['济宁市市中区某路', '济宁市市中区***'],
    ['北京市海淀区中关村大街', '北京市海淀区***'],
    ['桓台县某小区3幢2单元', '桓台县***'],
    ['幸福小区3幢', '***'],
    ['胜利路1号越城区', '***'],
    ['', '***'],
  ])('address %j becomes %j', (address, shown) => expect(redactAddress(address)).toBe(shown));
});

describe('free text', () => {
  it.each([
    ['身份证11010519491231002X，请查', '身份证110105********002X，请查'],
    ['身份证１１０１０５１９４９１２３１００２Ｘ', '身份证110105********002X'],
    ['身份证110105 19491231 002x', '身份证110105********002x'],
    ['电话13800130000或0575-85123456', '电话138****0000或****56'],
    ['电话+86 138 0013 0000。', '电话138****0000。'],
    ['卡号4111111111111111付款', '卡号************1111付款'],
    ['卡号4111-1111-1111-1111', '卡号************1111'],
    ['车牌浙D12345停在门口', '车牌浙D*****停在门口'],
    ['新能源鲁C·D12345', '新能源鲁C*****'],
    ['工单3305230000000202105312269号', '工单3305230000000202105312269号'],
    ['身份证号110105194912310021不对', '身份证号110105194912310021不对'],
    ['订单202604120001，金额199.00元', '订单202604120001，金额199.00元'],
  ])('%j becomes %j', (text, shown) => expect(redactText(text)).toBe(shown));

  it('knows check digits', () => {
    expect(isIdentityNumber('11010519491231002X')).toBe(true);
    expect(isIdentityNumber('110105194912310021')).toBe(false);
    expect(isBankCard('4111111111111111')).toBe(true);
    expect(isBankCard('4111111111111112')).toBe(false);
    expect(isBankCard('0000000000000000')).toBe(false);
  });

  it('takes long text without slowing down', () => {
    const text = '1'.repeat(50_000) + ' 2'.repeat(50_000) + '京A'.repeat(20_000);
    expect(redactText(text)).toBe(text);
  });
});

describe('what a role sees', () => {
  const person = {
    name: '张三',
    phone: '13800130000',
    address: '绍兴市越城区1号',
    text: { content: '我是张三，住绍兴市越城区1号' },
  };

  it('is clear for those who handle the case and redacted for all others', () => {
    const clear = ROLES.filter((role) => disclosureFor(role) === 'clear');
    expect(clear.toSorted()).toEqual(['administrator', 'enforcement', 'head', 'hotline', 'mediator', 'officer']);
    expect(present(person, 'clear')).toEqual(person);
    expect(present(person, 'redacted')).toEqual({
      name: '张*',
      phone: '138****0000',
      address: '绍兴市越城区***',
      text: { content: '我是张*，住绍兴市越城区***' },
    });
  });

  it('shows only what is there, and a forgotten person as such', () => {
    expect(present({ name: '张三' }, 'redacted')).toEqual({ name: '张*' });
    expect(present(FORGOTTEN, 'clear')).toEqual({ forgotten: true });
    expect(JSON.parse(JSON.stringify(present(FORGOTTEN, 'redacted')))).toEqual({ forgotten: true });
  });
});
