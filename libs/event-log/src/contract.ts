import { describe } from '@jest/globals';
import { appendContract } from './contract/appending.ts';
import { crashContract } from './contract/crashing.ts';
import type { EventLogFixture } from './contract/fixture.ts';
import { followContract } from './contract/following.ts';
import { modelContract } from './contract/model.ts';
import { readContract } from './contract/reading.ts';
import { rememberContract } from './contract/remembering.ts';
import { schemaContract } from './contract/schemas.ts';

export type { EventLogFixture } from './contract/fixture.ts';

/** Holds an engine to what the port promises. Each test gets a new, empty log from the fixture. */
export function eventLogContract(name: string, fixture: () => Promise<EventLogFixture>): void {
  describe(`${name} keeps the event log's contract`, () => {
    appendContract(fixture);
    rememberContract(fixture);
    readContract(fixture);
    followContract(fixture);
    schemaContract(fixture);
    modelContract(fixture);
    crashContract(fixture);
  });
}
