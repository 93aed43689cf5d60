import { afterEach, describe, expect, it } from '@jest/globals';
import { formatInstant, type RecordedEvent } from '#kernel';
import { readAgain, readClock } from '#law';
import { Scene } from './testing/scene.ts';

const scenes: Scene[] = [];
afterEach(async () => {
  for (const scene of scenes.splice(0)) {
    expect(scene.failures).toEqual([]);
    await scene.close();
  }
});

async function sceneAt(now: string): Promise<Scene> {
  const scene = await Scene.open(now);
  scenes.push(scene);
  return scene;
}

/** What was written, in short: what, of which object, when it was due. */
function said({ type, stream, occurredAt, data }: RecordedEvent): string {
  const level = (data as { level?: string }).level;
  const object = stream.replace(/^reminder-/, '');
  return `${formatInstant(occurredAt)} ${level ?? type} ${object}`;
}

/** Wednesday 2026-03-04, 10:00 in Shanghai; 7 working days end on 03-13, 10 on 03-18. */
const START = '2026-03-04T10:00:00+08:00';
/** What it has written but for the mark of the calendar. */
const issued = async (scene: Scene): Promise<RecordedEvent[]> =>
  (await scene.written()).filter(({ type }) => type !== 'OpenDeadlinesRecomputed');

const C1 = 'complaint-C1:acceptance';

