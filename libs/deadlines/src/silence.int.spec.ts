import { afterEach, describe, expect, it } from '@jest/globals';
import { formatInstant } from '#kernel';
import { configure, readClock, regulations, ruleBook } from '#law';
import { Scene } from './testing/scene.ts';

const scenes: Scene[] = [];
afterEach(async () => {
  for (const scene of scenes.splice(0)) {
    expect(scene.failures).toEqual([]);
    await scene.close();
  }
});

/** A city that lets a silence of three days stand for a confirmation. */
const RULES = `rules:
  - id: SX.silence
    name: shaoxing-settlement-silence
    clock: settlement-silence
    region: '330600'
    title: { en: Silence confirms, zh: 沉默视为确认 }
    limit: stated
    selectedBy: told
    starts: the consumer is told of the claim
    completes: the consumer speaks
    versions:
      - { regulation: none, article: '-', from: null, to: null, period: { days: 3 }, source: none }
`;

async function claimed(): Promise<Scene> {
  const scene = await Scene.open('2026-03-04T10:00:00+08:00');
  scenes.push(scene);
  scene.rules = configure(ruleBook, RULES, 'rules.yaml', regulations);
  await scene.openNegotiation('N1');
  const silence = readClock({ clock: 'settlement-silence', rule: 'SX.silence', from: '2026-03-04' }, scene.law);
  const told = { channel: 'sms', respondentUscc: '913306001234567890', clocks: [silence] };
  await scene.append('negotiation-N1', [
    { type: 'SettlementClaimed', data: { offer: null } },
    { type: 'SettlementClaimNotified', data: told },
  ]);
  return scene;
}

const ended = async (scene: Scene) =>
  (await scene.log.readStream('negotiation-N1'))
    .filter(({ actor }) => actor.role === 'process')
    .map(({ type, occurredAt, data }) => [type, formatInstant(occurredAt), (data as { basis?: string }).basis]);

describe('a silence that a place lets stand for a confirmation', () => {
  it('is written down when it is over, once, whoever looks how often', async () => {
    const scene = await claimed();
    scene.at('2026-03-07T23:59:59+08:00');
    await scene.look();
    expect(await ended(scene)).toEqual([]);
    scene.at('2026-03-08T09:00:00+08:00');
    await scene.look();
    await scene.look();
    expect(await ended(scene)).toEqual([['SettlementConfirmed', '2026-03-07T16:00:00.000Z', 'silence']]);
    // What is settled does not run out any more.
    scene.at('2026-04-01T09:00:00+08:00');
    await scene.look();
    expect(await ended(scene)).toHaveLength(1);
  });
  it('is none where the consumer has spoken', async () => {
    const scene = await claimed();
    const denied = { of: 'claim', by: 'consumer', reason: 'not-agreed', complaint: null };
    await scene.append('negotiation-N1', [{ type: 'SettlementDisputed', data: denied }]);
    scene.at('2026-04-01T09:00:00+08:00');
    await scene.look();
    expect(await ended(scene)).toEqual([['NegotiationExpired', '2026-03-18T16:00:00.000Z', undefined]]);
  });
});
