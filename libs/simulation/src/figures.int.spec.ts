import { describe, expect, it } from '@jest/globals';
import { startOfDay, type RecordedEvent } from '#kernel';
import { isRefused, MetricsEngine, type Figure } from '#metrics';
import { DISTRICTS } from './city.ts';
import { expectedOutcomes, type IntendedFigure, type IntendedGroup, type IntendedMetric } from './expected-outcomes.ts';
import { simulatedEvents } from './simulated-events.ts';

const CITY = { seed: 41, disputes: 1500 };
const METRICS: readonly IntendedMetric[] = ['M-01', 'M-02', 'M-05'];
const GROUPINGS: readonly IntendedGroup[] = ['subject', 'region', 'sector', 'channel', 'month'];

/** The city's events as a log would hold them. */
function recordedEvents(): RecordedEvent[] {
  const recorded: RecordedEvent[] = [];
  for (const { stream, expected, events, metadata } of simulatedEvents(CITY)) {
    const { commandId, actor, occurredAt, authority = null, region = null, correlationId = null } = metadata;
    events.forEach((event, index) => {
      recorded.push({
        id: `${commandId}/${index}`,
        stream,
        version: (expected as number) + index + 1,
        position: recorded.length + 1,
        type: event.type,
        schemaVersion: 1,
        occurredAt: event.occurredAt ?? occurredAt,
        recordedAt: occurredAt,
        actor,
        authority,
        region,
        ruleVersion: null,
        correlationId,
        causationId: null,
        commandId,
        data: event.data,
      });
    });
  }
  return recorded;
}

/** The figures that the metrics engine computes, held against what the stories meant to happen. */
describe('the figures of a city', () => {
  const events = recordedEvents();
  const engine = new MetricsEngine({
    clock: { now: () => startOfDay('2026-09-05') },
    log: { readAll: async () => events, head: async () => events.length, positionAt: async () => events.length },
  });
  engine.apply(events, events.length);
  const outcomes = expectedOutcomes(CITY);
  const plain = ({ numerator, denominator, excluded }: IntendedFigure | Figure) => ({
    numerator,
    denominator,
    excluded,
  });
  const windows = [
    ['2024-09-01', '2026-09-01'],
    ['2025-01-01', '2026-01-01'],
    ['2025-11-01', '2025-12-01'],
  ] as const;

  it.each(METRICS)('%s as a whole, per district and per city', async (metric) => {
    for (const [from, to] of windows) {
      const figureOf = async (region?: string) => {
        const figure = await engine.figure({ metric, from, to, region });
        if (isRefused(figure)) throw new Error(figure.detail);
        return plain(figure);
      };
      expect(await figureOf()).toEqual(plain(outcomes.figure(metric, { from, to })));
      for (const { code } of DISTRICTS) {
        expect(await figureOf(code)).toEqual(plain(outcomes.figure(metric, { from, to, region: code })));
      }
      const zibo = ['370300', ...DISTRICTS.filter(({ city }) => city === '370300').map(({ code }) => code)];
      const parts = zibo.map((region) => outcomes.figure(metric, { from, to, region }));
      const whole = await figureOf('370300');
      expect(whole.numerator).toBe(parts.reduce((sum, { numerator }) => sum + numerator, 0));
      expect(whole.denominator).toBe(parts.reduce((sum, { denominator }) => sum + denominator, 0));
      expect(whole.denominator).toBeGreaterThan(20);
    }
  });

  it.each(METRICS.flatMap((metric) => GROUPINGS.map((by) => [metric, by] as const)))('%s by %s', async (metric, by) => {
    const [from, to] = windows[0];
    const list = await engine.figures({ metric, from, to, groupBy: by });
    if (isRefused(list)) throw new Error(list.detail);
    const computed = new Map(
      list
        .filter(({ group, denominator, excludedTotal }) => group!.key !== null && denominator + excludedTotal > 0)
        .map((figure) => [figure.group!.key!, plain(figure)]),
    );
    const intended = new Map([...outcomes.grouped(metric, by)].map(([key, figure]) => [key, plain(figure)]));
    expect(computed).toEqual(intended);
  });
});
