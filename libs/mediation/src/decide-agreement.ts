import { noComplainants, withoutConsent as withoutConsentOf } from '#disputes/events';
import { refuse, type Decision, type DecisionContext, type LocalDate, type Refusal } from '#kernel';
import type { ClockReading } from '#law';
import type {
  FileRecord,
  IssueStatement,
  ReachAgreement,
  RecordBreach,
  RecordPerformance,
  SignAgreement,
} from './commands.ts';
import { notMediable, withoutConsent } from './decide-session.ts';
import { following, untilEffective, type Rule } from './following.ts';
import {
  COURT_DOCUMENTS,
  KINDS,
  STATEMENT_COPIES,
  type AgreementDocument,
  type FormRule,
  type Signer,
} from './kinds.ts';
import { PARTIES, type MediationEvent, type MediationEvents } from './mediation-events.ts';
import type { Agreed, Agreement, Effective, Known, Live } from './mediation.ts';
import { isAuthority, isMediating, ownParty } from './party.ts';
import type { AgreementReads, AssignmentReads } from './reads.ts';
import { humanDecisionRequired, refuseSham, wrongState } from './refusals.ts';

type Reached = MediationEvents['MediationAgreementReached'];

/** 达成调解协议. What needs no signature takes effect when it is reached. */
export const reachAgreement: Rule<ReachAgreement, AgreementReads> = untilEffective((command, state, context) => {
  if (!isMediating(context.actor.role)) return humanDecisionRequired();
  const form = KINDS[state.kind].forms[command.form];
  const refusal =
    notMediable(state) ??
    notHeld(state) ??
    withoutBasis(context.reads) ??
    refuseSham(context.reads.referral?.sham) ??
    unfit(command, form, state, context);
  if (refusal !== undefined) return refusal;
  const terms = context.persons['terms']?.personId;
  if (terms === undefined) return refuse('invalid', 'TERMS_REQUIRED', 'An agreement has its terms.', 'terms');
  const agreement: Reached = {
    agreement: String(state.agreements + 1),
    form: command.form,
    terms,
    textHash: command.textHash ?? null,
    performanceDue: command.performanceDue ?? null,
    performedAtOnce: command.performedAtOnce ?? false,
    amountFen: command.amountFen ?? null,
    statementWaived: command.statementWaived ?? false,
    representedConsented: isJoint(state, context.reads),
    evidence: command.evidence ?? [],
  };
  const isDone = form!.signers.length === 0;
  return [
    { type: 'MediationAgreementReached', data: agreement },
    ...(isDone ? takingEffect(state, agreement, context.today) : []),
  ];
});

/** One hand or seal; with the last one that its form needs the agreement takes effect. */
export const signAgreement: Rule<SignAgreement, AssignmentReads> = following((command, state, context) => {
  const { actor, today, reads } = context;
  if (state.status !== 'agreed') return wrongState(state);
  const { agreement } = state;
  const signer = signerOf(command, actor.role, state);
  if (typeof signer !== 'string') return signer;
  const stopped = refuseSham(reads.referral?.sham) ?? withoutConsent(state);
  if (stopped !== undefined) return stopped;
  const needed = KINDS[state.kind].forms[agreement.form]!.signers;
  if (!needed.includes(signer)) {
    return refuse('invalid', 'SIGNATURE_NOT_NEEDED', `It is signed by ${needed.join(', ')}.`, 'signer');
  }
  if (command.textHash !== agreement.textHash) {
    return refuse('conflict', 'TEXT_HASH_MISMATCH', 'Another text was signed than was agreed on.', 'textHash');
  }
  if (agreement.signed.includes(signer)) return [];
  const { method, textHash, evidence = [] } = command;
  const isComplete = needed.every((one) => one === signer || agreement.signed.includes(one));
  return [
    { type: 'AgreementSigned', data: { agreement: agreement.agreement, signer, method, textHash, evidence } },
    ...(isComplete ? takingEffect(state, agreement, today) : []),
  ];
});

/** 制作调解书 (S1 Art. 24), by the court where it had filed the suit (S9 Art. 20). */
export const issueStatement: Rule<IssueStatement> = onceEffective(({ document }, state, { actor }) => {
  if (!isMediating(actor.role)) return humanDecisionRequired();
  if (documentOf(state) !== 'statement') {
    return refuse('conflict', 'STATEMENT_NOT_APPLICABLE', 'No statement is made out of this agreement.');
  }
  const issuedBy = state.courtAssignment === null ? 'authority' : 'court';
  const isTheirs = issuedBy === 'court' ? ['court', 'administrator'].includes(actor.role) : isAuthority(actor.role);
  if (!isTheirs) {
    return refuse('forbidden', 'NOT_YOURS_TO_ISSUE', `The ${issuedBy} makes out the statement.`);
  }
  if (state.documented) return alreadyDocumented();
  return [{ type: 'MediationStatementIssued', data: { issuedBy, copies: STATEMENT_COPIES, document } }];
});

