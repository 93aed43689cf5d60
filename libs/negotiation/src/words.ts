import type { EventWords, Words } from '#kernel';
import type {
  FailureReason,
  NegotiationEvents,
  Offer,
  Party,
  ReturnRefusal,
  SettlementDisputeReason,
  Venue,
} from './events.ts';

type InWords<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const VENUE: InWords<Venue> = {
  odr: ['ODR企业', 'the ODR enterprise'],
  station: ['消费维权服务站', 'a service station'],
  'green-channel': ['绿色通道', 'a green channel'],
  merchant: ['经营者', 'the merchant'],
};

const PARTY: InWords<Party | 'operator'> = {
  consumer: ['消费者', 'the consumer'],
  merchant: ['经营者', 'the merchant'],
  operator: ['平台或站点', 'the venue'],
};

const FAILURE: InWords<FailureReason> = {
  'no-agreement': ['未达成一致', 'no agreement'],
  'refused-by-merchant': ['经营者拒绝', 'the merchant refused'],
  'refused-by-consumer': ['消费者拒绝', 'the consumer refused'],
  'merchant-unreachable': ['联系不上经营者', 'the merchant cannot be reached'],
  'consumer-unreachable': ['联系不上消费者', 'the consumer cannot be reached'],
  other: ['其他原因', 'another reason'],
};

const DISPUTED: InWords<SettlementDisputeReason> = {
  'not-agreed': ['未曾同意', 'it was never agreed on'],
  'not-performed': ['未履行', 'it was not performed'],
  'performed-in-part': ['未全部履行', 'it was performed in part'],
  'other-terms': ['内容不符', 'the terms were others'],
  'later-complaint': ['同一争议另有投诉', 'there is a complaint on the same dispute'],
  other: FAILURE.other,
};

const REFUSAL: InWords<ReturnRefusal> = {
  'custom-made': ['定作商品', 'custom-made goods'],
  'fresh-perishable': ['鲜活易腐商品', 'fresh or perishable goods'],
  'digital-unsealed': ['已下载或拆封的数字化商品', 'digital goods that were downloaded or unsealed'],
  'newspapers-periodicals': ['已交付的报纸、期刊', 'newspapers or periodicals'],
  'confirmed-not-returnable': ['购买时确认不宜退货', 'confirmed at the purchase as not returnable'],
  'goods-not-intact': ['商品不完好', 'the goods are not intact'],
  'outside-commitment': ['不在承诺范围内', 'outside of what the store promised'],
  other: FAILURE.other,
};

