import type { Clock } from './clock.ts';

/** Its date could not be told, as no rule was set for it. */
export function awaitsRule({ rule, undetermined }: Pick<Clock, 'rule' | 'undetermined'>): boolean {
  return rule === null && undetermined === 'RULE_NOT_CONFIGURED';
}
