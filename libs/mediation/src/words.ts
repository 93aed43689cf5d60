import { localDateOf, parseInstant, startOfDay, type EventWords, type Words } from '#kernel';
import { KINDS, type AgreementForm, type Signer } from './kinds.ts';
import type {
  Breach,
  CancellationReason,
  ConsentTo,
  DeclineReason,
  MediationEnding,
  MediationEvents,
  Party,
  RecusalGround,
  RecusalRequester,
  SessionMode,
} from './mediation-events.ts';
import type { MediationBodyEvents, MediatorEvents, RemovalCause, SuspensionCause } from './roster-events.ts';

type Named<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const PARTY: Named<Party> = { consumer: ['消费者', 'the consumer'], merchant: ['经营者', 'the merchant'] };
const REQUESTER: Named<RecusalRequester> = { ...PARTY, mediator: ['调解员', 'the mediator'] };
const SIGNER: Named<Signer> = {
  ...PARTY,
  mediator: ['调解员', 'the mediator'],
  'body-seal': ['调解组织（机关）盖章', 'the seal of the body or authority'],
};
const CONSENT: Named<ConsentTo> = { mediation: ['调解', 'mediation'], delegation: ['委托调解', 'delegated mediation'] };
const MODE: Named<SessionMode> = {
  'on-site': ['现场', 'on site'],
  online: ['在线', 'online'],
  phone: ['电话', 'by telephone'],
};
const FORM: Named<AgreementForm> = {
  statement: ['调解书', 'a mediation statement'],
  record: ['调解记录', 'a mediation record'],
  written: ['书面协议', 'a written agreement'],
  oral: ['口头协议', 'an oral agreement'],
};
const RECUSAL: Named<RecusalGround> = {
  'party-or-relative-of-party': ['系当事人或其近亲属', 'a party or close to one'],
  'interest-in-dispute': ['与争议有利害关系', 'an interest in the dispute'],
  'other-relation-to-party': ['与当事人有其他关系', 'another relation to a party'],
  'other-doubt-of-impartiality': ['可能影响公正调解', 'doubt of impartiality'],
};
const CANCELLATION: Named<CancellationReason> = {
  'party-unable': ['当事人不能参加', 'a party is unable to come'],
  'mediator-unable': ['调解员不能参加', 'the mediator is unable to come'],
  rescheduled: ['改期', 'it is held at another time'],
  other: ['其他原因', 'another reason'],
};
const DECLINE: Named<DeclineReason> = {
  'party-refused': ['当事人拒绝调解', 'a party refused'],
  'not-mediable': ['不适宜调解', 'it cannot be mediated'],
  'out-of-scope': ['不属调解范围', 'it is out of scope'],
  'handled-elsewhere': ['已由他处处理', 'it is handled elsewhere'],
  'application-withdrawn': ['申请已撤回', 'the application was withdrawn'],
  other: ['其他原因', 'another reason'],
};
const ENDING: Named<MediationEnding> = {
  'settled-by-parties': ['双方自行和解', 'the parties settled themselves'],
  'party-refused': ['当事人拒绝调解', 'a party refused'],
  'party-absent': ['当事人不参加调解', 'a party stayed away'],
  'no-agreement': ['未能达成协议', 'no agreement was reached'],
  'limit-reached': ['调解期限届满', 'its time was over'],
  'application-withdrawn': ['申请已撤回', 'the application was withdrawn'],
  'not-mediable': ['不适宜调解', 'it cannot be mediated'],
  'sham-suspected': ['涉嫌虚假调解', 'a sham is suspected'],
  other: ['其他原因', 'another reason'],
};
const BREACH: Named<Breach> = {
  'not-performed': ['未履行', 'not performed'],
  'partly-performed': ['部分履行', 'performed in part'],
  'performance-refused': ['拒绝履行', 'refused'],
};
const SUSPENSION: Named<SuspensionCause> = {
  'complaint-against': ['被投诉', 'a complaint against it'],
  'conflict-of-interest': ['利益冲突', 'a conflict of interest'],
  leave: ['暂停执业', 'leave'],
  'under-review': ['接受审查', 'a review'],
  other: ['其他原因', 'another reason'],
};
const REMOVAL: Named<RemovalCause> = {
  'own-wish': ['本人（本组织）申请', 'its own wish'],
  'qualification-lost': ['不再具备资格', 'its qualification was lost'],
  misconduct: ['违规', 'misconduct'],
  dissolved: ['组织解散', 'it was dissolved'],
  other: ['其他原因', 'another reason'],
};

