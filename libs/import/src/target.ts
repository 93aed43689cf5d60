/** What a column of a hotline's export can become of a work order (工单). Names are those of `RegisterWorkOrder`. */
export const TARGETS = [
  'channel',
  'externalNo',
  'receivedAt',
  'dueAt',
  'closedAt',
  'outcome',
  'classification',
  'sector',
  'handlingRegion',
  'respondentName',
  'respondentUscc',
  'complainantName',
  'complainantPhone',
  'content',
  'satisfaction',
] as const;
export type Target = (typeof TARGETS)[number];

/** Without these there is no work order. */
export const REQUIRED_TARGETS: readonly Target[] = ['channel', 'externalNo', 'receivedAt'];

const TIME_TARGETS = ['receivedAt', 'dueAt', 'closedAt'] as const;
export type TimeTarget = (typeof TIME_TARGETS)[number];

export function isTarget(name: string): name is Target {
  return (TARGETS as readonly string[]).includes(name);
}

export function isTimeTarget(target: Target): target is TimeTarget {
  return (TIME_TARGETS as readonly string[]).includes(target);
}

/** One line of `POST /v1/work-orders/batch` as an import sends it. Instants are ISO 8601 UTC. */
export type WorkOrderBody = { readonly [T in Exclude<Target, 'channel' | 'externalNo' | 'receivedAt'>]?: string } & {
  readonly channel: string;
  readonly externalNo: string;
  readonly receivedAt: string;
  /** Marks the row as imported history. */
  readonly importBatch: string;
};
