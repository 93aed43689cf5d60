import type { EventWords } from '#kernel';
import type { DismissalReason, ProposalEvents, ProposalKind } from './events.ts';

const KINDS: Readonly<Record<ProposalKind, readonly [zh: string, en: string]>> = {
  'complaint-may-follow': ['消费者可以向行政机关投诉', 'the consumer may complain to the authority'],
  'conclude-complaint': ['投诉可以办结', 'the complaint is to be concluded'],
  'apply-for-confirmation': ['双方可以共同申请司法确认', 'both parties may apply for judicial confirmation'],
  'verify-clue': ['违法线索应当核查', 'a clue of a violation is to be verified'],
  'pursue-breach': ['协议未履行，当事人可以申请执行或者另行解决', 'the agreement was breached and may be pursued'],
  'resume-after-court': ['法院退回后需确定后续途径', 'the way after the court is to be chosen'],
};

const REASONS: Readonly<Record<DismissalReason, readonly [zh: string, en: string]>> = {
  'not-wanted-by-party': ['当事人不愿意', 'a party does not want it'],
  'done-otherwise': ['已另行办理', 'it was done otherwise'],
  mistaken: ['建议有误', 'it was mistaken'],
  other: ['其他原因', 'for another reason'],
};

export const proposalWords: EventWords<ProposalEvents> = {
  ProposalMade: ({ kind, until }) => {
    const [zh, en] = KINDS[kind];
    return until === null
      ? { zh: `系统提示：${zh}`, en: `Proposed: ${en}` }
      : { zh: `系统提示：${zh}，截至${until}`, en: `Proposed: ${en}, until ${until}` };
  },
  ProposalTaken: () => ({ zh: '建议事项已办理', en: 'What was proposed was done' }),
  ProposalWithdrawn: () => ({ zh: '建议事项已不再需要', en: 'What was proposed is no longer needed' }),
  ProposalDismissed: ({ reason }) => {
    const [zh, en] = REASONS[reason];
    return { zh: `建议未采纳：${zh}`, en: `The proposal was dismissed: ${en}` };
  },
};
