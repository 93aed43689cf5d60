import { randomUUID } from 'node:crypto';
import type { Role } from '#access';
import type { EventLog } from '#event-log';
import { localDateOf, type Clock, type Decide, type LocalDate } from '#kernel';
import type { Law } from '#law';
import { Command, commandRow, ProcessService, type ContextTable, type RefusedRead } from '#service';
import { refusedReadSchemas, type RecordedRefusedReadEvent, type RefusedReadEvent } from './events.ts';

/** Given by the recorder: so many more refusals of one key, day and view. */
export class RecordRefusedReads extends Command {
  keyId!: string;
  role!: Role;
  region!: string | null;
  day!: LocalDate;
  view!: string;
  code!: string;
  more!: number;
}

interface Refusals {
  readonly count: number;
}

/** Writes at 1, 10, 100 …: each step once, also when the count is begun again after a restart. */
export const recordRefusedReads: Decide<RecordRefusedReads, Refusals, RefusedReadEvent> = (
  { keyId, role, day, view, code, more },
  state,
) => {
  const count = state.count + more;
  if (stepOf(count) === stepOf(state.count)) return [];
  return [{ type: 'ProtectedReadRefused', data: { keyId, role, day, view, code, count } }];
};

/** Digits of the number; 0 of none. */
function stepOf(count: number): number {
  return count === 0 ? 0 : String(count).length;
}

/** 越权查阅记录: no route takes or shows it, the alerts do. */
export const refusedReadsTable: ContextTable<Refusals> = {
  collection: 'refused-reads',
  category: 'refusedRead',
  title: 'refused read',
  schemas: refusedReadSchemas,
  initial: { count: 0 },
  evolve: (_, event) => ({ count: (event as RecordedRefusedReadEvent).data.count }),
  scopeOf: () => ({ region: null, subject: null }),
  commands: [],
  processCommands: [
    commandRow<RecordRefusedReads, Refusals>({
      action: 'record',
      command: RecordRefusedReads,
      decide: recordRefusedReads,
      roles: [],
      summary: 'A read of what may tell of a reporter was refused',
      creates: true,
      scope: ({ region }) => ({ region, subject: null }),
    }),
  ],
  views: [],
};

interface Counted {
  count: number;
  /** What of it the log knows. */
  written: number;
}

export interface RefusedReadPorts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly law: () => Law;
  /** Where failures go: the reader is refused all the same. */
  readonly report: (error: unknown, what: string) => void;
}

/** Counts refused reads and has the log told of them; nobody's answer waits for it. */
export class RefusedReadRecorder {
  readonly #service: ProcessService;
  readonly #counted = new Map<string, Counted>();
  #day: LocalDate = '';
  #underWay: Promise<void> = Promise.resolve();

  constructor(private readonly ports: RefusedReadPorts) {
    this.#service = new ProcessService(ports, 'refused-reads');
  }

  readonly refused = ({ principal, view, code }: RefusedRead): void => {
    const now = this.ports.clock.now();
    const day = localDateOf(now);
    // What a key was refused yesterday is told of, or was too little to be told of again.
    if (day !== this.#day) this.#counted.clear();
    this.#day = day;
    const id = `${principal.keyId}:${day}:${view}`;
    const counted = this.#counted.get(id) ?? { count: 0, written: 0 };
    this.#counted.set(id, counted);
    counted.count++;
    if (!/^10*$/.test(String(counted.count))) return;
    const { count } = counted;
    const { keyId, role, scope } = principal;
    const tell = async (): Promise<void> => {
      const more = count - counted.written;
      const answer = await this.#service.give({
        table: refusedReadsTable,
        row: refusedReadsTable.processCommands![0]!,
        command: { keyId, role, region: scope.region, day, view, code, more },
        id,
        commandId: randomUUID(),
        causationId: null,
        occurredAt: now,
      });
      if (answer.decided !== 'appended') return;
      await answer.result;
      counted.written = count;
    };
    this.#underWay = this.#underWay
      .then(tell)
      .catch((error: unknown) => this.ports.report(error, 'a refused read was not written down'));
  };

  /** Settles when all that was refused until now is written. */
  async settle(): Promise<void> {
    await this.#underWay;
  }
}
