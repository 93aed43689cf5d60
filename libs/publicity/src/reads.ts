/** What the rules of a publication must know of other streams, folded from their events. */
import type { ComplaintEvents, ComplaintResult, TerminationGround } from '#complaints/events';
import { localDateOf, type LocalDate, type RecordedEvent } from '#kernel';
import type { SubjectEvents } from '#registry/events';

/** A complaint as far as its publication goes. */
export interface ComplaintRead {
  readonly disputeId: string;
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly respondentRegion: string;
  readonly round: number;
  readonly result: ComplaintResult | null;
  readonly ground: TerminationGround | null;
  /** Null while it is not closed, or handled again. */
  readonly closedOn: LocalDate | null;
}

export const unreadComplaint: ComplaintRead = {
  disputeId: '',
  authority: '',
  handlingRegion: '',
  respondentUscc: null,
  respondentRegion: '',
  round: 1,
  result: null,
  ground: null,
  closedOn: null,
};

export function evolveComplaint(complaint: ComplaintRead, event: RecordedEvent): ComplaintRead {
  const of = <Type extends keyof ComplaintEvents>() => event.data as ComplaintEvents[Type];
  switch (event.type as keyof ComplaintEvents) {
    case 'ComplaintReceived': {
      const { disputeId, authority, handlingRegion, respondentUscc, respondentRegion } = of<'ComplaintReceived'>();
      return { ...complaint, disputeId, authority, handlingRegion, respondentUscc, respondentRegion };
    }
    case 'ComplaintTransferReceived': {
      const { authority, handlingRegion } = of<'ComplaintTransferReceived'>();
      return { ...complaint, authority, handlingRegion };
    }
    case 'ComplaintConcluded': {
      const { result, ground } = of<'ComplaintConcluded'>();
      return { ...complaint, result, ground };
    }
    case 'ComplaintClosed':
      return { ...complaint, closedOn: localDateOf(event.occurredAt) };
    case 'ComplaintReopened':
      return { ...complaint, round: of<'ComplaintReopened'>().round, result: null, ground: null, closedOn: null };
    case 'ComplaintCorrected': {
      const { field, new: value } = of<'ComplaintCorrected'>();
      const isRespondent = field === 'respondentUscc' || field === 'respondentRegion';
      return isRespondent ? { ...complaint, [field]: value } : complaint;
    }
    default:
      // What else became of a complaint changes nothing in what is shown of it.
      return complaint;
  }
}

/** The name of a subject as the register has it. */
export interface SubjectRead {
  readonly name: string | null;
}

export const unreadSubject: SubjectRead = { name: null };

export function evolveSubject(subject: SubjectRead, event: RecordedEvent): SubjectRead {
  switch (event.type as keyof SubjectEvents) {
    case 'SubjectRegistered':
    case 'SubjectRenamed':
      return { name: (event.data as SubjectEvents['SubjectRegistered' | 'SubjectRenamed']).name };
    default:
      return subject;
  }
}

export type PlanReads = { readonly complaint: ComplaintRead | undefined };
export type ShowReads = PlanReads & { readonly subject: SubjectRead | undefined };
