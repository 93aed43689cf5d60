import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import { CITY } from './scene.ts';
import { ServiceProcess } from './service-process.ts';

const CALENDARS = '/v1/work-calendars';
/** There is no such notice; its year is one that every release arranges, and that is long over. */
const notice = {
  year: 2019,
  number: '国办发明电〔2019〕99号',
  title: '国务院办公厅关于调整2019年国庆节假期安排的通知',
  publishedOn: '2019-09-02',
  daysOff: ['2019-10-08..2019-10-09 国庆节'],
  workdays: ['2019-10-13 国庆节'],
};

describe('a working-day calendar', () => {
  let service: ServiceProcess;
  let admin: Client;
  beforeAll(async () => {
    service = await ServiceProcess.start();
    admin = await service.client();
  });
  afterAll(() => service.kill());

  const clientAs = async (role: string, region?: string) => {
    const { secret } = (await admin.post('/v1/access-keys', { role, ...(region !== undefined && { region }) })).body;
    return admin.withKey(secret as string);
  };

  it('is published by the programme office of the whole, and read by everybody of it', async () => {
    expect((await (await clientAs('officer')).post(CALENDARS, notice)).body.code).toBe('ROLE_NOT_ALLOWED');
    expect((await (await clientAs('programme-office', CITY)).post(CALENDARS, notice)).body.code).toBe('OUT_OF_REGION');
    const { id, version, position } = await (await clientAs('programme-office')).give(CALENDARS, notice);
    expect([id, version]).toEqual(['2019', 1]);
    const seen = await (await clientAs('public')).read(`${CALENDARS}/2019?position=${position}`);
    expect(seen).toMatchObject({ year: 2019, calendarVersion: 'CN-2019.3', version: 1 });
    expect(seen.notices).toMatchObject([{ number: notice.number, calendarVersion: 'CN-2019.3' }]);
    expect((await admin.read(`${CALENDARS}/2019/events`)).items).toMatchObject([{ type: 'WorkCalendarPublished' }]);
  });

  it('is the same when it is published again, amended by another notice, and not by a wrong one', async () => {
    expect((await admin.post(CALENDARS, notice)).body).toMatchObject({ id: '2019', version: 1, unchanged: true });
    const wrong = { ...notice, workdays: ['2019-10-13 国庆节', '2019-10-09 国庆节'] };
    expect((await admin.post(CALENDARS, wrong)).body).toMatchObject({
      status: 422,
      code: 'DAY_OFF_AND_WORKED',
      field: 'workdays',
    });
    const other = { ...notice, number: '国办发明电〔2019〕100号', daysOff: ['2019-10-10 国庆节'], workdays: undefined };
    const { position } = await admin.give(CALENDARS, other);
    const seen = await admin.read(`${CALENDARS}?position=${position}`);
    expect(seen.items).toMatchObject([{ id: '2019', calendarVersion: 'CN-2019.4' }]);
  });
});
