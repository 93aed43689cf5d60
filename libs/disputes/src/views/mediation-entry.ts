import type { TerminationGround } from '#complaints/events';
import type { LocalDate, RecordedEvent } from '#kernel';
import {
  mediationSchemas,
  type AgreementForm,
  type MediationEnding,
  type MediationEvents,
  type RecordedMediationEvent,
} from '#mediation/events';
import { furtherAfter, type FurtherEntry } from './further-procedures.ts';

/** A mediation (调解) about the dispute, of whichever kind. */
export interface MediationEntry extends FurtherEntry {
  /** Court's assignment that it carries out. */
  readonly referralId: string | null;
  /** Body that mediates; null where the authority does itself. */
  readonly bodyName: string | null;
  /** How far it has come; `effective` until the agreement was performed or breached. */
  readonly standing:
    'proposed' | 'live' | 'suspended' | 'declined' | 'agreed' | 'effective' | 'performed' | 'breached' | 'terminated';
  /** The newest agreement; its terms are told by the mediation itself. */
  readonly agreement: {
    readonly form: AgreementForm;
    readonly amountFen: number | null;
    /** Null while a hand or seal is missing. */
    readonly effectiveOn: LocalDate | null;
  } | null;
  /** On what it was terminated: a ground of S1 Art. 23(1), or the body's own ending. */
  readonly ground: TerminationGround | null;
  readonly ending: MediationEnding | null;
}

/** Event types that a mediation's entry follows. */
export const mediationTypes: readonly string[] = Object.keys(mediationSchemas);

export function mediationAfter(entry: MediationEntry | undefined, event: RecordedEvent, id: string): MediationEntry {
  const next: MediationEntry = { ...BEGUN, ...entry, ...furtherAfter(entry, event, id) };
  return { ...next, ...changeBy(event as RecordedMediationEvent, next) };
}

const BEGUN: Omit<MediationEntry, keyof FurtherEntry> = {
  ...{ referralId: null, bodyName: null, agreement: null, ground: null, ending: null },
  standing: 'live',
};

function changeBy(event: RecordedMediationEvent, { agreement }: MediationEntry): Partial<MediationEntry> {
  switch (event.type) {
    case 'MediationProposed':
      return proposed(event.data);
    case 'MediationApplicationAccepted':
      return { standing: 'live' };
    case 'MediationApplicationDeclined':
      return { standing: 'declined' };
    case 'MediationDelegated':
      return { bodyName: event.data.bodyName };
    case 'MediationSuspended':
      return { standing: 'suspended' };
    case 'MediationResumed':
      return { standing: 'live' };
    case 'MediationAgreementReached': {
      const { form, amountFen } = event.data;
      return { standing: 'agreed', agreement: { form, amountFen, effectiveOn: null } };
    }
    case 'MediationAgreementEffective': {
      const { effectiveOn } = event.data;
      return { standing: 'effective', agreement: agreement === null ? null : { ...agreement, effectiveOn } };
    }
    case 'AgreementPerformed':
      return { standing: 'performed' };
    case 'AgreementBreached':
      return { standing: 'breached' };
    case 'MediationTerminated': {
      const { ground, ending } = event.data;
      return { standing: 'terminated', ground, ending };
    }
    default:
      // What a dispute need not know of leaves its entry as it is.
      return {};
  }
}

/** Where a body accepts applications it has not taken it up yet; otherwise the authority or the body has done so before. */
function proposed({
  referralId,
  complaintId,
  bodyName,
}: MediationEvents['MediationProposed']): Partial<MediationEntry> {
  const isApplied = referralId === null && complaintId === null;
  return { referralId, bodyName, standing: isApplied ? 'proposed' : 'live' };
}
