import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FORGOTTEN } from '../port.ts';
import type { PersonalData, PersonVault } from '../port.ts';

/** One storage that a vault can be opened on again and again. */
export interface VaultFixture {
  open(): Promise<PersonVault>;
  dispose(): Promise<void>;
}

const ZHANG: PersonalData = {
  name: '张三',
  phone: '13800138000',
  address: '浙江省绍兴市越城区府山街道1号',
  text: { content: '商家不退款' },
};
const LI: PersonalData = { name: '李四' };

const one = (id: string, data: PersonalData) => new Map([[id, data]]);

/** What every vault engine promises. Enrol an engine with a spec that calls this with its fixture. */
export function personVaultContract(engine: string, fixture: () => Promise<VaultFixture>): void {
  describe(`person vault: ${engine}`, () => {
    let storage: VaultFixture;
    let vault: PersonVault;

    beforeEach(async () => {
      storage = await fixture();
      vault = await storage.open();
    });
    afterEach(async () => {
      await vault.close();
      await storage.dispose();
    });

    const reopen = async () => {
      await vault.close();
      vault = await storage.open();
    };

    describe('keep and read', () => {
      it('gives back exactly what was kept, now and after opening again', async () => {
        await vault.keep(new Map([...one('a', ZHANG), ...one('b', LI)]));
        const expected = new Map([...one('a', ZHANG), ...one('b', LI)]);
        expect(await vault.read(['a', 'b'])).toEqual(expected);
        await reopen();
        expect(await vault.read(['a', 'b'])).toEqual(expected);
      });

      it('leaves unknown people out of the answer', async () => {
        await vault.keep(one('a', ZHANG));
        expect(await vault.read(['nobody', 'a', 'none'])).toEqual(one('a', ZHANG));
        expect(await vault.read([])).toEqual(new Map());
      });

      it('changes nothing when the same id comes again, also in one commit', async () => {
        await Promise.all([vault.keep(one('a', ZHANG)), vault.keep(one('a', LI))]);
        await vault.keep(one('a', LI));
        expect(await vault.read(['a'])).toEqual(one('a', ZHANG));
      });

      it('takes nobody at all, text without end and every character', async () => {
        const odd = { name: '𠮷田\u0000"\'\n', text: { content: '长'.repeat(200_000), '': '' } };
        await vault.keep(new Map());
        await vault.keep(one('odd id / 人', odd));
        expect(await vault.read(['odd id / 人'])).toEqual(one('odd id / 人', odd));
      });

      it('keeps 64 writers apart', async () => {
        const ids = Array.from({ length: 64 * 20 }, (_, i) => `person-${i}`);
        await Promise.all(ids.map((id) => vault.keep(one(id, { name: id }))));
        await reopen();
        expect(await vault.read(ids)).toEqual(new Map(ids.map((id) => [id, { name: id }])));
      });
    });

    describe('forget', () => {
      it('says forgotten, not unknown, now and after opening again', async () => {
        await vault.keep(new Map([...one('a', ZHANG), ...one('b', LI)]));
        await vault.forget('a');
        const expected = new Map<string, unknown>([
          ['a', FORGOTTEN],
          ['b', LI],
        ]);
        expect(await vault.read(['a', 'b'])).toEqual(expected);
        await reopen();
        expect(await vault.read(['a', 'b'])).toEqual(expected);
      });

      it('is final: keeping the person again brings nothing back', async () => {
        await vault.keep(one('a', ZHANG));
        await vault.forget('a');
        await vault.keep(one('a', LI));
        await vault.forget('a');
        expect((await vault.read(['a'])).get('a')).toBe(FORGOTTEN);
      });

      it('also holds for a person who is still on the way into the vault, or was never there', async () => {
        const keeping = vault.keep(one('a', ZHANG));
        await Promise.all([keeping, vault.forget('a'), vault.forget('stranger')]);
        await vault.keep(one('stranger', LI));
        expect([...(await vault.read(['a', 'stranger'])).values()]).toEqual([FORGOTTEN, FORGOTTEN]);
      });
    });

    describe('tokens', () => {
      it.each([
        ['phone', '13800138000', '+86 138-0013-8000'],
        ['phone', '13800138000', '００８６１３８００１３８０００'],
        ['phone', '13800138000', '8613800138000'],
        ['phone', '0575-8512 3456', '+86 575 85123456'],
        ['phone', '010-66554433', '（010）６６５５４４３３'],
        ['name', '张三', ' 张　三 '],
        ['name', 'ＡＢ', 'AB'],
      ] as const)('are equal for a %s written as %s and as %s', (kind, left, right) => {
        expect(vault.token(kind, left)).toBe(vault.token(kind, right));
        expect(vault.token(kind, left)).toMatch(/^[\w-]{22}$/);
      });

      it('differ between people and between kinds', () => {
        const tokens = [
          vault.token('phone', '13800138000'),
          vault.token('phone', '13800138001'),
          vault.token('phone', '8612345678'),
          vault.token('phone', '12345678'),
          vault.token('name', '13800138000'),
          vault.token('name', '张三'),
        ];
        expect(new Set(tokens).size).toBe(tokens.length);
      });

      it.each([
        ['phone', '无'],
        ['phone', ''],
        ['name', '　'],
        ['name', '-'],
      ] as const)('are not given for a %s %j, by which strangers would match', (kind, value) => {
        expect(vault.token(kind, value)).toBeUndefined();
      });

      it('and digests stay the same after opening again', async () => {
        const before = [vault.token('name', '张三'), vault.digest('{"a":1}')];
        await reopen();
        expect([vault.token('name', '张三'), vault.digest('{"a":1}')]).toEqual(before);
      });
    });

    it('tells a text’s likeness by tokens that stay the same after opening again, and none of a text too short', async () => {
      const text = '商家拒绝退款，承诺的七日无理由退货没有兑现，要求退还全部货款。';
      const before = vault.likenessTokens(text);
      expect(before).toMatch(/^[\w-]{43}$/);
      expect(vault.likenessTokens('要求退款')).toBeUndefined();
      await reopen();
      expect(vault.likenessTokens(text)).toBe(before);
    });

    it('digests a payload with a key: equal for equal, another for another', () => {
      expect(vault.digest('{"a":1}')).toMatch(/^[\w-]{43}$/);
      expect(vault.digest('{"a":1}')).toBe(vault.digest('{"a":1}'));
      expect(vault.digest('{"a":1}')).not.toBe(vault.digest('{"a":2}'));
    });

    it('refuses work after it was closed, and closes twice', async () => {
      const kept = vault.keep(one('a', ZHANG));
      await vault.close();
      await kept;
      await vault.close();
      const unavailable = expect.objectContaining({ code: 'VAULT_UNAVAILABLE', retryable: true });
      await expect(vault.keep(one('b', LI))).rejects.toEqual(unavailable);
      await expect(vault.read(['a'])).rejects.toEqual(unavailable);
      await expect(vault.forget('a')).rejects.toEqual(unavailable);
      vault = await storage.open();
      expect(await vault.read(['a', 'b'])).toEqual(one('a', ZHANG));
    });
  });
}