describe('reminders', () => {
  it('are given when their day begins, each once, by amber, red and overdue', async () => {
    const scene = await sceneAt(START);
    await scene.receiveComplaint('C1');
    const process = scene.process();
    expect(await process.look()).toMatchObject({ issued: 0, next: Date.parse('2026-03-10T16:00:00Z') });
    scene.at('2026-03-11T00:00:00+08:00');
    expect(await process.look()).toMatchObject({ issued: 1, next: Date.parse('2026-03-12T16:00:00Z') });
    expect(await process.look()).toMatchObject({ issued: 0 });
    scene.at('2026-03-13T23:59:59+08:00');
    expect(await process.look()).toMatchObject({ issued: 1, next: Date.parse('2026-03-13T16:00:00Z') });
    scene.at('2026-03-14T00:00:00+08:00');
    expect(await process.look()).toMatchObject({ issued: 1, next: null });
    expect((await issued(scene)).map(said)).toEqual([
      `2026-03-10T16:00:00.000Z amber ${C1}`,
      `2026-03-12T16:00:00.000Z red ${C1}`,
      `2026-03-13T16:00:00.000Z overdue ${C1}`,
    ]);
  });

  it('go by the day before it rolled off a holiday; overdue by the legal day', async () => {
    const scene = await sceneAt('2026-08-07T10:00:00+08:00');
    await scene.receiveComplaint('C1');
    const mediation = readClock({ clock: 'mediation', rule: 'L-02', from: '2026-08-07' }, scene.law);
    expect(mediation).toMatchObject({ due: '2026-10-08', strict: '2026-10-06' });
    await scene.append('complaint-C1', [
      { type: 'ComplaintAccepted', data: { acceptedOn: '2026-08-07', clocks: [mediation] } },
      { type: 'AcceptanceDecisionNotified', data: { decision: 'accepted', channel: 'sms' } },
    ]);
    scene.at('2026-10-20T10:00:00+08:00');
    await scene.look();
    expect((await issued(scene)).map(said)).toEqual([
      '2026-09-30T16:00:00.000Z amber complaint-C1:mediation',
      '2026-10-03T16:00:00.000Z red complaint-C1:mediation',
      '2026-10-05T16:00:00.000Z due complaint-C1:mediation',
      '2026-10-08T16:00:00.000Z overdue complaint-C1:mediation',
    ]);
  });

  it('are not given of what was met meanwhile, though the view has not seen it', async () => {
    const scene = await sceneAt(START);
    await scene.receiveComplaint('C1');
    await scene.append('complaint-C1', [
      { type: 'ComplaintAccepted', data: { acceptedOn: '2026-03-04' } },
      { type: 'AcceptanceDecisionNotified', data: { decision: 'accepted', channel: 'sms' } },
    ]);
    scene.at('2026-03-20T10:00:00+08:00');
    expect(await scene.look()).toEqual({ issued: 0, next: null });
  });

  it('begin anew for a date that was extended', async () => {
    const scene = await sceneAt('2026-03-04T10:00:00+08:00');
    const law = scene.law;
    const handling = readClock({ clock: 'handling', rule: 'L-32.handling', from: '2026-03-04' }, law);
    expect(handling.due).toBe('2026-03-11');
    const dispatched = { authority: 'Unit', handlingRegion: '370302', dueAt: null, clocks: [handling] };
    await scene.append('workOrder-12345-1', [{ type: 'WorkOrderDispatched', data: dispatched }]);
    scene.at('2026-03-10T10:00:00+08:00');
    await scene.look();
    const [doc] = await scene.documents();
    const extension = { grantedOn: '2026-03-10', by: 3 };
    const extended = readAgain(doc!.clock, law, { extensions: [extension] });
    expect(extended.due).toBe('2026-03-16');
    const granted = { by: 3, dueAt: null, clocks: [extended] };
    await scene.append('workOrder-12345-1', [{ type: 'WorkOrderExtensionGranted', data: granted }]);
    scene.at('2026-03-31T10:00:00+08:00');
    await scene.look();
    expect((await issued(scene)).map(said)).toEqual([
      '2026-03-09T16:00:00.000Z amber workOrder-12345-1:handling',
      '2026-03-12T16:00:00.000Z amber workOrder-12345-1:handling',
      // The red card comes on the first overdue working day.
      '2026-03-16T16:00:00.000Z overdue workOrder-12345-1:handling',
    ]);
  });

  it('ask why a clock has stood still for so long, once', async () => {
    const scene = await sceneAt(START);
    const law = scene.law;
    await scene.receiveComplaint('C1');
    const mediation = readClock({ clock: 'mediation', rule: 'L-02', from: '2026-03-04' }, law);
    await scene.append('complaint-C1', [
      { type: 'ComplaintAccepted', data: { acceptedOn: '2026-03-04', clocks: [mediation] } },
      { type: 'AcceptanceDecisionNotified', data: { decision: 'accepted', channel: 'sms' } },
    ]);
    const clock = (await scene.documents()).find(({ clockName }) => clockName === 'mediation')!.clock;
    const suspensions = [{ id: '1', from: '2026-03-04', to: null, reason: 'appraisal' }];
    const stopped = readAgain(clock, law, { suspensions });
    const data = { appraisal: '1', kind: 'appraisal', clocks: [stopped] };
    await scene.append('complaint-C1', [{ type: 'AppraisalStarted', data }]);
    scene.at('2026-04-02T23:59:59+08:00');
    expect(await scene.look()).toEqual({ issued: 0, next: Date.parse('2026-04-02T16:00:00Z') });
    scene.at('2026-12-31T00:00:00+08:00');
    await scene.look();
    await scene.look();
    expect((await issued(scene)).map(said)).toEqual(['2026-04-02T16:00:00.000Z standstill complaint-C1:mediation']);
  });
});

