import type { EventWords, Words } from '#kernel';
import type { MembershipReason, OdrMembershipEvents, SubjectEvents } from './events.ts';
import type { AdvanceSchemeEvents } from './scheme-events.ts';
import type { ServiceStationEvents, StandstillReason, StationKind } from './station-events.ts';
import type {
  CommitmentEndReason,
  CommitmentEvents,
  CommitmentKind,
  StoreClosureReason,
  StoreEvents,
} from './store-events.ts';

type InWords<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const STANDSTILL: InWords<StandstillReason> = {
  'conditions-not-met': ['不再符合条件', 'the conditions are no longer met'],
  'duties-neglected': ['未履行职责', 'duties were neglected'],
  'own-request': ['自行申请', 'at its own request'],
  'business-ended': ['停止经营', 'business has ended'],
  merged: ['合并', 'it was merged'],
  'funds-exhausted': ['资金用尽', 'the funds are exhausted'],
  other: ['其他原因', 'for another reason'],
};

const MEMBERSHIP: InWords<MembershipReason> = {
  'conditions-not-met': STANDSTILL['conditions-not-met'],
  'duties-neglected': STANDSTILL['duties-neglected'],
  'own-request': STANDSTILL['own-request'],
  'business-ended': STANDSTILL['business-ended'],
  'unlawful-conduct': ['违法行为', 'unlawful conduct'],
  other: STANDSTILL.other,
};

const CLOSURE: InWords<StoreClosureReason> = {
  'business-ended': STANDSTILL['business-ended'],
  moved: ['迁址', 'it has moved'],
  'registered-twice': ['重复登记', 'it was registered twice'],
  other: STANDSTILL.other,
};

const STATIONS: InWords<StationKind> = {
  'service-station': ['消费维权服务站', 'service station'],
  'liaison-station': ['消费维权联络站', 'liaison station'],
};

const COMMITMENTS: InWords<CommitmentKind> = {
  'no-reason-return': ['无理由退货', 'returns without a reason'],
  'cross-store-return': ['异地异店退换货', 'returns of goods bought in another store'],
};

const COMMITMENT_ENDS: InWords<CommitmentEndReason> = {
  'own-request': STANDSTILL['own-request'],
  'not-kept': ['未履行承诺', 'it was not kept'],
  'business-ended': STANDSTILL['business-ended'],
  other: STANDSTILL.other,
};

export const subjectWords: EventWords<SubjectEvents> = {
  SubjectRegistered: ({ uscc }) => ({ zh: `市场主体已登记（${uscc}）`, en: `The subject ${uscc} was registered` }),
  SubjectRenamed: () => ({ zh: '市场主体名称变更', en: 'The subject has a new name' }),
  GreenChannelOpened: () => ({ zh: '开通消费维权绿色通道', en: 'A green channel was opened' }),
  GreenChannelSuspended: ({ reason }) => because('绿色通道暂停', 'The green channel was suspended', STANDSTILL[reason]),
  GreenChannelResumed: () => ({ zh: '绿色通道恢复', en: 'The green channel was resumed' }),
  GreenChannelClosed: ({ reason }) => because('绿色通道关闭', 'The green channel was closed', STANDSTILL[reason]),
};

export const odrMembershipWords: EventWords<OdrMembershipEvents> = {
  OdrMembershipApplied: () => ({ zh: '申请成为ODR企业', en: 'Membership of the ODR network was applied for' }),
  OdrConditionsRecorded: ({ source }) =>
    source === 'declared'
      ? { zh: '申报ODR企业条件', en: 'The applicant declared how it meets the ODR conditions' }
      : { zh: '核查ODR企业条件', en: 'The ODR conditions were inspected' },
  OdrMembershipApproved: () => ({ zh: 'ODR企业申请获批', en: 'The ODR application was approved' }),
  OdrMembershipActivated: () => ({ zh: 'ODR企业启用', en: 'The ODR membership became active' }),
  OdrMembershipSuspended: ({ reason }) =>
    because('ODR企业暂停', 'The ODR membership was suspended', MEMBERSHIP[reason]),
  OdrMembershipReactivated: () => ({ zh: 'ODR企业恢复', en: 'The ODR membership is active again' }),
  OdrMembershipWithdrawn: ({ reason }) => because('ODR企业退出', 'The ODR member has left', MEMBERSHIP[reason]),
  OdrMembershipExpelled: ({ reason }) => because('ODR企业被清退', 'The ODR member was expelled', MEMBERSHIP[reason]),
};

