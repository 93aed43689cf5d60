// Administrative divisions and functional zones: what lies in what, and which code took over from which.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Region } from './region.ts';
import { RegionTree } from './region-tree.ts';

export type { Region } from './region.ts';
export { RegionTree } from './region-tree.ts';

const table = parse(readFileSync(new URL('./regions.yaml', import.meta.url), 'utf8')) as { regions: Region[] };

/** Divisions (行政区划) and functional zones (功能区) as Fangxin knows them: `regions.yaml` over GB/T 2260. */
export const regions = new RegionTree(table.regions);
