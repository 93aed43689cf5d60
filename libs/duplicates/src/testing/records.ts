import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVault } from '#privacy';

/** One story told twice, and another one. */
export const CALL =
  '本人于三月一日在越城区某某健身会所办理年卡一张，付款三千八百元，上周会所突然关门停业，电话无人接听，要求退还剩余会费。';
export const LETTER =
  '本人三月一日在越城区某某健身会所办理了年卡一张，付款三千八百元。上周会所突然关门停业，电话一直无人接听，请求退还剩余会费！';
export const OTHER_STORY =
  '网上购买的手机收到后发现屏幕有划痕，商家以已经拆封为由拒绝换货，希望市场监管部门帮助协调处理。';

const folder = mkdtempSync(join(tmpdir(), 'fangxin-matching-'));
const vault = await openVault({ folder, masterKey: Buffer.alloc(32, 1), tokenKey: Buffer.alloc(32, 2) });
const known = new Map([CALL, LETTER, OTHER_STORY].map((text) => [text, vault.likenessTokens(text)!]));
await vault.close();
rmSync(folder, { recursive: true });

/** Keyed tokens of one of the stories, as a vault tells them. */
export function tokensOf(story: string): string {
  return known.get(story)!;
}