export const serviceStationWords: EventWords<ServiceStationEvents> = {
  ServiceStationOpened: ({ kind }) => {
    const [zh, en] = STATIONS[kind];
    return { zh: `${zh}设立`, en: `A ${en} was opened` };
  },
  ServiceStationKeeperAppointed: () => ({ zh: '服务站站长任命', en: 'The station has a new keeper' }),
  ServiceStationSuspended: ({ reason }) => because('服务站暂停', 'The station was suspended', STANDSTILL[reason]),
  ServiceStationResumed: () => ({ zh: '服务站恢复', en: 'The station was resumed' }),
  ServiceStationClosed: ({ reason }) => because('服务站撤销', 'The station was closed', STANDSTILL[reason]),
};

export const advanceSchemeWords: EventWords<AdvanceSchemeEvents> = {
  AdvanceSchemeOpened: ({ capPerCaseFen }) => ({
    zh: `设立先行赔付，单笔上限${yuan(capPerCaseFen)}元`,
    en: `A scheme of advance compensation was opened, at most ${yuan(capPerCaseFen)} yuan a case`,
  }),
  AdvanceSchemeMemberAdmitted: ({ uscc }) => ({
    zh: `经营者加入先行赔付（${uscc}）`,
    en: `${uscc} joined the scheme of advance compensation`,
  }),
  AdvanceSchemeMemberReleased: ({ uscc }) => ({
    zh: `经营者退出先行赔付（${uscc}）`,
    en: `${uscc} left the scheme of advance compensation`,
  }),
  AdvanceAllotted: ({ amountFen }) => ({
    zh: `先行赔付资金划拨${yuan(amountFen)}元`,
    en: `${yuan(amountFen)} yuan were set aside for an advance`,
  }),
  AdvanceAllotmentReleased: ({ amountFen }) => ({
    zh: `先行赔付资金释放${yuan(amountFen)}元`,
    en: `${yuan(amountFen)} yuan that were set aside are free again`,
  }),
  AdvanceSchemeSuspended: ({ reason }) => because('先行赔付暂停', 'The scheme was suspended', STANDSTILL[reason]),
  AdvanceSchemeResumed: () => ({ zh: '先行赔付恢复', en: 'The scheme was resumed' }),
  AdvanceSchemeClosed: ({ reason }) => because('先行赔付终止', 'The scheme was closed', STANDSTILL[reason]),
};

export const storeWords: EventWords<StoreEvents> = {
  StoreRegistered: ({ kind }) =>
    kind === 'physical'
      ? { zh: '实体店已登记', en: 'A store was registered' }
      : { zh: '网店已登记', en: 'An online shop was registered' },
  StoreRenamed: () => ({ zh: '门店名称变更', en: 'The store has a new name' }),
  StoreClosed: ({ reason }) => because('门店关闭', 'The store was closed', CLOSURE[reason]),
};

export const commitmentWords: EventWords<CommitmentEvents> = {
  CommitmentMade: ({ kind, termDays }) => {
    const [zh, en] = COMMITMENTS[kind];
    return termDays === null
      ? { zh: `门店承诺：${zh}`, en: `The store promised ${en}` }
      : { zh: `门店承诺：${zh}，${termDays}日内`, en: `The store promised ${en} within ${termDays} days` };
  },
  CommitmentWithdrawn: ({ reason }) => because('承诺撤回', 'The promise was withdrawn', COMMITMENT_ENDS[reason]),
};

function because(zh: string, en: string, [reason, inEnglish]: readonly [string, string]): Words {
  return { zh: `${zh}：${reason}`, en: `${en}: ${inEnglish}` };
}

function yuan(fen: number): string {
  const cents = String(fen % 100).padStart(2, '0');
  return `${Math.floor(fen / 100)}.${cents}`;
}
