import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { eventSchemas } from '#system';
import { simulatedEvents } from './simulated-events.ts';
import { allPieces } from './stories/pieces.ts';

/** Event types that no story tells of, each with its reason. */
const NOT_OF_THE_CITY: readonly (readonly [types: RegExp, because: string])[] = [
  [
    /^\w+DeadlineAmended$|^WorkCalendarPublished$|^OpenDeadlinesRecomputed$/,
    'the city lives by the calendars as shipped',
  ],
  [/^DeadlineReminderIssued$/, 'a process of the service reminds, by the day on which it runs'],
  [
    /^Proposal(Made|Taken|Withdrawn|Dismissed)$/,
    'a process of the service proposes, and proposals follow from its log alone',
  ],
  [/^DisputeDuplicate(Suspected|Dismissed)$/, 'a process of the service compares, by the secret of its vault'],
  [/^AccessKey(Issued|Rotated|Revoked)$|^ProtectedReadRefused$/, 'of keys and of who asked for what, not of disputes'],
  [
    /^PublicationExpired$|^PublicationLateEntryVerified$/,
    'no rule that ships says how long it is shown, or when it must be',
  ],
];

/** Codes that do not occur, each with its reason: what procedures end with and decide on is all there but for these. */
const NOT_TOLD: Readonly<Record<string, string>> = {
  'AppraisalStarted.kind=inspection': 'of complaints accepted before July 2024',
  'AppraisalStarted.kind=verification': 'of complaints accepted before July 2024',
  'CompetenceDetermined.basis=agreement': 'no command says so: a dispute about competence ends with events of its own',
  'CompetenceDetermined.basis=designation':
    'no command says so: a dispute about competence ends with events of its own',
  'ConfirmationApplicationSigned.courtBasis=inviting-court': 'what a court had mediated both apply for at once',
  'ConfirmationApplicationSigned.courtBasis=party-domicile':
    'signed one after the other for the place of the body only',
  'ConfirmationApplicationSigned.courtBasis=subject-matter-place':
    'signed one after the other for the place of the body only',
  'ConfirmationWindowOpened.matter=identity': 'never confirmed (S8 4(2))',
  'ConfirmationWindowOpened.matter=adoption': 'never confirmed (S8 4(2))',
  'ConfirmationWindowOpened.matter=marriage': 'never confirmed (S8 4(2))',
  'SettlementConfirmed.basis=silence': 'no rule that ships has silence confirm',
  'VerificationSuspended.goesOn=true': 'no testing of the city lasts over new facts that are taken in late',
  'WorkOrderReopened.status=received': 'what the hotline answered itself is not opened again here',
  'WorkOrderReopened.status=classified': 'what the hotline answered itself is not opened again here',
};

/** Registries say why somebody leaves them, late entries why they came late, a conflict what was pushed: no outcome of a procedure. */
const NO_OUTCOME =
  /^(Subject|GreenChannel|Odr|ServiceStation|AdvanceScheme|Store|Commitment|MediationBody|Mediator(?!Recusal))|LateEntryVerified$|^WorkOrderPayloadConflictDetected$/;

/** Codes of each field that holds one of a list, or several, from the events as they are documented. */
function codesOf(): Map<string, Set<string>> {
  const shapes = JSON.parse(readFileSync('docs/reference/event-shapes.json', 'utf8')) as Record<
    string,
    { readonly data: Readonly<Record<string, unknown>> }
  >;
  const codes = new Map<string, Set<string>>();
  for (const [type, { data }] of Object.entries(shapes)) {
    for (const [field, shape] of Object.entries(data)) {
      if (typeof shape !== 'string' || NO_OUTCOME.test(type)) continue;
      const isCode = /^(list of )?(`[^`]*`(, | or )?)+( ?or null)?( \(optional\))?$/.test(shape);
      if (isCode)
        codes.set(
          `${type}.${field.replace('?', '')}`,
          new Set([...shape.matchAll(/`([^`]*)`/g)].map(([, code]) => code!)),
        );
    }
  }
  return codes;
}

function toldBy(options: { seed: number; disputes: number }) {
  const types = new Set<string>();
  const missing = codesOf();
  for (const { events } of simulatedEvents(options)) {
    for (const { type, data } of events) {
      types.add(type);
      for (const [field, value] of Object.entries(data)) {
        const codes = missing.get(`${type}.${field}`);
        for (const code of [value].flat()) codes?.delete(String(code));
      }
    }
  }
  const codes = [...missing].flatMap(([field, left]) =>
    types.has(field.split('.')[0]!) ? [...left].map((code) => `${field}=${code}`) : [],
  );
  return { types, codes };
}

const all = eventSchemas.flatMap((schemas) => Object.keys(schemas));
const expected = all.filter((type) => !NOT_OF_THE_CITY.some(([types]) => types.test(type)));

describe('every procedure and outcome', () => {
  it.each([1, 2, 3])('happens already in a city of 1000 disputes (seed %i)', (seed) => {
    const { types } = toldBy({ seed, disputes: 1000 });
    expect(expected.filter((type) => !types.has(type))).toEqual([]);
    expect([...types].filter((type) => !expected.includes(type))).toEqual([]);
  });

  describe('in one of some thousands', () => {
    let told: ReturnType<typeof toldBy>;
    beforeAll(() => {
      told = toldBy({ seed: 4, disputes: 4000 });
    });

    it('has every code that a procedure decides or ends with', () => {
      expect(
        told.codes
          .filter((code) => !/imported|\.status=/.test(code) || code in NOT_TOLD)
          .filter((code) => NOT_TOLD[code] === undefined),
      ).toEqual([]);
    });
    it('leaves out no more than is said, and nothing that it tells of', () => {
      expect(Object.keys(NOT_TOLD).filter((code) => !told.codes.includes(code))).toEqual([]);
    });
  });

  it('has its pieces under names of their own', () => {
    const names = allPieces.map(({ way, name }) => `${way}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
