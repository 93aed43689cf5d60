import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '#kernel';
import { Figures } from '#metrics/server';
import { checkpointOf } from '../projection-host.ts';
import type { System } from '../system.ts';

const POLL_MS = 10;

/** The metrics engine of the embedded system, wherever it runs. */
export class SystemFigures extends Figures {
  constructor(private readonly system: System) {
    super();
  }

  call(method: string, args: readonly unknown[]): Promise<unknown> {
    return this.system.host.call('metrics', method, args);
  }

  async reached(position: number, timeoutMs: number): Promise<boolean> {
    for (let waited = 0; ; waited += POLL_MS) {
      if (checkpointOf(await this.system.host.status(), 'metrics') >= position) return true;
      if (waited >= timeoutMs) return false;
      await delay(POLL_MS);
    }
  }

  now(): Instant {
    return this.system.clock.now();
  }
}
