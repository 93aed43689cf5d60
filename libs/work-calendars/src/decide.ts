import { isSameNotice, mainlandCalendar, shippedNotices, type PublishedNotice, type WorkingCalendar } from '#calendar';
import { localDateOf, refuse, startOfDay, type Decision, type DecisionContext, type Refusal } from '#kernel';
import { calendarRefusal } from './arrangement.ts';
import type { PublishWorkCalendar } from './commands.ts';
import type { WorkCalendarEvent } from './events.ts';
import { festivalsRefusal } from './festivals.ts';
import { daysRefusal, noticeOf, yearsOf } from './notice.ts';
import { knownNotice, type KnownNotice } from './same-notice.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** The calendars of the years beside, whose notices may change days of this one. */
export interface PublicationReads {
  readonly yearBefore: WorkCalendar | undefined;
  readonly yearAfter: WorkCalendar | undefined;
}

type Context = DecisionContext<PublicationReads>;

export function publishWorkCalendar(
  command: PublishWorkCalendar,
  state: WorkCalendar,
  context: Context,
): Decision<WorkCalendarEvent> {
  const notice = noticeOf(command);
  const refusal = timeRefusal(command, context) ?? daysRefusal(notice) ?? festivalsRefusal(command);
  if (refusal !== undefined) return refusal;
  const known = knownNotice(notice, state.notices);
  if (known !== undefined && known.differsIn === undefined) return [];
  return (
    identityRefusal(command, known) ??
    orderRefusal(notice, state, known) ??
    calendarRefusal(command, notice, known, others(notice, state, context)) ?? [
      {
        type: 'WorkCalendarPublished',
        data: { ...notice, years: yearsChanged(notice, known) },
        occurredAt: command.occurredAt === undefined ? startOfDay(notice.publishedOn) : context.occurredAt,
      },
    ]
  );
}

function timeRefusal(command: PublishWorkCalendar, { now, occurredAt }: Context): Refusal | undefined {
  const { publishedOn } = command;
  if (publishedOn > localDateOf(now)) {
    return refuse('invalid', 'PUBLISHED_IN_FUTURE', 'The notice is not public yet.', 'publishedOn');
  }
  if (command.occurredAt === undefined || localDateOf(occurredAt) === publishedOn) return undefined;
  const detail = `What occurs is the publication, which was on ${publishedOn}.`;
  return refuse('invalid', 'OCCURRED_ON_ANOTHER_DAY', detail, 'occurredAt');
}

/** Nobody publishes other days under a number that is known, but to correct what was written down. */
function identityRefusal({ correction = false }: PublishWorkCalendar, known: KnownNotice | undefined) {
  if (correction && known === undefined) {
    return refuse('invalid', 'NO_NOTICE_TO_CORRECT', 'This notice is not known yet.', 'correction');
  }
  if (correction || known === undefined) return undefined;
  const detail = 'This notice is known with other particulars; correction says that those were wrong.';
  return refuse('conflict', 'NOTICE_DIFFERS', detail, known.differsIn);
}

/** Told in another order, a notice would be undone by one that it amends. A correction keeps its notice's place. */
function orderRefusal({ year, publishedOn }: PublishedNotice, state: WorkCalendar, known: KnownNotice | undefined) {
  if (known !== undefined) return undefined;
  const days = [...shippedNotices(year), ...state.notices].flatMap((earlier) => earlier.publishedOn ?? []);
  const later = days.find((day) => day > publishedOn);
  if (later === undefined) return undefined;
  const detail = `A notice of ${later} on ${year} is known, which this one cannot amend.`;
  return refuse('invalid', 'PUBLISHED_BEFORE_PREVIOUS_NOTICE', detail, 'publishedOn');
}

/** What it amends: everything known of the year and those beside it, but for the notice that it corrects. */
function others(notice: PublishedNotice, { notices }: WorkCalendar, { reads }: Context): WorkingCalendar {
  const own = notices.filter((earlier) => !isSameNotice(earlier, notice));
  const published = [...(reads.yearBefore?.notices ?? []), ...own, ...(reads.yearAfter?.notices ?? [])];
  return mainlandCalendar({ published, provisional: true });
}

/** A correction changes also the years of the days that it names no more. */
function yearsChanged(notice: PublishedNotice, corrected: KnownNotice | undefined): readonly number[] {
  return [...new Set([...yearsOf(notice), ...(corrected?.years ?? [])])].sort((one, other) => one - other);
}
