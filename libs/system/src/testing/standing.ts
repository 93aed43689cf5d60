/** The state of any object, as far as it decides what may be done. */
type State = Readonly<Record<string, unknown>> & { readonly status?: string };
/** What beside the status decides that; in the order in which it is told. */
type Facet = (state: State) => string | false | null | undefined;

interface Part {
  readonly open?: readonly unknown[];
}
const standsStill: Facet = ({ standstills }) => ((standstills as Part).open ?? []).length > 0 && 'standing still';
const of = <Value>(value: unknown): Value => value as Value;

const FACETS: Readonly<Record<string, readonly Facet[]>> = {
  workOrder: [
    ({ classification, status }) => status === 'received' && of<string | null>(classification),
    ({ disputeId }) => disputeId !== null && 'linked',
    ({ extension }) => extension !== null && extension !== undefined && 'extension asked for',
  ],
  dispute: [
    ({ firstInquiry }) => {
      const offers = of<{ handOffs: readonly { status: string }[] } | null>(firstInquiry)?.handOffs;
      if (offers === undefined) return false;
      return offers.some(({ status }) => status === 'open') ? 'hand-off offered' : 'taken up';
    },
    ({ joint }) => {
      const { complainants, representatives } = of<{ complainants: number; representatives: readonly number[] }>(joint);
      return complainants > 1 && (representatives.length > 0 ? 'represented' : 'joint');
    },
  ],
  negotiation: [
    ({ noticed }) => noticed === true && 'told',
    ({ offers, status }) => status === 'open' && of<readonly { by: string }[]>(offers).at(-1) && 'offered',
    ({ goodsReturn }) => goodsReturn !== null && `return ${of<{ status: string }>(goodsReturn).status}`,
    ({ advances }) => Object.keys(of<object>(advances)).length > 0 && 'advanced',
  ],
  referral: [
    ({ appraisals }) => of<{ open: string | null } | undefined>(appraisals)?.open != null && 'appraisal',
    ({ sham, status }) => status === 'in-mediation' && of<string | null>(sham) !== null && `sham ${of<string>(sham)}`,
    ({ ranOut, status }) => ranOut === true && status === 'in-mediation' && 'ran out',
  ],
  confirmation: [
    ({ signature, status }) => status === 'eligible' && signature !== null && 'signed by one',
    ({ openChallenge }) => openChallenge != null && 'challenged',
    ({ isEnforced }) => isEnforced === true && 'enforced',
    ({ isPerformed }) => isPerformed === true && 'performed',
  ],
  report: [
    ({ competence }) => competence !== null && `competence ${of<string>(competence)}`,
    standsStill,
    ({ isReporterTold }) => isReporterTold === true && 'told',
  ],
  case: [
    (state) => state.status !== 'suspended' && standsStill(state),
    ({ isAssistanceOpen }) => isAssistanceOpen === true && 'assistance asked for',
    ({ isSuspectedCriminal }) => isSuspectedCriminal === true && 'crime suspected',
    ({ notice, status }) =>
      status === 'notified' &&
      of<{ hearing: string | null }>(notice).hearing &&
      `hearing ${of<{ hearing: string }>(notice).hearing}`,
    ({ notice, status }) => status === 'notified' && of<{ isWaived: boolean }>(notice).isWaived && 'waived',
    ({ decision }) => decision !== null && of<{ isPublished: boolean }>(decision).isPublished && 'published',
    ({ decision }) => decision !== null && of<{ isServed: boolean }>(decision).isServed && 'served',
    ({ decision }) => decision !== null && of<{ revision: string | null }>(decision).revision,
    ({ decision, status }) =>
      status === 'executed' && of<{ hasClosingForm: boolean }>(decision).hasClosingForm && 'form submitted',
  ],
  subject: [({ greenChannel }) => greenChannel !== 'none' && `green channel ${of<string>(greenChannel)}`],
};

/** In which state an object is, in words: its status, and what else decides what may be done with it. */
export function standing(category: string, state: unknown): string {
  const known = state as State;
  const { status } = known;
  if (category === 'workCalendar') return of<readonly unknown[]>(known.notices).length === 0 ? 'as shipped' : 'amended';
  if (category === 'duplicate') return Object.values(of<object>(known.of))[0] ?? 'none';
  if (status === undefined || status === 'none' || status === 'empty') return 'none';
  const facets = (FACETS[category] ?? []).map((facet) => facet(known)).filter((word) => typeof word === 'string');
  const direction = category === 'referral' ? (known.direction === 'TO_COURT' ? 'to court: ' : 'from court: ') : '';
  return `${direction}${[status, ...facets].join(', ')}`;
}
