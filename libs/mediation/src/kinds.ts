import type { Role } from '#access';
import type { Words } from '#kernel';

/** 调解类型. Who opens it, whose consent it needs, under which limit it stands and how its agreement is made differs by kind. */
export const MEDIATION_KINDS = [
  'administrative',
  'delegated',
  'peoples',
  'consumer-association',
  'industry',
  'court-invited',
] as const;
export type MediationKind = (typeof MEDIATION_KINDS)[number];

/**
 * 委派调解 comes before the court files the suit, 委托调解 after it (S9 27): only with the latter has the court accepted the
 * dispute. They never stand for one another (T-46).
 */
export const COURT_ASSIGNMENTS = ['pre-filing', 'post-filing-ordinary', 'post-filing-summary'] as const;
export type CourtAssignment = (typeof COURT_ASSIGNMENTS)[number];

/** 调解书, 调解记录, a written agreement between the parties (调解协议书), or an oral one (口头协议). */
export const AGREEMENT_FORMS = ['statement', 'record', 'written', 'oral'] as const;
export type AgreementForm = (typeof AGREEMENT_FORMS)[number];

/** Whose hand or seal an agreement can need; `body-seal` is that of the authority, the committee or the body. */
export const SIGNERS = ['consumer', 'merchant', 'mediator', 'body-seal'] as const;
export type Signer = (typeof SIGNERS)[number];

/** What is drawn up once an agreement has taken effect. */
export type AgreementDocument = 'statement' | 'record';

/** How an agreement of this form is made. */
export interface FormRule {
  /** It takes effect with the last of these; with none of them when it is reached. */
  readonly signers: readonly Signer[];
  readonly document: AgreementDocument | null;
  readonly source: string;
}

/**
 * Under which limit a mediation stands. `complaint` (L-02) and `referral` (L-27, L-28): that of the complaint it mediates, or of
 * the court's assignment, whose clock runs there and is not started again. `rule`: one rule of the table. `region`: the rules
 * that govern these clocks in its region, if there are any (L-20).
 */
export type LimitOfKind =
  | { readonly by: 'complaint' }
  | { readonly by: 'referral' }
  | { readonly by: 'rule'; readonly mediation: string }
  | { readonly by: 'region'; readonly acceptance: string | null; readonly mediation: string };

/** One kind of mediation, as the law has it. */
export interface KindOfMediation {
  readonly title: Words;
  /** Roles behind whose keys those stand who may open it. */
  readonly openedBy: readonly Role[];
  /** It mediates a complaint that an authority has accepted, and acts in the authority's name. */
  readonly ofComplaint: boolean;
  /** A body (调解组织) mediates, not the authority itself. */
  readonly byBody: boolean;
  /** The body accepts or declines an application first; otherwise the authority or the body has done so before. */
  readonly isApplied: boolean;
  /** The body may take it up without being asked. */
  readonly onInitiative: boolean;
  /** `both`: each party has agreed to it. `none-refused`: it goes on unless a party clearly refuses. */
  readonly consent: 'both' | 'none-refused';
  readonly limit: LimitOfKind;
  readonly forms: Readonly<Partial<Record<AgreementForm, FormRule>>>;
  readonly source: string;
}

/** 现场调解: a statement, signed or sealed by both and sealed by the authority; a record where Art. 24 lets it do without. */
const formsOfAuthority: KindOfMediation['forms'] = {
  statement: { signers: ['consumer', 'merchant', 'body-seal'], document: 'statement', source: 'S1 24' },
  record: { signers: [], document: 'record', source: 'S1 24' },
};

/** A contract between the parties: no source asks for the hand of anybody else. */
const formsOfContract: KindOfMediation['forms'] = {
  written: { signers: ['consumer', 'merchant'], document: null, source: 'none' },
  oral: { signers: [], document: null, source: 'none' },
};

