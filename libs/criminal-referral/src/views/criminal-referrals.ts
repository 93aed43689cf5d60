import { Failure, formatInstant, idOf } from '#kernel';
import { evolveClocks, NO_CLOCKS, type Clocks } from '#law';
import type { Projection } from '#read-models';
import { criminalReferralClockChanges } from '../clocks.ts';
import { statusAfter, type CriminalReferralStatus } from '../criminal-referral.ts';
import { criminalReferralSchemas } from '../events.ts';
import type {
  RecordedCriminalReferralEvent,
  ReconsiderationResult,
  SupervisionResult,
  TransferAttachment,
} from '../events.ts';

/** One criminal referral (涉嫌犯罪案件移送) as it stands. Instants are ISO 8601 UTC. */
export interface CriminalReferralDocument {
  readonly caseId: string;
  readonly disputeId: string | null;
  readonly authority: string;
  readonly handlingRegion: string;
  readonly respondentUscc: string | null;
  readonly officers: readonly string[];
  readonly status: CriminalReferralStatus;
  readonly appointedAt: string;
  readonly report: string | null;
  readonly reportedAt: string | null;
  /** Approved, or not. */
  readonly decidedAt: string | null;
  /** Vault reference of the reason of the head who did not approve. */
  readonly reason: string | null;
  /** The police who have it, or are to have it. */
  readonly police: string | null;
  readonly attachments: Readonly<Record<TransferAttachment, string>> | null;
  readonly transferredAt: string | null;
  readonly receivedAt: string | null;
  /** When the police told that they file, or do not. */
  readonly policeDecidedAt: string | null;
  readonly reconsideration: ReconsiderationResult | null;
  readonly supervision: SupervisionResult | null;
  readonly procuratorate: string | null;
  readonly handedOverAt: string | null;
  readonly clocks: Clocks;
}

export const criminalReferralsView: Projection<CriminalReferralDocument> = {
  name: 'criminal-referrals',
  version: 1,
  types: Object.keys(criminalReferralSchemas),
  keys: (event) => [idOf(event.stream)],
  evolve: (doc, recorded) => {
    const event = recorded as RecordedCriminalReferralEvent;
    const next = evolve(doc, event);
    const changes = criminalReferralClockChanges(event);
    return changes.length === 0 ? next : { ...next, clocks: evolveClocks(next.clocks, changes, event) };
  },
  indexes: {
    newest: ['appointedAt'],
    byRegion: ['handlingRegion', 'appointedAt'],
    byStatus: ['status', 'appointedAt'],
    byCase: ['caseId', 'appointedAt'],
  },
};

function evolve(
  doc: CriminalReferralDocument | undefined,
  event: RecordedCriminalReferralEvent,
): CriminalReferralDocument {
  const at = formatInstant(event.occurredAt);
  if (event.type === 'CriminalReferralTeamAppointed') return { ...EMPTY, ...event.data, appointedAt: at };
  if (doc === undefined) throw new Failure('BROKEN_HISTORY', `${event.stream} begins with ${event.type}`);
  return { ...doc, ...told(event, at), status: statusAfter(event) ?? doc.status };
}

/** What an event tells beside how far it has come. */
function told(event: RecordedCriminalReferralEvent, at: string): Partial<CriminalReferralDocument> {
  switch (event.type) {
    case 'CriminalReferralReportSubmitted':
      return { report: event.data.report, reportedAt: at };
    case 'CriminalReferralApproved':
      return { decidedAt: at };
    case 'CriminalReferralNotApproved':
      return { decidedAt: at, reason: event.data.reason };
    case 'CaseTransferredToPolice':
      return { police: event.data.police, attachments: event.data.attachments, transferredAt: at };
    case 'PoliceReceiptSigned':
      return { police: event.data.police, receivedAt: at };
    case 'ReroutedToCompetentPolice':
      return { police: event.data.police, receivedAt: null };
    case 'PoliceFiledCase':
    case 'PoliceDeclinedCase':
      return { policeDecidedAt: at };
    case 'ReconsiderationDecided':
      return { reconsideration: event.data.result };
    case 'FilingSupervisionRequested':
      return { procuratorate: event.data.procuratorate };
    case 'FilingSupervisionConcluded':
      return { supervision: event.data.result };
    case 'MaterialsHandedOver':
      return { handedOverAt: at };
    default:
      return {};
  }
}

const EMPTY = {
  status: 'team-appointed',
  report: null,
  reportedAt: null,
  decidedAt: null,
  reason: null,
  police: null,
  attachments: null,
  transferredAt: null,
  receivedAt: null,
  policeDecidedAt: null,
  reconsideration: null,
  supervision: null,
  procuratorate: null,
  handedOverAt: null,
  clocks: NO_CLOCKS,
} as const;
