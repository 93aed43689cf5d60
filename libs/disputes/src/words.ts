import type { EventWords } from '#kernel';
import type { DisputeEvents, HandOffRefusal, RespondentReason } from './events.ts';
import type { FirstInquiryBasis } from './first-inquiry.ts';
import type { RepresentedAct } from './joint.ts';
import type { MergeOrder } from './merging.ts';

const RESPONDENT = {
  'became-known': { zh: '查明', en: 'became known' },
  mistaken: { zh: '更正', en: 'was mistaken before' },
  'named-by-platform': { zh: '平台提供', en: 'was named by the platform' },
} satisfies Record<RespondentReason, object>;

const ORDERS = {
  received: { zh: '按有权机关收到先后', en: 'which a competent authority received first' },
  opened: { zh: '按登记先后', en: 'which was opened first' },
  against: { zh: '另有理由，未按先后', en: 'for a reason, though it was not the first' },
} satisfies Record<MergeOrder, object>;

const ACTS = {
  'change-of-claim': { zh: '变更投诉请求', en: 'a change of the claim' },
  waiver: { zh: '放弃投诉请求', en: 'a waiver of the claim' },
  agreement: { zh: '达成调解协议', en: 'an agreement in mediation' },
  withdrawal: { zh: '撤回投诉', en: 'a withdrawal of the complaint' },
} satisfies Record<RepresentedAct, object>;

const BASES = {
  contact: { zh: '首次接待', en: 'was turned to first' },
  complaint: { zh: '收到投诉', en: 'received a complaint' },
  'work-order': { zh: '收到工单', en: 'was sent a ticket' },
} satisfies Record<FirstInquiryBasis, object>;

const REFUSALS = {
  'not-competent': { zh: '不属本职', en: 'not competent' },
  'handled-elsewhere': { zh: '已由他处处理', en: 'handled elsewhere' },
  incomplete: { zh: '材料不全', en: 'incomplete' },
  other: { zh: '其他原因', en: 'another reason' },
} satisfies Record<HandOffRefusal, object>;

export const disputeWords: EventWords<DisputeEvents> = {
  DisputeOpened: ({ channel, respondentUscc }) => ({
    zh: `争议登记${channel === null ? '' : `，渠道 ${channel}`}${respondentUscc === null ? '，被投诉人待查' : `，被投诉人 ${respondentUscc}`}`,
    en: `The dispute was opened${channel === null ? '' : `, by channel ${channel}`}${respondentUscc === null ? ', its respondent unknown' : `, against ${respondentUscc}`}`,
  }),
  DisputeRespondentIdentified: ({ respondentUscc, reason }) => ({
    zh: `被投诉人确定为 ${respondentUscc}（${RESPONDENT[reason].zh}）`,
    en: `The respondent is ${respondentUscc}: it ${RESPONDENT[reason].en}`,
  }),
  DisputeMergedInto: ({ primary, order }) => ({
    zh: `与争议 ${primary} 系同一争议，并入该争议（${ORDERS[order].zh}）`,
    en: `Found to be the same dispute as ${primary} and merged into it (${ORDERS[order].en})`,
  }),
  DisputeUnmerged: ({ primary }) => ({
    zh: `经核实与争议 ${primary} 并非同一争议，撤销并案，恢复原登记`,
    en: `Found to be another dispute than ${primary}: it stands for itself again, as before`,
  }),
  ComplainantJoined: ({ person }) => ({
    zh: `共同投诉人加入，编号 ${person}`,
    en: `Complainant ${person} joined the complaint`,
  }),
  RepresentativesChosen: ({ representatives }) => ({
    zh: `推选代表人：${representatives.join('、')} 号投诉人`,
    en: `Complainants ${representatives.join(' and ')} were chosen as representatives`,
  }),
  RepresentedConsentRecorded: ({ act, consenting, refusing }) => ({
    zh: `被代表的投诉人对${ACTS[act].zh}表示意见：同意 ${consenting.length} 人，不同意 ${refusing.length} 人`,
    en: `Of the represented ${consenting.length} consented and ${refusing.length} refused consent to ${ACTS[act].en}`,
  }),
  FirstInquiryAssigned: ({ body, basis }) => ({
    zh: `首问责任单位：${body.authority}（${BASES[basis].zh}）`,
    en: `${body.authority} is the body of first inquiry: it ${BASES[basis].en}`,
  }),
  HandOffOffered: ({ to }) => ({ zh: `拟移交 ${to.authority}`, en: `A hand-off to ${to.authority} was offered` }),
  HandOffAccepted: ({ to }) => ({
    zh: `${to.authority} 接收移交，承担责任`,
    en: `${to.authority} accepted the hand-off and is responsible from now on`,
  }),
  HandOffDeclined: ({ code }) => ({
    zh: `移交未被接收（${REFUSALS[code].zh}），首问责任不变`,
    en: `The hand-off was declined (${REFUSALS[code].en}): responsibility stays where it was`,
  }),
  RepeatComplaintConfirmed: ({ earlier }) => ({
    zh: `确认为对争议 ${earlier} 的重复投诉`,
    en: `Confirmed to be a repeated complaint of dispute ${earlier}`,
  }),
};
