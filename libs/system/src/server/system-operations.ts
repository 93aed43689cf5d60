import type { Page, ParkedEvent, ProjectionStatus, RebuildReport, ReplayReport } from '#read-models';
import { Failure } from '#kernel';
import { Operations, type Readiness } from '#service/server';
import { projections } from '../contexts.ts';
import type { System } from '../system.ts';

/** What operators see and do, on the embedded system. */
export class SystemOperations extends Operations {
  #draining = false;

  constructor(private readonly system: System) {
    super();
  }

  /** From now on the service tells load balancers that it is going away. */
  drain(): void {
    this.#draining = true;
  }

  async readiness(): Promise<Readiness> {
    const parts: Record<string, string> = { service: this.#draining ? 'draining' : 'ok' };
    const { log, vault } = this.system;
    await this.#probe(parts, 'log', async () => {
      await log.head();
      await log.checkWritable();
    });
    await this.#probe(parts, 'vault', async () => {
      await vault.read([]);
      await vault.checkWritable();
    });
    await this.#probe(parts, 'projections', async () => {
      const stopped = (await this.system.host.status()).filter((status) => status.state === 'stopped');
      // Why stands in the log and in `/v1/projections`.
      if (stopped.length > 0) throw new Error(`stopped: ${stopped.map(({ name }) => name).join(', ')}`);
    });
    return { ready: Object.values(parts).every((state) => state === 'ok'), parts };
  }

  head(): Promise<number> {
    return this.system.log.head();
  }

  projections(): Promise<readonly ProjectionStatus[]> {
    return this.system.host.status();
  }

  parked(projection: string | undefined, cursor: string | undefined, limit: number): Promise<Page<ParkedEvent>> {
    // What keeps no documents keeps its dead letters itself.
    const isFollower = projection !== undefined && !projections.some(({ name }) => name === projection);
    return isFollower
      ? this.system.host.parked(projection, cursor, limit)
      : this.system.readModels.parked(projection, cursor, limit);
  }

  replayParked(projection: string, key: string): Promise<ReplayReport> {
    return this.system.host.replayParked(projection, key);
  }

  rebuild(projection: string): Promise<RebuildReport> {
    return this.system.host.rebuild(projection, { compare: true });
  }

  async #probe(parts: Record<string, string>, name: string, probe: () => Promise<unknown>): Promise<void> {
    try {
      await probe();
      parts[name] = 'ok';
    } catch (error) {
      // Anybody may ask: a failure's message names files.
      if (error instanceof Failure) parts[name] = error.code;
      else parts[name] = error instanceof Error ? error.message : String(error);
    }
  }
}
