import { readFileSync } from 'node:fs';
import { parseAlertPolicy, shippedAlerts, type AlertPolicy } from '#alerts';
import { parseReminderPolicy, shippedReminders, type ReminderPolicy } from '#deadlines';
import { parseMatchingPolicy, shippedMatching, type MatchingPolicy } from '#duplicates';
import { Failure } from '#kernel';
import { configure, regulations, ruleBook, type RuleBook } from '#law';

/** Files in which a place sets what no source states. */
export interface PlaceFiles {
  readonly rulesFile?: string | undefined;
  readonly remindersFile?: string | undefined;
  readonly alertsFile?: string | undefined;
  readonly matchingFile?: string | undefined;
}

export interface Place {
  readonly rules: RuleBook;
  readonly reminders: ReminderPolicy;
  readonly alerts: AlertPolicy;
  readonly matching: MatchingPolicy;
}

/** Rules, reminders and thresholds as they ship, with what the place sets. Throws `BAD_SETTING` naming the variable and what is wrong. */
export function readPlace({ rulesFile, remindersFile, alertsFile, matchingFile }: PlaceFiles): Place {
  return {
    rules: fromFile('FANGXIN_RULES', rulesFile, ruleBook, (yaml, file) => configure(ruleBook, yaml, file, regulations)),
    reminders: fromFile('FANGXIN_REMINDERS', remindersFile, shippedReminders, parseReminderPolicy),
    alerts: fromFile('FANGXIN_ALERTS', alertsFile, shippedAlerts, parseAlertPolicy),
    matching: fromFile('FANGXIN_MATCHING', matchingFile, shippedMatching, parseMatchingPolicy),
  };
}

function fromFile<Read>(
  variable: string,
  file: string | undefined,
  shipped: Read,
  read: (yaml: string, file: string) => Read,
): Read {
  if (file === undefined) return shipped;
  try {
    return read(readFileSync(file, 'utf8'), file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('BAD_SETTING', `${variable}: ${reason}`, false, { cause: error });
  }
}
