import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Failure, YamlReader } from '#kernel';

const POINTS = ['phone', 'name', 'respondent', 'otherRespondent', 'sector', 'amount', 'time', 'text'] as const;
export type PointName = (typeof POINTS)[number];

/** When a machine suggests that two records are one dispute, as data: no source states any of it. */
export interface MatchingPolicy {
  /** Out of 100, whole. */
  readonly points: Readonly<Record<PointName, number>>;
  /** Percent of likeness below which texts say nothing. */
  readonly likeText: number;
  readonly duplicate: { readonly days: number; readonly threshold: number };
  readonly repeat: { readonly days: number };
  /** Of those who share one mark, so many before and so many after a record are looked at: the nearest in time. */
  readonly nearest: { readonly records: number };
}

const CODE = 'MATCHING_INVALID';

/** Reads a policy of matching. Throws `MATCHING_INVALID` naming file and field. */
export function parseMatchingPolicy(yaml: string, file: string): MatchingPolicy {
  const at = new YamlReader(parsed(yaml, file), file, CODE).only(
    'points',
    'likeText',
    'duplicate',
    'repeat',
    'nearest',
  );
  const points = at.child('points').only(...POINTS, 'source');
  const duplicate = at.child('duplicate').only('days', 'threshold', 'source');
  const repeat = at.child('repeat').only('days', 'source');
  const nearest = at.child('nearest').only('records', 'source');
  for (const part of [points, duplicate, repeat, nearest]) part.text('source');
  return {
    points: Object.fromEntries(POINTS.map((name) => [name, percent(points, name)])) as MatchingPolicy['points'],
    likeText: percent(at, 'likeText'),
    duplicate: { days: days(duplicate), threshold: percent(duplicate, 'threshold') },
    repeat: { days: days(repeat) },
    nearest: { records: records(nearest) },
  };
}

function percent(at: YamlReader, field: string): number {
  const value = at.whole(field);
  if (value > 100) throw at.invalid(field, 'more than 100');
  return value;
}

function days(at: YamlReader): number {
  const value = at.whole('days');
  if (value < 1 || value > 3660) throw at.invalid('days', 'not 1 to 3660 days');
  return value;
}

function records(at: YamlReader): number {
  const value = at.whole('records');
  if (value < 1 || value > 1000) throw at.invalid('records', 'not 1 to 1000 records');
  return value;
}

function parsed(yaml: string, file: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new Failure(CODE, `${file} is no YAML: ${(error as Error).message}`);
  }
}

export const shippedMatching = parseMatchingPolicy(
  readFileSync(new URL('./matching.yaml', import.meta.url), 'utf8'),
  'matching.yaml',
);
