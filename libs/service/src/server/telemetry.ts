import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of one service. */
export class Telemetry {
  readonly registry = new Registry();
  readonly #requests = new Histogram({
    name: 'fangxin_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });
  readonly #head = new Gauge({
    name: 'fangxin_log_position',
    help: 'Position of the last event',
    registers: [this.registry],
  });
  readonly #lag = new Gauge({
    name: 'fangxin_projection_lag_events',
    help: 'Events a projection is behind the log',
    labelNames: ['projection'],
    registers: [this.registry],
  });
  readonly #parked = new Gauge({
    name: 'fangxin_projection_parked_events',
    help: 'Events in the dead-letter list of a projection',
    labelNames: ['projection'],
    registers: [this.registry],
  });
  readonly #refusals = new Counter({
    name: 'fangxin_refusals_total',
    help: 'Requests refused, by code',
    labelNames: ['code'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'fangxin_' });
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.#requests.labels(method, route, String(status)).observe(seconds);
  }

  refused(code: string): void {
    this.#refusals.labels(code).inc();
  }

  projections(head: number, statuses: readonly { name: string; lag: number; parked: number }[]): void {
    this.#head.set(head);
    for (const { name, lag, parked } of statuses) {
      this.#lag.labels(name).set(lag);
      this.#parked.labels(name).set(parked);
    }
  }
}
