import type { Instant } from '#kernel';
import { readClock, type ClockReading, type Law } from '#law';
import { WORK_ORDER_CLOCKS, type WorkOrderClock } from './clocks.ts';

export { under } from '#law';

/** To which unit a work order goes, and by when its channel wants an answer: ISO 8601 UTC, null where it does not say. */
interface Sent {
  readonly handlingRegion: string;
  readonly dueAt: string | null;
}

/**
 * The dates with which a unit receives a work order. The channel's own date comes before that of a rule; where neither is
 * known the clock of handling runs all the same, and its date is told when it can be.
 */
export function clocksAtDispatch({ handlingRegion, dueAt }: Sent, from: Instant, law: Law): readonly ClockReading[] {
  const handling = dueAt === null ? byRule('handling', handlingRegion, from, law) : setByChannel(dueAt);
  // Where no rule gives the right, or none did yet, there is no time in which it would lapse.
  if (law.rules.governing(WORK_ORDER_CLOCKS.return, handlingRegion) === undefined) return [handling];
  const right = byRule('return', handlingRegion, from, law);
  return right.undetermined === 'RULE_NOT_IN_FORCE' ? [handling] : [handling, right];
}

/** The clock of handling by the channel's own date, which is its SLA and no law. */
export function setByChannel(dueAt: string): ClockReading {
  return { clock: 'handling', rule: null, calendar: null, due: dueAt };
}

function byRule(clock: WorkOrderClock, region: string, from: Instant, law: Law): ClockReading {
  return readClock({ clock, rule: law.rules.governing(WORK_ORDER_CLOCKS[clock], region)?.id, from }, law);
}
