import { describe, expect, it } from '@jest/globals';
import { readSettings } from '#service';

describe('settings', () => {
  it('have a default each', () => {
    expect(readSettings({})).toMatchObject({
      dataFolder: './data',
      host: '127.0.0.1',
      port: 3000,
      engine: 'embedded',
      adminKey: undefined,
      logLevel: 'info',
    });
  });

  it('are read from the environment', () => {
    const environment = {
      FANGXIN_DATA: '/srv/fangxin',
      FANGXIN_PORT: '0',
      FANGXIN_HOST: '::1',
      FANGXIN_ADMIN_KEY: 'k',
    };
    expect(readSettings(environment)).toMatchObject({
      dataFolder: '/srv/fangxin',
      port: 0,
      host: '::1',
      adminKey: 'k',
    });
  });

  it.each([
    ['FANGXIN_PORT', '65536'],
    ['FANGXIN_PORT', 'http'],
    ['FANGXIN_PORT', '-1'],
    ['FANGXIN_PORT', '1.5'],
    ['FANGXIN_PORT', '0x10'],
    ['FANGXIN_PORT', ''],
    ['FANGXIN_HOST', ' '],
    ['FANGXIN_DATA', ''],
    ['FANGXIN_ENGINE', 'mongo'],
    ['FANGXIN_ENGINE', 'distributed'],
    ['FANGXIN_ADMIN_KEY', 'with a space'],
    ['FANGXIN_ADMIN_KEY', '\u653e\u5fc3'],
    ['FANGXIN_ADMIN_KEY', ''],
    ['FANGXIN_BODY_LIMIT', '10'],
    ['FANGXIN_BODY_LIMIT', 'much'],
    ['FANGXIN_RATE_LIMIT', 'many'],
    ['FANGXIN_ANONYMOUS_RATE_LIMIT', '1e3'],
    ['FANGXIN_LOG_LEVEL', 'loud'],
  ])('refuse %s=%j by its name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'BAD_SETTING', message: expect.stringContaining(name) }),
    );
  });
});
