import type { EventWords } from '#kernel';
import type {
  CallbackFailure,
  Classification,
  Outcome,
  RedirectRoute,
  ReopenReason,
  ReturnReason,
  Satisfaction,
  WorkOrderEvents,
} from './events.ts';

// 受理 is the legal acceptance of a complaint (S1 Art. 15) and no word of a hotline's ticket, which is 收到 (T-48); nor is 办结 here
// a settlement: it is the end of the ticket, whatever came of the dispute.

type Named<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const CLASSIFICATION: Named<Classification> = {
  complaint: ['投诉', 'complaint'],
  report: ['举报', 'report'],
  mixed: ['投诉和举报', 'complaint and report'],
  consultation: ['咨询', 'consultation'],
  other: ['其他', 'something else'],
};
const ROUTE: Named<RedirectRoute> = {
  consultation: ['咨询', 'consultation'],
  petition: ['信访', 'petition'],
  'information-disclosure': ['政府信息公开', 'disclosure of government information'],
  'administrative-reconsideration': ['行政复议', 'administrative reconsideration'],
  accusation: ['检举控告', 'accusation of officials'],
};
const RETURNED_AS: Named<ReturnReason> = {
  'missing-elements': ['缺失要素', 'something is missing'],
  unclear: ['表述不清', 'it is unclear'],
  'wrong-type': ['类型有误', 'it is of a wrong type'],
  'address-unclear': ['地址不详', 'the address is unclear'],
  duplicate: ['重复', 'it is a duplicate'],
  'withdrawn-by-citizen': ['市民撤诉', 'the citizen withdrew it'],
  'not-competent': ['不属本职', 'the unit is not competent'],
  other: ['其他原因', 'for another reason'],
};
const OUTCOME: Named<Outcome> = {
  handled: ['已处理', 'handled'],
  answered: ['已答复', 'answered'],
  transferred: ['已转办', 'transferred'],
};
const SATISFACTION: Named<Satisfaction> = {
  satisfied: ['满意', 'satisfied'],
  'basically-satisfied': ['基本满意', 'basically satisfied'],
  dissatisfied: ['不满意', 'dissatisfied'],
};
const UNANSWERED: Named<CallbackFailure> = {
  'not-answered': ['无人接听', 'nobody answered'],
  'number-wrong': ['号码有误', 'the number was wrong'],
  'answer-declined': ['不愿评价', 'the citizen would not say'],
};
const REOPENED_AS: Named<ReopenReason> = {
  dissatisfied: ['诉求人不满意', 'the citizen is dissatisfied'],
  'not-performed': ['承诺未履行', 'what was promised was not done'],
  'new-facts': ['有新情况', 'there are new facts'],
  'closed-by-mistake': ['误办结', 'it was closed by mistake'],
  other: ['其他原因', 'for another reason'],
};

