import { formatInstant, type Position } from '#kernel';
import type { ComparedField, KeptContent, PushedTicket, RecordedWorkOrderEvent } from './events.ts';

/** A content of the ticket that was pushed later than the one that held, and refused (T-27). */
export interface PayloadConflict {
  readonly conflict: number;
  readonly payloadDigest: string;
  readonly pushed: PushedTicket;
  /** Null until a person has said which content holds. */
  readonly kept: KeptContent | null;
}

/** What the channel has pushed of a ticket: the content that holds, and the others. */
export interface Content {
  /** Keyed digest of the content that holds. */
  readonly payloadDigest: string;
  readonly told: PushedTicket;
  /** Command that registered it: its further steps tell the rest of the content. */
  readonly commandId: string;
  readonly conflicts: readonly PayloadConflict[];
  /** Where the log tells of each content that was ever pushed, by its digest. */
  readonly positions: Readonly<Record<string, Position>>;
}

/** The content after an event of its work order; the same object where it says nothing of it. */
export function contentAfter(content: Content, event: RecordedWorkOrderEvent): Content {
  switch (event.type) {
    case 'WorkOrderPayloadConflictDetected': {
      const { conflict, payloadDigest, differing: _, ...pushed } = event.data;
      const conflicts = [...content.conflicts, { conflict, payloadDigest, pushed, kept: null }];
      return { ...content, conflicts, positions: { ...content.positions, [payloadDigest]: event.position } };
    }
    case 'WorkOrderPayloadConflictResolved':
      return resolved(content, event.data.conflict, event.data.keep);
    default:
      return event.commandId === content.commandId ? furtherTold(content, event) : content;
  }
}

function resolved(content: Content, number: number, keep: KeptContent): Content {
  const conflicts = content.conflicts.map((one) => (one.conflict === number ? { ...one, kept: keep } : one));
  const kept = conflicts.find(({ conflict }) => conflict === number);
  if (keep === 'recorded' || kept === undefined) return { ...content, conflicts };
  return { ...content, conflicts, payloadDigest: kept.payloadDigest, told: kept.pushed };
}

/** A push that brings more than the receipt becomes several events; together they are its content. */
function furtherTold(content: Content, event: RecordedWorkOrderEvent): Content {
  const told = (more: Partial<PushedTicket>): Content => ({ ...content, told: { ...content.told, ...more } });
  switch (event.type) {
    case 'WorkOrderClassified':
      return told({ classification: event.data.classification });
    case 'WorkOrderDispatched':
      return told({ authority: event.data.authority });
    case 'WorkOrderClosed':
      return told({ closedAt: formatInstant(event.occurredAt), outcome: event.data.outcome });
    case 'WorkOrderSatisfactionRecorded':
      return told({ satisfaction: event.data.satisfaction });
    default:
      return content;
  }
}

/** In what two contents differ, as far as that shows without opening the vault. */
export function differing(one: PushedTicket, other: PushedTicket): ComparedField[] {
  const [a, b] = [comparable(one), comparable(other)];
  return (Object.keys(a) as ComparedField[]).filter((field) => a[field] !== b[field]);
}

function comparable({ complainantTokens, ...ticket }: PushedTicket): Readonly<Record<ComparedField, unknown>> {
  const { respondent: _, complainant: __, textTokens: ___, ...fields } = ticket;
  const { name: complainantName, phone: complainantPhone } = complainantTokens;
  return { ...fields, complainantName, complainantPhone };
}
