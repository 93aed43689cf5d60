import { calendarOfVersion, mainlandCalendar, type PublishedNotice, type WorkingCalendar } from '#calendar';
import { LogFollower, type FollowingParts } from '#event-log';
import { Failure, type Position } from '#kernel';
import { workCalendarSchemas, type RecordedWorkCalendarEvent } from './events.ts';

export interface CalendarKeeperParts {
  readonly log: FollowingParts['log'];
  /** Told when following the log failed; meanwhile the calendar is the one known last. */
  readonly report?: (error: unknown) => void;
  /** Pause before following again, ms. */
  readonly retryAfterMs?: number;
}

/** The calendar of the mainland with every notice published so far, folded from the log and following it. */
export class CalendarKeeper {
  #published: readonly PublishedNotice[] = [];
  #calendar = newest([]);
  #follower: LogFollower | undefined;

  private constructor() {}

  /** Reads the history and follows on. Settles when every notice recorded so far is known. */
  static async open({ log, report, retryAfterMs }: CalendarKeeperParts): Promise<CalendarKeeper> {
    const keeper = new CalendarKeeper();
    keeper.#follower = await LogFollower.open({
      log,
      types: Object.keys(workCalendarSchemas),
      take: (event) => keeper.#take(event as RecordedWorkCalendarEvent),
      unavailable: (cause) =>
        cause === undefined
          ? new Failure('CALENDAR_UNAVAILABLE', 'the working-day calendar is closed', true)
          : new Failure('CALENDAR_UNAVAILABLE', 'the published calendars cannot be followed', true, { cause }),
      report,
      retryAfterMs,
    });
    return keeper;
  }

  /**
   * The newest version. A year that no notice arranges is guessed and named `PROVISIONAL`: a complaint of December is
   * accepted before the next year is arranged, and its date told again when it is.
   */
  calendar(): WorkingCalendar {
    return this.#calendar;
  }

  /** The calendar that a deadline names, `CN-2026.1+CN-2027.PROVISIONAL`. Throws `CALENDAR_VERSION_UNKNOWN`. */
  calendarOf(version: string): WorkingCalendar {
    return calendarOfVersion(version, this.#published);
  }

  /** Settles when the calendar has the notices recorded up to a position; rejects when the log cannot be followed. */
  async settled(position: Position): Promise<void> {
    await this.#follower?.reached(position);
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  #take({ data }: RecordedWorkCalendarEvent): void {
    const published = [...this.#published, data];
    this.#calendar = newest(published);
    this.#published = published;
  }
}

function newest(published: readonly PublishedNotice[]): WorkingCalendar {
  return mainlandCalendar({ published, provisional: true });
}
