import type { EventWords } from '#kernel';
import type { ErasureReason, EvidenceEvents, EvidenceKind } from './events.ts';

const KINDS: Readonly<Record<EvidenceKind, readonly [zh: string, en: string]>> = {
  agreement: ['协议', 'an agreement'],
  payment: ['付款或者退款凭证', 'proof of payment or refund'],
  invoice: ['发票或者收据', 'an invoice or receipt'],
  photo: ['照片或者录像', 'a photo or recording'],
  conversation: ['聊天或者通话记录', 'a record of a conversation'],
  'appraisal-report': ['鉴定或者检测报告', 'an appraisal report'],
  document: ['法律文书', 'a legal document'],
  identity: ['身份证明', 'proof of identity'],
  other: ['其他证据', 'other evidence'],
};

const REASONS: Readonly<Record<ErasureReason, readonly [zh: string, en: string]>> = {
  'requested-by-person': ['应当事人要求', 'as a person asked for it'],
  'retention-over': ['保存期限届满', 'as its time of keeping was over'],
  'uploaded-by-mistake': ['误传', 'as it was uploaded by mistake'],
};

export const evidenceWords: EventWords<EvidenceEvents> = {
  EvidenceRecorded: ({ kind, sha256 }) => {
    const [zh, en] = KINDS[kind];
    const hash = sha256.slice(0, 12);
    return { zh: `提交证据：${zh}（哈希${hash}…）`, en: `Evidence was recorded: ${en} (hash ${hash}…)` };
  },
  EvidenceErased: ({ reason }) => {
    const [zh, en] = REASONS[reason];
    return { zh: `证据内容已删除：${zh}`, en: `The content of the evidence was erased, ${en}` };
  },
};
