import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from './client.ts';
import { at, UNITS } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const [SHANXI_UNIT, ZHEJIANG_UNIT, , UNREGISTERED] = UNITS;
const ZIBO = '/v1/programmes/zibo-2023-2025';

describe('who may read what a programme has reached', () => {
  let service: ServiceProcess;
  let admin: Client;

  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
    const occurredAt = at('2024-01-10');
    await admin.give('/v1/subjects', { uscc: SHANXI_UNIT, name: 'In Taiyuan', region: '140105', occurredAt });
    const elsewhere = { uscc: ZHEJIANG_UNIT, name: 'In Shaoxing', region: '330602', occurredAt };
    const { position } = await admin.give('/v1/subjects', elsewhere);
    await admin.read(`/v1/programmes/shanxi/verdicts/${SHANXI_UNIT}?position=${position}`);
  });
  afterAll(() => service.kill());

  const answered = ({ status, body }: Answer) => (status === 200 ? 200 : `${status} ${body.code}`);
  const verdictFor = async (client: Client, unit: string) =>
    answered(await client.get(`/v1/programmes/shanxi/verdicts/${unit}`));

  it('gives the verdict on a unit to those whose region it is registered in', async () => {
    const bounds = {
      everywhere: [undefined, 200, '422 OUTSIDE_PROGRAMME', 200],
      province: ['140000', 200, '403 OUT_OF_REGION', '403 OUT_OF_REGION'],
      county: ['140105', 200, '403 OUT_OF_REGION', '403 OUT_OF_REGION'],
      neighbour: ['140106', '403 OUT_OF_REGION', '403 OUT_OF_REGION', '403 OUT_OF_REGION'],
      'other province': ['330000', '403 OUT_OF_REGION', '422 OUTSIDE_PROGRAMME', '403 OUT_OF_REGION'],
    } as const;
    for (const [, [region, ...expected]] of Object.entries(bounds)) {
      for (const role of ['officer', 'programme-office', 'hotline']) {
        const client = await admin.keyFor(role, region === undefined ? {} : { region });
        const answers = [];
        for (const unit of [SHANXI_UNIT, ZHEJIANG_UNIT, UNREGISTERED]) answers.push(await verdictFor(client, unit));
        expect({ role, region, answers }).toEqual({ role, region, answers: expected });
      }
    }
  });

  it('gives it to the unit itself and not to another, nor to the public', async () => {
    const merchant = await admin.keyFor('merchant', { subject: SHANXI_UNIT });
    expect(await verdictFor(merchant, SHANXI_UNIT.toLowerCase())).toBe(200);
    expect(await verdictFor(merchant, ZHEJIANG_UNIT)).toBe('403 OUT_OF_SUBJECT');
    const bystander = await admin.keyFor('public');
    for (const unit of [SHANXI_UNIT, UNREGISTERED]) {
      expect(await verdictFor(bystander, unit)).toBe('403 ROLE_NOT_ALLOWED');
    }
  });

  it('leaves open what a unit that is not registered has reached', async () => {
    const { conditions, overall } = await admin.read(`/v1/programmes/shanxi/verdicts/${UNREGISTERED}`);
    expect(overall).toBe('INDETERMINATE');
    expect(conditions.find(({ id }: { id: string }) => id === 'SX-U2').reasons).toEqual(['NOT_REGISTERED']);
  });

  it.each([
    ['above', 'officer', { region: '370000' }, 200],
    ['of it', 'programme-office', { region: '370300' }, 200],
    ['within', 'officer', { region: '370303' }, 200],
    ['beside', 'officer', { region: '330600' }, '403 OUT_OF_REGION'],
    ['nowhere in particular', 'public', {}, 200],
    ['of a unit', 'merchant', { subject: SHANXI_UNIT }, '403 OUT_OF_SUBJECT'],
  ] as const)('shows a target board, and the verdict on its region, to a key %s', async (_, role, bounds, expected) => {
    const client = await admin.keyFor(role, bounds);
    expect(answered(await client.get(`${ZIBO}/targets`))).toBe(expected);
    expect(answered(await client.get(`${ZIBO}/verdicts/370300`))).toBe(expected);
  });

  it('refuses a moment that has not come as a wrong parameter', async () => {
    const answer = await admin.get(`${ZIBO}/targets?asOf=2999-01-01T00:00:00Z`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'AS_OF_IN_FUTURE', field: 'asOf' } });
  });

  it('knows the programmes for anybody', async () => {
    const bystander = await admin.keyFor('public');
    expect((await bystander.read('/v1/programmes')).items).toHaveLength(2);
  });
});
