import type { EventWords, Words } from '#kernel';
import type { Party } from '#negotiation/events';
import type {
  AssignmentRefusal,
  CourtMediationFailure,
  CourtReturnReason,
  FilingRefusal,
  Judgment,
  ReferralEvents,
  ReturnOutcome,
  WithdrawalReason,
} from './events.ts';

type Phrases<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const PARTY: Phrases<Party> = { consumer: ['消费者', 'the consumer'], merchant: ['经营者', 'the merchant'] };

const RETURNS: Phrases<CourtReturnReason> = {
  'materials-incomplete': ['材料不齐', 'the materials are not complete'],
  'no-jurisdiction': ['无管辖权', 'the court has no jurisdiction'],
  'not-suitable': ['不宜受理', 'it is not suitable'],
  other: ['其他原因', 'another reason'],
};

const FILING: Phrases<FilingRefusal> = {
  'no-jurisdiction': ['无管辖权', 'the court has no jurisdiction'],
  'no-standing': ['原告不适格', 'the claimant has no standing'],
  'no-definite-respondent': ['没有明确的被告', 'there is no definite respondent'],
  'no-claim-or-facts': ['没有具体的诉讼请求和事实、理由', 'there is no definite claim with its facts and reasons'],
  'not-civil': ['不属于民事诉讼受案范围', 'it is no civil matter'],
  'decided-before': ['已有生效裁判', 'it was decided before'],
  other: ['其他原因', 'another reason'],
};

const JUDGMENT: Phrases<Judgment> = {
  upheld: ['支持诉讼请求', 'the claim is upheld'],
  'partly-upheld': ['部分支持诉讼请求', 'the claim is partly upheld'],
  dismissed: ['驳回诉讼请求', 'the claim is dismissed'],
};

const WITHDRAWN: Phrases<WithdrawalReason> = {
  settled: ['当事人和解', 'the parties settled'],
  mediated: ['调解成功', 'it was mediated'],
  'deemed-withdrawn': ['按撤诉处理', 'it is deemed withdrawn'],
  other: ['其他原因', 'another reason'],
};

const REFUSALS: Phrases<AssignmentRefusal> = {
  'out-of-scope': ['不属于调解范围', 'it is outside its scope'],
  'beyond-expertise': ['超出擅长领域', 'it is beyond its expertise'],
  'conflict-of-interest': ['存在利益冲突', 'there is a conflict of interest'],
  unsuitable: ['不适宜接受', 'it is not suitable'],
};

const FAILURES: Phrases<CourtMediationFailure> = {
  'consent-refused': ['当事人不同意调解', 'a party did not agree to mediation'],
  'party-unreachable': ['无法联系当事人', 'a party could not be reached'],
  'party-unwilling': ['当事人不愿继续调解', 'a party does not want to go on'],
  'wide-disagreement': ['分歧较大', 'the parties are too far apart'],
  'signature-refused': ['当事人拒绝签章', 'a party refused to sign'],
  'settled-and-withdrawn': ['自行和解并撤回调解申请', 'the parties settled by themselves'],
  'sham-mediation': ['涉嫌虚假调解', 'it is a sham'],
  other: ['其他原因', 'another reason'],
};

const OUTCOMES: Phrases<ReturnOutcome> = {
  agreed: ['达成调解协议', 'an agreement'],
  failed: ['调解不成', 'no agreement'],
  expired: ['调解期限届满', 'the end of its time'],
  refused: ['调解组织未接受', 'no body having taken it'],
};

