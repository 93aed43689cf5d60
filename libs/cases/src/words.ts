import type { EventWords } from '#kernel';
import type { CaseEvents } from './events.ts';

const ORIGINS = {
  report: { zh: '举报', en: 'a report' },
  mediation: { zh: '调解中发现的线索', en: 'a clue found in mediation' },
  inspection: { zh: '监督检查', en: 'an inspection' },
  transfer: { zh: '其他部门移送', en: 'another authority’s transfer' },
  assignment: { zh: '上级交办', en: 'an assignment from above' },
} as const;

const STANDSTILLS = {
  'case-suspended': { zh: '中止调查', en: 'the suspension of the investigation' },
  'public-notice': { zh: '公告', en: 'a public notice' },
  testing: { zh: '检测', en: 'testing' },
  inspection: { zh: '检验', en: 'inspection' },
  quarantine: { zh: '检疫', en: 'quarantine' },
  appraisal: { zh: '鉴定', en: 'an appraisal' },
  'right-holder-identification': { zh: '权利人辨认', en: 'identification by the right holder' },
  'refund-ordered': { zh: '责令退还多收价款', en: 'an order to refund' },
} as const;

const RESULTS = {
  penalty: { zh: '给予行政处罚', en: 'a penalty' },
  'no-penalty': { zh: '不予行政处罚', en: 'no penalty' },
  'no-violation': { zh: '违法事实不成立', en: 'no violation' },
  criminal: { zh: '移送司法机关', en: 'referral to the police' },
} as const;

const REVISIONS = {
  changed: { zh: '变更', en: 'changed' },
  annulled: { zh: '撤销', en: 'annulled' },
  'found-unlawful': { zh: '确认违法', en: 'found unlawful' },
  'found-void': { zh: '确认无效', en: 'found void' },
} as const;

