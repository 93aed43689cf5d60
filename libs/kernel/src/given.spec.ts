import { describe, expect, it } from '@jest/globals';
import type { DecisionContext, EventOf, RecordedOf } from '#kernel';
import { documentsGiven, given, refuse, unreachable } from '#kernel';

interface LampEvents {
  SwitchedOn: { readonly by: string };
  SwitchedOff: Record<string, never>;
}
type Lamp = { readonly state: 'off' } | { readonly state: 'on'; readonly by: string };
const lamp = {
  initial: { state: 'off' } as Lamp,
  evolve(_: Lamp, event: RecordedOf<LampEvents>): Lamp {
    switch (event.type) {
      case 'SwitchedOn':
        return { state: 'on', by: event.data.by };
      case 'SwitchedOff':
        return { state: 'off' };
      default:
        return unreachable(event);
    }
  },
};
const on = (command: { by: string }, state: Lamp, context: DecisionContext) => {
  if (state.state === 'on') return refuse('conflict', 'ALREADY_ON', 'The lamp is on.', 'by');
  return [
    { type: 'SwitchedOn', data: { by: command.by }, occurredAt: context.occurredAt } as EventOf<LampEvents>,
  ] as const;
};

describe('given … when … then', () => {
  it('passes on the expected events and on the expected refusal', () => {
    given(lamp)
      .when(on, { by: 'a' }, { occurredAt: 7 })
      .then([{ type: 'SwitchedOn', data: { by: 'a' }, occurredAt: 7 }]);
    given(lamp, [{ type: 'SwitchedOn', data: { by: 'a' } }])
      .when(on, { by: 'b' })
      .then({ kind: 'conflict', code: 'ALREADY_ON', field: 'by' });
  });

  it('fails on another event, on silence and on another refusal', () => {
    const fresh = given(lamp).when(on, { by: 'a' });
    expect(() => fresh.then([{ type: 'SwitchedOff', data: {} }])).toThrow();
    expect(() => fresh.then([])).toThrow();
    expect(() => fresh.then({ kind: 'conflict', code: 'ALREADY_ON' })).toThrow();
  });

  it('fails when a rule changes its command', () => {
    const careless = (command: { by: string }) => {
      command.by = 'changed';
      return [];
    };
    expect(() => given(lamp).when(careless, { by: 'a' })).toThrow(TypeError);
  });

  it('builds documents of the wanted types only, and drops removed ones', () => {
    const projection = {
      types: ['SwitchedOn', 'SwitchedOff'],
      keys: (event: { stream: string }) => [event.stream],
      evolve: (_: object | undefined, event: { type: string; version: number }) =>
        event.type === 'SwitchedOn' ? { version: event.version } : null,
    };
    const documents = documentsGiven(projection, [
      { type: 'SwitchedOn', data: { by: 'a' }, stream: 'lamp-1' },
      { type: 'Painted', data: {}, stream: 'lamp-3' },
      { type: 'SwitchedOn', data: { by: 'a' }, stream: 'lamp-2' },
      { type: 'SwitchedOff', data: {}, stream: 'lamp-1' },
    ]);
    expect([...documents]).toEqual([['lamp-2', { version: 1 }]]);
  });
});
