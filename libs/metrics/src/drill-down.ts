import type { EventReader } from '#event-log';
import type { Instant, Position } from '#kernel';
import { Failure, formatInstant, localDateFromEpochDay } from '#kernel';
import type { ObjectNumber, Row } from './fact-store.ts';
import { DENOMINATOR, FIRST_EXCLUSION, NOWHERE, NUMERATOR } from './formula.ts';
import type { Counted, CountedObject, EvidenceEvent } from './query.ts';
import { countedDays, evaluationDay } from './question.ts';
import type { Question } from './question.ts';
import { importFlagsOf } from './work-order-fact.ts';

/** An object and the version of its fact that a figure counted. */
export interface Found {
  readonly object: ObjectNumber;
  readonly row: Row;
}

/** The objects behind a figure, in order of their first event, after one of them; at most so many. */
export function objectsBehind(
  question: Question,
  counted: Counted | undefined,
  after: ObjectNumber,
  most: number,
): Found[] {
  const { book, scope, position, variant } = question;
  const { from, to } = countedDays(question, question.window);
  const today = evaluationDay(question);
  const inScope = book.scopeTest(scope);
  const found: Found[] = [];
  for (const object of book.candidates(scope)) {
    if (object <= after) continue;
    const row = book.store.rowAt(object, position);
    if (row < 0 || !inScope(row)) continue;
    const day = book.attributedOn(variant.counting.attribution, row);
    if (day === null || day < from || day >= to) continue;
    const cell = book.store.cellOf(row, variant.space);
    if (day === today && variant.waits[cell] === 1) continue;
    if (!isCounted(variant.classOf[cell]!, counted)) continue;
    found.push({ object, row });
    if (found.length === most) break;
  }
  return found;
}

/** An object as a listing shows it, with the events behind it from the log. */
export async function describeObject(
  question: Question,
  { object, row }: Found,
  log: Pick<EventReader, 'readAll'>,
): Promise<CountedObject> {
  const { book, variant } = question;
  const fact = book.store.read(row);
  const cell = book.store.cellOf(row, variant.space);
  const kind = variant.classOf[cell]!;
  return {
    id: book.store.idOf(object),
    kind: book.kind.name,
    counted: kind === NUMERATOR ? 'numerator' : kind === DENOMINATOR ? 'denominator' : 'excluded',
    ...(kind >= FIRST_EXCLUSION ? { reason: variant.reasons[kind - FIRST_EXCLUSION]! } : {}),
    attributedOn: localDateFromEpochDay(book.attributedOn(variant.counting.attribution, row)!),
    outcome: variant.space.codesIn(cell),
    region: fact.region as string | null,
    subject: fact.subject as string | null,
    sector: fact.sector as string | null,
    channel: fact.channel as string | null,
    ...(fact.imported === 'YES'
      ? { imported: { batch: fact.batch as string | null, flags: importFlagsOf(fact.flags as number) } }
      : {}),
    events: await Promise.all(
      book.store.positionsOf(object, question.position).map((position) => evidenceAt(position, log)),
    ),
  };
}

async function evidenceAt(position: Position, log: Pick<EventReader, 'readAll'>): Promise<EvidenceEvent> {
  const [event] = await log.readAll(position - 1, { limit: 1 });
  if (event === undefined) throw new Failure('LOG_GAP', `no event at position ${position}`);
  return {
    position,
    stream: event.stream,
    type: event.type,
    occurredAt: formatInstant(event.occurredAt),
    recordedAt: formatInstant(event.recordedAt),
  };
}

function isCounted(kind: number, asked: Counted | undefined): boolean {
  switch (asked) {
    case 'numerator':
      return kind === NUMERATOR;
    case 'denominator':
      return kind === NUMERATOR || kind === DENOMINATOR;
    case 'excluded':
      return kind >= FIRST_EXCLUSION;
    case undefined:
      return kind !== NOWHERE;
  }
}

/** Where a listing goes on, and the state of knowledge it goes on with. */
export interface Cursor {
  readonly position: Position;
  readonly instant: Instant;
  readonly after: ObjectNumber;
}

export function writeCursor({ position, instant, after }: Cursor): string {
  return Buffer.from(`${position}.${instant}.${after}`).toString('base64url');
}

export function readCursor(text: string): Cursor | undefined {
  const match = /^(\d{1,15})\.(-?\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString());
  if (match === null) return undefined;
  return { position: Number(match[1]), instant: Number(match[2]), after: Number(match[3]) };
}