export const fileRecord: Rule<FileRecord> = onceEffective(({ document }, state, { actor }) => {
  if (!isMediating(actor.role)) return humanDecisionRequired();
  if (documentOf(state) !== 'record') {
    return refuse('conflict', 'RECORD_NOT_APPLICABLE', 'No record is kept in place of this agreement.');
  }
  return state.documented ? alreadyDocumented() : [{ type: 'MediationRecordFiled', data: { document } }];
});

/** 履行. Also of what was not performed in time: late is better than never. */
export const recordPerformance: Rule<RecordPerformance> = onceEffective(({ evidence = [] }, state, context) => {
  if (!isMediating(context.actor.role)) return humanDecisionRequired();
  if (state.performance === 'performed') return [];
  if (evidence.length === 0) {
    return refuse('invalid', 'EVIDENCE_REQUIRED', 'Performance is proven, not claimed.', 'evidence');
  }
  return [{ type: 'AgreementPerformed', data: { performedOn: context.today, evidence } }];
});

/** 不履行: once the last day has passed, or a party says that it will not perform. */
export const recordBreach: Rule<RecordBreach> = onceEffective((command, state, { actor, today }) => {
  if (!isMediating(actor.role)) return humanDecisionRequired();
  const { breach, by = 'merchant', evidence = [] } = command;
  if (state.performance === 'performed') {
    return refuse('conflict', 'ALREADY_PERFORMED', 'The agreement was performed before.');
  }
  if (state.performance === 'breached') return [];
  const due = state.agreement.performanceDue;
  if (breach !== 'performance-refused' && due !== null && today <= due) {
    return refuse('conflict', 'PERFORMANCE_NOT_DUE', `It may be performed until ${due}.`, 'breach');
  }
  return [{ type: 'AgreementBreached', data: { breach, by, evidence } }];
});

function onceEffective<Command>(
  step: (command: Command, state: Effective, context: DecisionContext) => Decision<MediationEvent>,
): Rule<Command> {
  return following((command, state, context) =>
    state.status === 'effective' ? step(command, state, context) : wrongState(state),
  );
}

/** 协议生效, and what was performed with it. */
function takingEffect(
  { kind, courtAssignment, respondentUscc }: Known,
  { agreement, form, textHash, performanceDue, performedAtOnce, amountFen, evidence }: Omit<Agreement, 'signed'>,
  effectiveOn: LocalDate,
): MediationEvent[] {
  const about = { agreement, effectiveOn, kind, courtAssignment, form, textHash, performanceDue, amountFen };
  const clocks = performanceDue === null ? [] : [performanceClock(performanceDue)];
  const effect: MediationEvent = { type: 'MediationAgreementEffective', data: { ...about, respondentUscc, clocks } };
  if (!performedAtOnce) return [effect];
  return [effect, { type: 'AgreementPerformed', data: { performedOn: effectiveOn, evidence } }];
}

/** By the parties' own word: no rule has it, and no calendar moves it. */
function performanceClock(due: LocalDate): ClockReading {
  return { clock: 'performance', rule: null, calendar: null, due };
}

/** Both have come, be it one after the other: nobody is mediated between who never came. */
function notHeld({ sessions }: Known): Refusal | undefined {
  const held = sessions.filter(({ standing }) => standing === 'held');
  if (held.length === 0) {
    return refuse('conflict', 'NO_SESSION_HELD', 'The parties have not been mediated between yet.');
  }
  const away = PARTIES.filter((party) => !held.some(({ attended }) => attended.includes(party)));
  if (away.length === 0) return undefined;
  return refuse('conflict', 'PARTY_NEVER_ATTENDED', `Who has come to no session yet: ${away.join(', ')}.`);
}

/** A complaint, or an assignment, that ended otherwise has no agreement in mediation. */
function withoutBasis({ complaint, referral }: AgreementReads): Refusal | undefined {
  if (referral?.isEnded === true && !referral.isAgreed) {
    return refuse('conflict', 'REFERRAL_ENDED', 'The court’s assignment ended before, without an agreement.');
  }
  const concluded = complaint?.concluded ?? null;
  if (concluded === null || concluded === 'mediated') return undefined;
  return refuse('conflict', 'COMPLAINT_CONCLUDED', `The complaint was ${concluded} before.`);
}

/** What form, text, performance and consent must have to do with each other. */
function unfit(
  command: ReachAgreement,
  form: FormRule | undefined,
  state: Live | Agreed,
  context: DecisionContext<AgreementReads>,
): Refusal | undefined {
  if (form === undefined) {
    const forms = Object.keys(KINDS[state.kind].forms).join(', ');
    return refuse('invalid', 'FORM_NOT_OF_KIND', `Its agreements are made as ${forms}.`, 'form');
  }
  if (form.signers.length > 0 && command.textHash === undefined) {
    return refuse('invalid', 'TEXT_HASH_REQUIRED', 'What is signed is named by the hash of its text.', 'textHash');
  }
  return (
    statementMissing(command, state) ?? badPerformance(command, context.today) ?? notConsented(command, state, context)
  );
}

