import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import { at, CITY, DISTRICT, ELSEWHERE, openDispute, OTHER_DISTRICT, ticket, UNITS } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const WORK_ORDERS = '/v1/work-orders';
const TICKETS = 600;
const REGIONS = [DISTRICT, OTHER_DISTRICT, ELSEWHERE, undefined];
const WORDS = ['complaint', 'report', 'consultation'];
const CHANNELS = ['12345', '12315'];

interface Item {
  readonly id: string;
  readonly channel: string;
  readonly handlingRegion: string | null;
  readonly respondentUscc: string | null;
  readonly classification: string | null;
  readonly status: string;
  readonly receivedAt: string;
}

/** Ticket n: several share a moment, so that the order needs more than the time. */
const nth = (n: number): Record<string, unknown> => ({
  ...ticket(`T${n}`),
  channel: CHANNELS[n % 2],
  receivedAt: at('2024-03-04', `10:${String(Math.trunc(n / 5) % 60).padStart(2, '0')}:00`),
  handlingRegion: REGIONS[n % 4],
  respondentUscc: n % 3 === 0 ? UNITS[n % UNITS.length] : undefined,
  classification: n % 7 === 0 ? undefined : WORDS[n % 3],
});

describe('lists', () => {
  let service: ServiceProcess;
  let admin: Client;
  let everything: Item[];

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    const lines = Array.from({ length: TICKETS }, (_, n) => JSON.stringify(nth(n))).join('\n');
    const { text } = await admin.send('POST', `${WORK_ORDERS}/batch`, lines, {
      'content-type': 'application/x-ndjson',
    });
    expect(text).not.toContain('"error"');
    everything = await admin.all<Item>(`${WORK_ORDERS}?position=${await admin.head()}`);
  });
  afterAll(() => service.kill());

  const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

  it('show each object once, newest first, whatever the size of a page', async () => {
    expect(new Set(idsOf(everything)).size).toBe(TICKETS);
    expect(everything).toHaveLength(TICKETS);
    const times = everything.map(({ receivedAt }) => receivedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    for (const limit of [7, 50, 199])
      expect(idsOf(await admin.all<Item>(WORK_ORDERS, limit))).toEqual(idsOf(everything));
  });

  it.each([
    ['channel', (item: Item) => item.channel],
    ['handlingRegion', (item: Item) => item.handlingRegion],
    ['respondentUscc', (item: Item) => item.respondentUscc],
    ['classification', (item: Item) => item.classification],
    ['status', (item: Item) => item.status],
  ])('filter by %s, alone and with every other', async (name, of) => {
    const filters: Record<string, (item: Item) => string | null> = {
      channel: ({ channel }) => channel,
      handlingRegion: ({ handlingRegion }) => handlingRegion,
      respondentUscc: ({ respondentUscc }) => respondentUscc,
      classification: ({ classification }) => classification,
      status: ({ status }) => status,
    };
    const value = of(everything.find((item) => of(item) !== null)!)!;
    const mine = everything.filter((item) => of(item) === value);
    expect(idsOf(await admin.all<Item>(`${WORK_ORDERS}?${name}=${value}`, 40))).toEqual(idsOf(mine));
    for (const [other, otherOf] of Object.entries(filters)) {
      const second = [...everything]
        .reverse()
        .map(otherOf)
        .find((one) => one !== null)!;
      if (other === name) continue;
      const both = mine.filter((item) => otherOf(item) === second);
      const found = await admin.all<Item>(`${WORK_ORDERS}?${name}=${value}&${other}=${second}`, 40);
      expect({ other, found: idsOf(found) }).toEqual({ other, found: idsOf(both) });
    }
  });

  it('show a key bound to a region its own', async () => {
    const city = await admin.keyFor('officer', { region: CITY });
    const seen = await city.all<Item>(WORK_ORDERS, 30);
    const own = [DISTRICT, OTHER_DISTRICT] as (string | null)[];
    expect(idsOf(seen)).toEqual(idsOf(everything.filter(({ handlingRegion }) => own.includes(handlingRegion))));
    const hotline = await admin.keyFor('hotline', { region: CITY });
    const seenByHotline = await hotline.all<Item>(WORK_ORDERS, 30);
    expect(idsOf(seenByHotline)).toEqual(
      idsOf(everything.filter(({ handlingRegion }) => [...own, null].includes(handlingRegion))),
    );
    expect(await city.all<Item>(`${WORK_ORDERS}?handlingRegion=${ELSEWHERE}`)).toEqual([]);
  });

  it('show a key bound to a subject its own', async () => {
    const [mine, theirs] = UNITS;
    const expected = new Set<string>();
    let position = 0;
    for (const [n, uscc] of [mine, theirs, mine, theirs, mine].entries()) {
      const disputeId = await openDispute(admin, { respondentUscc: uscc });
      const opening = {
        disputeId,
        respondentUscc: uscc,
        venue: 'merchant',
        occurredAt: at('2024-03-05', `10:0${n}:00`),
      };
      const written = await admin.give('/v1/negotiations', opening);
      position = written.position;
      if (uscc === mine) expected.add(written.id);
    }
    const merchant = await admin.keyFor('merchant', { subject: mine });
    const seen = await merchant.all<Item>(`/v1/negotiations?position=${position}`, 1);
    expect(new Set(idsOf(seen))).toEqual(expected);
    expect(await merchant.all(`/v1/negotiations?respondentUscc=${theirs}`)).toEqual([]);
    const fullWidth = [...mine].map((letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)).join('');
    for (const typed of [mine.toLowerCase(), encodeURIComponent(fullWidth)]) {
      const found = await admin.all<Item>(`/v1/negotiations?respondentUscc=${typed}`);
      expect(new Set(idsOf(found))).toEqual(expected);
    }
    const [other] = await admin.all<Item>(`/v1/negotiations?respondentUscc=${theirs}`);
    const answer = await merchant.get(`/v1/negotiations/${other!.id}`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'OUT_OF_SUBJECT' } });
    const events = await merchant.get(`/v1/negotiations/${other!.id}/events`);
    expect(events).toMatchObject({ status: 403, body: { code: 'OUT_OF_SUBJECT' } });
  });

  it('neither skip nor repeat while others write', async () => {
    let written = 0;
    let paging = true;
    const write = async () => {
      while (paging) {
        written += 1;
        // Before, among and after what is being paged.
        const minute = String((written * 7) % 60).padStart(2, '0');
        const receivedAt = at('2024-03-04', `${['09', '10', '11'][written % 3]}:${minute}:30`);
        await admin.give(WORK_ORDERS, ticket(`W${written}`, { receivedAt }));
        await admin
          .give(`${WORK_ORDERS}/${idsOf(everything)[written % TICKETS]}/classify`, {
            classification: WORDS[written % 3],
          })
          .catch(() => undefined);
      }
    };
    const writer = write();
    for (let round = 0; round < 3; round++) {
      const ids = idsOf(await admin.all<Item>(WORK_ORDERS, 20));
      expect(new Set(ids).size).toBe(ids.length);
      const known = new Set(idsOf(everything));
      expect(ids.filter((id) => known.has(id))).toEqual(idsOf(everything));
    }
    paging = false;
    await writer;
    expect(written).toBeGreaterThan(3);
  });

  it('show what was written before, two hundred times over', async () => {
    for (let n = 0; n < 200; n++) {
      const newest = at(
        '2024-03-05',
        `10:${String(Math.trunc(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`,
      );
      const { id, version, position } = await admin.give(WORK_ORDERS, ticket(`R${n}`, { receivedAt: newest }));
      const one = await admin.read(`${WORK_ORDERS}/${id}?position=${position}`);
      expect([version, one.id]).toEqual([1, id]);
      const { items } = await admin.read(`${WORK_ORDERS}?channel=12345&limit=20&position=${position}`);
      expect(idsOf(items as Item[])).toContain(id);
    }
  });

  it('find an object whose id must be encoded in an address', async () => {
    for (const externalNo of ['A/B%20?#&=+;', '放心 ️'.trim().replaceAll(' ', '-'), '..', '%', '😀'.repeat(32)]) {
      const { id, position } = await admin.give(WORK_ORDERS, ticket(externalNo));
      expect(id).toBe(`12345-${externalNo}`);
      const path = `${WORK_ORDERS}/${encodeURIComponent(id)}`;
      expect((await admin.read(`${path}?position=${position}`)).externalNo).toBe(externalNo);
      expect(await admin.all(`${path}/events`)).toHaveLength(1);
      await admin.give(`${path}/classify`, { classification: 'report', occurredAt: at('2024-03-05') });
    }
  });

  it('say when to ask again for a position that is not there yet', async () => {
    const position = (await admin.head()) + 1_000_000;
    const answers = await Promise.all(
      [WORK_ORDERS, `${WORK_ORDERS}/12345-T0`, `${WORK_ORDERS}/12345-T0/events`, '/v1/metrics/M-05'].map((path) =>
        admin.get(`${path}?position=${position}`),
      ),
    );
    for (const { status, body, headers } of answers) {
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'POSITION_NOT_REACHED' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });
});
