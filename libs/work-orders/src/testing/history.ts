import { mainlandCalendar, type MainlandOptions } from '#calendar';
import { documentsGiven, given, parseInstant, type GivenEvent } from '#kernel';
import { configure, regulations, ruleBook, shippedLaw, type ClockReading, type Law } from '#law';
import type { Classification, RecordedWorkOrderEvent, WorkOrderEvents, WorkOrderStatus } from '../events.ts';
import { workOrders } from '../views/work-orders.ts';
import { evolve, initial } from '../work-order.ts';

// Steps of a work order from which its specs begin: 12345 HZ-1, received on the evening of 3 March 2026.

export type Given = GivenEvent<RecordedWorkOrderEvent>;

export const law = shippedLaw();
/** The law by another state of the calendar. */
export const lawBy = (calendar: MainlandOptions): Law => ({ ...law, calendar: mainlandCalendar(calendar) });
/** The law with what a place configures: one rule in YAML. */
export const lawWith = (rule: string): Law => ({
  ...law,
  rules: configure(ruleBook, `rules: [${rule}]`, 'rules.yaml', regulations),
});

const workOrder = {
  initial,
  evolve: evolve as (state: ReturnType<typeof evolve>, event: RecordedWorkOrderEvent) => ReturnType<typeof evolve>,
};
export const at = (events: readonly Given[], by: Law = law) => given(workOrder, events, by);
/** State after the events. */
export const stateAfter = (...events: Given[]) => at(events).state;

/** A time of day in Shanghai; in the morning unless said. */
export const shanghai = (day: string, time = '10:00') => parseInstant(`${day}T${time}:00+08:00`)!;

export const DISPUTE = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
export const OTHER_DISPUTE = '01ARZ3NDEKTSV4RRFFQ69G5FAW';
/** Of Zhejiang, whose hotline has no rule that was found, and of Shandong, whose has. */
export const YUECHENG = '330602';
export const ZICHUAN = '370302';

/** The clock of handling where no rule is set. */
export const UNTOLD: ClockReading = {
  clock: 'handling',
  rule: null,
  calendar: null,
  due: null,
  undetermined: 'RULE_NOT_CONFIGURED',
};
export const byChannel = (due: string): ClockReading => ({ clock: 'handling', rule: null, calendar: null, due });

export const receivedData: WorkOrderEvents['WorkOrderReceived'] = {
  channel: '12345',
  externalNo: 'HZ-1',
  sector: null,
  handlingRegion: YUECHENG,
  respondentUscc: null,
  respondent: null,
  complainant: null,
  complainantTokens: {},
  payloadDigest: 'digest',
  dueAt: null,
  imported: null,
};
export const received: Given = {
  type: 'WorkOrderReceived',
  data: receivedData,
  occurredAt: '2026-03-03T23:50:00+08:00',
};
export const classifiedAs = (classification: Classification): Given => ({
  type: 'WorkOrderClassified',
  data: { classification },
  occurredAt: '2026-03-04T08:30:00+08:00',
});
export const linked: Given = {
  type: 'WorkOrderLinkedToDispute',
  data: { disputeId: DISPUTE, status: 'classified' },
};
export const dispatched: Given = {
  type: 'WorkOrderDispatched',
  data: { authority: 'Yuecheng bureau', handlingRegion: YUECHENG, dueAt: null },
  occurredAt: '2026-03-04T09:00:00+08:00',
};
export const returned: Given = {
  type: 'WorkOrderReturned',
  data: { reasonCode: 'not-competent', note: null, handlingRegion: YUECHENG },
  occurredAt: '2026-03-04T09:30:00+08:00',
};
export const replied: Given = {
  type: 'WorkOrderReplied',
  data: { outcome: 'answered', reply: null, complaintId: null },
  occurredAt: '2026-03-04T09:40:00+08:00',
};
export const closed: Given = { type: 'WorkOrderClosed', data: { outcome: 'answered' } };
/** With a unit of Zhejiang, dispatched before clocks were kept. */
export const atUnit = [received, classifiedAs('complaint'), linked, dispatched];

/** In each status that a work order can stand at. */
export const inEveryStatus: Readonly<Record<WorkOrderStatus, readonly Given[]>> = {
  received: [received],
  classified: [received, classifiedAs('complaint'), linked],
  dispatched: atUnit,
  returned: [...atUnit, returned],
  redirected: [
    received,
    { type: 'WorkOrderRedirected', data: { route: 'petition', note: null }, occurredAt: '2026-03-04T08:40:00+08:00' },
  ],
  replied: [...atUnit, replied],
  closed: [...atUnit, replied, closed],
};
export const statuses = Object.keys(inEveryStatus) as readonly WorkOrderStatus[];

/** The work order as its readers find it. */
export const documentOf = (events: readonly Given[]) =>
  documentsGiven(workOrders, events.map((event) => ({ ...event, stream: 'workOrder-12345-HZ-1' })) as GivenEvent[]).get(
    '12345-HZ-1',
  );
