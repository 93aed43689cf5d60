import type { LocalDate } from '#kernel';
import type { IntendedDispute, IntendedOutcome, IntendedWorkOrder } from './ledger.ts';
import { simulateCity, timeOf, type SimulationOptions } from './simulate.ts';

/** Counts that a figure can be held against. */
export interface IntendedFigure {
  readonly numerator: number;
  readonly denominator: number;
  /** Objects left out, by the reason of metrics 3.1. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** Whose objects, and of which days `from` ≤ day < `to`. Region codes match whole, without what lies in them. */
export interface IntendedScope {
  readonly subject?: string;
  readonly region?: string;
  readonly sector?: string;
  readonly channel?: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

/** What the city meant to happen: every object as it stood when the simulated time was over, and counts of them. */
export class ExpectedOutcomes {
  constructor(
    readonly disputes: readonly IntendedDispute[],
    readonly workOrders: readonly IntendedWorkOrder[],
    /** Days simulated: the window of a figure that names none. */
    readonly time: { readonly from: LocalDate; readonly to: LocalDate },
  ) {}

  /** Disputes per outcome. */
  byOutcome(scope: IntendedScope = {}): Partial<Record<IntendedOutcome, number>> {
    const counts: Partial<Record<IntendedOutcome, number>> = {};
    for (const dispute of this.disputes) {
      if (!isWithin(dispute, scope)) continue;
      counts[dispute.outcome] = (counts[dispute.outcome] ?? 0) + 1;
    }
    return counts;
  }

  /** One figure per value: subject, region, sector, channel, or month (`YYYY-MM`) of attribution. */
  grouped(metric: IntendedMetric, by: IntendedGroup, scope: IntendedScope = {}): Map<string, IntendedFigure> {
    const groups = new Map<string, Tally>();
    this.#count(metric, scope, (object, attributedOn, place) => {
      const key = by === 'month' ? attributedOn.slice(0, 7) : object[by];
      if (key === null) return;
      let tally = groups.get(key);
      if (tally === undefined) groups.set(key, (tally = emptyTally()));
      add(tally, place);
    });
    return groups;
  }

  /** M-01 and M-02 of disputes by conclusion, M-05 of tickets by due day, as known when the simulated time was over. */
  figure(metric: IntendedMetric, scope: IntendedScope = {}): IntendedFigure {
    const tally = emptyTally();
    this.#count(metric, scope, (_, __, place) => add(tally, place));
    return tally;
  }

  #count(
    metric: IntendedMetric,
    scope: IntendedScope,
    count: (object: IntendedDispute | IntendedWorkOrder, attributedOn: LocalDate, place: Place) => void,
  ): void {
    const { from = this.time.from, to = this.time.to } = scope;
    const each = (object: IntendedDispute | IntendedWorkOrder, day: LocalDate | null, place: Place) => {
      if (place === 'nowhere' || day === null || day < from || day >= to || !isWithin(object, scope)) return;
      count(object, day, place);
    };
    if (metric === 'M-05') for (const order of this.workOrders) each(order, order.dueOn, disposal(order));
    else if (metric === 'M-02') for (const one of this.disputes) each(one, one.negotiatedOn, selfSettlement(one));
    else for (const dispute of this.disputes) each(dispute, dispute.concludedOn, settlement(dispute));
  }
}

export type IntendedMetric = 'M-01' | 'M-02' | 'M-05';
export type IntendedGroup = 'subject' | 'region' | 'sector' | 'channel' | 'month';

/** Tells the whole story once and keeps only the account. Memory grows with the number of disputes. */
export function expectedOutcomes(options: SimulationOptions): ExpectedOutcomes {
  const disputes: IntendedDispute[] = [];
  const workOrders: IntendedWorkOrder[] = [];
  const ledger = {
    dispute: (dispute: IntendedDispute) => void disputes.push(dispute),
    workOrder: (workOrder: IntendedWorkOrder) => void workOrders.push(workOrder),
  };
  for (const _ of simulateCity(options, ledger));
  return new ExpectedOutcomes(disputes, workOrders, timeOf(options));
}

type Place = 'numerator' | 'denominator' | 'nowhere' | 'PENDING_AGAIN' | `X-${string}`;

/** Metrics 3.2, column M-01. */
function settlement({ outcome }: IntendedDispute): Place {
  switch (outcome) {
    case 'NEGOTIATION_SETTLED':
    case 'SELF_SETTLED':
    case 'SETTLED_BESIDE':
      return 'numerator';
    case 'NEGOTIATION_FAILED':
    case 'NEGOTIATION_EXPIRED':
    case 'NEGOTIATION_ESCALATED':
    case 'MEDIATED':
    case 'TERMINATED':
    case 'BODY_MEDIATED':
    case 'BODY_MEDIATION_FAILED':
    case 'COURT_MEDIATED':
    case 'COURT_MEDIATION_FAILED':
    case 'COURT_JUDGED':
    case 'COURT_SETTLED':
      return 'denominator';
    case 'MERGED':
      return 'X-DUP';
    case 'NOT_ACCEPTED':
    case 'DISQUALIFIED':
      return 'X-NA';
    case 'DISQUALIFIED_MALICIOUS':
      return 'X-MAL';
    case 'PARTY_CEASED':
      return 'X-SUBJ';
    case 'WITHDRAWN':
    case 'COURT_ENDED':
      return 'X-WD';
    case 'PENDING_AGAIN':
      return 'PENDING_AGAIN';
    case 'PENDING':
      return 'nowhere';
  }
}

/** Metrics 3.2, column M-02. */
function selfSettlement({ negotiation }: IntendedDispute): Place {
  if (negotiation === 'NONE' || negotiation === 'PENDING') return 'nowhere';
  if (negotiation === 'MERGED') return 'X-DUP';
  return negotiation === 'SETTLED' ? 'numerator' : 'denominator';
}

function disposal({ state }: IntendedWorkOrder): Place {
  if (state === 'RECEIVED' || state === 'REDIRECTED') return 'nowhere';
  return state === 'DISPOSED' ? 'numerator' : 'denominator';
}

function isWithin(object: IntendedDispute | IntendedWorkOrder, scope: IntendedScope): boolean {
  return (['subject', 'region', 'sector', 'channel'] as const).every(
    (field) => scope[field] === undefined || object[field] === scope[field],
  );
}

interface Tally {
  numerator: number;
  denominator: number;
  excluded: Record<string, number>;
}

function emptyTally(): Tally {
  return { numerator: 0, denominator: 0, excluded: {} };
}

function add(tally: Tally, place: Place): void {
  if (place === 'nowhere') return;
  if (place !== 'numerator' && place !== 'denominator') {
    tally.excluded[place] = (tally.excluded[place] ?? 0) + 1;
    return;
  }
  tally.denominator++;
  if (place === 'numerator') tally.numerator++;
}
