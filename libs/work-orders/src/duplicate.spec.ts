import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { SuspectDuplicate } from './commands.ts';
import * as decide from './decide.ts';
import type { WorkOrderEvent } from './events.ts';
import {
  at,
  classifiedAs,
  DISPUTE,
  documentOf,
  inEveryStatus,
  OTHER_DISPUTE,
  received,
  shanghai,
  type Given,
} from './testing/history.ts';
import { workOrdersTable } from './work-orders.module.ts';

const matcher = { id: 'matcher', role: 'process' };
const reasons: SuspectDuplicate['reasons'] = ['same-complainant-phone', 'like-text'];
const suspicion = (of = DISPUTE): Given => ({
  type: 'DuplicateSuspected',
  data: { of, likeness: 83, reasons },
  occurredAt: shanghai('2026-03-04', '08:31'),
  actor: matcher,
});
const dismissal: Given = { type: 'DuplicateDismissed', data: { of: DISPUTE, note: null } };
const known = { reads: { dispute: { mergedInto: null } as const } };
const complaint = [received, classifiedAs('complaint')];

describe('a machine suspects a duplicate (T-13)', () => {
  const suspect = (events: readonly Given[], of = DISPUTE, context = {}) =>
    at(events).when(decide.suspectDuplicate, { of, likeness: 83, reasons }, { ...known, actor: matcher, ...context });
  const told: WorkOrderEvent[] = [{ type: 'DuplicateSuspected', data: { of: DISPUTE, likeness: 83, reasons } }];

  it.each(['received', 'dispatched', 'closed'] as const)('of a ticket that is %s and has no dispute', (status) => {
    const unlinked = inEveryStatus[status].filter(({ type }) => type !== 'WorkOrderLinkedToDispute');
    suspect(unlinked).then(told);
  });
  it('once of each dispute, and not again of what a person has dismissed', () => {
    suspect([...complaint, suspicion()]).then([]);
    suspect([...complaint, suspicion(), dismissal]).then([]);
    suspect([...complaint, suspicion(OTHER_DISPUTE)]).then(told);
  });
  it('not where a person has named the dispute, or shown another route', () => {
    suspect(inEveryStatus.classified).then([]);
    suspect(inEveryStatus.classified, OTHER_DISPUTE).then([]);
    suspect(inEveryStatus.redirected).then([]);
  });
  it('of what there is', () => {
    suspect(complaint, DISPUTE, { reads: { dispute: undefined } }).then({
      kind: 'invalid',
      code: 'UNKNOWN_DISPUTE',
      field: 'of',
    });
    suspect([]).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
  it('and nothing follows from that: it is no step, and no link', () => {
    expect(at([...complaint, suspicion()]).state).toMatchObject({ status: 'classified', disputeId: null });
    at([...complaint, suspicion()])
      .when(decide.dispatchWorkOrder, { authority: 'u', handlingRegion: '330602' })
      .then({ kind: 'conflict', code: 'WORK_ORDER_NOT_LINKED' });
  });
  it('by a command of processes only, with a reason and a percentage', () => {
    expect(workOrdersTable.processCommands?.map(({ action }) => action)).toContain('suspect-duplicate');
    expect(workOrdersTable.commands.map(({ action }) => action)).not.toContain('suspect-duplicate');
    const faults = (fields: object) =>
      validateSync(Object.assign(new SuspectDuplicate(), { of: DISPUTE, likeness: 83, reasons }, fields)).map(
        ({ property }) => property,
      );
    expect(faults({})).toEqual([]);
    expect(faults({ likeness: 101 })).toEqual(['likeness']);
    expect(faults({ likeness: 0.5 })).toEqual(['likeness']);
    expect(faults({ reasons: [] })).toEqual(['reasons']);
    expect(faults({ reasons: ['a-feeling'] })).toEqual(['reasons']);
  });
});

describe('a person', () => {
  const suspected = [...complaint, suspicion()];
  const dismiss = (events: readonly Given[], context = {}) =>
    at(events).when(decide.dismissDuplicate, { of: DISPUTE }, context);

  it('confirms it by linking the ticket to the dispute, which no machine does', () => {
    const link = at(suspected);
    link
      .when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, known)
      .then([{ type: 'WorkOrderLinkedToDispute', data: { disputeId: DISPUTE, status: 'classified' } }]);
    link
      .when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, { ...known, actor: matcher })
      .then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });
  it('dismisses it; the words stay in the vault', () => {
    dismiss(suspected, { persons: { note: { personId: 'N1', tokens: {} } } }).then([
      { type: 'DuplicateDismissed', data: { of: DISPUTE, note: 'N1' } },
    ]);
    dismiss([...suspected, dismissal]).then([]);
    dismiss(suspected, { actor: matcher }).then({ kind: 'forbidden', code: 'HUMAN_DECISION_REQUIRED' });
  });
  it('dismisses only what was suspected, and not what a person has confirmed', () => {
    dismiss(complaint).then({ kind: 'conflict', code: 'DUPLICATE_NOT_SUSPECTED' });
    dismiss([...suspected, ...inEveryStatus.classified.slice(-1)]).then({
      kind: 'conflict',
      code: 'DUPLICATE_CONFIRMED',
    });
    dismiss([]).then({ kind: 'notFound', code: 'NOT_FOUND' });
  });
  it('may still link what was dismissed before', () => {
    at([...suspected, dismissal])
      .when(decide.linkWorkOrderToDispute, { disputeId: DISPUTE }, known)
      .then([{ type: 'WorkOrderLinkedToDispute', data: { disputeId: DISPUTE, status: 'classified' } }]);
  });
  it('finds each suspicion with what became of it', () => {
    const [first] = documentOf(suspected)!.suspectedDuplicates;
    expect(first).toEqual({
      of: DISPUTE,
      at: '2026-03-04T00:31:00.000Z',
      likeness: 83,
      reasons,
      status: 'suspected',
      decidedAt: null,
      note: null,
    });
    expect(documentOf([...suspected, dismissal])!.suspectedDuplicates).toMatchObject([{ status: 'dismissed' }]);
    const both = [...suspected, suspicion(OTHER_DISPUTE), inEveryStatus.classified.at(-1)!];
    expect(documentOf(both)!.suspectedDuplicates).toMatchObject([
      { of: DISPUTE, status: 'confirmed', decidedAt: '2026-03-04T02:00:00.000Z' },
      { of: OTHER_DISPUTE, status: 'suspected' },
    ]);
  });
});
