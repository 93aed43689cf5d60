import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Failure, YamlReader } from '#kernel';

/** 预警阈值, as data. */
export interface AlertPolicy {
  readonly group: { readonly complainants: number; readonly days: number };
  readonly spike: { readonly atLeast: number; readonly percentOfMean: number };
  readonly unanswered: { readonly days: number };
}

const CODE = 'ALERTS_INVALID';

/** Reads thresholds. Throws `ALERTS_INVALID` naming file and field. */
export function parseAlertPolicy(yaml: string, file: string): AlertPolicy {
  const at = new YamlReader(parsed(yaml, file), file, CODE).only('group', 'spike', 'unanswered');
  const part = (name: string, ...fields: string[]) => {
    const one = at.child(name).only(...fields, 'source');
    one.text('source');
    return (field: string): number => {
      const value = one.whole(field);
      if (value < 1) throw one.invalid(field, 'not at least 1');
      return value;
    };
  };
  const group = part('group', 'complainants', 'days');
  const spike = part('spike', 'atLeast', 'percentOfMean');
  const unanswered = part('unanswered', 'days');
  return {
    group: { complainants: group('complainants'), days: group('days') },
    spike: { atLeast: spike('atLeast'), percentOfMean: spike('percentOfMean') },
    unanswered: { days: unanswered('days') },
  };
}

function parsed(yaml: string, file: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new Failure(CODE, `${file} is no YAML: ${(error as Error).message}`);
  }
}

export const shippedAlerts = parseAlertPolicy(
  readFileSync(new URL('./alerts.yaml', import.meta.url), 'utf8'),
  'alerts.yaml',
);
