import type { EventWords, Words } from '#kernel';
import type { ClockReading } from '#law';
import type { ComplaintEvents } from './events.ts';
import type { ComplaintResult, CorrectableField, NoticeChannel, Party } from './terms.ts';

const CHANNELS: Readonly<Record<NoticeChannel, Words>> = {
  internet: { zh: '网络', en: 'the internet' },
  phone: { zh: '电话', en: 'telephone' },
  sms: { zh: '短信', en: 'text message' },
  mail: { zh: '邮寄', en: 'mail' },
  letter: { zh: '书面', en: 'letter' },
};
const PARTY: Readonly<Record<Party, Words>> = {
  complainant: { zh: '投诉人', en: 'The complainant' },
  respondent: { zh: '被投诉人', en: 'The respondent' },
};
const RESULTS: Readonly<Record<ComplaintResult, Words>> = {
  mediated: { zh: '调解达成协议', en: 'agreement in mediation' },
  terminated: { zh: '终止调解', en: 'mediation terminated' },
  withdrawn: { zh: '投诉人撤回投诉', en: 'withdrawn by the complainant' },
};
const FIELDS: Readonly<Record<CorrectableField, Words>> = {
  receivedAt: { zh: '收到时间', en: 'time of receipt' },
  acceptedOn: { zh: '受理日期', en: 'day of acceptance' },
  knewOn: { zh: '知道权益受损日期', en: 'day of knowledge' },
  respondentUscc: { zh: '被投诉人统一社会信用代码', en: 'social credit code of the respondent' },
  respondentRegion: { zh: '被投诉人经营地', en: 'region of the respondent' },
  sector: { zh: '行业', en: 'sector' },
  channel: { zh: '渠道', en: 'channel' },
  recoveredFen: { zh: '挽回经济损失', en: 'money recovered' },
};