const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** Events of a case in words: no names, no free text. */
export const caseWords: EventWords<CaseEvents> = {
  ClueVerificationStarted: ({ origin, discoveredOn }) => ({
    zh: `核查${discoveredOn}发现的违法线索（${ORIGINS[origin].zh}）`,
    en: `A clue of ${discoveredOn} is verified, from ${ORIGINS[origin].en}`,
  }),
  ClueVerificationExtended: ({ grantedOn }) => ({
    zh: `负责人于${grantedOn}批准延长线索核查期限`,
    en: `On ${grantedOn} the head granted more time to verify the clue`,
  }),
  ClueVerificationSuspended: ({ kind }) => ({
    zh: `因${STANDSTILLS[kind].zh}，线索核查期限停止计算`,
    en: `The time to verify the clue stands still for ${STANDSTILLS[kind].en}`,
  }),
  ClueVerificationResumed: () => ({ zh: '线索核查期限继续计算', en: 'The time to verify the clue runs on' }),
  ClueVerificationCompleted: () => ({ zh: '线索核查完毕', en: 'The clue was verified' }),
  ClueNotFiled: ({ ground }) => ({
    zh: `依据第${ground}项决定对线索不予立案`,
    en: `No case was filed on the clue, on ground ${ground}`,
  }),
  EnforcementCaseFiled: ({ origin, filedOn }) => ({
    zh: `${filedOn}立案，来源：${ORIGINS[origin].zh}`,
    en: `A case was filed on ${filedOn}, from ${ORIGINS[origin].en}`,
  }),
  ComplaintConvertedToCase: () => ({
    zh: '投诉涉及的违法行为转为案件查处，投诉继续处理',
    en: 'What the complaint is about became a case; the complaint goes on',
  }),
  CaseReportLinked: () => ({ zh: '另一件举报并入本案', en: 'Another report was taken into the case' }),
  CaseInvestigationStarted: ({ officers }) => ({
    zh: `由${officers.length}名执法人员开展调查`,
    en: `${officers.length} officers began to investigate`,
  }),
  CaseSuspended: ({ kind }) => ({
    zh: `因${STANDSTILLS[kind].zh}，办案期限停止计算`,
    en: `The time of the case stands still for ${STANDSTILLS[kind].en}`,
  }),
  CaseResumed: () => ({ zh: '办案期限继续计算', en: 'The time of the case runs on' }),
  CaseDecisionExtended: ({ grantedBy, grantedOn }) => ({
    zh: `${grantedBy === 'head' ? '负责人' : '负责人集体讨论'}于${grantedOn}批准延长办案期限`,
    en: `On ${grantedOn} the ${grantedBy === 'head' ? 'head' : 'heads together'} granted more time for the case`,
  }),
  AssistanceRequested: ({ otherAuthority }) => ({
    zh: `请求${otherAuthority}协助调查`,
    en: `${otherAuthority} was asked for assistance`,
  }),
  AssistanceDelayTold: () => ({
    zh: '被请求机关告知不能按期完成',
    en: 'The other authority told that it takes longer',
  }),
  AssistanceReceived: () => ({ zh: '收到协助调查结果', en: 'The assistance was received' }),
  CaseSuspectedCriminal: () => ({ zh: '涉嫌犯罪，依法移送', en: 'A crime is suspected, which is to be referred' }),
  CaseSubmittedForReview: () => ({ zh: '送交审核', en: 'The case was submitted for review' }),
  CaseReviewExtended: ({ grantedOn }) => ({
    zh: `负责人于${grantedOn}批准延长审核期限`,
    en: `On ${grantedOn} the head granted more time for the review`,
  }),
  CaseReviewed: ({ opinion }) =>
    opinion === 'agreed'
      ? { zh: '审核同意', en: 'The review agreed' }
      : { zh: '审核退回', en: 'The review sent it back' },
  PenaltyNoticeServed: ({ proposedFineFen }) => ({
    zh: `送达行政处罚告知书，拟罚款${yuan(proposedFineFen)}元`,
    en: `The party was told of the penalty to come, a fine of ${yuan(proposedFineFen)} yuan`,
  }),
  PartyStatementMade: () => ({ zh: '当事人陈述申辩', en: 'The party made its statement' }),
  PartyStatementWaived: () => ({ zh: '当事人放弃陈述申辩和听证', en: 'The party gave up statement and hearing' }),
  CaseHearingRequested: () => ({ zh: '当事人要求听证', en: 'The party asked for a hearing' }),
  CaseHearingStarted: () => ({ zh: '听证开始，办案期限停止计算', en: 'The hearing began: the time stands still' }),
  CaseHearingEnded: () => ({ zh: '听证结束，办案期限继续计算', en: 'The hearing ended: the time runs on' }),
  CaseDecided: ({ result, fineFen, confiscatedFen }) =>
    result === 'penalty'
      ? {
          zh: `决定给予行政处罚：罚款${yuan(fineFen)}元，没收${yuan(confiscatedFen)}元`,
          en: `Decided: a penalty, ${yuan(fineFen)} yuan as a fine and ${yuan(confiscatedFen)} yuan confiscated`,
        }
      : { zh: `决定：${RESULTS[result].zh}`, en: `Decided: ${RESULTS[result].en}` },
  ServiceNoticePublished: () => ({ zh: '公告送达处罚决定', en: 'The decision is served by public notice' }),
  CaseDecisionServed: () => ({ zh: '处罚决定已送达', en: 'The decision was served' }),
  PenaltyPublished: () => ({ zh: '行政处罚信息已公示', en: 'The penalty was published' }),
  PenaltyHandedOver: ({ otherAuthority }) => ({
    zh: `行政处罚信息推送至${otherAuthority}`,
    en: `The penalty was handed to ${otherAuthority} to be published`,
  }),
  PenaltyRevised: ({ revision }) => ({
    zh: `行政处罚决定被${REVISIONS[revision].zh}`,
    en: `The penalty was ${REVISIONS[revision].en}`,
  }),
  PenaltyPublicationWithdrawn: () => ({
    zh: '已撤回行政处罚公示信息',
    en: 'What was published of the penalty was withdrawn',
  }),
  CaseExecuted: ({ mode }) =>
    mode === 'performed'
      ? { zh: '行政处罚决定执行完毕', en: 'The decision was executed' }
      : { zh: '法院裁定终结执行', en: 'The court ended the execution' },
  CaseClosingFormSubmitted: () => ({ zh: '填写结案审批表', en: 'The head was asked to close the case' }),
  CaseClosed: () => ({ zh: '结案', en: 'The case was closed' }),
  CaseDeadlineAmended: ({ clock, due }) => ({
    zh: `工作日历调整，期限（${clock}）改为${due ?? '待定'}`,
    en: `The calendar was amended: ${clock} is now due ${due ?? 'on a day that cannot be told'}`,
  }),
  CaseLateEntryVerified: ({ clock }) => ({
    zh: `补录事项（${clock}）经他人核实`,
    en: `A late entry (${clock}) was verified by another person`,
  }),
};