describe('after days on which nothing ran', () => {
  it('everything is made up for in the order in which it was due, at the times at which it was due', async () => {
    const scene = await sceneAt(START);
    await scene.openNegotiation('N1');
    await scene.receiveComplaint('C1');
    scene.at('2026-03-05T10:00:00+08:00');
    await scene.receiveComplaint('C2');
    await scene.openNegotiation('N2');
    await scene.openNegotiation('N3');
    await scene.settleNegotiation('N3');
    scene.at('2026-03-27T10:00:00+08:00');
    await scene.look();
    const written = await issued(scene);
    expect(written.map(said)).toEqual([
      `2026-03-10T16:00:00.000Z amber ${C1}`,
      '2026-03-11T16:00:00.000Z amber complaint-C2:acceptance',
      `2026-03-12T16:00:00.000Z red ${C1}`,
      `2026-03-13T16:00:00.000Z overdue ${C1}`,
      '2026-03-15T16:00:00.000Z red complaint-C2:acceptance',
      '2026-03-15T16:00:00.000Z amber negotiation-N1:negotiation',
      '2026-03-16T16:00:00.000Z overdue complaint-C2:acceptance',
      '2026-03-16T16:00:00.000Z amber negotiation-N2:negotiation',
      '2026-03-17T16:00:00.000Z red negotiation-N1:negotiation',
      '2026-03-18T16:00:00.000Z NegotiationExpired negotiation-N1',
      '2026-03-18T16:00:00.000Z red negotiation-N2:negotiation',
      '2026-03-19T16:00:00.000Z NegotiationExpired negotiation-N2',
    ]);
    expect(written.every(({ recordedAt }) => recordedAt === scene.now)).toBe(true);
  });

  it('a restart, a replay and a second process at the same time issue nothing again', async () => {
    const scene = await sceneAt(START);
    for (let number = 0; number < 60; number++) {
      await scene.openNegotiation(`N${number}`);
      await scene.receiveComplaint(`C${number}`);
    }
    scene.at('2026-04-27T10:00:00+08:00');
    await Promise.all([scene.look(), scene.look(), scene.look()]);
    const written = (await issued(scene)).map(said);
    expect(written.length).toBe(60 * 3 + 60 * 3);
    expect(new Set(written).size).toBe(written.length);
    await scene.rebuild();
    expect(await scene.look()).toEqual({ issued: 0, next: null });
  });
});

it('history that is being entered is left alone for a moment, and then treated as all else', async () => {
  const scene = await sceneAt(START);
  await scene.openNegotiation('N1', Date.parse('2026-01-05T10:00:00+08:00'));
  expect(await scene.look()).toEqual({ issued: 0, next: scene.now + 5_000 });
  scene.now += 5_000;
  await scene.look();
  expect((await issued(scene)).map(said)).toEqual([
    // What had passed before it was entered is said once.
    '2026-01-19T16:00:00.000Z NegotiationExpired negotiation-N1',
  ]);
});

describe('a calendar that is amended', () => {
  it('moves the open clocks it touches, and is recorded once', async () => {
    const scene = await sceneAt('2020-01-20T10:00:00+08:00');
    const { mainlandCalendar } = await import('#calendar');
    scene.calendar = mainlandCalendar({ version: 'CN-2020.1' });
    await scene.receiveComplaint('C1');
    await scene.receiveComplaint('C2');
    await scene.append('complaint-C2', [
      { type: 'ComplaintAccepted', data: { acceptedOn: '2020-01-20' } },
      { type: 'AcceptanceDecisionNotified', data: { decision: 'accepted', channel: 'sms' } },
    ]);
    await scene.look();
    const before = (await scene.documents())[0]!.clock;
    scene.at('2020-02-03T10:00:00+08:00');
    scene.calendar = mainlandCalendar({ version: 'CN-2020.2' });
    await scene.look();
    await scene.look();
    const amended = (await scene.written()).filter(({ type }) => type === 'ComplaintDeadlineAmended');
    expect(amended.map(({ stream }) => stream)).toEqual(['complaint-C1']);
    const { clock } = (await scene.documents()).find(({ object }) => object === 'complaint-C1')!;
    expect(clock.promised).toBe(before.due);
    expect(clock.due! > before.due!).toBe(true);
    expect(clock.due).toBe(readAgain(clock, scene.law).due);
    const recorded = (await scene.written()).filter(({ type }) => type === 'OpenDeadlinesRecomputed');
    expect(recorded.map(({ data }) => data)).toMatchObject([
      { calendar: 'CN-2020.1', open: 1, amended: 0 },
      { calendar: 'CN-2020.2', open: 1, amended: 1 },
    ]);
  });
});
