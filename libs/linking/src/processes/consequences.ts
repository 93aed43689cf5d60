import type { ComplaintEvents } from '#complaints/events';
import { idOf, type RecordedEvent } from '#kernel';
import { publicationOf } from '#publicity/events';
import type { ReadModelReader } from '#read-models';
import type { ReportEvents } from '#reports/events';

/** What follows from an event for an object of another context: a command that only processes give there. */
export interface Consequence {
  readonly category: 'workOrder' | 'negotiation' | 'publication';
  readonly id: string;
  readonly action: 'link-complaint' | 'link-report' | 'dispute-by-complaint' | 'plan-after-closing';
  readonly command: object;
}

export const CONSEQUENTIAL = [
  'ComplaintReceived',
  'ReportReceived',
  'SettlementClaimed',
  'SettlementConfirmed',
  'ComplaintClosed',
];

/** The disputes' view, by which a dispute's procedures are found: only what is looked at here. */
export const DISPUTES = 'disputes';
interface DisputeProcedures {
  readonly mergedInto: string | null;
  readonly merged: readonly string[];
  readonly negotiations: readonly { readonly id: string; readonly status: string }[];
  readonly complaints: readonly { readonly id: string; readonly receivedAt: string }[];
}

/** In the order in which they are to be drawn. Whether they still hold, the context decides that they are given to. */
export async function consequencesOf(
  event: RecordedEvent,
  readModels: Pick<ReadModelReader, 'get'>,
): Promise<readonly Consequence[]> {
  const id = idOf(event.stream);
  switch (event.type) {
    case 'ComplaintReceived': {
      const { disputeId, workOrderId } = event.data as ComplaintEvents['ComplaintReceived'];
      const settled = await settledOn(disputeId, readModels);
      return [
        ...linked(workOrderId, 'link-complaint', { complaintId: id }),
        ...settled.map((one) => disputed(one, id)),
      ];
    }
    case 'ReportReceived': {
      const { workOrderId } = event.data as ReportEvents['ReportReceived'];
      return linked(workOrderId, 'link-report', { reportId: id });
    }
    case 'SettlementClaimed':
    case 'SettlementConfirmed':
      return event.correlationId === null ? [] : await disputedAlready(event, event.correlationId, readModels);
    case 'ComplaintClosed':
      return [planned(id)];
    default:
      return [];
  }
}

/** The letter that the procedure names as its origin is told what came of it (S1 Art. 9). */
function linked(workOrderId: string | null, action: Consequence['action'], command: object): Consequence[] {
  return workOrderId === null ? [] : [{ category: 'workOrder', id: workOrderId, action, command }];
}

/** A later complaint on the same dispute takes back a settlement, or the merchant's claim of one (T-31). */
function disputed(negotiation: string, complaintId: string): Consequence {
  return { category: 'negotiation', id: negotiation, action: 'dispute-by-complaint', command: { complaintId } };
}

/** A complaint that was closed is queued for publicity, where the place has a rule for that. On the rest a person decides. */
function planned(complaintId: string): Consequence {
  const id = publicationOf(complaintId);
  return { category: 'publication', id, action: 'plan-after-closing', command: { complaintId } };
}

/** Negotiations on the dispute that are settled, or said to be, and those on disputes that were merged into it. */
async function settledOn(disputeId: string, readModels: Pick<ReadModelReader, 'get'>): Promise<string[]> {
  const own = await readModels.get<DisputeProcedures>(DISPUTES, disputeId);
  if (own === undefined) return [];
  const merged = await Promise.all(own.merged.map((one) => readModels.get<DisputeProcedures>(DISPUTES, one)));
  return [own, ...merged].flatMap((one) =>
    (one?.negotiations ?? []).filter(({ status }) => status === 'settled' || status === 'claimed').map(({ id }) => id),
  );
}

/** What is said to be settled may be entered after the complaint that came later. Whether that was later, its rule knows. */
async function disputedAlready(
  { stream }: RecordedEvent,
  disputeId: string,
  readModels: Pick<ReadModelReader, 'get'>,
): Promise<Consequence[]> {
  const own = await readModels.get<DisputeProcedures>(DISPUTES, disputeId);
  const primary = own?.mergedInto ?? null;
  const other = primary === null ? undefined : await readModels.get<DisputeProcedures>(DISPUTES, primary);
  return [...(own?.complaints ?? []), ...(other?.complaints ?? [])]
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
    .map(({ id }) => disputed(idOf(stream), id));
}
