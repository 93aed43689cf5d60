import type { Party } from '#complaints/events';
import type { EventWords, Words } from '#kernel';
import type { PublicationEvents } from './events.ts';
import type { PublicationConsent, PublicationExclusion, PublicationWithdrawal } from './terms.ts';

type Phrases<Code extends string> = Readonly<Record<Code, readonly [zh: string, en: string]>>;

const PARTY: Phrases<Party> = {
  complainant: ['投诉人', 'The complainant'],
  respondent: ['被投诉人', 'The respondent'],
};

const CONSENTS: Phrases<PublicationConsent> = {
  agreed: ['投诉人同意公示投诉信息', 'The complainant agrees to publicity'],
  refused: ['投诉人不同意公示投诉信息', 'The complainant does not agree to publicity'],
  'not-asked': ['未征询投诉人是否同意公示', 'The complainant was not asked about publicity'],
};

const EXCLUSIONS: Phrases<PublicationExclusion> = {
  'consent-refused': ['投诉人不同意', 'the complainant does not agree'],
  'consent-not-asked': ['未征询投诉人意见', 'the complainant was not asked'],
  'respondent-not-identified': ['被投诉人身份不明', 'the respondent is not identified'],
  'complaint-disqualified': ['投诉不符合受理条件', 'the complaint was disqualified'],
  'complaint-withdrawn': ['投诉已撤回', 'the complaint was withdrawn'],
  'other-procedure-pending': ['其他程序尚未终结', 'another procedure is pending'],
  'state-secret': ['涉及国家秘密', 'a state secret'],
  'trade-secret': ['涉及商业秘密', 'a trade secret'],
  'personal-privacy': ['涉及个人隐私', 'personal privacy'],
  'minor-involved': ['涉及未成年人', 'a minor is involved'],
  other: ['其他原因', 'another reason'],
};

const CAUSES: Phrases<PublicationWithdrawal | 'objection-upheld'> = {
  'objection-upheld': ['异议成立', 'an objection was upheld'],
  'consent-withdrawn': ['投诉人撤回同意', 'the complainant no longer agrees'],
  'complaint-reopened': ['投诉重新办理', 'the complaint is handled again'],
  'published-in-error': ['公示有误', 'it was published in error'],
  'ordered-from-above': ['上级机关要求', 'a higher authority ordered it'],
  'term-over': ['公示期满', 'its time is over'],
  other: ['其他原因', 'another reason'],
};

/** What the events of a publication say. What was shown is in the list of publications, and not repeated here. */
export const publicationWords: EventWords<PublicationEvents> = {
  ComplaintPublicationPlanned: ({ clocks }) => {
    const due = clocks?.find(({ clock }) => clock === 'publication')?.due ?? null;
    return say(
      `投诉信息列入待公示${due === null ? '' : `，应于${due}前公示`}`,
      `The complaint is to be published${due === null ? '' : ` by ${due}`}`,
    );
  },
  PublicationConsentChecked: ({ consent }) => phrase(CONSENTS[consent]),
  ComplaintPublicationExcluded: ({ reason }) =>
    say(
      `投诉信息不予公示：${EXCLUSIONS[reason][0]}`,
      `The complaint is excluded from publicity: ${EXCLUSIONS[reason][1]}`,
    ),
  PublicationRedacted: () => say('拟公示信息已脱敏', 'What is to be shown was redacted'),
  ComplaintPublished: ({ clocks }) => {
    const due = clocks?.find(({ clock }) => clock === 'publication-term')?.due ?? null;
    return say(
      `投诉信息已公示${due === null ? '' : `，公示至${due}`}`,
      `The complaint was published${due === null ? '' : ` until ${due}`}`,
    );
  },
  PublicationObjectionRaised: ({ by }) => {
    const [zh, en] = PARTY[by];
    return say(`${zh}对公示提出异议`, `${en} objected to the publication`);
  },
  PublicationObjectionRejected: () => say('公示异议不成立', 'The objection to the publication was rejected'),
  PublicationCorrected: () => say('公示信息已更正', 'What is published was corrected'),
  PublicationWithdrawn: ({ cause }) =>
    say(`公示信息已撤下：${CAUSES[cause][0]}`, `The publication was withdrawn: ${CAUSES[cause][1]}`),
  PublicationExpired: ({ dueOn }) => say(`公示期于${dueOn}届满`, `The publication ended with ${dueOn}`),
  PublicationDeadlineAmended: ({ due }) =>
    say(`公示期限调整为${due ?? '待定'}`, `A deadline of the publication now reads ${due ?? 'undetermined'}`),
  PublicationLateEntryVerified: () => say('补录事项经第二人核实', 'A late entry was verified by a second person'),
};

function phrase([zh, en]: readonly [zh: string, en: string]): Words {
  return { zh, en };
}

function say(zh: string, en: string): Words {
  return { zh, en };
}
