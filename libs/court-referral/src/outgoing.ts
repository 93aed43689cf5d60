import type { Party } from '#negotiation/events';
import { courtFilingAfter } from './court-filing.ts';
import type { CourtPurpose, JurisdictionBasis, RecordedReferralEvent, ReferralEvents } from './events.ts';
import type { Known } from './referral.ts';

/** What the court came to: once, and then no more. */
export type CourtResult =
  | { readonly by: 'judgment' | 'settlement'; readonly documentNo: string }
  | { readonly by: 'withdrawal'; readonly documentNo: null };

/** Direction `TO_COURT`: from mediation on to the court. */
export type Outgoing = Known & {
  readonly direction: 'TO_COURT';
  readonly disputeId: string;
  readonly purpose: CourtPurpose;
  readonly claimant: Party;
  readonly consents: readonly Party[];
  /** The package that would go, or has gone, to the court; those sent back are in `returned`. */
  readonly package: { readonly id: string; readonly hash: string } | null;
  readonly returned: readonly string[];
  /** Where it was transferred to. */
  readonly transfer: { readonly court: string; readonly jurisdictionBasis: JurisdictionBasis } | null;
  readonly courtCaseNo: string | null;
  readonly result: CourtResult | null;
  readonly status:
    | 'offered'
    | 'declined'
    | 'packaged'
    | 'transferred'
    | 'received'
    | 'returned-by-court'
    | 'filed'
    | 'not-filed'
    | 'decided';
};

/** Whose consent the way to the court needs: a suit the claimant's, an application for confirmation both. */
export function consentsNeeded({ purpose, claimant }: Pick<Outgoing, 'purpose' | 'claimant'>): readonly Party[] {
  return purpose === 'suit' ? [claimant] : ['consumer', 'merchant'];
}

export function offered(data: ReferralEvents['CourtRouteOffered'], known: Known): Outgoing {
  const { disputeId, purpose, claimant } = data;
  return {
    ...known,
    direction: 'TO_COURT',
    disputeId,
    purpose,
    claimant,
    consents: [],
    package: null,
    returned: [],
    transfer: null,
    courtCaseNo: null,
    result: null,
    status: 'offered',
  };
}

/** The way to the court after an event; events of the other direction are none of it. */
export function evolveOutgoing(state: Outgoing, event: RecordedReferralEvent): Outgoing {
  const next = { ...state, courtFilingState: courtFilingAfter(state.courtFilingState, event) };
  switch (event.type) {
    case 'CourtRouteConsentGiven':
      return { ...next, consents: [...state.consents, event.data.party] };
    case 'CourtRouteConsentRefused':
      return { ...next, status: 'declined' };
    case 'ReferralMaterialsPackaged': {
      const { package: id, hash } = event.data;
      return { ...next, status: 'packaged', package: { id, hash } };
    }
    case 'DisputeReferredToCourt': {
      const { court, jurisdictionBasis } = event.data;
      return { ...next, status: 'transferred', transfer: { court, jurisdictionBasis } };
    }
    case 'CourtReceived':
      return { ...next, status: 'received' };
    case 'ReferralReturnedByCourt': {
      const returned = state.package === null ? state.returned : [...state.returned, state.package.id];
      return { ...next, status: 'returned-by-court', package: null, transfer: null, returned };
    }
    case 'CourtFilingAccepted':
      return { ...next, status: 'filed', courtCaseNo: event.data.courtCaseNo };
    case 'CourtFilingDeclined':
      return { ...next, status: 'not-filed' };
    case 'JudgmentRecorded':
      return { ...next, status: 'decided', result: { by: 'judgment', documentNo: event.data.documentNo } };
    case 'CourtSettlementRecorded':
      return { ...next, status: 'decided', result: { by: 'settlement', documentNo: event.data.documentNo } };
    case 'SuitWithdrawn':
      return { ...next, status: 'decided', result: { by: 'withdrawal', documentNo: null } };
    default:
      return next;
  }
}
