import { Controller, Get, Inject, Injectable, Param, Query, Req } from '@nestjs/common';
import type { Principal } from '#access';
import type { EventReader } from '#event-log';
import { categoryOf, type RecordedEvent } from '#kernel';
import type { ReadModelReader } from '#read-models';
import {
  authoriseRole,
  authoriseScope,
  badParameter,
  isEventWithheld,
  limitOf,
  notReached,
  onlyParameters,
  positionOf,
  ProblemError,
  single,
  type AnyContextTable,
} from '#service';
import { principalOf, type Request } from '#service/server';
import { isToldTo, remindedOf, viewsOf } from '../told-to.ts';
import { TIMELINE_ORDERS, timelineOf, type TimelineEntry, type TimelineOrder } from '../timeline.ts';
import type { DisputeStreamsDocument } from '../views/dispute-streams.ts';

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface TimelinePorts {
  readonly reader: EventReader;
  readonly readModels: ReadModelReader;
  readonly tables: readonly AnyContextTable[];
}

interface TimelinePage {
  readonly items: readonly TimelineEntry[];
  readonly next: string | null;
}

const REACH_TIMEOUT_MS = 5000;
const VIEWS = ['disputes', 'dispute-streams'];

/** Puts the story of a dispute together, of what the reader's role may see of it. */
@Injectable()
export class Timelines {
  readonly #ports: TimelinePorts;
  readonly #tables: ReadonlyMap<string, AnyContextTable>;

  constructor(ports: TimelinePorts) {
    this.#ports = ports;
    this.#tables = new Map(ports.tables.map((table) => [table.category, table]));
  }

  async page(principal: Principal, disputeId: string, parameters: Parameters): Promise<TimelinePage> {
    onlyParameters(parameters, ['cursor', 'limit', 'order', 'position']);
    await this.#reach(parameters['position']);
    const order = orderOf(parameters['order']);
    const limit = limitOf(parameters['limit']);
    const known = await this.#events(principal, disputeId);
    const { upTo, skipped } = placeOf(parameters['cursor'], known);
    const entries = timelineOf(
      known.filter(({ position }) => position <= upTo),
      (category) => this.#collectionOf(category),
      order,
    );
    const items = entries.slice(skipped, skipped + limit);
    const end = skipped + items.length;
    return { items, next: end < entries.length ? cursorAt(upTo, end) : null };
  }

  async #events(principal: Principal, disputeId: string): Promise<RecordedEvent[]> {
    const { readModels, reader } = this.#ports;
    authoriseRole(
      principal,
      ['dispute', 'complaint']
        .flatMap((category) => viewsOf(this.#ports.tables, category))
        .flatMap(({ roles }) => roles),
    );
    const dispute = await readModels.get<{ respondentRegion: string; respondentUscc: string | null }>(
      'disputes',
      disputeId,
    );
    if (dispute === undefined) throw new ProblemError(404, 'NOT_FOUND', 'there is no dispute with this id');
    authoriseScope(principal, { region: dispute.respondentRegion, subject: dispute.respondentUscc });
    const streams = await this.#streamsOf(disputeId);
    const events: RecordedEvent[] = [];
    for (const stream of streams) {
      const told = await reader.readStream(stream);
      const object = remindedOf(told) ?? stream;
      const history = object === stream ? told : await reader.readStream(object);
      if (!isToldTo(principal, object, history, viewsOf(this.#ports.tables, categoryOf(object)))) continue;
      events.push(...told.filter(({ type }) => !isEventWithheld(principal, type)));
    }
    return events;
  }

  /** Of the dispute, and of those merged with it. */
  async #streamsOf(disputeId: string): Promise<ReadonlySet<string>> {
    const streams = new Set<string>();
    const seen = new Set<string>();
    for (const waiting = [disputeId]; waiting.length > 0;) {
      const id = waiting.pop()!;
      if (seen.has(id)) continue;
      seen.add(id);
      const doc = await this.#ports.readModels.get<DisputeStreamsDocument>('dispute-streams', id);
      for (const stream of doc?.streams ?? []) streams.add(stream);
      waiting.push(...(doc?.merged ?? []));
    }
    return streams;
  }

  #collectionOf(category: string): string {
    return this.#tables.get(category)?.collection ?? category;
  }

  async #reach(parameter: string | readonly string[] | undefined): Promise<void> {
    if (parameter === undefined) return;
    const position = positionOf(single('position', parameter));
    for (const view of VIEWS) {
      if (!(await this.#ports.readModels.reached(view, position, REACH_TIMEOUT_MS))) throw notReached(position);
    }
  }
}

/** The story of one dispute (争议全过程): `GET /v1/disputes/{id}/timeline`. */
@Controller('v1/disputes')
export class TimelineController {
  constructor(@Inject(Timelines) private readonly timelines: Timelines) {}

  @Get(':id/timeline')
  timeline(@Req() request: Request, @Param('id') id: string, @Query() parameters: Parameters): Promise<TimelinePage> {
    return this.timelines.page(principalOf(request), id, parameters);
  }
}

function orderOf(parameter: string | readonly string[] | undefined): TimelineOrder {
  if (parameter === undefined) return 'occurred';
  const order = TIMELINE_ORDERS.find((one) => one === single('order', parameter));
  if (order === undefined) throw badParameter('order', `order is one of ${TIMELINE_ORDERS.join(', ')}`);
  return order;
}

/** All pages show what was known when the first was asked for: what is entered late would move the places of the others. */
function placeOf(
  parameter: string | readonly string[] | undefined,
  known: readonly RecordedEvent[],
): { readonly upTo: number; readonly skipped: number } {
  if (parameter === undefined) return { upTo: Math.max(0, ...known.map(({ position }) => position)), skipped: 0 };
  const [, upTo, skipped] =
    /^(\d{1,15})\.(\d{1,9})$/.exec(Buffer.from(single('cursor', parameter), 'base64url').toString()) ?? [];
  if (upTo === undefined) throw badParameter('cursor', 'cursor is not one of this list', 'BAD_CURSOR');
  return { upTo: Number(upTo), skipped: Number(skipped) };
}

function cursorAt(upTo: number, skipped: number): string {
  return Buffer.from(`${upTo}.${skipped}`).toString('base64url');
}
