import type { ReadModelReader } from '#read-models';

/** The other procedures of the dispute that an event is about, merged ones with them. */
export interface Siblings {
  /** Ids of its negotiations. */
  readonly negotiations: readonly string[];
  /** Complaints without a result. */
  readonly openComplaints: readonly Pick<ComplaintEntry, 'id' | 'handlingRegion' | 'receivedAt'>[];
}

export const NO_SIBLINGS: Siblings = { negotiations: [], openComplaints: [] };

/** The disputes' view: only what is looked at here. */
export const DISPUTES = 'disputes';
interface DisputeProcedures {
  readonly mergedInto: string | null;
  readonly merged: readonly string[];
  readonly negotiations: readonly { readonly id: string }[];
  readonly complaints: readonly ComplaintEntry[];
}
interface ComplaintEntry {
  readonly id: string;
  readonly handlingRegion: string;
  readonly receivedAt: string;
  readonly status: string;
}

export async function siblingsOn(disputeId: string, readModels: Pick<ReadModelReader, 'get'>): Promise<Siblings> {
  const read = (id: string) => readModels.get<DisputeProcedures>(DISPUTES, id);
  const own = await read(disputeId);
  if (own === undefined) return NO_SIBLINGS;
  const primary = own.mergedInto === null ? own : ((await read(own.mergedInto)) ?? own);
  const merged = await Promise.all(primary.merged.map(read));
  const all = [primary, ...merged].filter((one) => one !== undefined);
  const complaints = all.flatMap((one) => one.complaints);
  return {
    negotiations: all.flatMap((one) => one.negotiations.map(({ id }) => id)),
    openComplaints: complaints.filter(({ status }) => status === 'received' || status === 'accepted'),
  };
}
