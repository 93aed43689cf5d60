import type { EventWords } from '#kernel';
import type { ReportEvents } from './events.ts';

const STANDSTILLS = {
  testing: { zh: '检测', en: 'testing' },
  inspection: { zh: '检验', en: 'inspection' },
  quarantine: { zh: '检疫', en: 'quarantine' },
  appraisal: { zh: '鉴定', en: 'an appraisal' },
  'right-holder-identification': { zh: '权利人辨认', en: 'identification by the right holder' },
} as const;

/** Events of a report in words: nothing of who reported, and nothing of what was said. */
export const reportWords: EventWords<ReportEvents> = {
  ReportReceived: () => ({ zh: '收到举报', en: 'A report was received' }),
  RepeatReportNotProcessed: ({ newFacts }) =>
    newFacts === true
      ? { zh: '补充的新事实并入先前举报，本件不再另行处理', en: 'Its new facts are handled with the earlier report' }
      : { zh: '认定为重复举报，不再另行处理', en: 'Found to repeat an earlier report, and not handled apart from it' },
  ReportMergedWithNewFacts: ({ receivedOn }) => ({
    zh: `${receivedOn}的再次举报含有新事实，合并处理`,
    en: `The report of ${receivedOn} has new facts, which are handled with this one`,
  }),
  ReporterToldOfCompetentAuthority: ({ isAnonymous }) =>
    isAnonymous === true
      ? { zh: '无处理权限，匿名举报无法告知', en: 'Not competent; the reporter is anonymous and cannot be told' }
      : { zh: '无处理权限，已告知举报人向有权机关举报', en: 'Not competent: the reporter was told who is' },
  ReportCompetenceDisputeRaised: ({ otherAuthority }) => ({
    zh: `与${otherAuthority}就处理权限发生争议`,
    en: `Competence is in dispute with ${otherAuthority}`,
  }),
  ReportCompetenceDisputeResolved: ({ outcome, authority }) =>
    outcome === 'agreed'
      ? { zh: `协商确定由${authority}处理`, en: `Agreed: ${authority} is competent` }
      : { zh: '协商不成，报请指定', en: 'Not agreed: the authority above is asked to decide' },
  ReportAuthorityDesignated: ({ authority }) => ({
    zh: `指定由${authority}处理`,
    en: `${authority} was designated as competent`,
  }),
  VerificationStarted: () => ({ zh: '开始核查', en: 'Verification began' }),
  VerificationExtended: ({ grantedOn }) => ({
    zh: `负责人于${grantedOn}批准延长核查期限`,
    en: `On ${grantedOn} the head granted more time for the verification`,
  }),
  VerificationSuspended: ({ kind }) => ({
    zh: `因${STANDSTILLS[kind].zh}，核查期限停止计算`,
    en: `The time of verification stands still for ${STANDSTILLS[kind].en}`,
  }),
  VerificationResumed: () => ({ zh: '核查期限继续计算', en: 'The time of verification runs on' }),
  VerificationCompleted: () => ({ zh: '核查完毕', en: 'Verification was completed' }),
  CaseFiled: () => ({ zh: '决定立案', en: 'A case was filed' }),
  CaseNotFiled: ({ ground }) => ({
    zh: ground === undefined ? '决定不予立案' : `依据第${ground}项决定不予立案`,
    en: ground === undefined ? 'No case was filed' : `No case was filed, on ground ${ground}`,
  }),
  ReporterNotifiedOfFiling: () => ({
    zh: '已将是否立案告知举报人',
    en: 'The reporter was told whether a case was filed',
  }),
  ReportDeadlineAmended: ({ clock, due }) => ({
    zh: `工作日历调整，期限（${clock}）改为${due ?? '待定'}`,
    en: `The calendar was amended: ${clock} is now due ${due ?? 'on a day that cannot be told'}`,
  }),
  ReportLateEntryVerified: ({ clock }) => ({
    zh: `补录事项（${clock}）经他人核实`,
    en: `A late entry (${clock}) was verified by another person`,
  }),
};
