/** What the rules of a work order must know of other streams, folded from their events. */
import type { ComplaintEvents } from '#complaints/events';
import { evolveFirstInquiry, primaryAfter, type FirstInquiry, type RecordedDisputeEvent } from '#disputes/events';
import type { RecordedEvent } from '#kernel';
import type { ReportEvents } from '#reports/events';

/** What linking must know of the dispute: that it exists, and stands for itself. */
export interface DisputeRead {
  readonly mergedInto: string | null;
}
export interface DisputeReads {
  readonly dispute: DisputeRead | undefined;
}

export const unreadDispute: DisputeRead = { mergedInto: null };

export function evolveDispute({ mergedInto }: DisputeRead, event: RecordedEvent): DisputeRead {
  return { mergedInto: primaryAfter(mergedInto, event) };
}

/** The complaint or report that came of the letter, and what it says of where it comes from. */
export interface ProcedureRead {
  readonly disputeId: string | null;
  readonly workOrderId: string | null;
}
export interface ProcedureReads {
  readonly procedure: ProcedureRead | undefined;
}

export const unreadProcedure: ProcedureRead = { disputeId: null, workOrderId: null };

export function evolveProcedure(procedure: ProcedureRead, event: RecordedEvent): ProcedureRead {
  switch (event.type as keyof ComplaintEvents | keyof ReportEvents) {
    case 'ComplaintReceived':
    case 'ReportReceived': {
      const { disputeId, workOrderId } = event.data as ReportEvents['ReportReceived'];
      return { disputeId, workOrderId };
    }
    default:
      // Whatever becomes of it does not change where it comes from.
      return procedure;
  }
}

/** What an answer must know: who answers for the dispute (首问责任), and the complaint to which it refers. */
export type ReplyReads = {
  readonly inquiry?: InquiryRead | undefined;
  readonly procedure?: ProcedureRead | undefined;
};
export interface InquiryRead {
  readonly firstInquiry: FirstInquiry | null;
}

export const unreadInquiry: InquiryRead = { firstInquiry: null };

export function evolveInquiry({ firstInquiry }: InquiryRead, event: RecordedEvent): InquiryRead {
  return { firstInquiry: evolveFirstInquiry(firstInquiry, event as RecordedDisputeEvent) };
}