function isJoint(state: Known, { dispute }: AgreementReads): boolean {
  return state.isJoint || (dispute?.joint.complainants ?? 0) > 1;
}

/** 现场调解: without a statement only where it is performed at once, or both parties do without (S1 Art. 24). */
function statementMissing({ form, performedAtOnce, statementWaived }: ReachAgreement, { sessions }: Known) {
  const isOnSite = sessions.some(({ mode, standing }) => mode === 'on-site' && standing === 'held');
  if (form !== 'record' || !isOnSite || performedAtOnce === true || statementWaived === true) return undefined;
  return refuse('conflict', 'STATEMENT_REQUIRED', 'Mediation on site ends with a statement (Art. 24).', 'form');
}

function badPerformance(command: ReachAgreement, today: LocalDate): Refusal | undefined {
  const { performanceDue, performedAtOnce, evidence = [] } = command;
  const field = 'performanceDue';
  if (performedAtOnce === true) {
    if (performanceDue !== undefined) {
      return refuse('invalid', 'PERFORMANCE_DUE_NOT_APPLICABLE', 'What is performed at once has no last day.', field);
    }
    if (evidence.length > 0) return undefined;
    return refuse('invalid', 'EVIDENCE_REQUIRED', 'Performance is proven, not claimed.', 'evidence');
  }
  if (performanceDue === undefined) {
    return refuse('invalid', 'PERFORMANCE_DUE_REQUIRED', 'Say until when it is performed, or that it was.', field);
  }
  if (performanceDue >= today) return undefined;
  return refuse('invalid', 'PERFORMANCE_DUE_PAST', 'It would be due before it was agreed on.', field);
}

/**
 * 代表人: those who are represented consent to an agreement themselves (S1 Art. 12). What they said is in the dispute, where those
 * who complain are known one by one; elsewhere somebody says so and proves it.
 */
function notConsented(
  { representedConsented, evidence = [] }: ReachAgreement,
  { isJoint }: Known,
  { id, reads: { dispute } }: DecisionContext<AgreementReads>,
): Refusal | undefined {
  const field = 'representedConsented';
  const joint = dispute?.joint ?? noComplainants;
  if (joint.complainants > 1) {
    const missing = withoutConsentOf(joint, 'agreement', `mediation-${id}`);
    if (missing.length === 0) return undefined;
    const detail = `Complainants ${missing.join(', ')} have not consented to it (Art. 12).`;
    return refuse('conflict', 'REPRESENTED_CONSENT_REQUIRED', detail, field);
  }
  if (!isJoint) {
    if (representedConsented !== true) return undefined;
    return refuse('invalid', 'NOBODY_REPRESENTED', 'The mediation is not joint.', field);
  }
  if (representedConsented !== true) {
    const detail = 'Those who are represented must consent to it (Art. 12).';
    return refuse('conflict', 'REPRESENTED_CONSENT_REQUIRED', detail, field);
  }
  if (evidence.length > 0) return undefined;
  return refuse('invalid', 'EVIDENCE_REQUIRED', 'The consent of the represented needs proof.', 'evidence');
}

/** A party's own key signs for it, an officer's seals for the authority; whoever records another's hand or seal shows it. */
function signerOf({ signer, evidence = [] }: SignAgreement, role: string, { kind }: Known): Signer | Refusal {
  if (role === 'process') return humanDecisionRequired();
  const own = ownParty(role);
  if (own !== undefined) {
    if (signer === undefined || signer === own) return own;
    return refuse('forbidden', 'NOT_YOUR_PARTY', `A key of role ${role} cannot sign for others.`, 'signer');
  }
  if (signer === undefined) return refuse('invalid', 'SIGNER_REQUIRED', 'Say whose hand or seal it is.', 'signer');
  const isAnothersSeal = signer === 'body-seal' && KINDS[kind].ofComplaint && !isAuthority(role);
  if ((signer === 'consumer' || signer === 'merchant' || isAnothersSeal) && evidence.length === 0) {
    return refuse('invalid', 'EVIDENCE_REQUIRED', 'Who records another’s signature shows it.', 'evidence');
  }
  return signer;
}

function documentOf({ kind, courtAssignment, agreement }: Effective): AgreementDocument | null {
  return courtAssignment === null ? KINDS[kind].forms[agreement.form]!.document : COURT_DOCUMENTS[courtAssignment];
}

function alreadyDocumented(): Refusal {
  return refuse('conflict', 'ALREADY_DOCUMENTED', 'Its document was made out before.');
}
