import type { ComplaintEvents } from '#complaints/events';
import type { Instant } from '#kernel';
import type { Venue } from '#negotiation/events';

/** What came of one procedure (程序) of a dispute: a negotiation (协商) or a complaint to an authority (投诉). */
export const PROCEDURE_OUTCOMES = [
  /** Settlement confirmed by the consumer in a negotiation (和解). */
  'NEGOTIATION_SETTLED',
  /** The negotiation failed. */
  'NEGOTIATION_FAILED',
  /** The time of the negotiation ran out without a result: counts as not settled (L-18). */
  'NEGOTIATION_EXPIRED',
  /** The consumer turned to the authority before the negotiation had a result: failed at that moment. */
  'NEGOTIATION_ESCALATED',
  /** Agreement in the authority's mediation (调解成功). */
  'MEDIATED',
  /** Ended under S1 Art. 23(1)(1): the parties settled by themselves (双方自行和解), with proof. */
  'SELF_SETTLED',
  /** The same without proof on file: ended, but no settlement that may be counted. */
  'SELF_SETTLED_UNPROVEN',
  /** Mediation terminated under S1 Art. 23(1)(2), (3), (4), (5) or (8). */
  'TERMINATED',
  /** Terminated under 23(1)(6) because of Art. 16(3), (5), (6) or 42. */
  'DISQUALIFIED_MALICIOUS',
  /** Terminated under 23(1)(6) on another ground: the complaint should not have been accepted. */
  'DISQUALIFIED',
  /** Terminated under 23(1)(7): a party died or ceased to exist. */
  'PARTY_CEASED',
  /** Not accepted (不予受理), S1 Art. 16. */
  'NOT_ACCEPTED',
  /** Complaint withdrawn (撤回) with no settlement on record. */
  'WITHDRAWN',
] as const;
export type ProcedureOutcome = (typeof PROCEDURE_OUTCOMES)[number];

/** What came of a procedure at a court or before a mediation body (调解组织) that mediates no complaint of an authority. */
export const FURTHER_OUTCOMES = [
  /** Agreement before a mediation body, of whichever kind. */
  'BODY_MEDIATED',
  /** Mediation by a body ended without agreement. */
  'BODY_MEDIATION_FAILED',
  /** The parties settled by themselves while a body or the court was at it. */
  'SETTLED_BESIDE',
  /** Agreement in mediation that the court had assigned (委派, 委托调解). */
  'COURT_MEDIATED',
  /** Mediation for the court ended without agreement: it goes back to the court. */
  'COURT_MEDIATION_FAILED',
  /** Judgment (判决), whichever way. */
  'COURT_JUDGED',
  /** Settled before the court (法院调解, 和解). */
  'COURT_SETTLED',
  /** Not filed (不予立案), or withdrawn (撤诉) without a settlement. */
  'COURT_ENDED',
] as const;
export type FurtherOutcome = (typeof FURTHER_OUTCOMES)[number];

/** The end of one procedure. */
export interface Conclusion<Outcome extends string = ProcedureOutcome> {
  readonly outcome: Outcome;
  /** When it occurred, not when it was written down. */
  readonly at: Instant;
  /** Order of entry in the log, any rising number: of two at one instant the one entered later is the later. */
  readonly entry: number;
}

/** By whom a procedure was brought to its end; `declined`: the authority did not take the complaint, or should not have. */
export type ConcludedBy = 'negotiation' | 'handled' | 'declined';

export function concludedBy(outcome: ProcedureOutcome | FurtherOutcome): ConcludedBy {
  switch (outcome) {
    case 'NEGOTIATION_SETTLED':
    case 'NEGOTIATION_FAILED':
    case 'NEGOTIATION_EXPIRED':
    case 'NEGOTIATION_ESCALATED':
      return 'negotiation';
    case 'NOT_ACCEPTED':
    case 'DISQUALIFIED':
      return 'declined';
    default:
      return 'handled';
  }
}

/**
 * The conclusion that says what came of a dispute whose procedures ended in these ways: the last that occurred, so that a
 * complaint after a settlement takes the settlement's place (T-31). That a body declined says nothing about what another
 * body did (T-14): it decides only where no complaint was handled. It is enough to give the last conclusion of each
 * {@link ConcludedBy}. Undefined when nothing has ended.
 */
