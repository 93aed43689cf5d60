import { mayRead, mayTouch, type Principal } from '#access';
import type { ReminderEvents } from '#deadlines/events';
import type { EventReader } from '#event-log';
import { categoryOf, idOf, type RecordedEvent } from '#kernel';
import type { AnyContextTable, AnyViewRow } from '#service';

/**
 * Whether a reader is told of an object in a timeline: where it may read the object by itself, by its role, its bounds and what
 * the object says of its readers. No merchant a report, or the tickets that may hold one (S1 Art. 37), nor evidence that is for
 * the authorities only; no authority what another region handles. The object is told from its events, not from a read model
 * that may be behind.
 */
export function isToldTo(
  principal: Principal,
  stream: string,
  events: readonly RecordedEvent[],
  views: readonly AnyViewRow[],
): boolean {
  return views.some((view) => {
    if (!mayRead(principal.role, view.roles)) return false;
    const doc = documentOf(view, idOf(stream), events);
    if (doc === undefined) return false;
    const readers = view.readersOf?.(doc as never);
    return (
      (readers === undefined || mayRead(principal.role, readers)) && mayTouch(principal, view.scopeOf(doc as never))
    );
  });
}

/**
 * By which the objects of a category are read: one may be answered by several tables, for everybody and for those who handle it.
 * What is everybody's (a publication) does not open the story behind it.
 */
export function viewsOf(tables: readonly AnyContextTable[], category: string): readonly AnyViewRow[] {
  const views = tables.filter((table) => table.category === category).flatMap((table) => table.views);
  return views.filter((view) => view.isEverybodys !== true);
}

/**
 * The same of any stream that another object leads to: a dispute to its tickets, a deadline to what it is of. What no view answers
 * belongs to the object that names it.
 */
export async function isStreamToldTo(
  principal: Principal,
  stream: string,
  { reader, tables }: { readonly reader: EventReader; readonly tables: readonly AnyContextTable[] },
): Promise<boolean> {
  const told = await reader.readStream(stream);
  const object = remindedOf(told) ?? stream;
  const views = viewsOf(tables, categoryOf(object));
  if (views.length === 0) return true;
  return isToldTo(principal, object, object === stream ? told : await reader.readStream(object), views);
}

/** The object that a reminder is about: it is told to those who may know of that object. */
export function remindedOf([first]: readonly RecordedEvent[]): string | undefined {
  if (first?.type !== ('DeadlineReminderIssued' satisfies keyof ReminderEvents)) return undefined;
  return (first.data as ReminderEvents['DeadlineReminderIssued']).object;
}

function documentOf({ projection }: AnyViewRow, key: string, events: readonly RecordedEvent[]): object | undefined {
  let doc: object | undefined;
  for (const event of events) {
    if (!projection.types.includes(event.type) || !projection.keys(event).includes(key)) continue;
    doc = projection.evolve(doc as never, event, key) ?? undefined;
  }
  return doc;
}
