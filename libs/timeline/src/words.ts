import { refusedReadWords } from '#alerts/events';
import { caseWords } from '#cases/events';
import { complaintWords } from '#complaints/events';
import { referralWords } from '#court-referral/events';
import { criminalReferralWords } from '#criminal-referral/events';
import { reminderWords } from '#deadlines/events';
import { disputeWords } from '#disputes/events';
import { duplicateWords } from '#duplicates/events';
import { evidenceWords } from '#evidence/events';
import { confirmationWords } from '#judicial-confirmation/events';
import type { EventWords, RecordedEvent, Words } from '#kernel';
import { mediationBodyWords, mediationWords, mediatorWords } from '#mediation/events';
import { negotiationWords } from '#negotiation/events';
import { proposalWords } from '#proposals/events';
import { publicationWords } from '#publicity/events';
import {
  advanceSchemeWords,
  commitmentWords,
  odrMembershipWords,
  serviceStationWords,
  storeWords,
  subjectWords,
} from '#registry/events';
import { reportWords } from '#reports/events';
import { workOrderWords } from '#work-orders/events';

/** A context's words, whatever its events: each was checked against its own catalogue where it is written. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyWords = EventWords<any>;

const catalogues: readonly AnyWords[] = [
  workOrderWords,
  disputeWords,
  complaintWords,
  negotiationWords,
  mediationWords,
  mediationBodyWords,
  mediatorWords,
  referralWords,
  confirmationWords,
  reportWords,
  caseWords,
  criminalReferralWords,
  publicationWords,
  evidenceWords,
  reminderWords,
  refusedReadWords,
  proposalWords,
  duplicateWords,
  subjectWords,
  odrMembershipWords,
  serviceStationWords,
  advanceSchemeWords,
  storeWords,
  commitmentWords,
];

const byType: ReadonlyMap<string, (data: object) => Words> = new Map(
  catalogues.flatMap((words) => Object.entries(words)) as [string, (data: object) => Words][],
);

/** An event in one sentence of each language. Throws for a type that nobody has said: a timeline must not leave anything out. */
export function wordsOf({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): Words {
  const say = byType.get(type);
  if (say === undefined) throw new Error(`${type} has no words`);
  return say(data);
}