export const mediationWords: EventWords<MediationEvents> = {
  MediationProposed: ({ kind, initiative }) => {
    const { zh, en } = KINDS[kind].title;
    return initiative === 'own-initiative'
      ? { zh: `调解组织主动提出${zh}`, en: `The body took up ${en} of its own accord` }
      : { zh: `提出${zh}`, en: `Proposed: ${en}` };
  },
  MediationApplicationAccepted: () => ({ zh: '调解组织受理', en: 'The body took the mediation up' }),
  MediationApplicationDeclined: ({ code }) => said(DECLINE[code], '调解组织不予受理', 'The body did not take it up'),
  MediationDelegated: () => ({
    zh: '经双方同意委托调解组织调解',
    en: 'Delegated to a body with both parties’ consent',
  }),
  MediationPartyConsented: ({ party, to }) => ({
    zh: `${PARTY[party][0]}同意${CONSENT[to][0]}`,
    en: `Consent of ${PARTY[party][1]} to ${CONSENT[to][1]}`,
  }),
  MediationPartyRefused: ({ party }) => ({
    zh: `${PARTY[party][0]}拒绝调解`,
    en: `Mediation refused by ${PARTY[party][1]}`,
  }),
  MediatorAssigned: () => ({ zh: '指派调解员', en: 'A mediator was assigned' }),
  MediationSessionScheduled: ({ session, scheduledFor, mode }) => ({
    zh: `安排第${session}次调解（${MODE[mode][0]}），时间${inShanghai(scheduledFor)}`,
    en: `Session ${session} scheduled ${MODE[mode][1]} for ${inShanghai(scheduledFor)}`,
  }),
  PartiesNotifiedOfSession: ({ session }) => ({
    zh: `告知双方第${session}次调解`,
    en: `Both parties told of session ${session}`,
  }),
  MediationSessionCancelled: ({ session, code }) =>
    said(CANCELLATION[code], `取消第${session}次调解`, `Session ${session} cancelled`),
  MediationSessionHeld: ({ session, attended }) => ({
    zh: `举行第${session}次调解，到场：${listed(attended, 0, '无人')}`,
    en: `Session ${session} held; present: ${listed(attended, 1, 'nobody')}`,
  }),
  MediatorRecusalRequested: ({ by, ground }) =>
    said(
      RECUSAL[ground],
      `${REQUESTER[by][0]}申请调解员回避`,
      `Recusal of a mediator asked for by ${REQUESTER[by][1]}`,
    ),
  MediationSuspended: () => ({ zh: '中止调解，等待回避决定', en: 'Mediation suspended until the recusal is decided' }),
  RecusalDecided: ({ granted }) =>
    granted
      ? { zh: '决定调解员回避', en: 'The recusal was granted' }
      : { zh: '驳回回避申请', en: 'The recusal was not granted' },
  MediationResumed: () => ({ zh: '恢复调解', en: 'Mediation went on' }),
  AppraisalInstitutionDesignated: ({ chosenBy }) =>
    chosenBy === 'authority'
      ? { zh: '机关指定技术机构', en: 'The authority designated the institution that appraises' }
      : { zh: '双方选定技术机构', en: 'The parties chose the institution that appraises' },
  AppraisalFeeDisagreed: () => ({ zh: '双方对鉴定费用协商不一致', en: 'The parties disagreed on the appraisal’s fee' }),
  MediationAgreementReached: ({ form, performedAtOnce }) => ({
    zh: `达成调解协议（${FORM[form][0]}）${performedAtOnce ? '，即时履行' : ''}`,
    en: `Agreement reached as ${FORM[form][1]}${performedAtOnce ? ', performed at once' : ''}`,
  }),
  AgreementSigned: ({ signer }) => ({
    zh: signer === 'body-seal' ? SIGNER[signer][0] : `${SIGNER[signer][0]}签名或者盖章`,
    en: `Agreement signed: ${SIGNER[signer][1]}`,
  }),
  MediationAgreementEffective: ({ effectiveOn, performanceDue }) => ({
    zh: `调解协议自${effectiveOn}起生效${performanceDue === null ? '' : `，履行期限至${performanceDue}`}`,
    en: `The agreement took effect on ${effectiveOn}${performanceDue === null ? '' : `, to be performed by ${performanceDue}`}`,
  }),
  MediationStatementIssued: ({ issuedBy }) =>
    issuedBy === 'court'
      ? { zh: '法院制作调解书', en: 'The court made out the mediation statement' }
      : { zh: '制作调解书', en: 'The mediation statement was made out' },
  MediationRecordFiled: () => ({ zh: '制作调解记录', en: 'The mediation record was filed' }),
  AgreementPerformed: ({ performedOn }) => ({
    zh: `调解协议于${performedOn}履行`,
    en: `The agreement was performed on ${performedOn}`,
  }),
  AgreementBreached: ({ breach, by }) =>
    said(BREACH[breach], `${PARTY[by][0]}违反调解协议`, `The agreement was broken by ${PARTY[by][1]}`),
  MediationTerminated: ({ ground, ending }) => {
    if (ground !== null) return { zh: `终止调解（第${ground}项）`, en: `Mediation terminated on ground ${ground}` };
    return said(ENDING[ending ?? 'other'], '终止调解', 'Mediation terminated');
  },
  PartiesNotifiedOfTermination: () => ({ zh: '告知双方终止调解', en: 'Both parties told of the termination' }),
  ViolationClueFound: () => ({ zh: '调解中发现涉嫌违法线索', en: 'A clue of a violation was found in mediation' }),
  MediationDeadlineAmended: ({ due }) => ({
    zh: `工作日历调整，期限变更为${due ?? '待定'}`,
    en: `A deadline reads otherwise as the calendar was amended: ${due ?? 'undetermined'}`,
  }),
  MediationLateEntryVerified: () => ({ zh: '补录经第二人核实', en: 'A late entry was verified by a second person' }),
};

