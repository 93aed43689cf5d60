import type { Decide } from '#kernel';
import { refuse } from '#kernel';
import { readClock, type Law } from '#law';
import { REPORT_CLOCKS } from './clocks.ts';
import type {
  DesignateReportAuthority,
  RaiseReportCompetenceDispute,
  ResolveReportCompetenceDispute,
} from './commands.ts';
import type { ReportEvent } from './events.ts';
import { handling, under, inDispute } from './refusals.ts';
import type { ReportState } from './report.ts';

// 管辖争议: two authorities about one report. Verification goes on meanwhile; no text stops its clock.

type Rule<Command> = Decide<Command, ReportState, ReportEvent, Record<string, never>, Law>;

export const raiseCompetenceDispute: Rule<RaiseReportCompetenceDispute> = handling(
  ({ otherAuthority }, { competence, authority }, { today }, law) => {
    const refusal = inDispute(competence);
    if (refusal !== undefined) return refusal;
    if (otherAuthority === authority) {
      return refuse('invalid', 'SAME_AUTHORITY', 'An authority has no dispute with itself.', 'otherAuthority');
    }
    const rule = REPORT_CLOCKS['competence-agreement'];
    const agreement = readClock({ clock: 'competence-agreement', rule, from: today }, law);
    const data = { otherAuthority, clocks: [agreement] };
    return [{ type: 'ReportCompetenceDisputeRaised', ...under(agreement), data }];
  },
);

export const resolveCompetenceDispute: Rule<ResolveReportCompetenceDispute> = handling(
  ({ outcome, competentAuthority, competentRegion }, { competence }, { today }, law) => {
    if (competence !== 'disputed') {
      return refuse('conflict', 'NO_COMPETENCE_DISPUTE', 'The authorities are not to agree on anything.');
    }
    if (outcome === 'sent-up') {
      if (competentAuthority !== undefined || competentRegion !== undefined) {
        const detail = 'What is sent up is decided above.';
        return refuse('invalid', 'AUTHORITY_NOT_APPLICABLE', detail, 'competentAuthority');
      }
      const rule = REPORT_CLOCKS['competence-designation'];
      const designation = readClock({ clock: 'competence-designation', rule, from: today }, law);
      const data = { outcome, authority: null, handlingRegion: null, clocks: [designation] };
      return [{ type: 'ReportCompetenceDisputeResolved', ...under(designation), data }];
    }
    if (competentAuthority === undefined || competentRegion === undefined) {
      const detail = 'They agree on an authority, which has a region.';
      const field = competentAuthority === undefined ? 'competentAuthority' : 'competentRegion';
      return refuse('invalid', 'AUTHORITY_REQUIRED', detail, field);
    }
    const data = { outcome, authority: competentAuthority, handlingRegion: competentRegion, clocks: [] };
    return [{ type: 'ReportCompetenceDisputeResolved', data }];
  },
);

export const designateAuthority: Rule<DesignateReportAuthority> = handling(
  ({ competentAuthority: authority, competentRegion: handlingRegion }, { competence }) => {
    if (competence !== 'sent-up') {
      return refuse('conflict', 'NOT_SENT_UP', 'The authority above was not asked to decide.');
    }
    return [{ type: 'ReportAuthorityDesignated', data: { authority, handlingRegion } }];
  },
);
