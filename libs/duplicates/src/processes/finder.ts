import { addDays, formatInstant, localDateOf, parseInstant, startOfDay, type RecordedEvent } from '#kernel';
import type { Query, ReadModelReader } from '#read-models';
import type { MatchReason, SuggestionKind } from '../events.ts';
import { compare, judge, type Judgement } from '../matching.ts';
import type { MatchingPolicy } from '../matching-policy.ts';
import { BLOCKS, isUnlinkedTicket, keyOf, recordsView, type RecordDocument } from '../views/records.ts';

/** Something that may be a dispute that is known: another dispute, or a ticket. */
export type Found = {
  /** Id of the dispute, or stream of the ticket. */
  readonly subject: string;
  /** The dispute that it may be. */
  readonly of: string;
  readonly score: number;
  readonly reasons: readonly MatchReason[];
} & (
  | { readonly what: 'ticket' }
  | {
      readonly what: 'dispute';
      readonly kind: SuggestionKind;
      readonly region: string | null;
      readonly respondentUscc: string | null;
    }
);

/** What the disputes' view tells of one: only what is looked at here. */
interface DisputeStanding {
  readonly openedAt: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly mergedInto: string | null;
  readonly stage: string;
  readonly concludedAt: string | null;
}
const DISPUTES = 'disputes';

/** Finds what the record of an event may be one with, by the blocks in which records meet. */
export class Finder {
  constructor(
    private readonly readModels: ReadModelReader,
    private readonly policy: MatchingPolicy,
  ) {}

  /**
   * The best of each pair. A ticket that waits is compared when it comes in, and when another one is linked; not when a dispute
   * is opened, as it is mostly for that ticket, which is linked to it in a moment.
   */
  async find(event: RecordedEvent): Promise<readonly Found[]> {
    const key = keyOf(event);
    const own = await this.readModels.get<RecordDocument>(recordsView.name, key);
    if (own === undefined || own.isOut || (own.disputeId === null && !isUnlinkedTicket(own))) return [];
    const best = new Map<string, Found>();
    for (const [otherKey, other] of await this.met(own)) {
      if (otherKey === key) continue;
      const found = await this.pair(own, other, event.type.startsWith('WorkOrder'));
      if (found === undefined) continue;
      const pair = `${found.subject} ${found.of}`;
      if ((best.get(pair)?.score ?? -1) < found.score) best.set(pair, found);
    }
    return [...best.values()].sort((a, b) => b.score - a.score);
  }

  /**
   * What shares a block with a record, and is nearest to it in time. By telephone and name within the days in which a complaint is
   * a repeat; by text within those of a duplicate. A mark that more share than the policy's `nearest` tells nobody apart: a shop's
   * own telephone, or the form letter of a hundred people.
   */
  private async met(own: RecordDocument): Promise<ReadonlyMap<string, RecordDocument>> {
    const met = new Map<string, RecordDocument>();
    const { duplicate, repeat } = this.policy;
    for (const block of BLOCKS) {
      const value = own[block];
      if (value === null) continue;
      // A repeat may come long after the receipt of what it repeats: that took its time to be over.
      const isPersonal = block === 'byPhone' || block === 'byNameAndRespondent';
      for (const [key, doc] of await this.nearest(
        own.at,
        { [block]: value },
        isPersonal ? 2 * repeat.days : duplicate.days,
      )) {
        met.set(key, doc);
      }
    }
    return met;
  }

  /** The records nearest before an instant, and those nearest after it, within so many days. */
  private async nearest(at: string, where: Query['where'] & object, days: number): Promise<[string, RecordDocument][]> {
    const day = localDateOf(parseInstant(at)!);
    const [from, to] = [addDays(day, -days), addDays(day, days + 1)].map((date) => formatInstant(startOfDay(date)));
    const limit = this.policy.nearest.records;
    const read = (range: { from?: string; to?: string }, order: 'asc' | 'desc') =>
      this.readModels.query<RecordDocument>(recordsView.name, {
        where,
        range: { field: 'at', ...range },
        sort: { field: 'at', order },
        limit,
      });
    const before = await read({ from: from!, to: at }, 'desc');
    const after = await read({ from: at, to: to! }, 'asc');
    return [...before.items, ...after.items].map(({ key, doc }) => [key, doc]);
  }

  private async pair(one: RecordDocument, other: RecordDocument, ofTicket: boolean): Promise<Found | undefined> {
    if (one.disputeId === null && other.disputeId === null) return undefined;
    if (one.disputeId === null) return this.ticketOf(one, other);
    if (other.disputeId === null) return ofTicket ? this.ticketOf(other, one) : undefined;
    return this.disputesOf(one, other);
  }

  /** Whether a ticket that waits to be linked may be about a dispute. */
  private async ticketOf(ticket: RecordDocument, record: RecordDocument): Promise<Found | undefined> {
    if (!isUnlinkedTicket(ticket)) return undefined;
    const standing = await this.standing(record.disputeId!);
    if (standing === undefined) return undefined;
    const found = this.judged(ticket, completed(record, standing.dispute), ticket.at, standing.dispute);
    if (found === undefined) return undefined;
    const { score, reasons } = found;
    return { what: 'ticket', subject: ticket.stream, of: standing.id, score, reasons };
  }

  /** Whether the later of two disputes may be the earlier. */
  private async disputesOf(one: RecordDocument, other: RecordDocument): Promise<Found | undefined> {
    const [a, b] = [await this.standing(one.disputeId!), await this.standing(other.disputeId!)];
    if (a === undefined || b === undefined || a.id === b.id) return undefined;
    const isFirst =
      a.dispute.openedAt < b.dispute.openedAt || (a.dispute.openedAt === b.dispute.openedAt && a.id < b.id);
    const [earlier, later] = isFirst ? [a, b] : [b, a];
    const [first, second] = [completed(one, a.dispute), completed(other, b.dispute)];
    const found = this.judged(first, second, later.dispute.openedAt, earlier.dispute);
    if (found === undefined) return undefined;
    const { respondentRegion: region, respondentUscc } = later.dispute;
    return { what: 'dispute', subject: later.id, of: earlier.id, ...found, region, respondentUscc };
  }

  private judged(
    one: RecordDocument,
    other: RecordDocument,
    at: string,
    { stage, concludedAt }: DisputeStanding,
  ): Judgement | undefined {
    const comparison = compare(one, other, this.policy);
    if (comparison === undefined) return undefined;
    const isOver = stage === 'concluded' ? concludedAt : null;
    return judge(comparison, { at }, { concludedAt: isOver }, this.policy);
  }

  /** A dispute as it stands, or the one that it was merged into. */
  private async standing(id: string): Promise<{ readonly id: string; readonly dispute: DisputeStanding } | undefined> {
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null && !seen.has(at);) {
      seen.add(at);
      const dispute: DisputeStanding | undefined = await this.readModels.get<DisputeStanding>(DISPUTES, at);
      if (dispute === undefined) return undefined;
      if (dispute.mergedInto === null) return { id: at, dispute };
      at = dispute.mergedInto;
    }
    return undefined;
  }
}

/** What a record leaves open, its dispute tells. */
function completed(record: RecordDocument, { respondentUscc }: DisputeStanding): RecordDocument {
  return record.respondentUscc === null && respondentUscc !== null ? { ...record, respondentUscc } : record;
}
