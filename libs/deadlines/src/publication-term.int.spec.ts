import { afterEach, describe, expect, it } from '@jest/globals';
import { formatInstant, usccOf } from '#kernel';
import { configure, readClock, regulations, ruleBook } from '#law';
import { Scene } from './testing/scene.ts';

const scenes: Scene[] = [];
afterEach(async () => {
  for (const scene of scenes.splice(0)) {
    expect(scene.failures).toEqual([]);
    await scene.close();
  }
});

/** An office that shows complaints for ten days. */
const RULES = `rules:
  - id: L-36.term
    versions:
      - { regulation: none, article: '-', from: null, to: null, period: { days: 10 }, source: none }
`;

async function published(hasTerm: boolean): Promise<Scene> {
  const scene = await Scene.open('2026-03-06T10:00:00+08:00');
  scenes.push(scene);
  if (hasTerm) scene.rules = configure(ruleBook, RULES, 'rules.yaml', regulations);
  const about = { respondentUscc: usccOf('91330600', '12345678'), result: 'mediated', ground: null };
  const planned = {
    ...about,
    ...{ complaintId: 'C1', disputeId: 'D1', round: 1, authority: 'Yuecheng', handlingRegion: '330602' },
    ...{ respondentRegion: '330602', closedOn: '2026-03-02' },
    clocks: [readClock({ clock: 'publication', rule: 'L-36', from: '2026-03-02' }, scene.law)],
  };
  const shown = {
    ...about,
    ...{ businessName: '某某商店', addressRegion: '330602', problem: 'quality', authority: 'Yuecheng' },
    ...{ closedOn: '2026-03-02', summary: null },
  };
  const term = readClock({ clock: 'publication-term', rule: 'L-36.term', from: '2026-03-06' }, scene.law);
  await scene.append('publication-P1', [
    { type: 'ComplaintPublicationPlanned', data: planned },
    { type: 'PublicationConsentChecked', data: { consent: 'agreed', evidence: ['form-1'] } },
    { type: 'PublicationRedacted', data: { shown } },
    { type: 'ComplaintPublished', data: { shown, clocks: [term] } },
  ]);
  return scene;
}

const ended = async (scene: Scene) =>
  (await scene.log.readStream('publication-P1'))
    .filter(({ actor }) => actor.role === 'process')
    .map(({ type, occurredAt }) => [type, formatInstant(occurredAt)]);

describe('the time for which a complaint is published', () => {
  it('is written down when it is over, once, whoever looks how often', async () => {
    const scene = await published(true);
    scene.at('2026-03-16T23:59:59+08:00');
    await scene.look();
    expect(await ended(scene)).toEqual([]);
    scene.at('2026-03-18T09:00:00+08:00');
    await scene.look();
    await scene.look();
    expect(await ended(scene)).toEqual([['PublicationExpired', '2026-03-16T16:00:00.000Z']]);
  });
  it('ends for nobody where no place has said how long it is', async () => {
    const scene = await published(false);
    scene.at('2036-03-18T09:00:00+08:00');
    await scene.look();
    expect(await ended(scene)).toEqual([]);
  });
  it('is not over where it was withdrawn before', async () => {
    const scene = await published(true);
    const data = { cause: 'consent-withdrawn', objection: null, note: null, evidence: [] };
    await scene.append('publication-P1', [{ type: 'PublicationWithdrawn', data }]);
    scene.at('2026-03-18T09:00:00+08:00');
    await scene.look();
    expect(await ended(scene)).toEqual([]);
  });
});