export function decidingConclusion<Ended extends Conclusion<ProcedureOutcome | FurtherOutcome>>(
  ended: readonly Ended[],
): Ended | undefined {
  const wasHandled = ended.some(({ outcome }) => concludedBy(outcome) === 'handled');
  const deciding = wasHandled ? ended.filter(({ outcome }) => concludedBy(outcome) !== 'declined') : ended;
  return deciding.reduce<Ended | undefined>((last, next) => laterOf(last, next), undefined);
}

export function laterOf<Ended extends Conclusion<string>>(one: Ended | undefined, other: Ended): Ended {
  if (one === undefined || other.at > one.at) return other;
  return other.at === one.at && other.entry > one.entry ? other : one;
}

/** Grounds that make a complaint malicious or none of a consumer (metrics, X-MAL). */
const MALICIOUS: ReadonlySet<string> = new Set(['16(3)', '16(5)', '16(6)', '42']);

/** What came of a complaint that an authority had accepted. Throws on a result or ground that nobody knows. */
export function outcomeOfComplaint(data: ComplaintEvents['ComplaintConcluded']): ProcedureOutcome {
  switch (data.result) {
    case 'mediated':
      return 'MEDIATED';
    case 'withdrawn':
      return 'WITHDRAWN';
    case 'terminated':
      return outcomeOfTermination(data);
    default:
      throw new Error(`unknown result of a complaint: ${String(data.result)}`);
  }
}

function outcomeOfTermination(data: ComplaintEvents['ComplaintConcluded']): ProcedureOutcome {
  switch (data.ground) {
    case '23(1)(1)':
      return data.evidence.length > 0 ? 'SELF_SETTLED' : 'SELF_SETTLED_UNPROVEN';
    case '23(1)(6)':
      return data.disqualification !== null && MALICIOUS.has(data.disqualification)
        ? 'DISQUALIFIED_MALICIOUS'
        : 'DISQUALIFIED';
    case '23(1)(7)':
      return 'PARTY_CEASED';
    case '23(1)(2)':
    case '23(1)(3)':
    case '23(1)(4)':
    case '23(1)(5)':
    case '23(1)(8)':
      return 'TERMINATED';
    default:
      throw new Error(`unknown ground of termination: ${String(data.ground)}`);
  }
}

/** Where a dispute was resolved (ZB-15: 解决在企业、化解在源头): at the source, before an authority, a mediation body or a court. */
export const RESOLUTION_STAGES = [
  /** Between consumer and merchant: ODR, green channel, at the shop. */
  'merchant',
  /** At a service station (消费维权服务站). */
  'station',
  /** By the parties themselves, after somebody else had taken it up (双方自行和解). */
  'parties',
  'administrative-mediation',
  'delegated-mediation',
  'peoples-mediation',
  'consumer-association-mediation',
  'industry-mediation',
  'court-invited-mediation',
  'court',
] as const;
export type ResolutionStage = (typeof RESOLUTION_STAGES)[number];

/** What is known of the procedure that a conclusion ended. */
export interface Setting {
  /** Of a negotiation. */
  readonly venue?: Venue;
  /** Kind of a mediation (调解类型), as the mediation's own events name it. */
  readonly mediation?: string | null;
}

const MEDIATIONS: ReadonlyMap<string, ResolutionStage> = new Map([
  ['administrative', 'administrative-mediation'],
  ['delegated', 'delegated-mediation'],
  ['peoples', 'peoples-mediation'],
  ['consumer-association', 'consumer-association-mediation'],
  ['industry', 'industry-mediation'],
  ['court-invited', 'court-invited-mediation'],
]);

/** Where a conclusion resolved the dispute; null where it ended the procedure and left the quarrel. */
export function resolutionStage(
  outcome: ProcedureOutcome | FurtherOutcome,
  { venue, mediation = null }: Setting,
): ResolutionStage | null {
  switch (outcome) {
    case 'NEGOTIATION_SETTLED':
      return venue === 'station' ? 'station' : 'merchant';
    case 'SELF_SETTLED':
    case 'SETTLED_BESIDE':
      return 'parties';
    case 'MEDIATED':
    case 'BODY_MEDIATED':
      return MEDIATIONS.get(mediation ?? 'administrative') ?? 'administrative-mediation';
    case 'COURT_MEDIATED':
      return 'court-invited-mediation';
    case 'COURT_JUDGED':
    case 'COURT_SETTLED':
      return 'court';
    default:
      return null;
  }
}