/** What each event of a complaint says: codes, days and authorities, nothing of a person. */
export const complaintWords: EventWords<ComplaintEvents> = {
  ComplaintReceived: ({ authority, clocks }) => ({
    zh: `${authority}收到投诉${until(clocks).zh}`,
    en: `The complaint was received by ${authority}${until(clocks).en}`,
  }),
  AgentAppointed: () => ({ zh: '投诉人委托代理人', en: 'The complainant acts through an agent' }),
  IdentityProofRequested: ({ dueOn }) => ({
    zh: `要求投诉人于${dueOn}前提供身份证明材料`,
    en: `The complainant was asked for proof of identity by ${dueOn}`,
  }),
  IdentityProofSubmitted: () => ({ zh: '投诉人提供身份证明材料', en: 'Proof of identity was submitted' }),
  IdentityProofOverdue: ({ dueOn }) => ({
    zh: `投诉人未于${dueOn}前提供身份证明材料`,
    en: `No proof of identity came by ${dueOn}`,
  }),
  CompetenceDetermined: ({ competent, source }) => ({
    zh: `经判断${competent ? '有' : '无'}管辖权${source === null ? '' : `（${source}）`}`,
    en: `The authority found itself ${competent ? '' : 'not '}competent${source === null ? '' : ` (${source})`}`,
  }),
  ComplaintReturnedToIntake: ({ authority }) => ({
    zh: `${authority}将投诉反馈统一接收机构`,
    en: `${authority} gave the complaint back to the intake body`,
  }),
  ComplaintTransferredOut: ({ fromAuthority, toAuthority }) => ({
    zh: `投诉由${fromAuthority}移送${toAuthority}`,
    en: `The complaint was sent from ${fromAuthority} to ${toAuthority}`,
  }),
  ComplaintTransferReceived: ({ authority, clocks }) => ({
    zh: `${authority}收到移送的投诉${until(clocks).zh}`,
    en: `${authority} received the complaint that was sent on${until(clocks).en}`,
  }),
  CompetenceDisputeRaised: ({ withAuthority, clocks }) => ({
    zh: `与${withAuthority}发生管辖争议${until(clocks).zh}`,
    en: `A dispute about competence with ${withAuthority} arose${until(clocks).en}`,
  }),
  CompetenceDisputeResolved: ({ competentAuthority }) => ({
    zh: `管辖争议协商一致，由${competentAuthority}处理`,
    en: `The authorities agreed that ${competentAuthority} is competent`,
  }),
  CompetenceDisputeSentUp: ({ higherAuthority, clocks }) => ({
    zh: `管辖争议报请${higherAuthority}指定${until(clocks).zh}`,
    en: `The dispute about competence was sent up to ${higherAuthority}${until(clocks).en}`,
  }),
  AuthorityDesignated: ({ competentAuthority }) => ({
    zh: `指定由${competentAuthority}处理`,
    en: `${competentAuthority} was designated`,
  }),
  ComplaintAccepted: ({ clocks }) => ({
    zh: `投诉受理${until(clocks).zh}`,
    en: `The complaint was accepted${until(clocks).en}`,
  }),
  ComplaintNotAccepted: ({ ground, provision }) => ({
    zh: `投诉不予受理（${provision === undefined ? ground : `${provision.source}${provision.item}`}）`,
    en: `The complaint was not accepted (${provision === undefined ? ground : `${provision.source}${provision.item}`})`,
  }),
  AcceptanceDecisionNotified: ({ decision, channel }) => ({
    zh: `以${CHANNELS[channel].zh}告知投诉人${decision === 'accepted' ? '受理' : '不予受理'}决定`,
    en: `The complainant was told by ${CHANNELS[channel].en} that it was ${decision === 'accepted' ? '' : 'not '}accepted`,
  }),
  MediationConsentGiven: ({ party }) => ({
    zh: `${PARTY[party].zh}同意调解`,
    en: `${PARTY[party].en} agreed to mediation`,
  }),
  MediationConsentRefused: ({ party }) => ({
    zh: `${PARTY[party].zh}不同意调解`,
    en: `${PARTY[party].en} refused mediation`,
  }),
  PartiesNegotiationOpened: () => ({ zh: '双方自行协商', en: 'The parties began to negotiate' }),
  PartiesSettled: () => ({ zh: '双方自行和解', en: 'The parties settled' }),
  PartiesSettlementRetracted: () => ({ zh: '和解未成立', en: 'The settlement did not hold' }),
  ComplaintDisqualified: ({ basis }) => ({
    zh: `受理后发现不应受理的情形（${basis}）`,
    en: `After acceptance it was found that it should not have been accepted (${basis})`,
  }),
  ClaimFraudReferredToPolice: () => ({
    zh: '涉嫌敲诈勒索、诈骗，移送公安机关',
    en: 'The claim was referred to the police as suspected fraud or blackmail',
  }),
  AppraisalStarted: ({ appraisal }) => ({
    zh: `第${appraisal}次鉴定检测开始，调解期限中止计算`,
    en: `Appraisal ${appraisal} began, and the time for mediation stands still`,
  }),
  AppraisalCompleted: ({ appraisal, clocks }) => ({
    zh: `第${appraisal}次鉴定检测完成${until(clocks).zh}`,
    en: `Appraisal ${appraisal} was completed${until(clocks).en}`,
  }),
  ComplaintWithdrawn: () => ({ zh: '投诉人撤回投诉', en: 'The complainant withdrew the complaint' }),
  ComplaintConcluded: ({ result, ground, clocks }) => ({
    zh: `投诉办结：${RESULTS[result].zh}${ground === null ? '' : `（${ground}）`}${until(clocks).zh}`,
    en: `The complaint was concluded: ${RESULTS[result].en}${ground === null ? '' : ` (${ground})`}${until(clocks).en}`,
  }),
  MediationTerminationNotified: ({ channel }) => ({
    zh: `以${CHANNELS[channel].zh}告知双方终止调解`,
    en: `Both parties were told by ${CHANNELS[channel].en} that mediation was terminated`,
  }),
  ComplaintClosed: () => ({ zh: '投诉结案', en: 'The complaint was closed' }),
  FollowUpRecorded: ({ channel, reached }) => ({
    zh: `以${CHANNELS[channel].zh}回访${reached ? '' : '，未联系上'}`,
    en: `The complainant was asked afterwards by ${CHANNELS[channel].en}${reached ? '' : ', and not reached'}`,
  }),
  SatisfactionRecorded: ({ satisfaction }) => ({
    zh: `投诉人评价：${{ satisfied: '满意', 'basically-satisfied': '基本满意', dissatisfied: '不满意' }[satisfaction]}`,
    en: `The complainant is ${satisfaction.replace('-', ' ')}`,
  }),
  ComplaintReopened: ({ round, clocks }) => ({
    zh: `投诉重新办理（第${round}次）${until(clocks).zh}`,
    en: `The complaint was reopened (round ${round})${until(clocks).en}`,
  }),
  ComplaintMergedInto: ({ primary }) => ({
    zh: `并入投诉${primary}一并处理`,
    en: `It is handled together with complaint ${primary}`,
  }),
  ComplaintUnmerged: ({ primary }) => ({
    zh: `与投诉${primary}分开处理`,
    en: `It is handled apart from complaint ${primary} again`,
  }),
  ComplaintCorrectionProposed: ({ correction, field }) => ({
    zh: `提出第${correction}次更正：${FIELDS[field].zh}`,
    en: `Correction ${correction} was proposed: ${FIELDS[field].en}`,
  }),
  ComplaintCorrectionRejected: ({ correction }) => ({
    zh: `第${correction}次更正未获批准`,
    en: `Correction ${correction} was rejected`,
  }),
  ComplaintCorrected: ({ correction, field }) => ({
    zh: `第${correction}次更正获批准：${FIELDS[field].zh}`,
    en: `Correction ${correction} was approved: ${FIELDS[field].en}`,
  }),
  ComplaintDeadlineAmended: (reading) => ({
    zh: `工作日历调整，期限重新计算${until([reading]).zh}`,
    en: `The calendar was amended, and a deadline was read again${until([reading]).en}`,
  }),
  ComplaintLateEntryVerified: ({ clock }) => ({
    zh: `补录已由第二人核实（${clock}）`,
    en: `A second person verified what was entered late (${clock})`,
  }),
};

/** The date that is told with an event, where there is one. */
function until(clocks: readonly ClockReading[] | undefined): Words {
  const due = clocks?.[0]?.due ?? null;
  return due === null ? { zh: '', en: '' } : { zh: `，期限至${due}`, en: `, with time until ${due}` };
}
