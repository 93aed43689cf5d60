import { type EventReader, openEmbeddedReader } from '#event-log';
import { systemClock } from '#kernel';
import { openEmbeddedReadModels } from '../embedded/index.ts';
import { createRunner } from '../runner.ts';
import { cases } from './cases.ts';
import { schemas } from './stored-log.ts';

/** A process that projects a log until it is killed, telling every checkpoint on its standard output. */
const folder = process.argv[2]!;
const projections = [cases];
const reader = openEmbeddedReader({ folder, schemas });

/** Small batches, so that there are many commits to be killed in. */
const follow: EventReader['follow'] = async function* (...args) {
  for await (const { events, upTo } of reader.follow(...args)) {
    for (let i = 40; i < events.length; i += 40)
      yield { events: events.slice(i - 40, i), upTo: events[i - 1]!.position };
    const rest = events.length % 40 || 40;
    yield { events: events.slice(-rest), upTo };
  }
};

const runner = createRunner({
  reader: {
    follow,
    head: () => reader.head(),
    readAll: (...args) => reader.readAll(...args),
    readStream: (...args) => reader.readStream(...args),
    outcomeOf: (...args) => reader.outcomeOf(...args),
    positionAt: (...args) => reader.positionAt(...args),
  },
  store: openEmbeddedReadModels({ folder, projections }),
  projections,
  clock: systemClock,
  bulk: 1,
  onStatus: ({ checkpoint, state, reason }) => process.stdout.write(`${checkpoint} ${state} ${reason ?? ''}\n`),
});
await runner.start();
for (const { checkpoint, state } of await runner.status()) process.stdout.write(`${checkpoint} ${state}\n`);
