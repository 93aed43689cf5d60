import { formatInstant, localDateOf, unreachable } from '#kernel';
import type { ClockChange, ClockReading } from '#law';
import type { RecordedCriminalReferralEvent } from './events.ts';

/**
 * Clocks (期限) of a criminal referral with the rules that govern them: 决定是否移送, 移送 (24 hours), 转送 (24 hours), 公安立案审查,
 * 提请复议, 复议, 建议立案监督, 移交.
 */
export const CRIMINAL_REFERRAL_CLOCKS = {
  'referral-decision': 'L-31.decision',
  'police-transfer': 'L-31.transfer',
  'police-reroute': 'L-31.reroute',
  'police-decision': 'L-31.police-decision',
  'reconsideration-request': 'L-31.reconsideration-request',
  reconsideration: 'L-31.reconsideration',
  'supervision-request': 'L-31.supervision-request',
  'materials-hand-over': 'L-31.hand-over',
} as const;
export type CriminalReferralClock = keyof typeof CRIMINAL_REFERRAL_CLOCKS;

/** Clocks of hours: they start at a moment and run on day and night (T-12). */
const OF_HOURS: readonly CriminalReferralClock[] = ['police-transfer', 'police-reroute'];

/**
 * What only may be done in its time: the police send on what is another's, the authority asks for reconsideration or supervision
 * where it does not agree. It lapses, and nobody is late.
 */
const RIGHTS: readonly CriminalReferralClock[] = ['police-reroute', 'reconsideration-request', 'supervision-request'];

/** Clocks by which somebody must do something. */
export const CRIMINAL_REFERRAL_DUTIES: readonly string[] = Object.keys(CRIMINAL_REFERRAL_CLOCKS).filter(
  (clock) => !RIGHTS.includes(clock as CriminalReferralClock),
);

/** What an event of a referral does to its clocks. Nothing stops or extends one. */
export function criminalReferralClockChanges(event: RecordedCriminalReferralEvent): readonly ClockChange[] {
  switch (event.type) {
    case 'CriminalReferralReportSubmitted':
      return opened(event, event.data.clocks);
    case 'CriminalReferralApproved':
      return [completed('referral-decision'), ...opened(event, event.data.clocks)];
    case 'CriminalReferralNotApproved':
      return [completed('referral-decision')];
    case 'CaseTransferredToPolice':
      return [completed('police-transfer')];
    case 'PoliceReceiptSigned':
      return opened(event, event.data.clocks);
    case 'ReroutedToCompetentPolice':
      return [completed('police-reroute'), superseded('police-decision')];
    case 'PoliceFiledCase':
      return [
        completed('police-decision'),
        ...(['police-reroute', 'reconsideration-request', 'supervision-request'] as const).map(superseded),
        ...opened(event, event.data.clocks),
      ];
    case 'PoliceDeclinedCase':
      return [completed('police-decision'), superseded('police-reroute'), ...opened(event, event.data.clocks)];
    case 'ReconsiderationRequested':
      return [completed('reconsideration-request'), ...opened(event, event.data.clocks)];
    case 'ReconsiderationDecided':
      return [completed('reconsideration'), ...opened(event, event.data.clocks)];
    case 'FilingSupervisionRequested':
      return [completed('supervision-request'), superseded('reconsideration-request')];
    case 'MaterialsHandedOver':
      return [completed('materials-hand-over')];
    case 'CriminalReferralDeadlineAmended':
      return [{ change: 'amended', reading: event.data }];
    case 'CriminalReferralLateEntryVerified':
      return [{ change: 'verified', clock: event.data.clock }];
    case 'CriminalReferralTeamAppointed':
    case 'FilingSupervisionConcluded':
      return [];
    default:
      return unreachable(event);
  }
}

function opened({ occurredAt }: RecordedCriminalReferralEvent, clocks: readonly ClockReading[]): ClockChange[] {
  return clocks.map((reading) => ({
    change: 'opened',
    from: OF_HOURS.includes(reading.clock as CriminalReferralClock)
      ? formatInstant(occurredAt)
      : localDateOf(occurredAt),
    reading,
    ...(RIGHTS.includes(reading.clock as CriminalReferralClock) && { isRight: true }),
  }));
}

function completed(clock: CriminalReferralClock): ClockChange {
  return { change: 'completed', clock };
}

function superseded(clock: CriminalReferralClock): ClockChange {
  return { change: 'superseded', clock };
}