export const mediationBodyWords: EventWords<MediationBodyEvents> = {
  MediationBodyRegistered: () => ({ zh: '调解组织入册', en: 'A mediation body was put on the roster' }),
  MediationBodyRevised: () => ({ zh: '调解组织登记事项变更', en: 'The entry of a mediation body was revised' }),
  MediationBodySuspended: ({ cause }) => said(SUSPENSION[cause], '暂停调解组织资格', 'A mediation body was suspended'),
  MediationBodyReinstated: () => ({ zh: '恢复调解组织资格', en: 'A mediation body was reinstated' }),
  MediationBodyRemoved: ({ cause }) =>
    said(REMOVAL[cause], '调解组织出册', 'A mediation body was taken off the roster'),
};

export const mediatorWords: EventWords<MediatorEvents> = {
  MediatorRegistered: () => ({ zh: '调解员入册', en: 'A mediator was put on the roster' }),
  MediatorRevised: () => ({ zh: '调解员登记事项变更', en: 'The entry of a mediator was revised' }),
  MediatorSuspended: ({ cause }) => said(SUSPENSION[cause], '暂停调解员资格', 'A mediator was suspended'),
  MediatorReinstated: () => ({ zh: '恢复调解员资格', en: 'A mediator was reinstated' }),
  MediatorRemoved: ({ cause }) => said(REMOVAL[cause], '调解员出册', 'A mediator was taken off the roster'),
  MediatorInterestDeclared: () => ({ zh: '调解员声明利害关系', en: 'A mediator declared an interest' }),
  MediatorInterestWithdrawn: () => ({ zh: '调解员利害关系解除', en: 'An interest of a mediator was withdrawn' }),
};

function said([whyZh, whyEn]: readonly [string, string], zh: string, en: string): Words {
  return { zh: `${zh}：${whyZh}`, en: `${en}: ${whyEn}` };
}

/** `2026-05-15 10:00`, as it is told to people there. */
function inShanghai(time: string): string {
  const at = parseInstant(time)!;
  const day = localDateOf(at);
  const minutes = Math.floor((at - startOfDay(day)) / 60_000);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${day} ${hour}:${minute}`;
}

function listed(parties: readonly Party[], language: 0 | 1, nobody: string): string {
  return parties.length === 0
    ? nobody
    : parties.map((party) => PARTY[party][language]).join(language === 0 ? '、' : ', ');
}