/** What the events of a negotiation say in words. Terms, courses and names are in none of them. */
export const negotiationWords: EventWords<NegotiationEvents> = {
  NegotiationOpened: ({ venue, openedBy }) => {
    const [zh, en] = VENUE[venue];
    return openedBy === 'authority'
      ? { zh: `行政机关转${zh}协商和解`, en: `The authority sent it to be settled with ${en}` }
      : { zh: `消费者选择与${zh}协商和解`, en: `The consumer chose to negotiate with ${en}` };
  },
  NegotiationAcknowledged: () => ({ zh: '经营者首次联系消费者', en: 'The merchant made first contact' }),
  SettlementProposed: (offer) => offered('提出和解方案', 'made offer', offer),
  SettlementCountered: (offer) => offered('提出反方案', 'answered with offer', offer),
  SettlementAgreed: ({ offer, acceptedBy }) => ({
    zh: `${PARTY[acceptedBy][0]}同意第${offer}号方案`,
    en: sentence(`${PARTY[acceptedBy][1]} accepted offer ${offer}`),
  }),
  SettlementClaimed: () => ({
    zh: '经营者称已和解，待消费者确认',
    en: 'The merchant says it is settled; nobody has confirmed',
  }),
  SettlementClaimNotified: ({ clocks }) => {
    const until = clocks?.[0]?.due ?? null;
    return until === null
      ? { zh: '已告知消费者经营者称已和解', en: 'The consumer was told that the merchant says it is settled' }
      : {
          zh: `已告知消费者经营者称已和解，${until}前未提出异议视为确认`,
          en: `The consumer was told that the merchant says it is settled; silence until ${until} counts as confirmed`,
        };
  },
  SettlementConfirmed: ({ basis }) =>
    basis === 'consumer'
      ? { zh: '消费者确认和解', en: 'The consumer confirmed the settlement' }
      : { zh: '消费者逾期未提出异议，视为确认和解', en: 'The consumer was silent: the settlement counts as confirmed' },
  SettlementDisputed: ({ of, reason }) => {
    const [zh, en] = DISPUTED[reason];
    return of === 'claim'
      ? { zh: `消费者否认已和解：${zh}`, en: `The consumer denied that it is settled: ${en}` }
      : { zh: `和解不再成立：${zh}`, en: `The settlement no longer stands: ${en}` };
  },
  NegotiationFailed: ({ reason, by }) => ({
    zh: `协商未成（${PARTY[by][0]}）：${FAILURE[reason][0]}`,
    en: `The negotiation failed, says ${PARTY[by][1]}: ${FAILURE[reason][1]}`,
  }),
  NegotiationExpired: () => ({ zh: '和解期限届满，视为未和解', en: 'Time ran out: it counts as not settled' }),
  NegotiationEscalated: () => ({ zh: '消费者转向行政机关', en: 'The consumer turned to the authority' }),
  NegotiationResultRecorded: ({ result }) =>
    result === 'settled'
      ? { zh: '经营者反馈处理结果：已和解', en: 'The enterprise fed the result back: settled' }
      : { zh: '经营者反馈处理结果：未和解', en: 'The enterprise fed the result back: not settled' },
  AdvancePaymentMade: ({ amountFen }) => ({
    zh: `先行赔付${yuan(amountFen)}元`,
    en: `${yuan(amountFen)} yuan were paid in advance`,
  }),
  RecourseRecovered: ({ amountFen }) => ({
    zh: `追偿到账${yuan(amountFen)}元`,
    en: `${yuan(amountFen)} yuan of the advance were recovered`,
  }),
  NoReasonReturnRequested: ({ basis }) =>
    basis === 'online'
      ? { zh: '消费者提出七日无理由退货', en: 'The consumer asked for a seven-day return' }
      : { zh: '消费者按门店承诺提出无理由退货', en: 'The consumer asked for a return that the store has promised' },
  NoReasonReturnRefused: ({ ground }) => ({
    zh: `经营者不予退货：${REFUSAL[ground][0]}`,
    en: `The return was refused: ${REFUSAL[ground][1]}`,
  }),
  ReturnedGoodsReceived: () => ({ zh: '经营者收到退回商品', en: 'The returned goods were received' }),
  ReturnRefunded: ({ amountFen }) => ({ zh: `退款${yuan(amountFen)}元`, en: `${yuan(amountFen)} yuan were refunded` }),
  NegotiationDeadlineAmended: ({ due }) => ({
    zh: due === null ? '期限调整' : `期限调整为${due}`,
    en: due === null ? 'A deadline was amended' : `A deadline was amended to ${due}`,
  }),
  NegotiationLateEntryVerified: () => ({ zh: '迟录事项已核实', en: 'What was entered late was verified' }),
};

function offered(zh: string, en: string, { offer, by, amountFen }: Offer): Words {
  const [money, inEnglish] = amountFen === null ? ['', ''] : [`，${yuan(amountFen)}元`, `, ${yuan(amountFen)} yuan`];
  return {
    zh: `${PARTY[by][0]}${zh}（第${offer}号${money}）`,
    en: sentence(`${PARTY[by][1]} ${en} ${offer}${inEnglish}`),
  };
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function yuan(fen: number): string {
  const cents = String(fen % 100).padStart(2, '0');
  return `${Math.floor(fen / 100)}.${cents}`;
}
