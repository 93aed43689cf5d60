import type { CompetenceBasis, RespondentKind } from '#law';

// Words of the law that commands, events and views of a complaint share.

/** Grounds of non-acceptance (不予受理), S1 Art. 16 items (1)–(7). */
export const NON_ACCEPTANCE_GROUNDS = ['16(1)', '16(2)', '16(3)', '16(4)', '16(5)', '16(6)', '16(7)'] as const;
export type NonAcceptanceGround = (typeof NON_ACCEPTANCE_GROUNDS)[number];

/** Grounds on which mediation is terminated (终止调解), S1 Art. 23(1) items (1)–(8). */
export const TERMINATION_GROUNDS = [
  '23(1)(1)',
  '23(1)(2)',
  '23(1)(3)',
  '23(1)(4)',
  '23(1)(5)',
  '23(1)(6)',
  '23(1)(7)',
  '23(1)(8)',
] as const;
export type TerminationGround = (typeof TERMINATION_GROUNDS)[number];

/** Why a complaint is disqualified after acceptance: the basis of ground (6). */
export const DISQUALIFICATIONS = ['16(1)', '16(2)', '16(3)', '16(4)', '16(5)', '16(6)', '16(7)', '42'] as const;
export type Disqualification = (typeof DISQUALIFICATIONS)[number];

/** How the decision reached the party (S5 form notes). */
export const NOTICE_CHANNELS = ['internet', 'phone', 'sms', 'mail', 'letter'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** What takes an appraisal (鉴定、检测、检验、检定) and may stop the mediation, as the rule of its day says (S1 Art. 22, S2 Art. 20). */
export const APPRAISAL_KINDS = ['appraisal', 'testing', 'inspection', 'verification'] as const;
export type AppraisalKind = (typeof APPRAISAL_KINDS)[number];

/** `mediated`: agreement in mediation. `terminated`: by ground, of which (1) is 双方自行和解. `withdrawn`: 撤回投诉. */
export const COMPLAINT_RESULTS = ['mediated', 'terminated', 'withdrawn'] as const;
export type ComplaintResult = (typeof COMPLAINT_RESULTS)[number];

/**
 * 依据: the item of the order in force on the day of the decision, as bare article numbers shift between orders (T-39):
 * `{ source: 'S2 15', item: '(6)', ground: 'other-law' }`.
 */
export interface Provision {
  readonly source: string;
  readonly item: string;
  readonly ground: string;
}

/**
 * 综合考虑的因素 (S1 Art. 17): how many, how often, many of one kind at once, one telephone for several. They are hints that a
 * person weighs, and refuse nothing by themselves (T-40).
 */
export const CONSIDERED_FACTORS = ['quantity', 'frequency', 'mass-complaints', 'shared-phone'] as const;
export type ConsideredFactor = (typeof CONSIDERED_FACTORS)[number];

export const PARTIES = ['complainant', 'respondent'] as const;
export type Party = (typeof PARTIES)[number];

/** Who withdraws: the complainant, an agent (代理人) or a representative of several (代表人). */
export const WITHDRAWN_BY = ['complainant', 'agent', 'representative'] as const;
export type WithdrawnBy = (typeof WITHDRAWN_BY)[number];

/** What makes an authority competent; `agreement` and `designation` end a dispute about it (S1 Art. 13, 33). */
export type SettledCompetence = CompetenceBasis | 'agreement' | 'designation';

/** Why a determination of competence came out as it did. */
export interface CompetenceFinding {
  readonly respondentKind: RespondentKind;
  /** On what it rests, or would have to rest for another authority. */
  readonly basis: CompetenceBasis;
}

/** How a complaint comes to another authority: by the intake body, or as the end of a dispute about competence. */
export const TRANSFER_BASES = ['intake', 'agreement', 'designation'] as const;
export type TransferBasis = (typeof TRANSFER_BASES)[number];

/** How content the complainant says to be (满意度). */
export const COMPLAINT_SATISFACTIONS = ['satisfied', 'basically-satisfied', 'dissatisfied'] as const;
export type ComplaintSatisfaction = (typeof COMPLAINT_SATISFACTIONS)[number];

/** 回访: whether what was agreed has been done, as the complainant says; null where nothing was agreed. */
export const PERFORMANCES = ['performed', 'partly', 'not-performed'] as const;
export type Performance = (typeof PERFORMANCES)[number];

/** Where a reopened complaint goes on: with the intake body where no authority had it in hand, with the decision, or with mediation. */
export const REOPENED_TO = ['intake', 'acceptance', 'mediation'] as const;
export type ReopenedTo = (typeof REOPENED_TO)[number];

/**
 * What may be corrected (更正), and by what a value is checked. Decisions, notices and results are not among them: those are done
 * anew, not corrected.
 */
export const CORRECTABLE_FIELDS = [
  /** Receipt by the authority that has it in hand: an instant. It moves the clock of acceptance. */
  'receivedAt',
  /** Day of acceptance. It moves the clock of mediation. */
  'acceptedOn',
  /** Day of knowledge, for the three years of S1 Art. 16(4). */
  'knewOn',
  'respondentUscc',
  'respondentRegion',
  'sector',
  'channel',
  /** Money recovered, fen, once the complaint is concluded. */
  'recoveredFen',
] as const;
export type CorrectableField = (typeof CORRECTABLE_FIELDS)[number];
