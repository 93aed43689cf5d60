import type { RecordedCriminalReferralEvent } from './events.ts';

/**
 * How far a referral has come, as the case sees it. `pending`: the police may still be to prosecute, and no penalty takes its
 * place (S11 Art. 11). `without-prosecution`: it was not approved, or the police do not file. `prosecuted`: they do.
 */
export type ReferralStanding = 'pending' | 'without-prosecution' | 'prosecuted';

/** Undefined: the event changes nothing about it. */
export function standingAfter({ type, data }: RecordedCriminalReferralEvent): ReferralStanding | undefined {
  switch (type) {
    case 'CriminalReferralTeamAppointed':
    case 'ReconsiderationRequested':
    case 'FilingSupervisionRequested':
      return 'pending';
    case 'CriminalReferralNotApproved':
    case 'PoliceDeclinedCase':
      return 'without-prosecution';
    case 'ReconsiderationDecided':
      return data.result === 'upheld' ? 'without-prosecution' : 'pending';
    case 'FilingSupervisionConcluded':
      return data.result === 'not-to-file' ? 'without-prosecution' : 'pending';
    case 'PoliceFiledCase':
    case 'MaterialsHandedOver':
      return 'prosecuted';
    default:
      return undefined;
  }
}
