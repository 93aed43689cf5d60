import { refuse, type DecisionContext, type Refusal } from '#kernel';
import { regions } from '#regions';
import type { CorrectPublication, RedactPublication } from './commands.ts';
import type { Planned } from './publication.ts';
import type { ComplaintRead, PlanReads, ShowReads } from './reads.ts';
import type { Shown } from './terms.ts';

/** What everybody will see: the complaint and the register say most of it, a person the rest. */
export function shownOf(
  { problem, businessName }: RedactPublication | CorrectPublication,
  state: Planned,
  { reads, persons }: DecisionContext<ShowReads>,
): Shown | Refusal {
  const complaint = standing(state, reads);
  if ('refused' in complaint) return complaint;
  const { respondentUscc, respondentRegion, result, ground, authority, closedOn } = complaint;
  if (respondentUscc === null) {
    return refuse('conflict', 'RESPONDENT_NOT_IDENTIFIED', 'Nobody is shown of whom it is not known who it is.');
  }
  const registered = reads.subject?.name ?? null;
  if (registered !== null && businessName !== undefined && businessName !== registered) {
    return refuse('invalid', 'BUSINESS_NAME_NOT_AS_REGISTERED', 'The register has another name.', 'businessName');
  }
  const name = registered ?? businessName;
  if (name === undefined) {
    return refuse('invalid', 'BUSINESS_NAME_REQUIRED', 'The register does not know the respondent.', 'businessName');
  }
  const summary = persons['summary']?.personId ?? null;
  const addressRegion = districtOf(respondentRegion);
  const about = { businessName: name, respondentUscc, addressRegion, problem };
  return { ...about, result: result!, ground, authority, closedOn: closedOn!, summary };
}

/** The complaint as it was when it was planned: closed, in the same round, against the same respondent. */
export function standing(
  { round, respondentUscc, respondentRegion }: Planned,
  { complaint }: PlanReads,
): ComplaintRead | Refusal {
  if (complaint === undefined || complaint.closedOn === null || complaint.round !== round) {
    return refuse('conflict', 'COMPLAINT_REOPENED', 'The complaint was handled again since this was planned.');
  }
  if (complaint.respondentUscc !== respondentUscc || complaint.respondentRegion !== respondentRegion) {
    return refuse('conflict', 'RESPONDENT_CORRECTED', 'The respondent was corrected: plan the publication again.');
  }
  return complaint;
}

/** No nearer than the district (T-37): a township or a village is shown as the district around it. */
export function districtOf(region: string): string {
  const around = regions.ancestorsOf(region).find((code) => /^\d{6}$/.test(code));
  return around ?? region.slice(0, 6);
}

/** `浙江省绍兴市越城区`, as far as the table has names. */
export function addressOf(region: string): string | null {
  const around = regions.ancestorsOf(region).flatMap((code) => regions.find(code) ?? []);
  // A former code lies in the one that took it over, by whose name it goes now.
  const names = around.filter(({ succeededBy }) => succeededBy === undefined).map(({ zh }) => zh);
  return names.length === 0 ? null : names.reverse().join('');
}
