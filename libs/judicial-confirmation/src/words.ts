import type { EventWords, Words } from '#kernel';
import type { Party } from '#negotiation/events';
import type { ConfirmationEvents, ConfirmationRefusal, DismissalGround } from './events.ts';

type Phrases<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const PARTY: Phrases<Party> = { consumer: ['消费者', 'The consumer'], merchant: ['经营者', 'The merchant'] };

const REFUSALS: Phrases<ConfirmationRefusal> = {
  'not-civil': ['不属于民事案件范围', 'it is no civil matter'],
  'no-jurisdiction': ['不属于本院管辖', 'the court has no jurisdiction'],
  identity: ['确认身份关系', 'it is about identity'],
  adoption: ['确认收养关系', 'it is about adoption'],
  marriage: ['确认婚姻关系', 'it is about marriage'],
  'not-joint': ['非双方共同申请', 'it was not made jointly'],
  'too-late': ['超过申请期限', 'it came too late'],
  other: ['其他原因', 'another reason'],
};

const GROUNDS: Phrases<DismissalGround> = {
  'against-mandatory-law': ['违反强制性规定', 'it is against mandatory law'],
  'against-public-interest': ['侵害国家利益、社会公共利益', 'it is against the public interest'],
  'against-third-party': ['侵害案外人合法权益', 'it is against the rights of a third party'],
  'against-public-order': ['损害社会公序良俗', 'it is against public order'],
  'content-unclear': ['内容不明确', 'its content is unclear'],
  other: ['其他情形', 'another reason'],
};

/** What the events of a confirmation say: no names, no court numbers. */
export const confirmationWords: EventWords<ConfirmationEvents> = {
  ConfirmationWindowOpened: ({ effectiveOn, clocks }) => {
    const due = clocks?.find(({ clock }) => clock === 'application')?.due ?? null;
    return say(
      `调解协议自${effectiveOn}起生效，双方可以共同申请司法确认${due === null ? '' : `，截至${due}`}`,
      `The agreement binds from ${effectiveOn}: both parties may apply for judicial confirmation${due === null ? '' : ` until ${due}`}`,
    );
  },
  ConfirmationApplicationSigned: ({ party }) => {
    const [zh, en] = PARTY[party];
    return say(
      `${zh}签署司法确认申请，申请须由双方共同提出`,
      `${en} signed the application, which both parties make together`,
    );
  },
  JudicialConfirmationApplied: () => say('双方共同申请司法确认', 'Both parties applied for judicial confirmation'),
  JudicialConfirmationAccepted: () =>
    say('法院受理司法确认申请', 'The court accepted the application for confirmation'),
  JudicialConfirmationNotAccepted: ({ ground }) => {
    const [zh, en] = REFUSALS[ground];
    return say(`法院不予受理司法确认申请：${zh}`, `The court did not accept the application: ${en}`);
  },
  ConfirmationDecisionExtended: () => say('法院延长审查期限', 'The court extended the time of its decision'),
  ConfirmationApplicationWithdrawn: ({ withdrawal }) =>
    withdrawal === 'by-parties'
      ? say('司法确认申请已撤回', 'The application for confirmation was withdrawn')
      : say('司法确认申请按撤回处理', 'The application for confirmation is deemed withdrawn'),
  AgreementConfirmed: () => say('法院裁定调解协议有效', 'The court confirmed the agreement'),
  ConfirmationDismissed: ({ grounds }) => {
    const [zh, en] = [
      grounds.map((one) => GROUNDS[one][0]).join('、'),
      grounds.map((one) => GROUNDS[one][1]).join('; '),
    ];
    return say(`法院裁定驳回司法确认申请：${zh}`, `The court dismissed the application: ${en}`);
  },
  ConfirmedAgreementPerformed: () => say('经确认的调解协议已履行', 'The confirmed agreement was performed'),
  EnforcementApplied: ({ by }) => {
    const [zh, en] = PARTY[by];
    return say(`${zh}申请强制执行`, `${en} applied for enforcement`);
  },
  ConfirmationChallenged: () => say('案外人申请撤销司法确认', 'A third party challenged the confirmation'),
  ConfirmationRevokedByThirdParty: () =>
    say('司法确认经案外人申请被撤销', 'The confirmation was revoked on the challenge of a third party'),
  ConfirmationChallengeRejected: () => say('案外人撤销申请被驳回', 'The challenge of the third party was rejected'),
  ConfirmationDeadlineAmended: ({ due }) =>
    say(`期限调整为${due ?? '待定'}`, `A deadline now reads ${due ?? 'undetermined'}`),
  ConfirmationLateEntryVerified: () => say('补录事项经第二人核实', 'A late entry was verified by a second person'),
};

function say(zh: string, en: string): Words {
  return { zh, en };
}