export const KINDS: Readonly<Record<MediationKind, KindOfMediation>> = {
  administrative: {
    title: { zh: '行政调解', en: 'administrative mediation' },
    openedBy: ['officer'],
    ofComplaint: true,
    byBody: false,
    isApplied: false,
    onInitiative: false,
    consent: 'both',
    limit: { by: 'complaint' },
    forms: formsOfAuthority,
    source: 'S1 18–25',
  },
  delegated: {
    title: { zh: '委托调解', en: 'mediation delegated by the authority' },
    openedBy: ['officer'],
    ofComplaint: true,
    byBody: true,
    isApplied: false,
    onInitiative: false,
    consent: 'both',
    limit: { by: 'complaint' },
    forms: formsOfAuthority,
    source: 'S1 19; S3 46(4)',
  },
  peoples: {
    title: { zh: '人民调解', en: "people's mediation" },
    openedBy: ['mediator', 'officer', 'hotline', 'court'],
    ofComplaint: false,
    byBody: true,
    isApplied: true,
    onInitiative: true,
    consent: 'none-refused',
    limit: { by: 'rule', mediation: 'L-22' },
    forms: {
      written: { signers: ['consumer', 'merchant', 'mediator', 'body-seal'], document: null, source: 'S6 29' },
      oral: { signers: [], document: 'record', source: 'S6 28, 30' },
    },
    source: 'S6 17, 21, 28–30',
  },
  'consumer-association': {
    title: { zh: '消费者协会调解', en: "consumer association's mediation" },
    openedBy: ['mediator', 'officer', 'hotline'],
    ofComplaint: false,
    byBody: true,
    isApplied: true,
    onInitiative: false,
    consent: 'both',
    limit: { by: 'region', acceptance: 'association-acceptance', mediation: 'association-mediation' },
    forms: formsOfContract,
    source: '消法 37, 39; S13 32',
  },
  industry: {
    title: { zh: '行业、商事调解', en: 'industry or commercial mediation' },
    openedBy: ['mediator', 'officer', 'hotline'],
    ofComplaint: false,
    byBody: true,
    isApplied: true,
    onInitiative: false,
    consent: 'both',
    limit: { by: 'region', acceptance: null, mediation: 'industry-mediation' },
    forms: formsOfContract,
    source: 'none',
  },
  'court-invited': {
    title: { zh: '特邀调解', en: 'mediation invited by the court' },
    openedBy: ['court', 'mediator'],
    ofComplaint: false,
    byBody: true,
    isApplied: false,
    onInitiative: false,
    consent: 'both',
    limit: { by: 'referral' },
    forms: { written: { signers: ['consumer', 'merchant'], document: null, source: 'none' } },
    source: 'S9 11, 27; S10 24',
  },
};

/** After filing the court makes a statement of what was agreed (S9 20). */
export const COURT_DOCUMENTS: Readonly<Record<CourtAssignment, AgreementDocument | null>> = {
  'pre-filing': null,
  'post-filing-ordinary': 'statement',
  'post-filing-summary': 'statement',
};

/** Copies of a statement (调解书一式三份): one for each party, one for the file (S1 24). */
export const STATEMENT_COPIES = 3;

/** Bodies (调解组织) of the roster. */
export const BODY_TYPES = [
  'consumer-association',
  'peoples-mediation-committee',
  'industry-body',
  'commercial-body',
  'other-body',
] as const;
export type BodyType = (typeof BODY_TYPES)[number];

/** What a body may do at most: its own kind, and what an authority delegates to it or a court invites it to. */
export const KINDS_OF_BODY: Readonly<Record<BodyType, readonly MediationKind[]>> = {
  'consumer-association': ['consumer-association', 'delegated', 'court-invited'],
  'peoples-mediation-committee': ['peoples', 'delegated', 'court-invited'],
  'industry-body': ['industry', 'delegated', 'court-invited'],
  'commercial-body': ['industry', 'delegated', 'court-invited'],
  'other-body': ['delegated', 'court-invited'],
};
