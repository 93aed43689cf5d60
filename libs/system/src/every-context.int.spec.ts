import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnyContextTable } from '#service';
import { domainTables } from './contexts.ts';
import { Chance } from './testing/chance.ts';
import { openings } from './testing/openings/index.ts';
import { Teller } from './testing/teller.ts';
import { Reached, tableOf, Walk } from './testing/walk.ts';

/** One step of a walk: how much later it is, and what chance makes of it. */
interface Step {
  readonly hours: number;
  readonly seed: number;
}

/** Walked before chance has its way, so that there is something of everything to speak of. */
const GROUND = [
  'subject',
  'dispute',
  'mediationBody',
  'mediator',
  'serviceStation',
  'store',
  'complaint',
  'report',
  'case',
];
const WALKS = 2;
const LENGTH = 110;

const hours = fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 1, 5, 24, 24, 120);
const step = fc.record({ hours, seed: fc.nat(2 ** 31 - 1) });
const steps = fc.array(step, { minLength: LENGTH, maxLength: LENGTH });
const reached = new Reached();

async function walked(opening: string, seed: number, drawn: readonly Step[]): Promise<void> {
  const walk = new Walk(reached);
  try {
    openings[opening]!(new Teller(walk));
    await walk.ask();
    const chance = new Chance(seed);
    walk.refusals(chance);
    for (const category of GROUND) {
      for (let draw = 0; draw < 150 && walk.world.idsOf(category).length < 2; draw++) {
        walk.drawn(tableOf.get(category)!, undefined, chance);
      }
    }
    for (const [index, { hours: later, seed: own }] of drawn.entries()) {
      walk.step(later, new Chance(own));
      if (index === LENGTH / 2) await walk.ask();
    }
    await walk.end();
  } catch (error) {
    const told = walk.told.slice(-25).join('\n');
    throw new Error(`${error instanceof Error ? error.stack : String(error)}\nafter\n${told}`, { cause: error });
  }
}

describe('whatever is done in whatever order, every context keeps what it promises', () => {
  it.each(Object.keys(openings))('%s', async (opening) => {
    const walks = fc.asyncProperty(fc.nat(), steps, (seed, drawn) => walked(opening, seed, drawn));
    await fc.assert(walks, { seed: 20_260_302, numRuns: WALKS, endOnFailure: true });
  });
});

/** Its days are days and its hours hours (S11): no calendar moves a clock of a criminal referral. */
const NEVER_TAKEN = ['crimref/amend-deadline'];
/** A dispute is opened as it is told: it has an id of its own, and no state that the command could not fit. */
const NEVER_REFUSED = ['dispute/open'];

/**
 * What is written down as it comes from another system or a register, and takes no decision on anybody's claim: intake and the way
 * of a ticket, what was notified, tested or delivered, and who is on file. No key has the role of a process, and processes are given
 * no route: this is what the rules themselves leave to them.
 */
const WRITTEN_DOWN =
  /^(?:workOrder\/(?:register|classify|dispatch|request-extension|return|reply|close|link-complaint|link-report)|dispute\/(?:open|identify-respondent)|complaint\/(?:receive|notify-acceptance-decision|notify-termination|start-appraisal|complete-appraisal)|report\/receive|negotiation\/(?:open|receive-goods|refund-return)|publication\/plan|workCalendar\/publish|proposal\/dismiss|(?:subject|odrMembership|serviceStation|advanceScheme|store|commitment)\/.*)$/;

const namesOf = ({ category, commands, processCommands = [] }: AnyContextTable, ofProcesses = true): string[] =>
  (ofProcesses ? [...commands, ...processCommands] : commands).map(({ action }) => `${category}/${action}`);

describe('on these walks', () => {
  it('every command of every table was taken', () => {
    const never = domainTables.flatMap((table) => namesOf(table)).filter((name) => !reached.taken.has(name));
    expect(never).toEqual(NEVER_TAKEN);
  });
  it('every command that a person gives was refused', () => {
    const refused = new Set([...reached.refused].map((said) => said.split(' ')[0]!));
    const never = domainTables.flatMap((table) => namesOf(table, false)).filter((name) => !refused.has(name));
    expect(never).toEqual(NEVER_REFUSED);
  });
  it('nothing that is for a person to decide was left to a process', () => {
    expect([...reached.byProcess].filter((name) => !WRITTEN_DOWN.test(name))).toEqual([]);
  });
});