/** What the events of a referral say: no names, no court numbers, no words of the parties. */
export const referralWords: EventWords<ReferralEvents> = {
  CourtRouteOffered: ({ purpose }) =>
    purpose === 'suit'
      ? say('告知可以通过诉讼途径解决', 'The way to the court by a suit was offered')
      : say('告知可以申请司法确认', 'The way to the court for judicial confirmation was offered'),
  CourtRouteConsentGiven: ({ party }) => of(PARTY[party], '同意诉调对接', 'agreed to go to the court'),
  CourtRouteConsentRefused: ({ party }) => of(PARTY[party], '不同意诉调对接', 'did not agree to go to the court'),
  ReferralMaterialsPackaged: ({ items }) =>
    say(`移送材料已整理，共${items.length}项`, `The materials for the court were packaged: ${items.length} in number`),
  DisputeReferredToCourt: () => say('纠纷已移送法院', 'The dispute was referred to the court'),
  CourtReceived: () => say('法院收到移送材料', 'The court received the materials'),
  ReferralReturnedByCourt: ({ reason }) => because('法院退回', 'The court sent the materials back', RETURNS[reason]),
  CourtFilingAccepted: () => say('法院登记立案', 'The court filed the case'),
  CourtFilingDeclined: ({ ground }) => because('法院不予立案', 'The court declined to file', FILING[ground]),
  JudgmentRecorded: ({ judgment }) => because('法院判决', 'The court gave judgment', JUDGMENT[judgment]),
  CourtSettlementRecorded: () => say('法院调解结案', 'The case was settled before the court'),
  SuitWithdrawn: ({ reason }) => because('撤诉', 'The suit was withdrawn', WITHDRAWN[reason]),

  DisputeAssignedByCourt: ({ kind }) =>
    kind === 'pre-filing'
      ? say('法院立案前委派调解', 'The court assigned the dispute to mediation before filing')
      : say('法院立案后委托调解', 'The court entrusted the filed case to mediation'),
  ReferralLinkedToDispute: () => say('委派委托调解已关联争议', 'The assignment was linked to the dispute'),
  CourtMediationBodyDesignated: ({ by }) =>
    by === 'court'
      ? say('法院指定调解组织', 'The court designated the mediation body')
      : say('当事人选定调解组织', 'The parties chose the mediation body'),
  CourtAssignmentConfirmed: () => say('调解组织接受委派委托', 'The mediation body took the assignment'),
  CourtAssignmentRefused: ({ ground }) =>
    because('调解组织不接受委派委托', 'The mediation body did not take the assignment', REFUSALS[ground]),
  OtherPartyContacted: () => say('已联系对方当事人', 'The other party was contacted'),
  CourtMediationConsentGiven: ({ party }) => of(PARTY[party], '同意调解', 'agreed to mediation'),
  CourtMediationExtended: ({ by }) =>
    say(`双方同意延长调解期限${by}日`, `Both parties extended the mediation by ${by} days`),
  CourtAppraisalStarted: () => say('诉前鉴定开始', 'A pre-suit appraisal began'),
  CourtAppraisalCompleted: () => say('诉前鉴定结束', 'The pre-suit appraisal ended'),
  ShamMediationReported: () => say('调解员报告可能存在虚假调解', 'The mediator reported a possible sham mediation'),
  ShamMediationReviewed: ({ finding }) =>
    finding === 'sham'
      ? say('经审查构成虚假调解', 'On review it is a sham mediation')
      : say('经审查未发现虚假调解', 'On review it is no sham mediation'),
  CourtMediationAgreed: () => say('委派委托调解达成协议', 'The mediation for the court brought an agreement'),
  CourtMediationFailed: ({ reason }) =>
    because('委派委托调解不成', 'The mediation for the court failed', FAILURES[reason]),
  CourtMediationExpired: () => say('委派委托调解期限届满', 'The time of the mediation for the court ran out'),
  CaseReturnedToCourt: ({ outcome }) =>
    because('案件退回法院并提交书面报告', 'The case went back to the court with a report', OUTCOMES[outcome]),

  ReferralDeadlineAmended: ({ due }) =>
    say(`期限调整为${due ?? '待定'}`, `A deadline now reads ${due ?? 'undetermined'}`),
  ReferralLateEntryVerified: () => say('补录事项经第二人核实', 'A late entry was verified by a second person'),
};

function say(zh: string, en: string): Words {
  return { zh, en };
}

/** A party did something. */
function of([who, whom]: readonly [string, string], zh: string, en: string): Words {
  return { zh: `${who}${zh}`, en: `${whom[0]!.toUpperCase()}${whom.slice(1)} ${en}` };
}

function because(zh: string, en: string, [why, reason]: readonly [string, string]): Words {
  return { zh: `${zh}：${why}`, en: `${en}: ${reason}` };
}
