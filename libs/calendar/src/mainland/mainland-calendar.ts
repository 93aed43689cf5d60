import type { WorkingCalendar } from '../working-calendar.ts';
import { MainlandHistory, type MainlandSelection } from './mainland-history.ts';
import type { PublishedNotice } from './published-notice.ts';
import { release } from './release.ts';

export interface MainlandOptions extends MainlandSelection {
  /** Notices published beside the shipped ones, in the order in which they were recorded. A list is not changed once it was given. */
  readonly published?: readonly PublishedNotice[];
}

/**
 * The working days of the mainland (工作日), Asia/Shanghai, open from 00:00 to 24:00. Days off and make-up days come from chinese-days,
 * their notices and the versions before an amendment from mainland.yaml and from what was published. The same list of published
 * notices has the same calendars, and their years are counted once. Throws `CALENDAR_VERSION_UNKNOWN`.
 */
export function mainlandCalendar({ published = NONE, ...selection }: MainlandOptions = {}): WorkingCalendar {
  return historyWith(published).calendar(selection);
}

/**
 * The calendar with which a deadline was computed, by the version that it names (`CN-2026.1+CN-2027.PROVISIONAL`), whatever has been
 * published since. Years that it does not name are guessed where they were not known. Throws `CALENDAR_VERSION_UNKNOWN`.
 */
export function calendarOfVersion(version: string, published: readonly PublishedNotice[] = NONE): WorkingCalendar {
  return mainlandCalendar({ published, version, provisional: true });
}

const NONE: readonly PublishedNotice[] = [];
const byList = new WeakMap<readonly PublishedNotice[], MainlandHistory>();
const bySaying = new Map<string, MainlandHistory>();

/** One for what the list says: who folds the log into a new list each time has the years counted once all the same. */
function historyWith(published: readonly PublishedNotice[]): MainlandHistory {
  let history = byList.get(published);
  if (history === undefined) {
    const said = JSON.stringify(published);
    history = bySaying.get(said);
    if (history === undefined) {
      const { data, issues } = release();
      history = new MainlandHistory(data, issues, published);
      bySaying.set(said, history);
    }
    byList.set(published, history);
  }
  return history;
}
