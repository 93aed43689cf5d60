import type { AppendResult, EventLog } from '#event-log';
import {
  derivedId,
  Failure,
  isRefusal,
  localDateOf,
  PROCESS_ROLE,
  type Clock,
  type DecisionContext,
  type Instant,
  type Refusal,
} from '#kernel';
import type { Law } from '#law';
import { canonicalDigest, readOthers } from './command-input.ts';
import { authorityOf } from './command-service.ts';
import type { AnyCommandRow, AnyContextTable } from './context.ts';

/** What a process (process manager) answers an event or a moment with. */
export interface ProcessCommand {
  readonly table: AnyContextTable;
  readonly row: AnyCommandRow;
  readonly command: object;
  /** Of the object; an object that does not exist yet begins with it. */
  readonly id: string;
  /** Derived from what is answered, so that the same answer is given once however often it is thought of. */
  readonly commandId: string;
  /** Event that is answered, where there is one. */
  readonly causationId: string | null;
  /** When it happened: the moment that was due, not the one at which it was noticed. */
  readonly occurredAt: Instant;
}

/** `none`: the rule had nothing to say any more. The append may still be under way: awaiting it is awaiting the disk. */
export type ProcessAnswer =
  | { readonly decided: 'none' }
  | { readonly decided: 'refused'; readonly refusal: Refusal }
  | { readonly decided: 'appended'; readonly result: Promise<AppendResult> };

export interface ProcessPorts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly law: () => Law;
}

/**
 * The write half of the one path for processes: load, decide, append. Appends are handed to the log in the order in which
 * the commands were given, so that whoever awaits each {@link give} keeps his order without waiting for the disk.
 */
export class ProcessService {
  /** Appends under way, by stream: the next command of a stream is decided by what they leave. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly ports: ProcessPorts,
    /** Name of the process, as the actor of its events. */
    private readonly name: string,
  ) {}

  /** Throws `NOT_FOR_PROCESSES`: what only a person decides no process gives, whatever its rule would say. */
  async give({ table, row, command, id, commandId, causationId, occurredAt }: ProcessCommand): Promise<ProcessAnswer> {
    if (table.processCommands?.includes(row) !== true) {
      throw new Failure('NOT_FOR_PROCESSES', `${table.category}/${row.action} is for a person to give`);
    }
    const { log, clock, law } = this.ports;
    const stream = `${table.category}-${id}`;
    await this.underWay.get(stream);
    const history = await log.readStream(stream);
    let state: unknown = table.initial;
    for (const event of history) state = table.evolve(state, event);
    const { reads } = await readOthers(log, row, command, state);
    const scope = history.length > 0 ? table.scopeOf(state) : (row.scope?.(command, reads) ?? UNBOUND);
    const payloadDigest = canonicalDigest(table, row, command, id);
    const actor = { id: this.name, role: PROCESS_ROLE };
    const context: DecisionContext<unknown> = {
      now: clock.now(),
      occurredAt,
      today: localDateOf(occurredAt),
      actor,
      bounds: UNBOUND,
      id,
      version: history.length,
      payloadDigest,
      persons: {},
      reads,
    };
    const decision = row.decide(command, state, context, law());
    const refusal = isRefusal(decision) ? decision : undefined;
    const events = isRefusal(decision) ? (decision.records ?? []) : decision;
    if (events.length === 0) return refusal === undefined ? { decided: 'none' } : { decided: 'refused', refusal };
    const result = log.append(stream, history.length, events, {
      commandId: refusal === undefined ? commandId : derivedId('refused', commandId),
      payloadDigest,
      actor,
      occurredAt,
      authority: row.authority?.(command, reads) ?? authorityOf(command, history),
      region: scope.region,
      correlationId: row.correlation?.(command, state, id, reads) ?? table.correlationOf?.(state) ?? null,
      causationId,
    });
    this.follow(stream, result);
    if (refusal === undefined) return { decided: 'appended', result };
    await result;
    return { decided: 'refused', refusal };
  }

  private follow(stream: string, result: Promise<AppendResult>): void {
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.set(stream, settled);
    void settled.then(() => {
      if (this.underWay.get(stream) === settled) this.underWay.delete(stream);
    });
  }
}

const UNBOUND = { region: null, subject: null } as const;
