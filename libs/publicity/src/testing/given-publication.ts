import type { DecisionContext, GivenEvent, LocalDate } from '#kernel';
import { given, givenBy as as, givenOn as onDay, usccOf } from '#kernel';
import { configure, readClock, regulations, shippedLaw, type ClockReading, type Law } from '#law';
import { PUBLICATION_CLOCKS, type PublicationClock } from '../clocks.ts';
import type { PublicationEvents, RecordedPublicationEvent } from '../events.ts';
import { evolve, initial } from '../publication.ts';
import type { ComplaintRead, ShowReads } from '../reads.ts';
import type { Shown } from '../terms.ts';

/** Histories with which specs of publications begin. */
export type Given = GivenEvent<RecordedPublicationEvent>;

export const publication = { initial, evolve };
export const shipped = shippedLaw();

const version = (days: number) =>
  `{ regulation: none, article: '-', from: null, to: null, period: { workingDays: ${days} }, source: the office's decision }`;
/** An office that has decided: published within twenty working days, and shown for ten. The numbers are made up. */
export const law: Law = {
  ...shipped,
  rules: configure(
    shipped.rules,
    `rules: [{ id: L-36, versions: [${version(20)}] }, { id: L-36.term, versions: [${version(10)}] }]`,
    'rules.yaml',
    regulations,
  ),
};

export const givenPublication = (events: readonly Given[] = [], by: Law = law) => given(publication, events, by);

export { as, onDay };
const person = (personId: string) => ({ personId, tokens: {} });
/** Words that went into the vault before the decision. */
export const saying = (...names: ('note' | 'reason' | 'summary')[]): Pick<DecisionContext, 'persons'> => ({
  persons: Object.fromEntries(names.map((name) => [name, person(`${name}-1`)])),
});

export const reading = (clock: PublicationClock, from: LocalDate, by: Law = law): ClockReading =>
  readClock({ clock, rule: PUBLICATION_CLOCKS[clock], from }, by);

export const COMPLAINT = '01JN0000000000000000000000';
export const DISPUTE = '01JN0000000000000000000001';
export const USCC = usccOf('91330600', '12345678');
export const OTHER_USCC = usccOf('91330600', '87654321');
export const AUTHORITY = 'Yuecheng Market Supervision Office';

/** Closed on 2026-03-02, a Monday. */
export const complaint: ComplaintRead = {
  disputeId: DISPUTE,
  authority: AUTHORITY,
  handlingRegion: '330602',
  respondentUscc: USCC,
  respondentRegion: '330602001',
  round: 1,
  result: 'mediated',
  ground: null,
  closedOn: '2026-03-02',
};
export const reads: ShowReads = { complaint, subject: { name: '绍兴测试商贸有限公司' } };

export const shown: Shown = {
  businessName: '绍兴测试商贸有限公司',
  respondentUscc: USCC,
  addressRegion: '330602',
  problem: 'quality',
  result: 'mediated',
  ground: null,
  authority: AUTHORITY,
  closedOn: '2026-03-02',
  summary: null,
};

/** One event of a type on a day. */
export function event<Type extends keyof PublicationEvents>(
  type: Type,
  day: LocalDate,
  data: PublicationEvents[Type],
): Given {
  return { type, occurredAt: onDay(day).occurredAt, data } as unknown as Given;
}

export const planned = (more: Partial<PublicationEvents['ComplaintPublicationPlanned']> = {}): Given =>
  event('ComplaintPublicationPlanned', '2026-03-03', {
    complaintId: COMPLAINT,
    disputeId: DISPUTE,
    round: 1,
    authority: AUTHORITY,
    handlingRegion: '330602',
    respondentUscc: USCC,
    respondentRegion: '330602001',
    result: 'mediated',
    ground: null,
    closedOn: '2026-03-02',
    clocks: [reading('publication', '2026-03-02')],
    ...more,
  });
export const consent = (said: 'agreed' | 'refused' | 'not-asked' = 'agreed'): Given =>
  event('PublicationConsentChecked', '2026-03-04', { consent: said, evidence: said === 'not-asked' ? [] : ['form-1'] });
export const excluded = event('ComplaintPublicationExcluded', '2026-03-05', {
  reason: 'trade-secret',
  note: null,
  evidence: [],
});
export const redacted = (more: Partial<Shown> = {}): Given =>
  event('PublicationRedacted', '2026-03-05', { shown: { ...shown, ...more } });
/** Shown from 2026-03-06, a Friday, until 2026-03-20. */
export const published = (more: Partial<Shown> = {}): Given =>
  event('ComplaintPublished', '2026-03-06', {
    shown: { ...shown, ...more },
    clocks: [reading('publication-term', '2026-03-06')],
  });
export const objected = event('PublicationObjectionRaised', '2026-03-09', {
  objection: 1,
  by: 'respondent',
  reason: 'reason-1',
  evidence: ['letter-1'],
});
export const rejected = event('PublicationObjectionRejected', '2026-03-10', {
  objection: 1,
  reason: 'reason-1',
  evidence: [],
});
export const withdrawn = event('PublicationWithdrawn', '2026-03-11', {
  cause: 'published-in-error',
  objection: null,
  note: null,
  evidence: [],
});
export const expired = event('PublicationExpired', '2026-03-21', { dueOn: '2026-03-20' });

/** Every state a publication can be in, by the events that lead there. */
const UP = [planned(), consent(), redacted(), published()];
export const STATES = {
  none: [],
  planned: [planned()],
  agreed: [planned(), consent()],
  refused: [planned(), consent('refused')],
  'not asked': [planned(), consent('not-asked')],
  excluded: [planned(), consent(), excluded],
  redacted: [planned(), consent(), redacted()],
  published: UP,
  objected: [...UP, objected],
  'objection rejected': [...UP, objected, rejected],
  withdrawn: [...UP, withdrawn],
  expired: [...UP, expired],
} satisfies Record<string, readonly Given[]>;
export type StateName = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as StateName[];
