import { epochDay, idOf } from '#kernel';
import type { EpochDay } from '#kernel';
import type { RecordedSubjectEvent } from '#registry/events';
import type { FactKind } from './fact-kind.ts';
import { PARKED } from './fact-kind.ts';

/** What verdicts ask of a subject (市场主体), as it was registered. */
export interface SubjectFact {
  readonly [field: string]: string | number | null;
  readonly subject: string | null;
  readonly region: string | null;
  readonly sector: string | null;
  readonly state: 'REGISTERED' | typeof PARKED;
  /** Day it began to operate (开始经营); null = not on file. */
  readonly operatingSince: EpochDay | null;
}

export const subjectFacts: FactKind<SubjectFact> = {
  name: 'subject',
  version: 1,
  types: ['SubjectRegistered'],
  fields: {
    subject: { as: 'text' },
    region: { as: 'text' },
    sector: { as: 'text' },
    state: { as: 'code', values: ['REGISTERED', PARKED] },
    operatingSince: { as: 'day' },
  },
  counted: ['state'],
  attributions: [],
  keyOf: (event) => idOf(event.stream),
  evolve: (_, event) => {
    const { uscc, region, sector, operatingSince } = (event as RecordedSubjectEvent & { type: 'SubjectRegistered' })
      .data;
    return {
      subject: uscc,
      region,
      sector,
      state: 'REGISTERED',
      operatingSince: operatingSince === null ? null : epochDay(operatingSince),
    };
  },
  park: (state) => ({ subject: null, region: null, sector: null, operatingSince: null, ...state, state: PARKED }),
};
