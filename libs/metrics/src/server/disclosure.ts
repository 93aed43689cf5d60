import { mayRead, type Principal, type Role } from '#access';
import { ProblemError } from '#service';
import type { FormulaBook } from '../formula-book.ts';
import type { FigureQuery, GroupedQuery } from '../query.ts';

/** Who may ask what of the facts of one kind. Administrators may ask everything. */
interface Disclosure {
  /** Figures of a region, or of everything there is. */
  readonly figures: readonly Role[];
  /** Figures of one subject, or subject by subject. */
  readonly subjects: readonly Role[];
  /** The single objects behind a figure: the roles of the kind's own view and no others. */
  readonly objects: readonly Role[];
}

const HANDLERS = ['hotline', 'officer', 'mediator', 'enforcement', 'auditor'] as const satisfies readonly Role[];
/** Who sees every ticket: whoever only mediates learns of none that is a report, nor how many there are against a unit. */
const TICKET_HANDLERS = ['hotline', 'officer', 'enforcement', 'auditor'] as const satisfies readonly Role[];
/** Who verifies reports and decides on cases, or audits it; who only mediates or takes calls need not know of them. */
const REPORT_HANDLERS = ['officer', 'enforcement', 'auditor'] as const satisfies readonly Role[];

/**
 * By fact kind, the least that each role's task needs (T-37). A work order may be a report (举报), and nobody may learn from
 * the figures of a subject that it was reported (S1 Art. 37): only those who handle work orders ask by subject, and
 * merchants ask nothing at all. Of reports themselves even fewer ask by subject. How soon an authority handles complaints is
 * about the authority, and a subject need not know yet of one that is still to be decided on. What was negotiated and settled
 * with a subject it knows itself, so it may ask for its own rates. A programme office judges by figures; the procedures behind
 * them it reads in the views of complaints and negotiations.
 */
const DISCLOSURE: Readonly<Record<string, Disclosure>> = {
  workOrder: {
    figures: [...HANDLERS, 'court', 'programme-office', 'public'],
    subjects: TICKET_HANDLERS,
    objects: TICKET_HANDLERS,
  },
  complaint: {
    figures: [...HANDLERS, 'court', 'programme-office', 'public'],
    subjects: HANDLERS,
    objects: HANDLERS,
  },
  report: {
    figures: [...HANDLERS, 'court', 'programme-office', 'public'],
    subjects: REPORT_HANDLERS,
    objects: REPORT_HANDLERS,
  },
  negotiation: {
    figures: [...HANDLERS, 'merchant', 'court', 'programme-office', 'public'],
    subjects: [...HANDLERS, 'merchant', 'court', 'programme-office'],
    objects: HANDLERS,
  },
  dispute: {
    figures: [...HANDLERS, 'merchant', 'court', 'programme-office', 'public'],
    subjects: [...HANDLERS, 'merchant', 'court', 'programme-office'],
    objects: HANDLERS,
  },
};

/**
 * Throws `ROLE_NOT_ALLOWED` when the role may not ask this. A kind that the table does not name answers administrators
 * only; a metric that does not exist is for the engine to refuse.
 */
export function authoriseQuestion(
  { role }: Principal,
  query: Pick<FigureQuery, 'metric' | 'subject'> & { readonly groupBy?: GroupedQuery['groupBy'] | undefined },
  asks: 'figures' | 'objects',
  formulas: FormulaBook,
): void {
  if (role === 'administrator') return;
  const isOfSubjects = query.subject !== undefined || query.groupBy === 'subject';
  for (const { unit } of formulas.versionsOf(query.metric) ?? []) {
    const allowed = DISCLOSURE[unit];
    const roles = asks === 'objects' ? allowed?.objects : isOfSubjects ? allowed?.subjects : allowed?.figures;
    if (roles === undefined || !mayRead(role, roles)) {
      const what = asks === 'objects' ? 'single objects' : isOfSubjects ? 'figures of single subjects' : 'figures';
      throw new ProblemError(403, 'ROLE_NOT_ALLOWED', `a key of role ${role} may not read ${what} of this metric`);
    }
  }
}