/** What has happened to a work order, for people (中文、英文). */
export const workOrderWords: EventWords<WorkOrderEvents> = {
  WorkOrderReceived: ({ channel, imported }) => ({
    zh: `${channel}渠道收到工单${imported === null ? '' : '（历史数据导入）'}`,
    en: `Work order received by ${channel}${imported === null ? '' : ' (imported history)'}`,
  }),
  WorkOrderPayloadConflictDetected: ({ conflict, differing }) => ({
    zh: `同一工单编号推送了不同内容（冲突${conflict}，${differing.length}项可见差异），未予覆盖`,
    en: `The same ticket was pushed with another content (conflict ${conflict}, ${differing.length} visible differences); nothing was overwritten`,
  }),
  WorkOrderPayloadConflictResolved: ({ conflict, keep }) =>
    keep === 'recorded'
      ? { zh: `内容冲突${conflict}：保留原记录`, en: `Conflict ${conflict}: the content on record was kept` }
      : { zh: `内容冲突${conflict}：采用后推送内容`, en: `Conflict ${conflict}: the content pushed later was kept` },
  WorkOrderClassified: ({ classification }) => {
    const [zh, en] = CLASSIFICATION[classification];
    return { zh: `诉求类型：${zh}`, en: `Classified as ${en}` };
  },
  WorkOrderSplit: () => ({ zh: '投诉、举报分别处理', en: 'Taken apart into complaint and report' }),
  WorkOrderComplaintLinked: () => ({ zh: '由本工单产生投诉', en: 'A complaint came of it' }),
  WorkOrderReportLinked: () => ({ zh: '由本工单产生举报', en: 'A report came of it' }),
  WorkOrderRedirected: ({ route }) => {
    const [zh, en] = ROUTE[route];
    return { zh: `不属于投诉举报，告知按${zh}途径提出`, en: `Neither complaint nor report: shown the route of ${en}` };
  },
  DuplicateSuspected: ({ likeness }) => ({
    zh: `系统提示：疑似与已有争议重复（相似度${likeness}%），待人工确认`,
    en: `Suspected to be about a dispute known already (${likeness}% alike); a person is to say`,
  }),
  DuplicateDismissed: () => ({ zh: '经人工核对，不是重复', en: 'A person found that it is no duplicate' }),
  WorkOrderLinkedToDispute: () => ({ zh: '工单归入本争议', en: 'The work order was linked to this dispute' }),
  WorkOrderDispatched: ({ authority, handlingRegion }) => ({
    zh: `分派至${authority ?? handlingRegion}`,
    en: `Dispatched to ${authority ?? handlingRegion}`,
  }),
  WorkOrderExtensionRequested: () => ({ zh: '承办单位申请延期', en: 'The unit asked for more time' }),
  // The date as it came to be: a grant that was entered too late leaves it.
  WorkOrderExtensionGranted: ({ clocks }) => {
    const due = clocks.find(({ clock }) => clock === 'handling')?.due;
    return typeof due === 'string'
      ? { zh: `准予延期，办理期限至${due}`, en: `More time was granted: due on ${due}` }
      : { zh: '准予延期', en: 'More time was granted' };
  },
  WorkOrderExtensionRefused: () => ({ zh: '不予延期', en: 'More time was refused' }),
  WorkOrderReturned: ({ reasonCode }) => {
    const [zh, en] = RETURNED_AS[reasonCode];
    return { zh: `承办单位退单：${zh}`, en: `Returned to the dispatcher: ${en}` };
  },
  WorkOrderReplied: ({ outcome, complaintId }) => {
    const [zh, en] = OUTCOME[outcome];
    return complaintId === null
      ? { zh: `承办单位答复：${zh}`, en: `The unit replied: ${en}` }
      : { zh: `承办单位答复：${zh}，按投诉程序办理`, en: `The unit replied: ${en}, in the complaint it names` };
  },
  WorkOrderClosed: ({ outcome }) => {
    const [zh, en] = OUTCOME[outcome];
    return { zh: `工单办结：${zh}`, en: `Closed: ${en}` };
  },
  WorkOrderSatisfactionRecorded: ({ satisfaction, process, result }) => {
    const [zh, en] = SATISFACTION[satisfaction];
    if (process === undefined || result === undefined) return { zh: `回访：${zh}`, en: `Called back: ${en}` };
    const [[processZh, processEn], [resultZh, resultEn]] = [SATISFACTION[process], SATISFACTION[result]];
    return {
      zh: `回访：${zh}（过程${processZh}，结果${resultZh}）`,
      en: `Called back: ${en} (process: ${processEn}, result: ${resultEn})`,
    };
  },
  WorkOrderCallbackUnanswered: ({ why }) => {
    const [zh, en] = UNANSWERED[why];
    return { zh: `回访未获评价：${zh}`, en: `Called back in vain: ${en}` };
  },
  WorkOrderReopened: ({ reasonCode }) => {
    const [zh, en] = REOPENED_AS[reasonCode];
    return { zh: `工单重新办理：${zh}`, en: `Opened again: ${en}` };
  },
  WorkOrderDeadlineAmended: ({ clock, due }) => ({
    zh: `工作日历调整，${clock === 'return' ? '退单' : '办理'}期限改为${due ?? '无法确定'}`,
    en: `The calendar was amended: the ${clock} deadline is now ${due ?? 'undetermined'}`,
  }),
  WorkOrderLateEntryVerified: ({ clock }) => ({
    zh: `经第二人核实，${clock === 'return' ? '退单' : '办理'}确于期限内完成`,
    en: `A second person verified that the step of the ${clock} clock had been in time`,
  }),
};
