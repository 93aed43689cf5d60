/** Data of one event type at its schema version: field (with `?` where it may be missing) → type. */
export interface EventShape {
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, string>>;
  /** The same of objects within it, by their path: `clocks[].due`. Absent where it holds none. */
  readonly within?: Readonly<Record<string, string>>;
}
export type EventShapes = Readonly<Record<string, EventShape>>;

/**
 * What the code has changed in events that logs may hold without saying so by a new schema version, for which the log asks an
 * upcaster when it opens. Added types, added optional fields and further words of a list are no change: what was written can be
 * read as it is.
 */
export function brokenShapes(before: EventShapes, after: EventShapes): string[] {
  return Object.entries(before).flatMap(([type, old]) => {
    const now = after[type];
    if (now === undefined) return [`${type} is gone: a log may hold it`];
    if (now.schemaVersion > old.schemaVersion) return [];
    if (now.schemaVersion < old.schemaVersion) return [`${type} went back to schema version ${now.schemaVersion}`];
    const changes = [...changedFields(old.data, now.data), ...changedWithin(old.within ?? {}, now.within ?? {})];
    return changes.map((what) => `${type}.${what} without a new schema version`);
  });
}

/** What lies within a field that was not there, or of which nothing was said before, is told by that field. */
function changedWithin(before: EventShape['data'], after: EventShape['data']): string[] {
  const parentOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf('.'), 0));
  const parents = new Set(Object.keys(before).map(parentOf));
  return changedFields(
    before,
    Object.fromEntries(Object.entries(after).filter(([path]) => parents.has(parentOf(path)))),
  );
}

function changedFields(before: EventShape['data'], after: EventShape['data']): string[] {
  const nameOf = (field: string) => field.replace(/\?$/, '');
  const now = new Map(Object.entries(after).map(([field, text]) => [nameOf(field), { field, text }]));
  const changed = Object.entries(before).flatMap(([field, text]) => {
    const found = now.get(nameOf(field));
    if (found === undefined) return [`${nameOf(field)} is gone`];
    if (field.endsWith('?') && !found.field.endsWith('?')) return [`${nameOf(field)} must be there now`];
    return holdsAllOf(found.text, text) ? [] : [`${nameOf(field)} was ${text} and is ${found.text}`];
  });
  const known = new Set(Object.keys(before).map(nameOf));
  const added = Object.keys(after).filter((field) => !known.has(nameOf(field)) && !field.endsWith('?'));
  return [...changed, ...added.map((field) => `${field} was added and must be there`)];
}

/** Whether a type still takes everything that another took: the same choices, or more. */
function holdsAllOf(now: string, before: string): boolean {
  const choices = (text: string) => text.split(/ or |, |; /);
  const known = new Set(choices(now));
  return choices(before).every((choice) => known.has(choice));
}
